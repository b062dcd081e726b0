"""Which column of a table meant what, the last time a table with these headings came in?"""

import json
from collections.abc import Sequence
from hashlib import sha256

from kkd_desktop.store.database import Store


def get(store: Store, header: Sequence[str]) -> tuple[str, ...] | None:
    """The column ids as they were put; None for headings that were never seen."""
    rows = store.read(
        "SELECT mapping FROM import_mapping WHERE header_digest = :digest",
        {"digest": _digest(header)},
    )
    if not rows:
        return None
    found = tuple(str(each) for each in json.loads(rows[0][0]))
    return found if len(found) == len(header) else None


def put(store: Store, header: Sequence[str], mapping: Sequence[str]) -> None:
    row = {"digest": _digest(header), "mapping": json.dumps(list(mapping))}
    with store.write() as transaction:
        transaction.execute(
            """
            INSERT INTO import_mapping (header_digest, mapping)
            VALUES (:digest, :mapping)
                ON CONFLICT (header_digest) DO UPDATE SET mapping = excluded.mapping
            """,
            row,
        )


def _digest(header: Sequence[str]) -> str:
    return sha256("\x1f".join(header).encode()).hexdigest()
