"""Does a condition of a policy hold for a client on a day?"""

from datetime import date

from kkd_desktop.domain.client import Subject
from kkd_desktop.domain.facts import FactValue
from kkd_desktop.domain.policy import Test, When

COMPUTED = frozenset({"age", "birth_date", "registered", "einv_start"})
"""Facts that are no entries of the fact history."""

_BOOLEANS = frozenset({True, False})


def fact_value(subject: Subject, name: str, day: date) -> FactValue:
    """The value of a fact on a day:

    computed (`age`), fixed (dates of the case) or from its history.
    """
    if name == "age":
        return subject.age_group(day)
    if name == "birth_date":
        return subject.birth_date
    if name == "registered":
        return subject.registered
    if name == "einv_start":
        return subject.einv_start
    return subject.facts.at(name, day)


def holds(test: Test, value: FactValue) -> bool:
    """Whether one test holds.

    A yes/no fact that was never recorded is "no"; any other stays unknown.
    """
    if test.values is None:
        return (value is None) == test.negated
    if value is None:
        if not test.values <= _BOOLEANS:
            return False
        value = False
    return (value in test.values) != test.negated


def applies(when: When, subject: Subject, day: date) -> bool:
    return all(holds(test, fact_value(subject, test.fact, day)) for test in when.tests)
