"""The form of conditions as a query line, and back, and in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkd_desktop.domain import language
from kkd_desktop.domain.policy import FactDeclaration, FactKind, Policy
from kkd_desktop.domain.search_fields import FieldKind, Vocabulary
from kkd_desktop.domain.search_form import (
    OPERATORS,
    USUAL,
    Condition,
    Wanted,
    condition_of,
    grouped_fields,
    in_words,
    names_person,
    operator_label,
    part_of,
    parts_of,
)
from kkd_desktop.domain.search_parser import parse
from kkd_desktop.domain.search_query import every, written
from kkd_desktop.domain.spans import Span, Unit
from kkd_desktop.domain.values import replace

VOCABULARY = Vocabulary.of(())
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
SPANS = st.builds(Span, st.integers(1, 9999), st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.MONTHS]))
TEXTS = st.text(min_size=1, max_size=9).filter(str.strip)


@st.composite
def conditions(draw):
    asked = draw(st.sampled_from(list(VOCABULARY.fields.values())))
    operator = draw(st.sampled_from(OPERATORS[asked.kind]))
    values = {
        Wanted.NOTHING: st.just(()),
        Wanted.CHOICES: st.lists(
            st.sampled_from(list(asked.choices) or [""]), min_size=1, max_size=3, unique=True
        ).map(tuple),
        # What says in a text that there is none would be asked for as such.
        Wanted.TEXT: st.lists(TEXTS.map("x{}x".format), min_size=1, max_size=2).map(tuple),
        Wanted.NUMBER: st.integers(0, 999_999).map(lambda number: (number,)),
        Wanted.SPAN: SPANS.map(lambda span: (span,)),
        Wanted.DAY: DAYS.map(lambda day: (day,)),
    }[operator.wanted]
    return Condition(asked.id, operator, draw(values))


@given(st.lists(conditions(), max_size=4))
def test_a_form_comes_back_from_its_query_line(form):
    line = written(every(map(part_of, form)))

    assert [condition_of(part, VOCABULARY) for part in parts_of(parse(line, VOCABULARY))] == form


@given(conditions())
def test_a_condition_can_be_read(condition):
    said = in_words(part_of(condition), VOCABULARY)

    assert VOCABULARY.fields[condition.field].label in said or "Zählender Kontakt" in said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("profil:foerder", "Profillage: Förderprofil"),
        ("-profil:z,i", "Profillage nicht: Profillage Z oder Profillage I"),
        ("kein-kontakt>60t", "Kein zählender Kontakt seit mehr als 60 Tagen"),
        ("kein-kontakt:01.10.2026", "Kein zählender Kontakt seit dem 01.10.2026"),
        ("kontakt:nie", "Letzter zählender Kontakt: noch nie"),
        ("ohne:kein-kontakt", "Zählender Kontakt: noch nie Kontakt"),
        ("ohne:termin", "Nächster Termin: keiner"),
        ("-mit:termin", "Nächster Termin: keiner"),
        ("termin<=2w", "Nächster Termin: spätestens in 2 Wochen"),
        ("termin:heute", "Nächster Termin: heute"),
        ("faellig<1m", "Spätestens am: in weniger als 1 Monat"),
        ("alter:u25", "Altersgruppe: unter 25 Jahren"),
        ("alter>=60", "Alter in Jahren: mindestens 60"),
        ("ausnahme:ja", "Ausnahme vereinbart: ja"),
        ("-ausnahme:ja", "Ausnahme vereinbart: nein"),
        ("ohne:regel", "Regel, die entscheidet: keine Vorgabe"),
        ("ort:Uelzen", "Ort enthält „Uelzen“"),
        ("müller", "enthält „müller“"),
        ("ohne:termin oder alter<25", "Nächster Termin: keiner oder Alter in Jahren: unter 25"),
        ("-(ohne:termin a)", "nicht (Nächster Termin: keiner und enthält „a“)"),
    ],
)
def test_a_query_in_words(line, said):
    assert in_words(parse(line, VOCABULARY), VOCABULARY) == said


@pytest.mark.parametrize(
    "line", ["a", "a oder b", "-(ohne:termin a)", "termin:heute,morgen", "alter:30,40"]
)
def test_what_is_more_than_a_field_against_values_is_no_condition(line):
    part = parse(line, VOCABULARY)

    assert condition_of(part, VOCABULARY) is None
    assert in_words(part, VOCABULARY)


def test_every_field_stands_once_under_a_heading():
    found = [each.id for _, fields in grouped_fields(VOCABULARY) for each in fields]

    assert sorted(found) == sorted(VOCABULARY.fields)
    assert set(USUAL) <= set(found)


def test_operators_of_a_field_are_told_apart_by_their_labels():
    for asked in VOCABULARY.fields.values():
        labels = [operator_label(each, asked) for each in OPERATORS[asked.kind]]
        assert len(set(labels)) == len(labels)
    assert set(OPERATORS) == set(FieldKind)


@pytest.mark.parametrize(
    ("line", "names"),
    [("ohne:termin profil:z", False), ("müller", True), ("-bg:123 alter<25", True)],
)
def test_whether_a_query_names_somebody(line, names):
    assert names_person(parse(line, VOCABULARY), VOCABULARY) is names


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("profil:foerder", "Profillage: Förderprofil"),
        ("-profil:z,i", "Profillage not: Profillage Z or Profillage I"),
        ("kein-kontakt>60t", "No counted contact for more than 60 days"),
        ("kein-kontakt:01.10.2026", "No counted contact since 01.10.2026"),
        ("kontakt>=1m", "Last counted contact: at least 1 month ago"),
        ("kontakt:nie", "Last counted contact: never yet"),
        ("ohne:kein-kontakt", "Counted contact: never any contact"),
        ("termin:heute,morgen", "Next appointment: today or tomorrow"),
        ("zustand:überfällig", "State: overdue"),
        ("alter:u25", "Age group: under 25"),
        ("-ausnahme:ja", "Exception agreed: no"),
        ("-ort:Uelzen", "Town does not contain “Uelzen”"),
        ("-(ohne:termin a)", "not (Next appointment: none and contains “a”)"),
    ],
)
def test_a_german_query_in_english_words(english, line, words):
    assert in_words(parse(line, VOCABULARY), VOCABULARY) == words


def test_for_paper_the_words_are_german_whatever_is_read(english):
    asked = parse("kein-kontakt>60t", VOCABULARY)

    with language.german():
        words = in_words(asked, VOCABULARY)

    assert words == "Kein zählender Kontakt seit mehr als 60 Tagen"


def test_in_english_too_operators_are_told_apart_and_headings_are_said(english):
    for asked in VOCABULARY.fields.values():
        labels = [operator_label(each, asked) for each in OPERATORS[asked.kind]]
        assert len(set(labels)) == len(labels)
    headings = [title for title, _ in grouped_fields(VOCABULARY)]
    assert headings == [
        "Contact and time limit",
        "Appointment",
        "Classification",
        "Person",
        "Facts",
    ]


def test_what_a_policy_calls_its_facts_and_rules_stays_as_it_says_it(english):
    stage = FactDeclaration("stufe", "Status", FactKind.CHOICE, {"a": "Person"})
    policy = replace(Policy.unreadable("muster", ""), facts=(stage,))

    asked = Vocabulary.of([policy]).fields["stufe"]

    assert (asked.label, asked.choices["a"]) == ("Status", "Person")
    assert asked.of_policy
