"""The floor: a table of 300 rows in a window of PySide6, painted once."""

import os
import sys
from time import CLOCK_MONOTONIC, clock_gettime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QTableView

from tests.benchmarks.own_memory import own_memory

ROWS, COLUMNS = 300, 6


class Model(QAbstractTableModel):
    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return ROWS

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return COLUMNS

    def data(self, index: QModelIndex, role: int = 0) -> str | None:
        if role == Qt.ItemDataRole.DisplayRole:
            return f"Zeile {index.row()} Spalte {index.column()}"
        return None


class View(QTableView):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if "KKD_BENCH_MEMORY" in os.environ:
            print(own_memory(), flush=True)
        else:
            print(clock_gettime(CLOCK_MONOTONIC), flush=True)
        QApplication.exit()


app = QApplication(sys.argv)
view = View()
view.setModel(Model())
view.resize(1360, 860)
view.show()
app.exec()
