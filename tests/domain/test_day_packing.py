"""Do the talks of a day fit, and where?"""

from datetime import datetime, timedelta

from kkd_desktop.domain.day_packing import ToPlace, most_units, pack, units

EIGHT = datetime(2026, 11, 30, 8)


def starts(*half_hours):
    return tuple(EIGHT + timedelta(minutes=30 * each) for each in half_hours)


def at(half_hour):
    return EIGHT + timedelta(minutes=30 * half_hour)


def test_a_talk_of_45_minutes_keeps_two_half_hours():
    assert (units(30, 30), units(45, 30), units(60, 30)) == (1, 2, 2)


def test_the_room_of_a_day_is_what_the_lengths_can_fill():
    assert most_units({45: starts(0, 1, 2, 3)}, 30) == 4
    assert most_units({45: starts(0, 1)}, 30) == 2
    assert most_units({45: starts(0, 2), 30: starts(0, 1, 2, 3, 4)}, 30) == 5
    assert most_units({}, 30) == 0


def test_talks_give_way_to_one_that_can_only_be_early():
    early = ToPlace(2, 45, starts(0))
    any_time = ToPlace(1, 45, starts(0, 1, 2))

    assert pack([any_time, early]) == {1: at(2), 2: at(0)}


def test_more_than_fits_is_no_day():
    assert pack([ToPlace(key, 45, starts(0, 1, 2)) for key in range(3)]) is None


def test_those_of_a_bedarfsgemeinschaft_sit_side_by_side():
    free = starts(0, 2, 4, 6)
    talks = [
        ToPlace(1, 45, free, "A"),
        ToPlace(2, 45, free),
        ToPlace(3, 45, free, "A"),
        ToPlace(4, 45, starts(0)),
    ]

    found = pack(talks)

    assert abs(found[1] - found[3]) == timedelta(hours=1)
    assert found[4] == at(0)


def test_of_equal_days_the_earliest_is_taken():
    assert pack([ToPlace(1, 45, starts(3, 5)), ToPlace(2, 45, starts(3, 5))]) == {
        1: at(3),
        2: at(5),
    }


def test_no_talks_are_a_day_too():
    assert pack([]) == {}
