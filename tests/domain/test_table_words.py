"""Cells as offices write them, and those that cannot be meant."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkd_desktop.domain import table_words as words
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError

TODAY = date(2026, 11, 20)
SINCE_1900, SINCE_1904 = date(1899, 12, 30), date(1904, 1, 1)


@pytest.mark.parametrize(
    "text", ["24.11.2026", "2026-11-24", " 24.11.2026 ", "24. 11. 2026", "2026-11-24 00:00:00"]
)
def test_a_day_is_read_in_german_and_iso(text):
    assert words.as_day(text) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31.02.1980", "Diesen Tag gibt es nicht"),
        ("29.02.2025", "Diesen Tag gibt es nicht"),
        ("00.01.2025", "Diesen Tag gibt es nicht"),
        ("2025-13-01", "Diesen Tag gibt es nicht"),
        ("01.03.80", "keine vier Stellen"),
        ("1.3.980", "keine vier Stellen"),
        ("01/03/1980", "ist kein Tag"),
        ("03-01-1980", "ist kein Tag"),
        ("24112026", "ist kein Tag"),
        ("gestern", "ist kein Tag"),
        ("46350", "ist kein Tag"),
        ("24.11.2026 09:30", "enthält eine Uhrzeit"),
        ("31.12.1899", "nicht zwischen 1900 und"),
        ("01.01.9999", "nicht zwischen 1900 und 2199"),
        ("٢٤.١١.٢٠٢٦", "zwischen|kein Tag"),
    ],
)
def test_what_is_no_day_or_not_a_plain_one_is_refused(text, said):
    if text.startswith("٢"):
        # Arabic digits are digits: the day is the same one.
        assert words.as_day(text) == date(2026, 11, 24)
        return
    with pytest.raises(UserError, match=said):
        words.as_day(text)


def test_a_contact_cannot_lie_ahead():
    with pytest.raises(UserError, match="nicht zwischen 1900 und heute"):
        words.as_day("21.11.2026", last=TODAY)


@pytest.mark.parametrize(
    ("number", "epoch", "day"),
    [
        ("46350", SINCE_1900, date(2026, 11, 24)),
        ("46350.0", SINCE_1900, date(2026, 11, 24)),
        ("44888", SINCE_1904, date(2026, 11, 24)),
        ("61", SINCE_1900, date(1900, 3, 1)),
        ("59", SINCE_1900, date(1900, 2, 28)),
        ("1", SINCE_1900, date(1900, 1, 1)),
    ],
)
def test_a_spreadsheet_may_give_a_day_as_its_number(number, epoch, day):
    assert words.as_day(number, epoch) == day


def test_the_day_that_spreadsheets_invented_is_refused():
    with pytest.raises(UserError, match=r"29\.02\.1900"):
        words.as_day("60", SINCE_1900)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_comes_back_from_both_spellings(day):
    assert words.as_day(texts.day(day)) == words.as_day(day.isoformat()) == day


def test_a_day_may_carry_the_time_of_a_talk():
    assert words.as_moment("24.11.2026 9:30 Uhr") == (date(2026, 11, 24), time(9, 30))
    assert words.as_moment("2026-11-24T09:30:00") == (date(2026, 11, 24), time(9, 30))


SPELLINGS = {
    "markt": ("Marktprofil", "markt", "MP", "M", "Profil M", "Profillage Markt", "MARKT-PROFIL"),
    "aktivierung": ("Aktivierungsprofil", "AP", "Aktivierung"),
    "foerder": (
        "Förderprofil",
        "Foerderprofil",
        "FP",
        "foerder",
        "Profil F",
        "F",
        "Förder",
        "förder-profil",
    ),
    "entwicklung": ("Entwicklungsprofil", "EP", "E"),
    "stabilisierung": ("Stabilisierungsprofil", "SP", "Stabi"),
    "unterstuetzung": ("Unterstützungsprofil", "UP", "Unterstuetzung"),
    "I": ("I", "Profillage I", "Profil I", "integriert"),
    "Z": ("Z", "Profillage Z", "z"),
    None: ("keine", "kein Profil", "ohne", "none", "N"),
}


@pytest.mark.parametrize(
    ("profile", "text"), [(key, each) for key, group in SPELLINGS.items() for each in group]
)
def test_a_profillage_is_known_in_the_spellings_of_an_office(profile, text):
    assert words.as_profile(text) == profile


@pytest.mark.parametrize(
    ("read", "ids"),
    [
        (words.as_profile, texts.PROFILLAGEN),
        (words.as_status, texts.STATUS),
        (words.as_org, texts.ORG),
        (words.as_form, texts.FORMS),
        (words.as_note_type, texts.NOTE_TYPES),
    ],
)
def test_ids_and_their_titles_are_read_as_themselves(read, ids):
    for key, title in ids.items():
        assert read(key) == read(title) == read(title.upper()) == key


@pytest.mark.parametrize("text", ["FX", "Profil", "Premium", "1", "M/F"])
def test_an_unknown_profillage_is_refused_with_the_known_ones(text):
    with pytest.raises(UserError, match="Marktprofil, Aktivierungsprofil"):
        words.as_profile(text) or pytest.fail("read as none")


def test_yes_and_no_have_many_words():
    assert all(words.yes_or_no(text) for text in ("ja", "J", "x", "X", "1", "wahr", "✓"))
    assert not any(words.yes_or_no(text) for text in ("nein", "N", "0", "falsch"))
    with pytest.raises(UserError, match="ja oder nein"):
        words.yes_or_no("vielleicht")


def test_a_sentence_quotes_nothing_that_a_screen_would_obey():
    with pytest.raises(UserError) as refused:
        words.as_day("a\u202eb\x1b[31m" + "x" * 500)

    assert "\u202e" not in str(refused.value)
    assert "\x1b" not in str(refused.value)
    assert len(str(refused.value)) < 150
