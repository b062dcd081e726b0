"""The table behind a chart: cell by cell, and as a whole into the clipboard."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.chart import Chart
from kkd_desktop.gui import clipboard
from kkd_desktop.gui.models.chart_table import ChartTableModel, Spot
from kkd_desktop.gui.widgets.chart_view import groups
from kkd_desktop.gui.widgets.table import ROW_HEIGHT, DataTable

_MOST_ROWS = 12
_HEAD, _BESIDE, _NARROWEST = 52, 28, 64
_BAR = 12
"""The scroll bar below."""


class ChartTable(DataTable):
    """Enter or a double click on a number asks for the people behind it; Ctrl+C copies all of it.

    Signals:
        people_wanted: the ids of those behind a figure, and which figure that is.
        copied: the table is in the clipboard.
    """

    people_wanted = Signal(object, str)
    copied = Signal()

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        self._rows = ChartTableModel(chart)
        super().__init__(self._rows, chart.title, parent)
        self._rows.setParent(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self._set_widths()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        rows = min(self._rows.rowCount(), _MOST_ROWS)
        self.setFixedHeight(ROW_HEIGHT * rows + _HEAD + _BAR)

    def _set_widths(self) -> None:
        """A title breaks between its words; none is cut, the table is rather scrolled."""
        header, columns = self.horizontalHeader(), range(1, self._rows.columnCount())
        header.setFixedHeight(_HEAD)
        header.setStretchLastSection(False)
        bold = QFontMetrics(header.font())
        across = Qt.Orientation.Horizontal
        words = [word for n in columns for word in self._rows.headerData(n, across).split()]
        longest = max(map(bold.horizontalAdvance, words), default=0)
        header.setMinimumSectionSize(max(longest + _BESIDE, _NARROWEST))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        names = max(map(self.fontMetrics().horizontalAdvance, self._rows.names()), default=0)
        first = bold.horizontalAdvance(self._rows.headerData(0, across))
        self.setColumnWidth(0, max(names, first) + _BESIDE)

    def spot(self, index: QModelIndex) -> Spot | None:
        """Which figure stands in a cell."""
        return self._rows.spot(index)

    def copy(self) -> None:
        """Put the whole table into the clipboard."""
        clipboard.copy(self._rows.as_text())
        self.copied.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self._menu(self.currentIndex())
        menu.addAction(self.tr("Tabelle kopieren")).triggered.connect(self.copy)
        menu.popup(event.globalPos())

    def _open(self, index: QModelIndex) -> None:
        point = self._rows.point(index)
        found = [] if point is None else groups(point)
        if len(found) == 1:
            self.people_wanted.emit(*found[0])
        elif found:
            at = self.visualRect(index).bottomLeft()
            self._menu(index).popup(self.viewport().mapToGlobal(at))

    def _menu(self, index: QModelIndex) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        point = self._rows.point(index)
        for ids, said in [] if point is None else groups(point):
            people = texts.counted(len(ids), "Person", "Personen")
            action = menu.addAction(f"{said} · {people}".replace("&", "&&"))
            action.triggered.connect(lambda _=False, i=ids, s=said: self.people_wanted.emit(i, s))
        return menu
