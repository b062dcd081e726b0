"""The query line: what it asks, in any spelling, and what it says where it asks nothing clear."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.policy import (
    Citation,
    FactDeclaration,
    FactKind,
    Nature,
    Policy,
    Precedence,
    Validity,
)
from kkd_desktop.domain.search_fields import FieldKind, Vocabulary
from kkd_desktop.domain.search_parser import parse
from kkd_desktop.domain.search_query import (
    EVERYONE,
    Comparison,
    Known,
    NearDay,
    Term,
    Word,
    either,
    every,
    negated,
    written,
)
from kkd_desktop.domain.search_tokens import LONGEST, SearchError
from kkd_desktop.domain.spans import Span, Unit

POLICY = Policy(
    id="eigenes",
    title="Eigenes Konzept",
    short_title="Eigenes",
    office="",
    document="",
    nature=Nature.SOLL,
    land=None,
    validity=Validity(citation=Citation("1")),
    precedence=Precedence.FIRST,
    rules=(),
    counting=(),
    not_counting="",
    facts=(
        FactDeclaration("stufe", "Stufe", FactKind.CHOICE, {"1": "eins", "2": "zwei"}),
        FactDeclaration("kinder", "Zahl der Kinder", FactKind.NUMBER),
        FactDeclaration("ort", "Ort der Maßnahme", FactKind.TEXT),
    ),
)
VOCABULARY = Vocabulary.of((POLICY,))


def term(field, *values, sign=Comparison.IS):
    return Term(field, sign, values)


def read(line):
    return parse(line, VOCABULARY)


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("", EVERYONE),
        ("  ", EVERYONE),
        ("Beispiel", Word("Beispiel")),
        ('"von Beispiel"', Word("von Beispiel")),
        ("„von Beispiel“", Word("von Beispiel")),
        ('"sagt ""ja"""', Word('sagt "ja"')),
        ("Müller-Lüdenscheidt", Word("Müller-Lüdenscheidt")),
        ("profil:foerder", term("profil", "foerder")),
        ("PROFIL = Förder".replace(" ", ""), term("profil", "foerder")),
        ("profillage:Förderprofil", term("profil", "foerder")),
        ("profil:fö", term("profil", "foerder")),
        ("profil:z,I", term("profil", "z", "i")),
        ("profil:keine", Known("profil", False)),
        ("profil:markt,keine", either((term("profil", "markt"), Known("profil", False)))),
        ("status:alo", term("status", "arbeitslos")),
        ("status:nicht-gesetzt", term("status", "nicht-gesetzt")),
        ("status:nicht_gesetzt", term("status", "nicht-gesetzt")),
        (
            "kein-kontakt>60t",
            term("kein-kontakt", Span(60, Unit.DAYS), sign=Comparison.MORE),
        ),
        (
            "keinKontakt:>8Wochen",
            term("kein-kontakt", Span(8, Unit.WEEKS), sign=Comparison.MORE),
        ),
        (
            "kein_kontakt≥3m",
            term("kein-kontakt", Span(3, Unit.MONTHS), sign=Comparison.AT_LEAST),
        ),
        ("kontakt<=1j", term("kontakt", Span(12, Unit.MONTHS), sign=Comparison.AT_MOST)),
        ("seit:01.10.2026", term("kein-kontakt", date(2026, 10, 1))),
        ("seit:2026-10-01", term("kein-kontakt", date(2026, 10, 1))),
        ("termin<14t", term("termin", Span(14, Unit.DAYS), sign=Comparison.LESS)),
        ("termin:heute", term("termin", NearDay.HEUTE)),
        ("kontakt:nie", Known("kontakt", False)),
        ("ohne:termin", Known("termin", False)),
        ("mit:bg,telefon", either((Known("bg", True), Known("telefon", True)))),
        ("ohne:ausnahme", term("ausnahme", False)),
        ("ausnahme:JA", term("ausnahme", True)),
        ("zustand:überfällig", term("zustand", "ueberfaellig")),
        ("zustand:Keine_Vorgabe", term("zustand", "keine-vorgabe")),
        ("alter<25", term("alter", 25, sign=Comparison.LESS)),
        ("alter:Ü25", term("altersgruppe", "ue25")),
        ("stufe:zwei", term("stufe", "2")),
        ("kinder>=3", term("kinder", 3, sign=Comparison.AT_LEAST)),
        ("ort:Uelzen", term("ort", "Uelzen")),
        ("fakt-ort:Küche", term("fakt-ort", "Küche")),
        ("bg:33302//0001234", term("bg", "33302//0001234")),
        ('ort:"Halle (Saale)"', term("ort", "Halle (Saale)")),
        ("-profil:z", negated(term("profil", "z"))),
        ("nicht:profil:z", negated(term("profil", "z"))),
        ("nicht profil:z", negated(term("profil", "z"))),
        ("--Amina", Word("Amina")),
        ("a b", every((Word("a"), Word("b")))),
        ("a und b", every((Word("a"), Word("b")))),
        ("a oder b c", either((Word("a"), every((Word("b"), Word("c")))))),
        ("(a ODER b) c", every((either((Word("a"), Word("b"))), Word("c")))),
        ("-(a b)", negated(every((Word("a"), Word("b"))))),
        ('"oder"', Word("oder")),
    ],
)
def test_a_line_asks(line, asked):
    assert read(line) == asked
    assert read(written(asked)) == asked


@pytest.mark.parametrize(
    ("line", "said", "place"),
    [
        ("amina profill:x", "„profill“ an Stelle 7 ist kein Suchwort", (6, 13)),
        ("profill:x", "gemeint ist vielleicht profil); möglich sind: profil, status", (0, 7)),
        ("ohne:quatsch", "„quatsch“ an Stelle 6 ist kein Suchwort", (5, 12)),
        ("profil:xyz", "„xyz“ an Stelle 8 passt nicht zu profil; möglich ist: markt, ", (7, 10)),
        ("profil:", "„profil:“ an Stelle 1: Es fehlt ein Wert (möglich: markt", (0, 7)),
        ("profil:markt,", "Es fehlt ein Wert", (0, 13)),
        ("profil>markt", "„profil“ an Stelle 1 lässt sich nicht mit > vergleichen", (0, 6)),
        ("termin<bald", "„bald“ an Stelle 8 passt nicht zu termin; möglich ist: 60t", (7, 11)),
        ("termin<14x", "möglich ist: 60t, 8w, 3m oder ein Tag", (7, 10)),
        ("termin:31.02.2026", "„31.02.2026“ an Stelle 8 passt nicht", (7, 17)),
        ("kein-kontakt>01.10.2026", "richtig ist kein-kontakt:01.10.2026", (13, 23)),
        ("alter<alt", "möglich ist: eine ganze Zahl, u25, ue25", (6, 9)),
        ("alter<20,30", "„30“ an Stelle 10 ist zu viel", (9, 11)),
        ("ausnahme:vielleicht", "möglich ist: ja, nein", (9, 19)),
        ("quote:m1", "die Konzepte in Kraft setzen keine Anteile", (6, 8)),
        ("(a", "Die Klammer „(“ an Stelle 1 wird nicht geschlossen", (0, 1)),
        ("a)", "Zu der Klammer „)“ an Stelle 2 gehört keine offene", (1, 2)),
        ("()", "Nach „(“ an Stelle 1 fehlt, was gesucht wird", (1, 2)),
        ("a oder", "Nach „oder“ an Stelle 3 fehlt", (6, 6)),
        ("oder a", "Vor „oder“ an Stelle 1 fehlt", (0, 4)),
        ("a -", "Nach „-“ an Stelle 3 fehlt", (3, 3)),
        ('"a', "Das Anführungszeichen an Stelle 1 wird nicht geschlossen", (0, 2)),
        ('""', "Die Anführungszeichen an Stelle 1 sind leer", (0, 2)),
        (":x", "„“ an Stelle 1 ist kein Suchwort", (0, 0)),
        ("a" * (LONGEST + 1), "zu lang", (LONGEST, LONGEST + 1)),
        ("(" * 21 + "a" + ")" * 21, "Mehr als 20 Klammern", (20, 21)),
    ],
)
def test_what_is_not_understood_is_named_with_its_place(line, said, place):
    with pytest.raises(SearchError) as refused:
        read(line)

    assert said in str(refused.value)
    assert (refused.value.start, refused.value.end) == place
    assert str(refused.value).endswith(".")


@given(st.text(max_size=60) | st.text(alphabet='ab-()"„“:<>=, oder', max_size=30))
def test_any_text_is_understood_or_refused(line):
    try:
        asked = read(line)
    except UserError:
        return
    assert read(written(asked)) == asked


def _values(field):
    spans = st.builds(Span, st.integers(0, 9999), st.sampled_from([*Unit][:3]))
    near = st.sampled_from([*NearDay])
    return {
        FieldKind.TEXT: st.text(min_size=1).filter(str.strip),
        FieldKind.CHOICE: st.sampled_from([*field.choices]),
        FieldKind.FLAG: st.booleans(),
        FieldKind.NUMBER: st.integers(0, 999_999),
    }.get(field.kind, spans | near | st.dates(date(1900, 1, 1), date(2199, 12, 31)))


@st.composite
def terms(draw, vocabulary=VOCABULARY):
    field = draw(st.sampled_from([*vocabulary.fields.values()]))
    value = draw(_values(field))
    plain = field.kind in (FieldKind.TEXT, FieldKind.CHOICE, FieldKind.FLAG)
    silent_day = field.kind is FieldKind.SILENCE and not isinstance(value, Span)
    if plain or silent_day or draw(st.booleans()):
        others = draw(st.lists(_values(field), max_size=2))
        return Term(field.id, Comparison.IS, (value, *others))
    return Term(field.id, draw(st.sampled_from([*Comparison])), (value,))


def queries(vocabulary=VOCABULARY):
    knowable = [f.id for f in vocabulary.fields.values() if f.kind is not FieldKind.FLAG]
    words = st.builds(Word, st.text(min_size=1).filter(str.strip))
    known = st.builds(Known, st.sampled_from(knowable), st.booleans())
    return st.recursive(
        words | terms(vocabulary) | known,
        lambda parts: (
            st.lists(parts, min_size=2, max_size=3).map(every)
            | st.lists(parts, min_size=2, max_size=3).map(either)
            | parts.map(negated)
        ),
        max_leaves=6,
    )


@given(queries().filter(lambda query: len(written(query)) <= LONGEST))
def test_what_is_written_reads_back_the_same(query):
    assert read(written(query)) == query


def test_a_fault_has_a_brief_sentence_too():
    with pytest.raises(SearchError) as caught:
        parse("ohne:termin profill:z", VOCABULARY)

    brief = "„profill“ an Stelle 13 ist kein Suchwort (gemeint ist vielleicht profil)."
    assert caught.value.brief == brief
    assert str(caught.value).startswith(brief.removesuffix("."))


@pytest.mark.parametrize(
    "line",
    ["zustand:überfällig", "Nächster-Termin<14t", "terminart:persönlich", "gruppe:diese-woche"],
)
def test_a_line_asks_the_same_in_every_language(line, request):
    asked = read(line)

    request.getfixturevalue("english")

    assert read(line) == asked


def test_a_fault_is_said_in_english_and_what_can_be_typed_as_it_is_typed(english):
    with pytest.raises(UserError) as fault:
        read("ausnahme:vielleicht")

    sentence = "“vielleicht” at position 10 does not fit ausnahme; possible: ja, nein."
    assert str(fault.value) == sentence
