"""Whom is it about? Found while one types, by name, Kundennummer or own code."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kkd_desktop.domain.client import Client
from kkd_desktop.domain.folding import fold
from kkd_desktop.domain.fuzzy import Index, key_of, marks
from kkd_desktop.gui.widgets.commands import CommandField, Hit

_MOST_HITS = 8


class ClientChooser(CommandField):
    """A field that keeps the name of who was chosen.

    Signals:
        client_chosen: carries the `Client`.
    """

    client_chosen = Signal(object)

    def __init__(self, clients: Sequence[Client], parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Name, Kundennummer oder Kürzel …"), self.tr("Alt K"), parent=parent
        )
        self.client: Client | None = None
        self._known = sorted(clients, key=lambda client: fold(client.name))
        self._index = Index(key_of(c.name, c.number, c.code, c.bg_number) for c in self._known)
        self.set_source(self._find_clients)

    def choose(self, client: Client) -> None:
        """Take this client and show the name."""
        self.client = client
        self.setText(client.name)
        self.client_chosen.emit(client)

    def _find_clients(self, text: str) -> list[Hit]:
        found = self._index.find(text, _MOST_HITS)
        return [self._hit(self._known[fit.place], text) for fit in found]

    def _hit(self, client: Client, text: str) -> Hit:
        detail = " · ".join(part for part in (client.number, client.code) if part)
        fitting = marks(client.name, text)
        return Hit(client.name, lambda: self.choose(client), detail, marks=fitting)
