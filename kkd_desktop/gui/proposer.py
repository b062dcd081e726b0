"""Which day to propose to everyone on the list? Found little by little, so that nothing waits."""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.worklist import Entry
from kkd_desktop.gui import clock
from kkd_desktop.gui.letting_go import LettingGo
from kkd_desktop.gui.session import Session

if TYPE_CHECKING:
    from kkd_desktop.domain.proposals import Suggestion
    from kkd_desktop.domain.slots import Agenda

_SLICE_SECONDS = 0.006


class Proposer(QObject):
    """Works through the entries in slices of a few milliseconds, over one agenda.

    Signals:
        found: a suggestion is there; carries the client's id.
    """

    found = Signal(int)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: dict[int, Entry] = {}
        self._suggestions: dict[int, Suggestion] = {}
        self._letting_go = LettingGo(self)
        self._agenda: Agenda | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._work)

    def show_entries(self, entries: Iterable[Entry]) -> None:
        """Forget what was found and take these, in their order; `start` begins."""
        self._timer.stop()
        self._agenda = None
        self._letting_go.take(self._suggestions.values())
        self._suggestions = {}
        self._waiting = {entry.client.id: entry for entry in entries}

    def start(self, first: Iterable[int] = ()) -> None:
        """Begin or go on, with these clients before the others."""
        ahead = {key: self._waiting[key] for key in first if key in self._waiting}
        self._waiting = {**ahead, **self._waiting}
        if self._waiting:
            self._timer.start()

    def stop(self) -> None:
        """Rest until the next `start`."""
        self._timer.stop()

    def suggestion(self, client_id: int) -> Suggestion | None:
        """What was found so far."""
        return self._suggestions.get(client_id)

    def find_now(self, client_id: int) -> Suggestion | None:
        """The suggestion for one client, looked for at once if need be; None if none is wanted."""
        entry = self._waiting.pop(client_id, None)
        if entry is not None:
            self._find(entry)
        return self._suggestions.get(client_id)

    def is_done(self) -> bool:
        return not self._waiting

    def _work(self) -> None:
        end = perf_counter() + _SLICE_SECONDS
        while self._waiting and perf_counter() < end:
            self._find(self._waiting.pop(next(iter(self._waiting))))
        if not self._waiting:
            self._timer.stop()

    def _find(self, entry: Entry) -> None:
        # Only here: looking for free time is no part of the first picture.
        from kkd_desktop.actions import proposals
        from kkd_desktop.domain.proposals import Suggestion

        context = self._session.context
        try:
            if self._agenda is None:
                self._agenda = proposals.agenda(context)
            found = proposals.propose(
                context,
                entry.client,
                entry.outcome,
                clock.local_now(context.today),
                self._agenda,
            )
        except UserError as fault:
            found = Suggestion(None, note=str(fault))
        self._suggestions[entry.client.id] = found
        self.found.emit(entry.client.id)
