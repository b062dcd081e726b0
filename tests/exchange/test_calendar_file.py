"""What other programs understand of our calendar files: read back by meaning, not by bytes."""

import unicodedata
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
import recurring_ical_events
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Alarm, Calendar, Event, vCalAddress

from kkd_desktop.domain.appointment import Appointment, AppointmentState
from kkd_desktop.domain.calendar_form import CalendarForm, Preparation
from kkd_desktop.domain.client import Address, Client
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.privacy import Privacy, client_label
from kkd_desktop.domain.values import replace
from kkd_desktop.exchange import calendar_file as writer
from kkd_desktop.exchange.calendar_file import (
    CalendarEntry,
    is_ours,
    written,
)
from kkd_desktop.exchange.local_time import BERLIN

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
HOSTILE = CalendarForm(Privacy.FULL, 15, Preparation.APART)
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
    return readable(writer.calendar_file(entries, form=form, **office))


def cancellations_file(entries, form=AS_USUAL, follow_ups=()):
    return readable(writer.cancellations_file(entries, form=form, follow_ups=follow_ups))


def live_file(entries, form=AS_USUAL):
    return readable(writer.live_file(entries, form=form))


def single_files(entries, form=AS_USUAL):
    return [(name, readable(data)) for name, data in writer.single_files(entries, form=form)]


def readable(data):
    """The file, once icalendar has read all of it without a fault."""
    assert not [part for part in read(data).walk() if part.errors]
    return data


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


@pytest.mark.parametrize("minutes", [0, 5, 60, 1440, 10_080])
def test_a_reminder_comes_so_many_minutes_before_and_says_nothing(minutes):
    event = only_event(calendar_file([entry()], CalendarForm(Privacy.FULL, minutes)))

    (alarm,) = event.walk("VALARM")
    assert alarm.TRIGGER.total_seconds() == -60 * minutes
    assert alarm["TRIGGER"].params == {}
    assert (alarm["ACTION"], alarm["DESCRIPTION"]) == ("DISPLAY", "Termin")


def test_a_day_before_is_written_in_minutes_because_a_day_is_longer_when_the_clocks_change():
    assert b"TRIGGER:-PT1440M\r\n" in calendar_file([entry()], CalendarForm(reminder=1440))


def test_nothing_reminds_unless_it_was_chosen():
    assert only_event(calendar_file([entry()])).walk("VALARM") == []


@pytest.mark.parametrize("state", [AppointmentState.ATTENDED, AppointmentState.MISSED])
def test_what_is_over_reminds_of_nothing(state):
    data = live_file([entry(state=state)], CalendarForm(reminder=15))

    assert only_event(data).walk("VALARM") == []


def test_what_is_cancelled_reminds_of_nothing():
    cancelled = entry(state=AppointmentState.CANCELLED)

    assert b"VALARM" not in cancellations_file([cancelled], CalendarForm(reminder=15))


@pytest.mark.parametrize(
    ("preparation", "lengths"),
    [(Preparation.WHOLE, [60]), (Preparation.APART, [45, 15]), (Preparation.NONE, [45])],
)
def test_the_time_after_a_talk_is_part_of_it_or_apart_or_left_out(preparation, lengths):
    longer = entry(minutes=60, preparation=15)

    events = read(calendar_file([longer], CalendarForm(preparation=preparation))).events

    assert [(event.end - event.start).seconds // 60 for event in events] == lengths
    assert events[0].start == WINTER.replace(tzinfo=BERLIN)
    assert all(left.end == right.start for left, right in pairwise(events))


@pytest.mark.parametrize("preparation", Preparation)
def test_a_talk_without_time_after_it_is_one_entry_in_every_form(preparation):
    event = only_event(calendar_file([entry()], CalendarForm(preparation=preparation)))

    assert event.end - event.start == timedelta(minutes=45)


@pytest.mark.parametrize("privacy", Privacy)
def test_the_time_after_a_talk_names_nobody_and_no_room(privacy):
    form = CalendarForm(privacy, reminder=15, preparation=Preparation.APART)

    _, after = read(calendar_file([entry(preparation=15)], form)).events

    assert after["SUMMARY"] == "Vor- und Nachbereitung"
    assert "LOCATION" not in after
    assert (after["CLASS"], after["X-MICROSOFT-CDO-BUSYSTATUS"]) == ("PRIVATE", "BUSY")
    assert after.walk("VALARM") == []


def test_the_time_after_a_talk_keeps_its_own_uid_and_is_cancelled_with_it():
    booked = entry(uid="3f2a9c1b-0000-4000-8000-000000000001", preparation=15)
    moved = replace(booked, appointment=booked.appointment.moved(SUMMER, booked_at(1)))
    gone = replace(
        moved,
        appointment=moved.appointment.with_outcome(AppointmentState.CANCELLED, booked_at(2)),
    )

    versions = [
        read(data).events
        for data in (
            calendar_file([booked], APART),
            calendar_file([moved], APART),
            cancellations_file([gone], follow_ups=[gone]),
        )
    ]

    uids = [[event["UID"] for event in events] for events in versions]
    assert uids[0] == uids[1] == uids[2]
    assert len(set(uids[0])) == 2
    assert UUID(uids[0][1])
    assert [{event["SEQUENCE"] for event in events} for events in versions] == [{0}, {1}, {2}]
    assert {event["STATUS"] for event in versions[2]} == {"CANCELLED"}


def booked_at(hours):
    return datetime(2026, 5, 4, 10, 30) + timedelta(hours=hours)


def test_a_calendar_that_reads_along_sees_the_time_after_a_talk_become_part_of_it():
    longer = entry(minutes=60, preparation=15)

    before = read(live_file([longer], APART)).events
    after = only_event(live_file([longer], AS_USUAL))

    assert before[0]["UID"] == after["UID"]
    assert (before[0].start, before[1].end) == (after.start, after.end)


def test_talks_with_two_of_one_household_are_entries_of_their_own():
    entries = [entry(uid=uid, preparation=15, joint="g1") for uid in ("one", "two")]

    events = read(calendar_file(entries, APART)).events

    assert len({event["UID"] for event in events}) == 4
    assert len({event.start for event in events}) == 2


def test_as_single_files_each_entry_has_its_own_with_its_own_name():
    files = dict(single_files([entry(preparation=15), entry(SUMMER)], APART))

    assert [only_event(data)["SUMMARY"] for data in files.values()] == [
        "Termin A. B. (K12)",
        "Termin A. B. (K12)",
        "Vor- und Nachbereitung",
    ]
    assert list(files)[:2] == [
        "termin-2026-07-24-0900-3f2a9c1b.ics",
        "termin-2026-11-24-0900-3f2a9c1b.ics",
    ]
    assert list(files)[2].startswith("termin-2026-11-24-0930-")


def test_our_files_are_told_from_others():
    assert is_ours(calendar_file([entry()])[:100])
    assert not is_ours(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//DE\r\n")


def test_the_name_of_a_single_file_tells_the_time_and_no_person():
    ((name, _data),) = single_files([entry()])

    assert name == "termin-2026-11-24-0900-3f2a9c1b.ics"


def test_a_strange_uid_makes_no_path_of_the_file_name():
    ((name, _data),) = single_files([entry(uid="../../Ä b@c")])

    assert name == "termin-2026-11-24-0900-bc.ics"


def test_backslashes_and_line_breaks_become_harmless():
    client = replace(AMINA, last_name="Bei\\spiel\r\nATTENDEE:x", first_name="A\u202emina")

    data = calendar_file([entry(client=client, room="Haus B\\2")], form=CalendarForm(Privacy.FULL))

    event = only_event(data)
    assert event["SUMMARY"] == "Termin Bei/spiel ATTENDEE:x, Amina"
    assert event["LOCATION"] == "Haus B/2"
    assert "ATTENDEE" not in event


@pytest.mark.parametrize(
    "hostile",
    [
        "\ud800",
        "\0",
        "\ufeff",
        "\u2028",
        "\x85",
        "\u202e",
        "\uffff",
        "\x7f",
        "\r\nEND:VCALENDAR\r\n",
    ],
)
def test_no_text_breaks_a_file(hostile):
    client = replace(AMINA, last_name=f"Bei{hostile}spiel", code=hostile, first_name=hostile)
    texts = {"room": f"Haus{hostile}B", "purpose": hostile, "reason": hostile, "joint": hostile}

    events = read(calendar_file([entry(client=client, preparation=15, **texts)], HOSTILE)).events

    assert [event["SUMMARY"][:10] for event in events] == ["Termin Bei", "Vor- und N"]
    assert events[0]["LOCATION"].startswith("Haus")


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


WORDS = st.text(
    st.one_of(
        st.sampled_from("äöüßÄÖÜ😀👩‍👧;,:\\\"'^ \n\r\tnN"), st.characters(exclude_categories=["Cs"])
    ),
    max_size=300,
)


@settings(deadline=None)
@given(summary=WORDS, place=WORDS, office=WORDS)
def test_a_calendar_is_written_as_icalendar_writes_it(summary, place, office):
    calendar = plain_calendar()
    event = Event()
    event.add("SUMMARY", summary)
    event.add("LOCATION", place, parameters={"LANGUAGE": "de"})
    event.add("DTSTART", WINTER.replace(tzinfo=BERLIN))
    event.add("DTSTAMP", WINTER.replace(tzinfo=UTC))
    organizer = vCalAddress("mailto:team512@jobcenter.example")
    organizer.params["CN"] = "".join(filter(str.isprintable, office))
    event.add("ORGANIZER", organizer)
    calendar.add_component(event)

    assert written(calendar, {}) == calendar.to_ical(sorted=False)


@pytest.mark.parametrize("character", ["ä", "€", "😀", ";", ",", "\\", "\n"])
@pytest.mark.parametrize("filled", range(58, 78))
def test_no_character_is_broken_where_a_line_is_folded(character, filled):
    text = "x" * filled + character * 3 + "y" * 80
    event = Event()
    event.add("SUMMARY", text)
    calendar = plain_calendar()
    calendar.add_component(event)

    data = written(calendar, {})

    lines = [line.decode() for line in data.split(b"\r\n")]
    assert max(len(line.encode()) for line in lines) <= 75
    assert only_event(data)["SUMMARY"] == text


def plain_calendar():
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Test//DE")
    return calendar


@settings(deadline=None)
@given(
    name=WORDS,
    room=WORDS,
    office=WORDS,
    uid=st.uuids().map(str),
    minutes=st.integers(5, 240),
    sequence=st.integers(0, 99),
    reminder=st.none() | st.integers(0, 10_080),
    state=st.sampled_from([AppointmentState.BOOKED, AppointmentState.INVITED]),
)
def test_what_is_written_fast_means_what_is_written_slowly(
    name, room, office, uid, minutes, sequence, reminder, state
):
    client = replace(AMINA, last_name=name, first_name="")
    each = entry(
        SUMMER,
        client,
        room=f"Haus {room}",
        uid=uid,
        minutes=minutes,
        sequence=sequence,
        state=state,
    )
    form = CalendarForm(Privacy.FULL, reminder)

    fast = only_event(calendar_file([each], form, organizer="a@b.example", office=office))
    slow = only_event(slowly(each, form, office))

    assert as_values(fast) == as_values(slow)
    assert list(map(as_values, fast.subcomponents)) == list(map(as_values, slow.subcomponents))


def slowly(each, form, office):
    """The same entry by `add` and `add_missing_timezones`, as icalendar's manual has it."""
    appointment = each.appointment
    event = Event()
    event.add("UID", appointment.uid)
    event.add("SEQUENCE", appointment.sequence)
    event.add("DTSTAMP", appointment.changed_at.replace(tzinfo=UTC))
    event.add("LAST-MODIFIED", appointment.changed_at.replace(tzinfo=UTC))
    event.add("DTSTART", appointment.start.replace(tzinfo=BERLIN))
    event.add("DTEND", appointment.end.replace(tzinfo=BERLIN))
    event.add("SUMMARY", one_line(f"Termin {client_label(each.client, form.privacy)}"))
    event.add("LOCATION", one_line(appointment.room))
    organizer = vCalAddress("mailto:a@b.example")
    if name := one_line(office).replace('"', "'"):
        organizer.params["CN"] = name
    event.add("ORGANIZER", organizer)
    for name, value in (
        ("CLASS", "PRIVATE"),
        ("STATUS", "CONFIRMED"),
        ("TRANSP", "OPAQUE"),
        ("X-MICROSOFT-CDO-BUSYSTATUS", "BUSY"),
    ):
        event.add(name, value)
    if form.reminder is not None:
        alarm = Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("TRIGGER", -timedelta(minutes=form.reminder))
        alarm.add("DESCRIPTION", "Termin")
        event.add_component(alarm)
    calendar = plain_calendar()
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def one_line(text):
    """Each white space is a blank; what nobody can see and backslashes are gone."""
    words = " ".join(text.replace("\\", "/").split())
    kept = [char for char in words if unicodedata.category(char) not in ("Cc", "Cf", "Cs")]
    return "".join(kept).strip()


def as_values(component):
    return {
        name: (getattr(value, "dt", value), dict(value.params))
        for name, value in component.property_items(recursive=False)
        if name not in ("BEGIN", "END")
    }


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
