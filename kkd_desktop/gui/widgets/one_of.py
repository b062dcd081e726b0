"""Which one of several buttons side by side? What all of them share that look different."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget


class OneOf(QWidget):
    """Buttons of which one is chosen, with the manners of radio buttons: Tab goes in, arrows
    choose.

    Signals:
        value_changed: another one was chosen; carries its id.
    """

    value_changed = Signal(str)

    def __init__(
        self,
        buttons: Sequence[tuple[str, QAbstractButton]],
        name: str,
        parent: QWidget | None,
        *,
        gap: int,
    ) -> None:
        """The ids with their buttons, which can be checked; `name` is for a screen reader."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._ids = [id for id, _ in buttons]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap)
        for place, (_, button) in enumerate(buttons):
            # The group excludes already; this makes a reader say that it is one of several.
            button.setAutoExclusive(True)
            self._group.addButton(button, place)
            row.addWidget(button)
        self._group.idToggled.connect(self._tell)

    def value(self) -> str:
        """The id of the chosen one; empty while none is."""
        place = self._group.checkedId()
        return self._ids[place] if place >= 0 else ""

    def values(self) -> tuple[str, ...]:
        """All ids."""
        return tuple(self._ids)

    def set_value(self, value: str) -> None:
        self.button(value).setChecked(True)

    def button(self, value: str) -> QAbstractButton:
        """The button of an id, for tests and for disabling it."""
        return self._group.button(self._ids.index(value))

    def _tell(self, place: int, checked: bool) -> None:
        if checked:
            self.setFocusProxy(self._group.button(place))
            self.value_changed.emit(self._ids[place])
