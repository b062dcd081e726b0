"""How is an open store read and written?"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from sqlcipher3 import dbapi2

from kkd_desktop.store.errors import (
    EntryGone,
    MovedStore,
    NoEncryption,
    ReadOnlyStore,
    faults_of,
)
from kkd_desktop.store.key import Key

if TYPE_CHECKING:
    from kkd_desktop.store.journal import Journal

Row = tuple[Any, ...]
Parameters = Sequence[Any] | Mapping[str, Any]

BUSY_SECONDS = 3.0
"""How long a write waits for another process before it gives up."""


class Transaction:
    """One acknowledged step of writing: all of it is on the disk, or nothing."""

    __slots__ = ("_connection", "_path")

    def __init__(self, connection: dbapi2.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Add a row and return its id. Table and column names are ours, never the user's."""
        columns = ", ".join(values)
        marks = ", ".join(f":{name}" for name in values)
        row = self._connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)
        return int(row.lastrowid)

    def update(self, table: str, row_id: int, values: Mapping[str, Any]) -> None:
        """Change the row; one that was deleted meanwhile in another window is an `EntryGone`."""
        changes = ", ".join(f"{name} = :{name}" for name in values)
        statement = f"UPDATE {table} SET {changes} WHERE id = :row_id"
        if self.execute(statement, {**values, "row_id": row_id}) == 0:
            raise EntryGone(self._path)

    def delete(self, table: str, row_id: int) -> None:
        """Remove the row; one that is gone already is as good as removed."""
        self.execute(f"DELETE FROM {table} WHERE id = :row_id", {"row_id": row_id})

    def execute(self, statement: str, parameters: Parameters = ()) -> int:
        """Run one statement and return how many rows it changed."""
        return int(self._connection.execute(statement, parameters).rowcount)

    def execute_many(self, statement: str, rows: Iterable[Parameters]) -> None:
        self._connection.executemany(statement, rows)


class Store:
    """An open file. Belongs to the thread that opened it; `with` closes it.

    `connection` is for the modules of the store that open and check files; all others read and
    write. `key` opens the file for another thread; None only for a database in memory.
    """

    def __init__(
        self,
        connection: dbapi2.Connection,
        path: Path,
        key: Key | None = None,
        *,
        read_only: bool = False,
    ) -> None:
        self.connection = connection
        self.path = path
        self.key = key
        self.read_only = read_only
        self._journal: Journal | None = None
        self._log = path.with_name(f"{path.name}-wal")
        self._files = self._found()

    def read(self, query: str, parameters: Parameters = ()) -> list[Row]:
        with faults_of(self.path):
            rows: list[Row] = self.connection.execute(query, parameters).fetchall()
            return rows

    @contextmanager
    def write(self, step: str = "", *, journaled: bool = True) -> Iterator[Transaction]:
        """Take the write lock, commit at the end and undo everything on an exception.

        Inside another `write` the block joins the outer transaction: alone it can be undone, but
        only the outer one makes it last, and gives the step its name. What has a name can be taken
        back later; `journaled` False is for what nobody could want back, as a whole demo caseload.
        """
        if self.read_only:
            raise ReadOnlyStore(self.path)
        connection = self.connection
        inner = connection.in_transaction
        if inner:
            begin, commit = "SAVEPOINT step", "RELEASE step"
            undo = ["ROLLBACK TO step", "RELEASE step"]
        else:
            # A deferred transaction would be refused where a second writer came first.
            begin, commit, undo = "BEGIN IMMEDIATE", "COMMIT", ["ROLLBACK"]
        with faults_of(self.path):
            connection.execute(begin)
            try:
                if not inner:
                    self._require_in_place()
                journal = self.journal() if journaled and not inner else None
                if journal is not None:
                    journal.begin(step)
                yield Transaction(connection, self.path)
                if journal is not None:
                    journal.end()
                connection.execute(commit)
            except BaseException:
                if not inner:
                    # Its triggers may have been made in the transaction that is undone now.
                    self._journal = None
                # A full disk may have undone the transaction already, savepoints included.
                if connection.in_transaction:
                    for statement in undo:
                        connection.execute(statement)
                raise

    def is_in_place(self) -> bool:
        """Whether the file and its log still are the ones that were opened.

        Where they were moved, replaced or deleted, SQLite would go on with what nobody will ever
        open again.
        """
        return all(
            known is None or known == found
            for known, found in zip(self._files, self._found(), strict=True)
        )

    def _require_in_place(self) -> None:
        if not self.is_in_place():
            raise MovedStore(self.path)
        self._files = self._found()

    def _found(self) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
        return _identity(self.path), _identity(self._log)

    def journal(self) -> "Journal | None":
        """Made at the first write, because starting only reads; None while the file has none."""
        if self._journal is None:
            from kkd_desktop.store.journal import Journal

            self._journal = Journal.of(self.connection)
        return self._journal

    def has_written(self) -> bool:
        """Whether anything was written through this connection since it was opened."""
        return bool(self.connection.total_changes)

    def data_version(self) -> int:
        """A number that changes when another process has written, and only then."""
        return int(self.read("PRAGMA data_version")[0][0])

    def use(self, connection: dbapi2.Connection) -> None:
        """Go on with another connection, after the file itself was exchanged."""
        self.connection.close()
        self.connection = connection
        self._journal = None
        self._files = (_identity(self.path), None)

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *caught: object) -> None:
        self.close()


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies there; asked without opening it, see `key.read_salt`."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def connect(path: Path, key: Key, mode: str) -> dbapi2.Connection:
    """A connection that can decrypt the file but has not looked at it yet.

    `mode` is SQLite's: `ro` or `rw`, plus further parameters of its URI.
    """
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
    )
    try:
        # Otherwise SQLCipher reports a wrong key on stderr as well.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(key.pragma())
        if not connection.execute("PRAGMA cipher_version").fetchone():
            raise NoEncryption(path)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_to_write(path: Path, key: Key) -> dbapi2.Connection:
    """A connection as every writer needs it; foreign keys are still off, for migrations."""
    connection = connect(path, key, "rw")
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        # Anything less loses acknowledged rows at a power cut.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA secure_delete = ON")
    except BaseException:
        connection.close()
        raise
    return connection
