"""How is a concept set, so that it reads like a document and shows its sentences on demand?"""

import re
from collections.abc import Collection
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import QAbstractSlider, QTextEdit, QWidget

from kkd_desktop.domain.policy import Citation
from kkd_desktop.gui import theme
from kkd_desktop.gui.models.policy_reading import (
    Cell,
    Ink,
    Part,
    Reading,
    Row,
    Words,
    place_text,
    plain_row,
    plain_text,
    quote_text,
)
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import announce

_TITLE, _PART = 20.0, 15.0
_RING = 5
_LEADING = 122
_WIDEST = 760
"""Longer lines are hard to follow."""
_STYLED = QTextFrameFormat.BorderStyle.BorderStyle_Solid
_BARE = QTextFrameFormat.BorderStyle.BorderStyle_None
_TOGETHER = re.compile(r"(\b[UÜ]|§|Abs\.|Nr\.) (?=\d)|(?<=\d) (?=%)")
_PER_CENT = QTextLength.Type.PercentageLength


class _Stretch(NamedTuple):
    """Where a row stands in the document, its sentences included."""

    first: int
    last: int
    key: str


class PolicyDocument(QTextEdit):
    """A concept to read. Up and Down choose a row, whose sentence then stands below it.

    Esc folds it away; Ctrl+C copies what is marked, else the chosen row with its sentence. A row
    that leads to another concept goes there by Enter or a click.

    Signals:
        link_followed: carries the id of the other concept.
    """

    link_followed = Signal(str)

    paints_focus = True

    def __init__(self, parent: QWidget | None = None, *, widest: int = _WIDEST) -> None:
        super().__init__(parent)
        self._widest = widest
        self._reading: Reading | None = None
        self._stretches: list[_Stretch] = []
        self._chosen = ""
        self._all_open = False
        self.setReadOnly(True)
        self.setProperty("kind", "paper")
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)

    def show_reading(self, reading: Reading) -> None:
        """Show this concept; another one from its beginning."""
        same = self._reading is not None and self._reading.title == reading.title
        if reading == self._reading:
            return
        self._reading = reading
        if not same or reading.row(self._chosen) is None:
            self._chosen = ""
        self.setAccessibleName(reading.title)
        self._set()
        if not same:
            self.verticalScrollBar().setValue(0)

    def chosen(self) -> str:
        """The key of the row whose sentence is shown; empty for none."""
        return self._chosen

    def choose(self, key: str) -> None:
        """Show the sentence of this row; an empty key folds it away."""
        if key == self._chosen:
            return
        self._chosen = key
        self._set()
        self._bring_into_sight(key)
        self._say(key)

    def show_all(self, shown: bool) -> None:
        """Show the sentences of all rows, or only that of the chosen one."""
        if shown == self._all_open:
            return
        self._all_open = shown
        self._set()
        self._bring_into_sight(self._chosen)

    def whole_text(self) -> str:
        """The concept as plain text, with every sentence."""
        return "" if self._reading is None else plain_text(self._reading)

    def row_at(self, position: int) -> str:
        """The key of the row at a position of the text; empty between the rows."""
        for stretch in self._stretches:
            if stretch.first <= position <= stretch.last:
                return stretch.key
        return ""

    def place_of(self, key: str) -> QRectF:
        """Where a row stands in the viewport."""
        found = next((each for each in self._stretches if each.key == key), None)
        if found is None:
            return QRectF()
        top, bottom = (self._cursor_at(place) for place in (found.first, found.last))
        return QRectF(self.cursorRect(top)).united(QRectF(self.cursorRect(bottom)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in _SCROLLS:
            self.verticalScrollBar().triggerAction(_SCROLLS[key])
        elif key == Qt.Key.Key_Escape and self._chosen:
            self.choose("")
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._link(self._chosen):
            self.link_followed.emit(self._link(self._chosen))
        elif event.matches(QKeySequence.StandardKey.Copy) and not self.textCursor().hasSelection():
            self._copy_row()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        left = event.button() is Qt.MouseButton.LeftButton
        if not left or self.textCursor().hasSelection():
            return
        key = self._row_under(event)
        if self._link(key):
            self.link_followed.emit(self._link(key))
        elif key:
            self.choose("" if key == self._chosen else key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = bool(self._link(self._row_under(event)))
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_focus(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_focus(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.hasFocus():
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.current().accent), 2))
        ring = QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(ring, _RING, _RING)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._set()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setLineWrapColumnOrWidth(min(event.size().width(), self._widest))

    def _row_under(self, event: QMouseEvent) -> str:
        return self.row_at(self.cursorForPosition(event.position().toPoint()).position())

    def _link(self, key: str) -> str:
        row = None if self._reading is None else self._reading.row(key)
        return "" if row is None else row.link

    def _step(self, by: int) -> None:
        if not self._stretches:
            return
        keys = [each.key for each in self._stretches]
        if self._chosen in keys:
            place = min(max(keys.index(self._chosen) + by, 0), len(keys) - 1)
        else:
            place = 0 if by > 0 else len(keys) - 1
        self.choose(keys[place])

    def _copy_row(self) -> None:
        row = None if self._reading is None else self._reading.row(self._chosen)
        if row is not None:
            QGuiApplication.clipboard().setText(plain_row(row))

    def _say(self, key: str) -> None:
        row = None if self._reading is None else self._reading.row(key)
        if row is not None:
            announce(self, plain_row(row))

    def _show_focus(self, event: QFocusEvent) -> None:
        """The chosen row is lit; what is marked stays so under the menu that copies it."""
        if self._chosen and event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._set()
        self.viewport().update()

    def _set(self) -> None:
        """Set the whole text anew: a few milliseconds, and no state to keep in step."""
        if self._reading is None:
            return
        scroll = self.verticalScrollBar().value()
        opened = {row.key for row in self._reading.rows()} if self._all_open else {self._chosen}
        setter = _Setter(self.document(), opened, self._chosen, self.hasFocus())
        self._stretches = setter.set(self._reading)
        # Where Qt would scroll to when the page is shown.
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(scroll)

    def _bring_into_sight(self, key: str) -> None:
        place = self.place_of(key)
        if place.isNull():
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if place.top() < theme.HUGE:
            bar.setValue(bar.value() + int(place.top()) - theme.HUGE)
        elif place.bottom() > height - theme.HUGE:
            below = int(place.bottom()) - height + theme.HUGE
            bar.setValue(bar.value() + min(below, int(place.top()) - theme.HUGE))

    def _cursor_at(self, position: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        return cursor


_SCROLLS: dict[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Space: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


class _Setter:
    """Writes a reading into a document. Text is only ever inserted, never interpreted."""

    def __init__(
        self, document: QTextDocument, opened: Collection[str], chosen: str, focused: bool
    ) -> None:
        self._document = document
        self._opened, self._chosen, self._focused = opened, chosen, focused
        self._colours = theme.current()
        self._stretches: list[_Stretch] = []

    def set(self, reading: Reading) -> list[_Stretch]:
        self._document.setUndoRedoEnabled(False)
        self._document.clear()
        self._document.setDocumentMargin(0)
        self._document.setDefaultFont(theme.font())
        frame = self._document.rootFrame().frameFormat()
        frame.setLeftMargin(theme.MEDIUM)
        frame.setRightMargin(theme.LARGE)
        frame.setTopMargin(theme.HUGE)
        frame.setBottomMargin(2 * theme.HUGE)
        self._document.rootFrame().setFrameFormat(frame)
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        self._head(cursor, reading)
        for part in reading.parts:
            self._part(cursor, part)
        cursor.endEditBlock()
        return self._stretches

    def _head(self, cursor: QTextCursor, reading: Reading) -> None:
        cursor.setBlockFormat(_heading(after=2))
        cursor.insertText(reading.title, self._letters(_TITLE, QFont.Weight.DemiBold))
        cursor.insertBlock(_heading(after=6))
        cursor.insertText(reading.origin, self._letters(tone=Tone.NEUTRAL))
        if reading.facts:
            cursor.insertBlock(_heading())
        for place, words in enumerate(reading.facts):
            if place:
                cursor.insertText("  ·  ", self._letters(tone=Tone.NEUTRAL))
            weight = QFont.Weight.Normal if words.tone is None else QFont.Weight.Medium
            cursor.insertText(words.text, self._letters(weight=weight, tone=words.tone))

    def _part(self, cursor: QTextCursor, part: Part) -> None:
        cursor.movePosition(QTextCursor.MoveOperation.End)
        heading = _heading(before=26, after=2 if part.lead else 6)
        heading.setHeadingLevel(2)
        cursor.insertBlock(heading)
        cursor.insertText(part.title, self._letters(_PART, QFont.Weight.DemiBold))
        if part.lead:
            cursor.insertBlock(_heading(after=6))
            cursor.insertText(part.lead, self._letters(tone=Tone.NEUTRAL))
        plan: list[Row | None] = [None] if part.heads else []
        plan += part.rows
        behind = [row for row in part.rows if row.key in self._opened and _has_more(row)]
        table = cursor.insertTable(len(plan) + len(behind), len(part.widths), _grid(part.widths))
        line = 0
        for row in plan:
            if row is None:
                self._heads(table, part)
            else:
                self._row(table, line, row, part.numbers)
                if row in behind:
                    line += 1
                    self._behind(table, line, row)
                first = table.cellAt(line - (row in behind), 0).firstPosition()
                last = table.cellAt(line, len(part.widths) - 1).lastPosition()
                self._stretches.append(_Stretch(first, last, row.key))
            line += 1
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _heads(self, table: QTextTable, part: Part) -> None:
        for column, head in enumerate(part.heads):
            cell = table.cellAt(0, column)
            cell.setFormat(self._box(column, ruled=True, apart=column - 1 in part.numbers))
            cursor = cell.firstCursorPosition()
            cursor.setBlockFormat(_lines(right=column in part.numbers))
            cursor.insertText(
                head, self._letters(theme.SMALL_SIZE, QFont.Weight.Medium, Tone.NEUTRAL)
            )

    def _row(self, table: QTextTable, line: int, row: Row, numbers: Collection[int]) -> None:
        is_open = row.key in self._opened and _has_more(row)
        for column, words in enumerate(row.cells):
            cell = table.cellAt(line, column)
            lit, apart = row.key == self._chosen, column - 1 in numbers
            cell.setFormat(self._box(column, ruled=not is_open, lit=lit, apart=apart))
            self._cell(cell.firstCursorPosition(), words, right=column in numbers)

    def _cell(self, cursor: QTextCursor, cell: Cell, *, right: bool) -> None:
        cursor.setBlockFormat(_lines(right=right))
        for place, words in enumerate(cell):
            if place:
                cursor.insertBlock(_lines(before=2, right=right))
            cursor.insertText(_unbroken(words.text), self._ink(words))

    def _behind(self, table: QTextTable, line: int, row: Row) -> None:
        """What lies behind a row: the note, each sentence and its place."""
        table.mergeCells(line, 0, 1, table.columns())
        cell = table.cellAt(line, 0)
        cell.setFormat(self._box(0, ruled=True, lit=row.key == self._chosen, behind=True))
        cursor = cell.firstCursorPosition()
        cursor.setBlockFormat(_quoted())
        first = True
        if row.remark:
            cursor.insertText(row.remark, self._letters())
            first = False
        for citation in row.citations:
            if not first:
                cursor.insertBlock(_quoted(before=6))
            first = False
            self._citation(cursor, citation)

    def _citation(self, cursor: QTextCursor, citation: Citation) -> None:
        quote = quote_text(citation)
        if quote:
            letters = self._letters()
            letters.setFontItalic(True)
            cursor.insertText(quote, letters)
            cursor.insertBlock(_quoted(before=2))
        cursor.insertText(place_text(citation), self._letters(theme.SMALL_SIZE, tone=Tone.NEUTRAL))

    def _box(
        self,
        column: int,
        *,
        ruled: bool,
        lit: bool = False,
        apart: bool = False,
        behind: bool = False,
    ) -> QTextTableCellFormat:
        """A cell; `apart` keeps it away from the numbers that stand at the right before it."""
        box = QTextTableCellFormat()
        box.setTopPadding(0 if behind else 6)
        box.setBottomPadding(10 if behind else 6)
        box.setLeftPadding(theme.SMALL if column == 0 else theme.HUGE if apart else 0)
        box.setRightPadding(theme.MEDIUM)
        box.setBottomBorderStyle(_STYLED if ruled else _BARE)
        box.setBottomBorder(1 if ruled else 0)
        box.setBottomBorderBrush(QBrush(QColor(self._colours.line)))
        if lit:
            ground = self._colours.selection if self._focused else self._colours.hover
            box.setBackground(QColor(ground))
        return box

    def _ink(self, words: Words) -> QTextCharFormat:
        if words.ink is Ink.STRONG:
            return self._letters(weight=QFont.Weight.DemiBold, tone=words.tone)
        if words.ink is Ink.LINK:
            return self._letters(weight=QFont.Weight.DemiBold, tone=Tone.ACCENT)
        return self._letters(tone=Tone.NEUTRAL if words.ink is Ink.QUIET else words.tone)

    def _letters(
        self,
        size: float = theme.BODY_SIZE,
        weight: QFont.Weight = QFont.Weight.Normal,
        tone: Tone | None = None,
    ) -> QTextCharFormat:
        letters = QTextCharFormat()
        letters.setFont(theme.font(size, weight))
        ink = QColor(self._colours.text) if tone is None else self._colours.ink(tone)
        letters.setForeground(ink)
        return letters


def _unbroken(text: str) -> str:
    """`Ü 25`, `§ 10` and `91 %` stay on one line; copied, they are plain spaces again."""
    return _TOGETHER.sub(lambda found: f"{found[1] or ''}\u00a0", text)


def _has_more(row: Row) -> bool:
    return bool(row.citations or row.remark)


def _heading(before: int = 0, after: int = 0) -> QTextBlockFormat:
    """Outside a table, on one line with the text inside."""
    block = _lines(before, after)
    block.setLeftMargin(theme.SMALL)
    return block


def _lines(before: int = 0, after: int = 0, *, right: bool = False) -> QTextBlockFormat:
    block = QTextBlockFormat()
    if right:
        block.setAlignment(Qt.AlignmentFlag.AlignRight)
    block.setTopMargin(before)
    block.setBottomMargin(after)
    block.setLineHeight(_LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return block


def _quoted(before: int = 0) -> QTextBlockFormat:
    block = _lines(before)
    block.setLeftMargin(theme.MEDIUM)
    return block


def _grid(widths: tuple[int, ...]) -> QTextTableFormat:
    grid = QTextTableFormat()
    grid.setBorder(0)
    grid.setBorderCollapse(True)
    grid.setCellSpacing(0)
    grid.setCellPadding(0)
    grid.setWidth(QTextLength(_PER_CENT, 100))
    grid.setColumnWidthConstraints([QTextLength(_PER_CENT, width) for width in widths])
    return grid
