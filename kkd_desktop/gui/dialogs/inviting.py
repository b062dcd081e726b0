"""Who gets a letter, and what becomes of those who have no appointment yet?"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kkd_desktop.actions.inviting import Uninvited
from kkd_desktop.domain import texts
from kkd_desktop.domain.language import to_count
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.widgets.labels import Paragraph


class InvitingDialog(Dialog):
    """Says how many letters there are to write, and offers a plan for those without a talk.

    Signals:
        letters_wanted: to these appointments.
        plan_wanted: for these people.
    """

    letters_wanted = Signal(object)
    plan_wanted = Signal(object)

    def __init__(self, found: Uninvited, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Einladungen schreiben"), parent=parent)
        self._found = found
        for sentence in self._sentences():
            self.body.addWidget(Paragraph(sentence))
        without = len(found.without)
        if found.to_write or without:
            self.add_cancel()
        else:
            self.set_main_action(self.tr("Schließen"), self.reject, keys="Esc")
        plan = self.tr("Plan vorschlagen für {number} …").format(number=without)
        letters = texts.counted(len(found.to_write), "Brief schreiben …", "Briefe schreiben …")
        if found.to_write:
            if without:
                self.plan_button = self.add_action(plan, self._plan)
            self.write_button = self.set_main_action(letters, self._write)
            self.write_button.setFocus()
        elif without:
            self.plan_button = self.set_main_action(plan, self._plan)
            self.plan_button.setFocus()
        self.setFixedWidth(560)

    def _sentences(self) -> Sequence[str]:
        found, people = self._found, to_count("Person hat", "Personen haben")
        said = []
        if found.to_write:
            said.append(
                self.tr("{people} einen Termin, zu dem noch kein Brief geschrieben ist.").format(
                    people=texts.counted(found.people, *people)
                )
            )
        if found.told:
            said.append(
                self.tr("{people} einen Termin und die Einladung dazu.").format(
                    people=texts.counted(found.told, *people)
                )
            )
        if found.without:
            said.append(
                self.tr("{people} noch keinen Termin; ohne ihn gibt es keinen Brief.").format(
                    people=texts.counted(len(found.without), *people)
                )
            )
        return said

    def _write(self) -> None:
        self.accept()
        self.letters_wanted.emit(self._found.to_write)

    def _plan(self) -> None:
        self.accept()
        self.plan_wanted.emit(self._found.without)
