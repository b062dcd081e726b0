"""How does something work? A page of our own, read in the window.

The pages are Markdown in `resources/help/`: `# ` is the title, each `## ` a heading to jump to.
Nothing in them comes from outside, so they may be formatted; links are not followed.
"""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
)
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from kkd_desktop import paths
from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.base import Dialog, show
from kkd_desktop.gui.widgets.buttons import Button

_WIDTH, _HEIGHT = 860, 680
_AROUND = 48
"""What stays visible of the window behind."""
_HEADING_SIZE = 15.0
_LINE_HEIGHT = 128
_INDENT = 22
_BESIDE_INDEX = 7
"""The first line of the text stands beside the first heading of the index."""
_SPACE_ABOVE = {1: theme.HUGE, 2: theme.HUGE, 3: theme.LARGE}


class HelpDialog(Dialog):
    """One page with its headings beside it. Esc closes it; arrow keys and Page scroll."""

    def __init__(self, page: str, parent: QWidget | None = None) -> None:
        """`page` is the name of a file in `resources/help/`, without its ending."""
        title, _, text = _page(page).removeprefix("# ").partition("\n")
        super().__init__(title, parent=parent)
        self.reader = QTextBrowser()
        self.reader.setProperty("kind", "paper")
        self.reader.setOpenLinks(False)
        self.reader.setAccessibleName(title)
        self.reader.setDocument(_document(text, self.reader))
        self.headings = [
            block for block in _blocks(self.reader.document()) if _level(block) == _SECOND
        ]
        self.jumps = [self._jump(block) for block in self.headings]

        index = QVBoxLayout()
        index.setSpacing(2)
        for button in self.jumps:
            index.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        index.addStretch()
        beside = QHBoxLayout()
        beside.setSpacing(theme.HUGE)
        beside.addLayout(index)
        beside.addWidget(self.reader, 1)
        self.body.addLayout(beside, 1)
        self.close_button = self.set_main_action(self.tr("Schließen"), self.accept, keys="Esc")
        window = None if parent is None else parent.window()
        room = _HEIGHT if window is None else window.height() - _AROUND
        self.resize(QSize(_WIDTH, max(min(_HEIGHT, room), _HEIGHT // 2)))
        self.reader.setFocus()

    def _jump(self, heading: QTextBlock) -> Button:
        button = Button(heading.text(), kind="quiet")
        button.setToolTip(self.tr("Zu diesem Abschnitt"))
        button.clicked.connect(partial(self._show, heading))
        return button

    def _show(self, heading: QTextBlock) -> None:
        top = self.reader.document().documentLayout().blockBoundingRect(heading).top()
        # The cursor first: it scrolls only as far as it must.
        self.reader.setTextCursor(QTextCursor(heading))
        self.reader.verticalScrollBar().setValue(round(top) - theme.SMALL)
        self.reader.setFocus()


def open_help(page: str, parent: QWidget) -> None:
    """Show a page over its window."""
    show(HelpDialog(page, parent))


_SECOND = 2


def _page(name: str) -> str:
    return (paths.resources() / "help" / f"{name}.md").read_text(encoding="utf-8")


def _document(text: str, parent: QWidget) -> QTextDocument:
    """The page in the type and spacing of the window."""
    document = QTextDocument(parent)
    document.setDefaultFont(theme.font())
    document.setDocumentMargin(0)
    features = QTextDocument.MarkdownFeature
    document.setMarkdown(text, features.MarkdownDialectGitHub | features.MarkdownNoHTML)
    document.setIndentWidth(_INDENT)
    whole = document.rootFrame().frameFormat()
    whole.setTopMargin(_BESIDE_INDEX)
    document.rootFrame().setFrameFormat(whole)
    for block in _blocks(document):
        _dress(block)
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _dress_table(frame)
    return document


def _blocks(document: QTextDocument) -> list[QTextBlock]:
    found, block = [], document.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def _level(block: QTextBlock) -> int:
    return block.blockFormat().headingLevel()


def _dress(block: QTextBlock) -> None:
    level = _level(block)
    form = QTextBlockFormat()
    form.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor = QTextCursor(block)
    if cursor.currentTable() is None:
        form.setTopMargin(_SPACE_ABOVE.get(level, 0))
        goes_on = block.textList() is not None and block.next().textList() is not None
        form.setBottomMargin(theme.TINY if goes_on else theme.SMALL)
    cursor.mergeBlockFormat(form)
    if level:
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        letters = QTextCharFormat()
        letters.setFont(theme.font(_HEADING_SIZE, QFont.Weight.DemiBold))
        letters.clearProperty(QTextFormat.Property.FontSizeAdjustment)
        cursor.setCharFormat(letters)


def _dress_table(table: QTextTable) -> None:
    """Hairlines between the rows, the first column as wide as the names need."""
    form = table.format()
    form.setBorder(0)
    form.setCellPadding(6)
    form.setCellSpacing(0)
    form.setTopMargin(theme.SMALL)
    form.setBottomMargin(theme.SMALL)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
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
