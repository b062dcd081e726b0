"""How many seconds are left until the window is locked?"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.banner import announce
from kkd_desktop.gui.widgets.labels import PlainLabel

_BELOW = 8
"""Within the top bar of the window, or beside the title of a dialog: no field is covered."""


class Countdown(QFrame):
    """A line at the upper edge of whatever window is in front; it takes no focus and no clicks."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words = PlainLabel(weight=QFont.Weight.DemiBold)
        hint = PlainLabel(self.tr("Eine Taste oder die Maus hält es auf."), muted=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        row.setSpacing(theme.MEDIUM)
        row.addWidget(self.words)
        row.addWidget(hint)
        self.hide()

    def count(self, seconds: int, window: QWidget) -> None:
        """Say it over `window`."""
        if self.parentWidget() is not window:
            self.setParent(window)
        begins = not self.isVisible()
        unit = self.tr("Sekunde") if seconds == 1 else self.tr("Sekunden")
        self.words.setText(
            self.tr("Wird in {seconds} {unit} gesperrt").format(seconds=seconds, unit=unit)
        )
        self.setAccessibleName(self.words.text())
        self.adjustSize()
        self.move((window.width() - self.width()) // 2, _BELOW)
        self.show()
        self.raise_()
        if begins:
            announce(self, self.words.text())
