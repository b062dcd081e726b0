"""Which text from outside may come in? Whatever passes looks on every screen as it is stored."""

import re
import unicodedata

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said

LINE_LENGTH = 200
TEXT_LENGTH = 20_000

_BIDI_AND_SEPARATORS = "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
_SURROGATES = "\ud800-\udfff"
_NOT_IN_LINE = rf"[\x00-\x1f\x7f-\x9f{_BIDI_AND_SEPARATORS}{_SURROGATES}]"
_NOT_IN_TEXT = rf"[\x00-\x08\x0b-\x1f\x7f-\x9f{_BIDI_AND_SEPARATORS}{_SURROGATES}]"

MAIL_ADDRESS = re.compile(r"[^\s@:;,<>\"\\]+@[^\s@:;,<>\"\\]+\.[^\s@:;,<>\"\\]+")


def line(value: str, label: str, *, required: bool = False) -> str:
    """A name, number or other single line, trimmed; `label` is what the user calls the field."""
    text = _checked(value.strip(), label, _NOT_IN_LINE, LINE_LENGTH)
    if required and not text:
        raise UserError(said("Das Feld „{label}“ darf nicht leer sein.").format(label=label))
    return text


def mail_address(value: str, label: str) -> str:
    """A plain address such as `team@jobcenter.example`, or nothing."""
    found = line(value, label)
    if found and not MAIL_ADDRESS.fullmatch(found):
        raise UserError(
            said("{label}: „{found}“ ist keine E-Mail-Adresse.").format(label=label, found=found)
        )
    return found


def text(value: str, label: str) -> str:
    """Notes of several lines. Tabs and line feeds stay, other line ends become line feeds."""
    unix = value.replace("\r\n", "\n").replace("\r", "\n")
    return _checked(unix, label, _NOT_IN_TEXT, TEXT_LENGTH)


def _checked(value: str, label: str, forbidden: str, length: int) -> str:
    """Control characters hide text, and bidi characters let it read other than it is stored."""
    if found := re.search(forbidden, value):
        raise UserError(
            said(
                "Das Feld „{label}“ enthält an Stelle {value} ein unsichtbares "
                "Steuerzeichen (U+{ord}); bitte dort neu eintippen."
            ).format(label=label, value=found.start() + 1, ord=f"{ord(found[0]):04X}")
        )
    # One form for an ö, however the keyboard or file writes it: otherwise a search misses it.
    normal = unicodedata.normalize("NFC", value)
    if len(normal) > length:
        raise UserError(
            said(
                "Das Feld „{label}“ ist mit {normal} Zeichen zu lang; erlaubt sind {length}."
            ).format(label=label, normal=len(normal), length=length)
        )
    return normal
