"""Which way is a chart drawn?"""

from kkd_desktop.domain.chart import Chart, ChartKind
from kkd_desktop.gui.charts.columns import Columns, StackedColumns
from kkd_desktop.gui.charts.drawing import Drawing
from kkd_desktop.gui.charts.grid import Grid
from kkd_desktop.gui.charts.lines import Lines
from kkd_desktop.gui.charts.rows import Rows, StackedRows


def drawing_of(chart: Chart) -> Drawing:
    """What is no day or month has a name that wants to be read: it lies in rows."""
    if chart.kind is ChartKind.GRID:
        return Grid(chart)
    if chart.kind is ChartKind.LINES:
        return Lines(chart)
    in_time = all(category.day is not None for category in chart.categories)
    if chart.kind is ChartKind.STACKED:
        return StackedColumns(chart) if in_time else StackedRows(chart)
    return Columns(chart) if in_time else Rows(chart)
