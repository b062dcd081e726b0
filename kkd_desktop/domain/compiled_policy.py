"""Which rules decide for a client, and to which days do they lead?"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Protocol, TypeVar

from kkd_desktop.domain.client import Subject
from kkd_desktop.domain.compiled_rule import CompiledRule
from kkd_desktop.domain.contact import ContactForm, ContactKind, ContactLog
from kkd_desktop.domain.counting import Counting
from kkd_desktop.domain.facts import FactValue
from kkd_desktop.domain.outcome import Days, Finding, RequiredForm, State
from kkd_desktop.domain.policy import Policy, Precedence, Rule
from kkd_desktop.domain.predicates import COMPUTED, holds
from kkd_desktop.domain.workdays import WorkCalendar

_PHONE_CALL = ContactKind(form=ContactForm.TELEFONISCH)
_DAY = timedelta(days=1)

Findings = Sequence[tuple[str, Finding]]
"""What is found for each obligation, by its id."""


class Tracks:
    """What is asked for side by side: each obligation with the rules to choose from."""

    def __init__(self, rules: Sequence[tuple[str, tuple[CompiledRule, ...]]]) -> None:
        self.rules = rules
        self.hang_on_last = all(rule.hangs_on_last for _, each in rules for rule in each)
        self.known: dict[tuple[date | None, date | None, date], Findings] = {}
        """Answers by last contact, registration where there was none, and day."""


class CompiledPolicy:
    """A policy made ready for many clients: rules are chosen once per combination of facts."""

    def __init__(self, policy: Policy, calendar: WorkCalendar) -> None:
        self.policy = policy
        self.calendar = calendar
        self._countings = {frozenset[str](): Counting(policy)}
        self.counting = self._countings[frozenset()]
        self._rules = tuple(
            CompiledRule(rule, self.counting_of(rule.counts), calendar, policy.shifts)
            for rule in policy.rules
        )
        tests = [test for rule in policy.rules for test in rule.when.tests]
        self.asked = tuple(sorted({test.fact for test in tests}))
        valued = {t.fact for t in tests if t.values is not None or t.bounds is not None}
        self._recorded = tuple(n for n in self.asked if n in valued and n not in COMPUTED)
        others = [name for name in self.asked if name not in self._recorded]
        self._askers = tuple(_asker(name, name in valued) for name in others)
        self._names = (*self._recorded, *others)
        self._tracks: dict[tuple[FactValue, ...], Tracks] = {}
        self._without_rule: dict[date | None, Finding] = {}
        self._asked_day, self._in_force = date.min, False

    def in_force(self, day: date) -> bool:
        if day != self._asked_day:
            self._asked_day, self._in_force = day, self.policy.validity.in_force(day)
        return self._in_force

    def counting_of(self, classes: frozenset[str]) -> Counting:
        """The counting in which only contacts of these classes count; of all where it is empty."""
        if classes not in self._countings:
            self._countings[classes] = Counting(self.policy, classes)
        return self._countings[classes]

    def candidates(self, subject: Subject, day: date) -> tuple[Rule, ...]:
        """The rules whose conditions hold on a day, in the order of the policy."""
        found = {id(each) for _, rules in self._of(subject, day).rules for each in rules}
        return tuple(each.rule for each in self._rules if id(each) in found)

    def findings(self, subject: Subject, log: ContactLog, today: date) -> Findings:
        """What the rules lead to per obligation, before any deviation.

        An answer that holds for all of them stands there once.
        """
        tracks = self._of(subject, today)
        if not tracks.hang_on_last:
            return self._weigh(
                tracks,
                lambda rule: rule.find(subject, log, today),
                lambda: self.counting.newest(log, subject, today),
            )
        last, registered = self.counting.newest(log, subject, today), subject.registered
        key = (last, None if last else registered, today)
        found = tracks.known.get(key)
        if found is None:
            found = tracks.known[key] = self._weigh(
                tracks, lambda rule: rule.by_last(last, registered, today), lambda: last
            )
        return found

    def _weigh(
        self,
        tracks: Tracks,
        find: Callable[[CompiledRule], Finding | None],
        last: Callable[[], date | None],
    ) -> Findings:
        found = [
            (each, self._choose(rules, find) or self._nothing(last()))
            for each, rules in tracks.rules
        ]
        if len(found) > 1:
            _, first = found[0]
            if all(other == first for _, other in found):
                return [("", first)]
        return found

    def finding(
        self, obligation: str, subject: Subject, log: ContactLog, today: date
    ) -> Finding | None:
        """What is asked for under one of the obligations; None where it is none on that day."""
        return dict(self.findings(subject, log, today)).get(obligation)

    def required_form(self, finding: Finding, subject: Subject, day: date) -> RequiredForm:
        """Whether a telephone talk on that day would count as well."""
        if self.counting_of(finding.counts).counts(_PHONE_CALL, day, subject):
            return RequiredForm.BELIEBIG
        return RequiredForm.PERSOENLICH

    def _of(self, subject: Subject, day: date) -> Tracks:
        key = (
            *subject.facts.values(self._recorded, day),
            *[ask(subject, day) for ask in self._askers],
        )
        found = self._tracks.get(key)
        if found is None:
            values = dict(zip(self._names, key, strict=True))
            found = self._tracks[key] = self._tracks_for(values)
        return found

    def _tracks_for(self, values: dict[str, FactValue]) -> Tracks:
        fitting = [
            each
            for each in self._rules
            if all(holds(test, values[test.fact]) for test in each.rule.when.tests)
        ]
        return Tracks(
            [
                (track, tuple(each for each in fitting if each.rule.obligation in ("", track)))
                for track in self.policy.obligations or ("",)
            ]
        )

    def _choose(
        self, rules: Sequence[CompiledRule], find: Callable[[CompiledRule], Finding | None]
    ) -> Finding | None:
        """The first rule that asks for something, or under strictest precedence the strictest."""
        strict = self.policy.precedence is Precedence.STRICTEST
        weighed: list[Finding] = []
        for rule in rules:
            if weighed and rule.is_explicit:
                continue
            found = find(rule)
            if found is None:
                continue
            if not strict or rule.is_explicit:
                return found
            weighed.append(found)
        return strictest(weighed) if weighed else None

    def _nothing(self, last: date | None) -> Finding:
        if last not in self._without_rule:
            otherwise = self.policy.otherwise
            self._without_rule[last] = Finding(
                None, Days(State(otherwise.kind)), last=last, text=otherwise.text
            )
        return self._without_rule[last]


def _asker(name: str, valued: bool) -> Callable[[Subject, date], FactValue]:
    """How to ask for a fact of the memo's key. Of one that need only be known, that is the answer:
    one entry serves all birth dates.
    """
    ask = COMPUTED.get(name) or (lambda subject, day: subject.facts.at(name, day))
    if valued:
        return ask
    return lambda subject, day: True if ask(subject, day) is not None else None


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
