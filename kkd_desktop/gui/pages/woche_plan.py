"""How does a proposed plan come into the calendar, and from there into the store?"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from kkd_desktop.actions import appointments, casework, letters, planning, undo
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.planning import Options, Work
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import Appointment, AppointmentState
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.plan import Plan, PlannedTalk, ShowRate
from kkd_desktop.domain.planning import Stage
from kkd_desktop.domain.week import Week
from kkd_desktop.gui import clock, tasks
from kkd_desktop.gui.background import beside, run_beside
from kkd_desktop.gui.models.plan_rows import PlanGroup, groups_of
from kkd_desktop.gui.models.week_proposals import ProposedTalk, card_key, with_proposals
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.tasks import Progress, Task
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.plan_panel import PlanPanel

if TYPE_CHECKING:
    from kkd_desktop.gui.pages.woche import WochePage

_TELL_EVERY = 0.05
_MANY = 1000
"""So many people are read in the other thread too; fewer take no time worth speaking of."""


class PlanPreview(QObject):
    """A plan beside a `WochePage`, made off its thread and stored only when it is accepted.

    It stays while one looks at other weeks and pages; what is stored meanwhile is checked against
    it.

    Signals:
        opened: the panel is to stand beside the calendar.
        closed: the panel is not needed any more.
        changed: other talks are proposed or chosen than before.
        letters_wanted: letters are to be written to the appointments with these ids.
    """

    opened = Signal()
    closed = Signal()
    changed = Signal()
    letters_wanted = Signal(object)

    def __init__(self, page: WochePage, session: Session) -> None:
        super().__init__(page)
        self._page = page
        self._session = session
        self._task: Task | None = None
        self._only: frozenset[int] | None = None
        self._options = Options()
        self._is_storing = False
        self._is_outrun = False
        self._booked: tuple[int, ...] = ()
        self.plan: Plan | None = None
        self.panel = PlanPanel(page)
        panel, view = self.panel, page.view

        panel.planning_wanted.connect(self.make)
        panel.everyone_wanted.connect(lambda: self.ask(None))
        panel.stop_wanted.connect(self.stop)
        panel.accept_wanted.connect(self.accept)
        panel.again_wanted.connect(lambda: self.ask(self._only))
        panel.anew_wanted.connect(lambda: self.make(self._options))
        panel.closed.connect(self.close)
        panel.letters_wanted.connect(self._write_letters)
        panel.result.list.plan_model.ticked.connect(lambda: self.changed.emit())
        panel.result.list.talk_chosen.connect(self._show_talk)
        panel.result.list.client_opened.connect(page.client_opened)
        view.proposal_chosen.connect(self._choose)
        view.proposal_toggled.connect(self._toggle)
        page.weeks.day_chosen.connect(self._choose_of_day)
        session.finishing.connect(self._stop_work)

    def ask(self, only: Collection[int] | None) -> None:
        """Ask how to plan, for all or only for these people; not while a plan is being stored."""
        if self._is_storing:
            return
        self._stop_work()
        self._forget()
        self._only = None if only is None else frozenset(only)
        options = self.panel.options
        options.ask(self._only)
        if self._is_large():
            # What is typed meanwhile is meant for the panel.
            rate = beside(self._session, lambda context, _: planning.show_rate(context))
            self._task = tasks.run(rate, self._show_past, self._fail)
        else:
            options.show_past(planning.show_rate(self._session.context))
        self.panel.show_options()
        self.opened.emit()
        self.changed.emit()

    def _show_past(self, rate: ShowRate) -> None:
        self._task = None
        self.panel.options.show_past(rate)

    def make(self, options: Options) -> None:
        """Read at once, plan in another thread."""
        self._stop_work()
        self._forget()
        self._options = options
        self.panel.show_work()
        self.panel.take_keys()
        self.changed.emit()
        # The panel is painted before the caseload is read.
        QTimer.singleShot(0, self, self._begin)

    def stop(self) -> None:
        """Give up the work under way and ask again."""
        self._stop_work()
        self.panel.show_options()
        self.panel.take_keys()

    def accept(self) -> None:
        """Take over the chosen talks as one step, in another thread, then go on to their letters.

        Until they are stored the panel stays as it is.
        """
        plan, chosen = self.plan, self.panel.result.list.plan_model.chosen
        if plan is None or not chosen or self._is_storing:
            return

        def work(context: Context, progress: object) -> tuple[Appointment, ...]:
            return planning.apply(context, plan, chosen)

        self._is_storing = True
        self.panel.say_storing()
        task = run_beside(self._session, work, self._follow_accepted, self._refuse)
        task.ended.connect(self._give_up_storing)

    def _follow_accepted(self, made: tuple[Appointment, ...]) -> None:
        self._forget()
        self._session.look_for_changes()
        self._end_storing()
        self._booked = tuple(each.id for each in made if each.id is not None)
        self.panel.show_taken(len(made))
        self._follow_taken()
        if self._page.isVisible():
            self.panel.take_keys()
        self.changed.emit()
        step = undo.to_undo(self._session.context)
        if step is not None:
            self._session.done.emit(step.name)

    def _end_storing(self) -> None:
        self._is_storing = False
        self.panel.setEnabled(True)

    def _give_up_storing(self) -> None:
        """After a fault that nobody knew: the plan can still be thrown away."""
        if self._is_storing:
            self._end_storing()
            self.panel.result.count()

    def close(self) -> None:
        """Discard what was not accepted; nothing of it was ever stored."""
        self._stop_work()
        self._forget()
        self._booked = ()
        self.closed.emit()
        self.changed.emit()

    def check(self) -> None:
        """Something was stored: say what of the plan it has outrun."""
        if self._is_storing:
            return
        if self._booked:
            self._follow_taken()
        if self.plan is None:
            # What is being planned was read before.
            self._is_outrun = True
            return
        context, model = self._session.context, self.panel.result.list.plan_model
        gone = planning.outdated(context, self.plan, clock.local_now(context.today))
        if gone != model.gone:
            model.leave_out(gone)
        if gone:
            number = texts.counted(len(gone), "Vorschlag ist", "Vorschläge sind")
            said = self.tr(
                "Der Bestand hat sich geändert: {number} überholt und nicht mehr gewählt."
            )
            self.panel.result.say(said.format(number=number), Tone.SOON, offers_anew=True)
        else:
            said = self.tr("Seit diesem Vorschlag wurde etwas gespeichert; alle Termine passen.")
            self.panel.result.say(said, Tone.NEUTRAL, offers_anew=True)

    def in_week(self, week: Week, *, only_chosen: bool = False) -> Week:
        """The week with the talks of the plan in it."""
        if self.plan is None:
            return week
        chosen = self.panel.result.list.plan_model.chosen
        talks = self.plan.chosen(chosen) if only_chosen else iter(self.plan.talks)
        days = {plan.day for plan in week.days}
        return with_proposals(week, (each for each in talks if each.day in days), chosen)

    def marked(self) -> int | None:
        """The card of the talk that is the current one in the list."""
        model = self.panel.result.list.plan_model
        row = model.row(self.panel.result.list.currentIndex())
        return None if self.plan is None or row is None or row.key is None else card_key(row.key)

    def _begin(self) -> None:
        if self._task is not None or not self.panel.is_working():
            return
        self._is_outrun = False
        try:
            prepared = self._prepared(self._options)
        except UserError as fault:
            self._fail(fault)
            return
        self._task = tasks.run(partial(_plan, prepared), self._show, self._fail)
        self._task.progressed.connect(self.panel.working.show_progress)

    def _is_large(self) -> bool:
        return casework.count_clients(self._session.context) > _MANY

    def _prepared(self, options: Options) -> Callable[[Progress], Work]:
        """What is to be planned, read now; of many people it is read in the other thread."""
        context = self._session.context
        now = clock.local_now(context.today)
        if self._is_large():
            return beside(self._session, lambda other, _: planning.prepare(other, now, options))
        work = planning.prepare(context, now, options)
        return lambda progress: work

    def _show(self, made: tuple[Plan, list[PlanGroup]]) -> None:
        self._task = None
        self.plan, groups = made
        self.panel.show_plan(self.plan, groups)
        if self._is_outrun:
            self.check()
        self.changed.emit()
        if self._page.isVisible():
            self.panel.take_keys()

    def _fail(self, fault: UserError) -> None:
        self._task = None
        self.panel.show_options()
        self._session.failed.emit(str(fault))

    def _refuse(self, fault: UserError) -> None:
        self._end_storing()
        # What was stored meanwhile, here or by another process, is shown before it is said.
        self._session.look_for_changes()
        self.panel.result.count()
        self.panel.result.say(str(fault), Tone.LATE, offers_anew=True)
        if self._page.isVisible():
            self.panel.take_keys()

    def _stop_work(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _forget(self) -> None:
        self.plan = None
        self._booked = ()
        self.panel.result.list.show_plan(None)

    def _show_talk(self, talk: PlannedTalk) -> None:
        """The row is the current one: its card comes into sight, the keys stay where they are."""
        page = self._page
        if page.view.hasFocus() and page.view.marked == card_key(talk.key):
            return
        if page.week is None or page.week.day(talk.day) is None or not page.shows(talk.day):
            page.show_day(talk.day)
        page.mark(card_key(talk.key))

    def _choose(self, talk: ProposedTalk) -> None:
        self.panel.result.list.choose(talk.planned.key)

    def _choose_of_day(self, day: date) -> None:
        talks = () if self.plan is None else self.plan.talks
        first = next((each for each in talks if each.day == day), None)
        if first is not None:
            self.panel.result.list.choose(first.key)

    def _toggle(self, talk: ProposedTalk) -> None:
        if self._is_storing:
            return
        self.panel.result.list.choose(talk.planned.key)
        self.panel.result.list.plan_model.toggle_talk(talk.planned)

    def _standing(self) -> list[Appointment]:
        """What was taken over and not taken back since."""
        return appointments.still_stored(self._session.context, self._booked)

    def _follow_taken(self) -> None:
        """Letters were written, or the plan was taken back."""
        found = self._standing()
        if found:
            unwritten = sum(each.state is AppointmentState.BOOKED for each in found)
            self.panel.taken.show_unwritten(unwritten, letters.MOST_LETTERS)
        else:
            self.close()

    def _write_letters(self) -> None:
        found = self._standing()
        self.letters_wanted.emit(
            [each.id for each in found if each.state is AppointmentState.BOOKED]
        )


def _plan(prepared: Callable[[Progress], Work], progress: Progress) -> tuple[Plan, list[PlanGroup]]:
    """The work, telling not more often than one can see, and the rows it is shown in."""
    work = prepared(progress)
    told = 0.0

    def watch(done: int, total: int, stage: Stage) -> None:
        nonlocal told
        progress.stop_if_cancelled()
        if monotonic() - told >= _TELL_EVERY:
            told = monotonic()
            progress.report(done, total, stage)

    plan = work(watch)
    return plan, groups_of(plan)
