"""How do the settings write down working hours, and how do people type them?"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from fractions import Fraction

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.hours import WEEKDAY_NAMES, Block, Leave, Week, WorkingHours
from kkd_desktop.domain.language import said
from kkd_desktop.domain.lengths import LENGTH_NAMES, Length, Lengths
from kkd_desktop.domain.texts import clock, weekday

WEEKDAY_KEYS = ("mo", "di", "mi", "do", "fr")


def hours_as_dict(hours: WorkingHours) -> dict[str, object]:
    """Plain values that JSON can carry; `hours_of_dict` reads them back."""
    return {
        "weeks": [_week_as_dict(week) for week in hours.weeks],
        "anchor": hours.anchor.isoformat(),
        "weekly_hours": str(hours.weekly_hours),
        "lengths": {
            key: [getattr(hours.lengths, key).talk, getattr(hours.lengths, key).preparation]
            for key in LENGTH_NAMES
        },
        "step": hours.step,
        "closed": _leaves_as_list(hours.closed),
        "absences": _leaves_as_list(hours.absences),
    }


def hours_of_dict(data: Mapping[str, object]) -> WorkingHours:
    """Read what `hours_as_dict` wrote. A missing key keeps its default, an unknown one is refused.

    A single `week`, as it was written before weeks could take turns, is read too.
    """
    given = dict(data)
    if "week" in given and "weeks" not in given:
        given["weeks"] = [given.pop("week")]
    unknown = sorted(set(given) - _READERS.keys())
    if unknown:
        raise UserError(
            said("Arbeitszeit: Die Angabe „{unknown}“ ist unbekannt.").format(unknown=unknown[0])
        )
    values = {key: _READERS[key](value) for key, value in given.items()}
    return WorkingHours(**values)  # type: ignore[arg-type]


def _week_as_dict(week: Week) -> dict[str, list[str]]:
    return {
        key: [f"{clock(block.since)}-{clock(block.until)}" for block in blocks]
        for key, blocks in zip(WEEKDAY_KEYS, week, strict=True)
    }


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
            said("{name}: „{text}“ ist keine Zeitspanne. Bitte wie 08:00-12:00 angeben.").format(
                name=name, text=text
            )
        ) from None


def parse_blocks(name: str, text: str) -> tuple[Block, ...]:
    """`08:00-12:00, 13:00-16:00`; nothing where nothing is typed."""
    return tuple(parse_block(name, part) for part in text.split(",") if part.strip())


def blocks_in_words(blocks: Iterable[Block]) -> str:
    """`08:00–12:00, 13:00–16:00`."""
    return ", ".join(block.german() for block in blocks)


def week_in_words(week: Week) -> str:
    """`Mo–Do 08:00–12:00, 13:00–16:00 · Fr frei`: days alike that follow each other are one."""
    runs: list[tuple[int, int]] = []
    for place, blocks in enumerate(week):
        if runs and week[runs[-1][0]] == blocks:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return " · ".join(
        f"{_days(first, last)} {blocks_in_words(week[first]) or said('frei')}"
        for first, last in runs
    )


def _days(first: int, last: int) -> str:
    return weekday(first) if first == last else f"{weekday(first)}–{weekday(last)}"


def _week(value: object) -> Week:
    table = _mapping(said("Arbeitszeit"), value)
    unknown = sorted(set(table) - set(WEEKDAY_KEYS))
    if unknown:
        raise UserError(
            said(
                "Arbeitszeit: „{unknown}“ ist kein Arbeitstag. Möglich sind mo, di, mi, do und fr."
            ).format(unknown=unknown[0])
        )
    return tuple(
        tuple(
            parse_block(said("Arbeitszeit am {name}").format(name=said(name)), text)
            for text in _sequence(
                said("Arbeitszeit am {name}").format(name=said(name)), table.get(key, [])
            )
        )
        for key, name in zip(WEEKDAY_KEYS, WEEKDAY_NAMES, strict=True)
    )


def _weeks(value: object) -> tuple[Week, ...]:
    return tuple(map(_week, _sequence(said("Arbeitszeit"), value)))


def _anchor(value: object) -> date:
    return _day(said("Arbeitszeit, erste Woche"), value)


def _weekly_hours(value: object) -> Fraction:
    try:
        if isinstance(value, bool):
            raise ValueError
        return Fraction(str(value).strip().replace(",", "."))
    except (ValueError, ZeroDivisionError):
        raise UserError(
            said("Wochenstunden: „{value}“ ist keine Zahl.").format(value=value)
        ) from None


def _lengths(value: object) -> Lengths:
    table = _mapping(said("Dauer"), value)
    unknown = sorted(set(table) - LENGTH_NAMES.keys())
    if unknown:
        raise UserError(
            said("Dauer: Die Gesprächsart „{unknown}“ ist unbekannt.").format(unknown=unknown[0])
        )
    return Lengths(**{key: _length(LENGTH_NAMES[key], item) for key, item in table.items()})


def _length(name: str, value: object) -> Length:
    numbers = [
        _minutes(said("Dauer {name}").format(name=name), item)
        for item in _sequence(said("Dauer {name}").format(name=name), value)
    ]
    if len(numbers) not in (1, 2):
        raise UserError(
            said("Dauer {name}: Bitte Gespräch und Vor- und Nachbereitung angeben.").format(
                name=name
            )
        )
    return Length(*numbers)


def _minutes(name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise UserError(
            said("{name}: „{value}“ ist keine ganze Zahl von Minuten.").format(
                name=name, value=value
            )
        )
    return value


def _step(value: object) -> int:
    return _minutes(said("Raster"), value)


def _closed(value: object) -> tuple[Leave, ...]:
    return _leaves(said("Schließtage"), value)


def _absences(value: object) -> tuple[Leave, ...]:
    return _leaves(said("Abwesenheiten"), value)


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
        raise UserError(
            said("{name}: „{value}“ ist kein Tag. Bitte wie 2026-12-24 angeben.").format(
                name=name, value=value
            )
        ) from None


def _mapping(name: str, value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise UserError(
            said("{name}: Die Angabe „{value}“ hat nicht die erwartete Form.").format(
                name=name, value=value
            )
        )
    return value


def _sequence(name: str, value: object) -> list[object]:
    if not isinstance(value, list | tuple):
        raise UserError(
            said("{name}: Die Angabe „{value}“ hat nicht die erwartete Form.").format(
                name=name, value=value
            )
        )
    return list(value)


_READERS = {
    "weeks": _weeks,
    "anchor": _anchor,
    "weekly_hours": _weekly_hours,
    "lengths": _lengths,
    "step": _step,
    "closed": _closed,
    "absences": _absences,
}
