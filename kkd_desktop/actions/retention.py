"""Whom might it be time to delete? A proposal; who is deleted is chosen by a person."""

from collections.abc import Sequence

from kkd_desktop.actions.context import Context
from kkd_desktop.domain import retention
from kkd_desktop.domain.language import said
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
        return said(
            "Das Konzept blickt weiter zurück: {german} ({policy}, {rule}). So "
            "lange bleibt eine Person mindestens gespeichert."
        ).format(german=rule.span.german(), policy=rule.policy, rule=rule.rule)
    if longest is None:
        return said("Keine Regel des Konzepts blickt weiter zurück.")
    return said("Am weitesten zurück blickt im Konzept „{rule}“ ({policy}): {german}.").format(
        rule=longest.rule, policy=longest.policy, german=longest.span.german()
    )
