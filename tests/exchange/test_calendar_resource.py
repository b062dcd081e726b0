"""What is written to a server for an appointment, and what is read back from one."""

from datetime import date, datetime

import pytest

from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.calendar_form import CalendarForm, Preparation
from kkd_desktop.domain.client import Client, Subject
from kkd_desktop.domain.values import replace
from kkd_desktop.exchange.calendar_file import CalendarEntry
from kkd_desktop.exchange.calendar_resource import MOST_BYTES, resources, shown

TALK = Appointment(
    1,
    datetime(2026, 11, 24, 9, 0),
    60,
    "0d8dcd2a-5f0b-4b5e-8a43-0f3a9d1d4f10",
    datetime(2026, 11, 20, 8, 0),
    preparation=15,
    room="2.14",
)
ENTRY = CalendarEntry(TALK, Client(1, "1", "Beispiel", "Amina", subject=Subject(date(1980, 1, 1))))


def test_each_resource_holds_one_uid_and_the_zone_and_no_method():
    form = CalendarForm(preparation=Preparation.APART, reminder=15)

    talk, after = resources(ENTRY, form)

    assert talk.uid == TALK.uid
    assert talk.owner == after.owner == TALK.uid
    assert after.uid not in talk.body.decode()
    for each in (talk, after):
        assert each.body.count(b"BEGIN:VEVENT") == 1
        assert each.body.startswith(b"BEGIN:VCALENDAR\r\n")
        assert each.body.endswith(b"END:VEVENT\r\nEND:VCALENDAR\r\n")
        assert b"TZID:Europe/Berlin" in each.body
        assert b"METHOD" not in each.body
        assert b"ORGANIZER" not in each.body
    assert b"BEGIN:VALARM" in talk.body


def test_the_mark_changes_with_what_is_shown_and_not_with_the_hour_of_writing():
    [one] = resources(ENTRY, CalendarForm())
    later = replace(TALK, changed_at=datetime(2026, 11, 20, 12, 0))
    moved = replace(TALK, start=datetime(2026, 11, 25, 9, 0))

    assert resources(replace(ENTRY, appointment=later), CalendarForm())[0].digest == one.digest
    assert resources(replace(ENTRY, appointment=moved), CalendarForm())[0].digest != one.digest
    assert resources(ENTRY, CalendarForm(reminder=15))[0].digest != one.digest


def test_what_is_written_reads_back_as_it_was_meant():
    [talk] = resources(ENTRY, CalendarForm())

    found = shown(talk.body)

    assert (found.start, found.end) == (TALK.start, TALK.end)
    assert (found.title, found.place) == ("Termin A. B.", "Raum 2.14")


def event(start):
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:u\r\n"
        f"{start}\r\nSUMMARY:Etwas\r\n anderes\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("DTSTART:20260724T070000Z\r\nDURATION:PT1H", datetime(2026, 7, 24, 9, 0)),
        ("DTSTART:20261124T080000Z\r\nDURATION:PT1H", datetime(2026, 11, 24, 9, 0)),
        ("DTSTART:20261124T090000\r\nDURATION:PT1H", datetime(2026, 11, 24, 9, 0)),
        ("DTSTART;VALUE=DATE:20261124", datetime(2026, 11, 24)),
    ],
)
def test_times_of_other_programs_are_shown_as_local_ones(start, expected):
    assert shown(event(start)).start == expected
    assert shown(event(start)).title == "Etwasanderes"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>nicht hier</html>",
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        event("DTSTART:gestern"),
        event("SEQUENCE:1"),
        b"\xff\xfe\x00",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        event("DTSTART:20261124T090000Z\r\nDESCRIPTION:" + "x" * MOST_BYTES),
    ],
)
def test_what_cannot_be_understood_is_nothing_and_no_fault(body):
    assert shown(body) is None
