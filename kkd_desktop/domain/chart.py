"""What does a picture of numbers show, before anybody draws it? Without colours: only roles.

Screen, paper and spreadsheet draw the same values, so that a figure is the same wherever it stands.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.table import Cell, Sheet
from kkd_desktop.domain.values import Value

Ids = tuple[int, ...]
Number = int | Fraction

NO_FIGURE = "–"
"""Where nothing can be said; never 0."""


class ChartKind(StrEnum):
    """How the series of a chart lie to each other."""

    BARS = "bars"
    """Side by side."""
    STACKED = "stacked"
    """One on the other; together they are everybody, or everything."""
    LINES = "lines"
    """A line each, broken where there is no figure."""
    GRID = "grid"
    """A row each with the number in every field; its categories are columns."""


class Unit(StrEnum):
    """What is counted, as it stands at an axis: in German, and `said` there."""

    TALKS = language.to_say("Gespräche")
    PEOPLE = language.to_say("Personen")
    CONTACTS = language.to_say("Kontakte")
    APPOINTMENTS = language.to_say("Termine")
    HOURS = language.to_say("Stunden")
    PERCENT = "%"
    DAYS = language.to_say("Tage")


class Axis(StrEnum):
    """What the categories of a chart are."""

    MONTH = "month"
    MONTH_OF_REGISTRATION = "month_of_registration"
    WEEK = "week"
    AS_OF = "as_of"
    """Days on which everybody is looked at, two in a month."""
    MONTH_END = "month_end"
    PROFILLAGE = "profillage"
    VERMERK = "vermerk"

    @property
    def is_snapshot(self) -> bool:
        """Whether each category is a day, and not all that happened in a time."""
        return self in (Axis.AS_OF, Axis.MONTH_END)


AXIS_TEXTS = language.Sayings(
    {
        Axis.MONTH: "Monat",
        Axis.MONTH_OF_REGISTRATION: "Monat der Anmeldung",
        Axis.WEEK: "Woche",
        Axis.AS_OF: "Stichtag",
        Axis.MONTH_END: "Monatsende",
        Axis.PROFILLAGE: "Profillage",
        Axis.VERMERK: "Vermerk",
    }
)


class Role(StrEnum):
    """What a series stands for; whoever draws it chooses colour and pattern by that."""

    ASKED = "asked"
    DONE = "done"
    GOOD = "good"
    SOON = "soon"
    LATE = "late"
    APART = "apart"
    NO_RULE = "no_rule"
    UNKNOWN = "unknown"
    NOT_YET = "not_yet"
    ONE_OF = "one_of"
    """One of several of equal rank, told apart by their place alone."""


class Category(Value, frozen=True):
    """A place on the axis; `label` fits below it, `name` is for sentences and tables."""

    label: str
    name: str
    day: date | None = None
    """Where it is a day, or begins with one."""


class Point(Value, frozen=True, gc=False):
    """One figure and the people behind it; `value` None where there is none, which is not 0.

    `said` names `ids` (`überfällig am 31.10.2026`). `others` belong to the same population and are
    not among `ids`: those not met, those who did not come.
    """

    value: Number | None
    ids: Ids = ()
    said: str = ""
    others: Ids = ()
    others_said: str = ""
    detail: str = ""
    """What a share is of: `12 von 14`."""


class Series(Value, frozen=True):
    """One row of figures, a point per category. `mark` tells it apart without any colour."""

    name: str
    role: Role
    mark: int
    points: tuple[Point, ...]


class Chart(Value, frozen=True):
    """A picture of figures. `targets` are lines to be reached, drawn dashed; that of the same
    `mark` belongs to a series of `LINES`, otherwise it is there for all of them together.

    `finding` says what is to be seen, of the `period` where that is not said by itself. `figure` is
    the title of the table with all numbers in `report_sheets`.
    """

    id: str
    title: str
    figure: str
    kind: ChartKind
    unit: Unit
    categories: tuple[Category, ...]
    series: tuple[Series, ...]
    finding: str
    definition: str
    axis: Axis
    targets: tuple[Series, ...] = ()
    period: str = ""

    @property
    def summary(self) -> str:
        """One sentence for whoever does not see the picture."""
        return f"{self.period}: {self.finding}" if self.period else self.finding

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw but an axis."""
        return not any(point.value for series in self.series for point in series.points)

    @property
    def top(self) -> Number:
        """The largest number that has to fit."""
        whole = self.series if self.kind is not ChartKind.STACKED else ()
        found = [point.value or 0 for each in (*whole, *self.targets) for point in each.points]
        if self.kind is ChartKind.STACKED:
            found += [self.total(place) for place in range(len(self.categories))]
        return max(found, default=0)

    def total(self, place: int) -> Number:
        """All series of one category together."""
        return sum((series.points[place].value or 0 for series in self.series), 0)

    def ticks(self) -> tuple[int, ...]:
        """Whole numbers for the axis from 0 on, evenly apart; the last one is its end."""
        top = ceil(self.top)
        if self.unit is Unit.PERCENT and top <= 100:
            return (0, 25, 50, 75, 100)
        return tuple(range(0, top + _step(top), _step(top)))[: _MOST_TICKS + 1] if top else (0, 1)

    def table(self) -> Sheet:
        """The numbers of the picture, a category a row; a grid as it stands."""
        header = (
            AXIS_TEXTS[self.axis],
            *(f"{each.name}{self._counted}" for each in self._columns()),
        )
        return Sheet(self.title, header, tuple(self._rows()))

    @property
    def _counted(self) -> str:
        return language.said(" in %") if self.unit is Unit.PERCENT else ""

    def _columns(self) -> tuple[Series, ...]:
        return (*self.series, *self.targets)

    def _rows(self) -> Iterator[tuple[Cell, ...]]:
        for place, category in enumerate(self.categories):
            values = (as_cell(each.points[place].value) for each in self._columns())
            yield (category.name, *values)


_MOST_TICKS = 6
_NICE = (1, 2, 5, 10)


def _step(top: int) -> int:
    """The smallest of 1, 2, 5, 10, 20 … with which at most five steps reach the top."""
    power = 1
    while True:
        for nice in _NICE[:-1]:
            if nice * power * (_MOST_TICKS - 1) >= top:
                return nice * power
        power *= 10


def as_cell(value: Number | None) -> Cell:
    """A number of a table: whole ones stay whole, others have two decimals."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value.denominator == 1 else round(float(value), 2)


def value_text(value: Number | None, unit: Unit) -> str:
    """`88,3 %`, `12`, `14,5`; a dash where there is no figure."""
    if value is None:
        return NO_FIGURE
    number = texts.tenths(Fraction(value))
    return f"{number} %" if unit is Unit.PERCENT else number
