"""How does a concept look in the list? Title and state first; nothing of it is cut off."""

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kkd_desktop.gui import theme
from kkd_desktop.gui.delegates.ground import paint_ground, paint_line_below
from kkd_desktop.gui.models.concepts import ConceptItem, ConceptModel
from kkd_desktop.gui.theme import Tone

_SIDE, _ABOVE, _GAP, _SCROLL_BAR = 14, 11, 3, 10
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Line(NamedTuple):
    text: str
    font: QFont
    ink: QColor


class ConceptDelegate(QStyledItemDelegate):
    """Lines below each other, as many as the texts need at the width of the list."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._bold = theme.font(weight=QFont.Weight.DemiBold)
        self._small = theme.font(theme.SMALL_SIZE)
        self._small_bold = theme.font(theme.SMALL_SIZE, QFont.Weight.Medium)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        width = self._view.viewport().width()
        heights = [_laid_out(line, self._room())[1] for line in self._lines(_item(index))]
        return QSize(width, sum(heights) + _GAP * (len(heights) - 1) + 2 * _ABOVE)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colours = theme.current()
        area = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        keys = self._view.hasFocus()
        paint_ground(painter, area, colours, chosen=selected, has_keys=keys, hovered=hovered)
        paint_line_below(painter, area, colours)
        inner = area.adjusted(_SIDE, _ABOVE, -_SIDE, 0)
        item = _item(index)
        if item.mark and self._has_mark_beside(item):
            painter.setFont(self._small_bold)
            painter.setPen(colours.ink(Tone.ACCENT))
            title = QFontMetrics(self._bold).height()
            beside = QRect(inner.left(), inner.top(), self._room(), title)
            painter.drawText(beside, _RIGHT, item.mark)
        for line in self._lines(item):
            layout, height = _laid_out(line, self._room())
            painter.setPen(line.ink)
            layout.draw(painter, QPointF(inner.topLeft()))
            inner.translate(0, height + _GAP)

    def _room(self) -> int:
        """The width of the texts: the same with and without a scroll bar."""
        return self._view.width() - 2 * _SIDE - _SCROLL_BAR

    def _has_mark_beside(self, item: ConceptItem) -> bool:
        """Whether title and mark have room in one line."""
        title = QFontMetrics(self._bold).horizontalAdvance(item.title)
        mark = QFontMetrics(self._small_bold).horizontalAdvance(item.mark)
        return title + theme.MEDIUM + mark <= self._room()

    def _lines(self, item: ConceptItem) -> Iterator[_Line]:
        colours = theme.current()
        text, muted = QColor(colours.text), QColor(colours.muted)
        yield _Line(item.title, self._bold, text)
        if item.mark and not self._has_mark_beside(item):
            yield _Line(item.mark, self._small_bold, colours.ink(Tone.ACCENT))
        yield _Line(item.state, self._small_bold, colours.ink(item.tone))
        for detail in item.details:
            yield _Line(detail, self._small, muted)
        for fault in item.faults:
            yield _Line(fault, self._small, text)


def _item(index: QModelIndex | QPersistentModelIndex) -> ConceptItem:
    model = index.model()
    assert isinstance(model, ConceptModel)
    return model.item(index)


def _laid_out(line: _Line, width: int) -> tuple[QTextLayout, int]:
    """The text broken into lines between its words, and how high they are."""
    layout = QTextLayout(line.text, line.font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    top = 0.0
    while (part := layout.createLine()).isValid():
        part.setLineWidth(max(width, 1))
        part.setPosition(QPointF(0, top))
        top += part.height()
    layout.endLayout()
    return layout, ceil(top)
