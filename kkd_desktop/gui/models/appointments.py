"""Which appointments stand in the list, and how does each stand, in words?"""

from collections.abc import Sequence
from datetime import date, datetime, time
from enum import StrEnum

from PySide6.QtCore import QObject, Qt

from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import (
    DELIVERY_TEXTS,
    STATE_TEXTS,
    Appointment,
    AppointmentState,
    Delivery,
)
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.letter import Gap
from kkd_desktop.domain.letter_kinds import KIND_TEXTS
from kkd_desktop.domain.letter_record import LetterRecord, current_letter
from kkd_desktop.domain.values import Value
from kkd_desktop.gui.letter_words import (
    gaps_text,
    gaps_tone,
    letter_text,
    lost_letter_text,
    sentences,
    short_delivery,
)
from kkd_desktop.gui.models.columns import Column, ColumnModel, Index
from kkd_desktop.gui.theme import Tone

DAY, TIME, NAME, NUMBER, PURPOSE, FORM, ROOM, LETTER, DELIVERY, STATE = range(10)


class Invitation(Value, frozen=True):
    """An appointment, the letters on it, and what the next one would lack; None: none is due."""

    appointment: Appointment
    client: Client
    letters: tuple[LetterRecord, ...] = ()
    gaps: tuple[Gap, ...] | None = None

    @property
    def letter(self) -> LetterRecord | None:
        """The latest letter on the appointment as it is agreed now."""
        return current_letter(self.appointment, self.letters)

    def needs_letter(self, today: date) -> bool:
        """Whether an invitation still has to be written: it is to come, and nobody was told."""
        appointment = self.appointment
        return (
            appointment.state.is_open
            and appointment.day >= today
            and appointment.delivery is Delivery.NONE
            and self.letter is None
        )


class Stage(StrEnum):
    """How far an invitation is; the filter of the page. Each one stands in one of them."""

    ALL = "all"
    UNDELIVERED = "undelivered"
    INVITED = "invited"
    UNANSWERED = "unanswered"
    CLOSED = "closed"

    def holds(self, appointment: Appointment, today: date) -> bool:
        return self is Stage.ALL or self is _stage_of(appointment, today)


def _stage_of(appointment: Appointment, today: date) -> Stage:
    if not appointment.state.is_open:
        return Stage.CLOSED
    if appointment.day < today:
        return Stage.UNANSWERED
    return Stage.UNDELIVERED if appointment.delivery is Delivery.NONE else Stage.INVITED


class AppointmentModel(ColumnModel[Invitation]):
    """Appointments by time. Where a day stands under itself, it steps back."""

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        self._today = today
        super().__init__(parent)

    def columns(self) -> Sequence[Column[Invitation]]:
        return (
            Column(self.tr("Tag"), lambda row: row.appointment.start, self._day, hint=_whole_day),
            Column(
                self.tr("Zeit"),
                lambda row: (row.appointment.start.time(), row.appointment.end.time()),
                _span,
            ),
            Column(self.tr("Name"), lambda row: row.client.name, hint=_name),
            Column(self.tr("Nummer"), lambda row: row.client.number),
            Column(self.tr("Anlass"), lambda row: row.appointment.purpose or None, hint=_purpose),
            Column(self.tr("Form"), lambda row: texts.FORMS[row.appointment.form]),
            Column(self.tr("Raum"), lambda row: row.appointment.room or None),
            Column(self.tr("Brief"), _letter, hint=self.sentences, tone=_letter_tone),
            Column(self.tr("Zustellung"), _delivery, hint=_whole_delivery, tone=_delivery_tone),
            Column(
                self.tr("Stand"), lambda row: self._state(row.appointment), tone=self._state_tone
            ),
        )

    def sentences(self, row: Invitation) -> str:
        """Everything about the letter in whole sentences, a line each."""
        if row.gaps:
            return "\n".join(sentences(row.gaps))
        said = [
            self.tr("{kind} vom {day}, {delivery}.").format(
                kind=KIND_TEXTS[each.kind],
                day=texts.day(each.written_on),
                delivery=each.delivery_text,
            )
            for each in row.letters
        ]
        if row.needs_letter(self._today) and row.gaps is not None:
            said.append(self.tr("Die Einladung ist vollständig und kann geschrieben werden."))
        elif not said and row.appointment.delivery is not Delivery.NONE:
            said.append(self.tr("Zugestellt ohne einen Brief aus diesem Programm."))
        return "\n".join(said)

    def tone(self, index: Index) -> Tone | None:
        if index.column() == DAY and self._repeats(index):
            return Tone.NEUTRAL
        return super().tone(index)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be dragged out of the window."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def _repeats(self, index: Index) -> bool:
        if index.row() == 0:
            return False
        above = self.index(index.row() - 1, DAY)
        return bool(self.row(above).appointment.day == self.row(index).appointment.day)

    def _day(self, start: datetime) -> str:
        """The year only where it is not plain."""
        same = start.year == self._today.year
        return texts.short_day(start.date()) if same else texts.weekday_day(start.date())

    def _state(self, appointment: Appointment) -> str:
        if appointment.state.is_open and appointment.day < self._today:
            return self.tr("Ergebnis fehlt")
        return STATE_TEXTS[appointment.state]

    def _state_tone(self, row: Invitation) -> Tone | None:
        appointment = row.appointment
        if appointment.state.is_open:
            return Tone.SOON if appointment.day < self._today else None
        return Tone.OK if appointment.state is AppointmentState.ATTENDED else Tone.NEUTRAL


def delivery_text(appointment: Appointment) -> str | None:
    """A closed appointment has no invitation left to deliver."""
    if appointment.delivery is Delivery.NONE and not appointment.state.is_open:
        return None
    return DELIVERY_TEXTS[appointment.delivery]


def _letter(row: Invitation) -> str | None:
    letter = row.letter
    if letter is not None:
        return letter_text(letter)
    if row.letters and row.appointment.state.is_open:
        return lost_letter_text(row.letters[-1])
    if row.letters:
        return letter_text(row.letters[-1])
    return None if row.gaps is None else gaps_text(row.gaps)


def _letter_tone(row: Invitation) -> Tone | None:
    if not row.appointment.state.is_open:
        return Tone.NEUTRAL
    if row.letter is not None:
        return None
    if row.letters:
        return Tone.LATE
    return None if row.gaps is None else gaps_tone(row.gaps)


def _delivery(row: Invitation) -> str | None:
    letter = row.letter
    if letter is None or letter.delivered_on is None:
        return delivery_text(row.appointment)
    return short_delivery(letter)


def _whole_delivery(row: Invitation) -> str:
    letter = row.letter
    return _delivery(row) or "" if letter is None else letter.delivery_text


def _delivery_tone(row: Invitation) -> Tone | None:
    appointment = row.appointment
    if not appointment.state.is_open:
        return Tone.NEUTRAL
    return Tone.NEUTRAL if appointment.delivery is Delivery.NONE else None


def _name(row: Invitation) -> str:
    return row.client.name


def _purpose(row: Invitation) -> str:
    return row.appointment.purpose


def _whole_day(row: Invitation) -> str:
    return texts.weekday_day(row.appointment.day)


def _span(value: tuple[time, time]) -> str:
    return f"{texts.clock(value[0])}–{texts.clock(value[1])}"
