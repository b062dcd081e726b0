from datetime import date

import pytest
from PySide6.QtCore import Qt

from kkd_desktop.gui.widgets.dayline import DayLine

DAY = date(2026, 11, 24)


def test_typing_tells_the_day_once_it_is_whole_and_leaving_tidies_it(qtbot, present):
    line = DayLine()
    present(line)
    told = []
    line.day_changed.connect(told.append)

    qtbot.keyClicks(line, "1.6.2017")
    qtbot.keyClick(line, Qt.Key.Key_Return)

    assert told[-1] == date(2017, 6, 1)
    assert line.text() == "01.06.2017"


def test_an_empty_line_is_readable_and_half_a_day_is_not(qtbot):
    line = DayLine()
    qtbot.addWidget(line)

    assert line.is_readable()
    line.setText("24.11.")
    assert not line.is_readable()
    assert line.day() is None


def test_arrows_go_a_day_and_page_keys_a_month(qtbot, present):
    line = DayLine(date(2026, 1, 31))
    present(line)

    qtbot.keyClick(line, Qt.Key.Key_PageUp)
    assert line.day() == date(2026, 2, 28)
    qtbot.keyClick(line, Qt.Key.Key_Up)
    assert line.day() == date(2026, 3, 1)


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")
def test_the_calendar_opens_by_f4_and_enter_takes_its_day(qtbot, present):
    line = DayLine(DAY)
    present(line)

    qtbot.keyClick(line, Qt.Key.Key_F4)
    popup = line._calendar
    assert popup is not None
    month = popup._month
    month.activated.emit(month.selectedDate().addDays(1))

    assert line.day() == date(2026, 11, 25)
    assert not popup.isVisible()
