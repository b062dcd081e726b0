"""Does the live calendar file follow what is stored in the window?

Whatever is stored, taken back or written by another process makes the session say `changed`; this
is the one listener that brings the file up to date, in a pool thread and a moment later.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from kkd_desktop.actions.live_calendar import LiveCalendar
from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import tasks
from kkd_desktop.gui.session import Session

_MOMENT_MS = 300
"""Several changes in one go make one file."""


class LiveCalendarFollower(QObject):
    """Writes the file for the window. A fault is said once and never stops the work.

    Signals:
        told: what is wrong with the file, as one sentence; empty when it is right again.
        settled: there was something to do, and it is done, well or not.
    """

    told = Signal(str)
    settled = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.fault = ""
        self._live = LiveCalendar(session.context)
        self._task: tasks.Task | None = None
        self._timer = QTimer(self, singleShot=True, interval=_MOMENT_MS)
        self._timer.timeout.connect(self._begin)
        session.changed.connect(self.follow)

    def follow(self) -> None:
        """Bring the file up to date, soon."""
        if self._live.is_wanted():
            self._timer.start()

    def try_again(self) -> None:
        """The same, and say it once more where it fails again."""
        self._tell("")
        self.follow()

    def finish(self) -> None:
        """Do at once what is still to be done: the caseload is about to close."""
        self._timer.stop()
        tasks.finish()
        self._do(self._live.due())

    def is_busy(self) -> bool:
        return self._timer.isActive() or self._task is not None

    def _begin(self) -> None:
        if self._task is not None:
            # Only one at a time, or an older state might be the last one written.
            self._timer.start()
            return
        work = self._live.due()
        if work is None:
            self._tell("")
            return
        self._task = tasks.run(
            lambda progress: work(),
            lambda _: self._tell(""),
            lambda fault: self._tell(str(fault)),
        )
        self._task.ended.connect(self._end)

    def _end(self) -> None:
        self._task = None
        self.settled.emit()

    def _do(self, work: Callable[[], None] | None) -> None:
        try:
            if work is not None:
                work()
        except UserError as fault:
            self._tell(str(fault))

    def _tell(self, fault: str) -> None:
        if fault != self.fault:
            self.fault = fault
            self.told.emit(fault)
