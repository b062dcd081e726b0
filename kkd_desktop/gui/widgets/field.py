"""How is one value asked for? Label above, field, and below it what is to be mended."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import announce
from kkd_desktop.gui.widgets.labels import PlainLabel, set_property


class FormField(QWidget):
    """A labelled input. The label names it for screen readers and carries its Alt key (`&Form`).

    Signals:
        edited: a line edit inside was typed into; its error is gone by then.
    """

    edited = Signal()

    def __init__(
        self, label: str, field: QWidget, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._hint = hint
        self.label = PlainLabel(label, size=theme.SMALL_SIZE, muted=True)
        self.label.setBuddy(field)
        # Of this widget from the start: shown without a parent it would be a window for a moment.
        self.message = PlainLabel(hint, size=theme.SMALL_SIZE, muted=True, wrap=True, parent=self)
        self.message.setVisible(bool(hint))
        field.setAccessibleName(label.replace("&", ""))
        field.setAccessibleDescription(hint.strip())
        self.setFocusProxy(field)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TINY)
        column.addWidget(self.label)
        column.addWidget(field)
        column.addWidget(self.message)

        inner = field.findChild(QLineEdit) if isinstance(field, QAbstractSpinBox) else None
        if inner is not None:
            # A style sheet cannot indent the line inside a spin box.
            inner.setTextMargins(9, 0, 0, 0)
        if isinstance(field, QLineEdit):
            field.textEdited.connect(self._forgive)

    def show_error(self, text: str) -> None:
        """Say below the field what to mend; empty takes it back."""
        self.message.setText(text or self._hint)
        self.message.set_tone(Tone.LATE if text else Tone.NEUTRAL)
        self.message.setVisible(bool(text or self._hint))
        set_property(self.field, "invalid", "true" if text else "false")
        self.field.setAccessibleDescription((text or self._hint).strip())
        if text:
            announce(self.field, f"{self.field.accessibleName()}: {text}")

    def set_hint(self, text: str) -> None:
        """What stands below the field while nothing is wrong with it."""
        wrong = self.error()
        self._hint = text
        self.show_error(wrong)

    def rename(self, label: str) -> None:
        """Another label, with its Alt key."""
        self.label.setText(label)
        self.field.setAccessibleName(label.replace("&", ""))

    def error(self) -> str:
        return self.message.text() if self.field.property("invalid") == "true" else ""

    def _forgive(self) -> None:
        if self.error():
            self.show_error("")
        self.edited.emit()


def side_by_side(*fields: tuple[QWidget, int]) -> QHBoxLayout:
    """Fields in one row, each with its share of the width, all labels on one line."""
    row = QHBoxLayout()
    row.setSpacing(theme.LARGE)
    for field, share in fields:
        column = QVBoxLayout()
        column.addWidget(field)
        column.addStretch()
        row.addLayout(column, share)
    return row
