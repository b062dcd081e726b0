"""The password of the calendar server lies in the keyring of the system, or nowhere."""

import keyring
import pytest
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import KeyringLocked

from kkd_desktop.domain.server_calendar import Password
from kkd_desktop.exchange import passwords

WHO = ("https://cloud.musterstadt.example/", "fachkraft")


def test_it_is_kept_for_this_account_and_can_be_forgotten(memory_keyring):
    assert passwords.remembered(*WHO) is None

    assert passwords.remember(*WHO, Password("geheim"))

    assert passwords.remembered(*WHO).reveal() == "geheim"
    assert passwords.remembered(WHO[0], "andere") is None
    passwords.forget(*WHO)
    passwords.forget(*WHO)
    assert passwords.remembered(*WHO) is None


def test_without_a_keyring_nothing_is_kept(no_keyring):
    assert not passwords.can_remember()
    assert not passwords.remember(*WHO, Password("geheim"))
    assert passwords.remembered(*WHO) is None
    passwords.forget(*WHO)


def test_a_keyring_that_swallows_everything_is_none(memory_keyring):
    keyring.set_keyring(NullKeyring())

    assert not passwords.can_remember()


def test_a_keyring_that_writes_plain_files_is_none(memory_keyring):
    plain = type("PlaintextKeyring", (NullKeyring,), {"__module__": "keyrings.alt.file"})
    keyring.set_keyring(plain())

    assert not passwords.can_remember()


def test_a_keyring_that_stays_locked_is_asked_in_vain(memory_keyring, monkeypatch):
    def locked(*_):
        raise KeyringLocked("dismissed")

    monkeypatch.setattr(memory_keyring, "get_password", locked)
    monkeypatch.setattr(memory_keyring, "set_password", locked)

    assert passwords.remembered(*WHO) is None
    assert not passwords.remember(*WHO, Password("geheim"))


@pytest.mark.parametrize("show", [repr, str, "{}".format])
def test_a_password_shows_itself_nowhere(show):
    assert "geheim" not in show(Password("geheim"))
