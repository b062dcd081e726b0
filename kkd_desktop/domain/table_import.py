"""What becomes of each row of people: new, changed, as it was, perhaps known already, refused?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from kkd_desktop.domain import texts
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, NoteType
from kkd_desktop.domain.fact_changes import holding
from kkd_desktop.domain.facts import Facts, FactValue, Timeline
from kkd_desktop.domain.language import said, to_say
from kkd_desktop.domain.policy import FactDeclaration
from kkd_desktop.domain.table import TableKind
from kkd_desktop.domain.table_columns import Column, folded
from kkd_desktop.domain.table_plan import (
    Fault,
    FieldChange,
    KnownPerson,
    PlannedRow,
    RowState,
    Twins,
)
from kkd_desktop.domain.table_rows import RowReading
from kkd_desktop.domain.values import Value, replace

_OF_CLIENT = ("number", "last_name", "first_name", "code", "bg_number", "phone")
_OF_ADDRESS = ("street", "addition", "postcode", "city")
_OF_SUBJECT = ("birth_date", "registered", "einv_start", "einv_end")
_LABELS: Mapping[str, Mapping[str, str]] = {
    "profile": texts.PROFILLAGEN,
    "status": texts.STATUS,
    "org": texts.ORG,
}
_NAME_COLUMNS = ("last_name", "full_name")
_LAST_CONTACT = to_say("Letzter Kontakt")

NameKey = tuple[str, str]


class People:
    """Everybody in the store, found by number, by code and by name."""

    def __init__(self, known: Iterable[KnownPerson]) -> None:
        self.by_id: dict[int, KnownPerson] = {}
        self.by_number: dict[str, KnownPerson] = {}
        self.by_code: dict[str, KnownPerson] = {}
        self.by_name: dict[NameKey, list[KnownPerson]] = defaultdict(list)
        for person in known:
            client = person.client
            self.by_id[client.id] = person
            if client.number:
                self.by_number[client.number] = person
            if client.code:
                self.by_code[client.code] = person
            self.by_name[name_key(client.last_name, client.first_name)].append(person)


def name_key(last_name: str, first_name: str) -> NameKey:
    return folded(last_name) or last_name, folded(first_name) or first_name


class _Twin(Value, frozen=True):
    """Somebody of this name: in the store, or in an earlier row of the file."""

    remark: str
    person: KnownPerson | None = None


class ClientPlanner:
    """Decides row after row; what an earlier row brought counts for the later ones."""

    def __init__(
        self,
        people: People,
        today: date,
        columns: Sequence[Column],
        declared: Mapping[str, FactDeclaration],
        twins: Twins = Twins.SKIP,
        *,
        with_contact: bool = True,
    ) -> None:
        """`with_contact` False leaves the last contact to the table of all contacts."""
        self._people = people
        self._today = today
        self._titles = {column.id: column.meaning for column in columns}
        self._declared = declared
        self._twins = twins
        self._with_contact = with_contact
        self._lines: dict[str, dict[str, int]] = {"number": {}, "code": {}}
        self._names: dict[tuple[NameKey, date | None], int] = {}
        self._met: dict[int, int] = {}

    def plan(self, reading: RowReading) -> PlannedRow:
        row = _with_both_names(reading)
        shown = PlannedRow(
            row.line,
            TableKind.CLIENTS,
            RowState.REFUSED,
            _name(row.text("last_name"), row.text("first_name")),
            row.text("number"),
        )
        faults = [*row.faults, *self._faults(row)]
        person = None
        if not faults:
            person, faults = self._same(row)
        if not faults:
            faults = list(self._repeated(row, person))
        if faults:
            return replace(shown, faults=tuple(faults))
        planned = self._decided(row, shown, person)
        self._remember(row, planned)
        return planned

    def _faults(self, row: RowReading) -> Iterator[Fault]:
        names = [self._titles.get(each) for each in _NAME_COLUMNS]
        if not row.text("last_name") and not any(f.field in names for f in row.faults):
            yield Fault(row.line, said("Nachname"), said("Hier fehlt der Name."))
        start, end = row.day("einv_start"), row.day("einv_end")
        if start is not None and end is not None and end < start:
            yield Fault(
                row.line, said("Kooperationsplan bis"), said("Das Ende liegt vor dem Beginn.")
            )
        born, talk = row.day("birth_date"), self._last_contact(row, None)
        if born is not None and talk is not None and talk.day < born:
            yield Fault(row.line, said(_LAST_CONTACT), said("Der Tag liegt vor der Geburt."))

    def _same(self, row: RowReading) -> tuple[KnownPerson | None, list[Fault]]:
        """Who it is by number or code; faults where these contradict each other."""
        number, code = row.text("number"), row.text("code")
        by_number = self._people.by_number.get(number) if number else None
        by_code = self._people.by_code.get(code) if code else None
        if by_number is not None and by_code is not None and by_number is not by_code:
            return None, [
                Fault(
                    row.line, said("Kürzel"), said("Es ist schon für eine andere Person vergeben.")
                )
            ]
        if by_number is None and by_code is not None and number and by_code.client.number:
            return None, [
                Fault(
                    row.line, said("Kürzel"), said("Es ist schon für eine andere Person vergeben.")
                )
            ]
        found = by_number or by_code
        if found is not None and _is_another(found.client, row):
            field = said("Kundennummer") if by_number else said("Kürzel")
            reason = said("Im Bestand gehört sie zu anderem Namen und Geburtsdatum.")
            return None, [Fault(row.line, field, reason)]
        return found, []

    def _repeated(self, row: RowReading, person: KnownPerson | None) -> Iterator[Fault]:
        for column, lines in self._lines.items():
            mark = row.text(column)
            if mark and mark in lines:
                yield Fault(
                    row.line,
                    self._titles[column],
                    said("Steht schon in Zeile {lines}.").format(lines=lines[mark]),
                )
                return
        if person is not None and person.client.id in self._met:
            line = self._met[person.client.id]
            yield Fault(
                row.line,
                "",
                said("Um diese Person geht es schon in Zeile {line}.").format(line=line),
            )

    def _decided(
        self, row: RowReading, shown: PlannedRow, person: KnownPerson | None
    ) -> PlannedRow:
        if person is not None:
            return self._changed(row, shown, person)
        twins = list(self._twins_of(row))
        exact = [t.person for t in twins if t.person and self._is_no_other(row, t.person)]
        for known in exact:
            # Who has no number is known by name and birth date, as long as nothing else differs.
            planned = self._changed(row, shown, known)
            if planned.state is RowState.UNCHANGED:
                return planned
        if not twins or self._twins is Twins.NEW:
            return self._new(row, shown)
        people = [twin.person for twin in twins if twin.person is not None]
        if self._twins is Twins.MERGE and len(people) == len(twins) == 1:
            return replace(self._changed(row, shown, people[0]), remark=twins[0].remark)
        remark = "; ".join(twin.remark for twin in twins)
        return replace(shown, state=RowState.TWIN, remark=remark)

    def _twins_of(self, row: RowReading) -> Iterator[_Twin]:
        """Who has this name and birth date; an unknown birth date may be any."""
        key, born = name_key(row.text("last_name"), row.text("first_name")), row.day("birth_date")
        for person in self._people.by_name.get(key, ()):
            known = person.client.subject.birth_date
            if known is not None and born is not None and known != born:
                continue
            if person.client.id in self._met:
                continue
            number = person.client.number or said("ohne Kundennummer")
            yield _Twin(
                said("Wie im Bestand: {name}, {number}").format(
                    name=person.client.name, number=number
                ),
                person,
            )
        line = self._names.get((key, born))
        if line is not None:
            yield _Twin(
                said("Gleicher Name und gleiches Geburtsdatum wie in Zeile {line}").format(
                    line=line
                )
            )

    def _is_no_other(self, row: RowReading, person: KnownPerson) -> bool:
        same_birth = person.client.subject.birth_date == row.day("birth_date")
        return same_birth and not row.text("number") and not row.text("code")

    def _new(self, row: RowReading, shown: PlannedRow) -> PlannedRow:
        client, changes, facts = self._filled(Client(0, "", "", ""), row, known=False)
        return replace(
            shown,
            state=RowState.NEW,
            client=client,
            changes=changes,
            facts=facts,
            exceptions=self._new_exceptions(row, None),
            contact=self._last_contact(row, None),
        )

    def _changed(self, row: RowReading, shown: PlannedRow, person: KnownPerson) -> PlannedRow:
        client, changes, facts = self._filled(person.client, row, known=True)
        exceptions = self._new_exceptions(row, person)
        contact = self._last_contact(row, person)
        if exceptions:
            changes = (
                *changes,
                FieldChange(
                    said("Ausnahmen"),
                    "–",
                    said("{exceptions} weitere").format(exceptions=len(exceptions)),
                ),
            )
        if contact is not None:
            last = max(person.days, default=None)
            changes = (
                *changes,
                FieldChange(said(_LAST_CONTACT), texts.day(last), texts.day(contact.day)),
            )
        return replace(
            shown,
            state=RowState.CHANGED if changes else RowState.UNCHANGED,
            number=shown.number or person.client.number,
            known_id=person.client.id,
            client=client,
            changes=changes,
            facts=facts,
            exceptions=exceptions,
            contact=contact,
        )

    def _filled(
        self, client: Client, row: RowReading, *, known: bool
    ) -> tuple[Client, tuple[FieldChange, ...], tuple[str, ...]]:
        """The client with what the row says; what it does not say stays."""
        changes: list[FieldChange] = []

        def taken(owner: Value, names: Iterable[str]) -> dict[str, object]:
            found: dict[str, object] = {}
            for name in names:
                value = row.values.get(name)
                if value is not None and value != (old := getattr(owner, name)):
                    found[name] = value
                    changes.append(self._change(name, old, value))
            return found

        subject = client.subject
        filled = replace(
            client,
            **taken(client, _OF_CLIENT),
            address=replace(client.address, **taken(client.address, _OF_ADDRESS)),
        )
        dates = taken(subject, _OF_SUBJECT)
        facts, names = self._facts(subject.facts, row, changes, known=known)
        filled = replace(filled, subject=replace(subject, **dates, facts=facts))
        return filled, tuple(changes), names

    def _facts(
        self, facts: Facts, row: RowReading, changes: list[FieldChange], *, known: bool
    ) -> tuple[Facts, tuple[str, ...]]:
        lines = {name: line for name in facts.names() if (line := facts.timeline(name)) is not None}
        history = row.values.get("history")
        touched: dict[str, None] = {}
        if isinstance(history, Facts):
            for name in history.names():
                line = history.timeline(name)
                if line is not None and lines.get(name) != line:
                    lines[name], touched[name] = line, None
            if touched:
                named = ", ".join(self._fact_title(name) for name in touched)
                changes.append(FieldChange(said("Merkmale mit Verlauf"), "–", named))
        for name, value in row.facts.items():
            line = lines.get(name)
            old = line.at(self._today) if line is not None else None
            if old == value and type(old) is type(value):
                continue
            lines[name] = self._with_value(line, value)
            touched[name] = None
            changes.append(self._change(name, old, value))
        if not known:
            lines = {name: line for name, line in lines.items() if line.periods}
        return Facts(lines), tuple(touched)

    def _with_value(self, line: Timeline | None, value: FactValue) -> Timeline:
        """What was never known has been so as long as anyone asks; a change is one of today."""
        if line is None or not line.periods:
            return Timeline(()) if value is None else Timeline.always(value)
        return holding(line, value, self._today, self._today)

    def _new_exceptions(self, row: RowReading, person: KnownPerson | None) -> tuple[object, ...]:
        found = row.values.get("exceptions")
        if not isinstance(found, tuple):
            return ()
        known = person.exceptions if person else ()
        return tuple(each for each in found if each not in known)

    def _last_contact(self, row: RowReading, person: KnownPerson | None) -> Contact | None:
        """One contact on the day of the last one, unless there is one already."""
        found = row.values.get("last_contact")
        if not self._with_contact or not isinstance(found, tuple):
            return None
        day, at = found
        if not isinstance(day, date) or (person is not None and day in person.days):
            return None
        kind = ContactKind(
            ContactForm(row.text("form") or ContactForm.PERSOENLICH),
            NoteType(row.text("note_type") or NoteType.BERATUNGSVERMERK),
        )
        return Contact(day, kind, at)  # type: ignore[arg-type]

    def _remember(self, row: RowReading, planned: PlannedRow) -> None:
        for column, lines in self._lines.items():
            if mark := row.text(column):
                lines[mark] = row.line
        if planned.known_id is not None:
            self._met[planned.known_id] = row.line
        key = name_key(row.text("last_name"), row.text("first_name"))
        self._names.setdefault((key, row.day("birth_date")), row.line)

    def _change(self, name: str, old: object, new: object) -> FieldChange:
        title = self._titles.get(name) or self._fact_title(name)
        return FieldChange(title, self._shown(name, old), self._shown(name, new))

    def _fact_title(self, name: str) -> str:
        declared = self._declared.get(name)
        known = {
            "wunsch": said("Terminwunsch"),
            "abwesend": said("Abwesenheit"),
            "org": said("Bereich"),
        }
        return declared.label if declared else self._titles.get(name) or known.get(name, name)

    def _shown(self, name: str, value: object) -> str:
        if value is None or value == "":
            return "–"
        if isinstance(value, bool):
            return said("ja") if value else said("nein")
        if isinstance(value, date):
            return texts.day(value)
        labels = _LABELS.get(name) or getattr(self._declared.get(name), "values", {})
        return labels.get(str(value), str(value))


def _with_both_names(row: RowReading) -> RowReading:
    """Names from a column that holds both: `Beispiel, Amina` or `Amina Beispiel`."""
    whole = row.text("full_name")
    if not whole or row.text("last_name"):
        return row
    last, comma, first = whole.partition(",")
    if not comma:
        first, _, last = whole.rpartition(" ")
    names = {"last_name": last.strip(), "first_name": first.strip()}
    kept = {key: value for key, value in row.values.items() if key != "full_name"}
    return replace(row, values={**kept, **{key: name for key, name in names.items() if name}})


def _is_another(client: Client, row: RowReading) -> bool:
    """Whether both name and birth date speak against it; each alone may have been corrected."""
    born = row.day("birth_date")
    other_birth = born is not None and client.subject.birth_date not in (None, born)
    named = name_key(row.text("last_name"), row.text("first_name") or client.first_name)
    return other_birth and named != name_key(client.last_name, client.first_name)


def _name(last: str, first: str) -> str:
    return f"{last}, {first}" if first else last
