"""The words for a condition, as the page of a policy and the terminal say them."""

from datetime import date

import pytest

from kkd_desktop.domain.conditions_text import condition_text
from kkd_desktop.domain.policy import Bounds, FactDeclaration, FactKind, Test, When


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
        ((fact("stufe", "A", "B"),), "stufe: A oder B"),
        ((fact("stufe", "A", negated=True),), "stufe: nicht A"),
    ],
)
def test_a_condition_is_said_in_german(tests, said):
    assert condition_text(When(tests)) == said


def test_a_fact_of_the_policy_goes_by_the_name_and_the_values_it_declares():
    facts = (
        FactDeclaration("stufe", "Betreuungsstufe", values={"A": "hoch", "B": "mittel"}),
        FactDeclaration("beirat", "im Beirat", FactKind.FLAG),
        FactDeclaration("beginn", "Leistungsbeginn", FactKind.DATE),
    )
    when = When((fact("stufe", "B", "A"), fact("beirat", True), fact("beginn", negated=True)))
    none = When((fact("beirat", True, negated=True),))

    assert condition_text(when, facts) == (
        "Betreuungsstufe: hoch oder mittel · im Beirat · Leistungsbeginn fehlt"
    )
    assert condition_text(none, facts) == "im Beirat: nein"


def test_limits_are_said_in_the_words_for_numbers_and_for_days():
    facts = (FactDeclaration("km", "Entfernung (km)"), FactDeclaration("beginn", "Leistungsbeginn"))
    far = Test("km", None, bounds=Bounds(over=30, at_most=1500))
    late = Test("beginn", None, bounds=Bounds(at_least=date(2026, 1, 1), under=date(2027, 1, 1)))

    assert condition_text(When((far,)), facts) == "Entfernung (km) über 30, bis 1.500"
    assert condition_text(When((late,)), facts) == ("Leistungsbeginn ab 01.01.2026, vor 01.01.2027")
