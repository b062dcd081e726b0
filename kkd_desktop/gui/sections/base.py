"""What do the cards of the settings share? What is changed in them is stored at once."""

from pathlib import Path

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QWidget

from kkd_desktop.actions import files
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.settings import Settings, changed_settings
from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import theme
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import announce
from kkd_desktop.gui.widgets.card import Card
from kkd_desktop.gui.widgets.field import FormField

_SAID_MS = 4000


class Section(Card):
    """One card: `show_settings` shows what is stored, `store` keeps a change and says so."""

    def __init__(
        self, session: Session, title: str, note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(title, note, parent)
        self._session = session
        self._note = note
        self.body.setSpacing(theme.MEDIUM)
        self._timer = QTimer(self, singleShot=True, interval=_SAID_MS)
        self._timer.timeout.connect(self._be_quiet)

    def show_settings(self) -> None:
        """Show what is stored now; what is being typed is left alone."""
        raise NotImplementedError

    def settings(self) -> Settings:
        return self._session.context.settings

    def store(self, field: FormField | None = None, **changes: object) -> bool:
        """Keep a change. What is unusable is said at the field and not stored."""
        try:
            changed_settings(self.settings(), **changes)
        except UserError as fault:
            self.refuse(field, fault)
            return False

        def change(context: Context) -> Settings:
            context.change_settings(**changes)
            return context.settings

        if field is not None:
            field.show_error("")
        if self._session.perform(change) is None:
            return False
        self.say_saved()
        return True

    def refuse(self, field: FormField | None, fault: UserError) -> None:
        if field is not None:
            field.show_error(str(fault))
        else:
            self._session.failed.emit(str(fault))

    def made_private(self, folder: Path) -> Path | None:
        """An own folder of the office, made where it is missing; None and a sentence where not."""
        try:
            files.private_folder(folder)
        except UserError as fault:
            self._session.failed.emit(str(fault))
            return None
        return folder

    def say_saved(self) -> None:
        """Quietly, at the title of the card."""
        assert self.heading is not None
        self.heading.note.setText(self.tr("gespeichert"))
        self.heading.note.set_tone(Tone.OK)
        announce(self, self.tr("gespeichert"))
        self._timer.start()

    def _be_quiet(self) -> None:
        assert self.heading is not None
        self.heading.note.setText(self._note)
        self.heading.note.set_tone(Tone.NEUTRAL)


def line_of(field: FormField) -> QLineEdit:
    assert isinstance(field.field, QLineEdit)
    return field.field


def put(field: FormField, text: str) -> None:
    """Show a text, unless somebody is typing another one or still has to mend it."""
    edit = line_of(field)
    if edit.text() == text or field.error() or (edit.hasFocus() and edit.isModified()):
        return
    edit.setText(text)
    # A text that is wider than its field is read from its beginning.
    edit.setCursorPosition(0)


def open_in_file_manager(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
