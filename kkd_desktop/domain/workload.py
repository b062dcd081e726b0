"""How many talks a month do policies ask of a caseload?

Exact fractions throughout: nothing is rounded before a sentence is made of it.

A month is the mean month of the calendar, so that "alle 6 Wochen" and "monatlich" can be added up.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from fractions import Fraction

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


READING_TEXTS = {
    Reading.ROTATION: "mindestens",
    Reading.GROUPS: "mit festen Gruppen",
    Reading.COMFORTABLE: "am frühen Ende der Fenster",
}

READING_NOTES = {
    Reading.ROTATION: "jedes Gespräch erst am letzten Tag; bei Anteilen kommen alle reihum dran",
    Reading.GROUPS: "dieselben Personen immer im engsten Abstand, die übrigen seltener",
    Reading.COMFORTABLE: "jedes Gespräch, sobald sein Fenster beginnt",
}


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


class _Shared:
    """The population of nested shares: the places of its members in the ledger."""

    def __init__(self, obligation: Obligation, rule: Rule, demand: NestedShares) -> None:
        self.key = _key(obligation.policy, rule)
        self.demand = demand
        self.members: dict[int, None] = {}


class _Ledger:
    """Talks a month of each client, and which rule asked for them."""

    def __init__(self, outcomes: Iterable[Outcome]) -> None:
        self.rates: dict[Reading, list[Fraction]] = {reading: [] for reading in Reading}
        self.asked: dict[tuple[tuple[str, str], Reading], Fraction] = {}
        self.rules: dict[tuple[str, str], tuple[Policy, Rule]] = {}
        self.policies: dict[str, int] = {}
        self.clients: Counter[tuple[str, str]] = Counter()
        self.once: Counter[tuple[str, str]] = Counter()
        self.shared: dict[tuple[str, str], _Shared] = {}
        self.resting = self.without = 0
        for place, outcome in enumerate(outcomes):
            self._enter(place, outcome)
        self.number = len(self.rates[Reading.ROTATION])

    def balance(self) -> CaseloadDemand:
        for shared in self.shared.values():
            self._fill(shared)
        rules = tuple(
            RuleDemand(
                policy,
                rule,
                self.clients[key],
                PerMonth(*(self.asked.get((key, reading), _ZERO) for reading in Reading)),
                self.once[key],
            )
            for key, (policy, rule) in sorted(self.rules.items(), key=self._in_order)
        )
        total = PerMonth(*(sum(self.rates[reading], _ZERO) for reading in Reading))
        once = self.once.total()
        return CaseloadDemand(rules, self.number, self.resting, self.without, total, once)

    def _in_order(self, item: tuple[tuple[str, str], tuple[Policy, Rule]]) -> tuple[int, int]:
        """By policy as laid over each other, then as the rules stand in it."""
        _, (policy, rule) = item
        return self.policies[policy.id], policy.rules.index(rule)

    def _enter(self, place: int, outcome: Outcome) -> None:
        for rates in self.rates.values():
            rates.append(_ZERO)
        resting = entered = False
        strictest: dict[Reading, tuple[Fraction, tuple[str, str]]] = {}
        for found in outcome.obligations:
            if found.state in _RESTING:
                resting = True
                continue
            rule = found.rule
            asked = None if rule is None else alone(rule.demand)
            if rule is None or asked is None:
                continue
            entered = True
            key = self._known(found.policy, rule)
            if isinstance(rule.demand, NestedShares):
                self._share(place, found, rule, rule.demand)
            elif isinstance(rule.demand, FirstContact | Deadline):
                self.once[key] += found.latest is not None
            for reading in Reading:
                rate = asked.of(reading)
                if rate > strictest.get(reading, (_ZERO, key))[0]:
                    strictest[reading] = rate, key
        for reading, (rate, key) in strictest.items():
            self._raise(place, reading, rate, key)
        self.resting += resting and not entered
        self.without += not resting and not entered

    def _known(self, policy: Policy, rule: Rule) -> tuple[str, str]:
        key = _key(policy, rule)
        self.rules.setdefault(key, (policy, rule))
        self.policies.setdefault(policy.id, len(self.policies))
        self.clients[key] += 1
        return key

    def _share(self, place: int, found: Obligation, rule: Rule, demand: NestedShares) -> None:
        group = (found.policy.id, demand.group)
        self.shared.setdefault(group, _Shared(found, rule, demand)).members[place] = None

    def _raise(self, place: int, reading: Reading, rate: Fraction, key: tuple[str, str]) -> None:
        before = self.rates[reading][place]
        if rate > before:
            self.rates[reading][place] = rate
            self.asked[key, reading] = self.asked.get((key, reading), _ZERO) + rate - before

    def _fill(self, shared: _Shared) -> None:
        for reading in (Reading.GROUPS, Reading.COMFORTABLE):
            rates = self.rates[reading]
            often_first = sorted(shared.members, key=lambda place: (-rates[place], place))
            for place, rate in zip(
                often_first, group_rates(shared.demand, len(often_first)), strict=False
            ):
                self._raise(place, reading, rate, shared.key)
        members = list(shared.members)
        have = [self.rates[Reading.ROTATION][place] for place in members]
        more = rotation_gap(shared.demand, have)
        for place, rate in zip(members, levelled(have, more), strict=True):
            self._raise(place, Reading.ROTATION, rate, shared.key)


def _key(policy: Policy, rule: Rule) -> tuple[str, str]:
    return policy.id, rule.id


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
    gap = _ZERO
    for share in demand.shares:
        often = per_month(share.within)
        met = sum((min(Fraction(1), rate / often) for rate in have), _ZERO)
        gap = max(gap, (share.required_of(len(have)) - met) * often)
    return gap


def levelled(rates: Sequence[Fraction], more: Fraction) -> list[Fraction]:
    """The rates with `more` spread over the lowest ones, up to one common level."""
    if not rates or not more:
        return list(rates)
    lowest = sorted(rates)
    level, total = lowest[0], more
    for number, rate in enumerate(lowest, 1):
        if number > 1 and rate >= level:
            break
        total += rate
        level = total / number
    return [max(rate, level) for rate in rates]
