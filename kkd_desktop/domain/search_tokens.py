"""Which words and signs does a query line consist of, and where do they stand?"""

import re
from collections.abc import Iterator
from enum import StrEnum

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.domain.search_query import AND, NOT, OR
from kkd_desktop.domain.texts import quoted
from kkd_desktop.domain.values import Value

LONGEST = 1000
_QUOTES = {'"': '"', "„": "“”", "“": "”", "»": "«"}
_NEGATING = re.compile(rf"{NOT}\s*:\s*(?=\S)", re.IGNORECASE)
_COMPARING = re.compile(r":?\s*(>=|=>|≥|<=|=<|≤|<|>)|:|=")
_ENDING = re.compile(r"[\s()]")


class SearchError(UserError):
    """A query that cannot be understood; `start` and `end` are where, counted from 0. `brief` is
    the sentence without all that would be possible instead.
    """

    def __init__(self, sentence: str, start: int, end: int, brief: str = "") -> None:
        super().__init__(sentence)
        self.start, self.end = start, end
        self.brief = brief or sentence


class TokenKind(StrEnum):
    OPEN = "("
    CLOSE = ")"
    NOT = "-"
    AND = AND
    OR = OR
    TERM = "term"


class Part(Value, frozen=True):
    """A piece of text and where it begins; `quoted` where it stood in quotation marks."""

    text: str
    start: int
    quoted: bool = False


class Token(Value, frozen=True):
    """Of a term: the name before the sign that compares (empty for a free word), and the values."""

    kind: TokenKind
    start: int
    end: int
    name: str = ""
    sign: str = ""
    values: tuple[Part, ...] = ()


def place(start: int) -> str:
    return said("an Stelle {value}").format(value=start + 1)


def shown(text: str) -> str:
    """What a sentence quotes of a query, with nothing in it that a screen would obey."""
    plain = "".join(sign if sign.isprintable() else "�" for sign in text)
    return quoted(plain if len(plain) <= 30 else plain[:29] + "…")


def tokens(line: str) -> Iterator[Token]:
    if len(line) > LONGEST:
        raise SearchError(
            said("Die Suche ist zu lang: möglich sind {longest} Zeichen.").format(longest=LONGEST),
            LONGEST,
            len(line),
        )
    at = 0
    while at < len(line):
        if line[at].isspace():
            at += 1
            continue
        found = _sign(line, at) or _term(line, at)
        yield found
        at = found.end


def _sign(line: str, at: int) -> Token | None:
    if line[at] in "()":
        return Token(TokenKind(line[at]), at, at + 1)
    if line[at] in "-−":
        return Token(TokenKind.NOT, at, at + 1)
    if negating := _NEGATING.match(line, at):
        return Token(TokenKind.NOT, at, negating.end())
    return None


def _term(line: str, at: int) -> Token:
    start, name, sign = at, "", ""
    if line[at] not in _QUOTES:
        stop = _ENDING.search(line, at)
        # A sign inside of quotation marks is part of the text.
        until = min(
            [stop.start() if stop else len(line)]
            + [found for quote in _QUOTES if (found := line.find(quote, at)) >= 0]
        )
        compared = _COMPARING.search(line, at, until)
        if compared:
            name, sign = line[at : compared.start()], compared[1] or ":"
            at = compared.end()
    values, at = _values(line, at, split=bool(sign))
    if not sign and len(values) == 1 and not values[0].quoted:
        word = values[0].text.casefold()
        if word in (AND, OR, NOT):
            kind = TokenKind.NOT if word == NOT else TokenKind(word)
            return Token(kind, start, at)
    return Token(TokenKind.TERM, start, at, name, sign, values)


def _values(line: str, at: int, *, split: bool) -> tuple[tuple[Part, ...], int]:
    """Values up to the end of the term, parted by commas where it is one with a name."""
    found = []
    while True:
        part, at = _value(line, at, split=split)
        found.append(part)
        if not (split and line[at : at + 1] == ","):
            return tuple(found), at
        at += 1


def _value(line: str, at: int, *, split: bool) -> tuple[Part, int]:
    start, text, quoted = at, "", False
    while at < len(line) and not _ENDING.match(line[at]) and not (split and line[at] == ","):
        if line[at] in _QUOTES and not text:
            text, at = _quoted(line, at)
            return Part(text, start, quoted=True), at
        text += line[at]
        at += 1
    return Part(text, start, quoted), at


def _quoted(line: str, at: int) -> tuple[str, int]:
    opening, closing, text = at, _QUOTES[line[at]], ""
    at += 1
    while at < len(line):
        if line[at] not in closing:
            text += line[at]
        elif line[at : at + 2] == '""':
            text += '"'
            at += 1
        else:
            return text, at + 1
        at += 1
    raise SearchError(
        said("Das Anführungszeichen {place} wird nicht geschlossen.").format(place=place(opening)),
        opening,
        len(line),
    )
