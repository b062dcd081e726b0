"""What would change? Counts as tiles, and every row with its reason."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.language import each_to_say, said
from kkd_desktop.domain.table import SHEET_TITLES, TableKind
from kkd_desktop.domain.table_plan import (
    STATE_TEXTS,
    TWIN_TEXTS,
    ImportPlan,
    PlannedRow,
    RowState,
    Twins,
)
from kkd_desktop.domain.values import Value
from kkd_desktop.gui import theme
from kkd_desktop.gui.models.columns import Column, ColumnModel
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.card import TableCard
from kkd_desktop.gui.widgets.count_tiles import CountTiles
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.segmented import SegmentedControl
from kkd_desktop.gui.widgets.table import DataTable

_TONES = {
    RowState.NEW: Tone.OK,
    RowState.CHANGED: Tone.ACCENT,
    RowState.UNCHANGED: Tone.NEUTRAL,
    RowState.TWIN: Tone.SOON,
    RowState.REFUSED: Tone.LATE,
}
_TWO_LINES = 36
_NAMES = each_to_say("Nachname", "Vorname", "Kundennummer", "Name, Vorname")
_FIRST = (RowState.REFUSED, RowState.TWIN, RowState.CHANGED, RowState.NEW, RowState.UNCHANGED)


class ReviewRow(Value, frozen=True):
    """A planned row as the table shows it: each fault of a row on a line of its own."""

    line: int
    table: str
    state: RowState
    name: str
    number: str
    field: str
    reason: str


class ReviewPage(QWidget):
    """The plan of an import, to be looked through before it is accepted.

    Signals:
        twins_changed: what is to become of possible doubles; carries a `Twins`.
    """

    twins_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ReviewModel(self)
        self.tiles = CountTiles(
            [(state, STATE_TEXTS[state], tone) for state, tone in _TONES.items()],
            self.tr("Was mit den Zeilen geschieht"),
        )
        self.twins = SegmentedControl(
            [(each, TWIN_TEXTS[each]) for each in Twins], self.tr("Mögliche Doppelte")
        )
        self._twin_line = QWidget()
        self.table = DataTable(self.model, self.tr("Zeilen der Tabelle"))
        self.table.set_widths(64, 92, 170, 140, 140)
        self.reason = PlainLabel(wrap=True)
        self.reason.setMinimumHeight(_TWO_LINES)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.note = PlainLabel(muted=True, wrap=True)
        beside = QHBoxLayout(self._twin_line)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme.LARGE)
        beside.addWidget(PlainLabel(self.tr("Möglicherweise Doppelte:")))
        beside.addWidget(self.twins)
        beside.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.tiles)
        column.addWidget(self._twin_line)
        column.addWidget(TableCard(self.table), 1)
        column.addWidget(self.reason)
        column.addWidget(self.note)
        self._twin_line.hide()

        self.tiles.value_changed.connect(self._narrow)
        self.table.selectionModel().currentRowChanged.connect(self._show_reason)
        self.twins.value_changed.connect(lambda value: self.twins_changed.emit(Twins(value)))

    def show_plan(self, plan: ImportPlan) -> None:
        counts = plan.counts()
        chosen = self.tiles.value()
        self.tiles.show_counts({str(state): count for state, count in counts.items()})
        self.table.setColumnHidden(1, len(plan.kinds) < 2)
        self.model.show_rows([row for planned in plan.rows for row in review_rows(planned)])
        # Once asked, the question stays, so that the answer can be taken back.
        if counts[RowState.TWIN]:
            self._twin_line.show()
        if not chosen or not counts[RowState(chosen)]:
            chosen = next((state for state in _FIRST if counts[state]), "")
        if chosen:
            self.tiles.set_value(chosen)
        self._narrow(chosen)
        self.note.setText(self._said(plan))
        self.note.setVisible(bool(self.note.text()))

    def forget_twins(self) -> None:
        """Another file: the question has not been asked yet."""
        self._twin_line.hide()
        self.twins.set_value(Twins.SKIP)

    def _narrow(self, chosen: str) -> None:
        self.model.filter(None if not chosen else lambda row: row.state == chosen)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _show_reason(self, index: QModelIndex) -> None:
        """The whole sentence of the chosen row, where the table has room for its beginning."""
        row = self.model.row(index) if index.isValid() else None
        told = (
            []
            if row is None
            else [self.tr("Zeile {line}").format(line=row.line), row.field, row.reason]
        )
        self.reason.setText(": ".join(part for part in told if part))

    def _said(self, plan: ImportPlan) -> str:
        said = []
        if plan.unused:
            named = ", ".join(texts.quoted(each) for each in plan.unused[:6])
            more = " …" if len(plan.unused) > 6 else ""
            said.append(self.tr("Nicht übernommen: {named}.").format(named=named + more))
        if plan.writes:
            said.append(self.tr("Vorher wird eine Sicherung angelegt."))
        return " ".join(said)


class ReviewModel(ColumnModel[ReviewRow]):
    def columns(self) -> Sequence[Column[ReviewRow]]:
        return (
            Column(self.tr("Zeile"), lambda row: row.line, number=True),
            Column(self.tr("Tabelle"), lambda row: row.table),
            Column(self.tr("Person"), lambda row: row.name),
            Column(self.tr("Kundennummer"), lambda row: row.number),
            Column(self.tr("Feld"), lambda row: row.field),
            Column(self.tr("Was geschieht"), lambda row: row.reason, hint=lambda row: row.reason),
        )


def review_rows(row: PlannedRow) -> list[ReviewRow]:
    """A refused or changed row has a line for each field, any other has one."""
    table, name = said(SHEET_TITLES[row.kind]), row.name or "–"

    def told(field: str, reason: str) -> ReviewRow:
        return ReviewRow(row.line, table, row.state, name, row.number, field, reason)

    if row.faults:
        return [told(fault.field, fault.reason) for fault in row.faults]
    if row.state is RowState.CHANGED:
        return [told(change.field, f"{change.old} → {change.new}") for change in row.changes]
    if row.state is RowState.TWIN:
        return [told("", row.remark)]
    if row.state is RowState.NEW:
        return [told("", _new_text(row))]
    return [told("", said("steht so schon im Bestand"))]


def _new_text(row: PlannedRow) -> str:
    if row.kind is not TableKind.CLIENTS:
        return ", ".join(change.new for change in row.changes)
    names = {said(each) for each in _NAMES}
    told = [change.new for change in row.changes if change.field not in names]
    if row.contact is not None:
        told.append(said("Kontakt am {day}").format(day=texts.day(row.contact.day)))
    return ", ".join(told) or said("neu")
