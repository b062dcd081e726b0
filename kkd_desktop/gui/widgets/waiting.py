"""Who still has no appointment? The list beside the calendar, from which people are put into it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.domain import texts
from kkd_desktop.gui import theme
from kkd_desktop.gui.delegates.waiting import WaitingDelegate
from kkd_desktop.gui.models.worklist import WorklistGroup
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Line
from kkd_desktop.gui.widgets.empty import EmptyState
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.segmented import SegmentedControl
from kkd_desktop.gui.widgets.worklist import WorklistView

DUE, EVERYONE = "due", "everyone"
_EMPTY_WIDTH = 210


class WaitingView(WorklistView):
    """Space or Enter picks the person up, V takes the proposal, W says why; the mouse drags.

    Signals:
        picked_up: this client is to be put into the calendar by keys.
        accepted: the proposal of this client is to be booked.
        steps_wanted: every step to what is due for this client.
        dragged: this client is held by the mouse there, on the screen.
        dropped: this client was let go there.
        drag_cancelled: the mouse holds nobody any more.
    """

    picked_up = Signal(int)
    accepted = Signal(int)
    steps_wanted = Signal(int)
    dragged = Signal(int, QPoint)
    dropped = Signal(int, QPoint)
    drag_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = WaitingDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Noch ohne Termin"))
        self._pressed: tuple[int, QPoint] | None = None
        self._drags = False

    def paintEvent(self, event: QPaintEvent) -> None:
        # The panel around it has the frame already.
        QListView.paintEvent(self, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, client_id = event.key(), self.current_key()
        if self._drags and key == Qt.Key.Key_Escape:
            self._end_drag()
            self.drag_cancelled.emit()
            return
        acts = {
            Qt.Key.Key_Space: self.picked_up,
            Qt.Key.Key_Return: self.picked_up,
            Qt.Key.Key_Enter: self.picked_up,
            Qt.Key.Key_V: self.accepted,
            Qt.Key.Key_W: self.steps_wanted,
        }
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        act = acts.get(Qt.Key(key)) if plain else None
        if act is not None and client_id is not None:
            act.emit(client_id)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        row = self.list_model.row(self.indexAt(event.position().toPoint()))
        left = event.button() is Qt.MouseButton.LeftButton
        self._pressed = (row.key, event.position().toPoint()) if row and left else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        client_id, pressed = self._pressed
        way = (event.position().toPoint() - pressed).manhattanLength()
        if not self._drags and way >= QApplication.startDragDistance():
            self._drags = True
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._drags:
            self.dragged.emit(client_id, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, drags = self._pressed, self._drags
        self._end_drag()
        if pressed is not None and drags:
            self.dropped.emit(pressed[0], event.globalPosition().toPoint())
        else:
            super().mouseReleaseEvent(event)

    def _end_drag(self) -> None:
        self._pressed, self._drags = None, False
        self.viewport().unsetCursor()


class DragTag(PlainLabel):
    """Who is held by the mouse, beside it while it is on the way to the calendar."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self._page = parent
        self.setProperty("kind", "popup")
        self.setContentsMargins(theme.SMALL, theme.TINY, theme.SMALL, theme.TINY)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def follow(self, name: str, at: QPoint) -> None:
        """Show the name beside this point of the screen."""
        self.setText(name)
        self.adjustSize()
        self.move(self._page.mapFromGlobal(at) + QPoint(theme.MEDIUM, theme.SMALL))
        self.show()
        self.raise_()


class WaitingPanel(QFrame):
    """The list with its heading, a filter, and what one can do with it.

    Signals:
        narrowed: filter or span were changed.
        closed: the list is to be put away.
    """

    narrowed = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.title = PlainLabel(self.tr("Noch ohne Termin"), weight=QFont.Weight.DemiBold)
        self.count = PlainLabel(muted=True)
        self.close_button = Button("×", kind="quiet")
        self.close_button.setAccessibleName(self.tr("Liste ausblenden"))
        self.close_button.setToolTip(self.tr("Liste ausblenden"))
        self.close_button.setFixedWidth(28)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Filtern …"))
        self.search.setAccessibleName(self.tr("Liste filtern"))
        self.search.setClearButtonEnabled(True)
        self.span = SegmentedControl(
            ((DUE, self.tr("Fällig")), (EVERYONE, self.tr("Alle"))),
            self.tr("Wer ist in der Liste?"),
        )
        self.view = WaitingView()
        self.empty = EmptyState("", width=_EMPTY_WIDTH)
        self.hint = PlainLabel(
            self.tr("In den Kalender ziehen, oder Leertaste und Pfeile; V nimmt den Vorschlag an."),
            size=theme.SMALL_SIZE,
            muted=True,
            wrap=True,
        )
        self._lay_out()

        self.search.textChanged.connect(self.narrowed)
        self.span.value_changed.connect(self.narrowed)
        self.close_button.clicked.connect(self.closed)

    def show_groups(self, groups: Sequence[WorklistGroup], total: int) -> None:
        """`total` counts those who wait, whatever the filter shows of them."""
        shown = sum(len(group.rows) for group in groups)
        whole = texts.whole(total)
        self.count.setText(whole if shown == total else f"{texts.whole(shown)} / {whole}")
        self.view.show_groups(groups)
        if shown and self.view.current_key() is None:
            self.view.choose_first()
        self.view.setVisible(bool(shown))
        self.hint.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        if total:
            self.empty.say(self.tr("Niemand passt dazu"), self.tr("Ändern Sie den Filter."))
        elif self.span.value() == DUE:
            self.empty.say(
                self.tr("Niemand wartet auf einen Termin"),
                self.tr("Bis zum Ende dieser Tage ist niemand mehr an der Reihe."),
            )
        else:
            self.empty.say(self.tr("Niemand wartet auf einen Termin"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.LARGE, theme.SMALL + theme.HAIR, theme.TINY, 0)
        head.setSpacing(theme.TINY)
        head.addWidget(self.title)
        head.addStretch()
        head.addWidget(self.count)
        head.addWidget(self.close_button)
        filters = QHBoxLayout()
        filters.setContentsMargins(theme.MEDIUM, 0, theme.MEDIUM, theme.TINY)
        filters.setSpacing(theme.SMALL)
        filters.addWidget(self.search, 1)
        filters.addWidget(self.span)
        self.hint.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.MEDIUM)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(theme.SMALL)
        column.addLayout(head)
        column.addLayout(filters)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        rows.addWidget(Line())
        rows.addWidget(self.view, 1)
        rows.addWidget(self.empty, 1)
        rows.addWidget(Line())
        rows.addWidget(self.hint)
        column.addLayout(rows, 1)
