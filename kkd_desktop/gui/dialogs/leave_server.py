"""What becomes of the entries in a calendar that is used no longer?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kkd_desktop.domain import texts
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.widgets.labels import Paragraph

_WIDTH = 520


class LeaveServerDialog(Dialog):
    """Nothing is left behind without a word.

    Signals:
        withdrawal_wanted: they are to be taken out of the calendar first.
        abandoned: they stay there, and the program knows no more of them.
    """

    withdrawal_wanted = Signal()
    abandoned = Signal()

    def __init__(self, name: str, number: int, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Kalender trennen"), name, parent)
        count = texts.counted(number, "Eintrag", "Einträge")
        text = self.tr(
            "In „{name}“ stehen noch {count} von hier. Zurückgezogen verschwinden sie dort; danach "
            "trennen Sie. Bleiben sie stehen, kennt das Programm sie nicht mehr: Sie löschen sie "
            "dann selbst im Kalender, auch die von Personen, die hier gelöscht sind."
        )
        self.body.addWidget(Paragraph(text.format(name=name, count=count)))
        self.body.addStretch()
        self.add_cancel()
        self.add_action(self.tr("Stehen lassen und trennen"), self._abandon)
        self.set_main_action(self.tr("Zurückziehen"), self._withdraw)
        self.setFixedWidth(_WIDTH)

    def _withdraw(self) -> None:
        self.accept()
        self.withdrawal_wanted.emit()

    def _abandon(self) -> None:
        self.accept()
        self.abandoned.emit()
