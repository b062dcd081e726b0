"""What does a reasoned exception of one client change? (readings R15, R32)"""

from datetime import date

from kkd_desktop.domain.client import Deviation, Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.contact import ContactLog
from kkd_desktop.domain.demands import by_latest
from kkd_desktop.domain.events import event_day
from kkd_desktop.domain.language import each_to_say, to_say
from kkd_desktop.domain.outcome import Days, Finding, Remark, State
from kkd_desktop.domain.policy import DeviationEffect, ExceptionKind, Policy
from kkd_desktop.domain.values import replace

_AGREED, _ENDED = each_to_say("Ausnahme: {reason}", "Ausnahme beendet: {reason}")


def kind_of(deviation: Deviation, policy: Policy) -> ExceptionKind | None:
    """The kind the policy declares for it; None where it is one of the single case."""
    return next((kind for kind in policy.exceptions if kind.id == deviation.kind), None)


def effect_of(deviation: Deviation, policy: Policy) -> DeviationEffect:
    kind = kind_of(deviation, policy)
    return policy.deviation if kind is None else kind.effect


def end_of(
    deviation: Deviation, policy: CompiledPolicy, subject: Subject, log: ContactLog, today: date
) -> date | None:
    """Its own day, that of the event, or the longest the policy allows: whichever comes first.

    None while none of them is known.
    """
    kind, since = kind_of(deviation, policy.policy), deviation.since
    ends = [] if deviation.until is None else [deviation.until]
    if kind is not None and kind.ends is not None:
        day = event_day(kind.ends, subject, log, today)
        if day is not None and (since is None or since <= day):
            ends.append(day)
    if kind is not None and kind.longest is not None and since is not None:
        ends.append(kind.longest.after(since, policy.calendar))
    return min(ends, default=None)


def deviate(
    finding: Finding, policy: CompiledPolicy, subject: Subject, log: ContactLog, today: date
) -> Finding:
    """The finding with the exception in it: the duty rests or its day is replaced until the end.

    After the end the duty is due, never earlier than on its normal day.
    """
    changed = _deviated(finding, policy, subject, log, today)
    if changed is finding:
        return finding
    assert subject.deviation is not None
    kind = kind_of(subject.deviation, policy.policy)
    citation = policy.policy.deviation_citation if kind is None else kind.citation
    return replace(changed, exception=citation)


def _deviated(
    finding: Finding, policy: CompiledPolicy, subject: Subject, log: ContactLog, today: date
) -> Finding:
    deviation = subject.deviation
    assert deviation is not None
    effect = effect_of(deviation, policy.policy)
    if effect is DeviationEffect.NONE or finding.latest is None:
        return finding
    until = end_of(deviation, policy, subject, log, today)
    if until is None:
        return _open(finding, deviation, policy.policy, effect, today)
    if _has_nothing_to_say(finding, deviation, until, today):
        return finding
    return _until(finding, deviation, effect, until, today)


def _open(
    finding: Finding, deviation: Deviation, policy: Policy, effect: DeviationEffect, today: date
) -> Finding:
    """The duty rests until an event that has not happened yet."""
    kind = kind_of(deviation, policy)
    begun = deviation.since is None or deviation.since <= today
    if kind is None or kind.ends is None or effect is not DeviationEffect.SUSPENDS or not begun:
        return finding
    german = to_say("Ausnahme: {reason}; sie endet mit „{label}“")
    text = Remark(german, deviation.reason, kind.ends.label)
    return replace(finding, days=Days(State.SUSPENDED), text=text)


def _until(
    finding: Finding, deviation: Deviation, effect: DeviationEffect, until: date, today: date
) -> Finding:
    days = finding.days
    assert days.latest is not None
    latest = max(days.latest, until)
    if effect is DeviationEffect.SUSPENDS and today < until:
        target = max(days.target or latest, until)
        changed = replace(days, state=State.SUSPENDED, earliest=None, target=target, latest=latest)
    elif effect is DeviationEffect.REPLACES and today <= until:
        changed = replace(days, state=State.EXCEPTED, earliest=None, target=until, latest=until)
    elif days.latest >= until or days.required is not None:
        return finding
    else:
        changed = replace(days, state=by_latest(latest, today), target=latest, latest=latest)
        return replace(finding, days=changed, text=Remark(_ENDED, deviation.reason))
    return replace(finding, days=changed, text=Remark(_AGREED, deviation.reason))


def _has_nothing_to_say(finding: Finding, deviation: Deviation, until: date, today: date) -> bool:
    """Not begun yet; or the talk it was agreed for was held, and the normal day lies beyond it."""
    if deviation.since is None:
        return False
    if today < deviation.since:
        return True
    return (
        finding.days.required is None
        and finding.last is not None
        and finding.latest is not None
        and deviation.since < finding.last
        and until <= finding.latest
    )
