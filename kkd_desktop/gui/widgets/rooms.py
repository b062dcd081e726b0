"""In which room? One of those that are set, or any other."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

_LONGEST = 200


class RoomEdit(QComboBox):
    """A line to type into that offers the rooms of the settings, the usual one first."""

    def __init__(self, rooms: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.lineEdit().setMaxLength(_LONGEST)
        self.addItems([room for room in dict.fromkeys(rooms) if room])
        self.set_text(rooms[0] if rooms else "")

    def text(self) -> str:
        return self.currentText()

    def set_text(self, text: str) -> None:
        self.setEditText(text)
        # A text that is wider than its field is read from its beginning.
        self.lineEdit().setCursorPosition(0)
