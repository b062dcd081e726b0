"""What does a week hold, what may be put where, and who still waits?"""

from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest

from kkd_desktop.domain.appointment import Appointment, AppointmentState
from kkd_desktop.domain.busy_time import BusyTime
from kkd_desktop.domain.client import Client, Subject
from kkd_desktop.domain.hours import Block, Leave
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.week import (
    DayPlan,
    Placing,
    Week,
    load_of,
    placing,
    snapped,
    talks_of,
)

MONDAY = date(2026, 11, 23)
TUESDAY = MONDAY + timedelta(days=1)
HOURS = (Block(time(8), time(12)), Block(time(13), time(16)))


def at(day, hour, minute=0):
    return datetime.combine(day, time(hour, minute))


def talk(number, start, minutes=45, **changes):
    name = ("Beispiel", "Muster", "Probe")[number % 3]
    client = Client(number, f"123A40000{number}", name, "Amina", subject=Subject())
    made = Appointment(number, start, minutes, f"u{number}", datetime(2026, 11, 20, 8), id=number)
    return replace(made, **changes), client


def plan(day=MONDAY, *booked, **changes):
    return replace(DayPlan(day, HOURS, talks=talks_of(booked)), **changes)


def week(*plans, now=datetime(2026, 11, 20, 9, 30), **changes):
    known = {each.day: each for each in plans}
    days = tuple(
        known.get(MONDAY + timedelta(days=n), plan(MONDAY + timedelta(days=n))) for n in range(7)
    )
    return replace(Week(now, days, 30, 45, Fraction(39)), **changes)


def test_those_of_a_joint_talk_are_one_card_and_those_at_the_same_time_alone_are_two():
    start = at(MONDAY, 9)
    together = talks_of([talk(1, start, joint="x"), talk(2, start, joint="x")])
    apart = talks_of([talk(1, start), talk(2, start)])

    assert [each.ids for each in together] == [(1, 2)]
    assert [each.ids for each in apart] == [(1,), (2,)]


def test_who_was_moved_out_of_a_joint_talk_has_a_card_of_their_own():
    found = talks_of([talk(1, at(MONDAY, 9), joint="x"), talk(2, at(MONDAY, 10), joint="x")])

    assert [each.ids for each in found] == [(1,), (2,)]


def test_what_was_called_off_takes_no_time():
    assert talks_of([talk(1, at(MONDAY, 9), state=AppointmentState.CANCELLED)]) == ()


def test_a_joint_talk_counts_its_minutes_once_and_its_contacts_each():
    joint = [talk(n, at(MONDAY, 9), 60, joint="x")[0] for n in (1, 2)]
    held = talk(3, at(MONDAY, 11), 45, state=AppointmentState.ATTENDED)[0]

    load = load_of([*joint, held])

    assert (load.agreed, load.held, load.talks) == (2, 1, 3)
    assert load.hours == Fraction(105, 60)


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        (at(MONDAY - timedelta(days=4), 9), "Dieser Tag liegt zurück"),
        (at(MONDAY + timedelta(days=5), 9), "Am Wochenende finden keine Gespräche statt"),
        (at(TUESDAY, 9), "Feiertag: Testtag"),
        (at(MONDAY, 9, 30), "Schon vergeben von 09:00 bis 09:45"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(start, sentence):
    shown = week(plan(MONDAY, talk(1, at(MONDAY, 9))), plan(TUESDAY, holiday="Testtag"))

    assert placing(shown, start, 45).refused == sentence


def test_a_talk_may_follow_another_at_once_and_stand_where_it_stood():
    shown = week(plan(MONDAY, talk(1, at(MONDAY, 9))))

    assert placing(shown, at(MONDAY, 9, 45), 45) == Placing()
    assert placing(shown, at(MONDAY, 9, 15), 45, without=(1,)) == Placing()


def test_a_closed_appointment_is_no_double_booking():
    missed = talk(1, at(MONDAY, 9), state=AppointmentState.MISSED)

    assert not placing(week(plan(MONDAY, missed)), at(MONDAY, 9), 45).refused


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"leave": Leave(MONDAY, MONDAY, "Urlaub"), "is_absence": True}, "Abwesenheit: Urlaub"),
        ({"leave": Leave(MONDAY, MONDAY, "")}, "Schließtag"),
        ({"blocks": ()}, "Außerhalb Ihrer Zeiten"),
        (
            {"busy": (BusyTime(at(MONDAY, 9, 15), at(MONDAY, 10)),)},
            "Überschneidet sich mit „belegt“",
        ),
    ],
)
def test_what_a_human_may_decide_otherwise_is_a_hint_and_no_refusal(changes, hint):
    found = placing(week(plan(MONDAY, **changes)), at(MONDAY, 9), 45)

    assert found == Placing("", (hint,))


def test_a_talk_over_lunch_is_outside_the_hours():
    assert placing(week(), at(MONDAY, 11, 45), 45).hints == ("Außerhalb Ihrer Zeiten",)


def test_too_soon_for_a_letter_is_said_only_where_one_would_be_sent():
    shown = week(posted=TUESDAY)

    by_letter = placing(shown, at(MONDAY, 9), 45, by_letter=True)

    assert by_letter.hints == ("Für einen Brief zu früh (ab Di 24.11.): aushändigen",)
    assert placing(shown, at(MONDAY, 9), 45) == Placing()
    assert placing(shown, at(TUESDAY, 9), 45, by_letter=True) == Placing()


def test_of_a_day_beyond_the_weeks_nothing_is_claimed():
    assert placing(week(), at(MONDAY + timedelta(days=14), 22), 45) == Placing()


def test_the_grid_begins_anew_with_every_block():
    odd = plan(MONDAY, blocks=(Block(time(8, 15), time(12)),))

    assert snapped(odd, 9 * 60, 30) == 8 * 60 + 45
    assert snapped(odd, 7 * 60 + 50, 30) == 7 * 60 + 30
    assert snapped(odd, 9 * 60 + 3, 30, 5) == 9 * 60 + 5


def test_room_is_counted_by_talks_that_follow_each_other():
    starts = tuple(at(MONDAY, 8 + n // 2, 30 * (n % 2)) for n in range(6))

    assert plan(MONDAY, free=starts).room_left(45) == 3
    assert plan(MONDAY, free=starts).room_left(30) == 6
