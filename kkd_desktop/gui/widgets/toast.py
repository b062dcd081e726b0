"""What just happened, and can it be taken back? A line that goes away by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.banner import announce
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.labels import ElidedLabel, Paragraph, breakable, set_property

_STAYS_MS = 8000
_ABOVE = 64
"""Below it stay the buttons at the lower edge in reach."""
_ROOMY = 160
"""A rail so wide has room for a sentence."""


class Toast(QFrame):
    """A few lines at the foot of the rail, where nothing else stands; where the rail is narrow one
    line at the lower edge of the page. It takes no focus and waits under the mouse.
    """

    def __init__(
        self,
        page: QWidget,
        rail: QWidget | None = None,
        kept_clear: Callable[[], QWidget | None] = lambda: None,
    ) -> None:
        """`kept_clear` answers what it must not cover on the page: it stands above that."""
        self._ground = page if rail is None else page.window()
        super().__init__(self._ground)
        self._page, self._rail = page, rail
        self._kept_clear = kept_clear
        self.setProperty("kind", "popup")
        self._on_action: Callable[[], object] | None = None
        self.text = ElidedLabel()
        self.lines = Paragraph()
        self.button = Button("", kind="link")
        self._timer = QTimer(self, singleShot=True, interval=_STAYS_MS)
        self._just_said = QTimer(self, singleShot=True, interval=0)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.addWidget(self.text, 1)
        self._row.addWidget(self.lines, 1)
        self._row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._act)
        self._timer.timeout.connect(self.hide)
        # What is laid out in this turn has its place in the next.
        self._just_said.timeout.connect(self._place)
        # What holds the page moves where a small window is scrolled.
        for each in (page, page.parentWidget(), rail):
            if each is not None:
                each.installEventFilter(self)

    def say(
        self, text: str, action: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        """Show a line; a newer one takes its place."""
        self._on_action = on_action
        self.text.setText(text)
        self.lines.setText(breakable(text))
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
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        rail = self._rail
        if rail is not None and rail.width() >= _ROOMY:
            self._place_in_rail(rail)
        else:
            self._place_on_page()

    def _place_in_rail(self, rail: QWidget) -> None:
        self._stand(upright=True)
        corner = rail.mapTo(self._ground, QPoint())
        width = rail.width() - 2 * theme.SMALL
        height = self._row.totalHeightForWidth(width)
        top = corner.y() + rail.height() - _ABOVE - height
        self.setGeometry(corner.x() + theme.SMALL, max(corner.y(), top), width, height)

    def _place_on_page(self) -> None:
        self._stand(upright=False)
        area = _seen_of(self._page)
        self.resize(min(self.sizeHint().width(), area.width() - 2 * theme.HUGE), 44)
        # On the side where pages begin: on the other one they have what is to be done next.
        left, end = area.left() + theme.HUGE, area.top() + area.height() - _ABOVE
        clear = self._kept_clear()
        if clear is not None and clear.isVisible():
            end = min(end, clear.mapTo(self._page, QPoint()).y() - theme.SMALL)
        place = QPoint(left, max(area.top(), end - self.height()))
        self.move(self._page.mapTo(self._ground, place))

    def _stand(self, *, upright: bool) -> None:
        """Upright, with the way back below the lines."""
        self.lines.setVisible(upright)
        self.text.setVisible(not upright)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if upright else across)
        self._row.setSpacing(theme.TINY if upright else theme.MEDIUM)
        side, end = (theme.MEDIUM, theme.MEDIUM) if upright else (theme.LARGE, theme.SMALL)
        self._row.setContentsMargins(side, theme.SMALL, end, theme.SMALL)
        set_property(self.button, "flush", "true" if upright else "false")

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
