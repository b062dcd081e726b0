"""Who is invited when, has the invitation reached them, and how do the dates get out of here?"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QSettings, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.actions import calendar_export, exports, letters
from kkd_desktop.actions.letters import Wish
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import (
    DELIVERY_TEXTS,
    STATE_TEXTS,
    Appointment,
    AppointmentState,
    Delivery,
)
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.letter import Gap
from kkd_desktop.domain.letter_kinds import PURPOSE_TEXTS, Purpose
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import shortcuts, tasks, theme
from kkd_desktop.gui.dialogs.base import show
from kkd_desktop.gui.dialogs.delivery import (
    DeliveryDialog,
    can_deliver,
    can_reopen,
    can_return,
    deliver,
    reopen,
)
from kkd_desktop.gui.dialogs.export_calendar import ExportCalendarDialog
from kkd_desktop.gui.dialogs.list_preview import ListPreview, list_name
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.dialogs.write_letters import WriteLettersDialog
from kkd_desktop.gui.handing_out import HandingOut
from kkd_desktop.gui.kept import keep_choice
from kkd_desktop.gui.models.appointments import (
    DAY,
    DELIVERY,
    FORM,
    LETTER,
    NAME,
    NUMBER,
    PURPOSE,
    ROOM,
    STATE,
    TIME,
    AppointmentModel,
    Invitation,
    Stage,
)
from kkd_desktop.gui.pages.live import LivePage
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import tell_found
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import TableCard
from kkd_desktop.gui.widgets.dayline import DayLine
from kkd_desktop.gui.widgets.empty import EmptyState
from kkd_desktop.gui.widgets.labels import ElidedLabel, PlainLabel, SectionHeading, set_property
from kkd_desktop.gui.widgets.letters_waiting import LettersWaiting
from kkd_desktop.gui.widgets.segmented import SegmentedControl
from kkd_desktop.gui.widgets.table import DataTable

_WEEK = timedelta(days=7)
_FOUR_WEEKS = timedelta(days=27)
_WIDTHS = {
    DAY: 94,
    TIME: 108,
    NAME: 140,
    NUMBER: 118,
    PURPOSE: 250,
    FORM: 98,
    ROOM: 72,
    LETTER: 140,
    DELIVERY: 152,
    STATE: 128,
}
_GROWING = (NAME, PURPOSE, LETTER)
_GIVING_WAY = (ROOM, NUMBER, FORM, PURPOSE)
"""What a narrow window does without; below the table it stands about the chosen row."""
_DAY_WIDTH = 126
_LINES = 3
"""Of what is said about the chosen row, kept free so that the table stays where it is."""


class Period(StrEnum):
    THIS_WEEK = "this_week"
    NEXT_WEEK = "next_week"
    FOUR_WEEKS = "four_weeks"
    UPCOMING = "upcoming"
    FREE = "free"

    def days(self, today: date) -> tuple[date, date]:
        """First and last day, both included."""
        monday = today - timedelta(days=today.weekday())
        if self is Period.THIS_WEEK:
            return monday, monday + _WEEK - timedelta(days=1)
        if self is Period.NEXT_WEEK:
            return monday + _WEEK, monday + 2 * _WEEK - timedelta(days=1)
        return today, calendar_export.FAR if self is Period.UPCOMING else today + _FOUR_WEEKS


class EinladungenPage(LivePage):
    """The appointments of a period with the way their invitations went.

    Signals:
        client_opened: Enter or double click on a row; carries the client's id.
        move_wanted: an appointment shall get another time; carries its id.
        outcome_wanted: what became of an appointment; carries its id and the `AppointmentState`.
        office_wanted: the letters lack who writes them: the card of the office is wanted.
    """

    client_opened = Signal(int)
    move_wanted = Signal(int)
    outcome_wanted = Signal(int, str)
    office_wanted = Signal()

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        places: PlaceChooser | None = None,
        settings: QSettings | None = None,
    ) -> None:
        """`settings` keep period, filter and order."""
        super().__init__(session, parent)
        self._places = places or PlaceChooser()
        today = session.context.today
        self.model = AppointmentModel(today, self)

        self._make_outputs()
        self._make_filters(today)
        self.waiting = LettersWaiting()
        self._make_table()
        self._make_empty_states()
        self._make_chosen()

        self._lay_out()
        self._actions = self._make_actions()
        self._connect()
        self._keep(settings)

    def _make_outputs(self) -> None:
        """What is made of all that is listed."""
        self.heading = SectionHeading(self.tr("Einladungen"), page=True)
        self.print_button = Button(self.tr("Liste drucken …"))
        self.print_button.setToolTip(
            _with_keys(self.tr("Liste des Zeitraums drucken"), "letters.print")
        )
        self.pdf_button = Button(self.tr("Liste als PDF …"))
        self.pdf_button.setToolTip(
            _with_keys(self.tr("Liste des Zeitraums als PDF speichern"), "letters.pdf")
        )
        self.calendar_button = Button(self.tr("Kalenderdatei …"))
        self.calendar_button.setToolTip(
            _with_keys(self.tr("Als Kalenderdatei (.ics) exportieren"), "letters.ics")
        )
        self.write_button = Button(
            self.tr("Schreiben …"), kind="primary", keys=shortcuts.shown("letters.write")
        )
        for button in (
            self.print_button,
            self.pdf_button,
            self.calendar_button,
            self.write_button,
        ):
            self.heading.add(button)

    def _make_filters(self, today: date) -> None:
        self.period = SegmentedControl(
            (
                (Period.THIS_WEEK, self.tr("Diese Woche")),
                (Period.NEXT_WEEK, self.tr("Nächste Woche")),
                (Period.FOUR_WEEKS, self.tr("4 Wochen")),
                (Period.UPCOMING, self.tr("Ab heute")),
                (Period.FREE, self.tr("Von–bis")),
            ),
            self.tr("Zeitraum"),
        )
        self.period.set_value(Period.FOUR_WEEKS)
        self.since, self.until = DayLine(today), DayLine(today)
        self.since.setAccessibleName(self.tr("Zeitraum von"))
        self.until.setAccessibleName(self.tr("Zeitraum bis"))
        for field in (self.since, self.until):
            field.setFixedWidth(_DAY_WIDTH)
        self.stage = SegmentedControl(
            [(stage, text) for stage, text in self._stage_texts().items()],
            self.tr("Stand der Einladung"),
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Name, Nummer, Anlass …"))
        self.search.setAccessibleName(self.tr("In den Terminen suchen"))
        self.search.setClearButtonEnabled(True)

    def _make_table(self) -> None:
        self.table = DataTable(self.model, self.tr("Termine und Einladungen"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setDragEnabled(True)
        self.table.sort_by(DAY)
        self._handing_out = HandingOut(self._session, self.table, self._places)

    def _make_empty_states(self) -> None:
        self._hidden = EmptyState(
            self.tr("Kein Termin passt zu Filter und Suche"),
            self.tr("Im Zeitraum gibt es Termine, sie sind nur ausgeblendet."),
            self.tr("Alle des Zeitraums zeigen"),
            icon="filter",
        )
        self._none_unanswered = EmptyState(
            self.tr("Kein Termin ohne Antwort in diesem Zeitraum"),
            self.tr("Hier stehen vergangene Termine, deren Ergebnis noch fehlt."),
            self.tr("Die letzten 4 Wochen zeigen"),
            icon="zaehlt",
        )
        self._none_here = EmptyState(
            self.tr("Keine Termine in diesem Zeitraum"),
            self.tr("Termine entstehen beim Erfassen eines Kontakts und in der Kundenakte."),
            self.tr("Alle ab heute zeigen"),
            icon="einladungen",
        )
        self._none_at_all = EmptyState(
            self.tr("Noch keine Termine vereinbart"),
            self.tr(
                "Öffnen Sie unter Heute oder Kunden eine Akte und vereinbaren Sie den "
                "vorgeschlagenen Termin. Hier drucken Sie dann die Liste und geben die Termine "
                "an Ihren Kalender weiter."
            ),
            icon="einladungen",
        )
        for empty in (self._hidden, self._none_here, self._none_unanswered):
            # The main action of the page is another one.
            set_property(empty.button, "kind", "")

    def _make_chosen(self) -> None:
        """What is said about the chosen rows, and what can be done with them."""
        self.chosen = self.kept_clear = ElidedLabel()
        self.about = PlainLabel(muted=True, wrap=True)
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.about.setMinimumHeight(_LINES * self.about.fontMetrics().lineSpacing())
        self.handed_button = Button(self.tr("Ausgehändigt"), keys="H")
        self.post_button = Button(self.tr("Per Post"), keys="P")
        self.delivery_button = Button(self.tr("Zustellung …"), keys="Z")
        self.move_button = Button(self.tr("Verlegen …"), keys="V")
        self.open_button = Button(self.tr("Akte öffnen"), keys="↵")

    def reload(self) -> None:
        """Ask for the appointments of the period anew; what is selected stays selected."""
        ids = {each.appointment.id for each in self.invitations()}
        since, until = self._days()
        rows = self._ask(since, until)
        if self._period() is Period.UPCOMING:
            until = max((each.appointment.day for each in rows), default=since + _FOUR_WEEKS)
        _put(self.since, since)
        _put(self.until, until)
        self.model.show_rows(rows)
        self._count(rows)
        self.waiting.show_gaps(each.gaps for each in rows if each.gaps is not None)
        self._filter()
        self._select(ids)
        self._offer_server()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.focusWidget() is None and self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def selected(self) -> list[Appointment]:
        """The selected appointments from top to bottom."""
        return [each.appointment for each in self.invitations()]

    def _ids(self) -> list[int]:
        return [each.id for each in self.selected() if each.id is not None]

    def invitations(self) -> list[Invitation]:
        """The selected rows from top to bottom."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.row(self.model.index(row, 0)) for row in rows]

    def to_write(self) -> list[Appointment]:
        """For whom letters are written: the selection, else everybody who still needs one."""
        today = self._session.context.today
        rows = self.invitations() or [e for e in self.model.rows() if e.needs_letter(today)]
        return [each.appointment for each in rows]

    def current_client_id(self) -> int | None:
        """Whose appointment is chosen, for the commands that need a client."""
        chosen = self.selected()
        return chosen[0].client_id if len(chosen) == 1 else None

    def show_period(self, period: Period) -> None:
        """Choose one of the presets."""
        self.period.set_value(period)

    def _ask(self, since: date, until: date) -> list[Invitation]:
        """The appointments with their letters; those that still need one are checked."""
        context = self._session.context
        rows = [
            Invitation(each.appointment, each.client, each.letters)
            for each in letters.between(context, since, until)
        ]
        wanted = [
            each.appointment.id
            for each in rows
            if each.needs_letter(context.today) and each.appointment.id is not None
        ]
        gaps: dict[int | None, tuple[Gap, ...]] = {}
        usual = letters.usual_purposes(context)
        for start in range(0, len(wanted), letters.MOST_LETTERS):
            some = wanted[start : start + letters.MOST_LETTERS]
            made = letters.compose(context, some, Wish(delivery=Delivery.POST, usual=usual))
            gaps.update((each.letter.appointment.id, each.gaps) for each in made)
        return [replace(each, gaps=gaps.get(each.appointment.id)) for each in rows]

    def _keep(self, settings: QSettings | None) -> None:
        keep_choice(settings, "einladungen/period", self.period)
        keep_choice(settings, "einladungen/stage", self.stage)
        self.table.set_widths(*[_WIDTHS[column] for column in range(len(_WIDTHS))])
        self.table.share_room(_GROWING, _GIVING_WAY)
        self.table.remember(settings, "einladungen")

    def _lay_out(self) -> None:
        periods = QHBoxLayout()
        periods.setSpacing(theme.SMALL)
        periods.addWidget(self.period)
        periods.addSpacing(theme.TINY)
        periods.addWidget(self.since)
        periods.addWidget(PlainLabel(self.tr("bis"), muted=True))
        periods.addWidget(self.until)
        periods.addStretch()
        stages = QHBoxLayout()
        stages.setSpacing(theme.SMALL)
        stages.addWidget(self.stage)
        stages.addStretch()
        self.search.setMaximumWidth(280)
        stages.addWidget(self.search, 2)
        self._stack = QStackedLayout()
        self._card = TableCard(self.table)
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.TINY)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SMALL)
        buttons.addWidget(self.chosen, 1)
        self._acts = (
            self.handed_button,
            self.post_button,
            self.delivery_button,
            self.move_button,
            self.open_button,
        )
        for button in self._acts:
            kept = button.sizePolicy()
            kept.setRetainSizeWhenHidden(True)
            button.setSizePolicy(kept)
            buttons.addWidget(button)
        below.addLayout(buttons)
        below.addWidget(self.about)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.heading)
        column.addLayout(periods)
        column.addLayout(stages)
        column.addWidget(self.waiting)
        column.addLayout(self._stack, 1)
        column.addWidget(self._below)
        # Only now: a stack without a parent shows its first widget as a window of its own.
        for widget in (
            self._card,
            self._hidden,
            self._none_unanswered,
            self._none_here,
            self._none_at_all,
        ):
            self._stack.addWidget(widget)

    def _connect(self) -> None:
        self.period.value_changed.connect(self._change_period)
        self.since.day_changed.connect(self._take_days)
        self.until.day_changed.connect(self._take_days)
        self.stage.value_changed.connect(self._filter)
        self.search.textChanged.connect(self._search)
        self.table.row_opened.connect(lambda row: self.client_opened.emit(row.client.id))
        self.table.drag_wanted.connect(lambda: self._handing_out.drag(self._ids()))
        self.table.selectionModel().selectionChanged.connect(self._say_selection)
        self._hidden.action_requested.connect(self._show_hidden)
        self._none_here.action_requested.connect(lambda: self.show_period(Period.UPCOMING))
        self._none_unanswered.action_requested.connect(self._show_past)
        self.handed_button.clicked.connect(lambda: self._deliver(Delivery.HANDED_OVER))
        self.post_button.clicked.connect(lambda: self._deliver(Delivery.POST))
        self.delivery_button.clicked.connect(self._ask_delivery)
        self.move_button.clicked.connect(self._move)
        self.write_button.clicked.connect(self.write)
        self.waiting.purpose_chosen.connect(self._take_purpose)
        self.waiting.office_wanted.connect(self.office_wanted)
        self.open_button.clicked.connect(self._open)
        self.print_button.clicked.connect(self._print)
        self.pdf_button.clicked.connect(self._save_pdf)
        self.calendar_button.clicked.connect(self._hand_over)
        for id, act in (
            ("letters.write", self.write),
            ("letters.print", self._print),
            ("letters.pdf", self._save_pdf),
            ("letters.ics", self._export),
            ("letters.search", self._begin_search),
        ):
            shortcuts.bind(id, self, act, shortcuts.WITHIN)

    def _make_actions(self) -> dict[str, QAction]:
        """The context menu of the table; its letters work while the table has the focus."""
        made: dict[str, QAction] = {}

        def add(name: str, text: str, keys: str, act: Callable[[], object]) -> None:
            action = QAction(text, self.table)
            if keys:
                action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda: act())
            self.table.addAction(action)
            made[name] = action

        def line() -> None:
            separator = QAction(self.table)
            separator.setSeparator(True)
            self.table.addAction(separator)

        add("open", self.tr("Akte öffnen"), "", self._open)
        add("why", self.tr("Warum dieser Tag?"), "W", self._show_why)
        line()
        for delivery, keys in (
            (Delivery.HANDED_OVER, "H"),
            (Delivery.POST, "P"),
            (Delivery.PORTAL, ""),
        ):
            text = self.tr("Heute {how}").format(how=DELIVERY_TEXTS[delivery])
            add(delivery, text, keys, partial(self._deliver, delivery))
        add("delivery", self.tr("Zustellung an anderem Tag, Rücklauf …"), "Z", self._ask_delivery)
        add("reopen", self.tr("Noch nicht zugestellt"), "", self._reopen)
        line()
        add("move", self.tr("Verlegen …"), "V", self._move)
        for state, keys in (
            (AppointmentState.ATTENDED, "E"),
            (AppointmentState.MISSED, "N"),
            (AppointmentState.CANCELLED, "A"),
            (AppointmentState.ILL, "K"),
        ):
            text = self.tr("Ergebnis: {state}").format(state=STATE_TEXTS[state])
            add(state, text, keys, partial(self._finish, state))
        line()
        copy, save = self._handing_out.copy, self._handing_out.save
        add("copy", self.tr("Als .ics kopieren"), "Ctrl+Shift+C", lambda: copy(self._ids()))
        add("save", self.tr("Als .ics speichern …"), "", lambda: save(self._ids()))
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        return made

    def _stage_texts(self) -> dict[Stage, str]:
        return {
            Stage.ALL: self.tr("Alle"),
            Stage.UNDELIVERED: self.tr("Zustellung fehlt"),
            Stage.INVITED: self.tr("Eingeladen"),
            Stage.UNANSWERED: self.tr("Ohne Antwort"),
            Stage.CLOSED: self.tr("Abgeschlossen"),
        }

    def _period(self) -> Period:
        return Period(self.period.value())

    def _days(self) -> tuple[date, date]:
        if self._period() is not Period.FREE:
            return self._period().days(self._session.context.today)
        since, until = self._shown_days()
        return since, max(since, until)

    def _change_period(self) -> None:
        self.reload()
        if self._period() is Period.FREE:
            self.since.setFocus()
            self.since.selectAll()

    def _take_days(self) -> None:
        """A day was typed: no preset tells the truth any longer."""
        if self.since.day() is None or self.until.day() is None:
            return
        self.period.blockSignals(True)
        self.period.set_value(Period.FREE)
        self.period.blockSignals(False)
        self.reload()

    def _count(self, booked: Sequence[Invitation]) -> None:
        today = self._session.context.today
        for stage, text in self._stage_texts().items():
            number = sum(stage.holds(each.appointment, today) for each in booked)
            button = self.stage.button(stage)
            button.setText(f"{text} {number}" if booked else text)
            button.setAccessibleName(button.text())
            button.updateGeometry()
        days = len({each.appointment.day for each in booked})
        note = ""
        if booked:
            note = self.tr("{count} an {days}").format(
                count=texts.counted(len(booked), "Termin", "Termine"),
                days=texts.counted(days, "Tag", "Tagen"),
            )
        self.heading.note.setText(note)
        self.heading.note.set_shorter(texts.counted(len(booked), "Termin", "Termine"))
        self.print_button.setEnabled(bool(booked))
        self.pdf_button.setEnabled(bool(booked))

    def _filter(self) -> None:
        stage, today = Stage(self.stage.value()), self._session.context.today
        self.model.filter(
            None if stage is Stage.ALL else lambda row: stage.holds(row.appointment, today)
        )
        self._show_state()

    def _search(self, text: str) -> None:
        self.model.search(text)
        tell_found(self.search, self.model.rowCount())
        self._show_state()

    def _begin_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _show_state(self) -> None:
        """The table, or what to do where it is empty."""
        shown: QWidget = self._card
        if not self.model.rowCount():
            shown = self._none_at_all
            unanswered = Stage(self.stage.value()) is Stage.UNANSWERED
            if unanswered and not self.search.text() and self._reaches_today():
                shown = self._none_unanswered
            elif self.model.total():
                shown = self._hidden
            elif self._period() is not Period.UPCOMING:
                shown = self._none_here
        self._stack.setCurrentWidget(shown)
        self._below.setVisible(shown is self._card)
        self._say_selection()

    def _show_hidden(self) -> None:
        self.search.clear()
        self.stage.set_value(Stage.ALL)

    def _reaches_today(self) -> bool:
        return self._shown_days()[1] >= self._session.context.today

    def _show_past(self) -> None:
        """The four weeks before today."""
        today = self._session.context.today
        _put(self.since, today - _FOUR_WEEKS - timedelta(days=1))
        _put(self.until, today - timedelta(days=1))
        self._take_days()

    def _select(self, ids: set[int | None]) -> None:
        selection = self.table.selectionModel()
        selection.clearSelection()
        flags = QItemSelectionModel.SelectionFlag
        for row, each in enumerate(self.model.rows()):
            if each.appointment.id in ids:
                index = self.model.index(row, 0)
                if not selection.hasSelection():
                    selection.setCurrentIndex(index, flags.NoUpdate)
                selection.select(index, flags.Select | flags.Rows)
        self._say_selection()

    def _say_selection(self) -> None:
        rows = self.invitations()
        chosen = [each.appointment for each in rows]
        deliverable = any(can_deliver(each) for each in rows)
        one = chosen[0] if len(chosen) == 1 else None
        is_open = one is not None and one.state.is_open
        begun = one is not None and one.day <= self._session.context.today
        for name, enabled in (
            ("open", one is not None),
            ("why", one is not None),
            (Delivery.HANDED_OVER, deliverable),
            (Delivery.POST, deliverable),
            (Delivery.PORTAL, deliverable),
            ("delivery", deliverable or any(can_return(each) for each in rows)),
            ("reopen", any(can_reopen(each) for each in rows)),
            ("move", is_open),
            (AppointmentState.ATTENDED, is_open and begun),
            (AppointmentState.MISSED, is_open and begun),
            (AppointmentState.CANCELLED, is_open),
            (AppointmentState.ILL, is_open),
            ("copy", any(each.state.is_standing for each in chosen)),
            ("save", any(each.state.is_standing for each in chosen)),
        ):
            self._actions[name].setEnabled(enabled)
        self.handed_button.setEnabled(deliverable)
        self.post_button.setEnabled(deliverable)
        self.move_button.setEnabled(is_open)
        self.open_button.setEnabled(one is not None)
        self.delivery_button.setEnabled(self._actions["delivery"].isEnabled())
        self.write_button.setEnabled(bool(self.to_write()))
        for button in self._acts:
            # Where there is nothing to act on, five grey buttons would only be noise.
            button.setVisible(bool(chosen))
        self.chosen.set_tone(Tone.ACCENT if chosen else Tone.NEUTRAL)
        self.chosen.setText(self._selection_text(chosen))
        if chosen:
            self.chosen.set_shorter(self.tr("{n} ausgewählt").format(n=len(chosen)))
        self.about.setText(self._about(rows))

    def _selection_text(self, chosen: Sequence[Appointment]) -> str:
        if not self.model.rowCount():
            return ""
        if not chosen:
            return self.tr("Nichts ausgewählt")
        count = texts.counted(len(chosen), "Termin", "Termine")
        closed = sum(not each.state.is_open for each in chosen)
        text = self.tr("{count} ausgewählt").format(count=count)
        if closed == len(chosen):
            text += self.tr(", schon abgeschlossen")
        elif closed:
            text += self.tr(", {closed} davon abgeschlossen").format(closed=closed)
        return text

    def _about(self, rows: Sequence[Invitation]) -> str:
        """Of one row everything about its letter, of several how many are ready."""
        if len(rows) == 1:
            appointment = rows[0].appointment
            where = self.tr("Raum {room}").format(room=appointment.room) if appointment.room else ""
            parts = (rows[0].client.name, texts.FORMS[appointment.form], where, appointment.purpose)
            about = " · ".join(part for part in parts if part)
            return "\n".join(each for each in (about, self.model.sentences(rows[0])) if each)
        wanted = rows or [each for each in self.model.rows() if each.gaps is not None]
        checked = [each.gaps for each in wanted if each.gaps is not None]
        if not checked:
            return "" if rows else self.tr("Zu allen Terminen ist die Einladung geschrieben.")
        ready = sum(not any(gap.stops for gap in gaps) for gaps in checked)
        text = self.tr("{count} noch zu schreiben, {ready} davon vollständig.").format(
            count=texts.counted(len(checked), "Einladung", "Einladungen"),
            ready=ready,
        )
        if rows:
            return text
        hint = self.tr("„Schreiben …“ nimmt sie alle, oder was Sie auswählen (Strg A für alle).")
        return f"{text}\n{hint}"

    def _deliver(self, delivery: Delivery) -> None:
        rows = self.invitations()
        if any(can_deliver(each) for each in rows):
            deliver(self._session, rows, delivery)

    def _ask_delivery(self) -> None:
        if self.delivery_button.isEnabled():
            show(DeliveryDialog(self._session, self.invitations(), self))

    def _reopen(self) -> None:
        reopen(self._session, self.invitations())

    def write(self) -> None:
        """Letters for the selection, else for everybody who still needs one."""
        chosen = self.to_write()
        if len(chosen) > letters.MOST_LETTERS:
            text = self.tr("Höchstens {n} Briefe auf einmal; bitte weniger auswählen.")
            self._session.failed.emit(text.format(n=letters.MOST_LETTERS))
        elif chosen:
            show(WriteLettersDialog(self._session, chosen, self._places, self))

    def _take_purpose(self, purpose: str) -> None:
        """What invitations are about from now on where nothing was agreed."""
        self._session.perform(
            lambda context: context.change_settings(usual_purpose=purpose),
            lambda: self.tr("Üblicher Meldezweck gesetzt: {purpose}").format(
                purpose=PURPOSE_TEXTS[Purpose(purpose)]
            ),
        )
        self.table.setFocus()

    def _open(self) -> None:
        for chosen in self.selected()[:1]:
            self.client_opened.emit(chosen.client_id)

    def _show_why(self) -> None:
        # Only here: the steps are read when somebody asks for them.
        from kkd_desktop.gui.dialogs.why import open_why_booked

        for chosen in self.invitations()[:1]:
            open_why_booked(self._session, chosen.appointment, chosen.client, self)

    def _move(self) -> None:
        for chosen in self.selected()[:1]:
            self.move_wanted.emit(chosen.id)

    def _finish(self, state: AppointmentState) -> None:
        for chosen in self.selected()[:1]:
            self.outcome_wanted.emit(chosen.id, state.value)

    def _shown_days(self) -> tuple[date, date]:
        since = self.since.day() or self._session.context.today
        return since, self.until.day() or since

    def _print(self) -> None:
        if self.print_button.isEnabled():
            show(ListPreview(self._session, *self._shown_days(), self._places, self))

    def _save_pdf(self) -> None:
        if not self.pdf_button.isEnabled():
            return
        since, until = self._shown_days()
        context = self._session.context
        path = self._places.file(
            self, self.tr("Einladungsliste speichern"), list_name(since, until), "PDF (*.pdf)"
        )
        if path is None:
            return
        typeset = exports.prepare_invitation_list(context, since, until, context.settings.privacy)
        said = self.tr("Einladungsliste gespeichert: {path}").format(path=path)
        tasks.run(
            lambda progress: exports.write_pdf(path, typeset()),
            lambda _: self._session.done.emit(said),
            self._fail,
        )

    def _offer_server(self) -> None:
        """With a calendar on a server there are two ways out, and the button asks which."""
        chosen = self._session.context.settings.server.is_chosen
        self.calendar_button.setText(
            self.tr("Kalender …") if chosen else self.tr("Kalenderdatei …")
        )

    def _hand_over(self) -> None:
        if not self._session.context.settings.server.is_chosen:
            self._export()
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        exporting = self.tr("Kalenderdatei exportieren …")
        menu.addAction(f"{exporting}\t{shortcuts.shown('letters.ics')}", self._export)
        menu.addAction(self.tr("Kalender auf dem Server abgleichen"), self._push)
        menu.popup(self.calendar_button.mapToGlobal(self.calendar_button.rect().bottomLeft()))

    def _push(self) -> None:
        from kkd_desktop.gui.calendar_push import push_of

        push_of(self._session).push(self.window())

    def _export(self) -> None:
        show(ExportCalendarDialog(self._session, *self._shown_days(), self._places, self))

    def _fail(self, fault: UserError) -> None:
        self._session.failed.emit(str(fault))


def _put(field: DayLine, day: date) -> None:
    """Show a day without telling; what is being typed is left alone where it says the same."""
    if field.day() != day:
        field.blockSignals(True)
        field.set_day(day)
        field.blockSignals(False)


def _with_keys(text: str, id: str) -> str:
    return f"{text} ({shortcuts.shown(id)})"
