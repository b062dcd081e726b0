"""When is the caseworker taken by something that this program did not plan?"""

from datetime import date, datetime
from enum import StrEnum

from kkd_desktop.domain.language import Sayings, said
from kkd_desktop.domain.texts import clock, moment
from kkd_desktop.domain.values import Value


class BusyState(StrEnum):
    BUSY = "busy"
    TENTATIVE = "tentative"
    OUT_OF_OFFICE = "out_of_office"


BUSY_TEXTS = Sayings(
    {
        BusyState.BUSY: "belegt",
        BusyState.TENTATIVE: "mit Vorbehalt",
        BusyState.OUT_OF_OFFICE: "abwesend",
    }
)


class BusyTime(Value, frozen=True, order=True, gc=False):
    """A stretch of local time taken by an entry of another calendar, `end` excluded.

    Whole days run from midnight to midnight. What is there with reservation counts as taken too:
    a talk is not proposed where a meeting may be. `title` is empty unless the user wants titles.
    """

    start: datetime
    end: datetime
    state: BusyState = BusyState.BUSY
    title: str = ""

    def german(self) -> str:
        """`Do 24.12.2026, 09:00 bis 10:00 (mit Vorbehalt)`; with its title where there is one."""
        until = clock(self.end) if self.end.date() == self.start.date() else moment(self.end)
        what = self.title or BUSY_TEXTS[self.state]
        return said("{moment} bis {until} ({what})").format(
            moment=moment(self.start), until=until, what=what
        )


class BusySource(Value, frozen=True):
    """A calendar file, or a folder of them, that busy times are read from.

    `watched` ones are read again when they change, others only when the user asks for it.
    """

    name: str
    place: str
    watched: bool = False
    has_titles: bool = False
    id: int | None = None


class BusyReading(Value, frozen=True):
    """The last good reading of a source, what is special about it, and why a later one failed; both
    in German, and of what is special a line each.

    `digest` is a hash of what was read, empty where it has to be read again; `read_at` a moment in
    UTC, None where nothing was read yet.
    """

    digest: str
    since: date
    until: date
    read_at: datetime | None
    fault: str = ""
    note: str = ""
