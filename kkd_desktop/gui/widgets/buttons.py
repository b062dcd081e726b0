"""Which buttons are there? A main action, plain ones, links; each may show its key."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from kkd_desktop.gui import icons, theme
from kkd_desktop.gui.widgets.labels import set_property

_GAP, _PADDING = 8, 5
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class Button(QPushButton):
    """A push button; `keys` is shown inside it, as `Strg N`. There is one primary one per view.

    `kind` is `""`, `"primary"`, `"link"` or `"quiet"`; `icon` names the picture before the words.
    """

    def __init__(
        self,
        text: str,
        *,
        kind: str = "",
        keys: str = "",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        # Not with its text: among the ways to make one PySide6 then looks for an icon, which has it
        # make the names of all icons of all desktops, 1 ms before the first picture.
        super().__init__(parent)
        self.setText(text)
        self._keys = keys
        self._keys_font = theme.font(theme.SMALL_SIZE)
        if kind:
            self.setProperty("kind", kind)
        if kind in ("link", "quiet"):
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setAccessibleName(text.replace("&", ""))
        if icon:
            self.setIcon(icons.icon(icon))
            self.setIconSize(icons.IN_BUTTON)
        if keys:
            # The style sheet puts the text to the left, so that the key has its place.
            self.setProperty("keys", "true")
            self.setAccessibleDescription(keys)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + self._room() - (4 if self._keys else 0), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._keys:
            return
        colours = theme.current()
        primary = self.property("kind") == "primary" and self.isEnabled()
        quiet = QColor(colours.on_accent if primary else colours.muted)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self._room() - _GAP
        cap = QRect(self.width() - width - 8, (self.height() - 20) // 2, width, 20)
        edge = QColor(quiet)
        edge.setAlphaF(0.45)
        painter.setPen(edge if primary else QColor(colours.line))
        painter.setBrush(Qt.BrushStyle.NoBrush if primary else QColor(colours.bg))
        painter.drawRoundedRect(cap.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(self._keys_font)
        painter.setPen(quiet)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Outside of dialogs Qt lets the space bar alone press a button.
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, _KEYPAD)
        if event.key() in _ENTER and plain and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text.replace("&", ""))

    def keys(self) -> str:
        """What is shown in it as the way to press it by keys."""
        return self._keys

    def drop_keys(self) -> None:
        """Where there is too little room they are not shown; a screen reader still says them."""
        self._keys = ""
        set_property(self, "keys", "false")
        self.updateGeometry()

    def _room(self) -> int:
        if not self._keys:
            return 0
        return QFontMetrics(self._keys_font).horizontalAdvance(self._keys) + 2 * _PADDING + _GAP
