"""The bundle beside the source tree: from the start of the process to a window that has settled.

Seen from outside, in the same way for both: once it was painted, the window listens for further
starts on a socket in the folder for temporary files. Without a bundle there is nothing to measure.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from kkd_desktop.actions import stores
from tests.benchmarks import caseloads
from tests.benchmarks.report import Row, alternating

BUNDLE = Path("build/bundle/kkd-desktop/kkd-desktop").absolute()
SOURCES = (sys.executable, "-m", "kkd_desktop.gui.app")
SECRET = "nur für Messungen"
ROUNDS = 11
AIM = 1.1
PATIENCE = 60.0


def rows() -> Iterator[Row]:
    if not BUNDLE.is_file():
        print("no bundle to measure: make bundle", file=sys.stderr)
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bestand.kkd"
        stores.create_demo(path, caseloads.PASSPHRASE, caseloads.TODAY).store.close()

        def bundle() -> float:
            return _settled(str(BUNDLE), path=path)

        def sources() -> float:
            return _settled(*SOURCES, path=path)

        for start in (bundle, sources):
            start()  # once for the disk cache, and for the back-up of the first time
        measured, floor = alternating(bundle, sources, ROUNDS)
        yield Row("the bundle's window settled, beside the source tree", measured, floor, AIM)


def _settled(*program: str, path: Path) -> float:
    """Seconds until the window listens."""
    with TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            **{"QT_QPA_PLATFORM": "offscreen", "KKD_PASSPHRASE": SECRET, "TMPDIR": folder},
            **{"XDG_DATA_HOME": folder, "HOME": folder},
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        begin = monotonic()
        process = subprocess.Popen(
            [*program, "--store", str(path), "--as-of", caseloads.TODAY.isoformat()],
            env=environment,
        )
        try:
            while not any(Path(folder).glob("kkd-*")):
                if process.poll() is not None or monotonic() - begin > PATIENCE:
                    raise RuntimeError("the window did not come up")
                sleep(0.0005)
            return monotonic() - begin
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()
