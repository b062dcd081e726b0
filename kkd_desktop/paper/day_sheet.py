"""The day on one sheet: who comes when, with room to write."""

from collections.abc import Sequence
from datetime import date

from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import STATE_TEXTS
from kkd_desktop.domain.language import german
from kkd_desktop.domain.privacy import Privacy, client_label
from kkd_desktop.domain.values import Value
from kkd_desktop.paper.invitation_list import InvitationRow
from kkd_desktop.paper.typesetting import typeset


class DaySheet(Value, frozen=True):
    """The appointments of one day, in any order."""

    day: date
    rows: Sequence[InvitationRow]
    office: str
    printed_on: date
    privacy: Privacy = Privacy.INITIALS


@german()
def day_sheet(content: DaySheet) -> bytes:
    rows = sorted(content.rows, key=lambda row: (row.appointment.start, row.appointment.uid))
    data = {
        "day": texts.weekday_day(content.day),
        "office": content.office,
        "summary": texts.counted(len(rows), "Termin", "Termine") if rows else "",
        "printed_on": texts.day(content.printed_on),
        "rows": [_cells(row, content.privacy) for row in rows],
    }
    return typeset("tagesblatt", data, content.printed_on)


def _cells(row: InvitationRow, privacy: Privacy) -> dict[str, object]:
    appointment = row.appointment
    room = f"Raum {appointment.room}" if appointment.room else ""
    form = texts.FORMS[appointment.form]
    state = STATE_TEXTS[appointment.state]
    about = (form, room, appointment.length.german(), state)
    return {
        "time": texts.clock(appointment.start),
        "client": client_label(row.client, privacy) or "–",
        "purpose": appointment.purpose,
        "about": " · ".join(part for part in about if part),
        "open": appointment.state.is_open,
    }
