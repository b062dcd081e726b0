"""The wheel works from a clean environment without a network, as an office would set it up.

What `make wheelhouse` gathers is gathered here too, and nothing else is installed from.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kkd_desktop import __version__
from tests.packaging.installation import Installation, until, work

ROOT = Path(__file__).parents[2]
QUIET = ("--quiet", "--disable-pip-version-check")


def pip(python: object, *arguments: object) -> None:
    """A developer without a network does without this test; CI has one."""
    command = [str(part) for part in (python, "-m", "pip", *arguments, *QUIET)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    alone = re.search("Connection|Name or service|Temporary failure", done.stderr)
    if done.returncode and alone and not os.environ.get("CI"):
        pytest.skip("the parts cannot be fetched here")
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A virtual environment, filled from the wheelhouse and nothing else."""
    house = tmp_path_factory.mktemp("wheelhouse")
    pip(sys.executable, "wheel", "--no-deps", "--wheel-dir", house, ".")
    [wheel] = house.iterdir()
    assert wheel.name == f"kkd_desktop-{__version__}-py3-none-any.whl"
    constraints = ("--constraint", ROOT / ".constraints.txt")
    whole = f"{wheel}[caldav]"
    pip(
        *(sys.executable, "download", "--only-binary", ":all:", *constraints),
        *("--dest", house, whole),
    )

    place = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    pip(
        *(place / "bin" / "python", "install", "--no-index", "--find-links", house),
        *(*constraints, "kkd-desktop[caldav]"),
    )
    return place


@pytest.fixture
def program(environment, tmp_path):
    return Installation(environment / "bin", tmp_path, {"QT_QPA_PLATFORM": "offscreen"})


def test_it_runs_from_its_own_environment(program, environment):
    said = subprocess.run(
        [environment / "bin" / "python", "-c", "import kkd_desktop; print(kkd_desktop.__file__)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=program.home,
        env=program.environment(),
    ).stdout

    assert Path(said.strip()).is_relative_to(environment)
    assert program.kkd("--version") == f"kkd {__version__}\n"
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in program.kkd("about", "--notices")


def test_a_week_of_work_and_then_the_window(program):
    work(program)
    assert not program.backups

    with program.window() as window:
        # It makes one once it was painted and has settled.
        until(lambda: program.backups, window)
        window.terminate()
        assert window.wait(20) == 0
    assert not (program.home / "bestand.kkd-wal").exists()
