"""How is a number or one of many asked for on a page that scrolls?

A wheel over them scrolls the page: only a field that has the focus is changed by it.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

_NUMBER_WIDTH = 112


class NumberEdit(QSpinBox):
    """A whole number between two others."""

    def __init__(
        self, least: int, most: int, suffix: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.setSuffix(suffix)
        self.setMinimumWidth(_NUMBER_WIDTH)
        # A style sheet cannot indent the line inside a spin box.
        self.lineEdit().setTextMargins(9, 0, 0, 0)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def set_quietly(self, value: int) -> None:
        self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(False)


class Choice(QComboBox):
    """One of many, by id."""

    def __init__(
        self, choices: Sequence[tuple[str | None, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._choices: list[tuple[str | None, str]] = []
        self.show_choices(choices, None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def show_choices(self, choices: Sequence[tuple[str | None, str]], chosen: str | None) -> None:
        """Show these (id, text), one of them chosen, and tell nobody."""
        self.blockSignals(True)
        if self._choices != list(choices):
            self._choices = list(choices)
            self.clear()
            for choice, text in choices:
                self.addItem(text, choice)
        ids = [choice for choice, _ in choices]
        self.setCurrentIndex(ids.index(chosen) if chosen in ids else 0 if ids else -1)
        self.blockSignals(False)

    def value(self) -> str | None:
        """The id of what is chosen."""
        found = self.currentData()
        return None if found is None else str(found)
