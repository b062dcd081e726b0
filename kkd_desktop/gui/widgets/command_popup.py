"""What does the command field offer below itself? Made when something is first searched."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from kkd_desktop.gui import theme
from kkd_desktop.gui.models.columns import Index, Role
from kkd_desktop.gui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from kkd_desktop.gui.widgets.commands import CommandField, Hit

_HIT_HEIGHT, _MOST_SHOWN = 34, 9


class HitsModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._hits: list[Hit] = []

    def show_hits(self, hits: "Sequence[Hit]") -> None:
        self.beginResetModel()
        self._hits = list(hits)
        self.endResetModel()

    def hit(self, row: int) -> "Hit":
        return self._hits[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        if role == Role.DisplayRole:
            return hit.title
        if role == Role.AccessibleTextRole:
            return ", ".join(part for part in (hit.title, hit.detail) if part)
        return None


class CommandPopup(QFrame):
    """A child of the window, below the field; it never takes the focus."""

    def __init__(self, field: "CommandField") -> None:
        super().__init__(field.window())
        self._field = field
        self.hits = HitsModel(self)
        self.setProperty("kind", "popup")
        self.view = QListView()
        self.view.setAccessibleName(self.tr("Treffer"))
        self.view.setModel(self.hits)
        self.view.setItemDelegate(_HitDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setFrameShape(QListView.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.viewport().setAutoFillBackground(False)
        self.nothing = PlainLabel(
            self.tr("Nichts gefunden. Gesucht wird in Name, Nummer und Befehlen."), muted=True
        )
        self.nothing.setContentsMargins(10, 6, 10, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(5, 5, 5, 5)
        column.setSpacing(0)
        column.addWidget(self.view)
        column.addWidget(self.nothing)
        self.hide()

        self.view.entered.connect(self.view.setCurrentIndex)
        self.view.clicked.connect(lambda index: field.run(self.hits.hit(index.row())))
        field.window().installEventFilter(self)

    def show_hits(self, hits: "Sequence[Hit]", asked: bool) -> None:
        self.hits.show_hits(hits)
        if hits:
            self.view.setCurrentIndex(self.hits.index(0))
        self.view.setVisible(bool(hits))
        self.nothing.setVisible(not hits)
        if not hits and not asked:
            self.hide()
            return
        self.place()
        self.show()
        self.raise_()

    def current(self) -> "Hit | None":
        index = self.view.currentIndex()
        return self.hits.hit(index.row()) if index.isValid() else None

    def step(self, step: int) -> "Hit | None":
        """Choose the next or the previous hit, around the ends."""
        count = self.hits.rowCount()
        if count:
            row = (self.view.currentIndex().row() + step) % count
            self.view.setCurrentIndex(self.hits.index(row))
        return self.current()

    def place(self) -> None:
        count = min(max(self.hits.rowCount(), 1), _MOST_SHOWN)
        below = self._field.mapTo(self._field.window(), QPoint(0, self._field.height() + 4))
        width = max(self._field.width(), 420)
        self.setGeometry(below.x(), below.y(), width, count * _HIT_HEIGHT + 12)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)


class _HitDelegate(QStyledItemDelegate):
    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, _HIT_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model = index.model()
        assert isinstance(model, HitsModel)
        hit, colours = model.hit(index.row()), theme.current()
        area = option.rect
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index == self._view.currentIndex():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selection))
            painter.drawRoundedRect(area, 5, 5)
        inner = area.adjusted(10, 0, -10, 0)
        painter.setFont(option.font)
        metrics = painter.fontMetrics()
        middle, elide = Qt.AlignmentFlag.AlignVCenter, Qt.TextElideMode.ElideRight
        right = hit.keys or hit.detail
        room = min(metrics.horizontalAdvance(right) + 1, inner.width() * 55 // 100)
        painter.setPen(QColor(colours.muted))
        painter.drawText(
            inner, middle | Qt.AlignmentFlag.AlignRight, metrics.elidedText(right, elide, room)
        )
        painter.setPen(QColor(colours.text))
        title = metrics.elidedText(hit.title, elide, inner.width() - room - 12)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, title)
