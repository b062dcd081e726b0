"""How is the file of a caseload created and opened, without ever harming one that is there?"""

from contextlib import ExitStack
from pathlib import Path

from kkd_desktop.store.database import Store, connect, connect_to_write
from kkd_desktop.store.errors import (
    LeftOvers,
    NewerStore,
    OlderStore,
    ReadOnlyStore,
    StoreExists,
    faults_of,
    file_faults_of,
)
from kkd_desktop.store.files import companions, make_private_folder, part_file, publish, sweep_parts
from kkd_desktop.store.inspection import look, user_version
from kkd_desktop.store.key import Key, Passphrase, derive_key, new_key
from kkd_desktop.store.places import (
    is_writable,
    keep_private,
    require_file,
    require_here,
    require_safe,
)
from kkd_desktop.store.schema import CURRENT, Schema

__all__ = ["Store", "create_store", "discard", "open_store"]


def create_store(path: Path, passphrase: Passphrase, *, schema: Schema = CURRENT) -> Store:
    """Create the file and open it. It appears under its name only when it is complete."""
    require_safe(path)
    with file_faults_of(path):
        taken = path.exists()
    if taken:
        raise StoreExists(path)
    for leftover in companions(path):
        # SQLite would replay the log of a file long gone into the new one.
        raise LeftOvers(path, leftover.name)
    # Only here and below: a file that is up to date opens without it.
    from kkd_desktop.store.upgrading import build

    make_private_folder(path.parent)
    key = new_key(passphrase)
    with part_file(path) as part:
        with faults_of(path), Store(connect(part, key, "rw"), part, key) as store:
            build(store, schema)
            store.connection.execute("PRAGMA journal_mode = WAL")
        publish(part, path)
    try:
        return open_store(path, key, schema=schema)
    except BaseException:
        _remove(path)
        raise


def discard(store: Store) -> None:
    """Take a file away again that was created just now, where its first contents failed."""
    store.close()
    _remove(store.path)


def _remove(path: Path) -> None:
    for each in (path, *companions(path)):
        each.unlink(missing_ok=True)


def open_store(
    path: Path,
    key: Key | Passphrase,
    *,
    read_only: bool = False,
    thorough: bool = True,
    schema: Schema = CURRENT,
) -> Store:
    """Open an existing file, bringing its tables up to date first where that is needed.

    Nothing is written before a look through a read-only connection found the file in order:
    opened for writing, a log that belongs to another file would be copied into it. A caller who
    wants to show something first may leave out the `thorough` reading of every page, and has to
    make up for it with `require_in_order` before the first write.
    """
    require_file(path)
    require_safe(path)
    require_here(path)
    if not read_only and not is_writable(path):
        raise ReadOnlyStore(path)
    if isinstance(key, Passphrase):
        key = derive_key(path, key)
    with ExitStack() as on_fault:
        store = on_fault.enter_context(look(path, key, thorough=thorough))
        version = user_version(store)
        if version > schema.version:
            raise NewerStore(path)
        if read_only and version < schema.version:
            raise OlderStore(path)
        if read_only:
            on_fault.pop_all()
            return store
    return _open_to_write(path, key, schema, outdated=version < schema.version)


def _open_to_write(path: Path, key: Key, schema: Schema, *, outdated: bool) -> Store:
    keep_private(path)
    sweep_parts(path)
    with faults_of(path), ExitStack() as on_fault:
        store = on_fault.enter_context(Store(connect_to_write(path, key), path, key))
        if outdated:
            from kkd_desktop.store.upgrading import upgrade

            upgrade(store, key, schema)
        # Only now: with foreign keys on, a migration that rebuilds a table would be refused.
        store.connection.execute("PRAGMA foreign_keys = ON")
        on_fault.pop_all()
    return store
