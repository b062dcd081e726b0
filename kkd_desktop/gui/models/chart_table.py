"""The numbers behind a chart as a table: a category a row, a series a column."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt

from kkd_desktop.domain.chart import NO_FIGURE, Chart, Point, Series, Unit, value_text
from kkd_desktop.domain.table import Cell
from kkd_desktop.gui.models.columns import Column, ColumnModel, Index


class ChartTableModel(ColumnModel[int]):
    """Rows are places of categories. What is asked for has a column, but nobody behind it."""

    def __init__(self, chart: Chart, parent: QObject | None = None) -> None:
        self.chart = chart
        super().__init__(parent)
        self.show_rows(range(len(chart.categories)))

    def columns(self) -> Sequence[Column[int]]:
        chart = self.chart
        return (
            Column(chart.axis, lambda place: place, lambda p: chart.categories[p].name),
            *(
                Column(self._title(series), partial(_value, series), self._written, number=True)
                for series in (*chart.series, *chart.targets)
            ),
        )

    def point(self, index: Index) -> Point | None:
        """The figure in a cell; None where it is a name or what was asked for."""
        column = index.column() - 1
        if not index.isValid() or not 0 <= column < len(self.chart.series):
            return None
        return self.chart.series[column].points[self.row(index)]

    def as_text(self) -> str:
        """The whole table, as a spreadsheet takes it from the clipboard."""
        sheet = self.chart.table()
        rows = (sheet.header, *sheet.rows)
        return "\n".join("\t".join(map(_plain, row)) for row in rows) + "\n"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole:
            point = self.point(index)
            return None if point is None else point.detail or None
        return super().data(index, role)

    def _title(self, series: Series) -> str:
        return f"{series.name} in %" if self.chart.unit is Unit.PERCENT else series.name

    def _written(self, value: Any) -> str:
        if value is None:
            return NO_FIGURE
        return value_text(value, self.chart.unit).removesuffix(" %")


def _value(series: Series, place: int) -> Any:
    return series.points[place].value


def _plain(cell: Cell) -> str:
    text = "" if cell is None else str(cell)
    return text.replace(".", ",") if isinstance(cell, float) else text
