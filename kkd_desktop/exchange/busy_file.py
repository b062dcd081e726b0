"""When is somebody taken, according to a calendar file? iCalendar (RFC 5545) → busy times.

Of the entries only start, end and state are kept, and titles where the user wants them.
"""

import time
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import chain
from typing import NamedTuple

from kkd_desktop.domain.busy_time import BusyState, BusyTime
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.domain.plain_text import LINE_LENGTH
from kkd_desktop.domain.values import Value
from kkd_desktop.exchange import calendar_lines, recurrence
from kkd_desktop.exchange.calendar_lines import CalendarFault, Component, Line
from kkd_desktop.exchange.calendar_values import Period, Point, duration, periods, point, points
from kkd_desktop.exchange.calendar_zones import Zones, here, there

MOST_TIMES = 100_000
"""So many different busy times of one file are kept; nobody has as many."""
MOST_STARTS = 1_500_000
MOST_SECONDS = 12.0
_MOST_RULES = 20
_MOST_SINGLE_DAYS = 10_000

_ENTRIES_BETWEEN_REPORTS = 50
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_OUR_PRODUCTS = "-//KKD DESKTOP//"
# What Outlook makes of the UID of an entry that came in from a file, in hexadecimal.
_OUTLOOK_UID = "040000008200E00074C5B7101A82E008"
_OUTLOOK_MARK = b"vCal-Uid\x01\x00\x00\x00"

Progress = Callable[[int, int], object]
"""Told how many of how many entries are read; may raise to stop."""


class BusyFile(Value, frozen=True):
    """What a calendar file says about a period. `notes` are sentences on what is special."""

    times: tuple[BusyTime, ...]
    notes: tuple[str, ...] = ()


def busy_file(
    data: bytes,
    name: str,
    since: date,
    until: date,
    *,
    own_uids: Collection[str] = (),
    has_titles: bool = False,
    progress: Progress = lambda done, total: None,
) -> BusyFile:
    """The busy times on the days from `since` to `until`, sorted and without doubles.

    `own_uids` are those of entries that this program wrote: they are known already, and do not
    count when they come back from a calendar. UserError names the file by `name`, and the line.
    """
    try:
        return _Reading(since, until, own_uids, has_titles, progress).of(data)
    except CalendarFault as fault:
        sentence = said("{name}, Zeile {line}: {fault}") if fault.number else "{name}: {fault}"
        raise UserError(sentence.format(name=name, line=fault.number, fault=fault.text)) from fault


class _Entry(NamedTuple):
    """A VEVENT as far as it is understood. Times are naive, in the zone of the start."""

    component: Component
    start: Point
    length: timedelta
    state: BusyState | None
    """None leaves the time free."""
    title: str


class _Rule(NamedTuple):
    rule: recurrence.Rule
    until: datetime | None
    number: int


class _Reading:
    """One file on its way, and the bounds that hold on it."""

    def __init__(
        self,
        since: date,
        until: date,
        own_uids: Collection[str],
        has_titles: bool,
        progress: Progress,
    ) -> None:
        self._first = datetime(since.year, since.month, since.day)
        self._after = datetime(until.year, until.month, until.day) + _DAY
        self._own = frozenset(own_uids)
        self._has_titles = has_titles
        self._progress = progress
        self._early = self._first - 2 * _DAY
        self._late = self._after + 2 * _DAY
        self._times: set[tuple[datetime, datetime, BusyState, str]] = set()
        self._starts = 0
        self._done = (0, 1)
        self._ours = 0
        self._turned = 0
        self._ends = time.monotonic() + MOST_SECONDS

    def of(self, data: bytes) -> BusyFile:
        text, certain = calendar_lines.decoded(data)
        found = calendar_lines.components(text, self._check)
        zones = Zones([each for each in found if each.name == "VTIMEZONE"])
        self._zones = zones
        series = self._by_series(found)
        for number, each in enumerate(series):
            if number % _ENTRIES_BETWEEN_REPORTS == 0:
                self._done = number, len(series)
                self._check()
            self._read(each)
        self._progress(len(series), len(series))
        times = tuple(BusyTime(*each) for each in sorted(self._times))
        return BusyFile(times, tuple(self._notes(certain)))

    def _notes(self, certain: bool) -> Iterator[str]:
        if self._ours:
            yield said("Eigene Termine aus diesem Programm zählen nicht noch einmal.")
        if self._zones.unknown:
            yield said("Eine Zeitzone ist unbekannt; ihre Zeiten gelten als Ortszeit.")
        if self._turned:
            yield said("Einträge, die vor ihrem Beginn enden, zählen nicht.")
        if not certain and self._has_titles:
            yield said("Die Datei ist nicht UTF-8; Umlaute in Titeln können falsch sein.")

    def _check(self) -> None:
        """The place to stop: at the user's word, or because it takes too long."""
        self._progress(*self._done)
        self._require_time()

    def _require_time(self) -> None:
        if time.monotonic() > self._ends:
            raise CalendarFault(
                said(
                    "Die Datei lässt sich nicht in vertretbarer Zeit lesen; sie enthält zu viele "
                    "Wiederholungen."
                )
            )

    def _by_series(self, found: Sequence[Component]) -> list[list[Component]]:
        """Entries that belong together have one UID; those without stand alone."""
        series: dict[object, list[Component]] = {}
        for each in found:
            if each.name == "VTIMEZONE" or _is_withdrawn_file(each):
                continue
            if self._is_ours(each):
                self._ours += 1
                continue
            uid = each.first("UID")
            key = each.number if uid is None else (id(each.calendar), uid.value.strip())
            series.setdefault(key, []).append(each)
        return list(series.values())

    def _is_ours(self, component: Component) -> bool:
        if component.calendar is not None:
            product = component.calendar.word("PRODID")
            if product.startswith(_OUR_PRODUCTS):
                return True
        uid = component.first("UID")
        return uid is not None and bool(self._own) and _original_uid(uid.value) in self._own

    def _read(self, series: list[Component]) -> None:
        number = series[0].number
        try:
            if series[0].name == "VFREEBUSY":
                self._read_free_busy(series)
            else:
                self._read_events(series)
        except (ValueError, OverflowError) as fault:
            # Days before the year 1 or after 9999, which no calendar program lets anyone enter.
            raise CalendarFault(said("Dieser Eintrag hat unmögliche Zeiten."), number) from fault

    def _read_free_busy(self, components: Sequence[Component]) -> None:
        for line in chain.from_iterable(each.lines.get("FREEBUSY", ()) for each in components):
            state = _free_busy_state(line.parameters.get("FBTYPE", "BUSY").upper())
            if state is None:
                continue
            for period in periods(line, self._zones):
                self._keep(period.start, period.length, state, "")

    def _read_events(self, series: Sequence[Component]) -> None:
        changes = [each for each in series if "RECURRENCE-ID" in each.lines]
        masters = [each for each in series if "RECURRENCE-ID" not in each.lines]
        if masters:
            # A file may hold several versions of an entry; only the newest ones are true.
            newest = max(map(_sequence, masters))
            masters = [each for each in masters if _sequence(each) == newest]
        overridden = _Changes()
        for change in sorted(changes, key=_sequence):
            entry = self._entry(change)
            line = change.lines["RECURRENCE-ID"][0]
            instead_of = point(line, self._zones)
            if entry is not None:
                overridden.add(instead_of, entry, following="RANGE" in line.parameters)
        for entry in overridden.single():
            self._keep(entry.start, entry.length, entry.state, entry.title)
        for master in masters:
            found = self._entry(master)
            if found is None:
                continue
            if not (master.lines.keys() & {"RRULE", "RDATE"} or overridden):
                self._keep(found.start, found.length, found.state, found.title)
            elif found.state is not None or overridden:
                self._keep_repeated(found, overridden)

    def _entry(self, component: Component) -> _Entry | None:
        line = component.first("DTSTART")
        if line is None:
            raise CalendarFault(
                said("Dieser Eintrag hat keinen Beginn (DTSTART)."), component.number
            )
        start = point(line, self._zones)
        length = self._length(component, start)
        if length < timedelta(0):
            self._turned += 1
            return None
        return _Entry(component, start, length, _state(component), self._title(component))

    def _length(self, component: Component, start: Point) -> timedelta:
        """The length by wall clock where both ends are in one zone, as programs move entries."""
        if (line := component.first("DTEND")) is not None:
            end = point(line, self._zones)
            if end.zone is start.zone:
                return end.naive - start.naive
            return end.utc() - start.utc()
        if (line := component.first("DURATION")) is not None:
            return duration(line)
        return _DAY if start.is_day else timedelta(0)

    def _title(self, component: Component) -> str:
        line = component.first("SUMMARY") if self._has_titles else None
        return "" if line is None else _visible(_unescaped(line.value))

    def _keep_repeated(self, entry: _Entry, changes: "_Changes") -> None:
        zone = entry.start.zone
        instants, days = self._excluded(entry.component, zone)
        # An entry that began before the period may reach into it, and one moved by a change too.
        first = there(self._first - _DAY, zone) - entry.length - changes.reach
        last = there(self._after + _DAY, zone) + changes.reach
        lengths: dict[Point, timedelta] = {}
        for start in self._starts_of(entry, first, last, lengths):
            self._count_start()
            if start.naive in instants or (days and start.naive.date() in days):
                continue
            length, state, title = lengths.get(start, entry.length), entry.state, entry.title
            if changes:
                if changes.replaces(start):
                    continue
                if (by := changes.following(start)) is not None:
                    start, length, state, title = by
            self._keep(start, length, state, title)

    def _count_start(self) -> None:
        self._starts += 1
        if self._starts > MOST_STARTS:
            raise CalendarFault(
                said("Die Datei enthält über {most} Wiederholungen.").format(most=MOST_STARTS)
            )

    def _starts_of(
        self, entry: _Entry, first: datetime, last: datetime, lengths: dict[Point, timedelta]
    ) -> Iterator[Point]:
        """The starts of an entry that repeats; those that last otherwise are put into `lengths`."""
        component, start = entry.component, entry.start
        if sum(len(component.lines.get(name, ())) for name in ("RRULE", "EXRULE")) > _MOST_RULES:
            raise CalendarFault(
                said("Der Eintrag hat zu viele Wiederholungsregeln."), component.number
            )
        rules = [self._rule(line, start) for line in component.lines.get("RRULE", ())]
        ends = [each.until for each in rules if each.until is not None]
        # The start is one of the occurrences, rule or not; but a series that ends before it begins
        # is what some programs make of a deleted one.
        if not ends or max(ends) >= start.naive:
            yield start
        for line in component.lines.get("RDATE", ()):
            for single in self._single(line):
                lengths[single.start] = single.length or entry.length
                yield single.start
        excluded: set[datetime] = set()
        for line in component.lines.get("EXRULE", ()):
            excluded.update(self._by_rule(self._rule(line, start), start, first, last))
        for rule in rules:
            for moment in self._by_rule(rule, start, first, last):
                if moment not in excluded:
                    yield Point(moment, start.zone, start.is_day)

    def _single(self, line: Line) -> Sequence[Period]:
        """Days of their own, with the length of the entry (0) or one that is given."""
        _require_few(line)
        if line.parameters.get("VALUE", "").upper() == "PERIOD" or "/" in line.value:
            return periods(line, self._zones)
        return [Period(each, timedelta(0)) for each in points(line, self._zones)]

    def _rule(self, line: Line, start: Point) -> "_Rule":
        """A rule with its end in the zone of the entry."""
        try:
            found = recurrence.rule(line.value)
        except ValueError as fault:
            raise CalendarFault(str(fault), line.number) from fault
        until = found.until
        if until is not None and found.until_utc and not start.is_day:
            until = there(here(until, UTC), start.zone)
        return _Rule(found, until, line.number)

    def _by_rule(
        self, rule: "_Rule", start: Point, first: datetime, last: datetime
    ) -> Iterator[datetime]:
        last = last if rule.until is None else min(last, rule.until)
        # A rule that never comes true takes its time without a start to stop at.
        self._require_time()
        try:
            yield from recurrence.starts(rule.rule, start.naive, first, last, self._check)
        except ValueError as fault:
            raise CalendarFault(str(fault), rule.number) from fault

    def _excluded(
        self, component: Component, zone: tzinfo | None
    ) -> tuple[set[datetime], set[date]]:
        instants: set[datetime] = set()
        days: set[date] = set()
        for line in component.lines.get("EXDATE", ()):
            _require_few(line)
            for each in points(line, self._zones):
                if each.is_day:
                    days.add(each.naive.date())
                else:
                    instants.add(each.naive if each.zone is zone else there(each.here(), zone))
        return instants, days

    def _keep(self, start: Point, length: timedelta, state: BusyState | None, title: str) -> None:
        if state is None or length <= timedelta(0):
            return
        naive, zone = start.naive, start.zone
        # First of all by the day: programs write the years 1 and 9999 for "always", which no zone
        # reaches to.
        if naive > self._late or self._early - naive > length:
            return
        since = here(max(naive, self._early), zone)
        until = here(min(naive + length, self._late), zone)
        if until <= since:
            # In the night that has an hour twice, a short entry may end before it began.
            until = since + length
        if since.second or since.microsecond or until.second or until.microsecond:
            since, until = _full_minute(since), _minute_after(until)
        since, until = max(since, self._first), min(until, self._after)
        if since < until:
            self._times.add((since, until, state, title))
            if len(self._times) > MOST_TIMES:
                raise CalendarFault(
                    said("Die Datei enthält über {most} Zeiten.").format(most=MOST_TIMES)
                )


class _Changes:
    """What became of single occurrences of an entry, by their local starts."""

    def __init__(self) -> None:
        self._by_start: dict[datetime, _Entry] = {}
        self._following: dict[datetime, _Entry] = {}
        self.reach = timedelta(0)
        """How far a change moves what follows it."""

    def __bool__(self) -> bool:
        return bool(self._by_start)

    def add(self, instead_of: Point, entry: _Entry, *, following: bool) -> None:
        start = instead_of.here()
        self._by_start[start] = entry
        if following:
            self._following[start] = entry
            self.reach = max(self.reach, abs(entry.start.here() - start) + entry.length)

    def single(self) -> Iterator[_Entry]:
        yield from self._by_start.values()

    def replaces(self, start: Point) -> bool:
        return start.here() in self._by_start or (
            # An entry with a time may be named by its day alone.
            not start.is_day and start.here().replace(hour=0, minute=0, second=0) in self._by_start
        )

    def following(self, start: Point) -> tuple[Point, timedelta, BusyState | None, str] | None:
        """What an occurrence became with the last one before it that was changed with all later."""
        before = [each for each in self._following if each < start.here()]
        if not before:
            return None
        by = self._following[max(before)]
        moved = start.here() + (by.start.here() - max(before))
        return Point(moved, None, by.start.is_day), by.length, by.state, by.title


def _state(component: Component) -> BusyState | None:
    """Whether an entry takes the time. Free is what any of its words calls so.

    Who works elsewhere is at work and can talk: programs offer that time as free, too.
    """
    word = component.word("X-MICROSOFT-CDO-BUSYSTATUS")
    if (
        component.word("STATUS") == "CANCELLED"
        or component.word("TRANSP") == "TRANSPARENT"
        or word in ("FREE", "WORKINGELSEWHERE")
    ):
        return None
    if word == "OOF":
        return BusyState.OUT_OF_OFFICE
    if "TENTATIVE" in (word, component.word("STATUS")):
        return BusyState.TENTATIVE
    return BusyState.BUSY


def _free_busy_state(kind: str) -> BusyState | None:
    if kind == "FREE":
        return None
    if kind == "BUSY-UNAVAILABLE":
        return BusyState.OUT_OF_OFFICE
    return BusyState.TENTATIVE if kind == "BUSY-TENTATIVE" else BusyState.BUSY


def _is_withdrawn_file(component: Component) -> bool:
    return component.calendar is not None and component.calendar.word("METHOD") == "CANCEL"


def _original_uid(uid: str) -> str:
    """The UID as we wrote it, also where Outlook wrapped it into one of its own."""
    uid = uid.strip()
    if not uid.upper().startswith(_OUTLOOK_UID):
        return uid
    try:
        _, mark, wrapped = bytes.fromhex(uid).partition(_OUTLOOK_MARK)
    except ValueError:
        return uid
    return wrapped.rstrip(b"\0").decode("ascii", "replace") if mark else uid


def _sequence(component: Component) -> int:
    line = component.first("SEQUENCE")
    value = "" if line is None else line.value.strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def _require_few(line: Line) -> None:
    if line.value.count(",") > _MOST_SINGLE_DAYS:
        raise CalendarFault(said("Der Eintrag nennt zu viele einzelne Tage."), line.number)


def _full_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _minute_after(moment: datetime) -> datetime:
    full = _full_minute(moment)
    return full if full == moment else full + _MINUTE


def _unescaped(value: str) -> str:
    r"""TEXT as it is meant: `\,` is a comma, `\n` a line end."""
    return (
        value.replace("\\\\", "\0")
        .replace("\\n", " ")
        .replace("\\N", " ")
        .replace("\\", "")
        .replace("\0", "\\")
    )


def _visible(text: str) -> str:
    """One line as it may be stored: nothing in it hides or turns around what is read."""
    hidden = ("Cc", "Cf", "Cs", "Zl", "Zp")
    visible = "".join(" " if unicodedata.category(char) in hidden else char for char in text)
    return " ".join(unicodedata.normalize("NFC", visible).split())[:LINE_LENGTH].strip()
