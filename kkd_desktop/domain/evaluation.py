"""What is due for a client under the policies in force?

The only source of due states in the program.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kkd_desktop.domain import demands
from kkd_desktop.domain.client import Deviation, Subject
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind
from kkd_desktop.domain.counting import Counting
from kkd_desktop.domain.demands import Anchor, Days
from kkd_desktop.domain.facts import FactValue
from kkd_desktop.domain.notices import notices
from kkd_desktop.domain.outcome import Obligation, Outcome, RequiredForm, State
from kkd_desktop.domain.policy import (
    Between,
    CountInPeriod,
    DeviationEffect,
    Explicit,
    FirstContact,
    NestedShares,
    Policy,
    Precedence,
    Rule,
    Within,
)
from kkd_desktop.domain.predicates import applies, fact_value, holds
from kkd_desktop.domain.workdays import WorkCalendar

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
        # A birth date is only asked whether it is known: one memo entry for all of them.
        self._valued = frozenset(test.fact for test in tests if test.values is not None)
        self._candidates: dict[tuple[FactValue, ...], tuple[Rule, ...]] = {}

    def candidates(self, subject: Subject, day: date) -> tuple[Rule, ...]:
        """The rules whose conditions hold on a day, in the order of the policy."""
        key = tuple([self._asked_value(subject, name, day) for name in self.asked])
        found = self._candidates.get(key)
        if found is None:
            values = dict(zip(self.asked, key, strict=True))
            found = self._candidates[key] = tuple(
                rule
                for rule in self.policy.rules
                if all(holds(test, values[test.fact]) for test in rule.when.tests)
            )
        return found

    def _asked_value(self, subject: Subject, name: str, day: date) -> FactValue:
        value = fact_value(subject, name, day)
        return value if value is None or name in self._valued else True

    def obligation(self, subject: Subject, contacts: Sequence[Contact], today: date) -> Obligation:
        """What this policy asks for a client whose contacts are given in any order."""
        counted = self.counting.counted(contacts, subject, today)
        days = sorted({contacts[index].day for index in counted})
        last = days[-1] if days else None
        bare = Obligation(self.policy, None, State.NOT_IN_FORCE, last=last, counted=counted)
        if not self.policy.validity.in_force(today):
            found = bare
        else:
            found = self._decide(bare, subject, days, today)
        return replace(found, warnings=notices(self, found, subject, contacts, today))

    def decide(self, subject: Subject, days: Sequence[date], today: date) -> Obligation:
        """The bare answer for known days of counted contacts: no deviation, no notices."""
        bare = Obligation(
            self.policy, None, State.NO_RULE, last=days[-1] if days else None, counted=()
        )
        chosen = self._choose(subject, days, today)
        return self._apply(bare, chosen, subject, days, today)

    def _decide(
        self, bare: Obligation, subject: Subject, days: Sequence[date], today: date
    ) -> Obligation:
        found = self._apply(bare, self._choose(subject, days, today), subject, days, today)
        deviation = subject.deviation
        if deviation is not None and found.latest is not None:
            found = self._deviate(found, deviation, today)
        return found

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

    def _apply(
        self,
        bare: Obligation,
        rules: Sequence[Rule],
        subject: Subject,
        days: Sequence[date],
        today: date,
    ) -> Obligation:
        if not rules:
            otherwise = self.policy.otherwise
            return replace(bare, state=State(otherwise.kind), text=otherwise.text)
        return strictest([self._dated(bare, rule, subject, days, today) for rule in rules])

    def _dated(
        self,
        bare: Obligation,
        rule: Rule,
        subject: Subject,
        counted: Sequence[date],
        today: date,
    ) -> Obligation:
        demand = rule.demand
        if isinstance(demand, Explicit):
            return replace(bare, rule=rule, state=State(demand.kind), text=demand.text)
        anchor = self._anchor(subject, bare.last, today)
        if isinstance(demand, CountInPeriod):
            found = demands.count(demand, subject, counted, today)
        elif anchor is None:
            return replace(
                bare,
                rule=rule,
                state=State.NO_ANCHOR,
                text="Es fehlt ein Tag, ab dem gerechnet wird: weder ein zählender Kontakt "
                "noch die Anmeldung ist erfasst.",
                # Who was never met stays in the population of a share (reading R22).
                tier=demands.NO_TIER if isinstance(demand, NestedShares) else None,
            )
        else:
            found = self._days(demand, anchor, subject, bare.last, today)
        return _filled(
            replace(
                bare,
                rule=rule,
                anchor=None if anchor is None else anchor.day,
                anchor_text="" if anchor is None else anchor.text,
                required_form=self.required_form(subject, today),
            ),
            found,
        )

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
        call = Contact(day, _PHONE_CALL)
        counts = bool(self.counting.counted((call,), subject, day))
        return RequiredForm.BELIEBIG if counts else RequiredForm.PERSOENLICH

    def _deviate(self, found: Obligation, deviation: Deviation, today: date) -> Obligation:
        """A reasoned exception rests the duty or replaces its day; after its end the duty is due
        (R15).
        """
        effect = self.policy.deviation
        if effect is DeviationEffect.NONE or found.latest is None or _idle(deviation, found, today):
            return found
        latest = max(found.latest, deviation.until)
        if effect is DeviationEffect.SUSPENDS and today < deviation.until:
            return replace(
                found,
                state=State.SUSPENDED,
                latest=latest,
                target=max(found.target or latest, deviation.until),
                earliest=None,
                text=f"Ausnahme: {deviation.reason}",
            )
        if effect is DeviationEffect.REPLACES and today <= deviation.until:
            return replace(
                found,
                state=State.EXCEPTED,
                latest=deviation.until,
                target=deviation.until,
                earliest=None,
                text=f"Ausnahme: {deviation.reason}",
            )
        if found.latest >= deviation.until or found.required is not None:
            return found
        return replace(
            found,
            state=demands.by_latest(latest, today),
            latest=latest,
            target=latest,
            text=f"Ausnahme beendet: {deviation.reason}",
        )


def _idle(deviation: Deviation, found: Obligation, today: date) -> bool:
    """Whether an exception has nothing to say: not begun yet, or the talk it was agreed for was
    held since and the normal day lies beyond its end.
    """
    if deviation.since is None:
        return False
    if today < deviation.since:
        return True
    return (
        found.required is None
        and found.last is not None
        and found.latest is not None
        and deviation.since < found.last
        and deviation.until <= found.latest
    )


def _filled(obligation: Obligation, days: Days) -> Obligation:
    return replace(
        obligation,
        state=days.state,
        earliest=days.earliest,
        target=days.target,
        latest=days.latest,
        required=days.required,
        count=days.count,
        missing=days.missing,
        period_start=days.period_start,
        period_end=days.period_end,
        milestones=days.milestones,
        tier=days.tier,
        lapsed=days.lapsed,
    )


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


def strictest(obligations: Iterable[Obligation]) -> Obligation:
    """The obligation with the earliest last day; at a tie the first one named (readings R17,
    R34).
    """
    return min(
        obligations,
        key=lambda o: (0, o.latest) if o.latest is not None else (1, _rank(o.state)),
    )


def _rank(state: State) -> date:
    # A date, so that both halves of the sort key compare.
    return date.min + _WITHOUT_DAY.index(state) * _DAY


def evaluate(
    subject: Subject,
    contacts: Sequence[Contact],
    policies: Sequence[CompiledPolicy],
    today: date,
) -> Outcome:
    """The sum over all policies laid over each other. Contacts may stand in any order."""
    found = tuple(policy.obligation(subject, contacts, today) for policy in policies)
    return Outcome(today, strictest(found), found)
