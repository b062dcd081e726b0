"""Which one of a few? Shown side by side, all of them in sight."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from kkd_desktop.gui import icons, theme
from kkd_desktop.gui.widgets.one_of import OneOf

_PAD, _CLOSER = 14, 11


class SegmentedControl(OneOf):
    """One choice of a few; the first is chosen until another one is."""

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        name: str = "",
        parent: QWidget | None = None,
        *,
        with_icons: bool = False,
    ) -> None:
        """`choices` are (id, text); `name` is what a screen reader calls the whole. `with_icons`
        puts the picture that is called as the id before each text.
        """
        last = len(choices) - 1
        segments = [
            (id, _Segment(text, place == 0, place == last, id if with_icons else ""))
            for place, (id, text) in enumerate(choices)
        ]
        super().__init__(segments, name, parent, gap=0)
        if choices:
            self.set_value(choices[0][0])
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


class _Segment(QAbstractButton):
    def __init__(self, text: str, first: bool, last: bool, picture: str) -> None:
        super().__init__()
        self._first, self._last = first, last
        self.picture = picture
        self._bold = theme.font(weight=QFont.Weight.DemiBold)
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._bold).horizontalAdvance(self.text())
        beside = 2 * _PAD if not self.picture else 2 * _CLOSER + icons.SIZE + icons.GAP
        return QSize(width + beside, theme.CONTROL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """No word is ever cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, 0.5 if not self._last else -0.5, -0.5)
        shape = self._shape(area)
        chosen = self.isChecked()
        back = colours.surface
        if chosen:
            back = colours.selection
        elif self.underMouse():
            back = colours.hover
        painter.fillPath(shape, QColor(back))
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawPath(shape)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 4, 4)
        painter.setPen(QColor(colours.accent if chosen else colours.text))
        if not self.isEnabled():
            painter.setPen(QColor(colours.muted))
        painter.setFont(self._bold if chosen else self.font())
        room = self.rect()
        if self.picture:
            width = painter.fontMetrics().horizontalAdvance(self.text()) + icons.SIZE + icons.GAP
            left = (room.width() - width) // 2
            spot = QRect(left, 0, icons.SIZE, room.height())
            icons.paint(painter, self.picture, spot, painter.pen().color())
            room.setLeft(spot.right() + icons.GAP)
            room.setWidth(width - icons.SIZE - icons.GAP + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.text())

    def _shape(self, area: QRectF) -> QPainterPath:
        """Rounded only at the outer ends of the control."""
        radius = 6.0
        path = QPainterPath()
        path.addRoundedRect(area, radius, radius)
        if not self._first:
            path = path.united(_left_part(area, radius * 2))
        if not self._last:
            right = area.translated(area.width() - radius * 2, 0)
            path = path.united(_left_part(right, radius * 2))
        return path.simplified()


def _left_part(area: QRectF, width: float) -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(area.left(), area.top(), width, area.height()))
    return path
