"""Whom might it be time to delete? A proposal; who is deleted is chosen by a person."""

from collections.abc import Sequence

from kkd_desktop.actions.context import Context
from kkd_desktop.domain import retention
from kkd_desktop.domain.retention import Candidate, LookBack, Period
from kkd_desktop.store import retention as stored


def proposal(context: Context) -> Sequence[Candidate]:
    """Those whose period is over, the longest ago first."""
    period = Period(
        context.settings.retention_months, look_back(context), context.office_calendar()
    )
    return retention.candidates(stored.trails(context.store), period, context.today)


def look_back(context: Context) -> LookBack | None:
    """The longest span over which a rule of the policies in force looks back."""
    known = [(each.policy, each.calendar) for each in context.policies()]
    return next(iter(retention.look_backs(known, context.today)), None)


def period_text(context: Context) -> str:
    """What the period comes to, and for which reason where it is longer than set."""
    months, longest = context.settings.retention_months, look_back(context)
    period = Period(months, longest, context.office_calendar())
    _, rule = period.ends(context.today)
    if rule is not None:
        return (
            f"Das Konzept blickt weiter zurück: {rule.span.german()} ({rule.policy}, {rule.rule}). "
            "So lange bleibt eine Person mindestens gespeichert."
        )
    if longest is None:
        return "Keine Regel des Konzepts blickt weiter zurück."
    return (
        f"Am weitesten zurück blickt im Konzept „{longest.rule}“ ({longest.policy}): "
        f"{longest.span.german()}."
    )
