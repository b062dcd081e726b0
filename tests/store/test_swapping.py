"""A finished file takes the place of an open one, and nobody writes to the old one."""

import os

import pytest
from sqlcipher3 import dbapi2

from kkd_desktop.domain.client import Client
from kkd_desktop.store import clients, errors
from kkd_desktop.store.copying import export_store
from kkd_desktop.store.database import connect
from kkd_desktop.store.files import part_file
from kkd_desktop.store.inspection import look
from kkd_desktop.store.key import Passphrase, new_key
from kkd_desktop.store.opening import open_store
from kkd_desktop.store.swapping import swap
from kkd_desktop.store.verify import verify


@pytest.fixture
def part(path, key, store):
    """A finished file of the empty store."""
    with part_file(path) as made:
        with look(path, key) as source:
            export_store(source, made, key)
        yield made


def add(store, now):
    clients.add(store, Client(0, "", "Beispiel", "Amina"), now)


def count(store):
    return store.read("SELECT count(*) FROM client")[0][0]


def test_the_store_goes_on_with_the_new_file(store, part, key, now):
    add(store, now)

    swap(store, part, key, unchanged_since=store.data_version())

    assert count(store) == 0
    add(store, now)
    assert verify(store) == []
    assert store.read("PRAGMA journal_mode") == [("wal",)]
    assert store.read("PRAGMA synchronous") == [(2,)]
    assert store.read("PRAGMA foreign_keys") == [(1,)]
    assert store.read("PRAGMA secure_delete") == [(1,)]


def test_another_key_holds_from_then_on(store, path, key, now):
    add(store, now)
    other = new_key(Passphrase("eine andere Passphrase"))
    with part_file(path) as part:
        with look(path, key) as source:
            export_store(source, part, other)
        swap(store, part, other, unchanged_since=store.data_version())

    with pytest.raises(errors.WrongPassphrase):
        open_store(path, key)
    with open_store(path, other, read_only=True) as reader:
        assert count(reader) == 1
    assert store.key == other


def test_a_reader_elsewhere_keeps_the_file_in_its_place(store, part, path, key, now):
    with open_store(path, key, read_only=True) as reader:
        add(store, now)
        with pytest.raises(errors.OpenElsewhere):
            swap(store, part, key, unchanged_since=store.data_version())

        assert count(reader) == 1
    add(store, now)
    assert count(store) == 2


def test_a_write_of_another_connection_is_noticed(store, part, path, key, now):
    seen = store.data_version()
    with open_store(path, key) as other:
        add(other, now)

    with pytest.raises(errors.ChangedMeanwhile):
        swap(store, part, key, unchanged_since=seen)

    assert count(store) == 1


def test_whoever_opened_the_old_file_at_the_last_moment_cannot_write_to_it(
    store, part, path, key, now, monkeypatch
):
    late = []
    replace = os.replace

    def opened_just_before(source, target):
        late.append(connect(path, key, "rw"))
        replace(source, target)

    monkeypatch.setattr(os, "replace", opened_just_before)
    swap(store, part, key, unchanged_since=store.data_version())

    [connection] = late
    with pytest.raises(dbapi2.OperationalError, match="readonly"):
        connection.execute("PRAGMA journal_mode = WAL")
    with pytest.raises(dbapi2.OperationalError, match="readonly"):
        connection.execute("DELETE FROM setting")
    connection.close()
    add(store, now)
    assert verify(store) == []


def test_a_full_disk_at_the_last_moment_leaves_the_store_as_it_was(
    store, part, key, now, monkeypatch
):
    add(store, now)

    def full(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(errors.DiskFull):
        swap(store, part, key, unchanged_since=store.data_version())

    add(store, now)
    assert count(store) == 2
