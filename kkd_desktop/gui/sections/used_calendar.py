"""Which calendar on a server is used, how does it stand, and what is still open?"""

from datetime import UTC
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.actions import caldav
from kkd_desktop.domain import texts
from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.domain.server_account import ServerAccount
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import tasks, theme
from kkd_desktop.gui.calendar_push import push_of
from kkd_desktop.gui.dialogs.base import show
from kkd_desktop.gui.dialogs.leave_server import LeaveServerDialog
from kkd_desktop.gui.sections.base import Section
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.tasks import Progress
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.segmented import SegmentedControl

_LOCAL = ZoneInfo("Europe/Berlin")


class UsedCalendar(QWidget):
    """The calendar in use: what it shows, when it is brought up to date, and what is open."""

    def __init__(self, session: Session, section: Section) -> None:
        super().__init__()
        self._session, self._section = session, section
        self._push = push_of(session)
        self.name = PlainLabel(wrap=True)
        self.state = PlainLabel(muted=True, wrap=True)
        self.banner = Banner()
        self.level = SegmentedControl(
            (
                (Privacy.NEUTRAL, self.tr("Nur „Termin“")),
                (Privacy.INITIALS, self.tr("Initialen und Kürzel")),
                (Privacy.FULL, self.tr("Voller Name")),
            ),
            self.tr("Angaben zur Person auf dem Server"),
        )
        self.warning = Banner()
        self.warning.say(
            self.tr("Achtung"),
            self.tr(
                "Namen von Leistungsberechtigten sind Sozialdaten (§ 35 SGB I). Wer Ihren Kalender "
                "oder den Server verwaltet, liest dann mit, wer zu Ihnen kommt."
            ),
            Tone.SOON,
        )
        self.automatic = QCheckBox(self.tr("Nach jeder Änderung an Terminen abgleichen"))
        self.push_button = Button(self.tr("Jetzt abgleichen"))
        self.conflicts_button = Button(self.tr("Konflikte …"))
        self.leave_button = Button(self.tr("Kalender trennen …"), kind="quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Fortschritt des Abgleichs"))
        self.bar.setFixedWidth(160)
        self.cancel_button = Button(self.tr("Abbrechen"))
        self._lay_out()

        self.level.value_changed.connect(self._take_privacy)
        self.automatic.toggled.connect(self._take_automatic)
        self.push_button.clicked.connect(lambda: self._push.push(self.window()))
        self.cancel_button.clicked.connect(self._push.cancel)
        self.conflicts_button.clicked.connect(lambda: self._push.show_conflicts(self.window()))
        self.leave_button.clicked.connect(self._leave)

    def show_account(self, account: ServerAccount) -> None:
        self.name.setText(
            self.tr("„{name}“ auf {address} · Benutzer {user}").format(
                name=account.name, address=account.address, user=account.user
            )
        )
        self.state.setText(self._state())
        self.level.blockSignals(True)
        self.level.set_value(account.privacy)
        self.level.blockSignals(False)
        self.warning.setVisible(account.privacy is Privacy.FULL)
        self.automatic.blockSignals(True)
        self.automatic.setChecked(account.automatic)
        self.automatic.blockSignals(False)
        self._show_banner()
        self._show_buttons()

    def show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self._show_buttons()

    def _show_buttons(self) -> None:
        running = self._push.is_running()
        number = len(self._push.conflicts)
        self.conflicts_button.setText(self.tr("Konflikte ({n}) …").format(n=number))
        self.conflicts_button.setVisible(number > 0 and not running)
        self.push_button.setEnabled(not running)
        self.leave_button.setVisible(not running)
        self.bar.setVisible(running)
        self.cancel_button.setVisible(running)

    def _show_banner(self) -> None:
        fault, conflicts = self._push.fault, len(self._push.conflicts)
        if fault:
            self.banner.say(self.tr("Nicht abgeglichen"), fault, Tone.LATE)
        elif conflicts:
            count = texts.counted(conflicts, "Eintrag wurde", "Einträge wurden")
            self.banner.say(
                self.tr("Konflikt"),
                self.tr("{count} im Kalender geändert. Bitte entscheiden, was gilt.").format(
                    count=count
                ),
                Tone.SOON,
            )
        self.banner.setVisible(bool(fault or conflicts))

    def _state(self) -> str:
        context = self._session.context
        last, number = caldav.last_push(context), caldav.written(context)
        if last is None:
            return self.tr("Noch nie abgeglichen.")
        when = last.pushed_at.replace(tzinfo=UTC).astimezone(_LOCAL).replace(tzinfo=None)
        count = texts.counted(number, "Eintrag", "Einträge")
        parts = [
            self.tr("Zuletzt abgeglichen {when}, {count} von hier.").format(
                when=texts.moment(when), count=count
            )
        ]
        if orphans := caldav.orphans(context):
            waiting = texts.counted(orphans, "Eintrag", "Einträge")
            parts.append(
                self.tr(
                    "{count} zu gelöschten Terminen: Der nächste Abgleich zieht sie zurück."
                ).format(count=waiting)
            )
        if self._push.taken:
            known = texts.counted(self._push.taken, "Termin steht", "Termine stehen")
            parts.append(
                self.tr(
                    "{count} schon aus einer Kalenderdatei dort und bleiben unberührt; ohne diese "
                    "Einträge übernimmt der Abgleich."
                ).format(count=known)
            )
        if last.conflicts and not self._push.conflicts:
            open_ones = texts.counted(last.conflicts, "Konflikt", "Konflikte")
            parts.append(
                self.tr("{count} offen: Der nächste Abgleich zeigt sie.").format(count=open_ones)
            )
        return " ".join(parts)

    def _take_privacy(self, value: str) -> None:
        account = self._session.context.settings.server
        self._section.store(server=replace(account, privacy=Privacy(value)))

    def _take_automatic(self, checked: bool) -> None:
        account = self._session.context.settings.server
        self._section.store(server=replace(account, automatic=checked))

    def _leave(self) -> None:
        number = caldav.written(self._session.context)
        if not number:
            self._go()
            return
        account = self._session.context.settings.server
        dialog = LeaveServerDialog(account.name, number, self.window())
        dialog.withdrawal_wanted.connect(lambda: self._push.withdraw(self.window()))
        dialog.abandoned.connect(lambda: self._go(abandon=True))
        show(dialog)

    def _go(self, *, abandon: bool = False) -> None:
        account = self._session.context.settings.server
        gone = self._session.perform(
            lambda context: caldav.leave(context, abandon=abandon),
            lambda: self.tr("Kalenderserver getrennt"),
        )
        if gone is not None:
            self._push.use_password(None)
            tasks.run(partial(_forget, account))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        about = QVBoxLayout()
        about.setSpacing(theme.HAIR)
        about.addWidget(self.name)
        about.addWidget(self.state)
        column.addLayout(about)
        column.addWidget(self.banner)
        privacy = QVBoxLayout()
        privacy.setSpacing(theme.TINY)
        privacy.addWidget(
            PlainLabel(
                self.tr("Was der Server über die Person erfährt"), size=theme.SMALL_SIZE, muted=True
            )
        )
        privacy.addWidget(self.level)
        column.addLayout(privacy)
        column.addWidget(self.warning)
        column.addWidget(self.automatic)
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(self.push_button)
        line.addWidget(self.conflicts_button)
        line.addWidget(self.bar)
        line.addWidget(self.cancel_button)
        line.addStretch()
        line.addWidget(self.leave_button)
        column.addLayout(line)


def _forget(account: ServerAccount, _: Progress) -> None:
    caldav.forget_password(account)
