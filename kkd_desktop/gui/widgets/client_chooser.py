"""Whom is it about? Found while one types, by name, Kundennummer or own code."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kkd_desktop.domain.client import Client
from kkd_desktop.domain.folding import fold
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
        known = sorted(clients, key=lambda client: fold(client.name))
        self._known = [(fold(f"{c.name} {c.number} {c.code}"), c) for c in known]
        self.set_source(self._find_clients)

    def choose(self, client: Client) -> None:
        """Take this client and show the name."""
        self.client = client
        self.setText(client.name)
        self.client_chosen.emit(client)

    def _find_clients(self, text: str) -> list[Hit]:
        words = fold(text).split()
        if not words:
            return []
        found = [c for key, c in self._known if all(word in key for word in words)]
        first = words[0]
        found.sort(key=lambda client: not fold(client.name).startswith(first))
        return [self._hit(client) for client in found[:_MOST_HITS]]

    def _hit(self, client: Client) -> Hit:
        detail = " · ".join(part for part in (client.number, client.code) if part)
        return Hit(client.name, lambda: self.choose(client), detail)
