"""How does an export reach the disk? Whole or not at all, and for the user alone."""

import os
import shutil
import tempfile
import time
import weakref
from collections.abc import Sequence
from pathlib import Path

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said

_TEMPORARY = "kkd-termine-"
_LEFT_BEHIND = 24 * 3600.0
"""Seconds after which a temporary folder belongs to nobody any more."""


class NotWritten(UserError):
    """Nothing reached the disk; `reason` says why in a few words."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            said("{path}: {reason}; es wurde nichts gespeichert.").format(path=path, reason=reason)
        )
        self.reason = reason


def require_ending(path: Path, *endings: str) -> None:
    """Refuse a name before anything is worked out for it."""
    if path.suffix.lower() in endings:
        return
    name, (*first, last) = path.name or path, endings
    raise UserError(
        said("{name}: Der Name endet auf {first} oder {last}.").format(
            name=name, first=", ".join(first), last=last
        )
        if first
        else said("{name}: Der Name endet auf {last}.").format(name=name, last=last)
    )


def write_private(path: Path, data: bytes) -> None:
    """Write a file with mode 0600 under its name in one step; an older one is replaced."""
    write_all_private([(path, data)])


def write_all_private(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write several files that belong together: none appears before all are on the disk."""
    parts: list[tuple[Path, Path]] = []
    try:
        for path, data in files:
            _require_ordinary(path)
            parts.append((_part(path, data), path))
        for part, path in parts:
            _rename(part, path)
    finally:
        for part, _ in parts:
            part.unlink(missing_ok=True)


def _require_ordinary(path: Path) -> None:
    """Refuse beforehand what a rename would refuse, or worse, would replace by a file."""
    if path.is_dir():
        raise _refused(path, IsADirectoryError())
    if path.exists() and not path.is_file():
        raise NotWritten(path, said("das ist keine gewöhnliche Datei"))


def _part(path: Path, data: bytes) -> Path:
    """The bytes beside their target, so that the rename stays on one disk."""
    try:
        # mkstemp makes it 0600.
        handle, name = tempfile.mkstemp(prefix=".kkd-", suffix=".part", dir=path.parent)
    except OSError as fault:
        raise _refused(path, fault) from fault
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise _refused(path, fault) from fault
    return part


def _rename(part: Path, path: Path) -> None:
    try:
        part.replace(path)
    except OSError as fault:
        raise _refused(path, fault) from fault


def private_folder(path: Path) -> None:
    """Make sure of a folder; a new one is for the user alone."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise _refused(path, fault) from fault


def temporary_folder(owner: object) -> Path:
    """A new folder for the user alone. It goes with its owner, at the latest when the program ends;
    what a killed program left behind goes now.
    """
    _sweep(Path(tempfile.gettempdir()))
    try:
        folder = Path(tempfile.mkdtemp(prefix=_TEMPORARY))
    except OSError as fault:
        raise _refused(Path(tempfile.gettempdir()), fault) from fault
    weakref.finalize(owner, shutil.rmtree, folder, ignore_errors=True)
    return folder


def _sweep(parent: Path) -> None:
    for folder in parent.glob(f"{_TEMPORARY}*"):
        try:
            is_old = time.time() - folder.lstat().st_mtime > _LEFT_BEHIND
        except OSError:
            continue
        if is_old and folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)


def _refused(path: Path, fault: OSError) -> NotWritten:
    reasons = {
        FileNotFoundError: said("den Ordner gibt es nicht"),
        NotADirectoryError: said("ein Teil des Pfades ist kein Ordner"),
        IsADirectoryError: said("das ist ein Ordner, keine Datei"),
        PermissionError: said("dort darf nicht geschrieben werden"),
        FileExistsError: said("dort liegt schon eine Datei"),
    }
    reason = reasons.get(
        type(fault), said("der Datenträger nimmt sie nicht an (voll oder gestört)")
    )
    return NotWritten(path, reason)
