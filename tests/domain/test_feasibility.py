"""Demand against time: exact, and never rounded up to "erreichbar"."""

from datetime import date, datetime, time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kkd_desktop.domain.caseload import capacity
from kkd_desktop.domain.feasibility import Feasibility, ShowRate, Supply, last_day, supply, verdict
from kkd_desktop.domain.hours import Block, Leave, WorkingHours
from kkd_desktop.domain.policy import CapacityNorm, Citation
from kkd_desktop.domain.slots import Agenda, Busy
from kkd_desktop.domain.workdays import WorkCalendar
from kkd_desktop.domain.workload import CaseloadDemand, PerMonth, Reading

MONDAY = date(2026, 11, 23)
CALENDAR = WorkCalendar(None, lookup=lambda land, year: ())
MORNING = (Block(time(8), time(12)),)


def hours(**changes):
    return WorkingHours(weeks=((MORNING,) * 5,), **changes)


def asked(rate, once=0):
    return CaseloadDemand((), 100, 0, 0, PerMonth(*[Fraction(rate)] * 3), once)


def feasibility(demand, talks, show=(0, 0), days=84):
    last = MONDAY.fromordinal(MONDAY.toordinal() + days - 1)
    room = Supply(MONDAY, last, 45, 5, talks, 0)
    return Feasibility((), demand, room, ShowRate(*show, MONDAY), 0)


def test_talks_fit_one_after_the_other_on_the_grid():
    found = supply(Agenda(CALENDAR, hours()), MONDAY, last_day(MONDAY, 1), 45, booked=0)

    assert (found.free, found.working_days) == (5 * 4, 5)


def test_a_grid_of_the_length_of_a_talk_leaves_no_gaps():
    found = supply(Agenda(CALENDAR, hours(step=45)), MONDAY, MONDAY, 45, booked=0)

    assert found.free == 5


def test_absences_holidays_and_booked_talks_take_their_time():
    holiday = WorkCalendar(None, lookup=lambda land, year: (date(2026, 11, 24),))
    away = hours(absences=(Leave(date(2026, 11, 25), date(2026, 11, 26)),))
    talk = Busy(datetime(2026, 11, 23, 9), datetime(2026, 11, 23, 9, 45))

    found = supply(Agenda(holiday, away, [talk]), MONDAY, last_day(MONDAY, 1), 45, booked=1)

    assert (found.free, found.booked, found.talks, found.working_days) == (3 + 4, 1, 8, 2)


@pytest.mark.parametrize(("number", "talks"), [(None, 24), (24, 19)])
def test_the_norm_is_for_the_working_days_there_are(number, talks):
    # 60 % of 39 hours are 23.4 hours a week; four of five days hold 24.96 talks of 45 minutes.
    # Where the norm is a number, four days of 24 contacts a week are 19.2.
    norm = CapacityNorm((), "Norm", Fraction(60), Citation("§"), number=number)
    away = hours(absences=(Leave(MONDAY, MONDAY),))
    week = capacity(norm, Fraction(39))

    found = supply(Agenda(CALENDAR, away), MONDAY, last_day(MONDAY, 1), 45, booked=0, norm=week)

    assert found.norm == talks


def test_too_few_talks_say_nothing_about_who_comes():
    assert ShowRate(18, 1, MONDAY).share is None
    assert ShowRate(15, 5, MONDAY).share == Fraction(3, 4)


def test_exactly_enough_time_is_enough():
    demand = asked(0, once=30)

    assert verdict(feasibility(demand, 40, (15, 5)), Reading.ROTATION) == "erreichbar"
    assert verdict(feasibility(demand, 39, (15, 5)), Reading.ROTATION) == (
        "nicht erreichbar, höchstens 97 %"
    )


def test_almost_enough_is_never_told_as_a_hundred_percent():
    found = feasibility(asked(0, once=1000), 999)

    assert verdict(found, Reading.GROUPS) == "nicht erreichbar, höchstens 99 %"


def test_those_who_do_not_come_are_invited_beside_the_others():
    found = feasibility(asked(0, once=30), 100, (15, 5))

    assert (found.needed(Reading.ROTATION), found.invitations(Reading.ROTATION)) == (30, 40)


def test_a_rate_is_taken_over_the_months_of_the_time():
    found = feasibility(asked(12), 100, days=146_097)

    assert found.needed(Reading.ROTATION) == 12 * 4800


def test_nothing_asked_is_always_done():
    assert verdict(feasibility(asked(0), 0), Reading.ROTATION) == "erreichbar"


@settings(deadline=None)
@given(
    rate=st.fractions(0, 200, max_denominator=60),
    once=st.integers(0, 20),
    talks=st.integers(0, 300),
    show=st.tuples(st.integers(0, 50), st.integers(0, 50)),
)
def test_feasible_is_what_the_time_holds_and_more_time_never_hurts(rate, once, talks, show):
    demand = asked(rate, once)
    found, more = (feasibility(demand, number, show, days=84) for number in (talks, talks + 1))

    reachable = found.reachable(Reading.ROTATION)
    assert 0 <= reachable <= more.reachable(Reading.ROTATION) <= 1
    share = found.show.share
    held = talks * (1 if share is None else share)
    assert found.is_feasible(Reading.ROTATION) == (held >= found.needed(Reading.ROTATION))
