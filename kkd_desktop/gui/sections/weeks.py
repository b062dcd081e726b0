"""At which hours of the week may talks lie? One week, or several that take turns."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.hours import (
    MOST_WEEKS,
    WEEKDAY_NAMES,
    Block,
    Week,
    WorkingHours,
    minutes_of_week,
    week_name,
)
from kkd_desktop.domain.hours_text import blocks_in_words, parse_blocks, week_in_words
from kkd_desktop.domain.language import said
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import theme
from kkd_desktop.gui.sections.base import line_of, put
from kkd_desktop.gui.widgets.calm import Choice
from kkd_desktop.gui.widgets.field import FormField, side_by_side
from kkd_desktop.gui.widgets.labels import Paragraph, PlainLabel
from kkd_desktop.gui.widgets.segmented import SegmentedControl

_WEEK = timedelta(weeks=1)
_MOST_BESIDE = 3


class WeeksEdit(QWidget):
    """Five days of one week; where weeks take turns, which of them is shown, and which holds now.

    Signals:
        changed: carries the `WorkingHours` with what was changed.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hours = WorkingHours()
        self._today = date.min
        self._place, self._beside = 0, 0
        self._names: tuple[str, ...] = ()
        self.turns = FormField(self.tr("Wochen"), Choice(self._choices()))
        self.now = FormField("", Choice())
        self.shown: SegmentedControl | None = None
        self.days = [FormField(said(name), QLineEdit()) for name in WEEKDAY_NAMES]
        for field in self.days:
            line_of(field).setPlaceholderText(self.tr("keine Gespräche"))
        self.preview = Paragraph()
        self.next_weeks = PlainLabel(size=theme.SMALL_SIZE, muted=True, wrap=True)
        self._tabs = QVBoxLayout()
        self._lay_out()

        self._choice(self.turns).activated.connect(self._take_turns)
        self._choice(self.now).activated.connect(self._take_now)
        for place, field in enumerate(self.days):
            line_of(field).editingFinished.connect(partial(self._take_day, place))

    def show_hours(self, hours: WorkingHours, today: date) -> None:
        """Show what is stored; what is being typed, or still has to be mended, is left alone."""
        self._hours, self._today = hours, today
        number = len(hours.weeks)
        if self._place >= number:
            self._show_week(0)
        self._choice(self.turns).show_choices(self._choices(), str(number))
        self.now.setVisible(number > 1)
        self.now.rename(self.tr("In dieser Woche (KW {week}) gilt").format(week=_number(today)))
        self._choice(self.now).show_choices(
            [(str(place), week_name(place)) for place in range(number)], str(hours.place_of(today))
        )
        self._show_tabs()
        for field, blocks in zip(self.days, hours.weeks[self._place], strict=True):
            put(field, blocks_in_words(blocks))
        self.preview.setText(self._said())
        self.next_weeks.setText(self._said_next())
        self.next_weeks.setVisible(number > 1)

    def _lay_out(self) -> None:
        how = PlainLabel(
            self.tr("Mehrere Zeiten mit Komma trennen, wie 08:00-12:00, 13:00-16:00."),
            size=theme.SMALL_SIZE,
            muted=True,
            wrap=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        column.addLayout(side_by_side((self.turns, 1), (self.now, 1)))
        column.addLayout(self._tabs)
        self._how = how
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.LARGE)
        self._grid.setVerticalSpacing(theme.MEDIUM)
        column.addLayout(self._grid)
        self._place_days(_MOST_BESIDE)
        said = QVBoxLayout()
        said.setSpacing(theme.TINY)
        said.addWidget(self.preview)
        said.addWidget(self.next_weeks)
        column.addLayout(said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().width() + theme.LARGE
        # Hours of two parts of a day are not cut.
        two_parts = self.days[0].fontMetrics().horizontalAdvance("00:00–00:00, 00:00–00:00")
        beside = room // (two_parts + 2 * theme.MEDIUM + theme.LARGE)
        self._place_days(min(max(1, beside), _MOST_BESIDE))

    def _place_days(self, beside: int) -> None:
        if beside == self._beside:
            return
        self._beside = beside
        for place, widget in enumerate((*self.days, self._how)):
            self._grid.removeWidget(widget)
            row, column = divmod(place, beside)
            self._grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignTop)
        for column in range(_MOST_BESIDE):
            self._grid.setColumnStretch(column, 1 if column < beside else 0)

    def _choices(self) -> Sequence[tuple[str, str]]:
        names = (
            self.tr("jede Woche gleich"),
            self.tr("zwei im Wechsel: gerade und ungerade"),
            self.tr("drei im Wechsel"),
            self.tr("vier im Wechsel"),
        )
        return [(str(number), name) for number, name in zip(range(1, 5), names, strict=True)]

    def _choice(self, field: FormField) -> Choice:
        assert isinstance(field.field, Choice)
        return field.field

    def _show_tabs(self) -> None:
        """One segment for each week; made anew only where their names are others."""
        number = len(self._hours.weeks)
        names = tuple(self._tab_name(place) for place in range(number)) if number > 1 else ()
        if names == self._names:
            return
        self._names = names
        if self.shown is not None:
            self._tabs.removeWidget(self.shown)
            self.shown.hide()
            self.shown.deleteLater()
            self.shown = None
        if names:
            choices = [(str(place), name) for place, name in enumerate(names)]
            self.shown = SegmentedControl(choices, self.tr("Woche, deren Zeiten hier stehen"))
            self.shown.set_value(str(self._place))
            self.shown.value_changed.connect(lambda value: self._show_week(int(value)))
            self._tabs.addWidget(self.shown)
            # Made after the days, it would come after them by Tab too.
            before: QWidget = self._choice(self.now)
            for choice, _ in choices:
                QWidget.setTabOrder(before, self.shown.button(choice))
                before = self.shown.button(choice)

    def _tab_name(self, place: int) -> str:
        """`Woche A · gerade`: whoever thinks in calendar weeks finds theirs."""
        if len(self._hours.weeks) != 2:
            return week_name(place)
        monday = self._today + (place - self._hours.place_of(self._today)) * _WEEK
        kind = self.tr("ungerade") if _number(monday) % 2 else self.tr("gerade")
        return f"{week_name(place)} · {kind}"

    def _show_week(self, place: int) -> None:
        """Show the days of another week; what could not be stored of the last one is let go."""
        self._place = place
        if self.shown is not None:
            self.shown.set_value(str(place))
        for field, blocks in zip(self.days, self._hours.weeks[place], strict=True):
            field.show_error("")
            line_of(field).setModified(False)
            put(field, blocks_in_words(blocks))

    def _said(self) -> str:
        """`Diese Woche gilt: Mo–Do 08:00–12:00 · Fr frei, zusammen 16 Stunden für Gespräche.`"""
        hours, place = self._hours, self._hours.place_of(self._today)
        name = f" {week_name(place)}" if len(hours.weeks) > 1 else ""
        week = hours.weeks[place]
        if not minutes_of_week(week):
            return self.tr("Diese Woche gilt{name}: keine Gespräche.").format(name=name)
        return self.tr("Diese Woche gilt{name}: {week}. Zusammen {hours} Stunden.").format(
            name=name,
            week=_unbroken(week_in_words(week)),
            hours=texts.decimal(minutes_of_week(week) / 60),
        )

    def _said_next(self) -> str:
        """The weeks after this one, and what happens at the end of a year of 53 weeks."""
        coming = [self._today + ahead * _WEEK for ahead in range(1, MOST_WEEKS + 1)]
        words = self.tr("Danach: {weeks}.").format(
            weeks=", ".join(
                self.tr("KW {week} {name}").format(
                    week=_number(day), name=week_name(self._hours.place_of(day))
                )
                for day in coming
            )
        )
        year = self._today.isocalendar().year
        if len(self._hours.weeks) == 2 and date(year, 12, 28).isocalendar().week == 53:
            words += self.tr(
                " {year} hat 53 Wochen: Der Wechsel geht weiter, deshalb gilt ab Januar in geraden "
                "Wochen, was bisher in ungeraden galt. Sonst stellen Sie ihn dann oben um."
            ).format(year=year)
        return words

    def _take_turns(self) -> None:
        number = int(self._choice(self.turns).value() or 1)
        weeks = self._hours.weeks
        if number == len(weeks):
            return
        # A week that is new begins as the first one, to be changed from there.
        more = (weeks[0],) * (number - len(weeks))
        changed: WorkingHours = replace(self._hours, weeks=weeks[:number] + more)
        if len(weeks) == 1:
            first = _number(self._today) % 2 if number == 2 else 0
            changed = changed.starting_with(first, self._today)
        self.changed.emit(changed)

    def _take_now(self) -> None:
        place = int(self._choice(self.now).value() or 0)
        if place != self._hours.place_of(self._today):
            self.changed.emit(self._hours.starting_with(place, self._today))

    def _take_day(self, place: int) -> None:
        field = self.days[place]
        edit = line_of(field)
        if not edit.isModified():
            return
        try:
            name = said("Arbeitszeit am {weekday}").format(weekday=texts.long_weekday(place))
            blocks = parse_blocks(name, edit.text())
            changed = self._with_day(place, blocks)
        except UserError as fault:
            field.show_error(str(fault))
            return
        edit.setModified(False)
        field.show_error("")
        if changed == self._hours:
            put(field, blocks_in_words(blocks))
        else:
            self.changed.emit(changed)

    def _with_day(self, place: int, blocks: tuple[Block, ...]) -> WorkingHours:
        weeks = list(self._hours.weeks)
        week: Week = weeks[self._place]
        weeks[self._place] = (*week[:place], blocks, *week[place + 1 :])
        changed: WorkingHours = replace(self._hours, weeks=tuple(weeks))
        return changed


def _unbroken(words: str) -> str:
    """Lines break between days only, not within the hours of one nor after the dash in `Mo–Do`."""
    return words.replace(" ", "\u00a0").replace("\u00a0·\u00a0", " · ").replace("–", "–\u2060")


def _number(day: date) -> int:
    return day.isocalendar().week
