"""What time is it here when it is a time there? Zones as calendar programs name them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from io import StringIO
from zoneinfo import ZoneInfo, available_timezones

from kkd_desktop.domain.language import said
from kkd_desktop.exchange.calendar_lines import CalendarFault, Component
from kkd_desktop.exchange.local_time import BERLIN

_MOST_CHANGES = 500
_NIGHT_OF_CHANGE = range(1, 4)
_DAY = timedelta(days=1)


def here(moment: datetime, zone: tzinfo | None) -> datetime:
    """The naive local time in Germany of a naive time in a zone; without one it is local already.

    A time that a spring night leaves out is the one after it, as RFC 5545 has it.
    """
    if zone is None or (zone is BERLIN and moment.hour not in _NIGHT_OF_CHANGE):
        return moment
    return moment.replace(tzinfo=zone).astimezone(UTC).astimezone(BERLIN).replace(tzinfo=None)


def there(moment: datetime, zone: tzinfo | None) -> datetime:
    """The naive time in a zone of a naive local time in Germany."""
    if zone is None or zone is BERLIN:
        return moment
    return moment.replace(tzinfo=BERLIN).astimezone(zone).replace(tzinfo=None)


class Zones:
    """The zones of one file: by the names everybody knows, else as the file describes them."""

    def __init__(self, described: Sequence[Component]) -> None:
        self._described: dict[str, Component] = {}
        for each in described:
            if (tzid := each.first("TZID")) is not None:
                self._described.setdefault(tzid.value.strip(), each)
        self._known: dict[str, tzinfo | None] = {}
        self.unknown: set[str] = set()
        """What neither the file nor the world knows; such times are taken as local."""

    def find(self, name: str) -> tzinfo | None:
        name = name.strip()
        if name not in self._known:
            self._known[name] = self._look_up(name)
        return self._known[name]

    def _look_up(self, name: str) -> tzinfo | None:
        known = _of_the_world(name)
        if known is not None:
            return known
        if name in self._described:
            return _described_zone(self._described[name])
        self.unknown.add(name)
        return None


def _of_the_world(name: str) -> tzinfo | None:
    if name.upper() in ("UTC", "Z", "GMT", "TZONE://MICROSOFT/UTC"):
        return UTC
    names, windows = _world(), _windows_names()
    # `/freeassociation.sourceforge.net/Europe/Berlin`: Evolution, Mozilla and others go before it.
    parts = name.split("/")
    candidates = [name, *("/".join(parts[-length:]) for length in (3, 2) if len(parts) > length)]
    for candidate in candidates:
        found = names.get(candidate.lower()) or windows.get(candidate.lower())
        if found is not None:
            return BERLIN if found == BERLIN.key else ZoneInfo(found)
    return None


@cache
def _world() -> Mapping[str, str]:
    return {name.lower(): name for name in available_timezones()}


@cache
def _windows_names() -> Mapping[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return {name.lower(): zone for name, zone in WINDOWS_TO_OLSON.items()}


def _described_zone(zone: Component) -> tzinfo:
    """A VTIMEZONE as the file describes it, by its rules."""
    from dateutil.tz import tzical

    try:
        found = tzical(StringIO(_checked_text(zone))).get()
    except (ValueError, KeyError, IndexError, OverflowError, AttributeError, TypeError) as fault:
        raise CalendarFault(
            said("Diese Zeitzone ist unlesbar beschrieben."), zone.number
        ) from fault
    assert found is not None, "one went in"
    return _ByDay(found, zone.number)


def _checked_text(zone: Component) -> str:
    """The description anew, of what matters alone. Clocks change by year or on single days; any
    other rule is none, and may never end.
    """
    lines = ["BEGIN:VTIMEZONE", "TZID:zone"]
    changes = [part for part in zone.parts if part.name in ("STANDARD", "DAYLIGHT")]
    for part in changes:
        lines.append(f"BEGIN:{part.name}")
        for name in ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE"):
            if (line := part.first(name)) is None:
                continue
            rule = line.value.upper()
            if name == "RRULE" and ("FREQ=YEARLY" not in rule or "BYSECOND" in rule):
                raise CalendarFault(
                    said("Eine Zeitzone stellt die Uhr nicht jährlich um."), line.number
                )
            lines.append(f"{name}:{line.value.strip()}")
        # The day of a change, written out; each needs a part of its own to be understood.
        lines.extend(f"RDATE:{line.value.strip()}" for line in part.lines.get("RDATE", ()))
        lines.append(f"END:{part.name}")
    if not changes or len(lines) > _MOST_CHANGES * 5 or max(map(len, lines)) > 20_000:
        raise CalendarFault(said("Diese Zeitzone ist unlesbar beschrieben."), zone.number)
    return "\n".join([*lines, "END:VTIMEZONE", ""])


class _ByDay(tzinfo):
    """Asks a described zone once per day: its rules go back to 1601 and are searched each time."""

    def __init__(self, zone: tzinfo, number: int) -> None:
        self._zone = zone
        self._number = number
        self._days: dict[datetime, timedelta | None] = {}

    def utcoffset(self, moment: datetime | None) -> timedelta:
        assert moment is not None, "asked for a moment only"
        day = datetime(moment.year, moment.month, moment.day)
        if day not in self._days:
            since, until = self._ask(day), self._ask(day + _DAY)
            self._days[day] = since if since == until else None
        found = self._days[day]
        return self._ask(moment.replace(tzinfo=None)) if found is None else found

    def _ask(self, moment: datetime) -> timedelta:
        try:
            found = self._zone.utcoffset(moment.replace(tzinfo=self._zone))
        except (ValueError, OverflowError, TypeError) as fault:
            raise CalendarFault(
                said("Diese Zeitzone ist unlesbar beschrieben."), self._number
            ) from fault
        return timedelta(0) if found is None else found

    def dst(self, moment: datetime | None) -> timedelta | None:
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return None

    def fromutc(self, moment: datetime) -> datetime:
        """Only asked for the ends of periods and rules, hardly ever in the night of a change."""
        return moment + self.utcoffset(moment)
