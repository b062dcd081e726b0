"""The numbers behind a chart as a table: a category a row, a series a column."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt

from kkd_desktop.domain.chart import (
    AXIS_TEXTS,
    NO_FIGURE,
    Chart,
    ChartKind,
    Point,
    Unit,
    as_cell,
    value_text,
)
from kkd_desktop.domain.table import Cell
from kkd_desktop.gui.models.columns import Column, ColumnModel, Index

Spot = tuple[int, int]
"""Which figure: the place of its series and of its category."""


class ChartTableModel(ColumnModel[int]):
    """Rows are places of categories; of a grid they are its rows. What is asked for has a column,
    but nobody behind it.
    """

    def __init__(self, chart: Chart, parent: QObject | None = None) -> None:
        self.chart = chart
        self._is_grid = chart.kind is ChartKind.GRID
        self._all_series = (*chart.series, *chart.targets)
        super().__init__(parent)
        self.show_rows(range(len(self.names())))

    def names(self) -> tuple[str, ...]:
        """What stands before each row."""
        if self._is_grid:
            return tuple(series.name for series in self.chart.series)
        return tuple(category.name for category in self.chart.categories)

    def columns(self) -> Sequence[Column[int]]:
        names = self.names()
        titles = [series.name for series in self._all_series]
        if self._is_grid:
            titles = [category.label for category in self.chart.categories]
        return (
            Column(self._first_title(), lambda row: row, names.__getitem__),
            *(
                Column(title, partial(self._value, place), self._written, number=True)
                for place, title in enumerate(titles)
            ),
        )

    def spot(self, index: Index) -> Spot | None:
        """Which figure stands in a cell; None where it is a name or what was asked for."""
        column = index.column() - 1
        if not index.isValid() or column < 0:
            return None
        row = self.row(index)
        spot = (row, column) if self._is_grid else (column, row)
        return spot if spot[0] < len(self.chart.series) else None

    def point(self, index: Index) -> Point | None:
        spot = self.spot(index)
        return None if spot is None else self.chart.series[spot[0]].points[spot[1]]

    def as_text(self) -> str:
        """The whole table, as a spreadsheet takes it from the clipboard."""
        lines = ["\t".join(column.title for column in self._columns)]
        for row, name in enumerate(self.names()):
            values = (_plain(as_cell(column.value(row))) for column in self._columns[1:])
            lines.append("\t".join((name, *values)))
        return "\n".join(lines) + "\n"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole:
            point = self.point(index)
            return None if point is None else point.detail or None
        return super().data(index, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        found = super().headerData(section, orientation, role)
        if role == Qt.ItemDataRole.TextAlignmentRole and found is not None:
            return int(found) | int(Qt.TextFlag.TextWordWrap)
        return found

    def _first_title(self) -> str:
        axis = self.tr("Profillage") if self._is_grid else AXIS_TEXTS[self.chart.axis]
        return self.tr("{axis}, in %").format(axis=axis) if self._is_percent() else axis

    def _is_percent(self) -> bool:
        return self.chart.unit is Unit.PERCENT

    def _value(self, column: int, row: int) -> Any:
        if self._is_grid:
            return self.chart.series[row].points[column].value
        return self._all_series[column].points[row].value

    def _written(self, value: Any) -> str:
        if value is None:
            return NO_FIGURE
        return value_text(value, self.chart.unit).removesuffix(" %")


def _plain(cell: Cell) -> str:
    text = "" if cell is None else str(cell)
    return text.replace(".", ",") if isinstance(cell, float) else text
