"""Bring people from a table into the caseload: read, look what would change, accept in one step.

Reading needs no store and may run in any thread. Planning and accepting need one of their own
thread; `store.key` opens it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from kkd_desktop.actions import backups
from kkd_desktop.actions.casework import declared_facts
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.table_export import beside
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import Facts
from kkd_desktop.domain.language import said
from kkd_desktop.domain.policy import FactDeclaration
from kkd_desktop.domain.table import SHEET_TITLES, Table, TableForm, TableKind, shown_name
from kkd_desktop.domain.table_columns import (
    LONG_TITLES,
    Column,
    columns_of,
    declarations,
    folded,
    guessed,
    kind_of,
)
from kkd_desktop.domain.table_events import EventPlanner, Persons, readers
from kkd_desktop.domain.table_import import ClientPlanner, People
from kkd_desktop.domain.table_plan import (
    ImportPlan,
    KnownPerson,
    PlannedRow,
    RowState,
    Twins,
)
from kkd_desktop.domain.table_rows import RowReader
from kkd_desktop.domain.values import Value, replace
from kkd_desktop.policyfiles.source import read_document
from kkd_desktop.store import (
    appointments,
    caseload,
    clients,
    contacts,
    deviations,
    facts,
    import_mappings,
)
from kkd_desktop.store.database import Store, Transaction

Progress = Callable[[int, int], object]

_REPORT_EVERY = 250


def _quietly(done: int, total: int) -> None:
    return None


class MappedTable(Value, frozen=True):
    """A table with what its columns mean: for each heading the id of a column, or nothing."""

    table: Table
    kind: TableKind
    columns: tuple[Column, ...]
    mapping: tuple[str, ...]
    remembered: bool = False
    """Whether the mapping was chosen for these headings before."""


class Result(Value, frozen=True):
    """What an import wrote."""

    people: int
    changed: int
    contacts: int
    appointments: int
    step: str


def read(
    path: Path, form: TableForm | None = None, progress: Progress = _quietly
) -> tuple[Table, ...]:
    """The table of a file; of an export of this program the tables of contacts and appointments
    too, from the sheets beside it or the files beside it.
    """
    from kkd_desktop.exchange import tables

    others = (TableKind.CONTACTS, TableKind.APPOINTMENTS)
    chosen = form is not None and bool(form.sheet)
    titles = () if chosen else tuple(SHEET_TITLES[kind] for kind in others)
    table, *more = tables.read_tables(
        tables.read_file(path),
        shown_name(path.name),
        form,
        also=titles,
        notes=LONG_TITLES,
        progress=progress,
    )
    if chosen or kind_of(table.header) is not TableKind.CLIENTS:
        return (table,)
    if not table.is_spreadsheet:
        how = TableForm(form.encoding if form is not None else "")
        for place in (beside(path, kind) for kind in others):
            if place.is_file():
                data = tables.read_file(place)
                more += tables.read_tables(data, shown_name(place.name), how, notes=LONG_TITLES)
    return (table, *(each for each in more if kind_of(each.header) in others))


def asks_charset(fault: UserError) -> bool:
    """Whether a file could not be read because somebody has to say in which charset it is."""
    from kkd_desktop.exchange.csv_tables import CharsetUnknown

    return isinstance(fault, CharsetUnknown)


def mapped(context: Context, table: Table) -> MappedTable:
    """The table with what its columns meant last time, else with what they seem to mean."""
    kind = kind_of(table.header)
    columns = columns_of(kind, declared_facts(context))
    ids = {column.id for column in columns}
    known = import_mappings.get(context.store, table.header)
    if known is not None and all(not each or each in ids for each in known):
        return MappedTable(table, kind, columns, known, remembered=True)
    return MappedTable(table, kind, columns, guessed(table.header, columns))


def remember(context: Context, tables: Sequence[MappedTable]) -> None:
    """Keep what the columns mean, for the next table with the same headings."""
    for each in tables:
        if each.mapping != guessed(each.table.header, each.columns) or each.remembered:
            import_mappings.put(context.store, each.table.header, each.mapping)


def with_map_file(table: MappedTable, path: Path) -> MappedTable:
    """The table mapped by a TOML file: `"Eigene Spalte" = "Nachname"`, or `""` for none."""
    chosen = _map_file(path)
    names = {folded(each): column.id for column in table.columns for each in (column.id,)}
    names.update({folded(column.title): column.id for column in table.columns})
    header = {folded(heading): place for place, heading in enumerate(table.table.header)}
    mapping = list(table.mapping)
    for heading, meant in chosen.items():
        if folded(heading) not in header:
            raise UserError(
                said("{name}, „{heading}“: Diese Spalte gibt es in der Tabelle nicht.").format(
                    name=path.name, heading=heading
                )
            )
        if meant and folded(meant) not in names:
            known = ", ".join(column.title for column in table.columns)
            raise UserError(
                said("{name}, „{heading}“: „{meant}“ gibt es nicht (möglich: {known}).").format(
                    name=path.name, heading=heading, meant=meant, known=known
                )
            )
        column = names[folded(meant)] if meant else ""
        mapping = ["" if column and each == column else each for each in mapping]
        mapping[header[folded(heading)]] = column
    for heading, place in header.items():
        if mapping[place] and mapping.count(mapping[place]) > 1:
            raise UserError(
                said("{name}, „{heading}“: Eine andere Spalte bedeutet dasselbe.").format(
                    name=path.name, heading=heading
                )
            )
    return replace(table, mapping=tuple(mapping))


def _map_file(path: Path) -> Mapping[str, str]:
    document, _ = read_document(path)
    found = document.get("spalten", document)
    if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
        raise UserError(
            said('{name}: Je Zeile steht hier "Spalte" = "Bedeutung".').format(name=path.name)
        )
    return found


def plan(
    context: Context,
    tables: Sequence[MappedTable],
    twins: Twins = Twins.SKIP,
    progress: Progress = _quietly,
) -> ImportPlan:
    """What an import of the tables would change. Nothing is stored."""
    stamp = _stamp(context.store)
    by_kind = {each.kind: each for each in tables}
    people = _people(context)
    known = declarations(declared_facts(context))
    _require_name(by_kind)
    work = _Work(sum(len(each.table.rows) for each in tables), progress)
    rows: list[PlannedRow] = []
    if (found := by_kind.get(TableKind.CLIENTS)) is not None:
        alone = TableKind.CONTACTS not in by_kind
        planner = ClientPlanner(
            people, context.today, found.columns, known, twins, with_contact=alone
        )
        reader = _reader(context, found, known)
        for row in found.table.rows:
            rows.append(planner.plan(reader.read(row)))
            work.step()
    rows += _planned_events(context, by_kind, people, rows, known, work)
    unused = tuple(
        heading
        for each in tables
        for heading, column in zip(each.table.header, each.mapping, strict=True)
        if heading and not column
    )
    places = tuple((each.kind, each.table.place) for each in tables)
    return ImportPlan(tables[0].table.file, tuple(rows), unused, stamp, places)


def _planned_events(
    context: Context,
    by_kind: Mapping[TableKind, MappedTable],
    people: People,
    rows: Sequence[PlannedRow],
    known: Mapping[str, FactDeclaration],
    work: "_Work",
) -> list[PlannedRow]:
    if not {TableKind.CONTACTS, TableKind.APPOINTMENTS} & set(by_kind):
        return []
    booked = appointments.everyones(context.store)
    uids = {each.id: each.uid for each in booked}
    talks = [(c, uids.get(c.appointment_id, "")) for c in contacts.everyones(context.store)]
    planner = EventPlanner(Persons(people, rows), talks, booked)
    planned = []
    # Appointments first: a contact may name one of them.
    for kind in (TableKind.APPOINTMENTS, TableKind.CONTACTS):
        if (found := by_kind.get(kind)) is None:
            continue
        reader = _reader(context, found, known)
        for row in found.table.rows:
            planned.append(planner.plan(reader.read(row), kind))
            work.step()
    return planned


def accept(context: Context, planned: ImportPlan, progress: Progress = _quietly) -> Result:
    """Store what is new and changed, as one step that can be taken back; all of it or nothing.

    A back-up is made before. UserError where the caseload was changed since the plan was made.
    """
    if not planned.writes:
        raise UserError(said("{file}: Es gibt nichts zu übernehmen.").format(file=planned.file))
    backups.before(context, planned.step)
    store = context.store
    version = store.data_version()
    unchanged = _stamp(store) == planned.stamp
    with store.write(planned.step) as transaction:
        # Not the stamp once more: beginning the step lets go what was taken back before it.
        if not unchanged or store.data_version() != version:
            raise UserError(
                said(
                    "{file}: Der Bestand wurde inzwischen geändert; bitte noch einmal prüfen."
                ).format(file=planned.file)
            )
        result = _Writer(context, transaction, planned, progress).write()
    context.forget()
    return result


class _Work:
    """Counts steps, and says now and then how far they are."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._done, self._total, self._progress = 0, total, progress
        progress(0, total)

    def step(self) -> None:
        self._done += 1
        if self._done % _REPORT_EVERY == 0 or self._done == self._total:
            self._progress(self._done, self._total)


class _Writer:
    """Writes a plan, row after row, within one transaction."""

    def __init__(
        self,
        context: Context,
        transaction: Transaction,
        planned: ImportPlan,
        progress: Progress,
    ) -> None:
        self._context = context
        self._store = context.store
        self._transaction = transaction
        self._now = context.now()
        self._rows = [row for row in planned.rows if row.is_written]
        self._work = _Work(len(self._rows), progress)
        self._step = planned.step
        self._ids: dict[int, int] = {}
        self._uids: dict[str, int] = {}

    def write(self) -> Result:
        self._uids = {
            each.uid: each.id for each in appointments.everyones(self._store) if each.id is not None
        }
        counted: dict[str, int] = defaultdict(int)
        for row in self._rows:
            if row.kind is TableKind.CLIENTS:
                counted["people" if row.state is RowState.NEW else "changed"] += 1
                counted["contacts"] += row.contact is not None
                self._write_person(row)
            elif row.appointment is not None:
                counted["appointments"] += 1
                self._write_appointment(row.appointment)
            elif row.contact is not None:
                counted["contacts"] += 1
                self._write_contact(row.contact, row.appointment_uid)
            self._work.step()
        return Result(
            counted["people"],
            counted["changed"],
            counted["contacts"],
            counted["appointments"],
            self._step,
        )

    def _write_person(self, row: PlannedRow) -> None:
        assert row.client is not None, "a row that is written knows the person"
        if row.known_id is None:
            client_id = clients.insert(self._transaction, row.client, self._now)
        else:
            client_id = row.known_id
            clients.change(self._store, row.client)
            self._write_facts(row.client, row.facts)
        self._ids[row.key] = client_id
        for exception in row.exceptions:
            deviations.add(self._store, client_id, exception)
        if row.contact is not None:
            contacts.insert(self._transaction, replace(row.contact, client_id=client_id))

    def _write_facts(self, client: Client, names: Sequence[str]) -> None:
        before = facts.history(self._store, client.id) if names else Facts()
        for name in names:
            for period in getattr(before.timeline(name), "periods", ()):
                facts.delete(self._store, client.id, name, period.since)
            line = client.subject.facts.timeline(name)
            if line is not None:
                facts.add_history(self._store, client.id, Facts({name: line}))

    def _write_appointment(self, appointment: Appointment) -> None:
        client_id = self._id_of(appointment.client_id)
        self._uids[appointment.uid] = appointments.add(
            self._store, replace(appointment, client_id=client_id)
        )

    def _write_contact(self, contact: Contact, uid: str) -> None:
        assert contact.client_id is not None, "a planned contact belongs to somebody"
        contacts.insert(
            self._transaction,
            replace(
                contact,
                client_id=self._id_of(contact.client_id),
                appointment_id=self._uids.get(uid),
            ),
        )

    def _id_of(self, key: int) -> int:
        return self._ids[key] if key < 0 else key


def _people(context: Context) -> People:
    days: dict[int, set[date]] = defaultdict(set)
    for client_id, day in contacts.days(context.store):
        days[client_id].add(date.fromisoformat(day))
    exceptions = deviations.everyones(context.store)
    return People(
        KnownPerson(
            client, frozenset(days.get(client.id, ())), tuple(exceptions.get(client.id, ()))
        )
        for client, _ in caseload.everyone(context.store, context.today)
    )


def _reader(
    context: Context, found: MappedTable, known: Mapping[str, FactDeclaration]
) -> RowReader:
    special = None
    if found.kind is not TableKind.CLIENTS:
        special = readers(found.kind, context.today, found.table.epoch)
    return RowReader(found.table, found.mapping, found.columns, context.today, known, special)


def _require_name(by_kind: Mapping[TableKind, MappedTable]) -> None:
    """Without a name nobody can be told from another."""
    if (found := by_kind.get(TableKind.CLIENTS)) is None:
        return
    if not {"last_name", "full_name"} & set(found.mapping):
        headings = ", ".join(texts.quoted(each) for each in found.table.header[:8])
        raise UserError(
            said(
                "{file}: Keine Spalte wurde als Nachname erkannt (Überschriften: "
                "{headings}{value})."
            ).format(
                file=found.table.file,
                headings=headings,
                value=" …" if len(found.table.header) > 8 else "",
            )
        )


def _stamp(store: Store) -> tuple[int, int]:
    """Numbers that any change of the caseload changes."""
    [(change, step)] = store.read(
        "SELECT (SELECT ifnull(max(id), 0) FROM change), (SELECT ifnull(max(id), 0) FROM step)"
    )
    return change, step


def counted(result: Result) -> str:
    """`300 neu, 12 geändert, 280 Kontakte, 4 Termine`."""
    parts = [
        said("{number} neu").format(number=texts.whole(result.people)) if result.people else "",
        said("{number} geändert").format(number=texts.whole(result.changed))
        if result.changed
        else "",
        texts.counted(result.contacts, "Kontakt", "Kontakte") if result.contacts else "",
        texts.counted(result.appointments, "Termin", "Termine") if result.appointments else "",
    ]
    return ", ".join(part for part in parts if part)
