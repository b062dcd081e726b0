"""Do members of a Bedarfsgemeinschaft come on one day, one right after the other?"""

from datetime import date, datetime, time, timedelta
from itertools import pairwise, permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.day_packing import ToPlace, pack
from kkd_desktop.domain.lengths import Length
from kkd_desktop.domain.planning import (
    Asked,
    Limits,
    Person,
    PlanDay,
    PlanWeek,
    Problem,
    Talks,
    weigh,
)
from kkd_desktop.domain.wishes import Wish
from kkd_desktop.planning import master
from kkd_desktop.planning.highs import HighsSolver
from tests.planning.problems import least, problems

MONDAY = date(2026, 11, 30)
HALF_HOUR = timedelta(minutes=30)
CALM = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def solved(problem):
    return HighsSolver().solve(problem, Limits(), lambda *_: None)


def on(day, hour=8, minute=0):
    return datetime.combine(day, time(hour, minute))


def weekday(number):
    """The first days of four weeks, Mondays to Fridays."""
    return MONDAY + timedelta(days=number // 5 * 7 + number % 5)


def member(key, first, target, latest, bg="A", wish=None):
    asked = Asked(weekday(first), weekday(target), weekday(latest))
    talks = Talks(ContactForm.PERSOENLICH, Length(45), MONDAY)
    return Person(key, asked, talks, talks, bg=bg, wish=wish or Wish())


def problem(*people, days=20, starts=8):
    open_days = tuple(
        PlanDay(weekday(n), {45: tuple(on(weekday(n)) + HALF_HOUR * k for k in range(starts))})
        for n in range(days)
    )
    weeks = tuple(
        PlanWeek(MONDAY + timedelta(weeks=n), None, 0, 0, 100) for n in range((days - 1) // 5 + 1)
    )
    last = open_days[-1].day
    return Problem(MONDAY, last, last + timedelta(days=3), 30, open_days, weeks, people)


def test_members_whose_windows_meet_come_on_one_day_one_after_the_other():
    others = (member(3, 0, 1, 4, bg=""), member(4, 0, 3, 4, bg=""))
    asked = problem(member(1, 0, 1, 4), member(2, 0, 3, 4), *others, days=5)

    found = {visit.client_id: visit for visit in solved(asked).visits}

    assert found[1].day == found[2].day
    assert abs(found[1].start - found[2].start) == timedelta(minutes=60)


def test_members_whose_windows_never_meet_come_apart_and_in_time():
    asked = problem(member(1, 0, 2, 4), member(2, 7, 9, 12))

    found = {visit.client_id: visit.day for visit in solved(asked).visits}

    assert found[1] <= weekday(4) < weekday(7) <= found[2]


def test_nobody_is_late_and_no_wish_is_dropped_for_company():
    monday, friday = Wish(weekdays=frozenset({0})), Wish(weekdays=frozenset({4}))
    asked = problem(
        member(1, 0, 0, 2, wish=monday), member(2, 0, 4, 9, wish=friday), member(3, 10, 12, 14)
    )

    found = solved(asked)
    weighed = weigh(asked, found.visits)

    assert (weighed.lateness, weighed.against_wish, weighed.together) == (0, 0, 0)


@CALM
@given(problems())
def test_no_plan_has_more_days_together_where_all_above_is_as_good(problem):
    """The weight of the best plan by trying all: so together is as good as it can be, too."""
    found = solved(problem)

    assert found.weight == pytest.approx(least(problem), abs=0.01)


@CALM
@given(problems())
def test_the_bound_holds_where_shared_days_are_not_all_in_the_question(problem):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(master, "_MOST_SHARED", 0)
        patch.setattr(master, "_REACH", 0)
        found = solved(problem)

    assert found.bound <= least(problem) + 0.01
    assert found.weight == pytest.approx(weigh(problem, found.visits).sum)


def test_a_shared_day_is_found_afterwards_where_it_was_not_in_the_question(monkeypatch):
    monkeypatch.setattr(master, "_MOST_SHARED", 0)
    monkeypatch.setattr(master, "_REACH", 0)
    asked = problem(member(1, 0, 5, 14), member(2, 0, 9, 14))

    found = {visit.client_id: visit.day for visit in solved(asked).visits}

    assert found[1] == found[2]


@st.composite
def days_of_talks(draw):
    """Up to four talks of two households on one day with up to seven places."""
    places = draw(st.lists(st.integers(0, 9), min_size=2, max_size=7, unique=True).map(sorted))
    day = on(MONDAY)
    talks = []
    for key in range(draw(st.integers(2, 4))):
        starts = draw(st.lists(st.sampled_from(places), min_size=1, unique=True).map(sorted))
        minutes = draw(st.sampled_from((30, 45)))
        near = draw(st.sampled_from(("", "A", "B")))
        talks.append(ToPlace(key, minutes, tuple(day + HALF_HOUR * s for s in starts), near))
    return talks


def beside(talks, starts):
    """How many talks follow one of their household at once."""
    order = sorted(talks, key=lambda each: starts[each.key])
    return sum(
        bool(one.near)
        and one.near == other.near
        and starts[other.key] - (starts[one.key] + timedelta(minutes=one.minutes)) <= HALF_HOUR
        for one, other in pairwise(order)
    )


def every_way(talks):
    for order in permutations(talks):
        yield from _in_order(order, {}, on(MONDAY, 0))


def _in_order(order, taken, free):
    if not order:
        yield dict(taken)
        return
    talk, *rest = order
    for start in talk.starts:
        if start >= free:
            end = start + timedelta(minutes=talk.minutes)
            yield from _in_order(rest, {**taken, talk.key: start}, end)


@CALM
@given(days_of_talks())
def test_no_other_day_has_more_of_a_household_side_by_side(talks):
    found = pack(talks)
    ways = list(every_way(talks))

    if found is None:
        assert not ways
        return
    assert found in ways
    assert beside(talks, found) == max(beside(talks, way) for way in ways)
