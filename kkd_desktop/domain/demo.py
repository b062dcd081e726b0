"""What does the desk of a caseworker look like? An invented caseload, the same for the same seed.

The gaps between talks follow the cycles of Mönchengladbach 2012, so that its worklist looks as in
an office: a few days over for some, a handful due this week, most inside their window. Under any
other policy the same contacts tell another story.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random
from typing import TypeVar

from kkd_desktop.domain.appointment import Appointment, AppointmentState, Delivery
from kkd_desktop.domain.client import ADULT_AGE, Address, Client, Deviation, Subject
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, ContactNotes, NoteType
from kkd_desktop.domain.demo_words import (
    DEVIATIONS,
    FIRST_NAMES,
    LAST_NAMES,
    LONG_NAMES,
    NOTES,
    PHONE_REASONS,
    PLACES,
    PURPOSES,
    SHORT_NOTES,
    STREETS,
)
from kkd_desktop.domain.facts import Facts, FactValue, Period, Timeline
from kkd_desktop.domain.hours import WorkingHours
from kkd_desktop.domain.slots import Agenda
from kkd_desktop.domain.spans import Span, Unit, add_months
from kkd_desktop.domain.workdays import DAY, WorkCalendar

T = TypeVar("T")

SEED = 20261120
ROOM = "2.14"
MOST_CLIENTS = 90_000
WORKING_AGE = 15
HISTORY_MONTHS = 24
APPOINTMENTS_BACK = timedelta(weeks=4)
APPOINTMENTS_AHEAD = timedelta(weeks=5)

WEEK_GOAL = 18
TODAY_GOAL = 5
BUSY_DAY = 6
FULL_CASELOAD = 120
"""Clients from which on one caseworker's week is as full as above."""

_PROFILES = {
    "markt": 13,
    "aktivierung": 11,
    "foerder": 25,
    "entwicklung": 17,
    "stabilisierung": 12,
    "unterstuetzung": 6,
    "I": 9,
    "Z": 7,
}
_FORMER_PROFILE = {
    "markt": "aktivierung",
    "aktivierung": "foerder",
    "foerder": "entwicklung",
    "stabilisierung": "foerder",
    "I": "markt",
}
_CYCLES = {
    "markt": Span(6, Unit.WEEKS),
    "aktivierung": Span(6, Unit.WEEKS),
    "foerder": Span(3, Unit.MONTHS),
    "entwicklung": Span(3, Unit.MONTHS),
    "stabilisierung": Span(9, Unit.MONTHS),
    "unterstuetzung": Span(9, Unit.MONTHS),
    "I": Span(12, Unit.MONTHS),
    "Z": Span(12, Unit.MONTHS),
}
_MONTHLY = Span(1, Unit.MONTHS)
_QUARTERLY = Span(3, Unit.MONTHS)
_DAYS_OVER = (1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 9)


class _Role(StrEnum):
    """Why a client stands where they stand on the list."""

    OVERDUE = "overdue"
    NEVER_SEEN = "never_seen"
    NO_PROFILE = "no_profile"
    DEVIATION = "deviation"
    ORDINARY = "ordinary"


_ROLES = {
    _Role.ORDINARY: 868,
    _Role.OVERDUE: 65,
    _Role.DEVIATION: 30,
    _Role.NEVER_SEEN: 20,
    _Role.NO_PROFILE: 17,
}


class _Side(StrEnum):
    """What happens between two counting talks."""

    PHONE = "phone"
    EMAIL = "email"
    MISSED = "missed"
    COUNTER = "counter"
    LETTER = "letter"
    VIDEO = "video"


_SIDES = {
    _Side.PHONE: 36,
    _Side.EMAIL: 20,
    _Side.MISSED: 16,
    _Side.COUNTER: 12,
    _Side.LETTER: 8,
    _Side.VIDEO: 8,
}


@dataclass(frozen=True, slots=True)
class DemoCaseload:
    """Clients, their contacts and appointments, tied together by temporary ids from 1 on."""

    today: date
    hours: WorkingHours
    clients: tuple[Client, ...]
    contacts: tuple[Contact, ...]
    appointments: tuple[Appointment, ...]


@dataclass(slots=True)
class _Case:
    """One client while the caseload is made up. `held` are the days of counting talks, in order."""

    id: int
    role: _Role
    profile: str | None
    young: bool
    managed: bool
    in_measure: bool
    born: date
    registered: date = date.min
    held: list[date] = field(default_factory=list)
    booked: bool = False
    last_name: str = ""
    first_name: str = ""
    bg_number: str = ""
    address: Address = field(default_factory=Address)

    @property
    def cycle(self) -> Span:
        if self.young:
            return _MONTHLY
        if self.managed or self.profile is None:
            return _QUARTERLY
        return _CYCLES[self.profile]


def demo_caseload(
    today: date,
    clients: int = 300,
    seed: int = SEED,
    *,
    calendar: WorkCalendar | None = None,
    hours: WorkingHours | None = None,
) -> DemoCaseload:
    """Make up the caseload of one caseworker as it stands in the course of `today`.

    The calendar defaults to Nordrhein-Westfalen, where the cycles come from.
    """
    if not 0 <= clients <= MOST_CLIENTS:
        raise ValueError(f"clients: {clients}")
    maker = _Maker(today, Random(seed), calendar or WorkCalendar("NW"), hours or WorkingHours())
    return maker.caseload(clients)


class _Maker:
    """Everything comes from one generator of chance in one order: same seed, same caseload."""

    def __init__(
        self, today: date, rng: Random, calendar: WorkCalendar, hours: WorkingHours
    ) -> None:
        self.today = today
        self.rng = rng
        self.calendar = calendar
        self.hours = hours
        self.history_start = add_months(today, -HISTORY_MONTHS)
        self.contacts: list[Contact] = []
        self.appointments: list[Appointment] = []
        self._book = _Book(Agenda(calendar, hours))

    def caseload(self, number: int) -> DemoCaseload:
        cases = self._people(number)
        self._house(cases)
        for case in cases:
            self._live_through(case)
        fullness = min(1.0, number / FULL_CASELOAD)
        self._see_some_today(cases, round(2 * fullness))
        for case in cases:
            self._write_history(case)
        self._book_ahead(cases, fullness)
        clients = tuple(self._client(case) for case in cases)
        return DemoCaseload(
            self.today, self.hours, clients, tuple(self.contacts), tuple(self.appointments)
        )

    # Who they are and where they live

    def _people(self, number: int) -> list[_Case]:
        roles = _deck(self.rng, _ROLES, number)
        profiles = _deck(self.rng, _PROFILES, number)
        young = _deck(self.rng, {True: 15, False: 85}, number)
        managed = _deck(self.rng, {True: 11, False: 89}, number)
        cases = [
            self._person(i + 1, roles[i], profiles[i], young[i], managed[i]) for i in range(number)
        ]
        self._mark_birthdays(cases)
        return cases

    def _person(self, id_: int, role: _Role, profile: str, young: bool, managed: bool) -> _Case:
        # Late, or excepted from being late, is only who falls under the cycles at all.
        in_cycles = role in (_Role.OVERDUE, _Role.DEVIATION)
        unknown = role is _Role.NO_PROFILE or (role is _Role.NEVER_SEEN and self.rng.random() < 0.5)
        young = young and not in_cycles
        age = self.rng.randint(17 * 365, 24 * 365) if young else self.rng.randint(9500, 23000)
        return _Case(
            id_,
            role,
            profile=None if unknown else profile,
            young=young,
            managed=managed and not in_cycles and not young,
            in_measure=role is _Role.ORDINARY and self.rng.random() < 0.06,
            born=self.today - timedelta(days=age),
        )

    def _mark_birthdays(self, cases: Sequence[_Case]) -> None:
        """Two born on 29 February, and three who leave U25 within weeks."""
        young = [case for case in cases if case.young]
        grown = [case for case in cases if not case.young]
        if len(young) < 4 or not grown:
            return
        self.rng.choice(grown).born = date(_leap_year(self.today.year - 34), 2, 29)
        by_leap_day, *turning = self.rng.sample(young, 4)
        by_leap_day.born = date(_leap_year(self.today.year - 18), 2, 29)
        for case, ahead in zip(turning, (5, 19, 47), strict=True):
            case.born = add_months(self.today + ahead * DAY, -12 * ADULT_AGE)

    def _house(self, cases: Sequence[_Case]) -> None:
        """Give names and homes; a third live with others of their Bedarfsgemeinschaft."""
        waiting, number = list(cases), 0
        self.rng.shuffle(waiting)
        while waiting:
            size = self.rng.choices((1, 2, 3), (70, 22, 8))[0]
            home, waiting = waiting[:size], waiting[size:]
            number += 1
            family = self.rng.choice(LAST_NAMES)
            postcode, city = self.rng.choice(PLACES)
            street = f"{self.rng.choice(STREETS)} {self.rng.randint(1, 98)}"
            for case in home:
                alike = self.rng.random() < 0.85
                case.last_name = family if alike else self.rng.choice(LAST_NAMES)
                case.first_name = self.rng.choice(FIRST_NAMES)
                case.bg_number = f"99999//{number:07d}"
                case.address = Address(street, postcode, city)
        if len(cases) > len(LONG_NAMES):
            for case, name in zip(
                self.rng.sample(list(cases), len(LONG_NAMES)), LONG_NAMES, strict=True
            ):
                case.last_name, case.first_name = name

    # When they were registered and seen

    def _live_through(self, case: _Case) -> None:
        if case.role is _Role.NEVER_SEEN:
            case.registered = self._workdays_back(self.today, self.rng.randint(1, 8))
            return
        if case.role is _Role.NO_PROFILE:
            last = self._workdays_back(self.today, self.rng.randint(1, 20))
            case.registered = self._workdays_back(last, self.rng.randint(4, 9))
            case.held = [last]
            return
        last = self._last_talk(case)
        newcomer = self.rng.random() < 0.15
        days = self.rng.randint(30, 330) if newcomer else self.rng.randint(750, 2900)
        of_age = add_months(case.born, 12 * WORKING_AGE)
        case.registered = self.calendar.on_or_before(max(last - days * DAY, of_age + DAY * 7))
        case.held = sorted({*self._talks_before(case, last), last})

    def _last_talk(self, case: _Case) -> date:
        """The day of the last counting talk, from how many days are left of the cycle."""
        whole = (case.cycle.after(self.today, self.calendar) - self.today).days
        if case.role is _Role.OVERDUE:
            due = self.today - self.rng.choice(_DAYS_OVER) * DAY
            return self.calendar.on_or_before(_before(case.cycle, due))
        left = (
            self.rng.randint(-14, 10)
            if case.role is _Role.DEVIATION
            else self.rng.randint(0, whole)
        )
        last = self.calendar.on_or_after(_before(case.cycle, self.today + left * DAY))
        while left >= 0 and case.cycle.after(last, self.calendar) < self.today:
            last = self.calendar.on_or_after(last + DAY)
        return min(last, self._workdays_back(self.today, 1))

    def _talks_before(self, case: _Case, last: date) -> Iterator[date]:
        begin = self.history_start
        if case.registered >= begin:
            begin = self.calendar.nth_workday_after(case.registered, self.rng.randint(4, 9))
            yield begin
        day = last
        while True:
            whole = (day - _before(case.cycle, day)).days
            gap = max(5, round(whole * self.rng.uniform(0.7, 1.0)))
            day = self.calendar.on_or_before(day - gap * DAY)
            if day <= begin:
                return
            yield day

    def _see_some_today(self, cases: Sequence[_Case], number: int) -> None:
        """A few talks of today are over already, so that the day can be looked at half way."""
        if not self._book.is_open(self.today):
            return
        due = [case for case in cases if case.role is _Role.ORDINARY and not case.in_measure]
        due.sort(key=lambda case: (case.cycle.after(case.held[-1], self.calendar), case.id))
        for case in due[:number]:
            case.held.append(self.today)

    def _workdays_back(self, day: date, number: int) -> date:
        for _ in range(number):
            day = self.calendar.on_or_before(day - DAY)
        return day

    # What was said

    def _write_history(self, case: _Case) -> None:
        events: list[tuple[date, _Side | None]] = [(day, None) for day in case.held]
        # Nothing is invented after a talk of today: the day is not over.
        ends = [*case.held[1:], self.today] if case.held else []
        for talk, following in zip(case.held, ends, strict=True):
            events.extend(self._sides(talk, following))
        first = case.held[0] if case.held and case.registered >= self.history_start else None
        for day, side in sorted(events, key=lambda event: event[0]):
            if side is None:
                self._add_talk(case, day, first=day == first)
            else:
                self._add_side(case, day, side)

    def _sides(self, since: date, until: date) -> Iterator[tuple[date, _Side]]:
        days = (until - since).days
        for chance in (0.5, 0.35 if days > 60 else 0.0, 0.3 if days > 150 else 0.0):
            if days < 4 or self.rng.random() >= chance:
                continue
            day = self.calendar.on_or_before(since + self.rng.randint(2, days - 1) * DAY)
            if since < day:
                yield day, self.rng.choices(tuple(_SIDES), tuple(_SIDES.values()))[0]

    def _add_talk(self, case: _Case, day: date, *, first: bool) -> None:
        note = NoteType.BERATUNGSVERMERK
        if case.managed:
            note = NoteType.FALLMANAGEMENTVERMERK
        elif first or self.rng.random() < 0.3:
            note = NoteType.STANDORTBESTIMMUNG
        content, goal, means = self.rng.choice(NOTES)
        if self.rng.random() < 0.06:
            goal = ""
        self._add_held(
            case,
            day,
            ContactKind(note_type=note, first=first),
            ContactNotes(content, goal or None, means),
        )

    def _add_side(self, case: _Case, day: date, side: _Side) -> None:
        content, goal, means = self.rng.choice(NOTES)
        full, short = ContactNotes(content, goal, means), ContactNotes(self.rng.choice(SHORT_NOTES))
        general = NoteType.ALLGEMEINER_VERMERK
        if side is _Side.MISSED:
            kind = ContactKind(note_type=NoteType.KEIN, attended=False, qualified=False)
            self._add_held(case, day, kind, ContactNotes())
        elif side is _Side.COUNTER:
            self._add(case, day, ContactKind(note_type=general, qualified=False), short)
        elif side is _Side.VIDEO:
            self._add(case, day, ContactKind(ContactForm.VIDEO), full)
        elif side is _Side.PHONE and self.rng.random() < 0.6:
            reason = self.rng.choice(PHONE_REASONS) if self.rng.random() < 0.4 else ""
            kind = ContactKind(ContactForm.TELEFONISCH, phone_reason=bool(reason))
            self._add(case, day, kind, full, phone_reason=reason)
        else:
            form = {
                _Side.PHONE: ContactForm.TELEFONISCH,
                _Side.EMAIL: ContactForm.EMAIL,
                _Side.LETTER: ContactForm.SCHRIFTLICH,
            }[side]
            self._add(case, day, ContactKind(form, general, qualified=False), short)

    def _add_held(self, case: _Case, day: date, kind: ContactKind, notes: ContactNotes) -> None:
        """A contact that had an appointment, kept with it while it is recent."""
        start = None
        if day >= self.today - APPOINTMENTS_BACK:
            start = self._book.take(day, self._cap(day), None if day == self.today else self.rng)
        if start is None:
            self._add(case, day, kind, notes)
            return
        state = AppointmentState.ATTENDED if kind.attended else AppointmentState.MISSED
        appointment = self._appoint(case, start, state, first=kind.first)
        self._add(case, day, kind, notes, appointment=appointment)

    def _add(
        self,
        case: _Case,
        day: date,
        kind: ContactKind,
        notes: ContactNotes,
        *,
        phone_reason: str = "",
        appointment: Appointment | None = None,
    ) -> None:
        at: time | None = None
        if appointment is not None:
            at = appointment.start.time()
        elif kind.form not in (ContactForm.EMAIL, ContactForm.SCHRIFTLICH):
            at = self.rng.choice(self._book.starts(day)).time() if self._book.starts(day) else None
        self.contacts.append(
            Contact(
                day,
                kind,
                at,
                notes,
                phone_reason=phone_reason,
                id=len(self.contacts) + 1,
                client_id=case.id,
                appointment_id=None if appointment is None else appointment.id,
            )
        )

    # What is agreed

    def _cap(self, day: date) -> int:
        if day == self.today:
            return TODAY_GOAL
        if _monday(day) == _monday(self.today):
            return 2 if day.weekday() == 4 else 4
        return BUSY_DAY

    def _book_ahead(self, cases: Sequence[_Case], fullness: float) -> None:
        queue = self._waiting(cases)
        for day, goal in self._goals(fullness):
            while self._book.count(day) < goal:
                case = next((c for c in queue if self._latest(c) >= day), None) or next(
                    iter(queue), None
                )
                start = None if case is None else self._book.take(day, goal)
                if case is None or start is None:
                    break
                queue.remove(case)
                invited = day <= self.today + 10 * DAY or self.rng.random() < 0.5
                state = AppointmentState.INVITED if invited else AppointmentState.BOOKED
                self._appoint(case, start, state, first=case.role is _Role.NEVER_SEEN)

    def _waiting(self, cases: Sequence[_Case]) -> list[_Case]:
        """Who has an appointment ahead, the most urgent first; the rest is still to be planned."""
        chances = {_Role.ORDINARY: 0.6, _Role.OVERDUE: 0.3, _Role.NEVER_SEEN: 0.6}
        soon = self.today + APPOINTMENTS_AHEAD + timedelta(weeks=2)
        chosen = [
            case
            for case in cases
            if self.rng.random() < chances.get(case.role, 0.0)
            and self._latest(case) <= soon
            and (not case.held or case.held[-1] < self.today)
        ]
        return sorted(chosen, key=lambda case: (self._latest(case), case.id))

    def _latest(self, case: _Case) -> date:
        if not case.held:
            return self.calendar.nth_workday_after(case.registered, 10)
        return case.cycle.after(case.held[-1], self.calendar)

    def _goals(self, fullness: float) -> Iterator[tuple[date, int]]:
        """How many talks each day ahead should hold: today, the rest of this week, then fewer."""
        days = [
            day
            for offset in range(APPOINTMENTS_AHEAD.days)
            if self._book.is_open(day := self.today + offset * DAY)
        ]
        this_week = [day for day in days if _monday(day) == _monday(self.today)]
        if days[:1] == [self.today]:
            yield self.today, round(TODAY_GOAL * fullness)
            this_week.remove(self.today)
        while this_week:
            done = sum(self._book.count(_monday(self.today) + offset * DAY) for offset in range(5))
            missing = max(0, round(WEEK_GOAL * fullness) - done)
            yield this_week[0], -(-missing // len(this_week))
            del this_week[0]
        for day in days:
            weeks = (_monday(day) - _monday(self.today)).days // 7
            if weeks:
                yield day, round(self.rng.choice((1, 2, 3)) * fullness / weeks)

    def _appoint(
        self, case: _Case, start: datetime, state: AppointmentState, *, first: bool
    ) -> Appointment:
        form = ContactForm.PERSOENLICH
        if state.is_open and not first and self.rng.random() < 0.12:
            form = ContactForm.TELEFONISCH
        delivery = Delivery.NONE
        if state is not AppointmentState.BOOKED:
            delivery = self.rng.choice((Delivery.HANDED_OVER, Delivery.POST))
        agreed = self._workdays_back(min(self.today, start.date()), self.rng.randint(1, 12))
        minutes = self.hours.lengths.of(form, first=first).total
        appointment = Appointment(
            client_id=case.id,
            start=start,
            minutes=minutes,
            uid=f"{self.rng.getrandbits(128):032x}",
            changed_at=(
                datetime.combine(agreed, time(self.rng.randint(7, 14), self.rng.randint(0, 59)))
                if state.is_open
                else start + timedelta(minutes=minutes)
            ),
            form=form,
            purpose=self.rng.choice(PURPOSES),
            room=ROOM if form is ContactForm.PERSOENLICH else "",
            state=state,
            delivery=delivery,
            id=len(self.appointments) + 1,
        )
        self.appointments.append(appointment)
        return appointment

    # What is on file

    def _client(self, case: _Case) -> Client:
        number = 17 + case.id * 37 % 99_991
        return Client(
            id=case.id,
            number=f"123A4{number:05d}",
            last_name=case.last_name,
            first_name=case.first_name,
            code=f"K{case.id:03d}",
            bg_number=case.bg_number,
            address=case.address,
            phone=f"00099 {self.rng.randint(10_000, 99_999)}" if self.rng.random() < 0.8 else "",
            subject=self._subject(case),
        )

    def _subject(self, case: _Case) -> Subject:
        plan_start, plan_end = self._plan(case)
        planned = None
        if case.role is _Role.ORDINARY and self.rng.random() < 0.04:
            planned = self.calendar.on_or_after(self.today + self.rng.randint(20, 90) * DAY)
        return Subject(
            birth_date=case.born,
            registered=case.registered,
            einv_start=plan_start,
            einv_end=plan_end,
            facts=Facts(self._timelines(case)),
            deviation=self._deviation(case),
            planned_next=planned,
        )

    def _plan(self, case: _Case) -> tuple[date | None, date | None]:
        """The Kooperationsplan: made in a talk, for six months; some are older than that."""
        if not case.held or self.rng.random() < 0.12:
            return None, None
        recent = [day for day in case.held if day > add_months(self.today, -6)]
        start = recent[0] if recent else case.held[-1]
        return start, add_months(start, 6) - DAY

    def _deviation(self, case: _Case) -> Deviation | None:
        if case.role is not _Role.DEVIATION:
            return None
        until = self.calendar.on_or_after(self.today + self.rng.randint(3, 45) * DAY)
        return Deviation(self.rng.choice(DEVIATIONS), until, since=case.held[-1])

    def _timelines(self, case: _Case) -> dict[str, Timeline]:
        org = "fallmanagement" if case.managed else "vermittlung"
        timelines = {
            "org": self._since(case.registered, org),
            "status": self._status(case),
            **self._flags(case),
        }
        if case.profile is not None:
            timelines["profile"] = self._profile(case, case.profile)
        if self.rng.random() < 0.1:
            wish = self.rng.choice(("vormittags", "nachmittags"))
            timelines["wunsch"] = self._since(case.registered, wish)
        return timelines

    def _profile(self, case: _Case, profile: str) -> Timeline:
        former = _FORMER_PROFILE.get(profile)
        # A change in the last cycle would move the due date, and only the given share may be late.
        if former is None or len(case.held) < 3 or self.rng.random() < 0.7:
            return self._since(case.registered, profile)
        change = self.rng.choice(case.held[1:-1])
        return Timeline(
            (Period(former, case.registered, change - DAY), Period(profile, since=change))
        )

    def _status(self, case: _Case) -> Timeline:
        chances = {"arbeitslos": 88, "arbeitsuchend": 10, "nicht_gesetzt": 2}
        if case.profile == "I":
            chances = {"integriert": 60, "arbeitsuchend": 40}
        elif case.profile == "Z":
            chances = {"nicht_gesetzt": 45, "arbeitsuchend": 30, "arbeitslos": 25}
        status = self.rng.choices(tuple(chances), tuple(chances.values()))[0]
        if not case.in_measure:
            return self._since(case.registered, status)
        # § 16 II SGB III: who takes part in a measure does not count as arbeitslos.
        return Timeline(
            (
                Period(status, case.registered, case.held[-1] - DAY),
                Period("arbeitsuchend", since=case.held[-1]),
            )
        )

    def _flags(self, case: _Case) -> dict[str, Timeline]:
        flags: dict[str, Timeline] = {}
        if case.profile == "I" or self.rng.random() < 0.07:
            flags["sv_beschaeftigt"] = self._since(case.registered, True)
        if self.rng.random() < 0.06:
            flags["schwer_gesundheitlich"] = self._since(case.registered, True)
        if case.in_measure:
            end = self.today + self.rng.randint(10, 120) * DAY
            flags["massnahme"] = Timeline((Period(True, case.held[-1], end),))
        elif len(case.held) > 4 and self.rng.random() < 0.15:
            flags["massnahme"] = Timeline((Period(True, case.held[1], case.held[2] - DAY),))
        if not case.young and self.rng.random() < (0.5 if case.profile == "Z" else 0.03):
            third_birthday = self.today + self.rng.randint(20, 900) * DAY
            flags["alleinerziehend_u3"] = Timeline(
                (Period(True, case.registered, third_birthday - DAY),)
            )
        return flags

    def _since(self, day: date, value: FactValue) -> Timeline:
        return Timeline((Period(value, since=day),))


class _Book:
    """The slots of each day that are given away already, so that no two talks overlap."""

    def __init__(self, agenda: Agenda) -> None:
        self._agenda = agenda
        lengths = agenda.hours.lengths
        self._minutes = max(
            x.total for x in (lengths.first, lengths.persoenlich, lengths.telefonisch)
        )
        self._starts: dict[date, list[datetime]] = {}
        self._taken: dict[date, set[datetime]] = {}

    def is_open(self, day: date) -> bool:
        return self._agenda.is_open(day)

    def count(self, day: date) -> int:
        return len(self._taken.get(day, ()))

    def starts(self, day: date) -> list[datetime]:
        """Starts of that day that leave each other room."""
        if day not in self._starts:
            chosen: list[datetime] = []
            for start in self._agenda.free_slots(day, self._minutes):
                if not chosen or start >= chosen[-1] + timedelta(minutes=self._minutes):
                    chosen.append(start)
            self._starts[day] = chosen
        return self._starts[day]

    def take(self, day: date, cap: int, rng: Random | None = None) -> datetime | None:
        """Give away a slot, by chance or the first; None when the day holds `cap` talks."""
        taken = self._taken.setdefault(day, set())
        free = [start for start in self.starts(day) if start not in taken]
        if not free or len(taken) >= cap:
            return None
        start = free[0] if rng is None else rng.choice(free)
        taken.add(start)
        return start


def _deck(rng: Random, shares: Mapping[T, int], number: int) -> list[T]:
    """`number` cards in these shares as exactly as whole numbers allow, shuffled."""
    total = sum(shares.values())
    cards = [card for card, share in shares.items() for _ in range(number * share // total)]
    rest = sorted(shares, key=lambda card: -(number * shares[card] % total))
    cards.extend(rest[: number - len(cards)])
    rng.shuffle(cards)
    return cards


def _before(span: Span, day: date) -> date:
    """The anchor from which the span reaches that day, or one just before it at a month's end."""
    if span.unit is Unit.MONTHS:
        return add_months(day, -span.number)
    return day - span.number * (7 if span.unit is Unit.WEEKS else 1) * DAY


def _leap_year(year: int) -> int:
    """The last leap year up to that one, within the years people of working age are born in."""
    return year - year % 4


def _monday(day: date) -> date:
    return day - day.weekday() * DAY
