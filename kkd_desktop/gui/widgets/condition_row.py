"""How is one condition of a search filled in? An operator, and what it has to be told."""

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QIntValidator, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QVBoxLayout, QWidget

from kkd_desktop.domain.language import said_of_number, to_count
from kkd_desktop.domain.search_fields import SearchField
from kkd_desktop.domain.search_form import (
    Condition,
    Operator,
    Wanted,
    choice_label,
    operator_label,
    operators,
)
from kkd_desktop.domain.search_query import Given
from kkd_desktop.domain.spans import Span, Unit
from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.calm import Choice
from kkd_desktop.gui.widgets.dayline import DayLine
from kkd_desktop.gui.widgets.labels import ElidedLabel

_ANY = ""
_UNITS = {
    Unit.DAYS: to_count("Tag", "Tage"),
    Unit.WEEKS: to_count("Woche", "Wochen"),
    Unit.MONTHS: to_count("Monat", "Monate"),
}


class ConditionRow(QWidget):
    """A field, an operator and its values.

    Signals:
        changed: it asks something else now, or nothing.
        removed: it is to go away.
    """

    changed = Signal()
    removed = Signal()

    def __init__(
        self,
        asked: SearchField,
        condition: Condition | None = None,
        *,
        usual: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """A `usual` row stays when it asks nothing; any other one can be removed."""
        super().__init__(parent)
        self.asked = asked
        self._usual = usual
        self._operators: tuple[Operator, ...] = operators(asked)
        self._editor: _Editor = _Nothing()
        self.label = ElidedLabel(asked.label, size=theme.SMALL_SIZE, muted=True)
        self.operator = Choice()
        self.operator.setAccessibleName(self.tr("{field}, wie").format(field=asked.label))
        self.label.setBuddy(self.operator)
        _give_way(self.operator)
        self.remove_button = Button("✕", kind="remove")
        self.remove_button.setFixedSize(24, 20)
        self.remove_button.setAccessibleName(
            self.tr("{field}, entfernen").format(field=asked.label)
        )
        self.remove_button.setToolTip(self.tr("Bedingung entfernen"))

        head = QHBoxLayout()
        head.setSpacing(theme.TINY)
        head.addWidget(self.label, 1)
        head.addWidget(self.remove_button)
        self._line = QHBoxLayout()
        self._line.setSpacing(theme.TINY + theme.HAIR)
        self._line.addWidget(self.operator, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HAIR)
        column.addLayout(head)
        column.addLayout(self._line)

        choices = [(str(n), operator_label(each, asked)) for n, each in enumerate(self._operators)]
        shown = [(_ANY, self.tr("beliebig")), *choices] if usual else choices
        self.operator.show_choices(shown, None)
        self.operator.view().setMinimumWidth(self.operator.view().sizeHintForColumn(0) + 24)
        self.show_condition(condition)
        self.operator.currentIndexChanged.connect(self._choose_operator)
        self.remove_button.clicked.connect(self._remove)

    def condition(self) -> Condition | None:
        """What it asks; None while it lacks something."""
        operator = self._operator()
        if operator is None:
            return None
        found = Condition(self.asked.id, operator, self._editor.values())
        return found if found.is_complete() else None

    def show_condition(self, condition: Condition | None) -> None:
        """Ask this, and tell nobody."""
        place = _ANY if self._usual else "0"
        if condition is not None:
            place = str(self._operators.index(condition.operator))
        self.operator.blockSignals(True)
        self.operator.setCurrentIndex(self.operator.findData(place))
        self.operator.blockSignals(False)
        self._show_editor()
        self._editor.show_values(() if condition is None else condition.values)
        self._show_state()

    def focus_value(self) -> None:
        (self.operator if isinstance(self._editor, _Nothing) else self._editor).setFocus()

    def _operator(self) -> Operator | None:
        place = self.operator.value()
        return self._operators[int(place)] if place else None

    def _choose_operator(self) -> None:
        if self._show_editor() or self._operator() is None:
            self._editor.show_values(())
        self._tell()

    def _show_editor(self) -> bool:
        """The editor of the operator; whether it is another one than before. A row that asks
        nothing has that of the first operator, so that a value alone is enough.
        """
        operator = self._operator() or self._operators[0]
        kind = _EDITORS[operator.wanted]
        if type(self._editor) is kind:
            return False
        old, self._editor = self._editor, kind(self.asked)
        self._line.removeWidget(old)
        old.hide()
        old.deleteLater()
        self._line.addWidget(self._editor, 0 if kind is _Nothing else 6)
        self._editor.setVisible(kind is not _Nothing)
        self._editor.changed.connect(self._take_value)
        return True

    def _take_value(self) -> None:
        if self._operator() is None and self._editor.values():
            self.operator.blockSignals(True)
            self.operator.setCurrentIndex(1)
            self.operator.blockSignals(False)
        self._tell()

    def _tell(self) -> None:
        self._show_state()
        self.changed.emit()

    def _show_state(self) -> None:
        self.remove_button.setVisible(not self._usual or self._operator() is not None)

    def _remove(self) -> None:
        if not self._usual:
            self.removed.emit()
            return
        self.show_condition(None)
        self.operator.setFocus()
        self._tell()


class _Editor(QWidget):
    """What an operator has to be told."""

    changed = Signal()

    def __init__(self, asked: SearchField | None = None) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.TINY)
        self._name = "" if asked is None else asked.label

    def _add(self, widget: QWidget, stretch: int = 1, name: str = "") -> None:
        widget.setAccessibleName(f"{self._name}, {name}" if name else self._name)
        if isinstance(widget, Choice):
            # Without a label a reader under Linux hears of it only what is chosen.
            widget.setAccessibleDescription(widget.accessibleName())
        self._row.addWidget(widget, stretch)
        if self.focusProxy() is None:
            self.setFocusProxy(widget)

    def values(self) -> tuple[Given, ...]:
        return ()

    def show_values(self, values: Sequence[Given]) -> None:
        """Show these and tell nobody."""


class _Nothing(_Editor):
    pass


class _Choices(_Editor):
    def __init__(self, asked: SearchField) -> None:
        super().__init__(asked)
        self._asked = asked
        self._chosen: list[str] = []
        self.button = _Summary()
        self._menu = _StayingMenu(self.button)
        self._actions: dict[str, QAction] = {}
        for value, label in asked.choices.items():
            action = self._menu.addAction(label.replace("&", "&&"))
            action.setCheckable(True)
            action.toggled.connect(lambda on, value=value: self._choose(value, on))
            self._actions[value] = action
        self.button.setMenu(self._menu)
        self._add(self.button)
        self._show()

    def values(self) -> tuple[Given, ...]:
        return tuple(self._chosen)

    def show_values(self, values: Sequence[Given]) -> None:
        self._chosen = [str(value) for value in values]
        for value, action in self._actions.items():
            action.blockSignals(True)
            action.setChecked(value in self._chosen)
            action.blockSignals(False)
        self._show()

    def _choose(self, value: str, on: bool) -> None:
        kept = [each for each in self._chosen if each != value]
        self._chosen = [*kept, value] if on else kept
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        said = ", ".join(choice_label(self._asked, value) for value in self._chosen)
        self.button.show_summary(said or self.tr("wählen …"))


class _Text(_Editor):
    """Values parted by commas; what has one itself stands in quotation marks, as in the line."""

    def __init__(self, asked: SearchField) -> None:
        super().__init__(asked)
        self.edit = QLineEdit()
        self.edit.setMinimumWidth(60)
        self.edit.textEdited.connect(self.changed)
        self._add(self.edit)

    def values(self) -> tuple[Given, ...]:
        parts = next(csv.reader([self.edit.text()], skipinitialspace=True), [])
        return tuple(part for each in parts if (part := each.strip()))

    def show_values(self, values: Sequence[Given]) -> None:
        self.edit.setText(", ".join(_quoted(str(value)) for value in values))


def _quoted(value: str) -> str:
    if "," not in value and '"' not in value:
        return value
    doubled = value.replace('"', '""')
    return f'"{doubled}"'


class _Number(_Editor):
    most = 999_999

    def __init__(self, asked: SearchField) -> None:
        super().__init__(asked)
        self.edit = QLineEdit()
        self.edit.setValidator(QIntValidator(0, self.most, self))
        self.edit.setMinimumWidth(40)
        self.edit.textEdited.connect(self.changed)
        self._add(self.edit, 1, self.tr("Zahl"))

    def values(self) -> tuple[Given, ...]:
        number = self._number()
        return () if number is None else (number,)

    def show_values(self, values: Sequence[Given]) -> None:
        self.edit.setText("".join(map(str, values)))

    def _number(self) -> int | None:
        text = self.edit.text().strip()
        return int(text) if text.isdigit() else None


class _Span(_Number):
    most = 9999

    def __init__(self, asked: SearchField) -> None:
        super().__init__(asked)
        self.unit = Choice(
            [(unit.value, said_of_number(many)) for unit, (_, many) in _UNITS.items()]
        )
        _give_way(self.unit)
        self.unit.currentIndexChanged.connect(self.changed)
        self.edit.setFixedWidth(48)
        self._add(self.unit, 1, self.tr("Einheit"))

    def values(self) -> tuple[Given, ...]:
        number = self._number()
        return () if number is None else (Span(number, Unit(self.unit.value() or Unit.DAYS)),)

    def show_values(self, values: Sequence[Given]) -> None:
        span = values[0] if values else None
        if not isinstance(span, Span):
            self.edit.clear()
            return
        self.edit.setText(str(span.number))
        self.unit.blockSignals(True)
        self.unit.setCurrentIndex(self.unit.findData(span.unit.value))
        self.unit.blockSignals(False)


class _Day(_Editor):
    def __init__(self, asked: SearchField) -> None:
        super().__init__(asked)
        self.edit = DayLine()
        self.edit.setMinimumWidth(104)
        self.edit.day_changed.connect(lambda day: self.changed.emit())
        self._add(self.edit)

    def values(self) -> tuple[Given, ...]:
        day = self.edit.day()
        return () if day is None else (day,)

    def show_values(self, values: Sequence[Given]) -> None:
        day = values[0] if values else None
        self.edit.blockSignals(True)
        self.edit.set_day(day if isinstance(day, date) else None)
        self.edit.blockSignals(False)


_EDITORS: Mapping[Wanted, Callable[[SearchField], _Editor]] = {
    Wanted.NOTHING: _Nothing,
    Wanted.CHOICES: _Choices,
    Wanted.TEXT: _Text,
    Wanted.NUMBER: _Number,
    Wanted.SPAN: _Span,
    Wanted.DAY: _Day,
}


class _Summary(Button):
    """A button that says what is chosen, as far as there is room; all of it in the tooltip."""

    def __init__(self) -> None:
        super().__init__("", kind="choice")
        self._said = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_summary(self, said: str) -> None:
        self._said = said
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(60, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics, room = QFontMetrics(self.font()), max(self.width() - 36, 20)
        cut = metrics.elidedText(self._said, Qt.TextElideMode.ElideRight, room)
        name = self.accessibleName()
        # A style sheet indents no button that has a menu.
        self.setText(f"\N{EN SPACE}{cut.replace('&', '&&')}")
        self.setAccessibleName(name)
        self.setAccessibleDescription(self._said)
        self.setToolTip(self._said if cut != self._said else "")


def _give_way(box: Choice) -> None:
    """Let a list be as narrow as its row makes it; opened, it is as wide as its longest line."""
    box.setMinimumContentsLength(4)
    box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)


class _StayingMenu(QMenu):
    """Stays open while one thing after the other is ticked, by a click or by Space."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None:
            action.trigger()
        else:
            super().keyPressEvent(event)
