"""What does the search-and-command field find? People first, then commands and pages."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from kkd_desktop.actions import casework
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.folding import fold
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.commands import Hit

MOST_PEOPLE = 8


class Finder(QObject):
    """Finds by name, Kundennummer, own code and BG; the names are read again after a change."""

    def __init__(
        self,
        session: Session,
        commands: Sequence[Hit],
        open_client: Callable[[int], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._commands = commands
        self._open_client = open_client
        self._people: list[tuple[str, Client]] | None = None
        session.changed.connect(self._forget)

    def find(self, text: str) -> Sequence[Hit]:
        """Hits for what is typed; without text the commands, so that one can look around."""
        words = fold(text).split()
        commands = [hit for hit in self._commands if _fits(fold(hit.title), words)]
        return [*self._found(words), *commands] if words else commands

    def _found(self, words: Sequence[str]) -> list[Hit]:
        found = [client for key, client in self._known() if _fits(key, words)]
        return [self._person(client) for client in found[:MOST_PEOPLE]]

    def _person(self, client: Client) -> Hit:
        detail = " · ".join(part for part in (client.number, client.code) if part)
        return Hit(client.name, lambda: self._open_client(client.id), detail)

    def _known(self) -> list[tuple[str, Client]]:
        if self._people is None:
            known = sorted(casework.all_clients(self._session.context), key=lambda c: fold(c.name))
            self._people = [(fold(f"{c.name} {c.number} {c.code} {c.bg_number}"), c) for c in known]
        return self._people

    def _forget(self) -> None:
        self._people = None


def _fits(key: str, words: Sequence[str]) -> bool:
    return all(word in key for word in words)
