"""Take in the busy times of other calendars, so that nothing is planned over them."""

from datetime import date

from kkd_desktop.actions.context import Context
from kkd_desktop.domain.busy_time import BusyTime
from kkd_desktop.store import busy


def between(context: Context, first: date, last: date) -> tuple[BusyTime, ...]:
    """What other calendars have on the days, both included, sorted; it may reach beyond them."""
    return tuple(busy.between(context.store, first, last))
