"""What is due for a client under the policies in force?

The only source of due states in the program.
"""

from collections.abc import Sequence
from datetime import date

from kkd_desktop.domain.client import Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy, strictest
from kkd_desktop.domain.contact import Contact, ContactLog
from kkd_desktop.domain.counting import Counting
from kkd_desktop.domain.deviations import deviate
from kkd_desktop.domain.notices import notices
from kkd_desktop.domain.outcome import (
    CountedContact,
    Days,
    FactUsed,
    Finding,
    Notice,
    Obligation,
    Outcome,
    RequiredForm,
    State,
)
from kkd_desktop.domain.policy_set import Combine
from kkd_desktop.domain.predicates import fact_value
from kkd_desktop.domain.rulebook import Rulebook
from kkd_desktop.domain.values import Value


def evaluate(
    subject: Subject,
    contacts: Sequence[Contact],
    policies: Sequence[CompiledPolicy],
    today: date,
) -> Outcome:
    """The sum over all policies, laid over each other unless a `Rulebook` says otherwise. Contacts
    may stand in any order.
    """
    log = contacts if isinstance(contacts, ContactLog) else ContactLog.of(contacts)
    in_order = isinstance(policies, Rulebook) and policies.combine is Combine.FIRST
    found: list[Obligation] = []
    for policy in policies:
        answer = _obligations(policy, subject, log, today)
        found += answer
        if in_order and any(each.state not in _NO_ANSWER for each in answer):
            return Outcome(today, _deciding(answer), tuple(found))
    return Outcome(today, found[0] if len(found) == 1 else _deciding(found), tuple(found))


_NO_ANSWER = (State.NO_RULE, State.OUT_OF_SCOPE, State.OTHER_POLICY, State.NOT_IN_FORCE)
"""With these a policy leaves a client to the next one in the order."""


def obligations(
    policy: CompiledPolicy, subject: Subject, contacts: Sequence[Contact], today: date
) -> list[Obligation]:
    """What a policy asks for, one or several things side by side."""
    return _obligations(policy, subject, ContactLog.of(contacts), today)


def _obligations(
    policy: CompiledPolicy, subject: Subject, log: ContactLog, today: date
) -> list[Obligation]:
    evidence = CaseEvidence(policy, subject, log, today)
    if not policy.in_force(today):
        last = policy.counting.newest(log, subject, today)
        finding = Finding(None, Days(State.NOT_IN_FORCE), last=last)
        return [Obligation(policy.policy, finding, evidence)]
    found = policy.findings(subject, log, today)
    if subject.deviation is not None:
        found = [(each, deviate(finding, policy, subject, log, today)) for each, finding in found]
    return [Obligation(policy.policy, finding, evidence, each) for each, finding in found]


def _deciding(found: Sequence[Obligation]) -> Obligation:
    """The strictest. Of several things one policy asks for by the same day, the one that a
    telephone call would not do: whoever comes in person fulfils both.
    """
    first = strictest(found)
    tied = [
        other
        for other in found
        if other.latest == first.latest is not None and other.policy is first.policy
    ]
    return next((each for each in tied if each.required_form is RequiredForm.PERSOENLICH), first)


class CaseEvidence(Value, frozen=True, gc=False):
    """What the answers of one policy for one client stand on."""

    policy: CompiledPolicy
    subject: Subject
    log: ContactLog
    today: date

    def counted(self, finding: Finding) -> tuple[int, ...]:
        return self._counting(finding).counted(self.log, self.subject, self.today)

    def last_contact(self, finding: Finding) -> Contact | None:
        if finding.last is None:
            return None
        days = self.log.days
        index = next(index for index in self.counted(finding) if days[index] == finding.last)
        return self.log[index]

    def verdicts(self, finding: Finding) -> tuple[CountedContact, ...]:
        counting = self._counting(finding)
        newest_first = sorted(self.log, key=lambda contact: contact.day, reverse=True)
        return tuple(
            CountedContact(contact, counting.verdict(contact, self.subject, self.today))
            for contact in newest_first
        )

    def facts(self) -> tuple[FactUsed, ...]:
        return tuple(self._fact(name) for name in self.policy.asked)

    def _fact(self, name: str) -> FactUsed:
        # A list never asks for it.
        from kkd_desktop.domain.conditions_text import fact_name, value_text

        declared = self.policy.policy.facts
        value = fact_value(self.subject, name, self.today)
        timeline = self.subject.facts.timeline(name)
        period = None if timeline is None else timeline.period_at(self.today)
        return FactUsed(
            name,
            fact_name(name, declared),
            value_text(name, value, declared),
            None if period is None else period.since,
            None if period is None else period.until,
        )

    def hints(self, obligation: Obligation) -> tuple[Notice, ...]:
        return notices(self.policy, obligation, self.subject, self.log, self.today)

    def required_form(self, finding: Finding) -> RequiredForm:
        return self.policy.required_form(finding, self.subject, self.today)

    def _counting(self, finding: Finding) -> Counting:
        return self.policy.counting_of(frozenset() if finding.rule is None else finding.rule.counts)
