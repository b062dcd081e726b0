"""Busy times of other calendars: taken in, kept up to date, respected, taken back."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kkd_desktop.actions import appointments, busy, casework, proposals, undo
from kkd_desktop.domain.busy_time import BusyState
from kkd_desktop.domain.errors import UserError

DAY = date(2026, 11, 24)


def write(path: Path, *hours: int, title: str = "Runde", uid: str = "fremd") -> Path:
    """A calendar with an hour from each of `hours` on the day."""
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{uid}-{hour}\r\nDTSTART:20261124T{hour:02}0000\r\nDURATION:PT1H\r\n"
        f"SUMMARY:{title}\r\nEND:VEVENT\r\n"
        for hour in hours
    )
    path.write_bytes(f"BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n".encode())
    return path


def hours(context) -> list[int]:
    return [each.start.hour for each in busy.between(context, DAY, DAY)]


@pytest.fixture
def calendar(tmp_path) -> Path:
    return write(tmp_path / "kalender.ics", 9, 13)


def test_an_imported_file_takes_its_times(caseload, calendar):
    state = busy.import_once(caseload, calendar)

    assert hours(caseload) == [9, 13]
    assert state.number == 2
    assert state.reading.read_at is not None
    assert not state.source.watched


def test_nothing_is_proposed_over_a_busy_time(caseload, tmp_path):
    before = proposals.agenda(caseload).free_slots(DAY, 60)
    busy.import_once(caseload, write(tmp_path / "k.ics", *range(8, 18)))

    assert before
    assert proposals.agenda(caseload).free_slots(DAY, 60) == []
    assert proposals.agenda(caseload).talks_on(DAY) == 0


def test_titles_are_stored_only_where_they_are_wanted(caseload, calendar):
    busy.import_once(caseload, calendar)
    without = {each.title for each in busy.between(caseload, DAY, DAY)}
    busy.import_once(caseload, calendar, has_titles=True)

    assert without == {""}
    assert {each.title for each in busy.between(caseload, DAY, DAY)} == {"Runde"}


def test_titles_that_are_no_longer_wanted_are_gone_at_once(caseload, calendar):
    state = busy.import_once(caseload, calendar, has_titles=True)

    busy.change_source(caseload, state.source.id, has_titles=False)

    assert {each.title for each in busy.between(caseload, DAY, DAY)} == {""}
    assert caseload.store.read("SELECT count(*) FROM busy WHERE title <> ''") == [(0,)]


def test_a_folder_is_read_as_a_whole(caseload, tmp_path):
    write(tmp_path / "a.ics", 9)
    write(tmp_path / "b.ICS", 13)
    (tmp_path / "notiz.txt").write_text("kein Kalender")

    busy.import_once(caseload, tmp_path)

    assert hours(caseload) == [9, 13]


def test_what_cannot_be_read_is_refused_and_leaves_nothing(caseload, calendar, tmp_path):
    write(tmp_path / "gut.ics", 9)
    calendar.write_bytes(calendar.read_bytes()[:-40])

    with pytest.raises(UserError, match=r"kalender\.ics, Zeile \d+: Die Datei ist unvollständig"):
        busy.import_once(caseload, tmp_path)

    assert busy.sources(caseload) == ()
    assert hours(caseload) == []
    assert undo.to_undo(caseload) is None or "Fremde" not in undo.to_undo(caseload).name


def test_a_file_that_is_not_there_is_refused(caseload, tmp_path):
    with pytest.raises(UserError, match="gibt es nicht"):
        busy.import_once(caseload, tmp_path / "fehlt.ics")


def test_a_changed_file_is_read_again(caseload, calendar):
    source = busy.import_once(caseload, calendar).source
    write(calendar, 10)

    busy.refresh(caseload, source.id)

    assert hours(caseload) == [10]


def test_an_unchanged_file_is_not_read_again(caseload, calendar):
    source = busy.import_once(caseload, calendar).source

    found = busy.read(busy.ahead(caseload, source))
    by_stamp = busy.read(busy.ahead(caseload, source, found.stamp))

    assert found.times is None
    assert by_stamp.times is None


def test_the_last_good_reading_stays_when_a_later_one_fails(caseload, calendar):
    good = busy.import_once(caseload, calendar)
    calendar.write_bytes(b"kaputt")

    with pytest.raises(UserError):
        busy.refresh(caseload, good.source.id)

    [state] = busy.sources(caseload)
    assert hours(caseload) == [9, 13]
    assert state.reading.read_at == good.reading.read_at
    assert "Zeile 1" in state.reading.fault


def test_what_is_kept_of_a_reading_is_german_whoever_reads_it(
    english, caseload, calendar, tmp_path
):
    client = casework.all_clients(caseload)[0]
    talk = appointments.book(caseload, client, datetime(2026, 11, 24, 9), 60)
    path = write(tmp_path / "zurueck.ics", 9)
    path.write_bytes(path.read_bytes().replace(b"fremd-9", talk.uid.encode()))
    source = busy.import_once(caseload, path).source
    path.write_bytes(b"BEGIN:VCALENDAR\n")

    with pytest.raises(UserError, match="line 1: The file is incomplete: VCALENDAR"):
        busy.refresh(caseload, source.id)

    [state] = busy.sources(caseload)
    assert state.reading.note == "Eigene Termine aus diesem Programm zählen nicht noch einmal."
    assert state.reading.fault.startswith("zurueck.ics, Zeile 1: Die Datei ist unvollständig: ")


def test_the_same_fault_is_news_once_and_gone_when_the_file_is_right_again(caseload, calendar):
    source = busy.import_once(caseload, calendar).source
    fault = UserError("kalender.ics: Diese Datei gibt es nicht mehr.")

    assert busy.keep_fault(caseload, source, fault)
    assert not busy.keep_fault(caseload, source, fault)
    busy.refresh(caseload, source.id)

    assert busy.sources(caseload)[0].reading.fault == ""


def test_a_source_that_was_added_can_be_taken_back_and_added_again(caseload, calendar):
    busy.import_once(caseload, calendar)

    undo.undo(caseload)
    without = hours(caseload), busy.sources(caseload)
    undo.redo(caseload)
    [source] = busy.due(caseload)
    busy.refresh(caseload, source.id)

    assert without == ([], ())
    assert hours(caseload) == [9, 13]


def test_a_source_that_was_removed_comes_back_with_its_times(caseload, calendar):
    source = busy.import_once(caseload, calendar, has_titles=True).source

    busy.remove_source(caseload, source.id)
    without = hours(caseload)
    undo.undo(caseload)

    assert without == []
    assert hours(caseload) == [9, 13]
    # Its titles were deleted: they are read again.
    assert busy.due(caseload) == (source,)


def test_what_was_read_of_a_removed_source_is_forgotten_in_time(caseload, calendar):
    source = busy.import_once(caseload, calendar).source
    busy.remove_source(caseload, source.id)

    busy.forget_removed(caseload)

    assert caseload.store.read("SELECT count(*) FROM busy") == [(0,)]
    undo.undo(caseload)
    assert busy.due(caseload) == (source,)


def test_a_place_is_a_source_once(caseload, calendar):
    first = busy.import_once(caseload, calendar).source
    second = busy.add_source(caseload, busy.source_at(calendar, watched=True)).source

    assert second.id == first.id
    assert [state.source.watched for state in busy.sources(caseload)] == [True]


def test_only_watched_sources_are_looked_at_by_themselves(caseload, calendar, tmp_path):
    busy.import_once(caseload, calendar)
    watched = busy.add_source(
        caseload, busy.source_at(write(tmp_path / "b.ics", 10), watched=True)
    ).source

    assert busy.due(caseload) == (watched,)


def test_a_reading_that_reaches_no_longer_far_enough_is_done_again(caseload, calendar):
    source = busy.import_once(caseload, calendar).source
    assert busy.read(busy.ahead(caseload, source)).times is None

    caseload.today += timedelta(days=30)

    assert busy.read(busy.ahead(caseload, source)).times is not None


def test_own_appointments_that_come_back_do_not_count(caseload, tmp_path):
    client = casework.all_clients(caseload)[0]
    talk = appointments.book(caseload, client, datetime(2026, 11, 24, 9), 60)
    path = write(tmp_path / "zurueck.ics", 9)
    path.write_bytes(path.read_bytes().replace(b"fremd-9", talk.uid.encode()))

    state = busy.import_once(caseload, path)

    assert state.number == 0
    assert "Eigene Termine" in state.reading.note


def test_the_same_time_of_two_calendars_is_shown_once(caseload, calendar, tmp_path):
    busy.import_once(caseload, calendar)
    busy.import_once(caseload, write(tmp_path / "b.ics", 9))

    assert hours(caseload) == [9, 13]


def test_a_time_is_found_on_each_day_it_touches(caseload, tmp_path):
    path = tmp_path / "lang.ics"
    path.write_bytes(
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261123\nDTEND;VALUE=DATE:20261126\n"
        b"X-MICROSOFT-CDO-BUSYSTATUS:OOF\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    busy.import_once(caseload, path)

    states = [
        [each.state for each in busy.between(caseload, day, day)]
        for day in (date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 25), date(2026, 11, 26))
    ]

    assert states == [[], [BusyState.OUT_OF_OFFICE], [BusyState.OUT_OF_OFFICE], []]


def test_reading_can_be_stopped(caseload, calendar):
    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        busy.add_source(caseload, busy.source_at(calendar), stop)

    assert busy.sources(caseload) == ()
