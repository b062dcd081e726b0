"""Where does the whole caseload go as tables, and is everybody aware that they can be read?"""

from collections.abc import Collection
from pathlib import Path

from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import table_export
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.imports import Progress
from kkd_desktop.actions.table_export import Written
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.gui import tasks
from kkd_desktop.gui.background import Work, run_beside
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.labels import Paragraph
from kkd_desktop.gui.widgets.segmented import SegmentedControl

_WIDTH = 560


class ExportTablesDialog(Dialog):
    """Asks for the kind of file, says what is in it and that it is not encrypted."""

    def __init__(
        self,
        session: Session,
        places: PlaceChooser | None = None,
        parent: QWidget | None = None,
        only: Collection[int] | None = None,
    ) -> None:
        """`only` these people, where it is not everybody."""
        super().__init__(
            self.tr("Bestand als Tabelle speichern")
            if only is None
            else self.tr("Personen als Tabelle speichern"),
            "" if only is None else texts.counted(len(only), "Person", "Personen"),
            parent=parent,
        )
        self._session = session
        self._only = None if only is None else frozenset(only)
        self._places = places or PlaceChooser()
        self._task: tasks.Task | None = None
        self.kind = SegmentedControl(
            (("xlsx", self.tr("Excel (.xlsx)")), ("csv", self.tr("CSV (drei Dateien)"))),
            self.tr("Art der Datei"),
        )
        self.warning = Banner()
        self.warning.say(self.tr("Achtung"), said(table_export.NOT_ENCRYPTED), Tone.SOON)
        self.body.addWidget(
            Paragraph(
                self.tr(
                    "Diese Personen mit ihren Merkmalen und deren Verlauf, ihre Kontakte mit "
                    "Vermerken und ihre Termine, wie sie sich wieder einlesen lassen. Nicht "
                    "enthalten sind Briefe und der Verlauf der Änderungen."
                )
                if only is not None
                else self.tr(
                    "Alle Personen mit ihren Merkmalen und deren Verlauf, alle Kontakte mit ihren "
                    "Vermerken und alle Termine. So lässt sich der Bestand in Excel ansehen und "
                    "ohne Verlust wieder einlesen. Nicht enthalten sind Briefe, Einstellungen und "
                    "der Verlauf der Änderungen; dafür gibt es die Sicherung."
                )
            )
        )
        self.body.addWidget(FormField(self.tr("Art der Datei"), self.kind))
        self.body.addWidget(self.warning)
        self.add_cancel()
        self.save_button = self.set_main_action(self.tr("Speichern unter …"), self.submit)
        self.setFixedWidth(_WIDTH)
        self.kind.setFocus()

    def submit(self) -> None:
        """Ask for the place and write."""
        ending = self.kind.value()
        what = "bestand" if self._only is None else "personen"
        name = f"{what}-{self._session.context.today.isoformat()}.{ending}"
        kind = self.tr("Excel-Tabelle") if ending == "xlsx" else self.tr("CSV-Tabelle")
        path = self._places.file(self, self.title.text(), name, f"{kind} (*.{ending})")
        if path is None:
            return
        self.show_error("")
        self.set_busy(True, self.tr("Wird geschrieben …"))
        self._task = run_beside(
            self._session, _writing(path, self._only), self._finish, self._refuse
        )

    def reject(self) -> None:
        if self._task is not None:
            self._task.cancel()
        super().reject()

    def _finish(self, written: Written) -> None:
        self._task = None
        self.set_busy(False)
        self.accept()
        people = texts.counted(written.people, "Person", "Personen")
        self._session.done.emit(
            self.tr("{people} gespeichert in {folder}, nicht verschlüsselt").format(
                people=people, folder=written.paths[0].parent
            )
        )

    def _refuse(self, fault: UserError) -> None:
        self._task = None
        self.set_busy(False)
        self.show_error(str(fault))


def _writing(path: Path, only: frozenset[int] | None) -> Work[Written]:
    def work(context: Context, progress: Progress) -> Written:
        return table_export.export(context, path, progress, only)

    return work
