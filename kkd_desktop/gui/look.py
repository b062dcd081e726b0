"""How should the window look on this computer? What the user chose beside what the system says."""

from enum import StrEnum
from os import environ
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from kkd_desktop.gui import theme

SIZES = (100, 115, 130, 150, 200)
"""Percent of the usual size, of text and everything around it."""

_LOOK, _SIZE = "look/scheme", "look/size"
_FACTOR = "QT_SCALE_FACTOR"


class Look(StrEnum):
    """What the user chooses among; the first follows the system, also while it changes."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


def chosen_look(settings: QSettings) -> Look:
    stored = str(settings.value(_LOOK, ""))
    return Look(stored) if stored in set(map(str, Look)) else Look.SYSTEM


def keep_look(settings: QSettings, look: Look) -> None:
    """Remember it and wear it at once."""
    settings.setValue(_LOOK, look.value)
    wear(look)


def wear(look: Look) -> None:
    """Dress the running application. High contrast is light or dark as the system is."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    scheme = {Look.LIGHT: Qt.ColorScheme.Light, Look.DARK: Qt.ColorScheme.Dark}
    theme.apply(app, scheme.get(look, Qt.ColorScheme.Unknown), strong=look is Look.CONTRAST)


def chosen_size(settings: QSettings) -> int:
    """The size that holds from the next start on."""
    stored = str(settings.value(_SIZE, ""))
    return int(stored) if stored in map(str, SIZES) else SIZES[0]


def keep_size(settings: QSettings, size: int) -> None:
    settings.setValue(_SIZE, size)
    settings.sync()


def take_size(file: Path) -> bool:
    """Before the QApplication is made: let it be as large as chosen, beside the system's scaling.

    Whoever gave Qt a factor of their own keeps it. Says whether there is one to be forgotten by
    `forget_size`, so that programs started from here do not inherit it.
    """
    if _FACTOR in environ or not file.is_file():
        return False
    size = chosen_size(QSettings(str(file), QSettings.Format.IniFormat))
    if size == SIZES[0]:
        return False
    environ[_FACTOR] = str(size / 100)
    return True


def forget_size() -> None:
    """After the QApplication was made."""
    environ.pop(_FACTOR, None)
