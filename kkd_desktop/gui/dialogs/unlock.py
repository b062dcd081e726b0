"""Which passphrase opens this caseload?"""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import tasks, theme
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.passphrase import passphrase_edit


class UnlockDialog(Dialog):
    """Asks until the caseload opens or the user gives up.

    `unlock` runs in a pool thread, because deriving the key takes its time; what it returns is in
    `opened`. It raises `UserError` for a wrong passphrase, and its sentence is shown at the field.

    Signals:
        unlocked: carries what `unlock` returned.
    """

    unlocked = Signal(object)

    def __init__(
        self,
        store_name: str,
        unlock: Callable[[str], object],
        parent: QWidget | None = None,
        *,
        remembered: Callable[[], object] | None = None,
        can_remember: Callable[[], bool] | None = None,
        is_locked: bool = False,
    ) -> None:
        """`remembered` returns what `unlock` would, or None, and waits for the keyring of the
        system; `can_remember` says whether there is one. Both run in a pool thread. `is_locked`
        words it for somebody who was just here.
        """
        super().__init__(self.tr("Fallbestand öffnen"), parent=parent)
        self.opened: object = None
        self._unlock = unlock
        self._is_locked = is_locked
        self.passphrase = FormField(self.tr("&Passphrase"), passphrase_edit())
        where = PlainLabel(store_name, muted=True, wrap=True)
        self.remember = QCheckBox(self.tr("Auf diesem Rechner &merken"))
        self.remember.setEnabled(False)
        self.remember.setVisible(can_remember is not None)
        self.why_not = PlainLabel(size=theme.SMALL_SIZE, muted=True, wrap=True)
        self.why_not.hide()
        self.body.addWidget(where)
        self.body.addWidget(self.passphrase)
        box = QVBoxLayout()
        box.setSpacing(theme.TINY)
        box.addWidget(self.remember)
        box.addWidget(self.why_not)
        self.body.addLayout(box)
        self.body.addStretch()
        self.restore_wanted = False
        self.restore_button = self.add_action(
            self.tr("Sicherung wiederherstellen …"), self._want_restore
        )
        # The way out of a file that does not open; nobody else is asked to think of it.
        self.restore_button.hide()
        self.add_action(self.tr("Beenden"), self.reject)
        verb = self.tr("Entsperren") if is_locked else self.tr("Öffnen")
        self.open_button = self.set_main_action(verb, self.submit, keys="↵")
        for label in (self.title, self.subtitle):
            label.setHidden(is_locked)
        self.setMinimumWidth(460)

        self._edit().returnPressed.connect(self.submit)
        self._edit().setFocus()
        if remembered is not None:
            self._ask_keyring(remembered)
        if can_remember is not None:
            tasks.run(lambda progress: can_remember(), self._offer_to_remember)

    def wants_remembering(self) -> bool:
        """Whether what opened the caseload is to be kept for the next time."""
        return self.remember.isEnabled() and self.remember.isChecked()

    def submit(self) -> None:
        """Try what was typed."""
        text = self._edit().text()
        if self.is_busy():
            return
        if not text:
            self.passphrase.show_error(self.tr("Geben Sie die Passphrase ein."))
            return
        self.passphrase.show_error("")
        self.set_busy(True, self.tr("Wird geöffnet …"))
        self._edit().setReadOnly(True)
        tasks.run(lambda progress: self._unlock(text), self._open, self._refuse)

    def _edit(self) -> QLineEdit:
        assert isinstance(self.passphrase.field, QLineEdit)
        return self.passphrase.field

    def _ask_keyring(self, remembered: Callable[[], object]) -> None:
        self.passphrase.set_hint(self.tr("Der Schlüsselbund wird gefragt …"))
        self.remember.setChecked(True)
        tasks.run(lambda progress: remembered(), self._take_remembered, self._miss_remembered)

    def _take_remembered(self, opened: object) -> None:
        if opened is None:
            self.passphrase.set_hint(self.tr("Im Schlüsselbund steht sie nicht mehr."))
        elif self.opened is None and self.isVisible():
            self._open(opened)

    def _miss_remembered(self, error: UserError) -> None:
        """What was kept does not open it: then it is asked for, as if nothing had been kept."""
        self.passphrase.set_hint(self.tr("Was der Schlüsselbund kennt, passt nicht mehr."))

    def _offer_to_remember(self, can: bool) -> None:
        self.remember.setEnabled(can)
        if not can:
            self.remember.setChecked(False)
            self.why_not.setText(self.tr("Nicht möglich: Dieser Rechner hat keinen Schlüsselbund."))
        self.why_not.setVisible(not can)

    def _open(self, opened: object) -> None:
        self.opened = opened
        self._edit().clear()
        self.accept()
        self.unlocked.emit(opened)

    def _want_restore(self) -> None:
        self.restore_wanted = True
        self.reject()

    def _refuse(self, error: UserError) -> None:
        self.set_busy(False)
        self.restore_button.setVisible(not self._is_locked)
        self._edit().setReadOnly(False)
        self.passphrase.show_error(str(error))
        self._edit().selectAll()
        self._edit().setFocus()
