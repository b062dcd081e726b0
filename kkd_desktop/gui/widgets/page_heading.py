"""What does the start page say first? Its name, how many need a talk, and who is left out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.labels import ElidedLabel, PlainLabel


class CountHeading(QWidget):
    """`Heute  23 Kundinnen und Kunden brauchen einen Termin · 2 nicht enthalten, warum?`

    Signals:
        why_requested: the link at the end was pressed.
    """

    why_requested = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._long = self._short = ""
        self.title = PlainLabel(title, size=theme.TITLE_SIZE, weight=QFont.Weight.DemiBold)
        self.count = ElidedLabel(muted=True)
        self.count.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.why = Button(self.tr("warum?"), kind="link")
        self.why.hide()

        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.title, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addSpacing(theme.MEDIUM)
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addWidget(self.why, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addStretch(1)
        self.setFixedHeight(theme.CONTROL_HEIGHT)

        self.why.clicked.connect(self.why_requested)

    def show_count(self, text: str, short: str, asks_why: bool) -> None:
        """`short` is for a narrow window."""
        self._long, self._short = text, short
        self.why.setVisible(asks_why)
        self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._write()

    def _write(self) -> None:
        room = self.width() - self.title.sizeHint().width() - theme.MEDIUM
        if not self.why.isHidden():
            room -= self.why.sizeHint().width()
        fits = self.count.fontMetrics().horizontalAdvance(self._long) + 4 <= room
        wanted = self._long if fits else self._short
        if wanted != self.count.text():
            self.count.setText(wanted)
