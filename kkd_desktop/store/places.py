"""Where may the file of the caseload lie, and who may read it there?

SQLite's write-ahead log needs shared memory and reliable locks between processes. Network file
systems promise neither, and a sync client uploads or swaps the file in the middle of a write.
"""

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from kkd_desktop.domain.language import said
from kkd_desktop.store.errors import (
    EmptyFile,
    HeldElsewhere,
    MissingStore,
    NotAStore,
    UnreadableStore,
    UnsafePlace,
    file_faults_of,
)

_SYNC_FOLDERS = re.compile(
    r"(?:onedrive|nextcloud|owncloud|dropbox|google ?drive|icloud ?drive|magentacloud|seafile)\b.*",
    re.IGNORECASE,
)
_NETWORK_SYSTEMS = re.compile(
    r"(?:nfs\d?|cifs|smb\d?|smbfs|afs|ncpfs|davfs|ceph|glusterfs|lustre|9p|drvfs|vboxsf|"
    r"fuse\.(?:sshfs|rclone|davfs2?|gvfsd-fuse|glusterfs|ceph.*|onedriver|smbnetfs))"
)
_MOUNTS = Path("/proc/self/mounts")
_DRIVE_REMOTE = 4
_LOCK_HOST = 2
"""The line of a QLockFile that names the computer, after its process and program."""

SALT_BYTES = 16
"""What stands at the beginning of every encrypted file."""


def require_safe(path: Path) -> None:
    """Refuse a place that SQLite or the privacy of the clients would not survive."""
    place = path.resolve()
    if name := synchronised_folder(place):
        reason = said("der Ordner „{name}“ wird mit einem Server abgeglichen").format(name=name)
        raise UnsafePlace(place.parent, reason)
    if _is_remote(place):
        raise UnsafePlace(place.parent, said("der Ordner liegt auf einem Netzlaufwerk"))


def require_here(path: Path) -> None:
    """Refuse a file that a window on another computer has open, by the lock beside it.

    A window of this computer is no hindrance: SQLite's own locks order the processes here.
    """
    lock = path.with_name(f".{path.name}.lock")
    try:
        lines = lock.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        # Nobody has it, as nearly always.
        return
    if len(lines) > _LOCK_HOST and lines[_LOCK_HOST] not in ("", _own_host()):
        raise HeldElsewhere(path, lines[_LOCK_HOST])


def _own_host() -> str:
    from platform import node

    return node()


def synchronised_folder(path: Path) -> str:
    """The name of the folder above `path` that a sync client copies to a server, or ""."""
    folders = path.resolve().parents
    return next((each.name for each in folders if _SYNC_FOLDERS.fullmatch(each.name)), "")


def require_file(path: Path) -> None:
    """Refuse what SQLite would silently take for a new, empty store: a file under 16 bytes."""
    with file_faults_of(path):
        found = path.is_file()
    if not found:
        raise MissingStore(path)
    if not os.access(path, os.R_OK):
        raise UnreadableStore(path)
    size = path.stat().st_size
    if size == 0:
        raise EmptyFile(path)
    if size < SALT_BYTES:
        raise NotAStore(path)


def network_mount(place: Path, mounts: Iterable[str]) -> str | None:
    """The network file system that holds `place`, by the lines of `/proc/self/mounts`."""
    inside, found, system = f"{place}/", "", ""
    for line in mounts:
        _, mount, kind, *_ = line.split(" ")
        # Spaces and the like are written as \040.
        point = re.sub(r"\\(\d{3})", lambda code: chr(int(code[1], 8)), mount)
        if inside.startswith(f"{point.rstrip('/')}/") and len(point) >= len(found):
            found, system = point, kind
    # A whole system on 9p is a sandbox on its own disk; elsewhere 9p leads to another machine.
    if system == "9p" and found == "/":
        return None
    return system if _NETWORK_SYSTEMS.fullmatch(system) else None


def is_writable(path: Path) -> bool:
    """Whether the file and its folder, where the log is kept, may be written to."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK | os.X_OK)


def keep_private(path: Path) -> None:
    """Let nobody but the user read the file. SQLite gives its log and shared memory the same."""
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)


def _is_remote(place: Path) -> bool:
    if sys.platform == "win32":
        if place.drive.startswith("\\\\"):
            return True
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(place.anchor) == _DRIVE_REMOTE)
    if not _MOUNTS.exists():
        return False
    with _MOUNTS.open(encoding="utf-8", errors="surrogateescape") as mounts:
        return network_mount(place, mounts) is not None
