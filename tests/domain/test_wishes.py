"""When a client can come: how it is written, read and kept."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkd_desktop.domain.client import WISH, Client, Subject
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import Facts, Period, Timeline
from kkd_desktop.domain.slots import Half
from kkd_desktop.domain.texts import weekday
from kkd_desktop.domain.wishes import (
    Wish,
    read_wish,
    stored_in_words,
    unread_wish,
    wish_in_words,
    wish_of,
    wish_written,
)

TUESDAY = datetime(2026, 11, 24, 10)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("vormittags", "vormittags"),
        ("nur Di und Do", "Di, Do"),
        ("donnerstags, dienstags", "Di, Do"),
        ("Mo-Mi", "Mo, Di, Mi"),
        ("Mo bis Do nachmittags", "Mo, Di, Mi, Do nachmittags"),
        ("nicht vor 10:00", "nicht vor 10:00"),
        ("ab 10 Uhr", "nicht vor 10:00"),
        ("bis 14.30 Uhr", "nicht nach 14:30"),
        ("Nur Mo; nicht nach 14:00", "Mo, nicht nach 14:00"),
        ("am Freitag nicht vor 9:30 und nicht nach 11", "Fr, nicht vor 09:30, nicht nach 11:00"),
        ("Mo–Fr vormittags", "vormittags"),
    ],
)
def test_a_wish_is_read_as_one_writes_it(typed, stored):
    wish, until = read_wish(typed)

    assert wish.written() == stored
    assert until is None


@pytest.mark.parametrize("day", ["31.12.2026", "2026-12-31"])
def test_a_wish_may_end(day):
    assert read_wish(f"nur Di, bis {day}") == (
        Wish(weekdays=frozenset({1})),
        date(2026, 12, 31),
    )


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("gern morgens", "„gern“ ist nicht zu verstehen"),
        ("Di und Katze", "„katze“ ist nicht zu verstehen"),
        ("nicht vor 25:00", "„25:00“ ist keine Uhrzeit"),
        ("bis 31.02.2027", "„31.02.2027“ ist kein Tag"),
        ("Sa", "nennt keine Arbeitstage"),
        ("Do bis Mo", "nennt keine Arbeitstage"),
        ("vormittags nachmittags", "passt nicht zu dem, was davor steht"),
        ("nicht vor 10:00, ab 11:00", "passt nicht zu dem, was davor steht"),
        ("nicht vor 14:00, nicht nach 10:00", "zwischen 14:00 und 10:00 liegt keine Zeit"),
        ("vormittags, nicht vor 12:00", "schließen sich aus"),
        ("nachmittags, nicht nach 12:00", "schließen sich aus"),
        ("bis 31.12.2026", "bitte einen Wochentag"),
        ("Mo–Fr", "bitte einen Wochentag"),
        ("", "bitte einen Wochentag"),
        ("Di\u202e", "Steuerzeichen"),
    ],
)
def test_what_is_no_wish_is_refused_by_its_word(typed, fault):
    with pytest.raises(UserError, match="Terminwunsch") as refused:
        read_wish(typed)

    assert fault in str(refused.value)


def test_who_has_to_be_gone_by_an_hour_is_not_kept_beyond_it():
    wish = Wish(not_after=time(10, 45))

    assert wish.admits(TUESDAY, 45)
    assert not wish.admits(TUESDAY, 46)


def test_a_talk_before_the_first_hour_is_not_admitted():
    assert Wish(not_before=time(10)).admits(TUESDAY, 45)
    assert not Wish(not_before=time(10, 5)).admits(TUESDAY, 45)


@pytest.mark.parametrize(
    ("other", "both"),
    [
        (Wish(), "Di, Do vormittags"),
        (Wish(weekdays=frozenset({1, 4})), "Di vormittags"),
        (Wish(not_before=time(9)), "Di, Do vormittags, nicht vor 09:00"),
        (Wish(Half.NACHMITTAG), None),
        (Wish(weekdays=frozenset({0})), None),
        (Wish(not_before=time(13)), None),
    ],
)
def test_two_who_come_together_need_an_hour_that_suits_both(other, both):
    found = Wish(Half.VORMITTAG, frozenset({1, 3})).with_other(other)

    assert (found and found.written()) == both


def test_a_wish_holds_on_its_days_only():
    history = Timeline([Period("Di", date(2026, 11, 1), date(2026, 11, 30))])
    client = Client(1, "", "Beispiel", "", subject=Subject(facts=Facts({WISH: history})))

    assert wish_of(client, date(2026, 11, 30)).weekdays == {1}
    assert not wish_of(client, date(2026, 12, 1))


def test_a_text_from_before_wishes_were_read_is_no_wish():
    facts = Facts({WISH: Timeline.always("ruft vorher an")})

    client = Client(1, "", "Beispiel", "", subject=Subject(facts=facts))

    assert not wish_of(client, TUESDAY.date())
    assert unread_wish(client, TUESDAY.date()) == "ruft vorher an"


TIMES = st.none() | st.times(time(7), time(19)).map(lambda t: t.replace(second=0, microsecond=0))
WISHES = st.builds(
    Wish,
    st.none() | st.sampled_from(Half),
    st.frozensets(st.integers(0, 4), max_size=4),
    TIMES,
    TIMES,
).filter(lambda wish: wish and not wish.contradiction())


@given(WISHES)
def test_what_is_stored_is_read_back(wish):
    assert read_wish(wish.written()) == (wish, None)


@given(WISHES, WISHES, st.datetimes(datetime(2026, 11, 23), datetime(2026, 11, 28)))
def test_what_suits_both_suits_each(one, other, start):
    both = one.with_other(other)
    admitted = one.admits(start, 45) and other.admits(start, 45)

    if start.weekday() < 5:
        assert admitted == (both is not None and both.admits(start, 45))


def test_a_wish_is_kept_as_it_is_typed_and_read_in_the_language_of_the_reader(english):
    wish, until = read_wish("nur Di und Do vormittags, nicht vor 10:00, bis 31.12.2026")

    stored = wish.written()

    assert stored == "Di, Do vormittags, nicht vor 10:00"
    assert read_wish(wish_written(stored, until)) == (wish, until)
    words = f"{weekday(1)}, {weekday(3)} in the morning, not before 10:00"
    assert stored_in_words(stored) == words
    assert wish_in_words(wish, until) == f"{words}, until 31.12.2026"
    assert stored_in_words("ruft vorher an") == "ruft vorher an"
