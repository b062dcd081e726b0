"""Book, move and finish appointments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from kkd_desktop.actions import casework
from kkd_desktop.actions.context import Context
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import Appointment, AppointmentState, Delivery
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import german, said, to_say
from kkd_desktop.domain.lengths import LONGEST_TALK, SHORTEST_TALK, Length
from kkd_desktop.domain.outcome import Outcome
from kkd_desktop.domain.trace import Trace, trace
from kkd_desktop.domain.values import decoded, encoded, replace
from kkd_desktop.store import appointments, clients

if TYPE_CHECKING:
    from kkd_desktop.domain.proposals import Proposal

_FOUR_WEEKS = timedelta(days=27)


def book(
    context: Context,
    client: Client,
    start: datetime,
    minutes: int,
    *,
    form: ContactForm = ContactForm.PERSOENLICH,
    purpose: str = "",
    room: str | None = None,
    delivery: Delivery = Delivery.NONE,
    outcome: Outcome | None = None,
    preparation: int = 0,
    joint: str = "",
    because: str = "",
) -> Appointment:
    """Book a talk. The reason of its day is kept with it, as it was on the day of booking, and
    after it what else speaks for the day: `because`.

    The last `preparation` of the minutes are the caseworker's own; the shortest talk keeps its
    room beside them. Those with the same mark `joint` are one talk with several people and share
    their time.
    """
    from uuid import uuid4

    _check_time(context, start, minutes, joint=joint)
    # What is stored is German, whatever the window speaks.
    with german():
        why = trace(outcome or casework.outcome_with(context, client), context.office_calendar())
    appointment = Appointment(
        client_id=client.id,
        start=start,
        minutes=minutes,
        preparation=Length.of_minutes(minutes, preparation).preparation,
        uid=str(uuid4()),
        changed_at=context.now(),
        form=form,
        purpose=purpose,
        room=context.settings.room if room is None else room,
        state=AppointmentState.BOOKED if delivery is Delivery.NONE else AppointmentState.INVITED,
        delivery=delivery,
        reason=f"{why.sentence} {because}".strip(),
        joint=joint,
    )
    with context.store.write(_step(to_say("Termin {day} vereinbart"), start.date())):
        appointment_id = appointments.add(context.store, appointment)
        appointments.keep_trace(context.store, appointment_id, encoded(why))
        return replace(appointment, id=appointment_id)


def length_of(
    context: Context,
    form: ContactForm,
    outcome: Outcome,
    minutes: int | None = None,
    preparation: int | None = None,
) -> Length:
    """The usual length of a talk of this form, the first one with who was never met.

    Other minutes keep the usual preparation, unless that is given too.
    """
    usual = context.settings.hours.lengths.of(form, first=outcome.deciding.last is None)
    if preparation is None:
        return usual if minutes is None else Length.of_minutes(minutes, usual.preparation)
    length = Length.of_minutes(
        usual.talk + preparation if minutes is None else minutes, preparation
    )
    if length.preparation != preparation:
        raise UserError(
            said(
                "Vor- und Nachbereitung: Minuten ab 0; dem Gespräch bleiben "
                "mindestens {shortest_talk} von {total}."
            ).format(shortest_talk=SHORTEST_TALK, total=length.total)
        )
    return length


def why_booked(context: Context, appointment_id: int) -> Trace | None:
    """Every step to the day of an appointment as it was when it was booked; None where it was
    booked before the program kept that.
    """
    kept = appointments.trace_of(context.store, appointment_id)
    return None if kept is None else decoded(kept, Trace)


def book_together(
    context: Context,
    client: Client,
    proposal: Proposal,
    *,
    form: ContactForm = ContactForm.PERSOENLICH,
    purpose: str = "",
    room: str | None = None,
    delivery: Delivery = Delivery.NONE,
    outcome: Outcome | None = None,
) -> tuple[Appointment, ...]:
    """Book what was proposed, with those of the BG who come along, in one step: all or nobody.

    Everyone has an appointment of their own with its reason; `delivery` is that of the client, the
    others are still to be invited.
    """
    from uuid import uuid4

    joint = uuid4().hex if proposal.joint else ""
    with context.store.write(_step(to_say("Termin {day} vereinbart"), proposal.day)):
        first = book(
            context,
            client,
            proposal.start,
            proposal.minutes,
            preparation=proposal.preparation,
            form=form,
            purpose=purpose,
            room=room,
            delivery=delivery,
            outcome=outcome,
            joint=joint,
        )
        others = [
            book(
                context,
                clients.get(context.store, each.client_id, context.today),
                each.start,
                each.minutes,
                preparation=each.preparation,
                form=form,
                purpose=purpose,
                room=room,
                joint=joint,
            )
            for each in proposal.beside
        ]
    return first, *others


def joint_length(context: Context, people: Sequence[Client], form: ContactForm) -> Length:
    """How long one talk with all of them takes."""
    from kkd_desktop.domain.together import joint_minutes

    lengths = [length_of(context, form, casework.outcome_with(context, each)) for each in people]
    preparation = max(each.preparation for each in lengths)
    return Length.of_minutes(joint_minutes([each.total for each in lengths]), preparation)


def with_company(
    context: Context, proposal: Proposal, others: Sequence[Client], form: ContactForm
) -> Proposal:
    """The proposal with others in it: in the same talk where it is joint, else after it."""
    from kkd_desktop.domain.proposals import Beside

    beside, after = [], proposal.end
    for each in others:
        length = length_of(context, form, casework.outcome_with(context, each))
        if proposal.joint:
            start, length = proposal.start, proposal.length
        else:
            start, after = after, after + timedelta(minutes=length.total)
        beside.append(Beside(each.id, each.name, start, length.total, length.preparation))
    return replace(proposal, beside=tuple(beside))


def record_and_book(
    context: Context,
    contact: Contact,
    client: Client,
    proposal: Proposal,
    *,
    form: ContactForm = ContactForm.PERSOENLICH,
    purpose: str = "",
    room: str | None = None,
    delivery: Delivery = Delivery.HANDED_OVER,
) -> tuple[Contact, Appointment]:
    """Log a talk and book the next one in one step: both are stored, or neither.

    A new contact that names an appointment closes it as attended.
    """
    with context.store.write(to_say("Kontakt erfasst und nächster Termin vereinbart")):
        if contact.id is None and contact.appointment_id is not None:
            _, stored = mark_attended(context, contact.appointment_id, contact)
        else:
            stored = casework.record_contact(context, contact)
        booked = book_together(
            context, client, proposal, form=form, purpose=purpose, room=room, delivery=delivery
        )
    return stored, booked[0]


def move(
    context: Context,
    appointment_id: int,
    start: datetime,
    minutes: int | None = None,
    room: str | None = None,
) -> Appointment:
    """Move an open appointment to another time or room; its invitation has to be delivered anew.

    A joint talk moves with everyone who is still to come to it.
    """
    known = get(context, appointment_id)
    moved = known.moved(start, context.now(), minutes, room)
    _check_time(context, start, moved.minutes, without=appointment_id, joint=known.joint)
    with context.store.write(_step(to_say("Termin {day} geändert"), moved.day)):
        for other in joined_with(context, known):
            appointments.change(context.store, other.moved(start, moved.changed_at, minutes, room))
        return _store(context, moved)


def set_room(context: Context, appointment_ids: Iterable[int], room: str) -> None:
    """Give open appointments ahead another room, in one step; where it is the same, nothing is
    touched.
    """
    with context.store.write(to_say("Raum geändert")):
        for each in appointment_ids:
            known = get(context, each)
            if known.room != room.strip() and known.state.is_open and known.day >= context.today:
                move(context, each, known.start, room=room.strip())


def joined_with(context: Context, appointment: Appointment) -> list[Appointment]:
    """The open appointments of the others in a joint talk."""
    joint = appointments.of_joint(context.store, appointment.joint)
    return [each for each in joint if each.id != appointment.id and each.state.is_open]


def cancel(context: Context, appointment_id: int) -> Appointment:
    return _finish(context, appointment_id, AppointmentState.CANCELLED)


def mark_missed(context: Context, appointment_id: int) -> Appointment:
    known = get(context, appointment_id)
    _require_begun(context, known)
    return _finish(context, appointment_id, AppointmentState.MISSED)


def mark_ill(context: Context, appointment_id: int) -> Appointment:
    return _finish(context, appointment_id, AppointmentState.ILL)


def mark_attended(
    context: Context, appointment_id: int, contact: Contact
) -> tuple[Appointment, Contact]:
    """The client came: the appointment is closed and the talk logged with its Vermerk, in one
    step.
    """
    known = get(context, appointment_id)
    _require_begun(context, known)
    with context.store.write(_step(to_say("Termin {day} wahrgenommen"), known.day)):
        closed = _finish(context, appointment_id, AppointmentState.ATTENDED)
        stored = casework.record_contact(
            context, replace(contact, client_id=known.client_id, appointment_id=appointment_id)
        )
    return closed, stored


def contact_from(appointment: Appointment) -> Contact:
    """The contact that an attended appointment suggests; its Vermerk is asked of the caseworker."""
    return Contact(
        appointment.day,
        ContactKind(form=appointment.form),
        appointment.start.time(),
        client_id=appointment.client_id,
        appointment_id=appointment.id,
    )


def set_delivery(context: Context, appointment_id: int, delivery: Delivery) -> Appointment:
    """Note how the invitation went out. This is no news for calendars: SEQUENCE stays."""
    known = get(context, appointment_id)
    if not known.state.is_open:
        raise UserError(said("Zustellung: Der Termin ist schon abgeschlossen."))
    state = AppointmentState.BOOKED if delivery is Delivery.NONE else AppointmentState.INVITED
    return _store(context, replace(known, delivery=delivery, state=state))


def of_day(context: Context, day: date) -> Sequence[tuple[Appointment, Client]]:
    return between(context, day, day)


def get(context: Context, appointment_id: int) -> Appointment:
    """UserError where it is not stored (any more)."""
    return appointments.get(context.store, appointment_id)


def still_stored(context: Context, appointment_ids: Iterable[int]) -> list[Appointment]:
    """Those of them that nobody took back or deleted."""
    return appointments.with_ids(context.store, appointment_ids)


def period(context: Context, since: date | None, until: date | None) -> tuple[date, date]:
    """A period as given, else from today for four weeks."""
    first = since or context.today
    return first, until or first + _FOUR_WEEKS


def period_behind(context: Context, since: date | None, until: date | None) -> tuple[date, date]:
    """A period as given, else the four weeks up to today."""
    last = until or max(context.today, since or context.today)
    return since or last - _FOUR_WEEKS, last


def between(context: Context, since: date, until: date) -> Sequence[tuple[Appointment, Client]]:
    """Appointments of a period with their clients, by time; both days included."""
    if until < since:
        raise UserError(
            said("Zeitraum: {day} liegt vor {day2}.").format(
                day=texts.day(until), day2=texts.day(since)
            )
        )
    booked = appointments.between(context.store, since, until)
    members = {each.client_id for each in booked}
    known = clients.many(context.store, members, context.today)
    return [(each, known[each.client_id]) for each in sorted(booked, key=lambda a: a.start)]


def _finish(context: Context, appointment_id: int, state: AppointmentState) -> Appointment:
    known = get(context, appointment_id)
    return _store(context, known.with_outcome(state, context.now()))


def _store(context: Context, appointment: Appointment) -> Appointment:
    with context.store.write(_step(to_say("Termin {day} geändert"), appointment.day)):
        appointments.change(context.store, appointment)
    return appointment


def _step(name: str, day: date) -> str:
    return name.format(day=texts.german_day(day))


def _require_begun(context: Context, appointment: Appointment) -> None:
    if appointment.day > context.today:
        raise UserError(
            said(
                "Der Termin ist erst am {day}; ein Ergebnis lässt sich an dem Tag eintragen."
            ).format(day=texts.weekday_day(appointment.day))
        )


def _check_time(
    context: Context, start: datetime, minutes: int, *, without: int | None = None, joint: str = ""
) -> None:
    """Refuse times that do not exist, days without work and double bookings, each with its
    reason.
    """
    # Only here: the time zones of the world are no part of the first picture.
    from kkd_desktop.exchange.local_time import require_unambiguous

    require_unambiguous(start)
    if not SHORTEST_TALK <= minutes <= LONGEST_TALK:
        raise UserError(
            said("Dauer: zwischen {shortest_talk} und {longest_talk} Minuten.").format(
                shortest_talk=SHORTEST_TALK, longest_talk=LONGEST_TALK
            )
        )
    end = start + timedelta(minutes=minutes)
    if end > datetime.combine(start.date(), time()) + timedelta(days=1):
        raise UserError(
            said(
                "Termin: {clock} mit {minutes} Minuten endet erst nach "
                "Mitternacht; ein Termin beginnt und endet am selben Tag."
            ).format(clock=texts.clock(start), minutes=minutes)
        )
    if start.date() < context.today:
        raise UserError(
            said("Termin: {day} liegt zurück.").format(day=texts.weekday_day(start.date()))
        )
    calendar = context.office_calendar()
    if not calendar.is_workday(start.date()):
        raise UserError(
            said("Termin: {day} ist kein Arbeitstag.").format(day=texts.weekday_day(start.date()))
        )
    for other in appointments.between(context.store, start.date(), start.date()):
        if other.id == without or not other.state.is_open or (joint and other.joint == joint):
            continue
        if other.start < end and start < other.end:
            raise UserError(
                said(
                    "Termin: Um {clock} ist schon ein anderer Termin vereinbart (bis {clock2})."
                ).format(clock=texts.clock(other.start), clock2=texts.clock(other.end))
            )
