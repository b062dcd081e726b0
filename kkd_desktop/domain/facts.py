"""What was true of a client on a given day?

Facts change, and a rule looks at the day it needs (R18).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from kkd_desktop.domain.values import Value

DAY = timedelta(days=1)

FactValue = str | int | float | bool | date | None


class Period(Value, frozen=True, gc=False):
    """A value and the days it holds, both included; an open end is None."""

    value: FactValue
    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


class Timeline:
    """The history of one fact. Where periods overlap, the one that began last holds."""

    __slots__ = ("periods",)

    def __init__(self, periods: Iterable[Period]) -> None:
        found = tuple(periods)
        if len(found) > 1:
            # Stable, so that of two periods with the same begin the later entry wins.
            found = tuple(sorted(found, key=lambda period: period.since or date.min))
        self.periods = found

    @classmethod
    def always(cls, value: FactValue) -> "Timeline":
        return cls((Period(value),))

    def at(self, day: date) -> FactValue:
        found = self.period_at(day)
        return None if found is None else found.value

    def period_at(self, day: date) -> Period | None:
        for period in reversed(self.periods):
            if period.covers(day):
                return period
        return None

    def left(self, value: FactValue, by: date) -> date | None:
        """The last day up to `by` on which the fact began to be something other than `value`.

        None where the fact never was `value` before. A stretch of days without any entry is no
        other value yet: the day that counts is the one on which the next value is set.
        """
        found, before = None, None
        for day in self._changes(by):
            now = self.at(day)
            if now is None:
                continue
            if before == value != now:
                found = day
            before = now
        return found

    def _changes(self, by: date) -> list[date]:
        """The days up to `by` on which the value may be another than the day before."""
        begun = {p.since or date.min for p in self.periods if p.since is None or p.since <= by}
        ended = {p.until + DAY for p in self.periods if p.until is not None and p.until < by}
        return sorted(begun | ended)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Timeline) and self.periods == other.periods

    def __hash__(self) -> int:
        return hash(self.periods)

    def __repr__(self) -> str:
        return f"Timeline({list(self.periods)!r})"


class Facts:
    """All changeable facts of one client by name: profile, status, org, flags, the office's own."""

    __slots__ = ("_timelines",)

    def __init__(self, timelines: Mapping[str, Timeline] | None = None) -> None:
        self._timelines = dict(timelines or {})

    def at(self, name: str, day: date) -> FactValue:
        timeline = self._timelines.get(name)
        if timeline is None:
            return None
        # Spelled out: a worklist asks this several times for every client.
        for period in reversed(timeline.periods):
            since, until = period.since, period.until
            if (since is None or since <= day) and (until is None or day <= until):
                return period.value
        return None

    def values(self, names: Sequence[str], day: date) -> list[FactValue]:
        """The values of several facts on a day, in their order."""
        timelines, at = self._timelines, self.at
        return [at(name, day) if name in timelines else None for name in names]

    def timeline(self, name: str) -> Timeline | None:
        return self._timelines.get(name)

    def names(self) -> Iterator[str]:
        return iter(self._timelines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Facts) and self._timelines == other._timelines

    def __repr__(self) -> str:
        return f"Facts({self._timelines!r})"
