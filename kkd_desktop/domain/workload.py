"""How many talks a month do policies ask of a caseload?

Exact fractions throughout: nothing is rounded before a sentence is made of it.

A month is the mean month of the calendar, so that "alle 6 Wochen" and "monatlich" can be added up.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from fractions import Fraction

from kkd_desktop.domain.language import Sayings
from kkd_desktop.domain.outcome import Obligation, Outcome, State
from kkd_desktop.domain.policy import (
    Between,
    CountInPeriod,
    Deadline,
    Demand,
    FirstContact,
    NestedShares,
    Policy,
    Rule,
    Steps,
    Within,
)
from kkd_desktop.domain.spans import Span, Unit
from kkd_desktop.domain.values import Value

DAYS_OF_MONTH = Fraction(146_097, 4_800)
"""Days of the Gregorian cycle of 400 years by its months: 30.436875."""

WORKDAYS_OF_WEEK = 5

_ZERO = Fraction(0)
_RESTING = (State.SUSPENDED, State.EXCEPTED)


class Reading(StrEnum):
    """How the same demand can be read; each asks for at least as much as the one before."""

    ROTATION = "rotation"
    """Shares met by clients taking turns, everyone else on the last day: nothing asks for less."""
    GROUPS = "groups"
    """Shares met by fixed groups: the same clients always monthly, others every three months."""
    COMFORTABLE = "comfortable"
    """Fixed groups, and windows met at their early end ("zwischen 2-3 Monaten": after 2)."""


READING_TEXTS = Sayings(
    {
        Reading.ROTATION: "mindestens",
        Reading.GROUPS: "mit festen Gruppen",
        Reading.COMFORTABLE: "am frühen Ende der Fenster",
    }
)

READING_NOTES = Sayings(
    {
        Reading.ROTATION: "jedes Gespräch erst am letzten Tag; "
        "bei Anteilen kommen alle reihum dran",
        Reading.GROUPS: "dieselben Personen immer im engsten Abstand, die übrigen seltener",
        Reading.COMFORTABLE: "jedes Gespräch, sobald sein Fenster beginnt",
    }
)


class PerMonth(Value, frozen=True):
    """Talks a month under each reading."""

    rotation: Fraction = _ZERO
    groups: Fraction = _ZERO
    comfortable: Fraction = _ZERO

    def of(self, reading: Reading) -> Fraction:
        found: Fraction = getattr(self, reading.value)
        return found

    def readings(self) -> tuple[Reading, ...]:
        """The readings that differ, the one that asks for the least first."""
        found = [Reading.ROTATION]
        for reading in (Reading.GROUPS, Reading.COMFORTABLE):
            if self.of(reading) != self.of(found[-1]):
                found.append(reading)
        return tuple(found)


class RuleDemand(Value, frozen=True):
    """What one rule asks of its clients.

    `once` counts talks that are asked for a single time. Where a client has several duties, a talk
    that meets the stricter one meets the others too, so these add nothing of their own.
    """

    policy: Policy
    rule: Rule
    clients: int
    per_month: PerMonth
    once: int = 0


class CaseloadDemand(Value, frozen=True):
    """What the policies ask of a caseload; the rules sum up to `per_month`."""

    rules: tuple[RuleDemand, ...]
    clients: int
    resting: int
    """Clients whose duty rests for an agreed exception: asked for nothing at the moment."""
    without: int
    """Clients of whom no rule asks a number of talks."""
    per_month: PerMonth
    once: int


def demand(outcomes: Iterable[Outcome]) -> CaseloadDemand:
    """What the rules that hold for these clients ask for, with every client counted once.

    A client with several duties is asked for as often as the strictest of them says. A nested
    share asks for what these talks leave open:

    *Fixed groups*: the required number of the narrowest share is met in its span, the next ones in
    the next wider span, and so on (45 % monthly + 35 % every three months + 15 % every six). It
    costs least to put those into the narrow groups who are met often anyway.

    *Rotation*: a share only says how many different clients were met within its span, so clients
    may take turns. That takes at least required ÷ span talks a month for each share, and the
    largest of these is enough: always meeting those next who are met most rarely fills all wider
    spans on the way. For 45/80/95 % of 100 clients within 1/3/6 months: max(45, 26⅔, 15⅚) = 45
    talks a month, where fixed groups need 59⅙.

    Where two populations of different policies overlap in part, the sum may lie slightly above the
    least: they are filled one after the other.
    """
    return _Ledger(outcomes).balance()


_Key = tuple[str, str]
"""A policy and a rule of it, by their ids."""


class _Line:
    """One rule in the ledger; `asked` is what it adds to the talks of its clients."""

    def __init__(self, policy: Policy, rule: Rule, rate: PerMonth) -> None:
        self.policy = policy
        self.rule = rule
        self.rate = {reading: rate.of(reading) for reading in Reading}
        self.clients = self.once = 0
        self.asked = dict.fromkeys(Reading, _ZERO)

    def result(self) -> RuleDemand:
        asked = PerMonth(*self.asked.values())
        return RuleDemand(self.policy, self.rule, self.clients, asked, self.once)


class _Ledger:
    """Each client with the strictest rule under each reading; members of shares with their rate.

    Clients of one rule are counted and not added up: most of the time of a large caseload would go
    into fractions.
    """

    def __init__(self, outcomes: Iterable[Outcome]) -> None:
        self.lines: dict[_Key, _Line] = {}
        self.bound: Counter[tuple[_Key, Reading]] = Counter()
        self.shared: dict[_Key, tuple[NestedShares, _Line]] = {}
        self.members: dict[_Key, list[int]] = {}
        self.rates: dict[Reading, dict[int, Fraction]] = {reading: {} for reading in Reading}
        self.number = self.resting = self.without = 0
        for outcome in outcomes:
            self._enter(outcome)
            self.number += 1

    def balance(self) -> CaseloadDemand:
        for (key, reading), number in self.bound.items():
            line = self.lines[key]
            line.asked[reading] = number * line.rate[reading]
        for group, (asked, line) in self.shared.items():
            self._fill(asked, line, self.members[group])
        policies = list(dict.fromkeys(line.policy.id for line in self.lines.values()))
        lines = sorted(
            self.lines.values(),
            key=lambda line: (policies.index(line.policy.id), line.policy.rules.index(line.rule)),
        )
        total = (sum((line.asked[r] for line in lines), _ZERO) for r in Reading)
        once = sum(line.once for line in lines)
        rules = tuple(line.result() for line in lines)
        return CaseloadDemand(
            rules, self.number, self.resting, self.without, PerMonth(*total), once
        )

    def _enter(self, outcome: Outcome) -> None:
        keys: dict[_Key, None] = {}
        resting = in_shares = False
        for found in outcome.obligations:
            if found.state in _RESTING:
                resting = True
                continue
            line = self._line(found)
            # One rule may stand in several obligations of its policy.
            if line is None or (key := (line.policy.id, line.rule.id)) in keys:
                continue
            keys[key] = None
            line.clients += 1
            if isinstance(line.rule.demand, NestedShares):
                in_shares = True
                self._join(line, line.rule.demand)
            elif isinstance(line.rule.demand, FirstContact | Deadline):
                line.once += found.latest is not None
        if keys:
            self._bind(list(keys), in_shares=in_shares)
        self.resting += resting and not keys
        self.without += not resting and not keys

    def _line(self, found: Obligation) -> _Line | None:
        if found.rule is None:
            return None
        key = (found.policy.id, found.rule.id)
        if key not in self.lines:
            rate = alone(found.rule.demand)
            if rate is None:
                return None
            self.lines[key] = _Line(found.policy, found.rule, rate)
        return self.lines[key]

    def _join(self, line: _Line, asked: NestedShares) -> None:
        group = (line.policy.id, asked.group)
        self.shared.setdefault(group, (asked, line))
        self.members.setdefault(group, []).append(self.number)

    def _bind(self, keys: Sequence[_Key], *, in_shares: bool) -> None:
        for reading in Reading:
            key = keys[0]
            if len(keys) > 1:
                key = max(keys, key=lambda each: self.lines[each].rate[reading])
            self.bound[key, reading] += 1
            if in_shares:
                self.rates[reading][self.number] = self.lines[key].rate[reading]

    def _fill(self, asked: NestedShares, line: _Line, members: Sequence[int]) -> None:
        for reading in (Reading.GROUPS, Reading.COMFORTABLE):
            rates = self.rates[reading]
            often_first = sorted(members, key=rates.__getitem__, reverse=True)
            self._raise(reading, often_first, group_rates(asked, len(members)), line)
        have = [self.rates[Reading.ROTATION][place] for place in members]
        turns = levelled(have, rotation_gap(asked, have))
        self._raise(Reading.ROTATION, members, turns, line)

    def _raise(
        self, reading: Reading, places: Sequence[int], wanted: Sequence[Fraction], line: _Line
    ) -> None:
        """Raise each member to the rate wanted of them; who is above it already stays there."""
        rates = self.rates[reading]
        steps: Counter[Fraction] = Counter()
        # Nobody is asked of those beyond the required number.
        for place, rate in zip(places, wanted, strict=False):
            if rate > rates[place]:
                steps[rate - rates[place]] += 1
                rates[place] = rate
        line.asked[reading] += sum((step * number for step, number in steps.items()), _ZERO)


def alone(demand: Demand) -> PerMonth | None:
    """Talks a month asked of one client by itself; None where no number of talks is asked for.

    What is asked for once has no rate, and shares ask nothing of a single client. Of a sequence it
    is the rate of the last step, which stays.
    """
    if isinstance(demand, Within):
        return _evenly(per_month(demand.span))
    if isinstance(demand, Between):
        late = per_month(demand.upper)
        early = per_month(demand.lower) if demand.lower.number else late
        return PerMonth(late, late, early)
    if isinstance(demand, CountInPeriod):
        return _evenly(demand.number * per_month(demand.period))
    if isinstance(demand, Steps):
        return alone(demand.steps[-1].demand)
    if isinstance(demand, NestedShares | FirstContact | Deadline):
        return PerMonth()
    return None


def _evenly(rate: Fraction) -> PerMonth:
    return PerMonth(rate, rate, rate)


def per_month(span: Span) -> Fraction:
    """Talks a month for one talk in each span; working days as a week of five, holidays aside."""
    if span.unit is Unit.MONTHS:
        return Fraction(1, span.number)
    days = Fraction(span.number)
    if span.unit is Unit.WEEKS:
        days *= 7
    elif span.unit is Unit.WORKDAYS:
        days = days * 7 / WORKDAYS_OF_WEEK
    return DAYS_OF_MONTH / days


def group_rates(demand: NestedShares, number: int) -> list[Fraction]:
    """Talks a month of the members of fixed groups, most often met first; the rest is left out."""
    found: list[Fraction] = []
    for share in demand.shares:
        found += [per_month(share.within)] * (share.required_of(number) - len(found))
    return found


def rotation_gap(demand: NestedShares, have: Sequence[Fraction]) -> Fraction:
    """Talks a month that clients taking turns need on top of those they `have` anyway.

    Someone met `rate` times a month was met within a span with the part `rate · span` of the days,
    at most always.
    """
    gap, number_of = _ZERO, Counter(have)
    for share in demand.shares:
        often = per_month(share.within)
        met = sum((min(Fraction(1), rate / often) * n for rate, n in number_of.items()), _ZERO)
        gap = max(gap, (share.required_of(len(have)) - met) * often)
    return gap


def levelled(rates: Sequence[Fraction], more: Fraction) -> list[Fraction]:
    """The rates with `more` spread over the lowest ones, up to one common level."""
    if not rates or not more:
        return list(rates)
    level, number, total = _ZERO, 0, more
    for rate, alike in sorted(Counter(rates).items()):
        if number and rate >= level:
            break
        number += alike
        total += rate * alike
        level = total / number
    return [max(rate, level) for rate in rates]
