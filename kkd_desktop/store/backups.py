"""How are back-ups made, found, copied elsewhere, let go, and turned into a store again?"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from kkd_desktop.domain.backup import Backup, Kind
from kkd_desktop.store import register
from kkd_desktop.store.copying import (
    backup_folder,
    backup_path,
    checked,
    contents_of,
    copy_store,
    export_store,
    parse_name,
)
from kkd_desktop.store.database import Row, Store, connect_to_write
from kkd_desktop.store.errors import (
    DamagedStore,
    LeftOvers,
    NewerStore,
    NoFolder,
    OpenElsewhere,
    StoreError,
    StoreExists,
    faults_of,
    file_faults_of,
)
from kkd_desktop.store.files import (
    companions,
    make_private_folder,
    part_file,
    publish,
    sweep_parts,
)
from kkd_desktop.store.inspection import look, user_version
from kkd_desktop.store.key import Key
from kkd_desktop.store.places import SALT_BYTES, require_file, require_safe
from kkd_desktop.store.register import Entry
from kkd_desktop.store.schema import CURRENT
from kkd_desktop.store.upgrading import build

_CHUNK = 1 << 20
_LOCK_PLACE, _LOCK_BYTES = 0x40000000, 512
"""Where SQLite locks a file: its PENDING_BYTE and what follows."""


def make(store: Path, key: Key, kind: Kind, reason: str, made_at: datetime) -> Backup:
    """Write and verify a back-up through a connection of this thread."""
    target = backup_path(store, kind, made_at)
    sweep(store)
    with look(store, key, thorough=False) as source:
        contents = copy_store(source, key, target)
    return Backup(target, kind, made_at, target.stat().st_size, contents, reason)


def sweep(store: Path) -> None:
    """Remove what a killed program left half-made among the back-ups."""
    sweep_parts(backup_folder(store) / store.stem)


def found(store: Path, key: Key, known: Mapping[str, Entry], folder: Path) -> list[Backup]:
    """The back-ups of this store in a folder, the latest first; of those that are not `known` what
    can be read with this key.
    """
    listed: list[Backup] = []
    if not folder.is_dir():
        return listed
    with file_faults_of(folder):
        for path in folder.iterdir():
            named = parse_name(store, path.name)
            if named is not None and path.is_file():
                listed.append(_described(path, *named, key, known.get(path.name)))
    return sorted(listed, key=lambda each: (each.made_at, each.path.name), reverse=True)


def _described(path: Path, made_at: datetime, kind: Kind, key: Key, entry: Entry | None) -> Backup:
    size = path.stat().st_size
    if entry is not None and entry.bytes == size:
        return Backup(path, kind, made_at, size, entry.contents, entry.reason)
    try:
        with look(path, key, thorough=False) as copy:
            contents = contents_of(copy)
    except StoreError:
        contents = None
    return Backup(path, kind, made_at, size, contents)


def is_ours(path: Path, key: Key, known: Iterable[str]) -> bool:
    """Whether this store made the file: it is written down, or begins as this store does."""
    if path.name in known:
        return True
    with file_faults_of(path), path.open("rb") as file:
        return key.fits(file.read(SALT_BYTES))


def remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with file_faults_of(path):
            path.unlink(missing_ok=True)


def copy_to(backup: Path, folder: Path) -> Path:
    """A second copy of the finished file in another folder, which may be on the network."""
    target = folder / backup.name
    if not folder.is_dir():
        raise NoFolder(folder)
    with file_faults_of(target):
        if target.exists() and target.stat().st_size == backup.stat().st_size:
            return target
    sweep_parts(folder / backup.name.split(".")[0])
    with part_file(target) as part:
        with file_faults_of(target), backup.open("rb") as source, part.open("r+b") as copy:
            while chunk := source.read(_CHUNK):
                copy.write(chunk)
            copy.flush()
            os.fsync(copy.fileno())
        if not _same(backup, part):
            raise DamagedStore(target)
        target.unlink(missing_ok=True)
        publish(part, target)
    return target


def _same(one: Path, other: Path) -> bool:
    with one.open("rb") as first, other.open("rb") as second:
        while chunk := first.read(_CHUNK):
            if second.read(_CHUNK) != chunk:
                return False
        return not second.read(1)


class Carried:
    """What of the present store outlives a restore: who is forgotten, and which back-ups there
    are.
    """

    __slots__ = ("backups", "forgotten")

    def __init__(self, forgotten: Sequence[Row] = (), backups: Sequence[Row] = ()) -> None:
        self.forgotten, self.backups = forgotten, backups

    @classmethod
    def of(cls, store: Store) -> "Carried":
        return cls(_forgotten_in(store), register.rows(store))

    @classmethod
    def of_back_ups(cls, folder: Path, key: Key) -> "Carried":
        """Who is forgotten, from every back-up in the folder that opens: all that is left where
        the store itself cannot be read.
        """
        marks: dict[str, Row] = {}
        with file_faults_of(folder):
            paths = [path for path in folder.iterdir() if path.is_file()]
        for path in paths:
            with suppress(StoreError), look(path, key, thorough=False) as copy:
                marks |= {row[0]: row for row in _forgotten_in(copy)}
        return cls(list(marks.values()))

    def add(self, backup: Backup) -> None:
        self.backups = [*self.backups, register.row_of(backup)]

    def put_into(self, store: Store) -> None:
        with store.write(journaled=False) as transaction:
            transaction.execute_many(
                "INSERT OR IGNORE INTO forgotten (mark, forgotten_on) VALUES (?, ?)",
                self.forgotten,
            )
            register.put_rows(store, self.backups)


def _forgotten_in(store: Store) -> list[Row]:
    if not register.has_register(store):
        return []
    return store.read("SELECT mark, forgotten_on FROM forgotten")


@contextmanager
def prepared(
    backup: Path,
    backup_key: Key,
    target: Path,
    key: Key,
    carried: Carried,
    finish: Callable[[Store], object],
) -> Iterator[Path]:
    """A part file beside `target`: the back-up under `key`, brought up to date, with what is
    carried over; `finish` does the rest in it. Verified last, so what is put in place was read.
    """
    require_file(backup)
    with part_file(target) as part:
        # No connection is open at the yield: the rest may be done in another thread.
        with look(backup, backup_key) as source:
            if user_version(source) > CURRENT.version:
                raise NewerStore(backup)
            with faults_of(target):
                export_store(source, part, key)
        with faults_of(target), Store(connect_to_write(part, key), part, key) as store:
            build(store, CURRENT)
            store.connection.execute("PRAGMA foreign_keys = ON")
            carried.put_into(store)
            finish(store)
            # The part goes under another name: nothing of it may be left in a log.
            store.connection.execute("PRAGMA journal_mode = DELETE")
        checked(part, key, CURRENT.version, target)
        yield part


def restore_to(
    backup: Path,
    backup_key: Key,
    target: Path,
    carried: Carried,
    finish: Callable[[Store], object],
) -> None:
    """Make a store of the back-up under a name that is free."""
    require_safe(target)
    require_free(target)
    make_private_folder(target.parent)
    with prepared(backup, backup_key, target, backup_key, carried, finish) as part:
        publish(part, target)


def restore_over_damaged(
    backup: Path, key: Key, target: Path, carried: Carried, finish: Callable[[Store], object]
) -> Path:
    """Put the back-up in the place of a file that cannot be opened. That one is kept beside it,
    with its log, under the name that is returned.
    """
    require_safe(target)
    if is_in_use(target):
        raise OpenElsewhere(target)
    with prepared(backup, key, target, key, carried, finish) as part:
        aside = _set_aside(target)
        publish(part, target)
    return aside


def _set_aside(path: Path) -> Path:
    name = path.with_name(f"{path.stem}.unlesbar{path.suffix}")
    for number in count(2):
        if not name.exists():
            break
        name = path.with_name(f"{path.stem}.unlesbar-{number}{path.suffix}")
    with file_faults_of(path):
        # The log first: alone under the old name it would be taken for the new file's.
        for companion in companions(path):
            companion.rename(name.with_name(companion.name.replace(path.name, name.name, 1)))
        path.rename(name)
    return name


def is_in_use(path: Path) -> bool:
    """Whether another process holds SQLite's locks on a file that we cannot open ourselves."""
    if sys.platform == "win32":
        # There nobody can rename a file that is open.
        return False
    import fcntl

    with file_faults_of(path), path.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCK_BYTES, _LOCK_PLACE)
        except OSError:
            return True
    return False


def require_free(target: Path) -> None:
    with file_faults_of(target):
        if target.exists():
            raise StoreExists(target)
    for leftover in companions(target):
        raise LeftOvers(target, leftover.name)
