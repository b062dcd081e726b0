"""The calendar of one or several days: hours, talks, free times; by mouse and by keys alone."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.outcome import Obligation
from kkd_desktop.domain.week import DayPlan, Week, minute_of
from kkd_desktop.gui.models.week_cards import WeekCard, cards_of
from kkd_desktop.gui.models.week_carry import Carry, Spot, spots_of
from kkd_desktop.gui.models.week_proposals import ProposedTalk
from kkd_desktop.gui.widgets.banner import announce, follow_part
from kkd_desktop.gui.widgets.card import paint_card_frame
from kkd_desktop.gui.widgets.labels import plain_tooltip
from kkd_desktop.gui.widgets.week_geometry import HEADER, WeekGeometry
from kkd_desktop.gui.widgets.week_keys import WeekKeys
from kkd_desktop.gui.widgets.week_layers import WeekLayers
from kkd_desktop.gui.widgets.week_mouse import WeekMouse

if TYPE_CHECKING:
    from kkd_desktop.gui.spoken import SpokenPart


class WeekView(QAbstractScrollArea):
    """Arrows go from talk to talk and to free times, Enter opens or books, Space picks up and puts
    down, Ctrl+arrows move at once, + and - change the length, Del cancels.

    Signals:
        client_opened: the file of a client is wanted; carries the id.
        slot_asked: somebody is to be booked there: the moment, and where on the screen.
        booking_wanted: a carried client was put down: the client's id, the moment, the minutes.
        move_wanted: a talk was put down elsewhere or has another length: talk, moment, minutes.
        cancel_wanted: a talk is to be cancelled.
        menu_wanted: everything else one can do with a talk: the talk, and where on the screen.
        carry_changed: what is being carried, None when it was put down or let go.
        pages_wanted: so many pages on or back.
        day_wanted: a day that is not shown is to be shown.
        day_opened: a day is to be shown alone.
        refused: why something cannot be done, as one sentence.
        focus_told: what has the keys, in words.
        proposal_chosen: this proposed talk has the keys now.
        proposal_toggled: this proposed talk is to be taken over, or not any more.
    """

    client_opened = Signal(int)
    slot_asked = Signal(object, QPoint)
    booking_wanted = Signal(int, object, int)
    move_wanted = Signal(object, object, int)
    cancel_wanted = Signal(object)
    menu_wanted = Signal(object, QPoint)
    carry_changed = Signal(object)
    pages_wanted = Signal(int)
    day_wanted = Signal(object)
    day_opened = Signal(object)
    refused = Signal(str)
    focus_told = Signal(str)
    proposal_chosen = Signal(object)
    proposal_toggled = Signal(object)
    spoken_role = "List"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.week: Week | None = None
        self.places: WeekGeometry | None = None
        self.cards: tuple[WeekCard, ...] = ()
        self.carry: Carry | None = None
        self.spot: Spot | None = None
        self.hovered: Spot | None = None
        self.marked: int | None = None
        self._days: tuple[date, ...] = ()
        self._due: Mapping[int, Obligation] = {}
        self._layers = WeekLayers(self)
        self._keys = WeekKeys(self)
        self._mouse = WeekMouse(self)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Kalender"))
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(22)

    def show_week(
        self, week: Week, days: Sequence[date], due: Mapping[int, Obligation] | None = None
    ) -> None:
        """Show these days of a week. What has the keys keeps them where it still is, and what is
        carried stays in hand. `due` says what is asked for each client.
        """
        self.week, self._days = week, tuple(days)
        self._due = self._due if due is None else due
        plans = self.plans()
        self.cards = tuple(card for plan in plans for card in cards_of(plan, week.now))
        if self.carry is not None:
            self.carry = self.carry.judged(week)
        self._renew_geometry()
        self._keep_spot()

    @property
    def paints_focus(self) -> bool:
        """A card that is marked for somebody else is marked without the keys too."""
        return self.marked is None

    def plans(self) -> tuple[DayPlan, ...]:
        """The days shown."""
        if self.week is None:
            return ()
        return tuple(self.week.day(day) or DayPlan(day) for day in self._days)

    def card(self, key: int | None) -> WeekCard | None:
        return next((card for card in self.cards if key in card.talk.ids), None)

    def current_card(self) -> WeekCard | None:
        """The card that has the keys."""
        return None if self.spot is None or self.spot.key is None else self.card(self.spot.key)

    def spots(self, day: date) -> list[Spot]:
        plan = None if self.week is None else self.week.day(day)
        return spots_of(plan or DayPlan(day), self.cards)

    def days(self) -> tuple[date, ...]:
        return self._days

    def focus_spot(self, spot: Spot, *, quiet: bool = False) -> None:
        """Give this place the keys, bring it into sight and say what it is. Of a `quiet` one
        nothing is said while the keys are elsewhere.
        """
        self.spot = spot
        area = self.spot_area(spot)
        if area is not None:
            self._bring_into_sight(area)
        self.viewport().update()
        told = self.told(spot)
        self.focus_told.emit(told)
        if not quiet or self.hasFocus():
            follow_part(self, told)
        card = self.card(spot.key)
        if card is not None and isinstance(card.talk, ProposedTalk) and self.hasFocus():
            self.marked = card.key
            self.proposal_chosen.emit(card.talk)

    def mark(self, key: int | None) -> None:
        """Show which card is meant where something else has the keys; bring it into sight."""
        self.marked = key
        card = self.card(key)
        if card is not None:
            self.focus_talk(card.key)
        self.viewport().update()

    def focus_talk(self, appointment_id: int) -> None:
        """Give the card of this appointment the keys, where it is shown."""
        card = self.card(appointment_id)
        if card is not None:
            self.focus_spot(Spot(card.day, card.since, card.key), quiet=True)

    def told(self, spot: Spot) -> str:
        card = self.card(spot.key)
        if card is not None:
            return card.spoken
        plan = None if self.week is None else self.week.day(spot.day)
        day = texts.short_day(spot.day)
        if spot.is_free:
            return self.tr("{day} {time}, frei").format(day=day, time=texts.clock(spot.moment))
        closed = "" if plan is None else plan.closed
        return f"{day}, {closed or self.tr('nichts frei')}"

    def spoken_parts(self) -> list["SpokenPart"]:
        """Every talk, and the free time that has the keys, for screen readers."""
        from kkd_desktop.gui.spoken import SpokenPart

        here = self.current_card()
        parts = [
            SpokenPart(card.spoken, self._shifted(self.card_area(card)).toRect(), card is here)
            for card in self.cards
        ]
        area = None if self.spot is None or here is not None else self.spot_area(self.spot)
        if self.spot is not None and area is not None:
            parts.append(SpokenPart(self.told(self.spot), self._shifted(area).toRect(), True))
        return parts

    def spoken_source(self) -> tuple[object, ...]:
        offset = self.verticalScrollBar().value()
        return self.week, self.cards, self.spot, self.places, offset

    def begin_carry(self, carry: Carry) -> None:
        assert self.week is not None
        self.carry_to(carry.judged(self.week))

    def carry_to(self, carry: Carry) -> None:
        """Hold it there, and say what speaks against that place."""
        before, self.carry = self.carry, carry
        if carry == before:
            return
        if carry.from_key:
            self._follow_carry(carry)
        self.viewport().update()
        self.carry_changed.emit(self.carry)

    def _follow_carry(self, carry: Carry) -> None:
        if carry.day not in self._days:
            self.day_wanted.emit(carry.day)
            # Judged anew by the week it came into.
            carry = self.carry or carry
        area = self.carry_area(carry)
        if area is not None:
            self._bring_into_sight(area)
        said = carry.placing.refused or ", ".join(carry.placing.hints)
        announce(self, f"{carry.when}, {said}" if said else carry.when)

    def drop(self) -> None:
        """Put down what is carried; where that is refused it stays in hand of the keys."""
        carry = self.carry
        if carry is None:
            return
        if carry.placing.refused:
            self.refused.emit(f"{carry.when}: {carry.placing.refused}.")
            if carry.from_key:
                return
            self.let_go()
            return
        self.let_go()
        if carry.talk is not None:
            if carry.is_changed:
                self.move_wanted.emit(carry.talk, carry.start, carry.minutes)
        elif carry.client_id is not None:
            self.booking_wanted.emit(carry.client_id, carry.start, carry.minutes)

    def bring(self, carry: Carry) -> None:
        """Take over what the mouse brings from elsewhere; it is held a little below its edge."""
        self._mouse.grab(min(15, carry.minutes // 2))
        self.begin_carry(carry)

    def carry_at(self, at: QPoint, *, fine: bool = False) -> None:
        """Hold it over this point of the screen."""
        point = self.viewport().mapFromGlobal(at)
        self.scroll_near_edge(point.y())
        self._mouse.carry_over(self.to_sheet(point), fine=fine)

    def let_go(self) -> None:
        """Carry nothing any more; nothing is stored."""
        if self.carry is None:
            return
        self.carry = None
        self.viewport().unsetCursor()
        self.viewport().update()
        self.carry_changed.emit(None)

    def carry_of(self, card: WeekCard, *, from_key: bool, resizes: bool = False) -> Carry:
        """A card taken up where it stands."""
        talk = card.talk
        return Carry(
            card.name,
            talk.start,
            talk.minutes,
            card.preparation,
            talk,
            talk.clients[0].id,
            self._due.get(talk.clients[0].id),
            by_letter=talk.first.form == "persoenlich" and not resizes,
            from_key=from_key,
            resizes=resizes,
        )

    def hover(self, spot: Spot | None) -> None:
        if spot != self.hovered:
            self.hovered = spot
            self.viewport().update()

    def to_sheet(self, point: QPoint | QPointF) -> QPointF:
        """A point of the viewport on the calendar below its head."""
        return QPointF(point.x(), point.y() - HEADER + self.verticalScrollBar().value())

    def card_at(self, point: QPointF) -> WeekCard | None:
        """The card at a point of the calendar, the uppermost."""
        return next((c for c in reversed(self.cards) if self.card_area(c).contains(point)), None)

    def edge_at(self, point: QPointF) -> WeekCard | None:
        """The card whose lower edge is there."""
        geometry = self.places
        if geometry is None:
            return None
        return next(
            (
                card
                for card in reversed(self.cards)
                if card.talk.is_open and geometry.is_lower_edge(self.card_area(card), point)
            ),
            None,
        )

    def free_at(self, point: QPointF) -> Spot | None:
        """The free time at a point of the calendar."""
        geometry, week = self.places, self.week
        if geometry is None or week is None or not 0 <= point.y() < geometry.height:
            return None
        place = geometry.place_at(point.x())
        if place is None:
            return None
        minute = geometry.minute_at(point.y())
        plan = geometry.plans[place]
        found = [m for m in map(minute_of, plan.free) if m <= minute < m + week.step]
        return Spot(plan.day, found[-1], is_free=True) if found else None

    def card_rect(self, card: WeekCard) -> QRect:
        """Where a card stands in the viewport."""
        return self._shifted(self.card_area(card)).toRect()

    def slot_rect(self, moment: datetime) -> QRect:
        """Where a free time stands in the viewport."""
        area = self.spot_area(Spot(moment.date(), minute_of(moment), is_free=True))
        return QRect() if area is None else self._shifted(area).toRect()

    def spot_area(self, spot: Spot) -> QRectF | None:
        geometry, week = self.places, self.week
        card = self.card(spot.key)
        if card is not None:
            return self.card_area(card)
        place = None if geometry is None else geometry.place_of(spot.day)
        if geometry is None or week is None or place is None:
            return None
        if spot.is_free:
            return geometry.card(place, spot.minute, week.minutes)
        return geometry.stretch(place, geometry.since, geometry.until)

    def carry_area(self, carry: Carry) -> QRectF | None:
        geometry = self.places
        place = None if geometry is None else geometry.place_of(carry.day)
        if geometry is None or place is None:
            return None
        return geometry.card(place, minute_of(carry.start), carry.minutes)

    def scroll_near_edge(self, y: int) -> None:
        """While something is carried to the upper or lower edge, the calendar goes on."""
        bar = self.verticalScrollBar()
        if y < HEADER + 18:
            bar.setValue(bar.value() - 14)
        elif y > self.viewport().height() - 18:
            bar.setValue(bar.value() + 14)

    def at_screen(self, area: QRectF) -> QPoint:
        """The lower left corner of a part of the calendar on the screen."""
        return self.viewport().mapToGlobal(self._shifted(area).bottomLeft().toPoint())

    def sizeHint(self) -> QSize:
        return QSize(760, 520)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 260)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._renew_geometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.forget_pictures()

    def forget_pictures(self) -> None:
        """Paint everything anew at the next occasion."""
        self._layers.forget()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.places is None or self.week is None:
            return
        offset = self.verticalScrollBar().value()
        with QPainter(self.viewport()) as painter:
            self._layers.paint(painter, self.places, self.week, offset)
        paint_card_frame(self.viewport(), min(self._needed(), self.viewport().height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.act(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.spot is None:
            self.focus_first()
        elif event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.focus_spot(self.spot)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._mouse.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        card = self.card_at(self.to_sheet(event.pos())) if by_mouse else self.current_card()
        if card is not None:
            at = event.globalPos() if by_mouse else self.at_screen(self.card_area(card))
            self.focus_talk(card.key)
            self.menu_wanted.emit(card.talk, at)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            card = self.card_at(self.to_sheet(event.pos()))
            words = "" if card is None else plain_tooltip(card.spoken)
            QToolTip.showText(event.globalPos(), words, self)
            return True
        if event.type() is QEvent.Type.Leave:
            self.hover(None)
        return super().viewportEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def focus_first(self) -> None:
        """Give the keys to the next talk or free time from now on."""
        if self.week is None or not self._days:
            return
        today = self.week.now.date()
        day = today if today in self._days else self._days[0]
        spots = self.spots(day)
        now = minute_of(self.week.now) if day == today else 0
        self.focus_spot(next((s for s in spots if s.minute >= now), spots[-1]), quiet=True)

    def _keep_spot(self) -> None:
        spot = self.spot
        if spot is None:
            return
        card = self.card(spot.key)
        if card is not None:
            self.focus_spot(Spot(card.day, card.since, card.key), quiet=True)
        elif spot.day in self._days:
            near = min(self.spots(spot.day), key=lambda s: abs(s.minute - spot.minute))
            self.focus_spot(near, quiet=True)
        else:
            same = next((d for d in self._days if d.weekday() == spot.day.weekday()), None)
            spots = self.spots(same or self._days[0])
            near = min(spots, key=lambda s: abs(s.minute - spot.minute))
            self.focus_spot(near, quiet=True)

    def _renew_geometry(self) -> None:
        if self.week is None:
            return
        area = self.viewport().size()
        plans, room = self.plans(), area.height() - HEADER - 1
        self.places = WeekGeometry(plans, area.width(), room)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, round(self.places.height - room)))
        bar.setPageStep(max(room, 1))
        self._layers.forget()
        self.viewport().update()

    def _needed(self) -> int:
        return 0 if self.places is None else HEADER + round(self.places.height) + 1

    def card_area(self, card: WeekCard) -> QRectF:
        """Where a card stands in the calendar."""
        geometry = self.places
        place = None if geometry is None else geometry.place_of(card.day)
        if geometry is None or place is None:
            return QRectF()
        return geometry.card(place, card.since, card.minutes, card.lane, card.lanes)

    def _shifted(self, area: QRectF) -> QRectF:
        return area.translated(0, HEADER - self.verticalScrollBar().value())

    def _bring_into_sight(self, area: QRectF) -> None:
        bar, room = self.verticalScrollBar(), self.viewport().height() - HEADER
        if area.height() > room or area.top() < bar.value():
            bar.setValue(round(area.top()) - 8)
        elif area.bottom() > bar.value() + room:
            bar.setValue(round(area.bottom()) - room + 8)
