"""How is the passphrase asked for: at the start, or by a locked window?"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QSettings, QTimer
from PySide6.QtWidgets import QDialog

from kkd_desktop.gui import tasks
from kkd_desktop.gui.dialogs.base import ask
from kkd_desktop.gui.dialogs.unlock import UnlockDialog

if TYPE_CHECKING:
    from kkd_desktop.actions.secrets import Key
    from kkd_desktop.gui.instance import SingleInstance

REMEMBERED = "store/remembered"
"""Whether the keyring is asked at all: it takes its time to load."""

_GEOMETRY = "window/geometry"
_LISTEN_MS = 300


class Unlocking:
    """The question on its way: as a small dialog, or in the middle of a locked window.

    A locked window asks nobody but its user: neither the environment nor the keyring opens it.
    """

    def __init__(
        self, path: Path, unlock: Callable[[str], object], settings: QSettings, *, locked: bool
    ) -> None:
        self._path, self._settings = path, settings
        asks_keyring = not locked and settings.value(REMEMBERED) == "true"
        self.question = UnlockDialog(
            path.name,
            unlock,
            remembered=self._remembered if asks_keyring else None,
            can_remember=None if locked else _can_remember,
            is_locked=locked,
        )
        self.shown: QDialog = self.question
        if locked:
            from kkd_desktop.gui.dialogs.lock_screen import LockScreen

            geometry = settings.value(_GEOMETRY)
            known = geometry if isinstance(geometry, QByteArray) else None
            self.shown = LockScreen(self.question, known)

    def ask(self, instance: "SingleInstance | None") -> None:
        """Wait for the answer, which is in `question`; who starts the program again sees it."""
        if instance is not None:
            # It needs QtNetwork, so not before the first picture.
            QTimer.singleShot(_LISTEN_MS, self.shown, instance.listen)
            instance.activation_requested.connect(self._come_to_the_front)
        ask(self.shown)
        if instance is not None:
            instance.activation_requested.disconnect(self._come_to_the_front)
        if self.question.opened is not None and self.question.wants_remembering():
            self._remember(cast("Key", self.question.opened))

    def _come_to_the_front(self) -> None:
        self.shown.raise_()
        self.shown.activateWindow()

    def _remembered(self) -> object:
        from kkd_desktop.actions import remembering, stores

        key = remembering.remembered(self._path)
        if key is not None:
            stores.require_in_order(self._path, key)
        return key

    def _remember(self, key: "Key") -> None:
        """In its own time; where it fails, the settings show that nothing is remembered."""
        from kkd_desktop.actions import remembering

        tasks.run(
            lambda progress: remembering.remember(key),
            lambda _: self._settings.setValue(REMEMBERED, "true"),
        )


def _can_remember() -> bool:
    from kkd_desktop.actions import remembering

    return remembering.can_remember()
