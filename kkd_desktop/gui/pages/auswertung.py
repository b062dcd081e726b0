"""How does a year of the caseload look: asked for, done, left out, and who stands behind it?"""

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kkd_desktop.actions.context import Context
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.report import FIRST_YEAR
from kkd_desktop.domain.stored_words import said_again
from kkd_desktop.gui import shortcuts, tasks, theme
from kkd_desktop.gui.background import Work, run_beside
from kkd_desktop.gui.dialogs.base import show
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.pages.live import LivePage
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.calm import Choice
from kkd_desktop.gui.widgets.dayline import DayLine
from kkd_desktop.gui.widgets.empty import EmptyState
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.focus import lead_focus
from kkd_desktop.gui.widgets.labels import PlainLabel, SectionHeading
from kkd_desktop.gui.widgets.report_view import ReportView
from kkd_desktop.gui.widgets.work_bar import WorkBar

if TYPE_CHECKING:
    from kkd_desktop.gui.models.year_answer import YearAnswer

_YEARS = 10
"""So many are offered; every other one comes with its day."""

_SAID_AFTER_MS = 300
"""What is quicker needs no word about it."""

_ANSWER, _EMPTY, _WORKING = range(3)


class AuswertungPage(LivePage):
    """The figures of a year up to a day, each with its table, its meaning and its people.

    Signals:
        people_wanted: the ids of those behind a figure, and which figure that is.
        client_wanted: the caseload is empty; somebody is to be added.
    """

    people_wanted = Signal(object, str)
    client_wanted = Signal()

    def __init__(
        self,
        session: Session,
        *,
        places: PlaceChooser | None = None,
        settings: QSettings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, parent)
        self._places = places or PlaceChooser()
        self._task: tasks.Task | None = None
        self._answer: YearAnswer | None = None
        self._wish: Callable[[], object] | None = None
        self.heading = SectionHeading(self.tr("Auswertung"), page=True)
        self.year = FormField(self.tr("&Jahr"), Choice())
        self.until = FormField(self.tr("&bis einschließlich"), DayLine(session.context.today))
        self.team_button = Button(self.tr("Team zusammenfassen …"))
        self.print_button = Button(self.tr("Drucken …"), keys=shortcuts.shown("report.print"))
        self.save_button = Button(self.tr("Speichern …"), keys=shortcuts.shown("report.save"))
        self.progress = _ProgressLine()
        self.banner = Banner()
        self.view = ReportView(settings)
        self.empty = EmptyState("", action=self.tr("Noch einmal rechnen"), icon="auswertung")
        self.stack = QStackedWidget()
        self._offer_years(session.context.today)
        self._lay_out()
        self._connect()
        self._allow(False)

    def answer(self) -> "YearAnswer | None":
        """What is shown; None before the first answer, and where there is none."""
        return self._answer

    def is_working(self) -> bool:
        return self._task is not None

    def reload(self) -> None:
        """Work the year out anew, beside the window; a question under way is given up."""
        self._give_up()
        day = self._checked_day()
        if day is None:
            return
        if self._answer is None:
            # Nothing to do again, and nothing to look at, until there is an answer.
            self.stack.setCurrentIndex(_WORKING)
        self._task = task = run_beside(self._session, _working(day), self._show, self._refuse)
        self.progress.follow(task, self.tr("{year} wird gerechnet …").format(year=day.year))

    def cancel(self) -> None:
        """Stop the work; what was shown before stays."""
        self._give_up()
        if self._answer is None:
            self._say_nothing(
                self.tr("Nicht gerechnet"),
                self.tr("Die Auswertung wurde abgebrochen."),
                again=True,
            )
        else:
            self._say_stale()

    def _lay_out(self) -> None:
        self.year.setFixedWidth(96)
        self.until.setFixedWidth(150)
        bottom = Qt.AlignmentFlag.AlignBottom
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        for field in (self.year, self.until):
            row.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch()
        for button in (self.team_button, self.print_button, self.save_button):
            row.addWidget(button, 0, bottom)
        for page in (self.view, self.empty):
            self.stack.addWidget(page)
        self.stack.addWidget(QWidget())
        self.stack.setCurrentIndex(_WORKING)
        self.banner.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, 0)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.heading)
        column.addLayout(row)
        column.addWidget(self.progress)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        lead_focus(self, self.year)

    def _connect(self) -> None:
        self._choice().currentIndexChanged.connect(self._take_year)
        self._line().day_changed.connect(self._take_day)
        self._line().editingFinished.connect(self._checked_day)
        self.progress.cancelled.connect(self.cancel)
        self.view.people_wanted.connect(self._want_people)
        self.view.copied.connect(lambda: self._session.done.emit(self.tr("Tabelle kopiert")))
        self.empty.action_requested.connect(self._act_on_empty)
        self.print_button.clicked.connect(self.print_out)
        self.save_button.clicked.connect(self.save)
        self.team_button.clicked.connect(self.combine)
        self._session.finishing.connect(self._give_up)
        for id, button in (("report.print", self.print_button), ("report.save", self.save_button)):
            shortcuts.bind(id, self, button.click, shortcuts.WITHIN)

    def print_out(self) -> None:
        """The PDF as it would be saved, to look at and to print."""
        from kkd_desktop.gui.dialogs.report_preview import ReportPreview

        if (answer := self._settled_answer(self.print_out)) is not None:
            show(ReportPreview(self._session, answer.report, self._places, self.window()))

    def save(self) -> None:
        """As PDF, tables or a file for the team."""
        from kkd_desktop.gui.dialogs.export_report import ExportReportDialog

        if (answer := self._settled_answer(self.save)) is not None:
            show(ExportReportDialog(self._session, answer.report, self._places, self.window()))

    def combine(self) -> None:
        """Add up the files of several caseworkers; it needs no figures of one's own."""
        from kkd_desktop.gui.dialogs.team_report import TeamReportDialog

        show(TeamReportDialog(self._session, self._places, self.window()))

    def _settled_answer(self, wish: Callable[[], object]) -> "YearAnswer | None":
        """What is shown; while it is being worked out the wish waits for it."""
        self._wish = wish if self._task is not None else None
        return self._answer if self._task is None else None

    def _want_people(self, ids: Collection[int], said: str) -> None:
        self.people_wanted.emit(ids, self.tr("Auswertung: {figure}").format(figure=said))

    def _choice(self) -> Choice:
        assert isinstance(self.year.field, Choice)
        return self.year.field

    def _line(self) -> DayLine:
        assert isinstance(self.until.field, DayLine)
        return self.until.field

    def _offer_years(self, day: date) -> None:
        today = self._session.context.today.year
        years = {*range(today, today - _YEARS, -1), day.year}
        choices = [(str(year), str(year)) for year in sorted(years, reverse=True)]
        self._choice().show_choices(choices, str(day.year))

    def _take_year(self) -> None:
        year = int(self._choice().value() or 0)
        last = min(self._session.context.today, date(year, 12, 31))
        if self._line().day() == last:
            self._ask_soon()
        else:
            self._line().set_day(last)

    def _take_day(self, day: date | None) -> None:
        if self._checked_day() is not None:
            assert day is not None
            self._offer_years(day)
            self._ask_soon()

    def _ask_soon(self) -> None:
        """In a turn of its own: a key that is held down asks many days."""
        self._give_up()
        self._allow(False)
        QTimer.singleShot(0, self, self._ask_if_new)

    def _ask_if_new(self) -> None:
        if self._task is None and self.isVisible():
            self._renew()

    def _checked_day(self) -> date | None:
        """The day asked about; None, and why below the field, where it cannot be."""
        day, today = self._line().day(), self._session.context.today
        said = ""
        if day is None:
            said = self.tr("Bitte als TT.MM.JJJJ")
        elif day > today:
            said = self.tr("Bitte bis {today}").format(today=texts.day(today))
        elif day.year < FIRST_YEAR:
            said = self.tr("Bitte ab {year}").format(year=FIRST_YEAR)
        self.until.show_error(said)
        return None if said else day

    def _show(self, answer: "YearAnswer") -> None:
        self._task = None
        report = answer.report
        if not report.people:
            self._answer = None
            self._say_nothing(
                self.tr("Noch keine Zahlen"),
                self.tr("Im Fallbestand ist noch niemand erfasst."),
                again=False,
            )
            return
        self._answer = answer
        self.heading.note.setText(
            self.tr("{year} bis {day} · {people}").format(
                year=report.year,
                day=texts.weekday_day(report.until),
                people=texts.counted(len(report.people), "Person", "Personen"),
            )
        )
        self._say_notes(report.notes)
        self.view.show_year(answer)
        self.stack.setCurrentIndex(_ANSWER)
        self._allow(True)
        wish, self._wish = self._wish, None
        if wish is not None:
            wish()

    def _refuse(self, fault: UserError) -> None:
        self._task = None
        self._answer = None
        self._say_nothing(self.tr("Nicht gerechnet"), str(fault), again=True)

    def _say_notes(self, notes: Collection[str]) -> None:
        self.banner.setVisible(bool(notes))
        if notes:
            self.banner.say("", " ".join(said_again(note) for note in notes), Tone.SOON)

    def _say_stale(self) -> None:
        """The question and what is shown are not of the same day."""
        self._allow(False)
        self.banner.say(
            self.tr("Abgebrochen"),
            self.tr("Unten stehen noch die Zahlen bis {day}.").format(
                day=texts.weekday_day(self._answer.report.until if self._answer else None)
            ),
            Tone.SOON,
        )
        self.banner.show()

    def _say_nothing(self, title: str, text: str, *, again: bool) -> None:
        self._allow(False)
        self.heading.note.setText("")
        self.banner.hide()
        self.empty.say(title, text)
        self.empty.button.setText(
            self.tr("Noch einmal rechnen") if again else self.tr("Person aufnehmen")
        )
        self._again = again
        self.stack.setCurrentIndex(_EMPTY)

    def _act_on_empty(self) -> None:
        if self._again:
            self.reload()
        else:
            self.client_wanted.emit()

    def _give_up(self) -> None:
        self._wish = None
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.progress.stop()

    def _allow(self, allowed: bool) -> None:
        for button in (self.print_button, self.save_button):
            button.setEnabled(allowed)


def _working(day: date) -> "Work[YearAnswer]":
    def work(context: Context, progress: Callable[[int, int], object]) -> "YearAnswer":
        # Loaded in this thread, so that the page stands at once.
        from kkd_desktop.actions import report as reports
        from kkd_desktop.gui.models.year_answer import answer_of

        return answer_of(context, reports.year_report(context, day.year, progress, day))

    return work


class _ProgressLine(QWidget):
    """What is under way, how far it is, and a way to stop it; seen only where it takes a moment.

    Signals:
        cancelled: the button was pressed.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = PlainLabel(muted=True)
        self.bar = WorkBar()
        self.button = Button(self.tr("Abbrechen"), kind="link")
        self._timer = QTimer(self, singleShot=True, interval=_SAID_AFTER_MS)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.MEDIUM)
        row.addWidget(self.text)
        row.addWidget(self.bar, 1)
        row.addWidget(self.button)
        self.hide()

        self._timer.timeout.connect(self.show)
        self.button.clicked.connect(self.cancelled)

    def follow(self, task: tasks.Task, text: str) -> None:
        self.text.setText(text)
        self.bar.setAccessibleName(text)
        self.bar.wait()
        self._timer.start()
        task.progressed.connect(self._move)
        task.ended.connect(self._end)
        self._task = task

    def stop(self) -> None:
        self._timer.stop()
        self.hide()

    def _move(self, done: int, total: int) -> None:
        if self.sender() is self._task:
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def _end(self) -> None:
        if self.sender() is self._task:
            self.stop()
