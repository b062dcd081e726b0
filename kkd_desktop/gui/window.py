"""What stands around every page? The rail, the top bar, the loud lines, and the keys."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QSettings, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QFont,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop import paths
from kkd_desktop.gui import shortcuts, theme
from kkd_desktop.gui.painting import fill
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Notice, NoticeBar
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.commands import CommandField
from kkd_desktop.gui.widgets.focus import enter, step_focus
from kkd_desktop.gui.widgets.labels import ElidedLabel, PlainLabel, plain_tooltip, set_property
from kkd_desktop.gui.widgets.rail import Rail
from kkd_desktop.gui.widgets.toast import Toast

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

_GEOMETRY = "window/geometry"
_ROOMY, _SAYS_SOMETHING = 1000, 12
_LEAST, _FRAME = QSize(1024, 700), QSize(0, theme.TITLE_BAR)
_ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)


class _Page:
    def __init__(self, factory: Callable[[], QWidget], rail: str, title: str) -> None:
        self.factory, self.rail, self.title = factory, rail, title
        self.widget: QWidget | None = None
        self.keys = ""


class MainWindow(QWidget):
    """The one window. Pages are made when they are first shown.

    Signals:
        page_shown: carries the id of the page.
        contact_requested: Ctrl+N or the button.
        undo_requested: Ctrl+Z or the line that names the last step.
        redo_requested: Ctrl+Shift+Z.
        help_requested: the page about what is in sight.
        tour_requested: the tour of the first steps is wanted.
        closing: the window is about to close.
    """

    page_shown = Signal(str)
    contact_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    help_requested = Signal()
    tour_requested = Signal()
    closing = Signal()
    spoken_role = "Window"

    def __init__(self, settings: QSettings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._pages: dict[str, _Page] = {}
        self._current = ""
        self._past: list[str] = []
        # Neutral on purpose: it is readable in task bars and over shoulders.
        self.setWindowTitle(self.tr("Kontaktdichte"))
        self.setMinimumSize(_LEAST)

        self.rail = Rail(self.tr("Kontaktdichte"))
        self.bar = _TopBar()
        self.commands = self.bar.commands
        self.notices = NoticeBar()
        self._stack = QStackedWidget()

        self._body = QWidget()
        self._scrolls = False
        right = QVBoxLayout(self._body)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.bar)
        right.addWidget(self.notices)
        right.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self._body, 1)
        self.toast = Toast(self._stack, self.rail, self._kept_clear)

        self.rail.page_chosen.connect(self.show_page)
        self.bar.contact.clicked.connect(self.contact_requested)
        self.bar.undo.clicked.connect(self.undo_requested)
        self.bar.help.clicked.connect(self.help_requested)
        shortcuts.bind("palette", self, self.commands.begin)
        shortcuts.bind("contact", self, self.contact_requested.emit)
        shortcuts.bind("undo", self, self._undo)
        shortcuts.bind("redo", self, self.redo_requested.emit)
        shortcuts.bind("back", self, self.go_back)
        self._restore_geometry()

    def add_page(
        self,
        page: str,
        title: str,
        factory: Callable[[], QWidget],
        *,
        at_bottom: bool = False,
        under: str = "",
    ) -> None:
        """Register a page. With `under` it has no place in the rail but that of another page."""
        self._pages[page] = _Page(factory, under or page, title)
        if under:
            return
        keys = self._pages[page].keys = self._bind_page(page)
        self.rail.add(page, title, keys, at_bottom)

    def show_page(self, page: str) -> QWidget:
        """Show a page, and make it if this is the first time."""
        known = self._pages[page]
        widget = self.prepare_page(page)
        if page != self._current:
            if self._current:
                self._past.append(self._current)
            self._current = page
            self._show_in_stack(widget)
            self.toast.leave_page()
        self.rail.set_current(known.rail)
        self.toast.raise_()
        self.page_shown.emit(page)
        return widget

    def _kept_clear(self) -> QWidget | None:
        return getattr(self._stack.currentWidget(), "kept_clear", None)

    def _show_in_stack(self, page: QWidget) -> None:
        """Whoever had the keys on the page before has them on this one. Qt would leave them with
        what is hidden by now, or give them to whatever happens to stand beside it.
        """
        before, focused = self._stack.currentWidget(), QApplication.focusWidget()
        leaves = before is not None and focused is not None and before.isAncestorOf(focused)
        if leaves:
            # A reader would name whatever Qt gives the keys to on the way; this has no name.
            self._stack.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stack.setCurrentWidget(page)
        if leaves:
            inside = page.focusWidget()
            enter(page if inside is None or not inside.isVisible() else inside)

    def prepare_page(self, page: str) -> QWidget:
        """Make a page, so that it is quick when it is shown first."""
        known = self._pages[page]
        if known.widget is None:
            known.widget = known.factory()
            if known.title:
                known.widget.setAccessibleName(known.title)
            self._stack.addWidget(known.widget)
        return known.widget

    def go_back(self) -> None:
        """Show the page that was shown before."""
        if self._past:
            before = self._past.pop()
            self._current = ""
            self.show_page(before)

    def page(self, page: str) -> QWidget | None:
        """The page's widget; None while it was never shown."""
        return self._pages[page].widget

    def current_page(self) -> str:
        return self._current

    def page_keys(self, page: str) -> str:
        """The keys that show a page, as they are written; empty where it has none."""
        return self._pages[page].keys

    def set_count(self, page: str, text: str) -> None:
        self.rail.set_count(page, text)

    def set_concept(self, title: str, day: str, tone: Tone = Tone.NEUTRAL) -> None:
        """The policy in force and the day, always in sight; a tone where it is not in order."""
        self.bar.set_concept(title, day, tone)

    def set_undo(self, text: str, *, redo: bool = False) -> None:
        """Name the step that can be taken back, e.g. `Kontakt 18.11. erfasst`; empty hides it.

        `redo` says whether one was taken back that can be done again.
        """
        self.bar.set_undo(text, redo)

    def set_step_menu(self, fill: Callable[[QMenu], object]) -> None:
        """A menu beside the way back, filled each time it opens. Made after the first picture."""
        self.bar.add_step_menu(fill)

    def show_step_menu(self) -> None:
        """Open it from the keyboard, where there is anything in it."""
        if self.bar.steps is not None and self.bar.steps.isVisible():
            self.bar.steps.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.bar.steps.showMenu()

    def show_notice(
        self,
        name: str,
        text: str,
        tone: Tone = Tone.LATE,
        action: str = "",
        on_action: Callable[[], object] | None = None,
    ) -> Notice:
        """Say something loudly above the page until `clear_notice(name)`."""
        return self.notices.show_notice(name, text, tone, action, on_action)

    def clear_notice(self, name: str) -> None:
        self.notices.clear_notice(name)

    def say(
        self, text: str, action: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        """Say what just happened, with a way back."""
        self.toast.say(text, action, on_action)

    def show_icons(self) -> None:
        """Put the program's own icon into task bar and title, and theirs before the pages; read
        from files, so after the first picture. From then on buttons have their letters, too.
        """
        from kkd_desktop.gui.alt_letters import AltLetters

        AltLetters(self)
        self.setWindowIcon(_icon())
        self.rail.show_icons()

    def fit_screen(self) -> None:
        """Enlarged, by us or by the system, its least size may be more than the screen has: then
        what is in it scrolls.
        """
        available = self.screen().availableSize()
        self.setMinimumSize(_LEAST.boundedTo(available - _FRAME))
        self.resize(self.size().boundedTo(available - _FRAME))

    def bring_to_front(self) -> None:
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def focusNextPrevChild(self, next: bool) -> bool:
        return step_focus(self, next)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _LEAST.width()
        if narrow or self.height() < _LEAST.height():
            self._let_scroll()
        if self._scrolls:
            self.rail.set_narrow(narrow)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._settings is not None:
            self._settings.setValue(_GEOMETRY, self.saveGeometry())
        self.closing.emit()
        super().closeEvent(event)

    def _let_scroll(self) -> None:
        """Keep the room that bar and page need, however little of it is in sight."""
        if self._scrolls:
            return
        from kkd_desktop.gui.widgets.least_room import let_scroll

        self._scrolls = True
        # No page is drawn lower than it was made for: it scrolls as a whole.
        self._body.setMinimumSize(_LEAST.width() - self.rail.width(), _LEAST.height())
        let_scroll(self._body)

    def _undo(self) -> None:
        if self.bar.names_step():
            self.undo_requested.emit()

    def _bind_page(self, page: str) -> str:
        shortcuts.bind(page, self, lambda: self.show_page(page))
        return shortcuts.shown(page)

    def _restore_geometry(self) -> None:
        saved = None if self._settings is None else self._settings.value(_GEOMETRY)
        # A file that a crash garbled must not keep the window away.
        if not isinstance(saved, QByteArray) or not self.restoreGeometry(saved):
            self.resize(first_size(self.screen().availableSize()))


def first_size(available: QSize) -> QSize:
    """As large as it is meant to be, or as the screen has room for with a title bar."""
    return QSize(1360, 860).boundedTo(available - _FRAME)


class _TopBar(QWidget):
    """Search, the main action, the way back; at the right the policy and the day."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(52)
        self.commands = CommandField(
            self.tr("Kunde, Nummer oder Befehl …"), shortcuts.shown("palette")
        )
        self.commands.setMinimumWidth(200)
        self.commands.setMaximumWidth(420)
        self.commands.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.contact = Button(self.tr("Kontakt erfassen"), keys=shortcuts.shown("contact"))
        self.undo = Button("↶", kind="quiet")
        self.undo.hide()
        self.steps: Button | None = None
        self._step, self._redo = "", False
        self.help = Button("?", kind="quiet")
        self.help.setAccessibleName(self.tr("Hilfe"))
        self.help.setToolTip(self.tr("Hilfe ({keys})").format(keys=shortcuts.shown("help")))
        self._word = PlainLabel(self.tr("Konzept"), muted=True)
        self.concept = ElidedLabel(weight=QFont.Weight.Medium)
        self._day = PlainLabel(muted=True)
        self.concept.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

        row = QHBoxLayout(self)
        row.setContentsMargins(theme.HUGE, 0, theme.HUGE, 1)
        row.setSpacing(theme.MEDIUM)
        row.addWidget(self.commands, 100)
        row.addWidget(self.contact)
        self._back = QHBoxLayout()
        self._back.setSpacing(0)
        self._back.addWidget(self.undo)
        row.addLayout(self._back)
        row.addStretch(1)
        concept = QHBoxLayout()
        concept.setSpacing(theme.TINY)
        for label in (self._word, self.concept, self._day):
            concept.addWidget(label)
        row.addLayout(concept)
        row.addWidget(self.help)
        self._word.hide()

    def set_concept(self, title: str, day: str, tone: Tone) -> None:
        self.concept.setText(title)
        if tone is not Tone.NEUTRAL:
            self.concept.set_tone(tone)
        else:
            set_property(self.concept, "tone", None)
        self._day.setText(f"· {day}" if title else day)
        self._write_undo()

    def names_step(self) -> bool:
        return bool(self._step)

    def add_step_menu(self, fill: Callable[[QMenu], object]) -> None:
        self.steps = Button("", kind="quiet")
        self.steps.setProperty("menu", "only")
        self.steps.setAccessibleName(self.tr("Mehrere Schritte zurücknehmen"))
        self.steps.setToolTip(self.steps.accessibleName())
        menu = QMenu(self.steps)
        menu.aboutToShow.connect(menu.clear)
        menu.aboutToShow.connect(lambda: fill(menu))
        self.steps.setMenu(menu)
        self._back.addWidget(self.steps)
        self._show_steps()

    def set_undo(self, text: str, redo: bool) -> None:
        self._step, self._redo = text, redo
        self.undo.setToolTip(
            plain_tooltip(
                self.tr("Rückgängig ({keys}): {step}").format(
                    keys=shortcuts.shown("undo"), step=text
                )
            )
        )
        self.undo.setVisible(bool(text))
        self._show_steps()
        self._write_undo()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._write_undo()

    def _show_steps(self) -> None:
        if self.steps is not None:
            self.steps.setVisible(bool(self._step) or self._redo)

    def _write_undo(self) -> None:
        """The concept in force is the most important text: the word before it gives way first, then
        the name of the step, of which a narrow window has the arrow alone.
        """
        room = self._room()
        if self._step:
            self.undo.setText(self._worded_step(room))
            self.undo.setAccessibleName(self.tr("Rückgängig: {step}").format(step=self._step))
            room -= self.undo.sizeHint().width()
        fits = self._word.sizeHint().width() + theme.TINY <= room
        self._word.setVisible(bool(self.concept.text()) and fits)

    def _worded_step(self, room: int) -> str:
        if self.width() < _ROOMY:
            return "↶"
        metrics = self.undo.fontMetrics()
        frame = self.undo.sizeHint().width() - metrics.horizontalAdvance(self.undo.text())
        named = metrics.elidedText(f"↶ {self._step}", Qt.TextElideMode.ElideRight, room - frame)
        return named if len(named) > _SAYS_SOMETHING else "↶"

    def _room(self) -> int:
        """What is left for the step and the word before the concept beside all that is whole."""
        whole = [self.contact, self.concept, self._day, self.help]
        if self.steps is not None and not self.steps.isHidden():
            whole.append(self.steps)
        gaps = 2 * theme.HUGE + 4 * theme.MEDIUM + theme.TINY
        taken = sum(each.sizeHint().width() for each in whole) + self.commands.minimumWidth()
        return self.width() - taken - gaps

    def paintEvent(self, event: QPaintEvent) -> None:
        line = QRect(0, self.height() - 1, self.width(), 1)
        fill(QPainter(self), line, theme.current().line)


def _icon() -> "QIcon":
    from PySide6.QtGui import QIcon

    icon = QIcon()
    folder = paths.resources() / "icons"
    for size in _ICON_SIZES:
        icon.addFile(str(folder / f"kkd-desktop-{size}.png"))
    return icon
