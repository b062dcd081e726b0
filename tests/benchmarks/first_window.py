"""The window of a caseload, painted once with its worklist: prints the moment, then leaves."""

import os
import sys
from datetime import date
from pathlib import Path
from threading import Thread
from time import CLOCK_MONOTONIC, clock_gettime

from kkd_desktop.gui import ahead
from kkd_desktop.process import protect
from tests.benchmarks.own_memory import own_memory

TODAY = date(2026, 11, 20)


def main(path: Path) -> None:
    protect()
    found: list[object] = []
    thread = Thread(target=lambda: found.append(_key(path)))
    ahead.load(thread.start)

    from PySide6.QtCore import QSettings

    from kkd_desktop.gui.startup import Startup, application

    app = application()
    settings = QSettings(str(path.with_suffix(".ini")), QSettings.Format.IniFormat)

    def key() -> object:
        thread.join()
        return found[0]

    startup = Startup(store=path, demo=False, today=TODAY, early_key=key, settings=settings)
    workplace = startup.open()
    assert workplace is not None
    workplace.painted.connect(lambda: _painted(app))
    workplace.window.show()
    app.exec()
    startup.close()


def _key(path: Path) -> object:
    from kkd_desktop.actions.secrets import Key, Passphrase, key_of

    pragma = os.environ.get("KKD_BENCH_KEY")
    if pragma is None:
        return key_of(path, Passphrase(os.environ["KKD_BENCH_PASSPHRASE"]))
    digits = pragma.split("'")[1]
    return Key(bytes.fromhex(digits[:64]), bytes.fromhex(digits[64:]))


def _painted(app: object) -> None:
    if "KKD_BENCH_MEMORY" in os.environ:
        print(own_memory(), flush=True)
    else:
        print(clock_gettime(CLOCK_MONOTONIC), flush=True)
    app.exit()  # type: ignore[attr-defined]


main(Path(sys.argv[1]))
