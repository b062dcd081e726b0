"""Where in a sequence of pages am I? `1 Datei › 2 Lesart › 3 Spalten › 4 Prüfung`."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.labels import PlainLabel, set_property


class StepLine(QWidget):
    """The names of the pages in a row; the present one stands out."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = list(names)
        self._labels = [
            PlainLabel(f"{number} {name}", muted=True) for number, name in enumerate(names, 1)
        ]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        for place, label in enumerate(self._labels):
            if place:
                row.addWidget(PlainLabel("›", muted=True))
            row.addWidget(label)
        row.addStretch()
        self.show_step(0)

    def show_step(self, current: int) -> None:
        for place, label in enumerate(self._labels):
            label.set_tone(Tone.ACCENT if place == current else Tone.NEUTRAL)
            # By the style sheet: whenever that looks again, it takes another font back.
            set_property(label, "strong", "true" if place == current else "false")
        self.setAccessibleName(
            self.tr("Schritt {number} von {total}: {name}").format(
                number=current + 1, total=len(self._names), name=self._names[current]
            )
        )
