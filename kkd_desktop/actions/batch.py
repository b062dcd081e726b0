"""Do what a script asks for, one action at a time, each a step of its own or nothing at all."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from kkd_desktop.actions import appointments, casework, forgetting, requests, undo
from kkd_desktop.actions.context import Context
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import Appointment, Delivery
from kkd_desktop.domain.client import Client, Deviation
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, ContactNotes, NoteType
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import FactValue
from kkd_desktop.domain.language import to_say
from kkd_desktop.domain.values import Value, replace

LONGEST_MARK = 100
_HIGHEST_ID = 2**53
_NONE = "none"
_CLOSED = {"profile": texts.PROFILLAGEN, "status": texts.STATUS}


class Given:
    """The keys of one line; `name` is that of its action and stands before every key."""

    def __init__(self, name: str, values: Mapping[str, Any]) -> None:
        self.name = name
        self.values = values

    def key(self, key: str) -> str:
        return f"{self.name}.{key}"

    def read(self, key: str, reader: Callable[[Any, str], Any], other: Any = None) -> Any:
        """What stands under a key; null is the same as not given."""
        value = self.values.get(key)
        return other if value is None else reader(value, self.key(key))

    def text(self, key: str, other: str = "") -> str:
        found = self.read(key, requests.text, other)
        assert isinstance(found, str)
        return found

    def day(self, key: str) -> date | None:
        found = self.read(key, requests.day)
        assert found is None or isinstance(found, date)
        return found

    def moment(self, key: str) -> datetime:
        _, found = requests.moment(self.values[key], self.key(key))
        if found is None or found.second:
            raise UserError(f"{self.key(key)}: hier wird ein Zeitpunkt JJJJ-MM-TTTHH:MM erwartet.")
        return found

    def flags(self, *keys: str) -> dict[str, bool]:
        return {key: self.read(key, requests.flag) for key in keys if key in self.values}

    def refuse(self, key: str, why: str) -> UserError:
        return UserError(f"{self.key(key)}: {why}")


class Batch:
    """A run of actions. Appointments of earlier lines can be named by the mark of their line.

    `cleaning` is left to do at the end where somebody was deleted: the file is written anew.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.cleaning: Callable[[], None] | None = None
        self._booked: dict[str, int] = {}

    def perform(self, asked: Any, mark: str = "") -> None:
        """Do one thing. It is on the disk when this returns, and undone on a UserError."""
        values = dict(requests.mapping(asked, "Eingabe"))
        values.pop("id", None)
        name = values.pop("do", None)
        action = ACTIONS.get(name) if isinstance(name, str) else None
        if action is None:
            said = f"„{name}“ gibt es nicht" if name is not None else "diese Angabe fehlt"
            raise UserError(f"do: {said} (möglich: {', '.join(ACTIONS)}).")
        given = Given(str(name), values)
        _require_keys(given, action)
        booked = action.run(self, given)
        if mark and booked is not None and booked.id is not None:
            self._booked[mark] = booked.id

    def client(self, given: Given) -> Client:
        return casework.find_client(self.context, given.text("client"))

    def appointment(self, given: Given) -> int:
        """By its number, or by the mark of the line that booked it."""
        named = given.values["appointment"]
        if isinstance(named, str) and named in self._booked:
            return self._booked[named]
        if isinstance(named, int) and not isinstance(named, bool) and 0 < named <= _HIGHEST_ID:
            return named
        raise given.refuse("appointment", f"„{named}“ ist keine Nummer eines Termins.")


def mark_of(asked: Any) -> str:
    """What a line wants to be called in its answer; "" where it does not say."""
    mark = asked.get("id") if isinstance(asked, dict) else None
    if mark is None:
        return ""
    text = str(mark) if isinstance(mark, str | int) and not isinstance(mark, bool) else ""
    if not text or len(text) > LONGEST_MARK or not text.isprintable() or " " in text:
        raise UserError(
            f"id: hier wird ein Wort oder eine Zahl mit höchstens {LONGEST_MARK} Zeichen erwartet."
        )
    return text


def _require_keys(given: Given, action: "Action") -> None:
    known = ("do", "id", *action.required, *action.optional)
    requests.refuse_near_misses(given.values, known, given.name)
    for key in given.values:
        if key not in known:
            raise given.refuse(key, f"diesen Schlüssel gibt es nicht ({', '.join(known)}).")
    for key in action.required:
        if given.values.get(key) is None:
            raise given.refuse(key, "diese Angabe fehlt.")


def _add_client(batch: Batch, given: Given) -> None:
    context, since = batch.context, given.day("since")
    with context.store.write(to_say("Person aufgenommen")):
        client = _client(Client(0, "", "", ""), given)
        added = casework.add_client(context, client, _facts(context, given), since)
        _set_wish(context, added, given, since)


def _set_client(batch: Batch, given: Given) -> None:
    context, since = batch.context, given.day("since") or batch.context.today
    with context.store.write(to_say("Angaben geändert")):
        known = batch.client(given)
        client = _client(known, given)
        casework.change_client(context, client, _facts(context, given), since)
        _set_wish(context, known, given, since)


def _delete_client(batch: Batch, given: Given) -> None:
    batch.cleaning = forgetting.forget(batch.context, [batch.client(given).id])


def _set_fact(batch: Batch, given: Given) -> None:
    context, name = batch.context, given.text("name")
    if "value" not in given.values:
        raise given.refuse("value", "diese Angabe fehlt (null: nicht mehr bekannt).")
    value = _fact(context, name, given.values["value"], given.key("value"))
    client = batch.client(given)
    casework.change_client(context, client, {name: value}, given.day("from") or context.today)


def _add_contact(batch: Batch, given: Given) -> None:
    held = {key: value for key, value in given.values.items() if key != "client"}
    contact = requests.contact(held, given.name)
    reason = given.values.get("phone_reason")
    casework.record_contact(
        batch.context,
        replace(
            contact,
            client_id=batch.client(given).id,
            phone_reason=reason.strip() if isinstance(reason, str) else "",
        ),
    )


def _add_appointment(batch: Batch, given: Given) -> Appointment:
    context, client = batch.context, batch.client(given)
    form = given.read("form", _form, ContactForm.PERSOENLICH)
    due = casework.outcome_with(context, client)
    minutes, preparation = (given.read(key, requests.whole) for key in ("minutes", "preparation"))
    length = appointments.length_of(context, form, due, minutes, preparation)
    return appointments.book(
        context,
        client,
        given.moment("at"),
        length.total,
        preparation=length.preparation,
        form=form,
        outcome=due,
        purpose=given.text("purpose"),
        room=given.read("room", requests.text),
        delivery=given.read("delivery", _delivery, Delivery.NONE),
    )


def _move_appointment(batch: Batch, given: Given) -> None:
    minutes, room = given.read("minutes", requests.whole), given.read("room", requests.text)
    which = batch.appointment(given)
    appointments.move(batch.context, which, given.moment("at"), minutes, room)


def _cancel_appointment(batch: Batch, given: Given) -> None:
    appointments.cancel(batch.context, batch.appointment(given))


def _finish_appointment(batch: Batch, given: Given) -> None:
    context, which, outcome = batch.context, batch.appointment(given), given.text("outcome")
    if outcome == "attended":
        suggested = appointments.contact_from(appointments.get(context, which))
        appointments.mark_attended(context, which, _held(suggested, given))
    elif outcome in _FINISH:
        _FINISH[outcome](context, which)
    else:
        known = ", ".join(("attended", *_FINISH))
        raise given.refuse("outcome", f"„{outcome}“ ist unbekannt (möglich: {known}).")


def _held(suggested: Contact, given: Given) -> Contact:
    """The talk of an attended appointment, which always has a Vermerk (or `kein`)."""
    if given.values.get("note_type") is None:
        raise given.refuse("note_type", "wer erschienen ist, hat einen Vermerk (oder kein).")
    note_type = given.read("note_type", _note_type)
    kind = ContactKind(suggested.kind.form, note_type, **given.flags("qualified", "first"))
    notes = ContactNotes(*(given.read(key, requests.text) for key in _NOTES))
    return replace(suggested, kind=kind, notes=notes)


def _add_deviation(batch: Batch, given: Given) -> None:
    deviation = Deviation(
        given.text("reason"),
        given.day("until"),
        given.day("from") or batch.context.today,
        given.text("kind") or None,
    )
    casework.agree_deviation(batch.context, batch.client(given).id, deviation)


def _end_deviation(batch: Batch, given: Given) -> None:
    casework.end_deviation(batch.context, batch.client(given).id)


def _undo(batch: Batch, _: Given) -> None:
    if undo.undo(batch.context) is None:
        raise UserError("Es gibt nichts, was sich zurücknehmen lässt.")


def _redo(batch: Batch, _: Given) -> None:
    if undo.redo(batch.context) is None:
        raise UserError("Es gibt nichts, was sich noch einmal tun lässt.")


def _client(client: Client, given: Given) -> Client:
    """The client with what was given; the rest stays as it is."""
    return replace(
        client,
        **{key: given.text(key, getattr(client, key)) for key in _LINES},
        address=replace(
            client.address,
            **{
                name: given.text(key, getattr(client.address, name))
                for key, name in _ADDRESS.items()
            },
        ),
        subject=replace(
            client.subject,
            **{key: given.day(key) or getattr(client.subject, key) for key in _DAYS},
        ),
    )


def _facts(context: Context, given: Given) -> dict[str, FactValue]:
    values = {
        key: _fact(context, key, given.values[key], given.key(key))
        for key in _FACTS
        if given.values.get(key) is not None
    }
    for name, value in given.read("facts", requests.mapping, {}).items():
        values[name] = _fact(context, name, value, f"{given.key('facts')}.{name}")
    return values


def _fact(context: Context, name: str, value: Any, key: str) -> FactValue:
    """A text is read as it would be typed; `none` and null say that it is not known."""
    if value is None or (value == _NONE and name in _FACTS):
        return None
    if isinstance(value, str):
        if name in _CLOSED and value not in _CLOSED[name]:
            known = ", ".join((*_CLOSED[name], _NONE))
            raise UserError(f"{key}: „{value}“ ist unbekannt (möglich: {known}).")
        return casework.read_fact(context, name, value)
    if name in _FACTS or not isinstance(value, bool | int):
        raise UserError(f"{key}: hier wird ein Text, eine ganze Zahl, true oder false erwartet.")
    return value if isinstance(value, bool) else requests.whole(value, key)


def _set_wish(context: Context, client: Client, given: Given, since: date | None) -> None:
    if given.values.get("wish") is not None:
        casework.set_wish(context, client, given.text("wish"), since)


def _form(value: Any, key: str) -> ContactForm:
    return requests.choice(ContactForm, value, key)


def _note_type(value: Any, key: str) -> NoteType:
    return requests.choice(NoteType, value, key)


def _delivery(value: Any, key: str) -> Delivery:
    return requests.choice(Delivery, value, key)


_FINISH = {
    "missed": appointments.mark_missed,
    "ill": appointments.mark_ill,
    "cancelled": appointments.cancel,
}

_LINES = ("number", "code", "last_name", "first_name", "bg_number", "phone")
_ADDRESS = {
    **{"street": "street", "postcode": "postcode", "city": "city"},
    "address_addition": "addition",
}
_DAYS = ("birth_date", "registered", "einv_start", "einv_end")
_FACTS = ("profile", "status", "org")
_OF_CLIENT = (*_LINES, *_ADDRESS, *_DAYS, *_FACTS, "facts", "wish", "since")
_NOTES = ("content", "goal", "means")


class Action(Value, frozen=True):
    """What a line may ask for, and by which keys."""

    run: Callable[[Batch, Given], Appointment | None]
    required: Sequence[str] = ()
    optional: Sequence[str] = ()


ACTIONS: Mapping[str, Action] = {
    "client.add": Action(
        _add_client, ("last_name",), tuple(key for key in _OF_CLIENT if key != "last_name")
    ),
    "client.set": Action(_set_client, ("client",), _OF_CLIENT),
    "client.delete": Action(_delete_client, ("client",)),
    "fact.set": Action(_set_fact, ("client", "name"), ("value", "from")),
    "contact.add": Action(
        _add_contact,
        ("client", "date"),
        tuple(key for key in requests.CONTACT_KEYS if key != "date"),
    ),
    "appointment.add": Action(
        _add_appointment,
        ("client", "at"),
        ("minutes", "preparation", "form", "purpose", "room", "delivery"),
    ),
    "appointment.move": Action(_move_appointment, ("appointment", "at"), ("minutes", "room")),
    "appointment.cancel": Action(_cancel_appointment, ("appointment",)),
    "appointment.outcome": Action(
        _finish_appointment,
        ("appointment", "outcome"),
        ("note_type", "qualified", "first", *_NOTES),
    ),
    "deviation.add": Action(_add_deviation, ("client", "reason"), ("until", "kind", "from")),
    "deviation.end": Action(_end_deviation, ("client",)),
    "undo": Action(_undo),
    "redo": Action(_redo),
}
"""Everything a line may ask for. Days are JJJJ-MM-TT, times JJJJ-MM-TTTHH:MM."""
