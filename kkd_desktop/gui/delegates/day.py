"""How does an appointment of the day look? Its hour, who comes, and the keys of its outcome."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from kkd_desktop.gui import theme
from kkd_desktop.gui.delegates.ground import paint_ground
from kkd_desktop.gui.models.day import DayModel, DayRow
from kkd_desktop.gui.painting import fill
from kkd_desktop.gui.theme import Palette

ROW_HEIGHT = 47
CAPS = ("E", "N", "A", "…")
"""Erschienen, nicht erschienen, abgesagt, and the menu with the rest."""

_PAD, _TIME_WIDTH, _CAP, _CAP_GAP = 14, 58, 20, 4
_CAPS_WIDTH = len(CAPS) * _CAP + (len(CAPS) - 1) * _CAP_GAP
_ELIDE = Qt.TextElideMode.ElideRight


def cap_rect(area: QRect, place: int) -> QRect:
    """Where the key at `place` stands in a row."""
    left = area.right() + 1 - _PAD - _CAPS_WIDTH + place * (_CAP + _CAP_GAP)
    return QRect(left, area.top() + 6, _CAP, _CAP)


def cap_at(area: QRect, point: QPoint) -> str | None:
    """The key under the mouse."""
    for place, cap in enumerate(CAPS):
        if cap_rect(area, place).adjusted(-2, -6, 2, 12).contains(point):
            return cap
    return None


class DayDelegate(QStyledItemDelegate):
    """Paints a row; everything is drawn as plain text."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self.hovered: tuple[int, str | None] = (-1, None)
        self._font = theme.font()
        self._small = theme.font(theme.SMALL_SIZE)
        self._metrics = QFontMetrics(self._font)
        self._small_metrics = QFontMetrics(self._small)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model = index.model()
        assert isinstance(model, DayModel)
        row, colours = model.row(index), theme.current()
        assert row is not None
        area: QRect = option.rect
        chosen = self._view.hasFocus() and index.row() == self._view.currentIndex().row()
        hovered = index.row() == self.hovered[0]
        paint_ground(painter, area, colours, chosen=chosen, has_keys=chosen, hovered=hovered)
        fill(painter, QRect(area.left(), area.top(), area.width(), 1), colours.line)
        right = self._paint_end(painter, area, row, index.row(), colours)
        self._paint_texts(painter, area, row, right, colours)

    def _paint_texts(
        self, painter: QPainter, area: QRect, row: DayRow, right: int, colours: Palette
    ) -> None:
        left = area.left() + _PAD + _TIME_WIDTH
        first, second = area.top() + 21, area.top() + 37
        painter.setFont(self._font)
        painter.setPen(QColor(colours.text))
        painter.drawText(area.left() + _PAD, first, row.time)
        name = self._metrics.elidedText(row.name, _ELIDE, right - left - 8)
        painter.drawText(left, first, name)
        painter.setFont(self._small)
        painter.setPen(QColor(colours.muted))
        room = area.right() - _PAD - left
        detail = self._small_metrics.elidedText(row.detail, _ELIDE, room)
        painter.drawText(left, second, detail)

    def _paint_end(
        self, painter: QPainter, area: QRect, row: DayRow, place: int, colours: Palette
    ) -> int:
        """Draw the outcome, or the keys for it where they apply; returns where it begins."""
        if not row.is_open:
            width = self._metrics.horizontalAdvance(row.state)
            painter.setFont(self._font)
            painter.setPen(colours.ink(row.tone))
            painter.drawText(area.right() + 1 - _PAD - width, area.top() + 21, row.state)
            return area.right() - _PAD - width
        if place not in (self.hovered[0], self._view.currentIndex().row()):
            return area.right() - _PAD
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._small)
        for number, cap in enumerate(CAPS):
            box = cap_rect(area, number)
            hot = self.hovered == (place, cap)
            painter.setPen(QColor(colours.accent if hot else colours.border))
            painter.setBrush(QColor(colours.selection if hot else colours.bg))
            painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setPen(QColor(colours.accent if hot else colours.muted))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cap)
        painter.restore()
        return cap_rect(area, 0).left()
