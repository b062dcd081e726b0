"""How did the talks with one client lie in time? A painted line, with all of it in words."""

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from kkd_desktop.domain.language import each_to_say, said
from kkd_desktop.domain.spans import add_months
from kkd_desktop.gui import theme
from kkd_desktop.gui.models.timeline import MarkKind, StretchKind, TimelineData
from kkd_desktop.gui.painting import fill
from kkd_desktop.gui.theme import Palette
from kkd_desktop.gui.widgets.labels import plain_tooltip

MONTHS = each_to_say(
    *("Jan", "Feb", "Mär", "Apr", "Mai", "Jun"),
    *("Jul", "Aug", "Sep", "Okt", "Nov", "Dez"),
)
_MIDDLE, _MONTHS_AT, _LEGEND_AT, _HEIGHT = 44.5, 80, 106, 112
_CHANGES_AT = 31.0
"""A mark above the line: it touches no talk of the same day."""

_EDGE = 8.0
_MONTH_WIDTH, _LABEL_GAP = 46, 6


class Timeline(QWidget):
    """Contacts, how far they carried, today, the window, what is proposed and what is booked."""

    spoken_role = "Graphic"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: TimelineData | None = None
        self._small = theme.font(theme.SMALL_SIZE)
        self.setAccessibleName(self.tr("Zeitachse"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_data(self, data: TimelineData) -> None:
        self._data = data
        self.setAccessibleDescription(data.spoken())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, _HEIGHT)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            text = self.text_at(event.pos().x())
            QToolTip.showText(event.globalPos(), plain_tooltip(text), self)
            return True
        return super().event(event)

    def text_at(self, x: float) -> str:
        """What stands at this place: the marks near it, else the stretch under it."""
        if self._data is None:
            return ""
        near = [m.text for m in self._data.marks if abs(self._place(m.day) - x) <= 7]
        if near:
            return "\n".join(near)
        under = (
            s.text
            for s in reversed(self._data.stretches)
            if self._place(s.first) <= x <= self._place(s.last)
        )
        return next(under, "")

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._data is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._small)
        colours = theme.current()
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(QPointF(0, _MIDDLE), QPointF(self.width(), _MIDDLE))
        self._paint_months(painter, colours, self._data)
        self._paint_stretches(painter, colours, self._data)
        self._paint_today(painter, colours, self._data)
        for mark in self._data.marks:
            height = _CHANGES_AT if mark.kind is MarkKind.CHANGE else _MIDDLE
            _paint_mark(painter, QPointF(self._place(mark.day), height), mark.kind, colours)
        self._paint_legend(painter, colours, self._data)

    def _place(self, day: date) -> float:
        assert self._data is not None
        whole = (self._data.last - self._data.first).days or 1
        share = (day - self._data.first).days / whole
        return _EDGE + min(max(share, 0.0), 1.0) * (self.width() - 2 * _EDGE)

    def _paint_months(self, painter: QPainter, colours: Palette, data: TimelineData) -> None:
        days = (data.last - data.first).days or 1
        month_width = self.width() / days * 30
        step = next(n for n in (1, 2, 3, 6, 12) if n * month_width >= _MONTH_WIDTH or n == 12)
        month = data.first.replace(day=1)
        metrics, free_from = QFontMetrics(self._small), 0.0
        while (month := add_months(month, 1)) <= data.last:
            if (month.month - 1) % step:
                continue
            at = self._place(month)
            text = said(MONTHS[month.month - 1])
            if month.month == 1:
                text += f" {month.year}"
            end = at + metrics.horizontalAdvance(text)
            if end > self.width():
                break
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawLine(QPointF(round(at) + 0.5, 60), QPointF(round(at) + 0.5, 65))
            if at < free_from:
                continue  # The year beside January takes the room of February.
            painter.setPen(QColor(colours.muted))
            painter.drawText(QPointF(at, _MONTHS_AT), text)
            free_from = end + _LABEL_GAP

    def _paint_stretches(self, painter: QPainter, colours: Palette, data: TimelineData) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for stretch in data.stretches:
            if stretch.last >= data.first:
                left, right = self._place(stretch.first), self._place(stretch.last)
                painter.setBrush(_fill(stretch.kind, colours))
                painter.drawRoundedRect(QRectF(left, _MIDDLE - 6, max(right - left, 4), 12), 6, 6)
        if data.window is not None:
            left, right = (self._place(day) for day in data.window)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.ok), 1.2))
            box = QRectF(left, _MIDDLE - 6, max(right - left, 6), 12)
            painter.drawRoundedRect(box, 6, 6)

    def _paint_today(self, painter: QPainter, colours: Palette, data: TimelineData) -> None:
        at = round(self._place(data.today))
        fill(painter, QRectF(at - 1, 16, 2, 48), colours.accent)
        word = self.tr("heute")
        width = QFontMetrics(self._small).horizontalAdvance(word)
        painter.setPen(QColor(colours.accent))
        left = at + 6 if at + 6 + width <= self.width() else at - 6 - width
        painter.drawText(QPointF(left, 25), word)

    def _paint_legend(self, painter: QPainter, colours: Palette, data: TimelineData) -> None:
        metrics = QFontMetrics(self._small)
        at = 4.0
        for kind, word in self._legend(data):
            width = metrics.horizontalAdvance(word)
            if at + width + 20 > self.width():
                break
            middle = QPointF(at + 5, _LEGEND_AT - 4)
            if isinstance(kind, MarkKind):
                _paint_mark(painter, middle, kind, colours, 0.72)
            else:
                painter.setPen(QPen(QColor(colours.ok), 1) if kind is None else Qt.PenStyle.NoPen)
                painter.setBrush(Qt.BrushStyle.NoBrush if kind is None else _fill(kind, colours))
                painter.drawRoundedRect(QRectF(at - 1, middle.y() - 4, 14, 8), 4, 4)
            painter.setPen(QColor(colours.muted))
            painter.drawText(QPointF(at + 17, _LEGEND_AT), word)
            at += width + 34

    def _legend(self, data: TimelineData) -> Iterator[tuple[MarkKind | StretchKind | None, str]]:
        """Only what is in the picture."""
        marks = {mark.kind for mark in data.marks}
        stretches = {stretch.kind for stretch in data.stretches}
        words: tuple[tuple[MarkKind | StretchKind, str], ...] = (
            (MarkKind.COUNTED, self.tr("zählt")),
            (MarkKind.NOT_COUNTED, self.tr("zählt nicht")),
            (StretchKind.KEPT, self.tr("erfüllt")),
            (StretchKind.LATE, self.tr("über der Vorgabe")),
            (StretchKind.EXCEPTION, self.tr("Ausnahme")),
            (StretchKind.AWAY, self.tr("abwesend")),
        )
        yield from ((kind, word) for kind, word in words if kind in marks | stretches)
        if data.window is not None:
            yield None, self.tr("Fenster")
        if MarkKind.APPOINTMENT in marks:
            yield MarkKind.APPOINTMENT, self.tr("Termin")
        if MarkKind.PROPOSAL in marks:
            yield MarkKind.PROPOSAL, self.tr("Vorschlag")
        if MarkKind.CHANGE in marks:
            yield MarkKind.CHANGE, self.tr("Angabe geändert")


def _fill(kind: StretchKind, colours: Palette) -> QColor:
    return QColor(
        {
            StretchKind.KEPT: colours.ok_soft,
            StretchKind.LATE: colours.late_soft,
            StretchKind.EXCEPTION: colours.chip,
            StretchKind.AWAY: colours.border,
        }[kind]
    )


def _paint_mark(
    painter: QPainter, at: QPointF, kind: MarkKind, colours: Palette, scale: float = 1.0
) -> None:
    radius = 6 * scale
    if kind is MarkKind.COUNTED:
        painter.setPen(QPen(QColor(colours.surface), 1))
        painter.setBrush(QColor(colours.ok))
        painter.drawEllipse(at, radius, radius)
    elif kind is MarkKind.NOT_COUNTED:
        painter.setPen(QPen(QColor(colours.muted), 1.5))
        painter.setBrush(QColor(colours.surface))
        painter.drawEllipse(at, radius - 1, radius - 1)
    elif kind is MarkKind.CHANGE:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.muted))
        corners = (QPointF(-4, -3), QPointF(4, -3), QPointF(0, 4))
        painter.drawPolygon(QPolygonF([at + corner for corner in corners]))
    elif kind is MarkKind.APPOINTMENT:
        size = radius + 2
        tips = ((0, -size), (size, 0), (0, size), (-size, 0))
        painter.setPen(QPen(QColor(colours.surface), 1))
        painter.setBrush(QColor(colours.accent))
        painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in tips]))
    else:
        size = radius + 2
        painter.setPen(QPen(QColor(colours.accent), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(colours.surface))
        painter.drawRoundedRect(QRectF(at.x() - size, at.y() - size, 2 * size, 2 * size), 4, 4)
