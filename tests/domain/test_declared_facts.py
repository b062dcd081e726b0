from datetime import date

import pytest

from kkd_desktop.domain.declared_facts import check_fact, declared, fact_from_text, typed_text
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.policy import FactDeclaration, FactKind, Policy
from kkd_desktop.domain.values import replace

LEVEL = FactDeclaration("stufe", "Betreuungsstufe", FactKind.CHOICE, {"a": "Stufe A", "b": "Nah"})
COURSE = FactDeclaration("kurs", "Sprachkurs", FactKind.FLAG)
DISTANCE = FactDeclaration("km", "Entfernung in km", FactKind.NUMBER)
BEGIN = FactDeclaration("beginn", "Leistungsbeginn", FactKind.DATE)
PLACE = FactDeclaration("ort", "Ortsteil")


@pytest.mark.parametrize(
    ("fact", "typed", "value"),
    [
        (LEVEL, "a", "a"),
        (LEVEL, "stufe a", "a"),
        (LEVEL, " b ", "b"),
        (COURSE, "ja", True),
        (COURSE, "Nein", False),
        (DISTANCE, "30", 30),
        (DISTANCE, "-2", -2),
        (DISTANCE, "0", 0),
        (BEGIN, "01.03.2026", date(2026, 3, 1)),
        (BEGIN, "2026-03-01", date(2026, 3, 1)),
        (PLACE, " Insel ", "Insel"),
        *((fact, "  ", None) for fact in (LEVEL, COURSE, DISTANCE, BEGIN, PLACE)),
    ],
)
def test_what_is_typed_becomes_a_value_of_its_kind(fact, typed, value):
    found = fact_from_text(fact, typed)

    assert found == value
    assert type(found) is type(value)
    check_fact(fact, found)
    assert fact_from_text(fact, typed_text(fact, found)) == value


@pytest.mark.parametrize(
    ("fact", "typed", "said"),
    [
        (
            LEVEL,
            "c",
            "Betreuungsstufe: „c“ gibt es nicht. Möglich sind: a (Stufe A), b (Nah).",
        ),
        (COURSE, "vielleicht", "Sprachkurs: „vielleicht“ – hier steht ja oder nein."),
        (DISTANCE, "30 km", "Entfernung in km: „30 km“ ist keine ganze Zahl"),
        (DISTANCE, "1.000", "ist keine ganze Zahl"),
        (DISTANCE, "2,5", "ist keine ganze Zahl"),
        (DISTANCE, "1" * 10, "ist keine ganze Zahl"),
        (BEGIN, "31.02.2026", "Leistungsbeginn: „31.02.2026“ ist kein Tag (TT.MM.JJJJ)."),
        (BEGIN, "01.03.26", "ist kein Tag"),
        (BEGIN, "01.03.1026", "liegt nicht zwischen 1900 und 2199"),
        (PLACE, "In\u202esel", "unsichtbares Steuerzeichen"),
    ],
)
def test_what_it_cannot_be_is_refused_with_its_name(fact, typed, said):
    with pytest.raises(UserError, match=fact.label) as refused:
        fact_from_text(fact, typed)

    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        (LEVEL, "c"),
        (LEVEL, True),
        (COURSE, "ja"),
        (DISTANCE, "30"),
        (DISTANCE, True),
        (BEGIN, "2026-03-01"),
        (PLACE, 3),
    ],
)
def test_a_value_of_another_kind_is_refused(fact, value):
    with pytest.raises(UserError, match=f"^{fact.label}: "):
        check_fact(fact, value)


def test_a_fact_that_two_policies_declare_is_asked_for_once():
    policy = Policy.unreadable("eins", "")
    one = replace(policy, facts=(LEVEL, COURSE))
    other = replace(policy, facts=(replace(LEVEL, label="Stufe"), BEGIN))

    assert declared([one, other]) == (LEVEL, COURSE, BEGIN)
