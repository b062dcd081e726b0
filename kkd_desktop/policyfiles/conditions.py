"""How do a condition and a span stand in a policy file?"""

from collections.abc import Iterable, Mapping
from typing import Any

from kkd_desktop.domain.policy import Test, When
from kkd_desktop.domain.spans import Span, Unit

Table = Mapping[str, Any]


def when_of(table: Table) -> When:
    return When(tuple(_test(fact, wanted) for fact, wanted in table.items()))


def span_of(table: Table) -> Span:
    ((unit, number),) = table.items()
    return Span(number, Unit(unit))


def _test(fact: str, wanted: Any) -> Test:
    if not isinstance(wanted, Mapping):
        return Test(fact, _values(wanted))
    if "missing" in wanted:
        return Test(fact, None, negated=wanted["missing"])
    return Test(fact, _values(wanted["not"]), negated=True)


def _values(wanted: str | bool | Iterable[str]) -> frozenset[str | bool]:
    return frozenset([wanted] if isinstance(wanted, str | bool) else wanted)
