"""The week with sixty appointments: one repaint beside that many bare rounded boxes with a name.

Aim: under 16 ms for a repaint, also where everything is painted anew, in the usual window and on a
whole screen.
"""

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from kkd_desktop.domain.appointment import Appointment, AppointmentState
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.hours import WorkingHours
from kkd_desktop.domain.week import DayPlan, Week, talks_of
from kkd_desktop.gui import theme
from kkd_desktop.gui.models.week_cards import WeekCard
from kkd_desktop.gui.startup import application
from kkd_desktop.gui.widgets.week_view import WeekView
from tests.benchmarks.report import Row, seconds

MONDAY = date(2026, 11, 23)
SIZES = {"": QSize(815, 640), ", whole screen": QSize(1500, 950)}
TALKS, ROUNDS = 60, 60

Widget = TypeVar("Widget", bound=QWidget)


def rows() -> Iterator[Row]:
    app = QApplication.instance() or application()
    assert isinstance(app, QApplication)
    theme.apply(app, Qt.ColorScheme.Light)
    for where, size in SIZES.items():
        yield from _rows_of(where, size)


def _rows_of(where: str, size: QSize) -> Iterator[Row]:
    view, boxes = _shown(WeekView(), size), _shown(_Boxes(), size)
    view.show_week(full_week(), [MONDAY + timedelta(days=day) for day in range(5)])
    boxes.cards = [(_area(view, card), card.name) for card in view.cards]
    assert len(boxes.cards) == TALKS

    def anew() -> None:
        view.forget_pictures()
        view.viewport().repaint()

    def carried() -> None:
        card = view.cards[0]
        view.begin_carry(view.carry_of(card, from_key=False).at(card.talk.start))
        view.viewport().repaint()
        view.let_go()

    for name, work in (
        ("week with 60 appointments, one repaint", view.viewport().repaint),
        ("the same while one is carried", carried),
        ("the same painted anew", anew),
    ):
        measured, floor = _beside(work, boxes.repaint)
        yield Row(f"{name}{where}, aim 16 ms", measured, floor)
    view.close()
    boxes.close()


def full_week() -> Week:
    """Twelve talks a day, in every state, on the usual hours."""
    hours = WorkingHours()
    plans = [
        DayPlan(
            day,
            hours.blocks_on(day),
            talks=talks_of(_booked(day)) if day.weekday() < 5 else (),
        )
        for day in (MONDAY + timedelta(days=number) for number in range(7))
    ]
    return Week(datetime(2026, 11, 25, 9, 30), tuple(plans), 30, 45, Fraction(39))


def _booked(day: date) -> Iterator[tuple[Appointment, Client]]:
    states = (AppointmentState.BOOKED, AppointmentState.INVITED, AppointmentState.ATTENDED)
    for place in range(12):
        number = day.weekday() * 12 + place + 1
        start = datetime(day.year, day.month, day.day, 8) + timedelta(minutes=place * 40)
        client = Client(number, f"123A{number:06d}", f"Beispiel{number}", "Amina")
        changed = datetime(2026, 11, 20, 8)
        state = states[number % len(states)]
        yield (
            Appointment(number, start, 40, f"u{number}", changed, state=state, id=number),
            client,
        )


class _Boxes(QWidget):
    """Nothing but boxes with a name, painted plainly."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[tuple[QRectF, str]] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.surface))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for area, name in self.cards:
            painter.setPen(QColor(colours.accent))
            painter.setBrush(QColor(colours.selection))
            painter.drawRoundedRect(area, 5, 5)
            painter.setPen(QColor(colours.text))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, name)


def _shown(widget: Widget, size: QSize) -> Widget:
    widget.resize(size)
    widget.show()
    QApplication.processEvents()
    return widget


def _area(view: WeekView, card: WeekCard) -> QRectF:
    return QRectF(view.card_rect(card))


def _beside(work: Callable[[], object], floor: Callable[[], object]) -> tuple[float, float]:
    """The best of each: what else runs meanwhile is no part of the painting."""
    pairs = [(seconds(work), seconds(floor)) for _ in range(ROUNDS)]
    return min(one for one, _ in pairs), min(other for _, other in pairs)
