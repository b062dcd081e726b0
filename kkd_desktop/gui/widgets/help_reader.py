"""How is a help page shown? Markdown in the type and colours of the window, with its pictures.

Nothing in the pages comes from outside, so they may be formatted; links lead to other pages only.
"""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from kkd_desktop import paths
from kkd_desktop.gui import help_pages, theme

_HEADING_SIZE = 15.0
_LINE_HEIGHT = 132
_INDENT = 22
_SPACE_ABOVE = {1: theme.HUGE, 2: theme.HUGE, 3: theme.LARGE}
_LETTERS_A_LINE = 92
"""About; longer lines are hard to follow."""
_GUTTER = 14
_SECOND = 2
_TWO_COLUMNS = (32, 68)


class HelpReader(QTextBrowser):
    """One page. Tab goes from link to link, arrow keys and Page scroll.

    Signals:
        link_followed: a link was pressed; carries what it names, e.g. `woche.md#plan`.
    """

    link_followed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = ""
        self._document: QTextDocument | None = None
        self._whole: dict[str, QImage] = {}
        self.setProperty("kind", "paper")
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        wide = QFontMetrics(theme.font()).averageCharWidth() * _LETTERS_A_LINE
        self.setMaximumWidth(wide + _GUTTER)
        self.anchorClicked.connect(lambda url: self.link_followed.emit(url.toString()))

    def show_page(self, page: str) -> None:
        """Show a page from its top."""
        self._page = page
        self.setAccessibleName(help_pages.title(page))
        self._write()
        self.verticalScrollBar().setValue(0)

    def show_heading(self, name: str) -> None:
        """Scroll to the heading that a link calls by this name."""
        for block in self.headings():
            if help_pages.anchor(block.text()) == name:
                top = self.document().documentLayout().blockBoundingRect(block).top()
                # The cursor first: it scrolls only as far as it must.
                self.setTextCursor(QTextCursor(block))
                self.verticalScrollBar().setValue(round(top) - theme.SMALL)

    def headings(self) -> list[QTextBlock]:
        return [block for block in _blocks(self.document()) if _level(block) == _SECOND]

    def mark(self, words: list[str]) -> None:
        """Show these words wherever they stand, and bring the first into sight."""
        marks = []
        for word in words:
            found = self.document().find(word)
            while not found.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor = found
                mark.format.setBackground(QColor(theme.current().soon_soft))
                mark.format.setFontUnderline(True)
                marks.append(mark)
                found = self.document().find(word, found)
        self.setExtraSelections(marks)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Nothing but our pictures is shown, and they were given to the page already."""
        return None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._page:
            place = self.verticalScrollBar().value()
            self._write()
            self.verticalScrollBar().setValue(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_pictures()

    def _write(self) -> None:
        if self._document is not None:
            self._document.deleteLater()
        self._document = document = QTextDocument(self)
        document.setDefaultFont(theme.font())
        document.setDocumentMargin(0)
        features = QTextDocument.MarkdownFeature
        _, _, text = help_pages.text(self._page).partition("\n")
        document.setMarkdown(text, features.MarkdownDialectGitHub | features.MarkdownNoHTML)
        document.setIndentWidth(_INDENT)
        for block in _blocks(document):
            _dress(block)
            _dress_keys(document, block)
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _dress_table(frame)
        self._whole = {}
        self.setDocument(document)
        self._fit_pictures()

    def _fit_pictures(self) -> None:
        """In the colours of the window; never wider than the text, never larger than they are."""
        room, scale = self.viewport().width(), self.devicePixelRatioF()
        for cursor, form in _pictures(self.document()):
            name = form.name()
            if name not in self._whole:
                path = picture_path(QUrl(name).fileName(), dark=theme.current().dark)
                self._whole[name] = QImage(str(path))
            whole = self._whole[name]
            width = min(whole.width(), room)
            if whole.isNull() or round(form.width()) == width:
                continue
            # Made small here: the document would leave out lines instead of smoothing them.
            smooth = Qt.TransformationMode.SmoothTransformation
            small = whole.scaledToWidth(min(round(width * scale), whole.width()), smooth)
            kind = QTextDocument.ResourceType.ImageResource.value
            self.document().addResource(kind, QUrl(name), small)
            form.setWidth(width)
            form.setHeight(round(whole.height() * width / whole.width()))
            cursor.setCharFormat(form)


def picture_path(name: str, *, dark: bool) -> Path:
    """Where a picture of the help lies, in light or dark."""
    folder = paths.resources() / "help" / "bilder" / ("dunkel" if dark else "hell")
    return folder / name


def _pictures(document: QTextDocument) -> Iterator[tuple[QTextCursor, QTextImageFormat]]:
    for block in _blocks(document):
        for fragment in _fragments(block):
            if fragment.charFormat().isImageFormat():
                yield _over(document, fragment), fragment.charFormat().toImageFormat()


def _fragments(block: QTextBlock) -> list[QTextFragment]:
    """The parts of a block; a list, because they change while they are dressed."""
    found, parts = [], block.begin()
    while not parts.atEnd():
        found.append(parts.fragment())
        parts += 1
    return found


def _over(document: QTextDocument, fragment: QTextFragment) -> QTextCursor:
    cursor = QTextCursor(document)
    cursor.setPosition(fragment.position())
    cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _has_picture(block: QTextBlock) -> bool:
    return any(each.charFormat().isImageFormat() for each in _fragments(block))


def _blocks(document: QTextDocument) -> list[QTextBlock]:
    found, block = [], document.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def _level(block: QTextBlock) -> int:
    return block.blockFormat().headingLevel()


def _is_code(block: QTextBlock) -> bool:
    return block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence.value)


def _dress(block: QTextBlock) -> None:
    if _is_code(block):
        _dress_code(block)
        return
    level = _level(block)
    form = QTextBlockFormat()
    if not _has_picture(block):
        # A share of a picture's height would be as much of nothing below it.
        form.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor = QTextCursor(block)
    if cursor.currentTable() is None:
        form.setTopMargin(_SPACE_ABOVE.get(level, 0))
        form.setBottomMargin(_space_below(block))
    cursor.mergeBlockFormat(form)
    if level:
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        letters = QTextCharFormat()
        letters.setFont(theme.font(_HEADING_SIZE, QFont.Weight.DemiBold))
        letters.clearProperty(QTextFormat.Property.FontSizeAdjustment)
        cursor.setCharFormat(letters)


def _space_below(block: QTextBlock) -> int:
    if _has_picture(block):
        return theme.LARGE
    goes_on = block.textList() is not None and block.next().textList() is not None
    return theme.TINY if goes_on else theme.SMALL


def _dress_keys(document: QTextDocument, block: QTextBlock) -> None:
    """Keys and what is typed, within a line: as high as the letters beside them."""
    if _is_code(block):
        return
    letters = QTextCharFormat()
    letters.setFontPointSize(theme.font(theme.SMALL_SIZE).pointSizeF())
    for fragment in _fragments(block):
        if fragment.charFormat().fontFixedPitch():
            _over(document, fragment).mergeCharFormat(letters)


def _dress_code(block: QTextBlock) -> None:
    """A line of a file: on a ground of its own, in letters of one width, wrapped where it must."""
    form = QTextBlockFormat()
    form.setBackground(QColor(theme.current().chip))
    form.setNonBreakableLines(False)
    form.setTextIndent(theme.SMALL)
    form.setLeftMargin(0)
    form.setRightMargin(0)
    first, last = not _is_code(block.previous()), not _is_code(block.next())
    form.setTopMargin(theme.TINY if first else 0)
    form.setBottomMargin(theme.LARGE if last else 0)
    cursor = QTextCursor(block)
    cursor.mergeBlockFormat(form)
    cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
    letters = QTextCharFormat()
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    fixed.setPointSizeF(theme.font(theme.SMALL_SIZE).pointSizeF())
    letters.setFont(fixed)
    cursor.mergeCharFormat(letters)


def _dress_table(table: QTextTable) -> None:
    """Hairlines between the rows, the first column as wide as the names need."""
    form = table.format()
    form.setBorder(0)
    form.setCellPadding(6)
    form.setCellSpacing(0)
    form.setTopMargin(theme.SMALL)
    form.setBottomMargin(theme.SMALL)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    if table.columns() == len(_TWO_COLUMNS):
        # Tables below each other on one page stand in one line.
        form.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.PercentageLength, part) for part in _TWO_COLUMNS]
        )
    table.setFormat(form)
    line = QTextTableCellFormat()
    line.setBottomBorder(1)
    line.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    line.setBottomBorderBrush(QBrush(QColor(theme.current().line)))
    for row in range(table.rows()):
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            letters = cell.format()
            letters.merge(line)
            cell.setFormat(letters)
