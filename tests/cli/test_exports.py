"""Calendar files and the invitation list from the terminal."""

from datetime import date

import pypdfium2
import pytest
from icalendar import Calendar

from kkd_desktop.cli.options import opened_context
from kkd_desktop.domain.privacy import Privacy


@pytest.fixture
def booked(office):
    office("appointments", "add", "--client", "K17", "--at", "2026-11-27T09:00", "--room", "2.14")
    return office


def events(path):
    return list(Calendar.from_ical(path.read_bytes()).walk("VEVENT"))


def test_a_moved_appointment_keeps_its_uid_and_counts_up(booked, tmp_path):
    booked("ics", "-o", str(tmp_path / "eins.ics"))
    booked("appointments", "move", "--id", "1", "--at", "2026-11-30T10:00")
    booked("ics", "-o", str(tmp_path / "zwei.ics"), "--changed")

    (first,), (second,) = events(tmp_path / "eins.ics"), events(tmp_path / "zwei.ics")
    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)
    assert second["DTSTART"].dt.hour == 10


def test_changed_holds_nothing_that_went_out_before(booked, tmp_path):
    booked("ics", "-o", str(tmp_path / "eins.ics"))
    booked("ics", "-o", str(tmp_path / "zwei.ics"), "--changed")

    assert events(tmp_path / "zwei.ics") == []


def test_a_cancellation_goes_into_a_file_of_its_own(booked, tmp_path):
    booked("ics", "-o", str(tmp_path / "eins.ics"))
    booked("appointments", "cancel", "--id", "1")
    answer = booked("ics", "-o", str(tmp_path / "zwei.ics"))
    booked(
        *("ics", "-o", str(tmp_path / "drei.ics")),
        *("--cancellations", str(tmp_path / "absagen.ics")),
    )

    (event,) = events(tmp_path / "absagen.ics")
    assert "1 Absage nicht enthalten" in answer.out
    assert event["STATUS"] == "CANCELLED"
    assert Calendar.from_ical((tmp_path / "absagen.ics").read_bytes())["METHOD"] == "CANCEL"


def test_initials_are_the_default_and_full_names_a_choice(booked, tmp_path):
    booked("ics", "-o", str(tmp_path / "a.ics"))
    booked("ics", "-o", str(tmp_path / "b.ics"), "--privacy", "full")

    assert events(tmp_path / "a.ics")[0]["SUMMARY"] == "Termin A. B. (K17)"
    assert events(tmp_path / "b.ics")[0]["SUMMARY"] == "Termin Beispiel, Amina"
    assert b"123A400017" not in (tmp_path / "b.ics").read_bytes()


def test_one_file_each_goes_into_a_folder(booked, tmp_path):
    booked("ics", "-o", str(tmp_path / "einzeln"), "--one-per-appointment")

    (file,) = (tmp_path / "einzeln").iterdir()
    assert file.name.startswith("termin-2026-11-27-0900-")
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_list_is_a_pdf_with_the_appointments_of_the_period(booked, tmp_path):
    path = tmp_path / "liste.pdf"
    booked("list", "-o", str(path), "--from", "2026-11-23", "--until", "2026-11-27")

    with pypdfium2.PdfDocument(path) as document:
        text = document[0].get_textpage().get_text_range()
    assert "Fr 27.11.2026" in text
    assert "A. B. (K17)" in text


def test_the_week_of_a_day_is_printed_on_one_sheet(booked, tmp_path):
    path = tmp_path / "woche.pdf"
    answer = booked("list", "-o", str(path), "--week", "2026-11-25")

    with pypdfium2.PdfDocument(path) as document:
        text = " ".join(document[0].get_textpage().get_text_range().split())
    assert answer.out.startswith("1 Termin\n")
    assert "Woche KW 48" in text
    assert "A. B. (K17)" in text


def test_a_list_is_one_thing_and_a_pdf(booked, tmp_path):
    both = booked(
        "list", "-o", str(tmp_path / "a.pdf"), "--week", "2026-11-25", *("--from", "2026-11-20")
    )
    named = booked("list", "-o", str(tmp_path / "a.xlsx"))

    assert both.err == "Bitte nur eines: --from mit --until, --day-sheet oder --week.\n"
    assert named.err == "a.xlsx: Der Name endet auf .pdf.\n"
    assert (both.code, named.code) == (2, 2)
    assert not list(tmp_path.glob("a.*"))


def test_a_folder_that_is_not_there_is_named(booked, tmp_path):
    answer = booked("ics", "-o", str(tmp_path / "nirgends" / "a.ics"))

    assert answer.code == 2
    assert "den Ordner gibt es nicht" in answer.err


def test_a_failed_export_leaves_no_file_and_counts_as_not_gone_out(booked, tmp_path):
    path, nowhere = tmp_path / "a.ics", tmp_path / "nirgends" / "absagen.ics"

    answer = booked("ics", "-o", str(path), "--cancellations", str(nowhere))

    assert (answer.code, path.exists()) == (2, False)
    assert booked("ics", "-o", str(path), "--changed").out.startswith("1 Termin\n")


def test_an_empty_period_is_said_by_the_list_as_by_the_calendar(booked, tmp_path):
    period = ("--from", "2027-02-01", "--until", "2027-02-05")

    said = [
        booked(command, "-o", str(tmp_path / name), *period).out.splitlines()[0]
        for command, name in (("ics", "a.ics"), ("list", "a.pdf"))
    ]

    assert said == ["0 Termine", "0 Termine"]


def test_reminder_and_preparation_are_flags_and_begin_as_set(booked, tmp_path):
    booked("ics", "-o", str(tmp_path / "a.ics"), "--reminder", "15", "--preparation", "none")
    booked("ics", "-o", str(tmp_path / "b.ics"), "--reminder", "none")

    (alarm,) = events(tmp_path / "a.ics")[0].walk("VALARM")
    assert alarm["TRIGGER"].to_ical() == b"-PT15M"
    assert events(tmp_path / "b.ics")[0].walk("VALARM") == []


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        (("--reminder", "bald"), "--reminder: „bald“ ist keine Zahl von Minuten"),
        (("--reminder", "99999"), "--reminder: „99999“"),
        (("--preparation", "später"), "--preparation: „später“ ist unbekannt"),
    ],
)
def test_a_flag_that_says_nothing_is_named(booked, tmp_path, flags, sentence):
    answer = booked("ics", "-o", str(tmp_path / "a.ics"), *flags)

    assert answer.code == 2
    assert sentence in answer.err
    assert not (tmp_path / "a.ics").exists()


def test_without_a_place_it_is_said_what_is_missing(booked):
    answer = booked("ics")

    assert answer.code == 2
    assert answer.err.startswith("-o: ")


def test_the_live_file_follows_every_later_command(booked, tmp_path):
    live = tmp_path / "laufend.ics"
    answer = booked("ics", "--live", str(live))
    assert answer.out == f"Mitlaufende Kalenderdatei: {live}\n"
    assert [event["SEQUENCE"] for event in events(live)] == [0]

    booked("appointments", "move", "--id", "1", "--at", "2026-11-30T10:00")
    assert [event["DTSTART"].dt.hour for event in events(live)] == [10]

    booked("appointments", "cancel", "--id", "1")
    assert [event["STATUS"] for event in events(live)] == ["CANCELLED"]

    booked("ics", "--live", "off")
    assert not live.exists()


def test_a_live_file_with_full_names_comes_with_a_warning(booked, tmp_path):
    with opened_context(booked.store, None, date(2026, 11, 20)) as context:
        context.change_settings(privacy=Privacy.FULL)

    answer = booked("ics", "--live", str(tmp_path / "laufend.ics"))

    assert "volle Namen" in answer.out
    assert events(tmp_path / "laufend.ics")[0]["SUMMARY"] == "Termin Beispiel, Amina"


def test_a_command_that_only_reads_leaves_the_live_file_alone(booked, tmp_path):
    live = tmp_path / "laufend.ics"
    booked("ics", "--live", str(live))
    live.unlink()

    booked("due")

    assert not live.exists()


def test_a_live_file_that_cannot_be_written_does_not_stop_the_command(booked, tmp_path):
    (tmp_path / "kalender").mkdir()
    booked("ics", "--live", str(tmp_path / "kalender" / "laufend.ics"))
    (tmp_path / "kalender" / "laufend.ics").unlink()
    (tmp_path / "kalender").rmdir()

    answer = booked("appointments", "cancel", "--id", "1")

    assert answer.code == 0
    assert "ließ sich nicht schreiben: den Ordner gibt es nicht" in answer.err
    assert "abgesagt" in booked("appointments", "list").out
