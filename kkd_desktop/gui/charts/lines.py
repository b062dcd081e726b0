"""Figures over time as lines with a marker each; what is to be reached lies dashed behind them."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from kkd_desktop.domain.chart import Role, Series
from kkd_desktop.domain.language import said
from kkd_desktop.gui import theme
from kkd_desktop.gui.charts.drawing import End, Mark, TimeDrawing
from kkd_desktop.gui.charts.inks import ink_of, paint_marker

_REACH = 9.0
_ROOM_FOR_MARKERS = 12.0


class Lines(TimeDrawing):
    """Broken where there is no figure."""

    def ends(self) -> Sequence[End]:
        found = []
        for series in self.chart.series:
            told = [point.value for point in series.points if point.value is not None]
            if not told:
                continue
            asked = self._asked(series)
            figure = self.text(series.points[-1].value)
            if asked:
                figure = said("{figure} von {asked}").format(figure=figure, asked=asked)
            found.append(End(series, float(told[-1]), figure, series.name))
        return found

    def lay_out(self, size: QSizeF) -> list[Mark]:
        plot, marks = self.plot(size), []
        half = max(min(self.slot(plot) / 2, _REACH), 4.0)
        for number, series in enumerate(self.chart.series):
            for place, point in enumerate(series.points):
                if point.value is not None:
                    at = QPointF(self.x(place, plot), self.y(point.value, plot))
                    area = QRectF(at.x() - 6, at.y() - 6, 12, 12)
                    reach = QRectF(at.x() - half, at.y() - _REACH, 2 * half, 2 * _REACH)
                    marks.append(Mark((number, place), area, reach))
        return marks

    def paint(self, painter: QPainter, size: QSizeF) -> None:
        plot, colours = self.plot(size), theme.current()
        self.paint_axes(painter, plot)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for target in self.chart.targets:
            painter.setPen(QPen(QColor(colours.muted), 1.2, Qt.PenStyle.DashLine))
            for piece in self._pieces(target, plot):
                painter.drawPolyline(piece)
        for series in self.chart.series:
            painter.setPen(QPen(ink_of(series).colour, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for piece in self._pieces(series, plot):
                painter.drawPolyline(piece)
        self._paint_markers(painter, size)
        self.paint_ends(painter, size)

    def paint_sample(self, painter: QPainter, at: QPointF, series: Series) -> None:
        paint_marker(painter, at, series, ink_of(series).colour)

    def _paint_markers(self, painter: QPainter, size: QSizeF) -> None:
        plot = self.plot(size)
        roomy = self.slot(plot) >= _ROOM_FOR_MARKERS
        for mark in self.marks(size):
            number, place = mark.spot
            series = self.chart.series[number]
            if roomy or place == len(series.points) - 1:
                paint_marker(painter, mark.area.center(), series, ink_of(series).colour)
            self._paint_value(painter, mark, plot)

    def _paint_value(self, painter: QPainter, mark: Mark, plot: QRectF) -> None:
        """Above the mark, where one line has the picture for itself."""
        number, place = mark.spot
        text = self.text(self.chart.series[number].points[place].value).removesuffix(" %")
        wide = self.bold_metrics.horizontalAdvance(text) + 2 > self.slot(plot)
        if len(self.chart.series) > 1 or wide:
            return
        at = mark.area.center()
        self.write_figure(painter, QRectF(at.x() - 40, at.y() - 24, 80, 16), text)

    def _pieces(self, series: Series, plot: QRectF) -> Iterator[QPolygonF]:
        points: list[QPointF] = []
        for place, point in enumerate(series.points):
            if point.value is not None:
                points.append(QPointF(self.x(place, plot), self.y(point.value, plot)))
            elif points:
                yield QPolygonF(points)
                points = []
        if points:
            yield QPolygonF(points)

    def _asked(self, series: Series) -> str:
        for target in self.chart.targets:
            if target.mark == series.mark and target.role is Role.ASKED:
                return self.text(target.points[-1].value)
        return ""
