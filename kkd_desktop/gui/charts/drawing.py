"""What do all ways to draw a chart share? Where things lie, what the arrows do, labels at the end.

Painted by ourselves and not by a plotting library: every figure has its words beside it, is reached
by keys and told to a screen reader, and the colours follow the window.
"""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from kkd_desktop.domain.chart import Chart, Number, Series, value_text
from kkd_desktop.domain.values import Value
from kkd_desktop.gui import theme
from kkd_desktop.gui.charts.inks import ink_of
from kkd_desktop.gui.painting import fill

GAP = 6.0
_LINE = 15.0
_LEAST_REACH = 9.0
_LEADER = 12.0
_SWATCH = 9.0
_MOST_AT_END = 0.4
_BEFORE_END = _LEADER + _SWATCH + GAP + 2

Spot = tuple[int, int]
"""Which figure: the place of its series and of its category."""


class Mark(Value, frozen=True):
    """Where a figure is painted, and where the mouse finds it."""

    spot: Spot
    area: QRectF
    reach: QRectF


class End(Value, frozen=True):
    """What stands beside the last mark of a series; `level` is where on the scale."""

    series: Series
    level: float
    figure: str
    name: str


def within_reach(area: QRectF) -> QRectF:
    """A thin piece can be pointed at from a little beside it; a piece of nothing cannot."""
    if area.isEmpty():
        return area
    wide, high = max(_LEAST_REACH - area.width(), 0) / 2, max(_LEAST_REACH - area.height(), 0) / 2
    return area.adjusted(-wide, -high, wide, high)


class Drawing:
    """One way to draw a chart; a subclass lays out the marks and paints them."""

    across = True
    """Whether the categories lie from left to right."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.small = theme.font(theme.SMALL_SIZE)
        self.bold = theme.font(theme.SMALL_SIZE, QFont.Weight.DemiBold)
        self.metrics = QFontMetricsF(self.small)
        self.bold_metrics = QFontMetricsF(self.bold)
        self._laid_out: tuple[QSizeF, list[Mark]] | None = None

    def height(self) -> int:
        """As high as it is meant to be."""
        raise NotImplementedError

    def lay_out(self, size: QSizeF) -> list[Mark]:
        """Every figure there is, later ones over earlier ones."""
        raise NotImplementedError

    def paint(self, painter: QPainter, size: QSizeF) -> None:
        raise NotImplementedError

    def marks(self, size: QSizeF) -> list[Mark]:
        if self._laid_out is None or self._laid_out[0] != size:
            self._laid_out = size, self.lay_out(size)
        return self._laid_out[1]

    def mark_at(self, at: QPointF, size: QSizeF) -> Mark | None:
        """What is under the mouse: of several the smallest, of equal ones the nearest."""

        def order(mark: Mark) -> tuple[float, float]:
            way = mark.area.center() - at
            return mark.area.width() * mark.area.height(), way.manhattanLength()

        reached = (mark for mark in self.marks(size) if mark.reach.contains(at))
        return min(reached, key=order, default=None)

    def mark_of(self, spot: Spot, size: QSizeF) -> Mark | None:
        return next((mark for mark in self.marks(size) if mark.spot == spot), None)

    def step(self, spot: Spot, key: Qt.Key) -> Spot:
        """Where an arrow leads from here; at an edge it stays."""
        series, place = spot
        along, beside = _STEPS[key]
        if not self.across:
            along, beside = -beside, along
        elif self.downwards():
            beside = -beside
        return (
            min(max(series + beside, 0), len(self.chart.series) - 1),
            min(max(place + along, 0), len(self.chart.categories) - 1),
        )

    def downwards(self) -> bool:
        """Whether the series follow each other from top to bottom."""
        return False

    def text(self, value: Number | None) -> str:
        """The figure as it stands at its mark."""
        return value_text(value, self.chart.unit)


_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
ARROWS = frozenset(_STEPS)


class TimeDrawing(Drawing):
    """Categories from left to right over a scale, the names of the series at the right end."""

    def height(self) -> int:
        return 236

    def write_figure(self, painter: QPainter, area: QRectF, text: str) -> None:
        """In the middle of `area` and on its own ground: no line of the grid runs through it."""
        if not text:
            return
        colours, width = theme.current(), self.bold_metrics.horizontalAdvance(text) + 2
        ground = QRectF(area.center().x() - width / 2, area.top() + 1, width, area.height() - 2)
        fill(painter, ground, colours.surface)
        painter.setFont(self.bold)
        painter.setPen(QColor(colours.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def plot(self, size: QSizeF) -> QRectF:
        """The room between the axes."""
        left = max(self.metrics.horizontalAdvance(each) for each in self._ticks()) + GAP
        return QRectF(
            left, 20, max(size.width() - left - self._end_width(size), 40), size.height() - 42
        )

    def slot(self, plot: QRectF) -> float:
        """The width that one category has."""
        return plot.width() / max(len(self.chart.categories), 1)

    def x(self, place: int, plot: QRectF) -> float:
        """The middle of a category."""
        return plot.left() + (place + 0.5) * self.slot(plot)

    def y(self, value: Number | float, plot: QRectF) -> float:
        return plot.bottom() - float(value) / self.chart.ticks()[-1] * plot.height()

    def ends(self) -> Sequence[End]:
        """What stands at the right of the last category."""
        raise NotImplementedError

    def paint_axes(self, painter: QPainter, plot: QRectF) -> None:
        colours = theme.current()
        painter.setFont(self.small)
        for tick, text in zip(self.chart.ticks(), self._ticks(), strict=True):
            y = round(self.y(tick, plot)) + 0.5
            painter.setPen(QPen(QColor(colours.border if not tick else colours.line), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(colours.muted))
            area = QRectF(0, y - 10, plot.left() - GAP, 20)
            painter.drawText(area, RIGHT, text)
        self._paint_categories(painter, plot)

    def paint_ends(self, painter: QPainter, size: QSizeF) -> None:
        """Figure and name of each series beside its last mark, apart from each other."""
        plot, colours = self.plot(size), theme.current()
        ends = sorted(self.ends(), key=lambda end: -end.level)
        levels = [self.y(end.level, plot) for end in ends]
        heights = [_LINE * (1 + self._lines_below(end, size)) for end in ends]
        places = spread(levels, heights, plot.top() - 10, plot.bottom() + 6)
        left = plot.right() + _LEADER
        for end, level, place in zip(ends, levels, places, strict=True):
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.drawLine(QPointF(plot.right() + 1, level), QPointF(left - 2, place))
            self.paint_sample(painter, QPointF(left + _SWATCH / 2, place), end.series)
            self._paint_end(painter, end, QPointF(left + _SWATCH + GAP, place), size)

    def _paint_end(self, painter: QPainter, end: End, at: QPointF, size: QSizeF) -> None:
        """A name too long to stand beside the figure stands below it."""
        colours = theme.current()
        painter.setPen(QColor(colours.text))
        painter.setFont(self.bold)
        painter.drawText(QRectF(at.x(), at.y() - 10, size.width(), 20), LEFT, end.figure)
        painter.setFont(self.small)
        painter.setPen(QColor(colours.muted))
        lines = self._lines_below(end, size)
        if lines:
            area = QRectF(at.x(), at.y() + _LINE / 2, size.width() - at.x() + 2, _LINE * lines)
            painter.drawText(area, int(LEFT | Qt.TextFlag.TextWordWrap), end.name)
            return
        at += QPointF(self.bold_metrics.horizontalAdvance(end.figure) + GAP, 0)
        painter.drawText(QRectF(at.x(), at.y() - 10, size.width(), 20), LEFT, end.name)

    def paint_sample(self, painter: QPainter, at: QPointF, series: Series) -> None:
        """What the series looks like, before its name."""
        half = _SWATCH / 2
        ink_of(series).fill(painter, QRectF(at.x() - half, at.y() - half, _SWATCH, _SWATCH))

    def _end_width(self, size: QSizeF) -> float:
        """Of the longest label that stands in one line, and of the names of the others."""
        widths = [
            self.metrics.horizontalAdvance(end.name)
            if self._lines_below(end, size)
            else self._one_line(end)
            for end in self.ends()
        ]
        return min(max(widths, default=0) + _BEFORE_END, size.width() * _MOST_AT_END)

    def _lines_below(self, end: End, size: QSizeF) -> int:
        """How many lines a name takes that has no room beside its figure."""
        room = size.width() * _MOST_AT_END - _BEFORE_END
        if self._one_line(end) <= room:
            return 0
        return 1 if self.metrics.horizontalAdvance(end.name) <= room else 2

    def _one_line(self, end: End) -> float:
        figure = self.bold_metrics.horizontalAdvance(end.figure)
        return figure + GAP + self.metrics.horizontalAdvance(end.name)

    def _ticks(self) -> list[str]:
        return [self.text(tick) for tick in self.chart.ticks()]

    def _paint_categories(self, painter: QPainter, plot: QRectF) -> None:
        """As many names as have room, always with the last one."""
        labels = [category.label for category in self.chart.categories]
        if not labels:
            return
        widest = max(self.metrics.horizontalAdvance(each) for each in labels) + GAP
        needed = widest / self.slot(plot)
        # Every second of two days a month is its last one; an odd step would mix them.
        step = next((each for each in _STEPS_OF_LABELS if each >= needed), ceil(needed))
        painter.setPen(QColor(theme.current().muted))
        for place, label in enumerate(labels):
            if (len(labels) - 1 - place) % step == 0:
                middle = self.x(place, plot)
                area = QRectF(middle - 40, plot.bottom() + 3, 80, 18)
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, label)


_STEPS_OF_LABELS = (1, 2, 4, 6, 8, 12)
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def spread(
    places: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[float]:
    """Ascending places moved apart, each with room of its height below it, within the bounds where
    there is any.
    """
    found: list[float] = []
    for number, place in enumerate(places):
        found.append(max(place, found[-1] + heights[number - 1] if found else low))
    limit = high
    for at in range(len(found) - 1, -1, -1):
        found[at] = min(found[at], limit - (heights[at] - min(heights)))
        limit = found[at] - (heights[at - 1] if at else 0)
    return found
