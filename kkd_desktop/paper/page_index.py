"""On which pages of a batch does each letter stand?"""

from collections.abc import Sequence
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, Pdf


def pages_of_letters(pdf: bytes, headings: Sequence[int]) -> tuple[range, ...]:
    """The pages of each letter, counted from 1; empty where the document does not tell.

    `headings` says how many main headings each letter has: its subject, and that of its receipt. A
    screen reader finds them, so they are there; an office's own template may have others, and then
    nothing is better than a guess.
    """
    starts, count = _headed_pages(pdf)
    if len(starts) != sum(headings) or starts[:1] != [1] or starts != sorted(set(starts)):
        return ()
    firsts, place = [], 0
    for number in headings:
        firsts.append(starts[place])
        place += number
    return tuple(
        range(first, behind) for first, behind in zip(firsts, [*firsts[1:], count + 1], strict=True)
    )


def _headed_pages(pdf: bytes) -> tuple[list[int], int]:
    """The pages with a main heading in their order, and how many pages there are."""
    with Pdf.open(BytesIO(pdf)) as document:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, start=1)}
        found: list[int] = []
        for part in _children(document.Root.StructTreeRoot):
            for element in _children(part):
                if element.S == Name.H1 and Name.Pg in element:
                    found.append(numbers[element[Name.Pg].objgen])
        return found, len(numbers)


def _children(parent: Object) -> list[Object]:
    """The elements right below one; an only child stands there without a list."""
    below = parent.get(Name.K, Array())
    return [
        each
        for each in (below if isinstance(below, Array) else [below])
        if isinstance(each, Dictionary) and Name.S in each
    ]
