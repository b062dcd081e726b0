"""When was a client of the invented caseload registered and seen, and what was said?"""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from random import Random

from kkd_desktop.domain.contact import ContactForm, ContactKind, ContactNotes, NoteType
from kkd_desktop.domain.demo.cases import Case, Role
from kkd_desktop.domain.demo.words import NOTES, PHONE_REASONS, SHORT_NOTES
from kkd_desktop.domain.spans import Span, Unit, add_months
from kkd_desktop.domain.values import Value, field
from kkd_desktop.domain.workdays import DAY, WorkCalendar

WORKING_AGE = 15
HISTORY_MONTHS = 24

_DAYS_OVER = (1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 9)


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

_FORMS = {
    _Side.PHONE: ContactForm.TELEFONISCH,
    _Side.EMAIL: ContactForm.EMAIL,
    _Side.COUNTER: ContactForm.PERSOENLICH,
    _Side.LETTER: ContactForm.SCHRIFTLICH,
}
"""Short business of each kind, which an Allgemeiner Vermerk is enough for."""


class Event(Value, frozen=True):
    """One entry of the Kundenhistorie; `invited` tells that an appointment went before it."""

    day: date
    kind: ContactKind
    notes: ContactNotes = field(default_factory=ContactNotes)
    phone_reason: str = ""
    invited: bool = False


class Past:
    """Makes up the past of each client, backwards from how many days of the cycle are left."""

    def __init__(self, today: date, rng: Random, calendar: WorkCalendar) -> None:
        self.today = today
        self.rng = rng
        self.calendar = calendar
        self.history_start = add_months(today, -HISTORY_MONTHS)

    def live_through(self, case: Case) -> None:
        """Set the day of registration and the days of counting talks."""
        if case.role is Role.NEVER_SEEN:
            case.registered = workdays_back(self.calendar, self.today, self.rng.randint(1, 8))
            return
        if case.role is Role.NO_PROFILE:
            last = workdays_back(self.calendar, self.today, self.rng.randint(1, 20))
            case.registered = workdays_back(self.calendar, last, self.rng.randint(4, 9))
            case.held = [last]
            return
        last = self._last_talk(case)
        newcomer = self.rng.random() < 0.15
        days = self.rng.randint(30, 330) if newcomer else self.rng.randint(750, 2900)
        of_age = add_months(case.born, 12 * WORKING_AGE)
        case.registered = self.calendar.on_or_before(max(last - days * DAY, of_age + DAY * 7))
        case.held = sorted({*self._talks_before(case, last), last})

    def _last_talk(self, case: Case) -> date:
        """The day of the last counting talk, from how many days are left of the cycle."""
        whole = (case.cycle.after(self.today, self.calendar) - self.today).days
        if case.role is Role.OVERDUE:
            due = self.today - self.rng.choice(_DAYS_OVER) * DAY
            return self.calendar.on_or_before(_before(case.cycle, due))
        bounds = (-14, 10) if case.role is Role.DEVIATION else (0, whole)
        left = self.rng.randint(*bounds)
        last = self.calendar.on_or_after(_before(case.cycle, self.today + left * DAY))
        while left >= 0 and case.cycle.after(last, self.calendar) < self.today:
            last = self.calendar.on_or_after(last + DAY)
        return min(last, workdays_back(self.calendar, self.today, 1))

    def _talks_before(self, case: Case, last: date) -> Iterator[date]:
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

    def see_today(self, cases: Sequence[Case], number: int) -> None:
        """A few talks of today are over already, so that the day can be looked at half way."""
        due = [case for case in cases if case.role is Role.ORDINARY and not case.in_measure]
        due.sort(key=lambda case: (case.cycle.after(case.held[-1], self.calendar), case.id))
        for case in due[:number]:
            case.held.append(self.today)

    def events(self, case: Case) -> list[Event]:
        """All entries of a client in the order of their days, counting talks and the rest."""
        first = case.held[0] if case.held and case.registered >= self.history_start else None
        events = [self._talk(case, day, first=day == first) for day in case.held]
        # Nothing is invented after a talk of today: the day is not over.
        ends = [*case.held[1:], self.today] if case.held else []
        for talk, following in zip(case.held, ends, strict=True):
            events.extend(self._between(talk, following))
        return sorted(events, key=lambda event: event.day)

    def _between(self, since: date, until: date) -> Iterator[Event]:
        days = (until - since).days
        for chance in (0.5, 0.35 if days > 60 else 0.0, 0.3 if days > 150 else 0.0):
            if days < 4 or self.rng.random() >= chance:
                continue
            day = self.calendar.on_or_before(since + self.rng.randint(2, days - 1) * DAY)
            if since < day:
                yield self._side(day)

    def _talk(self, case: Case, day: date, *, first: bool) -> Event:
        note = NoteType.BERATUNGSVERMERK
        if case.managed:
            note = NoteType.FALLMANAGEMENTVERMERK
        elif first or self.rng.random() < 0.3:
            note = NoteType.STANDORTBESTIMMUNG
        content, goal, means = self.rng.choice(NOTES)
        # Some documentation has gaps: a warning, which never un-counts a talk.
        notes = ContactNotes(content, goal if self.rng.random() < 0.94 else None, means)
        return Event(day, ContactKind(note_type=note, first=first), notes, invited=True)

    def _side(self, day: date) -> Event:
        side = self.rng.choices(tuple(_SIDES), tuple(_SIDES.values()))[0]
        if side is _Side.MISSED:
            kind = ContactKind(note_type=NoteType.KEIN, attended=False, qualified=False)
            return Event(day, kind, invited=True)
        full = ContactNotes(*self.rng.choice(NOTES))
        if side is _Side.VIDEO:
            return Event(day, ContactKind(ContactForm.VIDEO), full)
        if side is _Side.PHONE and self.rng.random() < 0.6:
            reason = self.rng.choice(PHONE_REASONS) if self.rng.random() < 0.4 else ""
            kind = ContactKind(ContactForm.TELEFONISCH, phone_reason=bool(reason))
            return Event(day, kind, full, phone_reason=reason)
        kind = ContactKind(_FORMS[side], NoteType.ALLGEMEINER_VERMERK, qualified=False)
        return Event(day, kind, ContactNotes(self.rng.choice(SHORT_NOTES)))


def _before(span: Span, day: date) -> date:
    """The anchor from which the span reaches that day, or one just before it at a month's end."""
    if span.unit is Unit.MONTHS:
        return add_months(day, -span.number)
    return day - span.number * (7 if span.unit is Unit.WEEKS else 1) * DAY


def workdays_back(calendar: WorkCalendar, day: date, number: int) -> date:
    """The `number`-th working day before a day."""
    for _ in range(number):
        day = calendar.on_or_before(day - DAY)
    return day
