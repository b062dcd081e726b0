"""A bug is told and logged, and neither names anybody."""

import sys

from PySide6.QtWidgets import QMessageBox

from kkd_desktop.gui import crashes


def fail():
    raise RuntimeError("Beispiel, Amina, 123A400017")


def test_the_log_says_where_and_never_what(qtbot, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
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
