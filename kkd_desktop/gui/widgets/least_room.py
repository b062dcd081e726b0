"""What happens where the screen has less room than a window needs? What is in it scrolls."""

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.side_column import keep_height


class LeastRoom(QScrollArea):
    """Gives its content the room it needs and shows a part of it; the keys draw it along."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        content = self.widget()
        if now is not None and content is not None and content.isAncestorOf(now):
            self._bring(now)
            # What was opened just now has its place in the next turn.
            QTimer.singleShot(0, now, lambda: self._bring(now))

    def _bring(self, widget: QWidget) -> None:
        content = self.widget()
        if content is None or not content.isAncestorOf(widget):
            return
        place, room = widget.mapTo(content, QPoint()), self.viewport().size()
        for bar, begin, length, seen in (
            (self.horizontalScrollBar(), place.x(), widget.width(), room.width()),
            (self.verticalScrollBar(), place.y(), widget.height(), room.height()),
        ):
            bar.setValue(_in_sight(bar.value(), begin, length, seen))


def _in_sight(at: int, begin: int, length: int, room: int) -> int:
    """From where the view begins now to where it begins for this stretch to be seen: all of it with
    something around it; of a long one the beginning is enough, what stands above it stays.
    """
    if length > room // 2 and begin - room // 2 <= at <= max(begin, begin + length - room):
        return at
    if length + 2 * theme.HUGE <= room:
        return min(max(at, begin + length + theme.HUGE - room), begin - theme.HUGE)
    return begin - theme.HUGE


def let_scroll(content: QWidget) -> LeastRoom:
    """Put it into an area that scrolls, where it stands in its layout; cards keep their height."""
    parent = content.parentWidget()
    layout = None if parent is None else parent.layout()
    assert layout is not None
    focused = content.window().focusWidget()
    # The area takes the content away from its parent: the place in the layout comes first.
    stand_in = QWidget()
    layout.replaceWidget(content, stand_in)
    area = LeastRoom(content, parent)
    layout.replaceWidget(stand_in, area)
    stand_in.deleteLater()
    inside = content.layout()
    if inside is not None and inside.hasHeightForWidth():
        keep_height(area)
    content.show()
    area.show()
    if focused is not None and content.isAncestorOf(focused):
        focused.setFocus(Qt.FocusReason.OtherFocusReason)
    return area
