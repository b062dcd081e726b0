"""Which contacts were there, and what of them does a counting rule look at?"""

from collections.abc import Iterator, Sequence
from datetime import date, time
from functools import cache, lru_cache

from kkd_desktop.domain.contact import (
    Contact,
    ContactForm,
    ContactKind,
    ContactLog,
    ContactNotes,
    NoteType,
)
from kkd_desktop.domain.language import said
from kkd_desktop.domain.plain_text import line, text
from kkd_desktop.store.database import Row, Store, Transaction

_COLUMNS = """
    id, client_id, day, at, form, note_type, attended, qualified, first, has_reason,
    phone_reason, held_by, content, goal, means, appointment_id
"""


def add(store: Store, contact: Contact) -> int:
    values = _columns(contact)
    with store.write() as transaction:
        return transaction.insert("contact", values)


def insert(transaction: Transaction, contact: Contact) -> int:
    """As `add`, within a transaction that writes many."""
    return transaction.insert("contact", _columns(contact))


def change(store: Store, contact: Contact) -> None:
    if contact.id is None:
        raise ValueError("a contact that was never stored cannot be changed")
    values = _columns(contact)
    with store.write() as transaction:
        transaction.update("contact", contact.id, values)


def remove(store: Store, contact_id: int) -> None:
    with store.write() as transaction:
        transaction.delete("contact", contact_id)


def of_client(store: Store, client_id: int) -> list[Contact]:
    """The whole Kundenhistorie with its notes, newest first."""
    rows = store.read(
        f"""
        SELECT {_COLUMNS}
          FROM contact
         WHERE client_id = :client_id
         ORDER BY day DESC, at DESC, id DESC
        """,
        {"client_id": client_id},
    )
    return [_contact(row) for row in rows]


def everyones(store: Store) -> list[Contact]:
    """Every contact of everybody with its notes, oldest first."""
    rows = store.read(f"SELECT {_COLUMNS} FROM contact ORDER BY client_id, day, at, id")
    return [_contact(row) for row in rows]


def days(store: Store) -> list[tuple[int, str]]:
    """The clients and the days on which there was a contact with them, days as text."""
    return store.read("SELECT DISTINCT client_id, day FROM contact")


LOG_ENTRY = """
    group_concat(concat_ws(' ', day, form, note_type, attended, qualified, first, has_reason))
"""
"""All that a counting rule looks at of the contacts of a client, as one text for `StoredLog`."""


Mark = tuple[date, ContactKind]


# A caseload has thousands of contacts and few different days and kinds; every list asks again.
@lru_cache(maxsize=65536)
def _mark(text: str) -> Mark:
    day, *kind = text.split()
    return date.fromisoformat(day), _kind(*kind)


class StoredLog(ContactLog):
    """A log that is still the text of `LOG_ENTRY`: a worklist reads little more than its end."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        super().__init__((), ())
        self._text = text

    @property
    def days(self) -> Sequence[date]:
        self._read()
        return self._days

    @property
    def kinds(self) -> Sequence[ContactKind]:
        self._read()
        return self._kinds

    def newest_first(self) -> Iterator[Mark]:
        # The day stands first. The index gives them in order, which makes sorting cheap.
        return map(_mark, sorted(self._text.split(","), reverse=True))

    def __len__(self) -> int:
        return self._text.count(",") + 1

    def _read(self) -> None:
        if not self._days:
            self._days, self._kinds = zip(*map(_mark, self._text.split(",")), strict=True)


@cache
def _kind(
    form: str, note_type: str, attended: str, qualified: str, first: str, has_reason: str
) -> ContactKind:
    yes = "1"
    return ContactKind(
        ContactForm(form),
        NoteType(note_type),
        attended == yes,
        qualified == yes,
        first == yes,
        has_reason == yes,
    )


def _columns(contact: Contact) -> dict[str, str | int | None]:
    if contact.client_id is None:
        raise ValueError("a contact belongs to a client")
    kind, notes = contact.kind, contact.notes
    reason = line(contact.phone_reason, said("Grund für das Telefonat"))
    return {
        "client_id": contact.client_id,
        "day": contact.day.isoformat(),
        "at": None if contact.at is None else contact.at.isoformat(timespec="minutes"),
        "form": kind.form.value,
        "note_type": kind.note_type.value,
        "attended": kind.attended,
        "qualified": kind.qualified,
        "first": kind.first,
        "has_reason": kind.phone_reason or reason != "",
        "phone_reason": reason,
        "held_by": line(contact.held_by, said("Geführt von")),
        "content": _note(notes.content, said("Inhalt")),
        "goal": _note(notes.goal, said("Ziel")),
        "means": _note(notes.means, said("Mitteleinsatz")),
        "appointment_id": contact.appointment_id,
    }


def _note(value: str | None, label: str) -> str | None:
    return None if value is None else text(value, label)


def _contact(row: Row) -> Contact:
    contact_id, client_id, day, at, *rest = row
    *kind, phone_reason, held_by, content, goal, means, appointment_id = rest
    return Contact(
        day=date.fromisoformat(day),
        kind=_kind(*map(str, kind)),
        at=None if at is None else time.fromisoformat(at),
        notes=ContactNotes(content, goal, means),
        phone_reason=phone_reason,
        held_by=held_by,
        id=contact_id,
        client_id=client_id,
        appointment_id=appointment_id,
    )
