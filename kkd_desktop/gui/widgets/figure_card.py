"""How does one number stand on a page? What it is, the number, and what to know about it."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QSizePolicy, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.card import Card
from kkd_desktop.gui.widgets.labels import ElidedLabel, PlainLabel

_SIZE = 20.0


class FigureCard(Card):
    """`Gespräche im Monat` – `118 → 96` – a remark below."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.title = ElidedLabel(title, size=theme.SMALL_SIZE, muted=True)
        self.figure = PlainLabel(size=_SIZE, weight=QFont.Weight.DemiBold)
        self.remark = PlainLabel(size=theme.SMALL_SIZE, muted=True, wrap=True)
        self.body.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        self.body.setSpacing(theme.HAIR)
        for label in (self.title, self.figure, self.remark):
            self.body.addWidget(label)
        self.body.addStretch()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_figure(self, figure: str, remark: str = "", tone: Tone | None = None) -> None:
        self.figure.setText(figure)
        self.remark.setText(remark)
        if tone is not None:
            self.remark.set_tone(tone)
        self.setAccessibleName(f"{self.title.text()}: {figure}. {remark}")
