"""What was changed, when, and from what to what? The Verlauf of one person or of all."""

from datetime import date

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from kkd_desktop.actions import history
from kkd_desktop.actions.history import Wanted
from kkd_desktop.domain import texts
from kkd_desktop.domain.folding import fold
from kkd_desktop.domain.history import LoggedStep
from kkd_desktop.gui import theme
from kkd_desktop.gui.models.steps import CHANGES, PEOPLE, StepsModel
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.banner import tell_found
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Card, TableCard
from kkd_desktop.gui.widgets.dayline import DayLine
from kkd_desktop.gui.widgets.empty import EmptyState
from kkd_desktop.gui.widgets.step_reader import StepReader
from kkd_desktop.gui.widgets.table import DataTable

_WIDTHS = (174, 300, 176)
_READER = 380
_NARROW = 980
_LEAST_CHANGES = 260
_READER_NARROW = 312
_LEAST = 390
"""What the table needs to be read; with less room a dialog scrolls to the side."""
_ENOUGH = 40
"""So many hits are shown at once; more are looked for when one scrolls there."""
_AHEAD = 400
_PAUSE = 150
_TABLE, _NOTHING = range(2)


class HistoryView(QWidget):
    """Steps at the left, what the highlighted one changed at the right.

    Older steps are read when one scrolls to them, a page in each turn of the event loop, so that
    the window never waits for them.

    Signals:
        client_opened: Enter on a step, or a double click; carries the id of whose it is.
        counted: what is to be said about the number of steps.
    """

    client_opened = Signal(int)
    counted = Signal(str)

    def __init__(
        self, session: Session, client_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._client_id = client_id
        self._following: int | None = None
        self._wanted_rows = _ENOUGH
        self._looked = 0
        self.model = StepsModel(self)
        self.search = QLineEdit()
        self.search.setPlaceholderText(
            self.tr("Schritt, Person oder Wert")
            if client_id is None
            else self.tr("Schritt oder Wert")
        )
        self.search.setAccessibleName(self.tr("Verlauf durchsuchen"))
        self.search.setClearButtonEnabled(True)
        self.since = _day(self.tr("von"), self.tr("Von diesem Tag an"))
        self.until = _day(self.tr("bis"), self.tr("Bis zu diesem Tag"))
        self.clear_button = Button(self.tr("Alle zeigen"), kind="link")
        self.table = DataTable(self.model, self.tr("Verlauf"))
        self.table.set_widths(*_WIDTHS)
        self.table.setMinimumWidth(_LEAST)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reader = StepReader(with_people=client_id is None)
        self.open_button = Button(self.tr("Kundenakte öffnen"), keys=self.tr("↵"))
        self.open_button.hide()
        self.nothing = EmptyState(" ", " ", self.tr("Alle zeigen"))
        self._timer = QTimer(self, singleShot=True)
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read from the latest step on; the highlighted one stays."""
        self._timer.stop()
        kept = self.table.currentIndex()
        chosen = self.model.row(kept).id if kept.isValid() else None
        self._following, self._wanted_rows, self._looked = None, _ENOUGH, 0
        self.model.show_rows(())
        self._read()
        place = self.model.place_of(lambda row: row.id == chosen)
        self.table.setCurrentIndex(self.model.index(place or 0, 0))

    def clear_filters(self) -> None:
        """Show everything again."""
        for line in (self.search, self.since, self.until):
            line.clear()
        self._look_again()
        self.search.setFocus()

    def is_reading(self) -> bool:
        return self._timer.isActive()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self._side.setFixedWidth(_READER_NARROW if narrow else _READER)
        room = self.width() - self._side.width() - sum(_WIDTHS[:PEOPLE])
        people = self._client_id is None and room >= _WIDTHS[PEOPLE]
        self.table.setColumnHidden(PEOPLE, not people)
        room -= _WIDTHS[PEOPLE] if people else 0
        self.table.setColumnHidden(CHANGES, room < _LEAST_CHANGES)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(theme.SMALL)
        self.search.setMaximumWidth(320)
        above.addWidget(self.search, 1)
        above.addWidget(self.since)
        above.addWidget(self.until)
        above.addWidget(self.clear_button)
        above.addStretch()
        self._side = Card()
        self._side.body.addWidget(self.reader)
        self._side.body.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.LARGE)
        row.addWidget(TableCard(self.table), 1)
        row.addWidget(self._side)
        self._stack = QStackedWidget()
        self._stack.addWidget(beside)
        self._stack.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        column.addLayout(above)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._read)
        self.search.textEdited.connect(lambda: self._look_again(_PAUSE))
        self.since.day_changed.connect(lambda: self._look_again())
        self.until.day_changed.connect(lambda: self._look_again())
        self.clear_button.clicked.connect(self.clear_filters)
        self.nothing.action_requested.connect(self.clear_filters)
        self.table.selectionModel().currentRowChanged.connect(self._show)
        self.table.row_opened.connect(self._open)
        self.open_button.clicked.connect(lambda: self._open(self.reader.step()))
        bar = self.table.verticalScrollBar()
        bar.valueChanged.connect(self._read_ahead)
        bar.rangeChanged.connect(self._read_ahead)

    def _wanted(self) -> Wanted:
        words = fold(self.search.text()).split()

        def fits(step: LoggedStep) -> bool:
            key = fold(step.sought())
            return all(word in key for word in words)

        return Wanted(self._client_id, *self._days(), fits if words else None)

    def _days(self) -> tuple[date | None, date | None]:
        return self.since.day(), self.until.day()

    def _look_again(self, pause: int = 0) -> None:
        """From the beginning, after a pause in typing."""
        self._timer.stop()
        self._following, self._wanted_rows, self._looked = None, _ENOUGH, 0
        self.model.show_rows(())
        self._timer.start(pause)

    def _read(self) -> None:
        """One page, and the next one in the next turn while there are too few hits."""
        found = history.page(self._session.context, self._wanted(), self._following)
        is_first = not self.model.rowCount()
        self._looked += history.PAGE
        self._following = found.following
        self.model.add_rows(found.steps)
        if self._following is not None and self.model.rowCount() < self._wanted_rows:
            self._timer.start(0)
        if is_first and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._say()

    def _read_ahead(self) -> None:
        bar = self.table.verticalScrollBar()
        near = bar.value() >= bar.maximum() - _AHEAD
        if near and self._following is not None and not self._timer.isActive():
            self._wanted_rows = self.model.rowCount() + _ENOUGH
            self._timer.start(0)

    def _say(self) -> None:
        number = self.model.rowCount()
        narrowed = bool(self.search.text().strip()) or any(self._days())
        is_empty = not number and not self.is_reading()
        # The empty page has a button of its own for it.
        self.clear_button.setVisible(narrowed and not is_empty)
        self._stack.setCurrentIndex(_NOTHING if is_empty else _TABLE)
        if not number:
            self._say_nothing(narrowed)
        counted = texts.counted(number, "Schritt", "Schritte")
        if narrowed:
            counted = texts.counted(number, "Treffer", "Treffer")
        if self.is_reading():
            self.counted.emit(
                self.tr("{steps}, {looked} durchsucht …").format(
                    steps=counted, looked=texts.whole(self._looked)
                )
            )
        elif self._following is not None:
            self.counted.emit(self.tr("{steps}, ältere beim Blättern").format(steps=counted))
        else:
            self.counted.emit(counted if number else "")
        if narrowed and not self.is_reading():
            tell_found(self.search, number)

    def _say_nothing(self, narrowed: bool) -> None:
        self.nothing.button.setVisible(narrowed)
        if narrowed:
            self.nothing.say(
                self.tr("Nichts gefunden"),
                self.tr("Ändern Sie Text oder Zeitraum, oder zeigen Sie alles."),
            )
        else:
            self.nothing.say(
                self.tr("Noch hat sich nichts geändert"),
                self.tr("Hier steht jeder Schritt mit dem alten und dem neuen Wert."),
            )

    def _show(self, current: QModelIndex) -> None:
        step = self.model.row(current) if current.isValid() else None
        self.reader.show_step(step)
        self.open_button.setVisible(self._whose(step) is not None)

    def _open(self, step: LoggedStep | None) -> None:
        whose = self._whose(step)
        if whose is not None:
            self.client_opened.emit(whose)

    def _whose(self, step: LoggedStep | None) -> int | None:
        """Whose Kundenakte can be opened from a step: where it is about one person only."""
        if step is None or len(step.people) != 1 or self._client_id is not None:
            return None
        return step.people[0][0]


def _day(placeholder: str, name: str) -> DayLine:
    line = DayLine()
    line.setPlaceholderText(placeholder)
    line.setAccessibleName(name)
    line.setFixedWidth(132)
    return line
