"""Does one condition hold wherever another does?"""

from datetime import date

import pytest

from kkd_desktop.domain.policy import Bounds
from kkd_desktop.policyfiles.conditions import when_of
from kkd_desktop.policyfiles.shadows import implies, is_empty

JULY = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("narrow", "wide", "expected"),
    [
        ({"a": "x"}, {}, True),
        ({}, {"a": "x"}, False),
        ({"a": "x", "b": "y"}, {"a": ["x", "z"]}, True),
        ({"a": ["x", "z"]}, {"a": "x"}, False),
        ({"a": "x"}, {"a": {"not": "z"}}, True),
        ({"a": {"not": ["x", "z"]}}, {"a": {"not": "x"}}, True),
        ({"a": "x"}, {"a": {"missing": False}}, True),
        ({"a": {"missing": True}}, {"a": {"missing": False}}, False),
        ({"a": True}, {"a": {"missing": False}}, True),
        ({"a": False}, {"a": {"missing": False}}, False),
        ({"a": {"not": True}}, {"a": {"missing": False}}, False),
        ({"a": {"over": 30}}, {"a": {"over": 20}}, True),
        ({"a": {"over": 20}}, {"a": {"over": 30}}, False),
        ({"a": {"over": 30}}, {"a": {"at_least": 30}}, True),
        ({"a": {"at_least": 30}}, {"a": {"over": 30}}, False),
        ({"a": {"under": 30}}, {"a": {"at_most": 30}}, True),
        ({"a": {"at_most": 30}}, {"a": {"under": 30}}, False),
        ({"a": {"at_most": 29}}, {"a": {"under": 30}}, True),
        ({"a": {"over": 20, "under": 30}}, {"a": {"over": 20}}, True),
        ({"a": {"over": 20}}, {"a": {"over": 20, "under": 30}}, False),
        ({"a": {"at_least": JULY}}, {"a": {"at_least": JULY}}, True),
        ({"a": {"over": 30}}, {"a": {"missing": False}}, True),
        ({"a": {"missing": False}}, {"a": {"over": 30}}, False),
        ({"a": {"over": 30}}, {"a": {"missing": True}}, False),
    ],
)
def test_a_condition_implies_a_wider_one(narrow, wide, expected):
    assert implies(when_of(narrow), when_of(wide)) is expected


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        (Bounds(over=30), False),
        (Bounds(at_least=30, at_most=30), False),
        (Bounds(over=30, at_most=30), True),
        (Bounds(at_least=31, at_most=30), True),
        (Bounds(at_least=JULY, under=JULY), True),
    ],
)
def test_limits_without_a_value_between_them_are_empty(bounds, expected):
    assert is_empty(bounds) is expected
