"""How does slow work stay off the GUI thread, show its progress and stop on demand?"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, Qt, QThreadPool, Signal

from kkd_desktop.domain.errors import UserError

T = TypeVar("T")


class Cancelled(Exception):
    """The user stopped the work; nothing is delivered."""


class Progress:
    """What the work may use from its own thread."""

    def __init__(self, task: Task) -> None:
        self._task = task

    def report(self, done: int, total: int, text: str = "") -> None:
        """Say how far it is; the place to stop when the user asked for it."""
        self.stop_if_cancelled()
        self._task._reported.emit(done, total, text)

    def stop_if_cancelled(self) -> None:
        if self._task.is_cancelled():
            raise Cancelled


class Task(QObject):
    """Work under way. Its signals arrive in the thread that made it.

    Signals:
        progressed: done, total, text.
        succeeded: carries the result.
        failed: carries the `UserError`; any other error is raised in the GUI thread.
        ended: in every case, after the others; also when cancelled.
    """

    progressed = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(UserError)
    ended = Signal()
    _reported = Signal(int, int, str)
    _returned = Signal()

    def __init__(self, work: Callable[[Progress], Any]) -> None:
        # Owned by the application, so that it never ends in the pool thread, which may be the last
        # to know it. The work and its outcome wait here for the same reason: they hold widgets.
        super().__init__(QCoreApplication.instance())
        self._work: Callable[[Progress], Any] | None = work
        self._outcome: tuple[object, BaseException | None] = (None, None)
        self._cancelled = Event()
        # Queued, so that nothing is missed by whoever connects right after the start.
        queued = Qt.ConnectionType.QueuedConnection
        self._reported.connect(self.progressed, queued)
        self._returned.connect(self._deliver, queued)

    def cancel(self) -> None:
        """Ask the work to stop; it does at its next report, and nothing is delivered."""
        self._cancelled.set()

    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def _do(self) -> None:
        """Work, in the pool thread, and leave nothing of it behind there."""
        assert self._work is not None
        try:
            self._outcome = (self._work(Progress(self)), None)
        except BaseException as caught:
            # Nothing may be lost in a pool thread: it is raised again in the GUI thread.
            self._outcome = (None, caught)
        self._returned.emit()

    def _deliver(self) -> None:
        _running.discard(self)
        result, error = self._outcome
        self._work, self._outcome = None, (None, None)
        try:
            if self.is_cancelled():
                return
            if error is None:
                self.succeeded.emit(result)
            elif isinstance(error, UserError):
                self.failed.emit(error)
            else:
                raise error
        finally:
            self.ended.emit()
            self.deleteLater()


_running: set[Task] = set()
"""Keeps a task alive while its work is under way, whoever else forgot it."""


class _Runnable(QRunnable):
    def __init__(self, task: Task) -> None:
        super().__init__()
        self._task = task

    def run(self) -> None:
        self._task._do()


def run(
    work: Callable[[Progress], T],
    on_success: Callable[[T], object] | None = None,
    on_failure: Callable[[UserError], object] | None = None,
    pool: QThreadPool | None = None,
) -> Task:
    """Start the work in a pool thread; the callables are called in this thread."""
    task = Task(work)
    if on_success is not None:
        task.succeeded.connect(on_success)
    if on_failure is not None:
        task.failed.connect(on_failure)
    _running.add(task)
    (pool or QThreadPool.globalInstance()).start(_Runnable(task))
    return task


def is_working() -> bool:
    """Whether anything is under way."""
    return bool(_running)


def finish() -> None:
    """Wait for what is under way: no thread may outlive the interpreter it works with."""
    for task in _running:
        task.cancel()
    QThreadPool.globalInstance().waitForDone()
