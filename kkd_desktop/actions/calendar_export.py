"""Which appointments go into a calendar as files, and which did already?

What goes out is remembered, because most calendars do not update a known entry when a file is
imported again: only new and changed appointments should go out the next time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from kkd_desktop.actions import appointments
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.files import private_folder, write_all_private
from kkd_desktop.domain.appointment import Appointment, AppointmentState
from kkd_desktop.domain.calendar_form import CalendarForm, Preparation
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.values import Value, field, replace
from kkd_desktop.store import clients, export_log

if TYPE_CHECKING:
    from kkd_desktop.exchange.calendar_file import CalendarEntry

CALENDAR = "ics"
"""Name of the calendar export in the log; other targets keep their own account."""
_SHAPE = "ics-shape"
"""In the log: into which entries the minutes of a talk with preparation were cut."""

FAR = date(2199, 12, 31)

Booked = tuple[Appointment, Client]
Report = Callable[[int, int], object]
"""Is told how many files of how many are made; may raise to stop."""


class CalendarExport(Value, frozen=True):
    """What a calendar export holds: appointments that stand, and withdrawn ones to take out.

    `follow_ups` are talks, withdrawn or not, whose time after them the calendar holds as an entry
    of its own that has to go. `updated` of the standing ones are known to the calendar as they were
    before. Not in the file: `unchanged` ones that went out already, and `left_out`: missed, or
    withdrawn before they ever went out.
    `renewed` are by their id those that look other than in the calendar without a higher SEQUENCE,
    because a step was taken back or the form is another one: as they have to go out.
    """

    standing: tuple[Booked, ...]
    withdrawn: tuple[Booked, ...] = ()
    follow_ups: tuple[Booked, ...] = ()
    updated: int = 0
    unchanged: int = 0
    left_out: int = 0
    renewed: Mapping[int, Appointment] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.standing and not self.has_cancellations

    @property
    def has_cancellations(self) -> bool:
        return bool(self.withdrawn or self.follow_ups)

    def told(self, booked: Iterable[Booked]) -> tuple[Booked, ...]:
        """Appointments of this export, each as it goes out."""
        return tuple((self.renewed.get(each.id or 0, each), client) for each, client in booked)


def select(
    context: Context,
    since: date | None = None,
    until: date | None = None,
    *,
    changed: bool = False,
    form: CalendarForm | None = None,
) -> CalendarExport:
    """The appointments of a period, or of them only what is new or changed since the last export.

    A withdrawn appointment is news only for a calendar that got it before. Without `form` it is
    that of the settings.
    """
    booked = appointments.between(context, since or context.today, until or FAR)
    known_ones = _Known(context, form or context.settings.calendar_form)
    standing, withdrawn, follow_ups = [], [], []
    updated = unchanged = left_out = 0
    for appointment, client in booked:
        known = known_ones.last(appointment)
        fresh = known is None or known.digest != _digest(appointment)
        goes_out = appointment.state.is_standing and (fresh or not changed)
        if known_ones.has_loose_follow_up(appointment, goes_out=goes_out):
            follow_ups.append((appointment, client))
        if goes_out:
            standing.append((appointment, client))
            updated += fresh and known is not None
        elif appointment.state.is_withdrawn and known is not None and fresh:
            withdrawn.append((appointment, client))
        elif known is not None and not fresh:
            unchanged += 1
        else:
            left_out += 1
    return CalendarExport(
        tuple(standing),
        tuple(withdrawn),
        tuple(follow_ups),
        updated,
        unchanged,
        left_out,
        known_ones.renewed((*standing, *withdrawn, *follow_ups)),
    )


def chosen(context: Context, appointment_ids: Iterable[int]) -> CalendarExport:
    """Single appointments, to be handed out one by one in the form of the settings; only those that
    stand are in it.
    """
    found = [appointments.get(context, each) for each in appointment_ids]
    standing = [each for each in found if each.state.is_standing]
    people = clients.many(context.store, {each.client_id for each in standing}, context.today)
    booked = tuple((each, people[each.client_id]) for each in standing)
    return CalendarExport(
        booked,
        left_out=len(found) - len(standing),
        renewed=_Known(context, context.settings.calendar_form).renewed(booked),
    )


class _Known:
    """What the calendar knows of appointments by the log, and what a form would make of them."""

    def __init__(self, context: Context, form: CalendarForm) -> None:
        self._form, self._now = form, context.now()
        self._last = export_log.last_exports(context.store, CALENDAR)
        self._shapes = export_log.last_exports(context.store, _SHAPE)

    def last(self, appointment: Appointment) -> export_log.Export | None:
        return self._last.get(appointment.id or 0)

    def holds_follow_up(self, appointment: Appointment) -> bool:
        shape = self._shapes.get(appointment.id or 0)
        return shape is not None and shape.state.is_standing

    def has_loose_follow_up(self, appointment: Appointment, *, goes_out: bool) -> bool:
        """Whether the calendar holds a time after the talk that belongs to nothing (any more)."""
        key = appointment.id or 0
        if not self.holds_follow_up(appointment):
            # Before the log said how the minutes were cut, the form of now has to do.
            is_unknown = key in self._last and key not in self._shapes
            apart = self._form.follows_apart(appointment.preparation)
            return appointment.state.is_withdrawn and is_unknown and apart
        if goes_out:
            return not self._form.follows_apart(appointment.preparation)
        # Out again since then without it, but without a file of cancellations.
        is_left = self._last[key].exported_at > self._shapes[key].exported_at
        return appointment.state.is_withdrawn or is_left

    def renewed(self, booked: Iterable[Booked]) -> dict[int, Appointment]:
        found = ((each, self._as_told(each)) for each, _ in booked)
        return {each.id or 0: told for each, told in found if told is not each}

    def _as_told(self, appointment: Appointment) -> Appointment:
        """Never older than what the calendar has, and newer where it is not the same: programs pass
        over what comes with the SEQUENCE they know.
        """
        known = self.last(appointment)
        if known is None or appointment.sequence > known.sequence:
            return appointment
        shape = self._shapes.get(appointment.id or 0)
        is_cut_anew = shape is not None and shape.digest not in (
            "",
            _shape(appointment, self._form),
        )
        if known.digest != _digest(appointment) or is_cut_anew:
            return replace(appointment, sequence=known.sequence + 1, changed_at=self._now)
        if appointment.sequence < known.sequence:
            return replace(appointment, sequence=known.sequence)
        return appointment


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
    remember(context, export, form, withdrawn_too=cancellations is not None)
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
    only_withdrawn = cancellations is not None and export.has_cancellations and not export.standing

    def written(report: Report = _nobody) -> tuple[Path, ...]:
        files: list[tuple[Path, bytes]] = []
        if not only_withdrawn:
            files += _calendar_files(pen, export, path, report, one_each=one_each)
        if cancellations is not None:
            files.append((cancellations, pen.cancellations(export)))
        if one_each:
            private_folder(path)
        write_all_private(files)
        return tuple(file for file, _ in files)

    return written


def remember(
    context: Context, export: CalendarExport, form: CalendarForm, *, withdrawn_too: bool = False
) -> None:
    """Note in the log that these went out in this form, so that they are no news the next time."""
    now = context.now()
    gone = export.withdrawn if withdrawn_too else ()
    out = [
        _logged(stored, told, now)
        for (stored, _), (told, _) in zip(
            (*export.standing, *gone), export.told((*export.standing, *gone)), strict=True
        )
    ]
    known = _Known(context, form)
    held = {each.id for each, _ in export.follow_ups}
    shapes = [
        _logged_shape(each, None, now)
        for each, _ in export.follow_ups
        if withdrawn_too and known.holds_follow_up(each)
    ]
    shapes += [
        _logged_shape(each, form, now)
        for each, _ in export.standing
        if each.preparation and (withdrawn_too or each.id not in held)
    ]
    with context.store.write():
        export_log.record(context.store, CALENDAR, out)
        export_log.record(context.store, _SHAPE, shapes)


def cancellations_beside(path: Path, *, one_each: bool = False) -> Path:
    """`termine.ics` → `termine-absagen.ics`; in a folder of single files `termine-absagen.ics`."""
    return path / "termine-absagen.ics" if one_each else path.with_name(f"{path.stem}-absagen.ics")


def _nobody(done: int, total: int) -> None:
    """Nobody asked how far it is."""


def _logged(stored: Appointment, told: Appointment, now: datetime) -> export_log.Export:
    """`stored` as it is, `told` as it went out."""
    assert stored.id is not None, "only stored appointments are exported"
    return export_log.Export(stored.id, told.sequence, stored.state, _digest(stored), now)


def _logged_shape(
    appointment: Appointment, form: CalendarForm | None, now: datetime
) -> export_log.Export:
    """Whether there is an entry for the time after the talk; None took it out."""
    assert appointment.id is not None, "only stored appointments are exported"
    apart = form is not None and form.follows_apart(appointment.preparation)
    state = AppointmentState.BOOKED if apart else AppointmentState.CANCELLED
    shape = "" if form is None else _shape(appointment, form)
    return export_log.Export(appointment.id, appointment.sequence, state, shape, now)


def _shape(appointment: Appointment, form: CalendarForm) -> str:
    """`45+15`: the minutes of the entry of the talk, and of the one after it."""
    own = 0 if form.preparation is Preparation.WHOLE else appointment.preparation
    after = own if form.follows_apart(appointment.preparation) else 0
    return f"{appointment.minutes - own}+{after}"


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

    def cancellations(self, export: CalendarExport) -> bytes:
        from kkd_desktop.exchange.calendar_file import cancellations_file

        return cancellations_file(
            _entries(export.told(export.withdrawn)),
            follow_ups=_entries(export.told(export.follow_ups)),
            **self._how,
        )

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
        yield path, pen.one_file(export.told(export.standing))
        return
    total = len(export.standing)
    for number, (name, data) in enumerate(pen.single_files(export.told(export.standing))):
        report(min(number, total), total)
        yield path / name, data
