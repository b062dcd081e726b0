import json
from datetime import date, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.hours import Block, Leave, WorkingHours
from kkd_desktop.domain.hours_text import (
    hours_as_dict,
    hours_of_dict,
    parse_block,
    parse_blocks,
    week_in_words,
)
from kkd_desktop.domain.lengths import Length, Lengths

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


@st.composite
def blocks_of_a_day(draw):
    hours = sorted(draw(st.sets(st.integers(6, 20), max_size=6)))
    pairs = zip(hours[::2], hours[1::2], strict=False)
    return tuple(Block(time(since), time(until)) for since, until in pairs)


@st.composite
def working_hours(draw):
    lengths = st.builds(Length, st.integers(5, 120), st.integers(0, 30))
    day = st.dates(date(2026, 1, 1), date(2027, 12, 31))
    leaves = st.lists(
        st.tuples(day, day, st.text(max_size=10)).map(
            lambda x: Leave(min(x[:2]), max(x[:2]), x[2])
        ),
        max_size=3,
    ).map(lambda items: tuple(sorted(items)))
    return WorkingHours(
        weeks=tuple(
            tuple(draw(blocks_of_a_day()) for _ in range(5)) for _ in range(draw(st.integers(1, 4)))
        ),
        anchor=draw(day),
        weekly_hours=draw(st.fractions(1, 60, max_denominator=4)),
        lengths=Lengths(*(draw(lengths) for _ in range(4))),
        step=draw(st.sampled_from([15, 30, 60])),
        closed=draw(leaves),
        absences=draw(leaves),
    )


def test_the_usual_week_has_32_hours_for_talks_and_a_short_friday():
    hours = WorkingHours()

    assert [block.german() for block in hours.blocks_on(date(2026, 11, 19))] == [
        "08:00–12:00",
        "13:00–16:00",
    ]
    assert [block.german() for block in hours.blocks_on(FRIDAY)] == ["08:00–12:00"]
    assert hours.blocks_on(SATURDAY) == ()
    assert hours.weekly_hours == 39


def test_a_first_talk_takes_45_minutes_and_15_for_what_is_around_it():
    lengths = WorkingHours().lengths

    assert lengths.of(ContactForm.PERSOENLICH, first=True).german() == "60 min (45 + 15)"
    assert lengths.of(ContactForm.PERSOENLICH).german() == "45 min"
    assert lengths.of(ContactForm.TELEFONISCH, first=True).total == 30
    assert lengths.of(ContactForm.VIDEO).total == 45


def test_an_absence_covers_its_first_and_last_day():
    hours = WorkingHours(absences=(Leave(date(2026, 12, 21), date(2026, 12, 31), "Urlaub"),))

    assert hours.leave_on(date(2026, 12, 20)) is None
    assert hours.leave_on(date(2026, 12, 21)) == hours.leave_on(date(2026, 12, 31))
    assert hours.leave_on(date(2027, 1, 1)) is None


@given(working_hours())
def test_what_is_stored_as_json_is_read_back_the_same(hours):
    assert hours_of_dict(json.loads(json.dumps(hours_as_dict(hours)))) == hours


def test_missing_settings_keep_their_default():
    assert hours_of_dict({}) == WorkingHours()
    assert hours_of_dict({"weekly_hours": "19,5"}).weekly_hours == Fraction(39, 2)


def test_people_may_type_a_dash_and_short_hours():
    assert parse_block("Arbeitszeit", " 8:00 – 12:30 ") == Block(time(8), time(12, 30))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"week": {"mi": ["08:00-07:00"]}}, "Arbeitszeit am Mittwoch: Das Ende 07:00"),
        ({"week": {"mi": ["13:00-16:00", "08:00-12:00"]}}, "Arbeitszeit am Mittwoch: 08:00–12:00"),
        ({"week": {"mo": ["08:00-12:00", "11:00-13:00"]}}, "überschneidet sich mit 08:00–12:00"),
        ({"week": {"fr": ["8 bis 12"]}}, "Arbeitszeit am Freitag: „8 bis 12“ ist keine Zeitspanne"),
        ({"week": {"fr": ["08:00-25:00"]}}, "„08:00-25:00“ ist keine Zeitspanne"),
        ({"week": {"fr": [8]}}, "Arbeitszeit am Freitag: „8“"),
        ({"week": {"fr": "08:00-12:00"}}, "Arbeitszeit am Freitag: .* erwartete Form"),
        ({"week": {"sa": []}}, "„sa“ ist kein Arbeitstag"),
        ({"week": 5}, "Arbeitszeit: "),
        ({"weekly_hours": "viel"}, "Wochenstunden: „viel“ ist keine Zahl"),
        ({"weekly_hours": True}, "Wochenstunden: „True“ ist keine Zahl"),
        ({"weekly_hours": 80}, "Wochenstunden: Bitte eine Zahl zwischen 1 und 60"),
        ({"lengths": {"first": [0]}}, "Dauer Erstgespräch: Bitte eine Zahl zwischen 5 und 240"),
        ({"lengths": {"first": ["45"]}}, "Dauer Erstgespräch: „45“ ist keine ganze Zahl"),
        ({"lengths": {"video": []}}, "Dauer Videogespräch: Bitte Gespräch"),
        ({"lengths": {"fax": [10]}}, "Gesprächsart „fax“"),
        ({"step": 0}, "Raster: "),
        ({"step": "30"}, "Raster: „30“"),
        ({"closed": [{"since": "24.12.2026"}]}, "Schließtage: „24.12.2026“ ist kein Tag"),
        ({"absences": ["Urlaub"]}, "Abwesenheiten: "),
        (
            {"absences": [{"since": "2026-12-24", "until": "2026-12-23"}]},
            "Abwesenheiten: Der letzte Tag 23.12.2026 liegt vor dem ersten 24.12.2026",
        ),
        ({"wochenstunden": 39}, "„wochenstunden“ ist unbekannt"),
    ],
)
def test_a_fault_names_the_field(data, text):
    with pytest.raises(UserError, match=text):
        hours_of_dict(data)


def test_a_week_has_five_days():
    with pytest.raises(ValueError, match="five"):
        WorkingHours(weeks=((),))


MORNING, AFTERNOON = (Block(time(8), time(12)),), (Block(time(13), time(16)),)
EVEN, ODD = (MORNING,) * 5, (AFTERNOON,) * 5
KW_52_OF_2026, KW_53_OF_2026, KW_1_OF_2027 = (
    date(2026, 12, 21),
    date(2026, 12, 28),
    date(2027, 1, 4),
)


def test_two_weeks_take_turns_from_the_anchor_on_in_both_directions():
    hours = WorkingHours(weeks=(EVEN, ODD), anchor=date(2026, 11, 25))

    assert hours.blocks_on(date(2026, 11, 23)) == MORNING
    assert hours.blocks_on(date(2026, 11, 30)) == AFTERNOON
    assert hours.blocks_on(date(2026, 11, 20)) == AFTERNOON
    assert hours.blocks_on(date(2026, 11, 9)) == MORNING
    assert hours.blocks_on(date(2026, 11, 28)) == ()


def test_the_turn_is_kept_after_a_year_of_53_weeks():
    hours = WorkingHours(weeks=(EVEN, ODD), anchor=KW_52_OF_2026)

    assert [hours.place_of(monday) for monday in (KW_52_OF_2026, KW_53_OF_2026, KW_1_OF_2027)] == [
        0,
        1,
        0,
    ]


def test_the_turn_can_be_set_by_what_holds_this_week():
    hours = WorkingHours(weeks=(EVEN, ODD, EVEN)).starting_with(2, FRIDAY)

    assert hours.place_of(FRIDAY) == 2
    assert hours.place_of(date(2026, 11, 23)) == 0


@given(working_hours(), st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_a_day_has_the_blocks_of_a_whole_turn_later(hours, day):
    turn = timedelta(weeks=len(hours.weeks))

    assert hours.blocks_on(day) == hours.blocks_on(day + turn)
    assert 0 <= hours.place_of(day) < len(hours.weeks)
    assert hours.place_of(day) == hours.place_of(day - timedelta(days=day.weekday()))


@given(working_hours(), st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_the_weeks_of_a_turn_have_their_usual_minutes_on_average(hours, day):
    days = [day + timedelta(days=offset) for offset in range(7 * len(hours.weeks))]

    assert sum(map(hours.minutes_on, days)) == hours.usual_minutes * len(hours.weeks)


def test_a_single_week_of_older_settings_is_read():
    found = hours_of_dict({"week": {"mo": ["08:00-12:00"]}})

    assert found.weeks == ((MORNING, (), (), (), ()),)


def test_a_fault_in_weeks_that_take_turns_names_the_week():
    bad = {"mi": ["12:00-08:00"]}

    with pytest.raises(UserError, match=r"Arbeitszeit am Mittwoch \(Woche B\): Das Ende 08:00"):
        hours_of_dict({"weeks": [{}, bad]})


@pytest.mark.parametrize("weeks", [[], [{}] * 5])
def test_one_to_four_weeks_take_turns(weeks):
    with pytest.raises(UserError, match="zwischen 1 und 4 Wochen"):
        hours_of_dict({"weeks": weeks})


def test_other_minutes_keep_the_preparation_and_the_shortest_talk():
    assert Length.of_minutes(60, 15) == Length(45, 15)
    assert Length.of_minutes(30, 15) == Length(15, 15)
    assert Length.of_minutes(15, 15) == Length(5, 10)
    assert Length.of_minutes(5, 15) == Length(5, 0)
    assert Length.of_minutes(45, -5) == Length(45, 0)


@given(st.integers(5, 240), st.integers(0, 240))
def test_a_length_of_minutes_always_has_as_many(minutes, preparation):
    length = Length.of_minutes(minutes, preparation)

    assert length.total == minutes
    assert length.talk >= 5
    assert 0 <= length.preparation <= preparation


def test_days_alike_that_follow_each_other_are_one_in_words():
    both = (*MORNING, *AFTERNOON)

    assert week_in_words(WorkingHours().weeks[0]) == (
        "Mo–Do 08:00–12:00, 13:00–16:00 · Fr 08:00–12:00"
    )
    assert week_in_words((MORNING, (), MORNING, both, both)) == (
        "Mo 08:00–12:00 · Di frei · Mi 08:00–12:00 · Do–Fr 08:00–12:00, 13:00–16:00"
    )
    assert week_in_words(((),) * 5) == "Mo–Fr frei"


def test_hours_of_a_day_are_typed_with_commas():
    assert parse_blocks("Arbeitszeit", "8:00-12:00, ,13:00–16:00,") == (*MORNING, *AFTERNOON)
    assert parse_blocks("Arbeitszeit", "  ") == ()


def test_preparation_fills_a_norm_of_hours_up_to_a_slot_of_an_hour():
    assert Length(45, 15).counted == 60
    assert Length(45, 30).counted == 60
    assert Length(90, 15).counted == 90
