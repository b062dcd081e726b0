"""Who is not in a figure of the Auswertung, as a table."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from kkd_desktop.domain import texts
from kkd_desktop.domain.table import Cell, Sheet
from kkd_desktop.gui.models.columns import Column, ColumnModel

if TYPE_CHECKING:
    from kkd_desktop.gui.models.year_answer import LeftOut

Row = tuple[Cell, ...]


class LeftOutModel(ColumnModel["LeftOut"]):
    """A row per figure, month and reason."""

    def columns(self) -> "Sequence[Column[LeftOut]]":
        return (
            Column(self.tr("Zeitraum"), lambda row: row.period),
            Column(self.tr("Auswertung"), lambda row: row.figure),
            Column(self.tr("Grund"), lambda row: row.reason),
            Column(self.tr("Personen"), lambda row: len(row.ids), texts.whole, number=True),
            Column(self.tr("Namen"), lambda row: row.names, hint=lambda row: row.names),
        )


class NumbersModel(ColumnModel[Row]):
    """The same of a team: numbers only."""

    def __init__(self, figure: Sheet, parent: QObject | None = None) -> None:
        self._figure = figure
        super().__init__(parent)
        self.show_rows(figure.rows)

    def columns(self) -> Sequence[Column[Row]]:
        return tuple(self._column(place, title) for place, title in enumerate(self._figure.header))

    def _column(self, place: int, title: str) -> Column[Row]:
        def value(row: Row) -> Any:
            return row[place]

        return Column(title, value, number=place > 0)
