"""What becomes of each row of a table of contacts or of appointments?

Such a row is new or known already, word for word; what the store says otherwise is never replaced.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time

from kkd_desktop.domain import language, texts
from kkd_desktop.domain import table_words as words
from kkd_desktop.domain.appointment import (
    DELIVERY_TEXTS,
    STATE_TEXTS,
    Appointment,
    AppointmentState,
    Delivery,
)
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, ContactNotes, NoteType
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import Sayings
from kkd_desktop.domain.plain_text import line, text
from kkd_desktop.domain.table import TableKind
from kkd_desktop.domain.table_import import NameKey, People, name_key
from kkd_desktop.domain.table_plan import Fault, FieldChange, PlannedRow, RowState
from kkd_desktop.domain.table_rows import CellValue, RowReading
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.written_days import LAST_DAY

NOTHING_NOTED = "(leer)"
"""A note that is known to be empty, as opposed to one that is unknown."""

_MOST_SEQUENCE = 1_000_000
_MOST_MINUTES = 24 * 60
_UID_LENGTH = 200


class Persons:
    """Whom a row is about: people of the store, and those whom the same import brings."""

    def __init__(self, people: People, planned: Iterable[PlannedRow]) -> None:
        self._numbers: dict[str, int] = {n: p.client.id for n, p in people.by_number.items()}
        self._codes: dict[str, int] = {c: p.client.id for c, p in people.by_code.items()}
        self._names: dict[tuple[NameKey, date | None], set[int]] = {}
        self._left_out: dict[str, int] = {}
        for person in people.by_id.values():
            client = person.client
            self._add_name(
                client.last_name, client.first_name, client.subject.birth_date, client.id
            )
        for row in planned:
            self._add(row)

    def of(self, row: RowReading) -> int:
        """The key of the person; UserError where nobody or more than one is meant."""
        number, code = row.text("number"), row.text("code")
        if number and number in self._numbers:
            return self._numbers[number]
        if number and number in self._left_out:
            raise UserError(
                language.said("Die Person in Zeile {left_out} der Kunden bleibt draußen.").format(
                    left_out=self._left_out[number]
                )
            )
        if number:
            raise UserError(language.said("Zu dieser Kundennummer gibt es niemanden."))
        if code and code in self._codes:
            return self._codes[code]
        key = name_key(row.text("last_name"), row.text("first_name")), row.day("birth_date")
        found = self._names.get(key, set())
        if len(found) != 1:
            raise UserError(
                language.said("Mehrere heißen so; hier braucht es die Kundennummer.")
                if found
                else language.said("Diese Person gibt es weder im Bestand noch in der Datei.")
            )
        return next(iter(found))

    def _add(self, row: PlannedRow) -> None:
        if row.state in (RowState.TWIN, RowState.REFUSED) or row.client is None:
            if row.number:
                self._left_out.setdefault(row.number, row.line)
            return
        client = row.client
        if client.number:
            self._numbers[client.number] = row.key
        if client.code:
            self._codes[client.code] = row.key
        self._add_name(client.last_name, client.first_name, client.subject.birth_date, row.key)

    def _add_name(self, last: str, first: str, born: date | None, key: int) -> None:
        self._names.setdefault((name_key(last, first), born), set()).add(key)


class EventPlanner:
    """Decides the rows of contacts and appointments."""

    def __init__(
        self,
        persons: Persons,
        contacts: Iterable[tuple[Contact, str]],
        appointments: Iterable[Appointment],
    ) -> None:
        """`contacts` come with the uid of the appointment that they were, or none."""
        self._persons = persons
        self._contacts = Counter((_bare(contact), uid) for contact, uid in contacts)
        self._appointments = {each.uid: replace(each, id=None) for each in appointments}
        self._uids: dict[str, int] = {}

    def plan(self, row: RowReading, kind: TableKind) -> PlannedRow:
        name = ", ".join(n for n in (row.text("last_name"), row.text("first_name")) if n)
        shown = PlannedRow(row.line, kind, RowState.REFUSED, name, row.text("number"))
        if row.faults:
            return replace(shown, faults=row.faults)
        try:
            person = self._persons.of(row)
        except UserError as fault:
            return replace(
                shown, faults=(Fault(row.line, language.said("Kundennummer"), str(fault)),)
            )
        try:
            if kind is TableKind.CONTACTS:
                return self._contact(row, shown, person)
            return self._appointment(row, shown, person)
        except UserError as fault:
            return replace(shown, faults=(Fault(row.line, "", str(fault)),))

    def _contact(self, row: RowReading, shown: PlannedRow, person: int) -> PlannedRow:
        contact, uid = contact_of(row, person), row.text("appointment")
        if uid and uid not in self._appointments:
            # The appointment stays behind; the talk was held all the same.
            uid = ""
        key = (_bare(contact), uid)
        if self._contacts[key]:
            self._contacts[key] -= 1
            return replace(shown, state=RowState.UNCHANGED)
        change = FieldChange(language.said("Kontakt am"), "–", texts.day(contact.day))
        return replace(
            shown, state=RowState.NEW, contact=contact, appointment_uid=uid, changes=(change,)
        )

    def _appointment(self, row: RowReading, shown: PlannedRow, person: int) -> PlannedRow:
        found = appointment_of(row, person)
        known = self._appointments.get(found.uid)
        if known == found:
            return replace(shown, state=RowState.UNCHANGED)
        if known is not None:
            at = texts.moment(known.start)
            raise UserError(
                language.said(
                    "Diesen Termin gibt es schon anders ({at}); geändert wird er dort."
                ).format(at=at)
            )
        self._appointments[found.uid] = found
        change = FieldChange(language.said("Termin am"), "–", texts.moment(found.start))
        return replace(shown, state=RowState.NEW, appointment=found, changes=(change,))


def _bare(contact: Contact) -> Contact:
    return replace(contact, id=None, appointment_id=None)


def contact_of(row: RowReading, person: int) -> Contact:
    day = row.day("day")
    if day is None:
        raise UserError(language.said("Hier fehlt der Tag des Kontakts."))
    at, reason = row.values.get("at"), row.text("phone_reason")
    form = ContactForm(row.text("form") or ContactForm.PERSOENLICH)
    if reason and form is not ContactForm.TELEFONISCH:
        raise UserError(
            language.said("Grund für das Telefonat: Das Gespräch war nicht telefonisch.")
        )

    def told(column: str, usual: bool) -> bool:
        found = row.values.get(column)
        return found if isinstance(found, bool) else usual

    kind = ContactKind(
        form,
        NoteType(row.text("note_type") or NoteType.BERATUNGSVERMERK),
        told("attended", True),
        told("qualified", True),
        told("first", False),
        bool(reason),
    )
    return Contact(
        day,
        kind,
        at if isinstance(at, time) else None,
        ContactNotes(*(_noted(row, column) for column in ("content", "goal", "means"))),
        "" if reason == NAMELESS_REASON else reason,
        row.text("held_by"),
        client_id=person,
    )


NAMELESS_REASON = "(ohne Angabe)"
"""There was a reason for telephoning, and nobody wrote down which."""


def appointment_of(row: RowReading, person: int) -> Appointment:
    day, at, uid = row.day("day"), row.values.get("at"), row.text("uid")
    if day is None or not isinstance(at, time):
        raise UserError(language.said("Hier fehlt Tag oder Uhrzeit des Termins."))
    if not uid:
        raise UserError(
            language.said("Termine kommen nur aus dem Export dieses Programms (mit Kennung).")
        )
    changed = row.values.get("changed_at")
    minutes, preparation = _number(row, "minutes", 60), _number(row, "preparation", 0)
    if preparation >= minutes:
        raise UserError(
            language.said("Die Vor- und Nachbereitung ist so lang wie der ganze Termin.")
        )
    return Appointment(
        person,
        datetime.combine(day, at),
        minutes,
        uid,
        changed if isinstance(changed, datetime) else datetime(1970, 1, 1),
        ContactForm(row.text("form") or ContactForm.PERSOENLICH),
        row.text("purpose"),
        row.text("room"),
        AppointmentState(row.text("state") or AppointmentState.BOOKED),
        Delivery(row.text("delivery") or Delivery.NONE),
        _number(row, "sequence", 0),
        row.text("reason"),
        preparation,
        row.text("joint"),
    )


def _number(row: RowReading, column: str, usual: int) -> int:
    found = row.values.get(column)
    return found if isinstance(found, int) else usual


def _noted(row: RowReading, column: str) -> str | None:
    found = row.values.get(column)
    if not isinstance(found, str):
        return None
    bare = found.lstrip("\\")
    if bare == NOTHING_NOTED:
        return found[1:] if found != bare else ""
    return found


def written_note(note: str | None) -> str:
    """How a note stands in a cell; `_noted` takes it back."""
    if note is not None and not note.strip():
        return NOTHING_NOTED
    if note is not None and note.lstrip("\\") == NOTHING_NOTED:
        return f"\\{note}"
    return note or ""


def readers(
    kind: TableKind, today: date, epoch: date | None
) -> Mapping[str, Callable[[str], CellValue]]:
    """How the cells of these tables are read, where they are no lines of text."""
    last = today if kind is TableKind.CONTACTS else LAST_DAY
    return {
        "birth_date": lambda said: words.as_day(said, epoch, today),
        "day": lambda said: words.as_day(said, epoch, last),
        "at": _time,
        "form": words.as_form,
        "note_type": words.as_note_type,
        **dict.fromkeys(("attended", "qualified", "first"), words.yes_or_no),
        **{name: _noting(label) for name, label in _NOTES.items()},
        "minutes": lambda said: words.as_number(said, 1, _MOST_MINUTES),
        "preparation": lambda said: words.as_number(said, 0, _MOST_MINUTES),
        "sequence": lambda said: words.as_number(said, 0, _MOST_SEQUENCE),
        "state": lambda said: words.choice_of(
            said, STATE_TEXTS, language.said("kein bekannter Stand")
        ),
        "delivery": lambda said: words.choice_of(
            said, DELIVERY_TEXTS, language.said("keine bekannte Zustellung")
        ),
        "reason": lambda said: text(said, language.said("Grund")),
        "uid": _uid,
        "changed_at": _moment,
    }


_NOTES = Sayings({"content": "Inhalt", "goal": "Ziel", "means": "Mitteleinsatz"})


def _noting(label: str) -> Callable[[str], CellValue]:
    return lambda said: text(said, label)


def _time(said: str) -> time:
    # A spreadsheet gives a time as the day 0 with a time.
    return words.as_time(said.rpartition("T")[2])


def _uid(said: str) -> str:
    found = line(said, language.said("Kennung des Termins"))
    if len(found) > _UID_LENGTH or not found.isascii() or " " in found:
        raise UserError(language.said("Das ist keine Kennung eines Termins."))
    return found


def _moment(said: str) -> CellValue:
    try:
        found = datetime.fromisoformat(said.strip())
    except ValueError:
        raise UserError(
            language.said("Hier steht ein Zeitpunkt wie 2026-11-20T09:30:00.")
        ) from None
    if found.tzinfo is not None:
        raise UserError(language.said("Ein Zeitpunkt gehört hier ohne Zeitzone hin."))
    return found.replace(microsecond=0)
