"""Which conditions hold, and how is one of them taken away? Chips in rows, by mouse or by key."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QPushButton, QSizePolicy, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.labels import plain_tooltip, set_property

LONGEST = 320
_SIGN = "✕"


class RemovableChip(QPushButton):
    """A condition in a pill. A click takes it away, and so do Space, Delete and Backspace.

    Signals:
        removed: it is to be taken away.
    """

    removed = Signal()

    def __init__(
        self,
        text: str,
        *,
        strong: bool = False,
        longest: int = LONGEST,
        parent: QWidget | None = None,
    ) -> None:
        """A `strong` one stands for something that was not typed."""
        super().__init__(parent)
        self._longest = longest
        self.setProperty("kind", "chip")
        self.setFont(theme.font(theme.SMALL_SIZE))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.said, self.strong = text, strong
        self.setProperty("strong", _yes_or_no(strong))
        self._write()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.removed)

    def say(self, text: str, *, strong: bool) -> None:
        """Stand for another condition."""
        if text != self.said:
            self.said = text
            self._write()
        if strong != self.strong:
            self.strong = strong
            set_property(self, "strong", _yes_or_no(strong))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in keys:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def _write(self) -> None:
        text, room = self.said, self.fontMetrics()
        cut = room.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, self._longest)
        self.setText(f"{cut.replace('&', '&&')}  {_SIGN}")
        self.setAccessibleName(self.tr("{condition}, entfernen").format(condition=text))
        self.setToolTip(
            plain_tooltip(self.tr("{condition}\nKlick entfernt").format(condition=text))
        )


def _yes_or_no(value: bool) -> str:
    """As the style sheet asks for it."""
    return "true" if value else "false"


class ChipRow(QWidget):
    """Chips one after the other, in as many rows as they need; nothing at all without any."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._flow = _Flow(self)
        self.chips: list[RemovableChip] = []
        self.hide()

    def show_chips(self, chips: Sequence[tuple[str, bool, Callable[[], object]]]) -> None:
        """Show these: what is said, whether it is a strong one, and what taking it away does."""
        # Made anew for every letter that is typed, they would take as long as the table below.
        for chip, (text, strong, remove) in zip(self.chips, chips, strict=False):
            chip.say(text, strong=strong)
            chip.removed.disconnect()
            chip.removed.connect(remove)
        for chip in self.chips[len(chips) :]:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        del self.chips[len(chips) :]
        for text, strong, remove in chips[len(self.chips) :]:
            chip = RemovableChip(text, strong=strong, parent=self)
            chip.removed.connect(remove)
            self._flow.addWidget(chip)
            chip.show()
            self.chips.append(chip)
        self.setVisible(bool(chips))
        self.updateGeometry()


class _Flow(QLayout):
    """Widgets from left to right, and on in the next row where there is no more room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        widths = [item.sizeHint().width() for item in self._items]
        return QSize(sum(widths) + theme.SMALL * max(len(widths) - 1, 0), self._row_height())

    def minimumSize(self) -> QSize:
        widest = max((item.sizeHint().width() for item in self._items), default=0)
        return QSize(widest, self._row_height())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _row_height(self) -> int:
        return max((item.sizeHint().height() for item in self._items), default=0)

    def _place(self, area: QRect, *, move: bool) -> int:
        left, top, height = area.left(), area.top(), self._row_height()
        for item in self._items:
            hint = item.sizeHint()
            if left > area.left() and left + hint.width() > area.right() + 1:
                left, top = area.left(), top + height + theme.TINY
            if move:
                item.setGeometry(QRect(left, top, hint.width(), hint.height()))
            left += hint.width() + theme.SMALL
        return top + height - area.top()
