"""What is asked of a week with an absence, a holiday, or other hours than the last one?"""

from datetime import date, time
from fractions import Fraction

import pytest

from kkd_desktop import paths
from kkd_desktop.actions import capacity
from kkd_desktop.domain.hours import Block, Leave
from kkd_desktop.domain.values import replace
from kkd_desktop.policyfiles.shelf import Shelf

WHOLE_WEEK, CHRISTMAS = date(2026, 11, 25), date(2026, 12, 21)
MORNINGS = ((Block(time(8), time(12)),),) * 5


def with_hours(caseload, **changes):
    caseload.change_settings(hours=replace(caseload.settings.hours, **changes))


@pytest.fixture
def uelzen(caseload):
    caseload.change_settings(policies=("ue2019",), prolonged={"ue2019": date(2027, 12, 31)})
    return caseload


def test_a_whole_week_of_39_hours_is_asked_for_24_talks(uelzen):
    found = capacity.norm_of_week(uelzen, WHOLE_WEEK)

    assert (found.min_contacts, found.contact_hours, found.part) == (24, Fraction("23.4"), 1)


def test_part_time_is_asked_for_pro_rata(uelzen):
    with_hours(uelzen, weekly_hours=Fraction(39, 2))

    assert capacity.norm_of_week(uelzen, WHOLE_WEEK).min_contacts == 12


def test_a_holiday_lowers_what_is_asked_of_its_week(uelzen):
    # Christmas Day is a Friday, 4 of 32 hours.
    found = capacity.norm_of_week(uelzen, CHRISTMAS)

    assert found.part == Fraction(28, 32)
    assert found.min_contacts == 21


def test_nothing_is_asked_of_a_week_of_absence(uelzen):
    with_hours(uelzen, absences=(Leave(date(2026, 11, 23), date(2026, 11, 27), "Urlaub"),))

    found = capacity.norm_of_week(uelzen, WHOLE_WEEK)

    assert (found.min_contacts, found.contact_hours) == (0, 0)
    assert capacity.norm_of_week(uelzen, date(2026, 11, 30)).min_contacts == 24


def test_a_long_week_is_asked_for_more_than_a_short_one(uelzen):
    short = (*MORNINGS[:2], (), (), ())
    with_hours(uelzen, weeks=(MORNINGS, short), anchor=WHOLE_WEEK, weekly_hours=Fraction(28))

    longer = capacity.norm_of_week(uelzen, WHOLE_WEEK)
    shorter = capacity.norm_of_week(uelzen, date(2026, 12, 2))

    assert longer.contact_hours + shorter.contact_hours == 2 * Fraction(28) * 60 / 100
    assert longer.contact_hours * 2 == shorter.contact_hours * 5


def test_several_weeks_are_asked_for_week_by_week(uelzen):
    # Two whole weeks, then the one of Christmas Day.
    found = capacity.norm_of_weeks(uelzen, date(2026, 12, 7), 3)

    assert (found.min_contacts, found.part) == (24 + 24 + 21, Fraction(2 * 32 + 28, 32))
    assert found.contact_hours == Fraction("23.4") * found.part


def test_a_role_without_a_number_is_asked_for_hours_alone(uelzen):
    uelzen.change_settings(role="fallmanagement")

    found = capacity.norm_of_week(uelzen, WHOLE_WEEK)

    assert (found.min_contacts, found.contact_hours) == (None, Fraction("23.4"))


def test_a_concept_that_is_not_in_force_asks_for_nothing(caseload):
    caseload.change_settings(policies=("ue2019",))

    assert capacity.norm_of_week(caseload, WHOLE_WEEK) is None


def test_a_week_is_asked_for_what_the_version_of_its_day_sets(caseload, tmp_path):
    shipped = (paths.policies() / "ue2019.toml").read_text("utf-8")
    for name, validity in (
        ("ue2025", "from = 2025-01-01\nuntil = 2026-10-31"),
        ("ue2027", "from = 2026-11-01"),
    ):
        text = shipped.replace("from = 2019-01-01\nuntil = 2023-12-31", validity)
        text = text.replace('"ue2019"', f'"{name}"').replace(
            '"Uelzen 2019"', f'"Uelzen {name[2:]}"'
        )
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")
    (tmp_path / "uelzen.toml").write_text(
        'kind = "set"\nid = "uelzen"\ntitle = "Uelzen"\nshort_title = "Uelzen"\n'
        'office = "Jobcenter Uelzen"\ncombine = "strictest"\n'
        '[[part]]\npolicies = ["ue2025", "ue2027"]\n',
        "utf-8",
    )
    caseload.shelf = Shelf((paths.policies(), tmp_path))
    caseload.change_settings(policies=("uelzen",))

    before = capacity.norm_of_week(caseload, date(2026, 10, 26))
    assert before == capacity.norm_of_week(caseload, WHOLE_WEEK)
    assert before.min_contacts == 24
