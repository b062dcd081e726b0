from datetime import date

import pytest

from kkd_desktop.domain.client import AgeGroup, Subject
from kkd_desktop.domain.facts import Facts, Period, Timeline
from kkd_desktop.domain.policy import Test, When
from kkd_desktop.domain.predicates import applies, fact_value, holds

DAY = date(2019, 3, 1)


def values(*allowed):
    return frozenset(allowed)


@pytest.mark.parametrize(
    ("value", "expected"), [("markt", True), ("I", True), ("Z", False), (None, False)]
)
def test_a_test_holds_for_its_values_and_never_for_the_unknown(value, expected):
    assert holds(Test("profile", values("markt", "I")), value) is expected


@pytest.mark.parametrize(("value", "expected"), [("Z", False), ("markt", True), (None, False)])
def test_a_negated_test_does_not_hold_for_the_unknown_either(value, expected):
    assert holds(Test("profile", values("Z"), negated=True), value) is expected


@pytest.mark.parametrize(("value", "expected"), [(True, True), (False, False), (None, False)])
def test_a_yes_or_no_that_was_never_recorded_is_no(value, expected):
    assert holds(Test("massnahme", values(True)), value) is expected
    assert holds(Test("massnahme", values(False)), value) is not expected


def test_only_the_question_for_what_is_missing_holds_for_the_unknown():
    assert holds(Test("birth_date", None, negated=True), None)
    assert not holds(Test("birth_date", None, negated=True), date(1980, 1, 1))
    assert holds(Test("birth_date", None), date(1980, 1, 1))


def test_no_test_at_all_holds_always():
    assert applies(When(), Subject(), DAY)


def test_all_tests_have_to_hold():
    subject = Subject(facts=Facts({"profile": Timeline.always("Z")}))
    both = When((Test("profile", values("Z")), Test("alleinerziehend_u3", values(True))))

    assert not applies(both, subject, DAY)


def test_a_fact_is_asked_on_the_day_it_is_needed():
    history = Timeline([Period("Z", until=date(2019, 2, 28)), Period("I", since=DAY)])
    subject = Subject(facts=Facts({"profile": history}))

    assert fact_value(subject, "profile", date(2019, 2, 28)) == "Z"
    assert fact_value(subject, "profile", DAY) == "I"


def test_dates_of_the_case_and_the_age_group_can_be_asked_like_facts():
    subject = Subject(
        birth_date=date(1994, 3, 2), registered=date(2019, 1, 2), einv_start=date(2019, 1, 3)
    )

    assert fact_value(subject, "birth_date", DAY) == date(1994, 3, 2)
    assert fact_value(subject, "registered", DAY) == date(2019, 1, 2)
    assert fact_value(subject, "einv_start", DAY) == date(2019, 1, 3)
    assert fact_value(subject, "age", DAY) is AgeGroup.U25
    assert fact_value(subject, "age", date(2019, 3, 2)) is AgeGroup.UE25
    assert fact_value(Subject(), "age", DAY) is None
