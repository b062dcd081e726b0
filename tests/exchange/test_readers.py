"""What do other people's calendar programs read in the files of a year? Each by its own code."""

from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from kkd_desktop.domain.appointment import Appointment, AppointmentState
from kkd_desktop.domain.calendar_form import CalendarForm, Preparation
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.exchange.calendar_file import CalendarEntry, calendar_file, cancellations_file

MONDAY = date(2026, 9, 7)
WEEKS = 52
"""From September to September: the clocks change on 25 October 2026 and 28 March 2027."""
CHANGED_AT = datetime(2026, 9, 1, 10, 30)
FORM = CalendarForm(Privacy.FULL, reminder=30, preparation=Preparation.APART)
OFFICE = {"organizer": "team512@jobcenter.example", "office": 'Jobcenter "Süd"; Außenstelle, A'}

NAMES = {
    "Beispiel": "Beispiel",
    "Öztürk; von, und zu": "Öztürk; von, und zu",
    "Groß\\Klein": "Groß/Klein",
    "Zeile\r\nEND:VEVENT\r\nATTENDEE:x": "Zeile END:VEVENT ATTENDEE:x",
    'O\'Beispiel "Bi" :=^n': 'O\'Beispiel "Bi" :=^n',
    "Lang-😀-" + "Übermütig-😀-" * 12: "Lang-😀-" + "Übermütig-😀-" * 12,
    "مثال 例子 Пример": "مثال 例子 Пример",
    "\\n \\, \\;": "/n /, /;",
    "{x} %2C &amp; <b>": "{x} %2C &amp; <b>",
}
ROOMS = {"2.14": "Raum 2.14", "Haus B; Flur 2, links": "Haus B; Flur 2, links", "": ""}
STARTS = ((0, 8, 0), (1, 9, 15), (2, 12, 0), (3, 15, 45), (4, 17, 0), (6, 9, 0))
"""Day of the week, hour and minute; on Sundays, too, because the clocks change on these."""


def _uid(number: int) -> str:
    return str(UUID(int=number * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128, version=4))


def year(**changes) -> list[tuple[CalendarEntry, str, str]]:
    """A year of entries, each with the name and the place that a reader should show."""
    names, rooms, states = cycle(NAMES.items()), cycle(ROOMS.items()), cycle(AppointmentState)
    made = []
    for week in range(WEEKS):
        for day, hour, minute in STARTS:
            (name, read_name), (room, read_room) = next(names), next(rooms)
            start = datetime(MONDAY.year, MONDAY.month, MONDAY.day, hour, minute)
            appointment = Appointment(
                1,
                start + timedelta(weeks=week, days=day),
                60,
                _uid(len(made) + 1),
                CHANGED_AT,
                room=room,
                state=changes.get("state") or next(states),
                preparation=15 * (len(made) % 2),
                sequence=len(made) % 3,
            )
            entry = CalendarEntry(appointment, Client(1, "123A400001", name, ""))
            made.append((entry, f"Termin {read_name}", read_room))
    return made


def seconds(local: datetime) -> float:
    return local.replace(tzinfo=ZoneInfo("Europe/Berlin")).timestamp()


def expected(entry, summary, location):
    """The entry of the talk, as whoever knows it would describe it."""
    appointment = entry.appointment
    withdrawn = appointment.state.is_withdrawn
    return {
        "method": "CANCEL" if withdrawn else "PUBLISH",
        "uid": appointment.uid,
        "sequence": appointment.sequence,
        "start": seconds(appointment.start),
        "end": seconds(appointment.end - timedelta(minutes=appointment.preparation)),
        "stamp": CHANGED_AT.replace(tzinfo=UTC).timestamp(),
        "status": "CANCELLED" if withdrawn else "CONFIRMED",
        "privacy": "PRIVATE",
        "busy": "FREE" if withdrawn else "BUSY",
        "summary": summary,
        "location": location,
        "reminders": [30] if appointment.state.is_open else [],
    }


def test_a_year_reads_as_it_was_written(reader):
    entries = year()
    standing = {each[0].appointment.uid: each for each in entries if is_standing(each[0])}

    found = reader(calendar_file([each[0] for each in entries], form=FORM, **OFFICE))

    talks = {each["uid"]: each for each in found if each["uid"] in standing}
    assert talks == {uid: expected(*each) for uid, each in standing.items()}
    assert len(talks) > 150


def is_standing(entry: CalendarEntry) -> bool:
    return entry.appointment.state in (
        AppointmentState.BOOKED,
        AppointmentState.INVITED,
        AppointmentState.ATTENDED,
    )


def test_the_time_after_each_talk_is_an_entry_of_its_own(reader):
    entries = year(state=AppointmentState.BOOKED)
    longer = [each[0].appointment for each in entries if each[0].appointment.preparation]

    found = reader(calendar_file([each[0] for each in entries], form=FORM, **OFFICE))

    after = [each for each in found if each["summary"] == "Vor- und Nachbereitung"]
    assert sorted((each["start"], each["end"]) for each in after) == [
        (seconds(each.end - timedelta(minutes=15)), seconds(each.end)) for each in longer
    ]
    assert len({each["uid"] for each in found}) == len(found) == len(entries) + len(longer)
    assert not [each for each in after if each["reminders"] or each["location"]]


def test_what_was_called_off_in_a_year_reads_as_cancelled(reader):
    entries = year()
    withdrawn = {
        each[0].appointment.uid: each
        for each in entries
        if each[0].appointment.state in (AppointmentState.CANCELLED, AppointmentState.ILL)
    }

    found = reader(cancellations_file([each[0] for each in entries], form=FORM, **OFFICE))

    talks = {each["uid"]: each for each in found if each["uid"] in withdrawn}
    assert talks == {uid: expected(*each) for uid, each in withdrawn.items()}
    assert {each["status"] for each in found} == {"CANCELLED"}
    assert len(talks) > 90


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [
        (date(2026, 10, 24), 7),
        (date(2026, 10, 25), 8),
        (date(2026, 10, 26), 8),
        (date(2027, 3, 27), 8),
        (date(2027, 3, 28), 7),
        (date(2027, 3, 29), 7),
    ],
)
def test_nine_in_the_morning_is_the_right_instant_where_the_clocks_change(reader, day, utc_hour):
    start = datetime(day.year, day.month, day.day, 9, 0)
    entry = CalendarEntry(Appointment(1, start, 60, "a", CHANGED_AT), Client(1, "", "Beispiel", ""))

    (found,) = reader(calendar_file([entry], form=FORM, **OFFICE))

    expected = datetime(day.year, day.month, day.day, utc_hour, tzinfo=UTC)
    assert datetime.fromtimestamp(found["start"], UTC) == expected
    assert found["end"] - found["start"] == 3600


def test_a_talk_that_is_moved_and_then_called_off_is_followed_to_its_end(reader):
    client = Client(1, "123A400001", "Beispiel", "Amina")
    first = Appointment(1, datetime(2026, 10, 23, 9), 60, _uid(1), CHANGED_AT, preparation=15)
    moved = first.moved(datetime(2026, 10, 26, 9), CHANGED_AT + timedelta(days=1))
    gone = moved.with_outcome(AppointmentState.CANCELLED, CHANGED_AT + timedelta(days=2))

    last = CalendarEntry(gone, client)
    files = [
        calendar_file([CalendarEntry(first, client)], form=FORM, **OFFICE),
        calendar_file([CalendarEntry(moved, client)], form=FORM, **OFFICE),
        cancellations_file([last], form=FORM, follow_ups=[last], **OFFICE),
    ]

    seen = [reader(file) for file in files]
    assert [len({each["uid"] for each in versions}) for versions in seen] == [2, 2, 2]
    assert len({each["uid"] for versions in seen for each in versions}) == 2
    for place, (sequence, status, hour) in enumerate(
        [(0, "CONFIRMED", first), (1, "CONFIRMED", moved), (2, "CANCELLED", moved)]
    ):
        assert {each["sequence"] for each in seen[place]} == {sequence}
        assert {each["status"] for each in seen[place]} == {status}
        assert min(each["start"] for each in seen[place]) == seconds(hour.start)
    stamps = [versions[0]["stamp"] for versions in seen]
    assert stamps == sorted(set(stamps))


def test_a_talk_with_two_of_one_household_is_two_entries_at_one_time(reader):
    start = datetime(2026, 11, 24, 9)
    entries = [
        CalendarEntry(
            Appointment(number, start, 60, _uid(number), CHANGED_AT, preparation=15, joint="g1"),
            Client(number, "", name, "A"),
        )
        for number, name in enumerate(("Beispiel", "Muster"))
    ]

    found = reader(calendar_file(entries, form=FORM, **OFFICE))

    talks = [each for each in found if each["summary"].startswith("Termin ")]
    assert {each["summary"] for each in talks} == {"Termin Beispiel, A", "Termin Muster, A"}
    assert {each["start"] for each in talks} == {seconds(start)}
    assert len({each["uid"] for each in found}) == 4


def test_calcurse_shows_the_year_at_the_same_times(calcurse):
    entries = [each for each in year() if is_standing(each[0])]

    found = calcurse(calendar_file([each[0] for each in entries], form=CalendarForm(Privacy.FULL)))

    assert sorted(found) == sorted(
        (
            datetime.fromtimestamp(seconds(entry.appointment.start), UTC),
            datetime.fromtimestamp(seconds(entry.appointment.end), UTC),
            summary,
        )
        for entry, summary, _ in entries
    )
