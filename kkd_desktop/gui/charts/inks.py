"""What does a series look like? By what it stands for; told apart by pattern as well as colour."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from kkd_desktop.domain.chart import Role, Series
from kkd_desktop.domain.values import Value
from kkd_desktop.gui import theme
from kkd_desktop.gui.painting import fill
from kkd_desktop.gui.theme import Palette

_SOLID, _HOLLOW = Qt.BrushStyle.SolidPattern, Qt.BrushStyle.NoBrush
_PATTERNS = {
    Role.SOON: Qt.BrushStyle.BDiagPattern,
    Role.APART: Qt.BrushStyle.Dense5Pattern,
    Role.NO_RULE: Qt.BrushStyle.Dense7Pattern,
    Role.UNKNOWN: Qt.BrushStyle.DiagCrossPattern,
    Role.NOT_YET: _HOLLOW,
}
_ONE_OF = (
    (_SOLID, "accent"),
    (Qt.BrushStyle.BDiagPattern, "soon"),
    (Qt.BrushStyle.Dense5Pattern, "ok"),
    (Qt.BrushStyle.HorPattern, "late"),
    (Qt.BrushStyle.DiagCrossPattern, "muted"),
    (_HOLLOW, "text"),
)
_MIDDLE_LINE = QPointF(3.5, 3.5)
"""From where a pattern begins to the line across it."""
_COLOURS = {
    Role.ASKED: "text",
    Role.DONE: "accent",
    Role.GOOD: "ok",
    Role.SOON: "soon",
    Role.LATE: "late",
}


class Ink(Value, frozen=True):
    """One colour, as an edge and, through a pattern, as a filling on the card."""

    colour: QColor
    pattern: Qt.BrushStyle
    ground: QColor

    def fill(self, painter: QPainter, area: QRectF) -> None:
        """A bar or a piece of one, with its edge inside the area."""
        if area.height() <= 0 or area.width() <= 0:
            return
        if self.pattern is _SOLID or min(area.height(), area.width()) < 2:
            fill(painter, area, self.colour)
            return
        fill(painter, area, self.ground)
        # Measured from the page, a small piece could lie between two lines and look hollow.
        painter.setBrushOrigin(area.center() - _MIDDLE_LINE)
        fill(painter, area, QBrush(self.colour, self.pattern))
        painter.setPen(QPen(self.colour, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))


def ink_of(series: Series, colours: Palette | None = None) -> Ink:
    """Looked up at every paint, so that it follows a switch to dark."""
    palette = theme.current() if colours is None else colours
    if series.role is Role.ONE_OF:
        pattern, name = _ONE_OF[series.mark % len(_ONE_OF)]
    else:
        pattern = _PATTERNS.get(series.role, _SOLID)
        name = _COLOURS.get(series.role, "muted")
    return Ink(QColor(getattr(palette, name)), pattern, QColor(palette.surface))


def paint_marker(painter: QPainter, at: QPointF, series: Series, colour: QColor) -> None:
    """Circle, square, triangle, diamond, in turn; the odd ones are hollow."""
    size = 4.0
    ground = QColor(theme.current().surface)
    painter.setPen(QPen(colour, 1.6))
    painter.setBrush(ground if series.mark % 2 else colour)
    shape = series.mark % 4
    if shape == 0:
        painter.drawEllipse(at, size, size)
    elif shape == 1:
        painter.drawRect(QRectF(at.x() - size, at.y() - size, 2 * size, 2 * size))
    else:
        corners = _TRIANGLE if shape == 2 else _DIAMOND
        painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in corners]))


_TRIANGLE = ((0.0, -5.0), (5.0, 4.0), (-5.0, 4.0))
_DIAMOND = ((0.0, -5.5), (5.5, 0.0), (0.0, 5.5), (-5.5, 0.0))
