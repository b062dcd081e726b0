"""How is a day typed or chosen?"""

from datetime import date

from PySide6.QtCore import (
    QDate,
    QEvent,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QColor,
    QIcon,
    QKeyEvent,
    QPainter,
    QPen,
    QPixmap,
    QTextCharFormat,
)
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.domain import texts
from kkd_desktop.domain.facts import DAY
from kkd_desktop.domain.spans import add_months
from kkd_desktop.domain.written_days import read_day
from kkd_desktop.gui import theme

_Index = QModelIndex | QPersistentModelIndex


class DayLine(QLineEdit):
    """A day as TT.MM.JJJJ. Up and Down go a day, Page keys a month; F4 shows a calendar.

    Signals:
        day_changed: another day stands in the field, or none; carries it.
    """

    day_changed = Signal(object)

    def __init__(self, day: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day: date | None = None
        self._start: date | None = None
        self._calendar: MonthPopup | None = None
        self._painted: tuple[str, float] | None = None
        self.setPlaceholderText(self.tr("TT.MM.JJJJ"))
        self._icon = QAction(self.tr("Im Kalender wählen (F4)"), self)
        self.addAction(self._icon, QLineEdit.ActionPosition.TrailingPosition)
        self.set_day(day)

        self._icon.triggered.connect(self.show_calendar)
        self.textChanged.connect(self._read)
        self.editingFinished.connect(self._tidy)
        self._paint_icon()

    def day(self) -> date | None:
        """The day that stands here; None where there is none, or no readable one."""
        return self._day

    def set_day(self, day: date | None) -> None:
        self.setText("" if day is None else texts.day(day))
        self._read(self.text())

    def start_from(self, day: date) -> None:
        """Where the calendar opens, and what Up and Down begin with, while the field is empty."""
        self._start = day

    def is_readable(self) -> bool:
        """Empty, or a day."""
        return self._day is not None or not self.text().strip()

    def show_calendar(self) -> None:
        if self._calendar is None:
            self._calendar = MonthPopup(self)
            self._calendar.chosen.connect(self._choose)
        self._calendar.show_at(self._day or self._start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, alt = event.key(), event.modifiers() & Qt.KeyboardModifier.AltModifier
        if key == Qt.Key.Key_F4 or (key == Qt.Key.Key_Down and alt):
            self.show_calendar()
        elif key in _STEPS and self.is_readable() and not self.isReadOnly():
            self._step(*_STEPS[key])
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._paint_icon()

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance("00.00.0000") + 56
        return QSize(width, super().sizeHint().height())

    def _step(self, days: int, months: int) -> None:
        here = self._day or self._start
        if here is None:
            return
        if self._day is not None:
            here = add_months(here, months) if months else here + days * DAY
        self._choose(here)

    def _choose(self, day: date) -> None:
        self.set_day(day)
        self.textEdited.emit(self.text())

    def _read(self, text: str) -> None:
        day = read_day(text)
        if day != self._day:
            self._day = day
            self.day_changed.emit(day)

    def _tidy(self) -> None:
        if self._day is not None:
            self.setText(texts.day(self._day))

    def _paint_icon(self) -> None:
        """A small calendar leaf in the colour of quiet text. A field hears a dozen times of another
        palette before it is first seen.
        """
        ink, ratio = theme.current().muted, self.devicePixelRatioF()
        if self._painted == (ink, ratio):
            return
        self._painted = ink, ratio
        picture = QPixmap(round(16 * ratio), round(16 * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(ink), 1.2))
        painter.drawRoundedRect(QRectF(2, 3, 12, 11), 2, 2)
        painter.drawLine(QPointF(2.5, 6.6), QPointF(13.5, 6.6))
        painter.drawLine(QPointF(5.5, 1.5), QPointF(5.5, 4.0))
        painter.drawLine(QPointF(10.5, 1.5), QPointF(10.5, 4.0))
        painter.end()
        self._icon.setIcon(QIcon(picture))


_STEPS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Up: (1, 0),
    Qt.Key.Key_Down: (-1, 0),
    Qt.Key.Key_PageUp: (0, 1),
    Qt.Key.Key_PageDown: (0, -1),
}


class MonthPopup(QFrame):
    """A month below the field or button it belongs to.

    Signals:
        chosen: a day was clicked, or Enter pressed on it.
    """

    chosen = Signal(object)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self._owner = owner
        self.setProperty("kind", "popup")
        self._month = QCalendarWidget()
        self._month.setLocale(QLocale())
        self._month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._month.setGridVisible(False)
        self._month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        self._month.setDateRange(QDate(1900, 1, 1), QDate(2199, 12, 31))
        name_weekdays(self._month)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.TINY, theme.TINY, theme.TINY, theme.TINY)
        layout.addWidget(self._month)

        self._month.clicked.connect(self._take)
        self._month.activated.connect(self._take)

    def show_at(self, day: date | None) -> None:
        self._dress()
        if day is not None:
            self._month.setSelectedDate(QDate(day.year, day.month, day.day))
        self.adjustSize()
        below = self._owner.mapToGlobal(QPoint(0, self._owner.height() + 2))
        screen = self._owner.screen().availableGeometry()
        if below.y() + self.height() > screen.bottom():
            below = self._owner.mapToGlobal(QPoint(0, -self.height() - 2))
        below.setX(max(screen.left(), min(below.x(), screen.right() - self.width())))
        self.move(below)
        self.show()
        self._month.setFocus()

    def _dress(self) -> None:
        """Arrows and weekends in our colours; Qt paints them black and red."""
        colours = theme.current()
        quiet = QTextCharFormat()
        quiet.setForeground(QColor(colours.muted))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self._month.setWeekdayTextFormat(weekday, quiet)
        self._month.setHeaderTextFormat(quiet)
        for name, arrow in (("qt_calendar_prevmonth", "‹"), ("qt_calendar_nextmonth", "›")):
            button = self._month.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(QIcon())
                button.setText(arrow)

    def _take(self, day: QDate) -> None:
        self.hide()
        self.chosen.emit(date(day.year(), day.month(), day.day()))


def name_weekdays(month: QCalendarWidget) -> None:
    """`Fr` above its column as everywhere else, where Qt would write `Fr.` or `Fri`."""
    view = month.findChild(QTableView)
    if view is not None and not isinstance(view.itemDelegate(), _Weekdays):
        view.setItemDelegate(_Weekdays(month, view))


class _Weekdays(QStyledItemDelegate):
    """Words the first row of a month, and leaves its days to whom Qt has given them."""

    def __init__(self, month: QCalendarWidget, view: QTableView) -> None:
        super().__init__(view)
        self._month = month
        self._days = view.itemDelegate()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        if index.row():
            self._days.paint(painter, option, index)
        else:
            super().paint(painter, option, index)

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        place = index.column() - (index.model().columnCount() - 7)
        if place >= 0:
            option.text = texts.weekday((self._month.firstDayOfWeek().value - 1 + place) % 7)
