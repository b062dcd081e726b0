"""Does a condition of a policy hold for a client on a day?"""

from collections.abc import Callable, Mapping
from datetime import date
from operator import ge, gt, le, lt
from typing import Any

from kkd_desktop.domain.client import Subject
from kkd_desktop.domain.facts import FactValue
from kkd_desktop.domain.policy import Bounds, Test, When

COMPUTED: Mapping[str, Callable[[Subject, date], FactValue]] = {
    "age": lambda subject, day: subject.age_group(day),
    "birth_date": lambda subject, day: subject.birth_date,
    "registered": lambda subject, day: subject.registered,
    "einv_start": lambda subject, day: subject.einv_start,
    "einv_end": lambda subject, day: subject.einv_end,
}
"""Facts that are no entries of the fact history."""

_BOOLEANS = frozenset({True, False})


def fact_value(subject: Subject, name: str, day: date) -> FactValue:
    """The value of a fact on a day:

    computed (`age`), fixed (dates of the case) or from its history.
    """
    computed = COMPUTED.get(name)
    return subject.facts.at(name, day) if computed is None else computed(subject, day)


def holds(test: Test, value: FactValue) -> bool:
    """Whether one test holds.

    A yes/no fact that was never recorded is "no"; any other stays unknown.
    """
    if test.bounds is not None:
        return _within(test.bounds, value) != test.negated if value is not None else False
    if test.values is None:
        return (value is None) == test.negated
    if value is None:
        if not test.values <= _BOOLEANS:
            return False
        value = False
    return (value in test.values) != test.negated


def _within(bounds: Bounds, value: FactValue) -> bool:
    """Whether a number or a day keeps the limits; what is not of their kind does not."""
    found: Any = as_day(value) or value
    if isinstance(found, str | bool):
        return False
    limits: tuple[tuple[Any, Callable[[Any, Any], bool]], ...] = (
        (bounds.at_least, ge),
        (bounds.over, gt),
        (bounds.at_most, le),
        (bounds.under, lt),
    )
    return all(
        isinstance(limit, date) == isinstance(found, date) and keeps(found, limit)
        for limit, keeps in limits
        if limit is not None
    )


def as_day(value: FactValue) -> date | None:
    """A fact that is a day; facts from outside come as text (`2026-01-31`)."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) else None


def applies(when: When, subject: Subject, day: date) -> bool:
    return all(holds(test, fact_value(subject, test.fact, day)) for test in when.tests)
