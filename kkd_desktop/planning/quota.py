"""The fewest talks that reach shares of a caseload, by HiGHS.

A whole number for each pool and open day. On each check day the shares ask for enough people whose
contact still counts: those a pool began with and the talks of the span before, never more than it
has members. One after the other the solver leaves least open, needs the fewest talks, meets those
who waited longest, and meets them early; each answer is held while the next is looked for.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import highspy
import numpy as np

from kkd_desktop.domain.planning import Stage, Watch
from kkd_desktop.domain.quota_problem import Pool, QuotaProblem, Solved, Tier
from kkd_desktop.planning.solver import quiet_solver

_INFINITE = highspy.kHighsInf
_SECONDS = 60.0
"""Only guards against a machine that is too slow; what a caseload asks takes a second."""

_NEAR, _NODES = 1e-3, 50
"""Who waited longest and who is met early is looked for so near to the best, and in so many steps:
counted, so that the same caseload has the same plan.
"""

_HELD = 0.01
"""All that is held is whole; so much of it is room for rounding."""

_STEPS = (Stage.SHARES, Stage.TALKS, Stage.WAITING, Stage.DAYS)


class HighsQuotaSolver:
    """The solver of the program."""

    def solve(
        self,
        problem: QuotaProblem,
        found: Sequence[Pool],
        watch: Watch,
        *,
        only_number: bool = False,
    ) -> Solved:
        if not problem.rooms or not problem.checks:
            return Solved(tuple({} for _ in found), proven=True)
        return _Model(problem, found, watch).run(only_number=only_number)


class _Model:
    def __init__(self, problem: QuotaProblem, found: Sequence[Pool], watch: Watch) -> None:
        self.problem, self.pools, self.watch = problem, found, watch
        self.proven = True
        self._at = 0
        self.stop: BaseException | None = None
        self._highs: Any = quiet_solver(
            self._interrupt, time_limit=_SECONDS, mip_abs_gap=0.01, mip_rel_gap=0.0
        )
        self._found: list[float] = []
        self._open: list[int] = []
        self._met: list[dict[int, int]] = []
        self._lay_talks()
        self._lay_tiers()

    def run(self, *, only_number: bool) -> Solved:
        days = [room.day for room in self.problem.rooms]
        talks = [(c, n) for each in self._met for n, c in each.items()]
        if not talks:
            return Solved(tuple({} for _ in self.pools), proven=True)
        self._step(0, dict.fromkeys(self._open, 1.0))
        number = self._step(1, {column: 1.0 for column, _ in talks})
        if not only_number:
            self._step(2, self._waiting(number), near=True)
            early = {column: float((days[n] - days[0]).days) for column, n in talks}
            self._step(3, early, near=True)
        found = self._found
        counts = tuple(
            {room: number for room, column in each.items() if (number := round(found[column]))}
            for each in self._met
        )
        return Solved(counts, self.proven)

    def _lay_talks(self) -> None:
        rooms = self.problem.rooms
        held: list[list[int]] = [[] for _ in rooms]
        last = self.problem.checks[-1]
        for pool in self.pools:
            columns = {}
            for room in pool.rooms:
                if rooms[room].day <= last and rooms[room].talks:
                    columns[room] = self._column(len(pool.members), whole=True)
                    held[room].append(columns[room])
            self._met.append(columns)
        for each, columns_of in zip(rooms, held, strict=True):
            if columns_of:
                self._row(-_INFINITE, each.talks, ((column, 1.0) for column in columns_of))

    def _lay_tiers(self) -> None:
        first = self.problem.rooms[0].day
        for tier in self.problem.tiers:
            for day in self.problem.checks:
                # Before the first room nothing can be done for it.
                if day >= first and tier.required(day):
                    self._lay_check(tier, day)

    def _lay_check(self, tier: Tier, day: Any) -> None:
        rooms = self.problem.rooms
        entries: list[tuple[int, float]] = []
        known = 0
        for pool, columns in zip(self.pools, self._met, strict=True):
            size = pool.size(tier, day)
            base = pool.base[tier.key][day]
            known += base
            inside = [
                (c, rooms[n].talks)
                for n, c in columns.items()
                if tier.opens[day] <= rooms[n].day <= day
            ]
            if not size or base == size or not inside:
                continue
            if sum(min(size, most) for _, most in inside) <= size - base:
                entries += [(column, 1.0) for column, _ in inside]
                continue
            # However many talks there are, nobody counts twice.
            counted = self._column(size - base)
            self._row(-_INFINITE, 0.0, [(counted, 1.0), *((c, -1.0) for c, _ in inside)])
            entries.append((counted, 1.0))
        needed = tier.required(day) - known
        if needed > 0:
            left = self._column(_INFINITE)
            self._open.append(left)
            self._row(needed, _INFINITE, [*entries, (left, 1.0)])

    def _waiting(self, number: int) -> dict[int, float]:
        """What each further one met of a pool waited. It never grows, so the first come first."""
        costs: dict[int, float] = {}
        for pool, columns in zip(self.pools, self._met, strict=True):
            if not columns:
                continue
            most = min(len(pool.waits), number)
            waited = [self._column(1.0) for _ in range(most)]
            costs.update(zip(waited, (-float(each) for each in pool.waits), strict=False))
            talks = ((column, -1.0) for column in columns.values())
            self._row(-_INFINITE, 0.0, [*((column, 1.0) for column in waited), *talks])
        return costs

    def _step(self, number: int, costs: Mapping[int, float], *, near: bool = False) -> int:
        """Look for the least cost, or for one `near` to it, and hold it from then on."""
        self._at = number
        self._tell()
        columns = self._highs.getNumCol()
        whole = np.zeros(columns)
        for column, cost in costs.items():
            whole[column] = cost
        self._highs.changeColsCost(columns, np.arange(columns, dtype=np.int32), whole)
        if near:
            self._highs.setOptionValue("mip_rel_gap", _NEAR)
            self._highs.setOptionValue("mip_max_nodes", _NODES)
            known = [column for each in self._met for column in each.values()]
            values = np.array([self._found[column] for column in known])
            self._highs.setSolution(len(known), np.array(known, dtype=np.int32), values)
        self._highs.run()
        if self.stop is not None:
            raise self.stop
        if not near:
            self.proven &= self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        self._found = [float(each) for each in self._highs.getSolution().col_value]
        least: int = round(self._highs.getInfo().objective_function_value)
        self._row(-_INFINITE, least + _HELD, costs.items())
        return least

    def _tell(self) -> None:
        self.watch(self._at, len(_STEPS), _STEPS[self._at])

    def _column(self, upper: float, *, whole: bool = False) -> int:
        self._highs.addCol(0.0, 0.0, upper, 0, [], [])
        column = int(self._highs.getNumCol()) - 1
        if whole:
            self._highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        return column

    def _row(self, lower: float, upper: float, entries: Iterable[tuple[int, float]]) -> None:
        pairs = list(entries)
        columns = np.array([column for column, _ in pairs], dtype=np.int32)
        values = np.array([value for _, value in pairs])
        self._highs.addRow(lower, upper, len(pairs), columns, values)

    def _interrupt(self, event: Any) -> None:
        try:
            self._tell()
        except BaseException as caught:
            # It must not pass through the library, which is not made for it.
            self.stop = caught
            event.interrupt()
