"""Who comes when, on paper: the list of the appointments of a period, by day and time."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import (
    DELIVERY_TEXTS,
    STATE_TEXTS,
    Appointment,
    Delivery,
)
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.language import german
from kkd_desktop.domain.privacy import Privacy, client_label
from kkd_desktop.domain.values import Value
from kkd_desktop.paper.typesetting import typeset

_NOTHING = "–"


class InvitationRow(Value, frozen=True):
    appointment: Appointment
    client: Client


class InvitationList(Value, frozen=True):
    """The appointments from `first` to `last`, both included; the rows come in any order."""

    first: date
    last: date
    rows: Sequence[InvitationRow]
    office: str
    printed_on: date
    privacy: Privacy = Privacy.INITIALS


@german()
def invitation_list(content: InvitationList) -> bytes:
    """The list as an accessible PDF. Title, header and metadata name no person."""
    rows = sorted(content.rows, key=_by_time)
    days = [
        _day(day, list(group), content.privacy)
        for day, group in groupby(rows, key=lambda row: row.appointment.day)
    ]
    data = {
        "period": _period(content.first, content.last),
        "office": content.office,
        "summary": _summary(rows, len(days)),
        "printed_on": texts.day(content.printed_on),
        "days": days,
    }
    return typeset("einladungsliste", data, content.printed_on)


def _by_time(row: InvitationRow) -> tuple[object, ...]:
    return row.appointment.start, row.client.name, row.appointment.uid


def _day(day: date, rows: Sequence[InvitationRow], privacy: Privacy) -> dict[str, object]:
    return {
        "day": texts.weekday_day(day),
        "count": texts.counted(len(rows), "Termin", "Termine"),
        "rows": [_cells(row, privacy) for row in rows],
    }


def _cells(row: InvitationRow, privacy: Privacy) -> dict[str, object]:
    appointment = row.appointment
    return {
        "time": f"{texts.clock(appointment.start)}–{texts.clock(appointment.end)}",
        "client": client_label(row.client, privacy) or _NOTHING,
        "purpose": appointment.purpose or _NOTHING,
        "form": texts.FORMS[appointment.form],
        "room": appointment.room or _NOTHING,
        "delivery": _delivery(appointment),
        "state": STATE_TEXTS[appointment.state],
        "open": appointment.state.is_open,
    }


def _delivery(appointment: Appointment) -> str:
    """A closed appointment has no invitation left to deliver."""
    if appointment.delivery is Delivery.NONE and not appointment.state.is_open:
        return _NOTHING
    return DELIVERY_TEXTS[appointment.delivery]


def _period(first: date, last: date) -> str:
    if first == last:
        return texts.weekday_day(first)
    return f"{texts.weekday_day(first)} bis {texts.weekday_day(last)}"


def _summary(rows: Iterable[InvitationRow], days: int) -> str:
    """`40 Termine an 5 Tagen, 12 Einladungen noch offen`; empty where there is nothing to count."""
    appointments = [row.appointment for row in rows]
    if not appointments:
        return ""
    count = texts.counted(len(appointments), "Termin", "Termine")
    undelivered = sum(
        appointment.state.is_open and appointment.delivery is Delivery.NONE
        for appointment in appointments
    )
    waiting = texts.counted(undelivered, "Einladung", "Einladungen")
    on_days = texts.counted(days, "Tag", "Tagen")
    return f"{count} an {on_days}" + (f", {waiting} noch nicht zugestellt" if undelivered else "")
