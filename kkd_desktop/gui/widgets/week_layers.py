"""What is kept of a calendar once it is painted, so that the next repaint costs next to nothing?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap

from kkd_desktop.domain import texts
from kkd_desktop.domain.week import DayPlan, Week, minute_of
from kkd_desktop.gui.models.week_proposals import split
from kkd_desktop.gui.widgets import week_overlay, week_painting
from kkd_desktop.gui.widgets.week_geometry import HEADER, WeekGeometry
from kkd_desktop.gui.widgets.week_painting import WeekInk

if TYPE_CHECKING:
    from kkd_desktop.gui.widgets.week_view import WeekView


class WeekLayers:
    """The ground, the cards on it and the head as pictures; over them what changes by the moment:
    focus, the free time under the mouse, the time it is, and what is carried.
    """

    def __init__(self, view: WeekView) -> None:
        self._view = view
        self._ink: WeekInk | None = None
        self._sheet: QPixmap | None = None
        self._head: QPixmap | None = None

    def forget(self) -> None:
        """Paint everything anew at the next occasion."""
        self._ink = self._sheet = self._head = None

    def paint(self, painter: QPainter, places: WeekGeometry, week: Week, offset: int) -> None:
        """`offset` is how far the calendar is scrolled below its head."""
        ink = self._ink = self._ink or WeekInk()
        if self._sheet is None:
            self._sheet = self._painted_sheet(places, ink)
        if self._head is None:
            self._head = self._painted_head(places, week, ink)
        painter.drawPixmap(0, HEADER - offset, self._sheet)
        painter.save()
        painter.setClipRect(QRectF(0, HEADER, places.width, self._view.height()))
        painter.translate(0, HEADER - offset)
        self._paint_moment(painter, places, week, ink)
        painter.restore()
        painter.drawPixmap(0, 0, self._head)

    def _painted_sheet(self, places: WeekGeometry, ink: WeekInk) -> QPixmap:
        canvas = self._canvas(places.width, places.height)
        with QPainter(canvas) as painter:
            week_painting.paint_ground(painter, places, ink)
            week_painting.paint_cards(painter, places, self._view.cards, ink)
        return canvas

    def _painted_head(self, places: WeekGeometry, week: Week, ink: WeekInk) -> QPixmap:
        canvas = self._canvas(places.width, HEADER)
        counts = []
        for place, plan in enumerate(places.plans):
            count = count_text(plan, week)
            room = week_painting.header_room(places, place)
            if ink.small_metrics.horizontalAdvance(count.partition(" · ")[0]) > room:
                count = count_text(plan, week, brief=True)
            counts.append(count)
        with QPainter(canvas) as painter:
            week_painting.paint_header(painter, places, counts, week.now.date(), ink)
        return canvas

    def _canvas(self, width: float, height: float) -> QPixmap:
        ratio = self._view.devicePixelRatioF()
        canvas = QPixmap(QSize(round(width * ratio), round(height * ratio)))
        canvas.setDevicePixelRatio(ratio)
        return canvas

    def _paint_moment(
        self, painter: QPainter, places: WeekGeometry, week: Week, ink: WeekInk
    ) -> None:
        view, carry = self._view, self._view.carry
        taken = None if carry is None or carry.talk is None else view.card(carry.ids[0])
        if carry is None:
            self._paint_stops(painter, ink)
        elif taken is not None:
            week_overlay.paint_faded(painter, view.card_area(taken), ink)
        today = places.place_of(week.now.date())
        if today is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            week_painting.paint_now(painter, places, minute_of(week.now), today)
        area = None if carry is None else view.carry_area(carry)
        if carry is not None and area is not None:
            week_overlay.paint_carried(painter, places, area, carry, ink)

    def _paint_stops(self, painter: QPainter, ink: WeekInk) -> None:
        """The free time under the mouse, and what has the keys."""
        view = self._view
        marked = view.card(view.marked)
        if marked is not None and not view.hasFocus():
            week_overlay.paint_focus(painter, view.card_area(marked))
        if view.hovered is not None and (area := view.spot_area(view.hovered)) is not None:
            week_overlay.paint_slot(painter, area, view.hovered.minute, ink, focused=False)
        spot = view.spot
        area = None if spot is None or not view.hasFocus() else view.spot_area(spot)
        if spot is None or area is None:
            return
        if spot.key is not None:
            week_overlay.paint_focus(painter, area)
        elif spot.is_free:
            week_overlay.paint_slot(painter, area, spot.minute, ink, focused=True)
        else:
            week_overlay.paint_day_stop(painter, area)


def count_text(plan: DayPlan, week: Week, *, brief: bool = False) -> str:
    """`8 Termine · 3 frei · 1 abgesagt`; where talks lie on a closed day, first of all why.
    `brief` for a column that has no room for the long word.
    """
    parts = []
    agreed, proposed = split(plan.talks)
    people = sum(len(talk.booked) for talk in agreed)
    if people and plan.closed:
        parts.append(plan.closed)
    if people:
        long = texts.counted(people, "Termin", "Termine")
        parts.append(_tr("{n} Term.").format(n=people) if brief else long)
    if proposed:
        parts.append(_tr("{n} neu").format(n=len(proposed)))
    if plan.is_open and plan.day >= week.now.date():
        left = plan.room_left(week.minutes)
        parts.append(_tr("{n} frei").format(n=left) if left else _tr("voll"))
    if plan.withdrawn:
        parts.append(_tr("{n} abgesagt").format(n=len(plan.withdrawn)))
    return " · ".join(parts)


def _tr(text: str) -> str:
    return QCoreApplication.translate("WeekLayers", text)
