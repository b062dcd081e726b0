"""Appointments as calendar files and as the printed invitation list.

What goes out is remembered, because most calendars do not update a known entry when a file is
imported again: only new and changed appointments should go out the next time.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kkd_desktop.actions import appointments
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.files import private_folder, write_all_private, write_private
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.domain.values import Value
from kkd_desktop.store import export_log

if TYPE_CHECKING:
    from kkd_desktop.paper.rendering import PageImage

CALENDAR = "ics"
"""Name of the calendar export in the log; other targets keep their own account."""

FAR = date(2199, 12, 31)

Booked = tuple[Appointment, Client]


class CalendarExport(Value, frozen=True):
    """What a calendar export holds: appointments that stand, and withdrawn ones to take out.

    `updated` of the standing ones are known to the calendar as they were before. Not in the file:
    `unchanged` ones that went out already, and `left_out`: missed, or withdrawn before they ever
    went out.
    """

    standing: tuple[Booked, ...]
    withdrawn: tuple[Booked, ...]
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


def calendar_bytes(context: Context, booked: Sequence[Booked], privacy: Privacy) -> bytes:
    """One calendar file for all; nothing is written to the log."""
    from kkd_desktop.exchange import calendar_file

    return calendar_file.calendar_file(
        [calendar_file.CalendarEntry(*each) for each in booked],
        privacy=privacy,
        organizer=context.settings.mailbox or None,
        office=context.settings.office,
    )


def write_calendar(
    context: Context,
    export: CalendarExport,
    path: Path,
    privacy: Privacy,
    *,
    cancellations: Path | None = None,
    one_each: bool = False,
) -> tuple[Path, ...]:
    """Write the files of an export and remember what went out. Returns the files, in order.

    With `one_each`, `path` is a folder: Outlook opens a file with several appointments as a
    separate calendar. Cancellations always go into a file of their own; where there is nothing
    else, it is the only one.
    """
    only_withdrawn = cancellations is not None and export.withdrawn and not export.standing
    files: list[tuple[Path, bytes]] = []
    if not only_withdrawn:
        files += _calendar_files(context, export, path, privacy, one_each)
    if cancellations is not None:
        files.append((cancellations, _cancellation_bytes(context, export.withdrawn, privacy)))
    if one_each:
        private_folder(path)
    write_all_private(files)
    gone = export.withdrawn if cancellations is not None else ()
    now = context.now()
    export_log.record(
        context.store,
        CALENDAR,
        [_logged(appointment, now) for appointment, _ in (*export.standing, *gone)],
    )
    return tuple(file for file, _ in files)


def cancellations_beside(path: Path, *, one_each: bool = False) -> Path:
    """`termine.ics` → `termine-absagen.ics`; in a folder of single files `termine-absagen.ics`."""
    return path / "termine-absagen.ics" if one_each else path.with_name(f"{path.stem}-absagen.ics")


def _logged(appointment: Appointment, now: datetime) -> export_log.Export:
    assert appointment.id is not None, "only stored appointments are exported"
    return export_log.Export(
        appointment.id, appointment.sequence, appointment.state, _digest(appointment), now
    )


def _digest(appointment: Appointment) -> str:
    """A mark of what a calendar shows of an appointment: time, length, room, standing or not."""
    shown = (
        appointment.uid,
        appointment.sequence,
        appointment.start.isoformat(),
        appointment.minutes,
        appointment.room,
        appointment.state.is_standing,
    )
    return sha256(repr(shown).encode()).hexdigest()


def _calendar_files(
    context: Context, export: CalendarExport, path: Path, privacy: Privacy, one_each: bool
) -> Iterator[tuple[Path, bytes]]:
    from kkd_desktop.exchange.calendar_file import single_file_name

    if not one_each:
        yield path, calendar_bytes(context, export.standing, privacy)
        return
    for each in export.standing:
        yield path / single_file_name(each[0]), calendar_bytes(context, [each], privacy)


def _cancellation_bytes(context: Context, withdrawn: Sequence[Booked], privacy: Privacy) -> bytes:
    from kkd_desktop.exchange import calendar_file

    return calendar_file.cancellations_file(
        [calendar_file.CalendarEntry(*each) for each in withdrawn],
        privacy=privacy,
        organizer=context.settings.mailbox or None,
        office=context.settings.office,
    )


def invitation_list(context: Context, since: date, until: date, privacy: Privacy) -> bytes:
    """The list of a period as PDF bytes: the same for preview, printer and file."""
    return prepare_invitation_list(context, since, until, privacy)()


def prepare_invitation_list(
    context: Context, since: date, until: date, privacy: Privacy
) -> Callable[[], bytes]:
    """The list in two steps: read at once, set when called, then from any thread."""
    booked = appointments.between(context, since, until)
    office, today = context.settings.office, context.today

    def typeset() -> bytes:
        from kkd_desktop.paper import invitation_list as paper

        rows = [paper.InvitationRow(*each) for each in booked]
        return paper.invitation_list(
            paper.InvitationList(
                since, until, rows, office=office, printed_on=today, privacy=privacy
            )
        )

    return typeset


def write_invitation_list(
    context: Context, path: Path, since: date, until: date, privacy: Privacy
) -> None:
    write_private(path, invitation_list(context, since, until, privacy))


def day_sheet(context: Context, day: date, privacy: Privacy) -> bytes:
    """The appointments of one day with room to write, as PDF bytes."""
    return prepare_day_sheet(context, day, privacy)()


def prepare_day_sheet(context: Context, day: date, privacy: Privacy) -> Callable[[], bytes]:
    """The sheet in two steps: read at once, set when called, then from any thread."""
    booked = appointments.of_day(context, day)
    office, today = context.settings.office, context.today

    def typeset() -> bytes:
        from kkd_desktop.paper import day_sheet as paper
        from kkd_desktop.paper.invitation_list import InvitationRow

        rows = [InvitationRow(*each) for each in booked]
        return paper.day_sheet(paper.DaySheet(day, rows, office, today, privacy))

    return typeset


def write_pdf(path: Path, pdf: bytes) -> None:
    """Save the very bytes that were looked at or printed."""
    write_private(path, pdf)


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page in points."""
    from kkd_desktop.paper import rendering

    return rendering.page_sizes(pdf)


def page_image(pdf: bytes, index: int, dpi: float) -> "PageImage":
    """A page as pixels, for the preview and the printer. From one thread at a time only."""
    from kkd_desktop.paper import rendering

    return rendering.page_image(pdf, index, dpi)
