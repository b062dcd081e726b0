"""How is text compared, when people search and sort?"""

from functools import lru_cache

_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def fold(text: str) -> str:
    """Text without case and accents, `ä` as `a`."""
    plain = text.casefold()
    return plain if plain.isascii() else _without_accents(plain)


@lru_cache(maxsize=20_000)
def _without_accents(text: str) -> str:
    from unicodedata import combining, normalize

    return "".join(part for part in normalize("NFKD", text) if not combining(part))


def spellings(text: str) -> tuple[str, ...]:
    """Text folded, and with `ä` as `ae` where that is another: both are typed."""
    plain = text.casefold()
    if plain.isascii():
        return (plain,)
    return tuple(dict.fromkeys((_without_accents(plain), fold(plain.translate(_SPELLED_OUT)))))
