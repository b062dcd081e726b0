"""Which back-ups are there, why was each made, and which may go?"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said, said_of_number
from kkd_desktop.domain.values import Value, replace


class Kind(StrEnum):
    """What a back-up was made for; the word stands in the file's name."""

    REGULAR = "regelmaessig"
    BEFORE_STEP = "vorher"
    BEFORE_UPGRADE = "umstellung"
    BEFORE_RESTORE = "ruecksicherung"
    BY_HAND = "hand"


KEPT_STEPS = 10
"""So many of those made before something large are kept, the latest ones."""

_LONGEST = {"days": 60, "weeks": 52, "months": 60}


class Contents(Value, frozen=True):
    """What is in a back-up. `last_change` is a moment in UTC."""

    clients: int
    contacts: int
    last_change: datetime | None = None


class Backup(Value, frozen=True):
    """One file. `made_at` is a moment in UTC; `contents` is None where it cannot be read."""

    path: Path
    kind: Kind
    made_at: datetime
    bytes: int
    contents: Contents | None = None
    reason: str = ""


class Rotation(Value, frozen=True):
    """How many regular back-ups are kept: the last one of so many days, weeks and months."""

    days: int = 7
    weeks: int = 5
    months: int = 12

    def check(self) -> None:
        """Refuse numbers that keep nothing, or personal data for ever."""
        words = {
            "days": said_of_number("Tage"),
            "weeks": said_of_number("Wochen"),
            "months": said_of_number("Monate"),
        }
        for name, longest in _LONGEST.items():
            least = 1 if name == "days" else 0
            if not least <= getattr(self, name) <= longest:
                raise UserError(
                    said("Sicherungen, {words}: bitte zwischen {least} und {longest}.").format(
                        words=words[name], least=least, longest=longest
                    )
                )


def superfluous(backups: Iterable[Backup], rotation: Rotation) -> list[Backup]:
    """Those the rotation lets go. The latest of all stays in any case, and those made by hand.

    Counted are periods in which there is a back-up, not days gone by: neither a long leave nor a
    clock that was wrong for once makes it let go of more.
    """
    latest_first = sorted(backups, key=lambda each: (each.made_at, each.path.name), reverse=True)
    regular = [each for each in latest_first if each.kind is Kind.REGULAR]
    others = [each for each in latest_first if each.kind not in (Kind.REGULAR, Kind.BY_HAND)]
    kept = {each.path.name for each in (*latest_first[:1], *others[:KEPT_STEPS])}
    kept |= _last_of_each(regular, rotation.days, _day)
    kept |= _last_of_each(regular, rotation.weeks, _week)
    kept |= _last_of_each(regular, rotation.months, _month)
    return [
        each
        for each in latest_first
        if each.kind is not Kind.BY_HAND and each.path.name not in kept
    ]


def leaves_on(
    backup: Backup, backups: Sequence[Backup], rotation: Rotation, today: date
) -> date | None:
    """The day on which the rotation lets go of it, if one is made each day from now on; None for
    one that does not leave by the calendar.
    """
    if backup.kind is not Kind.REGULAR:
        return None
    there = [each for each in backups if each.kind is Kind.REGULAR]
    template = replace(backup, reason="")
    for number in range(1, 31 * (rotation.months + 2) + 7 * rotation.weeks + rotation.days):
        day = today + timedelta(days=number)
        made_at = datetime.combine(day, time(12))
        there.append(replace(template, path=Path(day.isoformat()), made_at=made_at))
        gone = superfluous(there, rotation)
        if backup in gone:
            return day
        there = [each for each in there if each not in gone]
    return None


def _last_of_each(
    latest_first: Sequence[Backup], number: int, period: Callable[[datetime], Hashable]
) -> set[str]:
    last: dict[Hashable, str] = {}
    for each in latest_first:
        last.setdefault(period(each.made_at), each.path.name)
    return set(list(last.values())[:number])


def _day(moment: datetime) -> Hashable:
    return moment.date()


def _week(moment: datetime) -> Hashable:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> Hashable:
    return (moment.year, moment.month)
