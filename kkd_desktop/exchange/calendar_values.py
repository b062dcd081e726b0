"""What do the days, times, lengths and periods of a calendar file say?"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

from kkd_desktop.domain.language import said
from kkd_desktop.exchange.calendar_lines import CalendarFault, Line
from kkd_desktop.exchange.calendar_zones import Zones, here

_MOMENT = re.compile(
    r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?", re.IGNORECASE
)
_DURATION = re.compile(
    r"([+-]?)P(?:([0-9]+)W)?(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)S)?)?",
    re.IGNORECASE,
)
_LONGEST_DURATION = 200


class Point(NamedTuple):
    """A naive time in its zone, None for local time; or a day, as its midnight."""

    naive: datetime
    zone: tzinfo | None
    is_day: bool

    def here(self) -> datetime:
        return here(self.naive, self.zone)

    def utc(self) -> datetime:
        from kkd_desktop.exchange.local_time import BERLIN

        return self.naive.replace(tzinfo=self.zone or BERLIN).astimezone(UTC)

    def at(self, naive: datetime) -> "Point":
        """Another time of the same kind in the same zone."""
        return Point(naive, self.zone, self.is_day)


class Period(NamedTuple):
    start: Point
    length: timedelta


def point(line: Line, zones: Zones) -> Point:
    return _point(line.value.strip(), line, zones)


def points(line: Line, zones: Zones) -> list[Point]:
    return [_point(each.strip(), line, zones) for each in _listed(line)]


def periods(line: Line, zones: Zones) -> list[Period]:
    """Each as start and end, or start and length."""
    return [_period(each, line, zones) for each in _listed(line)]


def duration(line: Line) -> timedelta:
    return _duration(line.value.strip(), line)


def _listed(line: Line) -> Iterator[str]:
    return (each for each in line.value.split(",") if each.strip())


def _period(value: str, line: Line, zones: Zones) -> Period:
    since, slash, until = value.strip().partition("/")
    if not slash:
        raise CalendarFault(said("Hier müsste ein Zeitraum stehen."), line.number)
    start = _point(since, line, zones)
    if until[:1].upper() in ("P", "+", "-"):
        return Period(start, _duration(until, line))
    end = _point(until, line, zones)
    if start.zone is end.zone:
        return Period(start, end.naive - start.naive)
    return Period(start, end.utc() - start.utc())


def _point(value: str, line: Line, zones: Zones) -> Point:
    found = _MOMENT.fullmatch(value)
    if found is None:
        raise CalendarFault(said("Hier müsste ein Datum stehen."), line.number)
    year, month, day, hour, minute, second, utc = found.groups()
    try:
        if hour is None:
            return Point(datetime(int(year), int(month), int(day)), None, True)
        # A leap second is the last one of its minute here.
        naive = datetime(
            int(year), int(month), int(day), int(hour), int(minute), min(int(second), 59)
        )
    except ValueError as fault:
        raise CalendarFault(said("Dieses Datum gibt es nicht."), line.number) from fault
    return Point(naive, _zone(bool(utc), line, zones), False)


def _zone(utc: bool, line: Line, zones: Zones) -> tzinfo | None:
    if utc:
        return UTC
    name = line.parameters.get("TZID")
    return zones.find(name) if name else None


def _duration(value: str, line: Line) -> timedelta:
    found = _DURATION.fullmatch(value) if len(value) <= _LONGEST_DURATION else None
    if found is None or not any(found.groups()[1:]):
        raise CalendarFault(said("Hier müsste eine Dauer stehen."), line.number)
    sign, weeks, days, hours, minutes, seconds = found.groups()
    try:
        length = timedelta(
            weeks=int(weeks or 0),
            days=int(days or 0),
            hours=int(hours or 0),
            minutes=int(minutes or 0),
            seconds=int(seconds or 0),
        )
    except OverflowError as fault:
        raise CalendarFault(said("Diese Dauer ist zu lang."), line.number) from fault
    return -length if sign == "-" else length
