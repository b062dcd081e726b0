"""Where do I type a name or a command? One field, its hits below it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
)
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.gui import theme
from kkd_desktop.gui.models.columns import Index, Role
from kkd_desktop.gui.widgets.banner import announce
from kkd_desktop.gui.widgets.chip import KeyHint
from kkd_desktop.gui.widgets.labels import PlainLabel

_HIT_HEIGHT, _MOST_SHOWN = 34, 9


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the popup; `run` is called when it is chosen."""

    title: str
    run: Callable[[], object]
    detail: str = ""
    keys: str = ""


class CommandField(QLineEdit):
    """Finds clients and commands while one types. Down and Up choose, Enter runs, Esc gives up.

    The popup is a child of the window: it takes no focus and needs no window of its own.
    """

    def __init__(self, placeholder: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find: Callable[[str], Sequence[Hit]] | None = None
        self._came_from: QWidget | None = None
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(False)
        self._hint = KeyHint(keys, self)
        self._hint.adjustSize()
        self.setTextMargins(0, 0, self._hint.sizeHint().width() + 6, 0)
        self.hits = _HitsModel(self)
        self._popup: _Popup | None = None

        self.textEdited.connect(self._search)

    def set_source(self, find: Callable[[str], Sequence[Hit]]) -> None:
        """`find` is asked at every change; for an empty text it may offer commands."""
        self._find = find

    def begin(self) -> None:
        """Take the focus, as Ctrl+K does; Esc gives it back."""
        window = self.window()
        if not self.hasFocus():
            self._came_from = window.focusWidget()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._search(self.text())

    def popup(self) -> QFrame:
        """The list below the field, made when it is first needed."""
        if self._popup is None:
            self._popup = _Popup(self)
        return self._popup

    def list_view(self) -> QListView:
        self.popup()
        assert self._popup is not None
        return self._popup.view

    def is_open(self) -> bool:
        return self._popup is not None and self._popup.isVisible()

    def run(self, hit: Hit) -> None:
        """Close, clear, and do it."""
        self._close()
        self.clear()
        self._came_from = None
        hit.run()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        hint = self._hint
        hint.move(self.width() - hint.width() - 7, (self.height() - hint.height()) // 2)
        if self._popup is not None and self._popup.isVisible():
            self._popup.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._leave()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run_current()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._close()

    def _search(self, text: str) -> None:
        if self._find is None:
            return
        hits = self._find(text.strip())
        self.popup()
        assert self._popup is not None
        self._popup.show_hits(hits, bool(text.strip()))

    def _step(self, step: int) -> None:
        if not self.is_open():
            self._search(self.text())
            return
        count = self.hits.rowCount()
        if count and self._popup is not None:
            row = (self._popup.view.currentIndex().row() + step) % count
            self._popup.view.setCurrentIndex(self.hits.index(row))
            announce(self, self.hits.hit(row).title)

    def _run_current(self) -> None:
        if self.is_open() and self._popup is not None:
            index = self._popup.view.currentIndex()
            if index.isValid():
                self.run(self.hits.hit(index.row()))

    def _leave(self) -> None:
        if self.text():
            self.clear()
            self._search("")
            return
        self._close()
        if self._came_from is not None:
            self._came_from.setFocus()
            self._came_from = None
        else:
            self.clearFocus()

    def _close(self) -> None:
        if self._popup is not None:
            self._popup.hide()


class _HitsModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._hits: list[Hit] = []

    def show_hits(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self._hits = list(hits)
        self.endResetModel()

    def hit(self, row: int) -> Hit:
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


class _Popup(QFrame):
    def __init__(self, field: CommandField) -> None:
        super().__init__(field.window())
        self._field = field
        self.setProperty("kind", "popup")
        self.view = QListView()
        self.view.setAccessibleName(self.tr("Treffer"))
        self.view.setModel(field.hits)
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
        self.view.clicked.connect(lambda index: field.run(field.hits.hit(index.row())))
        field.window().installEventFilter(self)

    def show_hits(self, hits: Sequence[Hit], asked: bool) -> None:
        self._field.hits.show_hits(hits)
        if hits:
            self.view.setCurrentIndex(self._field.hits.index(0))
        self.view.setVisible(bool(hits))
        self.nothing.setVisible(not hits)
        if not hits and not asked:
            self.hide()
            return
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        count = min(max(self._field.hits.rowCount(), 1), _MOST_SHOWN)
        below = self._field.mapTo(self._field.window(), QPoint(0, self._field.height() + 4))
        width = max(self._field.width(), 420)
        self.setGeometry(below.x(), below.y(), width, count * _HIT_HEIGHT + 12)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)


class _HitDelegate(QStyledItemDelegate):
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
        assert isinstance(model, _HitsModel)
        hit, colours = model.hit(index.row()), theme.current()
        area = option.rect
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
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
