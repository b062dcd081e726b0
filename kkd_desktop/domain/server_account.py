"""Which calendar on a server takes the appointments?"""

from collections.abc import Mapping
from typing import Any

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.domain.values import Value


class ServerAccount(Value, frozen=True):
    """The calendar of the caseworker. Without a `calendar` nothing ever leaves the program.

    `address` is where the server was looked for, `calendar` the address of the calendar chosen
    there and `name` what it is called. `automatic` sends after every change. The password is no
    part of it.
    """

    address: str = ""
    user: str = ""
    calendar: str = ""
    name: str = ""
    privacy: Privacy = Privacy.INITIALS
    automatic: bool = False

    @property
    def is_chosen(self) -> bool:
        return bool(self.calendar)

    def as_dict(self) -> dict[str, Any]:
        return {
            "address": self.address,
            "user": self.user,
            "calendar": self.calendar,
            "name": self.name,
            "privacy": self.privacy.value,
            "automatic": self.automatic,
        }

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> "ServerAccount":
        return cls(**{**given, "privacy": Privacy(given["privacy"])})


class ServerFault(UserError):
    """The server does not do what was asked of it."""


class WrongLogin(ServerFault):
    """User or password are not those of the server."""
