"""Which back-ups does the store know of? So the list opens no files, and knows former ones."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from kkd_desktop.domain.backup import Backup, Contents
from kkd_desktop.store.database import Row, Store

_COLUMNS = "name, made_at, reason, clients, contacts, last_change, bytes"


class Entry:
    """A row of the register by the name of its file."""

    __slots__ = ("bytes", "contents", "reason")

    def __init__(self, reason: str, contents: Contents, size: int) -> None:
        self.reason, self.contents, self.bytes = reason, contents, size


def has_register(store: Store) -> bool:
    return bool(store.read("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'backup'"))


def registered(store: Store) -> Mapping[str, Entry]:
    return {
        name: Entry(
            reason,
            Contents(clients, contacts, datetime.fromisoformat(last) if last else None),
            size,
        )
        for name, _, reason, clients, contacts, last, size in rows(store)
    }


def register(store: Store, made: Iterable[Backup], gone: Sequence[Path] = ()) -> None:
    """Write down what was made, and strike out what is gone. No step: undoing makes no files."""
    with store.write(journaled=False) as transaction:
        put_rows(store, [row_of(each) for each in made if each.contents is not None])
        transaction.execute_many(
            "DELETE FROM backup WHERE name = ?", [(path.name,) for path in gone]
        )


def rows(store: Store) -> list[Row]:
    return store.read(f"SELECT {_COLUMNS} FROM backup ORDER BY made_at")


def put_rows(store: Store, entries: Sequence[Row]) -> None:
    with store.write(journaled=False) as transaction:
        transaction.execute_many(
            f"INSERT OR REPLACE INTO backup ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", entries
        )


def row_of(backup: Backup) -> Row:
    assert backup.contents is not None
    last = backup.contents.last_change
    return (
        backup.path.name,
        backup.made_at.isoformat(),
        backup.reason,
        backup.contents.clients,
        backup.contents.contacts,
        last and last.isoformat(),
        backup.bytes,
    )
