"""How do pages act on the open caseload, and how do they hear that it changed?"""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from kkd_desktop.actions.context import Context
from kkd_desktop.actions.kept_entries import KeptEntries
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import german

if TYPE_CHECKING:
    from kkd_desktop.actions.undo import Step
    from kkd_desktop.domain.rulebook import Rulebook
    from kkd_desktop.domain.worklist import Entry
    from kkd_desktop.gui.live_calendar import LiveCalendarFollower
    from kkd_desktop.gui.tasks import Task

    Evaluated = tuple[list[Entry], Rulebook]

Result = TypeVar("Result")
_NEVER = -1
_MOST_OUTDATED = 4
"""So many answers in a row may come too late before pages evaluate everybody themselves."""


class Session(QObject):
    """The open caseload in the window. Pages ask `actions` with `context` and show `domain`.

    Signals:
        changed: something was stored, here or by another process: pages ask anew.
        done: what was stored, in a few words for the line of notices; never a name.
        failed: a known fault, as one sentence.
        lost: whether the open file was moved, replaced or deleted; False when it is back.
        finishing: the caseload is about to close.
    """

    changed = Signal()
    done = Signal(str)
    failed = Signal(str)
    lost = Signal(bool)
    finishing = Signal()

    def __init__(
        self,
        context: Context,
        parent: QObject | None = None,
        *,
        follows_clock: Callable[[], date] | None = None,
    ) -> None:
        """`follows_clock` tells the day; without it the context's day stays, as on a fixed day."""
        super().__init__(parent)
        self.context = context
        context.kept = KeptEntries(context.store)
        self._clock = follows_clock
        self._seen = context.store.data_version()
        self._is_lost = False
        self._evaluation: Task | None = None
        self._outdated = 0
        self._live_calendar: LiveCalendarFollower | None = None
        self.shows_small_pages = True
        """Whether previews show them at their side; as it was chosen in the last one."""

    @property
    def live_calendar(self) -> "LiveCalendarFollower":
        """Keeps the live calendar file up to date from the first time it is asked for."""
        if self._live_calendar is None:
            from kkd_desktop.gui.live_calendar import LiveCalendarFollower

            self._live_calendar = LiveCalendarFollower(self)
        return self._live_calendar

    def finish(self) -> None:
        """Do what was put off; the caseload is about to close."""
        if self._evaluation is not None:
            self._evaluation.cancel()
            self._evaluation = None
        self.finishing.emit()
        if self._live_calendar is not None:
            self._live_calendar.finish()

    def perform(
        self,
        action: Callable[[Context], Result],
        said: Callable[[], str] | None = None,
        refused: Callable[[str], object] | None = None,
    ) -> Result | None:
        """Carry out an action that stores something; where it is refused, None.

        What is `said` of it is the name of the step that can be taken back: in German in the
        history and, in `done`, in the language of the window. `refused` takes the sentence where
        it is to be shown in place, else `failed` is sent.
        """
        try:
            # Without a name of ours the action's own one counts.
            with self.context.store.write(_in_german(said)) if said else nullcontext():
                result = action(self.context)
        except UserError as fault:
            # What the action had changed on the way was undone in the store.
            self.context.forget()
            (refused or self.failed.emit)(str(fault))
            return None
        self.changed.emit()
        if said:
            self.done.emit(said())
        return result

    def undo(self) -> str:
        """Take the last step back and return its name; empty where there is none, or it cannot."""
        from kkd_desktop.actions import undo

        return self._step(undo.undo)

    def undo_to(self, step_id: int) -> int:
        """Take back all steps down to this one; how many, none where one of them cannot be."""
        from kkd_desktop.actions import undo

        return len(self.perform(lambda context: undo.undo_to(context, step_id)) or ())

    def redo(self) -> str:
        """Do again what was taken back last; returns as `undo`."""
        from kkd_desktop.actions import undo

        return self._step(undo.redo)

    def _step(self, act: "Callable[[Context], Step | None]") -> str:
        step = self.perform(act)
        return "" if step is None else step.name

    def look_for_changes(self) -> None:
        """Ask whether another process has written or a day has begun; if so, pages ask anew."""
        is_lost = not self.context.store.is_in_place() or (
            self._is_lost and not self._found_again()
        )
        if is_lost != self._is_lost:
            self._is_lost = is_lost
            self.lost.emit(is_lost)
        if is_lost:
            # Nothing is read of what may be out of reach.
            return
        seen = self.context.store.data_version()
        today = self.context.today if self._clock is None else self._clock()
        is_another_day = today != self.context.today
        if not is_another_day and (seen == self._seen or self._evaluation is not None):
            # What was written while an evaluation is under way is looked at after it.
            return
        self._seen = seen
        self.context.today = today
        self.context.forget()
        kept = self.context.kept
        if is_another_day or kept is None or not kept.is_large():
            self.changed.emit()
        else:
            self._evaluate_beside(kept)

    def _found_again(self) -> bool:
        """Whether the file that was lost opens anew: a disk that was pulled leaves what was open
        unusable.
        """
        from kkd_desktop.actions import stores

        try:
            stores.reopen(self.context)
        except UserError:
            return False
        # Elsewhere anything may have been written into it.
        self._seen = _NEVER
        return True

    def _evaluate_beside(self, kept: KeptEntries) -> None:
        """Others wrote, and nobody knows about whom: many people are evaluated in another thread
        before pages hear of it.
        """
        from kkd_desktop.actions import worklist
        from kkd_desktop.gui.background import run_beside

        def work(context: Context, progress: object) -> "Evaluated":
            policies = context.policies()
            return worklist.evaluated(context, policies), policies

        def end() -> None:
            if self._evaluation is task:
                self._evaluation = None
                if today == self.context.today:
                    self._take(kept, answers[0] if answers else None)

        today, answers = self.context.today, list["Evaluated"]()
        task = run_beside(self, work, answers.append, lambda fault: self.failed.emit(str(fault)))
        # After every end: what went wrong is said, and everybody is evaluated here.
        task.ended.connect(end)
        self._evaluation = task

    def _take(self, kept: KeptEntries, answer: "Evaluated | None") -> None:
        """Let pages ask anew. Where others wrote again, they are looked at again at once, so that
        nobody acts on what is unknown; of those who never stop, pages hear now and then all the
        same.
        """
        try:
            is_outdated = self.context.store.data_version() != self._seen
            if answer is not None and is_outdated and self._outdated < _MOST_OUTDATED:
                self._outdated += 1
                self.look_for_changes()
                return
            if answer is not None:
                kept.take(self.context, *answer, self._seen)
        except UserError as fault:
            self.failed.emit(str(fault))
        self._outdated = 0
        self.changed.emit()


def _in_german(name: Callable[[], str]) -> str:
    with german():
        return name()
