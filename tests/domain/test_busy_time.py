"""How does a busy time read?"""

from datetime import datetime

from kkd_desktop.domain.busy_time import BUSY_TEXTS, BusyState, BusyTime

NINE = datetime(2026, 12, 24, 9)


def test_a_time_of_one_day_names_the_day_once():
    busy = BusyTime(NINE, datetime(2026, 12, 24, 10), BusyState.TENTATIVE)

    assert busy.german() == "Do 24.12.2026, 09:00 bis 10:00 (mit Vorbehalt)"


def test_a_time_of_several_days_names_both_and_its_title():
    busy = BusyTime(NINE, datetime(2026, 12, 28), BusyState.OUT_OF_OFFICE, "Fortbildung")

    assert busy.german() == "Do 24.12.2026, 09:00 bis Mo 28.12.2026, 00:00 (Fortbildung)"


def test_every_state_has_its_word():
    assert set(BUSY_TEXTS) == set(BusyState)


def test_times_are_in_order_of_their_start():
    later, earlier = BusyTime(datetime(2026, 12, 25), datetime(2026, 12, 26)), BusyTime(NINE, NINE)

    assert sorted([later, earlier]) == [earlier, later]
