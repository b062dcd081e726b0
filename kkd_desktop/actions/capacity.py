"""What does the concept ask of a week, and how much of it is there time for?"""

from datetime import date, timedelta

from kkd_desktop.actions.context import Context
from kkd_desktop.domain.caseload import Capacity, capacity, capacity_norm, together
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.policy import CapacityNorm
from kkd_desktop.domain.slots import Agenda

_TO_SUNDAY = timedelta(days=6)


def norm_of_week(context: Context, day: date) -> Capacity | None:
    """The norm for the week of that day, by the hours there are in it; None without a norm.

    Holidays, closed days and absences lower it, as no document says what holds in such a week
    (reading R21). Where weeks take turns, a long one is asked for more than a short one.
    """
    return norm_of_weeks(context, day, 1)


def norm_of_weeks(context: Context, day: date, weeks: int) -> Capacity | None:
    """The same for the week of that day and those after it, summed up week by week."""
    norm = _norm(context, day)
    if norm is None:
        return None
    hours = context.settings.hours
    agenda = Agenda(context.office_calendar(), hours)
    monday = day - timedelta(days=day.weekday())
    mondays = [monday + timedelta(weeks=number) for number in range(weeks)]
    parts = [agenda.weeks_between(first, first + _TO_SUNDAY) for first in mondays]
    return together([capacity(norm, hours.weekly_hours, part=part) for part in parts])


def _norm(context: Context, day: date) -> CapacityNorm | None:
    """That of the first policy in force on the day, in its version then, that knows this role."""
    for policy in (policy for concept in context.concepts(day) for policy in concept.policies):
        if not policy.validity.in_force(day):
            continue
        try:
            norm = capacity_norm(policy, context.settings.role)
        except UserError:
            continue
        if norm is not None:
            return norm
    return None
