"""What does a reasoned exception of one client change? (readings R15, R32)"""

from collections.abc import Sequence
from datetime import date

from kkd_desktop.domain.client import Deviation
from kkd_desktop.domain.demands import Finding, by_latest
from kkd_desktop.domain.outcome import State
from kkd_desktop.domain.policy import DeviationEffect, Policy
from kkd_desktop.domain.values import replace


def deviate(
    finding: Finding, deviation: Deviation, policy: Policy, counted: Sequence[date], today: date
) -> Finding:
    """The finding with the exception in it: the duty rests or its day is replaced until the end.

    After the end the duty is due, never earlier than on its normal day. `counted` are the sorted
    days of counted contacts.
    """
    days, until, effect = finding.days, deviation.until, policy.deviation
    if effect is DeviationEffect.NONE or days.latest is None:
        return finding
    if _has_nothing_to_say(finding, deviation, counted, today):
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


def _has_nothing_to_say(
    finding: Finding, deviation: Deviation, counted: Sequence[date], today: date
) -> bool:
    """Not begun yet; or the talk it was agreed for was held, and the normal day lies beyond it."""
    if deviation.since is None:
        return False
    if today < deviation.since:
        return True
    return (
        finding.days.required is None
        and bool(counted)
        and finding.latest is not None
        and deviation.since < counted[-1]
        and deviation.until <= finding.latest
    )
