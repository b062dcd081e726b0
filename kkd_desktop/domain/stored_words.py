"""What was kept in German, for a reader of another language: names of steps, labels, notes.

Only what the program itself has said is known again; what somebody typed stays as it is.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.language import said, said_of_number, to_say

_PLACE = re.compile(r"\{(\w*)\}")
_FEWEST_LETTERS = 4
"""A text of fewer between its places would fit anything."""

_BETWEEN = (" · ", "; ", ": ", ", ")
_AND = f" {to_say('und')} "
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
        return bool(self._names) and all(self._names) and self.letters >= _FEWEST_LETTERS

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
    if language.is_german() or not _LETTER.search(text):
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
    forms = _forms(language.known_texts())
    near = [each for end in _ends(text, text) for each in forms.get(end, ())]
    for form in sorted(near, key=lambda each: (-each.letters, -each.signs)):
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
    first, sign, last = text.rpartition(_AND)
    if not sign:
        return text
    parts = [*first.split(", "), last]
    told = [said_again(part) for part in parts]
    known = (new != old or not _LETTER.search(old) for new, old in zip(told, parts, strict=True))
    return texts.listed(told) if all(known) else text


def _dated(text: str) -> str:
    return _WEEKDAY.sub(lambda found: said(found[0]), text)


_WAYS: tuple[Callable[[str], str], ...] = (said, _counted, _filled, _listed, _joined, _dated)


End = tuple[str, str]
"""By which of its ends a form is found, and the sign there."""


def _ends(first: str, last: str) -> tuple[End, ...]:
    return ("first", first[:1]), ("last", last[-1:]), ("", "")


@lru_cache(maxsize=1)
def _forms(known: tuple[str, ...]) -> dict[End, list[_Form]]:
    """A form that begins with a place is found by its last sign, else by its first."""
    found: dict[End, list[_Form]] = {}
    for text in known:
        form = _Form(text)
        if "{{" not in text and form.is_whole():
            ends = _ends(form.literal[0], form.literal[-1])
            found.setdefault(next(end for end in ends if end[1] or not end[0]), []).append(form)
    return found
