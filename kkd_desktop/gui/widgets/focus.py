"""Where do the keys go: into a group, and from control to control?"""

from collections.abc import Iterator
from itertools import pairwise
from weakref import WeakKeyDictionary

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QLayoutItem, QScrollArea, QWidget


def lead_focus(group: QWidget, target: QWidget) -> None:
    """Hand the keys on from `group` to `target`, one of the controls in it.

    Not a focus proxy: with one, Tab never comes to the controls that stand before the target.
    """
    lead = next((each for each in group.children() if isinstance(each, _Lead)), None)
    if lead is None:
        _Lead(group, target)
    else:
        lead.target = target


def sort_tab_order(window: QWidget) -> None:
    """Let Tab go through what is in sight as it is read: along the layouts.

    Qt keeps the order in which controls were made, and what comes later would be at the end.
    """
    order = [each for each in _as_read(window) if _takes_tab(each)]
    names = [id(each) for each in order]
    if _sorted.get(window) == names:
        return
    _sorted[window] = names
    for before, after in pairwise(order):
        QWidget.setTabOrder(before, after)


_sorted: "WeakKeyDictionary[QWidget, list[int]]" = WeakKeyDictionary()


def _takes_tab(widget: QWidget) -> bool:
    policy = widget.focusPolicy()
    return bool(policy & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


def _as_read(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    layout = widget.layout()
    if layout is not None:
        inside = list(_in_layout(layout))
    elif isinstance(widget, QScrollArea):
        inside = [widget.widget()] if widget.widget() is not None else []
    else:
        inside = [child for child in widget.children() if isinstance(child, QWidget)]
        inside = [child for child in inside if not child.isWindow()]
    for child in inside:
        # What is out of sight has its place when it comes.
        if child.isVisible():
            yield from _as_read(child)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for item in _items(layout):
        within, widget = item.layout(), item.widget()
        if within is not None:
            yield from _in_layout(within)
        elif widget is not None:
            yield widget


def _items(layout: QLayout) -> list[QLayoutItem]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda at: layout.getItemPosition(at)[:2])  # type: ignore[index]
    return [layout.itemAt(at) for at in places]


class _Lead(QObject):
    def __init__(self, group: QWidget, target: QWidget) -> None:
        super().__init__(group)
        self.target = target
        group.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            self.target.setFocus(event.reason())
        return False
