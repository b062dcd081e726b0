"""How can a query go on? A list below the line, with what each means and how many fit."""

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from kkd_desktop.domain.search_completion import Completion
from kkd_desktop.gui import theme
from kkd_desktop.gui.delegates.ground import paint_choice
from kkd_desktop.gui.models.columns import Index, Role
from kkd_desktop.gui.widgets.labels import PlainLabel

_HEIGHT, _MOST_SHOWN, _HINT = 28, 9, 24
_WIDTH, _NAME = 520, 210
_PAUSE = 60
"""Milliseconds without a key after which the offers are counted."""
_SLICE = 0.008
"""Seconds that counting may take at once, so that a key never waits for it."""


class OffersModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.offers: Sequence[Completion] = ()
        self.counts: dict[int, int] = {}

    def show_offers(self, offers: Sequence[Completion]) -> None:
        self.beginResetModel()
        self.offers, self.counts = offers, {}
        self.endResetModel()

    def show_count(self, row: int, count: int) -> None:
        self.counts[row] = count
        self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.offers)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        offer = self.offers[index.row()]
        if role == Role.DisplayRole:
            return offer.text
        if role == Role.AccessibleTextRole:
            count = self.counts.get(index.row())
            return ", ".join(
                str(part) for part in (offer.text, offer.label, count) if part is not None
            )
        return None


class CompletionPopup(QFrame):
    """A child of the window, below the line; it never takes the focus.

    Signals:
        chosen: this is to be put into the line.
    """

    chosen = Signal(object)

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line.window())
        self._line = line
        self._count: Callable[[Completion], int | None] = lambda completion: None
        self._uncounted: list[int] = []
        self._counting = QTimer(self, singleShot=True)
        self.model = OffersModel(self)
        self.setProperty("kind", "popup")
        self.view = QListView()
        self.view.setAccessibleName(self.tr("So kann die Suche weitergehen"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(_OfferDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setFrameShape(QListView.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.viewport().setAutoFillBackground(False)
        self.hint = PlainLabel(
            self.tr("Tab übernimmt · ↑ ↓ wählt · Esc schließt"), size=theme.SMALL_SIZE, muted=True
        )
        self.hint.setContentsMargins(theme.SMALL, theme.HAIR, theme.SMALL, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.TINY, theme.TINY, theme.TINY, theme.TINY)
        column.setSpacing(0)
        column.addWidget(self.view)
        column.addWidget(self.hint)
        self.hide()

        self.view.clicked.connect(lambda index: self.chosen.emit(self.offer(index.row())))
        self._counting.timeout.connect(self._count_some)
        line.window().installEventFilter(self)

    def show_offers(
        self, offers: Sequence[Completion], count: Callable[[Completion], int | None]
    ) -> None:
        """Show these; each gets its number as soon as there is time. Without any, nothing."""
        self.model.show_offers(offers)
        self._count = count
        self._uncounted = list(range(len(offers)))
        if not offers:
            self.hide()
            return
        self.place()
        self.show()
        self.raise_()
        self._counting.start(_PAUSE)

    def hideEvent(self, event: Any) -> None:
        self._counting.stop()
        super().hideEvent(event)

    def offer(self, row: int) -> Completion:
        return self.model.offers[row]

    def current(self) -> Completion | None:
        """What was chosen by the arrows; nothing is by itself."""
        index = self.view.currentIndex()
        return self.offer(index.row()) if index.isValid() else None

    def step(self, step: int) -> str:
        """Choose the next or the previous one, around the ends; how it is read out."""
        count, index = self.model.rowCount(), self.view.currentIndex()
        row = index.row() + step if index.isValid() else (0 if step > 0 else -1)
        index = self.model.index(row % count)
        self.view.setCurrentIndex(index)
        return str(index.data(Role.AccessibleTextRole))

    def place(self) -> None:
        window = self._line.window()
        shown = min(self.model.rowCount(), _MOST_SHOWN)
        below = self._line.mapTo(window, QPoint(0, self._line.height() + 4))
        width = min(_WIDTH, window.width() - below.x() - theme.SMALL)
        self.setGeometry(below.x(), below.y(), width, shown * _HEIGHT + _HINT + 12)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def _count_some(self) -> None:
        until = perf_counter() + _SLICE
        while self._uncounted and perf_counter() < until:
            row = self._uncounted.pop(0)
            count = self._count(self.offer(row))
            if count is not None:
                self.model.show_count(row, count)
        if self._uncounted:
            self._counting.start(0)


class _OfferDelegate(QStyledItemDelegate):
    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._strong = theme.font(weight=QFont.Weight.Medium)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, _HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model = index.model()
        assert isinstance(model, OffersModel)
        offer, colours = model.offers[index.row()], theme.current()
        count = model.counts.get(index.row())
        area = option.rect
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index == self._view.currentIndex():
            paint_choice(painter, area, colours)
        inner = area.adjusted(10, 0, -10, 0)
        middle, elide = Qt.AlignmentFlag.AlignVCenter, Qt.TextElideMode.ElideRight
        painter.setFont(option.font)
        painter.setPen(QColor(colours.muted))
        figure = "" if count is None else str(count)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, figure)
        said = inner.adjusted(_NAME, 0, -48, 0)
        label = painter.fontMetrics().elidedText(offer.label, elide, said.width())
        painter.drawText(said, middle | Qt.AlignmentFlag.AlignLeft, label)
        painter.setFont(self._strong)
        painter.setPen(QColor(colours.text))
        name = painter.fontMetrics().elidedText(offer.text, elide, _NAME - 12)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, name)
