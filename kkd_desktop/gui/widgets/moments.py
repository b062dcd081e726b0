"""How is a moment entered? Parts of it by the arrow keys, with the weekday in front."""

from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateTimeEdit, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.gui.widgets.dayline import name_weekdays
from kkd_desktop.gui.widgets.labels import PlainLabel

_BEGIN, _GAP = 11, 5
"""Where the text of a field begins, and the room between the weekday and the day."""


class MomentEdit(QDateTimeEdit):
    """A day and a time, with the weekday. Tab leaves it; where Qt would stop at each part, the
    arrow keys go from one to the next.
    """

    FORM = "dd.MM.yyyy, HH:mm"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(QLocale())
        self.setDisplayFormat(self.FORM)
        if "dd" in self.FORM:
            self.setCalendarPopup(True)
            Weekday(self)

    def focusNextPrevChild(self, next: bool) -> bool:
        return QWidget.focusNextPrevChild(self, next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(event.key(), 0)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if step and plain and self.lineEdit().hasSelectedText():
            self._go(self.currentSectionIndex() + step)
        else:
            super().keyPressEvent(event)

    def _go(self, place: int) -> None:
        if 0 <= place < self.sectionCount():
            self.setCurrentSectionIndex(place)
            self.setSelectedSection(self.currentSection())


_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class DayEdit(MomentEdit):
    """A day alone."""

    FORM = "dd.MM.yyyy"


class ClockEdit(MomentEdit):
    """A time alone."""

    FORM = "HH:mm"


class Weekday(PlainLabel):
    """`Fr` in front of what is typed, as everywhere else: Qt's own would say `Fr.`, and be a part
    of the field through which the keys have to go.
    """

    def __init__(self, edit: QDateTimeEdit) -> None:
        super().__init__(muted=True, parent=edit.lineEdit())
        self._edit = edit
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._show()

        edit.dateChanged.connect(self._show)
        edit.installEventFilter(self)
        edit.lineEdit().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._edit:
            if event.type() is QEvent.Type.MouseButtonPress:
                # Only now: each has a calendar of its own, and few are ever opened.
                name_weekdays(self._edit.calendarWidget())
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange, QEvent.Type.Show):
            self._show()
            self._place()
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        number = self._edit.date().dayOfWeek() - 1
        self.setText(texts.weekday(number))
        self._edit.setAccessibleDescription(texts.long_weekday(number))

    def _place(self) -> None:
        """As wide as the widest weekday: the day does not move when it is another one."""
        line = self._edit.lineEdit()
        room = self.fontMetrics().horizontalAdvance
        width = max(room(texts.weekday(number)) for number in range(7))
        self.setGeometry(_BEGIN, 0, width, line.height())
        margins = line.textMargins()
        margins.setLeft(_BEGIN + width + _GAP - 2)
        line.setTextMargins(margins)
