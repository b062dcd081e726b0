"""The window is locked: nothing of the caseload is in this process, and one thing to do."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.unlock import UnlockDialog
from kkd_desktop.gui.painting import fill
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.window import first_size

_LEAST = (560, 420)


class LockScreen(QDialog):
    """As large as the window was, with the question for the passphrase in its middle."""

    def __init__(
        self, question: UnlockDialog, geometry: QByteArray | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        # As neutral as that of the window itself.
        self.setWindowTitle(self.tr("Kontaktdichte"))
        self.question = question
        self.title = PlainLabel(
            self.tr("Gesperrt"), size=theme.DISPLAY_SIZE, weight=QFont.Weight.DemiBold
        )
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.hint = PlainLabel(
            self.tr("Die Seite und alles Angefangene sind aufgehoben."), muted=True
        )
        self.hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        question.setWindowFlags(Qt.WindowType.Widget)
        frame = _Frame()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, theme.RADIUS, 1, theme.RADIUS)
        inside.addWidget(question)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(frame)
        middle.addStretch()
        column = QVBoxLayout(self)
        column.setSpacing(theme.SMALL)
        column.addStretch(2)
        column.addWidget(self.title)
        column.addWidget(self.hint)
        column.addSpacing(theme.HUGE)
        column.addLayout(middle)
        column.addStretch(3)
        self.setMinimumSize(*_LEAST)
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(first_size(self.screen().availableSize()))

        question.finished.connect(self.done)
        question.show()

    def reject(self) -> None:
        """Esc leaves a locked window locked; the button and the title bar end the program."""

    def closeEvent(self, event: object) -> None:
        self.question.reject()

    def paintEvent(self, event: QPaintEvent) -> None:
        fill(QPainter(self), event.rect(), theme.current().bg)


class _Frame(QWidget):
    """A card around the question: white above it, its foot in the colour of the buttons' row."""

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.surface))
        painter.setClipRect(area.adjusted(0, 0, 0, -area.height() / 2))
        painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)
