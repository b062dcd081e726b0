"""Who fits a query? Answered at every keystroke over the whole caseload.

A column of values is read once per field, and each term looks through its column once: the answer
is a number with a byte for each client, so that and, or and not are one operation each, and a line
that grows by a letter asks anew only for the term that changed.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import reduce
from itertools import compress
from operator import and_, eq, ge, gt, le, lt, or_
from typing import Any

from kkd_desktop.domain.folding import spellings
from kkd_desktop.domain.search_fields import FieldKind, Found, SearchField, Vocabulary, searched
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
)
from kkd_desktop.domain.spans import Span, Unit, add_months
from kkd_desktop.domain.worklist import Entry

_KEPT = 200
"""Terms whose answers are remembered: all that somebody types in a while."""

_TESTS: Mapping[Comparison, Callable[[Any, Any], bool]] = {
    Comparison.IS: eq,
    Comparison.LESS: lt,
    Comparison.AT_MOST: le,
    Comparison.MORE: gt,
    Comparison.AT_LEAST: ge,
}
_AGO = {
    Comparison.IS: Comparison.AT_LEAST,
    Comparison.LESS: Comparison.MORE,
    Comparison.AT_MOST: Comparison.AT_LEAST,
    Comparison.MORE: Comparison.LESS,
    Comparison.AT_LEAST: Comparison.AT_MOST,
}
"""Longer ago is an earlier day; `kontakt:60t` is within the last 60 days."""

Test = Callable[[Found], bool]


class Searcher:
    """A caseload made ready to be searched on one day."""

    def __init__(self, entries: Sequence[Entry], vocabulary: Vocabulary, today: date) -> None:
        self.entries = entries
        self._vocabulary = vocabulary
        self._today = today
        self._columns: dict[str, list[Found]] = {}
        self._keys: list[str] | None = None
        self._ids: list[int] | None = None
        self._masks: dict[Word | Term | Known, int] = {}
        self._all = int.from_bytes(b"\1" * len(entries), "little")

    def search(self, query: Query) -> list[Entry]:
        """Those who fit, in the order of the caseload."""
        return list(compress(self.entries, self._bytes(query)))

    def ids(self, query: Query) -> frozenset[int]:
        """The ids of those who fit."""
        return frozenset(compress(self._known_ids(), self._bytes(query)))

    def fits(self, query: Query) -> bytes:
        """One byte for each entry, 1 where it fits: for a table that has rows of its own."""
        return self._bytes(query)

    def count(self, query: Query) -> int:
        return self._mask(query).bit_count()

    def read_names(self) -> None:
        """Make ready what words are looked for in, before the first of them is typed."""
        self._names()
        self._known_ids()

    def _bytes(self, query: Query) -> bytes:
        return self._mask(query).to_bytes(len(self.entries), "little")

    def _mask(self, query: Query) -> int:
        if isinstance(query, Not):
            return self._mask(query.part) ^ self._all
        if isinstance(query, Every):
            return reduce(and_, map(self._mask, query.parts), self._all)
        if isinstance(query, Either):
            return reduce(or_, map(self._mask, query.parts), 0)
        known = self._masks.get(query)
        if known is None:
            if len(self._masks) >= _KEPT:
                self._masks.clear()
            known = self._masks[query] = int.from_bytes(self._looked_up(query), "little")
        return known

    def _looked_up(self, asked: Word | Term | Known) -> bytes:
        if isinstance(asked, Word):
            ways = spellings(asked.text)
            if len(ways) == 1:
                needle = ways[0]
                return bytes([needle in key for key in self._names()])
            return bytes([any(way in key for way in ways) for key in self._names()])
        column = self._column(asked.field)
        if isinstance(asked, Known):
            return bytes([(value is not None) == asked.known for value in column])
        test = compiled(asked, self._vocabulary.fields[asked.field], self._today)
        # A column of a caseload holds few different values.
        answers = {value: test(value) for value in set(column)}
        return bytes(map(answers.__getitem__, column))

    def _known_ids(self) -> list[int]:
        if self._ids is None:
            self._ids = [entry.client.id for entry in self.entries]
        return self._ids

    def _names(self) -> list[str]:
        if self._keys is None:
            self._keys = [
                searched(f"{c.name} {c.first_name} {c.last_name}", c.number, c.code, c.bg_number)
                for c in (entry.client for entry in self.entries)
            ]
        return self._keys

    def _column(self, name: str) -> list[Found]:
        if name not in self._columns:
            read, today = self._vocabulary.fields[name].read, self._today
            self._columns[name] = [read(entry, today) for entry in self.entries]
        return self._columns[name]


def compiled(term: Term, asked: SearchField, today: date) -> Test:
    """A test for one value of a column. What is not known never fits, save for silence."""
    if asked.kind is FieldKind.CHOICE:
        return _chosen(asked, term.values)
    if asked.kind is FieldKind.TEXT:
        return _containing(term.values)
    tests = [_compared(asked.kind, term.comparison, value, today) for value in term.values]
    return tests[0] if len(tests) == 1 else lambda found: any(test(found) for test in tests)


def _chosen(asked: SearchField, values: Sequence[Given]) -> Test:
    wanted = frozenset(
        each for value in values for each in asked.covers.get(str(value), (str(value),))
    )

    def test(found: Found) -> bool:
        if isinstance(found, frozenset):
            return not wanted.isdisjoint(found)
        return found in wanted

    return test


def _containing(values: Sequence[Given]) -> Test:
    ways = [way for value in values for way in spellings(str(value))]
    return lambda found: found is not None and any(way in str(found) for way in ways)


def _compared(kind: FieldKind, comparison: Comparison, value: Given, today: date) -> Test:
    if kind is FieldKind.SILENCE:
        return _silent(comparison, value, today)
    limit: object = value
    if isinstance(value, NearDay):
        limit = value.on(today)
    elif isinstance(value, Span) and kind is FieldKind.PAST:
        limit, comparison = _moved(today, value, -1), _AGO[comparison]
    elif isinstance(value, Span):
        limit = _moved(today, value, 1)
        comparison = Comparison.AT_MOST if comparison is Comparison.IS else comparison
    keeps = _TESTS[comparison]
    return lambda found: found is not None and keeps(found, limit)


def _silent(comparison: Comparison, value: Given, today: date) -> Test:
    """Whether there was nothing for so long, or on no day from that one on."""
    if isinstance(value, Span):
        limit = _moved(today, value, -1)
        sign = Comparison.AT_LEAST if comparison is Comparison.IS else comparison
        keeps = _TESTS[_AGO[sign]]
        never = sign in (Comparison.MORE, Comparison.AT_LEAST)
        return lambda found: never if found is None else keeps(found, limit)
    day = value.on(today) if isinstance(value, NearDay) else value
    before: Callable[[Any, Any], bool] = lt
    return lambda found: found is None or before(found, day)


def _moved(today: date, span: Span, direction: int) -> date:
    number = span.number * direction
    if span.unit is Unit.MONTHS:
        return add_months(today, number)
    return today + timedelta(days=number * (7 if span.unit is Unit.WEEKS else 1))
