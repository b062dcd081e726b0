"""What later pages need is loaded in short steps, before anybody waits for it."""

import os
import subprocess
import sys
from datetime import datetime

import pytest
from PySide6.QtCore import QSettings

from kkd_desktop.gui import clock, warming
from kkd_desktop.gui.pages.kunden import KundenPage
from kkd_desktop.gui.pages.live import LivePage
from kkd_desktop.gui.pages.woche import WochePage
from kkd_desktop.gui.warming import LATER, Warming
from kkd_desktop.gui.window import MainWindow
from kkd_desktop.gui.workplace import Workplace
from kkd_desktop.policyfiles.shelf import Shelf

LOADING = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from importlib import import_module
import kkd_desktop.gui.workplace
from kkd_desktop.gui.warming import LATER, in_steps
most = 0
for name in in_steps(LATER):
    before = {each for each in sys.modules if each.startswith("kkd_desktop.")}
    import_module(name)
    after = {each for each in sys.modules if each.startswith("kkd_desktop.")}
    most = max(most, len(after - before))
print(most, all(name in sys.modules for name in LATER))
"""


def test_each_step_loads_little_and_at_the_end_all_is_there() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADING], capture_output=True, text=True, check=True
    )

    most, whole = done.stdout.split()
    # A module and the package around it, at most where one names another in a function.
    assert int(most) <= 4
    assert whole == "True"
    assert len(LATER) > 10


MEETING = """
import enum
made, make = [], enum.EnumType._create_
def noted(kind, name, *rest, **options):
    made.append(name)
    return make(kind, name, *rest, **options)
enum.EnumType._create_ = noted
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView
app = QApplication([])
from kkd_desktop.gui.warming import _steps
steps = _steps()
next(steps)()
next(steps)()
table, line = QTableView(), QLineEdit()
made.clear()
table.viewport(), line.children()
print(len(made))
"""


def test_the_classes_of_qt_are_looked_through_before_a_page_is_made() -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEETING],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == ["0"]


def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were filled, each time by its name."""
    found, renew = [], LivePage._renew

    def noted(page: LivePage) -> None:
        found.append(type(page).__name__)
        renew(page)

    monkeypatch.setattr(LivePage, "_renew", noted)
    return found


@pytest.fixture
def warmed(qtbot, session, tmp_path, monkeypatch):
    """The window once all is there that it loads while nobody waits."""
    for pause in ("_BEGIN_MS", "_BUSY_S", "_PAUSE_S"):
        monkeypatch.setattr(warming, pause, 0)
    workplace = Workplace(session, QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat))
    window = workplace.window
    qtbot.addWidget(window)

    def made() -> MainWindow:
        window.show()
        qtbot.waitUntil(lambda: window.findChild(Warming) is not None)
        qtbot.waitUntil(window.findChild(Warming).is_done, timeout=30_000)
        return window

    return made


def test_every_concept_is_read_before_a_page_asks_for_it(warmed, session, qtbot, monkeypatch):
    read, read_file = [], Shelf._read_file

    def noted(shelf, path):
        read.append(path.stem)
        return read_file(shelf, path)

    monkeypatch.setattr(Shelf, "_read_file", noted)
    window = warmed()
    assert {*read, "mg2012"} == {*session.context.shelf.ids()}

    read.clear()
    window.show_page("einstellungen")
    qtbot.waitUntil(window.page("einstellungen").is_whole)

    assert read == []


def test_long_pages_are_full_before_they_are_shown(warmed, monkeypatch):
    filled = asked(monkeypatch)
    window = warmed()

    assert filled == ["KundenPage", "WochePage", "EinladungenPage"]
    assert window.page("kunden").model.total()
    window.show_page("kunden")
    assert len(filled) == 3


def test_what_changed_after_a_page_was_filled_is_asked_for_when_it_is_shown(
    session, present, monkeypatch
):
    filled = asked(monkeypatch)
    page = KundenPage(session)
    page.ask_ahead()
    page.ask_ahead()
    session.changed.emit()
    assert filled == ["KundenPage"]

    present(page)

    assert filled == ["KundenPage"] * 2


def test_a_calendar_that_was_filled_in_the_morning_shows_the_hour_it_is_seen(
    session, present, monkeypatch
):
    page = WochePage(session)
    page.ask_ahead()
    noon = datetime(2026, 11, 20, 12, 5)
    monkeypatch.setattr(clock, "local_now", lambda today: noon)

    present(page)

    assert page.week.now == noon
