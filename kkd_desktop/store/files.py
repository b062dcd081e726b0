"""How does a new file get its name only when it is complete, verified and on the disk?"""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kkd_desktop.store.errors import file_faults_of

_SQLITE_SUFFIXES = ("-wal", "-shm", "-journal")
_ABANDONED_SECONDS = 3600


@contextmanager
def part_file(path: Path) -> Iterator[Path]:
    """An empty file beside `path` that only the user can read; gone at the end unless published."""
    part = path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")
    with file_faults_of(path):
        # SQLite would create it with the rights the umask happens to leave.
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        yield part
    finally:
        for leftover in (part, *companions(part)):
            leftover.unlink(missing_ok=True)


def publish(part: Path, path: Path) -> None:
    """Give the finished file its name, durably, and without ever replacing another file."""
    with file_faults_of(path):
        sync(part)
        if sys.platform == "win32":
            part.rename(path)  # refuses to replace
            return
        try:
            path.hardlink_to(part)
        except FileExistsError:
            raise
        except OSError:
            # A file system without hard links, such as a USB stick's.
            part.rename(path)
        sync(path.parent)


def companions(path: Path) -> Iterator[Path]:
    """The files SQLite keeps beside a database, as far as they exist."""
    for suffix in _SQLITE_SUFFIXES:
        companion = path.with_name(path.name + suffix)
        if companion.exists():
            yield companion


def sweep_parts(path: Path) -> None:
    """Remove what a killed program left half-made; a file in the making is seconds old."""
    begin = f".{path.name}."
    folder = path.parent
    for name in _names_in(folder):
        if not name.startswith(begin) or ".part" not in name[len(begin) :]:
            continue
        with contextlib.suppress(FileNotFoundError):
            if (folder / name).stat().st_mtime < time.time() - _ABANDONED_SECONDS:
                (folder / name).unlink()


def _names_in(folder: Path) -> list[str]:
    """Nothing where the folder is not there, or does not say what is in it: a file whose name one
    knows can be used all the same.
    """
    try:
        return os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return []


def make_private_folder(folder: Path) -> None:
    """Create the folder and its parents for the user alone; one that exists stays as it is."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    with file_faults_of(folder):
        for place in reversed(missing):
            place.mkdir(mode=0o700, exist_ok=True)


def sync(path: Path) -> None:
    """Wait until the disk has it. No connection of ours may be open to it: see `read_salt`."""
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
