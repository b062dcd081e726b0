"""How does one of our pictures become a QIcon that stays sharp and follows the palette?"""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

from kkd_desktop.gui import icons, theme


class IconEngine(QIconEngine):
    """Asks for the colours at every paint, and so follows a switch of the palette."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role

    def clone(self) -> QIconEngine:
        return IconEngine(self._name, self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        icons.paint(painter, self._name, rect, self._ink(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        drawn.setDevicePixelRatio(scale)
        painter = QPainter(drawn)
        self.paint(painter, QRectF(QPointF(), QSizeF(size) / scale).toRect(), mode, state)
        painter.end()
        return drawn

    def _ink(self, mode: QIcon.Mode) -> QColor:
        colours = theme.current()
        disabled = mode is QIcon.Mode.Disabled
        return QColor(colours.muted if disabled else getattr(colours, self._role))
