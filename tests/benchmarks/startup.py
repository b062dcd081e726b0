"""From the start of the process to the first painted window, beside a bare table of PySide6."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import CLOCK_MONOTONIC, clock_gettime

from kkd_desktop.actions import stores
from kkd_desktop.actions.secrets import key_of
from tests.benchmarks import caseloads
from tests.benchmarks.report import Row, alternating, seconds

ROUNDS = 11
AIM = 1.2
MEMORY_ROUNDS, MEMORY_AIM = 3, 1.3


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bestand.kkd"
        stores.create_demo(path, caseloads.PASSPHRASE, caseloads.TODAY).store.close()
        key = key_of(path, caseloads.PASSPHRASE)
        pragma = key.pragma()
        ours = ("tests.benchmarks.first_window", str(path))

        def at_hand() -> float:
            return _run(*ours, KKD_BENCH_KEY=pragma)

        def floor() -> float:
            return _run("tests.benchmarks.bare_window")

        for start in (at_hand, floor):
            start()  # once for the disk cache
        measured, bare = alternating(at_hand, floor, ROUNDS)
        yield Row("first painted window, 300 clients, key at hand", measured, bare, AIM)
        derived, bare = alternating(
            lambda: _run(*ours, KKD_BENCH_PASSPHRASE="nur für Messungen"), floor, ROUNDS
        )
        yield Row("the same, key derived in a thread meanwhile", derived, bare)
        yield _memory(pragma, ours)
        alone = [seconds(lambda: key_of(path, caseloads.PASSPHRASE)) for _ in range(5)]
        yield Row("key derivation alone", median(alone))


def _memory(pragma: str, ours: tuple[str, ...]) -> Row:
    """What the painted window holds, of what it shares with other processes its part."""
    measured, floor = alternating(
        lambda: _said(*ours, KKD_BENCH_KEY=pragma, KKD_BENCH_MEMORY="1"),
        lambda: _said("tests.benchmarks.bare_window", KKD_BENCH_MEMORY="1"),
        MEMORY_ROUNDS,
    )
    return Row("memory at the first painted window", measured, floor, MEMORY_AIM, unit="MB")


def _run(module: str, *arguments: str, **variables: str) -> float:
    """Seconds from just before the process starts until it says that it has painted."""
    begin = clock_gettime(CLOCK_MONOTONIC)
    return _said(module, *arguments, **variables) - begin


def _said(module: str, *arguments: str, **variables: str) -> float:
    """The number that a process says when it has painted."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **variables}
    # With compiled modules, as pip leaves them when it installs; the round before writes them.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout.split()[-1])
