"""Entries in an order that is kept: of those given again only who changed is put in anew.

A caseload is asked for after every step, and a step changes one person of ten thousand.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

from kkd_desktop.domain.worklist import Entry, Group, GroupId, place_of

_FEW = 20
"""One change of so many is put in by itself; more are sorted with all the others."""


class KeptOrder:
    """Sorts what it is given as `sorted` would, and remembers it for the next time."""

    def __init__(self, key: Callable[[Entry], tuple[Any, ...] | None]) -> None:
        """`key` rests on the entry alone, is another for each client, and None for whom the
        order leaves out.
        """
        self._key = key
        self._given: list[Entry] = []
        self._sorted: list[Entry] = []
        self.keys: list[tuple[Any, ...]] = []
        """The keys of what was sorted last, in its order."""

    def sorted(self, entries: Iterable[Entry]) -> list[Entry]:
        """Those with a key, by it. The list is the caller's own."""
        given = list(entries)
        changes = self._changes(given)
        self._given = given
        if changes is None:
            self._sort(given)
        else:
            for before, after in changes:
                self._take_out(before)
                self._put_in(after)
        return self._sorted.copy()

    def _changes(self, given: list[Entry]) -> list[tuple[Entry, Entry]] | None:
        """Who is another object now; None where others were added, went away, or are many."""
        before = self._given
        if len(before) != len(given):
            return None
        changes = [(old, new) for old, new in zip(before, given, strict=True) if old is not new]
        if len(changes) * _FEW > len(given):
            return None
        is_same = all(old.client.id == new.client.id for old, new in changes)
        return changes if is_same else None

    def _sort(self, entries: list[Entry]) -> None:
        keyed = [(key, each) for each in entries if (key := self._key(each)) is not None]
        keyed.sort(key=_first)
        self.keys = [key for key, _ in keyed]
        self._sorted = [each for _, each in keyed]

    def _take_out(self, entry: Entry) -> None:
        key = self._key(entry)
        if key is not None:
            place = bisect_left(self.keys, key)
            del self.keys[place], self._sorted[place]

    def _put_in(self, entry: Entry) -> None:
        key = self._key(entry)
        if key is not None:
            place = bisect_left(self.keys, key)
            self.keys.insert(place, key)
            self._sorted.insert(place, entry)


def _first(keyed: tuple[tuple[Any, ...], Entry]) -> tuple[Any, ...]:
    return keyed[0]


class KeptGroups:
    """The worklist as `grouped` gives it, of entries that are given again and again."""

    def __init__(self) -> None:
        self._today = date.min
        self._order = KeptOrder(partial(place_of, today=self._today))

    def groups(self, entries: Iterable[Entry], today: date) -> tuple[Group, ...]:
        if today != self._today:
            self._today, self._order = today, KeptOrder(partial(place_of, today=today))
        found = self._order.sorted(entries)
        groups = []
        for place, group in enumerate(GroupId):
            first, end = (bisect_left(self._order.keys, (at,)) for at in (place, place + 1))
            if first < end:
                groups.append(Group(group, tuple(found[first:end])))
        return tuple(groups)
