"""What is due for a client under the policies in force?

The only source of due states in the program.
"""

from collections.abc import Sequence
from datetime import date

from kkd_desktop.domain.client import Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy, strictest
from kkd_desktop.domain.contact import Contact, ContactLog
from kkd_desktop.domain.demands import Days, Finding
from kkd_desktop.domain.deviations import deviate
from kkd_desktop.domain.notices import notices
from kkd_desktop.domain.outcome import Obligation, Outcome, RequiredForm, State
from kkd_desktop.domain.policy import Policy
from kkd_desktop.domain.values import replace


def evaluate(
    subject: Subject,
    contacts: Sequence[Contact],
    policies: Sequence[CompiledPolicy],
    today: date,
) -> Outcome:
    """The sum over all policies laid over each other. Contacts may stand in any order."""
    found = tuple(obligation(policy, subject, contacts, today) for policy in policies)
    return Outcome(today, strictest(found), found)


def obligation(
    policy: CompiledPolicy, subject: Subject, contacts: Sequence[Contact], today: date
) -> Obligation:
    """What a policy asks for a client whose contacts are given in any order."""
    log = ContactLog.of(contacts)
    counted = policy.counting.counted(log, subject, today)
    days = sorted({log.days[index] for index in counted})
    if policy.policy.validity.in_force(today):
        finding = policy.finding(subject, days, today)
        if subject.deviation is not None:
            finding = deviate(finding, subject.deviation, policy.policy, days, today)
    else:
        finding = Finding(None, Days(State.NOT_IN_FORCE))
    dated = finding.latest is not None or finding.days.required is not None
    form = policy.required_form(subject, today) if dated else None
    found = _obligation(policy.policy, finding, days[-1] if days else None, counted, form)
    hints = notices(policy, found, subject, log, today)
    return replace(found, warnings=hints) if hints else found


def _obligation(
    policy: Policy,
    finding: Finding,
    last: date | None,
    counted: tuple[int, ...],
    form: RequiredForm | None,
) -> Obligation:
    days, anchor = finding.days, finding.anchor
    return Obligation(
        policy,
        finding.rule,
        days.state,
        anchor=None if anchor is None else anchor.day,
        anchor_text="" if anchor is None else anchor.text,
        last=last,
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
        required_form=form,
        counted=counted,
        text=finding.text,
    )
