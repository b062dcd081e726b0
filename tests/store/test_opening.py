import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from kkd_desktop.domain.errors import UserError
from kkd_desktop.store import errors, settings
from kkd_desktop.store.database import connect
from kkd_desktop.store.inspection import is_other_format
from kkd_desktop.store.key import Key, Passphrase, derive_key
from kkd_desktop.store.opening import create_store, open_store

NOBODY = 65534


@pytest.fixture
def guarded(path: Path) -> Iterator[Path]:
    """A store in a folder whose rights count: root steps down to an ordinary user for the test."""
    folder = Path(tempfile.mkdtemp())
    found = folder / "faelle.kkd"
    shutil.copyfile(path, found)
    steps_down = os.geteuid() == 0
    if steps_down:
        os.chown(folder, NOBODY, NOBODY)
        os.chown(found, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield found
    finally:
        if steps_down:
            os.setresuid(0, 0, 0)
        folder.chmod(0o700)
        shutil.rmtree(folder)


def put_pages(path: Path, change: slice, content: bytes) -> None:
    data = bytearray(path.read_bytes())
    data[change] = content
    path.write_bytes(data)


def fill(path: Path, key: Key) -> None:
    """Make the file several dozen pages long."""
    with open_store(path, key) as store:
        for number in range(50):
            settings.put(store, f"key {number}", "x" * 3000)


def test_a_new_store_is_the_users_alone_whatever_the_umask_says(tmp_path, passphrase):
    path = tmp_path / "neu" / "Fälle" / "faelle.kkd"
    umask = os.umask(0)
    try:
        with create_store(path, passphrase) as store:
            settings.put(store, "key", 1)
            modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    finally:
        os.umask(umask)

    assert modes == dict.fromkeys(["faelle.kkd", "faelle.kkd-wal", "faelle.kkd-shm"], 0o600)
    assert (path.parent.stat().st_mode & 0o777, path.parent.parent.stat().st_mode & 0o777) == (
        0o700,
        0o700,
    )


def test_a_closed_store_is_one_file(tmp_path, passphrase):
    create_store(tmp_path / "faelle.kkd", passphrase).close()

    assert [file.name for file in tmp_path.iterdir()] == ["faelle.kkd"]


def test_a_store_others_could_read_is_closed_to_them_on_opening(path, key):
    path.chmod(0o644)

    open_store(path, key).close()

    assert path.stat().st_mode & 0o777 == 0o600


def test_the_connection_keeps_to_the_safe_settings(store):
    names = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "secure_delete")

    found = [store.read(f"PRAGMA {name}")[0][0] for name in names]

    assert found == ["wal", 2, 1, 0, 1]


def test_a_store_that_is_up_to_date_opens_without_sqlite_utils(path):
    # Imported before the first paint, it would make the start half as long again.
    program = f"""
import sys
from pathlib import Path
from kkd_desktop.store.key import Passphrase
from kkd_desktop.store.opening import open_store
from kkd_desktop.store import appointments, clients, contacts, export_log, holiday_cache, settings
open_store(Path({str(path)!r}), Passphrase("Größe 42 – Akte")).close()
assert "sqlite_utils" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_sqlite_utils_works_on_the_encrypted_library():
    from sqlite_utils import utils

    from kkd_desktop.store import migrations

    assert utils.sqlite3.__name__ == "sqlcipher3"
    assert migrations.Database


def test_no_name_stands_in_the_files_in_plain(path, key):
    with open_store(path, key) as store:
        settings.put(store, "office", "Jobcenter Musterstadt")
        written = b"".join(file.read_bytes() for file in path.parent.iterdir())

    assert b"Musterstadt" not in written + path.read_bytes()
    assert b"SQLite format" not in written


def test_creating_never_replaces_a_file(tmp_path, passphrase):
    path = tmp_path / "faelle.kkd"
    path.write_text("etwas anderes")

    with pytest.raises(errors.StoreExists):
        create_store(path, passphrase)

    assert path.read_text() == "etwas anderes"


def test_a_log_left_by_an_earlier_file_is_not_replayed_into_a_new_one(tmp_path, passphrase):
    (tmp_path / "faelle.kkd-wal").write_bytes(b"rest")

    with pytest.raises(errors.LeftOvers, match=r"faelle\.kkd-wal"):
        create_store(tmp_path / "faelle.kkd", passphrase)


def test_a_killed_creation_is_swept_up_later_and_one_in_the_making_is_not(path, key):
    old = path.with_name(".faelle.kkd.0a1b2c3d.part")
    young = path.with_name(".faelle.kkd.4e5f6a7b.part")
    old.touch()
    os.utime(old, (0, 0))
    young.touch()

    open_store(path, key).close()

    assert (old.exists(), young.exists()) == (False, True)


def test_a_wrong_passphrase_is_named_and_harms_nothing(path, capfd):
    before = path.read_bytes()

    with pytest.raises(errors.WrongPassphrase, match="Passphrase passt nicht"):
        open_store(path, Passphrase("falsch"))

    assert path.read_bytes() == before
    assert capfd.readouterr() == ("", "")


def test_a_missing_file_is_not_created(tmp_path, key):
    with pytest.raises(errors.MissingStore, match="gibt es nicht"):
        open_store(tmp_path / "nichts.kkd", key)

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", errors.EmptyFile),
        (b"x", errors.NotAStore),
        ("Nachname;Vorname\nBeispiel;Jörg\n".encode() * 400, errors.NotAStore),
        (b"SQLite format 3\0" + bytes(8176), errors.NotAStore),
        (b"PK\x03\x04" + bytes(range(256)) * 64, errors.NotAStore),
        (bytes(range(128, 256)) * 31, errors.TruncatedStore),
    ],
    ids=["empty", "one byte", "table", "plain database", "office file", "cut off"],
)
def test_what_is_no_store_is_told_from_a_wrong_passphrase(tmp_path, key, content, error):
    path = tmp_path / "faelle.kkd"
    path.write_bytes(content)

    with pytest.raises(error):
        open_store(path, key)

    assert path.read_bytes() == content


def test_random_salts_are_hardly_ever_taken_for_text():
    salts = [Random(seed).randbytes(16) for seed in range(5000)]

    assert not any(map(is_other_format, salts))
    assert is_other_format("Name;Geburtstagö".encode()[:16])


def test_a_database_of_another_program_is_refused_even_with_the_right_key(tmp_path, key):
    path = tmp_path / "fremd.db"
    path.touch()
    other = connect(path, key, "rw")
    other.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY) STRICT")
    other.close()

    with pytest.raises(errors.NotAStore):
        open_store(path, key)


@pytest.mark.parametrize("length", [0.5, 0.999])
def test_a_truncated_file_is_refused_and_stays_as_it_is(path, key, length):
    fill(path, key)
    os.truncate(path, int(path.stat().st_size * length))
    before = path.read_bytes()

    with pytest.raises(errors.TruncatedStore, match="abgeschnitten"):
        open_store(path, key)

    assert path.read_bytes() == before


def test_a_file_cut_off_between_two_pages_is_refused(path, key):
    fill(path, key)
    os.truncate(path, 20 * 4096)

    with pytest.raises(errors.TruncatedStore):
        open_store(path, key)


def test_a_damaged_page_is_found_before_anything_is_written(path, key):
    fill(path, key)
    put_pages(path, slice(20 * 4096, 20 * 4096 + 8), b"verdorbn")

    with pytest.raises(errors.DamagedStore, match="beschädigt"):
        open_store(path, key)


def test_a_log_of_another_store_is_refused_and_not_copied_into_this_one(tmp_path, path, key):
    other = tmp_path / "andere.kkd"
    with create_store(other, Passphrase("eine andere")) as store:
        settings.put(store, "key", "x" * 5000)
        shutil.copy(f"{other}-wal", f"{path}-wal")
    before = path.read_bytes()

    with pytest.raises(errors.ForeignLog, match=r"faelle\.kkd-wal"):
        open_store(path, key)

    assert path.read_bytes() == before
    Path(f"{path}-wal").unlink()
    Path(f"{path}-shm").unlink(missing_ok=True)
    open_store(path, key).close()


def test_a_file_of_a_newer_program_is_refused(path, key):
    with open_store(path, key) as store:
        store.connection.execute("PRAGMA user_version = 99")

    with pytest.raises(errors.NewerStore, match="neueren Programmversion"):
        open_store(path, key)


def test_a_read_only_file_can_be_read_but_not_opened_to_write(guarded, key):
    guarded.chmod(0o400)

    with pytest.raises(errors.ReadOnlyStore, match="schreibgeschützt"):
        open_store(guarded, key)
    with open_store(guarded, key, read_only=True) as store:
        assert store.read("SELECT count(*) FROM client") == [(0,)]
        with pytest.raises(errors.ReadOnlyStore), store.write():
            pass


def test_a_store_in_a_read_only_folder_can_be_read_but_not_opened_to_write(guarded, key):
    guarded.parent.chmod(0o500)

    with pytest.raises(errors.ReadOnlyStore):
        open_store(guarded, key)
    with open_store(guarded, key, read_only=True) as store:
        assert store.read("SELECT count(*) FROM client") == [(0,)]


def test_a_folder_that_may_not_be_written_gets_no_new_store(guarded, passphrase):
    guarded.parent.chmod(0o500)

    with pytest.raises(errors.ReadOnlyStore):
        create_store(guarded.with_name("neu.kkd"), passphrase)


def test_a_folder_that_does_not_say_what_is_in_it_is_no_obstacle(guarded, key):
    guarded.parent.chmod(0o300)

    with open_store(guarded, key) as store:
        assert store.read("SELECT count(*) FROM client") == [(0,)]


def test_a_file_without_any_rights_is_named(guarded, key):
    guarded.chmod(0)

    with pytest.raises(errors.UnreadableStore, match="Berechtigung"):
        open_store(guarded, key)


def test_a_store_opened_by_passphrase_and_by_key_is_the_same(path, passphrase):
    with open_store(path, passphrase) as by_passphrase:
        settings.put(by_passphrase, "key", [1, 2])

    with open_store(path, derive_key(path, passphrase)) as by_key:
        assert settings.get(by_key, "key") == [1, 2]


def test_every_fault_of_a_store_is_one_for_the_user_and_names_the_file():
    faults = [kind for kind in vars(errors).values() if isinstance(kind, type)]

    for kind in faults:
        if issubclass(kind, errors.StoreError) and kind is not errors.EntryGone:
            assert issubclass(kind, UserError)
            assert "faelle" in str(kind(Path("/home/faelle.kkd"))), kind


# Whoever changes the passphrase or restores leaves the write-ahead log first.
KILLED_WITHOUT_LOG = """
import os, signal, sys
from pathlib import Path
from kkd_desktop.store.database import connect
from kkd_desktop.store.key import Passphrase, derive_key

path = Path(sys.argv[1])
connection = connect(path, derive_key(path, Passphrase(sys.argv[2])), "rw")
connection.execute("PRAGMA journal_mode = DELETE").fetchall()
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE setting SET value = json_quote(hex(randomblob(2000)))")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_half_a_step_outside_the_log_is_taken_back(tmp_path):
    path, passphrase = tmp_path / "faelle.kkd", "wolkig mit Aussicht auf Akten"
    with create_store(path, Passphrase(passphrase)) as store, store.write():
        for number in range(60):
            settings.put(store, f"first{number}", "x" * 200)

    child = subprocess.run([sys.executable, "-c", KILLED_WITHOUT_LOG, path, passphrase])

    assert child.returncode == -9
    assert path.with_name("faelle.kkd-journal").stat().st_size > 0
    with pytest.raises(errors.WrongPassphrase):
        open_store(path, Passphrase("heiter und ohne Akten"))
    with open_store(path, Passphrase(passphrase)) as store:
        values = settings.everything(store)
        assert {values[f"first{number}"] for number in range(60)} == {"x" * 200}
