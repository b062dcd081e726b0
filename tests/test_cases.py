"""Do the policies answer as their documents say? The cases are data, one file per policy."""

from datetime import date
from pathlib import Path

import pytest

from kkd_desktop import paths
from kkd_desktop.actions import requests
from kkd_desktop.actions.case_files import differences
from kkd_desktop.actions.evaluate import Evaluator
from kkd_desktop.domain.counting import Counting
from kkd_desktop.domain.outcome import State
from kkd_desktop.policyfiles.case_files import Case, cases_of
from kkd_desktop.policyfiles.delivery import read_fictions
from kkd_desktop.policyfiles.shelf import Shelf
from kkd_desktop.policyfiles.source import read_document

FOLDER = Path(__file__).parent / "cases"
INVENTED = FOLDER / "policies"
"""Concepts no office wrote: what the language can say beyond the shipped policies."""

SHIPPED = ("ba2010", "ffm2017", "mg2012", "mk2015", "ue2019")
POLICIES = (*SHIPPED, *(path.stem for path in sorted(INVENTED.glob("*.toml"))))
LEAST = 25


def cases_in(path: Path) -> tuple[Case, ...]:
    document, text = read_document(path)
    return cases_of(path, text, document)


CASES = tuple(case for path in sorted(FOLDER.glob("*.toml")) for case in cases_in(path))


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf((paths.policies(), INVENTED))


@pytest.fixture(scope="module")
def evaluator(shelf: Shelf) -> Evaluator:
    fictions = read_fictions(paths.resources() / "recht" / "bekanntgabe.toml")
    return Evaluator(shelf, fictions, date(2026, 1, 1))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.path.stem}: {case.name}")
def test_the_answer_is_as_the_document_says(case: Case, evaluator: Evaluator) -> None:
    found = differences(case, evaluator)

    assert not found, "\n".join([f"{case.source}:", *found])


def test_every_case_names_its_source_and_has_a_name_of_its_own() -> None:
    assert all(case.source.strip() for case in CASES)
    assert len({(case.path, case.name) for case in CASES}) == len(CASES)


@pytest.mark.parametrize("policy", SHIPPED)
def test_every_shipped_policy_has_enough_cases(policy: str) -> None:
    assert sum(case.path.stem == policy and case.kind == "case" for case in CASES) >= LEAST


def test_every_policy_has_a_file_of_cases(shelf: Shelf) -> None:
    assert set(shelf.ids()) == set(POLICIES)
    assert set(shelf.ids()) <= {case.path.stem for case in CASES}


@pytest.mark.parametrize("policy", POLICIES)
def test_every_rule_is_expected_by_a_case_of_its_policy(policy: str, shelf: Shelf) -> None:
    expected = {case.expect.get("rule") for case in CASES if case.path.stem == policy}

    assert {rule.id for rule in shelf.load(policy).rules} <= expected


@pytest.mark.parametrize("policy", POLICIES)
def test_every_counting_clause_decides_a_contact_of_its_cases(policy: str, shelf: Shelf) -> None:
    counting = Counting(shelf.load(policy))
    reasons = set()
    for case in CASES:
        if case.path.stem == policy and case.kind == "case":
            today = date.fromisoformat(case.question["today"])
            subject = requests.subject(case.question["client"], today)
            for contact in requests.contacts(case.question["contacts"]):
                reasons.add(counting.verdict(contact, subject, today).reason)

    assert {clause.reason for clause in shelf.load(policy).counting} <= reasons


def test_every_state_is_expected_by_a_case() -> None:
    assert set(State) <= {case.expect.get("state") for case in CASES}
