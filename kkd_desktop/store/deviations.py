"""Which reasoned exceptions from the policy were agreed with a client?"""

from datetime import date

from kkd_desktop.domain.client import Deviation
from kkd_desktop.domain.language import said
from kkd_desktop.domain.plain_text import line
from kkd_desktop.store.database import Row, Store
from kkd_desktop.store.values import day_of, day_text

_COLUMNS = "reason, until, since, kind"


def add(store: Store, client_id: int, deviation: Deviation) -> int:
    with store.write() as transaction:
        return transaction.insert("deviation", {"client_id": client_id, **_columns(deviation)})


def change(store: Store, deviation_id: int, deviation: Deviation) -> None:
    with store.write() as transaction:
        transaction.update("deviation", deviation_id, _columns(deviation))


def of_client(store: Store, client_id: int) -> dict[int, Deviation]:
    """Every deviation by its id, the one that ends last first."""
    rows = store.read(
        f"""
        SELECT id, {_COLUMNS}
          FROM deviation
         WHERE client_id = :client_id
         ORDER BY until IS NULL DESC, until DESC, id DESC
        """,
        {"client_id": client_id},
    )
    return {deviation_id: _deviation(row) for deviation_id, *row in rows}


def everyones(store: Store) -> dict[int, list[Deviation]]:
    """All of every client who has any, in the order in which they were agreed."""
    found: dict[int, list[Deviation]] = {}
    for client_id, *row in store.read(f"SELECT client_id, {_COLUMNS} FROM deviation ORDER BY id"):
        found.setdefault(client_id, []).append(_deviation(row))
    return found


def current(store: Store, today: date, client_id: int | None = None) -> dict[int, Deviation]:
    """The deviation of each client that counts today, or of the one client asked for.

    It is the one that ends last of those that have begun. It may have ended: that it did is what
    the caseworker has to be told.
    """
    rows = store.read(
        f"""
        SELECT client_id, {_COLUMNS}
          FROM deviation
         WHERE ifnull(since, '') <= :today
           AND (:client_id IS NULL OR client_id = :client_id)
         ORDER BY until IS NULL, until, id
        """,
        {"today": day_text(today), "client_id": client_id},
    )
    return {client: _deviation(row) for client, *row in rows}


def _columns(deviation: Deviation) -> dict[str, str | None]:
    return {
        "reason": line(deviation.reason, said("Grund der Ausnahme"), required=True),
        "until": day_text(deviation.until),
        "since": day_text(deviation.since),
        "kind": line(deviation.kind or "", said("Art der Ausnahme")) or None,
    }


def _deviation(row: Row | list[str]) -> Deviation:
    reason, until, since, kind = row
    return Deviation(reason, day_of(until), day_of(since), kind)
