"""What does one row of people say, cell by cell, and what is wrong with it?"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from functools import lru_cache

from kkd_desktop.domain import table_words as words
from kkd_desktop.domain.client import WISH, Deviation
from kkd_desktop.domain.declared_facts import fact_from_text
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import Facts, FactValue
from kkd_desktop.domain.health_facts import require_yes_or_no
from kkd_desktop.domain.language import said
from kkd_desktop.domain.plain_text import LINE_LENGTH, line
from kkd_desktop.domain.policy import FactDeclaration, FactKind
from kkd_desktop.domain.table import FAULTY_CELL, Table, TableRow
from kkd_desktop.domain.table_columns import FACT, Column, folded
from kkd_desktop.domain.table_history import exceptions_of_text, facts_of_text
from kkd_desktop.domain.table_plan import Fault
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.wishes import FIELD, read_wish

_REMEMBERED = 4096

CellValue = FactValue | time | tuple[date, time | None] | Facts | tuple[Deviation, ...]


class RowReading(Value, frozen=True):
    """The cells of a row by the ids of their columns; cells that say nothing are missing."""

    line: int
    values: Mapping[str, CellValue]
    faults: tuple[Fault, ...]

    def text(self, column: str) -> str:
        found = self.values.get(column)
        return found if isinstance(found, str) else ""

    def day(self, column: str) -> date | None:
        found = self.values.get(column)
        return found if isinstance(found, date) else None

    @property
    def facts(self) -> dict[str, FactValue]:
        """What the row says of today's facts, None where a fact is said to be unknown."""
        found: dict[str, FactValue] = {}
        for column, value in self.values.items():
            name = _FACTS.get(column) or (column.removeprefix(FACT) if FACT in column else "")
            if name and not isinstance(value, tuple | Facts | time):
                found[name] = value
        return found


_FACTS = {"profile": "profile", "status": "status", "org": "org", "wish": WISH}


class RowReader:
    """Reads the rows of one table. `mapping` names a column for each heading, or none."""

    def __init__(
        self,
        table: Table,
        mapping: Sequence[str],
        columns: Sequence[Column],
        today: date,
        declared: Mapping[str, FactDeclaration],
        readers: Mapping[str, "Callable[[str], CellValue]"] | None = None,
    ) -> None:
        self._table = table
        self._today = today
        self._declared = declared
        titles = {column.id: column.meaning for column in columns}
        known = {**self._readers(), **(readers or {})}
        self._cells = [
            (place, column, titles[column], self._reader(column, titles[column], known))
            for place, column in enumerate(mapping)
            if column
        ]

    def read(self, row: TableRow) -> RowReading:
        values: dict[str, CellValue] = {}
        faults = [] if len(row.cells) == len(self._table.header) else [self._uneven(row)]
        for place, column, title, reader in self._cells:
            cell = row.cells[place] if place < len(row.cells) else ""
            if not cell or cell.isspace():
                continue
            try:
                if cell == FAULTY_CELL:
                    raise UserError(said("Hier steht ein Rechenfehler statt eines Wertes."))
                values[column] = reader(cell)
            except UserError as fault:
                faults.append(Fault(row.line, title, str(fault)))
        return RowReading(row.line, values, tuple(faults))

    def _uneven(self, row: TableRow) -> Fault:
        has, wanted = len(row.cells), len(self._table.header)
        hint = said("endet zu früh") if has < wanted else said("ist zu lang")
        return Fault(
            row.line,
            "",
            said("Die Zeile {hint}: Sie hat {has} Felder statt {wanted}, wie die erste.").format(
                hint=hint, has=has, wanted=wanted
            ),
        )

    def _readers(self) -> dict[str, Callable[[str], CellValue]]:
        epoch, today = self._table.epoch, self._today

        def past(text: str) -> date:
            return words.as_day(text, epoch, today)

        def any_day(text: str) -> date:
            return words.as_day(text, epoch)

        def talk(text: str) -> tuple[date, time | None]:
            day, at = words.as_moment(text, epoch)
            return words.within(day, today), at

        return {
            "birth_date": past,
            "registered": past,
            "einv_start": any_day,
            "einv_end": any_day,
            "last_contact": talk,
            "profile": words.as_profile,
            "status": words.as_status,
            "org": lambda text: words.as_org(line(text, said("Bereich"))),
            "form": words.as_form,
            "note_type": words.as_note_type,
            "wish": as_wish,
            "history": facts_of_text,
            "exceptions": exceptions_of_text,
        }

    def _reader(
        self, column: str, title: str, known: Mapping[str, Callable[[str], CellValue]]
    ) -> Callable[[str], CellValue]:
        if column.startswith(FACT):
            declaration = self._declared[column.removeprefix(FACT)]
            return lru_cache(_REMEMBERED)(lambda text: self._fact(declaration, text))
        if column in known:
            # A caseload says the same few words again and again.
            return lru_cache(_REMEMBERED)(known[column])
        return lambda text: _plain(text, title)

    def _fact(self, declaration: FactDeclaration, text: str) -> FactValue:
        if folded(text) in ("unbekannt", "keineangabe"):
            return None
        if declaration.kind is FactKind.FLAG:
            return words.yes_or_no(text)
        if declaration.kind is FactKind.DATE:
            return words.as_day(text, self._table.epoch)
        if declaration.kind is FactKind.NUMBER:
            text = text.strip().removesuffix(".0")
        found = fact_from_text(declaration, text)
        require_yes_or_no(declaration.id, found)
        return found


def _plain(text: str, title: str) -> str:
    try:
        return line(text, title)
    except UserError:
        if len(text.strip()) > LINE_LENGTH:
            raise UserError(
                said("{strip} Zeichen sind zu viele; erlaubt sind {line_length}.").format(
                    strip=len(text.strip()), line_length=LINE_LENGTH
                )
            ) from None
        raise


def as_wish(text: str) -> str:
    wish, until = read_wish(text)
    if until is not None:
        raise UserError(said("{field}: hier ohne letzten Tag.").format(field=said(FIELD)))
    return wish.written()
