"""What keeps somebody without a mouse, or without eyes, from using a window? One list per window.

Each check walks what is on the screen and returns a sentence for every control that fails.
"""

from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from re import sub

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QAccessible, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QSplitterHandle,
    QTableView,
    QTextEdit,
    QTreeView,
    QWidget,
)

from kkd_desktop.gui.widgets.buttons import Button

Role, Text = QAccessible.Role, QAccessible.Text

_MOUSE = frozenset({"mousePressEvent", "mouseReleaseEvent", "mouseDoubleClickEvent"})
_TYPED = (QLineEdit, QAbstractSpinBox, QComboBox, QTextEdit, QPlainTextEdit)
_BUTTONS = {Role.Button, Role.CheckBox, Role.RadioButton, Role.ButtonMenu, Role.ButtonDropDown}
_BUTTONS |= {Role.Link, Role.PageTab}
_NAMELESS_ROLES = {Role.NoRole, Role.Client, Role.Pane, Role.Window, Role.Pane}
_ROWS, _MOST = 12, 400
_TOLERANCE, _TRIES = 3, 20


def faults(window: QWidget) -> list[str]:
    """Everything that is wrong with this window or page, in words for a developer."""
    return [
        *unnamed(window),
        *ambiguous_letters(window),
        *without_letter(window),
        *out_of_reach(window),
        *only_in_tooltips(window),
        *silent_rows(window),
    ]


def controls(window: QWidget) -> list[QWidget]:
    """What one can do something with: visible, enabled, and not an inner part of another."""
    return [
        widget
        for widget in (window, *window.findChildren(QWidget))
        if widget.isVisible() and widget.isEnabled() and not _inner(widget) and _active(widget)
    ]


def unnamed(window: QWidget) -> Iterator[str]:
    for widget in controls(window):
        spoken = QAccessible.queryAccessibleInterface(widget)
        if not spoken.text(Text.Name).strip():
            yield f"has no name: {_called(widget)}"
        if isinstance(widget, QComboBox) and not _is_labelled(widget):
            yield f"is told under Linux by its value alone: {_called(widget)}"
        fitting = spoken.role() not in _NAMELESS_ROLES
        if isinstance(widget, QAbstractButton):
            fitting = spoken.role() in _BUTTONS
        if isinstance(widget, QScrollArea):
            # What Qt calls any pane that scrolls.
            fitting = True
        if not fitting:
            yield f"has no fitting role ({spoken.role().name}): {_called(widget)}"


def _is_labelled(box: QComboBox) -> bool:
    """Qt takes what is chosen for the name there, and the label for what it is called."""
    above = box.parentWidget()
    siblings = [] if above is None else above.findChildren(QLabel)
    return bool(box.accessibleDescription()) or any(label.buddy() is box for label in siblings)


def ambiguous_letters(window: QWidget) -> Iterator[str]:
    """Alt letters that two controls share: the first key would only move between them."""
    taken: dict[str, QWidget] = {}
    for widget in window.window().findChildren(QWidget):
        labelled = isinstance(widget, QLabel) and widget.buddy() is not None
        if not widget.isVisible() or not (labelled or isinstance(widget, QAbstractButton)):
            continue
        letter = QKeySequence.mnemonic(widget.text()).toString()
        if letter and letter in taken:
            yield f"{letter} is also that of {_called(taken[letter])}: {_called(widget)}"
        elif letter:
            taken[letter] = widget


def without_letter(window: QWidget) -> Iterator[str]:
    """Buttons in sight that neither show keys nor get a letter of their own while Alt is held."""
    top = window.window()
    here = QApplication.focusWidget() or top
    QTest.keyPress(here, Qt.Key.Key_Alt)
    yield from ambiguous_letters(window)
    found = [each for each in top.findChildren(Button) if not each.visibleRegion().isEmpty()]
    often = Counter(each.text() for each in found)
    for button in found:
        plain = button.property("kind") in (None, "", "primary") and button.isEnabled()
        has_one = button.keys() or QKeySequence.mnemonic(button.text()).toString()
        worded = any(letter.isalpha() for letter in button.text())
        if plain and worded and often[button.text()] == 1 and not has_one:
            yield f"has neither keys nor a letter: {_called(button)}"
    QTest.keyRelease(here, Qt.Key.Key_Alt)


def out_of_reach(window: QWidget) -> Iterator[str]:
    """Controls that Tab does not reach, reaches against the reading order, or does not show."""
    way = list(tab_way(window))
    for widget in controls(window):
        if widget not in way and not _reached_by_arrows(widget, way) and not _proxied(widget, way):
            policy = widget.focusPolicy().name
            yield f"is not reached by Tab ({policy}): {_called(widget)}"
    for one, other in pairwise(way):
        if _stands_before(other, one):
            yield f"comes before {_called(one)}: {_called(other)}"
    for widget in way:
        if not _shows_focus(widget, way):
            yield f"does not show that it has the keys: {_called(widget)}"


def tab_way(window: QWidget) -> Iterator[QWidget]:
    """What Tab goes through inside of `window`, once round."""
    top = window.window()
    seen: list[QWidget] = []
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()
    here = top
    for _ in range(_MOST):
        QTest.keyClick(here, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        # The parts of a day or time are places of their own within one field.
        if now is None or (now in seen and now is not seen[-1]):
            break
        if now not in seen:
            seen.append(now)
        here = now
    yield from (each for each in seen if each is window or window.isAncestorOf(each))


def only_in_tooltips(window: QWidget) -> Iterator[str]:
    visible = " ".join(_read(widget) for widget in window.window().findChildren(QWidget))
    for widget in (window, *window.findChildren(QWidget)):
        if not widget.isVisible() or not widget.toolTip():
            continue
        spoken = QAccessible.queryAccessibleInterface(widget)
        told = spoken.text(Text.Name) + " " + spoken.text(Text.Description)
        if not _holds(f"{told} {visible}", _plain(widget.toolTip())):
            yield f"says only in a tooltip “{_plain(widget.toolTip())}”: {_called(widget)}"
    for view in _views(window):
        for index in _indexes(view):
            tip = _plain(str(index.data(Qt.ItemDataRole.ToolTipRole) or ""))
            if tip and not _holds(f"{_row_told(view, index)} {visible}", tip):
                yield f"says only in a tooltip “{tip}”: a row of {_called(view)}"


def silent_rows(window: QWidget) -> Iterator[str]:
    """Rows that are painted and about which a screen reader says nothing."""
    for view in _views(window):
        for index in _indexes(view):
            enabled = bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
            if enabled and not index.column() and not _row_told(view, index).strip():
                yield f"row {index.row()} says nothing: {_called(view)}"


def _views(window: QWidget) -> Iterator[QAbstractItemView]:
    for view in window.findChildren(QAbstractItemView):
        if view.isVisible() and view.model() is not None and not isinstance(view, QHeaderView):
            yield view


def _indexes(view: QAbstractItemView) -> Iterator[QModelIndex]:
    model = view.model()
    for row in range(min(model.rowCount(view.rootIndex()), _ROWS)):
        for column in range(_columns(view)):
            yield model.index(row, column, view.rootIndex())


def _columns(view: QAbstractItemView) -> int:
    """How many are shown; that of a list model is not for everybody to ask."""
    return view.model().columnCount() if isinstance(view, (QTableView, QTreeView)) else 1


def _row_told(view: QAbstractItemView, index: QModelIndex) -> str:
    roles = (
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.AccessibleDescriptionRole,
        Qt.ItemDataRole.DisplayRole,
    )
    cells = [index.siblingAtColumn(at) for at in range(_columns(view))]
    return " ".join(str(cell.data(role) or "") for cell in cells for role in roles)


def _active(widget: QWidget) -> bool:
    if isinstance(widget, (QAbstractButton, QAbstractItemView, *_TYPED)):
        return True
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) or _takes_the_mouse(widget)


def _takes_the_mouse(widget: QWidget) -> bool:
    ours = (base for base in type(widget).__mro__ if base.__module__.startswith("kkd_desktop"))
    return any(_MOUSE & vars(base).keys() for base in ours)


def _inner(widget: QWidget) -> bool:
    """Parts that Qt makes and speaks for, and those of a compound that has the keys itself."""
    if isinstance(widget, (QScrollBar, QHeaderView, QSplitterHandle)):
        return True
    if widget.objectName().startswith("qt_") or (
        widget.isWindow() and not isinstance(widget, QDialog)
    ):
        return True
    above = widget.parentWidget()
    if isinstance(widget, QDialog) or above is None:
        return isinstance(widget, QDialog)
    if isinstance(above, QAbstractScrollArea) and above.viewport() is widget:
        return not _takes_the_mouse(widget) or above.focusPolicy() != Qt.FocusPolicy.NoFocus
    if isinstance(above, (QAbstractSpinBox, QComboBox, QLineEdit, QHeaderView)):
        return True
    return isinstance(above, QAbstractItemView) and isinstance(widget, QAbstractButton)


def _reached_by_arrows(widget: QWidget, way: list[QWidget]) -> bool:
    """Of buttons that exclude each other, Tab goes to the chosen one and arrows to the rest."""
    if not isinstance(widget, QAbstractButton):
        return False
    group = widget.group()
    if group is not None and group.exclusive():
        return any(button in way for button in group.buttons())
    if widget.autoExclusive():
        peers = widget.parentWidget().findChildren(QAbstractButton)
        return any(peer in way and peer.autoExclusive() for peer in peers)
    return False


def _proxied(widget: QWidget, way: list[QWidget]) -> bool:
    proxy = widget.focusProxy()
    return proxy is not None and (proxy in way or _reached_by_arrows(proxy, way))


def _stands_before(later: QWidget, earlier: QWidget) -> bool:
    """Whether the one that comes later is read first; compared where their groups part."""
    above = earlier.parentWidget()
    while above is not None and above is not later and not above.isAncestorOf(later):
        above = above.parentWidget()
    if above is None or above is later or above is earlier:
        return False
    one, other = _in(above, earlier), _in(above, later)
    if other.bottom() <= one.top() + _TOLERANCE:
        return other.left() < one.right() - _TOLERANCE
    same_line = min(one.bottom(), other.bottom()) - max(one.top(), other.top()) > _TOLERANCE
    return same_line and other.right() <= one.left() + _TOLERANCE


def _in(above: QWidget, widget: QWidget) -> QRect:
    while widget.parentWidget() is not above:
        widget = widget.parentWidget()
    return widget.geometry()


def _shows_focus(widget: QWidget, way: list[QWidget]) -> bool:
    others = [other for other in way if other is not widget]
    if not others:
        return True
    for _ in range(_TRIES):
        # What a page does in later turns may take the keys once more.
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if widget.hasFocus():
            break
    alone, around = widget.grab().toImage(), _seen(widget)
    others[0].setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    return alone != widget.grab().toImage() or around != _seen(widget)


def _seen(widget: QWidget) -> QImage:
    """How it stands where it is, with a little of what is around it."""
    above = widget.parentWidget()
    if above is None:
        return widget.grab().toImage()
    return above.grab(widget.geometry().adjusted(-4, -4, 4, 4)).toImage()


def _read(widget: QWidget) -> str:
    if not widget.isVisible():
        return ""
    if isinstance(widget, (QLabel, QAbstractButton)):
        return widget.text().replace("&", "")
    if isinstance(widget, QLineEdit):
        return f"{widget.text()} {widget.placeholderText()}"
    return widget.toPlainText() if isinstance(widget, (QTextEdit, QPlainTextEdit)) else ""


def _holds(told: str, tip: str) -> bool:
    """Whether everything of the tip is told, line by line."""
    told = " ".join(told.split())
    return all(" ".join(line.split()) in told for line in tip.split("\n") if line.strip())


def _plain(tip: str) -> str:
    return unescape(sub(r"<[^>]+>", "", tip)) if tip.startswith("<") else tip


def _called(widget: QWidget) -> str:
    name = QAccessible.queryAccessibleInterface(widget).text(Text.Name)
    text = widget.text() if isinstance(widget, (QAbstractButton, QLabel)) else ""
    above = type(widget.parentWidget()).__name__ if widget.parentWidget() else ""
    return f"{type(widget).__name__} “{name or text}” in {above}"
