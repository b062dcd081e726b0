"""How does a query stand in a form of conditions, and in words that everybody reads?

A form is the parts of a query that must all hold, in their order. What is one field against values
is a condition with an operator of its kind of field; anything else (`a oder b`) stays a part that
can be read and taken away. So the form and the line are the same question, and nothing is lost
between them.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.language import each_to_say, to_count, to_say
from kkd_desktop.domain.search_fields import FieldKind, SearchField, Vocabulary, choice_named
from kkd_desktop.domain.search_query import (
    NEAR_TEXTS,
    Comparison,
    Either,
    Every,
    Given,
    Known,
    NearDay,
    Not,
    Query,
    Term,
    Word,
    leaves,
    negated,
    value_written,
)
from kkd_desktop.domain.spans import Span, Unit
from kkd_desktop.domain.values import Value


class Wanted(StrEnum):
    """What an operator has to be told."""

    NOTHING = "nothing"
    CHOICES = "choices"
    TEXT = "text"
    NUMBER = "number"
    SPAN = "span"
    DAY = "day"


class Operator(Value, frozen=True):
    """A way to ask for a field, in German: `german` stands in the form, `whole` is all of it in
    words, with `{label}`, `{operator}` and `{value}`. Without a `comparison` it asks whether
    anything is `known`; `fixed` are the values of one that wants nothing.
    """

    german: str
    whole: str
    comparison: Comparison | None = None
    wanted: Wanted = Wanted.NOTHING
    denied: bool = False
    known: bool = True
    fixed: tuple[Given, ...] = ()


class Condition(Value, frozen=True):
    """A field against values; without values where the operator wants none."""

    field: str
    operator: Operator
    values: tuple[Given, ...] = ()

    def is_complete(self) -> bool:
        return bool(self.values) or self.operator.wanted is Wanted.NOTHING


_IS, _LESS, _MORE = Comparison.IS, Comparison.LESS, Comparison.MORE
_AT_MOST, _AT_LEAST = Comparison.AT_MOST, Comparison.AT_LEAST


_COLON = "{label}: {value}"


def _after_colon(german: str, comparison: Comparison, wanted: Wanted) -> Operator:
    return Operator(german, "{label}: {operator} {value}", comparison, wanted)


_KNOWN = (
    Operator(to_say("bekannt"), _COLON),
    Operator(to_say("nicht bekannt"), _COLON, known=False),
)
_ON_DAYS = (
    Operator(to_say("am"), _COLON, _IS, Wanted.DAY),
    _after_colon(to_say("vor dem"), _LESS, Wanted.DAY),
    _after_colon(to_say("bis zum"), _AT_MOST, Wanted.DAY),
    _after_colon(to_say("ab dem"), _AT_LEAST, Wanted.DAY),
    _after_colon(to_say("nach dem"), _MORE, Wanted.DAY),
)
_NEAR = tuple(
    Operator(german, "{label}: {operator}", _IS, fixed=(near,))
    for near, german in NEAR_TEXTS.german.items()
)
OPERATORS: Mapping[FieldKind, tuple[Operator, ...]] = {
    FieldKind.CHOICE: (
        Operator(to_say("ist"), _COLON, _IS, Wanted.CHOICES),
        Operator(
            to_say("ist nicht"),
            to_say("{label} nicht: {value}"),
            _IS,
            Wanted.CHOICES,
            denied=True,
        ),
        *_KNOWN,
    ),
    FieldKind.FLAG: (
        Operator(to_say("ja"), "{label}: {operator}", _IS, fixed=(True,)),
        Operator(to_say("nein"), "{label}: {operator}", _IS, fixed=(False,)),
    ),
    FieldKind.TEXT: (
        Operator(to_say("enthält"), to_say("{label} enthält {value}"), _IS, Wanted.TEXT),
        Operator(
            to_say("enthält nicht"),
            to_say("{label} enthält nicht {value}"),
            _IS,
            Wanted.TEXT,
            denied=True,
        ),
        *_KNOWN,
    ),
    FieldKind.NUMBER: (
        Operator(to_say("ist"), _COLON, _IS, Wanted.NUMBER),
        _after_colon(to_say("unter"), _LESS, Wanted.NUMBER),
        _after_colon(to_say("höchstens"), _AT_MOST, Wanted.NUMBER),
        _after_colon(to_say("mindestens"), _AT_LEAST, Wanted.NUMBER),
        _after_colon(to_say("über"), _MORE, Wanted.NUMBER),
        *_KNOWN,
    ),
    FieldKind.PAST: (
        _after_colon(to_say("in den letzten"), _IS, Wanted.SPAN),
        Operator(
            to_say("vor weniger als"),
            to_say("{label}: vor weniger als {value}"),
            _LESS,
            Wanted.SPAN,
        ),
        Operator(
            to_say("vor mindestens"),
            to_say("{label}: vor mindestens {value}"),
            _AT_LEAST,
            Wanted.SPAN,
        ),
        Operator(
            to_say("vor mehr als"), to_say("{label}: vor mehr als {value}"), _MORE, Wanted.SPAN
        ),
        *_ON_DAYS,
        *_NEAR,
        *_KNOWN,
    ),
    FieldKind.AHEAD: (
        _after_colon(to_say("spätestens in"), _IS, Wanted.SPAN),
        _after_colon(to_say("in weniger als"), _LESS, Wanted.SPAN),
        _after_colon(to_say("frühestens in"), _AT_LEAST, Wanted.SPAN),
        _after_colon(to_say("in mehr als"), _MORE, Wanted.SPAN),
        *_ON_DAYS,
        *_NEAR,
        *_KNOWN,
    ),
    FieldKind.SILENCE: (
        Operator(to_say("mehr als"), to_say("{label} mehr als {value}"), _MORE, Wanted.SPAN),
        Operator(to_say("mindestens"), to_say("{label} mindestens {value}"), _IS, Wanted.SPAN),
        Operator(to_say("weniger als"), to_say("{label} weniger als {value}"), _LESS, Wanted.SPAN),
        Operator(to_say("höchstens"), to_say("{label} höchstens {value}"), _AT_MOST, Wanted.SPAN),
        Operator(to_say("dem"), to_say("{label} dem {value}"), _IS, Wanted.DAY),
        *_KNOWN,
    ),
}
"""Sentences are whole where another language orders the words another way."""
_SAME: Mapping[FieldKind, Comparison] = {
    FieldKind.PAST: _AT_MOST,
    FieldKind.AHEAD: _AT_MOST,
    FieldKind.SILENCE: _AT_LEAST,
}
"""What a span without a comparison means: the operator is one and the same."""
_WHETHER: Mapping[str, tuple[str, ...]] = {
    "termin": each_to_say("vereinbart", "keiner"),
    "terminart": each_to_say("Termin vereinbart", "kein Termin"),
    "kontakt": each_to_say("schon einmal", "noch nie"),
    "kein-kontakt": each_to_say("schon einmal Kontakt", "noch nie Kontakt"),
    "faellig": each_to_say("hat einen Tag", "ohne Tag"),
    "regel": each_to_say("eine Regel", "keine Vorgabe"),
    "quote": each_to_say("hat Anteile", "keine Anteile"),
    "wunsch": each_to_say("eingetragen", "keiner"),
}
"""How it is called that something is known or not, where that is not the word."""

_GROUPS = (
    (
        to_say("Kontakt und Frist"),
        "zustand gruppe kein-kontakt kontakt faellig offen quote konzept regel ausnahme"
        " ausnahme-bis",
    ),
    (to_say("Termin"), "termin terminart wunsch abwesend abwesend-ab abwesend-bis"),
    (to_say("Einordnung"), "profil status bereich gemeldet einv-ab einv-bis"),
    (
        to_say("Person"),
        "alter altersgruppe geboren name nummer kuerzel bg telefon ort plz strasse",
    ),
)
USUAL = ("profil", "status", "gruppe", "kein-kontakt", "termin")
"""What is asked for most: always in sight in the form."""


def grouped_fields(vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[SearchField, ...]]]:
    """Every field under a heading; the facts of the policies under the last one."""
    known, taken = vocabulary.fields, set[str]()
    for title, names in _GROUPS:
        ids = names.split()
        taken.update(ids)
        yield language.said(title), tuple(known[name] for name in ids)
    yield (
        language.said("Merkmale"),
        tuple(each for name, each in known.items() if name not in taken),
    )


def parts_of(query: Query) -> tuple[Query, ...]:
    """What must hold all at once."""
    return query.parts if isinstance(query, Every) else (query,)


def condition_of(part: Query, vocabulary: Vocabulary) -> Condition | None:
    """The condition that asks the same; None where it is more than a field against values."""
    denied = isinstance(part, Not)
    asked = part.part if isinstance(part, Not) else part
    if isinstance(asked, Known):
        known = vocabulary.fields[asked.field]
        wanted = asked.known != denied
        for each in operators(known):
            if each.comparison is None and each.known == wanted:
                return Condition(asked.field, each)
        return None
    return _of_term(asked, denied, vocabulary) if isinstance(asked, Term) else None


def _of_term(term: Term, denied: bool, vocabulary: Vocabulary) -> Condition | None:
    asked = vocabulary.fields[term.field]
    if asked.kind is FieldKind.FLAG and denied and len(term.values) == 1:
        denied, term = False, Term(term.field, term.comparison, (not term.values[0],))
    several = asked.kind in (FieldKind.CHOICE, FieldKind.TEXT)
    if len(term.values) > 1 and not several:
        return None
    wanted, comparison = _wanted(asked.kind, term.values[0]), term.comparison
    if wanted is Wanted.SPAN and comparison is _SAME[asked.kind]:
        comparison = _IS
    for each in operators(asked):
        if each.comparison is not comparison or each.denied != denied:
            continue
        if each.fixed and each.fixed == term.values:
            return Condition(term.field, each)
        if each.wanted is wanted and not each.fixed:
            return Condition(term.field, each, term.values)
    return None


def _wanted(kind: FieldKind, value: Given) -> Wanted:
    if kind is FieldKind.CHOICE:
        return Wanted.CHOICES
    if kind is FieldKind.TEXT:
        return Wanted.TEXT
    if isinstance(value, bool | NearDay):
        return Wanted.NOTHING
    if isinstance(value, Span):
        return Wanted.SPAN
    return Wanted.DAY if isinstance(value, date) else Wanted.NUMBER


def part_of(condition: Condition) -> Query:
    """The condition as a part of a query."""
    asked = condition.operator
    if asked.comparison is None:
        return Known(condition.field, asked.known)
    term = Term(condition.field, asked.comparison, asked.fixed or condition.values)
    return negated(term) if asked.denied else term


def operators(asked: SearchField) -> tuple[Operator, ...]:
    return OPERATORS[asked.kind]


def operator_label(operator: Operator, asked: SearchField) -> str:
    """How the operator is called for this field."""
    if operator.comparison is None:
        return whether(asked.id, known=operator.known)
    return language.said(operator.german)


def whether(name: str, *, known: bool) -> str:
    words = _WHETHER.get(name) or each_to_say("bekannt", "nicht bekannt")
    return language.said(words[0 if known else 1])


def names_person(part: Query, vocabulary: Vocabulary) -> bool:
    """Whether somebody can be known by what is asked."""
    return any(
        isinstance(leaf, Word) or vocabulary.fields[leaf.field].names_person
        for leaf in leaves(part)
    )


def said_openly(parts: Iterable[Query], vocabulary: Vocabulary) -> str:
    """What is asked, in words for a heading: without the parts that name somebody."""
    return " · ".join(
        in_words(part, vocabulary) for part in parts if not names_person(part, vocabulary)
    )


def in_words(part: Query, vocabulary: Vocabulary) -> str:
    """`Profillage: Förderprofil`: a part as one reads it."""
    condition = condition_of(part, vocabulary)
    if condition is not None:
        return _condition_in_words(condition, vocabulary)
    if isinstance(part, Word):
        return language.said("enthält „{text}“").format(text=part.text)
    if isinstance(part, Not):
        return language.said("nicht ({in_words})").format(in_words=in_words(part.part, vocabulary))
    if isinstance(part, Either):
        return _joined(language.said(" oder "), part.parts, vocabulary)
    if isinstance(part, Every):
        return _joined(language.said(" und "), part.parts, vocabulary)
    values = (
        language.said(" oder ").join(map(_value_in_words, part.values))
        if isinstance(part, Term)
        else ""
    )
    sign = "" if isinstance(part, Known) or part.comparison is _IS else f" {part.comparison}"
    return f"{vocabulary.fields[part.field].label}{sign}: {values}"


def _joined(word: str, parts: Iterable[Query], vocabulary: Vocabulary) -> str:
    return word.join(
        f"({in_words(part, vocabulary)})"
        if isinstance(part, Every | Either)
        else in_words(part, vocabulary)
        for part in parts
    )


def _condition_in_words(condition: Condition, vocabulary: Vocabulary) -> str:
    asked, operator = vocabulary.fields[condition.field], condition.operator
    if operator.comparison is None:
        label = (
            language.said("Zählender Kontakt") if asked.kind is FieldKind.SILENCE else asked.label
        )
        return _COLON.format(label=label, value=whether(asked.id, known=operator.known))
    said = [
        choice_label(asked, str(value)) if operator.wanted is Wanted.CHOICES else _said(value)
        for value in condition.values
    ]
    return language.said(operator.whole).format(
        label=asked.label,
        operator=language.said(operator.german),
        value=language.said(" oder ").join(said),
    )


def choice_label(asked: SearchField, value: str) -> str:
    """How a value of a choice is called, in whatever spelling it came."""
    known = choice_named(asked, value)
    return asked.choices.get(value) or asked.choices.get(known or "", value)


def _said(value: Given) -> str:
    if isinstance(value, Span):
        return _span_in_words(value)
    return texts.quoted(value) if isinstance(value, str) else value_written(value)


def _value_in_words(value: Given) -> str:
    if isinstance(value, NearDay):
        return NEAR_TEXTS[value]
    if isinstance(value, bool):
        return language.said("ja") if value else language.said("nein")
    return _span_in_words(value) if isinstance(value, Span) else value_written(value)


def _span_in_words(span: Span) -> str:
    one, more = {
        Unit.DAYS: to_count("Tag", "Tagen"),
        Unit.WEEKS: to_count("Woche", "Wochen"),
        Unit.MONTHS: to_count("Monat", "Monaten"),
    }[span.unit]
    return texts.counted(span.number, one, more)
