"""What is asked for, condition by condition? The form asks the same as the query line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from kkd_desktop.domain.search_fields import SearchField, Vocabulary
from kkd_desktop.domain.search_form import (
    USUAL,
    Condition,
    condition_of,
    grouped_fields,
    in_words,
    part_of,
)
from kkd_desktop.domain.search_query import Query, Word
from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Card
from kkd_desktop.gui.widgets.chip_row import RemovableChip
from kkd_desktop.gui.widgets.condition_row import ConditionRow
from kkd_desktop.gui.widgets.labels import SectionHeading

WIDTH = 316


class FilterForm(Card):
    """Every condition that holds has a row; the usual ones have one always. Esc closes it.

    Signals:
        parts_changed: something else is asked; carries the parts of the query, which all hold.
        closed: it is to go away.
    """

    parts_changed = Signal(object)
    closed = Signal()

    def __init__(self, vocabulary: Vocabulary, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._vocabulary = vocabulary
        self._asked: tuple[Query, ...] = ()
        self._order: list[ConditionRow | Query] = []
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("Filter"))
        self.body.setContentsMargins(theme.LARGE, theme.SMALL, theme.TINY, theme.SMALL)
        heading = SectionHeading(self.tr("Filter"))
        self.close_button = Button(self.tr("Schließen"), kind="quiet")
        heading.add(self.close_button)
        self.add_button = Button(self.tr("Bedingung hinzufügen"))
        self.add_button.setProperty("menu", "beside")
        self.add_button.setMenu(self._menu())

        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, theme.MEDIUM, 0)
        self._rows.setSpacing(theme.MEDIUM)
        self.usual = {
            name: self._usual(vocabulary.fields[name])
            for name in USUAL
            if name in vocabulary.fields
        }
        self._added = QVBoxLayout()
        self._added.setSpacing(theme.MEDIUM)
        self._rows.addLayout(self._added)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch()
        self._rows.addLayout(foot)
        self._rows.addStretch()
        inside = QWidget()
        inside.setLayout(self._rows)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self._scroll = scroll
        self.body.addWidget(heading)
        self.body.addWidget(scroll, 1)
        self.close_button.clicked.connect(self.closed)

    def is_for(self, vocabulary: Vocabulary) -> bool:
        """Whether these are the fields it asks for."""
        return _shape(vocabulary) == _shape(self._vocabulary)

    def added(self) -> list[ConditionRow]:
        """The rows below the usual ones, from top to bottom."""
        usual = self.usual.values()
        rows = [each for each in self._order if isinstance(each, ConditionRow)]
        return [row for row in rows if row not in usual]

    def show_parts(self, parts: Sequence[Query]) -> None:
        """Show what holds; a row that is being filled in stays while nothing else changed."""
        parts = tuple(parts)
        if parts == self._asked:
            return
        self._asked = parts
        left = self._emptied()
        for part in parts:
            condition = condition_of(part, self._vocabulary)
            if condition is not None:
                self._order.append(self._row_for(condition, left))
                continue
            self._order.append(part)
            if not isinstance(part, Word):
                self._add_other(part)
        for row in left:
            _discard(row)

    def add(self, name: str) -> ConditionRow:
        """A row for a field, ready to be filled in."""
        row = self.usual.get(name)
        if row is None or row in self._order:
            row = self._add_row(self._vocabulary.fields[name])
            self._order.append(row)
        row.show()
        self._scroll.ensureWidgetVisible(row)
        row.focus_value()
        self._tell()
        return row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for title, fields in grouped_fields(self._vocabulary):
            if not fields:
                continue
            group = menu.addMenu(title)
            for each in fields:
                action = group.addAction(each.label.replace("&", "&&"))
                action.triggered.connect(lambda checked=False, name=each.id: self.add(name))
        return menu

    def _usual(self, asked: SearchField) -> ConditionRow:
        row = ConditionRow(asked, usual=True)
        row.changed.connect(lambda: self._take(row))
        self._rows.addWidget(row)
        return row

    def _row_for(self, condition: Condition, left: list[ConditionRow]) -> ConditionRow:
        row = self.usual.get(condition.field)
        if row is None or row in self._order:
            again = next((each for each in left if each.asked.id == condition.field), None)
            if again is None:
                return self._add_row(self._vocabulary.fields[condition.field], condition)
            left.remove(again)
            self._added.addWidget(again)
            row = again
        row.show_condition(condition)
        return row

    def _add_row(self, asked: SearchField, condition: Condition | None = None) -> ConditionRow:
        row = ConditionRow(asked, condition)
        row.changed.connect(self._tell)
        row.removed.connect(lambda: self._remove(row))
        self._added.addWidget(row)
        return row

    def _add_other(self, part: Query) -> None:
        chip = RemovableChip(in_words(part, self._vocabulary), longest=WIDTH - 80)
        chip.removed.connect(lambda: self._remove_other(part))
        self._added.addWidget(chip)

    def _take(self, row: ConditionRow) -> None:
        if row not in self._order:
            self._order.append(row)
        self._tell()

    def _remove(self, row: ConditionRow) -> None:
        self._order.remove(row)
        self._added.removeWidget(row)
        _discard(row)
        self.add_button.setFocus()
        self._tell()

    def _remove_other(self, part: Query) -> None:
        self.parts_changed.emit(tuple(each for each in self._asked if each is not part))

    def _tell(self) -> None:
        asked: list[Query] = []
        for each in self._order:
            if not isinstance(each, ConditionRow):
                asked.append(each)
            elif (condition := each.condition()) is not None:
                asked.append(part_of(condition))
        if tuple(asked) != self._asked:
            self._asked = tuple(asked)
            self.parts_changed.emit(self._asked)

    def _emptied(self) -> list[ConditionRow]:
        """Ask nothing; the rows that were added, to be used again."""
        self._order = []
        for row in self.usual.values():
            row.show_condition(None)
        left = []
        while (item := self._added.takeAt(0)) is not None:
            widget = item.widget()
            if isinstance(widget, ConditionRow):
                left.append(widget)
            elif widget is not None:
                _discard(widget)
        return left


def _shape(vocabulary: Vocabulary) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (each.id, each.label, tuple(each.choices.values())) for each in vocabulary.fields.values()
    ]


def _discard(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()
