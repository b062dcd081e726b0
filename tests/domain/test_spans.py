from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from kkd_desktop.domain.spans import Span, Unit, add_months, birthday
from kkd_desktop.domain.workdays import WorkCalendar

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
CALENDAR = WorkCalendar("NW")


@given(DAYS, st.integers(-1200, 1200))
def test_months_are_added_as_dateutil_adds_them(anchor, months):
    assert add_months(anchor, months) == anchor + relativedelta(months=months)


@given(DAYS, DAYS, st.integers(0, 120))
def test_adding_months_never_swaps_two_days(first, second, months):
    earlier, later = sorted((first, second))

    assert add_months(earlier, months) <= add_months(later, months)


@pytest.mark.parametrize(
    ("anchor", "months", "reached"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_a_month_is_clipped_at_its_end_and_counted_from_the_anchor(anchor, months, reached):
    assert Span(months, Unit.MONTHS).after(anchor, CALENDAR) == reached


def test_two_months_at_once_reach_further_than_one_month_twice():
    anchor = date(2026, 1, 31)

    assert add_months(anchor, 2) == date(2026, 3, 31)
    assert add_months(add_months(anchor, 1), 1) == date(2026, 3, 28)


def test_six_weeks_are_42_days():
    assert Span(6, Unit.WEEKS).after(date(2026, 9, 30), CALENDAR) == date(2026, 11, 11)


def test_ten_working_days_step_over_all_saints():
    # 1 November 2027 is a Monday and a holiday in Nordrhein-Westfalen (R13).
    assert Span(10, Unit.WORKDAYS).after(date(2027, 10, 25), CALENDAR) == date(2027, 11, 9)


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (Span(1, Unit.MONTHS), "1 Monat"),
        (Span(6, Unit.WEEKS), "6 Wochen"),
        (Span(1, Unit.DAYS), "1 Tag"),
        (Span(10, Unit.WORKDAYS), "10 Arbeitstage"),
    ],
)
def test_a_span_is_written_in_german(span, text):
    assert span.german() == text


def test_born_on_a_leap_day_a_year_is_complete_on_the_first_of_march():
    assert birthday(date(1992, 2, 29), 25) == date(2017, 3, 1)
    assert birthday(date(1992, 2, 29), 24) == date(2016, 2, 29)


@given(DAYS, st.integers(0, 90))
def test_a_year_of_life_ends_the_day_before_the_birthday(born, age):
    day = birthday(born, age)

    # dateutil is one day early for the leap day in common years only (reading R28).
    completed = relativedelta(day - timedelta(days=1), born).years
    is_moved = (born.month, born.day) == (2, 29) and day.month == 3
    assert completed == (age if is_moved else age - 1) or age == 0


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (Span(1, Unit.MONTHS), "1 Monat"),
        (Span(3, Unit.MONTHS), "3 Monaten"),
        (Span(30, Unit.DAYS), "30 Tagen"),
        (Span(6, Unit.WEEKS), "6 Wochen"),
        (Span(7, Unit.WORKDAYS), "7 Arbeitstagen"),
    ],
)
def test_behind_a_preposition_a_span_stands_in_the_dative(span, said):
    assert span.dative() == said


def test_english_has_no_dative(english):
    assert Span(3, Unit.MONTHS).dative() == "3 months"
