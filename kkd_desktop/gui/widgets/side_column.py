"""How do cards of changing height stand in a column that scrolls?"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from kkd_desktop.gui import theme

SCROLL_BAR = 10


class SideColumn(QScrollArea):
    """Cards below each other, as high as their texts need at this width.

    The place of the scroll bar is always kept free, so that cards keep their width.
    """

    def __init__(self, cards: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inner = QWidget()
        self._inner.setAutoFillBackground(False)
        self._cards = QVBoxLayout(self._inner)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(theme.LARGE)
        for card in cards:
            self._cards.addWidget(card)
        self._cards.addStretch()
        self.setWidget(self._inner)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        # Its place is kept, but where nothing is out of sight nothing promises more.
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(lambda least, most: bar.setEnabled(most > least))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        keep_height(self)


def keep_height(area: QScrollArea) -> None:
    """Let what is scrolled be as high as its texts need at this width, whatever comes into it."""
    _HeightKeeper(area)


class _HeightKeeper(QObject):
    """Qt asks for the height once, before all texts of a card have found theirs."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        inner = area.widget()
        assert inner is not None
        self._area, self._inner = area, inner
        self._asked_by_us = False
        # Cards settle one after the other: asked once more when all of them have.
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(self._fit)
        self._inner.installEventFilter(self)
        area.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inner and event.type() is QEvent.Type.LayoutRequest:
            if not self._asked_by_us:
                self._fit()
                self._settled.start()
            self._asked_by_us = False
        elif watched is not self._inner and event.type() is QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        layout = self._inner.layout()
        assert layout is not None
        # This asks for one more layout, and answering that would never end.
        layout.invalidate()
        self._asked_by_us = True
        # -1 where nothing in it is wrapped yet.
        self._inner.setMinimumHeight(max(0, layout.heightForWidth(self._area.viewport().width())))
