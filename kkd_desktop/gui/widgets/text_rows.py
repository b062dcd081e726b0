"""Which texts stand in letters, and who has read them? Each is read and marked in its row."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

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
)
from kkd_desktop.gui import theme
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Line
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.labels import ElidedLabel, Paragraph, PlainLabel, set_property

_TONES = {
    BlockStanding.REVIEWED: Tone.OK,
    BlockStanding.UNREVIEWED: Tone.SOON,
    BlockStanding.EXPIRED: Tone.LATE,
    BlockStanding.AHEAD: Tone.NEUTRAL,
}


class TextRows(QWidget):
    """Texts below each other under the name of who marks them as read.

    Signals:
        reviewed: a mark was set or removed.
    """

    reviewed = Signal()

    def __init__(
        self, session: Session, *, are_open: bool = False, parent: QWidget | None = None
    ) -> None:
        """`are_open`: the wordings are read at once."""
        super().__init__(parent)
        self._session = session
        self._are_open = are_open
        self._turned: set[str] = set()
        self._shown: object = None
        self.rows: list[TextRow] = []
        self.reviewer = FormField(
            self.tr("Prüfvermerke setzt"),
            QLineEdit(),
            self.tr("Der Name steht mit dem heutigen Tag am Vermerk."),
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_texts(self, blocks: Sequence[TextBlock]) -> None:
        """Made anew only where something changed: the keyboard stays where it is."""
        edit = self._reviewer()
        if not edit.isModified():
            edit.setText(self._session.context.settings.caseworker)
        today = self._session.context.today
        order = list(BlockKind)
        wanted = sorted(blocks, key=lambda x: (order.index(x.kind), x.id, x.version))
        if (wanted, today) == self._shown:
            return
        self._shown = (wanted, today)
        focused = next((row.block.key for row in self.rows if row.has_keyboard()), "")
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = [TextRow(each, today, self._is_open(each.key)) for each in wanted]
        for row in self.rows:
            if self._are_open and row.block.review is None:
                # Here it is what one came for.
                set_property(row.review_button, "kind", "")
            # A mark that stands in the file itself is removed there.
            marks = self._session.context.settings.text_reviews
            row.review_button.setVisible(not row.block.review or row.block.key in marks)
            row.review_toggled.connect(self._review)
            row.opened.connect(self._remember)
            self._column.addWidget(row)
            if row.block.key == focused:
                row.review_button.setFocus()

    def _is_open(self, key: str) -> bool:
        return self._are_open != (key in self._turned)

    def _remember(self, key: str, is_open: bool) -> None:
        (self._turned.add if is_open != self._are_open else self._turned.discard)(key)

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
            self.reviewed.emit()
        else:
            self.reviewer.setFocus()

    def _reviewer(self) -> QLineEdit:
        assert isinstance(self.reviewer.field, QLineEdit)
        return self.reviewer.field


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
        name = text_name(block)
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
        self.open_button.setAccessibleName(f"{self.open_button.text()}: {text_name(self.block)}")

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


def text_name(block: TextBlock) -> str:
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
