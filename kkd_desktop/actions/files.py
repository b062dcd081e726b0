"""How does an export reach the disk? Whole or not at all, and for the user alone."""

import os
import tempfile
from pathlib import Path

from kkd_desktop.domain.errors import UserError


def write_private(path: Path, data: bytes) -> None:
    """Write a file with mode 0600 under its name in one step; an older one is replaced."""
    if path.exists() and not path.is_file() and not path.is_dir():
        # Renaming onto it would replace a device or pipe by a file.
        raise UserError(f"{path}: das ist keine gewöhnliche Datei; es wurde nichts gespeichert.")
    try:
        # mkstemp makes it 0600; beside the target, so that the rename stays on one disk.
        handle, name = tempfile.mkstemp(prefix=".kkd-", suffix=".part", dir=path.parent)
    except OSError as fault:
        raise _refused(path, fault) from fault
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
        part.replace(path)
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise _refused(path, fault) from fault


def private_folder(path: Path) -> None:
    """Make sure of a folder; a new one is for the user alone."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise _refused(path, fault) from fault


def _refused(path: Path, fault: OSError) -> UserError:
    reasons = {
        FileNotFoundError: "den Ordner gibt es nicht",
        NotADirectoryError: "ein Teil des Pfades ist kein Ordner",
        IsADirectoryError: "das ist ein Ordner, keine Datei",
        PermissionError: "dort darf nicht geschrieben werden",
        FileExistsError: "dort liegt schon eine Datei",
    }
    reason = reasons.get(type(fault), "der Datenträger nimmt sie nicht an (voll oder gestört)")
    return UserError(f"{path}: {reason}; es wurde nichts gespeichert.")
