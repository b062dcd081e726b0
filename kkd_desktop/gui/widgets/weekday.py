"""Which weekday is it that stands in a field for a day?"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDateTimeEdit

from kkd_desktop.domain import texts
from kkd_desktop.gui.widgets.dayline import name_weekdays
from kkd_desktop.gui.widgets.labels import PlainLabel

_BEGIN, _GAP = 11, 5
"""Where the text of a field begins, and the room between the weekday and the day."""


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
