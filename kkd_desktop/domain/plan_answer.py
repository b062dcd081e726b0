"""What does a solution mean for the people and weeks of a plan?"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from fractions import Fraction

from kkd_desktop.domain.client import Client
from kkd_desktop.domain.language import german, is_german
from kkd_desktop.domain.plan import (
    LateAnyway,
    NotAsked,
    Plan,
    PlannedTalk,
    Unplaced,
    WeekOfPlan,
)
from kkd_desktop.domain.plan_text import (
    Company,
    Situation,
    days_before,
    household,
    notes,
    reasons,
    why_late_anyway,
    why_unplaced,
)
from kkd_desktop.domain.planning import (
    Asked,
    Away,
    Person,
    Problem,
    Solution,
    Visit,
    late_days,
    week_loads,
    weigh,
)
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.week import monday_of
from kkd_desktop.domain.workdays import DAY


class Case(Value, frozen=True):
    """A client with the last day the policies name, and the days of their open appointments."""

    client: Client
    latest: date | None
    agreed: tuple[date, ...]


class Known(Value, frozen=True):
    """What was read for a plan beside the problem itself. `posted` is the first day that a letter
    of today can ask for.
    """

    today: date
    posted: date
    cases: tuple[Case, ...]
    closed: tuple[Away, ...]
    show: Fraction | None
    not_asked: Mapping[int, str]


def answer(problem: Problem, solution: Solution, known: Known) -> Plan:
    return _Answer(problem, solution, known).plan()


class _Answer:
    def __init__(self, problem: Problem, solution: Solution, known: Known) -> None:
        self.problem = problem
        self.solution = solution
        self.known = known
        self.people = {person.client_id: person for person in problem.people}
        self.clients: dict[int, Client] = {case.client.id: case.client for case in known.cases}
        self.visits: dict[int, list[Visit]] = {}
        for visit in solution.visits:
            self.visits.setdefault(visit.client_id, []).append(visit)
        self.loads = week_loads(problem, solution.visits)
        mondays = [week.monday for week in problem.weeks]
        self.place_of = {monday: place for place, monday in enumerate(mondays)}

    def plan(self) -> Plan:
        talks = sorted(self._talks(), key=lambda talk: (talk.start, talk.client.id))
        solution, known = self.solution, self.known
        return Plan(
            self.problem.first,
            self.problem.last,
            tuple(talks),
            tuple(self._unplaced()),
            tuple(self._late_anyway()),
            tuple(
                NotAsked(self.clients[client_id], reason)
                for client_id, reason in known.not_asked.items()
            ),
            tuple(self._weeks()),
            weigh(self.problem, solution.visits),
            solution.weight,
            solution.bound,
            solution.gap,
            solution.lateness_is_least,
            tuple((case.client.id, case.agreed) for case in known.cases if case.agreed),
            solution.timed_out,
            known.show,
            self.problem.counts_hours,
        )

    def _talks(self) -> Iterator[PlannedTalk]:
        for client_id, visits in self.visits.items():
            person = self.people[client_id]
            days: list[date] = []
            for visit in visits:
                asked = person.after_talks(days)
                assert asked is not None
                yield self._talk(person, visit, asked, days)
                days.append(visit.day)

    def _talk(
        self, person: Person, visit: Visit, asked: Asked, days: Sequence[date]
    ) -> PlannedTalk:
        held = person.talks(visit.nth)
        place = self.place_of[monday_of(visit.day)]
        found = Situation(
            self.problem,
            person,
            visit,
            asked,
            self.known.today,
            days[-1] if days else None,
            tuple(self._beside(person, visit)),
            self.known.closed,
            self.loads[place][0],
            self.problem.weeks[place].norm,
            self.known.posted,
        )
        late = late_days(asked, visit.day)
        with german():
            kept = tuple(reasons(found))
        return PlannedTalk(
            self.clients[person.client_id],
            visit.start,
            held.length,
            held.form,
            asked,
            kept if is_german() else tuple(reasons(found)),
            visit.nth,
            late,
            person.percent,
            tuple(household(found)),
            tuple(notes(found)),
            kept,
            late > 0 and any(days_before(self.problem, person, asked, visit)),
        )

    def _beside(self, person: Person, visit: Visit) -> Iterator[Company]:
        """The others of the BG who come on the same day."""
        for other in self.solution.visits:
            mate = self.people[other.client_id]
            met = other.day == visit.day and mate.client_id != person.client_id
            if met and person.bg and mate.bg == person.bg:
                minutes = mate.talks(other.nth).length.total
                yield Company(self.clients[mate.client_id].name, other.start, minutes)

    def _unplaced(self) -> Iterator[Unplaced]:
        """Who is due and has no place: with the first talk, or with one after it."""
        for person in self.problem.people:
            days = [visit.day for visit in self.visits.get(person.client_id, ())]
            asked = person.after_talks(days)
            if asked is not None and any(self.problem.missing(asked)):
                client = self.clients[person.client_id]
                nth = min(len(days), 1)
                reason = why_unplaced(self.problem, person, asked, self.known.today, nth)
                end = Visit(datetime.combine(self.problem.last + DAY, time()), client.id, nth)
                crowded = any(days_before(self.problem, person, asked, end))
                yield Unplaced(client, asked, reason, self.problem.must(asked), crowded)

    def _late_anyway(self) -> Iterator[LateAnyway]:
        today, posted = self.known.today, self.known.posted
        for case in self.known.cases:
            latest = case.latest
            if latest is None:
                continue
            agreed = next(iter(case.agreed), None)
            person = self.people.get(case.client.id)
            begins = person.held.begin if person is not None else posted
            away = None if person is None else self._away_until(person, latest)
            met = agreed or begins
            if (met > latest or away) and (agreed or person is not None):
                said = None if met > latest else away
                reason = why_late_anyway(latest, begins, today, agreed, said)
                yield LateAnyway(case.client, latest, reason)

    def _away_until(self, person: Person, latest: date) -> Away | None:
        """The absence that leaves no day to meet somebody in time."""
        begin = max(person.held.begin, person.first.earliest)
        days = [each.day for each in self.problem.days if begin <= each.day <= latest]
        if not days or latest != person.first.latest:
            return None
        if any(person.can_come(day, 0) for day in days):
            return None
        return next((each for each in person.away if each.covers(days[-1])), None)

    def _weeks(self) -> Iterator[WeekOfPlan]:
        for week, (counted, talks) in zip(self.problem.weeks, self.loads, strict=True):
            yield WeekOfPlan(
                week.monday,
                week.talks,
                talks - week.talks,
                week.norm,
                Fraction(counted, 100),
                week.part,
            )
