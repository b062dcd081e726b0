"""Which rules decide for a client, and to which days do they lead?"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Protocol, TypeVar

from kkd_desktop.domain import demands
from kkd_desktop.domain.client import Subject
from kkd_desktop.domain.contact import ContactForm, ContactKind
from kkd_desktop.domain.counting import Counting
from kkd_desktop.domain.demands import Anchor, Days, Finding
from kkd_desktop.domain.facts import FactValue
from kkd_desktop.domain.outcome import RequiredForm, State
from kkd_desktop.domain.policy import (
    Between,
    CountInPeriod,
    Explicit,
    FirstContact,
    NestedShares,
    Policy,
    Precedence,
    Rule,
    Within,
)
from kkd_desktop.domain.predicates import COMPUTED, applies, fact_value, holds
from kkd_desktop.domain.workdays import WorkCalendar

_NO_ANCHOR = (
    "Es fehlt ein Tag, ab dem gerechnet wird: weder ein zählender Kontakt noch die Anmeldung ist "
    "erfasst."
)
_PHONE_CALL = ContactKind(form=ContactForm.TELEFONISCH)
_DAY = timedelta(days=1)


class CompiledPolicy:
    """A policy made ready for many clients: rules are chosen once per combination of facts."""

    def __init__(self, policy: Policy, calendar: WorkCalendar) -> None:
        self.policy = policy
        self.calendar = calendar
        self.counting = Counting(policy)
        tests = [test for rule in policy.rules for test in rule.when.tests]
        self.asked = tuple(sorted({test.fact for test in tests}))
        valued = {test.fact for test in tests if test.values is not None}
        self._ask = tuple(_asker(name, name in valued) for name in self.asked)
        self._candidates: dict[tuple[FactValue, ...], tuple[Rule, ...]] = {}

    def candidates(self, subject: Subject, day: date) -> tuple[Rule, ...]:
        """The rules whose conditions hold on a day, in the order of the policy."""
        key = tuple([ask(subject, day) for ask in self._ask])
        found = self._candidates.get(key)
        if found is None:
            values = dict(zip(self.asked, key, strict=True))
            found = self._candidates[key] = tuple(
                rule
                for rule in self.policy.rules
                if all(holds(test, values[test.fact]) for test in rule.when.tests)
            )
        return found

    def finding(self, subject: Subject, days: Sequence[date], today: date) -> Finding:
        """What the rules lead to for sorted days of counted contacts, before any deviation."""
        rules = self._choose(subject, days, today)
        if not rules:
            otherwise = self.policy.otherwise
            return Finding(None, Days(State(otherwise.kind)), text=otherwise.text)
        return strictest([self._of_rule(rule, subject, days, today) for rule in rules])

    def _choose(self, subject: Subject, days: Sequence[date], today: date) -> tuple[Rule, ...]:
        """The rules that decide: one, or under strictest precedence all with a date."""
        usable = [
            rule
            for rule in self.candidates(subject, today)
            if not isinstance(rule.demand, FirstContact)
            or (not days and subject.registered is not None)
        ]
        if (
            not usable
            or self.policy.precedence is Precedence.FIRST
            or isinstance(usable[0].demand, Explicit)
        ):
            return tuple(usable[:1])
        return tuple(rule for rule in usable if not isinstance(rule.demand, Explicit))

    def _of_rule(self, rule: Rule, subject: Subject, days: Sequence[date], today: date) -> Finding:
        demand = rule.demand
        if isinstance(demand, Explicit):
            return Finding(rule, Days(State(demand.kind)), text=demand.text)
        last = days[-1] if days else None
        anchor = self._anchor(subject, last, today)
        if isinstance(demand, CountInPeriod):
            return Finding(rule, demands.count(demand, subject, days, today), anchor)
        if anchor is None:
            # Who was never met stays in the population of a share (reading R22).
            tier = demands.NO_TIER if isinstance(demand, NestedShares) else None
            return Finding(rule, Days(State.NO_ANCHOR, tier=tier), text=_NO_ANCHOR)
        return Finding(rule, self._days(demand, anchor, subject, last, today), anchor)

    def _days(
        self,
        demand: Within | Between | FirstContact | NestedShares,
        anchor: Anchor,
        subject: Subject,
        last: date | None,
        today: date,
    ) -> Days:
        if isinstance(demand, Within):
            return demands.within(demand, anchor, self.calendar, today)
        if isinstance(demand, Between):
            return demands.between(demand, anchor, self.calendar, today)
        if isinstance(demand, NestedShares):
            return demands.shares(demand, anchor, last, self.calendar, today)
        return demands.first(demand, subject.registered or anchor.day, self.calendar, today)

    def _anchor(self, subject: Subject, last: date | None, today: date) -> Anchor | None:
        """The last counted contact, else the registration (R27), never before a shift (R25)."""
        anchor: Anchor | None = None
        if last is not None:
            anchor = Anchor(last, "letzter zählender Kontakt")
        elif subject.registered is not None:
            anchor = Anchor(subject.registered, "Anmeldung")
        for shift in self.policy.shifts:
            timeline = subject.facts.timeline(shift.fact)
            day = None if timeline is None else timeline.left(shift.left, today)
            if day is None or (anchor is not None and day <= anchor.day):
                continue
            if applies(shift.when, subject, day) or applies(shift.when, subject, today):
                anchor = Anchor(day, f"nicht mehr {shift.left} seit")
        return anchor

    def required_form(self, subject: Subject, day: date) -> RequiredForm:
        """Whether a telephone talk on that day would count as well."""
        if self.counting.counts(_PHONE_CALL, day, subject):
            return RequiredForm.BELIEBIG
        return RequiredForm.PERSOENLICH


def _asker(name: str, valued: bool) -> Callable[[Subject, date], FactValue]:
    """How to ask for a fact of the memo's key. Of one that need only be known, that is the answer:
    one entry serves all birth dates.
    """
    if not valued:
        return lambda subject, day: True if fact_value(subject, name, day) is not None else None
    if name in COMPUTED:
        return lambda subject, day: fact_value(subject, name, day)
    return lambda subject, day: subject.facts.at(name, day)


_WITHOUT_DAY = (
    State.NO_ANCHOR,
    State.NO_PROFILE,
    State.MET,
    State.SUSPENDED,
    State.OTHER_POLICY,
    State.OUT_OF_SCOPE,
    State.NO_RULE,
    State.NOT_IN_FORCE,
)
"""Which answer speaks for a client where none has a day: what needs attention comes first."""


class _Dated(Protocol):
    @property
    def state(self) -> State: ...
    @property
    def latest(self) -> date | None: ...


Weighed = TypeVar("Weighed", bound=_Dated)


def strictest(found: Iterable[Weighed]) -> Weighed:
    """The one with the earliest last day; at a tie the first one named (readings R17, R34)."""
    return min(
        found,
        key=lambda each: (0, each.latest) if each.latest else (1, _rank(each.state)),
    )


def _rank(state: State) -> date:
    # A date, so that both halves of the sort key compare.
    return date.min + _WITHOUT_DAY.index(state) * _DAY
