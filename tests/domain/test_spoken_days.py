from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkd_desktop.domain import texts
from kkd_desktop.domain.spoken_days import is_short_name, named_day

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3.12.", date(2026, 12, 3)),
        ("3.12", date(2026, 12, 3)),
        ("3.12.27", date(2027, 12, 3)),
        ("20.11.", FRIDAY),
        ("19. 11.", date(2027, 11, 19)),
        ("29.2.", date(2028, 2, 29)),
        ("24.11.2025", date(2025, 11, 24)),
        ("Di 24.11.", date(2026, 11, 24)),
        ("Di. 24.11.2026", date(2026, 11, 24)),
        ("Dienstag, 24.11.2026", date(2026, 11, 24)),
        ("3. Dezember", date(2026, 12, 3)),
        ("am 3. Dez.", date(2026, 12, 3)),
        ("1. März 2028", date(2028, 3, 1)),
        ("heute", FRIDAY),
        ("morgen", date(2026, 11, 21)),
        ("Übermorgen", date(2026, 11, 22)),
        ("uebermorgen", date(2026, 11, 22)),
    ],
)
def test_a_day_is_known_by_its_date_or_distance(text, day):
    assert named_day(text, FRIDAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("freitag", FRIDAY),
        ("Donnerstag", date(2026, 11, 26)),
        ("di", date(2026, 11, 24)),
        ("Di.", date(2026, 11, 24)),
        ("am Dienstag", date(2026, 11, 24)),
        ("diesen Dienstag", date(2026, 11, 24)),
        ("nächsten Dienstag", date(2026, 11, 24)),
        ("naechsten di", date(2026, 11, 24)),
        ("kommenden Freitag", date(2026, 11, 27)),
        ("übernächsten Dienstag", date(2026, 12, 1)),
        ("Dienstag in einer Woche", date(2026, 12, 1)),
        ("Di in 2 Wochen", date(2026, 12, 8)),
    ],
)
def test_a_weekday_is_the_next_one_and_next_is_after_today(text, day):
    assert named_day(text, FRIDAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("KW 49", date(2026, 11, 30)),
        ("kw47", FRIDAY),
        ("kw 3", date(2027, 1, 18)),
        ("49. KW", date(2026, 11, 30)),
        ("in KW 49", date(2026, 11, 30)),
        ("Woche 49", date(2026, 11, 30)),
        ("KW 2/2027", date(2027, 1, 11)),
        ("KW 2 2026", date(2026, 1, 5)),
        ("KW 49 Mittwoch", date(2026, 12, 2)),
        ("Mi in KW 49", date(2026, 12, 2)),
        ("kw 47 montag", date(2027, 11, 22)),
        ("diese Woche", FRIDAY),
        ("nächste Woche", date(2026, 11, 23)),
        ("übernächste Woche", date(2026, 11, 30)),
        ("nächste Woche Dienstag", date(2026, 11, 24)),
        ("Di nächster Woche", date(2026, 11, 24)),
        ("nächsten Monat", date(2026, 12, 1)),
    ],
)
def test_a_week_is_its_monday_or_the_day_named_in_it(text, day):
    assert named_day(text, FRIDAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("in 2 Wochen", date(2026, 12, 4)),
        ("in zwei Wochen", date(2026, 12, 4)),
        ("in einer Woche", date(2026, 11, 27)),
        ("heute in 14 Tagen", date(2026, 12, 4)),
        ("morgen in einer Woche", date(2026, 11, 28)),
        ("in  1 Tag", date(2026, 11, 21)),
        ("in 3 Monaten", date(2027, 2, 20)),
    ],
)
def test_a_distance_is_counted_from_today(text, day):
    assert named_day(text, FRIDAY) == day


@pytest.mark.parametrize(
    "text",
    [
        *("31.2.", "32.1.", "31.2.26", "Mo 24.11.2026", "31. Februar"),
        *("kw 60", "KW", "KW 53 2027", "diese Woche Montag", "Woche"),
        *("gestern", "Montag, A.", "", "31.12.9999", "in 999999 Tagen", "di mi", "next tuesday"),
    ],
)
def test_what_names_no_day_is_none(text):
    assert named_day(text, FRIDAY) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tomorrow", date(2026, 11, 21)),
        ("the day after tomorrow", date(2026, 11, 22)),
        ("Monday", date(2026, 11, 23)),
        ("tue", date(2026, 11, 24)),
        ("next Tuesday", date(2026, 11, 24)),
        ("this Friday", FRIDAY),
        ("next week", date(2026, 11, 23)),
        ("Tuesday next week", date(2026, 11, 24)),
        ("week 49", date(2026, 11, 30)),
        ("in 2 weeks", date(2026, 12, 4)),
        ("in a fortnight", date(2026, 12, 4)),
        ("3rd of December", date(2026, 12, 3)),
        ("December 3, 2027", date(2027, 12, 3)),
        ("montag", date(2026, 11, 23)),
        ("nächsten Dienstag", date(2026, 11, 24)),
    ],
)
def test_in_english_both_languages_are_understood(english, text, day):
    assert named_day(text, FRIDAY) == day


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.dates(date(2000, 1, 1), date(2099, 1, 1)))
def test_every_day_is_known_by_how_we_write_it(day, today):
    written = (texts.day(day), texts.weekday_day(day), texts.long_day(day))

    assert {named_day(text, today) for text in written} == {day}


@given(st.text(max_size=30), st.dates(date(2000, 1, 1), date(2099, 1, 1)))
def test_nothing_that_is_typed_breaks_it(text, today):
    named_day(text, today)


def test_only_a_bare_weekday_is_a_short_name():
    assert is_short_name(" Di ")
    assert not any(map(is_short_name, ("di.", "Dienstag", "die", "KW 49")))
