"""How many of each kind? Tiles with a number; the chosen one narrows a list below."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.gui import theme
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.labels import plain_tooltip

_HEIGHT = 60


class CountTiles(QWidget):
    """One tile for each kind, with the manners of radio buttons: Tab goes in, arrows choose.

    Signals:
        value_changed: another tile was chosen; carries its id.
    """

    value_changed = Signal(str)

    def __init__(
        self,
        kinds: Sequence[tuple[str, str, Tone]],
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`kinds` are (id, word, tone); the tone colours the number where it is not 0."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._ids = [kind for kind, _, _ in kinds]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        for place, (_, word, tone) in enumerate(kinds):
            tile = _CountTile(word, tone, self)
            self._group.addButton(tile, place)
            row.addWidget(tile)
        self._group.idToggled.connect(self._tell)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """The numbers; a tile of none cannot be chosen."""
        for place, kind in enumerate(self._ids):
            tile = self._group.button(place)
            assert isinstance(tile, _CountTile)
            tile.show_count(counts.get(kind, 0))

    def value(self) -> str:
        """The id of the chosen tile; empty while none is."""
        place = self._group.checkedId()
        return self._ids[place] if place >= 0 else ""

    def set_value(self, value: str) -> None:
        self._group.button(self._ids.index(value)).setChecked(True)

    def button(self, value: str) -> QAbstractButton:
        return self._group.button(self._ids.index(value))

    def _tell(self, place: int, checked: bool) -> None:
        if checked:
            self.setFocusProxy(self._group.button(place))
            self.value_changed.emit(self._ids[place])


class _CountTile(QAbstractButton):
    def __init__(self, word: str, tone: Tone, parent: QWidget) -> None:
        super().__init__(parent)
        self._word, self._tone, self._count = word, tone, 0
        self._large = theme.font(theme.TITLE_SIZE, QFont.Weight.DemiBold)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(plain_tooltip(word))

    def show_count(self, count: int) -> None:
        self._count = count
        self.setText(f"{texts.whole(count)} {self._word}")
        self.setAccessibleName(self.text())
        self.setEnabled(bool(count))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._word) + 28, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(QFontMetrics(self._large).horizontalAdvance("10.000") + 28, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, width = self.isChecked(), 2.0 if self.hasFocus() else 1.0
        half = width / 2
        edge = colours.accent if chosen or self.hasFocus() else colours.line
        back = colours.hover if self.underMouse() and self.isEnabled() else colours.surface
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(colours.selection if chosen else back))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 6, 6)
        inner = self.rect().adjusted(13, 7, -13, -8)
        plain = self._tone is Tone.NEUTRAL
        ink = QColor(colours.text) if plain else colours.ink(self._tone)
        painter.setPen(ink if self._count else QColor(colours.muted))
        painter.setFont(self._large)
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop, texts.whole(self._count))
        painter.setFont(self.font())
        painter.setPen(QColor(colours.muted))
        cut = painter.fontMetrics().elidedText(
            self._word, Qt.TextElideMode.ElideRight, inner.width() + 1
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom, cut)
