"""What stands in the calendar of the invented caseworker, and which contacts came of it?"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from kkd_desktop.domain.appointment import Appointment, AppointmentState, Delivery
from kkd_desktop.domain.contact import Contact, ContactForm
from kkd_desktop.domain.demo.cases import Case, Role
from kkd_desktop.domain.demo.history import Event, workdays_back
from kkd_desktop.domain.demo.words import PURPOSES
from kkd_desktop.domain.slots import Agenda
from kkd_desktop.domain.workdays import DAY

ROOM = "2.14"
APPOINTMENTS_BACK = timedelta(weeks=4)
APPOINTMENTS_AHEAD = timedelta(weeks=5)

WEEK_GOAL = 18
TODAY_GOAL = 5
BUSY_DAY = 6


class Desk:
    """Contacts and appointments as they pile up; no two appointments overlap."""

    def __init__(self, today: date, rng: Random, agenda: Agenda) -> None:
        self.today = today
        self.rng = rng
        self.calendar = agenda.calendar
        self.lengths = agenda.hours.lengths
        self.contacts: list[Contact] = []
        self.appointments: list[Appointment] = []
        self._book = _Book(agenda)

    def file(self, case: Case, events: Iterable[Event]) -> None:
        """Put down what happened, with its appointment as long as that is recent."""
        for event in events:
            appointment = self._kept(case, event) if event.invited else None
            self.contacts.append(
                Contact(
                    event.day,
                    event.kind,
                    self._time(event) if appointment is None else appointment.start.time(),
                    event.notes,
                    phone_reason=event.phone_reason,
                    id=len(self.contacts) + 1,
                    client_id=case.id,
                    appointment_id=None if appointment is None else appointment.id,
                )
            )

    def _kept(self, case: Case, event: Event) -> Appointment | None:
        if event.day < self.today - APPOINTMENTS_BACK:
            return None
        by_chance = None if event.day == self.today else self.rng
        start = self._book.take(event.day, self._cap(event.day), by_chance)
        if start is None:
            return None
        attended = event.kind.attended
        state = AppointmentState.ATTENDED if attended else AppointmentState.MISSED
        return self._appoint(case, start, state, first=event.kind.first)

    def _time(self, event: Event) -> time | None:
        starts = self._book.starts(event.day)
        if not starts or event.kind.form in (ContactForm.EMAIL, ContactForm.SCHRIFTLICH):
            return None
        return self.rng.choice(starts).time()

    def _cap(self, day: date) -> int:
        if day == self.today:
            return TODAY_GOAL
        if _monday(day) == _monday(self.today):
            return 2 if day.weekday() == 4 else 4
        return BUSY_DAY

    def book_ahead(self, cases: Sequence[Case], fullness: float) -> None:
        """Invite for today, fill up this week, and have a few talks in the weeks after."""
        queue = self._waiting(cases)
        for day, goal in self._goals(fullness):
            while self._book.count(day) < goal:
                in_time = (case for case in queue if self._latest(case) >= day)
                case = next(in_time, queue[0] if queue else None)
                start = None if case is None else self._book.take(day, goal)
                if case is None or start is None:
                    break
                queue.remove(case)
                invited = day <= self.today + 10 * DAY or self.rng.random() < 0.5
                state = AppointmentState.INVITED if invited else AppointmentState.BOOKED
                self._appoint(case, start, state, first=case.role is Role.NEVER_SEEN)

    def _waiting(self, cases: Sequence[Case]) -> list[Case]:
        """Who has an appointment ahead, the most urgent first; the rest is still to be planned."""
        chances = {Role.ORDINARY: 0.6, Role.OVERDUE: 0.3, Role.NEVER_SEEN: 0.6}
        soon = self.today + APPOINTMENTS_AHEAD + timedelta(weeks=2)
        chosen = [
            case
            for case in cases
            if self.rng.random() < chances.get(case.role, 0.0)
            and self._latest(case) <= soon
            and (not case.held or case.held[-1] < self.today)
        ]
        return sorted(chosen, key=lambda case: (self._latest(case), case.id))

    def _latest(self, case: Case) -> date:
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
        self, case: Case, start: datetime, state: AppointmentState, *, first: bool
    ) -> Appointment:
        from uuid import UUID

        form = ContactForm.PERSOENLICH
        if state.is_open and not first and self.rng.random() < 0.12:
            form = ContactForm.TELEFONISCH
        delivery = Delivery.NONE
        if state is not AppointmentState.BOOKED:
            delivery = self.rng.choice((Delivery.HANDED_OVER, Delivery.POST))
            if delivery is Delivery.POST and case.id % 5 == 0:
                delivery = Delivery.PORTAL
        agreed = workdays_back(
            self.calendar, min(self.today, start.date()), self.rng.randint(1, 12)
        )
        length = self.lengths.of(form, first=first)
        appointment = Appointment(
            client_id=case.id,
            start=start,
            minutes=length.total,
            preparation=length.preparation,
            uid=str(UUID(int=self.rng.getrandbits(128), version=4)),
            changed_at=(
                datetime.combine(agreed, time(self.rng.randint(7, 14), self.rng.randint(0, 59)))
                if state.is_open
                else start + timedelta(minutes=length.total)
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


def _monday(day: date) -> date:
    return day - day.weekday() * DAY
