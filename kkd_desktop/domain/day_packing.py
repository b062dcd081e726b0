"""Do the talks of one day fit into it, and at which hours?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from kkd_desktop.domain.slots import MINUTES_OF_DAY
from kkd_desktop.domain.values import Value

BESIDE = 30
"""Minutes between two talks that are still side by side: the grid may not allow for less."""


class ToPlace(Value, frozen=True):
    """A talk of the day: its minutes, the starts it may have, and a key of whom to be next to."""

    key: int
    minutes: int
    starts: tuple[datetime, ...]
    near: str = ""


class _Kind(Value, frozen=True):
    """Talks that are alike for the day: any of them may take the place of another."""

    minutes: int
    starts: frozenset[int]
    near: str


def most_units(starts: Mapping[int, Sequence[datetime]], step: int) -> int:
    """The most steps of the grid that talks of these lengths can fill without overlapping."""
    ends: dict[int, list[tuple[int, int]]] = {}
    for minutes, moments in starts.items():
        for begin in map(_minute, moments):
            ends.setdefault(begin + minutes, []).append((begin, units(minutes, step)))
    best, before = [0] * (MINUTES_OF_DAY + 1), 0
    for minute in range(MINUTES_OF_DAY + 1):
        for begin, filled in ends.get(minute, ()):
            before = max(before, best[begin] + filled)
        best[minute] = before
    return before


def units(minutes: int, step: int) -> int:
    """How many steps of the grid a talk keeps from others that begin on it."""
    return -(-minutes // step)


def pack(talks: Sequence[ToPlace]) -> dict[int, datetime] | None:
    """A start for each talk; None where they do not all fit.

    Of all ways the one with the most neighbours of the same key side by side, then the earliest.
    Alike talks take their places in the order of their keys.
    """
    kinds: dict[_Kind, list[ToPlace]] = {}
    number_of = Counter(talk.near for talk in talks)
    for talk in sorted(talks, key=lambda each: each.key):
        near = talk.near if number_of[talk.near] > 1 else ""
        kind = _Kind(talk.minutes, frozenset(map(_minute, talk.starts)), near)
        kinds.setdefault(kind, []).append(talk)
    search = _Packing(list(kinds), sorted({_minute(each) for t in talks for each in t.starts}))
    found = search.best(0, tuple(len(each) for each in kinds.values()), "", 0)
    if found is None:
        return None
    waiting = [list(each) for each in kinds.values()]
    midnight = datetime(1, 1, 1)
    if talks:
        midnight = talks[0].starts[0].replace(hour=0, minute=0)
    placed = ((waiting[kind].pop(0), minute) for minute, kind in found[1])
    return {talk.key: midnight + timedelta(minutes=minute) for talk, minute in placed}


_Way = tuple[int, tuple[tuple[int, int], ...]]
"""Neighbours side by side, and the minute and kind of each talk in order."""


class _Packing:
    """Each start in turn takes one of the kinds of talks that are left, or stays empty."""

    def __init__(self, kinds: Sequence[_Kind], starts: Sequence[int]) -> None:
        self.kinds = kinds
        self.starts = starts
        self.known: dict[tuple[int, tuple[int, ...], str, int], _Way | None] = {}

    def best(self, place: int, left: tuple[int, ...], near: str, free: int) -> _Way | None:
        """From the start at `place` on, after a talk of key `near` that ended at minute `free`."""
        if not any(left):
            return 0, ()
        if place == len(self.starts) or sum(left) > len(self.starts) - place:
            return None
        key = (place, left, near, free)
        if key not in self.known:
            self.known[key] = self._best(place, left, near, free)
        return self.known[key]

    def _best(self, place: int, left: tuple[int, ...], near: str, free: int) -> _Way | None:
        minute = self.starts[place]
        ways = [self.best(place + 1, left, near, free)]
        if minute >= free:
            ways += [
                self._with(kind, place, left, near, free)
                for kind, number in enumerate(left)
                if number and minute in self.kinds[kind].starts
            ]
        # Of equal ones the earliest start first: the empty start is the first of the list.
        return max(filter(None, ways), key=lambda way: (way[0], _earliness(way)), default=None)

    def _with(
        self, kind: int, place: int, left: tuple[int, ...], near: str, free: int
    ) -> _Way | None:
        chosen = self.kinds[kind]
        minute = self.starts[place]
        rest = (*left[:kind], left[kind] - 1, *left[kind + 1 :])
        found = self.best(place + 1, rest, chosen.near, minute + chosen.minutes)
        if found is None:
            return None
        beside = near and near == chosen.near and minute - free <= BESIDE
        return found[0] + bool(beside), ((minute, kind), *found[1])


def _earliness(way: _Way) -> tuple[int, ...]:
    return tuple(-minute for minute, _ in way[1])


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute
