"""Which back-ups are there, are they good, and where does a second copy go?"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kkd_desktop.actions import backups
from kkd_desktop.actions.backups import Backup
from kkd_desktop.domain import backup_text, texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import tasks, theme
from kkd_desktop.gui.backup_keeper import keeper_of
from kkd_desktop.gui.dialogs.base import show
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.dialogs.restore import RestoreDialog
from kkd_desktop.gui.models.backups import MADE, BackupModel
from kkd_desktop.gui.sections.base import Section
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.tasks import Progress
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.calm import NumberEdit
from kkd_desktop.gui.widgets.card import Line
from kkd_desktop.gui.widgets.field import FormField, side_by_side
from kkd_desktop.gui.widgets.labels import Paragraph, PlainLabel, breakable
from kkd_desktop.gui.widgets.table import ROW_HEIGHT, DataTable

_MOST_ROWS = 7
_WIDTHS = (176, 216, 252, 90)


class BackupsSection(Section):
    """The list with what can be done to it, the second folder, and how many are kept."""

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        places: PlaceChooser | None = None,
    ) -> None:
        super().__init__(
            session,
            self.tr("Sicherungen"),
            self.tr("Von selbst, verschlüsselt und geprüft"),
            parent,
        )
        self._places = places or PlaceChooser()
        self._keeper = keeper_of(session)
        self._listing: tasks.Task | None = None
        self._checking: tasks.Task | None = None
        self._to_remove: Backup | None = None
        self.latest = PlainLabel(wrap=True)
        self.state = Banner()
        self.state.hide()
        self.make_button = Button(self.tr("Jetzt sichern"))
        self.check_button = Button(self.tr("Alle prüfen"))
        self.file_button = Button(self.tr("Aus einer Datei wiederherstellen …"))
        self.model = BackupModel(self)
        self.table = DataTable(self.model, self.tr("Sicherungen"))
        self.table.set_widths(*_WIDTHS)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.restore_button = Button(self.tr("Wiederherstellen …"))
        self.remove_button = Button(self.tr("Löschen"))
        self.second = PlainLabel(wrap=True)
        self.choose_button = Button("")
        self.off_button = Button(self.tr("Ausschalten"))
        self.numbers = {
            "days": NumberEdit(1, 60),
            "weeks": NumberEdit(0, 52),
            "months": NumberEdit(0, 60),
        }
        self._lay_out()

        self._keeper.settled.connect(self._show_outcome)
        self.make_button.clicked.connect(self._make)
        self.check_button.clicked.connect(self._check)
        self.file_button.clicked.connect(self._restore_file)
        self.table.row_opened.connect(self._restore)
        self.table.selectionModel().currentChanged.connect(self._show_actions)
        self.restore_button.clicked.connect(lambda: self._restore(self._current()))
        self.remove_button.clicked.connect(self._remove)
        self.choose_button.clicked.connect(self._choose_second)
        self.off_button.clicked.connect(lambda: self.store(second_folder=""))
        for edit in self.numbers.values():
            edit.valueChanged.connect(self._take_numbers)

    def show_settings(self) -> None:
        settings = self.settings()
        for name, edit in self.numbers.items():
            edit.set_quietly(getattr(settings.rotation, name))
        place = settings.second_folder
        self.second.setText(breakable(place) if place else self.tr("Ausgeschaltet."))
        self.choose_button.setText(
            self.tr("Anderer Ordner …") if place else self.tr("Ordner wählen …")
        )
        self.off_button.setVisible(bool(place))
        if self._keeper.fault:
            self._say(self._keeper.fault, self._keeper.tone)
        if self.isVisible():
            self._list()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._list()

    def show_backups(self, found: Sequence[Backup]) -> None:
        """What there is, the latest first."""
        self._listing = None
        self.model.show_rows(found)
        self.table.setVisible(bool(found))
        rows = min(len(found), _MOST_ROWS)
        self.table.setFixedHeight(ROW_HEIGHT * (rows + 1) + 1)
        if found and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, MADE))
        self.latest.setText(self._latest(found))
        self._show_actions()

    def _lay_out(self) -> None:
        upper = QHBoxLayout()
        upper.setSpacing(theme.SMALL)
        for button in (self.make_button, self.check_button):
            upper.addWidget(button)
        upper.addStretch()
        upper.addWidget(self.file_button)
        below = QHBoxLayout()
        below.setSpacing(theme.SMALL)
        below.addWidget(self.restore_button)
        below.addWidget(self.remove_button)
        below.addStretch()
        self.body.addWidget(self.latest)
        self.body.addLayout(upper)
        self.body.addWidget(self.state)
        self.body.addWidget(self.table)
        self.body.addLayout(below)
        self.body.addWidget(Line())
        self.body.addLayout(self._second_folder())
        self.body.addWidget(Line())
        self.body.addLayout(self._rotation())

    def _second_folder(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.TINY)
        column.addWidget(
            PlainLabel(self.tr("Kopie in einem zweiten Ordner"), weight=QFont.Weight.DemiBold)
        )
        column.addWidget(
            Paragraph(
                self.tr(
                    "Auf einem Netzlaufwerk oder Stick, falls dieser Rechner ausfällt. Ist der "
                    "Ordner nicht erreichbar, geht die Arbeit weiter und die Kopie folgt später."
                ),
                muted=True,
            )
        )
        column.addWidget(self.second)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, theme.SMALL, 0, 0)
        buttons.setSpacing(theme.SMALL)
        buttons.addWidget(self.choose_button)
        buttons.addWidget(self.off_button)
        buttons.addStretch()
        column.addLayout(buttons)
        return column

    def _rotation(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.SMALL)
        column.addWidget(PlainLabel(self.tr("Aufbewahrt werden"), weight=QFont.Weight.DemiBold))
        labels = (self.tr("letzte Tage"), self.tr("letzte Wochen"), self.tr("letzte Monate"))
        fields = [
            (FormField(label, edit), 1)
            for label, edit in zip(labels, self.numbers.values(), strict=True)
        ]
        column.addLayout(side_by_side(*fields))
        column.addWidget(
            Paragraph(
                self.tr(
                    "Von jedem dieser Tage, Wochen und Monate bleibt die letzte Sicherung, dazu "
                    "die zehn letzten vor großen Schritten und alle von Hand gemachten."
                ),
                muted=True,
            )
        )
        return column

    def _list(self) -> None:
        if self._listing is None:
            work = backups.listing(self._session.context)
            self._listing = tasks.run(lambda progress: work(), self.show_backups, self._refuse)

    def _latest(self, found: Sequence[Backup]) -> str:
        if not found:
            return self.tr("Es gibt noch keine Sicherung.")
        made = found[0]
        moment = texts.moment(backups.local(made.made_at))
        return self.tr("Letzte Sicherung: {moment} Uhr, {contents}").format(
            moment=moment, contents=backup_text.contents(made.contents)
        )

    def _current(self) -> Backup | None:
        index = self.table.currentIndex()
        return self.model.row(index) if index.isValid() else None

    def _show_actions(self, *_: QModelIndex) -> None:
        self._to_remove = None
        self.remove_button.setText(self.tr("Löschen"))
        for button in (self.restore_button, self.remove_button):
            button.setVisible(self.model.total() > 0)
            button.setEnabled(self._current() is not None)
        self.check_button.setEnabled(self.model.total() > 0 and self._checking is None)

    def _make(self) -> None:
        self.make_button.setEnabled(False)
        self._keeper.make_now()

    def _show_outcome(self) -> None:
        self.make_button.setEnabled(True)
        report = self._keeper.last
        if self._keeper.fault:
            self._say(self._keeper.fault, self._keeper.tone)
        elif report is not None and report.made is not None:
            self._say(self.tr("Gesichert und ganz gelesen: alles in Ordnung."), Tone.OK)
        else:
            self.state.hide()
        if self.isVisible():
            self._list()

    def _check(self) -> None:
        """Read every page of every back-up."""
        key = backups.key_of_store(self._session.context)
        rows = self.model.rows()

        def work(progress: Progress) -> list[tuple[Backup, str | None]]:
            found = []
            for number, each in enumerate(rows):
                progress.report(number, len(rows))
                found.append((each, _fault_of(each, key)))
            return found

        self._checking = tasks.run(work, self._show_checked)
        self._checking.progressed.connect(self._show_progress)
        self._show_actions()

    def _show_progress(self, done: int, total: int) -> None:
        said = self.tr("{done} von {total} geprüft …")
        self._say(said.format(done=done, total=total), Tone.NEUTRAL)

    def _show_checked(self, found: Sequence[tuple[Backup, str | None]]) -> None:
        self._checking = None
        self._show_actions()
        faults = [fault for _, fault in found if fault]
        former = sum(fault is None for _, fault in found)
        if not faults:
            read = texts.counted(len(found) - former, "Sicherung", "Sicherungen")
            said = self.tr("{read} ganz gelesen: alles in Ordnung.").format(read=read)
            if former:
                more = self.tr("{former} mit einer früheren Passphrase nicht geprüft.")
                said = f"{said} {more.format(former=former)}"
            self._say(said, Tone.OK)
            return
        said = self.tr("{bad} von {all} nicht in Ordnung. {fault}")
        self._say(said.format(bad=len(faults), all=len(found), fault=faults[0]), Tone.LATE)

    def _restore(self, backup: Backup | None) -> None:
        if backup is not None:
            self._open(backup.path, backup)

    def _restore_file(self) -> None:
        path = self._places.existing(
            self, self.tr("Sicherung wählen"), self.tr("Sicherung (*.kkd);;Alle Dateien (*)")
        )
        if path is not None:
            self._open(path, None)

    def _open(self, path: Path, backup: Backup | None) -> None:
        dialog = RestoreDialog(self._session, path, backup, places=self._places, parent=self)
        dialog.finished.connect(lambda _: self._list())
        show(dialog)

    def _remove(self) -> None:
        backup = self._current()
        if backup is None:
            return
        if self._to_remove != backup:
            # A file that is gone is gone: no step takes this back.
            self._to_remove = backup
            self.remove_button.setText(self.tr("Endgültig löschen"))
            return
        try:
            backups.remove(self._session.context, backup)
        except UserError as fault:
            self._refuse(fault)
            return
        self._say(
            self.tr("Gelöscht: Sicherung vom {moment}").format(
                moment=texts.moment(backups.local(backup.made_at))
            ),
            Tone.NEUTRAL,
        )
        self._list()

    def _choose_second(self) -> None:
        folder = self._places.folder(self, self.tr("Zweiter Ordner für Sicherungen"))
        if folder is None:
            return
        if folder.resolve() == backups.folder(self._session.context).resolve():
            self._say(self.tr("Dort liegen die Sicherungen schon."), Tone.SOON)
            return
        if self.store(second_folder=str(folder)):
            self._keeper.try_again()

    def _take_numbers(self) -> None:
        numbers = {name: edit.value() for name, edit in self.numbers.items()}
        self.store(rotation=replace(self.settings().rotation, **numbers))

    def _refuse(self, fault: UserError) -> None:
        self._listing = None
        self._say(str(fault), Tone.LATE)

    def _say(self, text: str, tone: Tone) -> None:
        self.state.say("", text, tone)
        self.state.show()


def _fault_of(backup: Backup, key: backups.Key) -> str | None:
    """What is wrong with it, or ""; None for one of a former passphrase."""
    try:
        return None if backups.check(backup.path, key) is None else ""
    except UserError as fault:
        return str(fault)
