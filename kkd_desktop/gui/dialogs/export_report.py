"""Where does the Auswertung go: on paper, as tables, or without anybody to the team leader?"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import report as reports
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.table_export import NOT_ENCRYPTED
from kkd_desktop.domain import report_definitions as definitions
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.domain.report import YearReport
from kkd_desktop.gui import tasks
from kkd_desktop.gui.background import Work, run_beside
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.dialogs.report_preview import NAMED, NAMELESS, report_name
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.calm import Choice
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.labels import Paragraph
from kkd_desktop.gui.widgets.segmented import SegmentedControl

_WIDTH = 580
PDF, XLSX, CSV, JSON = "pdf", "xlsx", "csv", "json"


class ExportReportDialog(Dialog):
    """Asks whether people stand in it and for the kind of file, and says what that means."""

    def __init__(
        self,
        session: Session,
        report: YearReport,
        places: PlaceChooser,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            self.tr("Auswertung speichern"),
            self.tr("{year} bis {day}").format(
                year=report.year, day=texts.weekday_day(report.until)
            ),
            parent,
        )
        self._session = session
        self._report = report
        self._places = places
        self._task: tasks.Task | None = None
        self._kinds = {
            PDF: self.tr("PDF"),
            XLSX: self.tr("Excel (.xlsx)"),
            CSV: self.tr("CSV"),
            JSON: self.tr("Monatsdatei (.json)"),
        }
        self.people = SegmentedControl(
            (
                (NAMED, self.tr("Mit Namen")),
                (NAMELESS, self.tr("Ohne Personen, für die Teamleitung")),
            ),
            self.tr("Angaben zu Personen"),
        )
        self.kind = SegmentedControl(tuple(self._kinds.items()), self.tr("Art der Datei"))
        self.month = FormField(self.tr("Zeitraum"), Choice())
        self.said = Paragraph(muted=True)
        self.warning = Banner()
        self.warning.say(self.tr("Achtung"), said(NOT_ENCRYPTED), Tone.SOON)
        for field in (
            FormField(self.tr("Angaben zu Personen"), self.people),
            FormField(self.tr("Art der Datei"), self.kind),
            self.month,
        ):
            self.body.addWidget(field)
        self.body.addWidget(self.said)
        self.body.addWidget(self.warning)
        self.add_cancel()
        self.save_button = self.set_main_action(self.tr("Speichern unter …"), self.submit)
        self.setFixedWidth(_WIDTH)
        self._offer_months()
        self._explain()
        self.people.setFocus()

        self.people.value_changed.connect(self._explain)
        self.kind.value_changed.connect(self._explain)

    def submit(self) -> None:
        """Ask for the place and write."""
        kind = self.kind.value()
        words = f"{self._kinds[kind].removesuffix(f' (.{kind})')} (*.{kind})"
        path = self._places.file(self, self.title.text(), self._file_name(kind), words)
        if path is None:
            return
        self.show_error("")
        self.set_busy(True, self.tr("Wird geschrieben …"))
        self._task = run_beside(self._session, self._writing(path), self._finish, self._refuse)

    def reject(self) -> None:
        if self._task is not None:
            self._task.cancel()
        super().reject()

    def _is_named(self) -> bool:
        return self.people.value() == NAMED

    def _month(self) -> int | None:
        """The one month that is wanted; None for all of them."""
        chosen = None if self._is_named() else self._choice().value()
        return None if chosen is None else int(chosen)

    def _choice(self) -> Choice:
        assert isinstance(self.month.field, Choice)
        return self.month.field

    def _offer_months(self) -> None:
        year = self._report.year
        months = [
            (str(each.month), f"{texts.month(each.month)} {year}")
            for each in reversed(self._report.months)
        ]
        whole = self.tr("alle Monate bis {day}").format(day=texts.day(self._report.until))
        self._choice().show_choices([(None, whole), *months], None)

    def _explain(self) -> None:
        named = self._is_named()
        if named and self.kind.value() == JSON:
            self.kind.set_value(PDF)
        self.kind.button(JSON).setEnabled(not named)
        self.month.setEnabled(not named)
        self.warning.setVisible(named)
        if named:
            self.said.setText(
                self.tr(
                    "Alle Zahlen mit ihren Definitionen. Wer in einer Zahl nicht enthalten ist, "
                    "steht mit Namen und Grund dabei."
                )
            )
        elif self.kind.value() == JSON:
            self.said.setText(
                self.tr("Zum Zusammenfassen mit den Dateien anderer. {what}").format(
                    what=said(definitions.PSEUDONYMOUS)
                )
            )
        else:
            self.said.setText(said(definitions.PSEUDONYMOUS))

    def _file_name(self, kind: str) -> str:
        name = report_name(self._report)
        if (month := self._month()) is not None:
            name = f"auswertung-{self._report.year}-{month:02d}"
        return f"{name}.{kind}" if self._is_named() else f"{name}-ohne-personen.{kind}"

    def _writing(self, path: Path) -> Work[Path]:
        report, named, month = self._report, self._is_named(), self._month()

        def work(context: Context, progress: Callable[[int, int], object]) -> Path:
            if named:
                reports.write(context, report, path)
            else:
                reports.write_pseudonymous(report, path, context.today, month)
            return path

        return work

    def _finish(self, path: Path) -> None:
        self._task = None
        named = self._is_named()
        self.set_busy(False)
        self.accept()
        said = (
            self.tr("Auswertung gespeichert in {folder}, nicht verschlüsselt")
            if named
            else self.tr("Auswertung ohne Personen gespeichert in {folder}")
        )
        self._session.done.emit(said.format(folder=path.parent))

    def _refuse(self, fault: UserError) -> None:
        self._task = None
        self.set_busy(False)
        self.show_error(str(fault))
