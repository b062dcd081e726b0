"""Quotas, feasibility and comparisons from the terminal."""

import pytest


def test_the_quota_names_who_fills_the_gap_and_who_is_left_out(office):
    said = office("quota", "--policy", "ffm2017").out

    assert "45 % innerhalb von einem Monat  0 von 1  nötig 1" in said
    assert "123A400017  Beispiel, Amina  Fr 27.11.2026  einzuladen  zuletzt 30.09.2026" in said


def test_the_quota_as_json_keeps_whole_numbers_and_fractions(office):
    found = office("quota", "--policy", "ffm2017", "--json").json["populations"][0]

    assert found["quotas"]["ue25.m3"] == {
        "n": 1,
        "met_count": 1,
        "required": 1,
        "missing": 0,
        "fulfilled": True,
        "share": 1,
        "percent": 80,
        "fillers": [],
        "candidates": 0,
    }
    assert [each["name"] for each in found["quotas"]["ue25.m1"]["fillers"]] == ["Beispiel, Amina"]


def test_a_policy_without_shares_says_so(office):
    assert "nennt keine Anteile am Bestand" in office("quota").out


def test_feasibility_tells_demand_time_and_verdict(office):
    said = office("feasibility", "--weeks", "4").out

    assert "Marktprofil: alle 6 Wochen" in said
    assert "Zeit Fr 20.11.2026 bis Do 17.12.2026, 20 Arbeitstage" in said
    assert "erst 1 Gespräch seit 21.11.2025. Gerechnet wird, als kämen alle." in said
    assert "erreichbar" in said


def test_an_empty_caseload_is_asked_for_nothing(kkd):
    kkd("init")

    assert "Gespräche, die das Konzept verlangt\n  keine\n" in kkd("feasibility").out
    assert "Ü25, arbeitslos (0 Personen)\n\n" in kkd("quota", "--policy", "ffm2017").out


def test_weeks_out_of_reach_are_one_sentence(office):
    answer = office("feasibility", "--weeks", "60")

    assert (answer.code, answer.err.split(". ")[0]) == (
        2,
        "--weeks: hier wird eine ganze Zahl von 1 bis 52 erwartet",
    )


def test_feasibility_as_json_is_exact(office):
    found = office("feasibility", "--policy", "ue2019", "--json").json

    assert found["per_month"] == {"rotation": "1/3", "groups": "1/3", "comfortable": "1/3"}
    assert found["readings"]["rotation"]["feasible"] is True
    assert found["readings"]["rotation"]["reachable_percent"] == 100


def test_two_policies_are_compared_on_the_caseload(office):
    said = office("policies", "compare", "mg2012", "ue2019").out

    assert "Uelzen 2019 ist seit 01.01.2024 abgelaufen" in said
    assert "Später (1)" in said
    assert "Mi 11.11.2026  →  Mi 30.12.2026  49 Tage später" in said


def test_the_comparison_as_json_counts_every_change(office):
    found = office("policies", "compare", "mg2012", "ue2019", "--json").json

    assert found["counts"] == {
        "earlier": 0,
        "gained": 0,
        "later": 1,
        "lost": 0,
        "other": 0,
        "same": 0,
    }
    assert found["clients"][0]["days"] == 49
    assert found["other"]["per_month"]["rotation"] == "1/3"


def test_without_a_store_rule_stands_beside_rule(kkd):
    said = kkd.run("policies", "compare", "mg2012", "ue2019", "--as-of", "2026-11-20").out

    assert "Ü25 · arbeitslos · Profillage Markt, Aktivierung\n" in said
    assert "  Mönchengladbach 2012  alle 6 Wochen\n" in said
    assert "in einer Maßnahme, Bereich." in said


def test_without_a_store_the_rules_are_told_as_json(kkd):
    found = kkd.run("policies", "compare", "mk2015", "mk2015", "--json").json

    assert {each["differs"] for each in found["rules"]} == {False}


@pytest.mark.parametrize("more", [(), ("--store",)])
def test_an_unknown_policy_is_one_sentence(office, more):
    store = (*more, str(office.store)) if more else ()

    answer = office.run("policies", "compare", "mg2012", "nix", *store)

    assert answer.code == 2
    assert "Das Konzept „nix“ gibt es nicht" in answer.err


def test_a_policy_as_json_tells_its_percents(kkd):
    found = kkd.run("policies", "show", "ffm2017", "--json").json

    rule = next(each for each in found["rules"] if each["id"] == "ue25.arbeitslos")
    assert [each["percent"] for each in rule["demand"]["shares"]] == [45, 80, 95]
