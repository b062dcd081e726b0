"""How far is a step of thousands of changes that is taken back, or done again?"""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from kkd_desktop.actions.context import Context
from kkd_desktop.actions.undo import Step
from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui.background import run_beside
from kkd_desktop.gui.dialogs.base import Dialog, show
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.tasks import Task
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.work_bar import WorkBar

_WIDTH = 460

Reverse = Callable[[Context, Callable[[int, int], object]], Step | None]


class LargeStepDialog(Dialog):
    """It is done in another thread, all of it or nothing: whoever gives up finds all as it was."""

    def __init__(
        self,
        session: Session,
        title: str,
        step: Step,
        act: Reverse,
        told: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        """`told` is called with the name of the step once it is done."""
        super().__init__(title, parent=parent)
        self._session, self._act, self._told = session, act, told
        self._task: Task | None = None
        self.words = PlainLabel(step.name, wrap=True)
        self.bar = WorkBar()
        self.bar.setAccessibleName(title)
        self.bar.wait()
        self.body.addWidget(self.words)
        self.body.addWidget(self.bar)
        self.cancel_button = self.add_cancel()
        self.setFixedWidth(_WIDTH)

    def begin(self) -> None:
        self._task = run_beside(self._session, self._act, self._finish, self._refuse)
        self._task.progressed.connect(self.follow)
        self._task.ended.connect(self._end)

    def reject(self) -> None:
        """Ask it to stop; the dialog closes when it has."""
        if self._task is not None:
            self._task.cancel()
        self.cancel_button.setEnabled(False)

    def follow(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _finish(self, step: Step | None) -> None:
        self._session.look_for_changes()
        if step is not None:
            self._told(step.name)

    def _end(self) -> None:
        # Whoever gave up too late finds it done.
        self._session.look_for_changes()
        self.accept()

    def _refuse(self, fault: UserError) -> None:
        self._session.failed.emit(str(fault))


def open_large_step(
    session: Session,
    title: str,
    step: Step,
    act: Reverse,
    told: Callable[[str], object],
    parent: QWidget,
) -> LargeStepDialog:
    dialog = LargeStepDialog(session, title, step, act, told, parent)
    dialog.begin()
    show(dialog)
    return dialog
