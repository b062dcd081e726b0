from datetime import date, datetime

import pytest

from kkd_desktop.domain.appointment import (
    DELIVERY_TEXTS,
    STATE_TEXTS,
    Appointment,
    AppointmentState,
    Delivery,
)
from kkd_desktop.domain.errors import UserError

NOW = datetime(2026, 11, 20, 9, 5)
APPOINTMENT = Appointment(
    client_id=1,
    start=datetime(2026, 11, 24, 9),
    minutes=45,
    uid="f00",
    changed_at=datetime(2026, 11, 1, 8),
    state=AppointmentState.INVITED,
    delivery=Delivery.POST,
    sequence=2,
)


def test_an_appointment_ends_after_its_minutes():
    assert APPOINTMENT.end == datetime(2026, 11, 24, 9, 45)
    assert APPOINTMENT.day == date(2026, 11, 24)


def test_a_moved_appointment_keeps_its_uid_counts_up_and_needs_a_new_invitation():
    moved = APPOINTMENT.moved(datetime(2026, 11, 25, 13), NOW)

    assert moved.start == datetime(2026, 11, 25, 13)
    assert (moved.uid, moved.minutes) == (APPOINTMENT.uid, 45)
    assert (moved.sequence, moved.changed_at) == (3, NOW)
    assert (moved.state, moved.delivery) == (AppointmentState.BOOKED, Delivery.NONE)


def test_a_moved_appointment_may_get_another_length():
    assert APPOINTMENT.moved(datetime(2026, 11, 25, 13), NOW, minutes=30).minutes == 30


@pytest.mark.parametrize(
    ("state", "sequence"),
    [
        (AppointmentState.ATTENDED, 2),
        (AppointmentState.MISSED, 2),
        (AppointmentState.ILL, 3),
        (AppointmentState.CANCELLED, 3),
    ],
)
def test_an_hour_that_is_free_again_is_news_for_calendars(state, sequence):
    done = APPOINTMENT.with_outcome(state, NOW)

    assert (done.state, done.sequence, done.changed_at) == (state, sequence, NOW)


@pytest.mark.parametrize("state", [s for s in AppointmentState if not s.is_open])
def test_a_closed_appointment_stays_as_it_is(state):
    done = APPOINTMENT.with_outcome(state, NOW)

    with pytest.raises(UserError, match=STATE_TEXTS[state]):
        done.moved(datetime(2026, 11, 25, 13), NOW)
    with pytest.raises(UserError, match="abgeschlossen"):
        done.with_outcome(AppointmentState.ATTENDED, NOW)


def test_an_open_state_is_no_outcome():
    with pytest.raises(ValueError, match="booked"):
        APPOINTMENT.with_outcome(AppointmentState.BOOKED, NOW)


def test_every_state_and_way_of_delivery_has_a_german_text():
    assert set(STATE_TEXTS) == set(AppointmentState)
    assert set(DELIVERY_TEXTS) == set(Delivery)
