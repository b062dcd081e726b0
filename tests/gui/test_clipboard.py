"""What was copied here leaves the clipboard after a minute, and nobody else's does."""

import pytest
from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from kkd_desktop.gui import clipboard
from kkd_desktop.gui.clipboard import STAYS_MS, ClipboardWatch


@pytest.fixture
def watch(qapp):
    QGuiApplication.clipboard().clear()
    owner = QObject()
    yield ClipboardWatch(owner, stays_ms=30)
    QGuiApplication.clipboard().clear()


def text():
    return QGuiApplication.clipboard().text()


def test_it_is_a_minute():
    assert STAYS_MS == 60_000


def test_a_copied_text_is_gone_after_the_time(qtbot, watch):
    clipboard.copy("Beispiel, Amina")
    assert text() == "Beispiel, Amina"

    qtbot.waitUntil(lambda: text() == "")


def test_so_is_what_was_copied_out_of_a_field_by_the_keys(qtbot, watch, present):
    edit = QLineEdit("Vermerk zu Amina")
    present(edit)
    edit.selectAll()
    QTest.keySequence(edit, "Ctrl+C")
    assert text() == "Vermerk zu Amina"

    qtbot.waitUntil(lambda: text() == "")


def test_what_another_program_copied_meanwhile_stays(qtbot, watch, monkeypatch):
    clipboard.copy("Beispiel, Amina")
    for name in ("ownsClipboard", "ownsSelection"):
        monkeypatch.setattr(QClipboard, name, lambda self: False)
    inactive = Qt.ApplicationState.ApplicationInactive
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: inactive)
    QGuiApplication.clipboard().setText("aus einem anderen Programm")

    qtbot.wait(60)

    assert text() == "aus einem anderen Programm"


def test_histories_of_clipboards_are_asked_to_leave_it_out(watch):
    data = QMimeData()
    clipboard.keep_out_of_history(data)

    assert bytes(data.data("x-kde-passwordManagerHint")) == b"secret"
    assert any("ExcludeClipboardContent" in kind for kind in data.formats())
