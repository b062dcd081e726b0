"""Which of the known paths, one for each person, make the best plan together?

A row for each person (one path each), each day (its time), each half of it that wishes bind to,
each week (the norm, and how even they are) and each day a Bedarfsgemeinschaft could share. HiGHS
solves it, first with parts of paths, which gives the prices of the days, at last with whole ones.
"""

from collections.abc import Callable, Iterable, Sequence
from time import monotonic
from typing import Any

import highspy
import numpy as np

from kkd_desktop.domain.planning import UNEVEN_STEP, WEIGHTS
from kkd_desktop.planning.paths import Prices
from kkd_desktop.planning.solver import quiet_solver
from kkd_desktop.planning.tables import Path, Tables

_SCALE = 1e-3
"""The solver likes costs near one: a day late weighs 60 for it."""

_FEW = 500
ENOUGH = 5.0 * WEIGHTS.uneven
"""Of more than few paths a plan that is so near to the bound is good enough: five talks of evenness
are not worth half a minute.
"""

_INFINITE = highspy.kHighsInf
_MOST_SHARED = 4_000
"""So many days that members of a BG could share are all in the question; of more only those near
the first talks.
"""
_REACH = 12
"""Open days around its target on which somebody may then be drawn to others of the BG."""


class Master:
    """The choice among all paths that are known so far. `stopped` is asked again and again while
    whole ones are chosen; once it says yes, the choice ends.
    """

    def __init__(self, tables: Tables, stopped: Callable[[], bool]) -> None:
        self.tables = tables
        self._stopped = stopped
        self._ends = _INFINITE
        self.columns: list[tuple[int, Path]] = []
        self._known: dict[tuple[int, Path], int] = {}
        # New paths leave the last solution possible: only the primal method (4) begins with it.
        self._highs: Any = quiet_solver(self._interrupt, presolve="off", simplex_strategy=4)
        self._lay_rows()
        self._lay_weeks()
        self._lay_groups()
        self._before = self._highs.getNumCol()
        self.add((row, ()) for row in range(len(tables.people)))

    def _lay_rows(self) -> None:
        t = self.tables
        people, days = len(t.people), len(t.days)
        for _ in range(people):
            self._row(1.0, 1.0)
        self._day0 = people
        for day in range(days):
            self._row(-_INFINITE, t.room[day])
        bound = {
            (day, half)
            for nth in (0, 1)
            for half in (1, 2)
            for day in np.flatnonzero((t.half[nth] == half).any(axis=0)).tolist()
        }
        self._halves = {
            key: self._row(-_INFINITE, t.half_room[key[0], key[1] - 1]) for key in sorted(bound)
        }

    def _row(self, lower: float, upper: float) -> int:
        self._highs.addRow(lower, upper, 0, [], [])
        return int(self._highs.getNumRow()) - 1

    def _column(
        self,
        cost: float,
        entries: Iterable[tuple[int, float]],
        upper: float = _INFINITE,
        lower: float = 0.0,
    ) -> None:
        rows, values = zip(*entries, strict=True)
        self._highs.addCol(
            cost * _SCALE, lower, upper, len(rows), np.array(rows, dtype=np.int32), np.array(values)
        )

    def _lay_weeks(self) -> None:
        """The norm of each week, and the common number of talks that the weeks are near to."""
        weeks = self.tables.problem.weeks
        self._norms: dict[int, int] = {}
        self._evens: dict[int, tuple[int, int]] = {}
        mean: list[tuple[int, float]] = []
        open_weeks = [place for place, week in enumerate(weeks) if week.part]
        for place in open_weeks:
            week = weeks[place]
            if week.norm is not None:
                free = max(0.0, week.norm - week.agreed / 100)
                self._norms[place] = self._row(-_INFINITE, free)
                self._column(WEIGHTS.over_norm, [(self._norms[place], -1.0)])
            if len(open_weeks) > 1:
                above = self._row(-_INFINITE, -week.talks)
                below = self._row(-_INFINITE, week.talks)
                self._evens[place] = above, below
                mean += [(above, -week.part / 100), (below, week.part / 100)]
                both = [(above, -1.0), (below, -1.0)]
                self._column(WEIGHTS.uneven, both, upper=UNEVEN_STEP)
                self._column(2 * WEIGHTS.uneven, both)
        if mean:
            self._column(0.0, mean)

    def _lay_groups(self) -> None:
        """For each day that several of a BG could share: it is shared only where somebody is met
        beside each of them.
        """
        t = self.tables
        members: dict[str, list[int]] = {}
        for row, person in enumerate(t.people):
            if person.bg:
                members.setdefault(person.bg, []).append(row)
        self._groups: dict[tuple[str, int], dict[int, int]] = {}
        self._shared: list[int] = []
        self.beyond = np.zeros((len(t.people), len(t.days)), dtype=bool)
        """Days that members of a BG could share, where the rows say nothing of it."""
        members = {bg: rows for bg, rows in members.items() if len(rows) > 1}
        all_days = sum(map(len, members.values())) * len(t.days) <= _MOST_SHARED
        for bg, rows in members.items():
            met = np.array([t.open[:, :, row].any(axis=(0, 1)) for row in rows])
            near = met if all_days else np.array([self._near(row) for row in rows])
            near = near.sum(axis=0)
            self.beyond[rows] = (near < 2) & (met.sum(axis=0) > 1)
            for day in np.flatnonzero(near > 1).tolist():
                without = {row: self._row(-_INFINITE, 0.0) for row in rows}
                self._groups[bg, day] = without
                self._shared.append(self._highs.getNumCol())
                entries = [(each, 1.0) for each in without.values()]
                self._column(-WEIGHTS.together, entries, upper=1.0)

    def _near(self, row: int) -> Any:
        """The days on which somebody's first talk may well lie."""
        t = self.tables
        start = np.where(t.open[1, 0, row] | t.open[0, 0, row], t.start[row], np.inf)
        days = np.arange(len(start))
        best = int(start.argmin()) if len(start) else 0
        return np.isfinite(start) & (np.abs(days - best) <= _REACH)

    def add(self, paths: Iterable[tuple[int, Path]]) -> int:
        """Let the plan use these paths; how many of them are new."""
        t = self.tables
        cost: list[float] = []
        starts: list[int] = []
        rows: list[int] = []
        values: list[float] = []
        added = 0
        for key in paths:
            if key in self._known:
                continue
            self._known[key] = len(self.columns)
            self.columns.append(key)
            entries = self._entries(*key)
            cost.append(t.cost(*key) * _SCALE)
            starts.append(len(rows))
            rows += entries
            values += entries.values()
            added += 1
        if added:
            self._highs.addCols(
                added,
                np.array(cost),
                np.zeros(added),
                np.full(added, _INFINITE),
                len(rows),
                np.array(starts, dtype=np.int32),
                np.array(rows, dtype=np.int32),
                np.array(values, dtype=np.float64),
            )
        return added

    def _entries(self, row: int, path: Path) -> dict[int, float]:
        t = self.tables
        found: dict[int, float] = {row: 1.0}

        def enter(place: int, value: float) -> None:
            found[place] = found.get(place, 0.0) + value

        for number, (day, kept) in enumerate(path):
            nth = min(number, 1)
            units = float(t.units[nth, row])
            enter(self._day0 + day, units)
            half = (day, int(t.half[nth, row, day]))
            if kept and half in self._halves:
                enter(self._halves[half], units)
            week = int(t.week_of[day])
            if week in self._norms:
                enter(self._norms[week], float(t.counted[nth, row]))
            if week in self._evens:
                above, below = self._evens[week]
                enter(above, 1.0)
                enter(below, -1.0)
            group = (t.people[row].bg, day)
            for member, without in self._groups.get(group, {}).items():
                if member != row:
                    enter(without, -1.0)
        return found

    def _interrupt(self, event: Any) -> None:
        # The limit of the library is about one run or all of them, as its version has it.
        if self._stopped() or monotonic() > self._ends:
            event.interrupt()

    def solve_parts(self) -> float:
        """Solve with parts of paths; the weight of the best."""
        self._highs.run()
        return float(self._highs.getInfo().objective_function_value) / _SCALE

    def prices(self, weight: float) -> tuple[Prices, Any]:
        """What the days cost at the last solution of this weight, and what each person's path may
        cost.
        """
        t = self.tables
        duals = -np.array(self._highs.getSolution().row_dual) / _SCALE
        people, days = len(t.people), len(t.days)
        found = Prices(t, weight + float(duals[:people].sum()))
        found.step[:] = duals[people : people + days]
        for (day, half), row in self._halves.items():
            found.half[day, half - 1] = duals[row]
        for week, row in self._norms.items():
            found.norm[t.week_of == week] = duals[row]
        for week, (above, below) in self._evens.items():
            found.talk[t.week_of == week] = duals[above] - duals[below]
        for (_, day), without in self._groups.items():
            all_of_them = sum(duals[place] for place in without.values())
            for row, place in without.items():
                found.person[row, day] = duals[place] - all_of_them
        return found, -duals[:people]

    def solve_whole(
        self, nodes: int, seconds: float, start: Sequence[tuple[int, Path]], dearest: float
    ) -> tuple[list[tuple[int, Path]] | None, float, bool]:
        """Solve with whole paths, from a known plan on, among the paths used in parts and those at
        most so much dearer than the best at the present prices: the paths, the bound proven among
        these, and whether the clock ended it.
        """
        highs = self._highs
        self.solve_parts()
        count = len(self.columns)
        places = np.arange(self._before, self._before + count, dtype=np.int32)
        whole = np.concatenate([np.array(self._shared, dtype=np.int32), places])
        dearer = np.array(highs.getSolution().col_dual)[self._before :] / _SCALE
        used = np.array(highs.getSolution().col_value)[self._before :] > 0
        room = np.where(used | (dearer <= dearest), 1.0, 0.0)
        room[[self._known[key] for key in start]] = 1.0
        highs.changeColsBounds(count, places, np.zeros(count), room)
        self._be_whole(whole, highspy.HighsVarType.kInteger)
        for name, value in (
            ("presolve", "choose"),
            ("mip_max_nodes", nodes),
            ("mip_rel_gap", 1e-9),
            ("mip_abs_gap", 1e-6 if count <= _FEW else ENOUGH * _SCALE),
        ):
            highs.setOptionValue(name, value)
        self._begin_with(start)
        self._ends = monotonic() + seconds
        highs.run()
        timed_out = monotonic() > self._ends
        self._ends = _INFINITE
        values = np.array(highs.getSolution().col_value)[self._before :]
        bound = float(highs.getInfo().mip_dual_bound) / _SCALE
        chosen = [self.columns[place] for place in np.flatnonzero(values > 0.5).tolist()]
        self._be_whole(whole, highspy.HighsVarType.kContinuous)
        highs.changeColsBounds(count, places, np.zeros(count), np.full(count, _INFINITE))
        highs.setOptionValue("presolve", "off")
        return chosen or None, bound, timed_out

    def _be_whole(self, places: Any, kind: Any) -> None:
        self._highs.changeColsIntegrality(len(places), places, np.array([kind] * len(places)))

    def _begin_with(self, start: Sequence[tuple[int, Path]]) -> None:
        picked = [self._before + self._known[key] for key in start]
        self._highs.setSolution(len(picked), np.array(picked, dtype=np.int32), np.ones(len(picked)))

    def forbid(self, together: Sequence[tuple[int, int, bool, int]]) -> None:
        """Never again all these talks on one day: they do not fit into it.

        Each is a person, a day, whether the wish is kept, and which talk it is.
        """
        at = {(row, day, kept, nth) for row, day, kept, nth in together}
        places = [
            self._before + place
            for place, (row, path) in enumerate(self.columns)
            if any(
                (row, day, kept, min(number, 1)) in at for number, (day, kept) in enumerate(path)
            )
        ]
        self._highs.addRow(
            -_INFINITE,
            len(together) - 1.0,
            len(places),
            np.array(places, dtype=np.int32),
            np.ones(len(places)),
        )
