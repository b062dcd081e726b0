"""Which characters can our font print?

PDF/A and PDF/UA forbid a letter without a glyph, and typst then refuses the whole document. One
name in a foreign script must not cost the list, so such letters are replaced beforehand.
"""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache

from kkd_desktop import paths

PLACEHOLDER = "□"

_INVISIBLE = ("Cc", "Cf")
_SEGMENTED = 4
"""The layout of the character map that every such font has: segments up to U+FFFF."""


def printable(text: str) -> str:
    """`text` with □ for what the font lacks, and without marks of control and direction."""
    known = _covered()
    if known.issuperset(map(ord, text)):
        return text
    return "".join(char if ord(char) in known else _substitute(char) for char in text)


def _substitute(char: str) -> str:
    category = unicodedata.category(char)
    if char in "\n\t" or category.startswith("Z"):
        return " "
    return "" if category in _INVISIBLE else PLACEHOLDER


@cache
def _covered() -> frozenset[int]:
    """The visible code points that all our styles have."""
    fonts = (paths.resources() / "fonts").glob("*.ttf")
    shared = set.intersection(*(set(glyph_numbers(font.read_bytes())) for font in fonts))
    return frozenset(code for code in shared if unicodedata.category(chr(code)) not in _INVISIBLE)


def glyph_numbers(font: bytes) -> dict[int, int]:
    """Code point → glyph: https://learn.microsoft.com/typography/opentype/spec/cmap"""
    start = table_start(font, b"cmap")
    found: dict[int, int] = {}
    (count,) = struct.unpack_from(">H", font, start + 2)
    for number in range(count):
        (offset,) = struct.unpack_from(">4xL", font, start + 4 + 8 * number)
        (layout,) = struct.unpack_from(">H", font, start + offset)
        if layout == _SEGMENTED:
            found.update(_segments(font, start + offset))
    return found


def table_start(font: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">4xH", font)
    for number in range(count):
        name, offset = struct.unpack_from(">4s4xL", font, 12 + 16 * number)
        if name == tag:
            return int(offset)
    raise ValueError(f"font without a {tag.decode()} table")


def _segments(font: bytes, start: int) -> Iterator[tuple[int, int]]:
    (double,) = struct.unpack_from(">6xH", font, start)
    ends, starts, deltas, ranges = (
        start + 14 + part * double + (2 if part else 0) for part in range(4)
    )
    for at in range(0, double, 2):
        first, last, delta, reach = (
            struct.unpack_from(">H", font, part + at)[0] for part in (starts, ends, deltas, ranges)
        )
        for code in range(first, last + 1):
            glyph = code
            if reach:
                (glyph,) = struct.unpack_from(">H", font, ranges + at + reach + 2 * (code - first))
            number = (glyph + delta) & 0xFFFF
            # Glyph 0 is the box for "missing".
            if glyph and number:
                yield code, number
