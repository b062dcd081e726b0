"""Plan in the calendar: what the weeks hold, and book, move, lengthen and cancel in them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from kkd_desktop.actions import appointments, busy, capacity, proposals, worklist
from kkd_desktop.actions.context import Context
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.busy_time import BusyTime
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said, to_say
from kkd_desktop.domain.lengths import Length
from kkd_desktop.domain.slots import Agenda
from kkd_desktop.domain.week import Booked, DayPlan, Talk, Week, days_from, monday_of, talks_of
from kkd_desktop.domain.workdays import DAY, WorkCalendar, statutory_holidays
from kkd_desktop.domain.worklist import Entry
from kkd_desktop.store import clients


def week(context: Context, day: date, now: datetime, weeks: int = 1) -> Week:
    """The week of a day and those after it, whole weeks from Monday on, as of local time `now`."""
    first = monday_of(day)
    last = first + timedelta(weeks=weeks) - DAY
    booked: dict[date, list[Booked]] = {}
    for each in appointments.between(context, first, last):
        booked.setdefault(each[0].day, []).append(each)
    elsewhere = busy.between(context, first, last)
    agenda = proposals.agenda(context)
    hours = context.settings.hours
    minutes = hours.lengths.persoenlich.total
    return Week(
        now,
        tuple(
            _plan(each, agenda, booked.get(each, ()), elsewhere, minutes, now)
            for each in days_from(first, last)
        ),
        hours.step,
        minutes,
        hours.weekly_hours,
        capacity.norm_of_weeks(context, first, weeks),
        _first_by_letter(context),
    )


def entries(context: Context) -> list[Entry]:
    """Everyone of the caseload as the worklist knows them; `domain.week.waiting` narrows it."""
    return worklist.entries(context)


def usual_length(context: Context, entry: Entry) -> Length:
    """How long the next talk with a client takes: the first one is longer."""
    return appointments.length_of(context, ContactForm.PERSOENLICH, entry.outcome)


def book(context: Context, client_id: int, start: datetime, minutes: int | None = None) -> Booked:
    """Book a talk of a client; without `minutes` the usual length of what is due."""
    client = clients.get(context.store, client_id, context.today)
    entry = worklist.entry(context, client)
    length = usual_length(context, entry)
    booked = appointments.book(
        context,
        client,
        start,
        minutes or length.total,
        outcome=entry.outcome,
        preparation=length.preparation,
    )
    return booked, client


def move(context: Context, talk: Talk, start: datetime, minutes: int | None = None) -> Appointment:
    """Move a talk, or give it another length; everyone who still comes to it moves along."""
    name = _step(to_say("Termin auf {day}, {time} verlegt"), start)
    if start == talk.start:
        name = to_say("Termin dauert {number} Minuten").format(number=minutes or talk.minutes)
    with context.store.write(name):
        return appointments.move(context, _open_ids(talk)[0], start, minutes)


def cancel(context: Context, talk: Talk) -> list[Appointment]:
    """Cancel a talk with everyone who was to come to it."""
    with context.store.write(_step(to_say("Termin {day}, {time} abgesagt"), talk.start)):
        return [appointments.cancel(context, each) for each in _open_ids(talk)]


def _step(name: str, moment: datetime) -> str:
    return name.format(day=texts.german_day(moment.date()), time=texts.clock(moment))


def _open_ids(talk: Talk) -> list[int]:
    found = [each.id for each, _ in talk.booked if each.state.is_open and each.id is not None]
    if not found:
        raise UserError(
            said("Der Termin ist schon abgeschlossen und kann nicht mehr geändert werden.")
        )
    return found


def _plan(
    day: date,
    agenda: Agenda,
    booked: Sequence[Booked],
    elsewhere: Iterable[BusyTime],
    minutes: int,
    now: datetime,
) -> DayPlan:
    hours, midnight = agenda.hours, datetime(day.year, day.month, day.day)
    leave = hours.leave_on(day)
    is_open = agenda.is_open(day)
    return DayPlan(
        day,
        hours.blocks_on(day) if is_open else (),
        _holiday(agenda.calendar, day),
        leave,
        leave is not None and leave not in hours.closed,
        talks_of(booked),
        tuple(each for each in booked if each[0].state.is_withdrawn),
        tuple(each for each in elsewhere if each.start < midnight + DAY and midnight < each.end),
        tuple(agenda.free_slots(day, minutes, not_before=now)) if day >= now.date() else (),
    )


def _holiday(calendar: WorkCalendar, day: date) -> str:
    if day not in calendar.holidays_in(day.year):
        return ""
    # The name is asked of the library only where there is one: the store remembers the days.
    return statutory_holidays(calendar.land, day.year).get(day, "Feiertag")


def _first_by_letter(context: Context) -> date | None:
    """None where no rule on it is known."""
    try:
        return context.post_time().enough_from
    except UserError:
        return None
