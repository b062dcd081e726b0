"""How do the dialogs look in which a talk is booked or moved?"""

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QDate, QTime
from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import busy as other_calendars
from kkd_desktop.actions import worklist as lists
from kkd_desktop.gui.busy_watch import watch_of
from kkd_desktop.gui.dialogs.appointment import open_booking, open_move
from tests.pictures.akte import booked_together
from tests.pictures.desk import Desk, Scene
from tests.pictures.kalender import busy_file


def booking_over_busy(desk: Desk) -> QWidget:
    context = desk.session.context
    watch_of(desk.session).stop()
    with TemporaryDirectory() as folder:
        source = other_calendars.source_at(busy_file(Path(folder, "k.ics"), 40))
        other_calendars.add_source(context, source)
    booking(desk)
    dialog = desk.dialog()
    dialog.day.setDate(QDate(2026, 11, 26))
    dialog.time.setTime(QTime(11, 15))
    return dialog


def booking(desk: Desk) -> QWidget:
    open_booking(desk.session, desk.waiting().client.id, desk.window)
    return desk.dialog()


def booking_first(desk: Desk) -> QWidget:
    """A first talk, with the caseworker's own time in it and several rooms."""
    rooms = ("1.02", "Saal")
    desk.session.perform(lambda context: context.change_settings(rooms=rooms))
    never_met = next(
        entry
        for entry in lists.entries(desk.session.context)
        if entry.appointment is None and entry.outcome.deciding.last is None
    )
    open_booking(desk.session, never_met.client.id, desk.window)
    return desk.dialog()


def moving(desk: Desk) -> QWidget:
    open_move(desk.session, desk.booked()[0].id, desk.window)
    return desk.dialog()


def moving_together(desk: Desk) -> QWidget:
    open_move(desk.session, booked_together(desk).id, desk.window)
    return desk.dialog()


SCENES: dict[str, Scene] = {
    "dialog-verlegen-gemeinsam": moving_together,
    "dialog-termin": booking,
    "dialog-termin-belegt": booking_over_busy,
    "dialog-termin-erstgespraech": booking_first,
    "dialog-verlegen": moving,
}
