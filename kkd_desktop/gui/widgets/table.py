"""How does a table look and behave? One place for all of them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSettings, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from kkd_desktop.gui import icons, theme
from kkd_desktop.gui.delegates.ground import paint_ground, paint_line_below
from kkd_desktop.gui.models.columns import ColumnModel

ROW_HEIGHT = 36
_PAD = 12
_MOST_CUTS = 5_000
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class DataTable(QTableView):
    """A calm table of a `ColumnModel`: whole rows, hairlines between them, sorted by its headers.

    Signals:
        row_opened: Enter or double click; carries the row itself.
        drag_wanted: the mouse pulls at the selected rows, where `setDragEnabled` lets it.
    """

    row_opened = Signal(object)
    drag_wanted = Signal()

    def __init__(self, model: ColumnModel[Any], name: str, parent: QWidget | None = None) -> None:
        """`name` is what a screen reader calls the table."""
        super().__init__(parent)
        self._model = model
        self._kept: object | None = None
        self._widths: list[int] = []
        self._shares_room = False
        self._growing: list[int] = []
        self._giving_way: Sequence[int] = ()
        self._fitting = False
        self._settings: tuple[QSettings, str] | None = None
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(_RowDelegate(self, model))
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setFont(theme.font(weight=QFont.Weight.DemiBold))
        header.setFixedHeight(ROW_HEIGHT)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)

        self.doubleClicked.connect(self._open)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)

    def set_widths(self, *widths: int) -> None:
        """Fixed widths from left to right; measuring the contents would cost 100 ms."""
        self._widths = list(widths)
        for place, width in enumerate(widths):
            self.setColumnWidth(place, width)

    def fit_titles(self) -> None:
        """Each column as wide as its title: for a few short columns whose titles come from data."""
        bold = QFontMetrics(self.horizontalHeader().font())
        titles = [column.title for column in self._model.columns()]
        self.set_widths(*(bold.horizontalAdvance(title) + 2 * _PAD + 1 for title in titles))

    def share_room(self, growing: Sequence[int], giving_way: Sequence[int] = ()) -> None:
        """Give spare room to these columns; where there is too little, these hide, first to last.

        All columns need a width for it. One that was drawn wider or narrower stays as it is.
        """
        assert len(self._widths) == len(self._model.columns())
        self._shares_room, self._growing, self._giving_way = True, list(growing), giving_way
        self.horizontalHeader().sectionResized.connect(self._take_width)
        self._share()

    def remember(self, settings: QSettings | None, name: str) -> None:
        """Keep widths, order and sorting under this name, and take those of last time."""
        if settings is None:
            return
        self._settings = (settings, name)
        self._recall()
        header = self.horizontalHeader()
        for changed in (header.sectionResized, header.sectionMoved, header.sortIndicatorChanged):
            changed.connect(self._store)

    def sort_by(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort, and let the headers sort from now on."""
        self.setSortingEnabled(True)
        self.sortByColumn(column, order)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        self.drag_wanted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shares_room:
            self._share()

    def _store(self) -> None:
        if self._settings is not None and not self._fitting:
            settings, name = self._settings
            settings.setValue(f"{name}/columns", self._described())

    def _take_width(self, column: int, old: int, new: int) -> None:
        """A width that somebody chose is no longer ours to change."""
        if self._fitting or not new or not old or column == self._last_shown():
            return
        self._widths[column] = new
        if column in self._growing:
            self._growing.remove(column)

    def _last_shown(self) -> int:
        """The column that takes what the others leave, whatever its width says."""
        header = self.horizontalHeader()
        order = (header.logicalIndex(place) for place in reversed(range(header.count())))
        return next((each for each in order if not header.isSectionHidden(each)), -1)

    def _share(self) -> None:
        room, shown = self.viewport().width(), list(range(len(self._widths)))
        for column in self._giving_way:
            if sum(self._widths[each] for each in shown) > room:
                shown.remove(column)
        spare = max(0, room - sum(self._widths[each] for each in shown))
        growing = [each for each in self._growing if each in shown]
        whole = sum(self._widths[each] for each in growing)
        self._fitting = True
        for column in range(len(self._widths)):
            self.setColumnHidden(column, column not in shown)
            share = spare * self._widths[column] // whole if column in growing else 0
            self.setColumnWidth(column, self._widths[column] + share)
        self._fitting = False

    def _described(self) -> list[str]:
        """`width place grows` of each column, then what it is sorted by: readable, and no data."""
        header = self.horizontalHeader()
        columns = range(self._model.columnCount())
        widths = self._widths if self._shares_room else [self.columnWidth(each) for each in columns]
        described = [
            f"{widths[each]} {header.visualIndex(each)} {int(each in self._growing)}"
            for each in columns
        ]
        by, order = header.sortIndicatorSection(), header.sortIndicatorOrder()
        return [*described, f"{by} {int(order is Qt.SortOrder.DescendingOrder)}"]

    def _recall(self) -> None:
        assert self._settings is not None
        settings, name = self._settings
        kept = settings.value(f"{name}/columns")
        count = self._model.columnCount()
        if not isinstance(kept, list) or len(kept) != count + 1:
            return
        try:
            columns = [[int(part) for part in each.split()] for each in kept[:-1]]
            by, downwards = (int(part) for part in kept[-1].split())
            widths, places, grows = zip(*columns, strict=True)
        except ValueError:
            return
        if sorted(places) != list(range(count)) or min(widths) < 0 or not -1 <= by < count:
            return
        self._apply(widths, places, grows)
        order = Qt.SortOrder.DescendingOrder if downwards else Qt.SortOrder.AscendingOrder
        if self.isSortingEnabled():
            self.sortByColumn(by, order)

    def _apply(self, widths: Sequence[int], places: Sequence[int], grows: Sequence[int]) -> None:
        header = self.horizontalHeader()
        for place in range(len(places)):
            header.moveSection(header.visualIndex(places.index(place)), place)
        self._fitting = True
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        self._fitting = False
        if self._shares_room:
            self._widths = list(widths)
            self._growing = [each for each in self._growing if grows[each]]
            self._share()

    def _open(self, index: QModelIndex) -> None:
        self.row_opened.emit(self._model.row(index))

    def _keep(self) -> None:
        index = self.currentIndex()
        self._kept = self._model.row(index) if index.isValid() else None

    def _restore(self) -> None:
        kept, self._kept = self._kept, None
        place = None if kept is None else self._model.place_of_row(kept)
        if place is not None:
            self.setCurrentIndex(self._model.index(place, 0))


class _RowDelegate(QStyledItemDelegate):
    """A hairline under every row, plain text only; where the keys go has a bar at its left."""

    def __init__(self, view: QTableView, model: ColumnModel[Any]) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._selected = QStyle.StateFlag.State_Selected.value
        self._cuts: dict[tuple[str, int], str] = {}
        """Texts as they are drawn at a width: most rows are drawn again at the next key."""
        self._cut_by = QFontMetrics(view.font())

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colours = theme.current()
        area = option.rect
        selected = bool(option.state.value & self._selected)
        keys = selected and not index.column() and self._view.hasFocus()
        paint_ground(painter, area, colours, chosen=selected, has_keys=keys)
        look = self._model.look(index)
        ink = QColor(colours.text) if look.tone is None else colours.ink(look.tone)
        painter.setPen(ink)
        painter.setFont(option.font)
        inner = area.adjusted(_PAD, 0, -_PAD, 0)
        if look.icon:
            spot = QRect(inner.left(), area.top(), icons.SIZE, area.height())
            icons.paint(painter, look.icon, spot, ink)
            inner.setLeft(spot.right() + icons.GAP)
        text = self._cut(look.text, inner.width(), option.fontMetrics)
        painter.drawText(inner, _RIGHT if look.is_number else _LEFT, text)
        paint_line_below(painter, area, colours)

    def _cut(self, text: str, width: int, metrics: QFontMetrics) -> str:
        if metrics != self._cut_by or len(self._cuts) >= _MOST_CUTS:
            self._cuts, self._cut_by = {}, metrics
        cut = self._cuts.get((text, width))
        if cut is None:
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._cuts[text, width] = cut
        return cut
