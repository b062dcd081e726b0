"""Who goes to a colleague, in which file, and with which passphrase is it opened there?"""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.actions import casework, parcels
from kkd_desktop.actions.parcels import Packed
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import tasks, theme
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.dialogs.forget import open_forget
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.models.parcels import PeopleModel
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner, tell_found
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.labels import Paragraph, PlainLabel
from kkd_desktop.gui.widgets.table import ROW_HEIGHT, DataTable

_WIDTHS = (232, 150, 110)
_ROWS = 8


class HandOverDialog(Dialog):
    """First who; then, once the parcel lies there, its passphrase: shown now and never again."""

    def __init__(
        self,
        session: Session,
        marked: Iterable[int] = (),
        *,
        places: PlaceChooser | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Personen übergeben"), parent=parent)
        self._session, self._places = session, places or PlaceChooser()
        self._task: tasks.Task | None = None
        self._given: tuple[int, ...] = ()
        self._who, self._done = self._choosing(), self._packed()
        self._done.hide()
        self.progress = PlainLabel(muted=True)
        self.progress.hide()
        self.body.addWidget(self._who, 1)
        self.body.addWidget(self._done)
        self.body.addWidget(self.progress)
        self.cancel_button = self.add_cancel()
        self.forget_button = self.add_action(self.tr("Hier löschen …"), self._forget)
        self.forget_button.hide()
        self.pack_button = self.set_main_action(self.tr("Paket packen …"), self.submit)
        self.setMinimumWidth(700)

        self.model.show_rows(casework.all_clients(session.context))
        self._mark(frozenset(marked))
        self.search.textChanged.connect(self._search)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_marked())
        self._show_marked()
        (self.table if self._ids() else self.search).setFocus()

    def submit(self) -> None:
        """Ask where to, pack, and show the passphrase."""
        if self.is_busy():
            return
        if self._given:
            self.accept()
            return
        self.show_error("")
        context, ids = self._session.context, self._ids()
        target = self._places.file(
            self,
            self.tr("Paket speichern"),
            parcels.name_of(context),
            self.tr("Übergabepaket (*{suffix})").format(suffix=parcels.SUFFIX),
        )
        if target is None:
            return
        try:
            work = parcels.packing(context, ids)
        except UserError as fault:
            self.show_error(str(fault))
            return

        def pack(progress: tasks.Progress) -> Packed:
            packed = work(progress.report)
            parcels.save(packed, target)
            return packed

        self.set_busy(True, self.tr("Wird gepackt …"))
        self._task = tasks.run(
            pack, lambda packed: self._show_packed(packed, target, ids), self._refuse
        )
        self._task.progressed.connect(self._show_progress)

    def done(self, result: int) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        # The passphrase goes with the dialog.
        self.passphrase.clear()
        super().done(result)

    def _choosing(self) -> QWidget:
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Name, Nummer, Kürzel, BG"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.model = PeopleModel(self)
        self.table = DataTable(self.model, self.tr("Personen"))
        self.table.set_widths(*_WIDTHS)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.sort_by(0)
        self.table.setMinimumHeight(ROW_HEIGHT * (_ROWS + 1) + 2)
        self.marked = PlainLabel(muted=True)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        column.addWidget(self.marked)
        return page

    def _packed(self) -> QWidget:
        self.said = Paragraph()
        self.passphrase = QLineEdit(readOnly=True)
        self.passphrase.setAccessibleName(self.tr("Passphrase des Pakets"))
        mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        mono.setPointSizeF(theme.font(theme.TITLE_SIZE).pointSizeF())
        mono.setWeight(QFont.Weight.DemiBold)
        self.passphrase.setFont(mono)
        self.passphrase.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.passphrase.setMinimumHeight(48)
        self.copy_button = Button(self.tr("Passphrase kopieren"), kind="link")
        self.copy_button.clicked.connect(self._copy)
        self.once = Banner()
        self.once.say(
            self.tr("Nur jetzt"),
            self.tr(
                "Die Passphrase steht nirgends sonst. Geben Sie sie auf einem anderen Weg weiter "
                "als das Paket, am besten mündlich; ohne sie öffnet es niemand mehr."
            ),
            Tone.SOON,
        )
        self.stays = Paragraph(
            self.tr(
                "Hier bleiben die Personen gespeichert, bis Sie sie löschen: am besten erst, wenn "
                "das Paket angenommen ist."
            ),
            muted=True,
        )
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.said)
        column.addWidget(self.passphrase)
        column.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.once)
        column.addWidget(self.stays)
        column.addStretch()
        return page

    def _show_packed(self, packed: Packed, target: Path, ids: list[int]) -> None:
        self._task = None
        self.set_busy(False)
        self.progress.hide()
        self._given = tuple(ids)
        count = texts.counted(len(ids), "Person", "Personen")
        self.said.setText(
            self.tr("{count} verschlüsselt gespeichert als {name}.").format(
                count=count, name=target.name
            )
        )
        self.passphrase.setText(packed.spoken)
        self._who.hide()
        self._done.show()
        self.subtitle.setText(count)
        self.cancel_button.hide()
        self.forget_button.show()
        self.pack_button.setText(self.tr("Fertig"))
        self.passphrase.setFocus()
        self.passphrase.deselect()
        self.adjustSize()

    def _copy(self) -> None:
        from kkd_desktop.gui.clipboard import copy

        copy(self.passphrase.text())

    def _forget(self) -> None:
        open_forget(self._session, self._given, self._places, self, self._say_forgotten)

    def _say_forgotten(self) -> None:
        self.forget_button.hide()
        self.stays.setText(self.tr("Hier sind die Personen gelöscht."))

    def _refuse(self, fault: UserError) -> None:
        self._task = None
        self.set_busy(False)
        self.progress.hide()
        self.show_error(str(fault))

    def _show_progress(self, number: int, total: int) -> None:
        self.progress.setText(self.tr("{number} von {total}").format(number=number, total=total))
        self.progress.setVisible(total > 1)

    def _ids(self) -> list[int]:
        return [self.model.row(index).id for index in self.table.selectionModel().selectedRows()]

    def _search(self, text: str) -> None:
        self.model.search(text)
        tell_found(self.search, self.model.rowCount())
        self._show_marked()

    def _mark(self, ids: frozenset[int]) -> None:
        flags = QItemSelectionModel.SelectionFlag
        selection = self.table.selectionModel()
        for place in range(self.model.rowCount()):
            index = self.model.index(place, 0)
            if self.model.row(index).id in ids:
                selection.setCurrentIndex(index, flags.NoUpdate)
                selection.select(index, flags.Select | flags.Rows)
                self.table.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _show_marked(self) -> None:
        number = len(self._ids())
        self.pack_button.setEnabled(number > 0)
        self.marked.setText(
            self.tr("{count} markiert").format(count=texts.counted(number, "Person", "Personen"))
            if number
            else self.tr("Mehrere markieren: Umschalt oder Strg, alle mit Strg A")
        )
