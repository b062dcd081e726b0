"""Which pages does `3, 7-9` mean?"""

import re

from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said

_PART = re.compile(r"(\d{1,6})(?:\s*(?:-|–|bis)\s*(\d{1,6}))?")


def pages_in(text: str, count: int) -> frozenset[int]:
    """The pages somebody wrote down, of a document of so many; `UserError` says what is wrong."""
    found: set[int] = set()
    for part in re.split(r"[,;]", text):
        if not part.strip():
            continue
        match = _PART.fullmatch(part.strip())
        if match is None:
            raise UserError(
                said("„{strip}“ ist keine Seite. Beispiel: 3, 7-9.").format(strip=part.strip()[:20])
            )
        first, last = sorted((int(match[1]), int(match[2] or match[1])))
        for page in (first, last):
            if not 1 <= page <= count:
                held = texts.counted(count, "Seite", "Seiten")
                raise UserError(
                    said("Seite {page} gibt es nicht; das Dokument hat {held}.").format(
                        page=page, held=held
                    )
                )
        found |= set(range(first, last + 1))
    return frozenset(found)


def pages_text(pages: range) -> str:
    """`Seite 3`, `Seite 3–4`."""
    first, last = pages[0], pages[-1]
    return (
        said("Seite {first}").format(first=first)
        if first == last
        else said("Seite {first}–{last}").format(first=first, last=last)
    )
