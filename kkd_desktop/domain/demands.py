"""Which days follow from a rule, once its counted contacts are known?"""

from collections.abc import Sequence
from datetime import date, timedelta

from kkd_desktop.domain.client import Subject
from kkd_desktop.domain.outcome import State
from kkd_desktop.domain.policy import (
    Between,
    CountInPeriod,
    FirstContact,
    NestedShares,
    Rule,
    Within,
)
from kkd_desktop.domain.spans import Unit, add_months
from kkd_desktop.domain.values import Value, field
from kkd_desktop.domain.workdays import WorkCalendar

_DAY = timedelta(days=1)

NO_TIER = "none"
"""The tier of a client who was not met within any of the spans."""


class Anchor(Value, frozen=True):
    """The day from which spans run, and what happened on it."""

    day: date
    text: str


class Days(Value, frozen=True):
    """The days and numbers a demand leads to; None where it says nothing of the kind."""

    state: State
    earliest: date | None = None
    target: date | None = None
    latest: date | None = None
    required: int | None = None
    count: int | None = None
    missing: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    milestones: dict[str, date] = field(default_factory=dict)
    tier: str | None = None
    lapsed: bool = False
    """The EinV/Kooperationsplan that anchored the period has run out."""


class Finding(Value, frozen=True):
    """What a rule leads to; `text` is the sentence of an answer without a date, or of a change."""

    rule: Rule | None
    days: Days
    anchor: Anchor | None = None
    text: str = ""

    @property
    def state(self) -> State:
        return self.days.state

    @property
    def latest(self) -> date | None:
        return self.days.latest


def by_latest(latest: date, today: date) -> State:
    """The computed day still fulfils; overdue begins on the next one (reading R2)."""
    if today < latest:
        return State.OK
    return State.DUE_TODAY if today == latest else State.OVERDUE


def within(demand: Within, anchor: Anchor, calendar: WorkCalendar, today: date) -> Days:
    latest = demand.span.after(anchor.day, calendar)
    return Days(by_latest(latest, today), target=latest, latest=latest)


def between(demand: Between, anchor: Anchor, calendar: WorkCalendar, today: date) -> Days:
    """The target is the middle of the window: a choice of ours (reading R11)."""
    earliest = demand.lower.after(anchor.day, calendar)
    latest = demand.upper.after(anchor.day, calendar)
    target = earliest + (latest - earliest) // 2
    return Days(by_latest(latest, today), earliest=earliest, target=target, latest=latest)


def first(demand: FirstContact, registered: date, calendar: WorkCalendar, today: date) -> Days:
    latest = demand.latest.after(registered, calendar)
    return Days(
        by_latest(latest, today), target=demand.usual.after(registered, calendar), latest=latest
    )


def shares(
    demand: NestedShares,
    anchor: Anchor,
    last: date | None,
    calendar: WorkCalendar,
    today: date,
) -> Days:
    """Milestones of one client in the caseload's shares (reading R22).

    The shares bind the caseload. For one client the widest span is a soft outer bound; the target
    is the next milestone, so that planning fills the narrow shares first. The tier looks at real
    contacts only.
    """
    milestones = {share.id: share.within.after(anchor.day, calendar) for share in demand.shares}
    tier = NO_TIER
    if last is not None:
        tier = next(
            (s.id for s in demand.shares if today <= s.within.after(last, calendar)), NO_TIER
        )
    latest = max(milestones.values())
    target = min((day for day in milestones.values() if day >= today), default=latest)
    return Days(
        by_latest(latest, today),
        target=target,
        latest=latest,
        milestones=milestones,
        tier=tier,
    )


def count(demand: CountInPeriod, subject: Subject, counted: Sequence[date], today: date) -> Days:
    """Contact days in the running period of the EinV/Kooperationsplan, or rolling without one
    (R8, R8c).

    `counted` are the days with a counted contact, each once (reading R33), in any order.
    """
    assert demand.period.unit is Unit.MONTHS, "checked when the policy is read"
    months = demand.period.number
    start = subject.einv_start
    if start is None or start > today:
        return _rolling(demand.number, months, subject.registered, counted, today)
    start, end = _period(start, subject.einv_end, months, today)
    found = _fixed(demand.number, start, end, counted, today)
    if today <= end:
        return found
    if found.missing and today <= add_months(end, months):
        return found
    return _rolling(demand.number, months, subject.registered, counted, today, lapsed=True)


def _period(begin: date, ends: date | None, months: int, today: date) -> tuple[date, date]:
    """The half-year of the EinV that holds today, or its last one; without an end there is one.

    Each is counted from the beginning of the EinV, because a chain of clipped months would drift.
    """
    nth, last = 0, begin if ends is None else min(today, ends)
    while add_months(begin, (nth + 1) * months) <= last:
        nth += 1
    end = add_months(begin, (nth + 1) * months) - _DAY
    return add_months(begin, nth * months), end if ends is None else min(end, ends)


def _fixed(number: int, start: date, end: date, counted: Sequence[date], today: date) -> Days:
    have = sum(1 for day in counted if start <= day <= min(end, today))
    missing = max(0, number - have)
    if not missing:
        state, target, latest = State.MET, None, None
    else:
        target, latest = _pace(number, start, end, have + 1), end
        on_pace = State.ON_PACE if today <= target else State.BEHIND
        state = State.FAILED if today > end else on_pace
    return Days(
        state,
        target=target,
        latest=latest,
        required=number,
        count=have,
        missing=missing,
        period_start=start,
        period_end=end,
        lapsed=today > end,
    )


def _pace(number: int, start: date, end: date, nth: int) -> date:
    """The end of the `nth` of `number` equal parts of a period:

    an aid for planning only (reading R9).
    """
    length = (end - start).days + 1
    return start + timedelta(days=length * nth // number) - _DAY


def _rolling(
    number: int,
    months: int,
    registered: date | None,
    counted: Sequence[date],
    today: date,
    *,
    lapsed: bool = False,
) -> Days:
    """The last `months` up to today.

    A client registered within them is measured from registration on.
    """
    start = add_months(today, -months) + _DAY
    inside = sorted((day for day in counted if start <= day <= today), reverse=True)
    missing = max(0, number - len(inside))
    if not missing:
        # On this day the oldest contact still needed leaves the window: a new one on it keeps the
        # number.
        latest = add_months(inside[number - 1], months)
        state, target = State.MET, latest
    elif registered is not None and start <= registered <= today:
        latest = add_months(registered, months) - _DAY
        target = _pace(number, registered, latest, len(inside) + 1)
        state = State.ON_PACE if today <= target else State.BEHIND
    else:
        state, target, latest = State.BEHIND, today, today
    return Days(
        state,
        target=target,
        latest=latest,
        required=number,
        count=len(inside),
        missing=missing,
        period_start=start,
        period_end=today,
        lapsed=lapsed,
    )
