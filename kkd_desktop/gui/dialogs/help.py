"""How does something work? The help in a window of its own, to be read while one works."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.domain import language
from kkd_desktop.gui import help_pages, shortcuts, theme
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.widgets.banner import tell_found
from kkd_desktop.gui.widgets.help_reader import HelpReader
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.window import MainWindow

_SIZE, _SMALLEST = QSize(1000, 720), QSize(640, 420)
_CONTENTS_WIDTH, _ROW = 260, 25
_PAGE, _ANCHOR = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_TOUR = "rundgang"
"""What a link names that begins the tour."""


class HelpWindow(Dialog):
    """All pages with their contents and a search beside them. Esc closes it.

    It belongs to no other window for Qt, so that no dialog keeps it from being read.

    Signals:
        tour_wanted: the tour of the first steps is to be shown.
    """

    tour_wanted = Signal()

    def __init__(self, page: str = help_pages.FIRST, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Hilfe"), parent=parent)
        self.setModal(False)
        self._page, self._past = "", list[tuple[str, int]]()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("In der Hilfe suchen"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.contents = QTreeWidget()
        self.contents.setAccessibleName(self.tr("Seiten der Hilfe"))
        self.contents.setHeaderHidden(True)
        self.contents.setRootIsDecorated(False)
        self.contents.setIndentation(theme.LARGE)
        self.contents.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.setExpandsOnDoubleClick(False)
        self.nothing = PlainLabel(self.tr("Dazu steht nichts in der Hilfe."), muted=True, wrap=True)
        self.nothing.hide()
        self.reader = HelpReader()

        self._lay_out()
        self.back_button = self.add_action(
            self.tr("Zurück"), self.go_back, keys=shortcuts.shown("help.back")
        )
        self.close_button = self.set_main_action(self.tr("Schließen"), self.reject, keys="Esc")
        self.setMinimumSize(_SMALLEST)
        self.resize(_SIZE)

        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.contents.currentItemChanged.connect(self._choose)
        self.contents.itemClicked.connect(self._choose_again)
        self.reader.link_followed.connect(self._follow)
        shortcuts.bind("help.back", self, self.go_back)
        shortcuts.bind("help.search", self, self._go_to_search)
        self._fill()
        if (layout := self.layout()) is not None:
            # So that the first page is laid out once, at its width.
            layout.activate()
        self.show_page(page)
        self.reader.setFocus()

    def show_page(self, page: str, heading: str = "") -> None:
        """Show a page, from a heading on where its name is given."""
        if page != self._page:
            if self._page:
                self._past.append((self._page, self.reader.verticalScrollBar().value()))
            self._show(page)
        self.reader.show_heading(heading)

    def current_page(self) -> str:
        return self._page

    def go_back(self) -> None:
        """Show the page that was shown before, where it was left."""
        if self._past:
            page, place = self._past.pop()
            self._show(page)
            self.reader.verticalScrollBar().setValue(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search field arrow down and Enter go to what was found."""
        pressed = watched is self.search and event.type() is QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go_to_contents()
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        beside = QVBoxLayout()
        beside.setSpacing(theme.MEDIUM)
        beside.addWidget(self.search)
        beside.addWidget(self.nothing)
        beside.addWidget(self.contents, 1)
        left = QWidget()
        left.setFixedWidth(_CONTENTS_WIDTH)
        beside.setContentsMargins(0, 0, 0, 0)
        left.setLayout(beside)
        line = QFrame()
        line.setProperty("kind", "line")
        line.setFixedWidth(1)
        row = QHBoxLayout()
        row.setSpacing(theme.HUGE)
        row.addWidget(left)
        row.addWidget(line)
        row.addWidget(self.reader, 100)
        row.addStretch(1)
        if not language.is_german():
            self.body.addWidget(
                PlainLabel(self.tr("Die Seiten der Hilfe sind deutsch."), muted=True)
            )
        self.body.addLayout(row, 1)

    def _help(self) -> None:
        """Here F1 has nothing more to say."""

    def _show(self, page: str) -> None:
        self._page = page
        self.title.setText(help_pages.title(page))
        self.reader.show_page(page)
        self.back_button.setEnabled(bool(self._past))
        self._stand_on(page)
        self._mark()

    def _fill(self) -> None:
        """The contents: all pages with their headings, or what was found."""
        words = self.search.text().strip()
        everything = [part for page in help_pages.pages() for part in help_pages.sections(page)]
        parts = help_pages.find(words) if words else everything
        self.contents.blockSignals(True)
        self.contents.clear()
        lines: dict[str, QTreeWidgetItem] = {}
        for part in parts:
            if part.page not in lines:
                if not words and (group := help_pages.group_beginning(part.page)):
                    self.contents.addTopLevelItem(_group(group))
                title = help_pages.title(part.page).partition(":")[0]
                lines[part.page] = line = _line(title, part.page)
                self.contents.addTopLevelItem(line)
            if part.heading:
                below = _line(part.heading, part.page, help_pages.anchor(part.heading))
                lines[part.page].addChild(below)
        self.contents.blockSignals(False)
        self.nothing.setVisible(not parts)
        self.contents.setVisible(bool(parts))
        self._stand_on(self._page)

    def _stand_on(self, page: str) -> None:
        """Open the headings of the shown page, of what was found all; others are closed."""
        searching = bool(self.search.text().strip())
        current = self.contents.currentItem()
        already = current is not None and current.data(0, _PAGE) == page
        self.contents.blockSignals(True)
        for item in _items(self.contents):
            if item.parent() is None:
                item.setExpanded(searching or item.data(0, _PAGE) == page)
                if item.data(0, _PAGE) == page and not already:
                    self.contents.setCurrentItem(item)
        self.contents.blockSignals(False)

    def _search(self) -> None:
        self._fill()
        lines = [item for item in _items(self.contents) if item.data(0, _PAGE) is not None]
        tell_found(self.search, len(lines))
        self._mark()

    def _mark(self) -> None:
        self.reader.mark(self.search.text().split())

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if item is None or item.data(0, _PAGE) is None:
            return
        page, heading = item.data(0, _PAGE), item.data(0, _ANCHOR)
        self.show_page(page, heading)
        if not heading:
            self.reader.verticalScrollBar().setValue(0)

    def _choose_again(self, item: QTreeWidgetItem) -> None:
        """A click on the chosen heading scrolls back to it."""
        if item is self.contents.currentItem():
            self._choose(item)

    def _go_to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _go_to_contents(self) -> None:
        first = next((item for item in _items(self.contents) if item.data(0, _PAGE)), None)
        if first is None:
            return
        # Of a page that was found the part that says it.
        if self.search.text().strip():
            first = first.child(0) or first
        self.contents.setFocus()
        self.contents.setCurrentItem(first)
        self._choose(first)

    def _follow(self, target: str) -> None:
        if target == _TOUR:
            self.tour_wanted.emit()
            return
        page, _, heading = target.partition("#")
        self.show_page(page.removesuffix(".md") or self._page, heading)


class HelpDesk(QObject):
    """Keeps the one help window of a window, and closes it with that."""

    def __init__(self, owner: QWidget, page: str) -> None:
        super().__init__(owner)
        # Over a question that keeps everything else waiting it must be part of it.
        alone = owner.windowModality() is not Qt.WindowModality.ApplicationModal
        self.window = HelpWindow(page, None if alone else owner)
        owner.installEventFilter(self)
        owner.destroyed.connect(self.window.deleteLater)
        if isinstance(owner, MainWindow):
            self.window.tour_wanted.connect(owner.tour_requested)
        room = owner.size() - QSize(theme.AROUND, theme.AROUND)
        self.window.resize(_SIZE.boundedTo(room).expandedTo(_SMALLEST))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Close:
            self.window.close()
        return False


def open_help(page: str, asking: QWidget) -> HelpWindow:
    """Show a page in the help window that belongs to the window of `asking`."""
    owner = asking.window()
    while (above := owner.parentWidget()) is not None:
        owner = above.window()
    desk = owner.findChild(HelpDesk, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if desk is None:
        desk = HelpDesk(owner, page)
    desk.window.show_page(page)
    desk.window.show()
    desk.window.raise_()
    desk.window.activateWindow()
    return desk.window


def _line(text: str, page: str, anchor: str = "") -> QTreeWidgetItem:
    item = QTreeWidgetItem([text])
    item.setData(0, _PAGE, page)
    item.setData(0, _ANCHOR, anchor)
    item.setSizeHint(0, QSize(0, _ROW))
    item.setToolTip(0, text)
    return item


def _group(title: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([title])
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    item.setSizeHint(0, QSize(0, _ROW + theme.SMALL))
    item.setTextAlignment(0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
    item.setFont(0, theme.font(theme.SMALL_SIZE, QFont.Weight.DemiBold))
    return item


def _items(tree: QTreeWidget) -> list[QTreeWidgetItem]:
    """Every line from top to bottom."""
    walk = QTreeWidgetItemIterator(tree)
    found = []
    while (item := walk.value()) is not None:
        found.append(item)
        walk += 1
    return found
