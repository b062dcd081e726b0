"""When is the caseworker free for a talk?"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction

from kkd_desktop.domain.hours import WorkingHours
from kkd_desktop.domain.language import Sayings
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.workdays import DAY, WorkCalendar

MINUTES_OF_DAY = 24 * 60


class Half(StrEnum):
    VORMITTAG = "vormittags"
    NACHMITTAG = "nachmittags"

    @classmethod
    def of(cls, moment: datetime) -> "Half":
        return cls.VORMITTAG if moment.hour < 12 else cls.NACHMITTAG


HALF_TEXTS = Sayings({Half.VORMITTAG: "vormittags", Half.NACHMITTAG: "nachmittags"})


class Busy(Value, frozen=True, order=True):
    """A stretch of time that is taken, `end` excluded; `talk` tells a booked talk from the rest.

    Only talks make a day full in the sense of spreading the work; a team meeting does not.
    """

    start: datetime
    end: datetime
    talk: bool = True


class Agenda:
    """Working days, hours and what is taken already: one caseworker's time, asked day by day."""

    __slots__ = ("_taken", "_talks", "calendar", "hours")

    def __init__(
        self, calendar: WorkCalendar, hours: WorkingHours, busy: Iterable[Busy] = ()
    ) -> None:
        self.calendar = calendar
        self.hours = hours
        self._taken: dict[date, list[tuple[int, int]]] = {}
        self._talks: dict[date, int] = {}
        for stretch in busy:
            for day, since, until in _minutes_by_day(stretch):
                self._taken.setdefault(day, []).append((since, until))
            if stretch.talk:
                day = stretch.start.date()
                self._talks[day] = self._talks.get(day, 0) + 1

    def is_open(self, day: date) -> bool:
        """Whether anyone is met on that day at all. Never at weekends and on holidays (R3)."""
        return (
            bool(self.hours.blocks_on(day))
            and self.calendar.is_workday(day)
            and self.hours.leave_on(day) is None
        )

    def weeks_between(self, first: date, last: date) -> Fraction:
        """The hours there are from `first` to `last`, both included, in usual weeks of hours."""
        days = (first + offset * DAY for offset in range((last - first).days + 1))
        there = sum(self.hours.minutes_on(day) for day in days if self.is_open(day))
        return there / self.hours.usual_minutes if there else Fraction(0)

    def talks_on(self, day: date) -> int:
        return self._talks.get(day, 0)

    def free_slots(
        self,
        day: date,
        minutes: int,
        *,
        not_before: datetime | None = None,
        also: Iterable[datetime] = (),
    ) -> list[datetime]:
        """The starts of free talks on the grid, in order.

        `also` names starts beside the grid that are welcome where they are free, such as the end
        of a talk that another one should follow at once.
        """
        if not self.is_open(day):
            return []
        starts = {_minute(moment) for moment in also if moment.date() == day}
        blocks, taken = self._blocks(day), self._taken.get(day, ())
        for since, until in blocks:
            starts.update(range(since, until - minutes + 1, self.hours.step))
        midnight = datetime.combine(day, time.min)
        free = (
            midnight + timedelta(minutes=start)
            for start in sorted(starts)
            if _fits(start, start + minutes, blocks, taken)
        )
        return [moment for moment in free if not_before is None or moment >= not_before]

    def _blocks(self, day: date) -> list[tuple[int, int]]:
        return [
            (
                block.since.hour * 60 + block.since.minute,
                block.until.hour * 60 + block.until.minute,
            )
            for block in self.hours.blocks_on(day)
        ]


_Stretches = Sequence[tuple[int, int]]
"""Minutes of a day, ends excluded."""


def _fits(since: int, until: int, blocks: _Stretches, taken: _Stretches) -> bool:
    """Whether it lies inside one block and meets nothing that is taken."""
    for begin, end in taken:
        # Spelled out: a search asks this for thousands of slots.
        if begin < until and since < end:
            return False
    return any(begin <= since and until <= end for begin, end in blocks)


def _minute(moment: datetime) -> int:
    """The minute of the day, rounded up: a talk begins on a full minute."""
    minute = moment.hour * 60 + moment.minute
    return minute + 1 if moment.second or moment.microsecond else minute


def _minutes_by_day(stretch: Busy) -> Iterator[tuple[date, int, int]]:
    """Cut a stretch at midnight: a fair or a training may last for days."""
    day, last = stretch.start.date(), stretch.end.date()
    since = stretch.start.hour * 60 + stretch.start.minute
    while day < last:
        yield day, since, MINUTES_OF_DAY
        day, since = day + DAY, 0
    until = _minute(stretch.end)
    if since < until:
        yield day, since, until
