"""A first plan, at once: one person after the other takes the best days that are left."""

import numpy as np

from kkd_desktop.domain.day_packing import ToPlace, pack
from kkd_desktop.domain.planning import WEIGHTS
from kkd_desktop.planning.tables import NEVER, Path, Tables


def fill(tables: Tables) -> list[tuple[int, Path]]:
    """The most urgent first; whoever finds no day left has none."""
    return _Filling(tables).plan()


class _Filling:
    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        weeks = tables.problem.weeks
        self.room = tables.room.copy()
        self.half_room = tables.half_room.copy()
        self.norm = np.array([NEVER if w.norm is None else w.norm - w.agreed / 100 for w in weeks])
        self.talks: dict[int, list[ToPlace]] = {}

    def plan(self) -> list[tuple[int, Path]]:
        t = self.tables
        order = sorted(range(len(t.people)), key=self._urgency)
        return [(row, self._take(row)) for row in order]

    def _urgency(self, row: int) -> tuple[bool, int, int]:
        person = self.tables.people[row]
        latest = person.first.latest
        asked = person.first.target if latest is None else latest
        return latest is None, asked.toordinal(), person.client_id

    def _take(self, row: int) -> Path:
        """The cheapest path of one person, talk by talk while there is room for it."""
        for _ in range(5):
            path = self._cheapest(row)
            full = [number for number, stop in enumerate(path) if not self._fits(row, number, stop)]
            if not full:
                self._enter(row, path)
                return path
            # The sum of minutes would do, the hours do not: this day is full for everyone.
            self.room[path[full[0]][0]] = 0
        return ()

    def _fits(self, row: int, number: int, stop: tuple[int, bool]) -> bool:
        return pack([*self.talks.get(stop[0], ()), self._to_place(row, number, stop)]) is not None

    def _to_place(self, row: int, number: int, stop: tuple[int, bool]) -> ToPlace:
        t = self.tables
        minutes = t.people[row].talks(number).length.total
        return ToPlace(row, minutes, t.starts(row, number, stop))

    def _enter(self, row: int, path: Path) -> None:
        t = self.tables
        for number, stop in enumerate(path):
            day, nth = stop[0], min(number, 1)
            self.talks.setdefault(day, []).append(self._to_place(row, number, stop))
            self.room[day] -= t.units[nth, row]
            self.norm[t.week_of[day]] -= t.counted[nth, row]
            half = t.half[nth, row, day]
            if stop[1] and half:
                self.half_room[day, half - 1] -= t.units[nth, row]

    def _cheapest(self, row: int) -> Path:
        t = self.tables
        width = len(t.days)
        over = np.where(self.norm < 1, WEIGHTS.over_norm, 0.0)[t.week_of]
        node, kept = [], []
        for nth in (0, 1):
            free = self.room >= t.units[nth, row]
            half = t.half[nth, row]
            bound = np.where(
                half > 0, self.half_room[np.arange(width), np.maximum(half - 1, 0)], NEVER
            )
            wished = t.open[1, nth, row] & free & (bound >= t.units[nth, row])
            base = over - t.gain[row]
            with_wish = np.where(wished, base, NEVER)
            against = np.where(t.open[0, nth, row] & free, base + WEIGHTS.wish, NEVER)
            node.append(np.minimum(with_wish, against))
            kept.append(with_wish <= against)
        cost, before = np.full(width, NEVER), np.full(width, -1)
        for day in range(width):
            cost[day] = t.start[row, day] + node[0][day]
            if day:
                ways = cost[:day] + t.arcs[day][row]
                best = int(ways.argmin())
                if ways[best] + node[1][day] < cost[day]:
                    cost[day], before[day] = ways[best] + node[1][day], best
        total = cost + t.end[row]
        day = int(total.argmin())
        if total[day] >= t.empty[row]:
            return ()
        path: list[tuple[int, bool]] = []
        while day >= 0:
            path.append((day, bool(kept[0 if before[day] < 0 else 1][day])))
            day = int(before[day])
        return tuple(reversed(path))
