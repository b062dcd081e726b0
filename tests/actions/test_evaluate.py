"""The contract of `kkd evaluate`: keys, nulls, lists, and sentences that name the key at fault."""

import json
from datetime import date

import pytest

from kkd_desktop import paths
from kkd_desktop.actions.evaluate import Evaluator
from kkd_desktop.domain.errors import UserError
from kkd_desktop.policyfiles.delivery import read_fictions
from kkd_desktop.policyfiles.shelf import Shelf

OBLIGATION = {
    "state",
    "rule",
    "counted",
    "last",
    "earliest",
    "target",
    "latest",
    "earliest_workday",
    "latest_workday",
    "days_left",
    "required",
    "count",
    "missing",
    "period_start",
    "period_end",
    "milestones",
    "tier",
    "required_form",
    "warnings",
    "explanation",
}
QUESTION = {
    "policy": "ue2019",
    "today": "2019-03-01",
    "client": {"profile": "foerder", "birth_date": "1980-01-01", "status": "arbeitslos"},
    "contacts": [{"date": "2019-01-10"}],
}
QUOTA = {"n", "met_count", "required", "missing", "fulfilled", "share"}


class CountingShelf(Shelf):
    """Remembers how often a policy was asked for."""

    def __init__(self, folders):
        super().__init__(folders)
        self.loaded = []

    def load(self, policy_id):
        self.loaded.append(policy_id)
        return super().load(policy_id)


@pytest.fixture
def shelf():
    return CountingShelf((paths.policies(),))


@pytest.fixture
def evaluator(shelf):
    fictions = read_fictions(paths.resources() / "recht" / "bekanntgabe.toml")
    return Evaluator(shelf, fictions, date(2019, 3, 1))


def test_an_answer_has_every_key_and_null_where_there_is_no_value(evaluator):
    answer = evaluator.answer(QUESTION)

    assert set(answer) == OBLIGATION | {"obligations", "policy"}
    assert answer["obligations"] == [{k: v for k, v in answer.items() if k != "obligations"}]
    assert {key for key, value in answer.items() if value is None} == {
        "earliest",
        "earliest_workday",
        "required",
        "count",
        "missing",
        "period_start",
        "period_end",
        "milestones",
        "tier",
    }


def test_an_answer_without_a_day_has_the_same_keys(evaluator):
    answer = evaluator.answer({**QUESTION, "policy": "mk2015", "today": "2016-01-01", "client": {}})

    assert set(answer) == OBLIGATION | {"obligations", "policy"}
    assert answer["state"] == "no_profile"
    assert answer["latest"] is answer["days_left"] is answer["required_form"] is None


def test_an_answer_is_plain_json(evaluator):
    question = {
        **QUESTION,
        "policy": ["ffm2017", "ba2010", "mg2012"],
        "client": {**QUESTION["client"], "einv_start": "2019-01-01"},
    }

    answer = evaluator.answer(question)

    assert json.loads(json.dumps(answer)) == answer


def test_the_question_is_left_as_it_was(evaluator):
    before = json.dumps(QUESTION)

    evaluator.answer(QUESTION)

    assert json.dumps(QUESTION) == before


def test_a_list_of_questions_gives_a_list_of_answers_in_their_order(evaluator):
    law = {"law": "bekanntgabe", "posted": "2025-01-01"}

    answers = evaluator.answer([QUESTION, law, {**QUESTION, "today": "2019-04-11"}])

    assert [each.get("state") for each in answers] == ["ok", None, "overdue"]
    assert answers[1] == {"deemed": "2025-01-05"}
    assert evaluator.answer([]) == []


def test_thousands_of_questions_read_a_policy_once(evaluator, shelf):
    evaluator.answer([QUESTION] * 2_000)

    assert shelf.loaded == ["ue2019"]


def test_without_a_day_the_question_is_about_today(evaluator):
    question = {key: value for key, value in QUESTION.items() if key != "today"}

    assert evaluator.answer(question)["days_left"] == 40


def test_several_policies_are_answered_each_and_in_sum(evaluator):
    answer = evaluator.answer({**QUESTION, "policy": ["mk2015", "ue2019"]})

    assert [found["policy"] for found in answer["obligations"]] == ["mk2015", "ue2019"]
    assert (answer["policy"], answer["rule"]) == ("ue2019", "arbeitslos")
    assert set(answer["warnings"]) == {"validity_unknown", "note_type"}
    assert "Daneben Märkischer Kreis 2015" in answer["explanation"]


def test_a_list_of_one_policy_is_that_policy(evaluator):
    assert evaluator.answer({**QUESTION, "policy": ["ue2019"]}) == evaluator.answer(QUESTION)


def test_a_policy_may_be_a_file(evaluator, tmp_path):
    path = tmp_path / "own.toml"
    text = (paths.policies() / "mk2015.toml").read_text(encoding="utf-8")
    path.write_text(text.replace("within = { months = 6 }", "within = { months = 5 }"), "utf-8")

    answer = evaluator.answer({**QUESTION, "policy": str(path)})

    assert (answer["policy"], answer["latest"]) == ("mk2015", "2019-06-10")


def test_the_shares_of_a_caseload(evaluator):
    member = {"client": {**QUESTION["client"]}, "contacts": QUESTION["contacts"]}

    answer = evaluator.answer(
        {"caseload": [member, {"client": member["client"]}], "policy": "ffm2017"}
    )

    assert set(answer) == {"quotas"}
    assert set(answer["quotas"]) == {"ue25.m1", "ue25.m3", "ue25.m6", "u25.m1"}
    assert all(set(quota) == QUOTA for quota in answer["quotas"].values())
    assert answer["quotas"]["ue25.m3"] == {
        "n": 2,
        "met_count": 1,
        "required": 2,
        "missing": 1,
        "fulfilled": False,
        "share": 0.5,
    }


def test_the_capacity_of_a_week_has_three_keys_also_without_a_norm(evaluator):
    week = {"weekly_hours": 39, "role": "ifk", "slot_minutes": 60, "planned_contacts": 24}

    uelzen = evaluator.answer({"capacity": week, "policy": "ue2019", "today": "2019-03-01"})
    frankfurt = evaluator.answer({"capacity": week, "policy": "ffm2017", "today": "2019-03-01"})

    assert uelzen == {"contact_hours": 23.4, "min_contacts": 24, "fulfilled": True}
    assert frankfurt == {"contact_hours": None, "min_contacts": None, "fulfilled": None}


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("ue2019", "Anfrage"),
        ({}, "client"),
        ({**QUESTION, "polices": "ue2019"}, "polices"),
        ({**QUESTION, "policy": None}, "policy"),
        ({**QUESTION, "policy": []}, "policy"),
        ({**QUESTION, "policy": ["ue2019", 5]}, "policy"),
        ({**QUESTION, "policy": "ue2020"}, "policy"),
        ({**QUESTION, "policy": "../ue2019"}, "policy"),
        ({**QUESTION, "policy": "/no/such.toml"}, "policy"),
        ({**QUESTION, "policy": "a\0b.toml"}, "policy"),
        ({**QUESTION, "today": "01.03.2019"}, "today"),
        ({**QUESTION, "today": "2019-02-29"}, "today"),
        ({**QUESTION, "client": []}, "client"),
        ({**QUESTION, "contacts": {}}, "contacts"),
        ({"caseload": {}, "policy": "ffm2017"}, "caseload"),
        ({"caseload": [{}], "policy": "ffm2017"}, "caseload[0].client"),
        (
            {"caseload": [{"client": {}, "contacts": [{}]}], "policy": "ffm2017"},
            "caseload[0].contacts[0].date",
        ),
        ({"capacity": {}, "policy": "ue2019"}, "capacity.weekly_hours"),
        ({"capacity": {"weekly_hours": "39"}, "policy": "ue2019"}, "capacity.weekly_hours"),
        ({"capacity": {"weekly_hours": -1}, "policy": "ue2019"}, "capacity.weekly_hours"),
        ({"capacity": {"weekly_hours": 1e999}, "policy": "ue2019"}, "capacity.weekly_hours"),
        ({"capacity": {"weekly_hours": 10**400}, "policy": "ue2019"}, "capacity.weekly_hours"),
        (
            {"capacity": {"weekly_hours": 39, "planned_contacts": 1.5}, "policy": "ue2019"},
            "capacity.planned_contacts",
        ),
        ({"capacity": {"weekly_hours": 39, "role": "x"}, "policy": "ue2019"}, "capacity.role"),
        ({"capacity": {"weekly_hour": 39}, "policy": "ue2019"}, "capacity.weekly_hour"),
        ({"caseload": [{"client": {}, "contact": []}], "policy": "ffm2017"}, "caseload[0].contact"),
        ({"law": "verjährung", "posted": "2025-01-01"}, "law"),
        ({"law": "bekanntgabe"}, "posted"),
        ({"law": "bekanntgabe", "posted": "9999-12-31"}, "posted"),
    ],
)
def test_an_unusable_question_is_one_sentence_that_names_the_key(evaluator, question, key):
    with pytest.raises(UserError) as fault:
        evaluator.answer(question)

    assert str(fault.value).startswith(f"{key}: ")
    assert str(fault.value).endswith(".")
    assert "\n" not in str(fault.value)


def test_in_a_list_the_fault_names_the_place_as_well(evaluator):
    with pytest.raises(UserError, match=r"^\[1\] today: "):
        evaluator.answer([QUESTION, {**QUESTION, "today": "heute"}])
