"""A first plan, at once: day by day, whoever has waited longest takes the next place."""

from datetime import timedelta

from kkd_desktop.domain.day_packing import ToPlace, pack
from kkd_desktop.domain.planning import Asked
from kkd_desktop.planning.tables import Path, Stop, Tables

_NO_LAST_DAY = timedelta(days=365)
_GIVES_UP_WISH = timedelta(days=14)
"""Who is late by so much is no longer kept waiting for a day that they wish."""


def fill(tables: Tables) -> list[tuple[int, Path]]:
    """Everyone with their talks; whoever finds no place has none."""
    return _Filling(tables).plan()


class _Filling:
    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.paths: list[list[Stop]] = [[] for _ in tables.people]
        self.asked: list[Asked | None] = [person.first for person in tables.people]
        weeks = tables.problem.weeks
        self.norm = [None if w.norm is None else w.norm - w.agreed / 100 for w in weeks]

    def plan(self) -> list[tuple[int, Path]]:
        for day in range(len(self.tables.days)):
            self._fill_day(day)
        return [(row, tuple(path)) for row, path in enumerate(self.paths)]

    def _fill_day(self, day: int) -> None:
        t = self.tables
        room = float(t.room[day])
        talks: list[ToPlace] = []
        for row in self._waiting(day):
            nth = min(len(self.paths[row]), 1)
            units = float(t.units[nth, row])
            stop = (day, bool(t.open[1, nth, row, day]))
            if units > room or not self._is_time(row, day, nth):
                continue
            minutes = t.people[row].talks(nth).length.total
            more = [*talks, ToPlace(row, minutes, t.starts(row, nth, stop))]
            if pack(more) is None:
                continue
            talks, room = more, room - units
            self._take(row, stop, nth)

    def _waiting(self, day: int) -> list[int]:
        """Who could be met on that day, the longest due first."""
        today = self.tables.days[day].day
        rows = [
            row
            for row, asked in enumerate(self.asked)
            if asked is not None and asked.earliest <= today
        ]
        return sorted(rows, key=lambda row: (self._due(row), row))

    def _due(self, row: int) -> object:
        asked = self.asked[row]
        assert asked is not None
        return asked.target + _NO_LAST_DAY if asked.latest is None else asked.latest

    def _is_time(self, row: int, day: int, nth: int) -> bool:
        """Whether somebody should be met on that day rather than later."""
        t, asked = self.tables, self.asked[row]
        assert asked is not None
        today, latest = t.days[day].day, asked.latest
        if not t.open[1, nth, row, day]:
            patient = latest is None or today <= latest + _GIVES_UP_WISH
            return bool(t.open[0, nth, row, day]) and not patient
        after = t.days[day + 1].day if day + 1 < len(t.days) else t.problem.resumes
        if latest is not None and latest < after:
            return True
        left = self.norm[int(t.week_of[day])]
        return asked.target <= today and (left is None or left >= 1)

    def _take(self, row: int, stop: Stop, nth: int) -> None:
        t = self.tables
        self.paths[row].append(stop)
        self.asked[row] = t.people[row].after.get(t.days[stop[0]].day)
        week = int(t.week_of[stop[0]])
        left = self.norm[week]
        if left is not None:
            self.norm[week] = left - float(t.counted[nth, row])
