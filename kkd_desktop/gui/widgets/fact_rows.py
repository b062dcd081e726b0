"""What holds for this client, since when, and what held before?"""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kkd_desktop.domain import fact_changes, texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import Period, Timeline
from kkd_desktop.domain.language import said
from kkd_desktop.domain.policy import FactDeclaration
from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.dayline import DayLine
from kkd_desktop.gui.widgets.fact_editors import FactEditor, fact_editor, fact_text
from kkd_desktop.gui.widgets.labels import ElidedLabel, PlainLabel, set_property

NAME_WIDTH, VALUE_WIDTH, SINCE_WIDTH = 184, 182, 128


class FactRow(QWidget):
    """One fact: its value today, the day since when it holds, and its history on demand.

    Signals:
        changed: the history would be another one now.
        history_wanted: the history of this fact is to be shown.
    """

    changed = Signal()
    history_wanted = Signal(object)

    def __init__(
        self,
        declaration: FactDeclaration,
        history: Timeline,
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.declaration = declaration
        self.fact, self.label = declaration.id, declaration.label
        self._history = history
        self._today = today
        self._is_same = True
        name = PlainLabel(self.label, wrap=True)
        name.setFixedWidth(NAME_WIDTH)
        self._editor = self._editor_for(declaration)
        self.value = self._editor.field
        self.value.setAccessibleName(self.label)
        self.value.setFixedWidth(VALUE_WIDTH)
        name.setBuddy(self.value)
        self.since = DayLine()
        self.since.setAccessibleName(self.tr("{label}, gilt ab").format(label=self.label))
        self.since.setFixedWidth(SINCE_WIDTH)
        self.since.start_from(today)
        self.open_history = Button(self.tr("Verlauf"), kind="link")
        self.open_history.setAccessibleName(self.tr("Verlauf: {label}").format(label=self.label))

        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(theme.TINY)
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        for widget in (name, self.value, self.since, self.open_history):
            row.addWidget(widget)
        row.addStretch()
        self.lines.addLayout(row)
        self._add_lines()
        self.show_history(history)

        self._editor.when_changed(self._take_value)
        self.since.day_changed.connect(self._tell)
        self.open_history.clicked.connect(lambda: self.history_wanted.emit(self))

    def show_history(self, history: Timeline) -> None:
        """Show what holds today of this history."""
        self._history = history
        self._is_same = True
        held = self._held()
        self._show(held)
        self.since.blockSignals(True)
        self.since.set_day(None if held is None else held.since)
        self.since.blockSignals(False)
        self._allow_since(held is not None)
        self.changed.emit()

    def history(self) -> Timeline:
        """The history as it would be stored; UserError where value or day cannot be."""
        value = self._editor.value()
        if not self.since.is_readable():
            raise UserError(
                said("{label}, gilt ab: bitte als TT.MM.JJJJ eintragen.").format(label=self.label)
            )
        held = self._held()
        since = self.since.day()
        if held is None and value is None:
            return self._history
        if held is not None and held.value == value:
            if held.since == since:
                return self._history
            return fact_changes.moved(self._history, held, since)
        return fact_changes.holding(self._history, value, since, self._today)

    def without(self, period: Period) -> Timeline:
        """The history without an entry."""
        return fact_changes.without(self.history(), period)

    def point_out(self) -> None:
        """Mark the field that cannot be stored, and put the keyboard there."""
        wrong = self.since if self._is_readable() else self.value
        set_property(wrong, "invalid", "true")
        wrong.setFocus()

    def forgive(self) -> None:
        for field in (self.value, self.since):
            set_property(field, "invalid", "false")

    def _editor_for(self, declaration: FactDeclaration) -> FactEditor:
        return fact_editor(declaration)

    def _add_lines(self) -> None:
        """What else is asked for, below the value."""

    def _held(self) -> Period | None:
        """The entry that is shown."""
        return self._history.period_at(self._today)

    def _begin(self) -> date | None:
        """The first day of a value that was just chosen."""
        return self._today

    def _show(self, held: Period | None) -> None:
        """Put what holds today into the field."""
        self._editor.show_value(None if held is None else held.value)

    def _is_readable(self) -> bool:
        try:
            self._editor.value()
        except UserError:
            return False
        return True

    def _holds_still(self) -> bool:
        """Whether the value is the one that holds today."""
        held = self._held()
        known = None if held is None else held.value
        return self._is_readable() and self._editor.value() == known

    def _take_value(self) -> None:
        """Another value holds from today on, unless the day is changed as well."""
        self.forgive()
        held, same = self._held(), self._holds_still()
        if same != self._is_same:
            self._is_same = same
            self._allow_since(not same or held is not None)
            self.since.set_day(held.since if same and held else None if same else self._begin())
        self.changed.emit()

    def _allow_since(self, allowed: bool) -> None:
        self.since.setEnabled(allowed)
        self.since.setPlaceholderText(self.tr("von jeher") if allowed else "–")

    def _tell(self) -> None:
        self.forgive()
        self.changed.emit()


class HistoryPanel(QFrame):
    """The entries of one fact, each can be deleted; another one can be added.

    Signals:
        shown: it has opened, and may lie below the lower edge.
    """

    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._row: FactRow | None = None
        self._editor: FactEditor | None = None
        self.title = PlainLabel(weight=QFont.Weight.DemiBold)
        self.entries = QGridLayout()
        self.entries.setHorizontalSpacing(theme.MEDIUM)
        self.entries.setVerticalSpacing(0)
        self.entries.setColumnStretch(0, 1)
        self._value = QVBoxLayout()
        self.since = DayLine()
        self.since.setPlaceholderText(self.tr("ab"))
        self.since.setAccessibleName(self.tr("Eintrag gilt ab"))
        self.until = DayLine()
        self.until.setPlaceholderText(self.tr("bis (offen)"))
        self.until.setAccessibleName(self.tr("Eintrag gilt bis"))
        self.add = Button(self.tr("Ergänzen"))
        self.fault = PlainLabel(size=theme.SMALL_SIZE, wrap=True)
        self.fault.setProperty("tone", "late")

        adding = QHBoxLayout()
        adding.setSpacing(theme.SMALL)
        adding.addLayout(self._value, 1)
        adding.addWidget(self.since)
        adding.addWidget(self.until)
        adding.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.title)
        column.addLayout(self.entries)
        column.addLayout(adding)
        column.addWidget(self.fault)
        self.fault.hide()
        self.hide()

        self.add.clicked.connect(self._add)
        for line in (self.since, self.until):
            line.returnPressed.connect(self._add)

    def show_row(self, row: FactRow) -> None:
        """Show the history of this fact and follow it."""
        if self._row is row and self.isVisible():
            self.hide()
            return
        if self._row is not None:
            self._row.changed.disconnect(self._renew)
        self._row = row
        row.changed.connect(self._renew)
        self.title.setText(self.tr("Verlauf: {label}").format(label=row.label))
        self._show_editor(fact_editor(row.declaration))
        self.since.clear()
        self.until.clear()
        self._renew()
        self.show()
        self.value.setFocus()
        self.shown.emit()

    @property
    def value(self) -> QWidget:
        """The field for the value of another entry."""
        assert self._editor is not None, "a row is shown"
        return self._editor.field

    def _show_editor(self, editor: FactEditor) -> None:
        if self._editor is not None:
            self._value.removeWidget(self._editor.field)
            self._editor.field.hide()
            self._editor.field.deleteLater()
        self._editor = editor
        editor.field.setAccessibleName(self.tr("Wert des Eintrags"))
        self._value.addWidget(editor.field)
        QWidget.setTabOrder(editor.field, self.since)
        if isinstance(editor.field, QLineEdit):
            editor.field.returnPressed.connect(self._add)

    def _renew(self) -> None:
        if self._row is None:
            return
        self._complain("")
        while (item := self.entries.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        try:
            history = self._row.history()
        except UserError as fault:
            self._complain(str(fault))
            return
        for place, period in enumerate(reversed(history.periods)):
            self._show_entry(place, period, self._row)
        if not history.periods:
            none = PlainLabel(self.tr("Noch kein Eintrag."), muted=True)
            self.entries.addWidget(none, 0, 0)

    def _show_entry(self, place: int, period: Period, row: FactRow) -> None:
        value, days = fact_text(row.declaration, period.value), _days(period)
        delete = Button(self.tr("Löschen"), kind="link")
        delete.setAccessibleName(self.tr("Löschen: {value}, {days}").format(value=value, days=days))
        delete.clicked.connect(lambda: self._delete(period))
        self.entries.addWidget(ElidedLabel(value), place, 0)
        self.entries.addWidget(PlainLabel(days, muted=True), place, 1)
        self.entries.addWidget(delete, place, 2, Qt.AlignmentFlag.AlignRight)

    def _delete(self, period: Period) -> None:
        if self._row is not None:
            self._row.show_history(self._row.without(period))
            self.value.setFocus()

    def _add(self) -> None:
        if self._row is None or self._editor is None:
            return
        if not self.since.is_readable() or not self.until.is_readable():
            self._complain(self.tr("Bitte beide Tage als TT.MM.JJJJ eintragen."))
            return
        since, until = self.since.day(), self.until.day()
        if since is not None and until is not None and until < since:
            self._complain(self.tr("Das Ende liegt vor dem Beginn."))
            return
        try:
            history, value = self._row.history(), self._editor.value()
        except UserError as fault:
            self._complain(str(fault))
            return
        if value is None:
            self._complain(self.tr("Bitte den Wert angeben."))
            self._editor.field.setFocus()
            return
        self._row.show_history(fact_changes.with_value(history, value, since, until))
        self._editor.show_value(None)
        self.since.clear()
        self.until.clear()

    def _complain(self, text: str) -> None:
        self.fault.setText(text)
        self.fault.setVisible(bool(text))


def _days(period: Period) -> str:
    if period.since is None and period.until is None:
        return said("immer")
    if period.until is None:
        return said("seit {day}").format(day=texts.day(period.since))
    if period.since is None:
        return said("bis {day}").format(day=texts.day(period.until))
    return f"{texts.day(period.since)} – {texts.day(period.until)}"
