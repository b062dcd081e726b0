"""Shall a back-up take the place of the caseload, or lie beside it?"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from kkd_desktop.actions import backups, casework
from kkd_desktop.actions.backups import Backup, Replacement, WrongPassphrase
from kkd_desktop.actions.secrets import Passphrase
from kkd_desktop.domain import backup_text, texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.gui import tasks
from kkd_desktop.gui.backup_keeper import keeper_of
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.labels import Paragraph, PlainLabel
from kkd_desktop.gui.widgets.passphrase import passphrase_edit
from kkd_desktop.gui.widgets.segmented import SegmentedControl

_INTO_PLACE, _BESIDE = "into_place", "beside"


class RestoreDialog(Dialog):
    """What is restored, where to, and what becomes of the present state. A passphrase is asked for
    only where the present one does not fit.
    """

    def __init__(
        self,
        session: Session,
        path: Path,
        backup: Backup | None = None,
        *,
        places: PlaceChooser,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Sicherung wiederherstellen"), parent=parent)
        self._session, self._path, self._places = session, path, places
        self._task: tasks.Task | None = None
        self.what = PlainLabel(_named(path, backup), wrap=True)
        self.where = SegmentedControl(
            (
                (_INTO_PLACE, self.tr("An die Stelle des Bestands")),
                (_BESIDE, self.tr("Daneben, als eigene Datei")),
            ),
            self.tr("Wohin?"),
        )
        self.effect = Paragraph(muted=True)
        self.passphrase = FormField(
            self.tr("&Passphrase der Sicherung"),
            passphrase_edit(),
            self.tr("Diese Sicherung entstand mit einer anderen Passphrase als der jetzigen."),
        )
        self.passphrase.hide()
        self.body.addWidget(self.what)
        self.body.addWidget(self.where)
        self.body.addWidget(self.effect)
        self.body.addWidget(self.passphrase)
        self.body.addStretch()
        self.add_cancel()
        self.restore_button = self.set_main_action(self.tr("Wiederherstellen"), self.submit)
        self.setFixedWidth(560)

        self.where.value_changed.connect(self._show_effect)
        self._edit().returnPressed.connect(self.submit)
        self._show_effect()
        self.where.setFocus()

    def submit(self) -> None:
        """Begin; the window waits behind this dialog and nothing else is written meanwhile."""
        if self.is_busy():
            return
        self.show_error("")
        self.passphrase.show_error("")
        secret = Passphrase(self._edit().text()) if self._edit().text() else None
        if self.where.value() == _BESIDE:
            self._restore_beside(secret)
        elif keeper_of(self._session).is_busy():
            # It has the caseload open, as another window would.
            self.show_error(self.tr("Gerade entsteht eine Sicherung; bitte gleich noch einmal."))
        else:
            self._replace(secret)

    def done(self, result: int) -> None:
        """Whoever gives up finds everything as it was."""
        if self._task is not None:
            self._task.cancel()
        self._edit().clear()
        super().done(result)

    def _replace(self, secret: Passphrase | None) -> None:
        replacement = Replacement(self._session.context, self._path, secret)

        def work(progress: tasks.Progress) -> None:
            replacement.prepare()
            try:
                progress.stop_if_cancelled()
            except tasks.Cancelled:
                replacement.abandon()
                raise

        def put_in_place(_: object) -> None:
            try:
                replacement.put_in_place()
            except UserError as fault:
                self._refuse(fault)
                return
            self._finish(self.tr("Wiederhergestellt; der Stand davor ist gesichert"))
            self._session.changed.emit()

        self._begin(work, put_in_place)

    def _restore_beside(self, secret: Passphrase | None) -> None:
        store = self._session.context.store.path
        proposed = f"{store.stem}-wiederhergestellt{store.suffix}"
        target = self._places.file(
            self,
            self.tr("Wiederherstellen als"),
            proposed,
            self.tr("Fallbestand (*.kkd)"),
        )
        if target is None:
            return
        work = backups.restoring_beside(self._session.context, self._path, target, secret)
        said = self.tr("Wiederhergestellt in {name}").format(name=target.name)
        self._begin(lambda progress: work(), lambda _: self._finish(said))

    def _begin(
        self, work: Callable[[tasks.Progress], None], succeeded: Callable[[object], None]
    ) -> None:
        self.set_busy(True, self.tr("Wird wiederhergestellt …"))
        self._task = tasks.run(work, succeeded, self._refuse)

    def _finish(self, said: str) -> None:
        self._task = None
        self.accept()
        self._session.done.emit(said)

    def _refuse(self, fault: UserError) -> None:
        self._task = None
        self.set_busy(False)
        if isinstance(fault, WrongPassphrase):
            asked = self.passphrase.isVisible()
            self.passphrase.show()
            if asked:
                self.passphrase.show_error(self.tr("Damit öffnet sich die Sicherung nicht."))
            self._edit().selectAll()
            self._edit().setFocus()
        else:
            self.show_error(str(fault))

    def _show_effect(self) -> None:
        if self.where.value() == _BESIDE:
            said = self.tr(
                "Ihr Bestand bleibt, wie er ist. Die neue Datei öffnet sich mit der Passphrase "
                "der Sicherung."
            )
        else:
            people = casework.count_clients(self._session.context)
            said = self.tr(
                "Der jetzige Stand mit {people} wird vorher gesichert; so lässt sich auch dieser "
                "Schritt zurückholen. Andere Fenster und Befehle müssen beendet sein."
            ).format(people=texts.counted(people, "Person", "Personen"))
        self.effect.setText(said)

    def _edit(self) -> QLineEdit:
        assert isinstance(self.passphrase.field, QLineEdit)
        return self.passphrase.field


def _named(path: Path, backup: Backup | None) -> str:
    if backup is None:
        return path.name
    moment = texts.moment(backups.local(backup.made_at))
    contents = backup_text.contents(backup.contents)
    return said("{moment} Uhr · {contents}").format(moment=moment, contents=contents)
