"""How many of each kind? Tiles with a number; the chosen one narrows a list below."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.gui import theme
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.labels import plain_tooltip
from kkd_desktop.gui.widgets.one_of import OneOf

_HEIGHT = 60


class CountTiles(OneOf):
    """One tile for each kind."""

    def __init__(
        self,
        kinds: Sequence[tuple[str, str, Tone]],
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`kinds` are (id, word, tone); the tone colours the number where it is not 0."""
        tiles = {kind: _CountTile(word, tone) for kind, word, tone in kinds}
        super().__init__(tuple(tiles.items()), name, parent, gap=theme.SMALL)
        self._tiles = tiles

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """The numbers; a tile of none cannot be chosen."""
        for kind, tile in self._tiles.items():
            tile.show_count(counts.get(kind, 0))


class _CountTile(QAbstractButton):
    def __init__(self, word: str, tone: Tone) -> None:
        super().__init__()
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
