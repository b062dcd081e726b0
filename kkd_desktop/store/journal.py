"""What was changed, in which step, and how is a step taken back or done again?

Triggers of the connection write every row as it was before and after. They are made from the tables
as they stand, so that a new table is covered without a word.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlcipher3 import dbapi2

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.values import Value
from kkd_desktop.store.database import Store, Transaction

NOT_JOURNALED = frozenset(
    {
        "step",
        "change",
        "holiday",
        "holiday_year",
        "busy",
        "busy_reading",
        "server_entry",
        "server_push",
        "backup",
        "forgotten",
        "_sqlite_migrations",
    }
)
"""The journal itself, what can be looked up again at any time, and what is true elsewhere
or must stay so: a file that was written, a person who was deleted."""

_KEY_OF_OTHERS = "appointment_id"


class Journal:
    """Writes the changes of one connection down."""

    def __init__(self, connection: dbapi2.Connection) -> None:
        self._connection = connection
        self._step = 0

    @classmethod
    def of(cls, connection: dbapi2.Connection) -> "Journal | None":
        """The journal of a file, with its triggers; None for a file that is just being made."""
        columns = columns_of(connection)
        if "step" not in columns:
            return None
        connection.execute("CREATE TEMP TABLE IF NOT EXISTS running_step (id INTEGER)")
        for table, names in columns.items():
            if table not in NOT_JOURNALED:
                for statement in _triggers(table, names):
                    connection.execute(statement)
        return cls(connection)

    def begin(self, name: str, reverses: int | None) -> None:
        """Open a step. What was taken back before it can no longer be done again."""
        if name and reverses is None:
            self._connection.execute("UPDATE step SET state = 'final' WHERE state = 'undone'")
        row = self._connection.execute(
            """
            INSERT INTO step (name, done_at, state, reverses)
            VALUES (?, strftime('%Y-%m-%dT%H:%M:%S', 'now'), ?, ?)
            """,
            (name, "done" if name and reverses is None else "final", reverses),
        )
        self._step = int(row.lastrowid)
        self._connection.execute("DELETE FROM running_step")
        self._connection.execute("INSERT INTO running_step (id) VALUES (?)", (self._step,))

    def end(self) -> None:
        """Close the step; one that changed nothing was none."""
        self._connection.execute("DELETE FROM running_step")
        self._connection.execute(
            """
            DELETE FROM step
             WHERE id = ? AND NOT EXISTS (SELECT 1 FROM change WHERE step_id = step.id)
            """,
            (self._step,),
        )


Columns = dict[str, str]
"""The columns of a table with their types."""


def columns_of(connection: dbapi2.Connection) -> dict[str, Columns]:
    """Every table of ours with its columns."""
    rows = connection.execute(
        """
        SELECT sqlite_master.name, info.name, info.type
          FROM sqlite_master, pragma_table_info(sqlite_master.name) AS info
         WHERE sqlite_master.type = 'table' AND sqlite_master.name NOT LIKE 'sqlite!_%' ESCAPE '!'
        """
    )
    found: dict[str, Columns] = {}
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return found


def _triggers(table: str, columns: Columns) -> list[str]:
    before, after = _row_of("OLD", columns), _row_of("NEW", columns)
    return [
        f"""
        CREATE TEMP TRIGGER IF NOT EXISTS journal_{table}_{event} AFTER {event} ON main.{table}
        WHEN EXISTS (SELECT 1 FROM running_step)
        BEGIN
            INSERT INTO change (step_id, table_name, row_id, client_id, before, after)
            SELECT id, '{table}', {row}.id, {_client_of(table, row, columns)}, {old}, {new}
              FROM running_step;
        END
        """
        for event, row, old, new in (
            ("INSERT", "NEW", "NULL", after),
            ("UPDATE", "NEW", before, after),
            ("DELETE", "OLD", before, "NULL"),
        )
    ]


def _row_of(row: str, columns: Columns) -> str:
    """The row as one JSON text; JSON knows no bytes, so these are written in hexadecimal."""
    parts = (
        f"'{name}', " + (f"hex({row}.{name})" if kind == "BLOB" else f"{row}.{name}")
        for name, kind in columns.items()
    )
    return f"json_object({', '.join(parts)})"


def _client_of(table: str, row: str, columns: Columns) -> str:
    """Whose data it is: for the history of one person, and for forgetting that person."""
    if table == "client":
        return f"{row}.id"
    if "client_id" in columns:
        return f"{row}.client_id"
    if _KEY_OF_OTHERS in columns:
        return f"(SELECT client_id FROM appointment WHERE id = {row}.{_KEY_OF_OTHERS})"
    return "NULL"


class Step(Value, frozen=True):
    """One thing a user did. `done_at` is a moment in UTC."""

    id: int
    name: str
    done_at: str


class Change(Value, frozen=True):
    """A row before and after, by column; None where it did not exist."""

    step: Step
    table: str
    row_id: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def to_undo(store: Store) -> Step | None:
    """The last step that can be taken back."""
    return _one(store, "state = 'done' ORDER BY id DESC")


def to_redo(store: Store) -> Step | None:
    """The step that was taken back last."""
    return _one(store, "state = 'undone' ORDER BY id")


def undo(store: Store) -> Step | None:
    """Take the last step back, or None where there is none. All of it or nothing."""
    step = to_undo(store)
    if step is not None:
        with store.write(f"Zurück: {step.name}", reverses=step.id) as transaction:
            columns = columns_of(store.connection)
            for change in reversed(_of_step(store, transaction, step)):
                _replace(store, columns[change.table], change, change.after, change.before)
            transaction.execute("UPDATE step SET state = 'undone' WHERE id = ?", (step.id,))
    return step


def redo(store: Store) -> Step | None:
    """Do again what was taken back last, or None where there is nothing."""
    step = to_redo(store)
    if step is not None:
        with store.write(f"Noch einmal: {step.name}", reverses=step.id) as transaction:
            columns = columns_of(store.connection)
            for change in _of_step(store, transaction, step):
                _replace(store, columns[change.table], change, change.before, change.after)
            transaction.execute("UPDATE step SET state = 'done' WHERE id = ?", (step.id,))
    return step


def _of_step(store: Store, transaction: Transaction, step: Step) -> list[Change]:
    # Rows that refer to each other come back in the order in which they went.
    transaction.execute("PRAGMA defer_foreign_keys = ON")
    return _changes(store, "step.id = ?", (step.id,))


def keep_undoable(store: Store, number: int) -> None:
    """Only the last `number` steps can be taken back; older ones stay to be looked up."""
    if store.read("SELECT count(*) FROM step WHERE state <> 'final'")[0][0] <= number:
        return
    with store.write(journaled=False) as transaction:
        transaction.execute(
            """
            UPDATE step
               SET state = 'final'
             WHERE state <> 'final'
               AND id NOT IN (
                   SELECT id FROM step WHERE state <> 'final' ORDER BY id DESC LIMIT ?
               )
            """,
            (number,),
        )


def history(store: Store, client_id: int | None = None, limit: int = 500) -> list[Change]:
    """The latest changes first, of one person or of the whole store."""
    if client_id is None:
        return _changes(store, "1 ORDER BY change.id DESC LIMIT ?", (limit,), ordered=False)
    return _changes(
        store, "client_id = ? ORDER BY change.id DESC LIMIT ?", (client_id, limit), ordered=False
    )


def forget(store: Store, client_id: int) -> None:
    """Delete what the journal knows about a person who was deleted; there is no way back."""
    with store.write(journaled=False) as transaction:
        steps = "SELECT step_id FROM change WHERE client_id = :client_id"
        transaction.execute(
            f"UPDATE step SET state = 'final' WHERE id IN ({steps})", {"client_id": client_id}
        )
        transaction.execute(
            "DELETE FROM change WHERE client_id = :client_id", {"client_id": client_id}
        )


def _one(store: Store, condition: str) -> Step | None:
    rows = store.read(f"SELECT id, name, done_at FROM step WHERE {condition} LIMIT 1")
    return Step(*rows[0]) if rows else None


def _changes(
    store: Store, condition: str, parameters: Sequence[Any], *, ordered: bool = True
) -> list[Change]:
    order = "ORDER BY change.id" if ordered else ""
    rows = store.read(
        f"""
        SELECT step.id, step.name, step.done_at, table_name, row_id, before, after
          FROM change
          JOIN step ON step.id = change.step_id
         WHERE {condition} {order}
        """,
        parameters,
    )
    return [
        Change(
            Step(*row[:3]),
            *row[3:5],
            *(None if text is None else json.loads(text) for text in row[5:]),
        )
        for row in rows
    ]


def _replace(
    store: Store,
    columns: Columns,
    change: Change,
    expected: dict[str, Any] | None,
    wanted: dict[str, Any] | None,
) -> None:
    """Put a row back, if it still is as the step left it."""
    table, row_id = change.table, change.row_id
    if not _is_as(store, columns, table, row_id, expected):
        raise UserError(
            f"„{change.step.name}“ lässt sich nicht zurücknehmen: "
            "Was dabei entstand, wurde inzwischen geändert."
        )
    with store.write() as transaction:
        if wanted is None:
            transaction.delete(table, row_id)
            return
        values = {name: _value(wanted[name], columns[name]) for name in wanted if name in columns}
        if expected is None:
            transaction.insert(table, values)
        else:
            transaction.update(table, row_id, values)


def _is_as(
    store: Store, columns: Columns, table: str, row_id: int, expected: dict[str, Any] | None
) -> bool:
    found = store.read(f"SELECT {_row_of(table, columns)} FROM {table} WHERE id = ?", (row_id,))
    if not found or expected is None:
        return not found and expected is None
    now = json.loads(found[0][0])
    # A column that came later is none of the step's business.
    return all(now.get(name) == value for name, value in expected.items() if name in columns)


def _value(value: Any, kind: str) -> Any:
    return bytes.fromhex(value) if kind == "BLOB" and value is not None else value
