"""What lies over the calendar for a moment: focus, a free time under the mouse, what is carried."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from kkd_desktop.domain import texts
from kkd_desktop.gui import theme
from kkd_desktop.gui.models.week_carry import Carry
from kkd_desktop.gui.painting import fill
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.labels import tied
from kkd_desktop.gui.widgets.week_geometry import GUTTER, WeekGeometry
from kkd_desktop.gui.widgets.week_painting import RADIUS, WeekInk

_BUBBLE_WIDTH = 268
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


def paint_focus(painter: QPainter, area: QRectF) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.current().accent), 2))
    painter.drawRoundedRect(area.adjusted(-1, -1, 1, 1), RADIUS + 1, RADIUS + 1)


def paint_slot(
    painter: QPainter, area: QRectF, minute: int, ink: WeekInk, *, focused: bool
) -> None:
    """A free time that can be given away: `+ 09:30`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    accent = QColor(ink.colours.accent)
    ground = QColor(ink.colours.selection)
    ground.setAlphaF(0.35 if focused else 0.6)
    painter.setBrush(ground)
    edge = QColor(accent)
    edge.setAlphaF(1.0 if focused else 0.45)
    painter.setPen(QPen(edge, 1.5 if focused else 1))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    painter.setPen(accent)
    painter.setFont(ink.small)
    label = area.adjusted(8, 3, -4, 0)
    words = f"+ {minute // 60:02d}:{minute % 60:02d}"
    painter.drawText(label, Qt.AlignmentFlag.AlignTop, words)


def paint_day_stop(painter: QPainter, area: QRectF) -> None:
    """A day on which there is neither a talk nor free time has the keys."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.current().accent), 1.5))
    painter.drawRoundedRect(area.adjusted(4, 3.5, -3.5, -3.5), RADIUS, RADIUS)


def paint_faded(painter: QPainter, area: QRectF, ink: WeekInk) -> None:
    """Where something was taken from stays in sight."""
    veil = QColor(ink.colours.surface)
    veil.setAlphaF(0.62)
    fill(painter, area, veil)


def paint_carried(
    painter: QPainter, geometry: WeekGeometry, area: QRectF, carry: Carry, ink: WeekInk
) -> None:
    """The card on its way, and beside it the time and what speaks against it."""
    tone = _tone(carry)
    colour = ink.colours.ink(tone)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(ink.colours.tint(tone))
    painter.setPen(QPen(colour, 2, _stroke(carry)))
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
    inner = area.adjusted(9, 5, -4, -2) if area.height() > 30 else area.adjusted(9, 0, -4, 0)
    painter.setFont(ink.name)
    painter.setPen(QColor(ink.colours.text))
    name = ink.name_metrics.elidedText(carry.name, Qt.TextElideMode.ElideRight, int(inner.width()))
    painter.drawText(inner, Qt.AlignmentFlag.AlignTop if area.height() > 30 else _LEFT, name)
    if area.height() > 37:
        painter.setFont(ink.small_bold)
        painter.setPen(colour)
        words = f"{texts.clock(carry.start)} · {carry.minutes} min"
        if painter.fontMetrics().horizontalAdvance(words) > inner.width():
            # Until when it lasts stands beside it.
            words = texts.clock(carry.start)
        painter.drawText(inner.adjusted(0, 17, 0, 0), Qt.AlignmentFlag.AlignTop, words)
    _paint_bubble(painter, geometry, area, carry, ink)


def _paint_bubble(
    painter: QPainter, geometry: WeekGeometry, area: QRectF, carry: Carry, ink: WeekInk
) -> None:
    lines = [carry.placing.refused] if carry.placing.refused else list(carry.placing.hints)
    painter.setFont(ink.small)
    limit = QRectF(0, 0, _BUBBLE_WIDTH - 20, 200)
    text = tied("\n".join(lines))
    needed = painter.boundingRect(limit, _WRAP, text) if text else QRectF()
    width = max(needed.width(), ink.bold_metrics.horizontalAdvance(carry.when)) + 22
    height = 28 + (needed.height() + 4 if text else 0)
    left = area.right() + 8
    if left + width > geometry.width - 4:
        left = max(area.left() - width - 8, GUTTER + 2)
    top = min(max(area.top(), 4), geometry.height - height - 4)
    bubble = QRectF(round(left), round(top), width, height)
    shadow = ink.colours.shadow()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shadow)
    painter.drawRoundedRect(bubble.translated(0, 2).adjusted(-1, -1, 1, 2), 9, 9)
    painter.setPen(QPen(QColor(ink.colours.border), 1))
    painter.setBrush(QColor(ink.colours.surface))
    painter.drawRoundedRect(bubble.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
    painter.setFont(ink.bold)
    painter.setPen(QColor(ink.colours.text))
    painter.drawText(bubble.adjusted(11, 5, -8, 0), Qt.AlignmentFlag.AlignTop, carry.when)
    if text:
        painter.setFont(ink.small)
        painter.setPen(ink.colours.ink(_tone(carry)))
        painter.drawText(bubble.adjusted(11, 25, -9, 0), _WRAP, text)


def _stroke(carry: Carry) -> Qt.PenStyle:
    """What is new is dashed until it is booked."""
    return Qt.PenStyle.DashLine if carry.talk is None else Qt.PenStyle.SolidLine


def _tone(carry: Carry) -> Tone:
    if carry.placing.refused:
        return Tone.LATE
    return Tone.SOON if carry.placing.hints else Tone.ACCENT
