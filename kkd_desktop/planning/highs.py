"""The best plan by HiGHS, and how far from it a plan at most is.

Everyone's talks are a path through the days. Prices of the days from the plan of parts say which
further paths are worth knowing; when none is, its weight is a bound that no plan can beat. Whole
paths are chosen among the known ones, and where few enough others could still be better, among all.
"""

from collections.abc import Iterable, Sequence
from copy import copy
from time import monotonic

import numpy as np

from kkd_desktop.domain.day_packing import ToPlace, pack
from kkd_desktop.domain.planning import (
    WEIGHTS,
    Limits,
    Problem,
    Solution,
    Stage,
    Visit,
    Watch,
    weigh,
)
from kkd_desktop.planning.filling import fill
from kkd_desktop.planning.household import bring_together
from kkd_desktop.planning.master import ENOUGH, Master
from kkd_desktop.planning.paths import Paths, Prices
from kkd_desktop.planning.tables import Numbers, Path, Tables

_EXACT = 1e-6
"""Parts of the weight that count as nothing."""

_MOST_PATHS = 300
"""So many paths that could still be better are looked at all together."""

_NODES = 40_000
_MANY = 3_000
"""Steps of the last search, by the paths it knows: small questions are answered to the end. Where
there are many paths the first step finds almost all, and each further one takes seconds.
"""

_NEXT_BEST = 40.0
"""Of many, paths dearer than the best by more than this are left aside."""

_NEAR = 1.0 * WEIGHTS.over_norm
"""Of many paths, a plan that is so near to the bound is good enough: no plan is better by one day
late, one wish or one talk over the norm.
"""

_ONLY_USED = -1.0
_GOOD = 300.0
"""Paths dearer than the best by more than this are first left aside: three talks of evenness."""

_TOWARDS = (0.5, 0.85)
"""How near to the best known prices further paths are looked for."""

_TO_CHOOSE = 0.4
"""Of the time there is, so much is kept for choosing among the paths."""

_MOST_REPAIRS = 30

Plan = list[tuple[int, Path]]


class HighsSolver:
    """The solver of the program."""

    def solve(self, problem: Problem, limits: Limits, watch: Watch) -> Solution:
        if not problem.people or not problem.days:
            weight = weigh(problem, ()).sum
            return Solution((), weight, weight)
        return _Search(problem, limits, watch).run()


class _Search:
    def __init__(self, problem: Problem, limits: Limits, watch: Watch) -> None:
        self.problem = problem
        self.limits = limits
        self.watch = watch
        self.ends = monotonic() + limits.seconds
        self.tables = Tables(problem)
        self.paths = Paths(self.tables)
        self.master = Master(self.tables, self._stopped)
        self.stop: BaseException | None = None
        self.bound = -np.inf
        self.best: tuple[float, tuple[Visit, ...]] = (np.inf, ())
        self.known: Plan = []
        self.timed_out = False

    def run(self) -> Solution:
        self._try(fill(self.tables))
        self._price()
        self._choose()
        if self.master.beyond.any():
            self._bring_together()
        weight, visits = self.best
        bound = float(self.bound) - self._not_said()
        return Solution(visits, weight, min(weight, bound), self.timed_out)

    def _not_said(self) -> float:
        """How much less a plan could weigh by days that members of a BG share and that are not in
        the question: each of them is worth half to each of two.
        """
        if not self.master.beyond.any():
            return 0.0
        prices = copy(self.prices)
        prices.person = prices.person - self.master.beyond * (WEIGHTS.together / 2)
        costs, _ = self.paths.cheapest(prices)
        return float(self.reduced.sum() - costs.sum())

    def _bring_together(self) -> None:
        """Let members of a BG share days that were not in the question."""

        def goes_on() -> bool:
            self.watch(self.limits.rounds, self.limits.rounds, Stage.CHOICE)
            return not self._is_late()

        self.best, self.known = bring_together(
            self.tables, self.best, self.known, self._hours, goes_on
        )

    def _price(self) -> None:
        """Look for paths that are worth knowing until there are none."""
        for number in range(self.limits.rounds):
            self.watch(number, self.limits.rounds, Stage.DAYS)
            weight = self.master.solve_parts()
            prices, allowed = self.master.prices(weight)
            costs, paths = self._at(prices)
            worth = np.flatnonzero(costs - allowed < -_EXACT * 10).tolist()
            found = [(row, paths[row]) for row in worth]
            for share in _TOWARDS if worth else ():
                # The prices of one solution swing; nearer to the best known ones they do not.
                _, paths = self._at(prices.towards(self.prices, share))
                found += enumerate(paths)
            if not self.master.add(found):
                break
            if monotonic() > self.ends - self.limits.seconds * _TO_CHOOSE:
                self.timed_out = True
                break
            # Of many paths the last ones cost more rounds than they are worth.
            near = ENOUGH if len(self.master.columns) > _MANY else 0.0
            if weight - self.bound <= max(near, _EXACT * abs(weight)):
                break

    def _at(self, prices: Prices) -> tuple[Numbers, list[Path]]:
        """The cheapest paths at these prices; no plan weighs less than their sum."""
        costs, paths = self.paths.cheapest(prices)
        bound = prices.fixed + float(costs.sum())
        if bound > self.bound:
            self.bound, self.prices, self.reduced = bound, prices, costs
        return costs, paths

    def _choose(self) -> None:
        """The best whole plan of the paths that are good at the last prices; then of all that
        could still be better, where these are few enough.
        """
        many = len(self.master.columns) > _MANY
        self._whole(_ONLY_USED)
        if self.best[0] - self.bound > (_NEAR if many else ENOUGH) and not self.timed_out:
            self._whole(_NEXT_BEST if many else _GOOD)
        if many:
            return
        gap = self.best[0] - self.bound
        if self.timed_out or gap <= _EXACT * max(1.0, abs(self.bound)):
            return
        if self.master.beyond.any():
            return
        more = list(self.paths.within(self.prices, self.reduced + gap, _MOST_PATHS))
        if len(more) <= _MOST_PATHS:
            self.master.add(more)
            self._whole(gap, all_known=True)

    def _whole(self, dearest: float, *, all_known: bool = False) -> None:
        for _ in range(_MOST_REPAIRS):
            self.watch(self.limits.rounds, self.limits.rounds, Stage.CHOICE)
            left = max(0.1, self.ends - monotonic())
            known = len(self.master.columns)
            nodes = self.limits.nodes if known > _MANY else max(self.limits.nodes, _NODES // known)
            chosen, bound, late = self.master.solve_whole(nodes, left, self.known, dearest)
            if self.stop is not None:
                raise self.stop
            self.timed_out |= late
            if all_known:
                # What is dearer than the gap cannot be part of anything better.
                self.bound = max(self.bound, min(bound, self.best[0]))
            if chosen is None or self._try(chosen) or self._is_late():
                return

    def _try(self, plan: Plan) -> bool:
        """Set the hours of a plan and keep it if it is the best; False where a day has no room."""
        self.master.add(plan)
        visits: list[Visit] = []
        fits = True
        for day, talks in sorted(_by_day(plan).items()):
            found = self._hours(talks)
            if found is None:
                self.master.forbid([(row, day, kept, min(nth, 1)) for row, (_, kept), nth in talks])
                fits = False
            else:
                visits += found
        if fits:
            whole = tuple(sorted(visits))
            weight = weigh(self.problem, whole).sum
            if weight < self.best[0]:
                self.best, self.known = (weight, whole), plan
        return fits

    def _hours(self, talks: Sequence[tuple[int, tuple[int, bool], int]]) -> list[Visit] | None:
        t = self.tables
        to_place = [
            ToPlace(
                row,
                t.people[row].talks(nth).length.total,
                t.starts(row, nth, stop),
                t.people[row].bg,
            )
            for row, stop, nth in talks
        ]
        found = pack(to_place)
        if found is None:
            return None
        return [Visit(found[row], t.people[row].client_id, nth) for row, _, nth in talks]

    def _stopped(self) -> bool:
        """Whether the user stopped the work. What says so must not go through the library."""
        try:
            self.watch(self.limits.rounds, self.limits.rounds, Stage.CHOICE)
        except BaseException as caught:
            self.stop = caught
        return self.stop is not None

    def _is_late(self) -> bool:
        self.timed_out |= monotonic() > self.ends
        return self.timed_out


def _by_day(plan: Iterable[tuple[int, Path]]) -> dict[int, list[tuple[int, tuple[int, bool], int]]]:
    found: dict[int, list[tuple[int, tuple[int, bool], int]]] = {}
    for row, path in sorted(plan):
        for nth, stop in enumerate(path):
            found.setdefault(stop[0], []).append((row, stop, nth))
    return found
