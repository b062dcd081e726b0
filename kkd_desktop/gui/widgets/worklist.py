"""Whom to meet next? The list of the start page: groups, two-line rows, all by keyboard."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from kkd_desktop.gui.delegates.worklist import ROW_HEIGHT, WHY_WIDTH, WorklistDelegate
from kkd_desktop.gui.models.worklist import WorklistGroup, WorklistModel, WorklistRow
from kkd_desktop.gui.widgets.card import paint_card_frame

_Move = QAbstractItemView.CursorAction


class WorklistView(QListView):
    """Up and down skip headings, Enter opens, `?` asks why, letters jump to a name.

    Signals:
        client_opened: Enter or double click on a row; carries its key.
        client_chosen: the current row changed; carries its key, -1 for none.
        reason_requested: the `?` of a row, or the key; carries its key.
    """

    client_opened = Signal(int)
    client_chosen = Signal(int)
    reason_requested = Signal(int)

    paints_focus = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list_model = WorklistModel(self)
        # One of our own: asking for Qt's would set up every widget class it might be, 8 ms.
        self._area = QWidget()
        self.setViewport(self._area)
        self.setAccessibleName(self.tr("Arbeitsliste"))
        self.setModel(self.list_model)
        self._delegate = WorklistDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT // 2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

        self.doubleClicked.connect(self._open)

    def show_groups(self, groups: Sequence[WorklistGroup]) -> None:
        """Show these groups; the chosen client stays chosen, and in place, where it still is."""
        key = self.current_key()
        place, offset = self.currentIndex().row(), self.verticalScrollBar().value()
        self.list_model.show_groups(groups)
        if key is None:
            return
        index = self.list_model.index_of(key)
        if not index.isValid():
            row = self.list_model.next_row(place, 1)
            row = self.list_model.next_row(place - 1, -1) if row is None else row
            index = QModelIndex() if row is None else self.list_model.index(row)
        self.setCurrentIndex(index)
        self.verticalScrollBar().setValue(offset)

    def current_key(self) -> int | None:
        """The key of the chosen client."""
        row = self.list_model.row(self.currentIndex())
        return None if row is None else row.key

    def keys_in_sight(self) -> list[int]:
        """Whose rows are seen now, from the top."""
        model, area = self.list_model, self._area.rect()
        place = max(self.indexAt(area.topLeft()).row(), 0)
        keys = []
        while place < model.rowCount():
            if self.visualRect(model.index(place)).top() > area.bottom():
                break
            row = model.row(model.index(place))
            if row is not None:
                keys.append(row.key)
            place += 1
        return keys

    def choose(self, key: int) -> None:
        self.setCurrentIndex(self.list_model.index_of(key))

    def choose_next(self, wanted: Callable[[int], bool]) -> None:
        """Choose the next client below who is wanted; where there is none, this one stays."""
        place = self.currentIndex().row() + 1
        while (found := self.list_model.next_row(place, 1)) is not None:
            if wanted(self.list_model.key(found)):
                self.setCurrentIndex(self.list_model.index(found))
                return
            place = found + 1

    def choose_first(self) -> None:
        """Choose the most urgent client, if there is one."""
        place = self.list_model.next_row(0, 1)
        if place is not None:
            self.setCurrentIndex(self.list_model.index(place))

    def why_rect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        """The place of a row's `?`."""
        area = self.visualRect(index)
        return QRect(area.right() - WHY_WIDTH + 1, area.top(), WHY_WIDTH, area.height())

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        row = self.list_model.row(current)
        self.client_chosen.emit(-1 if row is None else row.key)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        here, last = self.currentIndex().row(), self.list_model.rowCount() - 1
        page = max(1, self._area.height() // ROW_HEIGHT - 1)
        start, step = {
            _Move.MoveUp: (here - 1, -1),
            _Move.MovePrevious: (here - 1, -1),
            _Move.MoveHome: (0, 1),
            _Move.MoveEnd: (last, -1),
            _Move.MovePageUp: (max(here - page, 0), -1),
            _Move.MovePageDown: (min(max(here, 0) + page, last), 1),
        }.get(action, (here + 1, 1))
        place = self.list_model.next_row(start, step)
        if place is None and action in (_Move.MovePageUp, _Move.MovePageDown):
            place = self.list_model.next_row(start, -step)
        return self.currentIndex() if place is None else self.list_model.index(place)

    def dataChanged(
        self,
        top: QModelIndex | QPersistentModelIndex,
        bottom: QModelIndex | QPersistentModelIndex,
        roles: Sequence[int] = (),
    ) -> None:
        """A row says something else and stays as high: a list would lay out all others anew, which
        takes 50 ms with 10,000 of them, for every proposal that is found.
        """
        QAbstractItemView.dataChanged(self, top, bottom, roles)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.list_model.row(self.currentIndex())
        if row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.client_opened.emit(row.key)
        elif row is not None and event.text() == "?":
            self.reason_requested.emit(row.key)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        row = self._asked_why(event)
        if row is not None and event.button() is Qt.MouseButton.LeftButton:
            self.reason_requested.emit(row.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())
        over = self._asked_why(event) is not None
        self._area.setCursor(
            Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        )

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        last = self.visualRect(self.list_model.index(self.list_model.rowCount() - 1))
        if last.isValid():
            paint_card_frame(self._area, last.bottom() + 1)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        # The rounded frame is painted on the viewport and must not move with the rows.
        super().scrollContentsBy(dx, dy)
        self._area.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._area.update()

    def _hover(self, place: int) -> None:
        before, self._delegate.hovered = self._delegate.hovered, place
        for each in {before, place} - {-1}:
            self.update(self.list_model.index(each))

    def _asked_why(self, event: QMouseEvent) -> WorklistRow | None:
        point = event.position().toPoint()
        index = self.indexAt(point)
        row = self.list_model.row(index)
        return row if row and row.reason and self.why_rect(index).contains(point) else None

    def _open(self, index: QModelIndex) -> None:
        row = self.list_model.row(index)
        if row is not None:
            self.client_opened.emit(row.key)
