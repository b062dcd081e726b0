"""What goes into calendar files, what is news, and what is written down about it."""

from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar

from kkd_desktop.actions import appointments, calendar_export, casework, undo
from kkd_desktop.domain.calendar_form import CalendarForm, Preparation
from kkd_desktop.exchange.calendar_file import uids_of

NINE = datetime(2026, 11, 27, 9)
FORM = CalendarForm()


@pytest.fixture
def booked(caseload):
    """Three appointments on one morning, one after the other."""
    caseload.now = lambda: datetime(2026, 11, 20, 8)
    clients = [casework.find_client(caseload, f"123A40000{number}") for number in (1, 2, 3)]
    return [
        appointments.book(caseload, client, NINE + timedelta(hours=place), 45)
        for place, client in enumerate(clients)
    ]


def standing(context, **how):
    return [each.id for each, _ in calendar_export.select(context, **how).standing]


def test_only_what_is_new_or_changed_goes_out_the_second_time(caseload, booked, tmp_path):
    export = calendar_export.select(caseload, changed=True)
    calendar_export.write_calendar(caseload, export, tmp_path / "a.ics", FORM)
    assert standing(caseload, changed=True) == []

    appointments.move(caseload, booked[1].id, NINE + timedelta(days=3))

    assert standing(caseload, changed=True) == [booked[1].id]
    assert calendar_export.select(caseload, changed=True).unchanged == 2


def test_another_reminder_makes_nothing_new_but_another_preparation_does(
    caseload, booked, tmp_path
):
    export = calendar_export.select(caseload)
    calendar_export.write_calendar(caseload, export, tmp_path / "a.ics", FORM)
    caseload.change_settings(reminder=30, preparation=Preparation.APART)
    assert standing(caseload, changed=True) == []

    with caseload.store.write() as transaction:
        transaction.update("appointment", booked[0].id, {"preparation": 15})

    assert standing(caseload, changed=True) == [booked[0].id]


def test_of_single_ones_only_those_that_stand_are_handed_out(caseload, booked):
    appointments.cancel(caseload, booked[1].id)

    export = calendar_export.chosen(caseload, [each.id for each in booked])

    assert [each.id for each, _ in export.standing] == [booked[0].id, booked[2].id]
    assert export.left_out == 1


def test_writing_says_how_far_it_is_and_who_stops_it_has_no_file(caseload, booked, tmp_path):
    export = calendar_export.select(caseload)
    folder = tmp_path / "einzeln"
    write = calendar_export.prepare_calendar(caseload, export, folder, FORM, one_each=True)
    told = []

    def stop(done, total):
        told.append((done, total))
        if done == 2:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write(stop)

    assert told == [(0, 3), (1, 3), (2, 3)]
    assert not folder.exists()
    assert standing(caseload, changed=True) == [each.id for each in booked]


def test_withdrawn_ones_count_as_told_only_with_their_own_file(caseload, booked, tmp_path):
    first = calendar_export.select(caseload)
    calendar_export.write_calendar(caseload, first, tmp_path / "a.ics", FORM)
    appointments.cancel(caseload, booked[0].id)

    export = calendar_export.select(caseload, changed=True)
    calendar_export.write_calendar(caseload, export, tmp_path / "b.ics", FORM)
    assert len(calendar_export.select(caseload, changed=True).withdrawn) == 1

    gone = tmp_path / "b-absagen.ics"
    calendar_export.write_calendar(caseload, export, tmp_path / "b.ics", FORM, cancellations=gone)
    [event] = Calendar.from_ical(gone.read_bytes()).walk("VEVENT")
    assert str(event["UID"]) == booked[0].uid
    assert calendar_export.select(caseload, date(2026, 11, 20), changed=True).is_empty


APART = CalendarForm(preparation=Preparation.APART)


def shown(path):
    """By UID what a calendar file says of the entries in it."""
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return {str(each["UID"]): each for each in events}


@pytest.fixture
def prepared(caseload, tmp_path):
    """A talk of an hour with its last quarter apart, as the calendar got it."""
    caseload.now = lambda: datetime(2026, 11, 20, 8)
    client = casework.find_client(caseload, "123A400001")
    talk = appointments.book(caseload, client, NINE, 60, preparation=15)
    first = tmp_path / "erste.ics"
    export = calendar_export.select(caseload, form=APART)
    calendar_export.write_calendar(caseload, export, first, APART)
    caseload.now = lambda: datetime(2026, 11, 20, 9)
    return talk, uids_of(talk.uid)[1], shown(first)


def exported(context, tmp_path, form, *, changed=True):
    """Standing and cancelled entries of one more export."""
    there, gone = tmp_path / "b.ics", tmp_path / "b-absagen.ics"
    export = calendar_export.select(context, changed=changed, form=form)
    calendar_export.write_calendar(context, export, there, form, cancellations=gone)
    return shown(there) if export.standing else {}, shown(gone)


@pytest.mark.parametrize("form", list(Preparation))
def test_whatever_the_form_is_now_a_cancelled_talk_takes_along_the_time_after_it(
    caseload, prepared, tmp_path, form
):
    talk, follow_up, _ = prepared
    appointments.cancel(caseload, talk.id)
    with caseload.store.write() as transaction:
        transaction.update("appointment", talk.id, {"preparation": 0})

    _, gone = exported(caseload, tmp_path, CalendarForm(preparation=form))

    assert set(gone) == {talk.uid, follow_up}
    assert {str(each["STATUS"]) for each in gone.values()} == {"CANCELLED"}
    assert gone[follow_up]["DTSTART"].dt < gone[follow_up]["DTEND"].dt
    assert calendar_export.select(caseload, changed=True).is_empty


def test_a_talk_that_went_out_whole_takes_nothing_else_along(caseload, prepared, tmp_path):
    talk, _, _ = prepared
    exported(caseload, tmp_path, FORM, changed=False)
    appointments.cancel(caseload, talk.id)

    _, gone = exported(caseload, tmp_path, APART)

    assert set(gone) == {talk.uid}


def test_another_form_goes_out_as_a_newer_version_once(caseload, prepared, tmp_path):
    talk, follow_up, first = prepared
    assert calendar_export.select(caseload, changed=True, form=FORM).is_empty

    whole, gone = exported(caseload, tmp_path, FORM, changed=False)

    assert whole[talk.uid]["SEQUENCE"] > first[talk.uid]["SEQUENCE"]
    assert whole[talk.uid]["DTSTAMP"].dt > first[talk.uid]["DTSTAMP"].dt
    assert gone[follow_up]["SEQUENCE"] > first[follow_up]["SEQUENCE"]
    again, nothing = exported(caseload, tmp_path, FORM, changed=False)
    assert again[talk.uid]["SEQUENCE"] == whole[talk.uid]["SEQUENCE"]
    assert nothing == {}
    apart, _ = exported(caseload, tmp_path, APART, changed=False)
    assert apart[follow_up]["SEQUENCE"] > gone[follow_up]["SEQUENCE"]


def test_what_was_left_behind_without_a_file_of_cancellations_is_named_the_next_time(
    caseload, prepared, tmp_path
):
    talk, follow_up, _ = prepared
    appointments.move(caseload, talk.id, NINE + timedelta(days=3))
    moved = calendar_export.select(caseload, changed=True, form=FORM)
    calendar_export.write_calendar(caseload, moved, tmp_path / "a.ics", FORM)
    caseload.now = lambda: datetime(2026, 11, 20, 10)

    there, gone = exported(caseload, tmp_path, FORM)

    assert (there, set(gone)) == ({}, {follow_up})
    assert calendar_export.select(caseload, changed=True, form=FORM).is_empty


def test_a_step_taken_back_after_it_went_out_goes_out_as_a_newer_version(
    caseload, booked, tmp_path
):
    exported(caseload, tmp_path, FORM)
    appointments.move(caseload, booked[0].id, NINE + timedelta(days=3))
    moved, _ = exported(caseload, tmp_path, FORM)
    undo.undo(caseload)

    back, _ = exported(caseload, tmp_path, FORM)

    assert back[booked[0].uid]["DTSTART"].dt.day == NINE.day
    assert back[booked[0].uid]["SEQUENCE"] > moved[booked[0].uid]["SEQUENCE"]
    assert calendar_export.select(caseload, changed=True).is_empty
