"""When does a posted letter count as received, before and after the change of the law?"""

from datetime import date

import pytest

from kkd_desktop import paths
from kkd_desktop.domain.delivery import DeliveryFiction, deemed_on
from kkd_desktop.domain.errors import UserError
from kkd_desktop.policyfiles.delivery import read_fictions


@pytest.fixture(scope="module")
def fictions():
    return read_fictions(paths.resources() / "recht" / "bekanntgabe.toml")


@pytest.mark.parametrize(
    ("posted", "deemed"),
    [
        (date(2019, 3, 1), date(2019, 3, 4)),
        (date(2024, 12, 31), date(2025, 1, 3)),
        (date(2025, 1, 1), date(2025, 1, 5)),
        (date(2026, 11, 23), date(2026, 11, 27)),
    ],
)
def test_the_day_of_posting_decides_between_the_third_and_the_fourth_day(fictions, posted, deemed):
    assert deemed_on(posted, fictions) == deemed


def test_a_weekend_or_holiday_does_not_move_the_day(fictions):
    assert deemed_on(date(2026, 12, 21), fictions) == date(2026, 12, 25)
    assert deemed_on(date(2026, 11, 25), fictions).isoweekday() == 7


def test_each_rule_names_its_place_and_source(fictions):
    assert all(rule.place and rule.quote and rule.source for rule in fictions)


def test_a_day_without_a_rule_is_told(fictions):
    later = DeliveryFiction(4, "§", "", "", since=date(2025, 1, 1))

    with pytest.raises(UserError, match=r"01\.01\.2024"):
        deemed_on(date(2024, 1, 1), [later])
