"""How does the store get another passphrase, while the only copy is never at risk?

The whole store is written once more under the new key, beside the old one, and read. Only then does
it take the other's place. Killed at any moment, the name leads to one of two whole files.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from kkd_desktop.store.copying import export_store
from kkd_desktop.store.database import Row, Store, connect_to_write
from kkd_desktop.store.errors import ChangedMeanwhile, DamagedStore, StoreError, faults_of
from kkd_desktop.store.files import part_file, sync
from kkd_desktop.store.inspection import look
from kkd_desktop.store.key import Key, Passphrase, new_key
from kkd_desktop.store.swapping import swap

_ENTRIES = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"

State = tuple[int, int]


class Rewritten:
    """The store under its new key: finished, verified, and not yet in its place."""

    __slots__ = ("_cleanup", "key", "part")

    def __init__(self, part: Path, key: Key, cleanup: ExitStack) -> None:
        self.part, self.key = part, key
        self._cleanup = cleanup

    def discard(self) -> None:
        """Remove what did not take the store's place."""
        self._cleanup.close()


def rewrite(path: Path, key: Key, passphrase: Passphrase) -> Rewritten:
    """Write the store under a new key, through a connection of this thread."""
    with ExitStack() as on_fault:
        part = on_fault.enter_context(part_file(path))
        fresh = new_key(passphrase)
        with look(path, key, thorough=False) as source:
            before = source.data_version()
            export_store(source, part, fresh)
            with look(part, fresh, thorough=False) as copy:
                complete = _contents(source) == _contents(copy)
            if source.data_version() != before:
                raise ChangedMeanwhile(path)
            if not complete:
                raise DamagedStore(path)
        return Rewritten(part, fresh, on_fault.pop_all())


def state_of(store: Store) -> State:
    """A mark that changes when anybody writes, through this connection or another."""
    return store.data_version(), store.connection.total_changes


def put_in_place(store: Store, rewritten: Rewritten, unchanged_since: State) -> None:
    """Let the rewritten file be the store from now on, if nobody has written meanwhile.

    `unchanged_since` is the `state_of` this store from before the rewriting began.
    """
    try:
        if state_of(store) != unchanged_since:
            raise ChangedMeanwhile(store.path)
        version, _ = unchanged_since
        with _old_kept(store):
            swap(store, rewritten.part, rewritten.key, unchanged_since=version)
            store.read("SELECT count(*) FROM sqlite_master")
    finally:
        rewritten.discard()


@contextmanager
def _old_kept(store: Store) -> Iterator[None]:
    """Keep the old file under a second name until the new one was opened in its place."""
    path, key = store.path, store.key
    assert key is not None
    old = path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")
    # A USB stick has no second names; the new file was opened and read before in any case.
    with suppress(OSError):
        old.hardlink_to(path)
    try:
        yield
    except StoreError:
        if store.key != key and old.exists():
            os.replace(old, path)
            sync(path.parent)
            store.key = key
            with faults_of(path):
                store.use(connect_to_write(path, key))
                store.connection.execute("PRAGMA foreign_keys = ON")
        raise
    finally:
        old.unlink(missing_ok=True)


def _contents(store: Store) -> tuple[list[Row], list[int]]:
    """What the file is made of, and how many rows each table has."""
    tables = [name for (name,) in store.read(_TABLES)]
    counts = [int(store.read(f'SELECT count(*) FROM "{name}"')[0][0]) for name in tables]
    return store.read(_ENTRIES), counts
