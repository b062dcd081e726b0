"""Where is the password of the calendar server kept? In the keyring of the system, or nowhere."""

from kkd_desktop.domain.server_calendar import Password
from kkd_desktop.exchange import keyrings
from kkd_desktop.exchange.keyrings import can_remember

__all__ = ["can_remember", "forget", "remember", "remembered"]

_SERVICE = "KKD Desktop CalDAV"


def remembered(address: str, user: str) -> Password | None:
    found = keyrings.remembered(_SERVICE, _name(address, user))
    return None if found is None else Password(found)


def remember(address: str, user: str, password: Password) -> bool:
    """Keep it for the next time; False where the system cannot."""
    return keyrings.remember(_SERVICE, _name(address, user), password.reveal())


def forget(address: str, user: str) -> None:
    keyrings.forget(_SERVICE, _name(address, user))


def _name(address: str, user: str) -> str:
    return f"{user}@{address}"
