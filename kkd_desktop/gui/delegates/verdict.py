"""How does `zählt nicht, weil …` look in a row? The word first, then what is to be mended."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kkd_desktop.domain.verdicts import PartVerdict
from kkd_desktop.gui import icons, theme
from kkd_desktop.gui.delegates.ground import paint_ground, paint_line_below
from kkd_desktop.gui.models.history import HistoryModel

_PAD, _GAP = 12, 7
_ROOMY = 360
"""Narrower than that the reason needs the room of the picture."""
_Part = tuple[str, QFont, str]


class VerdictDelegate(QStyledItemDelegate):
    """A bold word, a hint on the documentation, the reason; everything as plain text.

    Where they do not fit side by side, the reason has a line of its own below the others.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._font = theme.font()
        self._small = theme.font(theme.SMALL_SIZE)
        self._bold = theme.font(weight=QFont.Weight.DemiBold)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model = index.model()
        assert isinstance(model, HistoryModel)
        row = model.row(index)
        word, missing, reason = model.verdict_parts(row)
        colours = theme.current()
        area = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        paint_ground(painter, area, colours, chosen=selected, has_keys=False)
        ink = colours.ok if row.verdict.counts else colours.text
        picture, quiet = ("zaehlt", ink) if row.verdict.counts else ("zaehlt-nicht", colours.muted)
        if area.width() >= _ROOMY:
            spot = QRect(area.left() + _PAD, area.top(), icons.SIZE, area.height())
            icons.paint(painter, picture, spot, QColor(quiet))
            area = area.adjusted(icons.SIZE + icons.GAP, 0, 0, 0)
        first = [
            (word, self._bold, colours.soon if isinstance(row.verdict, PartVerdict) else ink),
            (missing, self._font, colours.soon),
        ]
        whole = [*first, (reason, self._font, colours.muted)]
        if _width(whole) <= area.width() - 2 * _PAD:
            self._write_line(painter, area, whole)
        else:
            upper, lower = area.adjusted(0, 1, 0, 0), area.adjusted(0, 0, 0, -2)
            upper.setHeight(area.height() // 2)
            lower.setTop(area.top() + area.height() // 2)
            self._write_line(painter, upper, first)
            self._write_line(painter, lower, [(reason, self._small, colours.muted)])
        paint_line_below(painter, option.rect, colours)

    def _write_line(self, painter: QPainter, area: QRect, parts: Sequence[_Part]) -> None:
        left, right = area.left() + _PAD, area.right() - _PAD
        for text, font, ink in parts:
            if text and right - left > 24:
                left += self._write(painter, area.center(), left, right, text, font, ink) + _GAP

    def _write(
        self,
        painter: QPainter,
        centre: QPoint,
        left: int,
        right: int,
        text: str,
        font: QFont,
        ink: str,
    ) -> int:
        metrics = QFontMetrics(font)
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, right - left)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        baseline = centre.y() + (metrics.ascent() - metrics.descent()) // 2 + 1
        painter.drawText(left, baseline, cut)
        return metrics.horizontalAdvance(cut)


def _width(parts: Sequence[_Part]) -> int:
    widths = [QFontMetrics(font).horizontalAdvance(text) for text, font, _ in parts if text]
    return sum(widths) + _GAP * (len(widths) - 1)
