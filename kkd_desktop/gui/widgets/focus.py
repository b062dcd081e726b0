"""Where do the keys go: into a group, and from control to control?"""

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QWidget,
)


def lead_focus(group: QWidget, target: QWidget) -> None:
    """Hand the keys on from `group` to `target`, one of the controls in it.

    Not a focus proxy: with one, Tab never comes to the controls that stand before the target.
    """
    lead = _lead_of(group)
    if lead is None:
        _Lead(group, target)
    else:
        lead.target = target


def enter(group: QWidget) -> None:
    """Give the keys to what `group` hands them on to, at once: of a group on the way a reader would
    hear last, because Qt tells of it when it is done.
    """
    while (lead := _lead_of(group)) is not None and lead.target.isVisible():
        if not lead.target.isEnabled():
            break
        group = lead.target
    group.setFocus(Qt.FocusReason.OtherFocusReason)


def step_focus(window: QWidget, forward: bool) -> bool:
    """Tab, or Shift+Tab: give the keys to the next control as it is read, along the layouts.

    Qt would go by when controls were made, so that whatever comes later stands at the end.
    """
    order = [each for each in _as_read(window) if _takes_tab(each)]
    for before, after in list(_follows.items()):
        if before in order and after in order:
            order.remove(after)
            order.insert(order.index(before) + 1, after)
    here = window.focusWidget()
    if not order:
        return False
    step = 1 if forward else -1
    place = next((at for at, each in enumerate(order) if _stands_for(each, here)), None)
    if place is None:
        # A page may have the keys as a whole: on with what it holds.
        read = list(_as_read(window))
        gone = read[: read.index(here) + 1] if here in read else []
        past = sum(each in gone for each in order)
        place = past - 1 if forward else past
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    order[(place + step) % len(order)].setFocus(reason)
    return True


def follow(before: QWidget, after: QWidget) -> None:
    """Let Tab go from one to the other although something stands between them."""
    _follows[before] = after
    QWidget.setTabOrder(before, after)


_follows: "WeakKeyDictionary[QWidget, QWidget]" = WeakKeyDictionary()


def _takes_tab(widget: QWidget) -> bool:
    if not widget.isEnabled() or widget.focusProxy() is not None:
        return False
    if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return isinstance(widget, QAbstractButton) and _peers(widget)[:1] == [widget]
    return not isinstance(widget, QAbstractButton) or _peers(widget)[:1] in ([], [widget])


def _stands_for(widget: QWidget, focused: QWidget | None) -> bool:
    """Whether it is the one with the keys, or of its group the one that Tab goes to."""
    if widget is focused:
        return True
    return isinstance(focused, QAbstractButton) and widget in _peers(focused)[:1]


def _peers(button: QAbstractButton) -> list[QAbstractButton]:
    """The buttons of which one at most is chosen, that one first; of them Tab goes to the first."""
    group = button.group()
    if group is not None and group.exclusive():
        found = group.buttons()
    elif button.autoExclusive() and (above := button.parentWidget()) is not None:
        found = [
            each
            for each in above.children()
            if isinstance(each, QAbstractButton) and each.autoExclusive() and each.group() is None
        ]
    else:
        return []
    found = [each for each in found if each.isVisible() and each.isEnabled()]
    return sorted(found, key=lambda each: not each.isChecked())


def _as_read(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    layout = widget.layout()
    if layout is not None:
        inside = list(_in_layout(layout))
        # What lies over the others is in no layout, and comes last.
        inside += [child for child in _inner(widget) if child not in inside]
    elif isinstance(widget, QScrollArea):
        content = widget.widget()
        inside = [] if content is None else [content]
    else:
        inside = _inner(widget)
    for child in inside:
        # What is out of sight has its place when it comes.
        if child.isVisible():
            yield from _as_read(child)


def _inner(widget: QWidget) -> list[QWidget]:
    found = (child for child in widget.children() if isinstance(child, QWidget))
    return [child for child in found if not child.isWindow()]


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
    return [item for at in places if (item := layout.itemAt(at)) is not None]


def _lead_of(group: QWidget) -> "_Lead | None":
    return next((each for each in group.children() if isinstance(each, _Lead)), None)


class _Lead(QObject):
    def __init__(self, group: QWidget, target: QWidget) -> None:
        super().__init__(group)
        self.target = target
        group.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            self.target.setFocus(event.reason())
        return False
