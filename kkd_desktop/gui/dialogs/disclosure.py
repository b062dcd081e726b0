"""Where shall everything that is stored about a person be written, and who will read it there?"""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import disclosure
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.gui import tasks
from kkd_desktop.gui.dialogs.base import Dialog, show
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.labels import Paragraph, PlainLabel

_WIDTH = 560


class DisclosureDialog(Dialog):
    """An answer for one person or for several, each in a folder of its own. It is not encrypted,
    and says so before.
    """

    def __init__(
        self,
        session: Session,
        client_ids: Sequence[int],
        name: str = "",
        *,
        places: PlaceChooser | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Auskunft"), name, parent)
        self._session, self._places = session, places or PlaceChooser()
        self._client_ids = tuple(client_ids)
        self._task: tasks.Task | None = None
        several = len(self._client_ids) > 1
        what = self.tr(
            "Alles, was über {whom} gespeichert ist: Stammdaten, Merkmale mit Verlauf, Ausnahmen, "
            "Kontakte mit Notizen, Termine mit Begründung, Schreiben, Kalenderausgaben, Verlauf "
            "und die Sicherungen, in denen es noch steht (Art. 15 DSGVO, § 83 SGB X)."
        ).format(
            whom=texts.counted(len(self._client_ids), "", "Personen")
            if several
            else self.tr("diese Person")
        )
        form = self.tr("Als PDF zum Aushändigen und als JSON; die Schreiben liegen bei.")
        if several:
            form += " " + self.tr("Je Person entsteht ein eigener Ordner ohne Namen.")
        self.warning = Banner()
        self.warning.say(self.tr("Unverschlüsselt"), said(disclosure.UNENCRYPTED), Tone.SOON)
        self.progress = PlainLabel(muted=True)
        self.progress.hide()
        self.body.addWidget(Paragraph(what))
        self.body.addWidget(Paragraph(form, muted=True))
        self.body.addWidget(self.warning)
        self.body.addWidget(self.progress)
        self.body.addStretch()
        self.add_cancel()
        self.save_button = self.set_main_action(self.tr("Ordner wählen …"), self.submit)
        self.setFixedWidth(_WIDTH)
        self.save_button.setFocus()

    def submit(self) -> None:
        """Ask for the folder and write."""
        if self.is_busy():
            return
        self.show_error("")
        parent = self._places.folder(self, self.tr("Auskunft speichern in"))
        if parent is None:
            return
        work = disclosure.saving(self._session.context, self._client_ids, parent)
        self.set_busy(True, self.tr("Wird geschrieben …"))
        self._task = tasks.run(lambda progress: work(progress.report), self._finish, self._refuse)
        self._task.progressed.connect(self._show_progress)

    def done(self, result: int) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        super().done(result)

    def _show_progress(self, number: int, total: int) -> None:
        self.progress.setText(self.tr("{number} von {total}").format(number=number, total=total))
        self.progress.setVisible(total > 1)

    def _finish(self, notes: Sequence[str]) -> None:
        self._task = None
        self.set_busy(False)
        if notes:
            # What is missing is not waved through in a line that goes by.
            self._show_notes(notes)
            return
        self.accept()
        self._session.done.emit(self.tr("Auskunft gespeichert (nicht verschlüsselt)"))

    def _show_notes(self, notes: Sequence[str]) -> None:
        self.progress.hide()
        self.warning.say(self.tr("gespeichert, aber"), "\n".join(notes), Tone.SOON)
        self.save_button.setText(self.tr("Schließen"))
        self.save_button.clicked.disconnect()
        self.save_button.clicked.connect(self.accept)

    def _refuse(self, fault: UserError) -> None:
        self._task = None
        self.set_busy(False)
        self.progress.hide()
        self.show_error(str(fault))


def open_disclosure(
    session: Session,
    client_ids: Sequence[int],
    name: str,
    places: PlaceChooser | None,
    parent: QWidget | None,
) -> DisclosureDialog:
    dialog = DisclosureDialog(session, client_ids, name, places=places, parent=parent)
    show(dialog)
    return dialog
