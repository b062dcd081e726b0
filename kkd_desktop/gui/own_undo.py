"""Whose is Ctrl+Z: the field's that is typed in, or the caseload's?

A field takes the key whatever there is to undo in it. Here it is asked first whether it has text
that nobody has stored yet; if not, the key goes on to the window.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QSpinBox, QTextEdit, QWidget

_FIELDS = (QLineEdit, QSpinBox, QPlainTextEdit, QTextEdit)


class OwnUndo(QObject):
    """Follows the keyboard from field to field of one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)
        self._follow(None, window.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        is_undo = event.matches(QKeySequence.StandardKey.Undo)
        if not is_undo and not event.matches(QKeySequence.StandardKey.Redo):
            return False
        if _has_unsaved(watched):
            return False
        # Not taken, so that the window's shortcut gets it.
        event.ignore()
        return True

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, _FIELDS) and now.window() is self._window:
            # A second time changes nothing.
            now.installEventFilter(self)


def _has_unsaved(field: QObject) -> bool:
    """Changed since it was filled or stored."""
    if isinstance(field, QLineEdit):
        return field.isModified() and not field.isReadOnly()
    if isinstance(field, QSpinBox):
        return field.cleanText() != field.textFromValue(field.value())
    assert isinstance(field, QPlainTextEdit | QTextEdit)
    return field.document().isModified() and not field.isReadOnly()
