"""What does a screen reader find in a widget that is painted? A role, and a child for each part.

A painted widget says `spoken_role`, the name of a `QAccessible.Role`, and may have
`spoken_parts()`. Loaded and installed after the first picture.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QRect
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
        self._made: dict[tuple[str, int], _Part] = {}

    def parts(self) -> Sequence[SpokenPart]:
        if not isValid(self._widget):
            return ()
        found: Sequence[SpokenPart] = self._widget.spoken_parts()
        return found

    def has_focus(self) -> bool:
        return bool(isValid(self._widget) and self._widget.hasFocus())

    def childCount(self) -> int:
        return len(self.parts())

    def child(self, index: int) -> Any:
        words = [part.text for part in self.parts()]
        if not 0 <= index < len(words):
            return None
        key = words[index], words[:index].count(words[index])
        if key not in self._made:
            self._made[key] = _Part(self, *key)
            _kept.append(self._made[key])
        return self._made[key]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return self.place_of(child) if isinstance(child, _Part) else -1

    def place_of(self, part: "_Part") -> int:
        """Which child it is now; -1 for one that is shown no more."""
        alike = [place for place, each in enumerate(self.parts()) if each.text == part.words]
        return alike[part.number] if part.number < len(alike) else -1

    def focusChild(self) -> Any:
        places = [place for place, part in enumerate(self.parts()) if part.has_keys]
        return self.child(places[0]) if places and self.has_focus() else None

    def childAt(self, x: int, y: int) -> Any:
        for place in range(self.childCount()):
            child = self.child(place)
            if child is not None and child.rect().contains(x, y):
                return child
        return None

    def on_screen(self, area: QRect) -> QRect:
        inner = self._widget
        if isinstance(inner, QAbstractScrollArea):
            inner = inner.viewport()
        return QRect(inner.mapToGlobal(area.topLeft()), area.size())


class _Part(QAccessibleInterface):
    """The part with these words, the first with them or the one of that number."""

    def __init__(self, owner: _Painted, words: str, number: int) -> None:
        super().__init__()
        self._owner, self.words, self.number = owner, words, number

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
        return self.words if kind is Text.Name and self.isValid() else ""

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
        parts, place = self._owner.parts(), self._owner.place_of(self)
        return parts[place] if place >= 0 else None
