"""What was changed, in which step, and how is a step taken back or done again?

Triggers of the connection write every row as it was before and after. They are made from the tables
as they stand, so that a new table is covered without a word.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from sqlcipher3 import dbapi2

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said, to_say
from kkd_desktop.domain.values import Value
from kkd_desktop.store.database import Parameters, Row, Store, Transaction

NOT_JOURNALED = {
    "step": "the journal itself",
    "change": "the journal itself",
    "holiday": "can be looked up again at any time",
    "holiday_year": "can be looked up again at any time",
    "busy": "is read again from another calendar",
    "busy_reading": "is read again from another calendar",
    "server_entry": "says what stands on a server, which a step taken back does not change",
    "server_push": "says what stands on a server, which a step taken back does not change",
    "backup": "says which files were written, which a step taken back does not unmake",
    "forgotten": "nobody who was deleted comes back",
    "left_open": "was typed when the window was locked, and nobody has confirmed it",
    "_sqlite_migrations": "how the tables came to be",
}
"""Tables without triggers, each with its reason."""

_KEY_OF_OTHERS = "appointment_id"

_BULKY = {
    "appointment": ("trace",),
    "letter": ("content",),
    "letter_template": ("source", "files"),
}
"""Beside all bytes: long texts that the row itself keeps. The journal has them only where the row
does not: as they were before they changed or went."""


Progress = Callable[[int, int], object]
"""Is told how many changes are put back, of how many. What it raises ends the work, and nothing is
changed.
"""

_A_PART = 500


class Journal:
    """Writes the changes of one connection down."""

    def __init__(self, connection: dbapi2.Connection, columns: "Mapping[str, Columns]") -> None:
        self._connection = connection
        self.columns = columns
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
        return cls(connection, columns)

    def begin(self, name: str, reverses: int | None = None) -> None:
        """Open a step. What was taken back before it can no longer be done again."""
        if name and reverses is None:
            gone = self._connection.execute(
                "UPDATE step SET state = 'final' WHERE state = 'undone' RETURNING id"
            )
            if steps := [step_id for (step_id,) in gone.fetchall()]:
                _strip(self._connection, steps)
                _forget_gone(self._connection)
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


def _bulky(table: str, columns: Columns) -> tuple[str, ...]:
    named = _BULKY.get(table, ())
    return tuple(name for name, kind in columns.items() if kind == "BLOB" or name in named)


def _triggers(table: str, columns: Columns) -> list[str]:
    bulky = _bulky(table, columns)
    small = {name: kind for name, kind in columns.items() if name not in bulky}
    before, after = _row_of("OLD", columns), _row_of("NEW", small)
    changed = before
    if bulky:
        same = " AND ".join(f"OLD.{name} IS NEW.{name}" for name in bulky)
        changed = f"CASE WHEN {same} THEN {_row_of('OLD', small)} ELSE {before} END"
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
            ("UPDATE", "NEW", changed, after),
            ("DELETE", "OLD", before, "NULL"),
        )
    ]


def _row_of(row: str, columns: Columns) -> str:
    """The row as one JSON text; JSON knows no bytes, so these are written in hexadecimal."""
    parts = (
        f"'{name}', "
        + (
            f"CASE WHEN {row}.{name} IS NOT NULL THEN hex({row}.{name}) END"
            if kind == "BLOB"
            else f"{row}.{name}"
        )
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


class StepState(StrEnum):
    """`final` ones can be looked up only: too old, or without a name of their own."""

    DONE = "done"
    UNDONE = "undone"
    FINAL = "final"


class Step(Value, frozen=True):
    """One thing a user did; `done_at` is a moment in UTC."""

    id: int
    name: str
    done_at: str
    state: StepState = StepState.DONE


class Change(Value, frozen=True):
    """A row before and after, by column; None where it did not exist."""

    step: Step
    table: str
    row_id: int
    client_id: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def to_undo(store: Store) -> Step | None:
    """The last step that can be taken back."""
    return next(iter(undoable(store, 1)), None)


def undoable(store: Store, limit: int) -> list[Step]:
    """The last steps that can be taken back, latest first."""
    return _steps(store, "state = 'done' ORDER BY id DESC LIMIT :limit", {"limit": limit})


def to_redo(store: Store) -> Step | None:
    """The step that was taken back last."""
    return next(iter(_steps(store, "state = 'undone' ORDER BY id LIMIT 1")), None)


def undo(store: Store, progress: Progress = lambda done, total: None) -> Step | None:
    """Take the last step back, or None where there is none. All of it or nothing."""
    step = to_undo(store)
    return None if step is None else undo_to(store, step.id, progress)[-1]


def undo_to(
    store: Store, step_id: int, progress: Progress = lambda done, total: None
) -> list[Step]:
    """Take back every step down to this one, each of which can be done again alone.

    All of them or none; latest first. None where the step cannot be taken back any more.
    """
    condition = "state = 'done' AND id >= :step_id ORDER BY id DESC"
    with store.write(journaled=False) as transaction:
        steps = _steps(store, condition, {"step_id": step_id})
        if not any(step.id == step_id for step in steps):
            return []
        for step in steps:
            name = to_say("Zurück: {step}").format(step=step.name)
            _reverse(store, transaction, step, step.id, name, StepState.UNDONE, progress)
    return steps


def redo(store: Store, progress: Progress = lambda done, total: None) -> Step | None:
    """Do again what was taken back last, or None where there is nothing."""
    step = to_redo(store)
    if step is not None:
        with store.write(journaled=False) as transaction:
            # To do it again is to take back its taking back.
            ((back,),) = store.read("SELECT max(id) FROM step WHERE reverses = ?", (step.id,))
            name = to_say("Noch einmal: {step}").format(step=step.name)
            _reverse(store, transaction, step, back, name, StepState.DONE, progress)
    return step


def _reverse(
    store: Store,
    transaction: Transaction,
    step: Step,
    changes: int,
    name: str,
    state: StepState,
    progress: Progress,
) -> None:
    """Put every row back as it was before the changes of a step, as a step of its own."""
    # Rows that refer to each other come back in the order in which they went.
    transaction.execute("PRAGMA defer_foreign_keys = ON")
    journal = store.journal()
    assert journal is not None, "a step comes from a journal"
    journal.begin(name, step.id)
    made = _changes(store, "step.id = :id ORDER BY change.id", {"id": changes})
    rows = _Rows(store, journal.columns, made)
    for number, change in enumerate(reversed(made)):
        if not number % _A_PART:
            progress(number, len(made))
        if not rows.is_as_left(change):
            from kkd_desktop.domain.stored_words import said_again

            raise UserError(
                said(
                    "„{step}“ lässt sich nicht zurücknehmen: Was dabei entstand, wurde inzwischen "
                    "geändert."
                ).format(step=said_again(step.name))
            )
        _put_back(transaction, journal.columns[change.table], change)
        rows.follow(change)
    transaction.execute(
        "UPDATE step SET state = :state WHERE id = :id", {"state": state.value, "id": step.id}
    )
    journal.end()


def keep_undoable(store: Store, number: int) -> None:
    """Only the last `number` steps can be taken back; older ones stay to be looked up."""
    if store.read("SELECT count(*) FROM step WHERE state <> 'final'")[0][0] <= number:
        return
    with store.write(journaled=False):
        gone = store.read(
            """
            UPDATE step
               SET state = 'final'
             WHERE state <> 'final'
               AND id NOT IN (
                   SELECT id FROM step WHERE state <> 'final' ORDER BY id DESC LIMIT ?
               )
         RETURNING id
            """,
            (number,),
        )
        _strip(store.connection, [step_id for (step_id,) in gone])


def _forget_gone(connection: dbapi2.Connection) -> None:
    """Who was added and taken back for good is nobody's client: nothing of them is kept, and
    whoever gets the number of their row has a history of their own.
    """
    gone = "client_id IS NOT NULL AND client_id NOT IN (SELECT id FROM client)"
    if connection.execute(f"DELETE FROM change WHERE {gone}").rowcount:
        _drop_empty_steps(connection, is_within_step=False)


def _strip(connection: dbapi2.Connection, steps: list[int]) -> None:
    """Let go of the bulky values of steps that can neither be taken back nor done again."""
    for table, columns in columns_of(connection).items():
        if bulky := _bulky(table, columns):
            paths = ", ".join(f"'$.{name}'" for name in bulky)
            connection.execute(
                f"""
                UPDATE change
                   SET before = json_remove(before, {paths}), after = json_remove(after, {paths})
                 WHERE table_name = :table
                   AND step_id IN (
                       SELECT id
                         FROM step
                        WHERE id IN (SELECT value FROM json_each(:steps))
                           OR reverses IN (SELECT value FROM json_each(:steps))
                   )
                """,
                {"table": table, "steps": json.dumps(steps)},
            )


def forget_before(store: Store, moment: str) -> int:
    """Delete what was changed before a moment and cannot be taken back; how many changes went."""
    old = f"SELECT id FROM step WHERE done_at < :moment AND {_SETTLED}"
    if not store.read(f"SELECT 1 FROM ({old}) LIMIT 1", {"moment": moment}):
        return 0
    with store.write(journaled=False) as transaction:
        gone = transaction.execute(
            f"DELETE FROM change WHERE step_id IN ({old})", {"moment": moment}
        )
        _drop_empty_steps(store.connection)
    return gone


_SETTLED = """
    state = 'final'
    AND NOT EXISTS (SELECT 1 FROM step AS whole WHERE whole.id = step.reverses
                       AND whole.state <> 'final')
"""
"""Neither to be taken back nor needed to do another one again."""


def _drop_empty_steps(connection: dbapi2.Connection, *, is_within_step: bool = True) -> None:
    """Of a step without changes not even its name stays, but of one that is under way."""
    empty = "SELECT id FROM step WHERE NOT EXISTS (SELECT 1 FROM change WHERE step_id = step.id)"
    if is_within_step:
        empty += " AND id < (SELECT max(id) FROM step)"
    connection.execute(f"UPDATE step SET reverses = NULL WHERE reverses IN ({empty})")
    connection.execute(f"DELETE FROM step WHERE id IN ({empty})")


def history(
    store: Store,
    *,
    client_id: int | None = None,
    before: int | None = None,
    since: str = "",
    until: str = "",
    limit: int = 100,
    most: int = 500,
) -> list[list[Change]]:
    """The latest steps first, each with its changes; of one person or of the whole store.

    `before` is the id of the step at which the last answer ended. `since` (with it) and `until`
    (without it) are moments in UTC. Of each step only so many changes as are `most`, the first
    ones: a table that was read in may have made a hundred thousand.
    """
    given = {
        "client_id": client_id,
        "before": before,
        "since": since,
        "until": until,
        "limit": limit,
    }
    whose = "EXISTS (SELECT 1 FROM change WHERE change.step_id = step.id)"
    if client_id is not None:
        whose = "id IN (SELECT step_id FROM change WHERE client_id = :client_id)"
    found = store.read(
        f"""
        SELECT id
          FROM step
         WHERE (:before IS NULL OR id < :before)
           AND (:since = '' OR done_at >= :since)
           AND (:until = '' OR done_at < :until)
           AND {whose}
         ORDER BY id DESC
         LIMIT :limit
        """,
        given,
    )
    steps: dict[int, list[Change]] = {step_id: [] for (step_id,) in found}
    whose = "" if client_id is None else "AND client_id = :client_id"
    condition = f"""
        change.id IN (
            SELECT id
              FROM (SELECT id, row_number() OVER (PARTITION BY step_id ORDER BY id) AS place
                      FROM change
                     WHERE step_id IN (SELECT value FROM json_each(:ids)) {whose})
             WHERE place <= :most
        )
        ORDER BY change.id
    """
    asked = {"client_id": client_id, "ids": json.dumps(list(steps)), "most": most}
    for change in _changes(store, condition, asked):
        steps[change.step.id].append(change)
    return list(steps.values())


def sizes(store: Store, steps: Iterable[int]) -> dict[int, int]:
    """How many changes each of these steps made."""
    rows = store.read(
        """
        SELECT step_id, count(*)
          FROM change
         WHERE step_id IN (SELECT value FROM json_each(:ids))
         GROUP BY step_id
        """,
        {"ids": json.dumps(list(steps))},
    )
    return dict(rows)


def taken_back(store: Store, steps: Iterable[int]) -> set[int]:
    """Which of these steps do not hold any more: taken back and not done again since."""
    rows = store.read(
        """
        SELECT reverses
          FROM step
         WHERE reverses IN (SELECT value FROM json_each(:ids))
         GROUP BY reverses
        HAVING count(*) % 2 = 1
        """,
        {"ids": json.dumps(list(steps))},
    )
    return {step_id for (step_id,) in rows}


def forget(store: Store, client_id: int) -> None:
    """Delete what the journal knows about a person who was deleted; there is no way back."""
    # Whose an exported appointment was is not known any more where it went before its log.
    theirs = """
        client_id = :client_id
        OR client_id IS NULL
           AND json_extract(coalesce(before, after), '$.appointment_id') IN (
               SELECT row_id
                 FROM change
                WHERE table_name = 'appointment' AND client_id = :client_id
           )
    """
    with store.write(journaled=False) as transaction:
        transaction.execute(
            f"""
            UPDATE step
               SET state = 'final'
             WHERE id IN (SELECT step_id FROM change WHERE {theirs})
            """,
            {"client_id": client_id},
        )
        transaction.execute(f"DELETE FROM change WHERE {theirs}", {"client_id": client_id})
        _drop_empty_steps(store.connection)


def _steps(store: Store, condition: str, parameters: Parameters = ()) -> list[Step]:
    rows = store.read(f"SELECT {_STEP} FROM step WHERE {condition}", parameters)
    return [_step(row) for row in rows]


_STEP = "step.id, step.name, step.done_at, step.state"


def _step(row: Row) -> Step:
    step_id, name, done_at, state = row
    return Step(step_id, name, done_at, StepState(state))


def _changes(store: Store, condition: str, parameters: Parameters) -> list[Change]:
    rows = store.read(
        f"""
        SELECT {_STEP}, table_name, row_id, client_id, before, after
          FROM change
          JOIN step ON step.id = change.step_id
         WHERE {condition}
        """,
        parameters,
    )
    return [
        Change(
            _step(row[:4]),
            *row[4:7],
            *(None if text is None else json.loads(text) for text in row[7:]),
        )
        for row in rows
    ]


def _put_back(transaction: Transaction, columns: Columns, change: Change) -> None:
    wanted = change.before
    if wanted is None:
        transaction.delete(change.table, change.row_id)
        return
    values = {name: _value(wanted[name], columns[name]) for name in wanted if name in columns}
    after = change.after
    if after is None:
        transaction.insert(change.table, values)
        return
    # Bulky values are in `after` never, and in `before` where they were others.
    others = {
        name: each
        for name, each in values.items()
        if name not in after or after[name] != wanted[name]
    }
    transaction.update(change.table, change.row_id, others or values)


class _Rows:
    """The rows that a step changed as they stand now, all read at once: each is asked for again
    whenever the step had changed it.
    """

    def __init__(
        self, store: Store, columns: Mapping[str, Columns], changes: Iterable[Change]
    ) -> None:
        self._small: dict[str, Columns] = {}
        self._now: dict[tuple[str, int], dict[str, Any] | None] = {}
        ids: dict[str, list[int]] = {}
        for change in changes:
            ids.setdefault(change.table, []).append(change.row_id)
        for table, keys in ids.items():
            bulky = _bulky(table, columns[table])
            small = {name: kind for name, kind in columns[table].items() if name not in bulky}
            self._small[table] = small
            rows = store.read(
                f"""
                SELECT id, {_row_of(table, small)}
                  FROM {table}
                 WHERE id IN (SELECT value FROM json_each(?))
                """,
                (json.dumps(keys),),
            )
            self._now.update(((table, key), json.loads(row)) for key, row in rows)

    def is_as_left(self, change: Change) -> bool:
        """Whether the row still is as the step left it, in the columns that the step knows."""
        expected, now = change.after, self._now.get((change.table, change.row_id))
        if now is None or expected is None:
            return now is expected
        return all(
            now[name] == value
            for name, value in expected.items()
            if name in self._small[change.table]
        )

    def follow(self, change: Change) -> None:
        """The row was put back."""
        key = change.table, change.row_id
        before = change.before
        self._now[key] = None if before is None else {**(self._now.get(key) or {}), **before}


def _value(value: Any, kind: str) -> Any:
    # The first versions wrote the same for no bytes as for none at all.
    return (bytes.fromhex(value) or None) if kind == "BLOB" and value is not None else value
