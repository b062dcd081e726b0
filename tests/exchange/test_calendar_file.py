"""What other programs understand of our calendar files: read back by meaning, not by bytes."""

from datetime import UTC, datetime, timedelta

import pytest
import recurring_ical_events
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from kkd_desktop.domain.appointment import Appointment, AppointmentState
from kkd_desktop.domain.calendar_form import CalendarForm, Preparation
from kkd_desktop.domain.client import Address, Client
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.domain.values import replace
from kkd_desktop.exchange import calendar_file as writer
from kkd_desktop.exchange.calendar_file import CalendarEntry, single_file_name

AMINA = Client(
    id=7,
    number="123A456789",
    last_name="Beispiel",
    first_name="Amina",
    code="K12",
    bg_number="12345//0012345",
    address=Address("Hauptstraße 1", "29525", "Uelzen"),
    phone="0581 1234",
)
SUMMER = datetime(2026, 7, 24, 9, 0)
WINTER = datetime(2026, 11, 24, 9, 0)
AS_USUAL = CalendarForm()
APART = CalendarForm(preparation=Preparation.APART)


def entry(start=WINTER, client=AMINA, **changes):
    appointment = Appointment(
        client_id=client.id,
        start=start,
        minutes=45,
        uid=f"3f2a9c1b-{start:%m%d%H%M}",
        changed_at=datetime(2026, 5, 4, 10, 30),
        purpose="Gesundheitliche Einschränkung besprechen",
        room="112",
    )
    return CalendarEntry(replace(appointment, **changes), client)


def calendar_file(entries, form=AS_USUAL, **office):
    return writer.calendar_file(entries, form=form, **office)


def cancellations_file(entries, form=AS_USUAL):
    return writer.cancellations_file(entries, form=form)


def read(data):
    return Calendar.from_ical(data)


def only_event(data):
    (event,) = read(data).events
    return event


@pytest.mark.parametrize(("start", "utc_hour"), [(SUMMER, 7), (WINTER, 8)])
def test_an_appointment_is_at_the_same_instant_in_every_reader(start, utc_hour):
    data = calendar_file([entry(start)])

    ours = only_event(data).start
    (expanded,) = recurring_ical_events.of(read(data)).at(start.date())
    independent = vobject.readOne(data.decode()).vevent.dtstart.value

    expected = datetime(start.year, start.month, start.day, utc_hour, tzinfo=UTC)
    assert ours == expanded.start == independent == expected


def test_the_zone_block_itself_says_summer_and_winter_rightly():
    # A reader may ignore the name Europe/Berlin and go by the block alone.
    (zone,) = read(calendar_file([entry()])).timezones

    berlin = zone.to_tz(lookup_tzid=False)

    offsets = [start.replace(tzinfo=berlin).utcoffset() for start in (SUMMER, WINTER)]
    assert offsets == [timedelta(hours=2), timedelta(hours=1)]


def test_the_zone_block_is_made_of_rules():
    lines = calendar_file([entry()]).decode().splitlines()

    block = lines[lines.index("BEGIN:VTIMEZONE") : lines.index("END:VTIMEZONE") + 1]

    assert len(block) == 15
    assert sum(line.startswith("RRULE:FREQ=YEARLY") for line in block) == 2
    assert not any(line.startswith("RDATE") for line in block)


def test_an_appointment_keeps_its_length_on_the_days_the_clocks_change():
    starts = [datetime(2027, 3, 28, 9, 0), datetime(2027, 10, 31, 9, 0)]

    events = read(calendar_file(map(entry, starts))).events

    assert [event.end - event.start for event in events] == [timedelta(minutes=45)] * 2


def test_identity_and_version_come_from_the_appointment():
    event = only_event(calendar_file([entry(uid="abc", sequence=3)]))

    assert event["UID"] == "abc"
    assert event["SEQUENCE"] == 3
    assert event.DTSTAMP == event.LAST_MODIFIED == datetime(2026, 5, 4, 10, 30, tzinfo=UTC)


def test_calendar_properties_come_before_all_components_and_lines_end_as_they_must():
    data = calendar_file([entry()])

    lines = data.decode().split("\r\n")
    assert lines[:5] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//KKD Desktop//Termine//DE",
        "METHOD:PUBLISH",
        "BEGIN:VTIMEZONE",
    ]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert data.count(b"\n") == data.count(b"\r\n")


def test_the_time_is_shown_as_busy_and_the_entry_as_private():
    event = only_event(calendar_file([entry()]))

    assert event["CLASS"] == "PRIVATE"
    assert event["TRANSP"] == "OPAQUE"
    assert event["STATUS"] == "CONFIRMED"
    assert event["X-MICROSOFT-CDO-BUSYSTATUS"] == "BUSY"


def test_the_office_mailbox_is_the_organizer_and_nobody_is_invited():
    data = calendar_file([entry()], organizer="team512@jobcenter.example", office='JC "Süd"; A')

    organizer = only_event(data)["ORGANIZER"]

    assert organizer == "mailto:team512@jobcenter.example"
    assert organizer.params["CN"] == "JC 'Süd'; A"
    assert b"ATTENDEE" not in data


def test_without_a_mailbox_there_is_no_organizer():
    assert b"ORGANIZER" not in calendar_file([entry()], office="Jobcenter")


@pytest.mark.parametrize("mailbox", ["", "team", "a@b", "a b@c.de", "a@b.de\r\nATTENDEE:x"])
def test_a_mailbox_that_is_no_address_is_refused(mailbox):
    with pytest.raises(UserError, match="keine E-Mail-Adresse"):
        calendar_file([entry()], organizer=mailbox)


@pytest.mark.parametrize(
    ("privacy", "summary"),
    [
        (Privacy.NEUTRAL, "Termin"),
        (Privacy.INITIALS, "Termin A. B. (K12)"),
        (Privacy.FULL, "Termin Beispiel, Amina"),
    ],
)
def test_the_privacy_level_decides_the_summary(privacy, summary):
    event = only_event(calendar_file([entry()], form=CalendarForm(privacy)))

    assert event["SUMMARY"] == summary
    assert event["LOCATION"] == "Raum 112"
    assert "DESCRIPTION" not in event


@pytest.mark.parametrize("privacy", [Privacy.NEUTRAL, Privacy.INITIALS])
@pytest.mark.parametrize("write", [calendar_file, cancellations_file])
def test_below_full_name_no_personal_data_leaves(privacy, write):
    entries = [entry(), entry(SUMMER, state=AppointmentState.CANCELLED, reason="Kind krank")]

    text = write(entries, form=CalendarForm(privacy)).decode().replace("\r\n ", "")

    secrets = ("Amina", "Beispiel", "123A", "12345//", "Hauptstr", "0581", "Gesundheit", "Kind")
    assert not [secret for secret in secrets if secret in text]


def test_at_every_level_number_address_phone_and_purpose_stay_inside():
    text = calendar_file([entry()], form=CalendarForm(Privacy.FULL)).decode()

    assert not [s for s in ("123A", "12345//", "Hauptstr", "0581", "Gesundheit") if s in text]


def test_a_kundennummer_used_as_own_code_is_not_written():
    client = replace(AMINA, code=AMINA.number)

    event = only_event(calendar_file([entry(client=client)]))

    assert event["SUMMARY"] == "Termin A. B."


def test_each_state_stands_in_the_file_where_it_belongs():
    entries = [
        entry(WINTER + timedelta(days=number), uid=state.value, state=state)
        for number, state in enumerate(AppointmentState)
    ]

    exported = [event["UID"] for event in read(calendar_file(entries)).events]
    withdrawn = [event["UID"] for event in read(cancellations_file(entries)).events]

    assert exported == ["booked", "invited", "attended"]
    assert withdrawn == ["cancelled", "ill"]


def test_a_cancellation_frees_the_hour():
    cancelled = entry(state=AppointmentState.CANCELLED, sequence=1)

    data = cancellations_file([cancelled])

    event = only_event(data)
    assert read(data)["METHOD"] == "CANCEL"
    assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    assert event["X-MICROSOFT-CDO-BUSYSTATUS"] == "FREE"
    assert event["SEQUENCE"] == 1


def test_of_two_versions_of_one_appointment_only_the_newer_is_written():
    moved = entry(WINTER + timedelta(days=1), uid="same", sequence=1)

    event = only_event(calendar_file([moved, entry(uid="same")]))

    assert event["SEQUENCE"] == 1


def test_an_older_version_does_not_bring_a_cancelled_appointment_back():
    cancelled = entry(uid="same", sequence=1, state=AppointmentState.CANCELLED)

    assert read(calendar_file([entry(uid="same"), cancelled])).events == []


def test_the_order_of_the_entries_does_not_matter():
    entries = [entry(WINTER), entry(SUMMER)]

    assert calendar_file(entries) == calendar_file(reversed(entries))


def test_a_file_without_appointments_is_still_a_calendar():
    assert read(calendar_file([])).events == []


def test_the_name_of_a_single_file_tells_the_time_and_no_person():
    name = single_file_name(entry().appointment)

    assert name == "termin-2026-11-24-0900-3f2a9c1b.ics"


def test_a_strange_uid_makes_no_path_of_the_file_name():
    name = single_file_name(entry(uid="../../Ä b@c").appointment)

    assert name == "termin-2026-11-24-0900-bc.ics"


def test_backslashes_and_line_breaks_become_harmless():
    client = replace(AMINA, last_name="Bei\\spiel\r\nATTENDEE:x", first_name="A\u202emina")

    data = calendar_file([entry(client=client, room="Haus B\\2")], form=CalendarForm(Privacy.FULL))

    event = only_event(data)
    assert event["SUMMARY"] == "Termin Bei/spiel ATTENDEE:x, Amina"
    assert event["LOCATION"] == "Haus B/2"
    assert "ATTENDEE" not in event


@pytest.mark.parametrize(
    ("room", "place"),
    [
        ("2.14", "Raum 2.14"),
        ("112a", "Raum 112a"),
        ("B 12", "Raum B 12"),
        ("E.05", "Raum E.05"),
        ("Raum 2.14", "Raum 2.14"),
        ("Zimmer 4", "Zimmer 4"),
        ("Haus B, 2.14", "Haus B, 2.14"),
        ("2. Stock, Zimmer 4", "2. Stock, Zimmer 4"),
    ],
)
def test_a_bare_room_number_is_called_a_room(room, place):
    assert only_event(calendar_file([entry(room=room)]))["LOCATION"] == place


@settings(deadline=None)
@given(name=st.text(min_size=1, max_size=200), room=st.text(max_size=200))
def test_whatever_a_text_holds_two_readers_find_one_event_with_the_same_words(name, room):
    client = replace(AMINA, last_name=name, first_name="")

    data = calendar_file([entry(client=client, room=room)], form=CalendarForm(Privacy.FULL))

    ours = only_event(data)
    theirs = vobject.readOne(data.decode()).vevent
    assert ours["SUMMARY"] == theirs.summary.value
    assert ours.get("LOCATION", "") == (
        theirs.location.value if "location" in theirs.contents else ""
    )
    assert "\\" not in ours["SUMMARY"]
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


@settings(deadline=None)
@given(
    start=st.datetimes(datetime(2020, 1, 1), datetime(2037, 12, 30)).filter(
        lambda start: 6 <= start.hour < 22
    )
)
def test_the_wall_clock_survives_on_every_day_of_the_year(start):
    start = start.replace(second=0, microsecond=0)

    event = vobject.readOne(calendar_file([entry(start)]).decode()).vevent

    assert event.dtstart.value.replace(tzinfo=None) == start
