"""How does everything that is known about people stand in tables, so that it comes back whole?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import DELIVERY_TEXTS, STATE_TEXTS, Appointment
from kkd_desktop.domain.client import WISH, Client, Deviation
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.declared_facts import fact_from_text
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import FactValue
from kkd_desktop.domain.language import german
from kkd_desktop.domain.policy import FactDeclaration, FactKind
from kkd_desktop.domain.table import SHEET_TITLES, Cell, Sheet, TableKind
from kkd_desktop.domain.table_columns import FACT, columns_of, declarations
from kkd_desktop.domain.table_events import NAMELESS_REASON, written_note
from kkd_desktop.domain.table_history import exceptions_text, facts_text
from kkd_desktop.domain.table_rows import as_wish
from kkd_desktop.domain.table_words import as_org, as_profile, as_status, yes_or_no

_LABELS: Mapping[str, Mapping[str, str]] = {
    "profile": texts.PROFILLAGEN,
    "status": texts.STATUS,
    "org": texts.ORG,
}
_READERS: Mapping[str, Callable[[str], object]] = {
    "profile": as_profile,
    "status": as_status,
    "org": as_org,
}
_LEFT_OUT = "full_name"


@german()
def clients_sheet(
    people: Iterable[tuple[Client, Sequence[Deviation], Contact | None]],
    declared: Iterable[FactDeclaration],
    today: date,
) -> Sheet:
    """People with their facts of today and, in one column more, the histories of these.

    The last contact stands here to be read; all of them have a table of their own.
    """
    known = declarations(declared)
    columns = [
        column for column in columns_of(TableKind.CLIENTS, known.values()) if column.id != _LEFT_OUT
    ]
    rows = []
    for client, exceptions, last in people:
        facts = client.subject.facts
        cells = _client_cells(client, last)
        for name, read in _READERS.items():
            cells[name] = _fact(facts.at(name, today), read, _LABELS.get(name, {}))
        for name, declaration in known.items():
            value = facts.at(name, today)
            cells[FACT + name] = _fact(value, _reader(declaration), declaration.values)
        cells["wish"] = _fact(facts.at(WISH, today), as_wish, {})
        cells["history"] = facts_text(facts)
        cells["exceptions"] = exceptions_text(exceptions)
        rows.append(tuple(cells.get(column.id) for column in columns))
    titles = tuple(column.title for column in columns)
    return Sheet(SHEET_TITLES[TableKind.CLIENTS], titles, tuple(rows))


@german()
def contacts_sheet(contacts: Iterable[tuple[Client, Contact, str]]) -> Sheet:
    """Contacts with the uid of the appointment that each was, or none."""
    return _sheet(
        TableKind.CONTACTS,
        ({**_person(client), **_contact_cells(c, uid)} for client, c, uid in contacts),
    )


@german()
def appointments_sheet(appointments: Iterable[tuple[Client, Appointment]]) -> Sheet:
    return _sheet(
        TableKind.APPOINTMENTS,
        ({**_person(client), **_appointment_cells(each)} for client, each in appointments),
    )


def _sheet(kind: TableKind, rows: Iterable[Mapping[str, Cell]]) -> Sheet:
    columns = columns_of(kind)
    return Sheet(
        SHEET_TITLES[kind],
        tuple(column.title for column in columns),
        tuple(tuple(cells.get(column.id) for column in columns) for cells in rows),
    )


def _person(client: Client) -> dict[str, Cell]:
    return {
        "number": client.number,
        "last_name": client.last_name,
        "first_name": client.first_name,
        "birth_date": client.subject.birth_date,
        "code": client.code,
    }


def _client_cells(client: Client, last: Contact | None) -> dict[str, Cell]:
    subject, address = client.subject, client.address
    return {
        **_person(client),
        "last_contact": None if last is None else last.day,
        "form": None if last is None else texts.FORMS[last.kind.form],
        "note_type": None if last is None else texts.NOTE_TYPES[last.kind.note_type],
        "street": address.street,
        "addition": address.addition,
        "postcode": address.postcode,
        "city": address.city,
        "bg_number": client.bg_number,
        "phone": client.phone,
        "registered": subject.registered,
        "einv_start": subject.einv_start,
        "einv_end": subject.einv_end,
    }


def _contact_cells(contact: Contact, uid: str) -> dict[str, Cell]:
    kind, notes = contact.kind, contact.notes
    reason = contact.phone_reason or (NAMELESS_REASON if kind.phone_reason else "")
    return {
        "day": contact.day,
        "at": None if contact.at is None else texts.clock(contact.at),
        "form": texts.FORMS[kind.form],
        "note_type": texts.NOTE_TYPES[kind.note_type],
        "attended": _yes(kind.attended),
        "qualified": _yes(kind.qualified),
        "first": _yes(kind.first),
        "phone_reason": reason,
        "held_by": contact.held_by,
        "content": written_note(notes.content),
        "goal": written_note(notes.goal),
        "means": written_note(notes.means),
        "appointment": uid,
    }


def _appointment_cells(appointment: Appointment) -> dict[str, Cell]:
    return {
        "day": appointment.day,
        "at": texts.clock(appointment.start),
        "minutes": appointment.minutes,
        "preparation": appointment.preparation,
        "form": texts.FORMS[appointment.form],
        "purpose": appointment.purpose,
        "room": appointment.room,
        "state": STATE_TEXTS[appointment.state],
        "delivery": DELIVERY_TEXTS[appointment.delivery],
        "reason": appointment.reason,
        "joint": appointment.joint,
        "uid": appointment.uid,
        "sequence": appointment.sequence,
        "changed_at": appointment.changed_at.isoformat(timespec="seconds"),
    }


def _fact(value: FactValue, read: Callable[[str], object], labels: Mapping[str, str]) -> Cell:
    """A fact of today, if it can be read again; the history has it in any case."""
    if value is None:
        return None
    shown = _shown(value, labels)
    try:
        again = read(shown)
    except UserError:
        return None
    if again != value or type(again) is not type(value):
        return None
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number or isinstance(value, date) else shown


def _shown(value: FactValue, labels: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return _yes(value)
    return texts.day(value) if isinstance(value, date) else labels.get(str(value), str(value))


def _reader(declaration: FactDeclaration) -> Callable[[str], object]:
    if declaration.kind is FactKind.FLAG:
        return yes_or_no
    return lambda text: fact_from_text(declaration, text)


def _yes(value: bool) -> str:
    return "ja" if value else "nein"
