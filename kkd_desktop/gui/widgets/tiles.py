"""Which of the proposed appointments? A row of tiles, one of them chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from kkd_desktop.domain.values import Value
from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.labels import plain_tooltip


class Tile(Value, frozen=True):
    """Two lines: `Mo 23.11. 11:00`, and what speaks for it."""

    id: str
    title: str
    detail: str = ""
    reason: str = ""
    """Why it is proposed, in one sentence; shown as a tooltip."""


class ProposalTiles(QWidget):
    """Tiles with the manners of radio buttons: Tab goes in, arrows choose.

    Signals:
        value_changed: another tile was chosen; carries its id.
        activated: a tile was double-clicked; carries its id.
    """

    value_changed = Signal(str)
    activated = Signal(str)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._tiles: list[Tile] = []
        self._room: int | None = None
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.SMALL)
        self._row.addStretch()
        self._group.idToggled.connect(self._tell)

    def show_tiles(self, tiles: Sequence[Tile], chosen: str | None = None) -> None:
        """Show these tiles; without `chosen` the one chosen before stays, else the first is it."""
        wanted = chosen if chosen is not None else self.value()
        had_focus = any(button.hasFocus() for button in self._group.buttons())
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._tiles = list(tiles)
        for place, tile in enumerate(tiles):
            button = _TileButton(tile, self)
            self._group.addButton(button, place)
            self._row.insertWidget(place, button)
        ids = [tile.id for tile in tiles]
        if ids:
            button = self._group.button(ids.index(wanted) if wanted in ids else 0)
            button.setChecked(True)
            if had_focus:
                button.setFocus()
        self._place()

    def fit(self, room: int) -> None:
        """Show as many as have this room without a title being cut, always the chosen one."""
        if room != self._room:
            self._room = room
            self._place()

    def value(self) -> str | None:
        """The id of the chosen tile; None while there is none."""
        place = self._group.checkedId()
        return self._tiles[place].id if 0 <= place < len(self._tiles) else None

    def set_value(self, value: str) -> None:
        self.button(value).setChecked(True)

    def button(self, value: str) -> QAbstractButton:
        return self._group.button([tile.id for tile in self._tiles].index(value))

    def _place(self) -> None:
        if self._room is None:
            return
        room, chosen = self._room, self._group.checkedButton()
        buttons = [each for each in self._group.buttons() if isinstance(each, _TileButton)]
        for button in sorted(buttons, key=lambda each: each is not chosen):
            room -= button.least_width() + theme.SMALL
            fits = room >= -theme.SMALL or button is chosen
            button.setVisible(fits)
            # The arrows go past what is not shown.
            button.setEnabled(fits)

    def _tell(self, place: int, checked: bool) -> None:
        if checked:
            self.setFocusProxy(self._group.button(place))
            self.value_changed.emit(self._tiles[place].id)


class _TileButton(QAbstractButton):
    def __init__(self, tile: Tile, tiles: ProposalTiles) -> None:
        super().__init__(tiles)
        self._tile = tile
        self._tiles = tiles
        self._bold = theme.font(weight=QFont.Weight.DemiBold)
        self.setText(tile.title)
        self.setCheckable(True)
        # The group excludes already; this makes a reader say that it is one of several.
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(", ".join(part for part in (tile.title, tile.detail) if part))
        self.setAccessibleDescription(tile.reason)
        self.setToolTip(plain_tooltip(tile.reason))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        title = QFontMetrics(self._bold).horizontalAdvance(self._tile.title)
        detail = self.fontMetrics().horizontalAdvance(self._tile.detail)
        return QSize(max(title, detail) + 28, 54)

    def minimumSizeHint(self) -> QSize:
        return QSize(84, 54)

    def least_width(self) -> int:
        return QFontMetrics(self._bold).horizontalAdvance(self._tile.title) + 28

    def mouseDoubleClickEvent(self, event: object) -> None:
        self._tiles.activated.emit(self._tile.id)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        chosen = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2.0 if self.hasFocus() else 1.0
        half = width / 2
        edge = colours.accent if chosen or self.hasFocus() else colours.border
        back = colours.hover if self.underMouse() else colours.surface
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(colours.selection if chosen else back))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 6, 6)

        inner = self.rect().adjusted(13, 8, -13, -8)
        painter.setFont(self._bold if chosen else self.font())
        painter.setPen(QColor(colours.text))
        self._line(painter, inner, Qt.AlignmentFlag.AlignTop, self._tile.title)
        painter.setFont(self.font())
        painter.setPen(QColor(colours.muted))
        self._line(painter, inner, Qt.AlignmentFlag.AlignBottom, self._tile.detail)

    def _line(self, painter: QPainter, area: QRect, align: Qt.AlignmentFlag, text: str) -> None:
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width() + 1)
        painter.drawText(area, align | Qt.AlignmentFlag.AlignLeft, cut)
