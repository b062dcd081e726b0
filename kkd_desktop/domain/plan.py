"""The proposed plan of the next weeks: which talks, why then, and what could not be had?"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction

from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.lengths import Length
from kkd_desktop.domain.planning import Asked, Weighed
from kkd_desktop.domain.values import Value, replace
from kkd_desktop.domain.week import monday_of

PRIOR_TALKS = 10
PRIOR_COMING = Fraction(8, 10)
"""While nothing is known, eight of ten come; it weighs as much as ten agreed talks."""

OWN_WEIGHT = 4
"""So many talks of one's own weigh as much as what is known of all."""


class PlannedTalk(Value, frozen=True):
    """A talk of the plan. `nth` counts those with the same client: later ones rest on the earlier.

    The `reasons` may be read by the client; `kept` are the same as they are stored with the talk,
    in German. `late_days` counts from the last day of the policy on; `percent` is how likely the
    client comes.
    """

    client: Client
    start: datetime
    length: Length
    form: ContactForm
    asked: Asked
    reasons: tuple[str, ...]
    nth: int = 0
    late_days: int = 0
    percent: int = 100
    household: tuple[str, ...] = ()
    """For the caseworker alone: who of the BG comes on the same day."""
    notes: tuple[str, ...] = ()
    """For the caseworker alone: absences, one talk for several, how full the week is."""
    kept: tuple[str, ...] = ()
    crowded: bool = False
    """Late, and on the days before on which they could come there was no room."""

    @property
    def key(self) -> tuple[int, int]:
        return self.client.id, self.nth

    @property
    def day(self) -> date:
        return self.start.date()

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.length.total)


class Unplaced(Value, frozen=True):
    """Somebody who is due and has no place in the plan, and why; `late` will it be without one.

    `crowded`: there are days on which they could come, without room.
    """

    client: Client
    asked: Asked
    reason: str
    late: bool
    crowded: bool = False


class LateAnyway(Value, frozen=True):
    """Somebody who is met late whatever is planned, and why."""

    client: Client
    latest: date
    reason: str


class NotAsked(Value, frozen=True):
    """Somebody the plan does not look at, and why."""

    client: Client
    reason: str


class WeekOfPlan(Value, frozen=True):
    """A calendar week: the talks agreed before, those of the plan, and the norm of the concept.

    `expected` is how many are likely to take place of all of them, in what the norm counts.
    """

    monday: date
    agreed: int
    planned: int
    norm: int | None
    expected: Fraction
    part: int

    @property
    def over(self) -> Fraction:
        return Fraction(0) if self.norm is None else max(Fraction(0), self.expected - self.norm)


class Plan(Value, frozen=True):
    """A plan from `first` to `last`, by time.

    `gap` is its distance to the bound that no plan can beat, as a part of its weight; 0 is proven
    to be the best. `lateness_is_least`: it is proven that no plan is less late. `timed_out`: the
    clock ended the search. `show` is how many of all who are invited come, None where that is
    switched off.
    """

    first: date
    last: date
    talks: tuple[PlannedTalk, ...]
    unplaced: tuple[Unplaced, ...]
    late_anyway: tuple[LateAnyway, ...]
    not_asked: tuple[NotAsked, ...]
    weeks: tuple[WeekOfPlan, ...]
    weighed: Weighed
    weight: float
    bound: float
    gap: float
    lateness_is_least: bool
    agreed: tuple[tuple[int, tuple[date, ...]], ...]
    """The open appointments of each client as the plan knew them."""
    timed_out: bool = False
    show: Fraction | None = None
    counts_hours: bool = False

    @property
    def expected(self) -> Fraction:
        """How many of the planned talks are likely to take place."""
        return Fraction(sum(talk.percent for talk in self.talks), 100)

    @property
    def late(self) -> tuple[PlannedTalk, ...]:
        return tuple(talk for talk in self.talks if talk.late_days)

    def resting_on(self, talk: PlannedTalk) -> tuple[PlannedTalk, ...]:
        """The later talks with the same client: without this one their days are not right."""
        return tuple(
            each for each in self.talks if each.client.id == talk.client.id and each.nth > talk.nth
        )

    def chosen(self, keys: Collection[tuple[int, int]]) -> Iterator[PlannedTalk]:
        return (talk for talk in self.talks if talk.key in keys)

    def week_with(self, week: WeekOfPlan, keys: Collection[tuple[int, int]]) -> WeekOfPlan:
        """One of its weeks where only these talks are taken over."""
        left = [
            talk
            for talk in self.talks
            if monday_of(talk.day) == week.monday and talk.key not in keys
        ]
        fewer = Fraction(sum(map(self._weight, left)), 100)
        return replace(week, planned=week.planned - len(left), expected=week.expected - fewer)

    def _weight(self, talk: PlannedTalk) -> int:
        """What a talk counts for the norm, in hundredths."""
        return talk.percent * talk.length.counted // 60 if self.counts_hours else talk.percent


class ShowRate(Value, frozen=True):
    """Who came of all who were invited in the past, and how many are reckoned with."""

    attended: int
    missed: int

    @property
    def overall(self) -> Fraction:
        return coming(self.attended, self.missed)


def coming(attended: int, missed: int) -> Fraction:
    """How many of all who are invited come, from the agreed talks of the past."""
    return (attended + PRIOR_TALKS * PRIOR_COMING) / Fraction(attended + missed + PRIOR_TALKS)


def coming_of(attended: int, missed: int, overall: Fraction) -> Fraction:
    """The same for one client; few talks of their own say little beside what is known of all."""
    return (attended + OWN_WEIGHT * overall) / Fraction(attended + missed + OWN_WEIGHT)
