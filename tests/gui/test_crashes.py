"""A bug is told and logged, and neither names anybody."""

import sys
import threading
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import crashes
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.window import MainWindow

GONE = "Diesen Eintrag gibt es nicht."


@pytest.fixture(autouse=True)
def own_hooks(monkeypatch):
    for where, name in (
        (sys, "excepthook"),
        (sys, "unraisablehook"),
        (threading, "excepthook"),
    ):
        monkeypatch.setattr(where, name, getattr(where, name))


def fail():
    raise RuntimeError("Beispiel, Amina, 123A400017")


def test_the_log_says_where_and_never_what(qtbot, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    shown = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append(box.text()))
    crashes.install()

    try:
        fail()
    except RuntimeError:
        sys.excepthook(*sys.exc_info())

    log = (tmp_path / "kkd-desktop" / "fehler.log").read_text(encoding="utf-8")
    assert "RuntimeError" in log
    assert "fail" in log
    assert str(tmp_path / "kkd-desktop" / "fehler.log") in shown[0]
    for text in (log, shown[0], capsys.readouterr().err):
        assert "Amina" not in text
        assert "123A400017" not in text


def test_a_fault_in_a_thread_or_at_the_end_of_an_object_quotes_nothing(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    crashes.install()

    try:
        fail()
    except RuntimeError:
        kind, fault, trace = sys.exc_info()
    told = SimpleNamespace(exc_type=kind, exc_value=fault, exc_traceback=trace)
    threading.excepthook(told)
    sys.unraisablehook(told)

    log = (tmp_path / "kkd-desktop" / "fehler.log").read_text(encoding="utf-8")
    assert log.count("RuntimeError") == 2
    assert "Amina" not in log + capsys.readouterr().err


def test_without_a_terminal_the_log_is_written_all_the_same(tmp_path, monkeypatch):
    # Programs without a console have none on Windows.
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "stderr", None)
    crashes.install()

    try:
        fail()
    except RuntimeError:
        kind, fault, trace = sys.exc_info()
    sys.unraisablehook(SimpleNamespace(exc_type=kind, exc_value=fault, exc_traceback=trace))

    log = (tmp_path / "kkd-desktop" / "fehler.log").read_text(encoding="utf-8")
    assert "RuntimeError" in log


def nobody_catches(fault):
    """As from a button, whose exception has nowhere to go."""
    try:
        raise fault
    except Exception:
        sys.excepthook(*sys.exc_info())


@pytest.fixture
def boxes(qapp, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    shown = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append(box.text()))
    for left_over in QApplication.topLevelWidgets():
        left_over.hide()
    crashes.install()
    yield shown
    assert not (tmp_path / "kkd-desktop").exists()


def test_a_known_fault_that_nobody_caught_is_one_sentence_in_the_window(present, boxes, tmp_path):
    window = MainWindow(QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat))
    present(window)

    nobody_catches(UserError(GONE))

    assert (window.toast.text.text(), boxes) == (GONE, [])


def test_a_known_fault_that_nobody_caught_stands_in_the_dialog_it_came_from(present, boxes):
    dialog = Dialog("Ein Dialog")
    dialog.setModal(True)
    present(dialog)

    nobody_catches(UserError(GONE))

    assert dialog.error.isVisible()
    assert (GONE in dialog.error.text.text(), boxes) == (True, [])


def test_before_there_is_a_window_it_is_the_sentence_alone(qtbot, boxes):
    nobody_catches(UserError(GONE))

    assert boxes == [GONE]


class _Page(QWidget):
    def showEvent(self, event):
        raise UserError(GONE)


def test_what_qt_says_before_a_sentence_is_not_shown(qtbot, boxes):
    page = _Page()
    qtbot.addWidget(page)

    QTimer.singleShot(0, page, page.show)

    qtbot.waitUntil(lambda: bool(boxes))
    assert boxes == [GONE]
