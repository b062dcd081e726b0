"""Which appointments are agreed, and which were?"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from kkd_desktop.domain.appointment import Appointment, AppointmentState, Delivery
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.language import said
from kkd_desktop.domain.plain_text import line, text
from kkd_desktop.store.database import Row, Store
from kkd_desktop.store.errors import EntryGone
from kkd_desktop.store.values import key_list, minute_text, moment_text

_SELECT = """
    SELECT id, client_id, uid, start, minutes, form, purpose, room, state, delivery, sequence,
           changed_at, reason, preparation, joint
      FROM appointment
"""


def add(store: Store, appointment: Appointment) -> int:
    values = _columns(appointment)
    with store.write() as transaction:
        return transaction.insert("appointment", values)


def change(store: Store, appointment: Appointment) -> None:
    """Store the appointment as it is now; its uid stays what it was."""
    if appointment.id is None:
        raise ValueError("an appointment that was never stored cannot be changed")
    values = _columns(appointment)
    del values["uid"]
    with store.write() as transaction:
        transaction.update("appointment", appointment.id, values)


def keep_trace(store: Store, appointment_id: int, trace: str) -> None:
    """Keep how the day came about, as JSON; it is never read for a list."""
    with store.write() as transaction:
        transaction.update("appointment", appointment_id, {"trace": trace})


def trace_of(store: Store, appointment_id: int) -> str | None:
    """What was kept, or None for appointments from before it was."""
    rows = store.read(
        "SELECT trace FROM appointment WHERE id = :appointment_id",
        {"appointment_id": appointment_id},
    )
    if not rows:
        raise EntryGone(store.path)
    found: str | None = rows[0][0]
    return found


def get(store: Store, appointment_id: int) -> Appointment:
    found = _select(store, "WHERE id = :appointment_id", {"appointment_id": appointment_id})
    if not found:
        raise EntryGone(store.path)
    return found[0]


def between(store: Store, first: date, last: date) -> list[Appointment]:
    """All that begin on one of the days, both included, in the order of the day."""
    return _select(
        store,
        "WHERE start >= :first AND start < :after ORDER BY start, id",
        {"first": first.isoformat(), "after": (last + timedelta(days=1)).isoformat()},
    )


def of_client(store: Store, client_id: int) -> list[Appointment]:
    """Newest first."""
    return _select(
        store,
        "WHERE client_id = :client_id ORDER BY start DESC, id DESC",
        {"client_id": client_id},
    )


def everyones(store: Store) -> list[Appointment]:
    """Every appointment of everybody, in the order of the days."""
    return _select(store, "ORDER BY start, id", {})


def open_times(store: Store, first: date, last: date) -> list[tuple[int, datetime, int, str]]:
    """Id, start, minutes and joint mark of those without an outcome that begin on one of the days,
    both included, by time: all that an agenda asks, in a tenth of the time.
    """
    rows = store.read(
        """
        SELECT id, start, minutes, joint
          FROM appointment
         WHERE start >= :first AND start < :after AND state IN ('booked', 'invited')
         ORDER BY start, id
        """,
        {"first": first.isoformat(), "after": (last + timedelta(days=1)).isoformat()},
    )
    return [(key, datetime.fromisoformat(start), *rest) for key, start, *rest in rows]


def starts(store: Store, appointment_ids: Iterable[int]) -> dict[int, datetime]:
    """When each begins; those that are gone are missing."""
    rows = store.read(
        "SELECT id, start FROM appointment WHERE id IN (SELECT value FROM json_each(:ids))",
        {"ids": key_list(appointment_ids)},
    )
    return {appointment_id: datetime.fromisoformat(start) for appointment_id, start in rows}


def of_joint(store: Store, mark: str) -> list[Appointment]:
    """The appointments of one joint talk; the empty mark is no talk's."""
    return _select(store, "WHERE joint = :mark AND :mark <> '' ORDER BY id", {"mark": mark})


def with_ids(store: Store, appointment_ids: Iterable[int]) -> list[Appointment]:
    """Those that are (still) stored, in the order of their ids."""
    return _select(
        store,
        "WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY id",
        {"ids": key_list(appointment_ids)},
    )


def with_uids(store: Store, uids: Iterable[str]) -> list[Appointment]:
    """Those that are (still) stored, in the order of the days."""
    return _select(
        store,
        "WHERE uid IN (SELECT value FROM json_each(:uids)) ORDER BY start, id",
        {"uids": key_list(uids)},
    )


def open_from(store: Store, day: date) -> list[Appointment]:
    """Those on the day or later that have no outcome yet, in the order of the days."""
    return _select(
        store,
        "WHERE start >= :day AND state IN ('booked', 'invited') ORDER BY start, id",
        {"day": day.isoformat()},
    )


def _select(store: Store, condition: str, parameters: Mapping[str, Any]) -> list[Appointment]:
    return [_appointment(row) for row in store.read(_SELECT + condition, parameters)]


def _columns(appointment: Appointment) -> dict[str, str | int]:
    return {
        "client_id": appointment.client_id,
        "uid": appointment.uid,
        "start": minute_text(appointment.start),
        "minutes": appointment.minutes,
        "form": appointment.form.value,
        "purpose": line(appointment.purpose, said("Anlass")),
        "room": line(appointment.room, said("Raum")),
        "state": appointment.state.value,
        "delivery": appointment.delivery.value,
        "sequence": appointment.sequence,
        "changed_at": moment_text(appointment.changed_at),
        "reason": text(appointment.reason, "Grund"),
        "preparation": appointment.preparation,
        "joint": appointment.joint,
    }


def _appointment(row: Row) -> Appointment:
    appointment_id, client_id, uid, start, minutes, form, purpose, room, *rest = row
    state, delivery, sequence, changed_at, reason, preparation, joint = rest
    return Appointment(
        client_id=client_id,
        start=datetime.fromisoformat(start),
        minutes=minutes,
        uid=uid,
        changed_at=datetime.fromisoformat(changed_at),
        form=ContactForm(form),
        purpose=purpose,
        room=room,
        state=AppointmentState(state),
        delivery=Delivery(delivery),
        sequence=sequence,
        reason=reason,
        preparation=preparation,
        joint=joint,
        id=appointment_id,
    )
