"""Who is meant by what is typed? The names of all, read in slices that nobody notices."""

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from kkd_desktop.actions import casework
from kkd_desktop.domain.client import Named
from kkd_desktop.domain.folding import fold
from kkd_desktop.domain.fuzzy import Fit, Index, Key, key_of
from kkd_desktop.domain.values import Value
from kkd_desktop.gui.session import Session

_SLICE = 400
_PATIENCE, _PATIENCE_OF_A_QUESTION, _FOR_EVER = 0.005, 0.010, float("inf")


class _Entry(Value, frozen=True, gc=False):
    person: Named
    key: Key
    place: str


class PeopleIndex(QObject):
    """Finds people by name, Kundennummer, own code and BG.

    After a change it reads them again when somebody asks. Until then it answers with those it knew.

    Signals:
        grown: it knows everybody now; what was asked meanwhile may have another answer.
    """

    grown = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entries: list[_Entry] = []
        self._index = Index(())
        self._reading: Iterator[None] | None = None
        self._is_fresh = False
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self._go_on)
        session.changed.connect(self._read_again)
        session.finishing.connect(self._next.stop)

    def begin(self) -> None:
        """Somebody is about to ask."""
        if not self._is_fresh and self._reading is None:
            self._reading = self._read()
            self._next.start()

    def settle(self) -> bool:
        """Read to the end, because somebody chooses now; False where all was known."""
        self.begin()
        return self._reading is not None and self._work(_FOR_EVER)

    def find(self, query: str, most: int) -> list[tuple[Named, Fit]]:
        """The best, best first; equals by name."""
        self.begin()
        if self._reading is not None:
            self._work(_PATIENCE_OF_A_QUESTION)
        return [(self._entries[fit.place].person, fit) for fit in self._index.find(query, most)]

    def known(self, client_id: int) -> Named | None:
        """Somebody who was found before; None where they are gone."""
        self.begin()
        found = (entry.person for entry in self._entries if entry.person.id == client_id)
        return next(found, None)

    def _read_again(self) -> None:
        self._is_fresh = False
        self._reading = None
        self._next.stop()

    def _go_on(self) -> None:
        if self._reading is None:
            self._next.stop()
        elif self._work(_PATIENCE):
            # In a turn of its own, so that reading and showing are not one long one.
            QTimer.singleShot(0, self, self.grown.emit)

    def _work(self, seconds: float) -> bool:
        """Read on for a moment; True where that was the last of it."""
        assert self._reading is not None
        end = perf_counter() + seconds
        for _ in self._reading:
            if perf_counter() > end:
                return False
        self._reading, self._is_fresh = None, True
        self._next.stop()
        return True

    def _read(self) -> Iterator[None]:
        known = {entry.person.id: entry for entry in self._entries}
        entries: list[_Entry] = []
        after = -1
        while people := casework.named(self._session.context, after, _SLICE):
            for person in people:
                entry = known.get(person.id)
                same = entry is not None and entry.person == person
                entries.append(entry if entry is not None and same else _entry(person))
            after = people[-1].id
            yield
        entries.sort(key=_place)
        yield
        index = Index(entry.key for entry in entries)
        for _ in index.prepare():
            yield
        self._entries, self._index = entries, index


def _entry(person: Named) -> _Entry:
    key = key_of(person.name, person.number, person.code, person.bg_number)
    return _Entry(person, key, fold(person.name))


def _place(entry: _Entry) -> str:
    return entry.place
