"""What do several caseloads come to? The files without people of a team, added up."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.actions import report as reports
from kkd_desktop.actions.files import require_ending
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.stored_words import said_again
from kkd_desktop.domain.team_report import TeamReport
from kkd_desktop.gui import tasks, theme
from kkd_desktop.gui.dialogs.base import Dialog, show
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.dialogs.report_preview import TeamReportPreview
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.empty import EmptyState
from kkd_desktop.gui.widgets.labels import PlainLabel, plain_tooltip
from kkd_desktop.gui.widgets.report_view import ReportView

_WIDTH, _HEIGHT = 1120, 800
_SIDE = 230


class TeamReportDialog(Dialog):
    """Files at the left, what they come to at the right; saved or printed as it stands."""

    def __init__(
        self, session: Session, places: PlaceChooser, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Team zusammenfassen"), parent=parent)
        self._session = session
        self._places = places
        self._task: tasks.Task | None = None
        self._paths: list[Path] = []
        self.report: TeamReport | None = None
        self.choose_button = Button(self.tr("Dateien wählen …"))
        self.list = _FileList()
        self.remove_button = Button(self.tr("Aus der Liste nehmen"), keys=self.tr("Entf"))
        self.banner = Banner()
        self.view = ReportView()
        self.empty = EmptyState("", action=self.tr("Dateien wählen …"))
        self.stack = QStackedWidget()
        self._lay_out()
        self.add_action(self.tr("Schließen"), self.reject)
        self.print_button = self.add_action(self.tr("Drucken …"), self.print_out)
        self.save_button = self.set_main_action(self.tr("Speichern unter …"), self.save)
        # No larger than its window, however much room the screen has.
        room = self.screen().availableSize() - QSize(0, theme.TITLE_BAR)
        behind = room if parent is None else parent.window().size()
        self.resize(QSize(_WIDTH, _HEIGHT).boundedTo(room).boundedTo(behind))
        self._show_files()
        self._show_report()
        self.choose_button.setFocus()

        self.choose_button.clicked.connect(self.choose)
        self.empty.action_requested.connect(self.choose)
        self.remove_button.clicked.connect(self._remove)
        self.list.remove_wanted.connect(self._remove)
        self.view.copied.connect(lambda: session.done.emit(self.tr("Tabelle kopiert")))

    def choose(self) -> None:
        """Add files to those that are there."""
        title, kind = self.tr("Monatsdateien wählen"), self.tr("Monatsdatei (*.json)")
        self.add(self._places.several(self, title, kind))

    def add(self, paths: Sequence[Path]) -> None:
        """Add these; one that is there already stays once."""
        new = [path for path in paths if path not in self._paths]
        if new:
            self._paths += new
            self._combine()

    def print_out(self) -> None:
        if self.report is not None:
            show(TeamReportPreview(self._session, self.report, self._places, self))

    def save(self) -> None:
        """By the ending of the name: PDF, tables, or a file to be added up again."""
        if self.report is None:
            return
        report, today = self.report, self._session.context.today
        kinds = self.tr("PDF (*.pdf);;Excel (*.xlsx);;CSV (*.csv);;Monatsdatei (*.json)")
        name = f"team-{report.year}.pdf"
        path = self._places.file(self, self.tr("Teamauswertung speichern"), name, kinds)
        if path is None:
            return

        def work(progress: tasks.Progress) -> Path:
            require_ending(path, ".pdf", ".xlsx", ".csv", ".json")
            reports.write_team(report, path, today)
            return path

        self.show_error("")
        self.set_busy(True, self.tr("Wird geschrieben …"))
        self._task = tasks.run(work, self._finish, self._refuse)

    def reject(self) -> None:
        if self._task is not None:
            self._task.cancel()
        super().reject()

    def _lay_out(self) -> None:
        side = QWidget()
        side.setFixedWidth(_SIDE)
        column = _column(side)
        for widget in (
            self.choose_button,
            PlainLabel(self.tr("Zusammengefasste Dateien"), size=theme.SMALL_SIZE, muted=True),
            self.list,
            self.remove_button,
        ):
            column.addWidget(widget)
        for page in (self.view, self.empty):
            self.stack.addWidget(page)
        right = QWidget()
        beside = _column(right)
        beside.addWidget(self.banner)
        beside.addWidget(self.stack, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.LARGE)
        row.addWidget(side)
        row.addWidget(right, 1)
        self.body.addLayout(row, 1)

    def _combine(self) -> None:
        """Read and add up; a file that cannot be used is said and stays until it is taken out."""
        self._show_files()
        self.show_error("")
        self.report = None
        if not self._paths:
            self._show_report()
            return
        paths = tuple(self._paths)
        self.set_busy(True, self.tr("Wird gelesen …"))
        self._task = tasks.run(lambda _: reports.combine(paths), self._take, self._refuse)

    def _take(self, report: TeamReport) -> None:
        self._task = None
        self.set_busy(False)
        self.report = report
        self._show_report()

    def _refuse(self, fault: UserError) -> None:
        self._task = None
        self.set_busy(False)
        self.show_error(str(fault))
        self._show_report()

    def _finish(self, path: Path) -> None:
        self._task = None
        self.set_busy(False)
        self._session.done.emit(self.tr("Gespeichert: {path}").format(path=path))

    def _show_files(self) -> None:
        self.list.show_files(self._paths)
        self.remove_button.setEnabled(bool(self._paths))

    def _show_report(self) -> None:
        report = self.report
        for button in (self.print_button, self.save_button):
            button.setEnabled(report is not None)
        notes = () if report is None else report.notes
        self.banner.setVisible(bool(notes))
        if notes:
            self.banner.say("", " ".join(said_again(note) for note in notes), Tone.SOON)
        if report is None:
            self.subtitle.setText("")
            self._say_nothing()
            self.stack.setCurrentWidget(self.empty)
            return
        self.subtitle.setText(
            self.tr("{year} · {files} · {months}").format(
                year=report.year,
                files=texts.counted(report.files, "Fallbestand", "Fallbestände"),
                months=texts.months(each.month for each in report.months),
            )
        )
        self.view.show_team(report)
        self.stack.setCurrentWidget(self.view)

    def _say_nothing(self) -> None:
        if self._paths:
            self.empty.say(
                self.tr("Nicht zusammengefasst"),
                self.tr("Nehmen Sie die Datei, die unten genannt ist, aus der Liste."),
            )
        else:
            self.empty.say(
                self.tr("Noch keine Dateien"),
                self.tr(
                    "Jede Fachkraft speichert ihre Auswertung ohne Personen als Monatsdatei "
                    "(.json). Hier werden mehrere davon zu einer Auswertung des Teams addiert."
                ),
            )
        self.empty.button.setVisible(not self._paths)

    def _remove(self) -> None:
        place = self.list.currentRow()
        if 0 <= place < len(self._paths):
            del self._paths[place]
            self._combine()


class _FileList(QListWidget):
    """Names of files; Delete takes one out.

    Signals:
        remove_wanted: the highlighted one is to be taken out.
    """

    remove_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "names")
        self.setAccessibleName(self.tr("Zusammengefasste Dateien"))
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_files(self, paths: Sequence[Path]) -> None:
        """The same place stays highlighted."""
        place = self.currentRow()
        self.clear()
        for path in paths:
            item = QListWidgetItem(path.name)
            item.setToolTip(plain_tooltip(str(path)))
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, str(path))
            self.addItem(item)
        self.setCurrentRow(min(max(place, 0), len(paths) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)


def _column(widget: QWidget) -> QVBoxLayout:
    found = QVBoxLayout(widget)
    found.setContentsMargins(0, 0, 0, 0)
    found.setSpacing(theme.SMALL)
    return found
