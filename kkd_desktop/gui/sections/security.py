"""Who gets at the caseload on this computer, and when does the window lock?"""

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import tasks, theme
from kkd_desktop.gui.dialogs.base import show
from kkd_desktop.gui.sections.base import Section
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.unlocking import REMEMBERED
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.calm import Choice
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.labels import PlainLabel

_MINUTES = (1, 2, 5, 10, 15, 30, 60)
_NEVER = 0


class SecuritySection(Section):
    """Passphrase, lock, and what this computer remembers."""

    def __init__(
        self,
        session: Session,
        settings: QSettings | None = None,
        parent: QWidget | None = None,
        *,
        is_demo: bool = False,
    ) -> None:
        super().__init__(session, self.tr("Sicherheit"), parent=parent)
        self._settings, self._is_demo = settings, is_demo
        self._hears: bool | None = None
        self._asked = False
        self._choice = Choice()
        self._choice.setFixedWidth(220)
        self.lock = FormField(self.tr("Sperren, wenn niemand etwas eingibt"), self._choice)
        self.change_button = Button(self.tr("Passphrase ändern …"))
        self.remember = QCheckBox(self.tr("Auf diesem Rechner merken"))
        self.remember.setEnabled(False)
        self.remembering = PlainLabel(size=theme.SMALL_SIZE, muted=True, wrap=True)
        line = QHBoxLayout()
        line.setContentsMargins(0, theme.TINY, 0, 0)
        line.addWidget(self.change_button)
        line.addStretch()
        self.body.addWidget(self.lock)
        box = QVBoxLayout()
        box.setSpacing(theme.TINY)
        box.addWidget(self.remember)
        box.addWidget(self.remembering)
        self.body.addLayout(box)
        self.body.addLayout(line)

        self._choice.currentIndexChanged.connect(self._take_minutes)
        self.remember.clicked.connect(self._take_remembering)
        self.change_button.clicked.connect(self._change_passphrase)

    def show_settings(self) -> None:
        if self._is_demo:
            self._show_demo()
            return
        chosen = self.settings().lock_minutes
        minutes = sorted({*_MINUTES, chosen} - {_NEVER})
        choices: list[tuple[str | None, str]] = [
            (str(each), self.tr("nach {time}").format(time=_minutes(each))) for each in minutes
        ]
        self._choice.show_choices([*choices, (str(_NEVER), self.tr("nie"))], str(chosen))
        self.lock.set_hint(self._when())
        if not self._asked:
            self._asked = True
            self._ask_keyring()

    def _show_demo(self) -> None:
        for widget in (self.lock, self.remember, self.change_button):
            widget.hide()
        self.remembering.setText(
            self.tr("Das Beispiel hat keine Passphrase und ist mit dem Beenden verschwunden.")
        )

    def _when(self) -> str:
        always = self.tr("Strg L sperrt sofort. Was Sie gerade schreiben, geht nicht verloren.")
        if self._hears is None:
            from kkd_desktop.gui.system_watch import can_hear

            self._hears = can_hear()
        if self._hears:
            return self.tr("Auch im Ruhezustand und mit der Bildschirmsperre. {always}").format(
                always=always
            )
        return self.tr(
            "Ruhezustand und Bildschirmsperre meldet dieses System nicht. {always}"
        ).format(always=always)

    def _take_minutes(self) -> None:
        self.store(self.lock, lock_minutes=int(self._choice.value() or _NEVER))

    def _change_passphrase(self) -> None:
        from kkd_desktop.gui.dialogs.passphrase import PassphraseDialog

        show(PassphraseDialog(self._session, self.window()))

    def _ask_keyring(self) -> None:
        """Whether there is one, and whether it holds the key; it may let one wait."""
        key = self._session.context.store.key

        def ask(progress: object) -> tuple[bool, bool]:
            from kkd_desktop.actions import remembering

            can = remembering.can_remember()
            return can, can and key is not None and remembering.is_remembered(key)

        self.remembering.setText(self.tr("Der Schlüsselbund wird gefragt …"))
        tasks.run(ask, self._show_keyring)

    def _show_keyring(self, found: tuple[bool, bool]) -> None:
        can, is_remembered = found
        self.remember.setEnabled(can)
        self.remember.setChecked(is_remembered)
        self.remembering.setText(
            self.tr(
                "Dann öffnet sich der Fallbestand ohne Passphrase für alle, die an diesem Rechner "
                "mit Ihrem Konto angemeldet sind. Nach einer Sperre wird sie trotzdem verlangt."
            )
            if can
            else self.tr("Nicht möglich: Dieser Rechner hat keinen Schlüsselbund.")
        )

    def _take_remembering(self, wanted: bool) -> None:
        key = self._session.context.store.key
        assert key is not None

        def work(progress: object) -> bool:
            from kkd_desktop.actions import remembering

            if wanted:
                remembering.remember(key)
            else:
                remembering.forget(key)
            return wanted

        self.remember.setEnabled(False)
        tasks.run(work, self._say_remembered, self._refuse_remembering)

    def _say_remembered(self, wanted: bool) -> None:
        self.remember.setEnabled(True)
        if self._settings is not None:
            self._settings.setValue(REMEMBERED, "true" if wanted else "false")
        self.say_saved()

    def _refuse_remembering(self, fault: UserError) -> None:
        self.remember.setEnabled(True)
        self.remember.setChecked(not self.remember.isChecked())
        self.refuse(None, fault)


def _minutes(number: int) -> str:
    return texts.counted(number, "Minute", "Minuten")
