"""How does a row of the worklist look? Two lines, a chip, the window bar, the state in words."""

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from kkd_desktop.domain import texts
from kkd_desktop.gui import theme
from kkd_desktop.gui.delegates.ground import paint_ground, paint_line_below
from kkd_desktop.gui.models.worklist import Heading, WorklistModel, WorklistRow
from kkd_desktop.gui.painting import fill
from kkd_desktop.gui.theme import Palette
from kkd_desktop.gui.widgets import windowbar
from kkd_desktop.gui.widgets.chip import paint_chip

ROW_HEIGHT, HEADING_HEIGHT = 46, 36
WHY_WIDTH = 40
_BAR_WIDTH, _PROGRESS_WIDTH, _PAD, _GAP = 110, 80, 15, 12
_NAMES = 0.42
"""The share of the name in what name and state have together."""
_LEFT = Qt.AlignmentFlag.AlignLeft
_ELIDE = Qt.TextElideMode.ElideRight


class Places(NamedTuple):
    """Where the columns of a row begin and how wide they are, for one width of the list.

    A narrow list gives up first the bar, then the chip, whose words take the number's place.
    """

    name: tuple[int, int]
    chip: tuple[int, int] | None
    last: tuple[int, int]
    bar: tuple[int, int] | None
    state: tuple[int, int]

    @classmethod
    def within(cls, width: int) -> "Places":
        inner = width - _PAD - WHY_WIDTH
        chip = 118 if width >= 560 else 0
        bar = _BAR_WIDTH if width >= 700 else 72 if width >= 620 else 0
        last = 96 if width >= 560 else 86
        fixed = sum(part + _GAP for part in (chip, bar, last) if part) + _GAP
        name = round((inner - fixed) * _NAMES)
        state = inner - fixed - name
        starts = []
        left = _PAD
        for part in (name, chip, last, bar, state):
            starts.append((left, part))
            left += part + _GAP if part else 0
        return cls(
            starts[0],
            starts[1] if chip else None,
            starts[2],
            starts[3] if bar else None,
            starts[4],
        )


class WorklistDelegate(QStyledItemDelegate):
    """Paints headings and rows; everything is drawn as plain text."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        model = view.model()
        assert isinstance(model, WorklistModel)
        self._view, self._model = view, model
        self.hovered = -1
        self._font = theme.font()
        self._small = theme.font(theme.SMALL_SIZE)
        self._bold = theme.font(weight=QFont.Weight.DemiBold)
        self._metrics = QFontMetrics(self._font)
        self._small_metrics = QFontMetrics(self._small)
        self._bold_metrics = QFontMetrics(self._bold)
        self._row_size = QSize(0, ROW_HEIGHT)
        self._heading_size = QSize(0, HEADING_HEIGHT)
        self._width = -1
        self._places = Places.within(780)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        is_heading = index.row() in self._model.headings
        return self._heading_size if is_heading else self._row_size

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        item = self._model.item(index.row())
        area: QRect = option.rect
        colours = theme.current()
        if isinstance(item, Heading):
            self._paint_heading(painter, area, item, colours)
        else:
            self._paint_row(painter, area, index.row(), item, colours)
        paint_line_below(painter, area, colours)

    def _paint_heading(
        self, painter: QPainter, area: QRect, heading: Heading, colours: Palette
    ) -> None:
        fill(painter, area, colours.bg)
        inner = area.adjusted(_PAD, 4, -_PAD, -2)
        middle = _LEFT | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._bold)
        painter.setPen(QColor(colours.text))
        painter.drawText(inner, middle, heading.title)
        inner.setLeft(inner.left() + self._bold_metrics.horizontalAdvance(heading.title) + 10)
        note = texts.whole(heading.count) + (f" · {heading.note}" if heading.note else "")
        painter.setFont(self._font)
        painter.setPen(QColor(colours.muted))
        painter.drawText(inner, middle, self._metrics.elidedText(note, _ELIDE, inner.width()))
        inner.setLeft(inner.left() + self._metrics.horizontalAdvance(note) + _GAP)
        if heading.progress:
            self._paint_progress(painter, inner, heading, colours)

    def _paint_progress(
        self, painter: QPainter, room: QRect, heading: Heading, colours: Palette
    ) -> None:
        """How far one has come with these, at the right; where there is room, as a bar too."""
        words = self._small_metrics.horizontalAdvance(heading.progress)
        if words > room.width():
            return
        painter.setFont(self._small)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, right, heading.progress)
        if words + _GAP + _PROGRESS_WIDTH > room.width():
            return
        bar = QRectF(room.right() - words - theme.SMALL - _PROGRESS_WIDTH, 0, _PROGRESS_WIDTH, 4)
        bar.moveTop(round(room.center().y()) - 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.NoPen)
        for part, colour in (
            (1.0, colours.line),
            (heading.settled / heading.count, colours.accent),
        ):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(bar.topLeft(), QSizeF(bar.width() * part, 4)), 2, 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_row(
        self,
        painter: QPainter,
        area: QRect,
        place: int,
        row: WorklistRow,
        colours: Palette,
    ) -> None:
        # Asked of the view: the flags of the option cost 6 ms at start and tell no more.
        selected = place == self._view.currentIndex().row()
        hovered = place == self.hovered
        keys = self._view.hasFocus()
        paint_ground(painter, area, colours, chosen=selected, has_keys=keys, hovered=hovered)
        places = self._places_for(area.width())
        text, muted = QColor(colours.text), QColor(colours.muted)
        second = row.number if places.chip else row.profile
        self._lines(painter, area, places.name, (row.name, text), (second, muted))
        self._lines(painter, area, places.last, (row.last, text), (row.last_detail, muted))
        detail = text if row.settled else muted
        self._lines(
            painter, area, places.state, (row.state, colours.ink(row.tone)), (row.detail, detail)
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if places.chip is not None and row.profile:
            painter.setFont(self._small)
            paint_chip(painter, QRectF(_column(area, places.chip)), row.profile, colours)
        if places.bar is not None and row.span is not None:
            windowbar.paint(painter, QRectF(_column(area, places.bar)), row.span, colours)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if row.reason:
            why = QRect(area.right() - WHY_WIDTH + 1, area.top(), WHY_WIDTH, area.height())
            self._paint_why(painter, why, colours, strong=selected or hovered)

    def _paint_why(
        self, painter: QPainter, place: QRect, colours: Palette, *, strong: bool
    ) -> None:
        painter.setFont(self._bold if strong else self._font)
        painter.setPen(QColor(colours.accent if strong else colours.muted))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "?")

    def _lines(
        self,
        painter: QPainter,
        area: QRect,
        place: tuple[int, int],
        first: tuple[str, QColor],
        second: tuple[str, QColor],
    ) -> None:
        column = _column(area, place)
        painter.setFont(self._font)
        painter.setPen(first[1])
        cut = self._metrics.elidedText(first[0], _ELIDE, place[1])
        painter.drawText(column.left(), area.top() + 20, cut)
        painter.setFont(self._small)
        painter.setPen(second[1])
        painter.drawText(column.left(), area.top() + 36, self._detail(second[0], place[1]))

    def _detail(self, text: str, width: int) -> str:
        """The text as far as it fits; rather a part less than a part cut off."""
        cut = self._small_metrics.elidedText(text, _ELIDE, width)
        while cut != text and " · " in text:
            text = text.rpartition(" · ")[0]
            cut = self._small_metrics.elidedText(text, _ELIDE, width)
        return cut

    def _places_for(self, width: int) -> Places:
        if width != self._width:
            self._width, self._places = width, Places.within(width)
        return self._places


def _column(area: QRect, place: tuple[int, int]) -> QRect:
    return QRect(area.left() + place[0], area.top(), place[1], area.height())
