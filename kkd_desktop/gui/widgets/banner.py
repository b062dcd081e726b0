"""Does this count, and why? And what must be said loudly above a page?"""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.gui import theme
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.labels import PlainLabel, set_property


class Banner(QFrame):
    """A tinted line: a word in bold, then the sentence: `zählt nicht`, and why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "banner")
        self.word = PlainLabel(weight=QFont.Weight.DemiBold)
        self.text = PlainLabel(wrap=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        self._row.setSpacing(theme.MEDIUM)
        self._row.addWidget(self.word)
        self._row.addWidget(self.text, 1)

    def add(self, button: Button) -> None:
        """Put what one can do about it at the right end."""
        self._row.addWidget(button)

    def say(self, word: str, text: str, tone: Tone) -> None:
        """Show it; a screen reader hears it when it changed."""
        spoken = f"{word} {text}".strip()
        changed = spoken != self.accessibleName()
        self.word.setText(word)
        self.word.setVisible(bool(word))
        self.text.setText(text)
        self.word.set_tone(tone)
        set_property(self, "tone", tone.value)
        self.setAccessibleName(spoken)
        if changed:
            announce(self, spoken)


class Notice(Banner):
    """A loud line above the page, with at most one action.

    Signals:
        action_requested: the link in it was pressed.
    """

    action_requested = Signal()

    def __init__(
        self, text: str, tone: Tone, action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("flat", "true")
        self._row.setContentsMargins(theme.HUGE, theme.SMALL, theme.HUGE, theme.SMALL)
        self.button = Button(action)
        self.add(self.button)
        # Only now: without a parent it would be a window of its own for a moment, in front.
        self.button.setVisible(bool(action))
        self.say("", text, tone)
        self.button.clicked.connect(self.action_requested)


class NoticeBar(QWidget):
    """The loud lines above a page, each under a name so that it can be taken away again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices: dict[str, Notice] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def show_notice(
        self,
        name: str,
        text: str,
        tone: Tone = Tone.LATE,
        action: str = "",
        on_action: Callable[[], object] | None = None,
    ) -> Notice:
        """Show a line; one of the same name is replaced."""
        self.clear_notice(name)
        notice = Notice(text, tone, action, self)
        if on_action is not None:
            notice.action_requested.connect(on_action)
        self._notices[name] = notice
        self._column.addWidget(notice)
        self.show()
        return notice

    def clear_notice(self, name: str) -> None:
        notice = self._notices.pop(name, None)
        if notice is not None:
            self._column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
        self.setVisible(bool(self._notices))


def tell_found(line: QWidget, number: int) -> None:
    """How many are left, for somebody who types in `line` and does not see the rows below."""
    if line.hasFocus():
        announce(line, texts.counted(number, "Treffer", "Treffer"))


def follow_part(widget: QWidget, text: str) -> None:
    """The part of a painted widget that has the keys now, for a screen reader: it goes there as to
    a row of a list. Where the keys are elsewhere it hears the text.
    """
    if not widget.hasFocus():
        announce(widget, text)
        return
    from kkd_desktop.gui.spoken import go_to_part

    # Behind what Qt says by itself, that the widget as a whole has the keys.
    QTimer.singleShot(0, widget, lambda: go_to_part(widget))


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say it without moving the focus."""
    if not widget.isVisible():
        return
    # Loaded on demand, like the accessibility bridge itself.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
