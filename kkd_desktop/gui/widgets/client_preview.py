"""Who is the highlighted person? What one asks first, beside the list and without opening it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import casework
from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import shortcuts
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.fact_cards import FactsCard
from kkd_desktop.gui.widgets.side_column import SCROLL_BAR, SideColumn
from kkd_desktop.gui.widgets.why import WhyCard

WIDTH = 330
_PAUSE = 80
"""Milliseconds on one row before it is read: who runs through the list is not kept waiting."""


class ClientPreview(SideColumn):
    """Why and by when, then the facts; it follows the list and changes nothing by itself.

    Signals:
        client_opened: the file of a client is wanted; carries the id.
        other_day_wanted: a talk with this client is to be booked; carries the id.
        move_wanted: the agreed appointment is to be moved; carries its id.
        steps_wanted: every step to what is due is wanted; carries the client's id.
    """

    client_opened = Signal(int)
    other_day_wanted = Signal(int)
    move_wanted = Signal(int)
    steps_wanted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.why = WhyCard(steps_keys=shortcuts.shown("why"))
        self.facts = FactsCard(changeable=False)
        super().__init__((self.why, self.facts), parent)
        self._session = session
        self._client_id: int | None = None
        self._later = QTimer(self, singleShot=True, interval=_PAUSE)
        self.setAccessibleName(self.tr("Die gewählte Person"))
        self.setFixedWidth(WIDTH + SCROLL_BAR)

        self._later.timeout.connect(self.read)
        self.why.other_day.setText(self.tr("Termin vereinbaren …"))
        self.why.client_opened.connect(self.client_opened)
        self.why.other_day_wanted.connect(self._choose_day)
        self.why.move_wanted.connect(self.move_wanted)
        self.why.steps_wanted.connect(self._ask_why)
        self.facts.client_opened.connect(self.client_opened)

    def show_client(self, client_id: int | None) -> None:
        """Show this person soon, or nobody at once."""
        self._client_id = client_id
        if client_id is None:
            self.read()
        elif self.isVisible():
            self._later.start()

    def read(self) -> None:
        """Show what is stored of them now."""
        self._later.stop()
        found = self._found()
        for card in (self.why, self.facts):
            card.setVisible(found is not None)
        if found is not None:
            self.why.show_entry(found.entry, None, found.outcome.today)
            assert self.why.heading is not None
            # Nothing is proposed here that one could ask why: the card says who it is.
            client = found.client
            self.why.heading.title.setText(f"{client.first_name} {client.last_name}".strip())
            self.facts.show_file(found)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._client_id is not None:
            self._later.start()

    def hideEvent(self, event: QHideEvent) -> None:
        # The caseload may be closed before the pause is over.
        self._later.stop()
        super().hideEvent(event)

    def _found(self) -> casework.ClientFile | None:
        if self._client_id is None:
            return None
        try:
            return casework.client_file(self._session.context, self._client_id)
        except UserError:
            # Removed meanwhile, by another process; the list hears of it too.
            return None

    def _ask_why(self) -> None:
        if self._client_id is not None:
            self.steps_wanted.emit(self._client_id)

    def _choose_day(self) -> None:
        if self._client_id is not None:
            self.other_day_wanted.emit(self._client_id)
