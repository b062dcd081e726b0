"""Which cards are on a long page, and which of them is read?"""

from collections.abc import Collection, Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.labels import PlainLabel

_ID = Qt.ItemDataRole.UserRole


class CardIndex(QWidget):
    """The names of the cards, and above them a line to search in all that stands on them.

    Signals:
        sought: something is searched for, or nothing any more; carries the words.
        looked_at: an arrow key went to a name; carries the id of the card.
        chosen: a name was clicked, or Enter pressed; carries the id of the card.
    """

    sought = Signal(str)
    looked_at = Signal(str)
    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = _SearchLine()
        self.search.setPlaceholderText(self.tr("Suchen …"))
        self.search.setAccessibleName(self.tr("{name} durchsuchen").format(name=name))
        self.search.setClearButtonEnabled(True)
        self.names = _Names()
        self.names.setAccessibleName(self.tr("{name}: Übersicht").format(name=name))
        self.nothing = PlainLabel(self.tr("Nichts gefunden"), muted=True)
        self.nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.LARGE)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.search)
        column.addWidget(self.nothing)
        column.addWidget(self.names, 1)

        self.search.textChanged.connect(self.sought)
        self.search.returnPressed.connect(self._choose)
        self.search.left.connect(self._enter_names)
        self.names.currentRowChanged.connect(self._look)
        self.names.itemClicked.connect(self._choose)
        self.names.entered.connect(self._choose)

    def insert(self, place: int, id: str, title: str) -> None:
        item = QListWidgetItem(title)
        item.setData(_ID, id)
        self.names.blockSignals(True)
        self.names.insertItem(place, item)
        self.names.blockSignals(False)

    def mark(self, id: str) -> None:
        """This card is read; tells nobody."""
        for item in self._items():
            if item.data(_ID) == id and item is not self.names.currentItem():
                self.names.blockSignals(True)
                self.names.setCurrentItem(item)
                self.names.blockSignals(False)

    def marked(self) -> str:
        """The id of the card that is read; empty before there is one."""
        item = self.names.currentItem()
        return "" if item is None else str(item.data(_ID))

    def show_only(self, ids: Collection[str]) -> None:
        """The names of these cards, and that there is none."""
        for item in self._items():
            item.setHidden(item.data(_ID) not in ids)
        self.nothing.setVisible(not ids)
        self.names.setVisible(bool(ids))

    def begin_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _items(self) -> Iterator[QListWidgetItem]:
        for row in range(self.names.count()):
            item = self.names.item(row)
            if item is not None:
                yield item

    def _look(self) -> None:
        if self.names.hasFocus() and self.marked():
            self.looked_at.emit(self.marked())

    def _choose(self) -> None:
        if self.marked() and self.nothing.isHidden():
            self.chosen.emit(self.marked())

    def _enter_names(self) -> None:
        if self.nothing.isHidden():
            self.names.setFocus()


class _SearchLine(QLineEdit):
    """Down goes to what was found, Esc empties it.

    Signals:
        left: downwards.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class _Names(QListWidget):
    """One stop for the Tab key; Enter goes to the card.

    Signals:
        entered: Enter was pressed.
    """

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "names")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
