"""What keeps a secret for the next time? The keyring of the system, or nothing.

The one place that knows `keyring`. It may ask the user to open the keyring and wait for that, so it
is called from a thread of its own.
"""

from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_UNSAFE = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
"""No keyring at all, and those that write passwords into files anybody may read."""


def can_remember() -> bool:
    """Whether the system has a keyring that is worth the name."""
    return _keyring() is not None


def remembered(service: str, name: str) -> str | None:
    keyring = _keyring()
    if keyring is None:
        return None
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(service, name) or None
    except KeyringError:
        # Locked, and the user did not open it: then the secret is asked for.
        return None


def remember(service: str, name: str, secret: str) -> bool:
    """Keep it for the next time; False where the system cannot."""
    keyring = _keyring()
    if keyring is None:
        return False
    from keyring.errors import KeyringError

    try:
        keyring.set_password(service, name, secret)
    except KeyringError:
        return False
    return True


def forget(service: str, name: str) -> None:
    keyring = _keyring()
    if keyring is None:
        return
    from keyring.errors import KeyringError

    try:
        keyring.delete_password(service, name)
    except KeyringError:
        # It was not there.
        return


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
