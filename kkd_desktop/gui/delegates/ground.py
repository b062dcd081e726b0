"""What lies below the words of a row? Its ground, a bar where the keys go, a line to the next."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

from kkd_desktop.gui.painting import fill
from kkd_desktop.gui.theme import Palette

_BAR = 3


def paint_ground(
    painter: QPainter,
    area: QRect,
    colours: Palette,
    *,
    chosen: bool,
    has_keys: bool,
    hovered: bool = False,
    plain: str = "",
) -> None:
    """The ground of a row in a list or table; `plain` is its colour where nothing is special."""
    usual = colours.hover if hovered else plain or colours.surface
    fill(painter, area, colours.selection if chosen else usual)
    if chosen and has_keys:
        fill(painter, QRect(area.left(), area.top(), _BAR, area.height()), colours.accent)


def paint_line_below(painter: QPainter, area: QRect, colours: Palette) -> None:
    fill(painter, QRect(area.left(), area.bottom(), area.width(), 1), colours.line)


def paint_choice(painter: QPainter, area: QRect, colours: Palette) -> None:
    """Behind the chosen one of what a field offers below itself."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.selection))
    painter.drawRoundedRect(area, 5, 5)
