"""How is a short fact shown, such as a Profillage or a key to press?"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.theme import Palette, Tone
from kkd_desktop.gui.widgets.labels import PlainLabel, set_property

CHIP_HEIGHT = 20


class Chip(PlainLabel):
    """A fact in a pill: `Markt`, `arbeitslos`, `Ü25`."""

    def __init__(self, text: str, tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None) -> None:
        super().__init__(text, size=theme.SMALL_SIZE, parent=parent)
        self.setProperty("kind", "chip")
        self.set_tone(tone)
        self.setFixedHeight(CHIP_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_tone(self, tone: Tone) -> None:
        set_property(self, "tone", tone.value)


class KeyHint(PlainLabel):
    """The key that does the same: `Strg N`."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(keys, size=theme.SMALL_SIZE, parent=parent)
        self.setProperty("kind", "key")
        self.setFixedHeight(CHIP_HEIGHT)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


def with_key(button: QWidget, keys: str) -> QHBoxLayout:
    """A link and beside it the key that does the same."""
    row = QHBoxLayout()
    row.setSpacing(theme.SMALL)
    row.addWidget(button)
    row.addWidget(KeyHint(keys))
    row.addStretch()
    return row


def paint_chip(painter: QPainter, area: QRectF, text: str, colours: Palette) -> None:
    """Draw a chip at the left of `area`, no wider than it, with the painter's font."""
    metrics = painter.fontMetrics()
    wanted = metrics.horizontalAdvance(text) + 16
    pill = QRectF(area.left(), area.center().y() - 10, min(wanted, area.width()), CHIP_HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.chip))
    painter.drawRoundedRect(pill, 10, 10)
    painter.setPen(QColor(colours.text))
    inner = pill.adjusted(8, 0, -8, 0)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()) + 1)
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, shown)
