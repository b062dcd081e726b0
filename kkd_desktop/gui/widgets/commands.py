"""Where do I type a name or a command? One field, its hits below it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from kkd_desktop.domain.values import Value
from kkd_desktop.gui.widgets.banner import announce
from kkd_desktop.gui.widgets.chip import KeyHint

if TYPE_CHECKING:
    from kkd_desktop.gui.widgets.command_popup import CommandPopup

Hints = tuple[tuple[str, str], ...]
"""A sign and what it is for, each."""
_PLAIN = Qt.KeyboardModifier.NoModifier
_A_PAGE = 8
_STEPS: dict[int, int] = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _A_PAGE,
    Qt.Key.Key_PageUp: -_A_PAGE,
}


class Act(Value, frozen=True):
    """What Enter does with a hit while a modifier is held."""

    text: str
    modifier: Qt.KeyboardModifier
    run: Callable[[], object]


class Hit(Value, frozen=True):
    """One line of the popup; `run` is called when it is chosen.

    `id` is what a choice is remembered by, where it may be. `also` has other words for it. What
    does not apply now is left out, or says `why_not`. `marks` are the letters that fit.
    """

    title: str
    run: Callable[[], object]
    detail: str = ""
    keys: str = ""
    id: str = ""
    group: str = ""
    also: str = ""
    verb: str = ""
    applies: Callable[[], bool] | None = None
    why_not: str = ""
    acts: tuple[Act, ...] = ()
    marks: tuple[tuple[int, int], ...] = ()
    refused: bool = False


class CommandField(QLineEdit):
    """Finds clients and commands while one types. Down and Up choose, Enter runs, Esc gives up.

    The popup is a child of the window: it takes no focus and needs no window of its own.
    """

    def __init__(self, placeholder: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find: Callable[[str], Sequence[Hit]] | None = None
        self._settle: Callable[[], bool] = lambda: False
        self._hints: Hints = ()
        self._came_from: QWidget | None = None
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(False)
        self._hint = KeyHint(keys, self)
        self._hint.adjustSize()
        self.setTextMargins(0, 0, self._hint.sizeHint().width() + 6, 0)
        self._popup: CommandPopup | None = None

        self.textEdited.connect(self._search)

    def set_source(
        self,
        find: Callable[[str], Sequence[Hit]],
        hints: Hints = (),
        settle: Callable[[], bool] = lambda: False,
    ) -> None:
        """`find` is asked at every change; for an empty text it may offer commands. `hints` stand
        below them: what else can be typed. `settle` is called before a choice: True where `find`
        may have another answer now.
        """
        self._find, self._settle = find, settle
        self._hints = hints

    def search_again(self) -> None:
        """The source knows more than when it was asked."""
        if self.is_open():
            chosen = self.popup().moved_to()
            self._search(self.text())
            if chosen is not None:
                self.popup().choose_again(chosen)

    def begin(self) -> None:
        """Take the focus, as Ctrl+K does; Esc gives it back."""
        window = self.window()
        if not self.hasFocus():
            self._came_from = window.focusWidget()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._search(self.text())

    def popup(self) -> "CommandPopup":
        """The list below the field, made when it is first needed."""
        if self._popup is None:
            from kkd_desktop.gui.widgets.command_popup import CommandPopup

            self._popup = CommandPopup(self)
        return self._popup

    def is_open(self) -> bool:
        return self._popup is not None and self._popup.isVisible()

    def run(self, hit: Hit, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
        """Close, clear, and do it. What does not apply only says why."""
        if hit.refused:
            announce(self, hit.why_not)
            return
        wanted = next((act.run for act in hit.acts if act.modifier == modifier), None)
        if modifier != _PLAIN and wanted is None:
            return
        self._close()
        self.clear()
        self._came_from = None
        (wanted or hit.run)()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        hint = self._hint
        hint.move(self.width() - hint.width() - 7, (self.height() - hint.height()) // 2)
        if self._popup is not None and self._popup.isVisible():
            self._popup.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._leave()
        elif key in _STEPS:
            self._step(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run_current(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # A menu of a hit takes the keyboard only for a while.
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._close()

    def _search(self, text: str) -> None:
        if self._find is None:
            return
        text = text.strip()
        hits = self._find(text)
        kinds = dict(self._hints)
        self.popup().show_hits(hits, bool(text), () if text else self._hints)
        self.popup().say_where(kinds.get(text[:1], ""))
        if text:
            self._tell(hits)

    def _tell(self, hits: Sequence[Hit]) -> None:
        """How many there are and the first, for those who do not see the list."""
        if hits:
            first = self.popup().said(hits[0])
            announce(self, self.tr("{number} Treffer: {hit}").format(number=len(hits), hit=first))
        else:
            announce(self, self.tr("Nichts gefunden"))

    def _step(self, step: int) -> None:
        if not self.is_open():
            self._search(self.text())
        elif (hit := self.popup().step(step)) is not None:
            announce(self, self.popup().said(hit))

    def _run_current(self, modifier: Qt.KeyboardModifier) -> None:
        if not self.is_open():
            return
        # Who types a number and Enter in one go means that person.
        if self._settle():
            self.search_again()
        hit = self.popup().current()
        if hit is not None:
            self.run(hit, modifier)

    def _leave(self) -> None:
        if self.text():
            self.clear()
            self._search("")
            return
        self._close()
        if self._came_from is not None:
            self._came_from.setFocus()
            self._came_from = None
        else:
            self.clearFocus()

    def _close(self) -> None:
        if self._popup is not None:
            self._popup.hide()
