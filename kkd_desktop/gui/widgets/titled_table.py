"""How does a table stand in a card with a title? As high as its rows, as long as there is room."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.labels import PlainLabel, SectionHeading
from kkd_desktop.gui.widgets.table import ROW_HEIGHT, DataTable

_SIDE = 13


class TitledTable(QFrame):
    """A card with a heading, a table that fits its rows, or one sentence where there are none."""

    def __init__(
        self, title: str, table: DataTable, empty: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.heading = SectionHeading(title)
        self.table = table
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._empty = PlainLabel(empty, muted=True, wrap=True)
        self._empty.setContentsMargins(_SIDE, 0, _SIDE, theme.SMALL)

        head = QVBoxLayout()
        head.setContentsMargins(_SIDE, 0, theme.SMALL, 0)
        head.addWidget(self.heading)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, theme.MEDIUM, 1, theme.TINY)
        column.setSpacing(theme.TINY)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty)

    def fit(self, rows: int, *, least: int = 3) -> None:
        """Take the room of `rows` rows; where it is scarce, of no fewer than `least`."""
        self.table.setVisible(rows > 0)
        self._empty.setVisible(rows == 0)
        self.table.setMaximumHeight(ROW_HEIGHT * (rows + 1) + 1)
        self.table.setMinimumHeight(ROW_HEIGHT * (min(rows, least) + 1) + 1)
        head = self.heading.sizeHint().height() + theme.MEDIUM + 2 * theme.TINY
        body = self.table.maximumHeight() if rows else self._empty.sizeHint().height()
        self.setMaximumHeight(head + body + 2)
