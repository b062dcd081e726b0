"""One sentence that keeps the caseload from opening, and nothing else to decide."""

from PySide6.QtWidgets import QWidget

from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.widgets.labels import PlainLabel


class RefusalDialog(Dialog):
    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Fallbestand lässt sich nicht öffnen"), parent=parent)
        self.sentence = PlainLabel(sentence, wrap=True)
        self.body.addWidget(self.sentence)
        self.body.addStretch()
        self.set_main_action(self.tr("Schließen"), self.accept)
        self.setMinimumWidth(460)
