"""The disk is full: refused in a sentence, what was acknowledged stays, and it goes on afterwards.

On a real small disk (a tmpfs in a name space of its own; root is not needed where the system allows
that) and, everywhere else too, with files that may not grow any further.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import caseload
from tests.faults.conftest import WRITTEN

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and name spaces of POSIX")

FULL = "Der Datenträger ist voll: In „faelle.kkd“ konnte nichts gespeichert werden."
MOUNT = 'mount -t tmpfs -o size=3m tmpfs "$1" && exec "$0" -m tests.faults.small_disk "$@"'


def on_small_disk(disk: Path, *arguments: str) -> list[list[dict[str, object]]]:
    name_space = ["unshare", "-m" if os.geteuid() == 0 else "-rm"]
    if (
        shutil.which("unshare") is None
        or subprocess.run(
            [*name_space, "mount", "-t", "tmpfs", "tmpfs", str(disk)],
            capture_output=True,
            check=False,
        ).returncode
    ):
        pytest.skip("no small disk can be mounted here")
    done = subprocess.run(
        [*name_space, "sh", "-c", MOUNT, sys.executable, str(disk), *arguments],
        capture_output=True,
        text=True,
        env=caseload.ENVIRONMENT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_disk_that_fills_up_refuses_and_loses_nothing(tmp_path, template, key):
    disk, place = tmp_path / "disk", tmp_path / "place"
    disk.mkdir()
    place.mkdir()
    # From none at all over too little for a log up to a log that was taken in several times.
    sizes = [0, 300, *(random.randrange(0, 1200) for _ in range(caseload.rounds(1)))]

    written, created = on_small_disk(disk, str(template[0]), str(place), json.dumps(sizes))

    for index, each in enumerate(written):
        assert FULL in str(each["said"])
        assert str(each["said"]).count("\n") == 1
        assert each["code"] == (1 if str(each["said"]).startswith("NACK") else 2)
        path = place / str(index) / "faelle.kkd"
        assert caseload.require_sound(path, key, 0) == each["acknowledged"]
    assert any(int(str(each["acknowledged"])) > WRITTEN + 1 for each in written)
    for each in created:
        assert each["code"] == 0 or str(each["said"]).startswith(FULL), each
        # Here as a whole, or not here at all.
        assert each["there"] == (["faelle.kkd"] if each["code"] == 0 else [])
    print(f"\n{len(sizes)} times full while writing, {len(sizes)} while creating")


UP_TO = """
import resource, sys
from kkd_desktop.cli.main import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
main()
"""


def test_files_that_may_not_grow_refuse_and_lose_nothing(written, key):
    most = written.stat().st_size
    done = subprocess.run(
        [sys.executable, "-c", UP_TO, str(most), *caseload.command("batch", store=written)[3:]],
        input="".join(map(caseload.line, range(WRITTEN, WRITTEN + 200))),
        capture_output=True,
        text=True,
        env=caseload.ENVIRONMENT,
        check=False,
    )

    said = done.stdout.splitlines()
    acknowledged = [line for line in said if line.startswith("ACK")]
    refused = said[len(acknowledged) :]
    assert (done.returncode, done.stderr) == (1, "")
    assert acknowledged == [f"ACK {WRITTEN + n}" for n in range(len(acknowledged))]
    assert refused
    # Later ones lack their person or are refused by the disk as well; none is a traceback.
    assert "Bitte den Datenträger prüfen." in refused[0]
    assert all(line.startswith("NACK") for line in refused)
    number = WRITTEN + len(acknowledged)
    assert caseload.require_sound(written, key, number) == number
    caseload.write(written, range(number, number + 5))
