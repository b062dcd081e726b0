"""When can the client not be met next, from when until when?"""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kkd_desktop.domain import fact_changes, texts
from kkd_desktop.domain.absence import FIELD, ahead
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import Period, Timeline
from kkd_desktop.domain.language import said
from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.dayline import DayLine
from kkd_desktop.gui.widgets.fact_rows import NAME_WIDTH, SINCE_WIDTH, VALUE_WIDTH, FactRow
from kkd_desktop.gui.widgets.focus import follow
from kkd_desktop.gui.widgets.labels import PlainLabel, set_property


class AbsenceRow(FactRow):
    """The row of the absence of today, else of the next one; it has a first and a last day."""

    def history(self) -> Timeline:
        value, held = self._editor.value(), self._held()
        rest = Timeline(p for p in self._history.periods if p is not held)
        if value is None:
            return rest
        since, until = self._day(self.since, self.tr("ab")), self._day(self.until, self.tr("bis"))
        if held is not None and (held.value, held.since, held.until) == (value, since, until):
            return self._history
        if until < since:
            raise UserError(
                said("{field}: {day} liegt vor dem Beginn.").format(
                    field=said(FIELD), day=texts.day(until)
                )
            )
        return fact_changes.with_value(rest, value, since, until)

    def without(self, period: Period) -> Timeline:
        """An absence before it does not last the longer for it."""
        return Timeline(p for p in self.history().periods if p is not period)

    def point_out(self) -> None:
        wrong = self.until if self._has_day(self.since) else self.since
        set_property(wrong, "invalid", "true")
        wrong.setFocus()

    def forgive(self) -> None:
        super().forgive()
        set_property(self.until, "invalid", "false")

    def _add_lines(self) -> None:
        self.until = DayLine()
        self.until.setFixedWidth(SINCE_WIDTH)
        self.until.setAccessibleName(self.tr("{label}, bis").format(label=self.label))
        self.until.start_from(self._today)
        self.until.setPlaceholderText(self.tr("letzter Tag"))
        word = PlainLabel(self.tr("bis einschließlich"), muted=True, size=theme.SMALL_SIZE)
        word.setFixedWidth(VALUE_WIDTH)
        word.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        word.setBuddy(self.until)
        self._end = QWidget()
        line = QHBoxLayout(self._end)
        line.setContentsMargins(NAME_WIDTH + theme.SMALL, 0, 0, 0)
        line.setSpacing(theme.SMALL)
        line.addWidget(word)
        line.addWidget(self.until)
        line.addStretch()
        self.lines.addWidget(self._end)
        follow(self.since, self.until)
        self.until.day_changed.connect(self._tell)

    def _held(self) -> Period | None:
        return ahead(self._history, self._today)

    def _begin(self) -> date | None:
        """Absences lie ahead: no day is taken for granted."""
        return None

    def _show(self, held: Period | None) -> None:
        super()._show(held)
        self.until.blockSignals(True)
        self.until.set_day(None if held is None else held.until)
        self.until.blockSignals(False)

    def _allow_since(self, allowed: bool) -> None:
        super()._allow_since(allowed)
        self.since.setPlaceholderText(self.tr("erster Tag") if allowed else "–")
        self._end.setVisible(allowed and self._editor.value() is not None)

    def _take_value(self) -> None:
        super()._take_value()
        self._end.setVisible(self._editor.value() is not None)

    def _day(self, line: DayLine, word: str) -> date:
        day = line.day()
        if day is None or not line.is_readable():
            raise UserError(
                said("{label}, {word}: bitte als TT.MM.JJJJ eintragen.").format(
                    label=self.label, word=word
                )
            )
        return day

    def _has_day(self, line: DayLine) -> bool:
        return line.is_readable() and line.day() is not None
