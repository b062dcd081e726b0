"""What holds for this client, since when, and what held before?"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kkd_desktop.domain import fact_changes, texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import FactValue, Period, Timeline
from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.calm import Choice
from kkd_desktop.gui.widgets.dayline import DayLine
from kkd_desktop.gui.widgets.labels import ElidedLabel, PlainLabel, set_property

YES, NO = "ja", "nein"
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
        fact: str,
        label: str,
        choices: Sequence[tuple[str, str]],
        history: Timeline,
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        """`choices` are (value, text); none stands for yes and no."""
        super().__init__(parent)
        self.fact, self.label = fact, label
        self._is_flag = not choices
        self._history = history
        self._today = today
        self.choices = list(choices) or [(YES, self.tr("ja")), (NO, self.tr("nein"))]
        name = PlainLabel(label, wrap=True)
        name.setFixedWidth(NAME_WIDTH)
        self.value = Choice()
        self.value.setAccessibleName(label)
        self.value.setFixedWidth(VALUE_WIDTH)
        name.setBuddy(self.value)
        self.since = DayLine()
        self.since.setAccessibleName(self.tr("{label}, gilt ab").format(label=label))
        self.since.setFixedWidth(SINCE_WIDTH)
        self.since.start_from(today)
        self.open_history = Button(self.tr("Verlauf"), kind="link")
        self.open_history.setAccessibleName(self.tr("Verlauf: {label}").format(label=label))

        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        for widget in (name, self.value, self.since, self.open_history):
            row.addWidget(widget)
        row.addStretch()
        self.show_history(history)

        self.value.currentIndexChanged.connect(self._take_value)
        self.since.day_changed.connect(self._tell)
        self.open_history.clicked.connect(lambda: self.history_wanted.emit(self))

    def show_history(self, history: Timeline) -> None:
        """Show what holds today of this history."""
        self._history = history
        held = history.period_at(self._today)
        none = (None, self.tr("nicht erfasst"))
        value = None if held is None else self._key(held.value)
        own = [(value, value)] if value not in {key for key, _ in self.choices} and value else []
        self.value.show_choices([none, *self.choices, *own], value)
        self.since.blockSignals(True)
        self.since.set_day(None if held is None else held.since)
        self.since.blockSignals(False)
        self._allow_since(held is not None)
        self.changed.emit()

    def history(self) -> Timeline:
        """The history as it would be stored; UserError where the day cannot be."""
        if not self.since.is_readable():
            raise UserError(f"{self.label}, gilt ab: bitte als TT.MM.JJJJ eintragen.")
        held = self._history.period_at(self._today)
        value, since = self._value(), self.since.day()
        if held is None and value is None:
            return self._history
        if held is not None and held.value == value:
            if held.since == since:
                return self._history
            return fact_changes.moved(self._history, held, since)
        return fact_changes.holding(self._history, value, since, self._today)

    def text(self, value: FactValue) -> str:
        """A value as the choices write it."""
        key = self._key(value)
        return dict(self.choices).get(key or "", str(value))

    def read(self, key: str | None) -> FactValue:
        """The value of a choice."""
        return key == YES if self._is_flag and key is not None else key

    def show_error(self, wrong: bool) -> None:
        set_property(self.since, "invalid", "true" if wrong else "false")

    def _key(self, value: FactValue) -> str | None:
        if isinstance(value, bool):
            return YES if value else NO
        return None if value is None else str(value)

    def _value(self) -> FactValue:
        return self.read(self.value.value())

    def _take_value(self) -> None:
        """Another value holds from today on, unless the day is changed as well."""
        held = self._history.period_at(self._today)
        same = self._value() == (None if held is None else held.value)
        self._allow_since(not same or held is not None)
        self.since.set_day(held.since if same and held else None if same else self._today)
        self.changed.emit()

    def _allow_since(self, allowed: bool) -> None:
        self.since.setEnabled(allowed)
        self.since.setPlaceholderText(self.tr("von jeher") if allowed else "–")

    def _tell(self) -> None:
        self.show_error(False)
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
        self.title = PlainLabel(weight=QFont.Weight.DemiBold)
        self.entries = QGridLayout()
        self.entries.setHorizontalSpacing(theme.MEDIUM)
        self.entries.setVerticalSpacing(0)
        self.entries.setColumnStretch(0, 1)
        self.value = Choice()
        self.value.setAccessibleName(self.tr("Wert des Eintrags"))
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
        adding.addWidget(self.value, 1)
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
        self.value.show_choices(row.choices, None)
        self.since.clear()
        self.until.clear()
        self._renew()
        self.show()
        self.value.setFocus()
        self.shown.emit()

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
        value, days = row.text(period.value), _days(period)
        delete = Button(self.tr("Löschen"), kind="link")
        delete.setAccessibleName(self.tr("Löschen: {value}, {days}").format(value=value, days=days))
        delete.clicked.connect(lambda: self._delete(period))
        self.entries.addWidget(ElidedLabel(value), place, 0)
        self.entries.addWidget(PlainLabel(days, muted=True), place, 1)
        self.entries.addWidget(delete, place, 2, Qt.AlignmentFlag.AlignRight)

    def _delete(self, period: Period) -> None:
        if self._row is not None:
            self._row.show_history(fact_changes.without(self._row.history(), period))
            self.value.setFocus()

    def _add(self) -> None:
        if self._row is None:
            return
        if not self.since.is_readable() or not self.until.is_readable():
            self._complain(self.tr("Bitte beide Tage als TT.MM.JJJJ eintragen."))
            return
        since, until = self.since.day(), self.until.day()
        if since is not None and until is not None and until < since:
            self._complain(self.tr("Das Ende liegt vor dem Beginn."))
            return
        try:
            history = self._row.history()
        except UserError as fault:
            self._complain(str(fault))
            return
        value = self._row.read(self.value.value())
        self._row.show_history(fact_changes.with_value(history, value, since, until))
        self.since.clear()
        self.until.clear()

    def _complain(self, text: str) -> None:
        self.fault.setText(text)
        self.fault.setVisible(bool(text))


def _days(period: Period) -> str:
    if period.since is None and period.until is None:
        return "immer"
    if period.until is None:
        return f"seit {texts.day(period.since)}"
    if period.since is None:
        return f"bis {texts.day(period.until)}"
    return f"{texts.day(period.since)} – {texts.day(period.until)}"
