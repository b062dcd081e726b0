"""Garbage is looked for while nobody types, and what is kept all day is put aside."""

import gc
from collections.abc import Iterator
from weakref import ref

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kkd_desktop.gui.collector import Collector


class Idle:
    """How long nobody has touched anything."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Cycle:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def idle() -> Idle:
    return Idle()


@pytest.fixture
def collector(qapp: QObject, idle: Idle) -> Iterator[Collector]:
    found = Collector(qapp, idle)
    found.start()
    yield found
    found.stop()
    found.deleteLater()


def old_garbage() -> "ref[Cycle]":
    """Something nobody needs, that outlived the quick looks."""
    cycle = Cycle()
    gc.collect(1)
    gc.collect(1)
    return ref(cycle)


def test_while_somebody_works_old_garbage_stays(collector: Collector, idle: Idle) -> None:
    garbage = old_garbage()
    collector.look()
    many = [[] for _ in range(200_000)]

    assert garbage() is not None
    assert len(many) > gc.get_threshold()[0]


def test_nothing_goes_by_itself_in_whatever_thread_that_were(collector: Collector) -> None:
    gc.collect(0)
    young = ref(Cycle())

    many = [[] for _ in range(200_000)]

    assert young() is not None
    assert len(many) > gc.get_threshold()[0]


def test_what_is_young_goes_between_two_turns(collector: Collector, qtbot: QtBot) -> None:
    young = ref(Cycle())
    many = [[] for _ in range(20_000)]

    qtbot.waitUntil(lambda: young() is None)

    assert len(many) == 20_000


def test_little_is_not_worth_a_look(collector: Collector) -> None:
    gc.collect(0)
    young = ref(Cycle())

    collector.look_through_young()

    assert young() is not None


def test_in_a_pause_it_goes(collector: Collector, idle: Idle) -> None:
    garbage = old_garbage()
    collector.look()
    idle.seconds = 5.0

    collector.look()

    assert garbage() is None


def test_in_a_long_pause_what_was_put_aside_is_looked_through(
    collector: Collector, idle: Idle
) -> None:
    collector.look()
    garbage = old_garbage()
    gc.freeze()
    idle.seconds = 5.0
    collector.look()
    assert garbage() is not None

    idle.seconds = 100.0
    collector.look()

    assert garbage() is None


def test_after_the_window_the_collector_is_as_before(qapp: QObject, idle: Idle) -> None:
    before = gc.isenabled()
    collector = Collector(qapp, idle)
    collector.start()

    collector.stop()

    assert (gc.isenabled(), gc.get_freeze_count()) == (before, 0)
