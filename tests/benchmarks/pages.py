"""Page changes and keystrokes in every search field of a table, at 10,000 clients.

Aims: 50 ms from the key to the painted page, first visit and later ones; 20 ms from a letter to the
painted table. Judged is the CPU time of the GUI thread in the turn of the event loop that does it.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from kkd_desktop.gui.warming import Warming
from tests.benchmarks import an_hour
from tests.benchmarks.caseworker import PAGES, Caseworker, at_work
from tests.benchmarks.report import Row

CLIENTS = 10_000
VISITS = 5
_SETTLED_S = 20.0
TYPED = {
    "kunden": ("müller an", "kein-kontakt>60t ohne:termin"),
    "woche": ("muster",),
    "einladungen": ("muster",),
}


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bestand.kkd"
        an_hour.caseload(path, CLIENTS)
        with at_work(path) as person:
            rest_a_while(person)
            yield from _changes(person)
            yield from _keystrokes(person)


def rest_a_while(person: Caseworker) -> None:
    """As somebody does who reads the first list: modules load and pages are made meanwhile."""
    person.until("heute", person.window.page("heute").proposer.is_done)
    warming = person.window.findChild(Warming)
    end = monotonic() + _SETTLED_S
    while monotonic() < end and not warming.is_done():
        person.watchdog.turn("rest")
        QTest.qSleep(2)
    person.rest("rest")


def _changes(person: Caseworker) -> Iterator[Row]:
    for page in PAGES[:-1]:
        first = _longest(person, lambda page=page: person.page(page))
        yield Row(f"page {page}, first visit, {CLIENTS:,} clients, aim 50 ms", first)
        person.until(page, lambda page=page: _is_quiet(person.window.page(page)))
        visits = []
        for _ in range(VISITS):
            person.page("heute")
            visits.append(_longest(person, lambda page=page: person.page(page)))
        yield Row(f"page {page}, later visits, aim 50 ms", max(visits))
    back = _longest(person, lambda: person.page("heute"))
    yield Row("page heute, aim 50 ms", back)


def _is_quiet(page: QWidget | None) -> bool:
    busy = getattr(page, "is_working", lambda: False)
    return getattr(page, "is_whole", lambda: True)() and not busy()


def _keystrokes(person: Caseworker) -> Iterator[Row]:
    for page, lines in TYPED.items():
        shown = person.page(page)
        person.until(page, lambda shown=shown: _is_quiet(shown))
        if page == "woche":
            person.until(page, shown.list.proposer.is_done)
        field = shown.list.panel.search if page == "woche" else shown.search
        took = list(_typed(person, field, lines))
        name = f"letter in {page}: slowest of {len(took)}, median {median(took) * 1000:.1f} ms"
        yield Row(f"{name}, {CLIENTS:,} clients, aim 20 ms", max(took))


def _typed(person: Caseworker, field: QLineEdit, lines: tuple[str, ...]) -> Iterator[float]:
    for line in lines:
        person.do("clear", field.clear)
        person.do("focus", field.setFocus)
        for letter in line:
            yield _longest(person, partial(person.type, "letter", letter))


def _longest(person: Caseworker, act: Callable[[], object]) -> float:
    """The longest turn of what somebody does and what the window does after it."""
    person.watchdog.turns.clear()
    act()
    return max(turn.cpu for turn in person.watchdog.turns)


if __name__ == "__main__":
    from tests.benchmarks.report import table

    print(table(list(rows())))
