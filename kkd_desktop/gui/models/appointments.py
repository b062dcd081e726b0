"""Which appointments stand in the list, and how does each stand, in words?"""

from collections.abc import Sequence
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject

from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import (
    DELIVERY_TEXTS,
    STATE_TEXTS,
    Appointment,
    AppointmentState,
    Delivery,
)
from kkd_desktop.domain.client import Client
from kkd_desktop.gui import theme
from kkd_desktop.gui.models.columns import Column, ColumnModel, Index, Role
from kkd_desktop.gui.theme import Tone

Booked = tuple[Appointment, Client]

DAY, TIME, NAME, NUMBER, PURPOSE, FORM, ROOM, DELIVERY, STATE = range(9)


class Stage(StrEnum):
    """How far an invitation is; the filter of the page."""

    ALL = "all"
    UNDELIVERED = "undelivered"
    INVITED = "invited"
    CLOSED = "closed"

    def holds(self, appointment: Appointment) -> bool:
        if self is Stage.ALL:
            return True
        if self is Stage.CLOSED:
            return not appointment.state.is_open
        if not appointment.state.is_open:
            return False
        return (appointment.delivery is Delivery.NONE) is (self is Stage.UNDELIVERED)


class AppointmentModel(ColumnModel[Booked]):
    """Appointments by time. Where a day stands under itself, it steps back."""

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        self._today = today
        super().__init__(parent)

    def columns(self) -> Sequence[Column[Booked]]:
        return (
            Column(self.tr("Tag"), lambda row: row[0].start, self._day, hint=_whole_day),
            Column(self.tr("Zeit"), lambda row: (row[0].start.time(), row[0].end.time()), _span),
            Column(self.tr("Name"), lambda row: row[1].name),
            Column(self.tr("Nummer"), lambda row: row[1].number),
            Column(self.tr("Anlass"), lambda row: row[0].purpose or None, hint=_purpose),
            Column(self.tr("Form"), lambda row: texts.FORMS[row[0].form]),
            Column(self.tr("Raum"), lambda row: row[0].room or None),
            Column(self.tr("Zustellung"), lambda row: delivery_text(row[0]), tone=_delivery_tone),
            Column(self.tr("Stand"), lambda row: self._state(row[0]), tone=self._state_tone),
        )

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if role == Role.ForegroundRole and index.column() == DAY and self._repeats(index):
            return theme.current().ink(Tone.NEUTRAL)
        return super().data(index, role)

    def _repeats(self, index: Index) -> bool:
        if index.row() == 0:
            return False
        above = self.index(index.row() - 1, DAY)
        return bool(self.row(above)[0].day == self.row(index)[0].day)

    def _day(self, start: datetime) -> str:
        """The year only where it is not plain."""
        same = start.year == self._today.year
        return texts.short_day(start.date()) if same else texts.weekday_day(start.date())

    def _state(self, appointment: Appointment) -> str:
        if appointment.state.is_open and appointment.day < self._today:
            return self.tr("Ergebnis fehlt")
        return STATE_TEXTS[appointment.state]

    def _state_tone(self, row: Booked) -> Tone | None:
        appointment = row[0]
        if appointment.state.is_open:
            return Tone.SOON if appointment.day < self._today else None
        return Tone.OK if appointment.state is AppointmentState.ATTENDED else Tone.NEUTRAL


def delivery_text(appointment: Appointment) -> str | None:
    """A closed appointment has no invitation left to deliver."""
    if appointment.delivery is Delivery.NONE and not appointment.state.is_open:
        return None
    return DELIVERY_TEXTS[appointment.delivery]


def _delivery_tone(row: Booked) -> Tone | None:
    appointment = row[0]
    if not appointment.state.is_open:
        return Tone.NEUTRAL
    return Tone.SOON if appointment.delivery is Delivery.NONE else None


def _purpose(row: Booked) -> str:
    return row[0].purpose


def _whole_day(row: Booked) -> str:
    return texts.weekday_day(row[0].day)


def _span(value: tuple[time, time]) -> str:
    return f"{texts.clock(value[0])}–{texts.clock(value[1])}"
