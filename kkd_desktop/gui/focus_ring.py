"""How does one see that a scrolling area has the keys, when nothing in it is painted otherwise?"""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QPlainTextEdit,
    QSplitter,
    QTextEdit,
    QWidget,
)

from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.table import DataTable

_OFF = theme.SMALL - theme.HAIR


class FocusRing(QObject):
    """Draws a frame in the accent around such an area, as long as `parent` lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._frame: _Frame | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._move)

    def _move(self, before: QWidget | None, now: QWidget | None) -> None:
        if self._frame is not None:
            self._frame.let_go()
            self._frame = None
        if isinstance(now, QAbstractScrollArea) and _shows_nothing(now):
            self._frame = _Frame(now)


class _Frame(QWidget):
    def __init__(self, around: QAbstractScrollArea) -> None:
        # Beside the area, so that it is cut off where the area is; a splitter would share it out.
        above = around.parentWidget()
        super().__init__(around.window() if isinstance(above, QSplitter) else above)
        self._around = around
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around.installEventFilter(self)
        around.destroyed.connect(self.deleteLater)
        self._place()
        self.show()

    def let_go(self) -> None:
        """The keys went elsewhere."""
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.current().accent), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)

    def _place(self) -> None:
        above = self._around.parentWidget() or self._around
        above = self.window() if isinstance(above, QSplitter) else above
        corner = self._around.mapTo(above, self._around.rect().topLeft())
        close = QRect(corner, self._around.size())
        # Texts begin at the edge of the area: where there is room the frame stands off them.
        apart = close.adjusted(-_OFF, -_OFF, _OFF, _OFF)
        self.setGeometry(apart if above.rect().contains(apart) else close)
        self.raise_()


def _shows_nothing(area: QAbstractScrollArea) -> bool:
    """Whether the area looks the same with and without the keys."""
    if isinstance(area, (QTextEdit, QPlainTextEdit)):
        # What can be written in has an edge of its own.
        return area.isReadOnly() and not _paints(area)
    if isinstance(area, QAbstractItemView):
        chosen = area.selectionModel()
        bare = chosen is None or not chosen.hasSelection() or not area.currentIndex().isValid()
        return bare or not (isinstance(area, DataTable) or _paints(area))
    return not _paints(area)


def _paints(area: QAbstractScrollArea) -> bool:
    return bool(getattr(area, "paints_focus", False))
