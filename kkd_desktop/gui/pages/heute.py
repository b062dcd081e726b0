"""Whom do I meet next, and why? The start page.

The list is painted first; the column beside it and the dialogs load after that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.actions import worklist as lists
from kkd_desktop.actions.worklist import Worklist
from kkd_desktop.domain import texts
from kkd_desktop.domain.outcome import State
from kkd_desktop.domain.worklist import Entry, Group, GroupId
from kkd_desktop.gui import shortcuts, theme
from kkd_desktop.gui.models.worklist import Unwritten
from kkd_desktop.gui.models.worklist_rows import needs_proposal, worklist_group, worklist_row
from kkd_desktop.gui.proposer import Proposer
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.banner import announce
from kkd_desktop.gui.widgets.focus import lead_focus
from kkd_desktop.gui.widgets.page_heading import CountHeading
from kkd_desktop.gui.widgets.worklist import WorklistView

if TYPE_CHECKING:
    from kkd_desktop.domain.proposals import Proposal
    from kkd_desktop.domain.shares import Population
    from kkd_desktop.gui.pages.heute_side import HeuteSide
    from kkd_desktop.gui.widgets.day import DayView
    from kkd_desktop.gui.widgets.empty import EmptyState
    from kkd_desktop.gui.widgets.not_listed import NotListedPanel
    from kkd_desktop.gui.widgets.why import WhyCard

_SIDE_WIDTH, _NARROW_SIDE, _NARROW = 330, 312, 1000
_MANY = 1000
"""With more people the list and the column beside it take a turn of the event loop each."""
_GUTTER = 10
"""Room beside a column for its scroll bar, so that nothing moves when it comes."""


class HeutePage(QWidget):
    """The worklist; beside it today's appointments, the week, and the reason of the chosen row.

    Signals:
        client_opened: the file of a client is wanted; carries the id.
        contact_wanted: a contact of this client is to be logged.
        client_wanted: a first client is to be added.
        counted: how many need an appointment.
        search_wanted: whom a saved search finds is wanted; carries its line.
        quota_plan_wanted: the fewest talks that reach the shares are wanted.
    """

    client_opened = Signal(int)
    contact_wanted = Signal(int)
    client_wanted = Signal()
    counted = Signal(int)
    search_wanted = Signal(str)
    quota_plan_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stale, self._painted = True, False
        self._entries: dict[int, Entry] = {}
        self._also_shown: set[str] = set()
        self._decided: list[Entry] = []
        self._list: Worklist | None = None
        self._typed = QElapsedTimer()
        self._side: HeuteSide | None = None
        self._guide: QWidget | None = None
        self.proposer = Proposer(session, self)
        self._count_later = QTimer(self, singleShot=True, interval=0)
        self._side_later = QTimer(self, singleShot=True, interval=0)
        self._build()
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Ask for everything anew; the chosen client stays chosen."""
        self._stale = False
        found = lists.worklist(self._session.context)
        self._list = found
        self._entries = {entry.client.id: entry for entry in found.entries}
        self._show_heading(found)
        self._show_list(found)
        self._go_back_to_undone()
        if self._painted and len(self._entries) > _MANY:
            self._side_later.start()
        elif self._painted:
            self._show_side()

    @property
    def side(self) -> HeuteSide:
        """The column beside the list, made when it is first asked for."""
        if self._side is None:
            from kkd_desktop.gui.pages.heute_side import HeuteSide

            self._side = side = HeuteSide(self._session, self._below)
            self._right.addWidget(side)
            side.client_opened.connect(self.client_opened)
            side.outcome_chosen.connect(self._finish)
            side.menu_requested.connect(self._show_outcomes)
            side.names_wanted.connect(self.show_shares)
            side.search_wanted.connect(self.search_wanted)
            side.why.booking_wanted.connect(self.book_proposed)
            side.why.together.chosen.connect(self._book)
            side.why.other_day_wanted.connect(self.choose_day)
            side.why.steps_wanted.connect(self.show_steps)
            side.why.move_wanted.connect(self._move)
            if self._list is not None:
                side.show_week(self._list)
            self._fit()
        return self._side

    @cached_property
    def not_listed(self) -> NotListedPanel:
        """Who needs no talk now, and why; opened on demand."""
        from kkd_desktop.gui.widgets.not_listed import NotListedPanel

        panel = NotListedPanel()
        panel.hide()
        panel.toggled.connect(self._toggle_group)
        panel.closed.connect(self._toggle_not_listed)
        self._above.addWidget(panel)
        return panel

    @cached_property
    def nobody(self) -> EmptyState:
        """Instead of the list while the caseload is empty."""
        from kkd_desktop.gui.widgets.empty import EmptyState

        empty = EmptyState(
            self.tr("Noch niemand im Bestand"),
            self.tr(
                "Nehmen Sie eine Person auf oder ziehen Sie eine Tabelle (CSV, XLSX) hierher, dann "
                "steht hier, wen Sie als Nächstes treffen."
            ),
            self.tr("Person aufnehmen …"),
            icon="person-neu",
        )
        empty.action_requested.connect(self.client_wanted)
        self._stack.addWidget(empty)
        return empty

    @cached_property
    def done(self) -> EmptyState:
        """Instead of the list while there is nobody to see."""
        from kkd_desktop.gui.widgets.empty import EmptyState

        empty = EmptyState(self.tr("Für heute ist alles getan"), icon="zaehlt")
        self._stack.addWidget(empty)
        return empty

    @property
    def day(self) -> DayView:
        return self.side.day

    @property
    def why(self) -> WhyCard:
        return self.side.why

    def show_above_side(self, guide: QWidget) -> None:
        """Give a card the first place beside the list."""
        self._guide = guide
        self._right.insertWidget(0, guide, 0, Qt.AlignmentFlag.AlignLeft)
        self._right.setSpacing(theme.LARGE)
        self.fit_guide()

    def fit_guide(self) -> None:
        """Its text or whether it is seen has changed."""
        self._fit()

    def choose_client(self, client_id: int) -> None:
        """Highlight a client, where they are in the list."""
        self.worklist.choose(client_id)

    def current_client_id(self) -> int | None:
        """The client that is highlighted, here or among today's appointments."""
        if self._side is not None and self.day.hasFocus():
            row = self.day.list_model.row(self.day.currentIndex())
            return None if row is None else row.client_id
        return self.worklist.current_key()

    def book_proposed(self) -> None:
        """Book the proposed talk of the chosen client."""
        entry = self._current_entry()
        if entry is None or not needs_proposal(entry):
            return
        suggestion = self.proposer.find_now(entry.client.id)
        best = None if suggestion is None else suggestion.best
        if best is None:
            self.choose_day()
            return
        self._book(best)

    def _book_and_go_on(self) -> None:
        """One key, one decision: after a talk was booked the next who has none is chosen."""
        before = self._current_entry()
        self.book_proposed()
        after = self._current_entry()
        if before is None or after is None or after.appointment is None:
            return
        if before.client.id == after.client.id and before.appointment is None:
            self._decided.append(before)
            self.worklist.choose_next(lambda key: needs_proposal(self._entries[key]))

    def _go_back_to_undone(self) -> None:
        """Whose booking was taken back is decided anew, and has the keys for it."""
        if not self._decided:
            return
        before = self._decided[-1]
        entry = self._entries.get(before.client.id)
        if entry is None or entry.appointment is None:
            self._decided.pop()
            # Else the talk was held, or another day has begun.
            if entry is not None and _stands_as(entry, before):
                self.worklist.choose(entry.client.id)

    def _book(self, proposal: Proposal) -> None:
        """Book what is proposed for the chosen client, with those who come along."""
        from kkd_desktop.actions import appointments
        from kkd_desktop.gui.widgets.together import moment_text

        entry = self._current_entry()
        if entry is None:
            return
        self._session.perform(
            lambda context: appointments.book_together(
                context, entry.client, proposal, outcome=entry.outcome
            ),
            lambda: self.tr("Termin {time} vereinbart").format(time=moment_text(proposal)),
        )

    def choose_day(self) -> None:
        """Let the caseworker choose another day for the chosen client."""
        from kkd_desktop.gui.dialogs.appointment import AppointmentDialog
        from kkd_desktop.gui.dialogs.base import show

        entry = self._current_entry()
        if entry is None or entry.appointment is not None:
            return
        suggestion = self.proposer.find_now(entry.client.id)
        best = None if suggestion is None else suggestion.best
        show(
            AppointmentDialog(
                self._session,
                entry.client,
                start=None if best is None else best.start,
                minutes=None if best is None else best.minutes,
                outcome=entry.outcome,
                parent=self,
            )
        )

    def show_steps(self) -> None:
        """Every step to what is due for the chosen client."""
        from kkd_desktop.gui.dialogs.why import open_why

        entry = self._current_entry()
        if entry is not None:
            open_why(self._session, entry.client.id, self)

    def show_shares(self, populations: Sequence[Population]) -> None:
        """Who would fill the gaps of these shares, and who is left out."""
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.shares import SharesDialog

        dialog = SharesDialog(populations, self._session.context.today, self)
        dialog.client_opened.connect(self.client_opened)
        dialog.plan_wanted.connect(self.quota_plan_wanted)
        show(dialog)

    def showEvent(self, event: QShowEvent) -> None:
        if self._stale:
            self.reload()
        elif self._painted:
            self._start_proposing()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.proposer.stop()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            # Only now: proposals need the office's calendar, which takes its time to load.
            self._painted = True
            QTimer.singleShot(0, self, self._show_side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = _NARROW_SIDE if self.width() < _NARROW else _SIDE_WIDTH
        self._beside_list.setFixedWidth(width + _GUTTER)
        taken = 0
        if self._guide is not None:
            self._guide.setFixedWidth(width)
            taken = 0 if self._guide.isHidden() else self._guide.heightForWidth(width)
        if self._side is not None:
            self._side.fit(width, self.height() - taken)

    def _show_side(self) -> None:
        """After the first picture and at every change: the column, then the proposals."""
        if self._list is not None:
            known, side = self._side is not None, self.side
            if known:
                side.show_week(self._list)
                self._fit()
        self._start_proposing()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._bar and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            shown = event.type() is QEvent.Type.Show
            self._beside.setContentsMargins(0, 0, 0 if shown else _GUTTER, 0)
        pressed = watched is self.worklist and event.type() is QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent):
            return self._act_on_key(event)
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self.heading = CountHeading(self.tr("Heute"))
        self.worklist = WorklistView()
        self.worklist.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.worklist)
        self._beside = QVBoxLayout()
        self._beside.setContentsMargins(0, 0, _GUTTER, 0)
        self._beside.addWidget(self._stack)
        self._above = QVBoxLayout()
        self._above.setContentsMargins(0, 0, _GUTTER, 0)
        self._above.setSpacing(theme.MEDIUM)
        self._above.addWidget(self.heading)
        left = QVBoxLayout()
        left.setSpacing(theme.MEDIUM)
        left.addLayout(self._above)
        left.addLayout(self._beside, 1)
        self._below = QVBoxLayout()
        self._below.setContentsMargins(0, 0, _GUTTER, 0)
        left.addLayout(self._below)

        self._beside_list = QWidget()
        self._right = QVBoxLayout(self._beside_list)
        self._right.setContentsMargins(0, theme.CONTROL_HEIGHT + theme.MEDIUM, 0, 0)

        row = QHBoxLayout(self)
        row.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE - _GUTTER, theme.HUGE)
        row.setSpacing(theme.HUGE - _GUTTER)
        row.addLayout(left, 1)
        row.addWidget(self._beside_list)
        lead_focus(self, self.worklist)

    def _connect(self) -> None:
        self._session.changed.connect(self._follow_change)
        self._count_later.timeout.connect(self._count)
        self._side_later.timeout.connect(self._show_side)
        self._bar = self.worklist.verticalScrollBar()
        self._bar.installEventFilter(self)
        self.worklist.installEventFilter(self)
        self.worklist.client_opened.connect(self.client_opened)
        self.worklist.client_chosen.connect(self._show_why)
        self.worklist.reason_requested.connect(self._bring_why)
        self.worklist.customContextMenuRequested.connect(self._show_menu)
        self.heading.why_requested.connect(self._toggle_not_listed)
        self.proposer.found.connect(self._show_proposal)

    def _follow_change(self) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()
        else:
            self._count_later.start()

    def _count(self) -> None:
        """While another page is shown only the number in the rail follows."""
        if self._stale:
            found = lists.worklist(self._session.context)
            self.counted.emit(sum(entry.appointment is None for entry in _listed(found)))

    def _show_heading(self, found: Worklist) -> None:
        listed = _listed(found)
        waiting = sum(entry.appointment is None for entry in listed)
        agreed, others = len(listed) - waiting, len(found.entries) - len(listed)
        people = texts.counted(waiting, "Person braucht", "Kundinnen und Kunden brauchen")
        short = texts.counted(waiting, "braucht", "brauchen")
        parts = [self.tr("{people} einen Termin").format(people=people)]
        if agreed:
            parts.append(self.tr("{number} haben einen").format(number=texts.whole(agreed)))
        brief = [self.tr("{number} einen Termin").format(number=short)]
        if others:
            left_out = self.tr("{number} nicht enthalten").format(number=texts.whole(others))
            parts.append(left_out)
            brief.append(left_out)
        if found.entries:
            self.heading.show_count(" · ".join(parts), " · ".join(brief), bool(others))
        else:
            self.heading.show_count("", "", False)
        self.counted.emit(waiting)

    def _show_list(self, found: Worklist) -> None:
        groups = self._groups(found)
        entries = [entry for group in groups for entry in group.entries]
        self.proposer.show_entries(filter(needs_proposal, entries))
        today = found.today
        self.worklist.show_groups([worklist_group(group, today) for group in groups])
        if self._explains_not_listed():
            self.not_listed.show_groups(found.not_listed, self._also_shown)
            self.not_listed.setVisible(bool(found.not_listed))
        if entries:
            self._stack.setCurrentWidget(self.worklist)
        else:
            self._show_nothing(found)
        if self.worklist.current_key() is None:
            self.worklist.choose_first()
        self._show_why(self.worklist.current_key() or -1)

    def _groups(self, found: Worklist) -> list[Group]:
        also = [group for group in found.not_listed if group.id in self._also_shown]
        return [*found.listed, *also]

    def _show_nothing(self, found: Worklist) -> None:
        """Say whether nobody is there, nothing is due, or no policy is in force."""
        self._stack.setCurrentWidget(self.done if found.entries else self.nobody)
        resting = {entry.outcome.state for entry in found.entries}
        if resting == {State.NOT_IN_FORCE}:
            title = self.tr("Kein Konzept in Kraft")
            text = self.tr("Solange kein Konzept gilt, gibt es keine Fristen.")
        else:
            title = self.tr("Für heute ist alles getan")
            later = next((g for g in found.not_listed if g.id is GroupId.LATER), None)
            text = self.tr("In den nächsten 14 Tagen ist niemand an der Reihe.")
            if later is not None:
                day = texts.weekday_day(later.entries[0].outcome.latest)
                text += " " + self.tr("Die nächste Frist endet am {day}.").format(day=day)
        self.done.say(title, text)

    def _start_proposing(self) -> None:
        """Rows in sight come first. A page that was hidden meanwhile waits until it is shown."""
        if not self.isVisible():
            return
        self.proposer.start(self.worklist.keys_in_sight())
        self._show_why(self.worklist.current_key() or -1)

    def _show_proposal(self, client_id: int) -> None:
        entry, suggestion = self._entries[client_id], self.proposer.suggestion(client_id)
        best = None if suggestion is None else suggestion.best
        write = partial(worklist_row, entry, self._session.context.today, best)
        self.worklist.list_model.rewrite_row(Unwritten(client_id, write))

    def _show_why(self, client_id: int) -> None:
        if self._side is None:
            return
        entry = self._entries.get(client_id)
        self.why.setVisible(entry is not None)
        if entry is not None:
            suggestion = self.proposer.find_now(client_id)
            self.why.show_entry(entry, suggestion, self._session.context.today)

    def _bring_why(self, client_id: int) -> None:
        self._show_why(client_id)
        self.side.ensureWidgetVisible(self.why)
        announce(self.why, f"{self.why.explanation.text()} {self.why.reasons.text()}")

    def _current_entry(self) -> Entry | None:
        key = self.worklist.current_key()
        return None if key is None else self._entries.get(key)

    def _explains_not_listed(self) -> bool:
        return "not_listed" in self.__dict__ and not self.not_listed.isHidden()

    def _toggle_not_listed(self) -> None:
        if self._explains_not_listed():
            self.not_listed.hide()
            self.worklist.setFocus()
        elif self._list is not None:
            self.not_listed.show_groups(self._list.not_listed, self._also_shown)
            self.not_listed.show()
            self.not_listed.close_button.setFocus()

    def _toggle_group(self, group: str) -> None:
        self._also_shown ^= {group}
        if self._list is None:
            return
        self._show_list(self._list)
        if group in self._also_shown:
            shown = next(each for each in self._list.groups if each.id == group)
            self.worklist.choose(shown.entries[0].client.id)
        self._start_proposing()

    def _act_on_key(self, event: QKeyEvent) -> bool:
        """V books, W says why and Ctrl+N logs, unless somebody types the beginning of a name."""
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        client_id = self.worklist.current_key()
        if control and key == Qt.Key.Key_N and client_id is not None:
            self.contact_wanted.emit(client_id)
            return True
        if event.text() and event.text().isalpha():
            typing = self._typed.isValid() and (
                self._typed.elapsed() < QApplication.keyboardInputInterval()
            )
            acts: dict[int, Callable[[], None]] = {
                Qt.Key.Key_V: self._book_and_go_on,
                Qt.Key.Key_W: self.show_steps,
            }
            act = None if typing else acts.get(key)
            if act is not None:
                # A key that is held down books one talk and not the whole list.
                if not event.isAutoRepeat():
                    act()
                return True
            self._typed.start()
        return False

    def _show_menu(self, point: QPoint) -> None:
        entry = self._current_entry()
        if entry is None:
            return
        client_id, menu = entry.client.id, QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        items = [
            (
                _with_keys(self.tr("Kundenakte öffnen"), "heute.open"),
                lambda: self.client_opened.emit(client_id),
            ),
            (
                _with_keys(self.tr("Kontakt erfassen …"), "contact"),
                lambda: self.contact_wanted.emit(client_id),
            ),
            (_with_keys(self.tr("Warum? Alle Schritte …"), "heute.why"), self.show_steps),
        ]
        if needs_proposal(entry):
            items.append(
                (_with_keys(self.tr("Termin vereinbaren"), "heute.book"), self.book_proposed)
            )
        if entry.appointment is None:
            items.append((self.tr("Anderer Tag …"), self.choose_day))
        for words, act in items:
            action = QAction(words, menu)
            action.triggered.connect(act)
            menu.addAction(action)
        menu.popup(self.worklist.viewport().mapToGlobal(point))

    def _finish(self, appointment_id: int, key: str) -> None:
        from kkd_desktop.gui.dialogs.outcome import KEYS, finish_appointment

        finish_appointment(self._session, appointment_id, KEYS[key], self)

    def _show_outcomes(self, appointment_id: int, at: QPoint) -> None:
        from kkd_desktop.gui.dialogs.outcome import outcome_menu

        menu = outcome_menu(self._session, appointment_id, self)
        self._offer_files(menu, appointment_id)
        if menu.actions():
            menu.popup(at)
        else:
            menu.deleteLater()

    def _offer_files(self, menu: QMenu, appointment_id: int) -> None:
        """What the mouse does by dragging, for the keyboard."""
        from kkd_desktop.actions import appointments

        if not appointments.get(self._session.context, appointment_id).state.is_standing:
            return
        if menu.actions():
            menu.addSeparator()
        out = self.side.handing_out
        for words, act in (
            (_with_keys(self.tr("Als .ics kopieren"), "heute.copy"), out.copy),
            (self.tr("Als .ics speichern …"), out.save),
        ):
            action = QAction(words, menu)
            action.triggered.connect(partial(_with_one, act, appointment_id))
            menu.addAction(action)

    def _move(self, appointment_id: int) -> None:
        from kkd_desktop.gui.dialogs.appointment import open_move

        open_move(self._session, appointment_id, self)


def _with_one(act: Callable[[list[int]], None], appointment_id: int) -> None:
    act([appointment_id])


def _listed(found: Worklist) -> list[Entry]:
    return [entry for group in found.listed for entry in group.entries]


def _stands_as(entry: Entry, before: Entry) -> bool:
    """Whether no other talk counts and no other day is asked about than before."""
    now, then = entry.outcome, before.outcome
    return (now.today, now.deciding.last) == (then.today, then.deciding.last)


def _with_keys(text: str, id: str) -> str:
    """An entry of a menu with its key at the right."""
    return f"{text}\t{shortcuts.shown(id)}"
