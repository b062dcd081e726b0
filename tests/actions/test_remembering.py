"""The key in the keyring: found again, told apart, and naming nobody."""

import pytest

from kkd_desktop.actions import passphrases, remembering
from kkd_desktop.actions.secrets import Passphrase, key_of
from kkd_desktop.actions.stores import create_caseload, open_caseload
from kkd_desktop.store.errors import WrongPassphrase
from tests.actions.conftest import TODAY

FIRST, SECOND = Passphrase("vier zufällige Wörter hier"), Passphrase("und fünf ganz andere dort")


@pytest.fixture
def path(tmp_path):
    place = tmp_path / "faelle-von-amina.kkd"
    create_caseload(place, FIRST, TODAY).store.close()
    return place


def test_what_is_remembered_opens_the_caseload(path, memory_keyring):
    remembering.remember(key_of(path, FIRST))

    found = remembering.remembered(path)

    assert found == key_of(path, FIRST)


def test_nothing_in_the_keyring_names_the_path_a_person_or_the_passphrase(path, memory_keyring):
    remembering.remember(key_of(path, FIRST))

    kept = str(memory_keyring.kept)
    assert all(word not in kept for word in ("amina", "faelle", path.parent.name, "Wörter"))


def test_forgotten_again_it_is_gone(path, memory_keyring):
    key = key_of(path, FIRST)
    remembering.remember(key)

    remembering.forget(key)

    assert memory_keyring.kept == {}
    assert remembering.remembered(path) is None


@pytest.mark.parametrize("kept", ["zz", "00", "0" * 64])
def test_what_somebody_else_put_there_does_not_open_it(path, memory_keyring, kept):
    key = key_of(path, FIRST)
    memory_keyring.set_password("KKD Desktop", key.name(), kept)

    found = remembering.remembered(path)

    if found is not None:
        with pytest.raises(WrongPassphrase), open_caseload(path, found, TODAY):
            pass


def test_another_passphrase_is_remembered_where_the_first_was(path, memory_keyring):
    remembering.remember(key_of(path, FIRST))

    with open_caseload(path, FIRST, TODAY) as context:
        passphrases.change(context, FIRST, SECOND)

    assert remembering.remembered(path) == key_of(path, SECOND)
    assert len(memory_keyring.kept) == 1


def test_another_passphrase_is_not_remembered_where_none_was(path, memory_keyring):
    with open_caseload(path, FIRST, TODAY) as context:
        passphrases.change(context, FIRST, SECOND)

    assert memory_keyring.kept == {}


def test_who_does_not_know_the_passphrase_does_not_change_it(path):
    with open_caseload(path, FIRST, TODAY) as context:
        with pytest.raises(Exception, match="bisherige Passphrase stimmt nicht"):
            passphrases.change(context, SECOND, Passphrase("eine dritte Passphrase"))
        assert context.store.key == key_of(path, FIRST)


def test_without_a_keyring_nothing_is_remembered_and_that_is_said(path, no_keyring):
    assert not remembering.can_remember()
    with pytest.raises(Exception, match="Schlüsselbund"):
        remembering.remember(key_of(path, FIRST))
    assert remembering.remembered(path) is None
