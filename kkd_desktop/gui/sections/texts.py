"""Which texts stand in letters today, which of them run out, and who has read them?"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kkd_desktop.actions import letters
from kkd_desktop.actions.context import Context
from kkd_desktop.domain import language, texts
from kkd_desktop.domain.letter_kinds import KIND_TEXTS, LetterKind
from kkd_desktop.domain.text_blocks import (
    BLOCK_KIND_TEXTS,
    BLOCK_STANDING_TEXTS,
    OCCASION_TEXTS,
    BlockKind,
    BlockStanding,
    TextBlock,
    expiring,
)
from kkd_desktop.gui import theme
from kkd_desktop.gui.sections.base import Section, open_in_file_manager
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Line
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.labels import ElidedLabel, Paragraph, PlainLabel, breakable

_SOON_DAYS = 90
_TONES = {
    BlockStanding.REVIEWED: Tone.OK,
    BlockStanding.UNREVIEWED: Tone.SOON,
    BlockStanding.EXPIRED: Tone.LATE,
    BlockStanding.AHEAD: Tone.NEUTRAL,
}


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
        self._opened: set[str] = set()
        self._shown: object = None
        self.rows: list[TextRow] = []
        self.summary = Banner()
        self.faults = PlainLabel(wrap=True)
        self.faults.set_tone(Tone.LATE)
        self.reviewer = FormField(
            self.tr("Prüfvermerke setzt"),
            QLineEdit(),
            self.tr("Der Name steht mit dem heutigen Tag am Vermerk."),
        )
        self.folder = PlainLabel(muted=True, wrap=True)
        self.folder_button = Button(self.tr("Ordner öffnen"))
        self.others = QCheckBox(self.tr("Auch abgelaufene und künftige Fassungen zeigen"))
        self.keep = QCheckBox(self.tr("Das PDF jedes Briefs verschlüsselt mit aufbewahren"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        foot = QHBoxLayout()
        foot.setSpacing(theme.MEDIUM)
        foot.addWidget(self.folder, 1)
        foot.addWidget(self.folder_button)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.faults)
        self.body.addWidget(self.reviewer)
        self.body.addWidget(self.others)
        self.body.addLayout(self._rows)
        self.body.addLayout(foot)
        self.body.addWidget(self.keep)

        self.others.toggled.connect(self.show_settings)
        self.keep.toggled.connect(self._keep)
        self.folder_button.clicked.connect(self._show_folder)

    def show_settings(self) -> None:
        context = self._session.context
        edit = self._reviewer()
        if not edit.isModified():
            edit.setText(self.settings().caseworker)
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
        self._show_blocks(shelf.blocks, context.today)

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
                name=_name(each), day=texts.day(each.until)
            )
        self.summary.say("", text, Tone.SOON if unread or ending else Tone.OK)

    def _show_blocks(self, blocks: Sequence[TextBlock], today: date) -> None:
        """Made anew only where something changed: the keyboard stays where it is."""
        wanted = [
            each for each in blocks if self.others.isChecked() or each.standing(today).is_valid
        ]
        wanted.sort(key=lambda each: (list(BlockKind).index(each.kind), each.id, each.version))
        shown = (wanted, today)
        if shown == self._shown:
            return
        self._shown = shown
        focused = next((row.block.key for row in self.rows if row.has_keyboard()), "")
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = [TextRow(block, today, block.key in self._opened) for block in wanted]
        for row in self.rows:
            # A mark that stands in the file itself is removed there.
            in_file = row.block.review and row.block.key not in self.settings().text_reviews
            row.review_button.setVisible(not in_file)
            row.review_toggled.connect(self._review)
            row.opened.connect(self._remember)
            self._rows.addWidget(row)
            if row.block.key == focused:
                row.review_button.setFocus()

    def _review(self, block: TextBlock) -> None:
        name = self._reviewer().text()

        def act(context: Context) -> bool:
            if block.review is None:
                letters.mark_reviewed(context, block, name)
            else:
                letters.unmark_reviewed(context, block)
            return True

        def said() -> str:
            if block.review is None:
                return self.tr("Prüfvermerk gesetzt")
            return self.tr("Prüfvermerk entfernt")

        refused = self.reviewer.show_error
        refused("")
        if self._session.perform(act, said, refused):
            self.say_saved()
        else:
            self.reviewer.setFocus()

    def _remember(self, key: str, is_open: bool) -> None:
        (self._opened.add if is_open else self._opened.discard)(key)

    def _keep(self, wanted: bool) -> None:
        self.store(keep_letters=wanted)

    def _reviewer(self) -> QLineEdit:
        assert isinstance(self.reviewer.field, QLineEdit)
        return self.reviewer.field

    def _show_folder(self) -> None:
        if (folder := self.made_private(letters.own_texts_folder())) is not None:
            self._open_folder(folder)


class TextRow(QWidget):
    """One version of one text: for which letters, since when, from where, and who has read it.

    Signals:
        review_toggled: the mark is to be set or removed; carries the `TextBlock`.
        opened: its wording was opened or closed; carries the key and which.
    """

    review_toggled = Signal(object)
    opened = Signal(str, bool)

    def __init__(
        self, block: TextBlock, today: date, is_open: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.block = block
        standing = block.standing(today)
        name = _name(block)
        self.title = ElidedLabel(name, weight=QFont.Weight.DemiBold)
        self.state = PlainLabel(_standing_text(block, standing))
        self.state.set_tone(_TONES[standing])
        self.open_button = Button("", kind="quiet")
        self.review_button = Button(
            self.tr("Als geprüft kennzeichnen")
            if block.review is None
            else self.tr("Vermerk entfernen"),
            kind="quiet",
        )
        self.review_button.setAccessibleName(f"{self.review_button.text()}: {name}")
        self.wording = Paragraph(block.text)
        self.wording.setVisible(is_open)
        details = PlainLabel(self._details(), muted=True, wrap=True)
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        head.addWidget(self.title, 1)
        head.addWidget(self.state)
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(details, 1)
        line.addWidget(self.open_button)
        line.addWidget(self.review_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SMALL, 0, 0)
        column.setSpacing(theme.TINY)
        column.addLayout(head)
        column.addLayout(line)
        column.addWidget(self.wording)
        column.addSpacing(theme.SMALL)
        column.addWidget(Line())
        self._name_opener()

        self.open_button.clicked.connect(self._toggle)
        self.review_button.clicked.connect(lambda: self.review_toggled.emit(self.block))

    def has_keyboard(self) -> bool:
        return self.review_button.hasFocus() or self.open_button.hasFocus()

    def _toggle(self) -> None:
        is_open = self.wording.isHidden()
        self.wording.setVisible(is_open)
        self._name_opener()
        self.opened.emit(self.block.key, is_open)

    def _name_opener(self) -> None:
        closed = self.wording.isHidden()
        self.open_button.setText(
            self.tr("Wortlaut lesen") if closed else self.tr("Wortlaut schließen")
        )
        self.open_button.setAccessibleName(f"{self.open_button.text()}: {_name(self.block)}")

    def _details(self) -> str:
        block = self.block
        parts = [self.tr("Fassung {version}").format(version=block.version)]
        if block.since is not None:
            parts.append(self.tr("ab {day}").format(day=texts.day(block.since)))
        if block.until is not None:
            parts.append(self.tr("bis {day}").format(day=texts.day(block.until)))
        if block.own:
            parts.append(self.tr("eigener Text"))
        parts.append(self.tr("Quelle: {source}").format(source=block.source))
        return " · ".join(parts)


def _name(block: TextBlock) -> str:
    """`Eröffnung · Meldeaufforderung`"""
    parts = [BLOCK_KIND_TEXTS[block.kind]]
    if block.letters:
        parts.append(", ".join(KIND_TEXTS[each] for each in LetterKind if each in block.letters))
    if block.occasion is not None:
        parts.append(OCCASION_TEXTS[block.occasion])
    return " · ".join(parts)


def _standing_text(block: TextBlock, standing: BlockStanding) -> str:
    state = BLOCK_STANDING_TEXTS[standing]
    if standing is BlockStanding.REVIEWED and block.review is not None:
        review = block.review
        return language.said("{state} von {name} am {day}").format(
            state=state, name=review.by, day=texts.day(review.on)
        )
    return state
