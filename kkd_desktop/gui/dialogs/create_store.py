"""Where does the new caseload lie, which passphrase protects it, which concept is in force?"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QWidget

from kkd_desktop.actions.secrets import SHORTEST
from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import tasks, theme
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.passphrase import StrengthMeter, passphrase_edit


class CreateStoreDialog(Dialog):
    """Asks for place, passphrase and concept; every fault is named at its field.

    `concepts` are ids with titles; none of them is chosen beforehand. `create` runs in a pool
    thread and returns what becomes `created`; a `UserError` of it is shown above the buttons.

    Signals:
        store_created: carries what `create` returned.
    """

    store_created = Signal(object)

    def __init__(
        self,
        default_path: Path,
        create: Callable[[Path, str, str], object],
        concepts: Sequence[tuple[str, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Fallbestand anlegen"), parent=parent)
        self.created: object = None
        self._create = create
        self._path_edit = QLineEdit(str(default_path))
        self._first, self._second = passphrase_edit(), passphrase_edit()
        self.path = FormField(self.tr("&Datei"), self._path_edit)
        self.passphrase = FormField(
            self.tr("&Passphrase"),
            self._first,
            self.tr("Am besten ein Satz, den nur Sie kennen."),
        )
        self._concepts = QComboBox()
        self._concepts.addItem(self.tr("Bitte wählen"), "")
        for policy_id, title in concepts:
            self._concepts.addItem(title, policy_id)
        self.concept = FormField(
            self.tr("&Konzept"),
            self._concepts,
            self.tr("Welches Kontaktdichtekonzept gilt bei Ihnen? Später jederzeit zu ändern."),
        )
        self.concept.setVisible(bool(concepts))
        self.repeated = FormField(self.tr("Passphrase &wiederholen"), self._second)
        self.meter = StrengthMeter()
        choose = Button(self.tr("Wählen …"))
        choose.setAccessibleName(self.tr("Ort der Datei wählen"))
        warning = Banner()
        warning.say(
            self.tr("Wichtig"),
            self.tr(
                "Ohne die Passphrase kann niemand den Fallbestand öffnen, auch nicht die "
                "Systembetreuung. Bewahren Sie eine Abschrift verschlossen auf."
            ),
            Tone.SOON,
        )
        self.understood = QCheckBox(
            self.tr("Mir ist klar: Eine verlorene Passphrase lässt sich nicht wiederherstellen.")
        )

        place = QHBoxLayout()
        place.setSpacing(theme.SMALL)
        place.addWidget(self.path, 1)
        place.addWidget(choose, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(place)
        self.body.addWidget(self.passphrase)
        self.body.addWidget(self.meter)
        self.body.addWidget(self.repeated)
        self.body.addWidget(self.concept)
        self.body.addWidget(warning)
        self.body.addWidget(self.understood)
        self.add_cancel()
        self.create_button = self.set_main_action(self.tr("Anlegen"), self.submit)
        self.setMinimumWidth(560)

        choose.clicked.connect(self._choose)
        self._first.textChanged.connect(self.meter.show_strength)
        self._first.returnPressed.connect(self._second.setFocus)
        self._second.returnPressed.connect(self.submit)
        self.understood.toggled.connect(lambda: self.show_error(""))
        self._first.setFocus()

    def submit(self) -> None:
        """Check what was filled in, then create."""
        if self.is_busy() or not self._is_complete():
            return
        path, passphrase = Path(self._path_edit.text().strip()).expanduser(), self._first.text()
        self.show_error("")
        self.set_busy(True, self.tr("Wird angelegt …"))
        concept = str(self._concepts.currentData())
        tasks.run(
            lambda progress: self._create(path, passphrase, concept), self._finish, self._refuse
        )

    def _is_complete(self) -> bool:
        faults = (
            (
                self.path,
                ""
                if self._path_edit.text().strip()
                else self.tr("Wählen Sie, wo die Datei liegen soll."),
            ),
            (
                self.passphrase,
                ""
                if len(self._first.text()) >= SHORTEST
                else self.tr("Die Passphrase braucht mindestens {n} Zeichen.").format(n=SHORTEST),
            ),
            (
                self.repeated,
                ""
                if self._first.text() == self._second.text()
                else self.tr("Die beiden Eingaben sind verschieden."),
            ),
            (
                self.concept,
                ""
                if self._concepts.count() == 1 or self._concepts.currentData()
                else self.tr("Wählen Sie das Konzept Ihres Jobcenters."),
            ),
        )
        for field, fault in faults:
            field.show_error(fault)
        wrong = [field for field, fault in faults if fault]
        if wrong:
            wrong[0].field.setFocus()
            return False
        if not self.understood.isChecked():
            self.show_error(self.tr("Bestätigen Sie den Hinweis zur Passphrase."))
            self.understood.setFocus()
            return False
        return True

    def _choose(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Neuer Fallbestand"),
            self._path_edit.text(),
            self.tr("Fallbestand (*.kkd);;Alle Dateien (*)"),
        )
        if name:
            self._path_edit.setText(name)
            self.path.show_error("")

    def _finish(self, created: object) -> None:
        self.created = created
        self._first.clear()
        self._second.clear()
        self.accept()
        self.store_created.emit(created)

    def _refuse(self, error: UserError) -> None:
        self.set_busy(False)
        self.show_error(str(error))
