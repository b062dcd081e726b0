"""Where is the control that was spoken of? A ring around it, until it is used or left."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kkd_desktop.gui import theme

_AWAY, _PEN = 4, 2
_ENDING = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.KeyPress,
    QEvent.Type.Hide,
    QEvent.Type.Close,
)
_FOLLOWING = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.LayoutRequest)


class Spotlight(QWidget):
    """Lies over a window and lets everything through. Nothing moves or blinks.

    Signals:
        ended: the control was used or is gone.
    """

    ended = Signal()

    def __init__(self, targets: Sequence[QWidget], over: QWidget) -> None:
        super().__init__(over)
        self._targets, self._over = list(targets), over
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setGeometry(over.rect())
        over.installEventFilter(self)
        for target in self._targets:
            target.installEventFilter(self)
        self.show()
        self.raise_()

    def places(self) -> list[QRect]:
        """Where the rings are, in the window."""
        return [
            QRect(target.mapTo(self._over, target.rect().topLeft()), target.size()).adjusted(
                -_AWAY, -_AWAY, _AWAY, _AWAY
            )
            for target in self._targets
            if target.isVisible()
        ]

    def end(self) -> None:
        self._over.removeEventFilter(self)
        for target in self._targets:
            target.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over:
            if event.type() is QEvent.Type.Resize:
                self.setGeometry(self._over.rect())
        elif event.type() in _ENDING:
            self.ended.emit()
        elif event.type() in _FOLLOWING:
            self.update()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.current().accent), _PEN))
        for place in self.places():
            painter.drawRoundedRect(
                QRectF(place).adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS
            )
