"""Does the reader turn the words of a file into the values of the domain?"""

import subprocess
import sys
import tomllib
from datetime import date
from fractions import Fraction

import pytest

from kkd_desktop import paths
from kkd_desktop.domain.policy import (
    Between,
    CountInPeriod,
    DeviationEffect,
    Explicit,
    FirstContact,
    Measured,
    NestedShares,
    OutcomeKind,
    Precedence,
    Test,
    When,
    Within,
)
from kkd_desktop.domain.spans import Span, Unit
from kkd_desktop.policyfiles.conditions import when_of
from kkd_desktop.policyfiles.faults import PolicyFileError
from kkd_desktop.policyfiles.reader import policy_of, read_policy


def demand(policy_id, rule_id):
    return read_policy(paths.policies() / f"{policy_id}.toml", trusted=True).rule(rule_id).demand


@pytest.mark.parametrize(
    ("policy_id", "rule_id", "expected"),
    [
        ("ba2010", "jugendliche", Within(Span(4, Unit.WEEKS), cycle=True)),
        ("ue2019", "arbeitslos", Within(Span(3, Unit.MONTHS))),
        ("ffm2017", "ue25.I", Within(Span(12, Unit.MONTHS), as_needed=True)),
        ("mg2012", "foerder", Between(Span(2, Unit.MONTHS), Span(3, Unit.MONTHS))),
        ("mg2012", "first", FirstContact(Span(7, Unit.WORKDAYS), Span(10, Unit.WORKDAYS))),
    ],
)
def test_demands_are_read(policy_id, rule_id, expected):
    assert demand(policy_id, rule_id) == expected


def test_a_count_carries_the_period_and_its_sentence():
    count = demand("ba2010", "aktivierung")

    assert isinstance(count, CountInPeriod)
    assert (count.number, count.period) == (5, Span(6, Unit.MONTHS))
    assert "Gültigkeitszeitraum" in count.period_citation.quote


def test_shares_are_exact_fractions():
    nested = demand("ffm2017", "ue25.arbeitslos")

    assert isinstance(nested, NestedShares)
    assert [(s.id, s.percent, s.within.number) for s in nested.shares] == [
        ("m1", Fraction(45), 1),
        ("m3", Fraction(80), 3),
        ("m6", Fraction(95), 6),
    ]


def test_shares_hold_on_every_day_unless_the_policy_says_otherwise(spoiled):
    said = policy_of(tomllib.loads(spoiled("percent = 45", "percent = 45")))
    other = spoiled('group = "', 'measured = "month_end"\ngroup = "')

    assert said.rule("quote").demand.measured is Measured.EVERY_DAY
    assert policy_of(tomllib.loads(other)).rule("quote").demand.measured is Measured.MONTH_END


def test_a_share_with_a_decimal_is_not_rounded(spoiled):
    policy = policy_of(tomllib.loads(spoiled("percent = 45", "percent = 45.1")))

    assert policy.rule("quote").demand.shares[0].percent == Fraction(451, 10)


def test_an_answer_without_a_date_keeps_its_text():
    answer = demand("mk2015", "I_Z")

    assert isinstance(answer, Explicit)
    assert answer.kind is OutcomeKind.NO_RULE
    assert "I und Z" in answer.text


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({"profile": "I"}, Test("profile", frozenset({"I"}))),
        ({"profile": ["I", "Z"]}, Test("profile", frozenset({"I", "Z"}))),
        ({"massnahme": True}, Test("massnahme", frozenset({True}))),
        ({"massnahme": False}, Test("massnahme", frozenset({False}))),
        ({"form": {"not": "video"}}, Test("form", frozenset({"video"}), negated=True)),
        ({"profile": {"missing": True}}, Test("profile", None, negated=True)),
        ({"profile": {"missing": False}}, Test("profile", None)),
    ],
)
def test_conditions_become_tests(table, expected):
    assert when_of(table) == When((expected,))


def test_the_frame_of_a_policy_is_read():
    policy = read_policy(paths.policies() / "ue2019.toml")

    assert policy.precedence is Precedence.STRICTEST
    assert (policy.validity.since, policy.validity.until) == (date(2019, 1, 1), date(2023, 12, 31))
    assert policy.deviation is DeviationEffect.REPLACES
    assert policy.durations.regular_most == 60
    assert (policy.capacity[0].share, policy.capacity[0].number) == (60, 24)
    assert policy.capacity[0].at_hours == 39
    assert policy.land == "NI"


def test_a_file_from_outside_is_checked_and_all_its_faults_are_raised(tmp_path, spoiled):
    path = tmp_path / "muster.toml"
    path.write_text(
        spoiled("count = 4", "count = 0").replace('land = "NW"', 'land = "X"'), encoding="utf-8"
    )

    with pytest.raises(PolicyFileError, match=r"muster\.toml, Zeile 7, land: .*1 weiterer") as e:
        read_policy(path)

    assert [fault.key for fault in e.value.faults] == ["land", "rule[3].count"]


def test_a_file_in_order_is_read_from_outside(tmp_path, minimal):
    path = tmp_path / "muster.toml"
    path.write_text(minimal, encoding="utf-8")

    assert read_policy(path).id == "muster"


def test_reading_a_shipped_policy_imports_nothing_heavy():
    code = (
        "import sys\n"
        "from kkd_desktop import paths\n"
        "from kkd_desktop.policyfiles.shelf import Shelf\n"
        "Shelf([paths.policies()]).load('mg2012')\n"
        "heavy = {'pydantic', 'holidays', 'sqlite_utils', 'icalendar', 'dateutil'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )

    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "[]"
