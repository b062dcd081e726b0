from datetime import date, datetime, time, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kkd_desktop.domain.hours import Block, Leave, WorkingHours
from kkd_desktop.domain.slots import Agenda, Busy, Half
from kkd_desktop.domain.workdays import WorkCalendar

CALENDAR = WorkCalendar("NW")
MONDAY, FRIDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 28)


def at(day, hour, minute=0):
    return datetime.combine(day, time(hour, minute))


def busy(day, since, until, *, talk=True):
    return Busy(at(day, since), at(day, until), talk)


def clocks(starts):
    return [f"{start:%H:%M}" for start in starts]


def agenda(*taken, **hours):
    return Agenda(CALENDAR, WorkingHours(**hours), taken)


def test_an_empty_friday_offers_the_whole_grid_of_the_morning():
    assert clocks(agenda(step=60).free_slots(FRIDAY, 60)) == ["08:00", "09:00", "10:00", "11:00"]


def test_a_talk_never_runs_into_the_lunch_break():
    assert "11:30" not in clocks(agenda().free_slots(MONDAY, 45))
    assert "11:00" in clocks(agenda().free_slots(MONDAY, 45))


def test_taken_time_is_left_out_and_its_end_is_free_again():
    starts = agenda(busy(FRIDAY, 8, 9), busy(FRIDAY, 10, 11), step=60).free_slots(FRIDAY, 60)

    assert clocks(starts) == ["09:00", "11:00"]


def test_a_start_beside_the_grid_is_offered_where_it_is_free():
    full = agenda(busy(FRIDAY, 8, 9), step=60)
    welcome = [at(FRIDAY, 9, 45), at(FRIDAY, 8, 15), at(FRIDAY, 12), at(MONDAY, 9, 45)]

    assert clocks(full.free_slots(FRIDAY, 45, also=welcome)) == [
        "09:00",
        "09:45",
        "10:00",
        "11:00",
    ]


def test_nothing_is_offered_before_a_moment():
    starts = agenda(step=60).free_slots(FRIDAY, 60, not_before=at(FRIDAY, 10, 5))

    assert clocks(starts) == ["11:00"]


def test_nobody_is_met_at_weekends_on_holidays_and_in_absences():
    away = agenda(absences=(Leave(MONDAY, MONDAY),), closed=(Leave(FRIDAY, FRIDAY),))

    for day in (SATURDAY, date(2026, 12, 25), MONDAY, FRIDAY):
        assert not away.is_open(day)
        assert away.free_slots(day, 45) == []


def test_a_stretch_over_several_days_takes_all_of_them():
    fair = agenda(Busy(at(MONDAY, 14), at(FRIDAY, 10), talk=False), step=60)

    assert clocks(fair.free_slots(MONDAY, 60)) == ["08:00", "09:00", "10:00", "11:00", "13:00"]
    assert fair.free_slots(MONDAY + timedelta(days=1), 60) == []
    assert clocks(fair.free_slots(FRIDAY, 60)) == ["10:00", "11:00"]


def test_only_talks_fill_a_day():
    mixed = agenda(busy(FRIDAY, 8, 9), busy(FRIDAY, 10, 11, talk=False))

    assert mixed.talks_on(FRIDAY) == 1
    assert mixed.talks_on(MONDAY) == 0


def test_noon_begins_the_afternoon():
    assert Half.of(at(MONDAY, 11, 59)) is Half.VORMITTAG
    assert Half.of(at(MONDAY, 12)) is Half.NACHMITTAG


STRETCHES = st.lists(
    st.builds(
        lambda start, minutes: Busy(start, start + timedelta(minutes=minutes)),
        st.datetimes(datetime(2026, 12, 14), datetime(2027, 1, 15)),
        st.integers(1, 2000),
    ),
    max_size=12,
)


@given(STRETCHES, st.dates(date(2026, 12, 14), date(2027, 1, 15)), st.sampled_from([30, 45, 60]))
def test_a_free_slot_lies_in_the_hours_of_a_working_day_and_on_nothing_taken(taken, day, minutes):
    full = agenda(*taken)

    for start in full.free_slots(day, minutes):
        end = start + timedelta(minutes=minutes)
        assert CALENDAR.is_workday(day)
        assert any(
            block.since <= start.time() and end.time() <= block.until
            for block in full.hours.blocks_on(day)
        )
        assert not any(stretch.start < end and start < stretch.end for stretch in taken)


def test_a_whole_week_is_one_week_of_hours():
    assert agenda().weeks_between(MONDAY, date(2026, 11, 29)) == 1


def test_a_day_that_is_missing_takes_its_own_hours_from_the_week():
    # 32 hours in the usual week, 7 of them on a Monday and 4 on a Friday.
    off = agenda(absences=(Leave(MONDAY, MONDAY),), closed=(Leave(FRIDAY, FRIDAY),))

    assert off.weeks_between(MONDAY, date(2026, 11, 29)) == Fraction(32 - 7 - 4, 32)
    # Christmas Day 2026 is a Friday.
    assert agenda().weeks_between(date(2026, 12, 21), date(2026, 12, 27)) == Fraction(28, 32)


def test_a_part_time_week_of_three_days_is_a_whole_one():
    morning = (Block(time(8), time(12)),)
    part_time = agenda(weeks=((morning, morning, morning, (), ()),))

    assert part_time.weeks_between(MONDAY, date(2026, 11, 29)) == 1


def test_weeks_that_take_turns_share_the_hours_of_two_usual_ones():
    morning = (Block(time(8), time(12)),)
    turns = agenda(weeks=((morning,) * 5, (morning,) + ((),) * 4), anchor=MONDAY)

    assert turns.weeks_between(MONDAY, date(2026, 11, 29)) == Fraction(5, 3)
    assert turns.weeks_between(date(2026, 11, 30), date(2026, 12, 6)) == Fraction(1, 3)


def test_without_any_hours_there_is_no_week():
    assert agenda(weeks=(((),) * 5,)).weeks_between(MONDAY, FRIDAY) == 0


HALF_DAYS = (Block(time(8), time(12)),), (Block(time(13), time(16, 30)),), ()
PATTERNS = st.lists(
    st.tuples(*(st.sampled_from(HALF_DAYS) for _ in range(5))), min_size=1, max_size=4
)


@given(PATTERNS, st.dates(date(2026, 1, 1), date(2028, 12, 31)))
def test_a_whole_turn_of_weeks_is_as_many_usual_weeks(weeks, day):
    turns = Agenda(
        WorkCalendar(None, lookup=lambda land, year: ()), WorkingHours(weeks=tuple(weeks))
    )
    monday = day - timedelta(days=day.weekday())
    parts = [
        turns.weeks_between(first, first + timedelta(days=6))
        for first in (monday + timedelta(weeks=number) for number in range(len(weeks)))
    ]

    assert sum(parts) == (len(weeks) if any(any(week) for week in weeks) else 0)
