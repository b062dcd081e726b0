from datetime import date

import pytest

from kkd_desktop.domain.written_days import read_day

DAY = date(2026, 11, 24)


@pytest.mark.parametrize("text", ["24.11.2026", " 24.11.2026 ", "24112026", "2026-11-24"])
def test_a_day_is_read_as_people_write_it(text):
    assert read_day(text) == DAY


@pytest.mark.parametrize("text", ["31.02.2026", "24.11.26", "24.11.", "gestern", "2026"])
def test_what_is_no_whole_day_is_none(text):
    assert read_day(text) is None
