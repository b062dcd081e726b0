"""Whose data was changed since it was asked last, by this connection or by another process?"""

from sqlcipher3 import dbapi2

from kkd_desktop.store.database import Store

_OWNERS = {"client": "id", "fact": "client_id", "deviation": "client_id", "contact": "client_id"}
"""All that an evaluation looks at, and the column that says whose it is."""

_TABLE = "CREATE TEMP TABLE IF NOT EXISTS touched (client_id INTEGER PRIMARY KEY)"

# Not OR IGNORE: in what a foreign key sets off, SQLite takes that for OR ABORT.
_NOTE = """
    INSERT INTO touched
    SELECT {whose} WHERE NOT EXISTS (SELECT 1 FROM touched WHERE client_id = {whose});
"""


class TouchedClients:
    """Notes whose rows are written, by triggers that this connection alone has."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._follows = False
        self._followed: dbapi2.Connection | None = None
        self._seen: tuple[dbapi2.Connection, int, int] | None = None

    def follow(self) -> None:
        """Note from now on who is touched. Until then nobody knows after anything was written:
        the first picture need not wait for the triggers.
        """
        self._follows = True
        self._listen()

    def since_last(self) -> frozenset[int] | None:
        """Who was touched since the last call; None where it may be anyone."""
        self._listen()
        before, now = self._seen, self._now()
        if now == before:
            return frozenset()
        touched = frozenset() if self._followed is None else self._take(self._followed)
        self._seen = self._now()
        is_known = before is not None and now[:2] == before[:2] and now[0] is self._followed
        return touched if is_known else None

    def since_all_were_seen(self, version: int) -> frozenset[int] | None:
        """Somebody else looked through everybody after the store had this `data_version`: whom this
        connection touched around that time. None where others have written since, or may have, and
        where `since_last` was asked meanwhile: who asked then looked later.
        """
        self._listen()
        connection = self._store.connection
        if connection is not self._followed or self._store.data_version() != version:
            return None
        if self._seen is not None and self._seen[:2] == (connection, version):
            return None
        touched = self._take(connection)
        self._seen = self._now()
        return touched

    def is_writing(self) -> bool:
        """Whether a transaction is under way, all of which may still be undone."""
        return bool(self._store.connection.in_transaction)

    def _listen(self) -> None:
        connection = self._store.connection
        if not self._follows or connection is self._followed:
            return
        connection.execute(_TABLE)
        for table, owner in _OWNERS.items():
            for event, rows in (("INSERT", "NEW"), ("UPDATE", "OLD NEW"), ("DELETE", "OLD")):
                note = "".join(_NOTE.format(whose=f"{row}.{owner}") for row in rows.split())
                connection.execute(
                    f"CREATE TEMP TRIGGER IF NOT EXISTS touched_{table}_{event}"
                    f" AFTER {event} ON main.{table} BEGIN {note} END"
                )
        if self._seen != self._now():
            # Something was written before anybody listened.
            self._seen = None
        self._followed = connection

    @staticmethod
    def _take(connection: dbapi2.Connection) -> frozenset[int]:
        rows = connection.execute("SELECT client_id FROM touched").fetchall()
        connection.execute("DELETE FROM touched")
        return frozenset(client_id for (client_id,) in rows)

    def _now(self) -> tuple[dbapi2.Connection, int, int]:
        """What other processes wrote, and how much this connection did."""
        connection = self._store.connection
        return connection, self._store.data_version(), connection.total_changes
