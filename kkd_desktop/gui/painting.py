"""How is an area filled with one colour?"""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter


def fill(painter: QPainter, area: QRect | QRectF, colour: QColor | str) -> None:
    """As `QPainter.fillRect` does, which at its first call has PySide6 make the names of some 180
    gradients that Qt ships: 1.7 ms before the first picture.
    """
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRect(area)
    painter.restore()
