"""How does a finished file take the place of one that is open, while nobody else has it?

SQLite's own locks decide: a file leaves its write-ahead log only for the one connection that is
alone. Whoever opened the old file at the last moment cannot write to it any more, because SQLite
notices that it was moved.
"""

import os
import sys
from pathlib import Path

from sqlcipher3 import dbapi2

from kkd_desktop.store.database import Store, connect_to_write
from kkd_desktop.store.errors import ChangedMeanwhile, LockedStore, OpenElsewhere, faults_of
from kkd_desktop.store.errors import file_faults_of as faults_of_files
from kkd_desktop.store.files import sync
from kkd_desktop.store.key import Key

_PATIENCE_MS = 500


def swap(store: Store, part: Path, key: Key, *, unchanged_since: int) -> None:
    """Put the part file in the place of the store's; the store goes on with it, under `key`.

    `unchanged_since` is the store's `data_version` from before the part was begun: what others have
    written after it would be lost. On a fault the store goes on with the file it had.
    """
    assert store.key is not None
    sync(part)
    try:
        with faults_of(store.path):
            _be_alone(store, unchanged_since)
        _replace(part, store)
        store.key = key
    finally:
        store.connection.close()
        with faults_of(store.path):
            connection = connect_to_write(store.path, store.key)
            connection.execute("PRAGMA foreign_keys = ON")
            store.use(connection)


def _be_alone(store: Store, unchanged_since: int) -> None:
    """Shut everybody else out until the connection is closed, and leave the log."""
    connection = store.connection
    connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    try:
        # In this mode it takes the whole file, and keeps it after the commit.
        connection.execute("BEGIN IMMEDIATE")
        changed = store.data_version() != unchanged_since
        connection.execute("COMMIT")
        if changed:
            raise ChangedMeanwhile(store.path)
        [(mode,)] = connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    except dbapi2.OperationalError as fault:
        if fault.sqlite_errorcode & 0xFF != dbapi2.SQLITE_BUSY:
            raise
        raise OpenElsewhere(store.path) from fault
    if mode != "delete":
        raise LockedStore(store.path)


def _replace(part: Path, store: Store) -> None:
    with faults_of_files(store.path):
        if sys.platform == "win32":
            # An open file cannot be replaced there; nobody else opens it in this instant.
            store.connection.close()
        os.replace(part, store.path)
        sync(store.path.parent)
