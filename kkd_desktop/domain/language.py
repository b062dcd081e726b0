"""Which language does the reader of a text speak? German is the source and costs nothing.

What leaves the house is German whatever the window speaks: letters, lists, reports, calendar
entries, tables, names of steps and stored reasons. Whoever makes them does so `with german():`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Protocol, TypeVar

from kkd_desktop.domain.errors import UserError

Key = TypeVar("Key")

COUNTED = "counted"
"""The context in the catalogue of words after a number: there `Tag` is `day`, alone it is `Day`."""


class Catalogue(Protocol):
    """What gettext of the standard library makes of a catalogue."""

    def gettext(self, message: str) -> str: ...
    def pgettext(self, context: str, message: str) -> str: ...


_for_the_office: ContextVar[bool] = ContextVar("for_the_office", default=False)
_catalogue: Catalogue | None = None
_known_texts: tuple[str, ...] = ()


def speak(catalogue: Catalogue | None, known_texts: tuple[str, ...] = ()) -> None:
    """From now on the reader gets what stands in this catalogue; None: German itself.

    `known_texts` are the German texts in it, for knowing again what was kept in German.
    """
    global _catalogue, _known_texts
    _catalogue, _known_texts = catalogue, known_texts


def known_texts() -> tuple[str, ...]:
    """The German texts that the catalogue has in another language."""
    return _known_texts


def is_german() -> bool:
    """Is what is said here and now read as German?"""
    return _catalogue is None or _for_the_office.get()


def said(text: str) -> str:
    """The German text in the language of its reader."""
    # Of nothing a catalogue tells who made it.
    if _catalogue is None or not text or _for_the_office.get():
        return text
    return _catalogue.gettext(text)


def said_of_number(text: str) -> str:
    """The same of a word that follows a number."""
    if _catalogue is None or _for_the_office.get():
        return text
    return _catalogue.pgettext(COUNTED, text)


def to_say(text: str) -> str:
    """The German text itself, entered into the catalogue for whoever says it later."""
    return text


def each_to_say(*german: str) -> tuple[str, ...]:
    """Several of them."""
    return german


def to_count(one: str, many: str) -> tuple[str, str]:
    """The German words for one and for many, entered into the catalogue for a later number."""
    return one, many


@contextmanager
def german() -> Iterator[None]:
    """All that is said inside is for the office: German. A decorator, too.

    Why something does not work is for the reader of the window all the same.
    """
    before = _for_the_office.set(True)
    try:
        try:
            yield
        finally:
            _for_the_office.reset(before)
    except UserError as fault:
        if not is_german():
            # It is made of what stands here.
            from kkd_desktop.domain.stored_words import said_again

            fault.args = (said_again(str(fault)),)
        raise


class Sayings(Mapping[Key, str]):
    """Words by what they stand for, each said when it is asked for."""

    def __init__(self, words: Mapping[Key, str]) -> None:
        self.german: Final = words

    def __getitem__(self, key: Key) -> str:
        return said(self.german[key])

    def __iter__(self) -> Iterator[Key]:
        return iter(self.german)

    def __len__(self) -> int:
        return len(self.german)
