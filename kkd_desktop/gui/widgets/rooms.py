"""In which room? One of those that are set, or any other."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

_LONGEST = 200


class RoomEdit(QComboBox):
    """A line to type into that offers the rooms of the settings; the first of them stands there.

    Signals:
        room_chosen: another room was chosen, or typed and left; carries it.
    """

    room_chosen = Signal(str)

    def __init__(self, rooms: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self._line = QLineEdit(maxLength=_LONGEST)
        self.setLineEdit(self._line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItems([room for room in rooms if room])
        self.set_text(rooms[0] if rooms else "")

        self.activated.connect(self._tell)
        self._line.editingFinished.connect(self._tell)

    def text(self) -> str:
        return self.currentText()

    def set_text(self, text: str) -> None:
        """Show a room, and tell nobody."""
        self._told = text
        self.setEditText(text)
        # A text that is wider than its field is read from its beginning.
        self._line.setCursorPosition(0)

    def say_nothing_chosen(self, text: str) -> None:
        """What stands in the field while it is empty."""
        self._line.setPlaceholderText(text)

    def _tell(self) -> None:
        if self.text() != self._told:
            self._told = self.text()
            self.room_chosen.emit(self._told)
