"""How do the tables of a file become those of this program version, with a copy kept of before?"""

from itertools import chain, count
from pathlib import Path

from kkd_desktop.store.database import Store
from kkd_desktop.store.errors import DamagedStore, NewerStore, faults_of
from kkd_desktop.store.files import part_file, publish
from kkd_desktop.store.inspection import look, user_version
from kkd_desktop.store.key import Key
from kkd_desktop.store.schema import APPLICATION_ID, Schema


def upgrade(store: Store, key: Key, schema: Schema) -> None:
    """Keep a copy of the file as it is, then bring it up to date."""
    _keep_copy(store, key)
    build(store, schema)


def build(store: Store, schema: Schema) -> None:
    """Take every step that is still missing, all in one transaction.

    The version is read again under the write lock: another window may have been faster.
    """
    from sqlite_utils import Database

    with store.write() as transaction:
        version = user_version(store)
        if version > schema.version:
            raise NewerStore(store.path)
        if version == schema.version:
            return
        schema.steps().apply(Database(store.connection))
        if store.read("PRAGMA foreign_key_check"):
            raise RuntimeError("a step left rows that refer to nothing")
        transaction.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        transaction.execute(f"PRAGMA user_version = {schema.version}")


def _keep_copy(store: Store, key: Key) -> None:
    """Write `<name>.v<version>.<ending>` beside the store; it counts only once it was read."""
    version = user_version(store)
    target = _free_name(store.path, version)
    with part_file(target) as part:
        with faults_of(target):
            store.connection.execute("VACUUM INTO ?", [str(part)])
        with look(part, key) as copy:
            intact = copy.read("PRAGMA integrity_check") == [("ok",)]
            if not intact or user_version(copy) != version:
                raise DamagedStore(target)
        publish(part, target)


def _free_name(path: Path, version: int) -> Path:
    marks = chain([""], (f"-{number}" for number in count(2)))
    names = (path.with_name(f"{path.stem}.v{version}{mark}{path.suffix}") for mark in marks)
    return next(name for name in names if not name.exists())
