"""How do the rows of a proposed plan look? Two lines, a check box before those to choose from."""

from fractions import Fraction

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from kkd_desktop.domain import texts
from kkd_desktop.gui.delegates.ground import paint_ground, paint_line_below
from kkd_desktop.gui.models.plan_rows import (
    Index,
    PlanGroup,
    PlanModel,
    PlanRow,
    bar_share,
    fullness,
)
from kkd_desktop.gui.painting import fill
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.week_painting import TICK, WeekInk, paint_tick

ROW_HEIGHT = 44
_PAD, _GAP, _FOLD, _BAR = 12, 8, 16, 64
_FIRST, _SECOND = 5, 23
_LINE = 16
_ELIDE = Qt.TextElideMode.ElideRight
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PlanDelegate(QStyledItemDelegate):
    """Weeks as headings with how full they are, below them who comes when, and why."""

    def __init__(self, view: QTreeView, model: PlanModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._ink: WeekInk | None = None

    def forget_ink(self) -> None:
        """Colours or fonts are others."""
        self._ink = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW_HEIGHT)

    def tick_rect(self, index: Index) -> QRectF | None:
        """Where a row has its check box, with the room around it that takes a click."""
        if self._model.check_state(index) is None:
            return None
        area = self._view.visualRect(index)
        box = _tick(area, is_row=self._model.row(index) is not None)
        return box.adjusted(-6, -8, 6, 8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ink = self._ink = self._ink or WeekInk()
        area = QRect(0, option.rect.top(), self._view.viewport().width(), option.rect.height())
        group, row = self._model.group(index), self._model.row(index)
        painter.save()
        self._paint_ground(painter, area, index, ink, is_heading=group is not None)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = self._model.check_state(index)
        if state is not None:
            _paint_check(painter, _tick(area, is_row=row is not None), state, ink)
        if group is not None:
            self._paint_group(painter, area, group, index, ink)
        elif row is not None:
            self._paint_row(painter, area, row, ink)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, area: QRect, index: Index, ink: WeekInk, *, is_heading: bool
    ) -> None:
        colours = ink.colours
        chosen = self._view.currentIndex() == index
        plain = colours.bg if is_heading else colours.surface
        keys = self._view.hasFocus()
        paint_ground(painter, area, colours, chosen=chosen, has_keys=keys, plain=plain)
        paint_line_below(painter, area, colours)

    def _paint_group(
        self, painter: QPainter, area: QRect, group: PlanGroup, index: Index, ink: WeekInk
    ) -> None:
        colours, right = ink.colours, float(area.right() - _PAD)
        left = float(_PAD + _FOLD)
        if group.rows:
            _paint_fold(painter, area, self._view.isExpanded(index), ink)
        if group.week is not None:
            left += TICK + _GAP
        week, plan = self._model.week(group), self._model.plan
        if week is not None and plan is not None:
            said, below = fullness(plan, week)
            needed = ink.bold_metrics.horizontalAdvance
            if needed(group.title) + _GAP + needed(said) > right - left:
                said = said.partition(" ")[2]
            tone = Tone.SOON if week.over else Tone.NEUTRAL
            room = self._right(painter, area, right, said, ink.bold_metrics, ink, Tone.NEUTRAL)
            if week.norm:
                bar = QRectF(right - _BAR, area.top() + _SECOND + 5, _BAR, 5)
                _paint_bar(painter, bar, bar_share(week), ink)
            painter.setFont(ink.small)
            painter.setPen(colours.ink(tone))
            words = below
            if week.over:
                words = f"{below} · {self.tr('über der Vorgabe')}"
        else:
            room = self._right(
                painter,
                area,
                right,
                texts.whole(len(group.rows)),
                ink.bold_metrics,
                ink,
                Tone.NEUTRAL,
            )
            painter.setFont(ink.small)
            painter.setPen(QColor(colours.muted))
            words = group.note
        limit = right - (_BAR + _GAP if week is not None and week.norm else 0) - left
        line = QRectF(left, area.top() + _SECOND, limit, _LINE)
        painter.drawText(line, _LEFT, ink.fitting(words.split(" · "), limit))
        painter.setFont(ink.bold)
        painter.setPen(QColor(colours.text))
        title = ink.bold_metrics.elidedText(group.title, _ELIDE, int(room - left))
        painter.drawText(QRectF(left, area.top() + _FIRST, room - left, _LINE), _LEFT, title)

    def _paint_row(self, painter: QPainter, area: QRect, row: PlanRow, ink: WeekInk) -> None:
        colours, right = ink.colours, float(area.right() - _PAD)
        left = float(_PAD + _FOLD + (TICK + _GAP if row.talk is not None else 0))
        gone = row.key is not None and row.key in self._model.gone
        is_out = row.key is not None and row.key not in self._model.chosen
        tone = Tone.LATE if row.warns and not is_out else Tone.NEUTRAL
        alone = tone if row.talk is None else Tone.NEUTRAL
        room = self._right(painter, area, right, row.right, ink.name_metrics, ink, alone)
        painter.setFont(ink.small)
        below = self.tr("überholt") if gone else row.right_below
        width = ink.small_metrics.horizontalAdvance(below)
        second = QRectF(left, area.top() + _SECOND, right - left, _LINE)
        painter.setPen(colours.ink(Tone.SOON if gone else tone))
        painter.drawText(second, _RIGHT, below)
        painter.setPen(QColor(colours.muted))
        limit = int(second.width() - width - (_GAP if width else 0))
        painter.drawText(second, _LEFT, ink.fitting(row.second.split("; "), limit))
        painter.setFont(ink.name)
        painter.setPen(QColor(colours.muted if is_out else colours.text))
        name = ink.name_metrics.elidedText(row.client.name, _ELIDE, int(room - left))
        painter.drawText(QRectF(left, area.top() + _FIRST, room - left, _LINE), _LEFT, name)

    def _right(
        self,
        painter: QPainter,
        area: QRect,
        right: float,
        words: str,
        metrics: QFontMetrics,
        ink: WeekInk,
        tone: Tone,
    ) -> float:
        """Words at the right end of the first line; returns where the others have to end."""
        painter.setFont(ink.bold if metrics is ink.bold_metrics else ink.name)
        painter.setPen(QColor(ink.colours.text) if tone is Tone.NEUTRAL else ink.colours.ink(tone))
        width = metrics.horizontalAdvance(words)
        line = QRectF(right - width - 2, area.top() + _FIRST, width + 2, _LINE)
        painter.drawText(line, _RIGHT, words)
        return right - width - _GAP


def _tick(area: QRect, *, is_row: bool) -> QRectF:
    top = area.top() + (area.height() - TICK) / 2 if is_row else area.top() + _FIRST + 2
    return QRectF(_PAD + _FOLD, round(top) + 0.5, TICK, TICK)


def _paint_check(painter: QPainter, box: QRectF, state: Qt.CheckState, ink: WeekInk) -> None:
    if state is not Qt.CheckState.PartiallyChecked:
        paint_tick(painter, box, state is Qt.CheckState.Checked, ink)
        return
    paint_tick(painter, box, False, ink)
    fill(painter, QRectF(box.left() + 3, box.center().y() - 1, TICK - 6, 2), ink.colours.accent)


def _paint_fold(painter: QPainter, area: QRect, is_open: bool, ink: WeekInk) -> None:
    painter.setPen(QPen(QColor(ink.colours.muted), 1.5))
    middle = QPointF(_PAD + 4, area.top() + _FIRST + 9)
    ends = ((-4, -2), (0, 2), (4, -2)) if is_open else ((-2, -4), (2, 0), (-2, 4))
    points = [middle + QPointF(x, y) for x, y in ends]
    painter.drawPolyline(points)


def _paint_bar(
    painter: QPainter, bar: QRectF, shares: tuple[Fraction, Fraction], ink: WeekInk
) -> None:
    colours = ink.colours
    share, over = map(float, shares)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.chip if not colours.dark else colours.border))
    painter.drawRoundedRect(bar, 2.5, 2.5)
    painter.setBrush(QColor(colours.accent))
    painter.drawRoundedRect(
        QRectF(bar.topLeft(), bar.bottomLeft()).adjusted(0, 0, bar.width() * share, 0), 2.5, 2.5
    )
    if over:
        part = bar.adjusted(bar.width() * share, 0, 0, 0)
        painter.setBrush(QColor(colours.soon))
        painter.drawRoundedRect(part, 2.5, 2.5)
