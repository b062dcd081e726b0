"""Whom must one meet by when, so that shares of a caseload are reached with the fewest talks?

What a solver found for the pools of `quota_problem` becomes people, figures and reasons here; the
figures are counted person by person, whatever the solver says.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction

from kkd_desktop.domain.planning import Watch
from kkd_desktop.domain.policy import Measured
from kkd_desktop.domain.quota_problem import (
    NEVER,
    Member,
    QuotaProblem,
    QuotaSolver,
    QuotaTalk,
    Tier,
    counted,
    last_in,
    meet,
    pools,
)
from kkd_desktop.domain.values import Value, replace
from kkd_desktop.domain.week import monday_of


class Figure(Value, frozen=True):
    """Where a share stands on a day."""

    day: date
    met: int
    population: int
    required: int

    @property
    def missing(self) -> int:
        return max(0, self.required - self.met)

    @property
    def share(self) -> Fraction | None:
        """None in an empty population."""
        return Fraction(self.met, self.population) if self.population else None


def course(
    problem: QuotaProblem, tier: Tier, talks: Iterable[QuotaTalk] = ()
) -> tuple[Figure, ...]:
    """How a share stands on each day, once these talks are held; counted person by person."""
    of_client: dict[int, list[date]] = {}
    for talk in talks:
        of_client.setdefault(talk.client_id, []).append(talk.day)
    met = counted(tier, problem.members, problem.days, of_client)
    return tuple(
        Figure(day, met[day], tier.population[day], tier.required(day)) for day in problem.days
    )


class TierPlan(Value, frozen=True):
    """What becomes of one share: now, without a new talk, and with the plan."""

    tier: Tier
    now: Figure
    without: Figure
    figures: tuple[Figure, ...]
    """On every day of the plan."""
    checked: tuple[Figure, ...]
    """On the days on which it has to be reached."""

    @property
    def end(self) -> Figure:
        return self.checked[-1]

    @property
    def failing(self) -> tuple[Figure, ...]:
        return tuple(each for each in self.checked if each.missing)

    @property
    def settled(self) -> date | None:
        """From which check day on it is reached on all of them; None where it is not at the end."""
        if self.end.missing:
            return None
        failing = self.failing
        later = [e.day for e in self.checked if not failing or e.day > failing[-1].day]
        return later[0]

    @property
    def lowest(self) -> Figure:
        """The worst of the days on which it has to be reached."""
        return min(self.checked, key=lambda each: (-each.missing, each.share or 0, each.day))


class WeekFigures(Value, frozen=True):
    """A calendar week of a plan: talks, and each share at its end and on its worst day."""

    monday: date
    last: date
    talks: int
    agreed: int
    end: tuple[Figure, ...]
    lowest: tuple[Figure, ...]


class Step(Value, frozen=True):
    """Somebody to meet, and the tiers that the talk counts for and that would not be otherwise.

    Nobody met them since `since`; `met` is whether anybody did before, else it is the registration.
    """

    client_id: int
    day: date
    since: date | None
    lifts: tuple[str, ...]
    met: bool = True


class Omission(StrEnum):
    """Why somebody left out is not in the plan."""

    LATER = "later"
    AWAY = "away"
    NO_ROOM = "no_room"
    NOT_NEEDED = "not_needed"


class LeftOut(Value, frozen=True):
    """Somebody whom nobody met within the widest span when the plan ends, and whom it leaves so."""

    client_id: int
    since: date | None
    why: Omission
    appointment: date | None = None
    met: bool = True


class Short(StrEnum):
    """Why a share cannot be reached."""

    NO_DAY = "no_day"
    ROOM = "room"
    PEOPLE = "people"


class QuotaResult(Value, frozen=True):
    """The plan with the fewest talks. `proven`: no plan does as well with fewer.

    `room` are the talks there is time for before the last check. `short` says why not all is
    reached, with `needed` talks that would do if there were the time for them.
    """

    measured: Measured
    steps: tuple[Step, ...]
    tiers: tuple[TierPlan, ...]
    weeks: tuple[WeekFigures, ...]
    left_out: tuple[LeftOut, ...]
    room: int
    proven: bool
    short: Short | None = None
    needed: int | None = None

    @property
    def is_reached(self) -> bool:
        """Whether every share is reached at the end, and from a day on until then."""
        return all(each.settled is not None for each in self.tiers)

    @property
    def people(self) -> frozenset[int]:
        return frozenset(each.client_id for each in self.steps)


def plan_quotas(
    problem: QuotaProblem,
    measured: Measured,
    solver: QuotaSolver,
    watch: Watch,
    *,
    only_number: bool = False,
) -> QuotaResult:
    """The fewest talks that reach all shares; where that cannot be, as much of them as can.

    `only_number` is for who compares: figures and the number of talks are right, the people any.
    """
    alike = pools(problem)
    solved = solver.solve(problem, alike, watch, only_number=only_number)
    talks = meet(problem, alike, solved.counts)
    tiers = tuple(_tier_plan(problem, tier, talks) for tier in problem.tiers)
    result = QuotaResult(
        measured,
        _steps(problem, talks),
        tiers,
        tuple(_weeks(problem, tiers, talks)),
        tuple(_left_out(problem, tiers, talks)),
        sum(room.talks for room in problem.rooms if room.day <= problem.checks[-1]),
        solved.proven,
    )
    return result if result.is_reached else _with_reason(problem, result, solver, watch)


def _with_reason(
    problem: QuotaProblem, found: QuotaResult, solver: QuotaSolver, watch: Watch
) -> QuotaResult:
    """Why not all is reached: no day, no room, or nobody who could be met then."""
    if not any(room.day <= problem.checks[-1] for room in problem.rooms):
        return replace(found, short=Short.NO_DAY)
    everybody = len(problem.members)
    roomy = replace(problem, rooms=tuple(replace(room, talks=everybody) for room in problem.rooms))
    alike = pools(roomy)
    solved = solver.solve(roomy, alike, watch, only_number=True)
    talks = meet(roomy, alike, solved.counts)
    reached = all(_tier_plan(roomy, tier, talks).settled is not None for tier in roomy.tiers)
    if reached:
        return replace(found, short=Short.ROOM, needed=len(talks))
    return replace(found, short=Short.PEOPLE)


def _tier_plan(problem: QuotaProblem, tier: Tier, talks: Sequence[QuotaTalk]) -> TierPlan:
    figures = course(problem, tier, talks)
    checks = frozenset(problem.checks)
    without = course(problem, tier)
    # What is agreed for today has not been held.
    held = counted(tier, (replace(each, agreed=()) for each in problem.members), problem.days[:1])
    return TierPlan(
        tier,
        replace(without[0], met=held[without[0].day]),
        next(each for each in reversed(without) if each.day in checks),
        figures,
        tuple(each for each in figures if each.day in checks),
    )


def _steps(problem: QuotaProblem, talks: Sequence[QuotaTalk]) -> tuple[Step, ...]:
    members = {each.client_id: each for each in problem.members}
    before: dict[int, list[date]] = {}
    steps = []
    for talk in talks:
        member = members[talk.client_id]
        held = before.setdefault(talk.client_id, [])
        steps.append(
            Step(
                talk.client_id,
                talk.day,
                max(member.agreed + tuple(held), default=member.since),
                _lifts(problem, member, talk.day, held),
                member.was_met or bool(held or member.agreed),
            )
        )
        held.append(talk.day)
    return tuple(steps)


def _lifts(
    problem: QuotaProblem, member: Member, day: date, before: Sequence[date]
) -> tuple[str, ...]:
    """The tiers that count somebody on a check day because of a talk."""
    return tuple(
        tier.key
        for tier in problem.tiers
        if any(
            last_in(tier, member, check, before)
            < tier.opens[check]
            <= last_in(tier, member, check, (*before, day))
            for check in problem.checks
            if check >= day
        )
    )


def _weeks(
    problem: QuotaProblem, tiers: Sequence[TierPlan], talks: Sequence[QuotaTalk]
) -> Iterable[WeekFigures]:
    of_week: dict[date, list[date]] = {}
    for day in problem.days:
        of_week.setdefault(monday_of(day), []).append(day)
    planned = Counter(monday_of(talk.day) for talk in talks)
    agreed = Counter(monday_of(day) for member in problem.members for day in member.agreed)
    place = 0
    for monday, days in of_week.items():
        rows = [each.figures[place : place + len(days)] for each in tiers]
        place += len(days)
        yield WeekFigures(
            monday,
            days[-1],
            planned[monday],
            agreed[monday],
            tuple(row[-1] for row in rows),
            tuple(min(row, key=lambda each: (-each.missing, each.share or 0)) for row in rows),
        )


def _left_out(
    problem: QuotaProblem, tiers: Sequence[TierPlan], talks: Sequence[QuotaTalk]
) -> list[LeftOut]:
    met = {talk.client_id for talk in talks}
    end = problem.checks[-1]
    widest = {each.tier.group: each.tier for each in tiers}
    full = all(each.settled is not None for each in tiers)
    found = []
    for member in problem.members:
        inside = [widest[p.group] for p in member.places if p.holds(end)]
        if member.client_id in met or not inside:
            continue
        if all(last_in(tier, member, end, ()) >= tier.opens[end] for tier in inside):
            continue
        why = _why(problem, member, full=full)
        found.append(LeftOut(member.client_id, member.since, why, member.later, member.was_met))
    return sorted(found, key=lambda each: (each.since or NEVER, each.client_id))


def _why(problem: QuotaProblem, member: Member, *, full: bool) -> Omission:
    if member.later is not None:
        return Omission.LATER
    rooms = [room for room in problem.rooms if room.day <= problem.checks[-1]]
    if any(member.can_come(room.day) for room in rooms):
        return Omission.NOT_NEEDED if full else Omission.NO_ROOM
    away = member.away and any(room.day >= member.begin for room in rooms)
    return Omission.AWAY if away else Omission.NO_ROOM
