"""Run on a disk of its own that is soon full: `small_disk DISK TEMPLATE PLACE SIZES`.

Each round leaves so many of SIZES kilobytes beside the store, lets `kkd batch` write until it is
refused, makes room and goes on in the same process. Prints what happened as JSON and leaves the
stores in PLACE.
"""

import contextlib
import json
import shutil
import sys
from pathlib import Path

from tests.faults import caseload
from tests.faults.conftest import WRITTEN

KILOBYTE = 1024


def fill_up(folder: Path, left: int) -> Path:
    """Take all the room of the disk but `left` bytes."""
    ballast = folder / "ballast"
    with ballast.open("wb") as file:
        file.write(bytes(max(0, shutil.disk_usage(folder).free - left)))
    return ballast


def written_until_full(disk: Path, template: Path, left: int) -> dict[str, object]:
    store = disk / "faelle.kkd"
    shutil.copy(template, store)
    ballast = fill_up(disk, left)
    number = WRITTEN
    process = caseload.batch(store)
    assert process.stdin is not None
    assert process.stdout is not None

    def ask() -> str:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(caseload.line(number).encode())
        return process.stdout.readline().decode()

    with process:
        while (refusal := ask()) == f"ACK {number}\n":
            number += 1
        ballast.unlink()
        if refusal:
            # Room again: the same process goes on.
            assert ask() == f"ACK {number}\n"
            number += 1
        process.stdin.close()
        said = refusal or process.stderr.read().decode()
    return {"left": left, "acknowledged": number, "said": said, "code": process.returncode}


def created_when_full(disk: Path, left: int) -> dict[str, object]:
    folder = disk / "neu"
    ballast = fill_up(disk, left)
    done = caseload.kkd("init", store=folder / "faelle.kkd")
    ballast.unlink()
    there = sorted(path.name for path in folder.rglob("*")) if folder.exists() else []
    shutil.rmtree(folder, ignore_errors=True)
    return {"left": left, "said": done.stderr, "code": done.returncode, "there": there}


def main() -> None:
    disk, template, place = map(Path, sys.argv[1:4])
    sizes = json.loads(sys.argv[4])
    found = []
    for index, left in enumerate(sizes):
        found.append(written_until_full(disk, template, left * KILOBYTE))
        for path in disk.glob("faelle.kkd*"):
            (place / str(index)).mkdir(exist_ok=True)
            shutil.move(path, place / str(index) / path.name)
    created = [created_when_full(disk, left * KILOBYTE) for left in sizes]
    print(json.dumps([found, created]))


if __name__ == "__main__":
    main()
