"""Which pages are there, and which one is shown? The rail at the left."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from kkd_desktop.gui import icons, theme
from kkd_desktop.gui.painting import fill
from kkd_desktop.gui.widgets.labels import PlainLabel

WIDTH, NARROW = 188, 112
_SIDE, _CORNER = 10, 6


class Rail(QWidget):
    """One button per page; Tab goes in, arrows move.

    Signals:
        page_chosen: carries the id of the page.
    """

    page_chosen = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Seiten"))
        self.setFixedWidth(WIDTH)
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._head = PlainLabel(title, size=theme.LEAD_SIZE, weight=QFont.Weight.DemiBold)
        self._head.setContentsMargins(_SIDE, 0, 0, 0)
        self._head.setFixedHeight(40)
        self._upper, self._lower = QVBoxLayout(), QVBoxLayout()
        for part in (self._upper, self._lower):
            part.setSpacing(theme.HAIR)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, theme.SMALL, _SIDE + 1, theme.MEDIUM)
        column.setSpacing(theme.TINY)
        column.addWidget(self._head)
        column.addLayout(self._upper)
        column.addStretch()
        column.addLayout(self._lower)

    def add(self, page: str, title: str, keys: str = "", at_bottom: bool = False) -> None:
        button = RailButton(title, keys, page)
        self._buttons[page] = button
        # The group excludes already; this makes a reader say that it is one of several.
        button.setAutoExclusive(True)
        self._group.addButton(button)
        (self._lower if at_bottom else self._upper).addWidget(button)
        button.clicked.connect(lambda: self.page_chosen.emit(page))

    def button(self, page: str) -> "RailButton":
        return self._buttons[page]

    def set_current(self, page: str) -> None:
        if page in self._buttons:
            self._buttons[page].setChecked(True)

    def set_count(self, page: str, text: str) -> None:
        """The quiet figure at the right of a page: `23`, `KW 47`."""
        self._buttons[page].set_count(text)

    def show_icons(self) -> None:
        """Put its picture before each name. They wait until after the first painted window; their
        room is kept from the beginning.
        """
        for button in self._buttons.values():
            button.show_icon()

    def set_narrow(self, narrow: bool) -> None:
        """Where there is little room the names alone; the counts are still said aloud."""
        if narrow is (self.width() == NARROW):
            return
        self.setFixedWidth(NARROW if narrow else WIDTH)
        self._head.setVisible(not narrow)
        side = theme.TINY if narrow else _SIDE
        column = self.layout()
        assert column is not None
        column.setContentsMargins(side, theme.SMALL, side + 1, theme.MEDIUM)
        for button in self._buttons.values():
            button.set_narrow(narrow)

    def paintEvent(self, event: QPaintEvent) -> None:
        line = QRect(self.width() - 1, 0, 1, self.height())
        fill(QPainter(self), line, theme.current().line)


class RailButton(QAbstractButton):
    """The name of a page with its picture, and its count."""

    def __init__(
        self, title: str, keys: str, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._shows_icon = icon, False
        self._narrow = False
        self._count = ""
        self._bold = theme.font(weight=QFont.Weight.DemiBold)
        self.setText(title)
        self.setCheckable(True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(keys)
        self.setToolTip(keys)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_count(self, text: str) -> None:
        self._count = text
        self.setAccessibleName(f"{self.text()}, {text}" if text else self.text())
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.updateGeometry()

    def show_icon(self) -> None:
        self._shows_icon = bool(self._icon)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0 if self._narrow else WIDTH - 21, theme.CONTROL_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            back = colours.selection if self.isChecked() else colours.hover
            painter.setBrush(QColor(back))
            painter.drawRoundedRect(area, _CORNER, _CORNER)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), _CORNER, _CORNER)
        side = theme.SMALL if self._narrow else _SIDE
        inner = self.rect().adjusted(side, 0, -side, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        ink = QColor(colours.accent if self.isChecked() else colours.text)
        if self._shows_icon and not self._narrow:
            spot = QRect(inner.left(), 0, icons.SIZE, self.height())
            icons.paint(
                painter, self._icon, spot, ink if self.isChecked() else QColor(colours.muted)
            )
        if self._icon and not self._narrow:
            inner.setLeft(inner.left() + icons.SIZE + icons.GAP)
        painter.setFont(self._bold if self.isChecked() else self.font())
        painter.setPen(ink)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, self.text())
        if self._narrow:
            return
        painter.setFont(self.font())
        painter.setPen(QColor(colours.muted))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, self._count)
