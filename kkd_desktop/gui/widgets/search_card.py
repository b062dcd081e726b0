"""How many does each saved search find today? A few quiet rows that lead to the people."""

from collections.abc import Iterator, Sequence
from time import perf_counter

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QWidget,
)

from kkd_desktop.actions import search as searches
from kkd_desktop.actions.search import SavedSearch
from kkd_desktop.domain.worklist import Entry
from kkd_desktop.gui import theme
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Card
from kkd_desktop.gui.widgets.labels import ElidedLabel, PlainLabel, plain_tooltip
from kkd_desktop.gui.widgets.row_button import RowButton

_ROW, _CELL, _MOST_LINES = 28, 210, 2
_SLICE = 0.01
"""Seconds that counting may take at once."""


class SearchCard(Card):
    """The saved searches in a line or two; each gets its number when there is time. Those beyond
    are in a menu. While none is saved, a hint with a few that make sense.

    Signals:
        search_wanted: whom this line finds is to be shown.
    """

    search_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(self.tr("Gespeicherte Suchen"))
        self._session = session
        self._steps: Iterator[SavedSearch | None] = iter(())
        self._counting = QTimer(self, singleShot=True, interval=0)
        self.rows: list[SearchRow] = []
        self._columns = 0
        self.title = PlainLabel(self.accessibleName(), size=theme.SMALL_SIZE, muted=True)
        self.hint = ElidedLabel(
            self.tr("Suchen der Kunden mit ihrer Zahl, zum Beispiel"),
            size=theme.SMALL_SIZE,
            muted=True,
        )
        self.offer_button = Button(self.tr("Diese übernehmen"), kind="link")
        self.more_button = Button("", kind="link")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.MEDIUM)
        self._grid.setVerticalSpacing(0)
        # Rows reach a little beyond the text of the card, so that their names stand under it.
        beyond = theme.LARGE - theme.SMALL
        self.body.setContentsMargins(beyond, theme.TINY, beyond, theme.TINY)
        self.body.setSpacing(0)
        above = QHBoxLayout()
        above.setContentsMargins(theme.SMALL, theme.HAIR, theme.SMALL - theme.LINK_INSET, 0)
        above.addWidget(self.title)
        above.addWidget(self.hint, 1)
        above.addStretch()
        above.addWidget(self.more_button)
        above.addWidget(self.offer_button)
        self.body.addLayout(above)
        self.body.addLayout(self._grid)
        self._counting.timeout.connect(self._count_on)
        self.offer_button.clicked.connect(self._take_offer)
        self.more_button.clicked.connect(self._show_more)

    def show_searches(self, entries: Sequence[Entry]) -> None:
        """Show what is saved now, and count it over these."""
        context = self._session.context
        saved = searches.names(context)
        self._show_rows(saved or tuple(searches.ready_made().items()))
        self.title.setVisible(bool(saved))
        self.hint.setVisible(not saved)
        self.offer_button.setVisible(not saved)
        self._counting.stop()
        self._steps = iter(())
        if saved:
            self._steps = self._counted(entries)
            self._counting.start()

    def _show_rows(self, named: Sequence[tuple[str, str]]) -> None:
        if [(row.name, row.line) for row in self.rows] == list(named) and named:
            # Their numbers stay until the new ones are known.
            return
        for row in self.rows:
            self._grid.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for name, line in named:
            row = SearchRow(name, line, self)
            row.clicked.connect(lambda checked=False, line=line: self.search_wanted.emit(line))
            self.rows.append(row)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if max(2, self.width() // _CELL) != self._columns:
            self._place()

    def _place(self) -> None:
        """As many rows as fit into the lines; the others are one click away."""
        self._columns = columns = max(2, self.width() // _CELL)
        room = columns * _MOST_LINES
        for place, row in enumerate(self.rows):
            self._grid.removeWidget(row)
            row.setVisible(place < room)
            if place < room:
                self._grid.addWidget(row, place // columns, place % columns)
        for column in range(self._grid.columnCount()):
            # Longer names get more of the room, so that none is cut while another has too much.
            wanted = [row.wanted_width() for row in self.rows[column:room:columns]]
            self._grid.setColumnStretch(column, max(wanted, default=1) if column < columns else 0)
        beyond = len(self.rows) - room
        self.more_button.setVisible(beyond > 0)
        self.more_button.setText(self.tr("{n} weitere").format(n=beyond))

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for row in self.rows:
            if row.isHidden():
                name = row.name.replace("&", "&&")
                text = name if row.count is None else f"{name}\t{row.count}"
                menu.addAction(text, row.click)
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def is_counted(self) -> bool:
        return not self._counting.isActive()

    def hideEvent(self, event: QHideEvent) -> None:
        self._counting.stop()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._counting.start()

    def _counted(self, entries: Sequence[Entry]) -> Iterator[SavedSearch | None]:
        ready = searches.searcher(self._session.context, entries)
        yield None
        yield from searches.counted(self._session.context, ready)

    def _count_on(self) -> None:
        """A few steps, and the next ones after whatever the user does meanwhile."""
        until = perf_counter() + _SLICE
        while perf_counter() < until:
            try:
                found = next(self._steps)
            except StopIteration:
                return
            if found is not None:
                self._show_count(found)
        self._counting.start()

    def _show_count(self, found: SavedSearch) -> None:
        for row in self.rows:
            if row.name == found.name:
                row.show_count(found)

    def _take_offer(self) -> None:
        self._session.perform(searches.offer, lambda: self.tr("Suchen gespeichert"))


class SearchRow(RowButton):
    """A name and at the right the number; opens by a click, Enter or Space."""

    def __init__(self, name: str, line: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.line = name, line
        self.count: int | None = None
        self._fault = False
        self.setText(name)
        self.setAccessibleName(name)
        self.setToolTip(plain_tooltip(line))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_count(self, found: SavedSearch) -> None:
        """The number, or that the search is not understood any more."""
        self.count, self._fault = found.count, bool(found.fault)
        said = found.fault or self.tr("{count} Personen").format(count=found.count)
        self.setAccessibleName(f"{self.name}: {said}")
        self.setToolTip(plain_tooltip(found.fault or found.query))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_CELL // 2, _ROW)

    def wanted_width(self) -> int:
        """What its name needs, within bounds: one long name does not push the others aside."""
        words = self.fontMetrics().horizontalAdvance(self.name) + 2 * theme.SMALL
        return min(max(words, _CELL * 3 // 4), _CELL * 3 // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect()
        if self.underMouse() or self.hasFocus():
            painter.setPen(QColor(colours.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.hover))
            painter.drawRoundedRect(area.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        inner = area.adjusted(theme.SMALL, 0, -theme.SMALL, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        figure = "?" if self._fault else "" if self.count is None else str(self.count)
        room = self.fontMetrics().horizontalAdvance(figure)
        painter.setPen(QColor(colours.soon if self._fault else colours.text))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, figure)
        painter.setPen(QColor(colours.text))
        left = QRect(inner).adjusted(0, 0, -room - theme.MEDIUM if figure else 0, 0)
        name = self.fontMetrics().elidedText(self.name, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, middle | Qt.AlignmentFlag.AlignLeft, name)
