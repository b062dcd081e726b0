"""How does the window come up? Protect the process, open the caseload, show Heute first."""

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import ahead
from kkd_desktop.process import protect

if TYPE_CHECKING:
    from argparse import Namespace


def main() -> None:
    """The windowless script `kkd-desktop`."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Open the window and stay until it is closed. Returns the exit code."""
    protect()
    options = _options(arguments)
    # Whoever locked the window is asked, whatever lies in the environment.
    early = EarlyKey(None if options.locked else options.store, options.passphrase_file)
    ahead.load(early.start if early.is_given() else None)
    from kkd_desktop.gui.startup import Startup

    return Startup(
        store=options.store,
        demo=options.demo,
        today=options.as_of,
        early_key=early.result,
        locked=options.locked,
    ).run()


class EarlyKey:
    """The key of a store whose passphrase came from a file or the environment."""

    def __init__(self, store: Path | None, file: Path | None) -> None:
        self._store = store
        self._file = file
        self._key: object = None
        self._fault: UserError | None = None
        self._thread: Thread | None = None

    def is_given(self) -> bool:
        """Whether there is a passphrase to begin with."""
        given = self._file is not None or bool(os.environ.get("KKD_PASSPHRASE"))
        return self._store is not None and given

    def start(self) -> None:
        """The derivation leaves the interpreter alone, so it runs during the imports."""
        self._thread = Thread(target=self._derive, daemon=True)
        self._thread.start()

    def result(self) -> object:
        """The key, or None where the passphrase has to be asked for."""
        if self._thread is not None:
            self._thread.join()
        if self._fault is not None:
            raise self._fault
        return self._key

    def _derive(self) -> None:
        from kkd_desktop.actions.secrets import given_passphrase, key_of

        try:
            assert self._store is not None
            passphrase = given_passphrase(self._file)
            if passphrase is not None:
                self._key = key_of(self._store, passphrase)
        except UserError as fault:
            self._fault = fault


def _options(arguments: Sequence[str]) -> "Namespace":
    import argparse

    parser = argparse.ArgumentParser(prog="kkd-desktop", description="Kundenkontaktdichte")
    parser.add_argument("--demo", action="store_true", help="mit einem erfundenen Fallbestand")
    parser.add_argument("--store", type=Path, help="Datei des Fallbestands")
    parser.add_argument("--passphrase-file", type=Path, help="Datei mit der Passphrase")
    parser.add_argument("--locked", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--as-of", type=date.fromisoformat, help="Stichtag JJJJ-MM-TT")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
