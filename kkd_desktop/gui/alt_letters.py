"""Which letter presses a button together with Alt? Shown for as long as Alt is held."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget
from shiboken6 import isValid

from kkd_desktop.gui.widgets.buttons import Button

_B = TypeVar("_B", bound=QAbstractButton)
_KINDS = ("primary", None, "", "quiet", "link")
"""Who gets a letter, and in which order; what removes or chooses one of many has none."""


class AltLetters(QObject):
    """Gives the buttons of a window that show no keys of their own a letter each.

    They are given out anew each time, so that they are never two of one, whatever is in sight and
    in whatever language. Those of fields are fixed, and come first.
    """

    # Of the class, too: a window that goes is no longer in front, and that is heard even where
    # Python's collector has emptied this object before.
    _given: Sequence[tuple[QPushButton, str]] = ()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Alt:
            if event.type() is QEvent.Type.KeyPress:
                self._give()
            elif event.type() is QEvent.Type.KeyRelease:
                self._take_back()
        elif event.type() is QEvent.Type.WindowDeactivate:
            # Alt and Tab, or a dialog opened by one of them.
            self._take_back()
        return False

    def _give(self) -> None:
        self._take_back()
        taken, given = set(self._fixed()), []
        for button in self._without():
            text = button.text()
            place = _free(text, taken)
            if place is None:
                continue
            taken.add(text[place].upper())
            given.append((button, text))
            # Not by its own way, which would take the text for its spoken name.
            QPushButton.setText(button, f"{text[:place]}&{text[place:]}")
        self._given = given

    def _take_back(self) -> None:
        for button, text in self._given:
            if isValid(button) and button.text().replace("&", "") == text:
                QPushButton.setText(button, text)
        self._given = ()

    def _fixed(self) -> Iterator[str]:
        """The letters of fields, of buttons that have one anyway, and of the window itself."""
        for shortcut in self._window.findChildren(QShortcut):
            yield shortcut.key().toString().removeprefix("Alt+")
        labels = [each for each in self._window.findChildren(QLabel) if each.isVisible()]
        texts = [each.text() for each in labels if each.buddy() is not None]
        for text in (*texts, *(each.text() for each in self._buttons(QAbstractButton))):
            letter = QKeySequence.mnemonic(text).toString()
            if letter:
                yield letter.removeprefix("Alt+")

    def _without(self) -> list[Button]:
        found = [
            each
            for each in self._buttons(Button)
            if each.isEnabled() and not each.keys() and "&" not in each.text()
        ]
        often = Counter(each.text() for each in found)
        once = [each for each in found if often[each.text()] == 1]
        return sorted(
            (each for each in once if each.property("kind") in _KINDS),
            key=lambda each: _KINDS.index(each.property("kind")),
        )

    def _buttons(self, kind: type[_B]) -> list[_B]:
        """Those that can be seen, in a page that scrolls too; dialogs above have letters of their
        own.
        """
        here = self._window.window()
        found = (each for each in self._window.findChildren(kind) if each.window() is here)
        return [each for each in found if not each.visibleRegion().isEmpty()]


def _free(text: str, taken: set[str]) -> int | None:
    """The place of the first letter that nobody has, one that begins a word if there is any."""
    places = [place for place, letter in enumerate(text) if letter.isalpha() and letter.isascii()]
    places.sort(key=lambda place: place > 0 and text[place - 1].isalpha())
    return next((place for place in places if text[place].upper() not in taken), None)
