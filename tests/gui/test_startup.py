"""From the process to the first picture: what is loaded, what is asked, what is refused."""

import os
import subprocess
import sys
from datetime import date

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QDialog, QPushButton

from kkd_desktop.actions import stores, worklist
from kkd_desktop.actions.secrets import Passphrase, key_of
from kkd_desktop.domain.outcome import State
from kkd_desktop.gui.dialogs.welcome import WelcomeDialog
from kkd_desktop.gui.instance import SingleInstance
from kkd_desktop.gui.startup import Startup
from kkd_desktop.gui.widgets.banner import Notice

TODAY = date(2026, 11, 20)
PASSPHRASE = Passphrase("vier zufällige Wörter hier")
NOT_BEFORE_THE_PICTURE = (
    "sqlite_utils",
    "icalendar",
    "holidays",
    "pydantic",
    "typst",
    "numpy",
    "pypdfium2",
    "dateutil",
    "platformdirs",
    "PySide6.QtNetwork",
    "PySide6.QtPrintSupport",
    "PySide6.QtSvg",
    "kkd_desktop.actions.backups",
    "kkd_desktop.actions.live_calendar",
    "kkd_desktop.domain.fuzzy",
    "kkd_desktop.actions.tour",
    "kkd_desktop.gui.dialogs.help",
    "kkd_desktop.gui.help_pages",
    "kkd_desktop.gui.motion",
    "kkd_desktop.gui.tasks",
    "kkd_desktop.gui.tour",
    "kkd_desktop.gui.dialogs.shortcuts",
    "kkd_desktop.gui.finding",
    "kkd_desktop.gui.palette",
    "kkd_desktop.gui.people_index",
    "kkd_desktop.gui.spoken",
    "kkd_desktop.gui.dialogs.shares",
    "kkd_desktop.gui.handing_out",
    "kkd_desktop.gui.models.set_reading",
    "calendar",
    "json",
)
NAMES_NOT_BEFORE = ("ThemeIcon", "Preset", "PixelMetric")
"""Enums of QIcon, QGradient and QStyle, which PySide6 makes when their class is first touched: each
costs milliseconds.
"""

FIRST_PICTURE = """
import enum
import sys

made, make = [], enum.EnumType._create_
def noted(kind, name, *rest, **options):
    made.append(name)
    return make(kind, name, *rest, **options)
enum.EnumType._create_ = noted

from datetime import date
from pathlib import Path
from PySide6.QtCore import QSettings
from kkd_desktop.actions.secrets import Passphrase, key_of
from kkd_desktop.gui.startup import Startup, application

path = Path(sys.argv[1])
app = application()
settings = QSettings(str(path.with_suffix(".ini")), QSettings.Format.IniFormat)
startup = Startup(store=path, demo=False, today=date(2026, 11, 20), settings=settings,
                  early_key=lambda: key_of(path, Passphrase("vier zufällige Wörter hier")))
workplace = startup.open()

def painted():
    print(*sorted(set(sys.argv[2:]) & {*sys.modules, *made}))
    assert "ItemDataRole" in made
    app.exit()

workplace.painted.connect(painted)
workplace.window.show()
app.exec()
startup.close()
"""


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def path(tmp_path):
    place = tmp_path / "bestand.kkd"
    stores.create_demo(place, PASSPHRASE, TODAY, clients=20).store.close()
    return place


def startup(path, settings, key=None):
    return Startup(store=path, demo=False, today=TODAY, early_key=lambda: key, settings=settings)


def test_the_first_picture_needs_none_of_the_heavy_libraries(path):
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            FIRST_PICTURE,
            str(path),
            *NOT_BEFORE_THE_PICTURE,
            *NAMES_NOT_BEFORE,
        ],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == []


def test_the_worklist_stands_and_the_store_is_remembered(qtbot, path, settings):
    start = startup(path, settings, key_of(path, PASSPHRASE))
    workplace = start.open()
    qtbot.addWidget(workplace.window)

    assert workplace.window.current_page() == "heute"
    workplace.settling.emit()
    assert settings.value("store/path") == str(path)
    start.close()


def test_a_second_window_on_the_same_store_brings_the_first_to_the_front(qtbot, path, settings):
    start = startup(path, settings, key_of(path, PASSPHRASE))
    workplace = start.open()
    workplace.settling.emit()
    second = SingleInstance(path)

    assert not second.claim()
    assert second.ask_to_raise()
    qtbot.waitUntil(workplace.window.isVisible)
    with qtbot.waitSignal(workplace.window.destroyed):
        workplace.close()
    start.close()


def test_the_title_of_the_window_names_nobody(qtbot, path, settings):
    start = startup(path, settings, key_of(path, PASSPHRASE))
    workplace = start.open()
    qtbot.addWidget(workplace.window)

    assert workplace.window.windowTitle() == "Kontaktdichte"
    start.close()


def test_the_passphrase_is_asked_for_where_none_is_given(qtbot, path, settings, monkeypatch):
    asked = []
    monkeypatch.setattr(QDialog, "exec", lambda self: asked.append(type(self).__name__))

    assert startup(path, settings).open() is None
    assert asked == ["UnlockDialog"]


def test_without_a_store_there_is_a_welcome(qtbot, settings, monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(QDialog, "exec", lambda self: asked.append(type(self).__name__))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    start = Startup(store=None, demo=False, today=TODAY, settings=settings)

    assert start.open() is None
    assert asked == ["WelcomeDialog"]


def test_the_demo_lies_in_a_temporary_place_and_is_gone_afterwards(qtbot, settings):
    start = Startup(store=None, demo=True, today=TODAY, settings=settings)
    workplace = start.open()
    qtbot.addWidget(workplace.window)
    place = workplace.session.context.store.path

    assert place.is_file()
    start.close()
    assert not place.exists()
    assert settings.value("store/path") is None


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7" + bytes(4096)])
def test_a_file_that_is_no_store_is_said_in_the_unlock_dialog(
    qtbot, settings, tmp_path, monkeypatch, content
):
    path = tmp_path / "brief.kkd"
    path.write_bytes(content)
    said = []

    def submit(dialog):
        dialog.passphrase.field.setText("vier zufällige Wörter hier")
        dialog.submit()
        qtbot.waitUntil(lambda: not dialog.is_busy())
        said.append(dialog.passphrase.error())

    monkeypatch.setattr(QDialog, "exec", submit)

    assert startup(path, settings).open() is None
    assert said[0]
    assert path.read_bytes() == content


@pytest.mark.parametrize(("button", "opened"), [("Übernehmen", True), ("Beenden", False)])
def test_a_store_whose_window_does_not_answer_can_be_taken_over(
    qtbot, path, settings, monkeypatch, button, opened
):
    monkeypatch.setattr("kkd_desktop.gui.instance._BEGINNING_S", 0.0)
    silent = SingleInstance(path)
    assert silent.claim()

    def press(dialog):
        next(b for b in dialog.findChildren(QPushButton) if b.text() == button).click()

    monkeypatch.setattr(QDialog, "exec", press)
    start = startup(path, settings, key_of(path, PASSPHRASE))
    workplace = start.open()

    assert (workplace is not None) is opened
    if workplace is not None:
        qtbot.addWidget(workplace.window)
    start.close()


TOLD_TO_END = """
import os
import signal
import sys
from datetime import date
from pathlib import Path
from PySide6.QtCore import QSettings
from kkd_desktop.gui.startup import Startup

class Told(Startup):
    def open(self):
        workplace = super().open()
        workplace.settling.connect(lambda: os.kill(os.getpid(), signal.SIGTERM))
        return workplace

settings = QSettings(sys.argv[1] + "/fenster.ini", QSettings.Format.IniFormat)
sys.exit(Told(store=None, demo=True, today=date(2026, 11, 20), settings=settings).run())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="only where a process is told to end")
def test_a_process_that_is_told_to_end_leaves_no_invented_people_behind(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", TOLD_TO_END, str(tmp_path)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (done.returncode, list(tmp_path.glob("kkd-beispiel-*"))) == (0, [])


def test_a_second_start_raises_the_window_before_it_asks_for_the_passphrase(
    qtbot, path, settings, monkeypatch
):
    start = startup(path, settings, key_of(path, PASSPHRASE))
    workplace = start.open()
    workplace.settling.emit()
    asked = []
    monkeypatch.setattr(QDialog, "exec", lambda self: asked.append(type(self).__name__))

    assert startup(path, settings).open() is None
    assert asked == []
    with qtbot.waitSignal(workplace.window.destroyed):
        workplace.close()
    start.close()


def test_who_gives_up_creating_is_asked_again_what_to_begin_with(
    qtbot, settings, monkeypatch, tmp_path
):
    asked = []

    def answer(dialog):
        asked.append(type(dialog).__name__)
        if asked == ["WelcomeDialog"]:
            dialog.creation.click()

    monkeypatch.setattr(QDialog, "exec", answer)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    start = Startup(store=None, demo=False, today=TODAY, settings=settings)

    assert start.open() is None
    assert asked == ["WelcomeDialog", "CreateStoreDialog", "WelcomeDialog"]


def test_a_set_of_the_office_can_be_chosen_at_the_first_start(
    qtbot, settings, monkeypatch, tmp_path
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "daten"))
    own = tmp_path / "daten" / "kkd-desktop" / "konzepte"
    own.mkdir(parents=True)
    (own / "muster.toml").write_text(
        'kind = "set"\nid = "muster"\ntitle = "Konzepte in Musterstadt"\n'
        'short_title = "Musterstadt"\noffice = "Jobcenter Musterstadt"\ncombine = "first"\n'
        '[[part]]\npolicies = ["mk2015"]\n[[part]]\npolicies = ["ba2010"]\n',
        encoding="utf-8",
    )

    def answer(dialog):
        if isinstance(dialog, WelcomeDialog):
            dialog.creation.click()
            return
        concepts = dialog.concept.field
        words = "Musterstadt · Jobcenter Musterstadt (Zusammenstellung)"
        concepts.setCurrentIndex(concepts.findText(words))
        dialog.path.field.setText(str(tmp_path / "neu.kkd"))
        for edit in (dialog.passphrase.field, dialog.repeated.field):
            edit.setText("vier zufällige Wörter hier")
        dialog.understood.setChecked(True)
        dialog.submit()
        qtbot.waitUntil(lambda: dialog.created is not None, timeout=20_000)

    monkeypatch.setattr(QDialog, "exec", answer)
    start = Startup(store=None, demo=False, today=TODAY, settings=settings)
    workplace = start.open()
    qtbot.addWidget(workplace.window)

    assert workplace.session.context.settings.policies == ("muster",)
    assert workplace.window.bar.concept.text() == "Musterstadt"
    start.close()


def test_a_broken_concept_is_said_and_the_caseload_opens_all_the_same(
    qtbot, path, settings, monkeypatch, tmp_path
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "daten"))
    own = tmp_path / "daten" / "kkd-desktop" / "konzepte"
    own.mkdir(parents=True)
    (own / "mg2012.toml").write_text('id = "mg2012"\n', encoding="utf-8")

    start = startup(path, settings, key_of(path, PASSPHRASE))
    workplace = start.open()
    workplace.window.show()

    assert "nicht lesbar" in workplace.window.notices.findChildren(Notice)[0].accessibleName()
    assert {e.outcome.state for e in worklist.entries(workplace.session.context)} == {
        State.NOT_IN_FORCE
    }
    workplace.window.show_page("einstellungen")
    with qtbot.waitSignal(workplace.window.destroyed):
        workplace.close()
    start.close()
