"""The program that follows a locked one: which, with what, and what it must not inherit."""

import os
import sys
from datetime import date
from pathlib import Path

import pytest

from kkd_desktop.gui import restart
from kkd_desktop.process import protect

STORE = Path("/daten/fallbestand.kkd")


@pytest.fixture
def bundle(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/kkd-desktop/kkd")


@pytest.fixture
def begun(monkeypatch):
    """What the new program would get, instead of a new program."""
    calls = []
    monkeypatch.setattr(os, "execve", lambda *given: calls.append(given))
    return calls


def test_from_the_source_tree_python_runs_the_window_again():
    assert restart.command(STORE, date(2026, 11, 20)) == [
        *(sys.executable, "-m", "kkd_desktop.gui.app"),
        *("--store", str(STORE), "--locked", "--as-of", "2026-11-20"),
    ]


def test_in_the_bundle_the_window_is_a_program_beside_the_terminals(bundle):
    assert restart.command(STORE, None) == [
        *("/opt/kkd-desktop/kkd-desktop", "--store", str(STORE), "--locked")
    ]


def test_in_the_bundle_for_windows_it_has_its_ending(bundle, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/opt/kkd-desktop/kkd.exe")

    assert restart.command(STORE, None)[0] == "/opt/kkd-desktop/kkd-desktop.exe"


@pytest.mark.skipif(sys.platform == "win32", reason="there a process cannot become another one")
def test_no_secret_goes_along_and_the_bundle_begins_from_scratch(bundle, begun, monkeypatch):
    for name in ("KKD_PASSPHRASE", "KKD_CALDAV_PASSWORD"):
        monkeypatch.setenv(name, "geheim")

    restart.begin_again(STORE, None)

    [(program, arguments, environment)] = begun
    assert program == arguments[0] == "/opt/kkd-desktop/kkd-desktop"
    assert environment["PYINSTALLER_RESET_ENVIRONMENT"] == "1"
    assert "geheim" not in environment.values()


@pytest.mark.parametrize("before", ["/usr/lib/eigene", ""])
def test_other_programs_get_the_libraries_of_the_system(bundle, monkeypatch, before):
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/kkd-desktop/_internal")
    if before:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)

    protect()

    assert os.environ.get("LD_LIBRARY_PATH", "") == before
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ


def test_outside_the_bundle_the_library_path_is_the_users_own(monkeypatch):
    monkeypatch.setenv("LD_LIBRARY_PATH", "/usr/lib/eigene")

    protect()

    assert os.environ["LD_LIBRARY_PATH"] == "/usr/lib/eigene"
