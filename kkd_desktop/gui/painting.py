"""How is an area filled with one colour or pattern?"""

from functools import cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter


def fill(
    painter: QPainter, area: QRect | QRectF, ground: str | QColor | QBrush | Qt.GlobalColor
) -> None:
    """As `QPainter.fillRect` does, which at its first call has PySide6 make the names of some 180
    gradients that Qt ships: 1.7 ms before the first picture. So nothing of ours calls it.
    """
    painter.setBackground(_colour(ground) if isinstance(ground, str) else ground)
    painter.eraseRect(area)


@cache
def _colour(name: str) -> QColor:
    return QColor(name)
