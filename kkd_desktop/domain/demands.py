"""Which days follow from a rule, once its counted contacts are known?"""

from collections.abc import Sequence
from datetime import date, timedelta

from kkd_desktop.domain.outcome import Days, State
from kkd_desktop.domain.policy import Between, CountInPeriod, FirstContact, NestedShares
from kkd_desktop.domain.spans import Span, Unit, add_months
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.workdays import WorkCalendar

_DAY = timedelta(days=1)

NO_TIER = "none"
"""The tier of a client who was not met within any of the spans."""


def by_latest(latest: date, today: date) -> State:
    """The computed day still fulfils; overdue begins on the next one (reading R2)."""
    if today < latest:
        return State.OK
    return State.DUE_TODAY if today == latest else State.OVERDUE


def within(span: Span, anchor: date, calendar: WorkCalendar, today: date) -> Days:
    latest = span.after(anchor, calendar)
    return Days(by_latest(latest, today), None, latest, latest)


def between(demand: Between, anchor: date, calendar: WorkCalendar, today: date) -> Days:
    """The target is the middle of the window: a choice of ours (reading R11)."""
    earliest = demand.lower.after(anchor, calendar)
    latest = demand.upper.after(anchor, calendar)
    target = earliest + (latest - earliest) // 2
    return Days(by_latest(latest, today), earliest, target, latest)


def first(demand: FirstContact, registered: date, calendar: WorkCalendar, today: date) -> Days:
    latest = demand.latest.after(registered, calendar)
    return Days(
        by_latest(latest, today), target=demand.usual.after(registered, calendar), latest=latest
    )


def shares(
    demand: NestedShares,
    anchor: date,
    last: date | None,
    calendar: WorkCalendar,
    today: date,
) -> Days:
    """Milestones of one client in the caseload's shares (reading R22).

    The shares bind the caseload. For one client the widest span is a soft outer bound; the target
    is the next milestone, so that planning fills the narrow shares first. The tier looks at real
    contacts only.
    """
    milestones = {share.id: share.within.after(anchor, calendar) for share in demand.shares}
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


class Course(Value, frozen=True):
    """The time that periods are counted in, from the anchor on.

    It has an end, or goes on for ever, or `once` is a single period: an EinV whose end is unknown.
    """

    begins: date
    ends: date | None = None
    once: bool = False


def count(
    demand: CountInPeriod,
    course: Course | None,
    registered: date | None,
    counted: Sequence[date],
    today: date,
) -> Days:
    """Contact days in the running period, or rolling without a course or after its end (R8, R8c).

    `counted` are the days with a counted contact, each once (reading R33), in any order.
    """
    number, period = demand.number, demand.period
    if course is None or course.begins > today:
        return _rolling(number, period, registered, counted, today)
    start, end = _period(course, period, today)
    found = _fixed(number, start, end, counted, today)
    if today <= end:
        return found
    if found.missing and today <= _moved(end, period):
        return found
    return _rolling(number, period, registered, counted, today, lapsed=True)


def _moved(day: date, period: Span, times: int = 1) -> date:
    """`day` moved by whole periods; in one step, because a chain of clipped months would drift."""
    if period.unit is Unit.MONTHS:
        return add_months(day, times * period.number)
    assert period.unit is not Unit.WORKDAYS, "checked when the policy is read"
    return day + timedelta(days=times * period.number * (7 if period.unit is Unit.WEEKS else 1))


def _period(course: Course, period: Span, today: date) -> tuple[date, date]:
    """The period that holds today, or the last one of a course with an end."""
    last = course.begins if course.once else min(today, course.ends or today)
    nth = 0
    while _moved(course.begins, period, nth + 1) <= last:
        nth += 1
    end = _moved(course.begins, period, nth + 1) - _DAY
    start = _moved(course.begins, period, nth)
    return start, end if course.ends is None else min(end, course.ends)


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
    period: Span,
    registered: date | None,
    counted: Sequence[date],
    today: date,
    *,
    lapsed: bool = False,
) -> Days:
    """The last `period` up to today.

    A client registered within it is measured from registration on.
    """
    start = _moved(today, period, -1) + _DAY
    inside = sorted((day for day in counted if start <= day <= today), reverse=True)
    missing = max(0, number - len(inside))
    if not missing:
        # On this day the oldest contact still needed leaves the window: a new one on it keeps the
        # number.
        latest = _moved(inside[number - 1], period)
        state, target = State.MET, latest
    elif registered is not None and start <= registered <= today:
        latest = _moved(registered, period) - _DAY
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
