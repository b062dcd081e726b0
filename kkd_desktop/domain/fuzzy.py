"""What does somebody mean who types in a hurry? Beginnings of words first, slips last.

A query is words in any order, each of which must fit. How well, is a grade: a whole word, its
beginning, initials (`koer` for Kontakt erfassen), letters inside, a guess: letters with gaps, or a
slip of the finger. The weakest word decides, then the sum, then the order of the entries: the same
query always has the same answer. Guesses are only made where nothing else fits.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum
from functools import cached_property, lru_cache
from itertools import accumulate

from kkd_desktop.domain.folding import spellings
from kkd_desktop.domain.values import Value

MOST_WORDS, MOST_LETTERS = 6, 40
_STEP, _IN_TITLE, _AT_START = 1000, 200, 100
_MOST_WEIGHED, _MOST_KNOWN = 200, 100
_LETTERS_FOR_A_SLIP = 4
_SEPARATORS = re.compile(r"[\W_]+")
_Spelled = tuple[str, ...]
"""A word in each way it may be written: `müller`, `mueller`."""


class Grade(IntEnum):
    """How well a word fits."""

    GUESS = 1
    INSIDE = 2
    INITIALS = 3
    BEGINNING = 4
    WHOLE = 5


_SURE = (Grade.BEGINNING, Grade.INITIALS, Grade.INSIDE)
_FEWEST_LETTERS = {
    Grade.GUESS: 3,
    Grade.INSIDE: 2,
    Grade.INITIALS: 2,
    Grade.BEGINNING: 1,
    Grade.WHOLE: 1,
}
"""How many letters a word has at least before it is looked for so."""


class Key(Value, frozen=True, gc=False):
    """What an entry is found by: folded words, each with a space before and behind it."""

    title: str
    more: str


class Fit(Value, frozen=True, gc=False):
    """`place` is that of the entry in the index."""

    place: int
    grade: Grade
    score: int


def key_of(title: str, *more: str) -> Key:
    """`more` is what an entry is found by besides its title, numbers also without separators."""
    rest = [word for part in more for word in (*_words(part), "".join(_words(part)))]
    return Key(f" {' '.join(_words(title))} ", f" {' '.join(dict.fromkeys(rest))} ")


class Index:
    """Entries made ready for many queries. Those that fit equally well keep their order."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._keys = list(keys)
        self._texts = [key.title + key.more for key in self._keys]
        self._known: dict[tuple[_Spelled, Grade], set[int]] = {}

    def prepare(self) -> Iterator[None]:
        """Make ready in steps what the first query would make at once."""
        parts: tuple[Callable[[], _Joined], ...] = (lambda: self._titles, lambda: self._words)
        for part in parts:
            part()
            yield

    def find(self, query: str, most: int) -> list[Fit]:
        """The `most` best, best first. A query without a letter fits nothing.

        Where hundreds fit equally well, not each of them is weighed.
        """
        words = _alternatives(query)
        if not words or not most:
            return []
        found: list[Fit] = []
        for grade in _SURE:
            if len(found) < most:
                found = self._fits(words, grade)
        # Guesses stand beside nothing that is sure.
        found = found or self._fits(words, Grade.GUESS)
        return sorted(found, key=lambda fit: (-fit.grade, -fit.score, fit.place))[:most]

    def _fits(self, words: Sequence[_Spelled], lowest: Grade) -> list[Fit]:
        """Whose words all fit at least so well."""
        first, *others = (self._places(word, lowest) for word in words)
        possible = sorted(first.intersection(*others))
        if len(possible) > _MOST_WEIGHED:
            start = f" {words[0][0]}"
            texts = self._texts
            begun = [at for at in possible if texts[at].startswith(start)]
            possible = list(dict.fromkeys((*begun, *possible)))[:_MOST_WEIGHED]
        return [self._fit(at, words) for at in possible]

    def _fit(self, at: int, words: Sequence[_Spelled]) -> Fit:
        key, text = self._keys[at], self._texts[at]
        scores = [max(_score(each, key, text) for each in word) for word in words]
        return Fit(at, Grade(min(scores) // _STEP), sum(scores))

    def _places(self, word: _Spelled, lowest: Grade) -> set[int]:
        """Where a word fits at least so well; kept, because the next letter changes one word."""
        known = self._known.get((word, lowest))
        if known is None:
            better = () if lowest is Grade.BEGINNING else self._places(word, Grade(lowest + 1))
            known = set(better).union(*(self._fitting(each, lowest) for each in word))
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[word, lowest] = known
        return known

    def _fitting(self, word: str, grade: Grade) -> Iterable[int]:
        texts = self._texts
        if len(word) < _FEWEST_LETTERS[grade]:
            return ()
        if grade is Grade.BEGINNING:
            start = f" {word}"
            return [at for at, text in enumerate(texts) if start in text]
        if grade is Grade.INSIDE:
            return [at for at, text in enumerate(texts) if word in text]
        # A number with a slip is the number of somebody else.
        if not word.isalpha():
            return ()
        if grade is Grade.INITIALS:
            return self._titles.matching(_initials(word))
        return self._words.matching(_guesses(word))

    @cached_property
    def _titles(self) -> "_Joined":
        return _Joined((key.title, (at,)) for at, key in enumerate(self._keys))

    @cached_property
    def _words(self) -> "_Joined":
        """Each word once, however many have it."""
        places: dict[str, list[int]] = {}
        for at, key in enumerate(self._keys):
            for word in key.title.split():
                places.setdefault(word, []).append(at)
        return _Joined((f" {word} ", found) for word, found in places.items())


class _Joined:
    """Many texts as one, through which a pattern looks as fast as the library can."""

    def __init__(self, texts: Iterable[tuple[str, Sequence[int]]]) -> None:
        every = list(texts)
        self._places = [places for _, places in every]
        self._text = "\n".join(text for text, _ in every)
        self._starts = list(accumulate((len(text) + 1 for text, _ in every), initial=0))

    def matching(self, pattern: re.Pattern[str]) -> Iterator[int]:
        at = 0
        while (match := pattern.search(self._text, at)) is not None:
            line = bisect_right(self._starts, match.start()) - 1
            yield from self._places[line]
            at = self._starts[line + 1] - 1


def marks(title: str, query: str) -> tuple[tuple[int, int], ...]:
    """Where the letters of a query stand in a title, as starts and ends in order."""
    places: set[int] = set()
    forms = [_with_places(title, spelled_out) for spelled_out in (False, True)]
    for alternatives in _alternatives(query):
        ways = [
            sorted({at[each] for each in _where(word, text)})
            for word in alternatives
            for text, at in forms
        ]
        # In one piece rather than with gaps.
        fitting = [way for way in ways if way]
        if fitting:
            whole: list[int] = min(fitting, key=lambda way: len(_runs(way)))
            places.update(whole)
    return tuple(_runs(sorted(places)))


def _score(word: str, key: Key, text: str) -> int:
    """The grade of a word, and what raises it within the grade; 0 where it does not fit."""
    for grade, sought in (
        (Grade.WHOLE, f" {word} "),
        (Grade.BEGINNING, f" {word}"),
        (Grade.INITIALS, None),
        (Grade.INSIDE, word),
        (Grade.GUESS, None),
    ):
        if len(word) < _FEWEST_LETTERS[grade]:
            continue
        if sought is not None:
            at = text.find(sought)
            if at >= 0:
                return grade * _STEP + _IN_TITLE * (at < len(key.title)) + _AT_START * (at == 0)
        elif word.isalpha() and (match := _PATTERNS[grade](word).search(key.title)) is not None:
            # The closer to what was typed the better.
            end = key.title.index(" ", match.end())
            return (grade + 1) * _STEP - min(end - match.start(), _STEP)
    return 0


@lru_cache(maxsize=64)
def _initials(word: str) -> re.Pattern[str]:
    """The letters in a row or each at the beginning of a later word of the title."""
    return re.compile(" " + r"(?:|[^\n]*? )".join(word))


@lru_cache(maxsize=64)
def _guesses(word: str) -> re.Pattern[str]:
    """A word with these letters in their order, the first at its beginning; or one that begins so
    but for one letter.
    """
    # Up to the next one that is the same, so that there is one way only and no going back.
    gaps = word[0] + "".join(rf"[^{each}\s]*{each}" for each in word[1:])
    ways = gaps if len(word) < _LETTERS_FOR_A_SLIP else f"{_slip(word)}|{gaps}"
    return re.compile(f" (?:{ways})")


def _slip(word: str) -> str:
    """Another letter, one too many, one too few, or two that changed places."""
    pattern = ""
    for at in reversed(range(len(word))):
        rest = word[at + 1 :]
        ways = [rf"\S{rest}", rest, rf"\S{word[at:]}"]
        if rest:
            ways.append(rest[0] + word[at] + rest[1:])
        if pattern:
            ways.insert(0, word[at] + pattern)
        pattern = f"(?:{'|'.join(ways)})"
    return pattern


_PATTERNS = {Grade.INITIALS: _initials, Grade.GUESS: _guesses}


def _words(text: str) -> list[str]:
    """Folded words; where letters may be spelled out (`ae`), in both ways."""
    return [word for form in spellings(text) for word in _SEPARATORS.split(form) if word]


def _alternatives(query: str) -> list[tuple[str, ...]]:
    """Each word of a query with its spellings."""
    words = [word for word in _SEPARATORS.split(query.strip()[: MOST_WORDS * MOST_LETTERS]) if word]
    return [tuple(each[:MOST_LETTERS] for each in spellings(word)) for word in words[:MOST_WORDS]]


def _with_places(title: str, spelled_out: bool) -> tuple[str, list[int]]:
    """The title folded, a space before it, and for each letter where it stands in the title."""
    letters, places = [" "], [0]
    for at, letter in enumerate(title):
        forms = spellings(letter) if letter.isalnum() else (" ",)
        folded = forms[-1] if spelled_out else forms[0]
        letters.append(folded)
        places.extend([at] * len(folded))
    return "".join(letters), places


def _where(word: str, text: str) -> Sequence[int]:
    """The places of a word's letters in a folded title."""
    if (at := text.find(f" {word}")) >= 0:
        return range(at + 1, at + 1 + len(word))
    for grade in (Grade.INITIALS, Grade.INSIDE, Grade.GUESS):
        if len(word) < _FEWEST_LETTERS[grade]:
            continue
        if grade is Grade.INSIDE:
            if (at := text.find(word)) >= 0:
                return range(at, at + len(word))
        elif word.isalpha() and (match := _PATTERNS[grade](word).search(text)) is not None:
            return _spread(word, text, match.start() + 1) or range(match.start() + 1, match.end())
    return ()


def _spread(word: str, text: str, at: int) -> list[int]:
    """Each letter right after the one before, else at the beginning of a word, else anywhere; none
    where one is missing.
    """
    places: list[int] = []
    for letter in word:
        if text[at : at + 1] != letter:
            begins = text.find(f" {letter}", at)
            at = begins + 1 if begins >= 0 else text.find(letter, at)
        if at < 0:
            return []
        places.append(at)
        at += 1
    return places


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at in places:
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs
