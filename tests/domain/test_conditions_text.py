"""The words for a condition, as the page of a policy and the terminal say them."""

import pytest

from kkd_desktop.domain.conditions_text import condition_text
from kkd_desktop.domain.policy import Test, When


def fact(name, *values, negated=False):
    return Test(name, frozenset(values) if values else None, negated)


@pytest.mark.parametrize(
    ("tests", "said"),
    [
        ((), ""),
        ((fact("profile", "markt"),), "Marktprofil"),
        ((fact("profile", "Z", "I"),), "Profillage I oder Profillage Z"),
        ((fact("profile", "markt", negated=True),), "nicht Marktprofil"),
        ((fact("profile", negated=True),), "Profillage fehlt"),
        ((fact("birth_date"),), "Geburtsdatum bekannt"),
        ((fact("age", "u25"), fact("status", "arbeitslos")), "U25 · arbeitslos"),
        ((fact("massnahme", True),), "in einer Maßnahme"),
        ((fact("massnahme", False),), "nicht in einer Maßnahme"),
        ((fact("massnahme", True, negated=True),), "nicht in einer Maßnahme"),
        ((fact("qualified", False),), "keine qualifizierte Beratung"),
        ((fact("form", "persoenlich", negated=True),), "nicht persönlich"),
        (
            (fact("form", "telefonisch"), fact("note_type", "kein", "beratungsvermerk")),
            "telefonisch · Beratungsvermerk oder ohne Vermerk",
        ),
        ((fact("org", "vermittlung", "team_ost"),), "Arbeitsvermittlung oder team_ost"),
        ((fact("stufe", "A", "B"),), "stufe A oder B"),
        ((fact("stufe", "A", negated=True),), "stufe nicht A"),
    ],
)
def test_a_condition_is_said_in_german(tests, said):
    assert condition_text(When(tests)) == said


def test_a_fact_of_the_policy_goes_by_the_name_it_declares():
    when = When((fact("stufe", "A"), fact("beirat", True), fact("beginn", negated=True)))
    names = {"stufe": "Betreuungsstufe", "beirat": "im Beirat", "beginn": "Leistungsbeginn"}

    assert condition_text(when, names) == "Betreuungsstufe A · im Beirat · Leistungsbeginn fehlt"
