"""What a plan for shares says of people and figures; that it is the smallest is proved beside the
solver, in tests/planning/test_quota.py.
"""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkd_desktop.domain.planning import Away
from kkd_desktop.domain.policy import Citation, Measured, NestedShares, Share
from kkd_desktop.domain.quota_plan_text import percent
from kkd_desktop.domain.quota_planning import Figure, Omission, Short, course, plan_quotas
from kkd_desktop.domain.quota_problem import (
    Member,
    Place,
    QuotaProblem,
    QuotaTalk,
    Room,
    check_days,
    days_between,
    meet,
    opening,
    pools,
    tiers_of,
)
from kkd_desktop.domain.spans import Span, Unit
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.workdays import WorkCalendar
from kkd_desktop.planning.quota import HighsQuotaSolver

TODAY = date(2026, 11, 2)
END = date(2026, 11, 30)
DAY = timedelta(days=1)
CALENDAR = WorkCalendar("HE", lookup=lambda land, year: ())


def share(name, percent, months):
    return Share(name, Fraction(percent), Span(months, Unit.MONTHS), Citation(""))


FRANKFURT = NestedShares("ue25", (share("m1", 45, 1), share("m3", 80, 3), share("m6", 95, 6)))


def member(number, last=None, *, since=None, agreed=(), away=(), later=None, until=END):
    begin = max([TODAY + 7 * DAY, *(each + DAY for each in agreed)])
    place = Place("ue25", TODAY, until, last)
    return Member(number, (place,), begin, last or since, agreed, away, later)


def problem(*members, measured=Measured.MONTH_END, talks=4, first=9, last=END, demand=FRANKFURT):
    days = days_between(TODAY, last)
    rooms = tuple(
        Room(day, talks) for day in days if day.weekday() < 5 and day >= TODAY + first * DAY
    )
    checks = check_days(measured, TODAY + DAY, last)
    tiers = tiers_of(demand, measured, days, CALENDAR, members)
    return QuotaProblem(TODAY, tuple(days), checks, rooms, tiers, members)


def planned(*members, measured=Measured.MONTH_END, **options):
    asked = problem(*members, measured=measured, **options)
    return plan_quotas(asked, measured, HighsQuotaSolver(), lambda *_: None)


def ids(found):
    return [each.client_id for each in found]


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.builds(Span, st.integers(1, 40), st.sampled_from(Unit)),
)
def test_a_contact_counts_from_the_opening_day_on_and_not_before_it(day, span):
    asked = Share("x", Fraction(50), span, Citation(""))

    opens = opening(asked, Measured.EVERY_DAY, [day, day + DAY], CALENDAR)

    for each, begin in opens.items():
        assert span.after(begin, CALENDAR) >= each
        assert span.after(begin - DAY, CALENDAR) < each


def test_a_calendar_month_looks_back_to_its_first_day_and_wider_spans_do_not():
    end = [date(2026, 11, 30)]

    month = opening(share("m1", 45, 1), Measured.CALENDAR_MONTH, end, CALENDAR)
    wider = opening(share("m3", 80, 3), Measured.CALENDAR_MONTH, end, CALENDAR)

    assert month == {end[0]: date(2026, 11, 1)}
    assert opening(share("m1", 45, 1), Measured.MONTH_END, end, CALENDAR) == {
        end[0]: date(2026, 10, 30)
    }
    assert wider == {end[0]: date(2026, 8, 30)}


def test_each_reading_checks_its_days():
    first, last = date(2026, 11, 28), date(2027, 1, 2)

    assert check_days(Measured.MONTH_END, first, last) == (date(2026, 11, 30), date(2026, 12, 31))
    assert check_days(Measured.CALENDAR_MONTH, first, last) == (
        date(2026, 11, 30),
        date(2026, 12, 31),
    )
    assert len(check_days(Measured.EVERY_DAY, first, last)) == 36


def test_who_drops_out_of_a_span_before_the_end_of_the_month_does_not_count_then():
    # Met on 20 August: within three months today, and no more on 30 November.
    asked = problem(member(1, date(2026, 8, 20)), member(2, date(2026, 8, 31)))

    three = course(asked, asked.tiers[1])

    assert [(figure.met, figure.day) for figure in (three[0], three[-1])] == [(2, TODAY), (1, END)]


def test_of_all_smallest_plans_one_meets_those_who_waited_longest():
    # 20 people, 45 % is 9, 80 % is 16, 95 % is 19: all but one must be met within six months.
    people = [member(n, date(2026, 10, 31)) for n in range(1, 7)]
    people += [member(n, date(2026, 9, n)) for n in range(7, 17)]
    people += [member(n, date(2025, 1, n)) for n in range(17, 20)]
    people.append(member(20))

    found = planned(*people)

    assert found.is_reached
    assert found.proven
    assert sorted(ids(found.steps)) == [17, 18, 20]
    assert [(each.client_id, each.why) for each in found.left_out] == [(19, Omission.NOT_NEEDED)]
    lifted = {each.client_id: each.lifts for each in found.steps}
    assert lifted[20] == ("ue25.m1", "ue25.m3", "ue25.m6")


def test_who_has_an_appointment_counts_and_is_not_asked_again_before_it():
    met = [member(n, date(2026, 10, 31)) for n in range(1, 10)]
    waiting = [member(10, date(2026, 1, 5), agreed=(date(2026, 11, 12),))]

    found = planned(*met, *waiting)

    assert not found.steps
    assert found.is_reached
    assert [week.agreed for week in found.weeks] == [0, 1, 0, 0, 0]


def test_an_appointment_after_the_plan_is_said_with_its_day():
    met = [member(n, date(2026, 10, 31)) for n in range(1, 10)]
    later = member(10, date(2026, 1, 5), later=date(2026, 12, 3))

    found = planned(*met, later)

    assert not found.steps
    assert found.short is Short.PEOPLE
    assert [(x.client_id, x.why, x.appointment) for x in found.left_out] == [
        (10, Omission.LATER, date(2026, 12, 3))
    ]


def test_without_room_it_says_how_much_can_be_reached_and_how_many_talks_it_would_take():
    found = planned(*(member(n, date(2025, 3, n)) for n in range(1, 21)), talks=1)

    assert found.room == len(found.steps) == 14
    assert (found.short, found.needed) == (Short.ROOM, 19)
    assert [(t.end.met, t.end.required, t.settled is None) for t in found.tiers] == [
        (14, 9, False),
        (14, 16, True),
        (14, 19, True),
    ]
    assert {each.why for each in found.left_out} == {Omission.NO_ROOM}


def test_without_a_day_before_the_end_of_the_month_nobody_is_asked():
    found = planned(member(1), first=40)

    assert (found.short, found.room, found.steps) == (Short.NO_DAY, 0, ())


def test_who_is_away_until_the_end_is_left_out_for_that():
    away = Away(TODAY, END)

    found = planned(member(1, away=(away,)), *(member(n, date(2026, 10, 31)) for n in range(2, 21)))

    assert found.is_reached
    assert [(each.client_id, each.why) for each in found.left_out] == [(1, Omission.AWAY)]


def test_every_day_asks_for_more_than_the_end_of_the_month():
    # All are met on one day; they drop out of the month together, in the middle of the plan.
    people = [member(n, date(2026, 10, 20)) for n in range(1, 11)]

    daily = planned(*people, measured=Measured.EVERY_DAY)
    monthly = planned(*people)

    assert len(daily.steps) == len(monthly.steps) == 5
    assert max(step.day for step in daily.steps) <= date(2026, 11, 20)
    assert daily.tiers[0].settled == TODAY + DAY


def test_a_gap_that_nobody_can_close_in_time_is_closed_from_a_day_on():
    people = [member(n, date(2026, 9, 1)) for n in range(1, 11)]

    found = planned(*people, measured=Measured.EVERY_DAY, talks=2)

    monthly = found.tiers[0]
    assert found.is_reached
    assert monthly.settled == date(2026, 11, 13)
    assert [figure.met for figure in monthly.failing][-4:] == [0, 0, 2, 4]
    assert monthly.lowest.met == 0


def test_who_joins_or_leaves_changes_what_is_required():
    people = [member(n, date(2026, 10, 31)) for n in range(1, 11)]
    leaving = [replace(people[0], places=(Place("ue25", TODAY, TODAY + DAY),))]

    found = problem(*leaving, *people[1:])

    sizes = [figure.population for figure in course(found, found.tiers[0])]
    assert Counter(sizes) == {10: 2, 9: 27}


def test_people_of_different_counting_are_pooled_only_where_they_wait_alike():
    def both(number, one, other):
        places = (Place("ue25", TODAY, END, one), Place("u25", TODAY, END, other))
        return Member(number, places, TODAY + 7 * DAY, one)

    early, late = date(2026, 10, 1), date(2026, 10, 20)
    asked = problem(both(1, early, late), both(2, late, early), both(3, late, late))

    assert sorted(sorted(ids(pool.members)) for pool in pools(asked)) == [[1, 3], [2]]


def test_a_pool_is_met_in_turns():
    asked = problem(member(1, date(2026, 9, 1)), member(2, date(2026, 9, 2)))
    (pool,) = pools(asked)

    talks = meet(asked, (pool,), ({0: 1, 1: 1, 2: 1},))

    days = [room.day for room in asked.rooms]
    assert talks == (QuotaTalk(days[0], 1), QuotaTalk(days[1], 2), QuotaTalk(days[2], 1))


@pytest.mark.parametrize("number", [1, 7, 40])
def test_what_the_plan_says_of_the_end_is_what_its_talks_come_to(number):
    people = [member(n, date(2026, 11, 1) - n * 11 * DAY) for n in range(1, number + 1)]
    asked = problem(*people, measured=Measured.EVERY_DAY)

    found = plan_quotas(asked, Measured.EVERY_DAY, HighsQuotaSolver(), lambda *_: None)

    talks = [QuotaTalk(each.day, each.client_id) for each in found.steps]
    for tier in found.tiers:
        assert tier.figures == course(asked, tier.tier, talks)
    assert sum(week.talks for week in found.weeks) == len(found.steps)


def test_an_empty_population_is_reached_without_anybody():
    found = planned()

    assert found.is_reached
    assert not found.steps
    assert not found.left_out
    assert found.tiers[0].end.share is None


def test_what_is_agreed_for_today_does_not_count_before_it_was_held():
    found = planned(member(1, date(2026, 1, 5), agreed=(TODAY,)))

    month = found.tiers[0]
    assert (month.now.met, month.without.met) == (0, 1)


@pytest.mark.parametrize(
    ("met", "population", "required", "said"),
    [(164, 177, 169, "92,7 %"), (1899, 2000, 1900, "94,9 %"), (1, 3, 1, "33,3 %"), (0, 0, 0, "–")],
)
def test_rounding_never_reaches_what_is_not_reached(met, population, required, said):
    assert percent(Figure(TODAY, met, population, required)) == said
