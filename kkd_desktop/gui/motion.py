"""What may move in the window? What the user chose for this computer beside what the system says.

Two things move at all: the cursor in a field, which blinks, and bars of work of which nobody knows
how long it takes. Lists of Qt may unfold where the system lets them.
"""

import sys
from enum import StrEnum

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

_KEPT, _LESS = "look/motion", "less-motion"
_SWITCHED_OFF = "effects-switched-off"
"""Those of Qt that the system had switched on."""

_EFFECTS = tuple(each for each in Qt.UIEffect if each is not Qt.UIEffect.UI_General)
_GET_ANIMATION = 0x1042
"""SPI_GETCLIENTAREAANIMATION: what Windows lets its users switch off as animation effects."""


class Motion(StrEnum):
    """What the user chooses among; the first follows the system."""

    SYSTEM = "system"
    LESS = "less"


def chosen_motion(settings: QSettings) -> Motion:
    return Motion.LESS if settings.value(_KEPT, "") == Motion.LESS else Motion.SYSTEM


def keep_motion(settings: QSettings, motion: Motion) -> None:
    """Remember it and act on it at once."""
    settings.setValue(_KEPT, motion.value)
    settings.sync()
    take_motion(motion)


def take_motion(motion: Motion) -> None:
    """Let the running application move as chosen, and never more than the system wants."""
    app = _application()
    less = motion is Motion.LESS or not _system_animates(app)
    app.setProperty(_LESS, less)
    # -1 is the pace of the system.
    app.styleHints().setCursorFlashTime(0 if less else -1)
    off: list[Qt.UIEffect] = app.property(_SWITCHED_OFF) or []
    if less:
        off = [*off, *(effect for effect in _EFFECTS if app.isEffectEnabled(effect))]
    for effect in off:
        app.setEffectEnabled(effect, not less)
    app.setProperty(_SWITCHED_OFF, off if less else [])


def is_less() -> bool:
    """Whether what need not move has to stand still."""
    return bool(_application().property(_LESS))


def _system_animates(app: QApplication) -> bool:
    if sys.platform == "win32":
        import ctypes

        wanted = ctypes.c_int(1)
        ctypes.windll.user32.SystemParametersInfoW(_GET_ANIMATION, 0, ctypes.byref(wanted), 0)
        return bool(wanted.value)
    from PySide6.QtWidgets import QStyle

    return app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
