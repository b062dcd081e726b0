"""Which talks of the next weeks should lie when, and what is such a plan worth?

A plan is weighed in the order of `Weighed`: nobody late, wishes kept, weeks not over the norm,
nobody left out who could be met, weeks even, a Bedarfsgemeinschaft on one day, talks near their
target. A solver looks for the least weight; what a plan weighs is worked out here, for every
solver and for the reader.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from kkd_desktop.domain.absence import Away as Away
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.lengths import Length
from kkd_desktop.domain.outcome import Obligation, State
from kkd_desktop.domain.slots import Half
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.wishes import Wish
from kkd_desktop.domain.workdays import DAY

MOST_WEEKS = 26

SOONEST = timedelta(days=28)
"""So long before its target a talk may lie where the policy names no first day."""

_RESTING = (State.SUSPENDED, State.EXCEPTED)


class Asked(Value, frozen=True, gc=False):
    """One talk that is asked for, and the days it should lie on. `latest` None has no last day."""

    earliest: date
    target: date
    latest: date | None = None


def asked_of(found: Obligation, planned: date | None = None) -> Asked | None:
    """The talk that an obligation asks for; None where it names no day.

    Without a first day it lies in the second half of the span, so that evening out the weeks does
    not double the talks. `planned` is a day that the caseworker noted.
    """
    latest = found.latest
    target = found.target or latest
    if target is None:
        return None
    begun = found.last or found.anchor
    earliest = found.earliest or target - SOONEST
    if found.state in _RESTING:
        earliest = target
    elif found.earliest is None and begun is not None and begun < target:
        earliest = max(earliest, begun + (target - begun) // 2)
    if planned is not None and earliest <= planned and (latest is None or planned <= latest):
        target = planned
    return Asked(earliest, target, latest)


class Talks(Value, frozen=True):
    """How the talks with one person are held: the first of the plan, or those after it."""

    form: ContactForm
    length: Length
    begin: date
    """The first day on which an invitation reaches them."""


class Person(Value, frozen=True):
    """Somebody to plan for. `after` names what is asked once they were met on a day of the plan.

    `percent` is how likely they come, `partner_days` are those on which others of the
    Bedarfsgemeinschaft `bg` have an appointment already.
    """

    client_id: int
    first: Asked
    held: Talks
    then: Talks
    after: Mapping[date, Asked] = {}
    bg: str = ""
    wish: Wish = Wish()
    away: tuple[Away, ...] = ()
    percent: int = 100
    partner_days: frozenset[date] = frozenset()

    def talks(self, nth: int) -> Talks:
        return self.then if nth else self.held

    def can_come(self, day: date, nth: int) -> bool:
        return day >= self.talks(nth).begin and not any(each.covers(day) for each in self.away)

    def admits(self, start: datetime, nth: int) -> bool:
        return self.wish.admits(start, self.talks(nth).length.talk)

    def after_talks(self, days: Sequence[date]) -> Asked | None:
        """What is asked next once they were met on these days."""
        return self.after.get(days[-1]) if days else self.first


class PlanDay(Value, frozen=True):
    """An open day: the free starts on the grid for each length in minutes."""

    day: date
    starts: Mapping[int, tuple[datetime, ...]]


class PlanWeek(Value, frozen=True):
    """A calendar week as far as it is planned.

    `norm` is what the concept asks of it, in talks that take place, and `agreed` what is booked
    already, in hundredths of them. `talks` are all appointments there are, `part` is how much of a
    usual week there are hours for, in percent.
    """

    monday: date
    norm: int | None
    agreed: int
    talks: int
    part: int


class Problem(Value, frozen=True):
    """All that a solver needs, as numbers and days. `resumes` is the first open day after it."""

    first: date
    last: date
    resumes: date
    step: int
    days: tuple[PlanDay, ...]
    weeks: tuple[PlanWeek, ...]
    people: tuple[Person, ...]
    counts_hours: bool = False
    """Whether the norm counts hours: then a talk weighs as much of one as it lasts."""

    def must(self, asked: Asked) -> bool:
        """Whether the talk would be late when it is not in the plan."""
        return asked.latest is not None and asked.latest < self.resumes

    def missing(self, asked: Asked | None) -> tuple[int, int]:
        """Days late at the end of the plan, and whether somebody is left out, without this talk."""
        if asked is None:
            return 0, 0
        if self.must(asked):
            assert asked.latest is not None
            return max(1, (self.last + DAY - asked.latest).days), 0
        return 0, int(asked.target <= self.last)

    def weight(self, person: Person, nth: int) -> int:
        """What a talk counts for the norm, in hundredths."""
        length = person.talks(nth).length
        return person.percent * length.counted // 60 if self.counts_hours else person.percent


class Visit(Value, frozen=True, order=True):
    """A talk of a plan, the `nth` with this person."""

    start: datetime
    client_id: int
    nth: int = 0

    @property
    def day(self) -> date:
        return self.start.date()


class Weights(Value, frozen=True):
    """What one unit of each aim weighs.

    Each outweighs all that moving one talk can change in those below it: another talk may have to
    give way, but along such a chain of moves only its two ends change how full the weeks are.
    """

    late_day: int = 60_000
    wish: int = 12_000
    over_norm: int = 4_000
    left_out: int = 1_000
    uneven: int = 100
    together: int = 40
    day_off_target: int = 1


WEIGHTS = Weights()
PATIENCE = 28
"""Days late after which a further one weighs about three."""
UNEVEN_STEP = 3
"""Talks off the mean from which on each weighs double."""


class Weighed(Value, frozen=True):
    """What a plan is worth, the most important first; less is better, but for `together`.

    `lateness` decides, `late_days` are the same days simply counted. `over_norm` is what the plan
    adds to weeks beyond their norm; what is agreed beyond it already cannot be helped.
    """

    lateness: int
    against_wish: int
    over_norm: float
    left_out: int
    uneven: float
    together: int
    off_target: int
    late_days: int

    @property
    def sum(self) -> float:
        w = WEIGHTS
        return (
            w.late_day * self.lateness
            + w.wish * self.against_wish
            + w.over_norm * self.over_norm
            + w.left_out * self.left_out
            + w.uneven * self.uneven
            - w.together * self.together
            + w.day_off_target * self.off_target
        )


def lateness(days: int) -> int:
    """What days late weigh together: the longer somebody waits, the more each day of it, so that
    nobody is passed over for good because others are sooner helped.
    """
    return days + days * days // PATIENCE


def late_days(asked: Asked, day: date) -> int:
    return 0 if asked.latest is None else max(0, (day - asked.latest).days)


def weigh(problem: Problem, visits: Iterable[Visit]) -> Weighed:
    """What a plan is worth."""
    of_client: dict[int, list[Visit]] = {}
    for visit in sorted(visits):
        of_client.setdefault(visit.client_id, []).append(visit)
    burden = late = wishes = left_out = off = partners = 0
    for person in problem.people:
        days: list[date] = []
        for visit in of_client.get(person.client_id, ()):
            asked = person.after_talks(days)
            assert asked is not None
            behind = late_days(asked, visit.day)
            late, burden = late + behind, burden + lateness(behind)
            off += abs((visit.day - asked.target).days)
            wishes += not person.admits(visit.start, visit.nth)
            partners += visit.day in person.partner_days
            days.append(visit.day)
        at_end, out = problem.missing(person.after_talks(days))
        late, burden, left_out = late + at_end, burden + lateness(at_end), left_out + out
    planned = [visit for each in of_client.values() for visit in each]
    loads = week_loads(problem, planned)
    over = sum(
        max(0, load - max(week.norm * 100, week.agreed))
        for week, (load, _) in zip(problem.weeks, loads, strict=True)
        if week.norm is not None
    )
    uneven = unevenness([talks for _, talks in loads], [week.part for week in problem.weeks])
    together = partners + _together(problem, planned)
    return Weighed(burden, wishes, over / 100, left_out, uneven, together, off, late)


def week_loads(problem: Problem, visits: Iterable[Visit]) -> list[tuple[int, int]]:
    """For each week what counts for the norm, in hundredths, and how many talks there are."""
    people = {person.client_id: person for person in problem.people}
    counted: Counter[date] = Counter({week.monday: week.agreed for week in problem.weeks})
    talks: Counter[date] = Counter({week.monday: week.talks for week in problem.weeks})
    for visit in visits:
        monday = visit.day - timedelta(days=visit.day.weekday())
        counted[monday] += problem.weight(people[visit.client_id], visit.nth)
        talks[monday] += 1
    return [(counted[week.monday], talks[week.monday]) for week in problem.weeks]


def unevenness(talks: Sequence[int], parts: Sequence[int]) -> float:
    """How far the weeks are from a common number per full week; far off counts double."""
    open_weeks = [(number, part / 100) for number, part in zip(talks, parts, strict=True) if part]
    if len(open_weeks) < 2:
        return 0.0

    def off(mean: float) -> float:
        away = (abs(number - mean * part) for number, part in open_weeks)
        return sum(each + max(0.0, each - UNEVEN_STEP) for each in away)

    # The sum is convex with corners only here, so the best mean is one of them.
    corners = {
        (number + shift) / part
        for number, part in open_weeks
        for shift in (-UNEVEN_STEP, 0, UNEVEN_STEP)
    }
    return min(map(off, corners))


def _together(problem: Problem, planned: Iterable[Visit]) -> int:
    """Days on which several of a Bedarfsgemeinschaft are met."""
    bg_of = {person.client_id: person.bg for person in problem.people}
    met: dict[tuple[str, date], set[int]] = {}
    for visit in planned:
        bg = bg_of[visit.client_id]
        if bg:
            met.setdefault((bg, visit.day), set()).add(visit.client_id)
    return sum(len(members) > 1 for members in met.values())


class Limits(Value, frozen=True):
    """When to stop looking for a better plan.

    Steps are counted, so that the same question has the same answer; `seconds` only guards against
    a machine that is too slow for them.
    """

    seconds: float = 60.0
    rounds: int = 60
    nodes: int = 1


class Solution(Value, frozen=True):
    """The best plan found. No plan at all weighs less than `bound`.

    `timed_out`: it ended by the clock, so another run may find another plan.
    """

    visits: tuple[Visit, ...]
    weight: float
    bound: float
    timed_out: bool = False

    @property
    def gap(self) -> float:
        """The distance to the bound as a part of the weight: 0 is proven to be the best."""
        return max(0.0, self.weight - self.bound) / max(1.0, abs(self.weight))

    @property
    def lateness_is_least(self) -> bool:
        """Whether it is proven that no plan is less late."""
        return self.weight - self.bound < WEIGHTS.late_day


class Stage(StrEnum):
    """What is being worked on while somebody waits for a plan."""

    CASELOAD = "caseload"
    DEMANDS = "demands"
    SHARES = "shares"
    TALKS = "talks"
    WAITING = "waiting"
    DAYS = "days"
    CHOICE = "choice"


Watch = Callable[[int, int, Stage], object]
"""Told how far the work is: done, total, and with what. It raises where the user stopped it."""


def halves_of(starts: Iterable[datetime]) -> set[Half]:
    return {Half.of(start) for start in starts}
