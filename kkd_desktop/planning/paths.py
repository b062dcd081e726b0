"""Which talks with one person cost least, at given prices of the days?"""

from collections.abc import Iterator
from copy import copy
from typing import Any

import numpy as np

from kkd_desktop.domain.planning import WEIGHTS
from kkd_desktop.planning.tables import NEVER, Flags, Numbers, Path, Tables


class Prices:
    """What a day costs besides: per step of the grid, per talk and as counted for the norm, by
    half of the day where a wish binds to it, and for each person by themselves.

    `fixed` is what the plan of parts weighs at these prices apart from the paths.
    """

    def __init__(self, tables: Tables, fixed: float = 0.0) -> None:
        width = len(tables.days)
        self.fixed = fixed
        self.step = np.zeros(width)
        self.talk = np.zeros(width)
        self.norm = np.zeros(width)
        self.half = np.zeros((width, 2))
        self.person = np.zeros((len(tables.people), width))

    def towards(self, other: "Prices", share: float) -> "Prices":
        """Prices in between. What is fixed is concave in them, so the mean is safe for a bound."""
        found = copy(self)
        for name, value in vars(self).items():
            setattr(found, name, value * (1 - share) + getattr(other, name) * share)
        return found


class Paths:
    """The cheapest path of each person through the days, all of them at once."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        number = len(tables.people)
        self._rows = np.arange(number)

    def nodes(self, prices: Prices, open_days: Flags) -> tuple[Numbers, Flags]:
        """The price of each day for each person, for first and later talks, and whether it is
        paid with the wish kept.
        """
        t = self.tables
        costs, kept = [], []
        padded = np.concatenate([np.zeros((len(t.days), 1)), prices.half], axis=1)
        columns = np.arange(len(t.days))
        for nth in (0, 1):
            u, n = t.units[nth][:, None], t.counted[nth][:, None]
            base = u * prices.step + n * prices.norm + prices.talk + prices.person - t.gain
            with_wish = base + u * padded[columns[None, :], t.half[nth]]
            with_wish = np.where(open_days[1, nth], with_wish, NEVER)
            against = np.where(open_days[0, nth], base + WEIGHTS.wish, NEVER)
            kept.append(with_wish <= against)
            costs.append(np.minimum(with_wish, against))
        return np.array(costs), np.array(kept)

    def cheapest(self, prices: Prices) -> tuple[Numbers, list[Path]]:
        """For each person the price of the cheapest path, and the path."""
        t = self.tables
        node, kept = self.nodes(prices, t.open)
        number, width = len(t.people), len(t.days)
        cost = np.full((number, width), NEVER)
        before = np.full((number, width), -1, dtype=np.int64)
        for day in range(width):
            here = t.start[:, day] + node[0][:, day]
            if day:
                ways = cost[:, :day] + t.arcs[day]
                best = ways.argmin(axis=1)
                other = ways[self._rows, best] + node[1][:, day]
                better = other < here
                before[:, day] = np.where(better, best, -1)
                here = np.where(better, other, here)
            cost[:, day] = here
        total = np.concatenate([t.empty[:, None], cost + t.end], axis=1)
        last = total.argmin(axis=1)
        found = total[self._rows, last]
        paths = [_traced(row, end - 1, before[row], kept) for row, end in enumerate(last.tolist())]
        return found, paths

    def within(self, prices: Prices, limits: Numbers, most: int) -> Iterator[tuple[int, Path]]:
        """Every path of each person that costs at most their limit, up to so many in all."""
        t = self.tables
        node, _ = self.nodes(prices, t.open)
        by_wish = []
        for kept in (0, 1):
            only = np.zeros_like(t.open)
            only[kept] = t.open[kept]
            by_wish.append(self.nodes(prices, only)[0])
        rest = self._rest(node[1])
        found = 0
        for row in range(len(t.people)):
            costs = np.array([by_wish[kept][:, row] for kept in (0, 1)])
            for path in _Walk(t, row, costs, rest[row], float(limits[row])).paths():
                yield row, path
                found += 1
                if found > most:
                    return

    def _rest(self, node: Numbers) -> Numbers:
        """The least that is still to come after a talk on each day."""
        t = self.tables
        rest = t.end.copy()
        for day in range(len(t.days) - 1, 0, -1):
            onward = t.arcs[day] + (node[:, day] + rest[:, day])[:, None]
            rest[:, :day] = np.minimum(rest[:, :day], onward)
        return rest


class _Walk:
    """What the walk through all paths of one person needs."""

    def __init__(
        self, tables: Tables, row: int, costs: Numbers, rest: Numbers, limit: float
    ) -> None:
        self.tables = tables
        self.row = row
        self.costs = costs
        self.rest = rest
        self.limit = limit

    def paths(self) -> Iterator[Path]:
        t, row = self.tables, self.row
        waiting: list[tuple[Path, float]] = [((), 0.0)]
        while waiting:
            path, spent = waiting.pop()
            end = t.end[row, path[-1][0]] if path else t.empty[row]
            if spent + end <= self.limit:
                yield path
            waiting.extend(self._onward(path, spent))

    def _onward(self, path: Path, spent: float) -> Iterator[tuple[Path, float]]:
        """Each path that has one talk more and can still end within the limit."""
        t, row = self.tables, self.row
        before, nth = (path[-1][0], 1) if path else (-1, 0)
        for day in range(before + 1, len(t.days)):
            arc = t.arcs[day][row, before] if path else t.start[row, day]
            for kept in (1, 0):
                cost = spent + arc + self.costs[kept, nth, day]
                if cost + self.rest[day] <= self.limit:
                    yield (*path, (day, bool(kept))), cost


def _traced(row: int, day: int, before: Any, kept: Flags) -> Path:
    path: list[tuple[int, bool]] = []
    while day >= 0:
        earlier = int(before[day])
        path.append((day, bool(kept[0 if earlier < 0 else 1, row, day])))
        day = earlier
    return tuple(reversed(path))
