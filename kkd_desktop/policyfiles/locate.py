"""In which line of a TOML text does a key stand? `tomllib` forgets it."""

import re
from collections.abc import Iterator

from kkd_desktop.policyfiles.faults import KeyPath
from kkd_desktop.policyfiles.source import blank_strings

_ARRAY = re.compile(r"\s*\[\[(?P<name>[^\]]+)\]\]")
_TABLE = re.compile(r"\s*\[(?P<name>[^\]]+)\]")
_KEY = re.compile(r"(?P<name>[^=]*)=")


class Locator:
    """Lines of all keys and tables of one text; inside an inline table, the line it begins on."""

    def __init__(self, text: str) -> None:
        self._lines: dict[KeyPath, int] = {(): 1}
        self._last: dict[KeyPath, int] = {}
        table: KeyPath = ()
        for number, bare, line in _statements(text):
            if found := _ARRAY.match(bare):
                table = self._next_of(_parts(line, found))
            elif found := _TABLE.match(bare):
                table = self._resolved(_parts(line, found))
            elif found := _KEY.match(bare):
                self._remember(table + _parts(line, found), number)
                continue
            self._remember(table, number)

    def line_of(self, key_path: KeyPath) -> int:
        """The line of the key, or else of the nearest table around it."""
        while key_path not in self._lines:
            key_path = key_path[:-1]
        return self._lines[key_path]

    def _remember(self, path: KeyPath, number: int) -> None:
        for length in range(1, len(path) + 1):
            self._lines.setdefault(path[:length], number)

    def _next_of(self, parts: KeyPath) -> KeyPath:
        array = (*self._resolved(parts[:-1]), *parts[-1:])
        self._last[array] = self._last.get(array, -1) + 1
        return (*array, self._last[array])

    def _resolved(self, parts: KeyPath) -> KeyPath:
        """`rule.shares` → `rule[3].shares` where the fourth rule is the one being written."""
        path: KeyPath = ()
        for part in parts:
            path = (*path, part)
            if path in self._last:
                path = (*path, self._last[path])
        return path


def _statements(text: str) -> Iterator[tuple[int, str, str]]:
    """Lines on which something begins: number, the line without strings, the line itself."""
    depth = 0
    for number, (bare, line) in enumerate(
        zip(blank_strings(text).split("\n"), text.split("\n"), strict=True), start=1
    ):
        if depth == 0:
            yield number, bare, line
        depth = max(0, depth + sum(bare.count(sign) for sign in "[{") - bare.count("]"))
        depth = max(0, depth - bare.count("}"))


def _parts(line: str, found: re.Match[str]) -> KeyPath:
    """The parts of a dotted name, read from the line itself because a part may be quoted."""
    name = line[found.start("name") : found.end("name")]
    return tuple(part.strip().strip("\"'") for part in name.split("."))
