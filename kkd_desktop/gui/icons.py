"""Which small pictures stand beside words? Our own, in the ink of the palette, at any scale.

They never stand for a word: whoever cannot see them misses nothing. QtSvg is loaded with the first.
"""

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from kkd_desktop import paths

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon
    from PySide6.QtSvg import QSvgRenderer

SIZE = 16
"""How large one is beside text of the usual size, in device-independent pixels."""

GAP = 7
"""Between a picture and its word."""

IN_BUTTON = QSize(SIZE + 4, SIZE)
"""With more air to its word than a button gives by itself."""

_INK = b"currentColor"
_MOST = 400


def paint(
    painter: QPainter, name: str, area: QRect | QRectF, ink: QColor, size: int = SIZE
) -> None:
    """Draw one into the middle of `area`, as sharp as the screen is."""
    device = painter.device()
    ratio = 1.0 if device is None else device.devicePixelRatioF()
    side = int(min(area.width(), area.height(), size))
    drawn = pixmap(name, ink, side, ratio)
    left = round(area.x() + (area.width() - side) / 2)
    top = round(area.y() + (area.height() - side) / 2)
    painter.drawPixmap(left, top, drawn)


def icon(name: str, role: str = "text") -> "QIcon":
    """One for a button or a menu; `role` is the colour of the palette it is drawn in."""
    from PySide6.QtGui import QIcon

    from kkd_desktop.gui.icon_engine import IconEngine

    return QIcon(IconEngine(name, role))


def pixmap(name: str, ink: QColor, side: int = SIZE, ratio: float = 1.0) -> QPixmap:
    """The picture itself, `side` wide on the screen and `ratio` times that in pixels."""
    key = (name, ink.rgba(), side, ratio)
    found = _drawn.get(key)
    if found is None:
        if len(_drawn) >= _MOST:
            _drawn.clear()
        found = _drawn[key] = _draw(name, ink, side, ratio)
    return found


_drawn: dict[tuple[str, int, int, float], QPixmap] = {}


def _draw(name: str, ink: QColor, side: int, ratio: float) -> QPixmap:
    pixels = round(side * ratio)
    drawn = QPixmap(pixels, pixels)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, ink.name()).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def _renderer(name: str, ink: str) -> "QSvgRenderer":
    from PySide6.QtSvg import QSvgRenderer

    return QSvgRenderer(QByteArray(_source(name).replace(_INK, ink.encode())))


@cache
def _source(name: str) -> bytes:
    return (paths.resources() / "icons" / f"{name}.svg").read_bytes()
