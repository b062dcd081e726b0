"""In which room? One of those that are set, or any other."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

_LONGEST = 200


class RoomEdit(QComboBox):
    """A line to type into that offers the rooms of the settings; the first of them stands there."""

    def __init__(self, rooms: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QLineEdit(maxLength=_LONGEST)
        self.setLineEdit(self._line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItems([room for room in rooms if room])
        self.set_text(rooms[0] if rooms else "")

    def text(self) -> str:
        return self.currentText()

    def set_text(self, text: str) -> None:
        self.setEditText(text)
        # A text that is wider than its field is read from its beginning.
        self._line.setCursorPosition(0)
