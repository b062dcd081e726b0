from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from kkd_desktop.domain.errors import UserError
from kkd_desktop.store.errors import EmptyFile, MissingStore
from kkd_desktop.store.key import Key, Passphrase, derive_key
from kkd_desktop.store.opening import open_store


def test_the_derived_key_is_the_one_sqlcipher_makes_of_the_passphrase(path, key):
    by_passphrase = dbapi2.connect(path)
    by_passphrase.execute("PRAGMA key = 'Größe 42 – Akte'")

    assert by_passphrase.execute("SELECT count(*) FROM client").fetchall() == [(0,)]
    by_passphrase.close()
    assert derive_key(path, Passphrase("Größe 42 – Akte")) == key
    with open_store(path, key) as store:
        assert store.read("SELECT count(*) FROM client") == [(0,)]


def test_the_way_a_keyboard_writes_an_umlaut_makes_no_difference():
    assert Passphrase("Gro\u0308ße") == Passphrase("Gr\u00f6ße")


def test_nothing_that_shows_a_key_or_passphrase_shows_its_content(key):
    passphrase = Passphrase("geheim")

    shown = f"{passphrase} {passphrase!r} {key} {key!r} {[key, passphrase]}"

    assert "geheim" not in shown
    assert not any(part in shown for part in key.pragma().split("'")[1:2])


@pytest.mark.parametrize("text", ["", "vorn\0hinten"])
def test_a_passphrase_sqlcipher_would_cut_short_is_refused(text):
    with pytest.raises(UserError):
        Passphrase(text)


def test_the_salt_is_read_without_cancelling_the_locks_of_an_open_store(path, key, passphrase):
    with open_store(path, key) as writer, open_store(path, key) as other:
        other.connection.execute("PRAGMA busy_timeout = 0")
        with writer.write():
            derive_key(path, passphrase)

            with pytest.raises(dbapi2.OperationalError, match="locked"):
                other.connection.execute("BEGIN IMMEDIATE")


def test_a_missing_file_has_no_key(tmp_path, passphrase):
    with pytest.raises(MissingStore):
        derive_key(tmp_path / "nichts.kkd", passphrase)


def test_no_salt_is_made_up_for_an_empty_file(tmp_path, passphrase):
    empty = tmp_path / "leer.kkd"
    empty.touch()

    with pytest.raises(EmptyFile):
        derive_key(empty, passphrase)


def test_a_key_of_the_wrong_length_is_a_bug_and_says_nothing():
    with pytest.raises(ValueError, match="32 bytes"):
        Key(b"kurz", b"")


def test_a_path_with_signs_that_mean_something_in_a_uri_is_opened(tmp_path, path, key):
    strange = tmp_path / "Fälle 100% #1?.kkd"
    Path(path).rename(strange)

    with open_store(strange, key) as store:
        assert store.read("SELECT count(*) FROM client") == [(0,)]
