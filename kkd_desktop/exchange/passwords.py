"""Where is the password of the calendar server kept? In the keyring of the system, or nowhere.

The one place that knows `keyring`. It may ask the user to open the keyring and wait for that, so it
is called from a thread of its own.
"""

from importlib.util import find_spec
from typing import TYPE_CHECKING

from kkd_desktop.domain.server_calendar import Password

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_SERVICE = "KKD Desktop CalDAV"
_UNSAFE = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
"""No keyring at all, and those that write passwords into files anybody may read."""


def can_remember() -> bool:
    """Whether the system has a keyring that is worth the name."""
    return _keyring() is not None


def remembered(address: str, user: str) -> Password | None:
    keyring = _keyring()
    if keyring is None:
        return None
    from keyring.errors import KeyringError

    try:
        found = keyring.get_password(_SERVICE, _name(address, user))
    except KeyringError:
        # Locked, and the user did not open it: then the password is asked for.
        return None
    return None if not found else Password(found)


def remember(address: str, user: str, password: Password) -> bool:
    """Keep it for the next time; False where the system cannot."""
    keyring = _keyring()
    if keyring is None:
        return False
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, _name(address, user), password.reveal())
    except KeyringError:
        return False
    return True


def forget(address: str, user: str) -> None:
    keyring = _keyring()
    if keyring is None:
        return
    from keyring.errors import KeyringError

    try:
        keyring.delete_password(_SERVICE, _name(address, user))
    except KeyringError:
        # It was not there.
        return


def _name(address: str, user: str) -> str:
    return f"{user}@{address}"


def _keyring() -> "KeyringBackend | None":
    if find_spec("keyring") is None:
        return None
    import keyring

    found = keyring.get_keyring()
    # A chain asks several one after the other.
    for backend in getattr(found, "backends", None) or [found]:
        if not type(backend).__module__.startswith(_UNSAFE):
            safe: KeyringBackend = backend
            return safe
    return None
