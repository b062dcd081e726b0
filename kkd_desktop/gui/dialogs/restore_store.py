"""Out of which back-up shall a caseload be made, and where shall it lie?"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import tasks, theme
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.labels import Paragraph
from kkd_desktop.gui.widgets.passphrase import passphrase_edit


class RestoreStoreDialog(Dialog):
    """Asks for the back-up, its passphrase and the place; every fault is named at its field.

    `restore` runs in a pool thread and returns what becomes `restored`; a `UserError` of it is
    shown above the buttons.
    """

    def __init__(
        self,
        default_path: Path,
        restore: Callable[[Path, str, Path], object],
        places: PlaceChooser | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Sicherung wiederherstellen"), parent=parent)
        self.restored: object = None
        self._restore = restore
        self._places = places or PlaceChooser()
        self._backup_edit, self._path_edit = QLineEdit(), QLineEdit(str(default_path))
        self._secret = passphrase_edit()
        self.backup = FormField(self.tr("&Sicherung"), self._backup_edit)
        self.passphrase = FormField(
            self.tr("&Passphrase"),
            self._secret,
            self.tr("Die, mit der die Sicherung entstand; sie gilt danach weiter."),
        )
        self.path = FormField(self.tr("&Wiederherstellen als"), self._path_edit)
        self.choose_button = Button(self.tr("Wählen …"))
        self.choose_button.setAccessibleName(self.tr("Sicherung wählen"))
        self.place_button = Button(self.tr("Wählen …"))
        self.place_button.setAccessibleName(self.tr("Ort des Fallbestands wählen"))
        self.body.addLayout(_beside(self.backup, self.choose_button))
        self.body.addWidget(self.passphrase)
        self.body.addLayout(_beside(self.path, self.place_button))
        self.body.addWidget(
            Paragraph(
                self.tr(
                    "Steht dort schon ein Fallbestand, so wird er vorher gesichert; lässt er sich "
                    "nicht mehr öffnen, bleibt er unter anderem Namen daneben liegen."
                ),
                muted=True,
            )
        )
        self.body.addStretch()
        self.add_cancel()
        self.restore_button = self.set_main_action(self.tr("Wiederherstellen"), self.submit)
        self.setMinimumWidth(560)

        self.choose_button.clicked.connect(self._choose_backup)
        self.place_button.clicked.connect(self._choose_place)
        self._secret.returnPressed.connect(self.submit)
        self.choose_button.setFocus()

    def submit(self) -> None:
        """Check what was filled in, then restore."""
        if self.is_busy() or not self._is_complete():
            return
        backup, target = _path(self._backup_edit), _path(self._path_edit)
        text = self._secret.text()
        self.show_error("")
        self.set_busy(True, self.tr("Wird wiederhergestellt …"))
        tasks.run(lambda progress: self._restore(backup, text, target), self._finish, self._refuse)

    def reject(self) -> None:
        """Not while the file is being made: it would be there, and nobody would open it."""
        if not self.is_busy():
            super().reject()

    def _is_complete(self) -> bool:
        faults = (
            (self.backup, self._backup_edit, self.tr("Wählen Sie die Sicherung.")),
            (self.passphrase, self._secret, self.tr("Geben Sie die Passphrase ein.")),
            (self.path, self._path_edit, self.tr("Wählen Sie, wo die Datei liegen soll.")),
        )
        for field, edit, fault in faults:
            field.show_error("" if edit.text().strip() else fault)
        wrong = [edit for _, edit, _ in faults if not edit.text().strip()]
        if wrong:
            wrong[0].setFocus()
        return not wrong

    def _choose_backup(self) -> None:
        kinds = self.tr("Sicherung (*.kkd);;Alle Dateien (*)")
        path = self._places.existing(self, self.tr("Sicherung wählen"), kinds)
        if path is not None:
            self._backup_edit.setText(str(path))
            self.backup.show_error("")
            self._secret.setFocus()

    def _choose_place(self) -> None:
        kinds = self.tr("Fallbestand (*.kkd)")
        name = _path(self._path_edit).name or "fallbestand.kkd"
        path = self._places.file(self, self.tr("Wiederherstellen als"), name, kinds)
        if path is not None:
            self._path_edit.setText(str(path))
            self.path.show_error("")

    def _finish(self, restored: object) -> None:
        self.restored = restored
        self._secret.clear()
        self.accept()

    def _refuse(self, error: UserError) -> None:
        self.set_busy(False)
        self.show_error(str(error))
        self._secret.setFocus(Qt.FocusReason.OtherFocusReason)
        self._secret.selectAll()


def _path(edit: QLineEdit) -> Path:
    return Path(edit.text().strip()).expanduser()


def _beside(field: FormField, button: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SMALL)
    row.addWidget(field, 1)
    row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
    return row
