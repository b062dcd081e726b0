"""Is this file a store, readable with this key and in order? Found out without writing to it."""

import os
from codecs import getincrementaldecoder
from contextlib import closing, suppress
from pathlib import Path

from sqlcipher3 import dbapi2

from kkd_desktop.store.database import Store, connect
from kkd_desktop.store.errors import (
    DamagedStore,
    ForeignLog,
    NotAStore,
    StoreError,
    TruncatedStore,
    WrongPassphrase,
    faults_of,
)
from kkd_desktop.store.files import companions
from kkd_desktop.store.key import Key, read_salt
from kkd_desktop.store.schema import APPLICATION_ID

_PAGE_BYTES = 4096
_OTHER_FORMATS = (b"SQLite format 3", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11")
"""Plain databases, ZIP and office files, pictures: what people pick by mistake, text aside."""


def look(path: Path, key: Key, *, thorough: bool = True) -> Store:
    """The store opened for reading only; a `StoreError` says what is wrong with it.

    `thorough` reads every page, which takes about as long as copying the file.
    """
    mode = "ro"
    if not os.access(path.parent, os.W_OK) and not any(companions(path)):
        # SQLite could not create its shared memory here, and nobody is writing either.
        mode = "ro&immutable=1"
    with faults_of(path):
        store = Store(connect(path, key, mode), path, key, read_only=True)
        try:
            _roll_back_half_a_step(store, key)
            _require_readable(store, key)
            _require_ours(store)
            if thorough:
                require_in_order(store)
        except BaseException:
            store.close()
            raise
    return store


def user_version(store: Store) -> int:
    return int(store.read("PRAGMA user_version")[0][0])


def require_in_order(store: Store) -> None:
    """Read every page of the file and see that they make up one database."""
    cause: DamagedStore | None = None
    try:
        intact = store.read("PRAGMA quick_check") == [("ok",)]
    except DamagedStore as fault:
        intact, cause = False, fault
    if not intact:
        cut_off = store.path.stat().st_size % _PAGE_BYTES
        raise (TruncatedStore if cut_off else DamagedStore)(store.path) from cause


def _roll_back_half_a_step(store: Store, key: Key) -> None:
    """Where a process was killed just as it had left the log, its half step is taken back.

    Only then is there a journal beside the file, and whoever only reads may not roll it back.
    """
    if not store.path.with_name(f"{store.path.name}-journal").exists():
        return
    try:
        store.connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except dbapi2.DatabaseError as fault:
        if fault.sqlite_errorcode != dbapi2.SQLITE_READONLY:
            return
        # What is wrong besides, a mistyped passphrase say, is found out by whoever reads next.
        with (
            closing(connect(store.path, key, "rw")) as connection,
            suppress(dbapi2.DatabaseError),
        ):
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()


def _require_readable(store: Store, key: Key) -> None:
    try:
        store.connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except dbapi2.DatabaseError as fault:
        if fault.sqlite_errorcode not in (dbapi2.SQLITE_NOTADB, dbapi2.SQLITE_CORRUPT):
            raise
        decrypted = fault.sqlite_errorcode == dbapi2.SQLITE_CORRUPT
        raise _unreadable(store, key, decrypted)(store.path) from fault


def _unreadable(store: Store, key: Key, decrypted: bool) -> type[StoreError]:
    """Why the first pages give no tables; `decrypted` says whether the key opened one at all."""
    path = store.path
    if any(companions(path)) and _is_readable_alone(path, key):
        return ForeignLog
    if decrypted:
        return DamagedStore if _counts_its_pages(store) else TruncatedStore
    if is_other_format(read_salt(path)):
        return NotAStore
    return TruncatedStore if path.stat().st_size % _PAGE_BYTES else WrongPassphrase


def _counts_its_pages(store: Store) -> bool:
    """Whether the first page counts no more pages than there are: SQLite looks before reading."""
    try:
        store.connection.execute("PRAGMA schema_version")
    except dbapi2.DatabaseError:
        return False
    return True


def _is_readable_alone(path: Path, key: Key) -> bool:
    """Whether the file is in order as long as the log beside it is left out."""
    with closing(connect(path, key, "ro&immutable=1")) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master")
        except dbapi2.DatabaseError:
            return False
        return True


def is_other_format(beginning: bytes) -> bool:
    """A store begins with 16 random bytes: hardly ever text, and never a known signature."""
    if beginning.startswith(_OTHER_FORMATS):
        return True
    try:
        # Unlike `decode`, this minds no letter that is cut in half at the end.
        text = getincrementaldecoder("utf-8")().decode(beginning)
    except UnicodeDecodeError:
        return False
    return all(sign.isprintable() or sign in "\r\n\t" for sign in text)


def _require_ours(store: Store) -> None:
    if store.read("PRAGMA application_id") != [(APPLICATION_ID,)]:
        raise NotAStore(store.path)
    if user_version(store) < 1:
        raise DamagedStore(store.path)
