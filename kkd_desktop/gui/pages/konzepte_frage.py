"""How does a room of the Konzepte page ask the whole caseload, and what stands there meanwhile?"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from kkd_desktop.actions import casework
from kkd_desktop.actions.policies import OnShelf
from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import tasks
from kkd_desktop.gui.background import Work, run_beside
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.empty import EmptyState

_MANY = 150
"""So many people are asked about in a thread of its own; fewer take no longer than a painting."""
_ANSWER, _WAITING, _NOTHING = range(3)


class AskingRoom(QWidget):
    """Asks when it is seen: at once where that is quick, else it first says that it takes a moment
    and asks in another thread.
    """

    def __init__(
        self, session: Session, waiting: str, nothing: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._nothing = nothing
        self._stale = True
        self._asked_before = False
        self._task: tasks.Task | None = None
        self.empty = EmptyState(nothing)
        self._waiting = EmptyState(waiting)
        self.stack = QStackedWidget()
        session.finishing.connect(self._stop)

    def show_shelf(self, found: Sequence[OnShelf]) -> None:
        """Offer these concepts and ask anew."""
        raise NotImplementedError

    def question(self) -> Work[Any]:
        """What is to be worked out, as the fields stand now. `UserError` where there is nothing to
        ask, or nobody to ask about.
        """
        raise NotImplementedError

    def show_answer(self, answer: Any) -> None:
        """Show what `question` found."""
        raise NotImplementedError

    def set_answer_page(self, page: QWidget) -> None:
        """Where the answer is shown."""
        for each in (page, self._waiting, self.empty):
            self.stack.addWidget(each)

    def ask(self) -> None:
        """Ask anew, now or as soon as the room is seen."""
        self._stop()
        self._stale = True
        if not self.isVisible():
            return
        if self._asked_before and not self._is_long():
            self._ask()
            return
        self.stack.setCurrentIndex(_WAITING)
        # Two turns later: the room is laid out and painted in the first of them.
        QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, self._ask))

    def has_answered(self) -> bool:
        """Whether what is shown is the answer, or why there is none."""
        return not self._stale and self._task is None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.ask()

    def _is_long(self) -> bool:
        return casework.count_clients(self._session.context) > _MANY

    def _ask(self) -> None:
        if not self._stale:
            return
        self._stale, self._asked_before = False, True
        try:
            question = self.question()
            if self._is_long():
                self._task = run_beside(self._session, question, self._show, self._refuse)
                return
            answer = question(self._session.context, lambda done, total: None)
        except UserError as fault:
            self._refuse(fault)
            return
        self._show(answer)

    def _show(self, answer: Any) -> None:
        self._task = None
        self.show_answer(answer)
        self.stack.setCurrentIndex(_ANSWER)

    def _refuse(self, fault: UserError) -> None:
        self._task = None
        self.empty.say(self._nothing, str(fault))
        self.stack.setCurrentIndex(_NOTHING)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
