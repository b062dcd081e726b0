"""When does the caseworker have time for talks?

`WorkingHours` is what the settings keep: the weeks, the lengths, closed days of the office and own
absences. Holidays of the Land are not in here; `workdays` knows them.
"""

from collections.abc import Iterable
from datetime import date, time, timedelta
from fractions import Fraction

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import each_to_say, said
from kkd_desktop.domain.lengths import LENGTH_NAMES, LONGEST_TALK, SHORTEST_TALK, Length, Lengths
from kkd_desktop.domain.texts import clock, day
from kkd_desktop.domain.values import Value, field, replace

WEEKDAY_NAMES = each_to_say("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag")
MOST_WEEKLY_HOURS = 60
MOST_WEEKS = 4


class Block(Value, frozen=True, order=True):
    """A stretch of one day in which talks may lie, `until` excluded."""

    since: time
    until: time

    @property
    def minutes(self) -> int:
        since, until = self.since, self.until
        return (until.hour - since.hour) * 60 + until.minute - since.minute

    def german(self) -> str:
        return f"{clock(self.since)}–{clock(self.until)}"


Week = tuple[tuple[Block, ...], ...]
"""The blocks of Monday to Friday."""


class Leave(Value, frozen=True, order=True):
    """Days on which nobody is met, both included: an absence, or the office is closed."""

    since: date
    until: date
    reason: str = ""

    def covers(self, when: date) -> bool:
        return self.since <= when <= self.until


def _default_weeks() -> tuple[Week, ...]:
    morning, afternoon = Block(time(8), time(12)), Block(time(13), time(16))
    return ((*((morning, afternoon),) * 4, (morning,)),)


class WorkingHours(Value, frozen=True):
    """The hours of one caseworker.

    `weeks` take turns, one each: the first holds in the week of `anchor`, the second in the next,
    and so on in both directions. They are counted and not taken from the calendar week, so the
    turn is kept after a year of 53 weeks. `step` is the grid on which talks begin, counted from
    the start of a block.
    """

    weeks: tuple[Week, ...] = field(default_factory=_default_weeks)
    anchor: date = date(2026, 1, 5)
    weekly_hours: Fraction = Fraction(39)
    lengths: Lengths = Lengths()
    step: int = 30
    closed: tuple[Leave, ...] = ()
    absences: tuple[Leave, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= len(self.weeks) <= MOST_WEEKS:
            raise UserError(
                said("Arbeitszeit: Bitte zwischen 1 und {most_weeks} Wochen angeben.").format(
                    most_weeks=MOST_WEEKS
                )
            )
        for place, week in enumerate(self.weeks):
            self._check_week(place, week)
        _check_number(said("Wochenstunden"), self.weekly_hours, 1, MOST_WEEKLY_HOURS)
        for key, name in LENGTH_NAMES.items():
            length: Length = getattr(self.lengths, key)
            _check_number(
                said("Dauer {name}").format(name=name), length.talk, SHORTEST_TALK, LONGEST_TALK
            )
            _check_number(
                said("Vor- und Nachbereitung {name}").format(name=name),
                length.preparation,
                0,
                LONGEST_TALK,
            )
        _check_number(said("Raster"), self.step, 5, LONGEST_TALK)
        for name, leaves in (
            (said("Schließtage"), self.closed),
            (said("Abwesenheiten"), self.absences),
        ):
            _check_leaves(name, leaves)

    def blocks_on(self, when: date) -> tuple[Block, ...]:
        """The blocks of that day's week, absences and holidays aside; none at a weekend."""
        weekday = when.weekday()
        if weekday >= len(WEEKDAY_NAMES):
            return ()
        return self.weeks[self.place_of(when)][weekday]

    def place_of(self, when: date) -> int:
        """Which of the weeks holds in the week of that day."""
        if len(self.weeks) == 1:
            return 0
        return (_number_of_week(when) - _number_of_week(self.anchor)) % len(self.weeks)

    def leave_on(self, when: date) -> Leave | None:
        """Why nobody is met on that day, None where the caseworker is there."""
        return next((x for x in (*self.closed, *self.absences) if x.covers(when)), None)

    def minutes_on(self, when: date) -> int:
        """Minutes for talks on that day, absences and holidays aside."""
        return sum(block.minutes for block in self.blocks_on(when))

    @property
    def usual_minutes(self) -> Fraction:
        """Minutes for talks in a week, the mean of the weeks that take turns."""
        return Fraction(sum(map(minutes_of_week, self.weeks)), len(self.weeks))

    def starting_with(self, place: int, when: date) -> "WorkingHours":
        """The same weeks with turns such that week `place` holds in the week of that day."""
        monday = when - timedelta(days=when.weekday())
        return replace(self, anchor=monday - timedelta(weeks=place))

    def _check_week(self, place: int, week: Week) -> None:
        if len(week) != len(WEEKDAY_NAMES):
            raise ValueError("a week has five working days")
        for name, blocks in zip(WEEKDAY_NAMES, week, strict=True):
            of_week = f" ({week_name(place)})" if len(self.weeks) > 1 else ""
            _check_blocks(f"{said(name)}{of_week}", blocks)


def minutes_of_week(week: Week) -> int:
    return sum(block.minutes for blocks in week for block in blocks)


def week_name(place: int) -> str:
    """`Woche A`: how people call the weeks that take turns."""
    return said("Woche {value}").format(value="ABCD"[place])


def _number_of_week(when: date) -> int:
    """Weeks since the first Monday there is, which was the first day of all."""
    return (when.toordinal() - 1) // 7


def _check_blocks(name: str, blocks: Iterable[Block]) -> None:
    before: Block | None = None
    for block in blocks:
        if block.until <= block.since:
            raise UserError(
                said(
                    "Arbeitszeit am {name}: Das Ende {clock} liegt nicht nach dem Beginn {clock2}."
                ).format(name=name, clock=clock(block.until), clock2=clock(block.since))
            )
        if before is not None and block.since < before.until:
            raise UserError(
                said(
                    "Arbeitszeit am {name}: {german} überschneidet sich mit {german2} "
                    "oder steht davor."
                ).format(name=name, german=block.german(), german2=before.german())
            )
        before = block


def _check_leaves(name: str, leaves: Iterable[Leave]) -> None:
    for leave in leaves:
        if leave.until < leave.since:
            raise UserError(
                said("{name}: Der letzte Tag {day} liegt vor dem ersten {day2}.").format(
                    name=name, day=day(leave.until), day2=day(leave.since)
                )
            )


def _check_number(name: str, value: Fraction | int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise UserError(
            said("{name}: Bitte eine Zahl zwischen {least} und {most} angeben.").format(
                name=name, least=least, most=most
            )
        )
