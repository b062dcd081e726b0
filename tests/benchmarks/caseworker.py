"""Who works before the window, by keys and clicks: the deeds of an hour, each a named turn."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from kkd_desktop.actions import stores
from kkd_desktop.actions.secrets import key_of
from kkd_desktop.gui import clock, tasks
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.startup import application
from kkd_desktop.gui.workplace import Workplace
from tests import offscreen
from tests.benchmarks import caseloads
from tests.benchmarks.turns import Watchdog

os.environ.setdefault("QT_QPA_PLATFORM", offscreen.platform())

_PATIENCE = 120.0
_QUIET_TURNS, _MOST_TURNS, _QUIET = 3, 60, 0.001

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
PAGES = ("kunden", "woche", "einladungen", "auswertung", "konzepte", "einstellungen", "heute")


class Morning(datetime):
    """Half past eight, whenever it runs."""

    @classmethod
    def now(cls, tz=None):  # type: ignore[no-untyped-def]
        return cls(2026, 11, 20, 8, 30, tzinfo=tz)


class Places:
    """Answers where files go without asking."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def file(self, parent: QWidget, title: str, name: str, kind: str) -> Path:
        return self._folder / name

    def folder(self, parent: QWidget, title: str) -> Path:
        return self._folder


class Caseworker:
    """Does things in the window, one turn of the event loop after the other."""

    def __init__(self, workplace: Workplace, watchdog: Watchdog) -> None:
        self.workplace, self.watchdog = workplace, watchdog
        self.window, self.session = workplace.window, workplace.session
        self.deeds = 0

    def do(self, name: str, act: Callable[[], Any]) -> None:
        """One deed; then the window has time for what it put off."""
        self.deeds += 1
        self.watchdog.turn(name, act)
        self.rest(name)

    def rest(self, name: str) -> None:
        quiet = turns = 0
        while quiet < _QUIET_TURNS and turns < _MOST_TURNS:
            turns += 1
            quiet = quiet + 1 if self.watchdog.turn(name).cpu < _QUIET else 0

    def until(self, name: str, is_there: Callable[[], Any]) -> None:
        """Wait while the window works."""
        end = monotonic() + _PATIENCE
        while not is_there():
            if monotonic() > end:
                raise TimeoutError(name)
            self.watchdog.turn(name)
            if tasks.is_working():
                QTest.qSleep(1)
        self.rest(name)

    def key(self, name: str, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        self.do(name, lambda: QTest.keyClick(self._keyboard(), key, modifier))

    def type(self, name: str, text: str) -> None:
        for letter in text:
            press = QKeyEvent(QEvent.Type.KeyPress, 0, PLAIN, letter)
            self.do(name, lambda press=press: QApplication.sendEvent(self._keyboard(), press))

    def click(self, name: str, widget: QWidget) -> None:
        self.do(name, lambda: QTest.mouseClick(widget, Qt.MouseButton.LeftButton))

    def page(self, page: str) -> Any:
        number = ("heute", *PAGES[:-1]).index(page) + 1
        first = "" if self.window.page(page) is not None else " (first)"
        key = KEY(KEY.Key_0.value + number)
        if not self.window.isActiveWindow():
            self.window.activateWindow()
            self.until("window", self.window.isActiveWindow)
        self.key(f"page {page}{first}", key, CONTROL)
        if self.window.current_page() != page:
            raise LookupError(page)
        return self.window.page(page)

    def dialog(self) -> Any:
        """The dialog on top."""
        found = [each for each in self.window.findChildren(QDialog) if each.isVisible()]
        if not found:
            raise LookupError("no dialog")
        return found[-1]

    def close(self, name: str) -> None:
        """Leave all dialogs, the last one first."""
        while found := [each for each in self.window.findChildren(QDialog) if each.isVisible()]:
            before = len(found)
            self.do(f"{name}: close", found[-1].reject)
            left = [each for each in self.window.findChildren(QDialog) if each.isVisible()]
            if len(left) >= before:
                # It warned first that something is not stored.
                self.do(f"{name}: close", found[-1].reject)
        self.window.activateWindow()

    def _keyboard(self) -> QWidget:
        return QApplication.focusWidget() or self.window


@contextmanager
def at_work(path: Path, *, watch_start: bool = False) -> Iterator[Caseworker]:
    """A window on the caseload of this file, past its first picture."""
    app = application()
    watchdog = Watchdog()
    key = key_of(path, caseloads.PASSPHRASE)
    with (
        TemporaryDirectory() as folder,
        patch.object(clock, "datetime", Morning),
        stores.open_caseload(path, key, caseloads.TODAY) as context,
        watchdog.watching(),
    ):
        settings = QSettings(str(Path(folder) / "fenster.ini"), QSettings.Format.IniFormat)
        session = Session(context)
        workplace = Workplace(session, settings, is_demo=True, places=Places(Path(folder)))
        person = Caseworker(workplace, watchdog)
        settled: list[bool] = []
        workplace.settling.connect(lambda: settled.append(True))
        workplace.window.show()
        workplace.window.activateWindow()
        person.until("start", lambda: settled)
        if not watch_start:
            watchdog.turns.clear()
        try:
            yield person
        finally:
            session.finish()
            workplace.close()
            tasks.finish()
            app.processEvents()
