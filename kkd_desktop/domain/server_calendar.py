"""What stands in the calendar on a server, what should, and what is to be done about it?"""

from datetime import datetime
from enum import StrEnum

from kkd_desktop.domain.values import Value


class Password:
    """What opens the account on the server. Kept out of sight: it has no text but by `reveal`."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return "Password(…)"


class ServerCalendar(Value, frozen=True):
    """A calendar that the server offers."""

    url: str
    name: str
    writable: bool = True


class ServerEntry(Value, frozen=True):
    """What we wrote to the server: one resource of one calendar, found again by its `uid`.

    `owner` is the uid of the appointment, which is random: a row says nothing about a person and
    outlives the appointment, so that what was deleted here can still be withdrawn there. `etag` is
    the version of the resource that we know; empty while we do not know whether it was written, or
    where it is gone. `digest` marks what of ours stands there. `kept` means that the user left
    another version there as it is.
    """

    calendar: str
    uid: str
    owner: str
    href: str
    pushed_at: datetime
    etag: str = ""
    digest: str = ""
    kept: bool = False


class LastPush(Value, frozen=True):
    """When the calendar was last brought up to date, and how many conflicts were left."""

    pushed_at: datetime
    conflicts: int = 0


class Shown(Value, frozen=True):
    """What a calendar shows of an entry, in local time."""

    start: datetime
    end: datetime
    title: str = ""
    place: str = ""


class StepKind(StrEnum):
    """What is to be done about one entry; the last three change nothing on the server."""

    CREATE = "create"
    CHANGE = "change"
    WITHDRAW = "withdraw"
    ADOPT = "adopt"
    """It stands there already as we want it: only its version is news."""
    DROP = "drop"
    """Gone there and not wanted here."""
    KEEP = "keep"
    """The user left the other version as it is."""


class Step(Value, frozen=True):
    """One thing to do, and what is known of the entry when it is done. `body` is what is written
    over the version `entry.etag`.
    """

    kind: StepKind
    entry: ServerEntry
    body: bytes = b""


class Conflict(Value, frozen=True):
    """An entry of ours that somebody changed or deleted on the server.

    `there` is what it shows now and `here` what we would write; None where it was deleted, there or
    here. `etag` is the version that was looked at, empty where it is gone. `readable` is False
    where what stands there cannot be understood.
    """

    entry: ServerEntry
    etag: str
    body: bytes
    here: Shown | None
    there: Shown | None
    readable: bool = True


class Wanted(Value, frozen=True):
    """What should stand there for one UID; `digest` marks what it shows."""

    uid: str
    owner: str
    body: bytes
    digest: str


class There(Value, frozen=True):
    """A version of an entry on the server; `shown` is None where it cannot be understood, or was
    not looked at because we know this version.
    """

    etag: str
    shown: Shown | None = None


class PushPlan(Value, frozen=True):
    """What a push would do. `unchanged` entries stand as they should, `kept` as the user left
    them.
    """

    calendar: str
    steps: tuple[Step, ...]
    conflicts: tuple[Conflict, ...] = ()
    unchanged: int = 0
    kept: int = 0

    def of_kind(self, kind: StepKind) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.kind is kind)


class PushResult(Value, frozen=True):
    """What a push did. `taken` are appointments that the calendar holds already from a file that
    was read in: these entries are not ours.
    """

    created: int = 0
    changed: int = 0
    withdrawn: int = 0
    conflicts: tuple[Conflict, ...] = ()
    taken: int = 0

    @property
    def number(self) -> int:
        return self.created + self.changed + self.withdrawn
