"""Which state of an appointment was handed to which calendar, and when?"""

from collections.abc import Iterable
from datetime import datetime

from kkd_desktop.domain.appointment import AppointmentState
from kkd_desktop.domain.language import said
from kkd_desktop.domain.plain_text import line
from kkd_desktop.domain.values import Value
from kkd_desktop.store.database import Store
from kkd_desktop.store.values import moment_text


class Export(Value, frozen=True):
    """`digest` is a hash of what was written, so that a change of the room alone shows as well."""

    appointment_id: int
    sequence: int
    state: AppointmentState
    digest: str
    exported_at: datetime


def record(store: Store, target: str, exports: Iterable[Export]) -> None:
    """Remember what was written to `target`, a name the caller gives each way of exporting."""
    rows = [
        {
            "appointment_id": export.appointment_id,
            "target": line(target, said("Ziel des Exports")),
            "sequence": export.sequence,
            "state": export.state.value,
            "digest": export.digest,
            "exported_at": moment_text(export.exported_at),
        }
        for export in exports
    ]
    with store.write() as transaction:
        for row in rows:
            transaction.insert("export_log", row)


def last_exports(store: Store, target: str) -> dict[int, Export]:
    """The latest export of each appointment to that target; never exported ones are missing."""
    rows = store.read(
        """
        SELECT appointment_id, sequence, state, digest, exported_at
          FROM export_log
         WHERE target = :target
         ORDER BY id
        """,
        {"target": target},
    )
    return {
        appointment_id: Export(
            appointment_id,
            sequence,
            AppointmentState(state),
            digest,
            datetime.fromisoformat(exported_at),
        )
        for appointment_id, sequence, state, digest, exported_at in rows
    }
