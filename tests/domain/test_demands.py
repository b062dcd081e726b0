from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from kkd_desktop.domain import demands
from kkd_desktop.domain.demands import Course
from kkd_desktop.domain.outcome import State
from kkd_desktop.domain.policy import Between, CountInPeriod, FirstContact, Within
from kkd_desktop.domain.spans import Span, Unit
from kkd_desktop.domain.workdays import WorkCalendar

CALENDAR = WorkCalendar(None, lookup=lambda land, year: ())
HALF_YEAR = Span(6, Unit.MONTHS)
DAYS = st.dates(date(2005, 1, 1), date(2040, 12, 31))


def count(number, today, *days, einv_start=None, einv_end=None, registered=None):
    course = None if einv_start is None else Course(einv_start, einv_end, once=einv_end is None)
    return demands.count(CountInPeriod(number, HALF_YEAR), course, registered, days, today)


@pytest.mark.parametrize(
    ("days", "state"), [(-1, State.OK), (0, State.DUE_TODAY), (1, State.OVERDUE)]
)
def test_the_last_day_still_fulfils(days, state):
    latest = date(2019, 4, 10)

    assert demands.by_latest(latest, latest + timedelta(days=days)) is state


@given(anchor=DAYS, today=DAYS, months=st.integers(1, 24))
def test_a_span_of_months_is_what_dateutil_says(anchor, today, months):
    demand = Within(Span(months, Unit.MONTHS))

    found = demands.within(demand.span, anchor, CALENDAR, today)

    assert found.target == found.latest == anchor + relativedelta(months=months)


@given(anchor=DAYS, today=DAYS, lower=st.integers(0, 12), width=st.integers(0, 12))
def test_the_target_lies_inside_the_window(anchor, today, lower, width):
    demand = Between(Span(lower, Unit.MONTHS), Span(lower + width, Unit.MONTHS))

    found = demands.between(demand, anchor, CALENDAR, today)

    assert found.earliest <= found.target <= found.latest


@given(registered=DAYS, today=DAYS)
def test_the_usual_first_talk_comes_before_the_last_day_and_on_a_working_day(registered, today):
    demand = FirstContact(Span(7, Unit.WORKDAYS), Span(10, Unit.WORKDAYS))

    found = demands.first(demand, registered, CALENDAR, today)

    assert registered < found.target < found.latest
    assert found.target.weekday() < 5
    assert found.latest.weekday() < 5


@given(start=DAYS, number=st.integers(1, 8), held=st.data(), ahead=st.integers(0, 400))
def test_a_fixed_period_counts_days_once_and_only_inside(start, number, held, ahead):
    today = start + timedelta(days=ahead)
    end = start + relativedelta(months=6) - timedelta(days=1)
    days = held.draw(st.lists(st.dates(start - timedelta(days=60), today), unique=True))

    found = count(number, today, *days, einv_start=start)

    if found.period_start == start:
        assert found.period_end == end
        assert found.count == sum(start <= day <= end for day in days)
    assert found.missing == max(0, number - found.count)
    assert (found.missing == 0) == (found.state is State.MET)


@given(start=DAYS, number=st.integers(1, 8))
def test_the_parts_of_a_period_end_with_it_and_differ_by_a_day_at_most(start, number):
    end = start + relativedelta(months=6) - timedelta(days=1)
    ends = [
        count(number, end, *(start + timedelta(days=i) for i in range(held)), einv_start=start)
        for held in range(number)
    ]

    targets = [found.target for found in ends]
    lengths = [
        (b - a).days for a, b in zip([start - timedelta(days=1), *targets], targets, strict=False)
    ]

    assert targets[-1] == end
    assert max(lengths) - min(lengths) <= 1


def test_an_agreement_of_a_year_runs_in_half_years():
    found = count(
        2,
        date(2011, 9, 1),
        date(2011, 2, 1),
        date(2011, 8, 1),
        einv_start=date(2011, 1, 1),
        einv_end=date(2011, 12, 31),
    )

    assert (found.period_start, found.period_end) == (date(2011, 7, 1), date(2011, 12, 31))
    assert (found.count, found.missing) == (1, 1)


def test_a_failed_half_year_is_shown_for_another_half_year_then_it_rolls():
    shown = count(2, date(2011, 12, 30), einv_start=date(2011, 1, 1))
    rolling = count(2, date(2011, 12, 31), einv_start=date(2011, 1, 1))

    assert (shown.state, shown.lapsed) == (State.FAILED, True)
    assert (rolling.state, rolling.lapsed) == (State.BEHIND, True)
    assert rolling.period_end == date(2011, 12, 31)


def test_without_an_agreement_a_new_client_is_measured_from_registration():
    registered = date(2011, 1, 1)

    new = count(2, date(2011, 2, 1), registered=registered)
    last_day = count(2, date(2011, 6, 30), date(2011, 2, 1), registered=registered)
    day_after = count(2, date(2011, 7, 1), date(2011, 2, 1), registered=registered)

    assert (new.state, new.target, new.latest) == (
        State.ON_PACE,
        date(2011, 3, 31),
        date(2011, 6, 30),
    )
    assert (last_day.state, last_day.latest) == (State.ON_PACE, date(2011, 6, 30))
    assert (day_after.state, day_after.latest) == (State.BEHIND, date(2011, 7, 1))


@given(today=DAYS, number=st.integers(1, 4), held=st.data())
def test_a_rolling_number_that_is_reached_stays_so_until_the_day_it_names(today, number, held):
    days = held.draw(
        st.lists(st.dates(today - timedelta(days=150), today), min_size=number, unique=True)
    )

    found = count(number, today, *days)
    on_the_day_before = count(number, found.latest - timedelta(days=1), *days)

    assert found.state is State.MET
    assert on_the_day_before.state is State.MET


@given(today=DAYS, held=st.lists(DAYS, unique=True, max_size=6), extra=DAYS)
def test_another_talk_never_raises_what_is_missing(today, held, extra):
    before = count(4, today, *held)
    after = count(4, today, *{*held, extra})

    assert after.missing <= before.missing
