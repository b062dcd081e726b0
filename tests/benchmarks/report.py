"""One table of measurements, each beside its floor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement in seconds, or of `unit`; `aim` is the ratio to the floor we want to keep."""

    name: str
    seconds: float
    floor: float | None = None
    aim: float | None = None
    unit: str = "ms"

    @property
    def ratio(self) -> float | None:
        return None if self.floor is None else self.seconds / self.floor

    def cells(self) -> tuple[str, ...]:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} x"
        aim = "" if self.aim is None else f"{self.aim:.2f} x"
        floor = "" if self.floor is None else self._written(self.floor)
        return self.name, self._written(self.seconds), floor, ratio, aim

    def _written(self, measured: float) -> str:
        return f"{measured * (1000 if self.unit == 'ms' else 1):.1f} {self.unit}"


def table(rows: Sequence[Row]) -> str:
    cells = [("what", "measured", "floor", "ratio", "aim"), *(row.cells() for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in cells
    )


def alternating(
    measured: Callable[[], float], floor: Callable[[], float], rounds: int
) -> tuple[float, float]:
    """Medians of two measurements taken in turns, so that both meet the same machine."""
    pairs = [(measured(), floor()) for _ in range(rounds)]
    return median(one for one, _ in pairs), median(other for _, other in pairs)


def seconds(work: Callable[[], object]) -> float:
    begin = perf_counter()
    work()
    return perf_counter() - begin
