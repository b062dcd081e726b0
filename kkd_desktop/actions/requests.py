"""How does a question arrive as JSON? Strict on values, and every fault names its key."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache, partial
from math import isfinite
from typing import Any, TypeVar

from kkd_desktop.domain import texts
from kkd_desktop.domain.client import Deviation, Subject
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, ContactNotes, NoteType
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import Facts, FactValue, Period, Timeline

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MINUTE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?")
_DATES = ("birth_date", "registered", "einv_start", "einv_end", "planned_next")
_CLOSED: dict[str, Mapping[str, str]] = {"profile": texts.PROFILLAGEN, "status": texts.STATUS}
_NONE = (None, "", "none", "keine")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_MOST = 10_000

Choice = TypeVar("Choice", bound=StrEnum)
Value = TypeVar("Value")


def mapping(value: Any, key: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise UserError(f"{key}: hier wird ein Objekt mit Schlüsseln erwartet.")
    return value


def refuse_near_misses(given: Mapping[str, Any], known: Sequence[str], key: str) -> None:
    """Refuse a misspelt key. Others stay allowed: programs may add keys of their own."""
    absent = tuple(name for name in known if name not in given)
    for name in given:
        if name not in known and (meant := _meant(name, absent)):
            raise UserError(
                f"{key}.{name}: dieser Schlüssel ist unbekannt; gemeint ist wohl „{meant}“."
            )


@lru_cache(maxsize=1024)
def _meant(name: str, absent: tuple[str, ...]) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name.lower(), absent, n=1, cutoff=0.8)), None)


def sequence(value: Any, key: str) -> Sequence[Any]:
    if not isinstance(value, list):
        raise UserError(f"{key}: hier wird eine Liste erwartet.")
    return value


def day(value: Any, key: str) -> date:
    """A day as `JJJJ-MM-TT`, in years that spans can be added to."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return _in_reach(date.fromisoformat(value), key)
        except ValueError:
            pass
    raise UserError(f"{key}: „{value}“ ist kein Tag der Form JJJJ-MM-TT.")


def _in_reach(found: date, key: str) -> date:
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise UserError(
            f"{key}: {texts.day(found)} liegt außerhalb der Jahre {_FIRST_YEAR} bis {_LAST_YEAR}."
        )
    return found


def number(value: Any, key: str) -> Fraction:
    """A number from 0 up to what no working week reaches, exact: 38.5 stays 77/2."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _MOST:
        return Fraction(str(value))
    raise UserError(f"{key}: hier wird eine Zahl von 0 bis {_MOST} erwartet.")


def whole(value: Any, key: str) -> int:
    found = number(value, key)
    if found.denominator != 1:
        raise UserError(f"{key}: „{value}“ ist keine ganze Zahl.")
    return found.numerator


def choice(kind: type[Choice], value: Any, key: str) -> Choice:
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(member.value for member in kind)
        raise UserError(f"{key}: „{value}“ ist unbekannt (möglich: {known}).") from None


def flag(value: Any, key: str) -> bool:
    if isinstance(value, bool):
        return value
    raise UserError(f"{key}: hier wird true oder false erwartet, nicht „{value}“.")


def _optional(
    read: Callable[[Any, str], Value], given: Mapping[str, Any], name: str, key: str, other: Value
) -> Value:
    """What stands under a name; null is the same as not given."""
    value = given.get(name)
    return other if value is None else read(value, f"{key}.{name}")


def subject(value: Any, today: date, key: str = "client") -> Subject:
    """The client of a question. Keys that are not given are unknown."""
    given = mapping(value, key)
    dates = {name: _dated(given.get(name), today, f"{key}.{name}") for name in _DATES}
    _in_order(dates, "einv_start", "einv_end", key)
    if dates["birth_date"] is not None and dates["birth_date"] > today:
        raise UserError(f"{key}.birth_date: der Tag liegt in der Zukunft.")
    timelines = {
        name: _timeline(name, raw, f"{key}.{name}")
        for name, raw in given.items()
        if name not in (*_DATES, "flags", "exception")
    }
    no_flags: Mapping[str, Any] = {}
    for name, raw in _optional(mapping, given, "flags", key, no_flags).items():
        timelines[name] = _flag_timeline(raw, f"{key}.flags.{name}")
    return Subject(
        **dates,
        facts=Facts(timelines),
        deviation=_deviation(given.get("exception"), f"{key}.exception"),
    )


def contacts(value: Any, key: str = "contacts") -> list[Contact]:
    """The contacts of a question; null is the same as none."""
    given = [] if value is None else sequence(value, key)
    return [contact(raw, f"{key}[{index}]") for index, raw in enumerate(given)]


def _in_order(dates: Mapping[str, date | None], first: str, last: str, key: str) -> None:
    begin, end = dates[first], dates[last]
    if begin is not None and end is not None and end < begin:
        raise UserError(f"{key}.{last}: das Ende liegt vor dem Beginn ({first}).")


def _dated(value: Any, today: date, key: str) -> date | None:
    """A date of the case, or what its history says for today."""
    if isinstance(value, list):
        found = _periods(value, key, lambda raw, at: None if raw is None else day(raw, at)).at(
            today
        )
        return found if isinstance(found, date) else None
    return None if value is None else day(value, key)


def _timeline(name: str, value: Any, key: str) -> Timeline:
    if isinstance(value, list):
        return _periods(value, key, lambda raw, at: _fact(name, raw, at))
    return Timeline.always(_fact(name, value, key))


def _flag_timeline(value: Any, key: str) -> Timeline:
    if isinstance(value, dict):
        since, until = _bounds(value, key)
        shown = value.get("value", True)
        return Timeline((Period(flag(shown, f"{key}.value"), since, until),))
    if isinstance(value, list):
        return _periods(value, key, flag)
    return Timeline.always(None if value is None else flag(value, key))


def _periods(value: Sequence[Any], key: str, read: Any) -> Timeline:
    periods = []
    for index, raw in enumerate(value):
        at = f"{key}[{index}]"
        given = mapping(raw, at)
        since, until = _bounds(given, at)
        if "value" not in given:
            raise UserError(f"{at}.value: der Wert fehlt.")
        periods.append(Period(read(given["value"], f"{at}.value"), since, until))
    return Timeline(periods)


def _bounds(given: Mapping[str, Any], key: str) -> tuple[date | None, date | None]:
    since = None if given.get("from") is None else day(given["from"], f"{key}.from")
    until = None if given.get("until") is None else day(given["until"], f"{key}.until")
    if since is not None and until is not None and until < since:
        raise UserError(f"{key}.until: das Ende liegt vor dem Beginn.")
    return since, until


def _fact(name: str, value: Any, key: str) -> FactValue:
    if value in _NONE:
        return None
    if isinstance(value, bool | str | int) or (isinstance(value, float) and isfinite(value)):
        known = _CLOSED.get(name)
        if known is not None and value not in known:
            raise UserError(f"{key}: „{value}“ ist unbekannt (möglich: {', '.join(known)}).")
        return value
    raise UserError(f"{key}: hier wird ein einfacher Wert oder sein Verlauf erwartet.")


def _deviation(value: Any, key: str) -> Deviation | None:
    """An exception always has a reason and an end (reading R15): a day, or that of its kind."""
    if value is None:
        return None
    given = mapping(value, key)
    reason = given.get("reason")
    if not isinstance(reason, str) or not reason.strip():
        raise UserError(f"{key}.reason: eine Ausnahme braucht einen Grund.")
    kind = text(given.get("kind"), f"{key}.kind")
    until, since = given.get("until"), given.get("from")
    if until is None and not kind:
        raise UserError(f"{key}.until: eine Ausnahme braucht ein Ende.")
    return Deviation(
        reason.strip(),
        None if until is None else day(until, f"{key}.until"),
        None if since is None else day(since, f"{key}.from"),
        kind or None,
    )


def contact(value: Any, key: str) -> Contact:
    """One contact. The words of its `phone_reason` are left out; they decide nothing."""
    given = mapping(value, key)
    refuse_near_misses(given, CONTACT_KEYS, key)
    if "date" not in given:
        raise UserError(f"{key}.date: der Tag des Kontakts fehlt.")
    held, at = moment(given["date"], f"{key}.date")
    reason = given.get("phone_reason")
    if reason is not None and not isinstance(reason, str | bool):
        raise UserError(f"{key}.phone_reason: hier wird der Grund als Text erwartet.")
    kind = ContactKind(
        form=_optional(_form, given, "form", key, ContactForm.PERSOENLICH),
        note_type=_optional(_note_type, given, "note_type", key, NoteType.BERATUNGSVERMERK),
        attended=_optional(flag, given, "attended", key, True),
        qualified=_optional(flag, given, "qualified", key, True),
        first=_optional(flag, given, "first", key, False),
        phone_reason=bool(reason.strip() if isinstance(reason, str) else reason),
    )
    notes = ContactNotes(*(text(given.get(name), f"{key}.{name}") for name in _NOTES))
    return Contact(held, kind, at.time() if at else None, notes)


_NOTES = ("content", "goal", "means")
CONTACT_KEYS = (
    "date",
    "form",
    "note_type",
    "attended",
    "qualified",
    "first",
    "phone_reason",
    *_NOTES,
)
_form = partial(choice, ContactForm)
_note_type = partial(choice, NoteType)


def text(value: Any, key: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise UserError(f"{key}: hier wird ein Text erwartet.")


def moment(value: Any, key: str) -> tuple[date, datetime | None]:
    """A day, with its time where one is given: `2026-11-24T09:00`."""
    if isinstance(value, str) and _MINUTE.fullmatch(value):
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            raise UserError(f"{key}: „{value}“ ist kein Zeitpunkt.") from None
        return _in_reach(at.date(), key), at
    return day(value, key), None
