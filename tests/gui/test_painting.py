"""Filling an area gives the picture that Qt's own way gives, and leaves the painter as it was."""

import pytest
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from kkd_desktop.gui.painting import fill


@pytest.mark.parametrize("area", [QRect(2, 3, 7, 1), QRect(0, 0, 20, 20), QRectF(4, 2, 6, 11)])
@pytest.mark.parametrize("colour", ["#0b5cad", "#800b5cad"])
def test_the_same_pixels_as_by_qt(qapp, area, colour):
    ours, theirs = (QPixmap(20, 20) for _ in range(2))
    for picture in (ours, theirs):
        picture.fill(Qt.GlobalColor.white)
    with QPainter(ours) as painter:
        fill(painter, area, colour)
    with QPainter(theirs) as painter:
        painter.fillRect(area, QColor(colour))

    assert ours.toImage() == theirs.toImage()


def test_the_pen_stays(qapp):
    picture = QPixmap(20, 20)
    with QPainter(picture) as painter:
        painter.setPen(QPen(QColor("red"), 3))
        fill(painter, QRect(0, 0, 5, 5), "blue")

        assert painter.pen() == QPen(QColor("red"), 3)
