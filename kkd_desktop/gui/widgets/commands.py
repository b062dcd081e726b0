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


class Hit(Value, frozen=True):
    """One line of the popup; `run` is called when it is chosen."""

    title: str
    run: Callable[[], object]
    detail: str = ""
    keys: str = ""


class CommandField(QLineEdit):
    """Finds clients and commands while one types. Down and Up choose, Enter runs, Esc gives up.

    The popup is a child of the window: it takes no focus and needs no window of its own.
    """

    def __init__(self, placeholder: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find: Callable[[str], Sequence[Hit]] | None = None
        self._came_from: QWidget | None = None
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(False)
        self._hint = KeyHint(keys, self)
        self._hint.adjustSize()
        self.setTextMargins(0, 0, self._hint.sizeHint().width() + 6, 0)
        self._popup: CommandPopup | None = None

        self.textEdited.connect(self._search)

    def set_source(self, find: Callable[[str], Sequence[Hit]]) -> None:
        """`find` is asked at every change; for an empty text it may offer commands."""
        self._find = find

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

    def run(self, hit: Hit) -> None:
        """Close, clear, and do it."""
        self._close()
        self.clear()
        self._came_from = None
        hit.run()

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
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run_current()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._close()

    def _search(self, text: str) -> None:
        if self._find is None:
            return
        self.popup().show_hits(self._find(text.strip()), bool(text.strip()))

    def _step(self, step: int) -> None:
        if not self.is_open():
            self._search(self.text())
        elif (hit := self.popup().step(step)) is not None:
            announce(self, hit.title)

    def _run_current(self) -> None:
        hit = self.popup().current() if self.is_open() else None
        if hit is not None:
            self.run(hit)

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
