"""What does a stretch of days hold for planning: the time there is, who comes, and what fits?

Nothing is refused for good here: `placing` says beforehand what the actions will say when asked,
and what a human should know who decides otherwise.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from kkd_desktop.domain.appointment import Appointment, AppointmentState
from kkd_desktop.domain.busy_time import BUSY_TEXTS, BusyTime
from kkd_desktop.domain.caseload import Capacity
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.hours import Block, Leave
from kkd_desktop.domain.language import said
from kkd_desktop.domain.outcome import Obligation
from kkd_desktop.domain.texts import clock, short_day
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.workdays import DAY
from kkd_desktop.domain.worklist import Entry

WEEK = timedelta(days=7)

Booked = tuple[Appointment, Client]


class Talk(Value, frozen=True):
    """One talk: an appointment, or those of several of a Bedarfsgemeinschaft who come together."""

    booked: tuple[Booked, ...]

    @property
    def first(self) -> Appointment:
        return self.booked[0][0]

    @property
    def clients(self) -> tuple[Client, ...]:
        return tuple(client for _, client in self.booked)

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(each.id for each, _ in self.booked if each.id is not None)

    @property
    def start(self) -> datetime:
        return self.first.start

    @property
    def end(self) -> datetime:
        return self.first.end

    @property
    def minutes(self) -> int:
        return self.first.minutes

    @property
    def is_open(self) -> bool:
        return any(each.state.is_open for each, _ in self.booked)

    @property
    def is_announced(self) -> bool:
        """Whether anybody was told the time already: moved, it has to be delivered anew."""
        return any(each.state is AppointmentState.INVITED for each, _ in self.booked)


class DayPlan(Value, frozen=True):
    """One day: `blocks` are the hours in which the caseworker meets anyone, none where `closed`.

    `closed` says why nobody is met: a holiday, a closed day or an absence. `free` are the starts
    of free talks of the usual length on the grid.
    """

    day: date
    blocks: tuple[Block, ...] = ()
    holiday: str = ""
    leave: Leave | None = None
    is_absence: bool = False
    talks: tuple[Talk, ...] = ()
    withdrawn: tuple[Booked, ...] = ()
    busy: tuple[BusyTime, ...] = ()
    free: tuple[datetime, ...] = ()

    @property
    def closed(self) -> str:
        """`1. Weihnachtstag`, `Urlaub`; empty where the caseworker is there."""
        if self.holiday:
            return self.holiday
        if self.leave is None:
            return ""
        return self.leave.reason or (said("Abwesenheit") if self.is_absence else said("Schließtag"))

    @property
    def is_weekend(self) -> bool:
        return self.day.weekday() >= 5

    @property
    def is_open(self) -> bool:
        return bool(self.blocks)

    def room_left(self, minutes: int) -> int:
        """How many talks of this length still fit one after the other."""
        number, end = 0, None
        for start in self.free:
            if end is None or start >= end:
                number, end = number + 1, start + timedelta(minutes=minutes)
        return number


class Load(Value, frozen=True):
    """Talks and their minutes: what took place, and what is agreed beside it."""

    held: int = 0
    held_minutes: int = 0
    agreed: int = 0
    agreed_minutes: int = 0

    @property
    def talks(self) -> int:
        return self.held + self.agreed

    @property
    def hours(self) -> Fraction:
        return Fraction(self.held_minutes + self.agreed_minutes, 60)


class Week(Value, frozen=True):
    """Whole weeks from a Monday on, as they stand at local time `now`.

    `posted` is the first day that a letter of today can ask for. `norm` is what the concept asks of
    these weeks together.
    """

    now: datetime
    days: tuple[DayPlan, ...]
    step: int
    minutes: int
    weekly_hours: Fraction
    norm: Capacity | None = None
    posted: date | None = None

    @property
    def first(self) -> date:
        return self.days[0].day

    @property
    def last(self) -> date:
        return self.days[-1].day

    def day(self, day: date) -> DayPlan | None:
        place = (day - self.first).days
        return self.days[place] if 0 <= place < len(self.days) else None

    def talk_of(self, appointment_id: int) -> Talk | None:
        return next(
            (talk for day in self.days for talk in day.talks if appointment_id in talk.ids), None
        )

    def load(self, monday: date) -> Load:
        """What the talks of one week come to; a joint talk is one contact with each of them."""
        return load_of(
            each
            for day in self.days
            if monday <= day.day < monday + WEEK
            for talk in day.talks
            for each, _ in talk.booked
        )


class Placing(Value, frozen=True):
    """Whether a talk may be put there: why not, or what to know about it."""

    refused: str = ""
    hints: tuple[str, ...] = ()


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def talks_of(booked: Iterable[Booked]) -> tuple[Talk, ...]:
    """The standing appointments of one day as talks in order; those of a joint talk are one."""
    found: dict[tuple[object, ...], list[Booked]] = {}
    for appointment, client in booked:
        if not appointment.state.is_withdrawn:
            alone = appointment.joint or f"#{appointment.id}"
            key = (appointment.start, appointment.minutes, alone)
            found.setdefault(key, []).append((appointment, client))
    talks = (Talk(tuple(sorted(each, key=_by_name))) for each in found.values())
    return tuple(sorted(talks, key=lambda talk: (talk.start, -talk.minutes, talk.ids)))


def load_of(appointments: Iterable[Appointment]) -> Load:
    """Minutes as a norm counts them; those of a joint talk count once, the contacts each."""
    held = held_minutes = agreed = agreed_minutes = 0
    seen: set[tuple[object, ...]] = set()
    for each in appointments:
        key = (each.start, each.joint or each.id)
        minutes = 0 if key in seen else each.length.counted
        seen.add(key)
        if each.state.is_open:
            agreed, agreed_minutes = agreed + 1, agreed_minutes + minutes
        else:
            held, held_minutes = held + 1, held_minutes + minutes
    return Load(held, held_minutes, agreed, agreed_minutes)


def order_of_waiting(entry: Entry) -> tuple[date, str, int] | None:
    """What sorts those who wait, the longest overdue first; None for whoever needs no talk, or has
    one.
    """
    if not entry.needs_talk:
        return None
    return _asked_by(entry.outcome.deciding), entry.client.name, entry.client.id


def asked_until(waiting: Sequence[Entry], until: date) -> list[Entry]:
    """Those of the sorted who are due up to this day."""
    end = bisect_right(waiting, until, key=_asked_of)
    return list(waiting[:end])


def placing(
    week: Week,
    start: datetime,
    minutes: int,
    *,
    without: Sequence[int] = (),
    due: Obligation | None = None,
    by_letter: bool = False,
) -> Placing:
    """What speaks against a talk at this time. `without` are the ids of the talk that moves.

    `due` is what is asked for its client; `by_letter` whether an invitation would be posted.
    """
    known = week.day(start.date())
    refused = _refused(week, known or DayPlan(start.date()), start, minutes, without)
    if refused:
        return Placing(refused)
    # Of a day beyond these weeks only the client's side is known.
    hints = () if known is None else _hints(week, known, start, minutes)
    return Placing("", (*hints, *_hints_of_client(week, start.date(), due, by_letter)))


def snapped(plan: DayPlan, minute: int, step: int, fine: int | None = None) -> int:
    """The minute of the day on the grid of the block it lies in, else on that of the hour."""
    if fine is not None:
        return round(minute / fine) * fine
    for since, until in block_minutes(plan):
        if since <= minute < until:
            return since + (minute - since) // step * step
    return minute // step * step


def block_minutes(plan: DayPlan) -> Iterator[tuple[int, int]]:
    for block in plan.blocks:
        yield minute_of(block.since), minute_of(block.until)


def minute_of(moment: object) -> int:
    """The minute of the day of a time or moment."""
    hour: int = moment.hour  # type: ignore[attr-defined]
    minute: int = moment.minute  # type: ignore[attr-defined]
    return hour * 60 + minute


def _refused(
    week: Week, plan: DayPlan, start: datetime, minutes: int, without: Sequence[int]
) -> str:
    if plan.day < week.now.date():
        return said("Dieser Tag liegt zurück")
    if plan.is_weekend:
        return said("Am Wochenende finden keine Gespräche statt")
    if plan.holiday:
        return said("Feiertag: {holiday}").format(holiday=plan.holiday)
    end = start + timedelta(minutes=minutes)
    for talk in plan.talks:
        taken = talk.is_open and not set(without) & set(talk.ids)
        if taken and talk.start < end and start < talk.end:
            return said("Schon vergeben von {clock} bis {clock2}").format(
                clock=clock(talk.start), clock2=clock(talk.end)
            )
    return ""


def _hints(week: Week, plan: DayPlan, start: datetime, minutes: int) -> Iterator[str]:
    end = start + timedelta(minutes=minutes)
    if plan.leave is not None:
        away = said("Abwesenheit") if plan.is_absence else said("Schließtag")
        yield away if plan.closed == away else f"{away}: {plan.closed}"
    elif not within_hours(plan, start, end):
        yield said("Außerhalb Ihrer Zeiten")
    if start < week.now:
        yield said("Diese Uhrzeit ist schon vorbei")
    for busy in plan.busy:
        if busy.start < end and start < busy.end:
            yield said("Überschneidet sich mit „{value}“").format(
                value=busy.title or BUSY_TEXTS[busy.state]
            )
            return


def _hints_of_client(
    week: Week, day: date, due: Obligation | None, by_letter: bool
) -> Iterator[str]:
    if due is not None and due.latest is not None and week.now.date() <= due.latest < day:
        yield said("Nach der Frist, die am {day} endet").format(day=short_day(due.latest))
    elif due is not None and due.earliest is not None and day < due.earliest:
        yield said("Vor dem Fenster, das am {day} beginnt").format(day=short_day(due.earliest))
    if by_letter and week.posted is not None and day < week.posted:
        yield said("Für einen Brief zu früh (ab {day}): aushändigen").format(
            day=short_day(week.posted)
        )


def within_hours(plan: DayPlan, start: datetime, end: datetime) -> bool:
    """Whether a talk lies in one block of the day's hours."""
    since, until = minute_of(start), minute_of(start) + (end - start) // timedelta(minutes=1)
    return any(begin <= since and until <= finish for begin, finish in block_minutes(plan))


def _asked_by(found: Obligation) -> date:
    """The day that makes a talk due: the last one, or the next step of a share."""
    days = found.finding.days
    return days.latest or days.target or date.max


def _asked_of(entry: Entry) -> date:
    return _asked_by(entry.outcome.deciding)


def _by_name(booked: Booked) -> tuple[str, int]:
    return booked[1].name, booked[1].id


def days_from(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY
