"""Which appointments does a day have, and what became of each?"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, Qt

from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import STATE_TEXTS, Appointment, AppointmentState
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.language import said
from kkd_desktop.domain.values import Value
from kkd_desktop.gui.models.columns import Index, Role
from kkd_desktop.gui.models.worklist_rows import profile_text
from kkd_desktop.gui.theme import Tone

_TONES = {AppointmentState.ATTENDED: Tone.OK}


class DayRow(Value, frozen=True):
    """One appointment, ready to be shown; `state` is empty while its outcome is open."""

    key: int
    client_id: int
    time: str
    name: str
    detail: str
    state: str = ""
    tone: Tone = Tone.NEUTRAL

    @property
    def is_open(self) -> bool:
        return not self.state


def day_row(appointment: Appointment, client: Client, company: Sequence[str] = ()) -> DayRow:
    """`company` names the others in a joint talk."""
    assert appointment.id is not None
    by_phone = appointment.form is not ContactForm.PERSOENLICH
    detail = (
        profile_text(client, appointment.day),
        texts.FORMS[appointment.form] if by_phone else "",
        said("gemeinsam mit {names}").format(names=texts.listed(company)) if company else "",
        appointment.purpose,
    )
    return DayRow(
        appointment.id,
        client.id,
        texts.clock(appointment.start),
        client.name,
        " · ".join(part for part in detail if part),
        "" if appointment.state.is_open else STATE_TEXTS[appointment.state],
        _TONES.get(appointment.state, Tone.NEUTRAL),
    )


def day_rows(booked: Sequence[tuple[Appointment, Client]]) -> list[DayRow]:
    """The appointments of a day; those of a joint talk name each other."""
    return [
        day_row(appointment, client, [_name(c) for a, c in booked if _meet(appointment, a)])
        for appointment, client in booked
    ]


def _meet(one: Appointment, other: Appointment) -> bool:
    """Whether both come to one talk."""
    come = not one.state.is_withdrawn and not other.state.is_withdrawn
    return come and bool(one.joint) and one.joint == other.joint and one.id != other.id


def _name(client: Client) -> str:
    return f"{client.first_name} {client.last_name}".strip()


class DayModel(QAbstractListModel):
    """The appointments of a day in the order of their hours."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[DayRow] = []

    def show_rows(self, rows: Sequence[DayRow]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, index: Index) -> DayRow | None:
        return self._rows[index.row()] if index.isValid() else None

    def place_of(self, key: int) -> int | None:
        return next((place for place, row in enumerate(self._rows) if row.key == key), None)

    def next_open(self) -> int | None:
        """Where the first appointment without an outcome stands."""
        return next((place for place, row in enumerate(self._rows) if row.is_open), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be dragged out of the window."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Role.DisplayRole:
            return row.name
        if role == Role.AccessibleTextRole:
            return ", ".join(part for part in (row.time, row.name, row.detail, row.state) if part)
        if role == Role.AccessibleDescriptionRole and row.is_open:
            return QCoreApplication.translate(
                "DayModel", "E erschienen, N nicht erschienen, A abgesagt, weitere mit Umschalt F10"
            )
        return None
