from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kkd_desktop.domain.appointment import AppointmentState, Delivery
from kkd_desktop.domain.client import AgeGroup
from kkd_desktop.domain.contact import ContactForm, NoteType
from kkd_desktop.domain.demo import demo_caseload
from kkd_desktop.domain.demo.words import ADDITIONS, DEVIATIONS
from kkd_desktop.domain.spans import Span, Unit, birthday
from kkd_desktop.domain.texts import FLAGS, PROFILLAGEN, STATUS
from kkd_desktop.domain.workdays import WorkCalendar

CALENDAR = WorkCalendar("NW")
FRIDAY, MONDAY, HOLIDAY = date(2026, 11, 20), date(2027, 2, 1), date(2026, 12, 25)


@pytest.fixture(scope="module", params=[FRIDAY, MONDAY], ids=["friday", "monday"])
def caseload(request):
    return demo_caseload(request.param)


def contacts_by_client(caseload):
    found = defaultdict(list)
    for contact in caseload.contacts:
        found[contact.client_id].append(contact)
    return found


def facts_today(caseload, name):
    return Counter(client.subject.facts.at(name, caseload.today) for client in caseload.clients)


def test_the_same_seed_makes_the_same_caseload():
    assert demo_caseload(FRIDAY, 40, seed=7) == demo_caseload(FRIDAY, 40, seed=7)
    assert demo_caseload(FRIDAY, 40, seed=7) != demo_caseload(FRIDAY, 40, seed=8)


def test_every_profillage_status_and_age_group_is_there(caseload):
    assert set(facts_today(caseload, "profile")) == {*PROFILLAGEN, None}
    assert set(facts_today(caseload, "status")) == set(STATUS)
    assert set(facts_today(caseload, "org")) == {"vermittlung", "fallmanagement"}
    groups = {client.subject.age_group(caseload.today) for client in caseload.clients}
    assert groups == set(AgeGroup)


def test_every_flag_of_the_policies_is_there_with_a_history(caseload):
    for flag in FLAGS:
        known = [client.subject.facts.timeline(flag) for client in caseload.clients]
        assert any(known)
    assert facts_today(caseload, "massnahme")[True] > 0


def test_some_profiles_have_changed(caseload):
    histories = [client.subject.facts.timeline("profile") for client in caseload.clients]

    assert any(history is not None and len(history.periods) > 1 for history in histories)


def test_every_form_and_vermerk_is_there_and_some_did_not_come(caseload):
    kinds = [contact.kind for contact in caseload.contacts]

    assert {kind.form for kind in kinds} == set(ContactForm)
    assert {kind.note_type for kind in kinds} == set(NoteType)
    assert any(not kind.attended for kind in kinds)
    assert any(contact.phone_reason for contact in caseload.contacts)


def test_deviations_leap_days_birthdays_and_long_names_are_there(caseload):
    subjects = [client.subject for client in caseload.clients]
    to_come = [
        (birthday(subject.birth_date, 25) - caseload.today).days
        for subject in subjects
        if subject.birth_date
    ]

    deviations = [subject.deviation for subject in subjects if subject.deviation]
    assert {deviation.reason for deviation in deviations} <= set(DEVIATIONS)
    assert len(deviations) == 9
    assert all(deviation.until > caseload.today for deviation in deviations)
    assert sum((s.birth_date.month, s.birth_date.day) == (2, 29) for s in subjects) >= 2
    assert sum(0 < days <= 60 for days in to_come) >= 3
    assert max(len(client.name) for client in caseload.clients) > 60


def test_some_were_never_seen_and_registered_a_few_days_ago(caseload):
    seen = contacts_by_client(caseload)
    unseen = [client for client in caseload.clients if client.id not in seen]

    assert len(unseen) == 6
    assert all(c.subject.registered >= caseload.today - timedelta(days=15) for c in unseen)


def test_families_share_their_number_and_their_home(caseload):
    homes = defaultdict(set)
    for client in caseload.clients:
        homes[client.bg_number].add(client.address)

    assert all(len(addresses) == 1 for addresses in homes.values())
    additions = {each.addition for addresses in homes.values() for each in addresses}
    assert additions == {"", *ADDITIONS}
    assert len(homes) < len(caseload.clients) - 30


def test_numbers_and_codes_are_unique(caseload):
    for name in ("id", "number", "code"):
        values = {getattr(client, name) for client in caseload.clients}
        assert len(values) == len(caseload.clients)
    assert all(client.number.startswith("123A4") for client in caseload.clients)


def test_a_few_cycles_have_run_out_and_most_have_not(caseload):
    cycles = {"markt": Span(6, Unit.WEEKS), "foerder": Span(3, Unit.MONTHS)}
    seen = contacts_by_client(caseload)
    over = total = 0
    for client in caseload.clients:
        facts, today = client.subject.facts, caseload.today
        cycle = cycles.get(str(facts.at("profile", today)))
        held = [c.day for c in seen[client.id] if c.kind.attended and c.kind.qualified]
        if cycle is None or not held or facts.at("org", today) != "vermittlung":
            continue
        total += 1
        over += cycle.after(max(held), CALENDAR) < today
    assert 0 < over / total < 0.2


def test_today_has_appointments_and_some_are_over_already(caseload):
    today = [a for a in caseload.appointments if a.day == caseload.today]

    assert 4 <= len(today) <= 6
    assert sum(a.state is AppointmentState.ATTENDED for a in today) == 2
    assert any(a.state.is_open for a in today)


def test_the_week_is_filled_but_not_to_the_brim(caseload):
    monday = caseload.today - timedelta(days=caseload.today.weekday())
    week = [a for a in caseload.appointments if monday <= a.day < monday + timedelta(days=7)]

    assert 15 <= len(week) <= 21
    later = [a for a in caseload.appointments if a.day >= monday + timedelta(days=7)]
    assert any(a.state is AppointmentState.INVITED for a in later)
    assert {a.delivery for a in caseload.appointments} == set(Delivery)


def test_a_caseload_made_on_a_holiday_has_no_appointment_that_day():
    holiday = demo_caseload(HOLIDAY)

    assert not any(a.day == HOLIDAY for a in holiday.appointments)
    assert any(a.day > HOLIDAY for a in holiday.appointments)


@settings(max_examples=15, deadline=None)
@given(
    today=st.dates(date(2024, 1, 1), date(2031, 12, 31)),
    clients=st.integers(0, 90),
    seed=st.integers(0, 2**32),
)
def test_whatever_the_day_the_caseload_is_consistent(today, clients, seed):
    caseload = demo_caseload(today, clients, seed, calendar=CALENDAR)

    assert len(caseload.clients) == clients
    _contacts_are_consistent(caseload)
    _appointments_are_consistent(caseload)


def test_a_large_caseload_is_consistent(caseload):
    _contacts_are_consistent(caseload)
    _appointments_are_consistent(caseload)


def _contacts_are_consistent(caseload):
    subjects = {client.id: client.subject for client in caseload.clients}
    appointments = {a.id: a for a in caseload.appointments}
    for subject in subjects.values():
        assert birthday(subject.birth_date, 15) <= subject.registered <= caseload.today
        assert subject.einv_start is None or subject.einv_start >= subject.registered
    for contact in caseload.contacts:
        assert subjects[contact.client_id].registered <= contact.day <= caseload.today
        assert CALENDAR.is_workday(contact.day)
        if contact.appointment_id is not None:
            appointment = appointments[contact.appointment_id]
            assert appointment.start.date() == contact.day
            assert appointment.start.time() == contact.at
            assert appointment.client_id == contact.client_id


def _appointments_are_consistent(caseload):
    booked = sorted(caseload.appointments, key=lambda a: a.start)
    for before, after in pairwise(booked):
        assert before.end <= after.start
    for appointment in booked:
        assert CALENDAR.is_workday(appointment.day)
        assert any(
            block.since <= appointment.start.time() and appointment.end.time() <= block.until
            for block in caseload.hours.blocks_on(appointment.day)
        )
        assert appointment.state.is_open is (appointment.day > caseload.today) or (
            appointment.day == caseload.today
        )
        assert appointment.changed_at.date() <= caseload.today
    still_open = Counter(a.client_id for a in booked if a.state.is_open)
    assert all(number == 1 for number in still_open.values())
    assert len({a.uid for a in booked}) == len(booked)
    assert all(a.uid == str(UUID(a.uid)) and UUID(a.uid).version == 4 for a in booked)
