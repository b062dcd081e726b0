"""How wide is a line of an address in our font, and which letters does the font lack?"""

import struct
from functools import cache

from kkd_desktop import paths
from kkd_desktop.paper.glyphs import PLACEHOLDER, glyph_numbers, printable, table_start

ADDRESS_SIZE = 10.0
"""Points, as in the template of letters."""

_MILLIMETRES_PER_POINT = 25.4 / 72


class LetterFace:
    """The font of letters as the completeness check needs it."""

    def width(self, text: str) -> float:
        """Millimetres without kerning, which only ever makes a line shorter."""
        advances, units = _advances()
        total = sum(advances.get(ord(char), units) for char in printable(text))
        return total * ADDRESS_SIZE / units * _MILLIMETRES_PER_POINT

    def lacking(self, text: str) -> str:
        return "".join(
            char for char in text if char != PLACEHOLDER and printable(char) == PLACEHOLDER
        )


@cache
def _advances() -> tuple[dict[int, int], int]:
    """Advance width of each code point, and the units of the em square."""
    font = (paths.resources() / "fonts" / "LiberationSans-Regular.ttf").read_bytes()
    (units,) = struct.unpack_from(">H", font, table_start(font, b"head") + 18)
    (count,) = struct.unpack_from(">H", font, table_start(font, b"hhea") + 34)
    widths = struct.unpack_from(">" + "H2x" * count, font, table_start(font, b"hmtx"))
    # Glyphs after the last width share it.
    return {
        code: widths[min(glyph, count - 1)] for code, glyph in glyph_numbers(font).items()
    }, int(units)
