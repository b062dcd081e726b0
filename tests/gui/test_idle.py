"""How long nobody touched the window, by a clock of the test's own."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kkd_desktop.gui.idle import WARNING_SECONDS, IdleWatch, LastInput


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def watch(qapp, clock):
    owner = QObject()
    watch = IdleWatch(owner, clock)
    watch.owner = owner
    watch.set_minutes(10)
    watch.said = []
    watch.nearly.connect(watch.said.append)
    watch.reached.connect(lambda: watch.said.append("reached"))
    watch.resumed.connect(lambda: watch.said.append("resumed"))
    return watch


def after(watch, clock, seconds):
    clock.now += seconds
    watch.look()


def test_nothing_is_said_before_the_last_seconds(watch, clock):
    after(watch, clock, 600 - WARNING_SECONDS - 1)

    assert watch.said == []


def test_the_last_seconds_are_counted_and_then_it_is_reached(watch, clock):
    after(watch, clock, 600 - WARNING_SECONDS)
    after(watch, clock, WARNING_SECONDS - 1)
    after(watch, clock, 1)

    assert watch.said == [WARNING_SECONDS, 1, "reached"]


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_a_key_or_the_mouse_begins_the_time_anew(qtbot, watch, clock, present, by):
    window = QWidget()
    present(window)
    after(watch, clock, 590)

    if by == "key":
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    else:
        QTest.mouseMove(window.windowHandle(), window.rect().center())
    qtbot.waitUntil(lambda: "resumed" in watch.said)
    after(watch, clock, 590 - WARNING_SECONDS)

    assert watch.said == [10, "resumed"]


def test_time_asleep_counts(watch, clock):
    after(watch, clock, 8 * 3600)

    assert watch.said == ["reached"]


def test_off_is_never(watch, clock):
    watch.set_minutes(0)

    assert not watch._timer.isActive()


def test_a_longer_time_holds_at_once(watch, clock):
    after(watch, clock, 550)
    watch.set_minutes(30)
    after(watch, clock, 600)

    assert watch.said == []


def test_who_only_asks_how_long_nobody_typed_takes_no_key_away(qapp, clock):
    owner = QObject()
    last = LastInput(owner, clock)
    clock.now += 60
    assert last.seconds() == 60
    lock = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier, "\x0c"
    )

    assert last.eventFilter(owner, lock) is False
    assert last.seconds() == 0
