"""An answer tells everything that is stored about the one person, and nothing about others."""

import json
import stat
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from kkd_desktop.actions import backups, casework, disclosure, stores
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.secrets import Passphrase
from kkd_desktop.domain import disclosure as rules
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import Contact, ContactNotes
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.history_words import TABLES
from kkd_desktop.store import person
from kkd_desktop.store.journal import columns_of
from tests.person import FIRST_NAME, FORMER_NAME, LAST_NAME, NOTE, NUMBER, known_person

TODAY = date(2026, 11, 20)


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    secret = Passphrase("vier zufällige Wörter")
    made = stores.create_caseload(tmp_path / "bestand.kkd", secret, TODAY)
    with made.store:
        yield made


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [single.get_textpage().get_text_range() for single in document]
    return " ".join("\n".join(pages).replace("\ufffe\r\n", "").replace("\ufffe", "").split())


def test_the_document_tells_what_is_stored(context: Context) -> None:
    client = known_person(context)

    told = text_of(disclosure.answer(context, client.id).files[disclosure.DOCUMENT])

    for said in (
        *(LAST_NAME, FIRST_NAME, FORMER_NAME, NUMBER, NOTE, "Wunderweg 77", "c/o Niemand"),
        *("0170 9988776", "12345BG0009876", "05.05.1988", "Marktprofil", "Förderprofil"),
        *("schwere gesundheitliche", "Umzug nach Anderswo", "Ziel: Xylophon", "Fahrtkosten"),
        *("Di 08.12.2026, 09:00", "Kontakt 14.10.2026, entfernt", "Rückruf vereinbart"),
        *("https://cloud.example.org/kalender/", "Dauer", "24 Monaten", "schreiben-1.pdf"),
    ):
        assert said in told, said


def test_the_answer_is_german_whatever_the_window_speaks(
    context: Context, request: pytest.FixtureRequest
) -> None:
    client = known_person(context)
    german = disclosure.answer(context, client.id).files

    request.getfixturevalue("english")
    found = disclosure.prepare(context, client.id)().files

    assert found[disclosure.DATA] == german[disclosure.DATA]
    assert text_of(found[disclosure.DOCUMENT]) == text_of(german[disclosure.DOCUMENT])


def test_why_an_answer_is_refused_is_said_to_the_reader(
    context: Context, tmp_path: Path, english: None
) -> None:
    client = known_person(context)
    found = disclosure.answer(context, client.id)
    disclosure.save(found, tmp_path / "auskunft")

    with pytest.raises(UserError, match="there is already a disclosure"):
        disclosure.save(found, tmp_path / "auskunft")


def test_every_table_has_a_chapter_and_every_column_a_word() -> None:
    told = {table for table, _, _ in rules._CHAPTERS}

    assert told == set(person.ABOUT)


def test_no_column_is_left_out_unknowingly(context: Context) -> None:
    columns = columns_of(context.store.connection)
    for table in person.ABOUT:
        words = TABLES[table].columns if table in TABLES else {}
        for column in columns[table]:
            named = words.get(column) is not None or column in rules._MORE.get(table, {})
            assert named or column in rules.WITHOUT_MEANING, f"{table}.{column}"


def test_the_data_hold_every_row_with_every_column(context: Context) -> None:
    client = known_person(context)
    found = json.loads(disclosure.answer(context, client.id).files[disclosure.DATA])

    stored = person.rows(context.store, client.id)

    assert set(found["tabellen"]) == set(person.ABOUT)
    for table, rows in stored.items():
        assert [set(row) for row in found["tabellen"][table]] == [set(row) for row in rows]
    [letter] = found["tabellen"]["letter"]
    assert letter["pdf"] == "schreiben-1.pdf"
    assert letter["content"]["subject"] == "Einladung zu einem Gespräch"
    assert found["tabellen"]["contact"][0]["content"] == NOTE
    assert "nicht verschlüsselt" in found["auskunft"]["hinweis"]


def test_the_letter_is_enclosed_as_it_was_printed(context: Context) -> None:
    client = known_person(context)
    [row] = person.rows(context.store, client.id)["letter"]

    found = disclosure.answer(context, client.id)

    assert found.files["schreiben-1.pdf"] == row["pdf"]
    assert found.notes == ()


def test_a_letter_that_was_not_kept_is_set_again(context: Context) -> None:
    client = known_person(context)
    with context.store.write() as transaction:
        transaction.execute("UPDATE letter SET pdf = NULL")

    found = disclosure.answer(context, client.id)

    assert found.files["schreiben-1.pdf"].startswith(b"%PDF")


def test_nothing_of_others_is_told(context: Context) -> None:
    client = known_person(context)
    other = casework.add_client(context, Client(0, "1", "Geheimnisvoll", "Ada"), {})
    notes = ContactNotes("Nur ueber Ada")
    casework.record_contact(context, Contact(TODAY, notes=notes, client_id=other.id))

    found = disclosure.answer(context, client.id)

    said = text_of(found.files[disclosure.DOCUMENT]) + found.files[disclosure.DATA].decode()
    assert "Geheimnisvoll" not in said
    assert "Nur ueber Ada" not in said


def test_the_back_ups_with_the_person_are_named(context: Context) -> None:
    context.now = lambda: datetime(2026, 11, 20, 8, 0)
    client = known_person(context)
    made = backups.make(context).made
    assert made is not None

    found = disclosure.answer(context, client.id)

    said = json.loads(found.files[disclosure.DATA])["sicherungen"]
    assert [each["datei"] for each in said] == [made.path.name]
    assert "20.11.2026, bleibt" in text_of(found.files[disclosure.DOCUMENT])


def test_the_document_is_accessible_and_its_metadata_name_nobody(context: Context) -> None:
    import page

    client = known_person(context)
    pdf = disclosure.answer(context, client.id).files[disclosure.DOCUMENT]

    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        failures = [each.message for each in report.failures if "LENGTH-001" not in each.rule_id]
        assert failures == []
    with pikepdf.open(BytesIO(pdf)) as document:
        assert str(document.docinfo["/Title"]) == "Auskunft über gespeicherte Daten"
        assert LAST_NAME not in str(document.docinfo)


def test_text_from_outside_stays_text_in_the_document(context: Context) -> None:
    client = casework.add_client(context, Client(0, "", "#panic()", "*x* $y$"), {})
    note = "erste Zeile\nzweite #sys Zeile\n" + "W" * 300
    casework.record_contact(context, Contact(TODAY, notes=ContactNotes(note), client_id=client.id))

    told = text_of(disclosure.answer(context, client.id).files[disclosure.DOCUMENT])

    assert "#panic(), *x* $y$" in told
    assert "zweite #sys Zeile" in told


def test_hundreds_of_contacts_are_told_within_seconds(context: Context) -> None:
    client = known_person(context)
    for number in range(300):
        notes = ContactNotes(f"Gespräch Nummer {number}")
        day = date(2020 + number // 60, 1 + number % 12, 1 + number % 28)
        casework.record_contact(context, Contact(day, notes=notes, client_id=client.id))

    told = text_of(disclosure.answer(context, client.id).files[disclosure.DOCUMENT])

    assert all(f"Gespräch Nummer {number}" in told for number in range(300))


def test_the_files_are_for_the_user_alone_and_never_mix_two_people(
    context: Context, tmp_path: Path
) -> None:
    client = known_person(context)
    found = disclosure.answer(context, client.id)
    folder = disclosure.free_folder(tmp_path, context)

    written = disclosure.save(found, folder)

    assert folder.name == "auskunft-2026-11-20"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}
    assert not any(part in str(path) for path in written for part in (LAST_NAME, NUMBER))
    with pytest.raises(UserError, match="liegt schon eine Auskunft"):
        disclosure.save(found, folder)
    assert disclosure.free_folder(tmp_path, context).name == "auskunft-2026-11-20-2"
