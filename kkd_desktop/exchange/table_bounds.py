"""How large may a table from outside be, and what must its headings be like?"""

from collections.abc import Callable, Sequence

from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said

MOST_ROWS = 300_000
MOST_COLUMNS = 200
MOST_LETTERS = 2_000
MOST_LETTERS_OF_NOTES = 20_000
"""In columns that hold notes or histories."""

Progress = Callable[[int, int], object]


class Bounds:
    """Looks at the length of every field, and for signs that no text has."""

    def __init__(self, name: str, header: Sequence[str], notes: frozenset[str]) -> None:
        self._name = name
        self._header = header
        self._most = [MOST_LETTERS_OF_NOTES if each in notes else MOST_LETTERS for each in header]

    def check(self, line: int, cells: Sequence[str]) -> None:
        for column, cell in enumerate(cells):
            if len(cell) > MOST_LETTERS or "\0" in cell:
                self._check_cell(line, column, cell)

    def _check_cell(self, line: int, column: int, cell: str) -> None:
        named = column < len(self._header)
        field = (
            said("Feld „{heading}“").format(heading=self._header[column][:60])
            if named
            else said("Feld {number}").format(number=column + 1)
        )
        place = said("{name}, Zeile {line}, {field}").format(
            name=self._name, line=line, field=field
        )
        most = self._most[column] if named else MOST_LETTERS
        if len(cell) > most:
            raise UserError(
                said("{place}: {number} Zeichen sind zu viele; erlaubt sind {limit}.").format(
                    place=place, number=texts.whole(len(cell)), limit=texts.whole(most)
                )
            )
        if "\0" in cell:
            raise UserError(
                said("{place}: Das Feld enthält ein NUL-Zeichen; die Datei ist beschädigt.").format(
                    place=place
                )
            )


def require_rows(number: int, name: str, line: int) -> None:
    if number > MOST_ROWS:
        most = texts.whole(MOST_ROWS)
        raise UserError(
            said("{name}, Zeile {line}: Mehr als {most} Zeilen; bitte in Teilen einlesen.").format(
                name=name, line=line, most=most
            )
        )


def require_columns(number: int, name: str, line: int) -> None:
    if number > MOST_COLUMNS:
        raise UserError(
            said(
                "{name}, Zeile {line}, Feld {field}: Mehr als {most} Felder in einer Zeile."
            ).format(name=name, line=line, field=MOST_COLUMNS + 1, most=MOST_COLUMNS)
        )


def usable_header(cells: Sequence[str], name: str, line: int) -> tuple[str, ...]:
    """The headings; empty ones at the end are none. UserError where one stands twice."""
    header = [" ".join(cell.split()) for cell in cells]
    while header and not header[-1]:
        header.pop()
    if not header:
        raise UserError(
            said("{name}, Zeile {line}: Hier fehlen die Überschriften der Spalten.").format(
                name=name, line=line
            )
        )
    for place, heading in enumerate(header):
        if heading and heading in header[:place]:
            shown = heading[:60]
            raise UserError(
                said("{name}, Zeile {line}: Die Spalte „{heading}“ gibt es zweimal.").format(
                    name=name, line=line, heading=shown
                )
            )
        if not all(sign.isprintable() for sign in heading):
            raise UserError(
                said(
                    "{name}, Zeile {line}, Feld {field}: Die Überschrift enthält unsichtbare "
                    "Steuerzeichen."
                ).format(name=name, line=line, field=place + 1)
            )
    return tuple(header)
