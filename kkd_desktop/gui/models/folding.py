"""How is text compared, when people search and sort?"""

from functools import lru_cache


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Text without case and accents, `ä` as `a`."""
    plain = text.casefold()
    if plain.isascii():
        return plain
    from unicodedata import combining, normalize

    return "".join(part for part in normalize("NFKD", plain) if not combining(part))
