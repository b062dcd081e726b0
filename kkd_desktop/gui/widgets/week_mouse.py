"""What does the mouse do in the calendar?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from kkd_desktop.domain.values import replace
from kkd_desktop.domain.week import minute_of, snapped
from kkd_desktop.gui.models.week_cards import WeekCard
from kkd_desktop.gui.models.week_carry import FINE, Carry, length_step, moment_of
from kkd_desktop.gui.models.week_proposals import ProposedTalk
from kkd_desktop.gui.widgets.week_geometry import HEADER
from kkd_desktop.gui.widgets.week_painting import tick_area

if TYPE_CHECKING:
    from kkd_desktop.gui.widgets.week_view import WeekView

_TURN_MS = 700
_MARGIN = 24
"""At the left of the hours: a card held there waits for the page before."""

_FINE_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class WeekMouse:
    """The mouse of a `WeekView`: a press on a card or free time, then a drag or a click."""

    def __init__(self, view: WeekView) -> None:
        self._view = view
        self._pressed: QPoint | None = None
        self._card: WeekCard | None = None
        self._on_edge = False
        self._grabbed = 0
        self._at = QPoint()
        self._turn = QTimer(view, singleShot=True, interval=_TURN_MS)
        self._turn.timeout.connect(self._turn_page)

    def press(self, event: QMouseEvent) -> None:
        view = self._view
        if event.button() is not Qt.MouseButton.LeftButton or view.week is None:
            return
        if view.carry is not None:
            view.drop() if view.carry.from_key else view.let_go()
            return
        point = event.position().toPoint()
        if point.y() < HEADER:
            self._open_day(point)
            return
        self._pressed = point
        at = view.to_sheet(point)
        edge = view.edge_at(at)
        self._card = edge or view.card_at(at)
        self._on_edge = edge is not None
        if self._card is not None and view.places is not None:
            view.focus_talk(self._card.key)
            self._grabbed = view.places.minute_at(at.y()) - self._card.since
        elif (spot := view.free_at(at)) is not None:
            view.focus_spot(spot)

    def move(self, event: QMouseEvent) -> None:
        view, point = self._view, event.position().toPoint()
        if self._pressed is None:
            if view.carry is None:
                self._point_at(point)
            return
        if view.carry is None and not self._take_up(point):
            return
        fine = bool(event.modifiers() & _FINE_KEYS)
        self._at = point
        if not self._side():
            self._turn.stop()
        elif not self._turn.isActive():
            self._turn.start()
        view.scroll_near_edge(point.y())
        self.carry_over(view.to_sheet(point), fine=fine)

    def release(self, event: QMouseEvent) -> None:
        view, pressed, card = self._view, self._pressed, self._card
        self._pressed = self._card = None
        self._turn.stop()
        if event.button() is not Qt.MouseButton.LeftButton or pressed is None:
            return
        if view.carry is not None:
            view.drop()
            return
        at = view.to_sheet(event.position())
        if card is not None and isinstance(card.talk, ProposedTalk):
            # A little more than the box itself, so that it is easily met.
            box = tick_area(view.card_area(card)).adjusted(-5, -5, 5, 5)
            if box.contains(at):
                view.proposal_toggled.emit(card.talk)
            return
        spot = view.free_at(at)
        if card is None and spot is not None and point_is_near(pressed, event.position()):
            area = view.spot_area(spot)
            assert area is not None
            view.slot_asked.emit(spot.moment, view.at_screen(area))

    def double_click(self, event: QMouseEvent) -> None:
        card = self._view.card_at(self._view.to_sheet(event.position()))
        self._pressed = self._card = None
        if card is not None and event.button() is Qt.MouseButton.LeftButton:
            self._view.client_opened.emit(card.talk.clients[0].id)

    def carry_over(self, at: QPointF, *, fine: bool) -> None:
        """Hold what is carried over this point of the calendar."""
        view = self._view
        carry, places, week = view.carry, view.places, view.week
        if carry is None or places is None or week is None:
            return
        minute = places.minute_at(at.y())
        if carry.resizes:
            step = FINE if fine else length_step(week.step)
            asked = round((minute - minute_of(carry.start)) / step) * step
            moved = carry.lasting(asked)
        else:
            moved = self._over(carry, at, minute - self._grabbed, fine=fine)
        if moved != carry:
            view.carry_to(moved.judged(week))

    def grab(self, minutes: int) -> None:
        """What is brought from elsewhere is held so far below its upper edge."""
        self._grabbed = minutes

    def _side(self) -> int:
        """Whether a card is held beyond the days: -1 before the first, 1 behind the last one."""
        carry = self._view.carry
        if carry is None or carry.resizes:
            return 0
        if self._at.x() < _MARGIN:
            return -1
        return int(self._at.x() >= self._view.viewport().width() - 2)

    def _turn_page(self) -> None:
        """Held there for a while, the card goes along to the page before or after."""
        side = self._side()
        if side and self._pressed is not None:
            self._view.pages_wanted.emit(side)
            self.carry_over(self._view.to_sheet(self._at), fine=False)
            self._turn.start()

    def _over(self, carry: Carry, at: QPointF, minute: int, *, fine: bool) -> Carry:
        places, week = self._view.places, self._view.week
        assert places is not None
        assert week is not None
        plan = places.plans[places.nearest_place(at.x())]
        minute = max(minute, places.since)
        half = 0 if fine else week.step // 2
        start = snapped(plan, minute + half, week.step, FINE if fine else None)
        return replace(carry.at(moment_of(plan.day, max(start, 0))), from_key=False)

    def _take_up(self, point: QPoint) -> bool:
        """Whether the mouse went far enough, with something under it that can be moved."""
        view, card = self._view, self._card
        assert self._pressed is not None
        far = (point - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if card is None or not far or not card.talk.is_open:
            return False
        view.hover(None)
        view.viewport().setCursor(
            Qt.CursorShape.SizeVerCursor if self._on_edge else Qt.CursorShape.ClosedHandCursor
        )
        view.begin_carry(view.carry_of(card, from_key=False, resizes=self._on_edge))
        return True

    def _point_at(self, point: QPoint) -> None:
        view = self._view
        if point.y() < HEADER:
            view.hover(None)
            view.viewport().unsetCursor()
            return
        at = view.to_sheet(point)
        card = view.card_at(at)
        spot = None if card is not None else view.free_at(at)
        view.hover(spot)
        if view.edge_at(at) is not None:
            view.viewport().setCursor(Qt.CursorShape.SizeVerCursor)
        elif spot is not None:
            view.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            view.viewport().unsetCursor()

    def _open_day(self, point: QPoint) -> None:
        places = self._view.places
        place = None if places is None else places.place_at(point.x())
        if places is not None and place is not None:
            self._view.day_opened.emit(places.days[place])


def point_is_near(pressed: QPoint, released: QPointF) -> bool:
    """Whether it was a click and not the end of a way."""
    way = (released.toPoint() - pressed).manhattanLength()
    return way < QApplication.startDragDistance()
