import os
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kkd_desktop.gui import theme

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def present(qtbot: QtBot) -> Callable[[QWidget], None]:
    """Show a window and wait until it has the keyboard: shortcuts and arrow keys need it."""

    def show(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)

    return show


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, Qt.ColorScheme.Light)
