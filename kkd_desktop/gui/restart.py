"""How does a locked program begin anew, with nothing of the old process left in memory?"""

import os
import sys
from datetime import date
from pathlib import Path

LOCKED = 75
"""The exit code of the event loop that means: begin again, and ask for the passphrase."""

_SECRETS = (
    "KKD_PASSPHRASE",
    "KKD_NEW_PASSPHRASE",
    "KKD_BACKUP_PASSPHRASE",
    "KKD_PARCEL_PASSPHRASE",
    "KKD_CALDAV_PASSWORD",
)
_WINDOW = "kkd-desktop"


def command(store: Path, today: date | None) -> list[str]:
    """The same program on the same caseload, locked. No secret is among the arguments."""
    if _is_bundle():
        # The window may have been opened by `kkd`, which stands beside it.
        started = Path(sys.executable)
        program = [str(started.with_name(_WINDOW + started.suffix))]
    else:
        program = [sys.executable, "-m", "kkd_desktop.gui.app"]
    day = [] if today is None else ["--as-of", today.isoformat()]
    return [*program, "--store", str(store.absolute()), "--locked", *day]


def begin_again(store: Path, today: date | None) -> None:
    """Put a new program in the place of this one. Where it returns, the new one runs beside it."""
    arguments = command(store, today)
    environment = {name: value for name, value in os.environ.items() if name not in _SECRETS}
    if _is_bundle():
        # Otherwise the new one would take itself for a child of this one.
        environment["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    if sys.platform == "win32":
        # There a process cannot become another one. Imported here: no part of the first picture.
        import subprocess

        subprocess.Popen(arguments, env=environment, close_fds=True)
        return
    os.execve(arguments[0], arguments, environment)


def _is_bundle() -> bool:
    return bool(getattr(sys, "frozen", False))
