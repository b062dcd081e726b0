"""Where was the user when the window was locked, and what had they begun?"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractItemView, QWidget

from kkd_desktop.actions import left_open
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.left_open import PLACE, LeftOpen
from kkd_desktop.gui import drafts
from kkd_desktop.gui.dialogs.base import Dialog, show
from kkd_desktop.gui.theme import Tone

if TYPE_CHECKING:
    from kkd_desktop.gui.workplace import Workplace

_CLIENT_PAGE = "akte"


class Resuming(QObject):
    """Takes down the place before the lock, and goes back there after it."""

    def __init__(self, workplace: "Workplace") -> None:
        super().__init__(workplace)
        self._workplace = workplace
        self._session, self._window = workplace.session, workplace.window

    def place(self) -> LeftOpen:
        """The page, the client who is shown or highlighted, and how far each list is scrolled."""
        name = self._window.current_page()
        page = self._window.page(name)
        assert page is not None
        current = getattr(page, "current_client_id", None)
        content = {"page": name, "scrolled": _scrolled(page)}
        return LeftOpen(PLACE, content, current() if current is not None else None)

    def resume(self, *, after_lock: bool) -> None:
        """Go back, and offer what was begun; whoever starts anew begins with Heute all the same."""
        for draft in left_open.drafts(self._session.context):
            self._offer(draft)
        # Last, because it writes: what was begun is offered where nothing can be stored, too.
        place = left_open.take_place(self._session.context)
        if after_lock and place is not None:
            self._go_to(place)

    def _go_to(self, place: LeftOpen) -> None:
        name = str(place.content["page"])
        if name == _CLIENT_PAGE:
            if place.client_id is None:
                return
            self._workplace.open_client(place.client_id)
            page = self._window.page(name)
        else:
            page = self._window.show_page(name)
            choose = getattr(page, "choose_client", None)
            if choose is not None and place.client_id is not None:
                choose(place.client_id)
        scrolled = place.content["scrolled"]
        assert page is not None
        assert isinstance(scrolled, list)
        _scroll(page, scrolled)

    def _offer(self, draft: LeftOpen) -> None:
        self._window.show_notice(
            _name(draft),
            self.tr("„{title}“ war beim Sperren noch offen; was Sie schrieben, ist da.").format(
                title=drafts.title_of(draft)
            ),
            Tone.SOON,
            self.tr("Fortsetzen"),
            lambda: self._take_up(draft),
        )

    def _take_up(self, draft: LeftOpen) -> None:
        dialog = self._reopened(draft)
        if dialog is None or not drafts.resume(dialog, draft):
            # All of it can be read at least, and stays until somebody says otherwise.
            from kkd_desktop.gui.dialogs.left_over import LeftOverDialog

            show(LeftOverDialog(draft, lambda: self._discard(draft), self._window))
            if dialog is not None:
                dialog.deleteLater()
            return
        dialog.finished.connect(lambda: self._discard(draft))
        show(dialog)

    def _reopened(self, draft: LeftOpen) -> Dialog | None:
        try:
            if draft.kind == "contact":
                from kkd_desktop.gui.dialogs import contact

                return contact.reopened(self._session, draft, self._window)
            if draft.kind == "client":
                from kkd_desktop.gui.dialogs import client

                return client.reopened(self._session, draft, self._window)
        except UserError:
            # Deleted meanwhile in another process.
            return None
        return None

    def _discard(self, draft: LeftOpen) -> None:
        self._session.perform(lambda context: left_open.discard(context, draft))
        self._window.clear_notice(_name(draft))


def _name(draft: LeftOpen) -> str:
    return f"draft{draft.id}"


def _lists(page: QWidget) -> list[QAbstractItemView]:
    return [each for each in page.findChildren(QAbstractItemView) if each.isVisibleTo(page)]


def _scrolled(page: QWidget) -> list[int]:
    return [each.verticalScrollBar().value() for each in _lists(page)]


def _scroll(page: QWidget, values: list[int]) -> None:
    for each, value in zip(_lists(page), values, strict=False):
        each.verticalScrollBar().setValue(value)
