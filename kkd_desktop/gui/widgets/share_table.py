"""How does a table fill its width? Each column has its share, and none stands outside."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kkd_desktop.gui.models.columns import ColumnModel
from kkd_desktop.gui.widgets.table import DataTable


class ShareTable(DataTable):
    """A `DataTable` whose columns share the width; some of them only where there is room.

    The highlighted row stays in sight when the table becomes lower.
    """

    def __init__(
        self,
        model: ColumnModel[Any],
        name: str,
        shares: Sequence[int],
        *,
        roomy: int = 0,
        only_in_roomy: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`shares` are weights; the columns `only_in_roomy` are hidden below `roomy` pixels."""
        super().__init__(model, name, parent)
        self._shares = shares
        self._roomy, self._only_in_roomy = roomy, frozenset(only_in_roomy)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        row = self.visualRect(self.currentIndex())
        if row.top() >= 0 and row.bottom() <= event.oldSize().height():
            self.scrollTo(self.currentIndex())
        narrow = self.width() < self._roomy
        shown = []
        for column in range(len(self._shares)):
            hidden = narrow and column in self._only_in_roomy
            self.setColumnHidden(column, hidden)
            if not hidden:
                shown.append(column)
        whole = sum(self._shares[column] for column in shown)
        # The last one takes what is left.
        for column in shown[:-1]:
            self.setColumnWidth(column, self.viewport().width() * self._shares[column] // whole)
