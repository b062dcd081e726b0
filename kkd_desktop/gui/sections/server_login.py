"""How does the program get to a calendar on a server? Logging in, and choosing one."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.actions import caldav
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.server_account import ServerAccount
from kkd_desktop.domain.server_calendar import Password, ServerCalendar
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import tasks, theme
from kkd_desktop.gui.calendar_push import push_of
from kkd_desktop.gui.sections.base import Section, line_of, put
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.tasks import Progress
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.calm import Choice
from kkd_desktop.gui.widgets.field import FormField, side_by_side
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.passphrase import passphrase_edit


class ServerLogin(QWidget):
    """Address, user and password, then which of the calendars there."""

    def __init__(self, session: Session, section: Section) -> None:
        super().__init__()
        self._session, self._section = session, section
        self._found: tuple[ServerCalendar, ...] = ()
        self._account = ServerAccount()
        self._password = Password("")
        self.address = FormField(
            self.tr("Adresse"),
            QLineEdit(),
            self.tr("Zum Beispiel https://cloud.example.org/remote.php/dav. Nur verschlüsselt."),
        )
        self.user = FormField(self.tr("Benutzer"), QLineEdit())
        self.password = FormField(self.tr("Passwort"), passphrase_edit())
        self.remember = QCheckBox(
            self.tr("Passwort im Schlüsselbund dieses Rechners merken, wenn er einen hat")
        )
        self.remember.setChecked(True)
        self.connect_button = Button(self.tr("Verbinden"))
        self.said = PlainLabel(muted=True, wrap=True)
        self._choice = Choice()
        self.calendar = FormField(
            self.tr("Kalender für die Termine"),
            self._choice,
            self.tr("Am besten ein eigener, den nur Sie sehen. Fremde Einträge bleiben unberührt."),
        )
        self.use_button = Button(self.tr("Diesen Kalender verwenden"))
        self._chosen = QWidget()
        self._lay_out()
        self._chosen.hide()

        self.connect_button.clicked.connect(self.ask_server)
        self.use_button.clicked.connect(self._use)
        for field in (self.address, self.user, self.password):
            line_of(field).returnPressed.connect(self.ask_server)
            field.edited.connect(self._start_again)

    def show_account(self, account: ServerAccount) -> None:
        put(self.address, account.address)
        put(self.user, account.user)

    def ask_server(self) -> None:
        """Log in and list the calendars; nothing is stored yet."""
        if not self.connect_button.isEnabled():
            return
        password = Password(line_of(self.password).text())
        address = _checked(self.address, caldav.checked_address)
        user = _checked(self.user, caldav.checked_user)
        if address is None or user is None:
            return
        if not password.reveal():
            self.password.show_error(self.tr("Geben Sie das Passwort ein."))
            return
        self._account, self._password = ServerAccount(address, user), password
        self._chosen.hide()
        self.connect_button.setEnabled(False)
        self.said.setText(self.tr("Der Server wird gefragt …"))
        self.said.set_tone(Tone.NEUTRAL)
        task = tasks.run(lambda _: caldav.calendars(address, user, password))
        task.succeeded.connect(self._show_calendars)
        task.failed.connect(self._refuse)
        task.ended.connect(lambda: self.connect_button.setEnabled(True))

    def _show_calendars(self, found: tuple[ServerCalendar, ...]) -> None:
        self._found = found
        choices = [
            (
                each.url,
                each.name
                if each.writable
                else self.tr("{name} (nur lesen)").format(name=each.name),
            )
            for each in found
        ]
        writable = next((each.url for each in found if each.writable), None)
        self._choice.show_choices(choices, writable)
        self.use_button.setEnabled(writable is not None)
        count = texts.counted(len(found), "Kalender", "Kalender")
        self.said.setText(self.tr("Angemeldet, {count} gefunden.").format(count=count))
        self.said.set_tone(Tone.OK)
        self._chosen.show()
        self._choice.setFocus()

    def _refuse(self, fault: UserError) -> None:
        self.said.setText(str(fault))
        self.said.set_tone(Tone.LATE)

    def _start_again(self) -> None:
        self._chosen.hide()
        self.said.setText("")

    def _use(self) -> None:
        chosen = next((each for each in self._found if each.url == self._choice.value()), None)
        if chosen is None:
            return
        if not chosen.writable:
            self.calendar.show_error(self.tr("In diesen Kalender darf nur gelesen werden."))
            return
        self.calendar.show_error("")
        privacy = self._session.context.settings.privacy
        account = replace(self._account, calendar=chosen.url, name=chosen.name, privacy=privacy)
        password = self._password
        done = self._session.perform(
            lambda context: caldav.choose(context, account),
            lambda: self.tr("Kalenderserver gewählt"),
        )
        if done is None:
            return
        push_of(self._session).use_password(password)
        if self.remember.isChecked():
            tasks.run(partial(_remember, account, password))
        line_of(self.password).clear()
        self._password = Password("")
        self._start_again()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.address)
        column.addLayout(side_by_side((self.user, 1), (self.password, 1)))
        column.addWidget(self.remember)
        line = QHBoxLayout()
        line.setSpacing(theme.MEDIUM)
        line.addWidget(self.connect_button)
        line.addWidget(self.said, 1)
        column.addLayout(line)
        inner = QVBoxLayout(self._chosen)
        inner.setContentsMargins(0, theme.TINY, 0, 0)
        inner.setSpacing(theme.MEDIUM)
        inner.addWidget(self.calendar)
        last = QHBoxLayout()
        last.addWidget(self.use_button)
        last.addStretch()
        inner.addLayout(last)
        column.addWidget(self._chosen)


def _checked(field: FormField, check: Callable[[str], str]) -> str | None:
    """What was typed as it will be used; None where the field now says why it cannot be."""
    try:
        return check(line_of(field).text())
    except UserError as fault:
        field.show_error(str(fault))
        return None


def _remember(account: ServerAccount, password: Password, _: Progress) -> None:
    caldav.remember_password(account, password)
