"""How do the next four weeks look? One row per week, one cell per day, with counts and names."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.week import WEEK, DayPlan, Week, monday_of
from kkd_desktop.domain.workdays import DAY
from kkd_desktop.gui.models.week_cards import WeekCard, cards_of, families
from kkd_desktop.gui.models.week_proposals import split
from kkd_desktop.gui.painting import fill
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import follow_part
from kkd_desktop.gui.widgets.card import paint_card_frame
from kkd_desktop.gui.widgets.week_painting import WeekInk, paint_tick

if TYPE_CHECKING:
    from kkd_desktop.gui.spoken import SpokenPart

_GUTTER, _HEAD, _LINE, _TOP = 52, 30, 18, 26
_NARROW = 96
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ELIDE = Qt.TextElideMode.ElideRight


class WeeksView(QWidget):
    """Arrows go from day to day, Enter or a double click opens one.

    Signals:
        day_opened: this day is wanted alone.
        pages_wanted: so many pages on or back.
        focus_told: what has the keys, in words.
        day_chosen: the user went to this day.
    """

    day_opened = Signal(object)
    pages_wanted = Signal(int)
    focus_told = Signal(str)
    day_chosen = Signal(object)
    spoken_role = "List"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.week: Week | None = None
        self.day: date | None = None
        self.marked: int | None = None
        self._cards: dict[date, tuple[WeekCard, ...]] = {}
        self._held: date | None = None
        self._picture: QPixmap | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Vier Wochen"))

    def show_weeks(self, week: Week) -> None:
        """Show these; the day that has the keys keeps them, or its weekday does."""
        self.week = week
        self._cards = {plan.day: cards_of(plan, week.now) for plan in week.days}
        days = self._days()
        if self.day not in days:
            today = week.now.date()
            weekday = 0 if self.day is None else self.day.weekday()
            self.day = today if today in days else days[weekday]
        self.forget_picture()

    def focus_day(self, day: date) -> None:
        """Give this day the keys and say what it holds."""
        self.day = day
        told = self.told(day)
        self.focus_told.emit(told)
        follow_part(self, told)
        self.update()

    def mark(self, key: int | None) -> None:
        """Show which talk is meant where something else has the keys."""
        if key != self.marked:
            self.marked = key
            self.forget_picture()

    def hold_over(self, at: QPoint | None) -> date | None:
        """Mark the day under this point of the screen, for what is carried there; None for no day.

        Returns the day.
        """
        inside = None if at is None else self._day_at(QPointF(self.mapFromGlobal(at)))
        if inside != self._held:
            self._held = inside
            self.update()
        return inside

    def told(self, day: date) -> str:
        """`Di 24.11., 8 Termine, 3 frei`."""
        plan = None if self.week is None else self.week.day(day)
        if plan is None or self.week is None:
            return texts.short_day(day)
        agreed, proposed = split(plan.talks)
        people = sum(len(talk.booked) for talk in agreed)
        parts = [texts.short_day(day), plan.closed]
        if people or not plan.closed:
            parts.append(texts.counted(people, "Termin", "Termine"))
        if proposed:
            parts.append(self.tr("{n} vorgeschlagen").format(n=len(proposed)))
        parts.append(self._free(plan))
        return ", ".join(part for part in parts if part)

    def spoken_parts(self) -> list["SpokenPart"]:
        """Every day, for screen readers."""
        from kkd_desktop.gui.spoken import SpokenPart

        return [
            SpokenPart(self.told(day), self.cell(day).toRect(), day == self.day)
            for day in self._days()
        ]

    def spoken_source(self) -> tuple[object, ...]:
        return self.week, self.day, self.size()

    def cell(self, day: date) -> QRectF:
        """Where a day stands."""
        assert self.week is not None
        row, column = divmod((day - self.week.first).days, 7)
        left, right = (self._edge(column + side) for side in (0, 1))
        height = (self.height() - _HEAD) / self._rows()
        top = round(_HEAD + row * height)
        return QRectF(left, top, right - left, round(_HEAD + (row + 1) * height) - top)

    def sizeHint(self) -> QSize:
        return QSize(760, 520)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.forget_picture()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.forget_picture()

    def forget_picture(self) -> None:
        self._picture = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.week is None:
            return
        if self._picture is None:
            self._picture = self._painted(self.week)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._held is not None:
            ground = QColor(WeekInk().colours.accent)
            ground.setAlphaF(0.12)
            fill(painter, self.cell(self._held).adjusted(1, 1, 0, 0), ground)
        if self.hasFocus() and self.day is not None:
            painter.setPen(QPen(QColor(WeekInk().colours.accent), 2))
            painter.drawRoundedRect(self.cell(self.day).adjusted(3, 2, -2, -2), 5, 5)
        painter.end()
        paint_card_frame(self, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        ways = {
            Qt.Key.Key_Left: -DAY,
            Qt.Key.Key_Right: DAY,
            Qt.Key.Key_Up: -WEEK,
            Qt.Key.Key_Down: WEEK,
        }
        if key in pages:
            self.pages_wanted.emit(pages[key])
        elif key in ways and self.day is not None:
            self._go(self.day + ways[key], ways[key].days)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.day is not None:
            self.day_opened.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position())
        if day is not None:
            self.focus_day(day)
            self.day_chosen.emit(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position())
        if day is not None:
            self.day_opened.emit(day)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.day is not None:
            self.focus_day(self.day)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _go(self, there: date, way: int) -> None:
        """To another day; beyond the first or last one on the next page."""
        while there.weekday() >= self._columns():
            there += DAY if way > 0 else -DAY
        if there not in self._days():
            self.day = there
            self.pages_wanted.emit(1 if way > 0 else -1)
        else:
            self.focus_day(there)
            self.day_chosen.emit(there)

    def _days(self) -> list[date]:
        if self.week is None:
            return []
        return [plan.day for plan in self.week.days if plan.day.weekday() < self._columns()]

    def _columns(self) -> int:
        """Weekends are shown only where something was agreed on them."""
        assert self.week is not None
        busy = [plan.day.weekday() for plan in self.week.days if plan.talks]
        return max([5, *(weekday + 1 for weekday in busy)])

    def _rows(self) -> int:
        assert self.week is not None
        return len(self.week.days) // 7

    def _edge(self, column: int) -> int:
        return _GUTTER + round((self.width() - _GUTTER) * column / self._columns())

    def _day_at(self, point: QPointF) -> date | None:
        return next((day for day in self._days() if self.cell(day).contains(point)), None)

    def _free(self, plan: DayPlan) -> str:
        assert self.week is not None
        if not plan.is_open or plan.day < self.week.now.date():
            return ""
        return self.tr("{n} frei").format(n=plan.room_left(self.week.minutes))

    def _painted(self, week: Week) -> QPixmap:
        ratio, ink = self.devicePixelRatioF(), WeekInk()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(ink.colours.surface))
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_head(painter, ink)
            days = self._days()
            for plan in week.days:
                if plan.day in days:
                    self._paint_cell(painter, plan, ink)
            for monday in (week.first + WEEK * row for row in range(self._rows())):
                self._paint_number(painter, monday, ink)
        return picture

    def _paint_head(self, painter: QPainter, ink: WeekInk) -> None:
        painter.setFont(ink.small_bold)
        painter.setPen(QColor(ink.colours.muted))
        for column in range(self._columns()):
            area = QRectF(self._edge(column) + 10, 0, 100, _HEAD)
            painter.drawText(area, _LEFT, texts.long_weekday(column))

    def _paint_number(self, painter: QPainter, monday: date, ink: WeekInk) -> None:
        assert self.week is not None
        area = self.cell(monday)
        fill(painter, QRectF(0, area.top(), self.width(), 1), ink.colours.line)
        number = QRectF(0, area.top() + 5, _GUTTER - 8, 18)
        this_week = monday == monday_of(self.week.now.date())
        painter.setFont(ink.small_bold if this_week else ink.small)
        painter.setPen(QColor(ink.colours.accent if this_week else ink.colours.muted))
        text = self.tr("KW {week}").format(week=monday.isocalendar().week)
        painter.drawText(number, _RIGHT, text)

    def _paint_cell(self, painter: QPainter, plan: DayPlan, ink: WeekInk) -> None:
        assert self.week is not None
        colours, area = ink.colours, self.cell(plan.day)
        today = self.week.now.date()
        if plan.closed:
            fill(painter, area, colours.chip)
        elif plan.day < today or not plan.is_open:
            fill(painter, area, colours.bg)
        fill(painter, QRectF(area.left(), area.top(), 1, area.height()), colours.line)
        inner = area.adjusted(10, 4, -8, -4)
        is_today = plan.day == today
        painter.setFont(ink.bold)
        painter.setPen(QColor(colours.accent if is_today else colours.text))
        name = f"{plan.day.day:02d}.{plan.day.month:02d}."
        painter.drawText(QRectF(inner.left(), inner.top(), 60, 20), _LEFT, name)
        painter.setFont(ink.small)
        painter.setPen(QColor(colours.muted))
        room = inner.adjusted(44, 0, 0, 0)
        fits = ink.small_metrics.horizontalAdvance
        said = next((each for each in self._said(plan) if fits(each) <= room.width() - 8), "")
        painter.drawText(QRectF(room.left(), inner.top(), room.width(), 20), _RIGHT, said)
        if plan.closed:
            painter.setPen(QColor(colours.text))
            line = QRectF(inner.left(), inner.top() + _TOP - 4, inner.width(), _LINE)
            cut = ink.small_metrics.elidedText(plan.closed, _ELIDE, int(line.width()))
            painter.drawText(line, _LEFT, cut)
        self._paint_fill(painter, plan, area, ink)
        self._paint_names(painter, plan, inner.adjusted(0, _LINE if plan.closed else 0, 0, 0), ink)
        if is_today:
            fill(
                painter,
                QRectF(area.left() + 1, area.top() + 1, area.width() - 1, 2),
                colours.accent,
            )

    def _said(self, plan: DayPlan) -> tuple[str, ...]:
        """`8 Termine · 3 frei`, at the right of the day; after it what is said in less room."""
        assert self.week is not None
        agreed, proposed = split(plan.talks)
        people = sum(len(talk.booked) for talk in agreed)
        if proposed:
            return self.tr("{n} + {new} neu").format(n=people, new=len(proposed)), ""
        talks = texts.counted(people, "Termin", "Termine") if people else ""
        free = self._free(plan)
        return " · ".join(part for part in (talks, free) if part), free or talks

    def _paint_names(self, painter: QPainter, plan: DayPlan, inner: QRectF, ink: WeekInk) -> None:
        cards = self._cards.get(plan.day, ())
        lines = max(0, int((inner.height() - _TOP - 6) // _LINE))
        shown = cards if len(cards) <= lines else cards[: max(lines - 1, 0)]
        meant = next((card for card in cards if card.key == self.marked), None)
        if meant is not None and shown and meant not in shown:
            shown = (*shown[:-1], meant)
        painter.setFont(ink.small)
        top = inner.top() + _TOP - 2
        for card in shown:
            self._paint_line(painter, QRectF(inner.left(), top, inner.width(), _LINE), card, ink)
            top += _LINE
        if len(shown) < len(cards) and lines:
            painter.setPen(QColor(ink.colours.muted))
            left = len(cards) - len(shown)
            rest = self.tr("+ {n} weitere").format(n=left)
            if painter.fontMetrics().horizontalAdvance(rest) > inner.width():
                rest = f"+ {left}"
            painter.drawText(QRectF(inner.left(), top, inner.width(), _LINE), _LEFT, rest)

    def _paint_fill(self, painter: QPainter, plan: DayPlan, area: QRectF, ink: WeekInk) -> None:
        """How much of the day is taken, as a thin line at its foot."""
        assert self.week is not None
        free = plan.room_left(self.week.minutes)
        if not plan.is_open or plan.day < self.week.now.date() or not (plan.talks or free):
            return
        track = QRectF(area.left() + 10, area.bottom() - 9, area.width() - 20, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink.colours.chip))
        painter.drawRoundedRect(track, 1.5, 1.5)
        taken = len(plan.talks) / (len(plan.talks) + free)
        fill = QColor(ink.colours.accent)
        fill.setAlphaF(0.55)
        painter.setBrush(fill)
        painter.drawRoundedRect(QRectF(track.topLeft(), QSizeF(track.width() * taken, 3)), 1.5, 1.5)

    def _paint_line(self, painter: QPainter, line: QRectF, card: WeekCard, ink: WeekInk) -> None:
        colour = ink.colours.ink(card.tone)
        if card.key == self.marked:
            painter.setPen(QPen(QColor(ink.colours.accent), 1.5))
            painter.setBrush(QColor(ink.colours.selection))
            painter.drawRoundedRect(line.adjusted(-4, 0.5, 4, -0.5), 4, 4)
        dot = QRectF(line.left(), line.center().y() - 3.5, 7, 7)
        if card.ticked is not None:
            paint_tick(painter, dot.adjusted(-1, -1, 2, 2), card.ticked, ink)
        else:
            painter.setPen(QPen(colour, 1.2))
            painter.setBrush(colour if card.is_filled else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(dot, 2, 2)
        painter.setPen(QColor(ink.colours.muted if card.tone is Tone.NEUTRAL else ink.colours.text))
        room = int(line.width()) - 13
        words = f"{texts.clock(card.talk.start)}  {card.name}"
        # Rather a name without the first letter of another than a name cut in two.
        for shorter in (card.short_name, families(card.talk.clients)):
            if ink.small_metrics.horizontalAdvance(words) > room:
                words = f"{texts.clock(card.talk.start)}  {shorter}"
        if room < _NARROW:
            # The hour stands in the day; here the name says more.
            words = card.short_name
        cut = ink.small_metrics.elidedText(words, _ELIDE, room)
        painter.drawText(line.adjusted(13, 0, 0, 0), _LEFT, cut)
