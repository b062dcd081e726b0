"""Calendar files beside icalendar used plainly on the same appointments in the same run."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from icalendar import Alarm, Calendar, Event, vCalAddress

from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.calendar_form import CalendarForm, Preparation
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.privacy import client_label
from kkd_desktop.exchange.calendar_file import CalendarEntry, calendar_file
from kkd_desktop.exchange.local_time import BERLIN
from tests.benchmarks.report import Row, alternating, seconds

SIZES = {100: 25, 10_000: 3}
"""Appointments, and how often they are written."""
AIM = 0.5
FORM = CalendarForm(reminder=15, preparation=Preparation.WHOLE)
OFFICE, MAILBOX = "Jobcenter Musterstadt", "team512@jobcenter-musterstadt.example"
ONE_DAY = 9


def rows() -> Iterator[Row]:
    for number, rounds in SIZES.items():
        entries = [_entry(index) for index in range(number)]
        yield from (
            Row(f"{number:,} appointments to one .ics{what}", *_beside(entries, form, rounds), AIM)
            for what, form in (("", CalendarForm()), (", with reminders", FORM))
        )


def _beside(entries: list[CalendarEntry], form: CalendarForm, rounds: int) -> tuple[float, float]:
    return alternating(
        lambda: seconds(
            lambda: calendar_file(entries, form=form, organizer=MAILBOX, office=OFFICE)
        ),
        lambda: seconds(lambda: _plainly(entries, form)),
        rounds,
    )


def _entry(index: int) -> CalendarEntry:
    day, hour = divmod(index, ONE_DAY)
    start = datetime(2026, 1, 2, 8) + timedelta(days=day, hours=hour)
    client = Client(
        index, f"123A{index:06d}", "Übungsfall", f"Person {index}", code=f"K{index % 300}"
    )
    appointment = Appointment(
        index,
        start,
        60,
        str(UUID(int=index * 0x9E3779B97F4A7C15 % 2**128, version=4)),
        datetime(2026, 1, 1, 8, index % 60),
        room="2.14",
        preparation=15,
    )
    return CalendarEntry(appointment, client)


def _plainly(entries: list[CalendarEntry], form: CalendarForm) -> bytes:
    """The same properties, the way icalendar's manual writes them."""
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//KKD Desktop//Termine//DE")
    calendar.add("METHOD", "PUBLISH")
    for entry in entries:
        calendar.add_component(_plain_event(entry, form))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _plain_event(entry: CalendarEntry, form: CalendarForm) -> Event:
    appointment = entry.appointment
    changed_at = appointment.changed_at.replace(tzinfo=UTC)
    event = Event()
    event.add("UID", appointment.uid)
    event.add("SEQUENCE", appointment.sequence)
    event.add("DTSTAMP", changed_at)
    event.add("LAST-MODIFIED", changed_at)
    event.add("DTSTART", appointment.start.replace(tzinfo=BERLIN))
    event.add("DTEND", appointment.end.replace(tzinfo=BERLIN))
    event.add("SUMMARY", f"Termin {client_label(entry.client, form.privacy)}")
    event.add("LOCATION", f"Raum {appointment.room}")
    organizer = vCalAddress(f"mailto:{MAILBOX}")
    organizer.params["CN"] = OFFICE
    event.add("ORGANIZER", organizer)
    event.add("CLASS", "PRIVATE")
    event.add("STATUS", "CONFIRMED")
    event.add("TRANSP", "OPAQUE")
    event.add("X-MICROSOFT-CDO-BUSYSTATUS", "BUSY")
    if form.reminder is not None:
        alarm = Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("TRIGGER", -timedelta(minutes=form.reminder))
        alarm.add("DESCRIPTION", "Termin")
        event.add_component(alarm)
    return event
