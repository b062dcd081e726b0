"""A policy asks about somebody's health by yes or no, and the check says so where it does not."""

import pytest


@pytest.mark.parametrize(
    "said",
    [
        'gesundheit = "Lage"',
        'lage = "Gesundheitliche Lage"',
        'diagnose = { label = "Befund", type = "choice", values = { a = "A", b = "B" } }',
        'behinderung = { label = "Grad", type = "number" }',
    ],
)
def test_a_text_about_health_is_a_fault(said, minimal, faults_in):
    changed = minimal.replace("[facts]\n", f"[facts]\n{said}\n")

    [fault] = [each for each in faults_in(changed) if "Gesundheit" in each.message]

    assert fault.key == f"facts.{said.split(' ')[0]}"
    assert fault.line == changed.splitlines().index(said) + 1


@pytest.mark.parametrize(
    "said",
    [
        'gesundheit = { label = "Lage", type = "flag" }',
        'schwangerschaft_bis = { label = "Mutterschutz bis", type = "date" }',
        'krankenkasse = "Krankenkasse"',
    ],
)
def test_a_yes_a_no_and_a_day_are_none(said, minimal, faults_in):
    changed = minimal.replace("[facts]\n", f"[facts]\n{said}\n")

    assert [each for each in faults_in(changed) if "Gesundheit" in each.message] == []
