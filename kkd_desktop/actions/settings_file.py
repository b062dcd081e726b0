"""Which settings can be read and changed outside the window, as plain values that JSON carries?"""

from collections.abc import Callable, Mapping
from typing import Any

from kkd_desktop.actions import requests
from kkd_desktop.actions.context import Context
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.hours import WorkingHours
from kkd_desktop.domain.hours_text import hours_as_dict, hours_of_dict

_LINES = (
    *("office", "caseworker", "mailbox", "street", "postcode", "city"),
    *("phone", "reference", "room"),
)


def plain_settings(context: Context) -> dict[str, object]:
    """The settings by their keys; `change_plain_settings` takes each of them back."""
    settings = context.settings
    found = {key: getattr(settings, key) for key in (*_LINES, *_READERS)}
    return {**found, "rooms": list(settings.rooms), "hours": hours_as_dict(settings.hours)}


def change_plain_settings(context: Context, given: Any) -> None:
    """Change the settings that are named, all of them or none. Of `hours` too, only what is named
    changes.
    """
    changes = requests.mapping(given, "Einstellungen")
    known = (*_LINES, *_READERS, "hours")
    requests.refuse_near_misses(changes, known, "Einstellungen")
    unknown = sorted(set(changes) - set(known))
    if unknown:
        raise UserError(f"Einstellungen: „{unknown[0]}“ gibt es nicht ({', '.join(known)}).")
    read: dict[str, object] = {
        key: _READERS.get(key, _line)(value, key)
        for key, value in changes.items()
        if key != "hours"
    }
    if "hours" in changes:
        read["hours"] = _hours(context.settings.hours, requests.mapping(changes["hours"], "hours"))
    context.change_settings(**read)


def _hours(known: WorkingHours, given: Mapping[str, Any]) -> WorkingHours:
    kept = hours_as_dict(known)
    if "week" in given:
        del kept["weeks"]
    return hours_of_dict({**kept, **given})


def _line(value: Any, key: str) -> str:
    if not isinstance(value, str):
        raise UserError(f"{key}: „{value}“ ist kein Text.")
    return value


def _optional_line(value: Any, key: str) -> str | None:
    return None if value is None else _line(value, key)


def _rooms(value: Any, key: str) -> tuple[str, ...]:
    return tuple(_line(each, key) for each in requests.sequence(value, key))


_READERS: dict[str, Callable[[Any, str], object]] = {
    "rooms": _rooms,
    "land": _optional_line,
    "role": _optional_line,
    "usual_purpose": _optional_line,
    "post_margin_days": requests.whole,
    "retention_months": requests.whole,
}
