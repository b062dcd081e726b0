"""How is it said that an exception ends?"""

from collections.abc import Iterable
from datetime import date

from kkd_desktop.domain import texts
from kkd_desktop.domain.client import Deviation
from kkd_desktop.domain.deviations import kind_of
from kkd_desktop.domain.language import said
from kkd_desktop.domain.policy import ExceptionKind, Policy
from kkd_desktop.domain.workdays import WorkCalendar


def end_text(deviation: Deviation, policies: Iterable[Policy]) -> str:
    """`bis 15.01.2027`, `bis Ereignis: Ende der Maßnahme`."""
    if deviation.until is not None:
        return said("bis {day}").format(day=texts.day(deviation.until))
    kinds = (kind_of(deviation, policy) for policy in policies)
    labels = (said(kind.ends.label) for kind in kinds if kind is not None and kind.ends is not None)
    return said("bis Ereignis: {next}").format(next=next(labels, said("in keinem Konzept benannt")))


def last_end(kind: ExceptionKind, since: date, calendar: WorkCalendar) -> date | None:
    """The last day on which an exception agreed on `since` may end; None where that is open."""
    return None if kind.longest is None else kind.longest.after(since, calendar)


def longest_text(kind: ExceptionKind, last: date | None) -> str:
    """`längstens 12 Monate, also bis 20.11.2027`; empty where nothing is set."""
    if kind.longest is None or last is None:
        return ""
    return said("längstens {german}, also bis {day}").format(
        german=kind.longest.german(), day=texts.day(last)
    )


def ending_text(kind: ExceptionKind, last: date | None) -> str:
    """`endet mit „Ende: Maßnahme“, längstens …`; empty where only a day is agreed."""
    ends = (
        "" if kind.ends is None else said("endet mit „{label}“").format(label=said(kind.ends.label))
    )
    return ", ".join(part for part in (ends, longest_text(kind, last)) if part)
