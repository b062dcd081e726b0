"""The file is moved, replaced or deleted while it is open: nothing is acknowledged that is lost."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kkd_desktop.store.key import Key
from tests.faults import caseload
from tests.faults.conftest import WRITTEN

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there an open file stays put")


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def move(path: Path) -> None:
    path.rename(path.with_name("woanders.kkd"))


def replace(path: Path) -> None:
    copy = path.with_name("alt.kkd")
    shutil.copy(path, copy)
    os.replace(copy, path)


def delete_log(path: Path) -> None:
    log_of(path).unlink()


@pytest.mark.parametrize("harm", [move, Path.unlink, replace, delete_log])
def test_what_goes_into_no_file_is_not_acknowledged(
    written: Path, key: Key, harm: Callable[[Path], None]
) -> None:
    process = caseload.batch(written)
    assert process.stdin is not None
    assert process.stdout is not None

    def answer(number: int) -> str:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(caseload.line(number).encode())
        return process.stdout.readline().decode()

    with process:
        assert answer(WRITTEN) == f"ACK {WRITTEN}\n"
        harm(written)
        for _ in range(2):
            refusal = answer(WRITTEN + 1)
            assert refusal.startswith(f"NACK {WRITTEN + 1} Zeile")
            assert "verschoben, ersetzt oder gelöscht" in refusal
        process.stdin.close()
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read().decode()
        assert process.wait() == 1
    if harm is delete_log:
        # Closed in good order, the process has put all of it into the file.
        assert caseload.require_sound(written, key, WRITTEN + 1) == WRITTEN + 1
