"""How do I fill my week? The calendar, beside it who still waits, below it how full it is."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from kkd_desktop.actions import week as plans
from kkd_desktop.domain import texts
from kkd_desktop.domain.lengths import Length
from kkd_desktop.domain.outcome import Obligation
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.week import Load, Talk, Week, monday_of
from kkd_desktop.domain.workdays import DAY
from kkd_desktop.domain.worklist import Entry
from kkd_desktop.gui import clock, shortcuts, theme
from kkd_desktop.gui.kept import keep_choice
from kkd_desktop.gui.models.week_carry import Carry
from kkd_desktop.gui.models.week_proposals import ProposedTalk
from kkd_desktop.gui.pages.live import LivePage
from kkd_desktop.gui.pages.woche_bringen import Bringing
from kkd_desktop.gui.pages.woche_liste import WaitingList
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.week_planning import WeekPlanning
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.empty import EmptyState
from kkd_desktop.gui.widgets.focus import lead_focus
from kkd_desktop.gui.widgets.labels import SectionHeading
from kkd_desktop.gui.widgets.segmented import SegmentedControl
from kkd_desktop.gui.widgets.week_footer import Legend, LoadCard
from kkd_desktop.gui.widgets.week_view import WeekView
from kkd_desktop.gui.widgets.weeks_view import WeeksView

if TYPE_CHECKING:
    from kkd_desktop.gui.dialogs.places import PlaceChooser
    from kkd_desktop.gui.pages.woche_plan import PlanPreview
    from kkd_desktop.gui.widgets.dayline import MonthPopup

DAY_MODE, WEEK_MODE, WEEKS_MODE = "day", "week", "weeks"
_WEEKS = 4
_MINUTE_MS = 60_000
_LIST_CLOSED = "woche/list_closed"
_LIST_WIDTH, _NARROW_LIST, _NARROW = 304, 258, 960
_PLAN_WIDTH, _NARROW_PLAN = 410, 320
_ARROW = 36


class WochePage(LivePage):
    """The calendar of a day, a week or four weeks. Keys 1, 2, 3 choose, T is today, G a month
    to choose from, P proposes a plan, F6 goes to the list or plan and back, Ctrl+P prints.

    Signals:
        client_opened: the file of a client is wanted; carries the id.
        settings_wanted: hours are to be set.
        letters_wanted: letters are to be written to the appointments with these ids.
    """

    client_opened = Signal(int)
    settings_wanted = Signal()
    letters_wanted = Signal(object)

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        places: "PlaceChooser | None" = None,
        settings: QSettings | None = None,
    ) -> None:
        """`settings` keep the view, and who is in the list."""
        super().__init__(session, parent)
        self._places = places
        self._settings = settings
        self.shown = WEEK_MODE
        self._day = session.context.today
        self.entries: list[Entry] = []
        self._due: dict[int, Obligation] = {}
        self.week: Week | None = None
        self._month: MonthPopup | None = None
        self._counted: Week | None = None
        self.plan: PlanPreview | None = None
        self.planning = WeekPlanning(session, self)
        self._tick = QTimer(self, interval=_MINUTE_MS)
        self._build()
        self._lay_out()
        self._connect()
        keep_choice(settings, "woche/mode", self.mode)
        keep_choice(settings, "woche/list", self.list.panel.span)
        if settings is not None and settings.value(_LIST_CLOSED) == "true":
            self.list.panel.hide()
            self.list_button.show()

    def reload(self) -> None:
        """Ask for everything anew; what has the keys keeps them, and what is carried stays."""
        self.entries = plans.entries(self._session.context)
        self._due = {each.client.id: each.outcome.deciding for each in self.entries}
        before = self.week
        if self.plan is not None:
            self.plan.check()
        if self.week is before:
            # Else the plan had something to say, and the week was shown for that.
            self._show()
        self.list.show_entries(self.entries, self._last_shown())
        self._name_list_button()

    def show_day(self, day: date) -> None:
        """Show the page of this day, in the view that is chosen."""
        self._day = day
        if self.shown == DAY_MODE:
            while self._day.weekday() >= 5:
                self._day += DAY
        self._show()
        self.list.show_span(self._last_shown())

    def show_month(self) -> None:
        """A small month to choose a day from."""
        if self._month is None:
            from kkd_desktop.gui.widgets.dayline import MonthPopup

            self._month = MonthPopup(self.today_button)
            self._month.chosen.connect(self.go_to)
        self._month.show_at(self._day)

    def go_to(self, day: date) -> None:
        """Show this day and put the keys on it."""
        self.show_day(day)
        self.shown_view().setFocus(Qt.FocusReason.OtherFocusReason)
        if self.shown == WEEKS_MODE:
            self.weeks.day = self._day
            self.weeks.update()
        elif spots := self.view.spots(self._day):
            self.view.focus_spot(spots[0])

    def show_mode(self, mode: str) -> None:
        self.mode.set_value(mode)

    def leave_overview(self) -> None:
        """Four weeks are too many to put something down by keys: show one."""
        if self.shown == WEEKS_MODE:
            self.show_mode(WEEK_MODE)

    def propose_plan(self, only: Collection[int] | None = None) -> None:
        """Ask how to plan the next weeks, for all or only for these people."""
        if self.plan is None:
            self.plan = self._made_preview()
        self.plan.ask(only)
        self.plan.panel.take_keys()

    def shows(self, day: date) -> bool:
        """Whether a day is in sight, in the view that is chosen."""
        if self.shown == DAY_MODE:
            return day == self._day
        return self.week is not None and self.week.day(day) is not None

    def mark(self, card_key: int | None) -> None:
        """Show which talk of a plan is meant, in both views; the keys stay where they are."""
        self.view.mark(card_key)
        self.weeks.mark(card_key)

    def current_client_id(self) -> int | None:
        """The client that has the keys, in the calendar or in the list."""
        if self.plan is not None and self.plan.panel.has_keys():
            return self.plan.panel.result.list.current_client_id()
        if self.list.panel.view.hasFocus():
            return self.list.panel.view.current_key()
        card = self.view.current_card()
        return None if card is None else card.talk.clients[0].id

    def go(self, pages: int) -> None:
        """So many days, weeks or four weeks on or back."""
        if self.shown == DAY_MODE:
            step = DAY if pages > 0 else -DAY
            day = self._day + step
            while day.weekday() >= 5:
                day += step
            self.show_day(day)
        else:
            weeks = pages * (_WEEKS if self.shown == WEEKS_MODE else 1)
            self.show_day(self._day + timedelta(weeks=weeks))

    def go_today(self) -> None:
        self.show_day(self._session.context.today)
        self.shown_view().setFocus(Qt.FocusReason.OtherFocusReason)
        if self.shown != WEEKS_MODE:
            self.view.focus_first()

    def print_week(self) -> None:
        """The preview of the weeks shown, with a say on the names."""
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.places import PlaceChooser
        from kkd_desktop.gui.dialogs.week_preview import WeekPreview

        first = monday_of(self._day)
        show(WeekPreview(self._session, first, self._places or PlaceChooser(), self))

    def show_keys(self) -> None:
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.week_keys import WeekKeysDialog

        show(WeekKeysDialog(self))

    def showEvent(self, event: QShowEvent) -> None:
        if not self._stale:
            # Since it was asked for it has become later.
            self._follow_clock()
        super().showEvent(event)
        self._tick.start()
        self.list.start()
        self.shown_view().setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        self._tick.stop()
        self.list.stop()
        self.view.let_go()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self.list.panel.setFixedWidth(_NARROW_LIST if narrow else _LIST_WIDTH)
        # The name of the week comes first; the key opens the month all the same.
        self.month_button.setHidden(narrow)
        if self.plan is not None:
            self.plan.panel.setFixedWidth(_NARROW_PLAN if narrow else _PLAN_WIDTH)

    def _build(self) -> None:
        self.heading = SectionHeading(" ", page=True)
        self.back_button = _arrow("‹", self.tr("Zurück"), self.tr("Bild ↑"))
        self.today_button = Button(self.tr("Heute"))
        self.today_button.setToolTip("T")
        self.month_button = Button("", icon="woche")
        self.month_button.setAccessibleName(self.tr("Tag im Monat wählen"))
        self.month_button.setToolTip(
            self.tr("Tag im Monat wählen ({keys})").format(keys=shortcuts.shown("woche.day"))
        )
        self.month_button.setFixedWidth(_ARROW)
        self.on_button = _arrow("›", self.tr("Weiter"), self.tr("Bild ↓"))
        self.mode = SegmentedControl(
            (
                (DAY_MODE, self.tr("Tag")),
                (WEEK_MODE, self.tr("Woche")),
                (WEEKS_MODE, self.tr("4 Wochen")),
            ),
            self.tr("Ansicht"),
        )
        self.mode.set_value(WEEK_MODE)
        self.plan_button = Button(self.tr("&Plan vorschlagen …"))
        self.plan_button.setToolTip(self.tr("Termine der nächsten Wochen vorschlagen (P)"))
        self.print_button = Button(self.tr("Drucken …"))
        self.print_button.setToolTip(shortcuts.shown("woche.print"))
        self.list_button = Button(self.tr("Liste"))
        self.list_button.setToolTip(self.tr("Noch ohne Termin (F6)"))
        self.list_button.hide()
        self.view = WeekView()
        self.weeks = WeeksView()
        self.no_hours = EmptyState(
            self.tr("Noch keine Sprechzeiten"),
            self.tr(
                "Tragen Sie Ihre Arbeitszeit ein, dann steht hier, wann Zeit für Gespräche ist."
            ),
            self.tr("Arbeitszeit eintragen …"),
            icon="woche",
        )
        self.load = LoadCard()
        self.legend = self.kept_clear = Legend()
        self.keys_button = Button(self.tr("Tasten"), kind="link")
        self.list = WaitingList(self._session, self)
        self.bringing = Bringing(self, self._session)

    def _lay_out(self) -> None:
        self.heading.add(self.back_button)
        self.heading.add(self.today_button)
        self.heading.add(self.on_button)
        self.heading.add(self.month_button)
        self.heading.add(self.mode)
        self.heading.add(self.plan_button)
        self.heading.add(self.print_button)
        self.heading.add(self.list_button)
        self._row_spacing()
        self.stack = QStackedWidget()
        for page in (self.view, self.weeks, self.no_hours):
            self.stack.addWidget(page)
        below = QHBoxLayout()
        below.setContentsMargins(theme.HAIR, 0, 0, 0)
        below.addWidget(self.legend, 1)
        below.addWidget(self.keys_button)
        left = QVBoxLayout()
        left.setSpacing(theme.SMALL)
        left.addWidget(self.stack, 1)
        left.addLayout(below)
        left.addWidget(self.load)
        self._middle = middle = QHBoxLayout()
        middle.setSpacing(theme.LARGE)
        middle.addLayout(left, 1)
        middle.addWidget(self.list.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.HUGE)
        column.setSpacing(theme.LARGE)
        column.addWidget(self.heading)
        column.addLayout(middle, 1)
        lead_focus(self, self.view)

    def _row_spacing(self) -> None:
        layout = self.heading.layout()
        if layout is not None:
            layout.setSpacing(theme.SMALL)

    def _connect(self) -> None:
        view, waits = self.view, self.list
        self.back_button.clicked.connect(lambda: self.go(-1))
        self.on_button.clicked.connect(lambda: self.go(1))
        self.today_button.clicked.connect(self.go_today)
        self.month_button.clicked.connect(self.show_month)
        self.mode.value_changed.connect(self._take_mode)
        self.plan_button.clicked.connect(lambda: self.propose_plan())
        self.print_button.clicked.connect(self.print_week)
        self.keys_button.clicked.connect(self.show_keys)
        self.list_button.clicked.connect(self._open_list)
        self.no_hours.action_requested.connect(self.settings_wanted)
        self._tick.timeout.connect(self._follow_clock)
        self.planning.stored.connect(view.focus_talk)

        view.client_opened.connect(self.client_opened)
        view.cancel_wanted.connect(self.planning.cancel)
        view.menu_wanted.connect(self._show_menu)
        view.carry_changed.connect(self._show_load)
        view.day_wanted.connect(self.show_day)
        view.day_opened.connect(self._open_day)
        view.refused.connect(self._session.failed)
        for each in (view, self.weeks):
            each.pages_wanted.connect(self.go)
        self.weeks.day_opened.connect(self._open_day)

        waits.client_opened.connect(self.client_opened)
        waits.panel.closed.connect(self._close_list)
        modes = (partial(self.show_mode, mode) for mode in (DAY_MODE, WEEK_MODE, WEEKS_MODE))
        shortcuts.bind_each("woche.mode", self, modes)
        for id, act in (
            ("woche.today", self.go_today),
            ("woche.day", self.show_month),
            ("plan.propose", self._go_to_plan),
            ("woche.list", self._go_to_list_or_back),
            ("woche.keys", self.show_keys),
            ("woche.print", self.print_week),
        ):
            shortcuts.bind(id, self, act, shortcuts.WITHIN)

    def _show(self) -> None:
        context = self._session.context
        now = clock.local_now(context.today)
        weeks = _WEEKS if self.shown == WEEKS_MODE else 1
        agreed = plans.week(context, self._day, now, weeks)
        plan = self.plan
        week = self.week = agreed if plan is None else plan.in_week(agreed)
        self._counted = agreed if plan is None else plan.in_week(agreed, only_chosen=True)
        has_talks = any(plan.talks for plan in week.days)
        if not has_talks and not any(any(days) for days in context.settings.hours.weeks):
            self.stack.setCurrentWidget(self.no_hours)
        elif self.shown == WEEKS_MODE:
            self.weeks.show_weeks(week)
            self.stack.setCurrentWidget(self.weeks)
        else:
            self.view.show_week(week, self._days_shown(week), self._due)
            self.stack.setCurrentWidget(self.view)
        self.legend.setVisible(self.stack.currentWidget() is not self.no_hours)
        self._show_heading(week)
        self._show_load(self.view.carry)

    def _days_shown(self, week: Week) -> list[date]:
        """Monday to Friday; the weekend where something was agreed on it."""
        if self.shown == DAY_MODE:
            return [self._day]
        busy = [plan.day.weekday() for plan in week.days if plan.talks]
        last = max([4, *busy])
        return [plan.day for plan in week.days if plan.day.weekday() <= last]

    def _show_heading(self, week: Week) -> None:
        number = week.first.isocalendar().week
        friday = week.last - 2 * DAY
        if self.shown == DAY_MODE:
            title = f"{texts.long_weekday(self._day.weekday())}, {texts.long_day(self._day)}"
            note = self.tr("KW {week}").format(week=number)
        elif self.shown == WEEK_MODE:
            title, note = self.tr("KW {week}").format(week=number), _span(week.first, friday)
        else:
            last = week.last.isocalendar().week
            title = self.tr("KW {first} – {last}").format(first=number, last=last)
            note = _span(week.first, friday)
        if self.shown != DAY_MODE and not any(plan.talks for plan in week.days):
            note = self.tr("{span} · noch kein Termin").format(span=note)
        self.heading.title.setText(title)
        self.heading.note.setText(note)
        # Where there is no more room, the days stand over their columns anyway.
        if self.shown == DAY_MODE:
            self.heading.title.set_shorter(texts.weekday_day(self._day), texts.short_day(self._day))
            self.heading.note.set_shorter("")
        else:
            months = _months(week.first, friday)
            self.heading.note.set_shorter(f"{months} {friday.year}", months, "")

    def _show_load(self, carry: Carry | None) -> None:
        """How full the weeks are, with what is just being carried into them."""
        week = self._counted
        if week is None:
            return
        mondays = sorted({monday_of(plan.day) for plan in week.days})
        loads = [week.load(monday) for monday in mondays]
        load = Load(
            sum(each.held for each in loads),
            sum(each.held_minutes for each in loads),
            sum(each.agreed for each in loads),
            sum(each.agreed_minutes for each in loads),
        )
        numbers = [monday.isocalendar().week for monday in mondays]
        title = self.tr("Kapazität")
        if self.shown == DAY_MODE:
            title = self.tr("Kapazität KW {week}").format(week=numbers[0])
        elif len(numbers) > 1:
            title = self.tr("Kapazität, {n} Wochen").format(n=len(numbers))
        self.load.show_load(title, _with(load, carry, week), week.norm, len(mondays))

    def _take_mode(self, mode: str) -> None:
        before, self.shown = self.shown, mode
        self.view.let_go()
        if before == WEEKS_MODE and self.weeks.day is not None:
            self._day = self.weeks.day
        elif before == WEEK_MODE and self.view.spot is not None and self.view.spot.day:
            self._day = self.view.spot.day
        if mode == WEEKS_MODE:
            self.weeks.day = self._day
        self.show_day(self._day)
        lead_focus(self, self.shown_view())
        self.shown_view().setFocus(Qt.FocusReason.OtherFocusReason)

    def shown_view(self) -> QWidget:
        """What has the keys when the page has them."""
        if self.stack.currentWidget() is self.no_hours:
            return self.no_hours.button
        return self.weeks if self.shown == WEEKS_MODE else self.view

    def _open_day(self, day: date) -> None:
        if self.shown == DAY_MODE:
            self.show_mode(WEEK_MODE)
            return
        self.weeks.day = self._day = day
        if self.shown == WEEK_MODE:
            self.view.focus_spot(self.view.spots(day)[0], quiet=True)
        self.show_mode(DAY_MODE)

    def _last_shown(self) -> date:
        if self.shown == DAY_MODE or self.week is None:
            return monday_of(self._day) + 4 * DAY
        return self.week.last - 2 * DAY

    def _follow_clock(self) -> None:
        now = clock.local_now(self._session.context.today)
        is_later = self.week is None or self.week.now != now
        if is_later and self.view.carry is None:
            self._show()

    def _show_menu(self, talk: Talk, at: QPoint) -> None:
        from kkd_desktop.gui.dialogs.outcome import talk_menu

        if isinstance(talk, ProposedTalk):
            self._show_proposal_menu(talk, at)
            return
        booked = [(each.id, client) for each, client in talk.booked if each.id is not None]
        menu = talk_menu(self._session, booked, self)
        if menu.actions():
            menu.addSeparator()
        for client in talk.clients:
            self._add_file(menu, client.id, client.name)
        menu.popup(at)

    def _show_proposal_menu(self, talk: ProposedTalk, at: QPoint) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        words = self.tr("Nicht vorschlagen") if talk.is_chosen else self.tr("Doch vorschlagen")
        toggle = menu.addAction(words)
        toggle.triggered.connect(lambda: self.view.proposal_toggled.emit(talk))
        self._add_file(menu, talk.planned.client.id, talk.planned.client.name)
        menu.popup(at)

    def _add_file(self, menu: QMenu, client_id: int, name: str) -> None:
        words = self.tr("Kundenakte {name}").format(name=name.replace("&", "&&"))
        menu.addAction(words).triggered.connect(lambda: self.client_opened.emit(client_id))

    def _made_preview(self) -> "PlanPreview":
        from kkd_desktop.gui.pages.woche_plan import PlanPreview

        plan = PlanPreview(self, self._session)
        plan.panel.hide()
        narrow = self.width() < _NARROW
        plan.panel.setFixedWidth(_NARROW_PLAN if narrow else _PLAN_WIDTH)
        self._middle.addWidget(plan.panel)
        plan.opened.connect(self._open_plan)
        plan.closed.connect(self._close_plan)
        plan.changed.connect(self._follow_plan)
        plan.letters_wanted.connect(self.letters_wanted)
        return plan

    def _go_to_plan(self) -> None:
        """To the plan that is shown, else to the question how to make one."""
        if self.plan is not None and self.plan.panel.isVisible():
            self.plan.panel.take_keys()
        else:
            self.propose_plan()

    def _open_plan(self) -> None:
        """The panel takes the place of the list."""
        if self.plan is not None:
            self.list.panel.hide()
            self.list_button.hide()
            self.plan_button.hide()
            self.plan.panel.show()

    def _close_plan(self) -> None:
        if self.plan is not None:
            self.plan.panel.hide()
        self.plan_button.show()
        self.list.panel.show()
        self.shown_view().setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_plan(self) -> None:
        """Other talks are proposed or chosen than before."""
        assert self.plan is not None
        self.legend.show_proposals(self.plan.plan is not None)
        self._show()
        self.mark(self.plan.marked())

    def _go_to_list_or_back(self) -> None:
        panel = None if self.plan is None else self.plan.panel
        if panel is not None and panel.isVisible() and not panel.has_keys():
            panel.take_keys()
        elif self.list.has_focus() or (panel is not None and panel.isVisible()):
            self.shown_view().setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._open_list()

    def _open_list(self) -> None:
        self.list.panel.show()
        self.list_button.hide()
        self._keep_list(closed=False)
        self.list.panel.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _close_list(self) -> None:
        self.list.panel.hide()
        self._name_list_button()
        self.list_button.show()
        self._keep_list(closed=True)
        self.shown_view().setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_list_button(self) -> None:
        number = len(self.list.waiting())
        self.list_button.setText(self.tr("{n} ohne Termin").format(n=number))

    def _keep_list(self, *, closed: bool) -> None:
        if self._settings is not None:
            self._settings.setValue(_LIST_CLOSED, "true" if closed else "false")


def _with(load: Load, carry: Carry | None, week: Week) -> Load:
    """The load with what is in hand, where it may be put down."""
    if carry is None or carry.placing.refused:
        return load
    shown = week.day(carry.day) is not None
    known = carry.talk is not None and week.talk_of(carry.ids[0]) is not None
    before = carry.talk.first.length.counted if carry.talk is not None and known else 0
    now = Length.of_minutes(carry.minutes, carry.preparation).counted if shown else 0
    people = 1 if carry.talk is None else len(carry.talk.booked)
    return replace(
        load,
        agreed=load.agreed + people * (int(shown) - int(known)),
        agreed_minutes=load.agreed_minutes + now - before,
    )


def _span(first: date, last: date) -> str:
    """`23. – 27. November 2026`, `28. Dezember 2026 – 1. Januar 2027`."""
    if first.year != last.year:
        return f"{texts.long_day(first)} – {texts.long_day(last)}"
    if first.month != last.month:
        return f"{texts.long_day_of_year(first)} – {texts.long_day(last)}"
    return f"{first.day}. – {texts.long_day(last)}"


def _months(first: date, last: date) -> str:
    """`Nov`, `Nov/Dez`."""
    return "/".join(dict.fromkeys(texts.month_short(each.month) for each in (first, last)))


def _arrow(sign: str, name: str, keys: str) -> Button:
    button = Button(sign)
    button.setAccessibleName(name)
    button.setToolTip(f"{name} ({keys})")
    button.setFixedWidth(_ARROW)
    return button
