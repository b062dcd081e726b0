"""Which back-ups stay, and when does one leave?"""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kkd_desktop.domain.backup import KEPT_STEPS, Backup, Kind, Rotation, leaves_on, superfluous
from kkd_desktop.domain.errors import UserError

START = datetime(2025, 1, 1, 8)


def made(moment: datetime, kind: Kind = Kind.REGULAR) -> Backup:
    return Backup(Path(f"{moment.isoformat()}.{kind}"), kind, moment, 1)


def after_days(number: int, rotation: Rotation) -> list[Backup]:
    there: list[Backup] = []
    for day in range(number):
        there.append(made(START + timedelta(days=day)))
        gone = superfluous(there, rotation)
        there = [each for each in there if each not in gone]
    return there


def test_after_two_years_there_are_seven_days_five_weeks_and_twelve_months():
    days = [each.made_at.date() for each in after_days(730, Rotation())]

    # The last day is 31 December 2026, a Thursday: day, week and month share some.
    assert days == [
        *(date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)),
        *(date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31)),
        *(date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30)),
        *(date(2026, 12, 6), date(2026, 12, 13), date(2026, 12, 20)),
        *(date(2026, 12, day) for day in range(25, 32)),
    ]


def test_of_one_day_the_last_stays():
    morning, evening = made(START), made(START + timedelta(hours=8))

    assert superfluous([evening, morning], Rotation()) == [morning]


def test_after_a_long_leave_only_the_oldest_day_and_week_go():
    there = after_days(30, Rotation())

    assert superfluous(there, Rotation()) == []
    back = made(START + timedelta(days=400))
    assert len(superfluous([*there, back], Rotation())) == 2


def test_a_clock_that_was_wrong_for_once_costs_at_most_the_oldest_of_each_kind():
    there = after_days(200, Rotation())

    gone = superfluous([*there, made(datetime(2099, 1, 1))], Rotation())

    assert len(gone) <= 3


def test_the_latest_stays_whatever_its_kind():
    only = made(START, Kind.BEFORE_STEP)

    assert superfluous([only], Rotation(1, 0, 0)) == []


def test_of_those_before_something_large_the_last_ten_stay_and_those_by_hand_for_ever():
    steps = [made(START + timedelta(hours=hour), Kind.BEFORE_STEP) for hour in range(14)]
    by_hand = [made(START - timedelta(days=day), Kind.BY_HAND) for day in range(1, 40)]

    gone = superfluous([*steps, *by_hand], Rotation())

    assert gone == steps[: 14 - KEPT_STEPS][::-1]


def test_the_end_of_a_month_stays_a_year_and_another_day_a_week():
    there = after_days(365, Rotation())
    today = date(2025, 12, 31)
    by_day = {each.made_at.date(): each for each in there}

    assert leaves_on(by_day[date(2025, 12, 30)], there, Rotation(), today) == date(2026, 1, 6)
    assert leaves_on(by_day[date(2025, 11, 30)], there, Rotation(), today) == date(2026, 11, 1)
    assert leaves_on(by_day[date(2025, 12, 31)], there, Rotation(), today) == date(2026, 12, 1)
    assert leaves_on(made(START, Kind.BY_HAND), there, Rotation(), today) is None


@pytest.mark.parametrize(
    "rotation", [Rotation(0), Rotation(61), Rotation(7, -1), Rotation(7, 5, 99)]
)
def test_numbers_that_keep_nothing_or_for_ever_are_refused(rotation):
    with pytest.raises(UserError, match="Sicherungen"):
        rotation.check()
