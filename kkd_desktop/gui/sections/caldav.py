"""Into which calendar on a server do the appointments go, if into any?"""

from PySide6.QtWidgets import (
    QWidget,
)

from kkd_desktop.actions import caldav
from kkd_desktop.domain.language import said
from kkd_desktop.gui.calendar_push import push_of
from kkd_desktop.gui.sections.base import Section
from kkd_desktop.gui.sections.server_login import ServerLogin
from kkd_desktop.gui.sections.used_calendar import UsedCalendar
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.labels import PlainLabel


class CaldavSection(Section):
    """Three faces: how to get the extra, the log-in with the choice of a calendar, and the
    calendar in use.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session, self.tr("Kalenderserver"), self.tr("CalDAV, ausgeschaltet, bis Sie ihn wählen")
        )
        self._off = self._note
        self._push = push_of(session)
        self.missing = PlainLabel(said(caldav.MISSING), wrap=True, muted=True)
        self.login = ServerLogin(session, self)
        self.used = UsedCalendar(session, self)
        for part in (self.missing, self.login, self.used):
            self.body.addWidget(part)

        self._push.ended.connect(self.show_settings)
        self._push.progressed.connect(self.used.show_progress)

    def show_settings(self) -> None:
        account = self.settings().server
        installed = caldav.is_installed()
        self.missing.setVisible(not installed)
        self.login.setVisible(installed and not account.is_chosen)
        self.used.setVisible(installed and account.is_chosen)
        assert self.heading is not None
        self._note = self.tr("CalDAV") if account.is_chosen else self._off
        self.heading.note.setText(self._note)
        if account.is_chosen:
            self.used.show_account(account)
        else:
            self.login.show_account(account)
