"""How much of the week is taken?"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.painting import fill

_HEIGHT = 8


class CapacityBar(QWidget):
    """Held, agreed and free: two fills on a quiet track; what is over the limit looks late."""

    spoken_role = "Graphic"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = (0.0, 0.0, 1.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_capacity(self, done: float, planned: float, limit: float) -> None:
        """All three in one unit: hours, or appointments."""
        self._parts = (done, planned, limit)
        self.setAccessibleName(
            self.tr("{taken} von {limit} belegt").format(
                taken=f"{done + planned:g}".replace(".", ","), limit=f"{limit:g}".replace(".", ",")
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        done, planned, limit = self._parts
        whole = max(limit, done + planned, 0.001)
        area = QRectF(0, (self.height() - _HEIGHT) / 2, self.width(), _HEIGHT)
        shape = QPainterPath()
        shape.addRoundedRect(area, _HEIGHT / 2, _HEIGHT / 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(shape)
        # In high contrast lines are as loud as text; a track must not be.
        loud = not colours.dark or colours.line == colours.text
        fill(painter, area, colours.chip if loud else colours.line)
        light = QColor(colours.accent)
        light.setAlphaF(0.45)
        edge = area.width() * done / whole
        end = area.width() * (done + planned) / whole
        fill(painter, QRectF(0, area.top(), edge, _HEIGHT), colours.accent)
        fill(painter, QRectF(edge, area.top(), end - edge, _HEIGHT), light)
        if done + planned > limit:
            start = area.width() * limit / whole
            fill(painter, QRectF(start, area.top(), end - start, _HEIGHT), colours.late)
        painter.setPen(Qt.PenStyle.NoPen)
