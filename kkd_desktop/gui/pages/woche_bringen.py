"""How do people get from the list into the calendar, and talks to another place in it?"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt

from kkd_desktop.actions import week as plans
from kkd_desktop.domain import texts
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.week import Talk, minute_of
from kkd_desktop.gui.models.week_cards import card_of
from kkd_desktop.gui.models.week_carry import Carry, fits, moment_of
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.waiting import DragTag

if TYPE_CHECKING:
    from kkd_desktop.gui.pages.woche import WochePage


class Bringing(QObject):
    """What the calendar and the list of a `WochePage` ask for when something is put down, taken up
    or accepted; it is stored by `planning`, with what to know about it.
    """

    def __init__(self, page: WochePage, session: Session) -> None:
        super().__init__(page)
        self._page = page
        self._session = session
        self.tag = DragTag(page)

        view, waits = page.view, page.list
        view.slot_asked.connect(self._offer_slot)
        view.booking_wanted.connect(self._book_carried)
        view.move_wanted.connect(self._move)
        waits.picked_up.connect(self._take_in_hand)
        waits.accepted.connect(self._accept)
        waits.dragged.connect(self._drag)
        waits.dropped.connect(self._drop)
        waits.drag_cancelled.connect(self._cancel_drag)

    def _offer_slot(self, moment: datetime, at: QPoint) -> None:
        waits = self._page.list
        self._page.planning.offer_slot(moment, at, waits.waiting(), waits.chosen(), self._hints)

    def _book_carried(self, client_id: int, start: datetime, minutes: int) -> None:
        hints = self._hints(client_id, start)
        self._page.planning.book(client_id, start, minutes, hints)
        self._page.list.panel.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, talk: Talk, start: datetime, minutes: int) -> None:
        page = self._page
        carry = page.view.carry_of(card_of(talk, start), from_key=False)
        hints = () if page.week is None else carry.at(start).judged(page.week).placing.hints
        page.planning.move(talk, start, minutes, hints)
        if start.date() not in page.view.days():
            page.show_day(start.date())

    def _accept(self, client_id: int) -> None:
        """Book the proposal of this client and show where it went."""
        page = self._page
        best = page.list.proposal(client_id)
        if best is None:
            self._session.failed.emit(page.list.why_none(client_id))
            return
        by_hand = (self.tr("Einladung aushändigen"),) if best.handed_over_only else ()
        page.planning.book(client_id, best.start, best.minutes, by_hand)
        if page.week is not None and page.week.day(best.day) is None:
            page.show_day(best.day)

    def _take_in_hand(self, client_id: int) -> None:
        """Carry a client by keys, from the proposal or else the first free time on."""
        page, carry = self._page, self._carry_of(client_id)
        if carry is None:
            return
        page.leave_overview()
        best = page.list.proposal(client_id)
        start = carry.start if best is None else best.start
        page.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if start.date() not in page.view.days():
            page.show_day(start.date())
        page.view.begin_carry(replace(carry, start=start, from_key=True))

    def _drag(self, client_id: int, at: QPoint) -> None:
        page, carry = self._page, self._carry_of(client_id)
        if carry is None:
            return
        view, port = page.view, page.view.viewport()
        over = port.isVisible() and port.rect().contains(port.mapFromGlobal(at))
        self.tag.follow(carry.name, at)
        self.tag.setVisible(not over)
        if page.weeks.isVisible():
            page.weeks.hold_over(at)
        elif not over:
            view.let_go()
        else:
            if view.carry is None:
                view.bring(carry)
            view.carry_at(at)

    def _drop(self, client_id: int, at: QPoint) -> None:
        page = self._page
        self._drag(client_id, at)
        day = page.weeks.hold_over(at) if page.weeks.isVisible() else None
        self._end_drag()
        page.view.drop()
        if day is not None:
            self._book_on(client_id, day)

    def _end_drag(self) -> None:
        self.tag.hide()
        self._page.weeks.hold_over(None)

    def _cancel_drag(self) -> None:
        self._end_drag()
        self._page.view.let_go()

    def _book_on(self, client_id: int, day: date) -> None:
        """Book the first time of a day that is long enough."""
        page, carry = self._page, self._carry_of(client_id)
        week = page.week
        plan = None if week is None else week.day(day)
        if carry is None or week is None or plan is None:
            return
        tries = (carry.at(start).judged(week) for start in plan.free)
        found = next((each for each in tries if fits(each, plan)), None)
        if found is None:
            refused = carry.at(moment_of(day, minute_of(carry.start))).judged(week).placing.refused
            why = refused or self.tr("kein freier Platz, der lang genug ist")
            self._session.failed.emit(f"{texts.short_day(day)}: {why}.")
        else:
            page.planning.book(client_id, found.start, found.minutes, found.placing.hints)

    def _hints(self, client_id: int, start: datetime) -> tuple[str, ...]:
        """What to know about a client at this time."""
        carry, week = self._carry_of(client_id), self._page.week
        return () if carry is None or week is None else carry.at(start).judged(week).placing.hints

    def _carry_of(self, client_id: int) -> Carry | None:
        """A client on the way to a first time, at the first free one of what is shown."""
        week = self._page.week
        entry = next((each for each in self._page.entries if each.client.id == client_id), None)
        if entry is None or week is None:
            return None
        length = plans.usual_length(self._session.context, entry)
        free = next((start for plan in week.days for start in plan.free), None)
        return Carry(
            entry.client.name,
            free or moment_of(week.first, 9 * 60),
            length.total,
            length.preparation,
            client_id=client_id,
            due=entry.outcome.deciding,
        )
