"""What was kept in German, for a reader of another language: names of steps, labels, notes.

Only what the program itself has said is known again; what somebody typed stays as it is.
"""

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.language import said, said_of_number

_PLACE = re.compile(r"\{(\w*)\}")
_FEWEST_LETTERS = 4
"""A text of fewer between its places would fit anything."""

_BETWEEN = (" · ", "; ", ": ", ", ")
_COUNTED = re.compile(r"(\d{1,3}(?:\.?\d{3})*) (\D.*)")
_LETTER = re.compile(r"[^\W\d_]")
_WEEKDAY = re.compile(rf"\b({'|'.join(texts.WEEKDAYS)})(?= \d\d\.\d\d\.)")


class _Form:
    """A German text with places, by which what was made of it is known again."""

    def __init__(self, text: str) -> None:
        pieces = _PLACE.split(text)
        self.text = text
        self.literal = pieces[0::2]
        self.letters = sum(letter.isalpha() for piece in self.literal for letter in piece)
        self.signs = sum(map(len, self.literal))
        self._names = pieces[1::2]

    def is_whole(self) -> bool:
        return all(self._names) and self.letters >= _FEWEST_LETTERS

    def values(self, text: str) -> dict[str, str] | None:
        """What stood in the places; None where the text was not made of this one."""
        found = re.fullmatch(self._pattern(), text, re.DOTALL)
        return None if found is None else found.groupdict()

    def _pattern(self) -> str:
        pattern, seen = re.escape(self.literal[0]), set()
        for name, literal in zip(self._names, self.literal[1:], strict=True):
            pattern += f"(?P={name})" if name in seen else f"(?P<{name}>.+?)"
            pattern += re.escape(literal)
            seen.add(name)
        return pattern


def said_again(text: str) -> str:
    """The text in the language of its reader, with the days and numbers that stand in it."""
    if language.is_german():
        return text
    for way in _WAYS:
        found = way(text)
        if found != text:
            return found
    return text


def _counted(text: str) -> str:
    found = _COUNTED.fullmatch(text)
    if found is None:
        return text
    number, word = found.groups()
    told = said_of_number(word)
    return text if told == word else f"{texts.whole(int(number.replace('.', '')))} {told}"


def _filled(text: str) -> str:
    """Of several forms the one that explains most of the text."""
    for form in _forms(language.known_texts()):
        if not (text.startswith(form.literal[0]) and text.endswith(form.literal[-1])):
            continue
        values = form.values(text)
        if values is not None:
            told = {name: _of_place(form, name, value) for name, value in values.items()}
            return said(form.text).format(**told)
    return text


def _of_place(form: _Form, name: str, value: str) -> str:
    """What stands in quotation marks is a name that somebody gave."""
    return value if f"„{{{name}}}“" in form.text else said_again(value)


def _joined(text: str) -> str:
    for sign in _BETWEEN:
        parts = text.split(sign)
        if len(parts) > 1:
            return sign.join(said_again(part) for part in parts)
    return text


def _listed(text: str) -> str:
    """`30.11.2026 und Monatsende`, where nothing in it is unknown."""
    first, sign, last = text.rpartition(" und ")
    if not sign:
        return text
    parts = [*first.split(", "), last]
    told = [said_again(part) for part in parts]
    known = (new != old or not _LETTER.search(old) for new, old in zip(told, parts, strict=True))
    return texts.listed(told) if all(known) else text


def _dated(text: str) -> str:
    return _WEEKDAY.sub(lambda found: said(found[0]), text)


_WAYS: tuple[Callable[[str], str], ...] = (said, _counted, _filled, _listed, _joined, _dated)


@lru_cache(maxsize=1)
def _forms(known: tuple[str, ...]) -> tuple[_Form, ...]:
    return tuple(sorted(_with_places(known), key=lambda form: (-form.letters, -form.signs)))


def _with_places(known: Collection[str]) -> Iterator[_Form]:
    for text in known:
        if "{" in text and "{{" not in text:
            form = _Form(text)
            if form.is_whole():
                yield form
