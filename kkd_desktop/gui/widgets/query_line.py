"""How is a query typed? One line that says how it can go on, and is never in the way of words."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from kkd_desktop.gui import icons
from kkd_desktop.gui.widgets.banner import announce

if TYPE_CHECKING:
    from kkd_desktop.domain.search_completion import Completion
    from kkd_desktop.gui.widgets.completion_popup import CompletionPopup

Offer = Callable[[bool], "Sequence[Completion]"]
Count = Callable[["Completion"], int | None]

_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QueryLine(QLineEdit):
    """One line to search with. While it offers something, Tab takes the first, Up and Down choose,
    Enter takes what was chosen and Esc closes; else Esc empties it. Ctrl+Space asks for offers.

    Signals:
        going_down: Down was pressed: on to the rows.
        left_empty: Esc was pressed, and there was nothing to empty.
    """

    going_down = Signal()
    left_empty = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self._offer: Offer = lambda asked: ()
        self._count: Count = lambda completion: None
        self._popup: CompletionPopup | None = None
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.addAction(icons.icon("suchen", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.setMinimumWidth(120)
        self.textEdited.connect(lambda: self.suggest(asked=False))

    def set_source(self, offer: Offer, count: Count) -> None:
        """Where ways to go on come from, told whether they were asked for, and how many fit."""
        self._offer, self._count = offer, count

    @property
    def popup(self) -> "CompletionPopup":
        if self._popup is None:
            from kkd_desktop.gui.widgets.completion_popup import CompletionPopup

            self._popup = CompletionPopup(self)
            self._popup.chosen.connect(self._take)
        return self._popup

    def is_offering(self) -> bool:
        return self._popup is not None and self._popup.isVisible()

    def suggest(self, *, asked: bool) -> None:
        """Show how the line can go on; `asked` where the user wants to know it."""
        found = self._offer(asked) if self.hasFocus() else ()
        if found or self._popup is not None:
            self.popup.show_offers(found, self._count)

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
            and self.is_offering()
        ):
            self._take(self.popup.current() or self.popup.offer(0))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Space and control:
            self.suggest(asked=True)
        elif not (self._steer(event) if self.is_offering() else self._leave(event)):
            before = self.cursorPosition(), self.text()
            super().keyPressEvent(event)
            if self.text() == before[1] and self.cursorPosition() != before[0]:
                self.close_offers()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.close_offers()

    def close_offers(self) -> None:
        if self._popup is not None:
            self._popup.hide()

    def _steer(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            # Said, because the focus stays in the line.
            announce(self, self.popup.step(1 if key == Qt.Key.Key_Down else -1))
        elif key == Qt.Key.Key_Escape:
            self.close_offers()
        elif key in _RETURN and (chosen := self.popup.current()) is not None:
            self._take(chosen)
        else:
            if key in _RETURN:
                self.close_offers()
            return False
        return True

    def _leave(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Down:
            self.going_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Escape:
            self.left_empty.emit()
        else:
            return False
        return True

    def _take(self, chosen: "Completion") -> None:
        """Put it in; what is finished by it gets a space, what is not goes on at once."""
        line = self.text()
        finished = not chosen.text.endswith((":", "<", ">"))
        rest = line[chosen.end :]
        space = " " if finished and not rest.startswith(" ") else ""
        self.setText(line[: chosen.start] + chosen.text + space + rest)
        self.setCursorPosition(chosen.start + len(chosen.text) + len(space))
        if finished:
            self.close_offers()
        else:
            self.suggest(asked=True)
