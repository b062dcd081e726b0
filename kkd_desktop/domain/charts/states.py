"""How many were in which state: a series for each, over months or days."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from kkd_desktop.domain.chart import Category, Point, Role, Series
from kkd_desktop.domain.charts.year import NONE, Count
from kkd_desktop.domain.report import FirstTalk, Standing

State = TypeVar("State", Standing, FirstTalk)


def by_state(
    names: Mapping[State, str],
    roles: Mapping[State, Role],
    columns: Sequence[tuple[Category, Mapping[str, Count]]],
    always: Collection[State],
    said: Callable[[str, str], str],
) -> tuple[Series, ...]:
    """Of the states that are not shown `always`, those that anybody ever was in.

    `said` names the people of a point: in such a state, at such a place of the axis.
    """
    series = []
    for mark, (state, name) in enumerate(names.items()):
        numbers = [(category, found.get(state.value, NONE)) for category, found in columns]
        points = [
            Point(number, ids, said(name, category.name)) for category, (number, ids) in numbers
        ]
        if state in always or any(point.value for point in points):
            series.append(Series(name, roles[state], mark, tuple(points)))
    return tuple(series)
