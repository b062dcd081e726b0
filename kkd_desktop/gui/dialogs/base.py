"""What do all dialogs share? Title, body, a footer with buttons, one line for what went wrong."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kkd_desktop.domain.left_open import LeftOpen
from kkd_desktop.gui import shortcuts, theme
from kkd_desktop.gui.painting import fill
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Line
from kkd_desktop.gui.widgets.focus import step_focus
from kkd_desktop.gui.widgets.labels import ElidedLabel, PlainLabel

_MARGIN = theme.HUGE + theme.HAIR


class Dialog(QDialog):
    """A dialog of this program. Esc closes it, Ctrl+Enter does the main action.

    Fill `body`; put what belongs to the decision into `footer`, above the buttons.
    """

    def __init__(self, title: str, subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._busy = False
        self._main: Button | None = None
        self.title = PlainLabel(title, size=theme.TITLE_SIZE, weight=QFont.Weight.DemiBold)
        self.subtitle = ElidedLabel(subtitle, muted=True)
        self.subtitle.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.error = Banner()
        self.error.hide()

        head = QHBoxLayout()
        head.setSpacing(theme.LARGE)
        head.addWidget(self.title, 0, Qt.AlignmentFlag.AlignBaseline)
        head.addWidget(self.subtitle, 1, Qt.AlignmentFlag.AlignBaseline)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.LARGE)
        self._upper = _Surface()
        self._scrolls = False
        inside = QVBoxLayout(self._upper)
        inside.setContentsMargins(_MARGIN, theme.HUGE, _MARGIN, theme.HUGE)
        inside.setSpacing(theme.LARGE)
        inside.addLayout(head)
        inside.addLayout(self.body, 1)
        inside.addWidget(self.error)

        self.footer = QVBoxLayout()
        self.footer.setContentsMargins(_MARGIN, theme.LARGE, _MARGIN, theme.LARGE)
        self.footer.setSpacing(theme.LARGE)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.SMALL)
        self._buttons.addStretch()
        self.footer.addLayout(self._buttons)

        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._upper, 1)
        outer.addWidget(Line())
        outer.addLayout(self.footer)

        shortcuts.bind("dialog.main", self, self._do_main)
        shortcuts.bind("dialog.help", self, self._help)

    def set_main_action(
        self, text: str, on_click: Callable[[], object], keys: str | None = None
    ) -> Button:
        """The one filled button at the right; `keys` defaults to what Ctrl+Enter is called."""
        shown = shortcuts.shown("dialog.main") if keys is None else keys
        button = Button(text, kind="primary", keys=shown)
        button.clicked.connect(on_click)
        self._buttons.addWidget(button)
        self._main = button
        return button

    def add_action(self, text: str, on_click: Callable[[], object], keys: str = "") -> Button:
        """A plain button left of the main one; call it first. `keys` only shows, e.g. `Strg S`."""
        button = Button(text, keys=keys)
        button.clicked.connect(on_click)
        self._buttons.addWidget(button)
        return button

    def add_cancel(self) -> Button:
        return self.add_action(self.tr("Abbrechen"), self.reject)

    def show_error(self, text: str) -> None:
        """Say what went wrong in a line above the buttons; empty takes it back."""
        if text:
            self.error.say("", text, Tone.LATE)
        self.error.setVisible(bool(text))

    def set_busy(self, busy: bool, text: str = "") -> None:
        """While work is under way nothing is pressed twice; `text` stands on the main button."""
        if busy == self._busy:
            return
        self._busy = busy
        if self._main is not None:
            if busy:
                self._main.setProperty("idle", self._main.text())
            self._main.setText(text if busy and text else self._main.property("idle"))
            self._main.setEnabled(not busy)
        if busy:
            QApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)
        else:
            QApplication.restoreOverrideCursor()

    def is_busy(self) -> bool:
        return self._busy

    def left_open(self) -> LeftOpen | None:
        """How to open it again after the window was locked; None: only its texts are kept."""
        return None

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._make_room()
        return handled

    def focusNextPrevChild(self, next: bool) -> bool:
        return step_focus(self, next)

    def showEvent(self, event: QShowEvent) -> None:
        from kkd_desktop.gui.alt_letters import AltLetters

        if self.findChild(AltLetters) is None:
            AltLetters(self)
        self._fit_screen()
        super().showEvent(event)

    def done(self, result: int) -> None:
        self.set_busy(False)
        super().done(result)

    def _make_room(self) -> None:
        """Grow for a sentence that came: a layout does not reckon with lines that wrap."""
        layout = self.layout()
        needed = layout.totalMinimumHeightForWidth(self.width()) if layout else 0
        if self.height() < needed:
            self.resize(self.width(), needed)
        if self.isVisible():
            self._fit_screen()

    def _fit_screen(self) -> None:
        """On a small screen, or enlarged, the body scrolls and the buttons stay in sight."""
        room = self.screen().availableSize() - QSize(0, theme.TITLE_BAR)
        layout = self.layout()
        assert layout is not None
        least = layout.minimumSize().expandedTo(
            QSize(0, layout.totalMinimumHeightForWidth(self.width()))
        )
        if not self._scrolls and least.boundedTo(room) != least:
            from kkd_desktop.gui.widgets.least_room import let_scroll

            self._scrolls = True
            let_scroll(self._upper)
            self._drop_keys(room.width())
            self.setMinimumSize(self.minimumSize().boundedTo(room))
        self.resize(self.size().boundedTo(room))

    def _drop_keys(self, room: int) -> None:
        """Before a button is cut, those beside the main one do without their keys."""
        for place in range(self._buttons.count()):
            item = self._buttons.itemAt(place)
            button = None if item is None else item.widget()
            if self.footer.minimumSize().width() <= room:
                return
            if isinstance(button, Button) and button is not self._main and button.keys():
                button.drop_keys()

    def _help(self) -> None:
        """The help page about what has the keyboard here."""
        from kkd_desktop.gui.dialogs.help import open_help
        from kkd_desktop.gui.help_pages import page_for

        open_help(page_for(self.focusWidget() or self), self)

    def _do_main(self) -> None:
        if self._main is not None and self._main.isEnabled():
            self._main.click()


def show(dialog: Dialog) -> None:
    """Open a dialog over its window; it goes away with its data when it closes."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def ask(question: QDialog) -> None:
    """Open what stands alone, before there is a window, and wait for the answer.

    Qt destroys it soon after. What Python alone held would go by its collector, which empties the
    objects that listen to a window before the window itself, and so ends the program.
    """
    question.exec()
    question.deleteLater()


class _Surface(QWidget):
    """The light upper part. Painted, so that no style sheet of its own reaches the fields in it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        fill(QPainter(self), event.rect(), theme.current().surface)
