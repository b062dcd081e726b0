"""`kkd busy`: other calendars from the terminal."""

import pytest

CALENDAR = """\
BEGIN:VCALENDAR
BEGIN:VEVENT
UID:a
DTSTART:20261124T090000
DURATION:PT1H
RRULE:FREQ=WEEKLY;COUNT=3
SUMMARY:Runde
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def calendar(tmp_path):
    path = tmp_path / "kalender.ics"
    path.write_text(CALENDAR)
    return path


def test_a_file_is_imported_listed_and_removed(office, calendar):
    imported = office("busy", "import", str(calendar))
    listed = office("busy", "list", "--json").json
    removed = office("busy", "remove", "--id", "1")

    assert imported.out == f"3 Zeiten aus {calendar}\n"
    assert [(each["times"], each["watched"], each["titles"]) for each in listed] == [
        (3, False, False)
    ]
    assert removed.code == 0
    assert office("busy", "list").out == "Keine fremden Termine.\n"


def test_a_watched_file_is_read_again_on_demand(office, calendar):
    office("busy", "watch", str(calendar), "--titles")
    calendar.write_text(CALENDAR.replace("COUNT=3", "COUNT=5"))

    answer = office("busy", "refresh")

    assert answer.out.startswith("5 Zeiten")
    assert "beobachtet" in office("busy", "list").out


def test_a_broken_file_is_refused_with_its_line(office, calendar):
    calendar.write_text(CALENDAR.replace("WEEKLY;COUNT=3", "SECONDLY"))

    answer = office("busy", "import", str(calendar))

    assert answer.code == 2
    assert answer.err == "kalender.ics, Zeile 6: Der Eintrag wiederholt sich zu oft am Tag.\n"
    assert office("busy", "list", "--json").json == []


def test_proposals_keep_clear_of_imported_times(office, calendar):
    before = office("suggest", "--client", "K17", "--json").json
    calendar.write_text(CALENDAR.replace("PT1H", "P90D"))
    office("busy", "import", str(calendar))

    after = office("suggest", "--client", "K17", "--json").json

    assert before != after


def test_a_talk_over_a_time_of_another_calendar_is_agreed_and_said(office, calendar):
    office("busy", "import", str(calendar))

    free = office("appointments", "add", "--client", "K17", "--at", "2026-11-24T10:00", "--json")
    moved = office("appointments", "move", "--id", "1", "--at", "2026-11-24T09:30", "--json")

    assert (free.code, free.err) == (0, "")
    assert (moved.code, moved.json["start"]) == (0, "2026-11-24T09:30")
    assert moved.err == (
        "Hinweis: Überschneidet sich mit Ihrem Kalender: Di 24.11.2026, 09:00 bis 10:00 (belegt)\n"
    )
