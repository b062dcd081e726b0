"""Is the key of a caseload remembered on this computer ("auf diesem Rechner merken")?

Kept is the key of this one file, never the passphrase, which may open more than that; under the
random bytes the file begins with, so that the keyring names neither a path nor a person. Another
passphrase gives the file other bytes and another key.

May wait for the user to open the keyring, so it is called from a thread of its own.
"""

from pathlib import Path

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.exchange import keyrings
from kkd_desktop.exchange.keyrings import can_remember
from kkd_desktop.store.key import Key, read_salt

__all__ = ["can_remember", "forget", "is_remembered", "remember", "remembered", "renew"]

_SERVICE = "KKD Desktop"


def remembered(path: Path) -> Key | None:
    """The key that was kept for this file; whether it opens it, opening will tell."""
    salt = read_salt(path)
    found = keyrings.remembered(_SERVICE, salt.hex())
    if found is None:
        return None
    try:
        return Key(bytes.fromhex(found), salt)
    except ValueError:
        # Somebody else's entry under our name.
        return None


def is_remembered(key: Key) -> bool:
    return keyrings.remembered(_SERVICE, key.name()) is not None


def remember(key: Key) -> None:
    if not keyrings.remember(_SERVICE, key.name(), key.raw().hex()):
        raise UserError(
            said("Der Schlüsselbund dieses Rechners hat nichts angenommen; gemerkt wurde nichts.")
        )


def forget(key: Key) -> None:
    keyrings.forget(_SERVICE, key.name())


def renew(old: Key, new: Key) -> None:
    """After a change of the passphrase: what was remembered stays so, under the new key."""
    if is_remembered(old):
        keyrings.remember(_SERVICE, new.name(), new.raw().hex())
        forget(old)
