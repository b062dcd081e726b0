"""What does a reasoned exception of one client change? (readings R15, R32)"""

from datetime import date

from kkd_desktop.domain.client import Deviation, Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.contact import ContactLog
from kkd_desktop.domain.demands import by_latest
from kkd_desktop.domain.outcome import Finding, State
from kkd_desktop.domain.policy import DeviationEffect
from kkd_desktop.domain.values import replace


def deviate(
    finding: Finding, policy: CompiledPolicy, subject: Subject, log: ContactLog, today: date
) -> Finding:
    """The finding with the exception in it: the duty rests or its day is replaced until the end.

    After the end the duty is due, never earlier than on its normal day.
    """
    deviation = subject.deviation
    assert deviation is not None
    days, until, effect = finding.days, deviation.until, policy.policy.deviation
    if effect is DeviationEffect.NONE or days.latest is None:
        return finding
    if _has_nothing_to_say(finding, deviation, today):
        return finding
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
        return replace(finding, days=changed, text=f"Ausnahme beendet: {deviation.reason}")
    return replace(finding, days=changed, text=f"Ausnahme: {deviation.reason}")


def _has_nothing_to_say(finding: Finding, deviation: Deviation, today: date) -> bool:
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
        and deviation.until <= finding.latest
    )
