"""Which days are working days in a Land? (readings R3, R13)"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)


@cache
def statutory_holidays(land: str | None, year: int) -> Mapping[date, str]:
    """Statutory holidays of one year, day → German name; `land` None gives the federal ones only.

    The one place that asks the `holidays` library: importing it costs more than painting the
    window, so a caller who starts the program passes days remembered in the store instead.
    """
    import holidays

    return dict(
        sorted(holidays.country_holidays("DE", subdiv=land, years=year, language="de").items())
    )


class WorkCalendar:
    """Monday to Friday without the statutory holidays of a Land and the office's own closed days.

    24 and 31 December and Rosenmontag are working days unless the office closes on them (reading
    R3).
    """

    __slots__ = ("_closed", "_lookup", "_years", "land")

    def __init__(
        self,
        land: str | None,
        *,
        closed: Iterable[date] = (),
        lookup: Callable[[str | None, int], Iterable[date]] = statutory_holidays,
    ) -> None:
        """`lookup` is asked for the holidays of a year when the first day of it is."""
        self.land = land
        self._closed = frozenset(closed)
        self._lookup = lookup
        self._years: dict[int, frozenset[date]] = {}

    def holidays_in(self, year: int) -> frozenset[date]:
        if year not in self._years:
            self._years[year] = frozenset(self._lookup(self.land, year))
        return self._years[year]

    def is_workday(self, day: date) -> bool:
        return (
            day.weekday() < 5 and day not in self._closed and day not in self.holidays_in(day.year)
        )

    def on_or_before(self, day: date) -> date:
        while not self.is_workday(day):
            day -= DAY
        return day

    def on_or_after(self, day: date) -> date:
        while not self.is_workday(day):
            day += DAY
        return day

    def nth_workday_after(self, day: date, number: int) -> date:
        """The `number`-th working day after `day`, which is day 0; for 0 the day itself."""
        while number > 0:
            day = self.on_or_after(day + DAY)
            number -= 1
        return day
