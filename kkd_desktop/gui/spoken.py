"""What does a screen reader find in a widget that is painted? A role, and a child for each part.

A painted widget says `spoken_role`, the name of a `QAccessible.Role`, and may have
`spoken_parts()`. Loaded and installed after the first picture.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractScrollArea, QAccessibleWidget, QWidget
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
    if not _installed:
        _installed.append(_interface_of)
        QAccessible.installFactory(_interface_of)


def _interface_of(name: str, thing: QObject) -> QAccessibleInterface | None:
    role = getattr(type(thing), "spoken_role", None)
    if role is None or not isinstance(thing, QWidget):
        return None
    found = _Painted(thing, Role[role])
    _kept.append(found)
    return found


class _Painted(QAccessibleWidget):
    """A widget by its own name and description, with its parts as children."""

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role)
        self._widget: Any = widget
        self._made: list[_Part] = []

    def parts(self) -> Sequence[SpokenPart]:
        if not isValid(self._widget) or not hasattr(self._widget, "spoken_parts"):
            return ()
        found: Sequence[SpokenPart] = self._widget.spoken_parts()
        return found

    def childCount(self) -> int:
        return len(self.parts())

    def child(self, index: int) -> Any:
        if not 0 <= index < self.childCount():
            return None
        while len(self._made) <= index:
            self._made.append(_Part(self, len(self._made)))
            _kept.append(self._made[-1])
        return self._made[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return child.place if isinstance(child, _Part) and child in self._made else -1

    def focusChild(self) -> Any:
        places = [place for place, part in enumerate(self.parts()) if part.has_keys]
        return self.child(places[0]) if places and self._widget.hasFocus() else None

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
    """The part at this place now; which one that is may change with what is shown."""

    def __init__(self, owner: _Painted, place: int) -> None:
        super().__init__()
        self._owner, self.place = owner, place

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
        part = self._part()
        return part.text if part is not None and kind is Text.Name else ""

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
        state.focused = state.selected = part is not None and part.has_keys
        return state

    def _part(self) -> SpokenPart | None:
        parts = self._owner.parts()
        return parts[self.place] if self.place < len(parts) else None
