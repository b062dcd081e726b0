"""`kkd quota --plan`."""

import pytest


@pytest.fixture
def frankfurt(office):
    def run(*arguments):
        return office("quota", "--plan", "--policy", "ffm2017", *arguments)

    return run


def test_the_plan_says_who_when_and_how_the_shares_rise(frankfurt):
    answer = frankfurt("--reading", "monatsende")

    assert answer.code == 0
    assert "1 Gespräch genügt für alle Anteile." in answer.out
    month = next(line for line in answer.out.split("\n") if "45 % in 1 Monat  " in line)
    assert month.split()[-7:] == ["0", "%", "0", "%", "100", "%", "erreicht"]
    assert "Fr 27.11.2026  123A400017  Beispiel, Amina  seit 30.09.2026  zählt für 1 Monat" in (
        answer.out
    )
    week = next(line for line in answer.out.split("\n") if "So 22.11.2026" in line)
    assert week.split()[2:7] == ["0", "0", "0", "%", "<"]


def test_the_plan_says_which_reading_it_took_and_what_the_others_ask_for(frankfurt):
    said = frankfurt("--weeks", "2").out

    assert "Gerechnet ist an jedem Tag" in said
    assert "(Lesart R22)" in said
    assert "Anders gelesen: am Monatsende (30.11.2026): 1 Gespräch; im Kalendermonat" in said
    assert "ab Fr 27.11.2026 erreicht" in said


def test_what_cannot_be_reached_is_said_with_the_best_that_can(frankfurt):
    answer = frankfurt("--until", "25.11.2026")

    assert answer.code == 1
    assert "Nicht erreichbar: Kein Gespräch kann noch etwas ändern." in answer.out
    assert "Vor dem Stichtag erreicht kein Brief von heute mehr jemanden" in answer.out
    assert "nicht erreichbar, bestenfalls 0 % (0 von 1)" in answer.out


def test_a_call_comes_in_time_where_a_letter_does_not(frankfurt):
    answer = frankfurt("--until", "25.11.2026", "--telephone")

    assert answer.code == 0
    assert "Mo 23.11.2026  123A400017" in answer.out


def test_the_plan_as_json_has_figures_people_and_readings(frankfurt):
    answer = frankfurt("--reading", "monatsende", "--json")

    (plan,) = answer.json["plans"]
    assert (plan["reading"], plan["policy_reading"]) == ("month_end", "every_day")
    assert (plan["talks"], plan["reached"], plan["proven"]) == (1, True, True)
    month = plan["tiers"][0]
    assert (month["id"], month["now"]["met"], month["end"]["met"]) == ("ue25.m1", 0, 1)
    (person,) = plan["people"]
    assert (person["number"], person["day"], person["lifts"]) == (
        "123A400017",
        "2026-11-27",
        ["ue25.m1"],
    )
    assert [week["talks"] for week in plan["weeks"]] == [0, 1, 0]
    assert plan["readings"]["every_day"] == {"talks": 1, "reached": True}
    assert plan["left_out"] == []


def test_a_policy_without_shares_says_so(office):
    answer = office("quota", "--plan")

    assert answer.code == 0
    assert "nennt keine Anteile am Bestand" in answer.out


@pytest.mark.parametrize("option", [("--weeks", "3"), ("--reading", "taeglich"), ("--telephone",)])
def test_what_belongs_to_a_plan_is_refused_without_one(office, option):
    answer = office("quota", *option)

    assert (answer.code, answer.out) == (2, "")
    assert "gehören zu --plan." in answer.err


def test_a_plan_has_one_end(frankfurt):
    answer = frankfurt("--weeks", "2", "--until", "2026-12-01")

    assert (answer.code, answer.err) == (2, "Bitte entweder --weeks oder --until.\n")


def test_an_unknown_reading_names_those_there_are(frankfurt):
    answer = frankfurt("--reading", "irgendwann")

    assert answer.code == 2
    assert "taeglich" in answer.err


def test_a_month_that_does_not_end_in_time_is_one_sentence(frankfurt):
    answer = frankfurt("--reading", "monatsende", "--until", "26.11.2026")

    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert "vor dem 26.11.2026 endet kein Monat" in answer.err
