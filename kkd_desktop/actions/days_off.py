"""What stands against the days off: talks that are agreed already, and holidays."""

from collections.abc import Mapping
from datetime import date

from kkd_desktop.actions import appointments
from kkd_desktop.actions.context import Context
from kkd_desktop.domain.clashes import Clash, clashes
from kkd_desktop.domain.spans import add_months
from kkd_desktop.domain.workdays import statutory_holidays


def clashing(context: Context) -> tuple[Clash, ...]:
    """Open talks from today on, on closed days and in absences."""
    hours, today = context.settings.hours, context.today
    leaves = [leave for leave in (*hours.closed, *hours.absences) if leave.until >= today]
    if not leaves:
        return ()
    last = max(leave.until for leave in leaves)
    return clashes(leaves, appointments.between(context, today, last), today)


def coming_holidays(context: Context) -> Mapping[date, str]:
    """The statutory holidays of the office's Land in the twelve months from today on, by day."""
    today, land = context.today, context.office_calendar().land
    end = add_months(today, 12)
    return {
        day: name
        for year in range(today.year, end.year + 1)
        for day, name in statutory_holidays(land, year).items()
        if today <= day < end
    }
