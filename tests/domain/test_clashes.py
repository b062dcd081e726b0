"""Which talks lie on days on which nobody is met?"""

from datetime import date, datetime

from kkd_desktop.domain.appointment import Appointment, AppointmentState
from kkd_desktop.domain.clashes import clashes
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.hours import Leave

TODAY = date(2026, 11, 20)
CLIENT = Client(1, "123A400017", "Beispiel", "Amina")
HOLIDAY = Leave(date(2026, 11, 18), date(2026, 11, 24), "Urlaub")
CLOSED = Leave(date(2026, 11, 24), date(2026, 11, 24), "Betriebsruhe")


def booked(number, day, state=AppointmentState.BOOKED):
    start = datetime(2026, 11, day, 9)
    return Appointment(1, start, 45, f"uid-{number}", start, state=state, id=number), CLIENT


def found(*talks, leaves=(HOLIDAY, CLOSED)):
    return [(clash.appointment.id, clash.leave.reason) for clash in clashes(leaves, talks, TODAY)]


def test_talks_on_the_first_and_last_day_are_told_in_order():
    assert found(booked(1, 23), booked(2, 20), booked(3, 25)) == [(2, "Urlaub"), (1, "Urlaub")]


def test_a_talk_on_a_day_that_is_free_twice_is_told_once():
    assert found(booked(1, 24)) == [(1, "Urlaub")]


def test_what_is_over_or_called_off_is_no_clash():
    assert found(booked(1, 19), booked(2, 23, AppointmentState.CANCELLED)) == []


def test_without_free_days_there_is_none():
    assert found(booked(1, 23), leaves=()) == []
