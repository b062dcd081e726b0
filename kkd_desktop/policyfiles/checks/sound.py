"""Which parts of a document have the right form, so that a check may rely on them?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from kkd_desktop.domain import language
from kkd_desktop.policyfiles.faults import KeyPath
from kkd_desktop.policyfiles.source import Document

Found = Iterator[tuple[KeyPath, str]]
Tables = list[tuple[int, Mapping[str, Any]]]


class Sound:
    """A document without what is broken in it."""

    def __init__(self, document: Document, broken: Sequence[KeyPath]) -> None:
        self._document = document
        self._broken = [path for path in broken if path]

    def has(self, key: str) -> bool:
        return key in self._document

    def value(self, key: str) -> Any:
        return None if self._is_broken((key,)) else self._document.get(key)

    def named(self, key: str) -> Mapping[str, Any]:
        """The entries of a table of names, also those with a fault of their own."""
        return {} if (key,) in self._broken else self._document.get(key, {})

    def entries(self, key: str) -> Mapping[str, Any]:
        """Those of them that are in order."""
        return {
            name: said for name, said in self.named(key).items() if not self._is_broken((key, name))
        }

    def tables(self, key: str) -> Tables:
        if (key,) in self._broken:
            return []
        return [
            (index, table)
            for index, table in enumerate(self._document.get(key, ()))
            if not self._is_broken((key, index))
        ]

    def is_whole(self, key: str) -> bool:
        """Whether nothing of it is broken: only then something may be said to be missing."""
        return not self._is_broken((key,))

    def _is_broken(self, path: KeyPath) -> bool:
        return any(broken[: len(path)] == path for broken in self._broken)


def meant(name: str, known: Iterable[str]) -> str:
    """` Ist „kurz“ gemeint?` where something is spelt nearly like it."""
    near = get_close_matches(name, sorted(known), n=1)
    return language.said(" Ist „{word}“ gemeint?").format(word=near[0]) if near else ""
