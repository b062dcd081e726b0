"""Fields for a day and a time, with the weekday in our own words, by real keys and clicks."""

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDateTimeEdit,
    QLineEdit,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.gui.widgets.dayline import MonthPopup
from kkd_desktop.gui.widgets.moments import ClockEdit, DayEdit, MomentEdit, Weekday


@pytest.fixture
def edit(present):
    edit = DayEdit()
    edit.setDate(QDate(2026, 11, 27))
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


def test_one_tab_leaves_a_field_and_the_arrows_go_through_its_parts(present, qtbot):
    form = QWidget()
    column = QVBoxLayout(form)
    fields = [MomentEdit(), DayEdit(), ClockEdit(), QLineEdit()]
    for each in fields:
        column.addWidget(each)
    present(form)
    fields[0].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(fields[0], Qt.Key.Key_Right)
    assert fields[0].currentSection() is QDateTimeEdit.Section.MonthSection

    for field in fields[1:]:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert field.hasFocus()

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert fields[2].hasFocus()
