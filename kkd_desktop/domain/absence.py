"""When can a client not be met, and why? Known ahead, it pulls a talk forward or pushes it back.

The reason is one of a short list: of somebody's health nothing more is kept than that they cannot
come (see `health_facts`).
"""

from collections.abc import Iterable, Iterator
from datetime import date

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import Facts, FactValue, Period, Timeline
from kkd_desktop.domain.language import to_say
from kkd_desktop.domain.texts import short_day
from kkd_desktop.domain.values import Value

ABSENT = "abwesend"
"""Name of the fact that says on which days a client cannot be met."""

FIELD = to_say("Abwesenheit")


class Away(Value, frozen=True, order=True):
    """Days on which a person cannot be met, both included; the reason is German."""

    since: date
    until: date
    reason: str = ""

    def covers(self, day: date) -> bool:
        return self.since <= day <= self.until

    def meets(self, first: date, last: date) -> bool:
        """Whether any of these days is one of them."""
        return self.since <= last and first <= self.until

    def german(self) -> str:
        """`Urlaub von Mo 21.12. bis Do 31.12.`"""
        what = language.said(self.reason or FIELD)
        if self.since == self.until:
            return language.said("{what} am {day}").format(what=what, day=short_day(self.since))
        since = (
            ""
            if self.since == date.min
            else language.said(" von {day}").format(day=short_day(self.since))
        )
        until = (
            language.said(" auf Weiteres")
            if self.until == date.max
            else language.said(" bis {day}").format(day=short_day(self.until))
        )
        return f"{what}{since}{until}"


def absences(facts: Facts) -> Iterator[Away]:
    """The absences that were told, past ones too."""
    for period in (facts.timeline(ABSENT) or Timeline(())).periods:
        if period.value:
            reason = texts.ABSENCES.german.get(str(period.value), "")
            yield Away(period.since or date.min, period.until or date.max, reason)


def ahead(history: Timeline | None, today: date) -> Period | None:
    """The absence of today, else the next one."""
    periods = () if history is None else history.periods
    return next((p for p in periods if p.value and (p.until is None or p.until >= today)), None)


def shifted(away: Iterable[Away], target: date, day: date) -> str:
    """Which absence moved a talk from its target to another day, in words; empty where none did."""
    for each in away:
        if each.covers(target) and not each.covers(day):
            how = (
                language.said("vorgezogen: {absence}")
                if day < each.since
                else language.said("erst danach: {absence}")
            )
            return how.format(absence=each.german())
    return ""


def require_reason(value: FactValue) -> None:
    """Refuse what is not in the list. It is not repeated: it may be about somebody's health."""
    if value is not None and value not in texts.ABSENCES:
        known = ", ".join(texts.ABSENCES.values())
        raise UserError(
            language.said(
                "{field}: möglich sind {known}. Gründe aus der Gesundheit werden nicht gespeichert."
            ).format(field=language.said(FIELD), known=known)
        )
