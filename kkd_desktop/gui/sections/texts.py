"""Which texts stand in letters today, which of them run out, and who has read them?"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from kkd_desktop.actions import letters
from kkd_desktop.domain import texts
from kkd_desktop.domain.text_blocks import TextBlock, expiring
from kkd_desktop.gui import theme
from kkd_desktop.gui.sections.base import Section, open_in_file_manager
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.labels import PlainLabel, breakable
from kkd_desktop.gui.widgets.text_rows import TextRows, text_name

_SOON_DAYS = 90


class TextsSection(Section):
    """The text blocks in force with their source, each with the mark of who has read it."""

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        open_folder: Callable[[Path], object] | None = None,
    ) -> None:
        super().__init__(
            session, self.tr("Texte"), self.tr("Was in Einladungen und Briefen steht"), parent
        )
        self._open_folder = open_folder or open_in_file_manager
        self.summary = Banner()
        self.faults = PlainLabel(wrap=True)
        self.faults.set_tone(Tone.LATE)
        self.list = TextRows(session)
        self.folder = PlainLabel(muted=True, wrap=True)
        self.folder_button = Button(self.tr("Ordner öffnen"))
        self.others = QCheckBox(self.tr("Auch abgelaufene und künftige Fassungen zeigen"))
        self.keep = QCheckBox(self.tr("Das PDF jedes Briefs verschlüsselt mit aufbewahren"))
        foot = QHBoxLayout()
        foot.setSpacing(theme.MEDIUM)
        foot.addWidget(self.folder, 1)
        foot.addWidget(self.folder_button)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.faults)
        self.body.addWidget(self.list.reviewer)
        self.body.addWidget(self.others)
        self.body.addWidget(self.list)
        self.body.addLayout(foot)
        self.body.addWidget(self.keep)

        self.list.reviewed.connect(self.say_saved)
        self.others.toggled.connect(self.show_settings)
        self.keep.toggled.connect(self._keep)
        self.folder_button.clicked.connect(self._show_folder)

    def show_settings(self) -> None:
        context = self._session.context
        self.keep.blockSignals(True)
        self.keep.setChecked(self.settings().keep_letters)
        self.keep.blockSignals(False)
        place = breakable(str(letters.own_texts_folder()))
        self.folder.setText(
            self.tr("Eigene Texte der Dienststelle liegen in {folder} und gehen vor.").format(
                folder=place
            )
        )
        shelf = letters.text_shelf(context)
        self.faults.setText("\n".join(str(fault) for fault in shelf.faults))
        self.faults.setVisible(bool(shelf.faults))
        self._summarise(shelf.blocks, context.today)
        everything, today = self.others.isChecked(), context.today
        self.list.show_texts(
            [each for each in shelf.blocks if everything or each.standing(today).is_valid]
        )

    def _summarise(self, blocks: Sequence[TextBlock], today: date) -> None:
        valid = [each for each in blocks if each.standing(today).is_valid]
        unread = sum(each.review is None for each in valid)
        ending = expiring(blocks, today, _SOON_DAYS)
        text = self.tr("{count} gelten heute, ").format(
            count=texts.counted(len(valid), "Text", "Texte")
        )
        text += (
            self.tr("{n} davon ungeprüft: Briefe damit tragen einen sichtbaren Hinweis.").format(
                n=unread
            )
            if unread
            else self.tr("alle geprüft.")
        )
        for each in ending:
            text += self.tr("\n„{name}“ läuft am {day} ab und hat keine Nachfolge.").format(
                name=text_name(each), day=texts.day(each.until)
            )
        self.summary.say("", text, Tone.SOON if unread or ending else Tone.OK)

    def _keep(self, wanted: bool) -> None:
        self.store(keep_letters=wanted)

    def _show_folder(self) -> None:
        if (folder := self.made_private(letters.own_texts_folder())) is not None:
            self._open_folder(folder)
