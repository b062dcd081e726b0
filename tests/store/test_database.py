import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from kkd_desktop.store import errors, settings
from kkd_desktop.store.opening import Store, open_store

PRELUDE = """
import sys
from pathlib import Path
from kkd_desktop.store import settings
from kkd_desktop.store.key import Passphrase
from kkd_desktop.store.opening import open_store
store = open_store(Path(sys.argv[1]), Passphrase("Größe 42 – Akte"))
"""


def start(path: Path, program: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PRELUDE + textwrap.dedent(program), str(path), *arguments],
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("acknowledged", [1, 40, 150])
def test_what_was_acknowledged_survives_a_kill(path, key, acknowledged):
    writer = start(
        path,
        """
        number = 0
        while True:
            number += 1
            settings.put(store, f"key {number}", "x" * 500)
            print("ACK", number, flush=True)
        """,
    )
    with writer:
        heard = [writer.stdout.readline() for _ in range(acknowledged)]
        writer.kill()
        heard += writer.stdout.readlines()

    # The last line may be cut short; what is whole was acknowledged.
    numbers = [int(line.split()[1]) for line in heard if line.endswith("\n")]
    with open_store(path, key) as store:
        kept = settings.everything(store)
        assert [n for n in numbers if f"key {n}" not in kept] == []
        assert store.read("PRAGMA integrity_check") == [("ok",)]


def test_two_processes_write_at_once_and_neither_is_refused(path, key):
    program = """
    for number in range(100):
        with store.write():
            settings.put(store, f"{sys.argv[2]} {number}", number)
            settings.put(store, "last", sys.argv[2])
    """

    writers = [start(path, program, name) for name in ("erster", "zweiter")]
    for writer in writers:
        with writer:
            assert writer.wait() == 0

    with open_store(path, key) as store:
        assert len(settings.everything(store)) == 201


def test_a_window_sees_that_another_process_has_written(store):
    before = store.data_version()
    settings.put(store, "own", 1)
    assert store.data_version() == before

    with start(store.path, "settings.put(store, 'other', 1)") as other:
        assert other.wait() == 0

    assert store.data_version() != before


def test_who_only_reads_has_written_nothing(path, key):
    with open_store(path, key) as other:
        settings.everything(other)
        assert not other.has_written()

        settings.put(other, "own", 1)
        assert other.has_written()


def put_and_fail(store: Store, key: str, between: Callable[[], None] = lambda: None) -> None:
    with store.write():
        settings.put(store, key, 1)
        between()
        raise RuntimeError(key)


def test_a_failed_step_leaves_nothing_behind(store):
    with pytest.raises(RuntimeError):
        put_and_fail(store, "key")

    assert settings.everything(store) == {}


def test_a_step_within_a_step_can_fail_alone(store):
    def fail_inside() -> None:
        with pytest.raises(RuntimeError, match="inner"):
            put_and_fail(store, "inner")

    with store.write():
        settings.put(store, "outer", 1)
        with pytest.raises(RuntimeError, match="middle"):
            put_and_fail(store, "middle", fail_inside)

    assert settings.everything(store) == {"outer": 1}


def test_nothing_of_a_step_lasts_when_the_outer_one_fails(store):
    with pytest.raises(RuntimeError):
        put_and_fail(store, "outer", lambda: settings.put(store, "inner", 1))

    assert settings.everything(store) == {}


def test_a_store_locked_by_another_window_says_so(path, key):
    with open_store(path, key) as first, open_store(path, key) as second:
        second.connection.execute("PRAGMA busy_timeout = 10")

        with first.write(), pytest.raises(errors.LockedStore, match="anderen Programm"):
            settings.put(second, "key", 1)


def test_a_full_disk_undoes_the_step_and_keeps_what_was_there(store):
    settings.put(store, "before", 1)
    [(pages,)] = store.read("PRAGMA page_count")
    store.connection.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(errors.DiskFull, match="Datenträger ist voll"):
        put_and_fail(store, "small", lambda: settings.put(store, "large", "x" * 100_000))

    assert settings.everything(store) == {"before": 1}
    settings.put(store, "before", 2)


def test_a_row_that_was_deleted_meanwhile_cannot_be_changed(store):
    with pytest.raises(errors.EntryGone, match="gelöscht"), store.write() as transaction:
        transaction.update("setting", 99, {"key": "key"})


def test_a_broken_rule_of_the_tables_is_a_bug_and_no_message(store):
    with pytest.raises(dbapi2.IntegrityError, match="CHECK"), store.write() as transaction:
        transaction.insert("setting", {"key": "key", "value": "not json"})
