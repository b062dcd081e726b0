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
from kkd_desktop.domain.language import to_count
from kkd_desktop.domain.search_fields import FieldKind, SearchField, Vocabulary, choice_named
from kkd_desktop.domain.search_query import (
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
    """A way to ask for a field. `label` stands in the form, `said` is the whole in words, with
    `{label}` and `{value}`. Without a `comparison` it asks whether anything is `known`; `fixed` are
    the values of one that wants nothing.
    """

    label: str
    said: str
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


def _after_label(label: str, comparison: Comparison, wanted: Wanted) -> Operator:
    return Operator(label, f"{{label}} {label} {{value}}", comparison, wanted)


def _after_colon(label: str, comparison: Comparison, wanted: Wanted) -> Operator:
    return Operator(label, f"{{label}}: {label} {{value}}", comparison, wanted)


_KNOWN = (
    Operator("bekannt", "{label}: {value}"),
    Operator("nicht bekannt", "{label}: {value}", known=False),
)
_ON_DAYS = (
    Operator("am", "{label}: {value}", _IS, Wanted.DAY),
    _after_colon("vor dem", _LESS, Wanted.DAY),
    _after_colon("bis zum", _AT_MOST, Wanted.DAY),
    _after_colon("ab dem", _AT_LEAST, Wanted.DAY),
    _after_colon("nach dem", _MORE, Wanted.DAY),
)
_NEAR = tuple(
    Operator(near.value, f"{{label}}: {near.value}", _IS, fixed=(near,))
    for near in (NearDay.HEUTE, NearDay.MORGEN, NearDay.GESTERN)
)
OPERATORS: Mapping[FieldKind, tuple[Operator, ...]] = {
    FieldKind.CHOICE: (
        Operator("ist", "{label}: {value}", _IS, Wanted.CHOICES),
        Operator("ist nicht", "{label} nicht: {value}", _IS, Wanted.CHOICES, denied=True),
        *_KNOWN,
    ),
    FieldKind.FLAG: (
        Operator("ja", "{label}: ja", _IS, fixed=(True,)),
        Operator("nein", "{label}: nein", _IS, fixed=(False,)),
    ),
    FieldKind.TEXT: (
        Operator("enthält", "{label} enthält {value}", _IS, Wanted.TEXT),
        Operator("enthält nicht", "{label} enthält nicht {value}", _IS, Wanted.TEXT, denied=True),
        *_KNOWN,
    ),
    FieldKind.NUMBER: (
        Operator("ist", "{label}: {value}", _IS, Wanted.NUMBER),
        _after_colon("unter", _LESS, Wanted.NUMBER),
        _after_colon("höchstens", _AT_MOST, Wanted.NUMBER),
        _after_colon("mindestens", _AT_LEAST, Wanted.NUMBER),
        _after_colon("über", _MORE, Wanted.NUMBER),
        *_KNOWN,
    ),
    FieldKind.PAST: (
        _after_colon("in den letzten", _IS, Wanted.SPAN),
        _after_colon("vor weniger als", _LESS, Wanted.SPAN),
        _after_colon("vor mindestens", _AT_LEAST, Wanted.SPAN),
        _after_colon("vor mehr als", _MORE, Wanted.SPAN),
        *_ON_DAYS,
        *_NEAR,
        *_KNOWN,
    ),
    FieldKind.AHEAD: (
        _after_colon("spätestens in", _IS, Wanted.SPAN),
        _after_colon("in weniger als", _LESS, Wanted.SPAN),
        _after_colon("frühestens in", _AT_LEAST, Wanted.SPAN),
        _after_colon("in mehr als", _MORE, Wanted.SPAN),
        *_ON_DAYS,
        *_NEAR,
        *_KNOWN,
    ),
    FieldKind.SILENCE: (
        _after_label("mehr als", _MORE, Wanted.SPAN),
        _after_label("mindestens", _IS, Wanted.SPAN),
        _after_label("weniger als", _LESS, Wanted.SPAN),
        _after_label("höchstens", _AT_MOST, Wanted.SPAN),
        _after_label("dem", _IS, Wanted.DAY),
        *_KNOWN,
    ),
}
_SAME: Mapping[FieldKind, Comparison] = {
    FieldKind.PAST: _AT_MOST,
    FieldKind.AHEAD: _AT_MOST,
    FieldKind.SILENCE: _AT_LEAST,
}
"""What a span without a comparison means: the operator is one and the same."""
_WHETHER: Mapping[str, tuple[str, str]] = {
    "termin": ("vereinbart", "keiner"),
    "terminart": ("Termin vereinbart", "kein Termin"),
    "kontakt": ("schon einmal", "noch nie"),
    "kein-kontakt": ("schon einmal Kontakt", "noch nie Kontakt"),
    "faellig": ("hat einen Tag", "ohne Tag"),
    "regel": ("eine Regel", "keine Vorgabe"),
    "quote": ("hat Anteile", "keine Anteile"),
    "wunsch": ("eingetragen", "keiner"),
}
"""How it is called that something is known or not, where that is not the word."""

_GROUPS = (
    (
        "Kontakt und Frist",
        "zustand gruppe kein-kontakt kontakt faellig offen quote konzept regel ausnahme"
        " ausnahme-bis",
    ),
    ("Termin", "termin terminart wunsch abwesend abwesend-ab abwesend-bis"),
    ("Einordnung", "profil status bereich gemeldet einv-ab einv-bis"),
    (
        "Person",
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
        yield title, tuple(known[name] for name in ids)
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
    return operator.label


def whether(name: str, *, known: bool) -> str:
    return _WHETHER.get(name, ("bekannt", "nicht bekannt"))[0 if known else 1]


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
        return operator.said.format(label=label, value=whether(asked.id, known=operator.known))
    said = [
        choice_label(asked, str(value)) if operator.wanted is Wanted.CHOICES else _said(value)
        for value in condition.values
    ]
    return operator.said.format(label=asked.label, value=language.said(" oder ").join(said))


def choice_label(asked: SearchField, value: str) -> str:
    """How a value of a choice is called, in whatever spelling it came."""
    known = choice_named(asked, value)
    return asked.choices.get(value) or asked.choices.get(known or "", value)


def _said(value: Given) -> str:
    if isinstance(value, Span):
        return _span_in_words(value)
    return f"„{value}“" if isinstance(value, str) else value_written(value)


def _value_in_words(value: Given) -> str:
    return _span_in_words(value) if isinstance(value, Span) else value_written(value)


def _span_in_words(span: Span) -> str:
    one, more = {
        Unit.DAYS: to_count("Tag", "Tagen"),
        Unit.WEEKS: to_count("Woche", "Wochen"),
        Unit.MONTHS: to_count("Monat", "Monaten"),
    }[span.unit]
    return texts.counted(span.number, one, more)
