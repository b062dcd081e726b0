"""The program as a screen reader meets it: from outside, over the accessibility bus.

`make reader-test` runs this; it needs a screen, a bus and packages of the system of its own.
"""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.packaging.installation import Installation, until
from tests.packaging.screen import Screen, opened

DEBIAN = ("xvfb", "openbox", "xdotool", "dbus", "at-spi2-core", "python3-gi", "gir1.2-atspi-2.0")
SYSTEM_PYTHON = "/usr/bin/python3"
LISTENER = Path(__file__).with_name("listener.py")
PAGES = ("Heute", "Kunden", "Woche", "Einladungen", "Auswertung", "Konzepte", "Einstellungen")
NO_ROLE = ("filler", "unknown", "layered pane", "redundant object")
MOST_TABS, LEAST = 90, 8
QUIET = 0.4
"""Seconds after which nothing more is said about a key."""

pytestmark = pytest.mark.skipif(
    "KKD_READER" not in os.environ, reason="make reader-test looks at the program from outside"
)


@dataclass
class Reader:
    """Keys go in, what is told about them comes out."""

    screen: Screen
    listener: "subprocess.Popen[str]"
    heard: list[dict[str, Any]] = field(default_factory=list)

    def listen(self) -> None:
        assert self.listener.stdout is not None
        for line in self.listener.stdout:
            self.heard.append(json.loads(line))

    def press(self, *keys: str) -> list[dict[str, Any]]:
        """What is told until it is quiet."""
        self.heard.clear()
        self.screen.press(*keys)
        return self.pause()

    def type(self, text: str) -> list[dict[str, Any]]:
        self.heard.clear()
        self.screen.type(text)
        return self.pause()

    def pause(self) -> list[dict[str, Any]]:
        known = -1
        while known != len(self.heard):
            known = len(self.heard)
            time.sleep(QUIET)
        return list(self.heard)

    def tab_to(self, name: str) -> None:
        for _ in range(MOST_TABS):
            if any(name in each["name"] for each in focused(self.press("Tab"))):
                return
        raise AssertionError(f"Tab never came to {name}")

    def tree(self) -> list[dict[str, Any]]:
        assert self.listener.stdin is not None
        self.heard.clear()
        self.listener.stdin.write("tree\n")
        self.listener.stdin.flush()
        until(lambda: any(each["heard"] == "tree" for each in self.heard))
        return next(each["parts"] for each in self.heard if each["heard"] == "tree")


def focused(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in told if each["heard"] == "focus"]


def words(told: list[dict[str, Any]]) -> list[str]:
    return [each["name"] for each in told if each["heard"] == "words"]


@contextmanager
def bus() -> Iterator[str]:
    """A bus for messages of its own; what stands for readers starts on it when it is asked."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        try:
            yield daemon.stdout.readline().strip()
        finally:
            daemon.terminate()


def require_packages() -> None:
    programs = ("Xvfb", "openbox", "xdotool", "dbus-daemon")
    bindings = [SYSTEM_PYTHON, "-c", "import gi; gi.require_version('Atspi', '2.0')"]
    if all(map(shutil.which, programs)) and not subprocess.run(bindings, check=False).returncode:
        return
    if not shutil.which("apt-get") or os.geteuid():
        pytest.skip(f"needs {', '.join(DEBIAN)}: apt-get install them")
    subprocess.run(["apt-get", "update", "-qq"], check=True, timeout=200)
    subprocess.run(["apt-get", "install", "-yqq", *DEBIAN], check=True, timeout=400)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    require_packages()
    home = tmp_path_factory.mktemp("heim")
    programs = Path(sys.executable).parent
    with ExitStack() as stack:
        screen = stack.enter_context(opened())
        around = {
            "DISPLAY": screen.name,
            "DBUS_SESSION_BUS_ADDRESS": stack.enter_context(bus()),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_QPA_PLATFORM": "xcb",
        }
        program = Installation(programs, home, around)
        # Windows get the keys from it, as on any desk.
        manager = stack.enter_context(subprocess.Popen(["openbox"], env=program.environment()))
        stack.callback(manager.kill)
        program.kkd("demo", "--store", "bestand.kkd", "--clients", "60", "--as-of", "2026-11-20")
        listener = stack.enter_context(
            subprocess.Popen(
                [SYSTEM_PYTHON, LISTENER],
                env=program.environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        stack.callback(listener.kill)
        found = Reader(screen, listener)
        threading.Thread(target=found.listen, daemon=True).start()
        until(lambda: found.heard, listener)
        window = stack.enter_context(program.window())
        until(lambda: program.backups, window)
        found.pause()
        yield found


def test_the_window_is_one_and_nothing_that_takes_the_keys_is_nameless(reader):
    parts = reader.tree()

    assert ("frame", "Kontaktdichte") in [(each["role"], each["name"]) for each in parts]
    assert [each for each in parts if each["role"] == "layered pane"] == []
    assert [
        each
        for each in parts
        if "focusable" in each["states"] and not (each["name"] or each["label"])
    ] == []


@pytest.mark.parametrize("number", range(1, len(PAGES) + 1))
def test_tab_says_a_name_and_a_role_wherever_it_comes(reader, number):
    reader.press(f"ctrl+{number}")
    way: list[tuple[str, str]] = []
    for _ in range(MOST_TABS):
        for each in focused(reader.press("Tab"))[-1:]:
            assert each["name"], each
            assert each["role"] not in NO_ROLE, each
            if each["role"] == "combo box":
                assert each["label"] or each["description"], each
            way.append((each["role"], each["name"]))
        if len(set(way)) < len(way) and len(way) > LEAST:
            break

    assert len(set(way)) >= LEAST
    chosen = [part for part in reader.tree() if part["role"] == "radio button"]
    assert any(
        part["name"].startswith(PAGES[number - 1]) and "checked" in part["states"]
        for part in chosen
    )


def test_arrows_say_people_and_keys_say_what_they_did(reader):
    reader.press("ctrl+1")
    reader.tab_to("Arbeitsliste")

    [row] = focused(reader.press("Down"))
    assert row["role"] == "list item"
    assert "über der Vorgabe" in row["name"]
    assert row["description"].startswith("Letzter zählender Kontakt")
    assert words(reader.press("question"))[-1].startswith("Letzter zählender Kontakt")

    booked = words(reader.press("v"))
    assert len(booked) == 1
    assert booked[0].startswith("Termin ")
    assert words(reader.press("ctrl+z")) == [f"Zurückgenommen: {booked[0]}"]


def test_a_dialog_is_met_as_one_and_left_to_where_one_was(reader):
    reader.press("ctrl+1")
    reader.tab_to("Arbeitsliste")

    told = reader.press("w")
    assert ("dialog", "Warum?") in [
        (each["role"], each["name"]) for each in told if each["heard"] == "window"
    ]
    assert focused(reader.press("Escape"))[-1]["name"] == "Arbeitsliste"


def test_a_table_has_headings_and_says_how_many_are_left(reader):
    reader.press("ctrl+2")
    # The first letters of a name found anywhere: the list below gets shorter.
    assert words(reader.type("mus"))[-1].endswith(" Treffer")
    reader.press("ctrl+a", "BackSpace")
    reader.press("Down")

    row = focused(reader.press("Down"))[-1]
    table = next(each for each in reader.tree() if each["role"] == "table")
    assert row["role"] == "table cell"
    assert "selected" in row["states"]
    assert table["columns"][:3] == ["Name", "Nummer", "Profillage"]


def test_the_calendar_is_walked_like_a_list(reader):
    reader.press("ctrl+3")
    reader.tab_to("Kalender")
    reader.press("Left")
    seen = [focused(reader.press(key))[-1] for key in ("Right", "Right", "Right")]

    assert {each["role"] for each in seen} == {"list item"}
    assert all("focused" in each["states"] for each in seen)
    assert len({each["name"] for each in seen}) == len(seen)
    assert all("." in each["name"] for each in seen)


def test_figures_of_a_chart_are_walked_and_its_finding_is_read(reader):
    reader.press("ctrl+5")
    reader.pause()
    for _ in range(MOST_TABS):
        told = focused(reader.press("Tab"))
        if any(each["role"] == "chart" for each in told):
            break

    chart = next(each for each in told if each["role"] == "chart")
    assert chart["description"].startswith("2026 bis 20.11.2026: ")
    figure = focused(reader.press("Home"))[-1]
    assert figure["role"] == "list item"
    assert figure["name"].startswith("Januar 2026")


def test_the_palette_says_what_it_found(reader):
    reader.press("ctrl+k")

    said = words(reader.type("woche"))
    assert "Treffer" in said[-1]
    assert words(reader.press("Down"))
    reader.press("Escape", "Escape")


def test_an_entry_that_cannot_be_stored_says_why(reader):
    reader.press("ctrl+2")
    told = reader.press("Insert")
    assert any(each["role"] == "dialog" for each in told if each["heard"] == "window")

    assert any("Nachname" in each for each in words(reader.press("ctrl+Return")))
    reader.press("Escape")
