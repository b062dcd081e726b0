"""The Auswertung of a real caseload."""

from datetime import date, datetime, timedelta
from zipfile import ZipFile

import pypdfium2
import pytest

from kkd_desktop.actions import appointments, casework, policies, report, worklist
from kkd_desktop.domain.client import Client, Deviation, Subject
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.report import Meeting
from kkd_desktop.domain.stored_words import said_again
from kkd_desktop.domain.worklist import GroupId
from kkd_desktop.domain.year_report import standing_of
from kkd_desktop.store import deviations


@pytest.mark.parametrize("policy", ["mg2012", "ffm2017", "mk2015", "ba2010", "ue2019"])
def test_the_last_day_says_what_the_worklist_says_today(caseload, policy):
    policies.choose(caseload, policy)
    entries = worklist.entries(caseload)

    last = report.year_report(caseload, 2026).days[-1]

    assert last.day == caseload.today
    assert len(entries) == 3
    for entry in entries:
        assert entry.client.id in last.standings[standing_of(entry.outcome)]
    late = [e for g in worklist.worklist(caseload).groups if g.id is GroupId.OVERDUE
            for e in g.entries]  # fmt: skip
    assert len(late) == len(last.late.people)


def test_the_exception_of_a_past_day_is_that_of_the_store_on_it(caseload):
    boris = casework.find_client(caseload, "123A400002")
    for begin, end in (
        (date(2026, 2, 1), date(2026, 5, 31)),
        (date(2026, 8, 1), date(2026, 12, 1)),
    ):
        deviations.add(caseload.store, boris.id, Deviation("Gutachten", end, since=begin))
    found = report.year_report(caseload, 2026)

    for day in found.days:
        caseload.today = day.day
        entries = worklist.entries(caseload)
        here = [each for each in entries if each.client.subject.registered <= day.day]
        assert here or day.day < date(2026, 1, 12)
        for entry in here:
            assert entry.client.id in day.standings[standing_of(entry.outcome)]


def test_talks_of_the_calendar_and_those_agreed_elsewhere(caseload):
    amina = casework.find_client(caseload, "123A400001")
    caseload.today = date(2026, 11, 2)
    for hour in (9, 11, 13):
        appointments.book(caseload, amina, datetime(2026, 11, 9 + hour - 9, hour), 45)
    booked = [
        each for each, _ in appointments.between(caseload, date(2026, 11, 9), date(2026, 11, 13))
    ]
    caseload.today = date(2026, 11, 20)
    appointments.mark_missed(caseload, booked[0].id)
    appointments.cancel(caseload, booked[1].id)

    found = report.year_report(caseload, 2026)

    november = found.shown[10]
    assert {what: len(ids) for what, ids in november.talks.items()} == {
        Meeting.MISSED: 1,
        Meeting.CANCELLED: 1,
        Meeting.OPEN: 1,
    }
    # Amina's talk of 30 September came without an appointment.
    assert found.shown[8].talks == {Meeting.ATTENDED: (amina.id,)}
    week = next(each for each in found.weeks if each.monday == date(2026, 11, 9))
    assert (week.load.talks, week.people) == (2, (amina.id,))


def test_a_policy_that_has_run_out_asks_for_nothing_and_says_so(caseload):
    policies.choose(caseload, "ue2019")
    old = Subject(date(1980, 1, 1), registered=date(2022, 1, 3))
    casework.add_client(
        caseload, Client(0, "X9", "Alt", "Dana", subject=old), {"status": "arbeitslos"}
    )

    found, after = report.year_report(caseload, 2023), report.year_report(caseload, 2024)

    assert found.soll == 4
    assert after.soll == 0
    assert after.notes == (
        "Uelzen 2019 ist seit 01.01.2024 abgelaufen: An solchen Tagen gibt es kein Soll.",
    )


def test_a_year_to_come_is_refused(caseload):
    with pytest.raises(UserError, match="von 1990 bis 2026"):
        report.year_report(caseload, 2027)


def test_progress_can_stop_it(caseload):
    def stop(done, total):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        report.year_report(caseload, 2026, stop)


def test_tables_and_files_for_the_team(caseload, tmp_path):
    found = report.year_report(caseload, 2026)
    report.write(caseload, found, tmp_path / "a.csv")
    report.write(caseload, found, tmp_path / "a.xlsx")
    report.write_pseudonymous(found, tmp_path / "a.json", found.until)
    report.write_pseudonymous(found, tmp_path / "b.json", found.until, month=10)
    report.write_pseudonymous(found, tmp_path / "b.csv", found.until)

    assert "Beispiel, Amina" in (tmp_path / "a.csv").read_text("utf-8-sig")
    for name in ("a.json", "b.json", "b.csv"):
        text = (tmp_path / name).read_text("utf-8-sig")
        assert not any(word in text for word in ("Beispiel", "Amina", "123A", "Boris"))
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    team = report.combine([tmp_path / "a.json", tmp_path / "b.json"])
    assert (team.files, len(team.months)) == (2, 11)
    with pytest.raises(UserError, match="keine Monatsdatei"):
        report.combine([tmp_path / "a.xlsx"])
    with pytest.raises(UserError, match=r"fehlt\.json: Diese Datei gibt es nicht"):
        report.combine([tmp_path / "fehlt.json"])
    with pytest.raises(UserError, match="lässt sich nicht lesen"):
        report.combine([tmp_path])
    with pytest.raises(UserError, match="Monat: 12 liegt nicht im Zeitraum"):
        report.write_pseudonymous(found, tmp_path / "c.json", found.until, month=12)


def test_a_file_that_cannot_be_written_says_so_in_english_though_it_is_german(
    english, caseload, tmp_path
):
    found = report.year_report(caseload, 2026)
    report.write(caseload, found, tmp_path / "a.csv")

    assert "Beispiel, Amina" in (text := (tmp_path / "a.csv").read_text("utf-8-sig"))
    assert "Erfüllt" in text
    with pytest.raises(UserError, match=r"^a\.odt: the name ends in \.xlsx or \.csv\.$"):
        report.write(caseload, found, tmp_path / "a.odt")
    with pytest.raises(UserError, match="the folder does not exist; nothing was saved"):
        report.write_pseudonymous(found, tmp_path / "fort" / "a.json", found.until)
    with pytest.raises(UserError, match="Month: 12 is not in the period of the report"):
        report.write_pseudonymous(found, tmp_path / "c.json", found.until, month=12)


def test_numbers_in_the_workbook_are_numbers(caseload, tmp_path):
    from python_calamine import CalamineWorkbook

    report.write(caseload, report.year_report(caseload, 2026), tmp_path / "a.xlsx")
    rows = (
        CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_name("Stichtage").to_python()
    )

    assert rows[1][0] == date(2026, 1, 15)
    numbers = rows[1][1:9]
    assert all(isinstance(each, float) for each in numbers)
    assert sum(numbers[:-1]) == numbers[-1] == 3
    assert rows[1][0] + timedelta(days=16) == rows[2][0]


def test_talks_without_an_appointment_stand_beside_the_hours_of_the_week(caseload):
    amina = casework.find_client(caseload, "123A400001")
    for day, form in ((9, "persoenlich"), (10, "telefonisch"), (10, "email")):
        casework.record_contact(
            caseload,
            Contact(date(2026, 11, day), ContactKind(form=ContactForm(form)), client_id=amina.id),
        )

    weeks = {each.monday: each for each in report.year_report(caseload, 2026).weeks}

    assert weeks[date(2026, 11, 9)].besides == (amina.id, amina.id)
    assert weeks[date(2026, 11, 9)].load.talks == 0


def test_of_a_past_day_nothing_later_is_told(caseload):
    amina = casework.find_client(caseload, "123A400001")
    then = report.year_report(caseload, 2026, until=date(2026, 10, 31))
    casework.record_contact(caseload, Contact(date(2026, 11, 9), client_id=amina.id))

    again = report.year_report(caseload, 2026, until=date(2026, 10, 31))

    assert again == then
    assert report.year_report(caseload, 2026).ist == then.ist + 1
    with pytest.raises(
        UserError, match=r"Bis: bitte ein Tag vom 01\.01\.2026 bis zum 20\.11\.2026"
    ):
        report.year_report(caseload, 2026, until=date(2026, 11, 21))


def written(context, folder, until):
    """Every kind of file that leaves the house, by its name."""
    folder.mkdir()
    found = report.year_report(context, 2026, until=until)
    for name in ("mit.csv", "mit.xlsx", "mit.pdf"):
        report.write(context, found, folder / name)
    for name in ("ohne.csv", "ohne.xlsx", "ohne.pdf", "ohne.json"):
        report.write_pseudonymous(found, folder / name, context.today)
    team = report.combine([folder / "ohne.json"])
    report.write_team(team, folder / "team.json", context.today)
    return {path.name: texts_of(path) for path in folder.iterdir()}


def texts_of(path):
    if path.suffix == ".pdf":
        pages = pypdfium2.PdfDocument(path)
        return [page.get_textpage().get_text_range() for page in pages]
    if path.suffix == ".xlsx":
        with ZipFile(path) as parts:
            # All but the moment it was made.
            return {name: parts.read(name) for name in parts.namelist() if "core.xml" not in name}
    return path.read_text(encoding="utf-8-sig")


def test_what_leaves_the_house_is_german_whatever_the_window_speaks(caseload, tmp_path, request):
    policies.choose(caseload, "ffm2017")
    until = date(2026, 10, 31)
    german = written(caseload, tmp_path / "deutsch", until)

    request.getfixturevalue("english")

    assert written(caseload, tmp_path / "english", until) == german


def test_a_note_is_said_to_its_reader_and_written_in_german(caseload, english):
    policies.choose(caseload, "ue2019")
    note, *_ = report.year_report(caseload, 2026).notes

    assert "kein Soll" in note
    assert said_again(note) == (
        "Uelzen 2019 has not been in force since 01.01.2024: on such days there is no target."
    )
