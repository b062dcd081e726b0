"""How do shares rise and fall over the weeks of a plan? Bars against the line to be reached."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.quota_plan import PolicyPlan
from kkd_desktop.domain.quota_plan_text import asked, group_titles, percent, verdict
from kkd_desktop.domain.quota_planning import Figure, TierPlan
from kkd_desktop.domain.values import Value
from kkd_desktop.gui import theme

_ROW, _LEAST_ROW, _HEAD, _GAP = 64, 46, 20, 8
_NAME, _SAID = 150, 190
_MOST_BAR, _LEAST_NUMBERED = 46, 34


class BarRow(Value, frozen=True):
    """One share: `figures` are those of today and of the end of each week."""

    title: str
    asked: str
    figures: tuple[Figure, ...]
    verdict: str
    is_reached: bool
    percent: float


class QuotaBars(QWidget):
    """A row for each share, a bar for each week. A full bar reaches the dashed line, an empty one
    does not; the number stands above it. A screen reader hears all of it as text.
    """

    spoken_role = "Graphic"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[BarRow] = ()
        self._heads: Sequence[str] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_plan(self, plan: PolicyPlan) -> None:
        titles = group_titles(plan)
        weeks = plan.result.weeks
        self._rows = [
            BarRow(
                titles[tier.tier.group],
                asked(tier.tier),
                (tier.now, *(week.end[place] for week in weeks)),
                verdict(tier, plan.result.measured),
                tier.settled is not None,
                float(tier.tier.share.percent),
            )
            for place, tier in enumerate(plan.result.tiers)
            if _somebody(tier)
        ]
        self._heads = [
            self.tr("heute"),
            *(texts.day(week.last)[:6] for week in weeks),
        ]
        self.setAccessibleName(self.tr("Anteile am Ende jeder Woche"))
        self.setAccessibleDescription("\n".join(map(self._read, self._rows)))
        self.updateGeometry()
        self.update()

    def has_rows(self) -> bool:
        """Whether there is a share that somebody counts for."""
        return bool(self._rows)

    def _read(self, row: BarRow) -> str:
        weeks = ", ".join(
            f"{head} {percent(figure)}"
            for head, figure in zip(self._heads, row.figures, strict=True)
        )
        return f"{row.title}, {row.asked}: {row.verdict}. {weeks}"

    def sizeHint(self) -> QSize:
        return QSize(600, _HEAD + _ROW * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, _HEAD + _LEAST_ROW * len(self._rows))

    @property
    def _row(self) -> float:
        """The height of a row: less where there is little room, never more than is good to read."""
        return min(_ROW, (self.height() - _HEAD) / max(1, len(self._rows)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        slot = (self.width() - _NAME - _SAID) / max(1, len(self._heads))
        every = max(1, -int(-_MOST_BAR // max(1.0, slot)))
        painter.setFont(theme.font(theme.SMALL_SIZE))
        painter.setPen(QColor(theme.current().muted))
        bottom = self._row * len(self._rows)
        for place, head in enumerate(self._heads):
            if place % every == 0:
                area = QRectF(_NAME + place * slot - 20, bottom, slot + 40, _HEAD)
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, head)
        for place, row in enumerate(self._rows):
            self._paint_row(painter, row, place * self._row, slot)

    def _paint_row(self, painter: QPainter, row: BarRow, top: float, slot: float) -> None:
        colours = theme.current()
        middle = Qt.AlignmentFlag.AlignVCenter
        middle_of = top + self._row / 2 + 4
        painter.setFont(theme.font(theme.BODY_SIZE, QFont.Weight.DemiBold))
        painter.setPen(QColor(colours.text))
        self._write(painter, QRectF(0, middle_of - 17, _NAME - _GAP, 18), row.asked, middle)
        painter.setFont(theme.font(theme.SMALL_SIZE))
        painter.setPen(QColor(colours.muted))
        self._write(painter, QRectF(0, middle_of + 1, _NAME - _GAP, 16), row.title, middle)
        painter.setPen(QColor(colours.ok if row.is_reached else colours.late))
        said = QRectF(
            self.width() - _SAID + 2 * _GAP, top + _GAP - 2, _SAID - 2 * _GAP, self._row - _GAP
        )
        painter.drawText(said, middle | Qt.TextFlag.TextWordWrap, row.verdict)
        self._paint_bars(painter, row, top, slot)

    def _paint_bars(self, painter: QPainter, row: BarRow, top: float, slot: float) -> None:
        colours = theme.current()
        base, high = top + self._row - 4, self._row - _GAP - 16.0
        width = min(_MOST_BAR, slot - 4)
        line = base - high * row.percent / 100
        for place, figure in enumerate(row.figures):
            part = float(figure.share or 0)
            left = _NAME + place * slot + (slot - width) / 2
            bar = QRectF(left + 0.5, base - high * part, width - 1, high * part)
            accent = QColor(colours.accent)
            fill = QColor(colours.surface) if figure.missing else accent
            painter.setPen(QPen(accent, 1))
            painter.setBrush(fill)
            painter.drawRect(bar)
            if slot >= _LEAST_NUMBERED:
                painter.setPen(QColor(colours.text))
                # Above the line too where it would cross the number.
                above = min(bar.top(), line) if bar.top() - 17 < line else bar.top()
                number = QRectF(left - 10, above - 17, width + 20, 15)
                painter.drawText(number, Qt.AlignmentFlag.AlignCenter, percent(figure))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # Light on dark bars and dark beside them: a line of the text's colour, edged by the ground.
        end = _NAME + slot * len(row.figures)
        for colour, thick in ((colours.surface, 3.0), (colours.text, 1.0)):
            style = Qt.PenStyle.SolidLine if thick > 1 else Qt.PenStyle.DashLine
            painter.setPen(QPen(QColor(colour), thick, style))
            painter.drawLine(QPointF(_NAME, line), QPointF(end, line))

    def _write(self, painter: QPainter, area: QRectF, text: str, align: Qt.AlignmentFlag) -> None:
        metrics = QFontMetricsF(painter.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, align, shown)


def _somebody(tier: TierPlan) -> bool:
    return bool(tier.now.population or tier.end.population)
