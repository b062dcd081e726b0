"""What is stored from the calendar, and what is said about it?"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from kkd_desktop.actions import casework, undo
from kkd_desktop.actions import week as plans
from kkd_desktop.actions.context import Context
from kkd_desktop.domain import texts
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.week import Talk
from kkd_desktop.domain.worklist import Entry
from kkd_desktop.gui.models.waiting_rows import due_text
from kkd_desktop.gui.session import Session

_MOST_OFFERED = 8
_Result = TypeVar("_Result")


class WeekPlanning(QObject):
    """Books, moves and cancels; each is one step that can be taken back.

    Signals:
        stored: carries the id of the appointment that was booked or moved.
    """

    stored = Signal(int)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._window = parent

    def book(
        self, client_id: int, start: datetime, minutes: int | None, hints: Sequence[str] = ()
    ) -> None:
        booked = self._perform(
            lambda context: plans.book(context, client_id, start, minutes), hints
        )
        if booked is not None and booked[0].id is not None:
            self.stored.emit(booked[0].id)

    def move(self, talk: Talk, start: datetime, minutes: int, hints: Sequence[str] = ()) -> None:
        """Move, or change the length; who was told another time has to be told anew."""
        told = (self.tr("Einladung ist neu zuzustellen"),) if talk.is_announced else ()
        moved = self._perform(
            lambda context: plans.move(context, talk, start, minutes), (*told, *hints)
        )
        if moved is not None and moved.id is not None:
            self.stored.emit(moved.id)

    def cancel(self, talk: Talk) -> None:
        told = (self.tr("Absage ist mitzuteilen"),) if talk.is_announced else ()
        self._perform(lambda context: plans.cancel(context, talk), told)

    def offer_slot(
        self,
        moment: datetime,
        at: QPoint,
        waiting: Sequence[Entry],
        chosen: int | None,
        hints: Callable[[int, datetime], Sequence[str]],
    ) -> None:
        """A menu of those who wait longest, the one chosen in the list first; or somebody else.

        `hints` says what to know about a client at that time.
        """
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        heading = QAction(self.tr("{time} vergeben an").format(time=_short(moment)), menu)
        heading.setEnabled(False)
        menu.addAction(heading)
        today = self._session.context.today
        for entry in _offered(waiting, moment.date(), chosen):
            words = f"{entry.client.name}\t{due_text(entry.outcome.deciding, today)}"
            action = QAction(words.replace("&", "&&"), menu)
            action.triggered.connect(self._booker(entry.client.id, moment, hints))
            menu.addAction(action)
        menu.addSeparator()
        other = QAction(self.tr("Andere Person …"), menu)
        other.triggered.connect(lambda: self._ask_whom(moment))
        menu.addAction(other)
        first = menu.actions()[1]
        menu.setActiveAction(first if first.isEnabled() and not first.isSeparator() else other)
        menu.popup(at)

    def _booker(
        self, client_id: int, moment: datetime, hints: Callable[[int, datetime], Sequence[str]]
    ) -> Callable[[], None]:
        return lambda: self.book(client_id, moment, None, hints(client_id, moment))

    def _ask_whom(self, moment: datetime) -> None:
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.whom import WhomDialog

        people = casework.all_clients(self._session.context)
        show(
            WhomDialog(
                list(people), _short(moment), lambda c: self._fill_in(c, moment), self._window
            )
        )

    def _fill_in(self, client: Client, moment: datetime) -> None:
        from kkd_desktop.gui.dialogs.appointment import AppointmentDialog
        from kkd_desktop.gui.dialogs.base import show

        show(AppointmentDialog(self._session, client, start=moment, parent=self._window))

    def _perform(
        self, action: Callable[[Context], _Result], hints: Sequence[str]
    ) -> _Result | None:
        """Store it under the name that the action gives it, and say with it what to know."""
        result = self._session.perform(action)
        step = None if result is None else undo.to_undo(self._session.context)
        if step is not None:
            # The line has room for one remark; the most telling one comes first.
            self._session.done.emit(" · ".join((step.name, *hints[:1])))
        return result


def _offered(waiting: Sequence[Entry], day: date, chosen: int | None) -> list[Entry]:
    """First the one chosen in the list, then those whose window has begun by that day."""
    begun = [
        entry
        for entry in waiting
        if entry.client.id != chosen
        and (entry.outcome.deciding.earliest is None or entry.outcome.deciding.earliest <= day)
    ]
    first = [entry for entry in waiting if entry.client.id == chosen]
    return (first + begun)[:_MOST_OFFERED]


def _short(moment: datetime) -> str:
    """`Di 24.11., 09:30`."""
    return f"{texts.short_day(moment.date())}, {texts.clock(moment)}"
