from datetime import UTC, date, datetime, timedelta

import pytest

from kkd_desktop.domain.appointment import Appointment, AppointmentState, Delivery
from kkd_desktop.domain.contact import Contact, ContactForm
from kkd_desktop.domain.values import replace
from kkd_desktop.store import appointments, contacts, errors, export_log
from kkd_desktop.store.export_log import Export

START = datetime(2026, 12, 1, 9, 0)


@pytest.fixture
def appointment(client_id, now):
    return Appointment(
        client_id=client_id,
        start=START,
        minutes=45,
        uid="7f3a",
        changed_at=now,
        form=ContactForm.VIDEO,
        purpose="Standortbestimmung",
        room="2.14",
        delivery=Delivery.POST,
    )


def test_an_appointment_comes_back_as_it_went_in(store, appointment):
    appointment_id = appointments.add(store, appointment)

    assert appointments.get(store, appointment_id) == replace(appointment, id=appointment_id)


def test_a_move_keeps_the_uid(store, appointment, now):
    kept = replace(appointment, id=appointments.add(store, appointment))
    moved = kept.moved(START + timedelta(days=1), now + timedelta(hours=1))

    appointments.change(store, replace(moved, uid="another"))

    assert appointments.get(store, kept.id) == moved


def test_a_day_reaches_to_its_last_minute_and_no_further(store, appointment):
    times = [datetime(2026, 12, 1), datetime(2026, 12, 1, 23, 59), datetime(2026, 12, 2)]
    for number, start in enumerate(times):
        appointments.add(store, replace(appointment, start=start, uid=str(number)))

    found = appointments.between(store, date(2026, 12, 1), date(2026, 12, 1))

    assert [one.start for one in found] == times[:2]
    assert len(appointments.between(store, date(2026, 12, 1), date(2026, 12, 2))) == 3


def test_only_appointments_without_an_outcome_are_open(store, appointment):
    for state in AppointmentState:
        appointments.add(store, replace(appointment, state=state, uid=state.value))

    found = appointments.open_from(store, START.date())

    assert [one.state for one in found] == [AppointmentState.BOOKED, AppointmentState.INVITED]
    assert appointments.open_from(store, START.date() + timedelta(days=1)) == []


def test_the_times_of_an_agenda_are_those_of_the_open_appointments(store, appointment):
    later = START + timedelta(days=1)
    second = appointments.add(store, replace(appointment, uid="2", start=later, joint="mark"))
    first = appointments.add(store, appointment)
    closed = replace(appointment, uid="3", state=AppointmentState.CANCELLED)
    appointments.add(store, closed)
    appointments.add(store, replace(appointment, uid="4", start=START + timedelta(days=2)))

    found = appointments.open_times(store, START.date(), later.date())

    assert found == [(first, START, 45, ""), (second, later, 45, "mark")]


def test_a_joint_talk_is_found_by_its_mark_and_no_talk_by_none(store, appointment):
    one = appointments.add(store, replace(appointment, joint="mark"))
    other = appointments.add(store, replace(appointment, uid="2", joint="mark"))
    appointments.add(store, replace(appointment, uid="3"))

    assert [each.id for each in appointments.of_joint(store, "mark")] == [one, other]
    assert appointments.of_joint(store, "") == []


def test_the_appointments_of_a_client_begin_with_the_newest(store, appointment):
    for number in range(3):
        start = START + timedelta(days=number)
        appointments.add(store, replace(appointment, start=start, uid=str(number)))

    found = appointments.of_client(store, appointment.client_id)

    assert [one.uid for one in found] == ["2", "1", "0"]


def test_a_contact_outlives_the_appointment_it_came_of(store, appointment):
    appointment_id = appointments.add(store, appointment)
    contact = Contact(START.date(), client_id=appointment.client_id, appointment_id=appointment_id)
    contacts.add(store, contact)
    (stored,) = contacts.of_client(store, appointment.client_id)
    assert stored.appointment_id == appointment_id

    with store.write() as transaction:
        transaction.delete("appointment", appointment_id)

    (stored,) = contacts.of_client(store, appointment.client_id)
    assert stored.appointment_id is None


def test_an_unknown_appointment_is_gone(store, appointment):
    with pytest.raises(errors.EntryGone):
        appointments.get(store, 99)
    with pytest.raises(errors.EntryGone):
        appointments.change(store, replace(appointment, id=99))


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": START.replace(second=1)},
        {"start": START.replace(tzinfo=UTC)},
        {"changed_at": START.replace(tzinfo=UTC)},
    ],
)
def test_times_that_would_lose_something_on_disk_are_a_bug(store, appointment, wrong):
    with pytest.raises(ValueError, match="not a"):
        appointments.add(store, replace(appointment, **wrong))


def test_the_latest_export_to_a_target_is_remembered(store, appointment, now):
    appointment_id = appointments.add(store, appointment)
    first = Export(appointment_id, 0, AppointmentState.BOOKED, "aa", now)
    second = Export(appointment_id, 1, AppointmentState.CANCELLED, "bb", now + timedelta(days=1))

    export_log.record(store, "datei", [first])
    export_log.record(store, "live", [first])
    export_log.record(store, "datei", [second])

    assert export_log.last_exports(store, "datei") == {appointment_id: second}
    assert export_log.last_exports(store, "live") == {appointment_id: first}
    assert export_log.last_exports(store, "nie") == {}
