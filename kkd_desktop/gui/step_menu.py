"""Which steps can be taken back at once, and which one done again?"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from kkd_desktop.actions import undo
from kkd_desktop.gui import shortcuts
from kkd_desktop.gui.session import Session

MOST_STEPS = 10
_LONGEST = 60


class StepMenu(QObject):
    """Fills a menu with the last steps, each of which takes back everything since.

    Signals:
        history_wanted: all steps are wanted.
    """

    history_wanted = Signal()

    def __init__(
        self,
        session: Session,
        take_back: Callable[[], object],
        do_again: Callable[[], object],
        take_back_to: Callable[[int], object],
    ) -> None:
        super().__init__()
        self._session = session
        self._take_back = take_back
        self._do_again = do_again
        self._take_back_to = take_back_to

    def fill(self, menu: QMenu) -> None:
        """Put in what can be done now."""
        context = self._session.context
        steps, again = undo.undoable(context, MOST_STEPS), undo.to_redo(context)
        if steps:
            text = self.tr("Rückgängig: {step}").format(step=_shown(steps[0].name))
            self._add(menu, text, self._take_back, shortcuts.shown("undo"))
        if again is not None:
            text = self.tr("Noch einmal: {step}").format(step=_shown(again.name))
            self._add(menu, text, self._do_again, shortcuts.shown("redo"))
        if len(steps) > 1:
            menu.addSeparator()
            menu.addAction(self.tr("Bis hierher zurücknehmen:")).setEnabled(False)
            for number, step in enumerate(steps[1:], start=2):
                self._add(
                    menu,
                    _shown(step.name),
                    partial(self._take_back_to, step.id),
                    self.tr("{number} Schritte").format(number=number),
                )
        menu.addSeparator()
        self._add(menu, self.tr("Verlauf"), self.history_wanted.emit)

    def _add(self, menu: QMenu, text: str, act: Callable[[], object], keys: str = "") -> QAction:
        """What stands behind a tab is put to the right, as keys are."""
        action = menu.addAction(f"{text}\t{keys}" if keys else text)
        action.triggered.connect(lambda: act())
        return action


def _shown(name: str) -> str:
    """A name with an ampersand in it is no key; a long one is no reason for a wide menu."""
    short = name if len(name) <= _LONGEST else f"{name[:_LONGEST].rstrip()} …"
    return short.replace("&", "&&").replace("\t", " ")
