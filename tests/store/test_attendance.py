from datetime import date, datetime, timedelta

import pytest

from kkd_desktop.domain.appointment import Appointment, AppointmentState
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind
from kkd_desktop.store import appointments, contacts
from kkd_desktop.store.attendance import attendance, attendance_of_each

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def appointment(client_id, day, state):
    start = datetime(2026, 1, 1, 23, 30) + timedelta(days=day - 1)
    return Appointment(client_id, start, 45, f"uid{day}", start, state=state)


@pytest.mark.parametrize(
    ("state", "counted"),
    [
        (AppointmentState.ATTENDED, (1, 0)),
        (AppointmentState.MISSED, (0, 1)),
        (AppointmentState.CANCELLED, (0, 0)),
        (AppointmentState.ILL, (0, 0)),
        (AppointmentState.BOOKED, (0, 0)),
    ],
)
def test_only_kept_and_missed_appointments_tell(store, client_id, state, counted):
    appointments.add(store, appointment(client_id, 40, state))

    assert attendance(store, FIRST, LAST) == counted


def test_both_days_are_included(store, client_id):
    for day in (0, 1, 365, 366):
        appointments.add(store, appointment(client_id, day, AppointmentState.ATTENDED))

    assert attendance(store, FIRST, LAST) == (2, 0)


def test_a_contact_of_an_appointment_is_counted_once(store, client_id):
    kept = appointments.add(store, appointment(client_id, 40, AppointmentState.ATTENDED))
    contacts.add(store, Contact(date(2026, 2, 9), client_id=client_id, appointment_id=kept))

    assert attendance(store, FIRST, LAST) == (1, 0)


def test_contacts_without_an_appointment_tell_where_they_were_personal(store, client_id):
    for kind in (
        ContactKind(),
        ContactKind(attended=False),
        ContactKind(form=ContactForm.TELEFONISCH),
        ContactKind(form=ContactForm.EMAIL, attended=False),
    ):
        contacts.add(store, Contact(date(2026, 2, 9), kind, client_id=client_id))

    assert attendance(store, FIRST, LAST) == (1, 1)


def test_each_client_has_their_own_numbers(store, client_id):
    appointments.add(store, appointment(client_id, 40, AppointmentState.ATTENDED))
    appointments.add(store, appointment(client_id, 41, AppointmentState.MISSED))

    assert attendance_of_each(store, FIRST, LAST) == {client_id: (1, 1)}
    assert attendance_of_each(store, FIRST, FIRST) == {}
