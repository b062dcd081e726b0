"""Write everything that is known about the caseload into tables. They are not encrypted."""

from collections.abc import Callable, Collection
from pathlib import Path

from kkd_desktop.actions.casework import declared_facts
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.files import require_ending, write_all_private
from kkd_desktop.domain.language import german, to_say
from kkd_desktop.domain.table import Sheet, TableKind
from kkd_desktop.domain.table_export import appointments_sheet, clients_sheet, contacts_sheet
from kkd_desktop.domain.values import Value
from kkd_desktop.store import appointments, caseload, contacts, deviations

NOT_ENCRYPTED = to_say(
    "Die Datei ist nicht verschlüsselt: Sie enthält Sozialdaten im Klartext, jeder mit Zugriff "
    "auf die Datei kann sie lesen."
)

Progress = Callable[[int, int], object]


class Written(Value, frozen=True):
    """Which files were written, and how many rows of each kind are in them."""

    paths: tuple[Path, ...]
    people: int
    contacts: int
    appointments: int


@german()
def sheets(context: Context, only: Collection[int] | None = None) -> tuple[Sheet, ...]:
    """People with facts and their history, contacts, appointments; `only` of these people."""
    store, today = context.store, context.today
    by_id = {
        client.id: client
        for client, _ in caseload.everyone(store, today)
        if only is None or client.id in only
    }
    people = sorted(by_id.values(), key=lambda each: (each.last_name, each.first_name, each.id))
    exceptions = deviations.everyones(store)
    order = {each.id: place for place, each in enumerate(people)}
    talks = sorted(contacts.everyones(store), key=lambda each: order.get(each.client_id or 0, -1))
    last = {each.client_id: each for each in talks}
    booked = appointments.everyones(store)
    uids = {each.id: each.uid for each in booked}
    return (
        clients_sheet(
            ((each, exceptions.get(each.id, ()), last.get(each.id)) for each in people),
            declared_facts(context),
            today,
        ),
        contacts_sheet(
            (by_id[each.client_id], each, uids.get(each.appointment_id, ""))
            for each in talks
            if each.client_id in by_id
        ),
        appointments_sheet(
            (by_id[each.client_id], each) for each in booked if each.client_id in by_id
        ),
    )


def export(
    context: Context,
    path: Path,
    progress: Progress = lambda done, total: None,
    only: Collection[int] | None = None,
) -> Written:
    """Write all tables: one XLSX with three sheets, or three CSV files beside each other. `only`
    these people are in them, where not everybody is.
    """
    from kkd_desktop.exchange import tables

    require_ending(path, ".xlsx", ".csv")
    kind = path.suffix.lower()
    found = sheets(context, only)
    people, talks, booked = (len(sheet.rows) for sheet in found)
    if kind == ".xlsx":
        files = [(path, tables.written_xlsx(found, progress))]
    else:
        places = (path, *(beside(path, each) for each in _OTHERS))
        files = []
        for place, sheet in zip(places, found, strict=True):
            progress(len(files), len(places))
            files.append((place, tables.written_csv(sheet)))
    write_all_private(files)
    return Written(tuple(place for place, _ in files), people, talks, booked)


_OTHERS = (TableKind.CONTACTS, TableKind.APPOINTMENTS)
_ENDINGS = {TableKind.CONTACTS: "-kontakte", TableKind.APPOINTMENTS: "-termine"}


def beside(path: Path, kind: TableKind) -> Path:
    """Where the CSV of another kind lies: `bestand-kontakte.csv` beside `bestand.csv`."""
    return path.with_name(f"{path.stem}{_ENDINGS[kind]}{path.suffix}")
