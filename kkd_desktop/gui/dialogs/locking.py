"""What is shown while the window is being locked and something still has to end? Nobody's data."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.labels import PlainLabel


class LockingDialog(Dialog):
    """Waits, or says why what was typed could not be put away."""

    def __init__(
        self,
        again: Callable[[], object],
        without: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Wird gesperrt"), parent=parent)
        self.words = PlainLabel(wrap=True)
        self.body.addWidget(self.words)
        self.body.addStretch()
        self.without = self.add_action(self.tr("Angefangenes verwerfen"), without)
        self.again = self.set_main_action(self.tr("Noch einmal versuchen"), again)
        self.again.setFocus()
        self.setMinimumWidth(460)
        self.say_waiting()

    def say_waiting(self) -> None:
        self._say(self.tr("Eine laufende Arbeit wird noch beendet."), False)

    def say_fault(self, sentence: str) -> None:
        self.show_error(sentence)
        self.error.say("", sentence, Tone.SOON)
        self._say(self.tr("Was Sie gerade schrieben, ließ sich noch nicht aufheben."), True)

    def reject(self) -> None:
        """It closes by itself."""

    def _say(self, text: str, with_choice: bool) -> None:
        self.words.setText(text)
        if not with_choice:
            self.show_error("")
        for button in (self.again, self.without):
            button.setVisible(with_choice)
