"""How can the query line go on where the cursor stands?"""

import re
from collections.abc import Iterator

from kkd_desktop.domain.language import said
from kkd_desktop.domain.search_fields import FieldKind, SearchField, Vocabulary
from kkd_desktop.domain.search_query import (
    NEAR_TEXTS,
    NOT,
    OR,
    WITH,
    WITHOUT,
    NearDay,
    text_written,
)
from kkd_desktop.domain.table_columns import folded
from kkd_desktop.domain.values import Value

_WORD = re.compile(r'(?:[^\s()"]|"[^"]*"?)*$')
_BEFORE_NAME = re.compile(rf"(?:[-−]|{NOT}:)*", re.IGNORECASE)
_PARTED = re.compile(r"(?P<name>[^:<>=≤≥]*)(?P<sign>[:<>=≤≥]+)(?P<values>.*)", re.DOTALL)
_DAY_KINDS = (FieldKind.PAST, FieldKind.AHEAD)
_NEAR_DAYS = (NearDay.HEUTE, NearDay.GESTERN, NearDay.MORGEN)


class Completion(Value, frozen=True):
    """`text` takes the place of what stands from `start` to `end`; `label` says what it is."""

    text: str
    label: str
    start: int
    end: int


def completions(line: str, cursor: int, vocabulary: Vocabulary) -> tuple[Completion, ...]:
    """Ways to go on, those that begin as it was typed first. Names of people are never offered."""
    found = _WORD.search(line[:cursor])
    assert found is not None
    start = found.start()
    # A sign of negation in front stays as it is.
    skipped = _BEFORE_NAME.match(line, start, cursor)
    assert skipped is not None
    start = skipped.end()
    parted = _PARTED.fullmatch(line[start:cursor])
    if parted is None and '"' in line[start:cursor]:
        return ()
    if parted is None:
        return _sorted(line[start:cursor], _names(vocabulary), start, cursor)
    typed = parted["values"].rpartition(",")[2]
    start = cursor - len(typed)
    return _sorted(typed, _values(parted["name"], parted["sign"], vocabulary), start, cursor)


def _sorted(
    typed: str, offers: Iterator[tuple[str, str]], start: int, end: int
) -> tuple[Completion, ...]:
    word = folded(typed)
    fitting = [
        (not folded(text).startswith(word), Completion(text, label, start, end))
        for text, label in offers
        if word in folded(text) or word in folded(label)
    ]
    return tuple(each for _, each in sorted(fitting, key=lambda pair: pair[0]))


def _names(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    for each in vocabulary.fields.values():
        yield f"{each.id}{_sign(each)}", each.label
    yield f"{WITH}:", said("Etwas ist bekannt")
    yield f"{WITHOUT}:", said("Etwas ist nicht bekannt")
    yield OR, said("Eines von beiden")
    yield f"{NOT}:", said("Nicht das Folgende")


def _sign(asked: SearchField) -> str:
    return {FieldKind.SILENCE: ">", FieldKind.AHEAD: "<"}.get(asked.kind, ":")


def _values(name: str, sign: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    if folded(name) in (WITH, WITHOUT):
        yield from ((each.id, each.label) for each in vocabulary.fields.values())
        return
    asked = vocabulary.look_up(name)
    if asked is None:
        return
    if asked.kind is FieldKind.CHOICE:
        yield from ((text_written(value), label) for value, label in asked.choices.items())
    elif asked.kind is FieldKind.FLAG:
        yield from (("ja", asked.label), ("nein", asked.label))
    elif asked.kind is FieldKind.SILENCE or asked.kind in _DAY_KINDS:
        yield from (("14t", said("14 Tage")), ("30t", said("30 Tage")), ("60t", said("60 Tage")))
        yield from (("8w", said("8 Wochen")), ("3m", said("3 Monate")), ("6m", said("6 Monate")))
        if asked.kind in _DAY_KINDS:
            yield from ((near.value, NEAR_TEXTS[near]) for near in _NEAR_DAYS)
    if sign in (":", "=") and asked.kind not in (FieldKind.FLAG, FieldKind.SILENCE):
        yield "keine", said("nicht bekannt")
