"""Bars that lie below each other, with their names in full at the left and figures at the right."""

from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter

from kkd_desktop.domain.chart import Role
from kkd_desktop.domain.language import said
from kkd_desktop.gui import theme
from kkd_desktop.gui.charts.drawing import GAP, LEFT, RIGHT, Drawing, Mark, within_reach
from kkd_desktop.gui.charts.grid import percent_text
from kkd_desktop.gui.charts.inks import ink_of
from kkd_desktop.gui.painting import fill

_ROW, _BAR = 27.0, 15.0
_HEAD, _BESIDE = 22.0, 5.0
_MOST_NAME = 170.0


class _RowDrawing(Drawing):
    across = False

    def height(self) -> int:
        return round(_HEAD + _ROW * max(len(self.chart.categories), 1) + 4)

    def plot(self, size: QSizeF) -> QRectF:
        names = [self.metrics.horizontalAdvance(each.name) for each in self.chart.categories]
        left = min(max(names, default=0), _MOST_NAME) + GAP * 2
        told = [self.bold_metrics.horizontalAdvance(self.told(p)) for p in self._places()]
        right = max(told, default=0) + GAP * 2
        return QRectF(left, _HEAD, max(size.width() - left - right, 40), size.height() - _HEAD)

    def told(self, place: int) -> str:
        """The figures of a row in words."""
        raise NotImplementedError

    def width(self, value: float, plot: QRectF) -> float:
        return value / max(float(self.chart.top), 1) * plot.width()

    def top(self, place: int, plot: QRectF) -> float:
        return plot.top() + place * _ROW + (_ROW - _BAR) / 2

    def paint_words(self, painter: QPainter, size: QSizeF) -> None:
        plot, colours = self.plot(size), theme.current()
        for place, category in enumerate(self.chart.categories):
            y = plot.top() + place * _ROW
            painter.setFont(self.small)
            painter.setPen(QColor(colours.text))
            room = plot.left() - GAP * 2
            cut = self.metrics.elidedText(category.name, Qt.TextElideMode.ElideRight, room + 1)
            painter.drawText(QRectF(0, y, room + 2, _ROW), LEFT, cut)
            painter.setFont(self.bold)
            painter.drawText(
                QRectF(plot.right(), y, size.width() - plot.right(), _ROW), RIGHT, self.told(place)
            )

    def paint_samples(self, painter: QPainter) -> None:
        """What looks how, above the first row."""
        at = 0.0
        for series in self.chart.series:
            if series.role is Role.ASKED:
                fill(painter, QRectF(at + 3, 1, 2, 13), theme.current().text)
            else:
                ink_of(series).fill(painter, QRectF(at, 3, 9, 9))
            painter.setFont(self.small)
            painter.setPen(QColor(theme.current().muted))
            width = self.metrics.horizontalAdvance(series.name)
            painter.drawText(QRectF(at + 9 + GAP, -2, width + 2, 20), LEFT, series.name)
            at += 9 + GAP + width + theme.LARGE

    def _places(self) -> range:
        return range(len(self.chart.categories))


class Rows(_RowDrawing):
    """What was done as a bar, what was asked for as a line through it."""

    def told(self, place: int) -> str:
        done = asked = None
        for series in self.chart.series:
            if series.role is Role.ASKED:
                asked = series.points[place].value
            else:
                done = series.points[place].value
        if asked is None or done is None:
            return self.text(done)
        share = f"{percent_text(Fraction(done) / Fraction(asked) * 100)} %" if asked else "–"
        return said("{done} von {asked} · {share}").format(
            done=self.text(done), asked=self.text(asked), share=share
        )

    def lay_out(self, size: QSizeF) -> list[Mark]:
        plot, marks = self.plot(size), []
        order = sorted(enumerate(self.chart.series), key=lambda each: each[1].role is Role.ASKED)
        for number, series in order:
            for place, point in enumerate(series.points):
                if point.value is None:
                    continue
                width, top = self.width(float(point.value), plot), self.top(place, plot)
                if series.role is Role.ASKED:
                    area = QRectF(plot.left() + width - 4, top - 4, 8, _BAR + 8)
                    marks.append(Mark((number, place), area, area))
                else:
                    area = QRectF(plot.left(), top, width, _BAR)
                    row = QRectF(0, plot.top() + place * _ROW, size.width(), _ROW)
                    marks.append(Mark((number, place), area, row))
        return marks

    def paint(self, painter: QPainter, size: QSizeF) -> None:
        colours = theme.current()
        self.paint_samples(painter)
        self.paint_words(painter, size)
        for mark in self.marks(size):
            series = self.chart.series[mark.spot[0]]
            if series.role is Role.ASKED:
                middle = mark.area.center().x()
                line = QRectF(middle - 1, mark.area.top(), 2, mark.area.height())
                fill(painter, line.adjusted(-1, 0, 1, 0), colours.surface)
                fill(painter, line, colours.text)
            else:
                ink_of(series).fill(painter, mark.area)


class StackedRows(_RowDrawing):
    """Pieces behind each other; each tells its figure where there is room."""

    def told(self, place: int) -> str:
        return self.text(self.chart.total(place))

    def lay_out(self, size: QSizeF) -> list[Mark]:
        plot, marks = self.plot(size), []
        for place in self._places():
            left, top = plot.left(), self.top(place, plot)
            for number, series in enumerate(self.chart.series):
                width = self.width(float(series.points[place].value or 0), plot)
                area = QRectF(left, top, width, _BAR)
                reach = within_reach(area)
                if not area.isEmpty():
                    reach = reach.adjusted(0, -_BESIDE, 0, _BESIDE)
                marks.append(Mark((number, place), area, reach))
                left += width
        return marks

    def paint(self, painter: QPainter, size: QSizeF) -> None:
        self.paint_samples(painter)
        self.paint_words(painter, size)
        for mark in self.marks(size):
            number, place = mark.spot
            series = self.chart.series[number]
            ink_of(series).fill(painter, mark.area.adjusted(0, 0, -1, 0))
            self._paint_piece(painter, mark, self.text(series.points[place].value))

    def _paint_piece(self, painter: QPainter, mark: Mark, text: str) -> None:
        """On a ground of its own: no pattern runs through a figure."""
        width = self.metrics.horizontalAdvance(text) + 8
        if width > mark.area.width() - 4 or text == "0":
            return
        middle = mark.area.center()
        plate = QRectF(middle - QPointF(width / 2, 6.5), QSizeF(width, 13))
        fill(painter, plate, theme.current().surface)
        painter.setFont(self.small)
        painter.setPen(QColor(theme.current().text))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
