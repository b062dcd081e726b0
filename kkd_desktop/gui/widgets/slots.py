"""Which hour of the day? The free ones side by side, one of them chosen."""

from collections.abc import Sequence
from datetime import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.labels import PlainLabel

_COLUMNS = 8


class SlotGrid(QWidget):
    """Morning and afternoon in rows, with the manners of radio buttons: arrows choose.

    Signals:
        slot_chosen: an hour was chosen by hand; carries it as `datetime.time`.
    """

    slot_chosen = Signal(object)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._slots: list[time] = []
        self._group = QButtonGroup(self)
        self._labels: list[PlainLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SMALL)
        self._grid.setVerticalSpacing(theme.SMALL)
        self._grid.setColumnStretch(_COLUMNS + 1, 1)

        self._group.idClicked.connect(lambda place: self.slot_chosen.emit(self._slots[place]))

    def show_slots(self, slots: Sequence[time], chosen: time | None = None) -> None:
        """Show the free hours of a day; `chosen` is marked where it is among them."""
        if list(slots) != self._slots:
            self._clear()
            self._slots = list(slots)
            self._fill()
        self.mark(chosen)

    def mark(self, chosen: time | None) -> None:
        """Mark an hour that was typed; None, or one beside the grid, marks nothing."""
        place = self._slots.index(chosen) if chosen in self._slots else None
        if place is not None:
            self._group.button(place).setChecked(True)
            self.setFocusProxy(self._group.button(place))
        elif (checked := self._group.checkedButton()) is not None:
            self._group.setExclusive(False)
            checked.setChecked(False)
            self._group.setExclusive(True)

    def button(self, slot: time) -> QAbstractButton:
        """The button of an hour."""
        return self._group.button(self._slots.index(slot))

    def _fill(self) -> None:
        row = 0
        halves = (
            (self.tr("vormittags"), [slot for slot in self._slots if slot.hour < 12]),
            (self.tr("nachmittags"), [slot for slot in self._slots if slot.hour >= 12]),
        )
        for title, slots in halves:
            if not slots:
                continue
            label = PlainLabel(title, size=theme.SMALL_SIZE, muted=True)
            self._labels.append(label)
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter)
            for number, slot in enumerate(slots):
                button = _hour(slot)
                self._group.addButton(button, self._slots.index(slot))
                self._grid.addWidget(button, row + number // _COLUMNS, 1 + number % _COLUMNS)
            row += 1 + (len(slots) - 1) // _COLUMNS

    def _clear(self) -> None:
        for widget in (*self._group.buttons(), *self._labels):
            if isinstance(widget, QAbstractButton):
                self._group.removeButton(widget)
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._labels = []


def _hour(slot: time) -> Button:
    button = Button(texts.clock(slot))
    button.setCheckable(True)
    # The group excludes already; this makes a reader say that it is one of several.
    button.setAutoExclusive(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
