"""Addresses on labels, 24 to a sheet."""

from collections.abc import Sequence
from datetime import date

from kkd_desktop.domain.language import german
from kkd_desktop.paper.typesetting import typeset

PER_SHEET = 24
LABEL_WIDTH = 58.0
"""Millimetres of the 70 that text may use."""


@german()
def address_labels(addresses: Sequence[Sequence[str]], printed_on: date, *, skip: int = 0) -> bytes:
    """One label each, in order; the first `skip` of the sheet are used up already."""
    cells: list[list[str]] = [[] for _ in range(skip)]
    cells += [list(lines) for lines in addresses]
    sheets = [cells[start : start + PER_SHEET] for start in range(0, len(cells), PER_SHEET)]
    return typeset("etiketten", {"sheets": sheets}, printed_on)
