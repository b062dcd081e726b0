"""What became of an appointment? One place for the keys, menus and buttons that say it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from kkd_desktop.actions import appointments, casework
from kkd_desktop.actions.context import Context
from kkd_desktop.domain.appointment import Appointment, AppointmentState
from kkd_desktop.domain.client import Client
from kkd_desktop.gui.dialogs.appointment import open_move
from kkd_desktop.gui.dialogs.base import show
from kkd_desktop.gui.dialogs.contact import ContactDialog
from kkd_desktop.gui.session import Session

MOVED = "moved"
"""The outcome that is none: the talk takes place at another time."""

KEYS = {
    "E": AppointmentState.ATTENDED,
    "N": AppointmentState.MISSED,
    "A": AppointmentState.CANCELLED,
}

_ACTIONS: dict[str, Callable[[Context, int], Appointment]] = {
    AppointmentState.MISSED: appointments.mark_missed,
    AppointmentState.CANCELLED: appointments.cancel,
    AppointmentState.ILL: appointments.mark_ill,
}


def finish_appointment(
    session: Session, appointment_id: int, outcome: str, parent: QWidget | None = None
) -> None:
    """Store what became of an appointment; for `attended` the dialog asks for the Vermerk.

    `outcome` is an `AppointmentState` or `MOVED`.
    """
    if outcome == MOVED:
        open_move(session, appointment_id, parent)
    elif outcome == AppointmentState.ATTENDED:
        appointment = appointments.get(session.context, appointment_id)
        client = casework.stored_client(session.context, appointment.client_id)
        show(ContactDialog(session, client, appointment=appointment, parent=parent))
    else:
        act = _ACTIONS[outcome]
        session.perform(lambda context: act(context, appointment_id), lambda: _said(outcome))


def outcome_menu(session: Session, appointment_id: int, parent: QWidget) -> QMenu:
    """All outcomes with their keys; it deletes itself when it closes."""
    appointment = appointments.get(session.context, appointment_id)
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    _add_outcomes(menu, session, appointment, parent)
    return menu


def talk_menu(session: Session, booked: Sequence[tuple[int, Client]], parent: QWidget) -> QMenu:
    """The outcomes of a talk; where several come to it, for each of them: one may be ill while the
    other is here. `booked` are the ids of its appointments, each with its client.
    """
    (first, _), *more = booked
    if not more:
        return outcome_menu(session, first, parent)
    talks = [(appointments.get(session.context, each), client) for each, client in booked]
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    for appointment, client in talks:
        own = QMenu(client.name.replace("&", "&&"), menu)
        _add_outcomes(own, session, appointment, parent)
        if own.actions():
            menu.addMenu(own)
    return menu


def _add_outcomes(menu: QMenu, session: Session, appointment: Appointment, parent: QWidget) -> None:
    assert appointment.id is not None, "a booked appointment is stored"
    if not appointment.state.is_open:
        return
    for outcome, words, key in (
        (AppointmentState.ATTENDED, _tr("Erschienen …"), "E"),
        (AppointmentState.MISSED, _tr("Nicht erschienen"), "N"),
        (AppointmentState.CANCELLED, _tr("Abgesagt"), "A"),
        (AppointmentState.ILL, _tr("Krank gemeldet"), ""),
        (MOVED, _tr("Verlegt …"), ""),
    ):
        action = QAction(f"{words}\t{key}" if key else words, menu)
        action.triggered.connect(_finisher(session, appointment.id, outcome, parent))
        menu.addAction(action)


def _finisher(
    session: Session, appointment_id: int, outcome: str, parent: QWidget
) -> Callable[[], None]:
    return lambda: finish_appointment(session, appointment_id, outcome, parent)


def _said(outcome: str) -> str:
    words = {
        AppointmentState.MISSED: _tr("Termin: nicht erschienen"),
        AppointmentState.CANCELLED: _tr("Termin abgesagt"),
        AppointmentState.ILL: _tr("Termin: krank gemeldet"),
    }
    return words[AppointmentState(outcome)]


def _tr(text: str) -> str:
    return QCoreApplication.translate("outcome", text)
