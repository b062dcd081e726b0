import gc
import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kkd_desktop.actions import stores
from kkd_desktop.actions.secrets import Key, Passphrase, key_of
from kkd_desktop.gui import clock, theme
from kkd_desktop.gui.session import Session
from tests import offscreen
from tests.gui.hearing import listening

os.environ.setdefault("QT_QPA_PLATFORM", offscreen.platform())


@pytest.fixture
def present(qtbot: QtBot) -> Callable[[QWidget], None]:
    """Show a window and wait until it has the keyboard: shortcuts and arrow keys need it."""

    def show(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        # The settings make their cards one after the other.
        qtbot.waitUntil(getattr(widget, "is_whole", lambda: True))

    return show


@pytest.fixture(scope="session", autouse=True)
def clipboard(qapp: QApplication) -> Iterator[None]:
    """Leave nothing in it: offscreen Qt lets it go only after the interpreter, and crashes."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """Garbage goes between the tests, in this thread: a widget that went in one of the others,
    while a test works there, would take the whole run with it. The program sees to it by itself.
    """
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, Qt.ColorScheme.Light)


DEMO_DAY = date(2026, 11, 20)
DEMO_CLIENTS = 40
NOW = datetime(2026, 11, 20, 7, 30)
"""In UTC, as moments are stored: half past eight here."""


class Morning(datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2026, 11, 20, 8, 30, tzinfo=tz)


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half past eight, whenever the tests run: what is free today depends on the hour."""
    monkeypatch.setattr(clock, "datetime", Morning)


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Key]:
    """An invented caseload, made and its passphrase stretched once for the whole run."""
    path = tmp_path_factory.mktemp("template") / "beispiel.kkd"
    secret = Passphrase("nur zum Ausprobieren")
    context = stores.create_demo(path, secret, DEMO_DAY, clients=DEMO_CLIENTS)
    stores.remember_holidays(context)
    context.store.close()
    return path.read_bytes(), key_of(path, secret)


@pytest.fixture
def session(tmp_path: Path, demo_file: tuple[bytes, Key], qapp: QApplication) -> Iterator[Session]:
    """A session over a copy of the invented caseload, as of a Friday."""
    path = tmp_path / "beispiel.kkd"
    path.write_bytes(demo_file[0])
    path.chmod(0o600)
    with stores.open_caseload(path, demo_file[1], DEMO_DAY) as context:
        context.now = lambda: NOW
        opened = Session(context)
        yield opened
        # As at the end of the program: what still waits in a window does not ask a closed store.
        opened.finish()


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What a screen reader is told meanwhile."""
    with listening(monkeypatch) as words:
        yield words
