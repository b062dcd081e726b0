"""What stood open when the window was locked, until somebody takes it up again?"""

import json
from collections.abc import Iterable, Sequence

from kkd_desktop.domain.left_open import LeftOpen
from kkd_desktop.store.database import Store


def add(store: Store, things: Iterable[LeftOpen]) -> None:
    with store.write(journaled=False) as transaction:
        for thing in things:
            transaction.insert(
                "left_open",
                {
                    "kind": thing.kind,
                    "client_id": thing.client_id,
                    "content": json.dumps(thing.content, ensure_ascii=False, allow_nan=False),
                },
            )


def all_of(store: Store) -> Sequence[LeftOpen]:
    """In the order in which they were left."""
    rows = store.read("SELECT id, kind, client_id, content FROM left_open ORDER BY id")
    return [
        LeftOpen(kind, json.loads(content), client_id, row_id)
        for row_id, kind, client_id, content in rows
    ]


def remove(store: Store, ids: Iterable[int]) -> None:
    with store.write(journaled=False) as transaction:
        for row_id in ids:
            transaction.delete("left_open", row_id)
