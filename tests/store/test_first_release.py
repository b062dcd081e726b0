"""A file of the first release, made by it: nothing of it is lost on the way to this one.

`first_release.kkd` holds twelve invented people; that release wrote it with `kkd demo`, one
`kkd appointments add`, one `kkd ics` and an exception, all as of 20 November 2026.
"""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from kkd_desktop.cli.main import kkd
from kkd_desktop.store.copying import backup_folder
from kkd_desktop.store.database import Store, connect
from kkd_desktop.store.inspection import look, user_version
from kkd_desktop.store.key import Passphrase, derive_key
from kkd_desktop.store.opening import open_store
from kkd_desktop.store.schema import CURRENT
from kkd_desktop.store.verify import verify

FILE = Path(__file__).with_name("first_release.kkd")
SECRET = "Erste Fassung 2026"
TODAY = date(2026, 11, 20)
FIRST = 1
WORKLIST = [
    ("next_14_days", "123A400387", "ok", "2026-11-24"),
    ("next_14_days", "123A400128", "ok", "2026-11-26"),
    ("plannable", "123A400239", "ok", "2026-12-08"),
    ("plannable", "123A400276", "ok", "2027-01-08"),
]

Tables = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def old(tmp_path):
    path = Path(shutil.copy(FILE, tmp_path / "bestand.kkd"))
    path.chmod(0o600)
    return path


@pytest.fixture
def key(old):
    return derive_key(old, Passphrase(SECRET))


def columns_of(store: Store) -> dict[str, list[str]]:
    tables = store.read(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB '[a-z]*'"
    )
    return {
        table: [name for (name,) in store.read(f"SELECT name FROM pragma_table_info('{table}')")]
        for (table,) in tables
    }


def contents(store: Store, columns: dict[str, list[str]]) -> Tables:
    return {
        table: store.read(f"SELECT {', '.join(names)} FROM {table} ORDER BY id")
        for table, names in columns.items()
    }


def test_every_row_is_there_afterwards_and_a_copy_of_before_is_kept(old, key):
    with Store(connect(old, key, "ro"), old, key, read_only=True) as store:
        assert user_version(store) == FIRST
        columns = columns_of(store)
        before = contents(store, columns)
    assert {table: len(rows) for table, rows in before.items()} == {
        **{"client": 12, "fact": 44, "deviation": 1, "appointment": 7, "contact": 208},
        **{"export_log": 1, "setting": 5, "holiday_year": 14, "holiday": 140},
    }

    with open_store(old, key) as store:
        assert user_version(store) == CURRENT.version
        assert verify(store) == []
        assert contents(store, columns) == before

    [copy] = backup_folder(old).iterdir()
    assert copy.name.endswith(".umstellung.kkd")
    with look(copy, key) as store:
        assert user_version(store) == FIRST
        assert contents(store, columns) == before


def test_the_worklist_says_what_the_first_release_said(old, monkeypatch, capsys):
    monkeypatch.setenv("KKD_PASSPHRASE", SECRET)
    asked = ["due", "--store", str(old), "--as-of", TODAY.isoformat(), "--json"]

    kkd.main(asked, prog_name="kkd", standalone_mode=False)

    said = json.loads(capsys.readouterr().out)
    assert [
        (group["id"], client["number"], client["state"], client["latest"])
        for group in said["groups"]
        for client in group["clients"]
    ] == WORKLIST
