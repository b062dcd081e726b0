"""Appointments and people on paper: lists and the sheet of a day, looked at page by page."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from kkd_desktop.actions import appointments, worklist
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.files import write_private
from kkd_desktop.domain.language import german
from kkd_desktop.domain.privacy import Privacy

if TYPE_CHECKING:
    from kkd_desktop.paper.rendering import OpenPdf as OpenPdf


def invitation_list(context: Context, since: date, until: date, privacy: Privacy) -> bytes:
    """The list of a period as PDF bytes: the same for preview, printer and file."""
    return prepare_invitation_list(context, since, until, privacy)()


@german()
def prepare_invitation_list(
    context: Context, since: date, until: date, privacy: Privacy
) -> Callable[[], bytes]:
    """The list in two steps: read at once, set when called, then from any thread."""
    booked = appointments.between(context, since, until)
    office, today = context.settings.office, context.today

    @german()
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


@german()
def prepare_day_sheet(context: Context, day: date, privacy: Privacy) -> Callable[[], bytes]:
    """The sheet in two steps: read at once, set when called, then from any thread."""
    booked = appointments.of_day(context, day)
    office, today = context.settings.office, context.today

    @german()
    def typeset() -> bytes:
        from kkd_desktop.paper import day_sheet as paper
        from kkd_desktop.paper.invitation_list import InvitationRow

        rows = [InvitationRow(*each) for each in booked]
        return paper.day_sheet(paper.DaySheet(day, rows, office, today, privacy))

    return typeset


def week_sheet(context: Context, day: date, privacy: Privacy) -> bytes:
    """The week of a day, days side by side, as PDF bytes."""
    return prepare_week_sheet(context, day, privacy)()


@german()
def prepare_week_sheet(context: Context, day: date, privacy: Privacy) -> Callable[[], bytes]:
    """The sheet in two steps: read at once, set when called, then from any thread."""
    from kkd_desktop.actions import week as plans

    # Free times, which depend on the hour, are not on it.
    week = plans.week(context, day, datetime.combine(context.today, time()))
    office, today = context.settings.office, context.today

    @german()
    def typeset() -> bytes:
        from kkd_desktop.paper.week import WeekSheet, week_sheet

        return week_sheet(WeekSheet(week, office, today, privacy))

    return typeset


def people_list(context: Context, client_ids: Sequence[int], said: str, privacy: Privacy) -> bytes:
    """These people in this order as PDF bytes; `said` is how they were found. Initials are the
    least that tells them apart.
    """
    return prepare_people_list(context, client_ids, said, privacy)()


@german()
def prepare_people_list(
    context: Context, client_ids: Sequence[int], said: str, privacy: Privacy
) -> Callable[[], bytes]:
    """The list in two steps: read at once, set when called, then from any thread."""
    by_id = {entry.client.id: entry for entry in worklist.entries(context)}
    # Who was deleted meanwhile is nobody's to print.
    entries = [by_id[each] for each in client_ids if each in by_id]
    office, today = context.settings.office, context.today
    least = Privacy.INITIALS if privacy is Privacy.NEUTRAL else privacy

    @german()
    def typeset() -> bytes:
        from kkd_desktop.paper import people_list as paper

        return paper.people_list(paper.PeopleList(entries, said, office, today, least))

    return typeset


def write_pdf(path: Path, pdf: bytes) -> None:
    """Save the very bytes that were looked at or printed."""
    write_private(path, pdf)


def load_renderer() -> None:
    """Import what shows pages, from any thread: the first preview need not wait for it."""
    import kkd_desktop.paper.rendering  # noqa: F401


def open_pdf(pdf: bytes) -> "OpenPdf":
    """The pages of a document as pixels, for preview and printer. From one thread at a time only;
    whoever opens it closes it.
    """
    from kkd_desktop.paper.rendering import OpenPdf

    return OpenPdf(pdf)
