"""Who comes today, and who came? The appointments of a day with one-key outcomes."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView, QSizePolicy, QToolTip, QWidget

from kkd_desktop.gui.delegates.day import ROW_HEIGHT, DayDelegate, cap_at
from kkd_desktop.gui.models.day import DayModel, DayRow

_MOST_ROWS = 8


class DayView(QListView):
    """E, N and A say what became of the current appointment; Enter opens the client.

    Signals:
        outcome_chosen: the key of the appointment and `E`, `N` or `A`.
        menu_requested: the key of the appointment and where to open the menu with the rest.
        client_opened: carries the client's id.
        drag_wanted: the mouse pulls at an appointment; carries its key.
    """

    outcome_chosen = Signal(int, str)
    menu_requested = Signal(int, QPoint)
    client_opened = Signal(int)
    drag_wanted = Signal(int)

    paints_focus = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list_model = DayModel(self)
        self.setAccessibleName(self.tr("Termine heute"))
        self.setModel(self.list_model)
        self._delegate = DayDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        # Asking Qt for the one it made would load every kind of widget there is.
        ground = QWidget()
        self.setViewport(ground)
        ground.setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._most = _MOST_ROWS
        self._pressed: str | None = None
        self._words = {
            "E": self.tr("Erschienen (E)"),
            "N": self.tr("Nicht erschienen (N)"),
            "A": self.tr("Abgesagt (A)"),
            "…": self.tr("Verlegt, krank gemeldet …"),
        }

        self.doubleClicked.connect(self._open)

    def show_rows(self, rows: Sequence[DayRow]) -> None:
        """Show these; the current appointment stays current, at first the next open one is."""
        current = self.list_model.row(self.currentIndex())
        self.list_model.show_rows(rows)
        place = None if current is None else self.list_model.place_of(current.key)
        if place is None:
            place = self.list_model.next_open()
        if place is not None:
            self.setCurrentIndex(self.list_model.index(place))
        self._fit()

    def current_key(self) -> int | None:
        """The appointment the keyboard is at."""
        row = self.list_model.row(self.currentIndex())
        return None if row is None else row.key

    def show_at_most(self, rows: int) -> None:
        """Scroll where there are more appointments than this."""
        self._most = rows
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(300, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.list_model.row(self.currentIndex())
        letter = event.text().upper()
        if row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.client_opened.emit(row.client_id)
        elif letter in ("E", "N", "A"):
            if row is not None and row.is_open:
                self.outcome_chosen.emit(row.key, letter)
        else:
            super().keyPressEvent(event)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        row = self.list_model.row(self.currentIndex())
        # A hand that slips on a key still means the key.
        if row is not None and self._pressed is None:
            self.drag_wanted.emit(row.key)

    def keyboardSearch(self, search: str) -> None:
        """Letters are outcomes here, never a search."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        self._ask_menu(index, event.globalPos() if by_mouse else None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        _, self._pressed = self._cap(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index, cap = self._cap(event.position().toPoint())
        row = self.list_model.row(index)
        if row is None or cap is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if cap == "…":
            self._ask_menu(index, None)
        else:
            self.outcome_chosen.emit(row.key, cap)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index, cap = self._cap(event.position().toPoint())
        self._hover((index.row(), cap))
        self.viewport().setCursor(
            Qt.CursorShape.ArrowCursor if cap is None else Qt.CursorShape.PointingHandCursor
        )

    def leaveEvent(self, event: QEvent) -> None:
        self._hover((-1, None))
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            _, cap = self._cap(event.pos())
            QToolTip.showText(event.globalPos(), self._words.get(cap or "", ""), self)
            return True
        return super().viewportEvent(event)

    def _fit(self) -> None:
        self.setFixedHeight(min(self.list_model.rowCount(), self._most) * ROW_HEIGHT)
        self.scrollTo(self.currentIndex())

    def _cap(self, point: QPoint) -> tuple[QModelIndex, str | None]:
        index = self.indexAt(point)
        row = self.list_model.row(index)
        if row is None or not row.is_open:
            return index, None
        return index, cap_at(self.visualRect(index), point)

    def _ask_menu(self, index: QModelIndex, at: QPoint | None) -> None:
        row = self.list_model.row(index)
        if row is None:
            return
        if at is None:
            area = self.visualRect(index)
            at = self.viewport().mapToGlobal(QPoint(area.right() - 100, area.bottom() - 6))
        self.menu_requested.emit(row.key, at)

    def _hover(self, now: tuple[int, str | None]) -> None:
        if now != self._delegate.hovered:
            self._delegate.hovered = now
            self.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        row = self.list_model.row(index)
        if row is not None:
            self.client_opened.emit(row.client_id)
