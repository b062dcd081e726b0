"""The file that calendar programs read along: always as it should be, or a sentence why not."""

import os
from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar

from kkd_desktop.actions import appointments, casework, live_calendar, undo
from kkd_desktop.actions.files import write_private
from kkd_desktop.actions.live_calendar import LiveCalendar
from kkd_desktop.domain.calendar_form import Preparation
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.privacy import Privacy

TODAY = date(2026, 11, 20)
NINE = datetime(2026, 11, 27, 9)


@pytest.fixture
def context(caseload):
    caseload.now = lambda: datetime(2026, 11, 20, 8)
    return caseload


@pytest.fixture
def path(tmp_path):
    return tmp_path / "kalender" / "termine.ics"


@pytest.fixture
def live(context, path):
    path.parent.mkdir()
    live = LiveCalendar(context)
    live_calendar.choose(context, path)
    return live


def follow(live):
    """What the window and the command line do after a change. Says whether there was something."""
    work = live.due()
    if work is not None:
        work()
    return work is not None


def client(context, number=1):
    return casework.find_client(context, f"123A40000{number}")


def events(path):
    return {str(each["UID"]): each for each in Calendar.from_ical(path.read_bytes()).walk("VEVENT")}


def test_it_follows_booking_moving_cancelling_and_undo(context, live, path):
    follow(live)
    assert events(path) == {}

    booked = appointments.book(context, client(context), NINE, 45)
    follow(live)
    assert events(path)[booked.uid]["DTSTART"].dt.hour == 9

    appointments.move(context, booked.id, NINE + timedelta(hours=2))
    follow(live)
    assert events(path)[booked.uid]["DTSTART"].dt.hour == 11

    appointments.cancel(context, booked.id)
    follow(live)
    event = events(path)[booked.uid]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 2)

    undo.undo(context)
    follow(live)
    assert events(path)[booked.uid]["STATUS"] == "CONFIRMED"


def test_it_tells_subscribers_its_name_and_when_to_look_again(live, path):
    follow(live)

    calendar = Calendar.from_ical(path.read_bytes())
    assert calendar["X-WR-CALNAME"] == "Kontaktdichte"
    assert calendar["X-PUBLISHED-TTL"] == "PT15M"


def test_it_is_for_the_user_alone_and_replaced_in_one_step(context, live, path):
    follow(live)
    before = path.stat()
    appointments.book(context, client(context), NINE, 45)
    reading = path.open("rb")

    follow(live)

    with reading:
        # Whoever reads while it changes reads the old file to its end.
        assert b"END:VCALENDAR" in reading.read()
    after = path.stat()
    assert after.st_mode & 0o777 == 0o600
    assert after.st_ino != before.st_ino
    assert os.listdir(path.parent) == ["termine.ics"]


def test_what_changes_nothing_in_it_leaves_it_alone(context, live, path):
    booked = appointments.book(context, client(context), NINE, 45)
    follow(live)
    os.utime(path, (1, 1))

    appointments.set_delivery(context, booked.id, appointments.Delivery.POST)
    follow(live)
    assert not follow(live)
    follow(LiveCalendar(context))

    assert path.stat().st_mtime == 1


def test_a_file_that_somebody_took_away_comes_back(context, live, path):
    follow(live)
    path.unlink()

    assert follow(live)

    assert path.is_file()


def test_what_is_long_over_leaves_it_and_what_was_missed_lately_stays(context, live, path):
    old = appointments.book(context, client(context, 1), NINE, 45)
    missed = appointments.book(context, client(context, 2), NINE + timedelta(days=14), 45)
    context.today = date(2026, 12, 11)
    appointments.mark_missed(context, missed.id)
    follow(live)
    assert set(events(path)) == {old.uid, missed.uid}

    context.today = date(2026, 12, 28)
    follow(live)

    assert set(events(path)) == {missed.uid}
    assert events(path)[missed.uid]["STATUS"] == "CONFIRMED"


def test_a_cancellation_says_so_for_four_weeks(context, live, path):
    booked = appointments.book(context, client(context), NINE + timedelta(days=98), 45)
    appointments.cancel(context, booked.id)
    context.today = TODAY + timedelta(days=28)
    follow(live)
    assert booked.uid in events(path)

    context.today = TODAY + timedelta(days=29)
    follow(live)

    assert events(path) == {}


def test_it_shows_what_the_settings_say(context, live, path):
    booked = appointments.book(context, client(context), NINE, 60)
    with context.store.write() as transaction:
        transaction.update("appointment", booked.id, {"preparation": 15})
    context.change_settings(privacy=Privacy.NEUTRAL, reminder=15, preparation=Preparation.APART)

    follow(live)

    names = {str(each["SUMMARY"]) for each in events(path).values()}
    assert names == {"Termin", "Vor- und Nachbereitung"}
    assert b"TRIGGER:-PT15M" in path.read_bytes()


def test_switched_off_it_is_gone_and_comes_back_with_undo(context, live, path):
    follow(live)

    live_calendar.switch_off(context)
    follow(live)
    assert not path.exists()

    undo.undo(context)
    follow(live)
    assert path.is_file()


def test_another_place_takes_the_old_file_along(context, live, path, tmp_path):
    follow(live)
    live_calendar.choose(context, tmp_path / "anderswo.ics")

    follow(live)

    assert not path.exists()
    assert (tmp_path / "anderswo.ics").is_file()


def test_a_fault_is_one_sentence_and_passes(context, live, path):
    follow(live)
    moved = path.parent.rename(path.parent.with_name("weg"))
    booked = appointments.book(context, client(context), NINE, 45)

    with pytest.raises(UserError, match=r"„termine.ics“ ließ sich nicht schreiben: den Ordner "):
        follow(live)
    assert appointments.get(context, booked.id).start == NINE

    moved.rename(path.parent)
    follow(live)
    assert booked.uid in events(path)


def test_a_full_disk_keeps_the_old_file_whole(context, live, path, monkeypatch):
    follow(live)
    before = path.read_bytes()
    appointments.book(context, client(context), NINE, 45)

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="der Datenträger nimmt sie nicht an"):
        follow(live)

    assert path.read_bytes() == before
    assert os.listdir(path.parent) == ["termine.ics"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("termine.txt", "muss auf „.ics“ enden"),
        ("nirgends/termine.ics", "gibt es nicht"),
        ("fremd.ics", "stammt aus einem anderen Programm"),
    ],
)
def test_a_place_that_cannot_be_is_refused_and_nothing_stored(context, tmp_path, name, sentence):
    (tmp_path / "fremd.ics").write_text("BEGIN:VCALENDAR\r\nPRODID:-//Andere//DE\r\n")

    with pytest.raises(UserError, match=sentence):
        live_calendar.choose(context, tmp_path / name)

    assert context.settings.live_calendar == ""


def test_another_programs_file_is_not_taken_away_either(context, live, path):
    follow(live)
    write_private(path, b"BEGIN:VCALENDAR\r\nPRODID:-//Andere//DE\r\n")

    live_calendar.switch_off(context)
    follow(live)

    assert path.is_file()


def test_a_synchronised_folder_takes_initials_but_no_names(context, tmp_path):
    place = tmp_path / "Nextcloud" / "termine.ics"
    place.parent.mkdir()
    live = LiveCalendar(context)
    live_calendar.choose(context, place)
    follow(live)
    assert place.is_file()
    before = place.read_bytes()

    context.change_settings(privacy=Privacy.FULL)
    appointments.book(context, client(context), NINE, 45)
    with pytest.raises(UserError, match="„Nextcloud“ wird mit einem Server abgeglichen"):
        follow(live)
    assert place.read_bytes() == before

    with pytest.raises(UserError, match="volle Namen"):
        live_calendar.choose(context, place)


def test_an_entry_that_looks_otherwise_always_comes_as_a_newer_version(context, live, path):
    booked = appointments.book(context, client(context), NINE, 60, preparation=15)
    other = appointments.book(context, client(context, 2), NINE + timedelta(hours=2), 60)
    follow(live)
    whole = events(path)
    context.now = lambda: datetime(2026, 11, 20, 9)

    context.change_settings(preparation=Preparation.APART)
    follow(live)
    apart = events(path)

    assert apart[booked.uid]["DTEND"].dt < whole[booked.uid]["DTEND"].dt
    assert apart[booked.uid]["SEQUENCE"] > whole[booked.uid]["SEQUENCE"]
    assert apart[booked.uid]["DTSTAMP"].dt > whole[booked.uid]["DTSTAMP"].dt
    assert apart[other.uid] == whole[other.uid]
    context.forget()
    os.utime(path, (1, 1))
    follow(LiveCalendar(context))
    assert path.stat().st_mtime == 1


def test_a_move_taken_back_is_a_newer_version_and_later_moves_are_newer_still(context, live, path):
    booked = appointments.book(context, client(context), NINE, 45)
    follow(live)
    seen = [events(path)[booked.uid]]
    for act in (
        lambda: appointments.move(context, booked.id, NINE + timedelta(hours=2)),
        lambda: undo.undo(context),
        lambda: appointments.move(context, booked.id, NINE + timedelta(hours=3)),
        lambda: appointments.cancel(context, booked.id),
        lambda: undo.undo(context),
    ):
        act()
        follow(live)
        seen.append(events(path)[booked.uid])

    numbers = [each["SEQUENCE"] for each in seen]
    assert numbers == sorted(set(numbers))
    assert [each["DTSTART"].dt.hour for each in seen] == [9, 11, 9, 12, 12, 12]
