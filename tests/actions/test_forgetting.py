"""A person who is deleted is gone from every place we reach, and named where we do not."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kkd_desktop.actions import appointments, backups, caldav, casework, forgetting, stores, undo
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.kept_entries import KeptEntries
from kkd_desktop.actions.secrets import Passphrase
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import Contact, ContactNotes
from kkd_desktop.domain.forgetting import mentioned_text
from kkd_desktop.domain.values import replace
from kkd_desktop.store import opening, person
from kkd_desktop.store.errors import EntryGone
from kkd_desktop.store.journal import columns_of
from tests.person import (
    BG,
    FIRST_NAME,
    FORMER_NAME,
    LAST_NAME,
    NOTE,
    NUMBER,
    TALK,
    known_person,
)

TODAY = date(2026, 11, 20)
SECRET = Passphrase("vier zufällige Wörter")
NOT_ABOUT_PEOPLE = {
    "step",  # names no person; goes with its last change
    "setting",
    "holiday",
    "holiday_year",
    "busy_source",
    "busy_reading",
    "busy",  # other calendars, read again at any time
    "server_push",
    "backup",
    "forgotten",
    "import_mapping",
    "letter_template",  # the office's own, shared by all letters
    "_sqlite_migrations",
}


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    made = stores.create_caseload(tmp_path / "bestand.kkd", SECRET, TODAY)
    # As in a window, which notes by triggers of its own whose rows are written.
    made.kept = KeptEntries(made.store)
    made.kept.follow()
    with made.store:
        yield made


@pytest.fixture
def other(context: Context) -> Client:
    """Somebody of the same Bedarfsgemeinschaft, in the same joint talk."""
    client = casework.add_client(context, Client(0, "1", "Muster", "Ada", bg_number=BG), {})
    appointments.book(context, client, TALK, 45, joint="0" * 32)
    return client


PAGE, RESERVED, IV, SALT = 4096, 80, 16, 16


def decrypted(context: Context) -> bytes:
    """Every byte of the file and of its log as SQLCipher decrypts them, free pages and slack
    included; nothing of it touches the disk.
    """
    ciphers = pytest.importorskip("cryptography.hazmat.primitives.ciphers")
    literal = backups.key_of_store(context).literal()
    key = bytes.fromhex(literal[3 : 3 + 64])

    def page(data: bytes, skipped: int = 0) -> bytes:
        begin = PAGE - RESERVED
        cipher = ciphers.Cipher(
            ciphers.algorithms.AES(key), ciphers.modes.CBC(data[begin : begin + IV])
        )
        return bytes(cipher.decryptor().update(data[skipped:begin]))

    main = context.store.path.read_bytes()
    assert main
    assert len(main) % PAGE == 0
    found = [page(main[:PAGE], SALT)]
    found += [page(main[place : place + PAGE]) for place in range(PAGE, len(main), PAGE)]
    log = context.store.path.with_name(f"{context.store.path.name}-wal")
    frames = log.read_bytes()[32:] if log.exists() else b""
    for place in range(24, len(frames), PAGE + 24):
        data = frames[place : place + PAGE]
        found.append(page(data, SALT if data[:SALT] == main[:SALT] else 0))
    return b"".join(found)


def test_every_table_that_knows_a_person_is_asked(context: Context) -> None:
    tables = columns_of(context.store.connection)

    assert set(tables) == set(person.ABOUT) | NOT_ABOUT_PEOPLE
    for table, columns in tables.items():
        if {"client_id", "appointment_id"} & set(columns):
            assert table in person.ABOUT


def test_whatever_refers_to_a_person_is_asked_for_them(context: Context) -> None:
    found = set()
    for table in columns_of(context.store.connection):
        for row in context.store.read(f"PRAGMA foreign_key_list({table})"):
            if row[2] in person.ABOUT and table != "step":
                found.add(table)

    assert {"fact", "contact", "letter", "export_log"} <= found
    assert found <= set(person.ABOUT)


def test_there_is_something_in_every_table_before(context: Context) -> None:
    client = known_person(context)

    found = person.rows(context.store, client.id)

    assert set(found) == set(person.ABOUT)
    assert all(found.values()), {table: len(rows) for table, rows in found.items()}


def test_no_byte_of_the_name_is_left(context: Context, other: Client) -> None:
    client = known_person(context)
    words = [LAST_NAME, FIRST_NAME, FORMER_NAME, NUMBER, NOTE, "Wunderweg", "Xylophon", "9988776"]
    before = decrypted(context)
    assert [word for word in words if word.encode() not in before] == []

    clean = forgetting.forget(context, [client.id])
    assert LAST_NAME.encode() in decrypted(context), "the log still holds it"
    clean()

    after = decrypted(context)
    assert [word for word in words if word.encode() in after] == []
    assert b"Muster" in after
    log = context.store.path.with_name("bestand.kkd-wal")
    assert not log.exists() or log.stat().st_size == 0


def test_while_somebody_reads_it_is_said_that_the_file_is_not_clean_yet(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = known_person(context)
    monkeypatch.setattr("kkd_desktop.store.database.BUSY_SECONDS", 0.05)
    with opening.open_store(context.store.path, SECRET, read_only=True) as reader:
        reader.connection.execute("BEGIN")
        reader.read("SELECT 1 FROM client")
        clean = forgetting.forget(context, [client.id])

        with pytest.raises(person.NotWiped, match="Gelöscht ist alles"):
            clean()

        assert casework.count_clients(context) == 0
        reader.connection.execute("ROLLBACK")
    clean()
    assert LAST_NAME.encode() not in decrypted(context)


def test_others_keep_what_is_theirs(context: Context, other: Client) -> None:
    client = known_person(context)
    before = person.rows(context.store, other.id)

    forgetting.forget(context, [client.id])()

    assert person.rows(context.store, other.id) == before
    with pytest.raises(EntryGone):
        person.rows(context.store, client.id)
    assert stores.verify(context) == []


def test_there_is_no_way_back_and_none_is_offered(context: Context, other: Client) -> None:
    client = known_person(context)

    forgetting.forget(context, [client.id])

    while undo.undo(context) is not None:
        pass
    assert context.store.read("SELECT 1 FROM change WHERE client_id = ?", (client.id,)) == []
    assert context.store.read("SELECT last_name FROM client") in ([], [("Muster",)])


def test_what_goes_and_what_stays_is_said_before(context: Context, other: Client) -> None:
    client = known_person(context)
    casework.record_contact(
        context,
        Contact(
            TODAY,
            notes=ContactNotes(f"Kam mit {FIRST_NAME} {LAST_NAME}"),
            client_id=other.id,
        ),
    )

    found = forgetting.farewell(context, [client.id])

    assert found.goes[:5] == (
        "1 Person mit ihren Stammdaten",
        "2 Kontakte mit ihren Notizen",
        "1 Termin",
        "1 Schreiben",
        "4 Merkmale",
    )
    assert found.stays == (
        "1 offener Termin fällt weg; eine Absage geht davon nicht hinaus.",
        "Das gemeinsame Gespräch mit 1 Person bleibt ohne die gelöschte bestehen.",
        "1 anderes Mitglied der Bedarfsgemeinschaft bleibt im Fallbestand.",
        "1 Eintrag im Kalender auf dem Server: der nächste Abgleich zieht ihn zurück.",
        "Schritte, die auch diese Person betrafen, lassen sich danach nicht mehr zurücknehmen.",
        "Dateien, die Sie daraus gespeichert haben, löschen Sie selbst.",
    )
    number = forgetting.mentioning(context, [client])()
    said = mentioned_text(number)
    assert said == "In 1 Eintrag zu anderen Personen steht der Name; das bleibt dort stehen."
    assert mentioned_text(forgetting.mentioning(context, [client, other])()) == ""


def test_of_a_whole_talk_nobody_is_left_over(context: Context, other: Client) -> None:
    client = known_person(context)

    found = forgetting.farewell(context, [client.id, other.id])

    assert (found.joint_with, found.household) == (0, 0)


def test_the_entry_on_the_server_waits_to_be_withdrawn(context: Context) -> None:
    client = known_person(context)
    context.change_settings(
        server=replace(context.settings.server, calendar="https://cloud.example.org/kalender/")
    )

    forgetting.forget(context, [client.id])

    assert caldav.orphans(context) == 1


def test_the_back_ups_that_hold_a_person_are_named_with_their_day(context: Context) -> None:
    moments = iter(datetime(2026, 11, 10) + timedelta(days=day) for day in range(60))
    context.now = lambda: next(moments)
    empty = backups.make_if_due(context).made
    client = known_person(context)
    regular = backups.make_if_due(context).made
    kept = backups.make(context).made
    assert empty is not None
    assert regular is not None
    assert kept is not None

    found = forgetting.holding(context, [client.id])()

    assert [each.backup.path for each in found] == [kept.path, regular.path]
    assert found[0].leaves_on is None
    leaves = found[1].leaves_on
    assert leaves is not None
    assert leaves > TODAY


def test_a_restored_back_up_forgets_them_again(context: Context, other: Client) -> None:
    client = known_person(context)
    made = backups.make(context, "mit allen").made
    assert made is not None
    forgetting.forget(context, [client.id])()

    backups.replace(context, made.path)

    assert [each.id for each in casework.all_clients(context)] == [other.id]
    assert context.store.read("SELECT 1 FROM change WHERE client_id = ?", (client.id,)) == []
    assert forgetting.forgotten_on(context) == [TODAY]


def test_who_comes_back_later_is_not_deleted_by_an_old_mark(context: Context) -> None:
    client = known_person(context)
    forgetting.forget(context, [client.id])
    context.now = lambda: datetime(2027, 3, 1, 8, 0)
    again = known_person(context)
    assert again.id == client.id, "the number of the row is given anew"

    assert forgetting.apply_forgotten(context) == 0

    assert casework.count_clients(context) == 1


def test_a_mark_names_nobody(context: Context) -> None:
    client = known_person(context)
    forgetting.forget(context, [client.id])

    [(mark,)] = context.store.read("SELECT mark FROM forgotten")

    salt, _, digest = mark.partition(":")
    assert (len(salt), len(digest)) == (32, 64)
    assert str(client.id) != mark


def test_deleting_nobody_of_the_list_deletes_nobody(context: Context) -> None:
    client = known_person(context)

    with pytest.raises(EntryGone):
        forgetting.forget(context, [client.id, 99])

    assert casework.count_clients(context) == 1
    assert forgetting.forgotten_on(context) == []


def test_a_row_given_anew_shows_nothing_of_who_had_it_before(context: Context) -> None:
    casework.add_client(context, Client(0, "", "Kurzda", "Emil"), {})
    undo.undo(context)
    context.now = lambda: datetime(2026, 11, 20, 12, 0)
    client = casework.add_client(context, Client(0, "", "Neuda", "Ada"), {})

    found = person.rows(context.store, client.id)

    assert "Kurzda" not in str(found["change"])
    assert "Neuda" in str(found["change"])
