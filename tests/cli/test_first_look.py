"""`make run` without a display: the whole job, with real files at the end."""

from datetime import date

import pypdfium2
from icalendar import Calendar

from kkd_desktop.cli import first_look

TODAY = date(2026, 11, 20)


def test_the_job_ends_with_a_calendar_file_and_a_list(tmp_path, capsys):
    assert first_look.headless(tmp_path / "erster-blick", TODAY) == 0

    said = capsys.readouterr().out
    calendar = Calendar.from_ical((tmp_path / "erster-blick" / "termine.ics").read_bytes())
    with pypdfium2.PdfDocument(tmp_path / "erster-blick" / "einladungsliste.pdf") as document:
        text = document[0].get_textpage().get_text_range()
    assert "zählt, weil" in said
    assert "Nächster Termin:" in said
    assert "Warum?" in said
    assert str(tmp_path / "erster-blick") in said
    events = calendar.walk("VEVENT")
    assert len(events) > 10
    assert {e["ORGANIZER"] for e in events} == {"mailto:postfach@jobcenter-musterstadt.example"}
    assert "Fr 20.11.2026" in text


def test_without_a_display_it_says_so_and_does_the_job(tmp_path, capsys, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    assert first_look.main([]) == 0
    assert capsys.readouterr().out.startswith("Hier gibt es keinen Bildschirm")
    assert (tmp_path / "build" / "erster-blick" / "termine.ics").is_file()
