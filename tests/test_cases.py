"""Do the policies answer as their documents say? The cases are data, one file per policy.

A case states only what it is about. `without_warnings`, `explanation_says` and `absent` (keys
without a value) say more about an answer than its keys do; everything else is compared as it is.
"""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kkd_desktop import paths
from kkd_desktop.actions import requests
from kkd_desktop.actions.evaluate import Evaluator
from kkd_desktop.domain.counting import Counting
from kkd_desktop.domain.outcome import State
from kkd_desktop.policyfiles.delivery import read_fictions
from kkd_desktop.policyfiles.shelf import Shelf

FOLDER = Path(__file__).parent / "cases"
POLICIES = ("ba2010", "ffm2017", "mg2012", "mk2015", "ue2019")
KINDS = ("case", "caseload", "capacity", "law")
LEAST = 25


@dataclass(frozen=True)
class Case:
    file: str
    kind: str
    name: str
    source: str
    question: dict[str, Any]
    expect: dict[str, Any]


def _plain(value: Any) -> Any:
    """TOML as JSON would have it: days are texts."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _question(kind: str, table: dict[str, Any], policy: str) -> dict[str, Any]:
    if kind == "law":
        return {"law": "bekanntgabe", "posted": table["posted"]}
    asked = {"policy": table.get("policy", policy)}
    if kind == "capacity":
        return asked | {"capacity": table["capacity"]}
    asked["today"] = table["today"]
    if kind == "caseload":
        members = [
            {"client": member["client"], "contacts": member.get("contacts", [])}
            for member in table["members"]
            for _ in range(member.get("times", 1))
        ]
        return asked | {"caseload": members}
    return asked | {"client": table["client"], "contacts": table.get("contacts", [])}


def _cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.toml")):
        tables = _plain(tomllib.loads(path.read_text(encoding="utf-8")))
        assert set(tables) <= set(KINDS), f"{path.name}: unknown table"
        for kind in KINDS:
            for table in tables.get(kind, []):
                yield Case(
                    path.stem,
                    kind,
                    table["name"],
                    table["source"],
                    _question(kind, table, path.stem),
                    table["expect"],
                )


CASES = tuple(_cases())


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf((paths.policies(),))


@pytest.fixture(scope="module")
def evaluator(shelf: Shelf) -> Evaluator:
    fictions = read_fictions(paths.resources() / "recht" / "bekanntgabe.toml")
    return Evaluator(shelf, fictions, date(2026, 1, 1))


def _differences(expect: dict[str, Any], answer: dict[str, Any], at: str = "") -> list[str]:
    """One line for each thing that is not as the case says."""
    found = []
    for key, wanted in expect.items():
        if key == "obligations":
            assert len(wanted) == len(answer[key])
            for index, each in enumerate(wanted):
                found += _differences(each, answer[key][index], f"{at}obligations[{index}].")
        elif key == "absent":
            found += [f"{at}{k}: {answer[k]!r}, not null" for k in wanted if answer[k] is not None]
        elif key == "warnings" and wanted:
            lacking = sorted(set(wanted) - set(answer["warnings"]))
            found += [f"{at}warnings: {code} not in {answer['warnings']}" for code in lacking]
        elif key == "without_warnings":
            found += [f"{at}warnings: {code}" for code in wanted if code in answer["warnings"]]
        elif key == "explanation_says":
            said = answer["explanation"]
            missing = [text for text in wanted if text not in said]
            found += [f"{at}explanation: no „{text}“ in: {said}" for text in missing]
        elif answer[key] != wanted:
            found.append(f"{at}{key}: {answer[key]!r}, not {wanted!r}")
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.name}")
def test_the_answer_is_as_the_document_says(case: Case, evaluator: Evaluator) -> None:
    answer = evaluator.answer(json.loads(json.dumps(case.question)))
    assert isinstance(answer, dict)

    expected = case.expect
    if case.kind == "caseload":
        found = [
            line
            for quota, numbers in expected.items()
            for line in _differences(numbers, answer["quotas"][quota], f"{quota}.")
        ]
    else:
        found = _differences(expected, answer)

    assert not found, "\n".join([f"{case.source}:", *found])


def test_every_case_names_its_source_and_has_a_name_of_its_own() -> None:
    assert all(case.source.strip() for case in CASES)
    assert len({(case.file, case.name) for case in CASES}) == len(CASES)


@pytest.mark.parametrize("policy", POLICIES)
def test_every_policy_has_enough_cases(policy: str) -> None:
    assert sum(case.file == policy and case.kind == "case" for case in CASES) >= LEAST


def test_every_shipped_policy_has_a_file_of_cases(shelf: Shelf) -> None:
    assert shelf.ids() == POLICIES


@pytest.mark.parametrize("policy", POLICIES)
def test_every_rule_is_expected_by_a_case_of_its_policy(policy: str, shelf: Shelf) -> None:
    expected = {case.expect.get("rule") for case in CASES if case.file == policy}

    assert {rule.id for rule in shelf.load(policy).rules} <= expected


@pytest.mark.parametrize("policy", POLICIES)
def test_every_counting_clause_decides_a_contact_of_its_cases(policy: str, shelf: Shelf) -> None:
    counting = Counting(shelf.load(policy))
    reasons = set()
    for case in CASES:
        if case.file == policy and case.kind == "case":
            today = date.fromisoformat(case.question["today"])
            subject = requests.subject(case.question["client"], today)
            for contact in requests.contacts(case.question["contacts"]):
                reasons.add(counting.verdict(contact, subject, today).reason)

    assert {clause.reason for clause in shelf.load(policy).counting} <= reasons


def test_every_state_is_expected_by_a_case() -> None:
    assert set(State) <= {case.expect.get("state") for case in CASES}
