"""What just happened, and can it be taken back? A line that goes away by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.banner import announce
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.labels import ElidedLabel

_STAYS_MS = 8000
_ABOVE = 64
"""Below it stay the buttons at the lower edge of a page in reach."""


class Toast(QFrame):
    """A line at the lower edge of its parent. It takes no focus and waits under the mouse."""

    def __init__(
        self, parent: QWidget, kept_clear: Callable[[], QWidget | None] = lambda: None
    ) -> None:
        """`kept_clear` answers what it must not cover there: it stands above that."""
        super().__init__(parent)
        self._owner = parent
        self._kept_clear = kept_clear
        self.setProperty("kind", "popup")
        self._on_action: Callable[[], object] | None = None
        self.text = ElidedLabel()
        self.button = Button("", kind="link")
        self._timer = QTimer(self, singleShot=True, interval=_STAYS_MS)
        self._just_said = QTimer(self, singleShot=True, interval=0)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.LARGE, theme.SMALL, theme.SMALL, theme.SMALL)
        row.setSpacing(theme.MEDIUM)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        self.hide()

        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._act)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)

    def say(
        self, text: str, action: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        """Show a line; a newer one takes its place."""
        self._on_action = on_action
        self.text.setText(text)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        self._just_said.start()
        announce(self, text)

    def leave_page(self) -> None:
        """Another page is shown: go, unless the step that opened it was said just now."""
        if not self._just_said.isActive():
            self._timer.stop()
            self.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        area = _seen_of(self._owner)
        self.resize(min(self.sizeHint().width(), area.width() - 2 * theme.HUGE), 44)
        # On the side where pages begin: on the other one they have what is to be done next.
        left, end = area.left() + theme.HUGE, area.top() + area.height() - _ABOVE
        clear = self._kept_clear()
        if clear is not None and clear.isVisible():
            end = min(end, clear.mapTo(self._owner, QPoint()).y() - theme.SMALL)
        self.move(left, max(area.top(), end - self.height()))

    def _act(self) -> None:
        self.hide()
        if self._on_action is not None:
            self._on_action()


def _seen_of(owner: QWidget) -> QRect:
    """What is in sight of a page: one that scrolls is seen in part."""
    area, above = owner.rect(), owner
    while not above.isWindow() and (parent := above.parentWidget()) is not None:
        area &= QRect(owner.mapFrom(parent, QPoint()), parent.size())
        above = parent
    return area
