"""A file meets a program of the next version, whose step is made up here; and of each before."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2
from sqlite_utils import Database, Migrations

from kkd_desktop.domain.backup import Kind
from kkd_desktop.domain.client import Deviation
from kkd_desktop.store import deviations, errors, journal, migrations, register, settings
from kkd_desktop.store.copying import backup_folder, backup_path, parse_name
from kkd_desktop.store.files import part_file, publish
from kkd_desktop.store.key import Key
from kkd_desktop.store.opening import create_store, open_store
from kkd_desktop.store.schema import CURRENT, Schema
from kkd_desktop.store.verify import verify

RELEASED = (
    migrations.m001_first_tables,
    migrations.m002_reasons_and_open_exceptions,
    migrations.m003_journal,
    migrations.m004_letters,
    migrations.m005_calendar,
    migrations.m006_trust,
)
NEWER = CURRENT.version + 1
JOURNAL = 3
"""The version that brought the journal."""


def copies(store: Path) -> list[Path]:
    return list(backup_folder(store).iterdir())


def of_version(version: int) -> Schema:
    steps = Migrations("kkd")
    for step in RELEASED[:version]:
        steps()(step)
    return Schema(version, lambda: steps)


def with_next_step(statement: str) -> Schema:
    steps = of_version(CURRENT.version).steps()

    @steps()
    def m999_made_up(db: Database) -> None:
        db.execute("UPDATE setting SET value = '\"changed\"'")
        db.execute(statement)

    return Schema(NEWER, lambda: steps)


NEXT = with_next_step("ALTER TABLE client ADD COLUMN email TEXT NOT NULL DEFAULT ''")
FAULTY = with_next_step("ALTER TABLE no_such_table ADD COLUMN email TEXT")


@pytest.fixture
def old(path: Path, key: Key) -> Path:
    with open_store(path, key) as store:
        settings.put(store, "key", "as before")
    return path


def test_the_version_is_the_number_of_steps():
    assert len(CURRENT.steps().pending(Database(memory=True))) == CURRENT.version


def test_an_old_file_is_brought_up_to_date_and_a_copy_of_before_is_kept(old, key):
    with open_store(old, key, schema=NEXT) as store:
        assert settings.get(store, "key") == "changed"
        assert store.read("SELECT email FROM client") == []
        assert store.read("PRAGMA user_version") == [(NEWER,)]
        assert verify(store, NEXT) == []

    [copy] = copies(old)
    assert copy.stat().st_mode & 0o777 == 0o600
    with open_store(copy, key) as store:
        assert settings.get(store, "key") == "as before"
        assert verify(store) == []
    assert sorted(file.name for file in old.parent.iterdir()) == ["faelle.kkd", "sicherungen"]


def test_exceptions_and_appointments_of_the_first_version_are_kept(tmp_path, passphrase):
    path = tmp_path / "faelle.kkd"
    with create_store(path, passphrase, schema=of_version(1)) as store, store.write() as writing:
        client = writing.insert("client", {"last_name": "Beispiel", "created_at": "2026-11-20"})
        writing.insert("deviation", {"client_id": client, "reason": "Reha", "until": "2026-12-31"})

    with open_store(path, passphrase) as store:
        assert deviations.of_client(store, client) == {1: Deviation("Reha", date(2026, 12, 31))}
        until_an_event = Deviation("Kurs", None, kind="kurs")
        deviations.add(store, client, until_an_event)
        assert deviations.current(store, date(2027, 1, 1))[client] == until_an_event
        assert verify(store) == []
        # Other rows go with their client, as before.
        with store.write() as writing:
            writing.delete("client", client)
        assert store.read("SELECT count(*) FROM deviation") == [(0,)]


def test_what_hangs_on_an_appointment_stays_when_its_table_is_made_anew(tmp_path, passphrase):
    path = tmp_path / "faelle.kkd"
    with create_store(path, passphrase, schema=of_version(2)) as store, store.write() as writing:
        client = writing.insert("client", {"last_name": "Beispiel", "created_at": "2026-11-20"})
        appointment = {
            **{"client_id": client, "uid": "u", "start": "2026-11-24T09:00", "minutes": 45},
            **{"form": "persoenlich", "state": "invited", "delivery": "post", "sequence": 1},
            **{"changed_at": "2026-11-20T08:00:00", "trace": "{}"},
        }
        booked = writing.insert("appointment", appointment)
        contact = {
            **{"client_id": client, "day": "2026-11-24", "form": "persoenlich"},
            **{"note_type": "kein", "attended": 1, "qualified": 1, "first": 0, "has_reason": 0},
        }
        writing.insert("contact", {**contact, "appointment_id": booked})
        logged = {"target": "ics", "sequence": 1, "state": "invited", "digest": "d"}
        exported = {**logged, "appointment_id": booked, "exported_at": "2026-11-20T08:00:00"}
        writing.insert("export_log", exported)

    with open_store(path, passphrase) as store:
        assert verify(store) == []
        assert store.read("SELECT uid, delivery, trace FROM appointment") == [("u", "post", "{}")]
        assert store.read("SELECT appointment_id FROM contact") == [(booked,)]
        assert store.read("SELECT appointment_id FROM export_log") == [(booked,)]
        with store.write() as writing:
            writing.update("appointment", booked, {"delivery": "portal"})
            writing.delete("appointment", booked)
        assert store.read("SELECT appointment_id FROM contact") == [(None,)]
        assert store.read("SELECT count(*) FROM export_log") == [(0,)]


@pytest.mark.parametrize("version", range(1, CURRENT.version))
def test_a_file_of_every_version_is_brought_up_to_date(tmp_path, passphrase, version):
    path = tmp_path / "faelle.kkd"
    with (
        create_store(path, passphrase, schema=of_version(version)) as store,
        store.write("Person aufgenommen") as writing,
    ):
        client = writing.insert("client", {"last_name": "Alt", "created_at": "2026-11-20"})

    with open_store(path, passphrase) as store:
        assert verify(store) == []
        assert store.read("SELECT id, last_name FROM client") == [(client, "Alt")]
        steps = store.read("SELECT name FROM step")
        assert steps == ([("Person aufgenommen",)] if version >= JOURNAL else [])
        # What the migration itself writes is nothing that anybody did.
        assert journal.undo(store) is None or store.read("SELECT 1 FROM client") == []


def test_opening_again_makes_no_second_copy(old, key):
    open_store(old, key, schema=NEXT).close()
    open_store(old, key, schema=NEXT).close()

    assert len(copies(old)) == 1


def test_a_step_that_fails_leaves_the_file_as_it_was(old, key):
    with pytest.raises(dbapi2.OperationalError, match="no_such_table"):
        open_store(old, key, schema=FAULTY)

    with open_store(old, key) as store:
        assert settings.get(store, "key") == "as before"
        assert verify(store) == []


def test_the_copy_of_before_stands_in_the_list_of_back_ups(old, key):
    with open_store(old, key, schema=NEXT) as store:
        [(name, entry)] = register.registered(store).items()

    assert [name] == [copy.name for copy in copies(old)]
    assert entry.reason == f"Vor der Umstellung von Version {CURRENT.version}"


def test_no_earlier_copy_is_replaced(path):
    moment = datetime(2026, 11, 24, 8, 30)
    first = backup_path(path, Kind.BEFORE_UPGRADE, moment)
    first.parent.mkdir()
    first.write_text("eine ältere Kopie")

    second = backup_path(path, Kind.BEFORE_UPGRADE, moment)

    assert second.name == "faelle.2026-11-24T083000Z-2.umstellung.kkd"
    assert parse_name(path, second.name) == (moment, Kind.BEFORE_UPGRADE)


def test_an_old_file_is_not_touched_by_reading_it(old, key):
    with pytest.raises(errors.OlderStore, match="älteren Programmversion"):
        open_store(old, key, read_only=True, schema=NEXT)

    assert [file.name for file in old.parent.iterdir() if file.suffix == ".kkd"] == ["faelle.kkd"]
    assert not backup_folder(old).exists()


def test_without_a_copy_nothing_is_changed(old, key):
    # A name too long for the copy stands for every reason why it cannot be made.
    long = old.rename(old.with_name("f" * 230 + ".kkd"))

    with pytest.raises(errors.StoreError):
        open_store(long, key, schema=NEXT)

    with open_store(long, key) as store:
        assert settings.get(store, "key") == "as before"


def test_a_new_store_is_made_with_every_step(tmp_path, passphrase):
    with create_store(tmp_path / "neu.kkd", passphrase, schema=NEXT) as store:
        assert store.read("PRAGMA user_version") == [(NEWER,)]
        assert verify(store, NEXT) == []


def test_a_finished_file_never_takes_the_name_of_another(tmp_path):
    path = tmp_path / "faelle.kkd"
    path.write_text("war schon da")

    with pytest.raises(errors.StoreExists), part_file(path) as part:
        publish(part, path)

    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [
        ("faelle.kkd", "war schon da")
    ]


def test_the_closed_sets_of_the_tables_are_those_of_the_domain(store):
    # If a value is added to an enum, a new step has to widen the CHECK.
    from kkd_desktop.domain.appointment import AppointmentState, Delivery
    from kkd_desktop.domain.contact import ContactForm, NoteType
    from kkd_desktop.domain.letter_kinds import LetterKind

    definitions = dict(store.read("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    for table, column, members in (
        ("contact", "form", ContactForm),
        ("contact", "note_type", NoteType),
        ("appointment", "form", ContactForm),
        ("appointment", "state", AppointmentState),
        ("appointment", "delivery", Delivery),
        ("export_log", "state", AppointmentState),
        ("letter", "kind", LetterKind),
        ("letter", "way", Delivery),
    ):
        listed = definitions[table].split(f"{column} IN (")[1].split(")")[0]
        assert {value.strip(" '\n") for value in listed.split(",")} == set(members), column


def test_every_table_of_ours_is_strict_and_has_a_number_for_each_row(store):
    tables = store.read(
        """
        SELECT name, strict
          FROM pragma_table_list
         WHERE schema = 'main' AND substr(name, 1, 7) NOT IN ('sqlite_', '_sqlite')
        """
    )

    for table, strict in tables:
        columns = store.read(f"SELECT name, type, pk FROM pragma_table_info('{table}')")
        assert strict
        assert columns[0] == ("id", "INTEGER", 1), table
