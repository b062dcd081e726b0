"""Another passphrase for the caseload: the present one, and twice the new one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from kkd_desktop.actions import passphrases, remembering
from kkd_desktop.actions.passphrases import Rewritten, State
from kkd_desktop.actions.secrets import SHORTEST, Passphrase
from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import tasks
from kkd_desktop.gui.backup_keeper import keeper_of
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.passphrase import StrengthMeter, passphrase_edit


class PassphraseDialog(Dialog):
    """The whole store is written anew in a pool thread; only then does it change places.

    Signals:
        changed: the new passphrase holds.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Passphrase ändern"), parent=parent)
        self._session = session
        self._seen: State = (0, 0)
        self._given_up = False
        self.current = FormField(self.tr("&Bisherige Passphrase"), passphrase_edit())
        self.new = FormField(
            self.tr("&Neue Passphrase"),
            passphrase_edit(),
            self.tr("Am besten ein Satz, den nur Sie kennen."),
        )
        self.repeated = FormField(self.tr("Neue Passphrase &wiederholen"), passphrase_edit())
        self.meter = StrengthMeter()
        warning = Banner()
        warning.say(
            self.tr("Wichtig"),
            self.tr(
                "Danach wird gleich neu gesichert. "
                "Sicherungen von vorher öffnen sich weiterhin nur mit der bisherigen Passphrase. "
                "Bewahren Sie beide Abschriften verschlossen auf, bis die letzte davon abgelaufen "
                "ist."
            ),
            Tone.SOON,
        )
        for widget in (self.current, self.new, self.meter, self.repeated, warning):
            self.body.addWidget(widget)
        self.body.addStretch()
        self.add_cancel()
        self.change_button = self.set_main_action(self.tr("Ändern"), self.submit)
        self.setMinimumWidth(520)

        _line(self.new).textChanged.connect(self.meter.show_strength)
        _line(self.current).returnPressed.connect(_line(self.new).setFocus)
        _line(self.new).returnPressed.connect(_line(self.repeated).setFocus)
        _line(self.repeated).returnPressed.connect(self.submit)
        _line(self.current).setFocus()

    def submit(self) -> None:
        """Check what was typed, then write the store anew."""
        if self.is_busy() or not self._is_complete():
            return
        store = self._session.context.store
        path, key = store.path, store.key
        assert key is not None
        current = Passphrase(_line(self.current).text())
        new = Passphrase(_line(self.new).text())
        self.show_error("")
        self.set_busy(True, self.tr("Wird neu verschlüsselt …"))
        self._seen = passphrases.state(self._session.context)
        tasks.run(
            lambda progress: passphrases.rewrite(path, key, current, new),
            self._put_in_place,
            self._refuse,
        )

    def reject(self) -> None:
        """Until the new file stands in its place, giving up changes nothing."""
        if self.is_busy():
            self._given_up = True
            self.set_busy(False)
        super().reject()

    def _is_complete(self) -> bool:
        faults = (
            (
                self.current,
                ""
                if _line(self.current).text()
                else self.tr("Geben Sie die bisherige Passphrase ein."),
            ),
            (
                self.new,
                ""
                if len(_line(self.new).text()) >= SHORTEST
                else self.tr("Die Passphrase braucht mindestens {n} Zeichen.").format(n=SHORTEST),
            ),
            (
                self.repeated,
                ""
                if _line(self.new).text() == _line(self.repeated).text()
                else self.tr("Die beiden Eingaben sind verschieden."),
            ),
        )
        for field, fault in faults:
            field.show_error(fault)
        wrong = [field for field, fault in faults if fault]
        if wrong:
            wrong[0].field.setFocus()
        return not wrong

    def _put_in_place(self, rewritten: Rewritten) -> None:
        if self._given_up:
            rewritten.discard()
            return
        context = self._session.context
        old = context.store.key
        try:
            passphrases.put_in_place(context, rewritten, self._seen)
        except UserError as fault:
            self._refuse(fault)
            return
        fresh = context.store.key
        assert old is not None
        assert fresh is not None
        tasks.run(lambda progress: remembering.renew(old, fresh))
        for field in (self.current, self.new, self.repeated):
            _line(field).clear()
        self.accept()
        self.changed.emit()
        self._session.done.emit(self.tr("Passphrase geändert"))
        # The first one that opens with the new passphrase.
        keeper_of(self._session).make_if_due()

    def _refuse(self, fault: UserError) -> None:
        self.set_busy(False)
        for field, mark in ((self.current, "bisherige Passphrase stimmt"), (self.new, "dieselbe")):
            if mark in str(fault):
                field.show_error(str(fault))
                _line(field).selectAll()
                _line(field).setFocus()
                return
        self.show_error(str(fault))


def _line(field: FormField) -> QLineEdit:
    assert isinstance(field.field, QLineEdit)
    return field.field
