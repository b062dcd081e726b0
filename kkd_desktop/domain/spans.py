"""How long is a span, and which day does it reach? Calendar months are not days (reading R1)."""

from datetime import date, timedelta
from enum import StrEnum

from kkd_desktop.domain.language import is_german, said_of_number, to_count
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.workdays import WorkCalendar


class Unit(StrEnum):
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    WORKDAYS = "workdays"


_GERMAN = {
    Unit.DAYS: to_count("Tag", "Tage"),
    Unit.WEEKS: to_count("Woche", "Wochen"),
    Unit.MONTHS: to_count("Monat", "Monate"),
    Unit.WORKDAYS: to_count("Arbeitstag", "Arbeitstage"),
}


class Span(Value, frozen=True):
    """A number of days, weeks, calendar months or working days of the Land."""

    number: int
    unit: Unit

    def after(self, anchor: date, calendar: WorkCalendar) -> date:
        """The day reached from `anchor`, which is day 0 (§§ 187, 188 BGB via § 26 SGB X)."""
        if self.unit is Unit.MONTHS:
            return add_months(anchor, self.number)
        if self.unit is Unit.WORKDAYS:
            return calendar.nth_workday_after(anchor, self.number)
        return anchor + timedelta(days=self.number * (7 if self.unit is Unit.WEEKS else 1))

    def german(self) -> str:
        """`6 Wochen`, `1 Monat`."""
        one, many = _GERMAN[self.unit]
        return f"{self.number} {said_of_number(one if self.number == 1 else many)}"

    def dative(self) -> str:
        """The same behind `in`, `nach` and `seit`: `6 Wochen`, `3 Monaten`, `1 Monat`."""
        text = self.german()
        stays = self.number == 1 or text.endswith("n") or not is_german()
        return text if stays else f"{text}n"


def add_months(anchor: date, months: int) -> date:
    """`anchor` plus calendar months, clipped to the month's end (§ 188 III BGB)."""
    year, month0 = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    month = month0 + 1
    if anchor.day <= 28:
        return date(year, month, anchor.day)
    return date(year, month, min(anchor.day, _last_day(year, month)))


def _last_day(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day


def birthday(born: date, age: int) -> date:
    """The first day on which `age` years of life are completed.

    Born on 29 February, a year of life is complete with the end of 28 February in common years, so
    the first day is 1 March (§ 187 II 2, § 188 II BGB; reading R28).
    """
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def years_of_life(born: date, day: date) -> int:
    """Completed years of life, as § 188 BGB counts them."""
    years = day.year - born.year
    return years if birthday(born, years) <= day else years - 1
