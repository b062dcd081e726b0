"""What can be asked of a caseload in one line, and how is it written?

Equal questions are equal values: `every`, `either` and `negated` bring them into one form, and
`written` and `search_parser.parse` are each other's way back.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum

from kkd_desktop.domain import texts
from kkd_desktop.domain.language import Sayings
from kkd_desktop.domain.spans import Span, Unit
from kkd_desktop.domain.values import Value


class Comparison(StrEnum):
    IS = ":"
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


class NearDay(StrEnum):
    """A day that moves on with the calendar, so that a saved search stays true."""

    GESTERN = "gestern"
    HEUTE = "heute"
    MORGEN = "morgen"

    def on(self, today: date) -> date:
        return today + timedelta(days=list(NearDay).index(self) - 1)


NEAR_TEXTS = Sayings({NearDay.HEUTE: "heute", NearDay.MORGEN: "morgen", NearDay.GESTERN: "gestern"})
"""In the order of the form."""

Given = str | bool | int | date | Span | NearDay


class Word(Value, frozen=True):
    """A free word: part of a name, a Kundennummer, a Kürzel or a BG."""

    text: str


class Term(Value, frozen=True):
    """A field against values, of which one must fit."""

    field: str
    comparison: Comparison
    values: tuple[Given, ...]


class Known(Value, frozen=True):
    """Whether a field has any value: `mit:termin`, `ohne:termin`."""

    field: str
    known: bool


class Not(Value, frozen=True):
    part: "Query"


class Every(Value, frozen=True):
    """All parts hold; without parts it asks nothing, and everybody fits."""

    parts: "tuple[Query, ...]" = ()


class Either(Value, frozen=True):
    parts: "tuple[Query, ...]"


Query = Word | Term | Known | Not | Every | Either

EVERYONE = Every()


def every(parts: Iterable[Query]) -> Query:
    flat = [each for part in parts for each in (part.parts if isinstance(part, Every) else (part,))]
    return flat[0] if len(flat) == 1 else Every(tuple(flat))


def either(parts: Iterable[Query]) -> Query:
    flat = [
        each for part in parts for each in (part.parts if isinstance(part, Either) else (part,))
    ]
    return flat[0] if len(flat) == 1 else Either(tuple(flat))


def negated(part: Query) -> Query:
    return part.part if isinstance(part, Not) else Not(part)


def leaves(query: Query) -> Iterator[Word | Term | Known]:
    """All that is asked, whether it is asked for or excluded."""
    if isinstance(query, Not):
        yield from leaves(query.part)
    elif isinstance(query, Every | Either):
        for part in query.parts:
            yield from leaves(part)
    else:
        yield query


AND, OR, NOT = "und", "oder", "nicht"
WITH, WITHOUT = "mit", "ohne"
_PLAIN = re.compile(r"\w[\w./+@'&–-]*")
_UNITS = {Unit.DAYS: "t", Unit.WEEKS: "w", Unit.MONTHS: "m"}


def written(query: Query) -> str:
    """The query as one types it; empty where it asks nothing."""
    if isinstance(query, Either):
        return f" {OR} ".join(written(part) for part in query.parts)
    if isinstance(query, Every):
        return " ".join(_grouped(part, Either) for part in query.parts)
    if isinstance(query, Not):
        return f"-{_grouped(query.part, Either, Every)}"
    if isinstance(query, Known):
        return f"{WITH if query.known else WITHOUT}:{query.field}"
    if isinstance(query, Word):
        return text_written(query.text)
    return f"{query.field}{query.comparison}{','.join(map(value_written, query.values))}"


def value_written(value: Given) -> str:
    if isinstance(value, Span):
        return f"{value.number}{_UNITS[value.unit]}"
    if isinstance(value, NearDay):
        return value.value
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, date):
        return texts.day(value)
    return text_written(value) if isinstance(value, str) else str(value)


def text_written(text: str) -> str:
    """Text in quotation marks where it would else be read as something of the language."""
    if _PLAIN.fullmatch(text) and text.casefold() not in (AND, OR, NOT):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _grouped(part: Query, *kinds: type[Query]) -> str:
    return f"({written(part)})" if isinstance(part, kinds) else written(part)
