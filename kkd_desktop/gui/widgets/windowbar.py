"""Where does today stand between the last contact and the end of the window?"""

from datetime import date

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from kkd_desktop.domain import texts
from kkd_desktop.domain.values import Value
from kkd_desktop.gui.theme import Palette, Tone

TODAY_AT = 0.76
"""Today stands at the same place in every row, so that the eye reads lateness down the column."""

_PAD = 5.0


class Span(Value, frozen=True):
    """The days of one bar. What does not apply is None: never seen, or no earliest day."""

    today: date
    last: date | None = None
    earliest: date | None = None
    latest: date | None = None
    tone: Tone = Tone.NEUTRAL


def describe(span: Span) -> str:
    """The same in words: `letzter Kontakt 30.09.2026, Fenster bis Mi 11.11.2026`."""
    parts = []
    if span.last is not None:
        parts.append(_tr("letzter zählender Kontakt {day}").format(day=texts.day(span.last)))
    latest = texts.weekday_day(span.latest)
    if span.latest is not None and span.earliest is not None:
        earliest = texts.weekday_day(span.earliest)
        parts.append(_tr("Fenster {first} bis {last}").format(first=earliest, last=latest))
    elif span.latest is not None:
        parts.append(_tr("spätestens {day}").format(day=latest))
    return ", ".join(parts)


def paint(painter: QPainter, area: QRectF, span: Span, colours: Palette) -> None:
    """Draw the bar into `area`; the painter is antialiased already."""
    middle = round(area.center().y()) + 0.5
    today = area.left() + area.width() * TODAY_AT
    scale = _pixels_per_day(area, span)

    def place(day: date) -> float:
        at = today + (day - span.today).days * scale
        return min(max(at, area.left() + _PAD), area.right() - 1)

    painter.setPen(QPen(QColor(colours.line), 2, c=Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(area.left() + 1, middle), QPointF(area.right() - 1, middle))
    if span.latest is not None:
        start = span.earliest or span.last or span.today
        left, right = place(min(start, span.latest)), place(span.latest)
        if span.earliest is None and span.last is not None:
            left += 7
        left = max(min(left, right - 8), area.left())
        muted = span.tone is Tone.NEUTRAL
        painter.setPen(QPen(colours.ink(span.tone), 1.2))
        painter.setBrush(QColor(colours.surface) if muted else colours.tint(span.tone))
        painter.drawRoundedRect(QRectF(left, middle - 4, right - left, 8), 4, 4)
    if span.last is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.muted))
        painter.drawEllipse(QPointF(place(span.last), middle), 3, 3)
    painter.setPen(QPen(QColor(colours.accent), 2, c=Qt.PenCapStyle.FlatCap))
    painter.drawLine(QPointF(round(today), middle - 8), QPointF(round(today), middle + 8))


def _pixels_per_day(area: QRectF, span: Span) -> float:
    """As many as let the earliest and the latest of its days just fit beside today."""
    days = [day for day in (span.last, span.earliest, span.latest) if day is not None]
    back = max(((span.today - day).days for day in days), default=0)
    ahead = max(((day - span.today).days for day in days), default=0)
    fits = [3.0]
    if back > 0:
        fits.append((area.width() * TODAY_AT - _PAD) / back)
    if ahead > 0:
        fits.append((area.width() * (1 - TODAY_AT) - 2) / ahead)
    return min(fits)


def _tr(text: str) -> str:
    return QCoreApplication.translate("WindowBar", text)
