"""When does an entry of a calendar repeat? Rules of RFC 5545, within bounds that always hold.

Expanded by `dateutil`, which `recurring-ical-events` builds on as well. That one judges the result
in the tests: with it a large calendar would take minutes, and a rule that never comes true hours.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from dateutil import rrule as dateutil_rrule

from kkd_desktop.domain.language import said, to_say
from kkd_desktop.domain.values import Value

_FREQUENCIES: dict[str, Literal[0, 1, 2, 3, 4, 5, 6]] = {
    "YEARLY": dateutil_rrule.YEARLY,
    "MONTHLY": dateutil_rrule.MONTHLY,
    "WEEKLY": dateutil_rrule.WEEKLY,
    "DAILY": dateutil_rrule.DAILY,
    "HOURLY": dateutil_rrule.HOURLY,
    "MINUTELY": dateutil_rrule.MINUTELY,
    "SECONDLY": dateutil_rrule.SECONDLY,
}
_SECONDS = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}
_DAYS = {"DAILY": 1, "WEEKLY": 7}
_NUMBERS = {
    "BYSECOND": (0, 59),
    "BYMINUTE": (0, 59),
    "BYHOUR": (0, 23),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYMONTH": (1, 12),
    "BYSETPOS": (-366, 366),
}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKDAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?")

MOST_PER_DAY = 24
MOST_WITHIN_DAYS = 1_000
_FIRST_YEAR = 1600
_TOO_OFTEN = to_say("Der Eintrag wiederholt sich zu oft am Tag.")
_STARTS_BETWEEN_CHECKS = 1_000
_LONGEST_TEXT = 4_000
# The calendar repeats after 400 years, weekdays included.
_DAYS_OF_400_YEARS = timedelta(days=146_097)
_LAST_YEAR = 9999


class Rule(Value, frozen=True):
    """A checked rule. `until` as written: a day, a local or, with `until_utc`, a UTC time."""

    frequency: str
    interval: int
    count: int | None
    until: datetime | None
    until_utc: bool
    week_start: int
    parts: tuple[tuple[str, Any], ...]
    """`dateutil`'s words for the BY parts."""


def rule(text: str) -> Rule:
    """Read a rule. ValueError with a sentence where it is none, or one without bounds."""
    if len(text) > _LONGEST_TEXT:
        raise ValueError(said("Die Wiederholungsregel ist zu lang."))
    given = _given(text)
    frequency = given.pop("FREQ", "")
    if frequency not in _FREQUENCIES:
        raise ValueError(said("Der Wiederholungsregel fehlt eine gültige Angabe FREQ."))
    interval = _number(given.pop("INTERVAL", "1"), "INTERVAL", 1, 100_000)
    until, until_utc = _until(given.pop("UNTIL", ""))
    # Some programs write COUNT=-1 for "without end".
    count_text = given.pop("COUNT", "-1")
    count = None if count_text == "-1" else _number(count_text, "COUNT", 0, 2**62)
    _, week_start = _weekday(given.pop("WKST", "MO"))
    parts = tuple(_part(name, value) for name, value in given.items())
    found = Rule(frequency, interval, count, until, until_utc, week_start, parts)
    _require_few_a_day(found)
    return found


def starts(
    rule: Rule, start: datetime, first: datetime, last: datetime, check: Callable[[], object]
) -> Iterator[datetime]:
    """The starts by a rule from `first` to `last`, in order; `check` may raise to stop it.

    All times are naive in the zone of the entry, and `last` is not after the rule's own end. The
    search is moved to the end of all years: `dateutil` looks for a next start until the year 9999,
    and with a rule that never comes true this takes seconds.
    """
    if start.year < _FIRST_YEAR:
        raise ValueError(said("Die Wiederholung beginnt vor dem Jahr 1600."))
    if rule.frequency in _SECONDS and _reach(rule, start, last) > MOST_WITHIN_DAYS:
        raise ValueError(said(_TOO_OFTEN))
    start = _skipped(rule, start, first)
    if start > last:
        return
    ahead = (_LAST_YEAR - last.year) // 400 * _DAYS_OF_400_YEARS
    first, last = first + ahead, last + ahead
    for number, moment in enumerate(_expanded(rule, start + ahead)):
        if number % _STARTS_BETWEEN_CHECKS == 0:
            check()
        if moment > last:
            return
        if moment >= first:
            yield moment - ahead


def _expanded(rule: Rule, start: datetime) -> Iterable[datetime]:
    by: dict[str, Any] = dict(rule.parts)
    try:
        return dateutil_rrule.rrule(
            _FREQUENCIES[rule.frequency],
            dtstart=start,
            interval=rule.interval,
            count=rule.count,
            wkst=rule.week_start,
            **by,
        )
    except (ValueError, TypeError) as fault:
        raise ValueError(said("Die Wiederholungsregel widerspricht sich.")) from fault


def _skipped(rule: Rule, start: datetime, first: datetime) -> datetime:
    """A later start with the same occurrences from `first` on, where that is easy to see."""
    days = _DAYS.get(rule.frequency, 0) * rule.interval
    if not days or rule.count is not None or start >= first:
        return start
    # One round less: a week may begin in the middle of one.
    rounds = max((first - start).days // days - 1, 0)
    return start + timedelta(days=rounds * days)


def _reach(rule: Rule, start: datetime, last: datetime) -> float:
    """How often a rule within the day comes true at most."""
    reach = max((last - start).total_seconds(), 0) / (_SECONDS[rule.frequency] * rule.interval)
    return reach if rule.count is None else min(reach, rule.count)


def _require_few_a_day(rule: Rule) -> None:
    sizes = {name: len(values) for name, values in rule.parts}
    a_day = 1
    for name in ("byhour", "byminute", "bysecond"):
        a_day *= sizes.get(name, 1)
    # With BY parts it is hard to say how often a rule comes true within a day.
    if a_day > MOST_PER_DAY or (rule.parts and rule.frequency in _SECONDS):
        raise ValueError(said(_TOO_OFTEN))


def _given(text: str) -> dict[str, str]:
    given: dict[str, str] = {}
    for part in text.strip().rstrip(";").split(";"):
        name, equals, value = part.strip().upper().partition("=")
        if not equals or name in given:
            raise ValueError(said("Die Wiederholungsregel ist unlesbar."))
        given[name] = value.strip()
    return given


def _part(name: str, value: str) -> tuple[str, tuple[Any, ...]]:
    if name == "BYDAY":
        days = dict.fromkeys(_weekday(each.strip()) for each in value.split(","))
        return "byweekday", tuple(dateutil_rrule.weekday(day, n) for n, day in days)
    if name not in _NUMBERS:
        raise ValueError(
            said("Die Wiederholungsregel hat eine unbekannte Angabe: {name}.").format(
                name=name[:40]
            )
        )
    least, most = _NUMBERS[name]
    numbers = {_number(each.strip(), name, least, most) for each in value.split(",")}
    if least < 0 and 0 in numbers:
        raise ValueError(said("Die Wiederholungsregel hat bei {name} eine Null.").format(name=name))
    return name.lower(), tuple(sorted(numbers))


def _weekday(value: str) -> tuple[int | None, int]:
    found = _WEEKDAY.fullmatch(value)
    if found is None or int(found[1] or 1) == 0:
        raise ValueError(said("Die Wiederholungsregel hat einen unbekannten Wochentag."))
    return int(found[1]) if found[1] else None, _WEEKDAYS.index(found[2])


def _number(value: str, name: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", value) or not least <= int(value) <= most:
        raise ValueError(
            said("Die Wiederholungsregel hat bei {name} keine brauchbare Zahl.").format(name=name)
        )
    return int(value)


def _until(value: str) -> tuple[datetime | None, bool]:
    if not value:
        return None, False
    found = _UNTIL.fullmatch(value)
    if found is None:
        raise ValueError(said("Die Wiederholungsregel hat bei UNTIL kein Datum."))
    try:
        day = date(int(found[1][:4]), int(found[1][4:6]), int(found[1][6:]))
        # A day ends with its last minute: an entry of that day still belongs to it.
        at = time(23, 59, 59)
        if found[2]:
            at = time(int(found[2][:2]), int(found[2][2:4]), min(int(found[2][4:]), 59))
    except ValueError as fault:
        raise ValueError(said("Die Wiederholungsregel hat bei UNTIL kein Datum.")) from fault
    return datetime.combine(day, at), bool(found[3])
