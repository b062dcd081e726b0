"""Who is in the list beside the calendar, in which order, and which talk is proposed to them?"""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.folding import fold
from kkd_desktop.domain.kept_order import KeptOrder
from kkd_desktop.domain.proposals import Proposal
from kkd_desktop.domain.week import asked_until, order_of_waiting
from kkd_desktop.domain.worklist import GROUP_TITLES, Entry, GroupId
from kkd_desktop.gui.models.waiting_rows import waiting_row
from kkd_desktop.gui.models.worklist import Unwritten, WorklistGroup, WorklistRow
from kkd_desktop.gui.models.worklist_rows import profile_text
from kkd_desktop.gui.proposer import Proposer
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.banner import tell_found
from kkd_desktop.gui.widgets.waiting import DUE, WaitingPanel


class WaitingList(QObject):
    """Fills a `WaitingPanel` and finds proposals for those in sight first.

    Signals: those of the list, passed on.
    """

    picked_up = Signal(int)
    accepted = Signal(int)
    dragged = Signal(int, QPoint)
    dropped = Signal(int, QPoint)
    drag_cancelled = Signal()
    client_opened = Signal(int)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._parent = parent
        self._order = KeptOrder(order_of_waiting)
        self._entries: list[Entry] = []
        self._shown: dict[int, Entry] = {}
        self._until = session.context.today
        self.panel = WaitingPanel(parent)
        self.proposer = Proposer(session, self)
        view = self.panel.view

        self.panel.narrowed.connect(self._narrow)
        self.proposer.found.connect(self._show_proposal)
        view.picked_up.connect(self.picked_up)
        view.accepted.connect(self.accepted)
        view.dragged.connect(self.dragged)
        view.dropped.connect(self.dropped)
        view.drag_cancelled.connect(self.drag_cancelled)
        view.steps_wanted.connect(self.show_steps)
        view.reason_requested.connect(self.show_steps)
        view.client_opened.connect(self.client_opened)

    def show_entries(self, entries: Sequence[Entry], until: date) -> None:
        """Everyone anew; the list takes of them who waits up to this day."""
        self._entries = self._order.sorted(entries)
        self._until = until
        self.proposer.show_entries(self._entries)
        self._show()

    def show_span(self, until: date) -> None:
        """Others are due, the people are the same: what was proposed stays."""
        if until != self._until:
            self._until = until
            self._show()

    def waiting(self) -> list[Entry]:
        """Who is listed now, the longest overdue first."""
        return list(self._shown.values())

    def chosen(self) -> int | None:
        """The client chosen in the list, where the list has been used."""
        key = self.panel.view.current_key()
        return key if key in self._shown else None

    def proposal(self, client_id: int) -> Proposal | None:
        suggestion = self.proposer.find_now(client_id)
        return None if suggestion is None else suggestion.best

    def why_none(self, client_id: int) -> str:
        """Why there is no proposal."""
        suggestion = self.proposer.suggestion(client_id)
        return suggestion.note if suggestion else self.tr("Dafür gibt es keinen Vorschlag.")

    def has_focus(self) -> bool:
        panel = self.panel
        return any(each.hasFocus() for each in (panel.view, panel.search, panel.close_button))

    def start(self) -> None:
        """Go on looking for proposals."""
        self.proposer.start(list(self._shown)[:12])

    def stop(self) -> None:
        self.proposer.stop()

    def show_steps(self, client_id: int) -> None:
        """Every step to what is due for this client."""
        from kkd_desktop.gui.dialogs.why import open_why

        if client_id in self._shown:
            open_why(self._session, client_id, self._parent)

    def _narrow(self) -> None:
        self._show()
        tell_found(self.panel.search, len(self._shown))

    def _show(self) -> None:
        today = self._session.context.today
        is_due = self.panel.span.value() == DUE
        found = asked_until(self._entries, self._until) if is_due else self._entries
        words = fold(self.panel.search.text()).split()
        self._shown = {each.client.id: each for each in found if self._matches(each, words)}
        late = [e for e in self._shown.values() if e.key_day < today]
        soon = [e for e in self._shown.values() if today <= e.key_day <= self._until]
        later = [e for e in self._shown.values() if e.key_day > self._until]
        groups = [
            self._group(GROUP_TITLES[GroupId.OVERDUE], late),
            self._group(self.tr("Bis {day}").format(day=texts.short_day(self._until)), soon),
            self._group(self.tr("Später"), later),
        ]
        self.panel.show_groups(groups, len(found))
        if self.panel.isVisible():
            self.start()

    def _group(self, title: str, entries: Sequence[Entry]) -> WorklistGroup:
        rows = [Unwritten(each.client.id, partial(self._row, each)) for each in entries]
        return WorklistGroup(title, rows)

    def _row(self, entry: Entry) -> WorklistRow:
        suggestion = self.proposer.suggestion(entry.client.id)
        best = None if suggestion is None else suggestion.best
        return waiting_row(entry, self._session.context.today, best)

    def _matches(self, entry: Entry, words: Sequence[str]) -> bool:
        if not words:
            return True
        client = entry.client
        today = self._session.context.today
        known = fold(f"{client.name} {client.number} {client.code} {profile_text(client, today)}")
        return all(word in known for word in words)

    def _show_proposal(self, client_id: int) -> None:
        entry = self._shown.get(client_id)
        if entry is not None:
            self.panel.view.list_model.rewrite_row(Unwritten(client_id, partial(self._row, entry)))
