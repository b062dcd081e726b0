"""Can members of a Bedarfsgemeinschaft share a day where nothing else gets worse?"""

from collections.abc import Callable, Iterator, Sequence

from kkd_desktop.domain.planning import WEIGHTS, Visit, weigh
from kkd_desktop.planning.tables import Path, Stop, Tables

Placed = tuple[int, Stop, int]
"""A person, the day, and which talk with them."""
Hours = Callable[[Sequence[Placed]], list[Visit] | None]
Best = tuple[float, tuple[Visit, ...]]
Plan = list[tuple[int, Path]]


def bring_together(
    tables: Tables, best: Best, plan: Plan, hours: Hours, goes_on: Callable[[], bool]
) -> tuple[Best, Plan]:
    """The plan after every move of a single talk onto the day of another member that makes it
    better as a whole, for as long as it may go on.
    """
    search = _Moving(tables, best, plan, hours)
    search.run(goes_on)
    return search.best, sorted(search.paths.items())


class _Moving:
    def __init__(self, tables: Tables, best: Best, plan: Plan, hours: Hours) -> None:
        self.tables = tables
        self.best = best
        self.paths = dict(plan)
        self.hours = hours
        self.visits: dict[int, list[Visit]] = {}
        numbers = {day.day: number for number, day in enumerate(tables.days)}
        for visit in best[1]:
            self.visits.setdefault(numbers[visit.day], []).append(visit)

    def run(self, goes_on: Callable[[], bool]) -> None:
        households: dict[str, list[int]] = {}
        for row, person in enumerate(self.tables.people):
            if person.bg and row in self.paths:
                households.setdefault(person.bg, []).append(row)
        for rows in households.values():
            for row in rows:
                others = {d for mate in rows if mate != row for d, _ in self.paths[mate]}
                for day in sorted(others):
                    if not goes_on():
                        return
                    self._move_onto(row, day)

    def _move_onto(self, row: int, day: int) -> None:
        before = self.paths[row]
        if any(each == day for each, _ in before):
            return
        most = self.tables.cost(row, before) + WEIGHTS.together
        for path in self._moved(row, before, day):
            if self.tables.cost(row, path) < most and self._take(row, path):
                return

    def _moved(self, row: int, path: Path, day: int) -> Iterator[Path]:
        """The path with one of its talks on that day, where the order stays."""
        for number in range(len(path)):
            nth = min(number, 1)
            after = path[number - 1][0] if number else -1
            following = path[number + 1][0] if number + 1 < len(path) else len(self.tables.days)
            if after < day < following:
                for kept in (True, False):
                    if self.tables.open[int(kept), nth, row, day]:
                        yield (*path[:number], (day, kept), *path[number + 1 :])
                        break

    def _take(self, row: int, path: Path) -> bool:
        """Move if there is room for it and the whole plan is better for it."""
        before = self.paths[row]
        changed = {day for day, _ in {*before} ^ {*path}}
        self.paths[row] = path
        placed: dict[int, list[Placed]] = {day: [] for day in changed}
        for each, stops in sorted(self.paths.items()):
            for nth, stop in enumerate(stops):
                if stop[0] in placed:
                    placed[stop[0]].append((each, stop, nth))
        visits = dict(self.visits)
        for day, talks in placed.items():
            found = self.hours(talks)
            if found is None:
                break
            visits[day] = found
        else:
            whole = tuple(sorted(visit for each in visits.values() for visit in each))
            weight = weigh(self.tables.problem, whole).sum
            if weight < self.best[0]:
                self.best, self.visits = (weight, whole), visits
                return True
        self.paths[row] = before
        return False
