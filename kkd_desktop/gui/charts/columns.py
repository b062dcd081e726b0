"""Bars that stand beside or on each other, a column for each month, day or week."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter, QPen

from kkd_desktop.domain.chart import Role, Series
from kkd_desktop.gui import theme
from kkd_desktop.gui.charts.drawing import End, Mark, TimeDrawing, within_reach
from kkd_desktop.gui.charts.inks import ink_of
from kkd_desktop.gui.painting import fill

_SHARE, _WIDEST = 0.62, 30.0
_LINE_REACH = 4.0
_GAP_FROM = 3.0
_APART = 14.0


class Columns(TimeDrawing):
    """What was done as a bar, what was asked for as a line across it."""

    def ends(self) -> Sequence[End]:
        found = []
        for series in (*self.chart.series, *self.chart.targets):
            value = series.points[-1].value if series.points else None
            if value is not None:
                found.append(End(series, float(value), self.text(value), series.name))
        return found

    def lay_out(self, size: QSizeF) -> list[Mark]:
        plot = self.plot(size)
        marks = []
        # Lines lie over bars.
        order = sorted(enumerate(self.chart.series), key=lambda each: each[1].role is Role.ASKED)
        for number, series in order:
            for place, point in enumerate(series.points):
                if point.value is None:
                    continue
                y, column = self.y(point.value, plot), self._column(place, plot)
                if series.role is Role.ASKED:
                    area = self._line(place, y, plot).adjusted(0, -_LINE_REACH, 0, _LINE_REACH)
                    marks.append(Mark((number, place), area, area))
                else:
                    bar = QRectF(self._left(place, plot), y, self._width(plot), plot.bottom() - y)
                    marks.append(Mark((number, place), bar, column))
        return marks

    def paint(self, painter: QPainter, size: QSizeF) -> None:
        plot = self.plot(size)
        self.paint_axes(painter, plot)
        for mark in self.marks(size):
            series = self.chart.series[mark.spot[0]]
            if series.role is Role.ASKED:
                self._paint_line(painter, mark.spot[1], mark.area.center().y(), plot)
            else:
                ink_of(series).fill(painter, mark.area)
                self._paint_value(painter, mark, plot)
        for target in self.chart.targets:
            for place, point in enumerate(target.points):
                if point.value is not None:
                    self._paint_line(painter, place, self.y(point.value, plot), plot)
        self.paint_ends(painter, size)

    def paint_sample(self, painter: QPainter, at: QPointF, series: Series) -> None:
        if series.role is Role.ASKED:
            painter.setPen(QPen(QColor(theme.current().text), 2))
            painter.drawLine(at - QPointF(5, 0), at + QPointF(5, 0))
        else:
            super().paint_sample(painter, at, series)

    def _paint_line(self, painter: QPainter, place: int, y: float, plot: QRectF) -> None:
        line, colours = self._line(place, y, plot), theme.current()
        # On its own ground, so that it is seen over a bar as well.
        fill(painter, line.adjusted(0, -2, 0, 2), colours.surface)
        fill(painter, line.adjusted(0, -1, 0, 1), colours.text)

    def _paint_value(self, painter: QPainter, mark: Mark, plot: QRectF) -> None:
        number, place = mark.spot
        point = self.chart.series[number].points[place]
        text = self.text(point.value)
        if self.bold_metrics.horizontalAdvance(text) + 2 > self.slot(plot) or not point.value:
            return
        top = min(mark.area.top(), *self._asked_at(place, plot), plot.bottom())
        area = QRectF(mark.reach.left(), top - 18, mark.reach.width(), 16)
        self.write_figure(painter, area, text)

    def _asked_at(self, place: int, plot: QRectF) -> list[float]:
        """Lines so little above a bar that they would cross its figure."""
        asked = [s for s in (*self.chart.series, *self.chart.targets) if s.role is Role.ASKED]
        done = [s for s in self.chart.series if s.role is not Role.ASKED]
        bar = min(self.y(s.points[place].value or 0, plot) for s in done)
        levels = [self.y(s.points[place].value or 0, plot) for s in asked]
        return [level for level in levels if bar - 18 < level < bar]

    def _line(self, place: int, y: float, plot: QRectF) -> QRectF:
        slot = self.slot(plot)
        # Where columns are narrow the lines run into each other and are read as one.
        inset = slot * 0.06 if slot > _APART else 0
        return QRectF(plot.left() + place * slot + inset, y, slot - 2 * inset, 0)

    def _column(self, place: int, plot: QRectF) -> QRectF:
        slot = self.slot(plot)
        return QRectF(plot.left() + place * slot, plot.top() - 16, slot, plot.height() + 38)

    def _width(self, plot: QRectF) -> float:
        return max(min(self.slot(plot) * _SHARE, _WIDEST), 2)

    def _left(self, place: int, plot: QRectF) -> float:
        return self.x(place, plot) - self._width(plot) / 2


class StackedColumns(TimeDrawing):
    """Pieces on each other that together are everybody; their names stand at the last column."""

    def ends(self) -> Sequence[End]:
        found, below = [], 0.0
        for series in self.chart.series:
            value = float(series.points[-1].value or 0)
            figure = self.text(series.points[-1].value)
            found.append(End(series, below + value / 2, figure, series.name))
            below += value
        return found

    def lay_out(self, size: QSizeF) -> list[Mark]:
        plot, marks = self.plot(size), []
        width = max(min(self.slot(plot) * 0.8, _WIDEST), 2)
        for place in range(len(self.chart.categories)):
            below = 0.0
            left = self.x(place, plot) - width / 2
            for number, series in enumerate(self.chart.series):
                value = float(series.points[place].value or 0)
                top, bottom = self.y(below + value, plot), self.y(below, plot)
                area = QRectF(left, top, width, bottom - top)
                marks.append(Mark((number, place), area, within_reach(area)))
                below += value
        return marks

    def paint(self, painter: QPainter, size: QSizeF) -> None:
        plot = self.plot(size)
        self.paint_axes(painter, plot)
        inks = [ink_of(series) for series in self.chart.series]
        for mark in self.marks(size):
            # A gap between the pieces, so that two patterns do not run into each other.
            gap = 1 if mark.area.height() > _GAP_FROM and mark.area.bottom() < plot.bottom() else 0
            piece = mark.area.adjusted(0, 0, 0, -gap)
            inks[mark.spot[0]].fill(painter, piece)
        self._paint_totals(painter, plot)
        self.paint_ends(painter, size)

    def _paint_totals(self, painter: QPainter, plot: QRectF) -> None:
        """Above each column, where it has the room and they are not all the same."""
        totals = [self.chart.total(place) for place in range(len(self.chart.categories))]
        texts = [self.text(total) if total else "" for total in totals]
        widest = max(map(self.bold_metrics.horizontalAdvance, texts), default=0)
        if widest > self.slot(plot) or len(set(totals)) < min(len(totals), 2):
            return
        for place, (total, text) in enumerate(zip(totals, texts, strict=True)):
            area = QRectF(self.x(place, plot) - 30, self.y(total, plot) - 18, 60, 16)
            self.write_figure(painter, area, text)
