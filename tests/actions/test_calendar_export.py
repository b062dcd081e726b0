"""What goes into calendar files, what is news, and what is written down about it."""

from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar

from kkd_desktop.actions import appointments, calendar_export, casework
from kkd_desktop.domain.calendar_form import CalendarForm, Preparation

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
