"""How many contacts does a rule ask of one person, pro rata, and how many were there?

What Soll and Ist mean stands in `report_definitions.DENSITY`, for everybody who reads a figure.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from kkd_desktop.domain.client import Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.outcome import Obligation, Outcome, State
from kkd_desktop.domain.policy import (
    Between,
    CountInPeriod,
    Deadline,
    Demand,
    FirstContact,
    NestedShares,
    Precedence,
    Rule,
    Steps,
    Within,
)
from kkd_desktop.domain.report import (
    Case,
    DensityCell,
    Half,
    MonthDensity,
    Standing,
)
from kkd_desktop.domain.workdays import DAY
from kkd_desktop.domain.workload import per_month

_RESTING = (State.SUSPENDED, State.EXCEPTED, State.NOT_IN_FORCE)


def asked_per_month(demand: Demand | None) -> Fraction | None:
    """Talks a month at the least, one on each last day; None where no number is asked for.

    A share asks of each member the part of its span's talks that it binds.
    """
    if isinstance(demand, Within):
        return per_month(demand.span)
    if isinstance(demand, Between):
        return per_month(demand.upper)
    if isinstance(demand, CountInPeriod):
        return demand.number * per_month(demand.period)
    if isinstance(demand, NestedShares):
        return max(share.percent / 100 * per_month(share.within) for share in demand.shares)
    return None


class Rates:
    """The rate of each demand, worked out once: a year asks for the same few again and again."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Demand, Fraction | None]] = {}

    def of(self, demand: Demand | None) -> Fraction | None:
        if demand is None:
            return None
        known = self._known.get(id(demand))
        if known is None:
            # The demand is kept beside its rate, so that its id stays its own.
            known = self._known[id(demand)] = (demand, asked_per_month(demand))
        return known[1]

    def strictest(
        self, outcome: Outcome, subject: Subject, book: Sequence[CompiledPolicy]
    ) -> tuple[Obligation, Fraction] | None:
        """The obligation that asks for most, with its rate; 0 where it is for a single talk."""
        best: tuple[Obligation, Fraction] | None = None
        for found in outcome.obligations:
            rate = self._asked(found, subject, outcome.today, book)
            if rate is not None and (best is None or rate > best[1]):
                best = found, rate
        return best

    def _asked(
        self, found: Obligation, subject: Subject, day: date, book: Sequence[CompiledPolicy]
    ) -> Fraction | None:
        if found.state in _RESTING:
            return None
        demand = found.demand
        if isinstance(demand, FirstContact | Deadline):
            policy = next(each for each in book if each.policy is found.policy)
            return self._beside(found, policy.candidates(subject, day))
        if found.state is State.NO_ANCHOR and not isinstance(demand, NestedShares):
            return None
        return self.of(demand)

    def _beside(self, found: Obligation, rules: Sequence[Rule]) -> Fraction:
        """What is asked for again and again beside a single talk: the Soll of somebody never met
        must not be lower than that of all others.
        """
        strict = found.policy.precedence is Precedence.STRICTEST
        most = _ZERO
        for rule in rules:
            if rule.during is not None or rule.obligation not in ("", found.id):
                continue
            demand = rule.demand.steps[0].demand if isinstance(rule.demand, Steps) else rule.demand
            if isinstance(demand, FirstContact | Deadline):
                continue
            most = max(most, self.of(demand) or _ZERO)
            if not strict:
                break
        return most


_ZERO = Fraction(0)


class CountedDays:
    """The days on which one person had a contact that counts, per policy and class of contact."""

    def __init__(self, case: Case, until: date) -> None:
        self._case = case
        self._until = until
        self._known: dict[tuple[int, frozenset[str]], list[date]] = {}

    def of(self, policy: CompiledPolicy, classes: frozenset[str] = frozenset()) -> list[date]:
        key = (id(policy), classes)
        found = self._known.get(key)
        if found is None:
            counting = policy.counting_of(classes)
            found = counting.days(self._case.log, self._case.subject, self._until)
            self._known[key] = found
        return found

    def of_any(self, policies: Iterable[CompiledPolicy]) -> list[date]:
        """Those that count under at least one of the policies."""
        each = [self.of(policy) for policy in policies]
        return each[0] if len(each) == 1 else sorted({day for days in each for day in days})


def number_between(days: list[date], first: date, last: date) -> int:
    return bisect_right(days, last) - bisect_left(days, first)


class _Cell:
    def __init__(self) -> None:
        self.days: Counter[Fraction] = Counter()
        self.once = self.ist = 0
        self.people: set[int] = set()
        self.done: set[int] = set()


class DensityMonth:
    """A month that is being added up."""

    def __init__(self, month: int, length: int) -> None:
        self.month = month
        self._length = length
        self._cells: dict[str, _Cell] = {}
        self._people: set[int] = set()
        self._reasons: dict[int, Standing] = {}
        self._besides = 0
        self._besides_of: set[int] = set()

    def ask(self, case: Case, profile: str, asked: tuple[Obligation, Fraction], half: Half) -> date:
        """Enter the Soll of a half month, and say from which day on a contact counts for it."""
        found, rate = asked
        first = half.first if case.begins is None else max(half.first, case.begins)
        cell = self._cells.setdefault(profile, _Cell())
        cell.people.add(case.client_id)
        self._people.add(case.client_id)
        if rate:
            # Days are counted and not fractions added up: there are few different rates.
            cell.days[rate] += (half.last - first).days + 1
        elif found.latest is not None and first <= found.latest <= half.last:
            cell.once += 1
        return first

    def did(self, client_id: int, profile: str, number: int) -> None:
        if number:
            cell = self._cells[profile]
            cell.ist += number
            cell.done.add(client_id)

    def beside(self, client_id: int, number: int) -> None:
        """Contacts that count, of somebody of whom nothing is asked at that time."""
        if number:
            self._besides += number
            self._besides_of.add(client_id)

    def leave_out(self, client_id: int, reason: Standing) -> None:
        self._reasons[client_id] = reason

    def result(self) -> MonthDensity:
        left: dict[Standing, list[int]] = {}
        for client_id, reason in sorted(self._reasons.items()):
            if client_id not in self._people:
                left.setdefault(reason, []).append(client_id)
        return MonthDensity(
            self.month,
            tuple(self._cell(profile) for profile in sorted(self._cells)),
            tuple(sorted(self._people)),
            {reason: tuple(left[reason]) for reason in Standing if reason in left},
            self._besides,
            tuple(sorted(self._besides_of)),
        )

    def _cell(self, profile: str) -> DensityCell:
        cell = self._cells[profile]
        parts = (rate * days for rate, days in cell.days.items())
        soll = sum(parts, _ZERO) / self._length + cell.once
        people, done = tuple(sorted(cell.people)), tuple(sorted(cell.done))
        return DensityCell(self.month, profile, soll, cell.ist, people, done)


def halves(year: int, until: date) -> list[Half]:
    """The half months of a year up to a day, the last one cut there."""
    found = []
    for month in range(1, 13):
        first = date(year, month, 1)
        after = date(year + month // 12, month % 12 + 1, 1)
        for begin, end in ((first, date(year, month, 15)), (date(year, month, 16), after - DAY)):
            if begin <= until:
                found.append(Half(begin, min(end, until), (after - first).days))
    return found
