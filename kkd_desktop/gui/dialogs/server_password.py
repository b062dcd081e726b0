"""With which password does the calendar server open?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from kkd_desktop.domain.server_account import ServerAccount
from kkd_desktop.domain.server_calendar import Password
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.passphrase import passphrase_edit

_WIDTH = 460


class ServerPasswordDialog(Dialog):
    """Asks once. What is typed goes into the keyring only where the user wants it there.

    Signals:
        typed: carries the `Password`; the dialog is gone by then.
    """

    typed = Signal(object)

    def __init__(
        self,
        account: ServerAccount,
        said: str = "",
        *,
        can_remember: bool,
        parent: QWidget | None = None,
    ) -> None:
        """`said` is why the last one did not do."""
        super().__init__(self.tr("Kalenderserver"), account.name, parent)
        self._edit = passphrase_edit()
        self.password = FormField(self.tr("&Passwort"), self._edit)
        who = self.tr("Benutzer „{user}“ auf {address}").format(
            user=account.user, address=account.address
        )
        self.remember = QCheckBox(self.tr("Im Schlüsselbund dieses Rechners merken"))
        self.remember.setVisible(can_remember)
        self.body.addWidget(PlainLabel(who, muted=True, wrap=True))
        self.body.addWidget(self.password)
        self.body.addWidget(self.remember)
        if not can_remember:
            self.body.addWidget(
                PlainLabel(
                    self.tr(
                        "Dieser Rechner hat keinen Schlüsselbund. Das Passwort gilt, bis Sie das "
                        "Programm beenden, und wird nirgends gespeichert."
                    ),
                    muted=True,
                    wrap=True,
                )
            )
        self.body.addStretch()
        self.add_cancel()
        self.set_main_action(self.tr("Anmelden"), self.submit, keys="↵")
        self.setMinimumWidth(_WIDTH)
        if said:
            self.password.show_error(said)

        self._edit.returnPressed.connect(self.submit)
        self._edit.setFocus()

    def wants_remembering(self) -> bool:
        return self.remember.isVisibleTo(self) and self.remember.isChecked()

    def submit(self) -> None:
        """Take what was typed."""
        text = self._edit.text()
        if not text:
            self.password.show_error(self.tr("Geben Sie das Passwort ein."))
            return
        self._edit.clear()
        self.accept()
        self.typed.emit(Password(text))
