"""Eight hours in minutes: does memory, handles or the time of a deed grow with what was done?

The deeds of the scripted hour, over and over: dialogs open and close, pages come and go, contacts
are logged and taken back. The first round is not counted: it loads what is loaded once.
"""

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication

from tests.benchmarks import an_hour
from tests.benchmarks.an_hour import Deed
from tests.benchmarks.caseworker import Caseworker, at_work
from tests.benchmarks.own_memory import own_memory
from tests.benchmarks.report import Row

SIZE, ROUNDS, WARMING = 300, 40, 4


@dataclass(frozen=True, slots=True)
class State:
    """What there is after a round: MB of its own, open files, widgets, objects; and deeds, with the
    milliseconds of the GUI thread that each took.
    """

    memory: float
    handles: int
    widgets: int
    objects: int
    tracked: int
    journal: float
    deeds: int
    each: float

    def __str__(self) -> str:
        return (
            f"{self.deeds:6} deeds  {self.memory:7.1f} MB  {self.handles:3} handles"
            f"  {self.widgets:5} widgets  {self.objects:6} QObjects  {self.tracked:7} tracked"
            f"  journal {self.journal:.2f} MB  {self.each:.2f} ms a deed"
        )


def rows() -> Iterator[Row]:
    states = soak()
    first, last = states[0], states[-1]
    grown = last.memory - first.memory
    said = f"{last.deeds:,} deeds: {grown:+.1f} MB, {last.handles - first.handles:+} handles"
    said += f", {last.widgets - first.widgets:+} widgets, {last.objects - first.objects:+} objects"
    quarter = max(1, len(states) // 4)
    early = median(state.each for state in states[:quarter])
    late = median(state.each for state in states[-quarter:])
    yield Row(f"soak of {said}; a deed at the end, at the beginning", late / 1000, early / 1000)


def soak(
    rounds: int = ROUNDS,
    deeds: Sequence[Deed] = an_hour.DEEDS,
    size: int = SIZE,
    warming: int = WARMING,
) -> list[State]:
    """What there is after each round, once everything was loaded."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bestand.kkd"
        an_hour.caseload(path, size)
        with at_work(path) as person:
            states = []
            for number in range(warming + rounds):
                person.deeds = 0 if number == warming else person.deeds
                done = person.deeds
                person.watchdog.turns.clear()
                for deed in deeds:
                    deed(person)
                _take_back(person)
                state = _state(person, done)
                if number >= warming:
                    states.append(state)
                if __name__ == "__main__":
                    print(state, flush=True)
            return states


def _take_back(person: Caseworker) -> None:
    """The caseload stands as it did: more people met would be other work for the next round."""
    while person.session.undo():
        person.rest("undo")


def _state(person: Caseworker, before: int) -> State:
    QPixmapCache.clear()
    for _ in range(5):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
    gc.unfreeze()
    gc.collect()
    widgets = QApplication.allWidgets()
    top = [each for each in widgets if each.parent() is None]
    cpu = sum(turn.cpu for turn in person.watchdog.turns)
    store = person.session.context.store
    return State(
        own_memory(),
        len(os.listdir("/proc/self/fd")),
        len(widgets),
        sum(len(each.findChildren(QObject)) + 1 for each in top),
        len(gc.get_objects()),
        sum(each.stat().st_size for each in store.path.parent.glob("*.kkd*")) / 1e6,
        person.deeds,
        1000 * cpu / max(1, person.deeds - before),
    )


if __name__ == "__main__":
    soak(int(sys.argv[1]) if sys.argv[1:] else ROUNDS)
