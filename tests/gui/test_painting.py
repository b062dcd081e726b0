"""Filling an area gives the picture that Qt's own way gives, and leaves the painter as it was."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

import kkd_desktop
from kkd_desktop.gui.painting import fill


@pytest.mark.parametrize(
    "area",
    [QRect(2, 3, 7, 1), QRect(0, 0, 20, 20), QRectF(4, 2, 6, 11), QRectF(3.5, 2.3, 6.2, 0.7)],
)
@pytest.mark.parametrize(
    "ground",
    [
        QColor("#0b5cad"),
        QColor("#800b5cad"),
        QBrush(QColor("#0b5cad"), Qt.BrushStyle.BDiagPattern),
        Qt.GlobalColor.white,
    ],
)
@pytest.mark.parametrize("smooth", [False, True])
def test_the_same_pixels_as_by_qt(qapp, area, ground, smooth):
    ours, theirs = (QPixmap(20, 20) for _ in range(2))
    for picture, way in ((ours, fill), (theirs, QPainter.fillRect)):
        picture.fill(QColor("#eeede8"))
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
            painter.setPen(QPen(QColor("red"), 3))
            way(painter, area, ground)

    assert ours.toImage() == theirs.toImage()


def test_a_colour_may_be_named(qapp):
    picture = QPixmap(20, 20)
    picture.fill(QColor("#ffffff"))
    with QPainter(picture) as painter:
        fill(painter, QRect(0, 0, 5, 5), "#0b5cad")

    assert picture.toImage().pixelColor(4, 4) == QColor("#0b5cad")
    assert picture.toImage().pixelColor(5, 5) == QColor("#ffffff")


def test_pen_and_brush_stay(qapp):
    picture = QPixmap(20, 20)
    with QPainter(picture) as painter:
        painter.setPen(QPen(QColor("red"), 3))
        painter.setBrush(QColor("green"))
        fill(painter, QRect(0, 0, 5, 5), "blue")

        assert painter.pen() == QPen(QColor("red"), 3)
        assert painter.brush().color() == QColor("green")


def test_nothing_of_ours_fills_by_qt_itself():
    room = Path(kkd_desktop.__file__).parent / "gui"
    others = [path for path in room.rglob("*.py") if path.name != "painting.py"]

    assert [path.name for path in others if ".fillRect(" in path.read_text("utf-8")] == []
