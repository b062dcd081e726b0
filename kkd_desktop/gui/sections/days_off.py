"""On which days is nobody met, which holidays are among them, and who was to come on one?"""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kkd_desktop.actions import days_off
from kkd_desktop.domain import texts
from kkd_desktop.domain.clashes import Clash
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.hours import Leave
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import theme
from kkd_desktop.gui.sections.base import Section
from kkd_desktop.gui.sections.leaves import LeaveList
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.calm import Choice
from kkd_desktop.gui.widgets.field import FormField, side_by_side
from kkd_desktop.gui.widgets.labels import PlainLabel

_MOST_COLUMNS, _COLUMN_WIDTH = 3, 230


class DaysOffSection(Section):
    """Own absences, closed days of the office, holidays; talks agreed on the former are told."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session,
            self.tr("Freie Tage"),
            self.tr("An diesen Tagen wird kein Termin vorgeschlagen"),
            parent,
        )
        self.absences = LeaveList(self.tr("Eigene Abwesenheiten"), self.tr("z. B. Urlaub"))
        self.closed = LeaveList(
            self.tr("Schließtage des Jobcenters"), self.tr("z. B. Betriebsruhe")
        )
        self.land = FormField(self.tr("Feiertage"), Choice())
        self.holidays = _Holidays()
        self.clash = Banner()
        self.clash_button = Button(self.tr("Anzeigen …"))
        self._clashes = QWidget()
        self._lay_out()

        self.closed.changed.connect(lambda leaves: self._change(closed=leaves))
        self.absences.changed.connect(lambda leaves: self._change(absences=leaves))
        self.clash_button.clicked.connect(self._show_clashes)
        self._choice().activated.connect(self._take_land)

    def show_settings(self) -> None:
        context = self._session.context
        hours = context.settings.hours
        self.absences.show_leaves(hours.absences, context.today)
        self.closed.show_leaves(hours.closed, context.today)
        self._show_land()
        found = days_off.clashing(context)
        self._clashes.setVisible(bool(found))
        if found:
            self.clash.say("", self._told(found), Tone.SOON)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._clashes)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        row.addWidget(self.clash, 1)
        row.addWidget(self.clash_button)
        self.body.setSpacing(theme.LARGE)
        self.body.addWidget(self._clashes)
        self.body.addWidget(self.absences)
        self.body.addWidget(self.closed)
        of_land = QVBoxLayout()
        of_land.setSpacing(theme.SMALL)
        of_land.addLayout(side_by_side((self.land, 1), (QWidget(), 1)))
        of_land.addWidget(self.holidays)
        self.body.addLayout(of_land)

    def _told(self, found: Sequence[Clash]) -> str:
        """`An 3 Tagen, an denen Sie nicht da sind, liegen 5 Termine.`"""
        days = len({clash.appointment.day for clash in found})
        number = texts.counted(len(found), "Termin", "Termine")
        if days == 1:
            day = texts.weekday_day(found[0].appointment.day)
            sentence = (
                self.tr("Am {day} ist niemand da, es liegt aber {number}.")
                if len(found) == 1
                else self.tr("Am {day} ist niemand da, es liegen aber {number}.")
            )
            return sentence.format(day=day, number=number)
        return self.tr("An {days} freien Tagen liegen {number}.").format(days=days, number=number)

    def _show_land(self) -> None:
        like = self.tr("wie im Konzept")
        if self._land_of_concept():
            like = self.tr("wie im Konzept ({land})").format(land=self._land_of_concept())
        self._choice().show_choices([(None, like), *texts.LAENDER.items()], self.settings().land)
        self.holidays.show_days(days_off.coming_holidays(self._session.context))

    def _choice(self) -> Choice:
        assert isinstance(self.land.field, Choice)
        return self.land.field

    def _land_of_concept(self) -> str:
        try:
            land = self._session.context.policies()[0].policy.land
        except UserError:
            return ""
        return texts.LAENDER.get(land or "", self.tr("nur bundesweite"))

    def _take_land(self) -> None:
        if self._choice().value() != self.settings().land:
            self.store(self.land, land=self._choice().value())

    def _show_clashes(self) -> None:
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.clashes import ClashesDialog

        show(ClashesDialog(self._session, self))

    def _change(self, **leaves: Sequence[Leave]) -> None:
        self.store(hours=replace(self.settings().hours, **leaves))


class _Holidays(QWidget):
    """The holidays of the coming year by name, so that a wrong Land is seen at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: Mapping[date, str] = {}
        self._columns = 0
        self._labels: list[PlainLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SMALL)
        self._grid.setVerticalSpacing(theme.HAIR)
        # It takes as many columns as there is room for.
        self.setMinimumWidth(_COLUMN_WIDTH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = min(max(1, event.size().width() // _COLUMN_WIDTH), _MOST_COLUMNS)
        if columns != self._columns:
            self._columns = columns
            self._lay_out()

    def show_days(self, days: Mapping[date, str]) -> None:
        """In columns from top to bottom, each day with its name."""
        if days != self._days:
            self._days = dict(days)
            self._lay_out()

    def _lay_out(self) -> None:
        for label in self._labels:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = []
        rows = -(-len(self._days) // max(1, self._columns))
        for column in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(2 * column + 1, 1 if column < self._columns else 0)
        for place, (day, name) in enumerate(self._days.items()):
            column, row = divmod(place, rows)
            when = PlainLabel(texts.weekday_day(day), size=theme.SMALL_SIZE, muted=True)
            what = PlainLabel(name, size=theme.SMALL_SIZE)
            self._grid.addWidget(when, row, 2 * column)
            self._grid.addWidget(what, row, 2 * column + 1)
            self._labels += [when, what]
