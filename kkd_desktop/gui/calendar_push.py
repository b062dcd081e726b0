"""Who brings the calendar on the server up to date while the window goes on, and what came of it?

Nothing here asks the network by itself: only what the user presses, or after a change where that
was switched on.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import caldav
from kkd_desktop.actions.caldav import Job, PasswordWanted
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.server_account import ServerAccount, WrongLogin
from kkd_desktop.domain.server_calendar import (
    Conflict,
    Password,
    PushPlan,
    PushResult,
    Step,
)
from kkd_desktop.gui import tasks
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.tasks import Progress, Task

Result = TypeVar("Result")

_CALM_MS = 3000
"""After a change the next one may follow at once: then both go out together."""


def push_of(session: Session) -> "CalendarPush":
    """The one of this session."""
    found = session.findChild(CalendarPush)
    return CalendarPush(session) if found is None else found


class CalendarPush(QObject):
    """One push at a time. The password that was typed is kept here and nowhere else.

    Signals:
        progressed: done, total.
        ended: a push is over, in whatever way; `fault`, `conflicts` and `taken` are new.
        left_over: how many entries stand there of appointments that were deleted here.
    """

    progressed = Signal(int, int)
    ended = Signal()
    left_over = Signal(int)
    _step_done = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.conflicts: tuple[Conflict, ...] = ()
        self.taken = 0
        self.fault = ""
        self._session = session
        self._password: Password | None = None
        self._task: Task | None = None
        self._quiet = False
        self._told = ""
        self._parent: QWidget | None = None
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._calm.timeout.connect(self._push_quietly)
        # What the server has acknowledged is written down in the thread of the store.
        self._step_done.connect(self._record, Qt.ConnectionType.QueuedConnection)

    def follow(self) -> None:
        """Push after every change, as long as that is switched on; else say what waits for one."""
        self._session.changed.connect(self._after_change)
        self.ended.connect(self._tell_left_over)
        self._tell_left_over()

    def is_running(self) -> bool:
        return self._task is not None

    def use_password(self, password: Password | None) -> None:
        """Take what was typed, until the program ends."""
        self._password = password

    def push(self, parent: QWidget | None = None) -> None:
        """Bring the calendar up to date; over `parent` the password is asked for."""
        self._begin(parent, nothing=False)

    def withdraw(self, parent: QWidget | None = None) -> None:
        """Take everything of ours out of the calendar."""
        self._begin(parent, nothing=True)

    def settle(self, steps: Sequence[Step], left: Sequence[Conflict]) -> None:
        """Do what the user chose about conflicts; the others are left for later."""
        account = self._session.context.settings.server
        if not self.is_running():
            self._quiet, self._parent = False, None
            self._carry_out(account, PushPlan(account.calendar, tuple(steps), tuple(left)))

    def show_conflicts(self, parent: QWidget | None) -> None:
        """Ask over `parent` what holds, where there is something to decide."""
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.server_conflicts import ServerConflictsDialog

        if self.conflicts and parent is not None:
            show(ServerConflictsDialog(self, parent))

    def cancel(self) -> None:
        """Stop after the entry that is under way; the next push goes on from there."""
        if self._task is not None:
            self._task.cancel()

    def _after_change(self) -> None:
        account = self._session.context.settings.server
        if account.automatic and account.is_chosen:
            self._calm.start()
        else:
            self._tell_left_over()

    def _tell_left_over(self) -> None:
        context = self._session.context
        self.left_over.emit(caldav.orphans(context) if context.settings.server.is_chosen else 0)

    def _push_quietly(self) -> None:
        if self.is_running():
            self._calm.start()
        elif self._session.context.settings.server.is_chosen:
            self._begin(None, nothing=False, quiet=True)

    def _begin(self, parent: QWidget | None, *, nothing: bool, quiet: bool = False) -> None:
        if self.is_running():
            return
        self._quiet, self._parent = quiet, parent
        try:
            caldav.require_installed()
            job = caldav.prepare(self._session.context, nothing=nothing)
        except UserError as fault:
            self._fail(nothing, fault)
            return
        work = partial(_look, job, self._password)
        plan = partial(self._carry_out, job.account)
        self._run(work, plan, partial(self._fail, nothing))

    def _carry_out(self, account: ServerAccount, plan: PushPlan) -> None:
        try:
            caldav.begin(self._session.context, plan)
        except UserError as fault:
            self._fail(False, fault)
            return
        work = partial(_carry_out, account, plan, self._password, self._step_done.emit)
        self._run(work, partial(self._finish, plan.calendar), partial(self._fail, False))

    def _run(
        self,
        work: Callable[[Progress], Result],
        on_success: Callable[[Result], object],
        on_failure: Callable[[UserError], object],
    ) -> None:
        self._task = task = tasks.run(work)
        task.progressed.connect(lambda done, total, _: self.progressed.emit(done, total))
        task.ended.connect(partial(self._let_go, task))
        task.succeeded.connect(on_success)
        task.failed.connect(on_failure)
        self.progressed.emit(0, 0)

    def _let_go(self, task: Task) -> None:
        # Its success may have begun the next one.
        if self._task is task:
            self._task = None
            self.ended.emit()

    def _record(self, step: Step) -> None:
        caldav.record(self._session.context, step)

    def _finish(self, calendar: str, result: PushResult) -> None:
        caldav.finish(self._session.context, calendar, result)
        self.conflicts, self.taken = result.conflicts, result.taken
        self.fault = self._told = ""
        if not self._quiet:
            self._session.done.emit(self._said(result))
            self.show_conflicts(self._parent)

    def _fail(self, nothing: bool, fault: UserError) -> None:
        self.fault = str(fault)
        if not self._quiet and self._parent is not None:
            can_remember = getattr(fault, "can_remember", None)
            if isinstance(fault, PasswordWanted):
                self._ask(nothing, "", bool(can_remember))
                return
            if isinstance(fault, WrongLogin):
                self._password = None
                self._ask(nothing, str(fault), True)
                return
        # After every change the same sentence would only be in the way.
        if not self._quiet or self._told != self.fault:
            self._session.failed.emit(self.fault)
        self._told = self.fault
        if self._task is None:
            self.ended.emit()

    def _ask(self, nothing: bool, said: str, can_remember: bool) -> None:
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.server_password import ServerPasswordDialog

        account = self._session.context.settings.server
        parent = self._parent
        dialog = ServerPasswordDialog(account, said, can_remember=can_remember, parent=parent)

        def take(typed: Password) -> None:
            self._password = typed
            if dialog.wants_remembering():
                tasks.run(lambda _: caldav.remember_password(account, typed))
            self._begin(parent, nothing=nothing)

        dialog.typed.connect(take)
        show(dialog)

    def _said(self, result: PushResult) -> str:
        """`Kalender abgeglichen: 3 neu, 1 geändert, 2 zurückgezogen`."""
        parts = [
            f"{number} {word}"
            for number, word in (
                (result.created, self.tr("neu")),
                (result.changed, self.tr("geändert")),
                (result.withdrawn, self.tr("zurückgezogen")),
                (
                    len(result.conflicts),
                    self.tr("Konflikt") if len(result.conflicts) == 1 else self.tr("Konflikte"),
                ),
            )
            if number
        ]
        what = ", ".join(parts) or self.tr("nichts zu ändern")
        return self.tr("Kalender abgeglichen: {what}").format(what=what)


def _look(job: Job, typed: Password | None, progress: Progress) -> PushPlan:
    password = caldav.known_password(job.account, typed)
    progress.stop_if_cancelled()
    with caldav.server_of(job.account, password) as server:
        return caldav.look(job, server, progress.report)


def _carry_out(
    account: ServerAccount,
    plan: PushPlan,
    typed: Password | None,
    step_done: Callable[[Step], object],
    progress: Progress,
) -> PushResult:
    password = caldav.known_password(account, typed)
    with caldav.server_of(account, password) as server:
        return caldav.carry_out(plan, server, step_done, progress.report)
