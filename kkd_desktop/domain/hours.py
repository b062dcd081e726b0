"""When does the caseworker have time for talks, and how long does a talk take?

`WorkingHours` is what the settings keep: the week, the lengths, closed days of the office and own
absences. Holidays of the Land are not in here; `workdays` knows them.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from fractions import Fraction

from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.texts import clock, day
from kkd_desktop.domain.values import Value, field

WEEKDAY_KEYS = ("mo", "di", "mi", "do", "fr")
WEEKDAY_NAMES = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag")
LONGEST_TALK = 240
MOST_WEEKLY_HOURS = 60


class Block(Value, frozen=True, order=True):
    """A stretch of one day in which talks may lie, `until` excluded."""

    since: time
    until: time

    def german(self) -> str:
        return f"{clock(self.since)}–{clock(self.until)}"


class Length(Value, frozen=True):
    """Minutes a talk takes from the calendar: the talk itself and what the caseworker needs on it.

    Mönchengladbach names both for the first talk, 45 and 15.
    """

    talk: int
    preparation: int = 0

    @property
    def total(self) -> int:
        return self.talk + self.preparation

    def german(self) -> str:
        """`45 min`, `60 min (45 + 15)`."""
        if not self.preparation:
            return f"{self.total} min"
        return f"{self.total} min ({self.talk} + {self.preparation})"


class Lengths(Value, frozen=True):
    first: Length = Length(45, 15)
    persoenlich: Length = Length(45)
    telefonisch: Length = Length(30)
    video: Length = Length(45)

    def of(self, form: ContactForm, *, first: bool = False) -> Length:
        """How long a talk of this form takes; what is written needs no appointment of its own."""
        if form is ContactForm.TELEFONISCH:
            return self.telefonisch
        if first:
            return self.first
        return self.video if form is ContactForm.VIDEO else self.persoenlich


LENGTH_NAMES = {
    "first": "Erstgespräch",
    "persoenlich": "Folgegespräch",
    "telefonisch": "Telefongespräch",
    "video": "Videogespräch",
}


class Leave(Value, frozen=True, order=True):
    """Days on which nobody is met, both included: an absence, or the office is closed."""

    since: date
    until: date
    reason: str = ""

    def covers(self, when: date) -> bool:
        return self.since <= when <= self.until


def _default_week() -> tuple[tuple[Block, ...], ...]:
    morning, afternoon = Block(time(8), time(12)), Block(time(13), time(16))
    return (*((morning, afternoon),) * 4, (morning,))


class WorkingHours(Value, frozen=True):
    """The hours of one caseworker; `week` holds the blocks of Monday to Friday.

    `step` is the grid on which talks begin, counted from the start of a block.
    """

    week: tuple[tuple[Block, ...], ...] = field(default_factory=_default_week)
    weekly_hours: Fraction = Fraction(39)
    lengths: Lengths = Lengths()
    step: int = 30
    closed: tuple[Leave, ...] = ()
    absences: tuple[Leave, ...] = ()

    def __post_init__(self) -> None:
        if len(self.week) != len(WEEKDAY_NAMES):
            raise ValueError("a week has five working days")
        for name, blocks in zip(WEEKDAY_NAMES, self.week, strict=True):
            _check_blocks(name, blocks)
        _check_number("Wochenstunden", self.weekly_hours, 1, MOST_WEEKLY_HOURS)
        for key, name in LENGTH_NAMES.items():
            length: Length = getattr(self.lengths, key)
            _check_number(f"Dauer {name}", length.talk, 5, LONGEST_TALK)
            _check_number(f"Vor- und Nachbereitung {name}", length.preparation, 0, LONGEST_TALK)
        _check_number("Raster", self.step, 5, LONGEST_TALK)
        for name, leaves in (("Schließtage", self.closed), ("Abwesenheiten", self.absences)):
            for leave in leaves:
                if leave.until < leave.since:
                    raise UserError(
                        f"{name}: Der letzte Tag {day(leave.until)} liegt vor dem ersten "
                        f"{day(leave.since)}."
                    )

    def blocks_on(self, when: date) -> tuple[Block, ...]:
        """The blocks of that weekday, absences and holidays aside; none at a weekend."""
        return self.week[when.weekday()] if when.weekday() < len(self.week) else ()

    def leave_on(self, when: date) -> Leave | None:
        """Why nobody is met on that day, None where the caseworker is there."""
        return next((x for x in (*self.closed, *self.absences) if x.covers(when)), None)

    def as_dict(self) -> dict[str, object]:
        """Plain values that JSON can carry; `from_dict` reads them back."""
        return {
            "week": {
                key: [f"{clock(block.since)}-{clock(block.until)}" for block in blocks]
                for key, blocks in zip(WEEKDAY_KEYS, self.week, strict=True)
            },
            "weekly_hours": str(self.weekly_hours),
            "lengths": {
                key: [getattr(self.lengths, key).talk, getattr(self.lengths, key).preparation]
                for key in LENGTH_NAMES
            },
            "step": self.step,
            "closed": _leaves_as_list(self.closed),
            "absences": _leaves_as_list(self.absences),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> "WorkingHours":
        """Read what `as_dict` wrote. A missing key keeps its default, an unknown one is refused."""
        unknown = sorted(set(data) - _READERS.keys())
        if unknown:
            raise UserError(f"Arbeitszeit: Die Angabe „{unknown[0]}“ ist unbekannt.")
        values = {key: _READERS[key](value) for key, value in data.items()}
        return cls(**values)  # type: ignore[arg-type]


def _check_blocks(name: str, blocks: Iterable[Block]) -> None:
    before: Block | None = None
    for block in blocks:
        if block.until <= block.since:
            raise UserError(
                f"Arbeitszeit am {name}: Das Ende {clock(block.until)} liegt nicht nach dem "
                f"Beginn {clock(block.since)}."
            )
        if before is not None and block.since < before.until:
            raise UserError(
                f"Arbeitszeit am {name}: {block.german()} überschneidet sich mit "
                f"{before.german()} oder steht davor."
            )
        before = block


def _check_number(name: str, value: Fraction | int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise UserError(f"{name}: Bitte eine Zahl zwischen {least} und {most} angeben.")


def _leaves_as_list(leaves: Iterable[Leave]) -> list[dict[str, str]]:
    return [
        {"since": x.since.isoformat(), "until": x.until.isoformat(), "reason": x.reason}
        for x in leaves
    ]


_BLOCK = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


def parse_block(name: str, text: object) -> Block:
    """`08:00-12:00` or `8:00–12:00` as people type it; `name` is the field an error speaks of."""
    found = _BLOCK.fullmatch(text.strip()) if isinstance(text, str) else None
    try:
        if found is None:
            raise ValueError
        hour, minute, end_hour, end_minute = (int(part) for part in found.groups())
        return Block(time(hour, minute), time(end_hour, end_minute))
    except ValueError:
        raise UserError(
            f"{name}: „{text}“ ist keine Zeitspanne. Bitte wie 08:00-12:00 angeben."
        ) from None


def _week(value: object) -> tuple[tuple[Block, ...], ...]:
    table = _mapping("Arbeitszeit", value)
    unknown = sorted(set(table) - set(WEEKDAY_KEYS))
    if unknown:
        raise UserError(
            f"Arbeitszeit: „{unknown[0]}“ ist kein Arbeitstag. Möglich sind mo, di, mi, do und fr."
        )
    return tuple(
        tuple(
            parse_block(f"Arbeitszeit am {name}", text)
            for text in _sequence(f"Arbeitszeit am {name}", table.get(key, []))
        )
        for key, name in zip(WEEKDAY_KEYS, WEEKDAY_NAMES, strict=True)
    )


def _weekly_hours(value: object) -> Fraction:
    try:
        if isinstance(value, bool):
            raise ValueError
        return Fraction(str(value).strip().replace(",", "."))
    except (ValueError, ZeroDivisionError):
        raise UserError(f"Wochenstunden: „{value}“ ist keine Zahl.") from None


def _lengths(value: object) -> Lengths:
    table = _mapping("Dauer", value)
    unknown = sorted(set(table) - LENGTH_NAMES.keys())
    if unknown:
        raise UserError(f"Dauer: Die Gesprächsart „{unknown[0]}“ ist unbekannt.")
    return Lengths(**{key: _length(LENGTH_NAMES[key], item) for key, item in table.items()})


def _length(name: str, value: object) -> Length:
    numbers = [_minutes(f"Dauer {name}", item) for item in _sequence(f"Dauer {name}", value)]
    if len(numbers) not in (1, 2):
        raise UserError(f"Dauer {name}: Bitte Gespräch und Vor- und Nachbereitung angeben.")
    return Length(*numbers)


def _minutes(name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise UserError(f"{name}: „{value}“ ist keine ganze Zahl von Minuten.")
    return value


def _step(value: object) -> int:
    return _minutes("Raster", value)


def _closed(value: object) -> tuple[Leave, ...]:
    return _leaves("Schließtage", value)


def _absences(value: object) -> tuple[Leave, ...]:
    return _leaves("Abwesenheiten", value)


def _leaves(name: str, value: object) -> tuple[Leave, ...]:
    return tuple(sorted(_leave(name, item) for item in _sequence(name, value)))


def _leave(name: str, value: object) -> Leave:
    table = _mapping(name, value)
    since = _day(name, table.get("since"))
    until = _day(name, table.get("until", table.get("since")))
    return Leave(since, until, str(table.get("reason", "")))


def _day(name: str, value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise UserError(f"{name}: „{value}“ ist kein Tag. Bitte wie 2026-12-24 angeben.") from None


def _mapping(name: str, value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise UserError(f"{name}: Die Angabe „{value}“ hat nicht die erwartete Form.")
    return value


def _sequence(name: str, value: object) -> list[object]:
    if not isinstance(value, list | tuple):
        raise UserError(f"{name}: Die Angabe „{value}“ hat nicht die erwartete Form.")
    return list(value)


_READERS = {
    "week": _week,
    "weekly_hours": _weekly_hours,
    "lengths": _lengths,
    "step": _step,
    "closed": _closed,
    "absences": _absences,
}
