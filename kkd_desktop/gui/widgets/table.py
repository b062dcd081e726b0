"""How does a table look and behave? One place for all of them."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from kkd_desktop.gui import theme
from kkd_desktop.gui.models.columns import ColumnModel

ROW_HEIGHT = 36


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
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(_RowDelegate(self))
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
        for place, width in enumerate(widths):
            self.setColumnWidth(place, width)

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

    def _open(self, index: QModelIndex) -> None:
        self.row_opened.emit(self._model.row(index))

    def _keep(self) -> None:
        index = self.currentIndex()
        self._kept = self._model.row(index) if index.isValid() else None

    def _restore(self) -> None:
        kept, self._kept = self._kept, None
        place = None if kept is None else self._model.place_of(lambda row: row == kept)
        if place is not None:
            self.setCurrentIndex(self._model.index(place, 0))


class _RowDelegate(QStyledItemDelegate):
    """A hairline under every row, plain text only; where the keys go has a bar at its left."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colours = theme.current()
        area = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(area, QColor(colours.selection if selected else colours.surface))
        if selected and not index.column() and self._view.hasFocus():
            painter.fillRect(area.left(), area.top(), 3, area.height(), QColor(colours.accent))
        ink = index.data(Qt.ItemDataRole.ForegroundRole) or QColor(colours.text)
        painter.setPen(ink)
        painter.setFont(option.font)
        inner = area.adjusted(12, 0, -12, 0)
        metrics = option.fontMetrics
        text = metrics.elidedText(index.data() or "", Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, index.data(Qt.ItemDataRole.TextAlignmentRole), text)
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, QColor(colours.line))
