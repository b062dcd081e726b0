"""A row for each Profillage, a field for each month: the figure itself, and a ground behind it."""

from fractions import Fraction
from math import floor

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from kkd_desktop.domain import texts
from kkd_desktop.domain.chart import Number
from kkd_desktop.domain.language import said
from kkd_desktop.gui import theme
from kkd_desktop.gui.charts.drawing import GAP, LEFT, Drawing, Mark
from kkd_desktop.gui.painting import fill

_ROW, _HEAD, _FOOT = 26.0, 22.0, 24.0
_MOST_NAME = 170.0
_WIDEST = 120.0
_FAR, _REACHED = 75, 100


class Grid(Drawing):
    """The figure says it; below the Soll it has an arrow, and the ground repeats it."""

    def height(self) -> int:
        return round(_HEAD + _ROW * max(len(self.chart.series), 1) + _FOOT)

    def downwards(self) -> bool:
        return True

    def lay_out(self, size: QSizeF) -> list[Mark]:
        marks = []
        left, width = self._name_width(), self._field_width(size)
        for number, series in enumerate(self.chart.series):
            for place in range(len(series.points)):
                area = QRectF(left + place * width, _HEAD + number * _ROW, width, _ROW)
                marks.append(Mark((number, place), area.adjusted(1, 1, -1, -1), area))
        return marks

    def paint(self, painter: QPainter, size: QSizeF) -> None:
        colours = theme.current()
        centre = Qt.AlignmentFlag.AlignCenter
        left, width = self._name_width(), self._field_width(size)
        painter.setFont(self.small)
        painter.setPen(QColor(colours.muted))
        for place, category in enumerate(self.chart.categories):
            painter.drawText(QRectF(left + place * width, 0, width, _HEAD), centre, category.label)
        for number, series in enumerate(self.chart.series):
            last = number == len(self.chart.series) - 1
            painter.setFont(self.bold if last else self.small)
            painter.setPen(QColor(colours.text))
            area = QRectF(0, _HEAD + number * _ROW, left - GAP, _ROW)
            cut = self.metrics.elidedText(series.name, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, LEFT, cut)
        for mark in self.marks(size):
            self._paint_field(painter, mark)
        self._paint_key(painter, size)

    def _paint_field(self, painter: QPainter, mark: Mark) -> None:
        number, place = mark.spot
        value = self.chart.series[number].points[place].value
        colours = theme.current()
        if value is not None:
            fill(painter, mark.area, _ground(value))
        whole = place == len(self.chart.categories) - 1 or number == len(self.chart.series) - 1
        painter.setFont(self.bold if whole else self.small)
        painter.setPen(QColor(colours.muted if value is None else colours.text))
        painter.drawText(mark.area, Qt.AlignmentFlag.AlignCenter, _written(value))

    def _paint_key(self, painter: QPainter, size: QSizeF) -> None:
        colours, at = theme.current(), self._name_width()
        painter.setFont(self.small)
        for value, text in (
            (_REACHED, said("ab 100 %")),
            (_FAR, said("▾ unter 100 %")),
            (0, said("▾ unter 75 %")),
            (None, said("– kein Soll")),
        ):
            area = QRectF(at + 1, size.height() - 13, 10, 10)
            if value is not None:
                fill(painter, area, _ground(value))
                painter.setPen(QPen(QColor(colours.border), 1))
                painter.drawRect(area)
            painter.setPen(QColor(colours.muted))
            begin = at + 16 if value is not None else at
            width = self.metrics.horizontalAdvance(text)
            painter.drawText(QRectF(begin, size.height() - 18, width + 2, 20), LEFT, text)
            at = begin + width + theme.LARGE

    def _name_width(self) -> float:
        names = [self.bold_metrics.horizontalAdvance(each.name) for each in self.chart.series]
        return min(max(names, default=0), _MOST_NAME) + 2 * GAP

    def _field_width(self, size: QSizeF) -> float:
        fields = max(len(self.chart.categories), 1)
        return min(max((size.width() - self._name_width()) / fields, 12), _WIDEST)


def _ground(value: Number) -> str:
    colours = theme.current()
    if value < _FAR:
        return colours.late_soft
    return colours.soon_soft if value < _REACHED else colours.ok_soft


def _written(value: Number | None) -> str:
    """Without the sign: the heading says that these are parts of a hundred."""
    if value is None:
        return "–"
    figure = percent_text(value)
    return f"▾ {figure}" if value < _REACHED else figure


def percent_text(value: Number) -> str:
    """Rounded as on paper; but 99.6 is not written as if it reached 100."""
    rounded = floor(value + Fraction(1, 2))
    if value < _REACHED <= rounded:
        return texts.tenths(Fraction(value))
    return texts.whole(rounded)
