from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from kkd_desktop.domain.client import AgeGroup, Client, Subject, edited
from kkd_desktop.domain.facts import Facts, Timeline


def client(**names):
    return Client(id=1, number="123A400017", **names)


@pytest.mark.parametrize(
    ("born", "day", "group"),
    [
        (date(2001, 11, 20), date(2026, 11, 19), AgeGroup.U25),
        (date(2001, 11, 20), date(2026, 11, 20), AgeGroup.UE25),
        (date(1992, 2, 29), date(2017, 2, 28), AgeGroup.U25),
        (date(1992, 2, 29), date(2017, 3, 1), AgeGroup.UE25),
    ],
)
def test_u25_ends_with_the_day_before_the_25th_birthday(born, day, group):
    assert Subject(birth_date=born).age_group(day) is group


def test_no_age_group_is_guessed_without_a_birth_date():
    assert Subject().age_group(date(2026, 11, 20)) is None


@given(st.dates(date(1950, 1, 1), date(2010, 12, 31)), st.dates(date(2015, 1, 1)))
def test_the_age_group_follows_the_completed_years(born, day):
    day = min(day, date(2100, 1, 1))
    grown = relativedelta(day, born).years >= 25
    leap_eve = (born.month, born.day, day.month, day.day) == (2, 29, 2, 28)

    if not leap_eve:
        assert Subject(birth_date=born).age_group(day) is (AgeGroup.UE25 if grown else AgeGroup.U25)


def test_lists_sort_by_the_last_name():
    assert client(last_name="Beispiel", first_name="Amina").name == "Beispiel, Amina"
    assert client(last_name="Beispiel", first_name="").name == "Beispiel"


def test_a_calendar_shows_initials_only():
    assert client(last_name="Beispiel", first_name="Amina").initials == "A. B."
    assert client(last_name="Übung", first_name="").initials == "Ü."


def facts(**values):
    return Facts({name: Timeline.always(value) for name, value in values.items()})


def person(phone="", code="", registered=None, **values):
    subject = Subject(registered=registered, facts=facts(**values))
    return Client(1, "123A400001", "Beispiel", "Amina", code, phone=phone, subject=subject)


def test_of_two_who_change_a_person_at_once_both_get_what_only_they_changed():
    before = person(phone="1", profile="markt", status="arbeitslos", org="team")
    theirs = person(phone="2", registered=date(2026, 1, 1), profile="z", status="arbeitslos")
    mine = person(phone="1", code="AB", profile="markt", status="sonstige", org="team", wish="di")

    found = edited(theirs, before, mine)

    assert found == person(
        phone="2",
        code="AB",
        registered=date(2026, 1, 1),
        profile="z",
        status="sonstige",
        wish="di",
    )


def test_what_both_changed_is_as_the_later_one_said():
    assert edited(person(phone="2"), person(phone="1"), person(phone="3")).phone == "3"


def test_a_fact_that_was_taken_away_is_away():
    assert edited(person(org="team"), person(org="team"), person()) == person()
