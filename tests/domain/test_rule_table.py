"""Two policies side by side, without any client."""

from datetime import date
from itertools import product
from math import prod

import pytest

from kkd_desktop import paths
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.policy import Validity, When, Within
from kkd_desktop.domain.policy_set import Combine
from kkd_desktop.domain.rule_table import rule_table
from kkd_desktop.domain.rulebook import Rulebook
from kkd_desktop.domain.spans import Span, Unit
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.workdays import WorkCalendar
from kkd_desktop.policyfiles.reader import read_policy

DAY = date(2026, 11, 20)
NAMES = ("ba2010", "ffm2017", "mg2012", "mk2015", "ue2019")
MONTH = Span(1, Unit.MONTHS)
SITUATIONS = {"age": 2, "status": 4, "profile": 9}


def compiled(name):
    policy = read_policy(paths.policies() / f"{name}.toml", trusted=True)
    calendar = WorkCalendar(policy.land, lookup=lambda land, year: ())
    return Rulebook([CompiledPolicy(replace(policy, validity=Validity()), calendar)])


POLICIES = {name: compiled(name) for name in NAMES}


def table(one, other):
    return rule_table(POLICIES[one], POLICIES[other], DAY)


def test_situations_with_the_same_answers_are_told_once():
    lines = {p.situation.german(): (p.one, p.other) for p in table("mg2012", "ue2019").pairs}

    assert lines["U25 · arbeitslos"] == ("monatlich", "innerhalb von einem Monat")
    assert lines["Ü25 · arbeitslos · Profillage Markt, Aktivierung"] == (
        "alle 6 Wochen",
        "innerhalb von 3 Monaten",
    )


def test_a_fact_that_makes_no_difference_is_left_out():
    found = table("mk2015", "mk2015")

    assert {p.situation.german(): p.one for p in found.pairs} == {
        "Profillage Markt, Aktivierung, Förder, Entwicklung, Stabilisierung, Unterstützung": (
            "innerhalb von 6 Monaten"
        ),
        "Profillage I, Z": "keine Vorgabe",
        "Profillage nicht erfasst": "Profil fehlt",
    }
    assert not any(pair.differs for pair in found.pairs)


def test_what_is_asked_for_side_by_side_is_told_in_one_line():
    kreis = POLICIES["mk2015"][0].policy
    rule = kreis.rules[0]
    both = replace(
        kreis,
        rules=(
            replace(rule, id="t", when=When(), demand=Within(MONTH, cycle=True), obligation="t"),
            replace(rule, id="p", when=When(), obligation="p"),
        ),
        obligations={"t": "Kontakt", "p": "Persönliches Gespräch"},
    )

    found = rule_table(
        Rulebook([CompiledPolicy(both, WorkCalendar("NW"))]), POLICIES["mk2015"], DAY
    )

    asked = "Kontakt: monatlich und Persönliches Gespräch: innerhalb von 6 Monaten"
    assert {pair.one for pair in found.pairs} == {asked}


def test_of_a_set_in_order_the_one_that_decides_is_told_else_both():
    parts = (*POLICIES["mg2012"], *POLICIES["mk2015"])
    told = {}
    for combine in Combine:
        found = rule_table(Rulebook(parts, combine), POLICIES["mk2015"], DAY)
        told[combine] = {pair.one for pair in found.pairs}

    both = "alle 6 Wochen und innerhalb von 6 Monaten"
    assert "alle 6 Wochen" in told[Combine.FIRST]
    assert both in told[Combine.STRICTEST] - told[Combine.FIRST]


def test_what_the_situations_do_not_tell_apart_is_named():
    assert table("mg2012", "ue2019").ignored == ("massnahme", "org")


@pytest.mark.parametrize(("one", "other"), list(product(NAMES, NAMES)))
def test_every_situation_stands_in_exactly_one_line(one, other):
    sizes = [
        prod(
            number if (given := getattr(pair.situation, fact)) is None else len(given)
            for fact, number in SITUATIONS.items()
        )
        for pair in table(one, other).pairs
    ]

    assert sum(sizes) == prod(SITUATIONS.values())


def test_situations_are_told_in_english(english):
    lines = {p.situation.german(): (p.one, p.other) for p in table("mg2012", "ue2019").pairs}

    assert lines["U25 · unemployed"] == ("monthly", "within one month")
    assert any(situation.endswith("Profillage not recorded") for situation in lines)
