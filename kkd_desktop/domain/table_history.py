"""How does a whole history stand in one cell, and come out of it again?"""

import json
from collections.abc import Iterable
from datetime import date

from kkd_desktop.domain.client import Deviation
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import Facts, FactValue, Period, Timeline
from kkd_desktop.domain.health_facts import require_yes_or_no
from kkd_desktop.domain.language import said
from kkd_desktop.domain.plain_text import line
from kkd_desktop.domain.written_days import FIRST_DAY, LAST_DAY


class _OtherForm(UserError):
    def __init__(self) -> None:
        super().__init__(
            said("Hier steht, was der Export schrieb: eine Liste in JSON, unverändert.")
        )


def facts_text(facts: Facts) -> str:
    """`{"profile": [["markt", "2026-03-01", null]]}`: value, from, until."""
    found = {
        name: [[_out(p.value), _day_out(p.since), _day_out(p.until)] for p in timeline.periods]
        for name in sorted(facts.names())
        if (timeline := facts.timeline(name)) is not None
    }
    return json.dumps(found, ensure_ascii=False) if found else ""


def facts_of_text(text: str) -> Facts:
    """What `facts_text` wrote. UserError where it is none."""
    found = _parsed(text)
    if not isinstance(found, dict):
        raise _OtherForm
    return Facts({_name(name): _timeline(name, periods) for name, periods in found.items()})


def exceptions_text(exceptions: Iterable[Deviation]) -> str:
    found = [
        [each.reason, _day_out(each.since), _day_out(each.until), each.kind] for each in exceptions
    ]
    return json.dumps(found, ensure_ascii=False) if found else ""


def exceptions_of_text(text: str) -> tuple[Deviation, ...]:
    found = _parsed(text)
    if not isinstance(found, list):
        raise _OtherForm
    return tuple(_exception(each) for each in found)


def _exception(entry: object) -> Deviation:
    if not isinstance(entry, list) or len(entry) != 4:
        raise _OtherForm
    reason, since, until, kind = entry
    if not isinstance(reason, str) or not (kind is None or isinstance(kind, str)):
        raise _OtherForm
    first, last = _ordered(since, until)
    if last is None and not kind:
        raise UserError(said("Eine Ausnahme hat kein Ende."))
    label = said("Grund der Ausnahme")
    return Deviation(
        line(reason, label, required=True), last, first, line(kind or "", label) or None
    )


def _name(name: str) -> str:
    return line(name, said("Merkmal"), required=True)


def _timeline(name: str, entries: object) -> Timeline:
    if not isinstance(entries, list) or not entries:
        raise _OtherForm
    periods = [_period(each) for each in entries]
    if len({period.since for period in periods}) != len(periods):
        raise UserError(said("Ein Merkmal beginnt zweimal am selben Tag."))
    for period in periods:
        require_yes_or_no(name, period.value)
    return Timeline(periods)


def _period(entry: object) -> Period:
    if not isinstance(entry, list) or len(entry) != 3:
        raise _OtherForm
    value, since, until = entry
    return Period(_in(value), *_ordered(since, until))


def _ordered(since: object, until: object) -> tuple[date | None, date | None]:
    first, last = _day_in(since), _day_in(until)
    if first is not None and last is not None and last < first:
        raise UserError(said("Ein Zeitraum endet vor seinem Beginn."))
    return first, last


def _out(value: FactValue) -> object:
    return {"date": value.isoformat()} if isinstance(value, date) else value


def _in(value: object) -> FactValue:
    if isinstance(value, dict) and set(value) == {"date"}:
        return _day_in(value["date"])
    if isinstance(value, str):
        return line(value, said("Merkmal"))
    if value is None or isinstance(value, bool | int | float):
        return value
    raise _OtherForm


def _day_out(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day_in(text: object) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(str(text))
    except ValueError:
        raise _OtherForm from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise UserError(said("Ein Tag liegt nicht zwischen 1900 und 2199."))
    return day


def _no_constant(text: str) -> object:
    raise _OtherForm


def _parsed(text: str) -> object:
    try:
        found: object = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise _OtherForm from None
    return found
