"""Beside the worklist: today's appointments, the week against its norm, the reason of a row.

The saved searches are asked for here too, and stand below the list.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from kkd_desktop.actions import appointments, capacity, quotas
from kkd_desktop.actions.worklist import Worklist
from kkd_desktop.domain import texts
from kkd_desktop.gui import shortcuts, theme
from kkd_desktop.gui.models.day import day_rows
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.card import Card
from kkd_desktop.gui.widgets.day import DayView
from kkd_desktop.gui.widgets.figures import CapacityCard, QuotaCard
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.why import WhyCard

if TYPE_CHECKING:
    from kkd_desktop.gui.handing_out import HandingOut
    from kkd_desktop.gui.widgets.search_card import SearchCard

WIDTH, NARROW_WIDTH = 330, 312
_LOW, _QUOTA_HEIGHT = 760, 170
_ROWS, _LOW_ROWS = 8, 3
_WEEK = timedelta(days=6)


class HeuteSide(QScrollArea):
    """The cards of the start page's right column.

    Signals:
        client_opened: the file of a client is wanted; carries the id.
        outcome_chosen: what became of an appointment of today: its id and the key of the outcome.
        menu_requested: more outcomes are wanted: the appointment's id and where.
        names_wanted: who is behind the shares is wanted; carries the populations.
        search_wanted: whom a saved search finds is wanted; carries its line.
    """

    client_opened = Signal(int)
    outcome_chosen = Signal(int, str)
    menu_requested = Signal(int, QPoint)
    names_wanted = Signal(object)
    search_wanted = Signal(str)

    def __init__(
        self, session: Session, below_list: QVBoxLayout, parent: QWidget | None = None
    ) -> None:
        """`below_list` is where the saved searches stand: in sight in the lowest window."""
        super().__init__(parent)
        self._session = session
        self._below_list = below_list
        self._handing_out: HandingOut | None = None
        self._searches: SearchCard | None = None
        self._found: Worklist | None = None
        self._show_searches_soon = QTimer(self, singleShot=True, interval=0)
        self.day = DayView()
        self.day_card = Card(self.tr("Heute"), " ")
        self.no_appointments = PlainLabel(
            self.tr("Heute ist kein Termin vereinbart."), muted=True, wrap=True
        )
        self.why = WhyCard()
        self.capacity = CapacityCard()
        self.quotas = QuotaCard()
        self._column = QWidget()
        self._cards = QVBoxLayout(self._column)
        self._lay_out()

        self.day.client_opened.connect(self.client_opened)
        self.day.outcome_chosen.connect(self.outcome_chosen)
        self.day.menu_requested.connect(self.menu_requested)
        self.day.drag_wanted.connect(lambda key: self.handing_out.drag([key]))
        shortcuts.bind("heute.copy", self.day, self._copy, shortcuts.ALONE)
        self.why.client_opened.connect(self.client_opened)
        self.quotas.names_wanted.connect(self.names_wanted)
        self._show_searches_soon.timeout.connect(self._show_searches)

    def show_week(self, found: Worklist) -> None:
        """Today's appointments, the talks of the week against the norm, and the shares."""
        context = self._session.context
        today, settings = context.today, context.settings
        monday = today - timedelta(days=today.weekday())
        week = appointments.between(context, monday, monday + _WEEK)
        rows = day_rows([each for each in week if each[0].day == today])
        assert self.day_card.heading is not None
        self.day_card.heading.title.setText(
            self.tr("Heute, {count}").format(count=texts.counted(len(rows), "Termin", "Termine"))
            if rows
            else self.tr("Heute")
        )
        room = self.tr("Raum {room}").format(room=settings.room) if settings.room else ""
        self.day_card.heading.note.setText(room)
        self.day.show_rows(rows)
        self.day.setVisible(bool(rows))
        self.no_appointments.setVisible(not rows)
        self.capacity.show_week(
            today,
            [each for each, _ in week],
            capacity.norm_of_week(context, today),
            settings.hours.weekly_hours,
        )
        self.quotas.show_quotas(quotas.of_worklist(context, found))
        # Nothing of the Suchlauf is needed before the column is seen.
        self._found = found
        self._show_searches_soon.start()

    @property
    def searches(self) -> "SearchCard":
        """The saved searches, made after everything else."""
        if self._searches is None:
            from kkd_desktop.gui.widgets.search_card import SearchCard

            self._searches = SearchCard(self._session)
            self._searches.search_wanted.connect(self.search_wanted)
            self._below_list.addWidget(self._searches)
        return self._searches

    def _show_searches(self) -> None:
        if self._found is not None and self._found.entries:
            self.searches.show_searches(self._found.entries)

    @property
    def handing_out(self) -> "HandingOut":
        """Made when it is first asked for: the first picture needs no files."""
        if self._handing_out is None:
            from kkd_desktop.gui.handing_out import HandingOut

            self._handing_out = HandingOut(self._session, self.day)
        return self._handing_out

    def _copy(self) -> None:
        key = self.day.current_key()
        if key is not None:
            self.handing_out.copy([key])

    def fit(self, width: int, height: int) -> None:
        """Take this room. Where it is low, the reason comes before the figures."""
        self._column.setFixedWidth(width)
        room = height - (0 if self.quotas.isHidden() else _QUOTA_HEIGHT)
        low = room < _LOW
        self.day.show_at_most(_LOW_ROWS if low else _ROWS)
        self._cards.removeWidget(self.why)
        self._cards.insertWidget(1 if low else 3, self.why)

    def _lay_out(self) -> None:
        assert self.day_card.heading is not None
        body = self.day_card.body
        body.setContentsMargins(1, theme.MEDIUM, 1, 1)
        self.day_card.heading.setContentsMargins(theme.LARGE, 0, theme.LARGE, theme.TINY)
        self.no_appointments.setContentsMargins(theme.LARGE, 0, theme.LARGE, theme.MEDIUM)
        body.addWidget(self.no_appointments)
        body.addWidget(self.day)
        self.day_card.heading.note.setAlignment(
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(theme.LARGE)
        for card in (self.day_card, self.capacity, self.quotas, self.why):
            self._cards.addWidget(card)
        self._cards.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._column)
