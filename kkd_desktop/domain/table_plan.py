"""What would an import change? Every row with what becomes of it, and why."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.client import Client, Deviation
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.language import Sayings, german, said, to_count
from kkd_desktop.domain.table import TableKind
from kkd_desktop.domain.values import Value


class RowState(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    TWIN = "twin"
    """Perhaps somebody who is known already; somebody has to say."""
    REFUSED = "refused"


STATE_TEXTS = Sayings(
    {
        RowState.NEW: "neu",
        RowState.CHANGED: "geändert",
        RowState.UNCHANGED: "unverändert",
        RowState.TWIN: "möglicherweise doppelt",
        RowState.REFUSED: "abgelehnt",
    }
)


class Twins(StrEnum):
    """What becomes of rows that are perhaps about somebody who is known already."""

    SKIP = "skip"
    NEW = "new"
    MERGE = "merge"


TWIN_TEXTS = Sayings(
    {
        Twins.SKIP: "auslassen",
        Twins.NEW: "als neue Person aufnehmen",
        Twins.MERGE: "zur bekannten Person",
    }
)


class Fault(Value, frozen=True):
    """Why a row cannot be taken. `field` is the title of the column, empty for the whole row."""

    line: int
    field: str
    reason: str

    def sentence(self, file: str) -> str:
        """`bestand.csv, Zeile 3, Geburtsdatum: „31.02.1980“: Diesen Tag gibt es nicht.`"""
        place = said("{file}, Zeile {line}").format(file=file, line=self.line)
        return f"{place}, {self.field}: {self.reason}" if self.field else f"{place}: {self.reason}"


class FieldChange(Value, frozen=True, gc=False):
    """One field as it is in the store and as the file has it, in words."""

    field: str
    old: str
    new: str


class PlannedRow(Value, frozen=True):
    """A row and what becomes of it.

    `client` is the person as they will be; `known_id` who it is in the store, None for a new one.
    Contacts and appointments of people who are new carry minus the line of the person's row.
    """

    line: int
    kind: TableKind
    state: RowState
    name: str = ""
    number: str = ""
    changes: tuple[FieldChange, ...] = ()
    faults: tuple[Fault, ...] = ()
    remark: str = ""
    """Of whom it may be a double, or what else to know about it."""
    client: Client | None = None
    known_id: int | None = None
    facts: tuple[str, ...] = ()
    """The facts whose histories change."""
    exceptions: tuple[Deviation, ...] = ()
    contact: Contact | None = None
    appointment: Appointment | None = None
    appointment_uid: str = ""
    """The appointment that the contact was."""

    @property
    def key(self) -> int:
        """Who it is: the id in the store, or minus the line for somebody new."""
        return -self.line if self.known_id is None else self.known_id

    @property
    def is_written(self) -> bool:
        return self.state in (RowState.NEW, RowState.CHANGED)


class ImportPlan(Value, frozen=True):
    """The rows of all tables of a file. `stamp` is the state of the store it was made for."""

    file: str
    rows: tuple[PlannedRow, ...]
    unused: tuple[str, ...] = ()
    """Headings of columns that are not taken over."""
    stamp: tuple[int, int] = (0, 0)
    places: tuple[tuple[TableKind, str], ...] = ()
    """In which file or sheet the rows of each kind stand."""

    def counts(self, kind: TableKind | None = None) -> Counter[RowState]:
        return Counter(row.state for row in self.rows if kind in (None, row.kind))

    def of(self, *states: RowState) -> tuple[PlannedRow, ...]:
        return tuple(row for row in self.rows if row.state in states)

    @property
    def kinds(self) -> tuple[TableKind, ...]:
        found = {row.kind for row in self.rows}
        return tuple(kind for kind in TableKind if kind in found)

    @property
    def writes(self) -> bool:
        return any(row.is_written for row in self.rows)

    @property
    @german()
    def step(self) -> str:
        """`Import von 300 Personen`: the name of what is done and can be taken back."""
        for kind, one, many in _COUNTED:
            number = sum(row.is_written and row.kind is kind for row in self.rows)
            if number:
                return said("Import von {what}").format(what=texts.counted(number, one, many))
        return said("Import")

    def faults(self) -> Iterable[Fault]:
        return (fault for row in self.rows for fault in row.faults)

    def sentences(self) -> list[str]:
        """All faults, each with file, line and field."""
        places = dict(self.places)
        return [
            fault.sentence(places.get(row.kind, self.file))
            for row in self.rows
            for fault in row.faults
        ]


_COUNTED = (
    (TableKind.CLIENTS, *to_count("Person", "Personen")),
    (TableKind.CONTACTS, *to_count("Kontakt", "Kontakten")),
    (TableKind.APPOINTMENTS, *to_count("Termin", "Terminen")),
)


class KnownPerson(Value, frozen=True):
    """Somebody in the store, with what an import asks of them."""

    client: Client
    days: frozenset[date] = frozenset()
    """Days on which there was a contact."""
    exceptions: tuple[Deviation, ...] = ()
