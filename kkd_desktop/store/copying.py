"""How does a whole store become another file, and when does that file count?

SQLite copies it page by page, with the log included; the file system could not. A copy counts only
once it was opened and read: one that was broken off may be a file without tables.
"""

import re
from datetime import datetime
from itertools import count
from pathlib import Path

from kkd_desktop.domain.backup import Contents, Kind
from kkd_desktop.store.database import Store
from kkd_desktop.store.errors import DamagedStore, faults_of
from kkd_desktop.store.files import make_private_folder, part_file, publish
from kkd_desktop.store.inspection import look, user_version
from kkd_desktop.store.key import Key
from kkd_desktop.store.schema import APPLICATION_ID

FOLDER = "sicherungen"
_STAMP = "%Y-%m-%dT%H%M%SZ"
_STEP_TABLE = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'step'"


def backup_folder(store: Path) -> Path:
    return store.parent / FOLDER


def backup_path(store: Path, kind: Kind, made_at: datetime) -> Path:
    """A free name for a back-up: `faelle.2026-11-24T083000Z.hand.kkd`, the moment in UTC."""
    folder = backup_folder(store)
    for number in count(1):
        mark = "" if number == 1 else f"-{number}"
        name = f"{store.stem}.{made_at:{_STAMP}}{mark}.{kind}{store.suffix}"
        if not (folder / name).exists():
            return folder / name
    raise AssertionError


def parse_name(store: Path, name: str) -> tuple[datetime, Kind] | None:
    """When and what for, if it is the name of a back-up of this store."""
    pattern = (
        re.escape(store.stem)
        + r"\.(\d{4}-\d\d-\d\dT\d{6}Z)(?:-\d+)?\.("
        + "|".join(Kind)
        + ")"
        + re.escape(store.suffix)
    )
    found = re.fullmatch(pattern, name)
    if found is None:
        return None
    try:
        moment = datetime.strptime(found[1], _STAMP)
    except ValueError:
        return None
    return moment, Kind(found[2])


def copy_store(source: Store, key: Key, target: Path) -> Contents:
    """Write the store as it is now into a new file, and read that whole before it gets its name."""
    make_private_folder(target.parent)
    with part_file(target) as part:
        with faults_of(target):
            source.connection.execute("VACUUM INTO ?", [str(part)])
        contents = checked(part, key, user_version(source), target)
        publish(part, target)
    return contents


def export_store(source: Store, part: Path, key: Key) -> None:
    """Write the store into an empty part file under another key, and read that whole."""
    version = user_version(source)
    with faults_of(part):
        connection = source.connection
        connection.execute(f"ATTACH ? AS target KEY {key.literal()}", [str(part)])
        try:
            connection.execute("SELECT sqlcipher_export('target')").fetchall()
            # The export leaves out what makes the file ours.
            connection.execute(f"PRAGMA target.application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA target.user_version = {version}")
        finally:
            connection.execute("DETACH target")
    checked(part, key, version, part)


def checked(
    file: Path, key: Key, version: int | None = None, named: Path | None = None
) -> Contents:
    """What is in the file, once every page of it was read; a `StoreError` where it is no good."""
    with look(file, key, thorough=False) as copy:
        intact = copy.read("PRAGMA integrity_check") == [("ok",)]
        if not intact or (version is not None and user_version(copy) != version):
            raise DamagedStore(named or file)
        return contents_of(copy)


def contents_of(store: Store) -> Contents:
    [(clients, contacts)] = store.read(
        "SELECT (SELECT count(*) FROM client), (SELECT count(*) FROM contact)"
    )
    last: str | None = None
    # The first versions kept no journal.
    if store.read(_STEP_TABLE):
        latest = store.read("SELECT done_at FROM step ORDER BY id DESC LIMIT 1")
        last = latest[0][0] if latest else None
    return Contents(clients, contacts, datetime.fromisoformat(last) if last else None)
