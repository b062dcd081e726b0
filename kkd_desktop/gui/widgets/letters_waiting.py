"""What do invitations wait for that is entered once for all of them?"""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.letter import Gap, GapCode
from kkd_desktop.domain.letter_kinds import PURPOSE_TEXTS, Purpose
from kkd_desktop.gui.letter_words import waits_only
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.buttons import Button


class LettersWaiting(Banner):
    """One calm line and the one step that helps; hidden where nothing waits.

    Signals:
        purpose_chosen: carries the `Purpose` of all about which nothing was agreed.
        office_wanted: name or address of the office have to be entered.
    """

    purpose_chosen = Signal(str)
    office_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = Button("")
        self.add(self.button)
        self._about_office = False
        self.hide()

        self.button.clicked.connect(self._act)

    def show_gaps(self, letters: Iterable[Sequence[Gap]]) -> None:
        """`letters`: what each of them lacks."""
        waiting = [{gap.code for gap in gaps if gap.stops} for gaps in letters if waits_only(gaps)]
        self.setVisible(bool(waiting))
        if not waiting:
            return
        of_office = [codes for codes in waiting if codes != {GapCode.PURPOSE}]
        self._about_office = bool(of_office)
        number = len(of_office or waiting)
        count = texts.counted(number, "Einladung wartet", "Einladungen warten")
        if of_office:
            said = self.tr("{count} auf Name und Anschrift der Dienststelle oder der Fachkraft.")
            self.button.setText(self.tr("Jobcenter eintragen …"))
        else:
            said = self.tr("{count} auf ihren Zweck.")
            many = self.tr("Zweck für alle {n} …").format(n=number)
            self.button.setText(many if number > 1 else self.tr("Zweck wählen …"))
        self.say("", said.format(count=count), Tone.NEUTRAL)

    def _act(self) -> None:
        if self._about_office:
            self.office_wanted.emit()
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for purpose in Purpose:
            menu.addAction(PURPOSE_TEXTS[purpose], partial(self.purpose_chosen.emit, purpose.value))
        # Its words are longer than the button, which stands at the right edge of the page.
        corner = self.button.mapToGlobal(self.button.rect().bottomRight())
        menu.popup(corner - QPoint(menu.sizeHint().width(), 0))
        menu.setActiveAction(menu.actions()[0])
