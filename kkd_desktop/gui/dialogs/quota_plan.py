"""Whom to meet by when, so that the shares of the caseload are reached with the fewest talks?"""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from kkd_desktop.actions import quota_planning
from kkd_desktop.actions.quota_planning import QuotaOptions
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.domain.planning import Stage
from kkd_desktop.domain.policy import Measured
from kkd_desktop.domain.quota_plan import PolicyPlan, QuotaPlans
from kkd_desktop.domain.quota_plan_text import (
    READING_NOTES,
    READING_TEXTS,
    comparison,
    details,
    headline,
)
from kkd_desktop.domain.quota_problem import end_of_month
from kkd_desktop.domain.workdays import DAY
from kkd_desktop.gui import clipboard, tasks, theme
from kkd_desktop.gui.dialogs.base import Dialog, show
from kkd_desktop.gui.models.quota_plan import (
    LeftModel,
    LeftRow,
    StepModel,
    StepRow,
    left_rows,
    plain_text,
    step_rows,
)
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.banner import announce
from kkd_desktop.gui.widgets.calm import Choice
from kkd_desktop.gui.widgets.card import TableCard
from kkd_desktop.gui.widgets.empty import EmptyState
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.quota_bars import QuotaBars
from kkd_desktop.gui.widgets.segmented import SegmentedControl
from kkd_desktop.gui.widgets.share_table import ShareTable
from kkd_desktop.gui.widgets.work_bar import WorkBar

STEPS, LEFT_OUT = "steps", "left_out"
_WIDTH, _HEIGHT = 980, 780
_WEEKS = (2, 4, 8, 12, 26)
_MONTHS = 4
_A_WEEK = timedelta(weeks=1)


class QuotaPlanDialog(Dialog):
    """Above when the shares are to hold and what that takes, in the middle the weeks, below whom to
    meet and who is left out.

    The plan is made in another thread; choosing another reading or end begins anew. Enter on a
    person opens the file, Ctrl+Enter plans the talks, Ctrl+C copies everything, Esc closes.

    Signals:
        plan_wanted: ids of those to plan talks for; the dialog is closed then.
        people_wanted: ids, and who they are in words; the dialog is closed then.
        client_opened: carries the client's id; the dialog is closed then.
    """

    plan_wanted = Signal(object)
    people_wanted = Signal(object, str)
    client_opened = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Plan für die Anteile"), "", parent)
        self._session = session
        self._task: tasks.Task | None = None
        self._plans: QuotaPlans | None = None
        self.reading = SegmentedControl(
            [(each.value, READING_TEXTS[each]) for each in Measured],
            self.tr("Wann die Anteile gelten"),
        )
        self.until, self.policy = Choice(), Choice()
        for choice in (self.until, self.policy):
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.until.setAccessibleName(self.tr("Bis wann"))
        self.policy.setAccessibleName(self.tr("Konzept"))
        for choice in (self.until, self.policy):
            # Without a label a reader under Linux hears of it only what is chosen.
            choice.setAccessibleDescription(choice.accessibleName())
        self.answer = PlainLabel(size=theme.LEAD_SIZE, weight=QFont.Weight.DemiBold, wrap=True)
        self.why = PlainLabel(wrap=True)
        self.note = PlainLabel(muted=True, size=theme.SMALL_SIZE, wrap=True)
        self.bar = WorkBar()
        self.bars = QuotaBars()
        self.view = SegmentedControl(
            ((STEPS, self.tr("Wen man trifft")), (LEFT_OUT, self.tr("Wer übrig bleibt"))),
            self.tr("Personen"),
        )
        self._step_model, self._left_model = StepModel(self), LeftModel(self)
        self.steps = ShareTable(self._step_model, self.tr("Wen man trifft"), (18, 30, 22, 30))
        self.left_out = ShareTable(self._left_model, self.tr("Wer übrig bleibt"), (36, 24, 40))
        self.nobody = EmptyState("")
        self._lists = QStackedWidget()
        self._lay_out()
        self.copy_button = self.add_action(self.tr("Kopieren"), self.copy, keys=self.tr("Strg C"))
        self.list_button = self.add_action(self.tr("Als Liste zeigen"), self.show_list)
        self.add_action(self.tr("Schließen"), self.reject, keys="Esc")
        self.plan_button = self.set_main_action(self.tr("Termine vorschlagen …"), self.plan)
        self.reading.set_value(quota_planning.own_reading(session.context).value)
        self._offer_ends()
        self._connect()
        self._take_size()
        self._begin()

    def plan(self) -> None:
        """Propose talks with those whom the plan meets."""
        found = self._chosen()
        if found is not None and found.result.people:
            self.accept()
            self.plan_wanted.emit(found.result.people)

    def show_list(self) -> None:
        """The people of the table in sight as a list of their own."""
        found = self._chosen()
        if found is None:
            return
        if self.view.value() == STEPS:
            ids, said = found.result.people, self.tr("Plan für die Anteile")
        else:
            ids = frozenset(each.client_id for each in found.result.left_out)
            said = self.tr("Plan für die Anteile: bleiben übrig")
        self.accept()
        self.people_wanted.emit(ids, said)

    def copy(self) -> None:
        """Put the whole plan into the clipboard, as plain text."""
        found = self._chosen()
        if found is not None and self._plans is not None and self.copy_button.isEnabled():
            clipboard.copy(plain_text(self._plans, found))
            self.copy_button.setText(self.tr("Kopiert"))
            announce(self.copy_button, self.tr("Kopiert"))

    def is_working(self) -> bool:
        return self._task is not None

    def done(self, result: int) -> None:
        self._stop()
        super().done(result)

    def _lay_out(self) -> None:
        chosen = QHBoxLayout()
        chosen.setSpacing(theme.MEDIUM)
        for widget in (self.policy, self.reading, self.until):
            chosen.addWidget(widget)
        chosen.addStretch()
        self.policy.hide()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(4)
        kept = self.bar.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(kept)
        for part in (self.bars, self.view, self._lists):
            kept = part.sizePolicy()
            kept.setRetainSizeWhenHidden(True)
            part.setSizePolicy(kept)
        for page in (TableCard(self.steps), TableCard(self.left_out), self.nobody):
            self._lists.addWidget(page)
        self._lists.setMinimumHeight(110)
        self.body.setSpacing(theme.MEDIUM)
        self.body.addLayout(chosen)
        self.body.addWidget(self.bar)
        for label in (self.answer, self.why, self.note):
            self.body.addWidget(label)
        self.body.addWidget(self.bars)
        self.body.addWidget(self.view)
        self.body.addWidget(self._lists, 1)

    def _connect(self) -> None:
        copied = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        copied.activated.connect(self.copy)
        self.reading.value_changed.connect(self._read_otherwise)
        self.until.activated.connect(self._begin)
        self.policy.activated.connect(self._show_plan)
        self.view.value_changed.connect(self._show_people)
        self.steps.row_opened.connect(self._open)
        self.left_out.row_opened.connect(self._open)

    def _take_size(self) -> None:
        parent = self.parentWidget()
        room = (_WIDTH, _HEIGHT)
        if parent is not None:
            window = parent.window()
            room = window.width() - theme.AROUND, window.height() - theme.AROUND
        self.resize(min(_WIDTH, room[0]), min(_HEIGHT, room[1]))
        self.reading.setFocus()

    def _measured(self) -> Measured:
        return Measured(self.reading.value())

    def _offer_ends(self) -> None:
        """The ends that make sense for a reading: so many weeks, or ends of months."""
        today = self._session.context.today
        if self._measured() is Measured.EVERY_DAY:
            ends = [(day, _weeks_text(n, day)) for n in _WEEKS if (day := today + n * _A_WEEK)]
            chosen = ends[1][0]
        else:
            ends = [
                (day, said("bis {day}").format(day=texts.day(day)))
                for day in _ends_of_months(today)
            ]
            begin = self._session.context.post_time().enough_from
            chosen = next(day for day, _ in ends if day >= begin)
        self.until.show_choices([(day.isoformat(), text) for day, text in ends], chosen.isoformat())

    def _read_otherwise(self) -> None:
        self._offer_ends()
        self._begin()

    def _begin(self) -> None:
        """Plan anew; what was under way is given up."""
        self._stop()
        until = self.until.value()
        assert until is not None
        options = QuotaOptions(self._measured(), until=date.fromisoformat(until))
        self.show_error("")
        self._set_ready(ready=False)
        try:
            work = quota_planning.prepare(self._session.context, options)
        except UserError as error:
            self._refuse(error)
            return
        self.bar.wait()
        self.bar.show()
        self.answer.setText(self.tr("Wird geplant …"))
        task = tasks.run(lambda progress: work(progress.report), self._take, self._refuse)
        task.progressed.connect(self._tell)
        self._task = task

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _tell(self, done: int, total: int, stage: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        words = {
            Stage.CASELOAD: self.tr("Der Bestand wird gelesen …"),
            Stage.SHARES: self.tr("Anteile"),
            Stage.TALKS: self.tr("Gespräche"),
            Stage.WAITING: self.tr("Wartende"),
            Stage.DAYS: self.tr("Tage"),
        }
        self.bar.setAccessibleName(words[Stage(stage)])

    def _refuse(self, error: UserError) -> None:
        self._task = None
        self.bar.hide()
        for label in (self.answer, self.why, self.note):
            label.setText("")
        self.show_error(str(error))

    def _take(self, plans: QuotaPlans) -> None:
        self._task = None
        self.bar.hide()
        first = self._plans is None
        self._plans = plans
        names = [(each.policy.id, each.policy.short_title) for each in plans.plans]
        if first:
            self.policy.show_choices(names, names[0][0] if names else None)
            self.policy.setVisible(len(names) > 1)
        self._show_plan()

    def _chosen(self) -> PolicyPlan | None:
        plans = () if self._plans is None else self._plans.plans
        return next((each for each in plans if each.policy.id == self.policy.value()), None)

    def _show_plan(self) -> None:
        found, plans = self._chosen(), self._plans
        if found is None or plans is None:
            self.answer.setText(self.tr("Kein geltendes Konzept nennt Anteile am Bestand."))
            self.why.setText("\n".join(plans.notes) if plans else "")
            self.reading.hide()
            self.until.hide()
            self._set_ready(ready=False)
            return
        result = found.result
        self.subtitle.setText(found.policy.short_title)
        self.answer.setText(headline(found, result))
        why = details(plans, result)
        self.why.setText(" ".join(why))
        self.why.setVisible(bool(why))
        self.note.setText(self._about(found))
        self.bars.show_plan(found)
        self._step_model.show_rows(step_rows(found))
        self._left_model.show_rows(left_rows(found))
        self._count(STEPS, self.tr("Wen man trifft"), len(result.steps))
        self._count(LEFT_OUT, self.tr("Wer übrig bleibt"), len(result.left_out))
        self._set_ready(ready=True)
        self.bars.setVisible(self.bars.has_rows())
        self.plan_button.setEnabled(bool(result.steps))
        self._show_people()

    def _about(self, found: PolicyPlan) -> str:
        read = self.tr("So liest es das Konzept") if found.own is found.result.measured else ""
        said = [READING_NOTES[found.result.measured], *([read] if read else [])]
        others = "; ".join(map(comparison, found.others))
        lines = [self.tr("Gerechnet ist: {said}.").format(said=". ".join(said))]
        if others:
            lines.append(self.tr("Anders gelesen: {others}.").format(others=others))
        if not found.result.proven:
            lines.append(self.tr("Dass es mit weniger nicht geht, ist hier nicht bewiesen."))
        return " ".join(lines)

    def _count(self, view: str, words: str, number: int) -> None:
        button = self.view.button(view)
        button.setText(f"{words} {texts.whole(number)}")
        button.setAccessibleName(f"{words}, {texts.counted(number, 'Person', 'Personen')}")

    def _set_ready(self, *, ready: bool) -> None:
        for button in (self.copy_button, self.list_button, self.plan_button):
            button.setEnabled(ready)
        for part in (self.bars, self.view, self._lists):
            part.setVisible(ready)

    def _show_people(self) -> None:
        found = self._chosen()
        if found is None:
            return
        wanted = self.steps if self.view.value() == STEPS else self.left_out
        rows = wanted.model().rowCount()
        if rows:
            self._lists.setCurrentIndex(0 if wanted is self.steps else 1)
            wanted.setCurrentIndex(wanted.model().index(0, 0))
        else:
            self._lists.setCurrentIndex(2)
            if wanted is self.steps:
                self.nobody.say(self.tr("Niemand wird dafür gebraucht"), "")
            else:
                self.nobody.say(self.tr("Niemand bleibt übrig"), "")
        self.list_button.setEnabled(bool(rows))

    def _open(self, row: StepRow | LeftRow) -> None:
        self.accept()
        self.client_opened.emit(row.client.id)


def _weeks_text(number: int, day: date) -> str:
    return said("{number} Wochen, bis {day}").format(number=number, day=texts.day(day))


def _ends_of_months(today: date) -> Sequence[date]:
    found = [end_of_month(today + DAY)]
    while len(found) < _MONTHS:
        found.append(end_of_month(found[-1] + DAY))
    return found


def open_quota_plan(session: Session, parent: QWidget) -> QuotaPlanDialog:
    """Open the dialog over a window; who opens it connects what it wants."""
    dialog = QuotaPlanDialog(session, parent)
    show(dialog)
    return dialog
