from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkd_desktop.domain.workdays import DAY, WorkCalendar, statutory_holidays

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
CALENDARS = {land: WorkCalendar(land) for land in (None, "NW", "NI", "HE")}


@given(DAYS, st.sampled_from([*CALENDARS]))
def test_the_working_days_around_a_day_have_none_between_them(day, land):
    calendar = CALENDARS[land]
    before, after = calendar.on_or_before(day), calendar.on_or_after(day)

    assert before <= day <= after
    assert calendar.is_workday(before)
    assert calendar.is_workday(after)
    between = [before + n * DAY for n in range(1, (after - before).days)]
    assert not any(calendar.is_workday(other) for other in between)


@given(DAYS, st.integers(1, 40))
def test_the_nth_working_day_has_n_working_days_up_to_it(day, number):
    calendar = CALENDARS["NW"]
    reached = calendar.nth_workday_after(day, number)

    passed = [day + n * DAY for n in range(1, (reached - day).days + 1)]
    assert sum(calendar.is_workday(other) for other in passed) == number
    assert calendar.is_workday(reached)


def test_zero_working_days_after_a_day_is_the_day_itself():
    sunday = date(2026, 11, 22)

    assert CALENDARS["NW"].nth_workday_after(sunday, 0) == sunday


@pytest.mark.parametrize(
    ("land", "works"), [("NW", False), ("NI", True), ("HE", True), (None, True)]
)
def test_all_saints_is_a_holiday_only_in_some_laender(land, works):
    assert CALENDARS[land].is_workday(date(2027, 11, 1)) is works


@pytest.mark.parametrize("day", [date(2026, 12, 24), date(2026, 12, 31), date(2026, 2, 16)])
def test_christmas_eve_new_years_eve_and_rosenmontag_are_working_days(day):
    assert CALENDARS["NW"].is_workday(day)


def test_the_office_may_close_on_a_working_day():
    eve = date(2026, 12, 24)

    assert not WorkCalendar("NW", closed=[eve]).is_workday(eve)


def test_a_year_is_looked_up_once_and_only_when_it_is_asked_for():
    asked = []

    def lookup(land, year):
        asked.append((land, year))
        return [date(2026, 11, 23)]

    calendar = WorkCalendar("NW", lookup=lookup)
    assert asked == []

    assert not calendar.is_workday(date(2026, 11, 23))
    assert calendar.is_workday(date(2026, 11, 24))
    assert asked == [("NW", 2026)]


def test_holidays_carry_german_names_in_the_order_of_the_year():
    days = statutory_holidays("NW", 2026)

    assert days[date(2026, 10, 3)] == "Tag der Deutschen Einheit"
    assert list(days) == sorted(days)
