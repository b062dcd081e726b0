"""What is a table from outside, before anybody has said what its columns mean?"""

from datetime import date
from enum import StrEnum

from kkd_desktop.domain.language import Sayings, said, to_say
from kkd_desktop.domain.values import Value

Cell = str | date | int | float | None
"""A cell on its way out; numbers are those of a report. On its way in everything is text, a day
as `2026-11-24`.
"""


FAULTY_CELL = "#FEHLER!"
"""A cell of a spreadsheet that holds a fault of calculation and no value."""


class TableRow(Value, frozen=True, gc=False):
    """The cells of a row, and the line of the file on which it begins."""

    line: int
    cells: tuple[str, ...]


class TableForm(Value, frozen=True):
    """How a file is to be read. What is empty is found out, and said in the table."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


class Table(Value, frozen=True):
    """A table as it was read. `form` says how; `sheets` are those to choose from.

    `epoch` is the day 0 of a spreadsheet, which stores days as numbers.
    """

    file: str
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    form: TableForm = TableForm()
    sheets: tuple[str, ...] = ()
    epoch: date | None = None

    @property
    def place(self) -> str:
        """`bestand.xlsx, Blatt „Kontakte“`; the file alone where it has one table only."""
        return (
            said("{file}, Blatt „{sheet}“").format(file=self.file, sheet=self.form.sheet)
            if len(self.sheets) > 1
            else self.file
        )

    @property
    def is_spreadsheet(self) -> bool:
        return bool(self.sheets)


class Sheet(Value, frozen=True):
    """A table to be written."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class TableKind(StrEnum):
    """What the rows of a table are."""

    CLIENTS = "clients"
    CONTACTS = "contacts"
    APPOINTMENTS = "appointments"


SHEET_TITLES = {
    TableKind.CLIENTS: to_say("Kunden"),
    TableKind.CONTACTS: to_say("Kontakte"),
    TableKind.APPOINTMENTS: to_say("Termine"),
}


def shown_name(name: str) -> str:
    """The name of a file as a sentence may say it, with nothing in it that a screen would obey."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in name)


DELIMITERS = Sayings({";": "Semikolon", ",": "Komma", "\t": "Tabulator", "|": "senkrechter Strich"})
"""What may stand between two fields, and what it is called."""
