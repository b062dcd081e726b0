"""The bundle on a machine without Python: its commands, its window, its way through the lock.

`make bundle-test` builds it and runs this; it takes too long for every run of all tests.
"""

import json
import os
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest

from kkd_desktop import __version__
from kkd_desktop.gui.theme import LIGHT
from tests.calendar_server import PASSWORD, USER
from tests.packaging.installation import SECRET, Installation, until, work
from tests.packaging.screen import difference, opened, share_of

FOLDER = Path(os.environ.get("KKD_BUNDLE", "build/none")).absolute()
BIGGEST = 450
"""Megabytes. 400 at the time of writing: 77 of them typst, 92 Qt, 42 numpy."""
DEBIAN = ("xvfb", "xdotool")

pytestmark = pytest.mark.skipif(
    not (FOLDER / "kkd").is_file(), reason="no bundle here: make bundle-test builds and starts it"
)


@pytest.fixture
def bundle(tmp_path):
    return Installation(FOLDER, tmp_path)


@pytest.fixture(scope="session")
def screen():
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        if os.geteuid():
            pytest.skip(f"needs {' and '.join(DEBIAN)}: apt-get install them")
        subprocess.run(["apt-get", "update", "-qq"], check=True, timeout=200)
        subprocess.run(["apt-get", "install", "-yqq", *DEBIAN], check=True, timeout=400)
    with opened() as screen:
        yield screen


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def inside(pattern: str) -> list[Path]:
    return list(FOLDER.rglob(pattern))


def test_version_licences_and_the_desktops_entry_lie_beside_the_programs():
    notices = (FOLDER / "LIZENZEN.txt").read_text(encoding="utf-8")

    assert (FOLDER / "VERSION").read_text() == f"{__version__}\n"
    assert "So werden die Bibliotheken ersetzt" in (FOLDER / "LIZENZ-QT.txt").read_text("utf-8")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in notices
    assert "ZETETIC LLC" in notices
    assert (FOLDER / "share/applications/kkd-desktop.desktop").is_file()
    assert len(inside("share/icons/hicolor/*/apps/kkd-desktop.png")) == 7


def test_what_is_under_the_lgpl_can_be_replaced():
    assert inside("_internal/PySide6/Qt/lib/libQt6Widgets.so.6")
    assert inside("_internal/recurring_ical_events/__init__.py")
    assert inside("_internal/x_wr_timezone*/*.py") or inside("_internal/x_wr_timezone.py")


def test_what_qt_needs_of_the_x_window_system_is_inside():
    """A desk may lack these; where they are missing here, so they were on the building machine."""
    wanted = ("cursor", "icccm", "image", "keysyms", "render-util", "xkb")

    assert [name for name in wanted if not inside(f"_internal/libxcb-{name}.so.*")] == []
    assert inside("_internal/libxkbcommon-x11.so.*")


def test_nothing_is_inside_that_nobody_needs():
    unwanted = ("libQt6Qml*", "libQt6Quick*", "libQt6Sql*", "libqgtk3*", "PIL", "pip", "pytest")
    megabytes = sum(path.stat().st_size for path in inside("*") if not path.is_symlink()) / 1e6

    assert [name for name in unwanted if inside(f"_internal/**/{name}")] == []
    assert not inside("**/test_*.py")
    assert megabytes < BIGGEST


def test_a_week_of_work_without_python(bundle):
    assert bundle.kkd("--version") == f"kkd {__version__}\n"

    work(bundle)

    parts = {part["name"]: part["version"] for part in json.loads(bundle.kkd("about", "--json"))}
    for name in ("PySide6_Essentials", "sqlcipher3", "typst", "highspy", "caldav", "keyring"):
        assert parts[name] == version(name)
    assert "pip" not in parts


def test_calendars_on_a_server_are_found(bundle, radicale, remote):
    at_server = Installation(FOLDER, bundle.home, {"KKD_CALDAV_PASSWORD": PASSWORD})

    said = at_server.kkd("caldav", "calendars", "--url", radicale.address, "--user", USER)

    assert "Termine" in said


def test_the_window_comes_up_is_locked_and_goes_on(bundle, screen):
    bundle.kkd("demo", "--store", "bestand.kkd", "--clients", "60", "--as-of", "2026-11-20")
    on_screen = Installation(FOLDER, bundle.home, {"DISPLAY": screen.name})

    with on_screen.window() as window:
        until(lambda: on_screen.backups, window)
        worklist = screen.picture()
        assert share_of(worklist, rgb(LIGHT.bg)) > 0.2
        assert share_of(worklist, rgb(LIGHT.surface)) > 0.1
        assert share_of(worklist, rgb(LIGHT.selection)) > 0.005

        screen.press("ctrl+l")
        arguments = Path(f"/proc/{window.pid}/cmdline")
        until(lambda: b"--locked" in arguments.read_bytes(), window)
        until(lambda: share_of(screen.picture(), rgb(LIGHT.bg)) > 0.6, window)
        locked = screen.picture()
        assert difference(locked, worklist) > 0.1

        screen.type(SECRET)
        screen.press("Return")
        until(lambda: difference(screen.picture(), worklist) < 0.03, window)
        window.terminate()
        assert window.wait(20) == 0
    assert not (bundle.home / "bestand.kkd-wal").exists()
    if out := os.environ.get("KKD_BUNDLE_PICTURES"):
        worklist.save(Path(out) / "bundle-heute.png")
        locked.save(Path(out) / "bundle-gesperrt.png")
