"""What is known about this client, what is due, and why? The Kundenakte."""

from PySide6.QtCore import QModelIndex, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.actions import appointments, casework, letters, proposals
from kkd_desktop.actions.casework import ClientFile
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.client import AgeGroup
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.letter_record import LetterRecord
from kkd_desktop.domain.outcome import CountedContact
from kkd_desktop.domain.proposals import Proposal
from kkd_desktop.gui import shortcuts, theme
from kkd_desktop.gui.clock import local_now
from kkd_desktop.gui.delegates.verdict import VerdictDelegate
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.models.history import (
    NOTE,
    VERDICT,
    HistoryModel,
)
from kkd_desktop.gui.models.timeline import first_day, timeline
from kkd_desktop.gui.models.worklist_rows import profile_text
from kkd_desktop.gui.pages.live import LivePage
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Card
from kkd_desktop.gui.widgets.chain_card import ChainCard
from kkd_desktop.gui.widgets.chip import Chip
from kkd_desktop.gui.widgets.dates_card import DatesCard
from kkd_desktop.gui.widgets.empty import EmptyState
from kkd_desktop.gui.widgets.fact_cards import FactsCard, GoalsCard
from kkd_desktop.gui.widgets.labels import ElidedLabel
from kkd_desktop.gui.widgets.next_talk_card import NextTalkCard, delivery_of
from kkd_desktop.gui.widgets.side_column import SCROLL_BAR, SideColumn
from kkd_desktop.gui.widgets.table import DataTable
from kkd_desktop.gui.widgets.timeline import Timeline
from kkd_desktop.gui.widgets.titled_table import TitledTable
from kkd_desktop.gui.widgets.together import moment_text

_SIDE_WIDTH, _SIDE_NARROW = 330, 290
_ROOMY = 1000
_NOTE_ROOM = 600


class AktePage(LivePage):
    """Everything about one client on one page.

    Signals:
        client_opened: another member of the BG was chosen; carries the id.
        contact_wanted: a talk is to be logged, or corrected; carries the client's id and the
            contact's, None for a new one.
        appointment_wanted: a day is to be chosen for a talk; carries the client's id.
        move_wanted: an appointment shall get another time; carries its id.
        outcome_wanted: what became of an appointment; carries its id and the `AppointmentState`.
    """

    client_opened = Signal(int)
    contact_wanted = Signal(int, object)
    appointment_wanted = Signal(int)
    move_wanted = Signal(int)
    outcome_wanted = Signal(int, str)

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        places: PlaceChooser | None = None,
        settings: QSettings | None = None,
    ) -> None:
        """`settings` keep widths and order of the tables."""
        super().__init__(session, parent)
        self._places = places or PlaceChooser()
        self._client_id: int | None = None
        self._file: ClientFile | None = None
        self.history_model = HistoryModel(self)
        self.name = ElidedLabel(size=theme.TITLE_SIZE, weight=QFont.Weight.DemiBold)
        self.name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.history_button = Button(self.tr("Verlauf"))
        self.edit_button = Button(self.tr("Bearbeiten"))
        self.more_button = Button("…")
        self.more_button.setAccessibleName(self.tr("Auskunft, Übergabe, Löschen"))
        self.more_button.setToolTip(self.tr("Auskunft, Übergabe, Löschen"))
        # One accent on a page: it belongs to the day that is proposed.
        self.contact_button = Button(self.tr("Kontakt erfassen"))
        self.timeline = Timeline()
        self.history = DataTable(self.history_model, self.tr("Kundenhistorie"))
        self.dates = DatesCard(session.context.today)
        self.next_talk = NextTalkCard()
        self.chain = ChainCard()
        self.goals = GoalsCard()
        self.facts = FactsCard()
        self._build_tables()
        self._lay_out()
        self._connect()
        self.history.remember(settings, "akte.historie")
        self.dates.table.remember(settings, "akte.termine")

    def show_client(self, client_id: int) -> None:
        """Show this client from now on."""
        if client_id != self._client_id:
            for table in (self.history, self.dates.table):
                table.setCurrentIndex(QModelIndex())
        self._client_id = client_id
        self._renew()
        first = self.history if self.history_model.rowCount() else self.contact_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def current_client_id(self) -> int | None:
        """Whose file is shown; None where they are gone."""
        return None if self._file is None else self._client_id

    def reload(self) -> None:
        """Ask for the client anew."""
        if self._client_id is None:
            return
        context = self._session.context
        try:
            found = casework.client_file(context, self._client_id)
        except UserError:
            # Removed meanwhile, here or by another process.
            self._file = None
            self._stack.setCurrentWidget(self._gone)
            # Nothing of somebody who was deleted stays in a window.
            self.history_model.show_rows(())
            self.dates.show_dates((), context.today)
            self.name.setText("")
            self.history.setAccessibleName("")
            return
        self._file = found
        self._stack.setCurrentWidget(self._whole)
        suggestion = proposals.propose(
            context, found.client, found.outcome, local_now(context.today)
        )
        self._show_head(found)
        begin = first_day(found, context.today)
        best = None if found.entry.appointment is not None else suggestion.best
        data = timeline(
            found,
            casework.reaches(context, found, begin),
            None if best is None else best.start,
            begin,
            context.today,
        )
        self.timeline.show_data(data)
        self._show_period(data.first.month, data.first.year, data.last.month, data.last.year)
        self._show_tables(found)
        self.next_talk.show_file(found, suggestion, self._company(found))
        self.chain.show_chain(letters.chain_of(context, found.client.id))
        self.goals.show_goals(casework.goals(context, found.client, found.outcome))
        self.facts.show_file(found)

    def edit(self) -> None:
        """Change master data and facts."""
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.client import ClientDialog

        if self._file is not None:
            show(ClientDialog(self._session, self._file.client, parent=self))

    def show_history(self) -> None:
        """What was changed about this person, and when."""
        from kkd_desktop.gui.dialogs.history import open_history

        if self._file is not None:
            open_history(self._session, self._file.client, self)

    def agree_deviation(self) -> None:
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.deviation import DeviationDialog

        if self._file is not None:
            show(DeviationDialog(self._session, self._file.client, parent=self))

    def disclose(self) -> None:
        """Everything that is stored about the client, for the client."""
        from kkd_desktop.gui.dialogs.disclosure import open_disclosure

        if self._file is not None:
            client = self._file.client
            open_disclosure(self._session, [client.id], client.name, self._places, self)

    def hand_over(self) -> None:
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.hand_over import HandOverDialog

        if self._file is not None:
            marked = [self._file.client.id]
            show(HandOverDialog(self._session, marked, places=self._places, parent=self))

    def forget(self) -> None:
        """Delete the client for good, after a question."""
        from kkd_desktop.gui.dialogs.forget import open_forget

        if self._file is not None:
            open_forget(self._session, [self._file.client.id], self._places, self)

    def show_why(self) -> None:
        """Every step: of the highlighted appointment to its day, else to what is due."""
        appointment = self.dates.highlighted() if self.dates.table.hasFocus() else None
        if appointment is not None:
            self._show_why_booked(appointment)
        elif self._file is not None:
            from kkd_desktop.gui.dialogs.why import open_why

            open_why(self._session, self._file.client.id, self)

    def remove_contact(self) -> None:
        """Remove the highlighted contact; it can be taken back."""
        index = self.history.currentIndex()
        if not index.isValid():
            return
        contact = self.history_model.row(index).contact
        assert contact.id is not None, "the history shows stored contacts"
        contact_id = contact.id
        self._session.perform(
            lambda context: casework.remove_contact(context, contact_id),
            lambda: self.tr("Kontakt {day} entfernt").format(day=texts.day(contact.day)),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= _ROOMY
        side = _SIDE_WIDTH if roomy else _SIDE_NARROW
        self._side.setFixedWidth(side + SCROLL_BAR)
        room = self.width() - side - 3 * theme.HUGE
        self._fit_columns(room)
        self._fit_chips(room)

    def _build_tables(self) -> None:
        self.history.setItemDelegateForColumn(VERDICT, VerdictDelegate(self.history))
        self.history.sort_by(0, Qt.SortOrder.DescendingOrder)
        self.history.set_widths(122, 118, 168)
        self.history.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.history_card = TitledTable(
            self.tr("Kundenhistorie"),
            self.history,
            self.tr("Noch kein Kontakt. „Kontakt erfassen“ ({keys}) hält den ersten fest.").format(
                keys=shortcuts.shown("contact")
            ),
        )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        head.addWidget(self.name)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(theme.SMALL)
        head.addSpacing(theme.TINY)
        head.addLayout(self._chips)
        head.addStretch(1)
        head.addWidget(self.history_button)
        head.addWidget(self.edit_button)
        head.addWidget(self.more_button)
        head.addWidget(self.contact_button)
        line = Card(self.tr("Zeitachse"), " ")
        line.body.addWidget(self.timeline)
        assert line.heading is not None
        self._period = line.heading.note
        self._period.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        left = QVBoxLayout()
        left.setSpacing(theme.LARGE)
        left.addLayout(head)
        left.addWidget(line)
        left.addWidget(self.history_card, 3)
        left.addWidget(self.dates, 1)
        left.addStretch()

        self._side = SideColumn((self.next_talk, self.chain, self.goals, self.facts))
        self._whole = QWidget()
        row = QHBoxLayout(self._whole)
        row.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE - SCROLL_BAR, theme.HUGE)
        row.setSpacing(theme.HUGE)
        row.addLayout(left, 1)
        row.addWidget(self._side)
        self._gone = EmptyState(
            self.tr("Diese Person ist nicht mehr im Fallbestand"),
            self.tr("Sie wurde inzwischen entfernt. {keys} führt zurück.").format(
                keys=shortcuts.shown("back")
            ),
            icon="persoenlich",
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._whole)
        self._stack.addWidget(self._gone)

    def _connect(self) -> None:
        self.history_button.clicked.connect(self.show_history)
        self.edit_button.clicked.connect(self.edit)
        self.more_button.clicked.connect(self._show_more)
        self.contact_button.clicked.connect(self._log_contact)
        self.history.row_opened.connect(self._correct)
        self.history.customContextMenuRequested.connect(self._show_contact_menu)
        self.dates.move_wanted.connect(self.move_wanted)
        self.dates.outcome_wanted.connect(self.outcome_wanted)
        self.dates.why_wanted.connect(self._show_why_booked)
        self.next_talk.booking_wanted.connect(self._book)
        self.next_talk.other_day_wanted.connect(self._choose_day)
        self.next_talk.move_wanted.connect(self.move_wanted)
        self.next_talk.outcome_wanted.connect(self.outcome_wanted)
        self.next_talk.steps_wanted.connect(self.show_why)
        self.next_talk.booked_steps_wanted.connect(self._show_why_booked)
        self.chain.copy_wanted.connect(self._show_copy)
        self.facts.client_opened.connect(self.client_opened)
        self.facts.deviation_wanted.connect(self.agree_deviation)
        self.facts.deviation_ended.connect(self._end_deviation)
        shortcuts.bind("akte.remove", self.history, self.remove_contact, shortcuts.ALONE)
        shortcuts.bind("akte.why", self, self.show_why, shortcuts.WITHIN)

    def _show_head(self, found: ClientFile) -> None:
        client, today = found.client, found.outcome.today
        self.name.setText(" ".join(p for p in (client.first_name, client.last_name) if p))
        # Here the keys begin: whoever comes hears first whose it is.
        self.history.setAccessibleName(f"{self.name.text()}, {self.tr('Kundenhistorie')}")
        facts = client.subject.facts
        profile = facts.at("profile", today)
        status = facts.at("status", today)
        age = client.subject.age_group(today)
        chips = [(profile_text(client, today), Tone.SOON if profile is None else Tone.NEUTRAL)]
        if status is not None:
            chips.append((texts.STATUS.get(str(status), str(status)), Tone.NEUTRAL))
        if age is not None:
            chips.append(("U25" if age is AgeGroup.U25 else self.tr("Ü25"), Tone.NEUTRAL))
        if facts.at("org", today) == "fallmanagement":
            chips.append((texts.ORG["fallmanagement"], Tone.NEUTRAL))
        if client.bg_number:
            chips.append((self.tr("BG {number}").format(number=client.bg_number), Tone.NEUTRAL))
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for text, tone in chips:
            self._chips.addWidget(Chip(text, tone))
        self._fit_chips(self.width() - self._side.width() - 3 * theme.HUGE)

    def _show_period(self, month: int, year: int, last_month: int, last_year: int) -> None:
        begin = texts.month(month) + (f" {year}" if year != last_year else "")
        self._period.setText(f"{begin} – {texts.month(last_month)} {last_year}")

    def _show_tables(self, found: ClientFile) -> None:
        self.history_model.show_rows(found.history)
        counted = sum(each.verdict.counts for each in found.history)
        self.history_card.heading.note.setText(
            self.tr("{counted} von {total} zählen").format(
                counted=counted, total=len(found.history)
            )
            if found.history
            else ""
        )
        self.history_card.fit(len(found.history), least=4)
        self.dates.show_dates(found.appointments, found.outcome.today)
        for table, model in (
            (self.history, self.history_model),
            (self.dates.table, self.dates.model),
        ):
            if model.rowCount() and not table.currentIndex().isValid():
                table.setCurrentIndex(model.index(0, 0))

    def _fit_columns(self, width: int) -> None:
        """A narrow page keeps day, form and verdict; the Vermerk is in the tooltip then."""
        self.history.setColumnHidden(NOTE, width < _NOTE_ROOM)
        self.dates.show_columns(width)

    def _is_narrow(self) -> bool:
        """Too narrow for the name beside all buttons: the history is in the menu then."""
        return self.width() < _ROOMY

    def _fit_chips(self, width: int) -> None:
        """As many chips as fit whole beside the name; the card of facts has them all."""
        self.history_button.setVisible(not self._is_narrow())
        buttons = [self.more_button, self.edit_button, self.contact_button]
        if not self._is_narrow():
            buttons.append(self.history_button)
        room = width - sum(button.sizeHint().width() for button in buttons)
        room -= 4 * theme.SMALL + theme.HUGE
        room -= min(self.name.sizeHint().width(), room)
        for place in range(self._chips.count()):
            item = self._chips.itemAt(place)
            chip = None if item is None else item.widget()
            if chip is not None:
                room -= chip.sizeHint().width() + theme.SMALL
                chip.setVisible(room >= 0)

    def _show_why_booked(self, appointment: Appointment) -> None:
        from kkd_desktop.gui.dialogs.why import open_why_booked

        if self._file is not None:
            open_why_booked(self._session, appointment, self._file.client, self)

    def _show_copy(self, letter: LetterRecord) -> None:
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.letter_copy import LetterCopy

        show(LetterCopy(self._session, letter, self._places, self))

    def _log_contact(self) -> None:
        if self._client_id is not None:
            self.contact_wanted.emit(self._client_id, None)

    def _correct(self, row: CountedContact) -> None:
        if self._client_id is not None:
            self.contact_wanted.emit(self._client_id, row.contact.id)

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        hidden = ((self.tr("Verlauf"), self.show_history),) if self._is_narrow() else ()
        for text, act in (
            *hidden,
            (self.tr("Auskunft …"), self.disclose),
            (self.tr("Übergeben …"), self.hand_over),
            (self.tr("Löschen …"), self.forget),
        ):
            menu.addAction(text).triggered.connect(act)
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def _show_contact_menu(self, place: QPoint) -> None:
        index = self.history.indexAt(place)
        if not index.isValid():
            return
        row = self.history_model.row(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Bearbeiten …\tEingabe")).triggered.connect(
            lambda: self._correct(row)
        )
        removing = f"{self.tr('Entfernen')}\t{shortcuts.shown('akte.remove')}"
        menu.addAction(removing).triggered.connect(self.remove_contact)
        menu.popup(self.history.viewport().mapToGlobal(place))

    def _company(self, found: ClientFile) -> list[str]:
        """Who else comes to the next appointment."""
        if found.entry.appointment is None:
            return []
        joined = appointments.joined_with(self._session.context, found.entry.appointment)
        come = {each.client_id for each in joined}
        members = [each for each in found.household if each.id in come]
        return [f"{each.first_name} {each.last_name}".strip() for each in members]

    def _choose_day(self) -> None:
        if self._client_id is not None:
            self.appointment_wanted.emit(self._client_id)

    def _book(self, proposal: Proposal) -> None:
        if self._file is None:
            return
        client = self._file.client
        self._session.perform(
            lambda context: appointments.book_together(
                context, client, proposal, delivery=delivery_of(proposal)
            ),
            lambda: self.tr("Termin vereinbart: {moment}").format(moment=moment_text(proposal)),
        )

    def _end_deviation(self) -> None:
        if self._file is None:
            return
        client = self._file.client
        self._session.perform(
            lambda context: casework.end_deviation(context, client.id),
            lambda: self.tr("Ausnahme beendet"),
        )
