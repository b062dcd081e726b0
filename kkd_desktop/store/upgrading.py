"""How do the tables of a file become those of this program version, with a copy kept of before?"""

from datetime import datetime

from kkd_desktop.domain.backup import Backup, Kind
from kkd_desktop.domain.language import to_say
from kkd_desktop.store.copying import backup_path, copy_store
from kkd_desktop.store.database import Store
from kkd_desktop.store.errors import NewerStore
from kkd_desktop.store.inspection import user_version
from kkd_desktop.store.key import Key
from kkd_desktop.store.register import has_register, register
from kkd_desktop.store.schema import APPLICATION_ID, Schema


def upgrade(store: Store, key: Key, schema: Schema) -> None:
    """Keep a copy of the file as it is, then bring it up to date."""
    kept = _keep_copy(store, key)
    build(store, schema)
    if has_register(store):
        register(store, [kept])


def build(store: Store, schema: Schema) -> None:
    """Take every step that is still missing, all in one transaction.

    The version is read again under the write lock: another window may have been faster.
    """
    from sqlite_utils import Database

    # Triggers of the journal know the tables as they were, and would stop one from being made anew.
    with store.write(journaled=False) as transaction:
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


def _keep_copy(store: Store, key: Key) -> Backup:
    """A back-up of the file as it is, in its list as soon as there is one."""
    [(now,)] = store.read("SELECT strftime('%Y-%m-%dT%H:%M:%S', 'now')")
    made_at = datetime.fromisoformat(now)
    target = backup_path(store.path, Kind.BEFORE_UPGRADE, made_at)
    contents = copy_store(store, key, target)
    reason = to_say("Vor der Umstellung von Version {version}").format(version=user_version(store))
    size = target.stat().st_size
    return Backup(target, Kind.BEFORE_UPGRADE, made_at, size, contents, reason)
