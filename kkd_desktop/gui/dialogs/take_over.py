"""Who comes in this parcel, who is here already, and shall the new ones be taken in?"""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from kkd_desktop.actions import parcels
from kkd_desktop.actions.parcels import Incoming
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.parcel import Fate
from kkd_desktop.gui import tasks
from kkd_desktop.gui.dialogs.base import Dialog, show
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.models.parcels import ArrivalModel
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.labels import Paragraph, PlainLabel
from kkd_desktop.gui.widgets.passphrase import passphrase_edit
from kkd_desktop.gui.widgets.table import ROW_HEIGHT, DataTable

_WIDTHS = (190, 124, 104, 92)
_MOST_ROWS, _FATE = 9, 2


class TakeOverDialog(Dialog):
    """The passphrase first; then what taking it in would do, before anything is stored."""

    def __init__(self, session: Session, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Paket annehmen"), path.name, parent)
        self._session, self._path = session, path
        self._incoming: Incoming | None = None
        self._task: tasks.Task | None = None
        self.passphrase = FormField(
            self.tr("&Passphrase des Pakets"),
            # Its text is never kept when the window is locked.
            passphrase_edit(),
            self.tr("Fünf Gruppen zu vier Zeichen; Groß- und Kleinschreibung ist gleich."),
        )
        self.origin = Paragraph()
        self.model = ArrivalModel(self)
        self.table = DataTable(self.model, self.tr("Personen im Paket"))
        self.table.set_widths(*_WIDTHS)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.sort_by(_FATE)
        self.note = Banner()
        self.progress = PlainLabel(muted=True)
        for widget in (self.origin, self.table, self.note, self.progress):
            widget.hide()
        self.body.addWidget(self.passphrase)
        self.body.addWidget(self.origin)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.note)
        self.body.addWidget(self.progress)
        self.body.addStretch()
        self.add_cancel()
        self.take_button = self.set_main_action(self.tr("Öffnen"), self.submit)
        self.setMinimumWidth(520)
        # Whoever copies it from a sheet of paper has to see what is typed.
        self._edit().setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
        self._edit().returnPressed.connect(self.submit)
        self._edit().setFocus()

    def submit(self) -> None:
        """Open it; once it is open, take in who is new."""
        if self.is_busy():
            return
        self.show_error("")
        if self._incoming is None:
            self._open()
        elif self._incoming.contents.of(Fate.NEW):
            self._take(self._incoming)
        else:
            self.accept()

    def done(self, result: int) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._edit().clear()
        super().done(result)

    def _open(self) -> None:
        if not self._edit().text().strip():
            self.passphrase.show_error(self.tr("Bitte eintragen."))
            return
        secret = parcels.typed_passphrase(self._edit().text())
        work = parcels.looking(self._session.context, self._path, secret)
        self.set_busy(True, self.tr("Wird geöffnet …"))
        self._task = tasks.run(lambda progress: work(), self._show_contents, self._refuse_opening)

    def _take(self, incoming: Incoming) -> None:
        try:
            work = parcels.taking(self._session.context, incoming)
        except UserError as fault:
            self.show_error(str(fault))
            return
        self.set_busy(True, self.tr("Wird angenommen …"))
        self._task = tasks.run(lambda progress: work(progress.report), self._finish, self._refuse)
        self._task.progressed.connect(self._show_progress)

    def _show_contents(self, incoming: Incoming) -> None:
        self._task = None
        self.set_busy(False)
        self._incoming = incoming
        contents = incoming.contents
        self._edit().clear()
        self.passphrase.hide()
        sender = ", ".join(part for part in (contents.caseworker, contents.office) if part)
        self.origin.setText(
            self.tr("Gepackt am {day} von {sender}: {summary}.").format(
                day=texts.day(contents.packed_on),
                sender=sender or self.tr("unbekannt"),
                summary=contents.summary,
            )
        )
        self.model.show_rows(contents.arrivals)
        rows = min(max(len(contents.arrivals), 2), _MOST_ROWS)
        self.table.setMinimumHeight(ROW_HEIGHT * (rows + 1) + 2)
        self.origin.show()
        self.table.setVisible(bool(contents.arrivals))
        self._show_note(incoming)
        new = len(contents.of(Fate.NEW))
        self.take_button.setText(
            self.tr("{count} annehmen").format(count=texts.counted(new, "Person", "Personen"))
            if new
            else self.tr("Schließen")
        )
        self.setMinimumWidth(880)
        self.adjustSize()
        self.take_button.setFocus()

    def _show_note(self, incoming: Incoming) -> None:
        contents = incoming.contents
        said = []
        if left_out := len(contents.arrivals) - len(contents.of(Fate.NEW)):
            count = texts.counted(left_out, "Person", "Personen")
            said.append(
                self.tr("Nicht angenommen: {count}, der Grund steht in der Liste.").format(
                    count=count
                )
            )
        if contents.clashes:
            number = texts.counted(contents.clashes, "Termin liegt", "Termine liegen")
            said.append(
                self.tr("{number} zu Zeiten, die hier vergeben sind.").format(number=number)
            )
        if contents.of(Fate.NEW):
            said.append(
                self.tr("Vorher entsteht eine Sicherung; Strg Z nimmt die Annahme ganz zurück.")
            )
        tone = Tone.SOON if contents.of(Fate.CONFLICT) or contents.clashes else Tone.NEUTRAL
        self.note.say("", " ".join(said), tone)
        self.note.setVisible(bool(said))

    def _finish(self, number: int) -> None:
        self._task = None
        self.set_busy(False)
        self.accept()
        # Written through a connection of its own, as by another process.
        self._session.look_for_changes()
        self._session.done.emit(parcels.step_name(number))

    def _refuse_opening(self, fault: UserError) -> None:
        self._task = None
        self.set_busy(False)
        self.passphrase.show_error(str(fault))
        self._edit().setFocus()
        self._edit().selectAll()

    def _refuse(self, fault: UserError) -> None:
        self._task = None
        self.set_busy(False)
        self.progress.hide()
        self._session.look_for_changes()
        self.show_error(str(fault))

    def _show_progress(self, number: int, total: int) -> None:
        self.progress.setText(self.tr("{number} von {total}").format(number=number, total=total))
        self.progress.setVisible(total > 1)

    def _edit(self) -> QLineEdit:
        assert isinstance(self.passphrase.field, QLineEdit)
        return self.passphrase.field


def open_take_over(
    session: Session, places: PlaceChooser | None, parent: QWidget
) -> TakeOverDialog | None:
    """Ask for the parcel and open it; None where none is chosen."""
    chooser = places or PlaceChooser()
    kind = parent.tr("Übergabepaket (*{suffix})").format(suffix=parcels.SUFFIX)
    path = chooser.existing(parent, parent.tr("Paket annehmen"), kind)
    if path is None:
        return None
    dialog = TakeOverDialog(session, path, parent)
    show(dialog)
    return dialog
