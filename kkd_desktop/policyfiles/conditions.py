"""How do a condition and a span stand in a policy file?"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from kkd_desktop.domain.policy import Bounds, Test, When
from kkd_desktop.domain.spans import Span, Unit

Table = Mapping[str, Any]

BOUNDS: Final = ("at_least", "over", "at_most", "under")
UNITS: Final = tuple(Unit)


def when_of(table: Table) -> When:
    return When(tuple(_test(fact, wanted) for fact, wanted in table.items()))


def span_of(table: Table) -> Span:
    """The span of a table that may hold other keys too."""
    unit = next(unit for unit in UNITS if unit in table)
    return Span(table[unit], unit)


def _test(fact: str, wanted: Any) -> Test:
    if not isinstance(wanted, Mapping):
        return Test(fact, _values(wanted))
    if "missing" in wanted:
        return Test(fact, None, negated=wanted["missing"])
    if "not" in wanted:
        return Test(fact, _values(wanted["not"]), negated=True)
    return Test(fact, None, bounds=Bounds(**wanted))


def _values(wanted: str | bool | Iterable[str]) -> frozenset[str | bool]:
    return frozenset([wanted] if isinstance(wanted, str | bool) else wanted)
