"""What does a query line ask? A line that asks nothing clear is refused in one sentence."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import NoReturn

from kkd_desktop.domain import language
from kkd_desktop.domain.search_fields import (
    FieldKind,
    SearchField,
    Vocabulary,
    choice_named,
)
from kkd_desktop.domain.search_query import (
    WITH,
    WITHOUT,
    Comparison,
    Given,
    Known,
    NearDay,
    Query,
    Term,
    Word,
    either,
    every,
    negated,
)
from kkd_desktop.domain.search_tokens import (
    Part,
    SearchError,
    Token,
    TokenKind,
    place,
    shown,
    tokens,
)
from kkd_desktop.domain.spans import Span, Unit
from kkd_desktop.domain.table_columns import folded
from kkd_desktop.domain.table_words import NO, YES
from kkd_desktop.domain.written_days import read_day

DEEPEST = 20
_COMPARISONS = {
    "": Comparison.IS,
    **{sign.value: sign for sign in Comparison},
    **{"=": Comparison.IS, "=>": Comparison.AT_LEAST, "≥": Comparison.AT_LEAST},
    **{"=<": Comparison.AT_MOST, "≤": Comparison.AT_MOST},
}
_NOTHING = frozenset({"keine", "kein", "keiner", "keinen", "ohne", "nie", "nochnie", "fehlt"})
_SPAN = re.compile(r"(\d{1,4})\s?([a-zäöü]*)")
_UNITS: dict[str, tuple[Unit, int]] = {
    **dict.fromkeys(("", "t", "d", "tag", "tage", "tagen"), (Unit.DAYS, 1)),
    **dict.fromkeys(("w", "wo", "woche", "wochen"), (Unit.WEEKS, 1)),
    **dict.fromkeys(("m", "mon", "monat", "monate", "monaten"), (Unit.MONTHS, 1)),
    **dict.fromkeys(("j", "jahr", "jahre", "jahren"), (Unit.MONTHS, 12)),
}
_DAYS = (FieldKind.PAST, FieldKind.AHEAD, FieldKind.SILENCE)


def parse(line: str, vocabulary: Vocabulary) -> Query:
    """The query of a line; `SearchError` names the word that is not understood, and its place."""
    return _Parser(line, vocabulary).whole()


class _Parser:
    def __init__(self, line: str, vocabulary: Vocabulary) -> None:
        self._line = line
        self._vocabulary = vocabulary
        self._tokens = list(tokens(line))
        self._at = 0
        self._depth = 0

    def whole(self) -> Query:
        if not self._tokens:
            return every(())
        found = self._either()
        if (left := self._next()) is not None:
            raise self._fault(
                left,
                language.said("Zu der Klammer „)“ {place} gehört keine offene").format(
                    place=place(left.start)
                ),
            )
        return found

    def _next(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, kind: TokenKind) -> bool:
        found = self._next()
        taken = found is not None and found.kind is kind
        self._at += taken
        return taken

    def _either(self) -> Query:
        parts = [self._every()]
        while self._take(TokenKind.OR):
            parts.append(self._every())
        return either(parts)

    def _every(self) -> Query:
        parts = [self._one()]
        while (found := self._next()) is not None:
            if found.kind in (TokenKind.OR, TokenKind.CLOSE):
                break
            self._take(TokenKind.AND)
            parts.append(self._one())
        return every(parts)

    def _one(self) -> Query:
        denied = False
        while self._take(TokenKind.NOT):
            denied = not denied
        found = self._next()
        if found is None or found.kind in (TokenKind.AND, TokenKind.OR, TokenKind.CLOSE):
            raise self._missing(found)
        self._at += 1
        asked = self._inside(found) if found.kind is TokenKind.OPEN else self._asked(found)
        return negated(asked) if denied else asked

    def _inside(self, opening: Token) -> Query:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._fault(
                opening,
                language.said("Mehr als {deepest} Klammern ineinander gehen nicht").format(
                    deepest=DEEPEST
                ),
            )
        found = self._either()
        if not self._take(TokenKind.CLOSE):
            raise self._fault(
                opening,
                language.said("Die Klammer „(“ {place} wird nicht geschlossen").format(
                    place=place(opening.start)
                ),
            )
        self._depth -= 1
        return found

    def _missing(self, found: Token | None) -> SearchError:
        before = self._tokens[self._at - 1] if self._at else None
        start, end = (found.start, found.end) if found else (len(self._line), len(self._line))
        where = (
            language.said("Nach {shown} {place}").format(
                shown=shown(self._text(before)), place=place(before.start)
            )
            if before
            else language.said("Vor {shown} {place}").format(
                shown=shown(self._line[start:end]), place=place(start)
            )
        )
        return SearchError(
            language.said(
                "{where} fehlt, was gesucht wird, zum Beispiel ein Name oder profil:markt."
            ).format(where=where),
            start,
            end,
        )

    def _text(self, token: Token) -> str:
        return self._line[token.start : token.end].strip()

    def _fault(self, token: Token, sentence: str) -> SearchError:
        return SearchError(f"{sentence}.", token.start, token.end)

    def _asked(self, token: Token) -> Query:
        if not token.sign:
            (word,) = token.values
            if not word.text.strip():
                raise self._fault(
                    token,
                    language.said("Die Anführungszeichen {place} sind leer").format(
                        place=place(token.start)
                    ),
                )
            return Word(word.text)
        for part in token.values:
            if not part.text.strip():
                raise self._fault(
                    token,
                    language.said("{shown} {place}: Es fehlt ein Wert{possible_after}").format(
                        shown=shown(self._text(token)),
                        place=place(token.start),
                        possible_after=self._possible_after(token.name),
                    ),
                )
        name = folded(token.name)
        if name in (WITH, WITHOUT):
            return either(self._known(part, known=name == WITH) for part in token.values)
        asked = self._field(token.name, token.start)
        return _Reader(asked, token, self._vocabulary).query()

    def _possible_after(self, name: str) -> str:
        asked = self._vocabulary.look_up(name)
        return (
            ""
            if asked is None
            else language.said(" (möglich: {possible})").format(possible=possible(asked))
        )

    def _known(self, part: Part, *, known: bool) -> Query:
        asked = self._field(part.text, part.start)
        if asked.kind is FieldKind.FLAG:
            return Term(asked.id, Comparison.IS, (known,))
        return Known(asked.id, known)

    def _field(self, name: str, start: int) -> SearchField:
        found = self._vocabulary.look_up(name)
        if found is not None:
            return found
        names = self._vocabulary.fields
        near = get_close_matches(folded(name), names, n=1)
        hint = (
            language.said(" (gemeint ist vielleicht {near})").format(near=near[0]) if near else ""
        )
        said = language.said("{shown} {place} ist kein Suchwort{hint}").format(
            shown=shown(name), place=place(start), hint=hint
        )
        raise SearchError(
            language.said("{said}; möglich sind: {value}.").format(
                said=said, value=", ".join((*names, WITH, WITHOUT))
            ),
            start,
            start + len(name),
            f"{said}.",
        )


class _Reader:
    """Reads the values of one term."""

    def __init__(self, asked: SearchField, token: Token, vocabulary: Vocabulary) -> None:
        self._asked = asked
        self._token = token
        self._vocabulary = vocabulary
        self._comparison = _COMPARISONS[token.sign]

    def query(self) -> Query:
        asked, comparison = self._asked, self._comparison
        whole = comparison is Comparison.IS
        if not whole and asked.kind in (FieldKind.TEXT, FieldKind.CHOICE, FieldKind.FLAG):
            name = Part(self._token.name, self._token.start)
            raise self._fault(
                name,
                language.said(
                    "lässt sich nicht mit {comparison} vergleichen; richtig ist {id}:…"
                ).format(comparison=comparison, id=asked.id),
            )
        if not whole and len(self._token.values) > 1:
            raise self._fault(
                self._token.values[1], language.said("ist zu viel: verglichen wird mit einem Wert")
            )
        given: list[Given] = []
        others: list[Query] = []
        for part in self._token.values:
            found = self._value(part)
            if isinstance(found, Known | Term):
                others.append(found)
            else:
                given.append(found)
        terms: Iterable[Query] = (Term(asked.id, comparison, tuple(given)),) if given else ()
        return either([*terms, *others])

    def _value(self, part: Part) -> Given | Known | Term:
        kind = self._asked.kind
        if kind is FieldKind.TEXT:
            return self._nothing(part) or part.text
        if kind is FieldKind.CHOICE:
            return choice_named(self._asked, part.text) or self._nothing(part) or self._no(part)
        if kind is FieldKind.FLAG:
            return self._yes_or_no(part)
        if kind is FieldKind.NUMBER:
            return self._number(part)
        return self._day(part)

    def _nothing(self, part: Part) -> Known | None:
        whole = self._comparison is Comparison.IS and not part.quoted
        return Known(self._asked.id, False) if whole and folded(part.text) in _NOTHING else None

    def _yes_or_no(self, part: Part) -> bool:
        word = folded(part.text)
        if word not in YES | NO:
            self._no(part)
        return word in YES

    def _number(self, part: Part) -> Given | Known | Term:
        if part.text.isascii() and part.text.isdigit() and len(part.text) <= 6:
            return int(part.text)
        if self._asked.id == "alter":
            # `alter:u25` is how everybody says it.
            groups = self._vocabulary.fields["altersgruppe"]
            group = choice_named(groups, part.text)
            if group is not None and self._comparison is Comparison.IS:
                return Term(groups.id, Comparison.IS, (group,))
        return self._nothing(part) or self._no(part)

    def _day(self, part: Part) -> Given | Known:
        text = part.text.strip().casefold()
        span = _SPAN.fullmatch(text)
        if span and span[2] in _UNITS:
            unit, times = _UNITS[span[2]]
            return Span(int(span[1]) * times, unit)
        day = read_day(text) or (NearDay(text) if text in list(NearDay) else None)
        if day is None:
            return self._nothing(part) or self._no(part)
        if self._asked.kind is FieldKind.SILENCE and self._comparison is not Comparison.IS:
            raise self._fault(
                part,
                language.said("ist ein Tag; richtig ist {id}:{text}").format(
                    id=self._asked.id, text=part.text
                ),
            )
        return day

    def _no(self, part: Part) -> NoReturn:
        raise self._fault(
            part,
            language.said("passt nicht zu {id}; möglich ist: {possible}").format(
                id=self._asked.id, possible=possible(self._asked)
            ),
        )

    def _fault(self, part: Part, sentence: str) -> SearchError:
        start = part.start
        return SearchError(
            f"{shown(part.text)} {place(start)} {sentence}.", start, start + len(part.text)
        )


def possible(asked: SearchField) -> str:
    """What can stand after a field, in words."""
    if asked.kind is FieldKind.CHOICE:
        # Of shares, where the policies set none.
        alone = (
            language.said(" (die Konzepte in Kraft setzen keine Anteile)")
            if len(asked.choices) == 1
            else ""
        )
        return ", ".join(asked.choices) + (alone if asked.id == "quote" else "")
    if asked.kind is FieldKind.FLAG:
        return "ja, nein"
    if asked.kind is FieldKind.NUMBER:
        return language.said("eine ganze Zahl") + (
            language.said(", u25, ue25") if asked.id == "alter" else ""
        )
    if asked.kind in _DAYS:
        return language.said("60t, 8w, 3m oder ein Tag wie 01.10.2026")
    return language.said("ein Text")
