"""How does a room of the Konzepte page ask the whole caseload, and what stands there meanwhile?"""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.empty import EmptyState

_MANY = 1000
_ANSWER, _WAITING, _NOTHING = range(3)


class AskingRoom(QWidget):
    """Asks when it is seen: at once where that is quick, else it first says that it takes a moment.

    The store belongs to this thread, so the question cannot be put in another one.
    """

    def __init__(
        self, session: Session, waiting: str, nothing: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._nothing = nothing
        self._stale = True
        self._clients: int | None = None
        self.empty = EmptyState(nothing)
        self._waiting = EmptyState(waiting)
        self.stack = QStackedWidget()

    def show_answer(self) -> int:
        """Ask, show the answer, and tell how many clients it is about."""
        raise NotImplementedError

    def set_answer_page(self, page: QWidget) -> None:
        """Where the answer is shown."""
        for each in (page, self._waiting, self.empty):
            self.stack.addWidget(each)

    def ask(self) -> None:
        """Ask anew, now or as soon as the room is seen."""
        self._stale = True
        if not self.isVisible():
            return
        if self._clients is not None and self._clients <= _MANY:
            self._ask()
            return
        self.stack.setCurrentIndex(_WAITING)
        QTimer.singleShot(0, self, self._ask)

    def has_answered(self) -> bool:
        """Whether what is shown is the answer, or why there is none."""
        return not self._stale

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.ask()

    def _ask(self) -> None:
        if not self._stale:
            return
        self._stale = False
        try:
            self._clients = self.show_answer()
        except UserError as fault:
            self._clients = None
            self.empty.say(self._nothing, str(fault))
            self.stack.setCurrentIndex(_NOTHING)
            return
        self.stack.setCurrentIndex(_ANSWER)
