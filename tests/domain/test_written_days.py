from datetime import date

import pytest

from kkd_desktop.domain.written_days import named_day, read_day

DAY = date(2026, 11, 24)


@pytest.mark.parametrize("text", ["24.11.2026", " 24.11.2026 ", "24112026", "2026-11-24"])
def test_a_day_is_read_as_people_write_it(text):
    assert read_day(text) == DAY


@pytest.mark.parametrize("text", ["31.02.2026", "24.11.26", "24.11.", "gestern", "2026"])
def test_what_is_no_whole_day_is_none(text):
    assert read_day(text) is None


FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3.12.", date(2026, 12, 3)),
        ("3.12", date(2026, 12, 3)),
        ("20.11.", FRIDAY),
        ("19. 11.", date(2027, 11, 19)),
        ("29.2.", date(2028, 2, 29)),
        ("24.11.2025", date(2025, 11, 24)),
        ("morgen", date(2026, 11, 21)),
        ("Übermorgen", date(2026, 11, 22)),
        ("freitag", FRIDAY),
        ("Donnerstag", date(2026, 11, 26)),
        ("KW 49", date(2026, 11, 30)),
        ("kw47", FRIDAY),
        ("kw 3", date(2027, 1, 18)),
        ("in 2 Wochen", date(2026, 12, 4)),
        ("in  1 Tag", date(2026, 11, 21)),
    ],
)
def test_a_day_is_known_by_what_people_call_it(text, day):
    assert named_day(text, FRIDAY) == day


@pytest.mark.parametrize(
    "text", ["mo", "31.2.", "32.1.", "kw 60", "KW", "gestern", "Montag, A.", "", "31.12.9999"]
)
def test_what_names_no_day_is_none(text):
    assert named_day(text, FRIDAY) is None


def test_in_english_both_languages_are_understood(english):
    assert named_day("tomorrow", FRIDAY) == named_day("morgen", FRIDAY) == date(2026, 11, 21)
    assert named_day("Monday", FRIDAY) == named_day("montag", FRIDAY) == date(2026, 11, 23)
