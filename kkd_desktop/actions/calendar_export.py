"""Which appointments go into a calendar as files, and which did already?

What goes out is remembered, because most calendars do not update a known entry when a file is
imported again: only new and changed appointments should go out the next time.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from kkd_desktop.actions import appointments
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.files import private_folder, write_all_private
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.calendar_form import CalendarForm
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.values import Value
from kkd_desktop.store import clients, export_log

if TYPE_CHECKING:
    from kkd_desktop.exchange.calendar_file import CalendarEntry

CALENDAR = "ics"
"""Name of the calendar export in the log; other targets keep their own account."""

FAR = date(2199, 12, 31)

Booked = tuple[Appointment, Client]
Report = Callable[[int, int], object]
"""Is told how many files of how many are made; may raise to stop."""


class CalendarExport(Value, frozen=True):
    """What a calendar export holds: appointments that stand, and withdrawn ones to take out.

    `updated` of the standing ones are known to the calendar as they were before. Not in the file:
    `unchanged` ones that went out already, and `left_out`: missed, or withdrawn before they ever
    went out.
    """

    standing: tuple[Booked, ...]
    withdrawn: tuple[Booked, ...] = ()
    updated: int = 0
    unchanged: int = 0
    left_out: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.standing and not self.withdrawn


def select(
    context: Context, since: date | None = None, until: date | None = None, *, changed: bool = False
) -> CalendarExport:
    """The appointments of a period, or of them only what is new or changed since the last export.

    A withdrawn appointment is news only for a calendar that got it before.
    """
    booked = appointments.between(context, since or context.today, until or FAR)
    exported = export_log.last_exports(context.store, CALENDAR)
    standing, withdrawn = [], []
    updated = unchanged = left_out = 0
    for appointment, client in booked:
        known = exported.get(appointment.id or 0)
        fresh = known is None or known.digest != _digest(appointment)
        if appointment.state.is_standing and (fresh or not changed):
            standing.append((appointment, client))
            updated += fresh and known is not None
        elif appointment.state.is_withdrawn and known is not None and fresh:
            withdrawn.append((appointment, client))
        elif known is not None and not fresh:
            unchanged += 1
        else:
            left_out += 1
    return CalendarExport(tuple(standing), tuple(withdrawn), updated, unchanged, left_out)


def chosen(context: Context, appointment_ids: Iterable[int]) -> CalendarExport:
    """Single appointments, to be handed out one by one; only those that stand are in it."""
    found = [appointments.get(context, each) for each in appointment_ids]
    standing = [each for each in found if each.state.is_standing]
    known = clients.many(context.store, {each.client_id for each in standing}, context.today)
    return CalendarExport(
        tuple((each, known[each.client_id]) for each in standing),
        left_out=len(found) - len(standing),
    )


def calendar_bytes(context: Context, booked: Iterable[Booked], form: CalendarForm) -> bytes:
    """One calendar file for all; nothing is written to the log."""
    return Pen.of(context, form).one_file(booked)


def single_files(
    context: Context, booked: Iterable[Booked], form: CalendarForm
) -> tuple[tuple[str, bytes], ...]:
    """A calendar file for each with the name it goes by; nothing is written to the log."""
    return tuple(Pen.of(context, form).single_files(booked))


def write_calendar(
    context: Context,
    export: CalendarExport,
    path: Path,
    form: CalendarForm,
    *,
    cancellations: Path | None = None,
    one_each: bool = False,
) -> tuple[Path, ...]:
    """Write the files of an export and remember what went out. Returns the files, in order."""
    files = prepare_calendar(
        context, export, path, form, cancellations=cancellations, one_each=one_each
    )()
    remember(context, export, withdrawn_too=cancellations is not None)
    return files


def prepare_calendar(
    context: Context,
    export: CalendarExport,
    path: Path,
    form: CalendarForm,
    *,
    cancellations: Path | None = None,
    one_each: bool = False,
) -> Callable[..., tuple[Path, ...]]:
    """The files in two steps: settings are read at once, and written when called, from any thread.

    With `one_each`, `path` is a folder: Outlook opens a file with several appointments as a
    separate calendar. Cancellations always go into a file of their own; where there is nothing
    else, it is the only one. What is called takes a `Report`; `remember` what went out afterwards.
    """
    pen = Pen.of(context, form)
    only_withdrawn = cancellations is not None and export.withdrawn and not export.standing

    def written(report: Report = _nobody) -> tuple[Path, ...]:
        files: list[tuple[Path, bytes]] = []
        if not only_withdrawn:
            files += _calendar_files(pen, export, path, report, one_each=one_each)
        if cancellations is not None:
            files.append((cancellations, pen.cancellations(export.withdrawn)))
        if one_each:
            private_folder(path)
        write_all_private(files)
        return tuple(file for file, _ in files)

    return written


def remember(context: Context, export: CalendarExport, *, withdrawn_too: bool = False) -> None:
    """Note in the log that these went out, so that they are no news the next time."""
    gone = export.withdrawn if withdrawn_too else ()
    now = context.now()
    export_log.record(
        context.store,
        CALENDAR,
        [_logged(appointment, now) for appointment, _ in (*export.standing, *gone)],
    )


def cancellations_beside(path: Path, *, one_each: bool = False) -> Path:
    """`termine.ics` → `termine-absagen.ics`; in a folder of single files `termine-absagen.ics`."""
    return path / "termine-absagen.ics" if one_each else path.with_name(f"{path.stem}-absagen.ics")


def _nobody(done: int, total: int) -> None:
    """Nobody asked how far it is."""


def _logged(appointment: Appointment, now: datetime) -> export_log.Export:
    assert appointment.id is not None, "only stored appointments are exported"
    return export_log.Export(
        appointment.id, appointment.sequence, appointment.state, _digest(appointment), now
    )


def _digest(appointment: Appointment) -> str:
    """A mark of what a calendar shows of an appointment: time, length, room, standing or not.

    How much of it a calendar is told (`CalendarForm`) is no part of it: another reminder does not
    make all appointments new.
    """
    shown: tuple[object, ...] = (
        appointment.uid,
        appointment.sequence,
        appointment.start.isoformat(),
        appointment.minutes,
        appointment.room,
        appointment.state.is_standing,
    )
    if appointment.preparation:
        # Only then, so that what went out before there was any is still known.
        shown = (*shown, appointment.preparation)
    return sha256(repr(shown).encode()).hexdigest()


class Pen(Value, frozen=True):
    """Writes appointments in one form; from any thread, because it asks no store."""

    form: CalendarForm
    organizer: str | None
    office: str

    @classmethod
    def of(cls, context: Context, form: CalendarForm) -> "Pen":
        settings = context.settings
        return cls(form, settings.mailbox or None, settings.office)

    def one_file(self, booked: Iterable[Booked]) -> bytes:
        from kkd_desktop.exchange.calendar_file import calendar_file

        return calendar_file(_entries(booked), **self._how)

    def single_files(self, booked: Iterable[Booked]) -> Iterator[tuple[str, bytes]]:
        from kkd_desktop.exchange.calendar_file import single_files

        return single_files(_entries(booked), **self._how)

    def cancellations(self, booked: Iterable[Booked]) -> bytes:
        from kkd_desktop.exchange.calendar_file import cancellations_file

        return cancellations_file(_entries(booked), **self._how)

    def live_file(self, booked: Iterable[Booked]) -> bytes:
        from kkd_desktop.exchange.calendar_file import live_file

        return live_file(_entries(booked), **self._how)

    @property
    def _how(self) -> "_How":
        return {"form": self.form, "organizer": self.organizer, "office": self.office}


class _How(TypedDict):
    form: CalendarForm
    organizer: str | None
    office: str


def _entries(booked: Iterable[Booked]) -> "list[CalendarEntry]":
    # On demand: icalendar costs more than the first window may.
    from kkd_desktop.exchange.calendar_file import CalendarEntry

    return [CalendarEntry(*each) for each in booked]


def _calendar_files(
    pen: Pen, export: CalendarExport, path: Path, report: Report, *, one_each: bool
) -> Iterator[tuple[Path, bytes]]:
    if not one_each:
        report(0, 1)
        yield path, pen.one_file(export.standing)
        return
    total = len(export.standing)
    for number, (name, data) in enumerate(pen.single_files(export.standing)):
        report(min(number, total), total)
        yield path / name, data
