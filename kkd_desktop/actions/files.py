"""How does an export reach the disk? Whole or not at all, and for the user alone."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from kkd_desktop.domain.errors import UserError


class NotWritten(UserError):
    """Nothing reached the disk; `reason` says why in a few words."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}; es wurde nichts gespeichert.")
        self.reason = reason


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
        raise NotWritten(path, "das ist keine gewöhnliche Datei")


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


def _refused(path: Path, fault: OSError) -> NotWritten:
    reasons = {
        FileNotFoundError: "den Ordner gibt es nicht",
        NotADirectoryError: "ein Teil des Pfades ist kein Ordner",
        IsADirectoryError: "das ist ein Ordner, keine Datei",
        PermissionError: "dort darf nicht geschrieben werden",
        FileExistsError: "dort liegt schon eine Datei",
    }
    reason = reasons.get(type(fault), "der Datenträger nimmt sie nicht an (voll oder gestört)")
    return NotWritten(path, reason)
