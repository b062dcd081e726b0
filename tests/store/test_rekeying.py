"""Another passphrase: what is in the file stays, and only the new one opens it."""

import os

import pytest
from sqlcipher3 import dbapi2

from kkd_desktop.store import errors, rekeying, settings
from kkd_desktop.store.files import companions
from kkd_desktop.store.key import Passphrase, derive_key
from kkd_desktop.store.opening import open_store
from kkd_desktop.store.verify import verify

NEW = Passphrase("eine andere, längere Passphrase")


def change(store, new=NEW):
    seen = rekeying.state_of(store)
    rekeying.put_in_place(store, rekeying.rewrite(store.path, store.key, new), seen)


def test_only_the_new_passphrase_opens_the_store_and_everything_is_in_it(
    store, path, client_id, passphrase
):
    change(store)

    assert store.key == derive_key(path, NEW)
    store.close()
    with pytest.raises(errors.WrongPassphrase):
        open_store(path, passphrase)
    with open_store(path, NEW) as again:
        assert again.read("SELECT id FROM client") == [(client_id,)]
        assert verify(again) == []


def test_the_open_store_goes_on_working_and_writing(store, path, client_id):
    change(store)

    settings.put(store, "key", "afterwards")
    assert store.read("PRAGMA foreign_keys") == [(1,)]
    assert store.read("PRAGMA journal_mode") == [("wal",)]
    with open_store(path, NEW, read_only=True) as other:
        assert settings.get(other, "key") == "afterwards"


def test_the_file_is_private_and_nothing_is_left_beside_it(store, path):
    change(store)

    assert path.stat().st_mode & 0o777 == 0o600
    beside = {each.name for each in companions(path)} | {path.name}
    assert {each.name for each in path.parent.iterdir()} == beside
    assert all(each.stat().st_mode & 0o077 == 0 for each in path.parent.iterdir())


def test_what_was_only_in_the_log_comes_along(store, path):
    settings.put(store, "key", "in the log")
    assert path.with_name(path.name + "-wal").stat().st_size > 0

    change(store)

    assert settings.get(store, "key") == "in the log"


@pytest.mark.parametrize("by_another", [True, False])
def test_what_is_written_meanwhile_is_never_lost(store, path, key, by_another):
    seen = rekeying.state_of(store)
    rewritten = rekeying.rewrite(path, key, NEW)
    if by_another:
        with open_store(path, key) as other:
            settings.put(other, "key", "meanwhile")
    else:
        settings.put(store, "key", "meanwhile")

    with pytest.raises(errors.ChangedMeanwhile):
        rekeying.put_in_place(store, rewritten, seen)

    assert settings.get(store, "key") == "meanwhile"
    assert store.key == key
    assert not list(path.parent.glob("*.part"))


def test_while_another_has_it_open_the_change_is_refused_and_both_go_on(store, path, key):
    with open_store(path, key) as other:
        with pytest.raises(errors.OpenElsewhere):
            change(store)
        settings.put(other, "key", "from the other")

    assert settings.get(store, "key") == "from the other"
    assert store.key == key


def test_a_copy_that_lacks_rows_never_takes_the_place(store, path, key, client_id, monkeypatch):
    def incomplete(source, part, fresh):
        export(source, part, fresh)
        connection = dbapi2.connect(str(part))
        connection.execute(fresh.pragma())
        connection.execute("DELETE FROM client")
        connection.commit()
        connection.close()

    export = rekeying.export_store
    monkeypatch.setattr(rekeying, "export_store", incomplete)

    with pytest.raises(errors.DamagedStore):
        change(store)

    assert store.read("SELECT id FROM client") == [(client_id,)]


def test_a_new_file_that_does_not_open_in_its_place_gives_way_to_the_old_one(
    store, path, key, client_id, monkeypatch
):
    def broken(store, part, fresh, *, unchanged_since):
        swap(store, part, fresh, unchanged_since=unchanged_since)
        raise errors.DamagedStore(path)

    swap = rekeying.swap
    monkeypatch.setattr(rekeying, "swap", broken)

    with pytest.raises(errors.DamagedStore):
        change(store)

    assert store.key == key
    assert store.read("SELECT id FROM client") == [(client_id,)]
    settings.put(store, "key", "goes on")
    with open_store(path, key, read_only=True) as other:
        assert settings.get(other, "key") == "goes on"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_takes_no_file_is_a_sentence(store, path):
    path.parent.chmod(0o500)
    try:
        with pytest.raises(errors.ReadOnlyStore):
            change(store)
    finally:
        path.parent.chmod(0o700)
