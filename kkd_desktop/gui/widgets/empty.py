"""What stands where nothing is yet? One sentence, and what to do about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kkd_desktop.gui import icons, theme
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.labels import PlainLabel

_WIDTH = 380
_PICTURE = 36


class EmptyState(QWidget):
    """An empty list that says what to do.

    Signals:
        action_requested: the button was pressed.
    """

    action_requested = Signal()

    def __init__(
        self,
        title: str,
        text: str = "",
        action: str = "",
        parent: QWidget | None = None,
        *,
        width: int = _WIDTH,
        icon: str = "",
    ) -> None:
        super().__init__(parent)
        self._width = width
        centre = Qt.AlignmentFlag.AlignCenter
        self.title = PlainLabel(title, weight=QFont.Weight.DemiBold, wrap=True)
        self.text = PlainLabel(text, muted=True, wrap=True)
        self.button = Button(action, kind="primary")
        for label in (self.title, self.text):
            label.setAlignment(centre)
            label.setFixedWidth(width)

        layout = QVBoxLayout(self)
        layout.setSpacing(theme.TINY)
        layout.addStretch(2)
        if icon:
            layout.addWidget(_Picture(icon), 0, centre)
            layout.addSpacing(theme.SMALL)
        layout.addWidget(self.title, 0, centre)
        layout.addWidget(self.text, 0, centre)
        layout.addSpacing(theme.MEDIUM)
        layout.addWidget(self.button, 0, centre)
        layout.addStretch(3)

        self.say(title, text)
        self.button.setVisible(bool(action))
        self.button.clicked.connect(self.action_requested)

    def say(self, title: str, text: str = "") -> None:
        """Say something else."""
        for label, words in ((self.title, title), (self.text, text)):
            label.setText(words)
            label.setVisible(bool(words))
            if words:
                label.setFixedHeight(label.heightForWidth(self._width))


class _Picture(QWidget):
    """Quiet and large; the title below it says the same."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(_PICTURE, _PICTURE)

    def paintEvent(self, event: QPaintEvent) -> None:
        muted = QColor(theme.current().muted)
        icons.paint(QPainter(self), self._icon, self.rect(), muted, _PICTURE)
