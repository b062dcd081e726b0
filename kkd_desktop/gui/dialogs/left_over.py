"""What was typed before the lock and has no dialog to go back to: to be read and copied."""

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from kkd_desktop.domain.language import said
from kkd_desktop.domain.left_open import LeftOpen
from kkd_desktop.gui import clipboard, drafts
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.labels import PlainLabel


class LeftOverDialog(Dialog):
    """The typed texts, each under the name of its field; kept until they are discarded."""

    def __init__(
        self, draft: LeftOpen, discard: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Angefangenes"), drafts.title_of(draft), parent)
        self._draft, self._discard = draft, discard
        self.body.addWidget(
            PlainLabel(
                self.tr("Das stand beim Sperren in Feldern, die noch nicht gespeichert waren."),
                wrap=True,
            )
        )
        for name, text in drafts.texts_of(draft):
            shown = QPlainTextEdit(text)
            shown.setReadOnly(True)
            shown.setTabChangesFocus(True)
            shown.setMaximumHeight(120)
            self.body.addWidget(FormField(said(name) if name else self.tr("Text"), shown))
        self.body.addStretch()
        self.add_action(self.tr("Verwerfen"), self._throw_away)
        self.add_action(self.tr("Kopieren"), self.copy)
        self.set_main_action(self.tr("Schließen"), self.accept)
        self.setMinimumWidth(520)

    def copy(self) -> None:
        """All of it, as lines."""
        found = drafts.texts_of(self._draft)
        clipboard.copy("\n".join(f"{name}: {text}" if name else text for name, text in found))

    def _throw_away(self) -> None:
        self._discard()
        self.accept()
