from datetime import date, datetime, time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkd_desktop.domain import texts
from kkd_desktop.domain.contact import ContactForm, NoteType

TUESDAY = date(2026, 11, 24)


def test_days_are_written_as_germans_read_them():
    assert texts.day(TUESDAY) == "24.11.2026"
    assert texts.weekday_day(TUESDAY) == "Di 24.11.2026"
    assert texts.short_day(TUESDAY) == "Di 24.11."
    assert texts.moment(datetime(2026, 11, 24, 9, 0)) == "Di 24.11.2026, 09:00"
    assert texts.clock(time(8, 5)) == "08:05"


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([10], "Oktober"),
        ([3, 1, 2], "Januar bis März"),
        ([9, 1, 3, 10, 11], "Januar, März und September bis November"),
        ([], ""),
    ],
)
def test_months_are_named_and_not_only_counted(numbers, said):
    assert texts.months(numbers) == said


@pytest.mark.parametrize("write", [texts.day, texts.weekday_day, texts.short_day])
def test_a_missing_day_is_a_dash(write):
    assert write(None) == "–"


@given(st.dates())
def test_a_written_day_is_read_back_by_its_places(day):
    numbers = [int(part) for part in texts.day(day).split(".")]

    assert date(*reversed(numbers)) == day


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 Tage"), (1, "1 Tag"), (-1, "-1 Tag"), (3, "3 Tage")]
)
def test_days_are_counted_with_their_plural(number, text):
    assert texts.days(number) == text


@pytest.mark.parametrize(("value", "text"), [(23.4, "23,4"), (24.0, "24"), (17.25, "17,2")])
def test_numbers_have_a_comma_and_at_most_one_decimal(value, text):
    assert texts.decimal(value) == text


def test_every_form_and_every_vermerk_has_a_german_text():
    assert set(texts.FORMS) == set(ContactForm)
    assert set(texts.NOTE_TYPES) == set(NoteType)
    assert list(texts.PROFILLAGEN) == list(texts.PROFILLAGEN_SHORT)
    assert len(texts.LAENDER) == 16


def test_thousands_stand_apart():
    assert texts.counted(1739, "Person", "Personen") == "1.739 Personen"
    assert texts.whole(999) == "999"


@pytest.mark.parametrize(("text", "number"), [("39", 39), ("19,5", 19.5), (" 38.75 ", 38.75)])
def test_a_number_is_read_with_either_sign(text, number):
    assert texts.read_number(text) == number


@pytest.mark.parametrize("text", ["1.739", "1,739", "19,5,0", "-3", "1e2", "39 h", "", "٣"])
def test_what_may_be_another_number_is_none(text):
    assert texts.read_number(text) is None


@pytest.mark.parametrize("number", ["39", "19.5", "38.75", "40.05"])
def test_a_number_is_written_with_the_decimals_it_needs(number):
    assert texts.hundredths(Fraction(number)) == number.replace(".", ",")


def test_in_english_decimals_stand_behind_a_point(english):
    assert texts.hundredths(Fraction("38.75")) == "38.75"
    assert texts.read_number("38,75") == texts.read_number("38.75")
