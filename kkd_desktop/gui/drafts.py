"""What was typed into a dialog and not stored yet: how is it taken down, and put back?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QDateTimeEdit,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTextEdit,
    QWidget,
)

from kkd_desktop.domain.left_open import LeftOpen
from kkd_desktop.domain.values import replace
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.widgets.commands import CommandField

_ID = "draft_id"
_ISO = Qt.DateFormat.ISODate
_Text = QLineEdit | QPlainTextEdit | QTextEdit
Value = str | bool | int


def taken(window: QWidget) -> list[LeftOpen]:
    """The open dialogs of a window that hold something typed, the outer one first."""
    dialogs = [each for each in window.findChildren(Dialog) if each.isVisible()]
    return [_taken(each) for each in dialogs if is_touched(each)]


def is_touched(dialog: QWidget) -> bool:
    """Whether somebody typed text that is still there."""
    return any(_is_typed(edit) for edit in _texts(dialog))


def resume(dialog: Dialog, draft: LeftOpen) -> bool:
    """Put back what was typed; False where some text found no place any more."""
    values = cast("Mapping[str, Value]", draft.content["values"])
    for _ in range(2):
        # What is chosen first may bring the fields for the rest.
        for name, widget in _named(dialog):
            if name in values and _value(widget) != values[name]:
                _fill(widget, values[name])
    dialog.setProperty(_ID, draft.id)
    there = {_value(edit) for edit in _texts(dialog)}
    return all(text in there for _, text in texts_of(draft))


def texts_of(draft: LeftOpen) -> list[tuple[str, str]]:
    """The typed texts with the names of their fields."""
    found = cast("Iterable[tuple[str, str]]", draft.content["texts"])
    return [(name, text) for name, text in found]


def title_of(draft: LeftOpen) -> str:
    return str(draft.content["title"])


def _taken(dialog: Dialog) -> LeftOpen:
    found = dialog.left_open() or LeftOpen("other")
    texts = [
        [edit.accessibleName(), str(_value(edit))] for edit in _texts(dialog) if _is_typed(edit)
    ]
    content = {
        **found.content,
        "title": dialog.windowTitle(),
        "values": {name: _value(widget) for name, widget in _named(dialog)},
        "texts": texts,
    }
    return replace(found, content=content, id=int(dialog.property(_ID) or 0))


def _texts(dialog: QWidget) -> Iterator[_Text]:
    for widget in _widgets(dialog):
        if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
            yield widget


def _is_typed(edit: _Text) -> bool:
    if isinstance(edit, QLineEdit):
        return edit.isModified() and bool(edit.text().strip())
    return edit.document().isModified() and bool(edit.toPlainText().strip())


def _widgets(dialog: QWidget) -> Iterator[QWidget]:
    """What is filled in, without the parts of compound fields and without secrets."""
    for widget in dialog.findChildren(QWidget):
        if widget.window() is not dialog or isinstance(widget, CommandField):
            continue
        if isinstance(widget, QLineEdit):
            inner = isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox)
            if not inner and widget.echoMode() is QLineEdit.EchoMode.Normal:
                yield widget
        elif isinstance(widget, QPlainTextEdit | QTextEdit):
            if not widget.isReadOnly():
                yield widget
        elif isinstance(widget, QComboBox | QSpinBox | QDateTimeEdit) or (
            isinstance(widget, QAbstractButton) and widget.isCheckable()
        ):
            yield widget


def _named(dialog: QWidget) -> Iterator[tuple[str, QWidget]]:
    """Each field by its kind, its name and its number among those of the same."""
    seen: Counter[str] = Counter()
    for widget in list(_widgets(dialog)):
        words = widget.text() if isinstance(widget, QAbstractButton) else ""
        name = f"{type(widget).__name__} {widget.accessibleName() or words}"
        seen[name] += 1
        yield f"{name} {seen[name]}", widget


def _value(widget: QWidget) -> Value:
    if isinstance(widget, QLineEdit):
        return widget.text()
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QSpinBox):
        return widget.value()
    if isinstance(widget, QDateTimeEdit):
        return str(widget.dateTime().toString(_ISO))
    assert isinstance(widget, QAbstractButton)
    return widget.isChecked()


def _fill(widget: QWidget, value: Value) -> None:
    """As if a hand had done it, so that whoever listens hears of it."""
    if isinstance(widget, QLineEdit):
        widget.selectAll()
        widget.insert(str(value))
        widget.setModified(True)
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        widget.setPlainText(str(value))
        widget.document().setModified(True)
    elif isinstance(widget, QComboBox):
        _choose(widget, str(value))
    elif isinstance(widget, QSpinBox):
        widget.setValue(int(value))
    elif isinstance(widget, QDateTimeEdit):
        widget.setDateTime(QDateTime.fromString(str(value), _ISO))
    elif isinstance(widget, QAbstractButton) and (value or not _is_of_group(widget)):
        widget.setChecked(bool(value))


def _is_of_group(button: QAbstractButton) -> bool:
    """Only what is pressed is pressed again: the others spring out by themselves."""
    return button.autoExclusive() or button.group() is not None


def _choose(box: QComboBox, text: str) -> None:
    place = box.findText(text)
    if place >= 0:
        box.setCurrentIndex(place)
    elif box.isEditable():
        box.setEditText(text)
