"""The weekday in front of a day, in our own words, by real keys and clicks."""

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QDateEdit, QStyleOptionViewItem, QTableView

from kkd_desktop.gui.widgets.dayline import MonthPopup
from kkd_desktop.gui.widgets.weekday import Weekday


@pytest.fixture
def edit(present):
    edit = QDateEdit(QDate(2026, 11, 27))
    edit.setDisplayFormat("dd.MM.yyyy")
    edit.setCalendarPopup(True)
    Weekday(edit)
    present(edit)
    return edit


def weekday(edit):
    return edit.findChild(Weekday)


def words_above(view):
    """What the delegate writes into the first row."""
    words = []
    for column in range(view.model().columnCount()):
        index = view.model().index(0, column)
        option = QStyleOptionViewItem()
        view.itemDelegate().initStyleOption(option, index)
        words.append(option.text)
    return [each for each in words if each]


def test_the_weekday_follows_what_is_typed(edit, qtbot):
    assert weekday(edit).text() == "Fr"

    edit.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(edit, "24")

    assert edit.date() == QDate(2026, 11, 24)
    assert weekday(edit).text() == "Di"
    assert edit.accessibleDescription() == "Dienstag"


def test_the_keys_begin_at_the_day_and_the_text_stands_beside_the_weekday(edit, qtbot):
    edit.setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.keyClick(edit, Qt.Key.Key_Up)

    assert edit.date() == QDate(2026, 11, 28)
    assert weekday(edit).text() == "Sa"
    begins = edit.lineEdit().textMargins().left()
    assert weekday(edit).geometry().right() < begins + 2
    assert weekday(edit).width() >= weekday(edit).fontMetrics().horizontalAdvance("Mo")


@pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")
def test_a_month_names_its_days_as_everything_else_does(edit, qtbot):
    edit.setFocus()
    qtbot.mouseClick(edit, Qt.MouseButton.LeftButton, pos=QPoint(edit.width() - 12, 12))
    month = edit.calendarWidget()
    month.window().close()

    assert words_above(month.findChild(QTableView)) == ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]


def test_in_english_too(english, edit):
    popup = MonthPopup(edit)

    words = words_above(popup.findChild(QTableView))

    assert words == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
