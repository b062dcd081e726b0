"""Whom shall a free time be given to? Asked where nobody from the list is meant."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from kkd_desktop.domain.client import Client
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.widgets.client_chooser import ClientChooser
from kkd_desktop.gui.widgets.field import FormField


class WhomDialog(Dialog):
    """Finds a client while one types; `choose` is told once, when the dialog has closed."""

    def __init__(
        self,
        clients: list[Client],
        subtitle: str,
        choose: Callable[[Client], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Wer kommt?"), subtitle, parent)
        self._choose = choose
        self.chooser = ClientChooser(clients)
        self.body.addWidget(FormField(self.tr("&Kundin oder Kunde"), self.chooser))
        self.body.addStretch()
        self.add_cancel()
        self.main_button = self.set_main_action(self.tr("Weiter"), self.submit)
        self.main_button.setEnabled(False)
        self.setMinimumSize(440, 220)
        self.chooser.client_chosen.connect(self._allow)
        self.chooser.setFocus()

    def submit(self) -> None:
        chosen = self.chooser.client
        if chosen is not None:
            self.accept()
            self._choose(chosen)

    def _allow(self, client: Client) -> None:
        self.main_button.setEnabled(True)
        self.main_button.setFocus()
