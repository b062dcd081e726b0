"""A planning problem as tables of numbers: one row per person, one column per open day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kkd_desktop.domain.day_packing import most_units, units
from kkd_desktop.domain.planning import (
    PATIENCE,
    WEIGHTS,
    Asked,
    Person,
    PlanDay,
    Problem,
    halves_of,
    lateness,
)
from kkd_desktop.domain.slots import Half

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Indexes = NDArray[np.int64]

NEVER = np.inf
_NO_LAST_DAY = 10**7

Stop = tuple[int, bool]
"""A talk in a column: the number of the day, and whether the wish is kept there."""
Path = tuple[Stop, ...]
"""The talks with one person, in order."""


_Asked = tuple[Indexes, Indexes, Indexes]
"""First day, target and last day of what is asked."""


class Tables:
    """What the search asks over and over.

    `open[kept][nth]` says on which days a person can be met, with the wish kept or against it; 0 is
    the first talk, 1 any after it. `half` is the only half of the day that a kept wish allows: 1, 2
    or 0 for both.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.people: Sequence[Person] = problem.people
        self.days: Sequence[PlanDay] = problem.days
        number, width = len(self.people), len(self.days)
        self.ordinals = np.array([each.day.toordinal() for each in self.days], dtype=np.int64)
        self.week_of = self._weeks()
        self.units = np.array(
            [[units(p.talks(n).length.total, problem.step) for p in self.people] for n in (0, 1)],
            dtype=np.float64,
        ).reshape(2, number)
        self.counted = np.array(
            [[problem.weight(p, n) / 100 for p in self.people] for n in (0, 1)], dtype=np.float64
        ).reshape(2, number)
        self.open = np.zeros((2, 2, number, width), dtype=bool)
        self.half = np.zeros((2, number, width), dtype=np.int64)
        for row, person in enumerate(self.people):
            self._open_days(row, person)
        self.room = np.array([self._room(day) for day in self.days], dtype=np.float64)
        self.half_room = np.array(
            [[self._room(day, half) for half in Half] for day in self.days], dtype=np.float64
        ).reshape(width, 2)
        self.gain = (
            np.array(
                [[float(d.day in p.partner_days) for d in self.days] for p in self.people],
                dtype=np.float64,
            ).reshape(number, width)
            * WEIGHTS.together
        )
        self.start, self.arcs = self._costs()
        self.end, self.empty = self._ends()

    def cost(self, row: int, path: Path) -> float:
        """What the talks of one person weigh by themselves."""
        before, found = -1, 0.0
        for day, kept in path:
            found += self.start[row, day] if before < 0 else self.arcs[day][row, before]
            found += (0 if kept else WEIGHTS.wish) - self.gain[row, day]
            before = day
        return float(found + (self.empty[row] if before < 0 else self.end[row, before]))

    def starts(self, row: int, nth: int, stop: Stop) -> tuple[datetime, ...]:
        """The hours that a talk may begin at on that day."""
        person, (day, kept) = self.people[row], stop
        starts = self.days[day].starts[person.talks(nth).length.total]
        return tuple(each for each in starts if person.admits(each, nth)) if kept else starts

    def _weeks(self) -> Indexes:
        mondays = [week.monday.toordinal() for week in self.problem.weeks]
        found = [mondays.index(o - (o - 1) % 7) for o in self.ordinals.tolist()]
        return np.array(found, dtype=np.int64)

    def _open_days(self, row: int, person: Person) -> None:
        for column, day in enumerate(self.days):
            for nth in (0, 1):
                starts = day.starts[person.talks(nth).length.total]
                if not starts or not person.can_come(day.day, nth):
                    continue
                kept = [s for s in starts if person.admits(s, nth)] if person.wish else starts
                self.open[1, nth, row, column] = bool(kept)
                self.open[0, nth, row, column] = bool(person.wish)
                halves = halves_of(kept) if person.wish else set()
                if len(halves) == 1:
                    self.half[nth, row, column] = list(Half).index(halves.pop()) + 1

    def _room(self, day: PlanDay, half: Half | None = None) -> int:
        starts = {
            minutes: [each for each in known if half is None or Half.of(each) is half]
            for minutes, known in day.starts.items()
        }
        return most_units(starts, self.problem.step)

    def _costs(self) -> tuple[Numbers, list[Numbers]]:
        first = self._asked([[person.first] for person in self.people])
        start = np.concatenate(
            [self._weight(_column(first, 0), day)[:, None] for day in self.ordinals]
            or [np.zeros((len(self.people), 0))],
            axis=1,
        )
        after = self._asked([[p.after.get(d.day) for d in self.days] for p in self.people])
        arcs = [self._weight(_upto(after, number), day) for number, day in enumerate(self.ordinals)]
        return start, arcs

    def _asked(self, rows: Sequence[Sequence[Asked | None]]) -> _Asked:
        def number(day: date | None) -> int:
            return _NO_LAST_DAY if day is None else day.toordinal()

        def table(name: str) -> Indexes:
            found = [
                [number(None if each is None else getattr(each, name)) for each in row]
                for row in rows
            ]
            return np.array(found, dtype=np.int64).reshape(len(rows), -1)

        return table("earliest"), table("target"), table("latest")

    def _weight(self, asked: _Asked, day: Any) -> Numbers:
        """What it weighs to meet on that day whoever was asked for by these days."""
        earliest, target, latest = asked
        behind = np.maximum(0, day - latest)
        late = behind + behind * behind // PATIENCE
        found = late * WEIGHTS.late_day + np.abs(day - target) * WEIGHTS.day_off_target
        return np.where(day < earliest, NEVER, found.astype(np.float64))

    def _ends(self) -> tuple[Numbers, Numbers]:
        def weight(asked: Asked | None) -> float:
            late, left_out = self.problem.missing(asked)
            return lateness(late) * WEIGHTS.late_day + left_out * WEIGHTS.left_out

        end = [[weight(p.after.get(d.day)) for d in self.days] for p in self.people]
        empty = [weight(person.first) for person in self.people]
        shape = (len(self.people), len(self.days))
        return np.array(end, dtype=np.float64).reshape(shape), np.array(empty, dtype=np.float64)


def _column(asked: _Asked, place: int) -> _Asked:
    earliest, target, latest = asked
    return earliest[:, place], target[:, place], latest[:, place]


def _upto(asked: _Asked, number: int) -> _Asked:
    earliest, target, latest = asked
    return earliest[:, :number], target[:, :number], latest[:, :number]
