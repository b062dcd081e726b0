"""Take in the busy times of other calendars, so that nothing is planned over them.

Reading is done in three steps, so that the slow one needs no store and may run in any thread:
`due` or `ahead` says what to read, `read` reads it, `keep` stores what it found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from kkd_desktop.actions.context import Context
from kkd_desktop.domain.busy_time import BusyReading, BusySource, BusyTime
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import german, said, to_say
from kkd_desktop.domain.values import Value, replace
from kkd_desktop.store import busy

BACK = timedelta(weeks=8)
AHEAD = timedelta(days=550)
"""How far a reading reaches from today, a year and a half to the front."""
_STALE = timedelta(days=7)
"""So much of that may run off before the source is read again for the days that are missing."""

MOST_FILES = 200

Progress = Callable[[int, int], object]
Stamp = tuple[tuple[str, int, int], ...]
"""Names, times and sizes of files: as long as they stay, so does what is in them."""


class SourceState(Value, frozen=True):
    """A source as the list of them shows it."""

    source: BusySource
    reading: BusyReading | None
    number: int
    """Its busy times."""

    @property
    def read_at(self) -> datetime | None:
        """When it was read last, in local time."""
        from kkd_desktop.exchange.local_time import civil_time

        moment = None if self.reading is None else self.reading.read_at
        return None if moment is None else civil_time(moment)


class Job(Value, frozen=True):
    """What is to be read, and what is known of it."""

    source: BusySource
    since: date
    until: date
    own: tuple[str, ...]
    """UIDs of appointments of this program."""
    digest: str = ""
    """Of the last reading, where it still reaches far enough."""
    stamp: Stamp = ()


class Found(Value, frozen=True):
    """What a reading brought. `times` is None where nothing has changed since the last one."""

    times: tuple[BusyTime, ...] | None
    digest: str
    stamp: Stamp
    notes: tuple[str, ...] = ()


def between(context: Context, first: date, last: date) -> tuple[BusyTime, ...]:
    """What other calendars have on the days, both included, sorted; it may reach beyond them."""
    return tuple(busy.between(context.store, first, last))


def clash(context: Context, start: datetime, minutes: int) -> BusyTime | None:
    """The first time of another calendar that a talk would overlap. Nobody is kept from it: a
    proposal never lies there, but whoever chooses the hour may know better.
    """
    end = start + timedelta(minutes=minutes)
    found = between(context, start.date(), end.date())
    return next((each for each in found if each.start < end and start < each.end), None)


def sources(context: Context) -> tuple[SourceState, ...]:
    return tuple(SourceState(*each) for each in busy.sources(context.store))


def source_at(place: Path, *, watched: bool = False, has_titles: bool = False) -> BusySource:
    """A source not yet stored, of a file or a folder with files. UserError where there is none."""
    place = place.expanduser().absolute()
    if not place.exists():
        raise UserError(said("{place}: Diese Datei gibt es nicht.").format(place=place))
    return BusySource(place.name or str(place), str(place), watched, has_titles)


def import_once(context: Context, place: Path, *, has_titles: bool = False) -> SourceState:
    """Read a file or folder now and not again by itself."""
    return add_source(context, source_at(place, has_titles=has_titles))


@german()
def add_source(
    context: Context, source: BusySource, progress: Progress = lambda done, total: None
) -> SourceState:
    """Read a source and keep it. What cannot be read is refused, and nothing is stored."""
    return add_read(context, source, read(ahead(context, source), progress))


def add_read(context: Context, source: BusySource, found: Found) -> SourceState:
    """Keep a source that was read already."""
    with context.store.write(to_say("Fremde Termine aufgenommen")):
        source = replace(source, id=busy.add(context.store, source))
        keep(context, source, found)
    return _state_of(context, source)


def change_source(
    context: Context,
    source_id: int,
    *,
    watched: bool | None = None,
    has_titles: bool | None = None,
) -> BusySource:
    """Watch a source or not; keep its titles or not: they go at once, and come at the next
    reading.
    """
    known, _ = busy.get(context.store, source_id)
    changed = replace(
        known,
        watched=known.watched if watched is None else watched,
        has_titles=known.has_titles if has_titles is None else has_titles,
    )
    with context.store.write(to_say("Fremde Termine geändert")):
        busy.change(context.store, changed, is_to_read=changed.has_titles != known.has_titles)
    return changed


def remove_source(context: Context, source_id: int) -> BusySource:
    """Count the times of a source no longer; it can be taken back."""
    known, _ = busy.get(context.store, source_id)
    with context.store.write(to_say("Fremde Termine entfernt")):
        busy.remove(context.store, source_id)
    return known


@german()
def refresh(
    context: Context, source_id: int, progress: Progress = lambda done, total: None
) -> SourceState:
    """Read a source now if it has changed. UserError where that fails: then the last good reading
    stays, and the reason is kept with it.
    """
    source, _ = busy.get(context.store, source_id)
    try:
        keep(context, source, read(ahead(context, source), progress))
    except UserError as fault:
        keep_fault(context, source, fault)
        raise
    return _state_of(context, source)


def ahead(context: Context, source: BusySource, stamp: Stamp = ()) -> Job:
    """What to read of a source, stored or not."""
    since, until = context.today - BACK, context.today + AHEAD
    reading = None if source.id is None else busy.get(context.store, source.id)[1]
    is_far = reading is not None and reading.until >= until - _STALE and reading.since <= since
    own = tuple(busy.own_uids(context.store))
    digest = reading.digest if reading is not None and is_far else ""
    return Job(source, since, until, own, digest, stamp if digest else ())


def due(context: Context) -> tuple[BusySource, ...]:
    """Sources to look at by oneself: those watched, and those that have no reading that counts,
    as after a step that was taken back.
    """
    return tuple(
        state.source for state in sources(context) if state.source.watched or _lacks_reading(state)
    )


def read(job: Job, progress: Progress = lambda done, total: None) -> Found:
    """Read a source, in any thread. UserError names the file, and the line where there is one."""
    from hashlib import sha256

    from kkd_desktop.exchange.busy_file import MOST_TIMES, busy_file
    from kkd_desktop.exchange.calendar_file import uids_of

    files = _files(Path(job.source.place))
    stamp = tuple(_stamp(file) for file in files)
    if job.stamp and stamp == job.stamp:
        return Found(None, job.digest, stamp)
    contents = [(file.name, _content(file)) for file in files]
    hashed = sha256()
    for name, data in contents:
        hashed.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        hashed.update(data)
    digest = _kind(job.source) + hashed.hexdigest()
    if digest == job.digest:
        return Found(None, digest, stamp)
    own = {uid for each in job.own for uid in uids_of(each)}
    times: set[BusyTime] = set()
    notes: dict[str, None] = {}
    for number, (name, data) in enumerate(contents):
        found = busy_file(
            data,
            name,
            job.since,
            job.until,
            own_uids=own,
            has_titles=job.source.has_titles,
            progress=_part(progress, number, len(contents)),
        )
        times.update(found.times)
        notes.update(dict.fromkeys(found.notes))
        if len(times) > MOST_TIMES:
            raise UserError(
                said("{name}: Der Ordner enthält über {most_times} Zeiten.").format(
                    name=job.source.name, most_times=MOST_TIMES
                )
            )
    return Found(tuple(sorted(times)), digest, stamp, tuple(notes))


def keep(context: Context, source: BusySource, found: Found) -> bool:
    """Store what was read; whether there was anything new."""
    assert source.id is not None, "only what is stored can be kept up to date"
    _, known = busy.get(context.store, source.id)
    if found.times is None:
        if known is None or not known.fault:
            return False
        busy.keep_fault(context.store, source.id, replace(known, fault=""))
        return True
    reading = BusyReading(
        found.digest,
        context.today - BACK,
        context.today + AHEAD,
        context.now(),
        note="\n".join(found.notes),
    )
    busy.keep_reading(context.store, source.id, reading, found.times)
    return True


def keep_fault(context: Context, source: BusySource, fault: UserError) -> bool:
    """Keep why a source cannot be read beside its last good reading; whether that is news."""
    assert source.id is not None, "only what is stored can be kept up to date"
    _, known = busy.get(context.store, source.id)
    if known is not None and known.fault == str(fault):
        return False
    nothing = BusyReading("", context.today, context.today, None)
    busy.keep_fault(context.store, source.id, replace(known or nothing, fault=str(fault)))
    return True


def stamp_of(source: BusySource) -> Stamp:
    """By what to see that a source has changed. UserError where it is gone."""
    return tuple(_stamp(file) for file in _files(Path(source.place)))


def calendars_in(folder: Path) -> Iterator[Path]:
    """The calendar files of a folder; those of its folders are left alone."""
    for each in folder.iterdir():
        # Half-written ones of other programs begin with a dot.
        if each.suffix.lower() == ".ics" and not each.name.startswith(".") and each.is_file():
            yield each


def forget_removed(context: Context) -> None:
    """Delete the times of removed sources: after a restart only the files can bring them back."""
    busy.forget_removed(context.store)


def _lacks_reading(state: SourceState) -> bool:
    if state.reading is None:
        return True
    counts = state.reading.digest.startswith(_kind(state.source))
    return not counts and not state.reading.fault


def _kind(source: BusySource) -> str:
    """How the digest of a reading begins: with titles or without, it is another one."""
    return "titles " if source.has_titles else "times "


def _state_of(context: Context, source: BusySource) -> SourceState:
    return next(state for state in sources(context) if state.source.id == source.id)


def _files(place: Path) -> Sequence[Path]:
    """The calendar files of a source, in a lasting order. UserError where it cannot be read."""
    try:
        found = sorted(calendars_in(place)) if place.is_dir() else [place]
    except OSError as fault:
        raise _unreadable(place, fault) from fault
    if len(found) > MOST_FILES:
        raise UserError(
            said("{name}: In dem Ordner liegen über {most_files} Kalenderdateien.").format(
                name=place.name, most_files=MOST_FILES
            )
        )
    return found


def _stamp(file: Path) -> tuple[str, int, int]:
    try:
        found = file.stat()
    except OSError as fault:
        raise _unreadable(file, fault) from fault
    return file.name, found.st_mtime_ns, found.st_size


def _content(file: Path) -> bytes:
    from kkd_desktop.exchange.calendar_lines import MOST_BYTES

    if not file.is_file():
        raise UserError(said("{name}: Das ist keine gewöhnliche Datei.").format(name=file.name))
    try:
        with file.open("rb") as source:
            # One byte more than is allowed says that there are too many.
            return source.read(MOST_BYTES + 1)
    except OSError as fault:
        raise _unreadable(file, fault) from fault


def _unreadable(place: Path, fault: OSError) -> UserError:
    if isinstance(fault, FileNotFoundError):
        return UserError(said("{name}: Diese Datei gibt es nicht mehr.").format(name=place.name))
    return UserError(said("{name}: Die Datei lässt sich nicht lesen.").format(name=place.name))


def _part(progress: Progress, number: int, files: int) -> Progress:
    """The progress of one file among several, in thousandths."""

    def report(done: int, total: int) -> object:
        share = done * 1000 // total if total else 1000
        return progress(number * 1000 + share, files * 1000)

    return report
