"""What does a screen reader find in a widget that is painted? A role, and a child for each part.

A painted widget says `spoken_role`, the name of a `QAccessible.Role`, and may have
`spoken_parts()`, with `spoken_source()` for what they are made of: while that is as it was nothing
is made anew, because a reader asks for each part many times. Loaded and installed after the first
picture.
"""

from collections import Counter
from itertools import islice
from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleStateChangeEvent,
)
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAccessibleWidget,
    QApplication,
    QStackedWidget,
    QWidget,
)
from shiboken6 import isValid

from kkd_desktop.domain.values import Value

Role, Text = QAccessible.Role, QAccessible.Text


class SpokenPart(Value, frozen=True):
    """Something painted, in words, and where it stands in the widget."""

    text: str
    area: QRect
    has_keys: bool = False


_kept: list[QAccessibleInterface] = []
"""A bridge holds bare pointers to what it was given, so nothing of it is ever collected."""

_installed: list[object] = []


def install() -> None:
    """From now on painted widgets are asked; a second time does nothing."""
    if _installed:
        return
    _installed.append(_interface_of)
    QAccessible.installFactory(_interface_of)
    if QAccessible.isActive():
        for widget in QApplication.allWidgets():
            if _role_of(widget) is not None:
                _meet_again(widget)


def go_to_part(widget: QWidget) -> None:
    """The part that has the keys has them for a reader too, as a row of a list would."""
    if not QAccessible.isActive() or not widget.hasFocus():
        return
    heard = QAccessible.queryAccessibleInterface(widget)
    here = heard.focusChild() if isinstance(heard, _Painted) else None
    if here is not None:
        event = QAccessibleEvent(widget, QAccessible.Event.Focus)
        event.setChild(heard.indexOfChild(here))
        QAccessible.updateAccessibility(event)


def _interface_of(name: str, thing: QObject) -> QAccessibleInterface | None:
    role = _role_of(thing)
    if role is None or not isinstance(thing, QWidget):
        return None
    found = _Painted(thing, role) if hasattr(thing, "spoken_parts") else _Named(thing, role)
    _kept.append(found)
    return found


def _role_of(thing: QObject) -> QAccessible.Role | None:
    if isinstance(thing, QStackedWidget):
        # What Qt calls it is read aloud, and nobody knows what a layered pane is.
        return Role.Client
    role = getattr(type(thing), "spoken_role", None)
    return None if role is None else Role[role]


def _meet_again(widget: QWidget) -> None:
    """A reader that was there first met it without its role."""
    before = QAccessible.queryAccessibleInterface(widget)
    QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(before))
    if widget.isWindow() and widget.isActiveWindow():
        state = QAccessible.State()
        state.active = True
        QAccessible.updateAccessibility(QAccessibleStateChangeEvent(widget, state))


class _Named(QAccessibleWidget):
    """A widget by its own name and description, in a role that Qt cannot know."""


class _Painted(QAccessibleWidget):
    """A widget by its own name and description, with its parts as children.

    A part is known by its words: a reader keeps them with whoever said them, and asks no more.
    """

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role)
        self._widget: Any = widget
        self._source: object = None
        self._parts: dict[_Words, SpokenPart] = {}
        self._made: dict[_Words, _Part] = {}

    def parts(self) -> "dict[_Words, SpokenPart]":
        """In their order, each under its words."""
        source = self._widget.spoken_source() if isValid(self._widget) else ()
        if source != self._source:
            self._source, self._parts = source, {}
            often: Counter[str] = Counter()
            for part in self._widget.spoken_parts() if source else ():
                self._parts[part.text, often[part.text]] = part
                often[part.text] += 1
        return self._parts

    def has_focus(self) -> bool:
        return bool(isValid(self._widget) and self._widget.hasFocus())

    def childCount(self) -> int:
        return len(self.parts())

    def child(self, index: int) -> Any:
        words = next(islice(self.parts(), index, None), None) if index >= 0 else None
        return None if words is None else self._part(words)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        words = child.words if isinstance(child, _Part) else None
        return next((place for place, each in enumerate(self.parts()) if each == words), -1)

    def focusChild(self) -> Any:
        here = (words for words, part in self.parts().items() if part.has_keys)
        words = next(here, None) if self.has_focus() else None
        return None if words is None else self._part(words)

    def _part(self, words: "_Words") -> "_Part":
        if words not in self._made:
            self._made[words] = _Part(self, words)
            _kept.append(self._made[words])
        return self._made[words]

    def childAt(self, x: int, y: int) -> Any:
        at = QPoint(x, y)
        found = (
            words for words, part in self.parts().items() if self.on_screen(part.area).contains(at)
        )
        words = next(found, None)
        return None if words is None else self._part(words)

    def on_screen(self, area: QRect) -> QRect:
        inner = self._widget
        if isinstance(inner, QAbstractScrollArea):
            inner = inner.viewport()
        return QRect(inner.mapToGlobal(area.topLeft()), area.size())


_Words = tuple[str, int]
"""What a part says, and how many before it say the same."""


class _Part(QAccessibleInterface):
    """The part with these words, as long as there is one."""

    def __init__(self, owner: _Painted, words: _Words) -> None:
        super().__init__()
        self._owner, self.words = owner, words

    def isValid(self) -> bool:
        return self._part() is not None

    def object(self) -> Any:
        return None

    def window(self) -> Any:
        return None

    def parent(self) -> QAccessibleInterface:
        return self._owner

    def child(self, index: int) -> Any:
        return None

    def childCount(self) -> int:
        return 0

    def childAt(self, x: int, y: int) -> Any:
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def text(self, kind: QAccessible.Text) -> str:
        return self.words[0] if kind is Text.Name and self.isValid() else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """What is painted is not written by a reader."""

    def rect(self) -> QRect:
        part = self._part()
        return QRect() if part is None else self._owner.on_screen(part.area)

    def role(self) -> QAccessible.Role:
        return Role.ListItem

    def state(self) -> QAccessible.State:
        part, state = self._part(), QAccessible.State()
        state.focusable = state.selectable = True
        state.invalid = part is None
        state.selected = part is not None and part.has_keys
        state.focused = state.selected and self._owner.has_focus()
        return state

    def _part(self) -> SpokenPart | None:
        return self._owner.parts().get(self.words)
