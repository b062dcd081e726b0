"""What is set for this caseload: the office, its hours, the policy in force?"""

from kkd_desktop.domain.values import plain_of
from kkd_desktop.store.database import Store

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def get(store: Store, key: str, default: Json = None) -> Json:
    """The value as it was put; `default` where the key was never put."""
    rows = store.read("SELECT value FROM setting WHERE key = :key", {"key": key})
    return _value(rows[0][0]) if rows else default


def everything(store: Store) -> dict[str, Json]:
    rows = store.read("SELECT key, value FROM setting ORDER BY key")
    return {key: _value(text) for key, text in rows}


def put(store: Store, key: str, value: Json) -> None:
    import json

    row = {"key": key, "value": json.dumps(value, ensure_ascii=False, allow_nan=False)}
    with store.write() as transaction:
        transaction.execute(
            """
            INSERT INTO setting (key, value)
            VALUES (:key, :value)
                ON CONFLICT (key) DO UPDATE SET value = excluded.value
            """,
            row,
        )


def _value(text: str) -> Json:
    value: Json = plain_of(text)
    return value
