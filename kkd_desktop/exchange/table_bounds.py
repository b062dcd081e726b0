"""How large may a table from outside be, and what must its headings be like?"""

from collections.abc import Callable, Sequence

from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError

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
        for place, cell in enumerate(cells):
            if len(cell) > MOST_LETTERS or "\0" in cell:
                self._check_cell(line, place, cell)

    def _check_cell(self, line: int, place: int, cell: str) -> None:
        named = place < len(self._header)
        field = f"Feld „{self._header[place][:60]}“" if named else f"Feld {place + 1}"
        where = f"{self._name}, Zeile {line}, {field}"
        most = self._most[place] if named else MOST_LETTERS
        if len(cell) > most:
            number, limit = texts.whole(len(cell)), texts.whole(most)
            raise UserError(f"{where}: {number} Zeichen sind zu viele; erlaubt sind {limit}.")
        if "\0" in cell:
            raise UserError(f"{where}: Das Feld enthält ein NUL-Zeichen; die Datei ist beschädigt.")


def require_rows(number: int, name: str, line: int) -> None:
    if number > MOST_ROWS:
        most = texts.whole(MOST_ROWS)
        raise UserError(f"{name}, Zeile {line}: Mehr als {most} Zeilen; bitte in Teilen einlesen.")


def require_columns(number: int, name: str, line: int) -> None:
    if number > MOST_COLUMNS:
        raise UserError(
            f"{name}, Zeile {line}, Feld {MOST_COLUMNS + 1}: Mehr als {MOST_COLUMNS} Felder in "
            "einer Zeile."
        )


def usable_header(cells: Sequence[str], name: str, line: int) -> tuple[str, ...]:
    """The headings; empty ones at the end are none. UserError where one stands twice."""
    header = [" ".join(cell.split()) for cell in cells]
    while header and not header[-1]:
        header.pop()
    if not header:
        raise UserError(f"{name}, Zeile {line}: Hier fehlen die Überschriften der Spalten.")
    for place, heading in enumerate(header):
        if heading and heading in header[:place]:
            shown = heading[:60]
            raise UserError(f"{name}, Zeile {line}: Die Spalte „{shown}“ gibt es zweimal.")
        if not all(sign.isprintable() for sign in heading):
            raise UserError(
                f"{name}, Zeile {line}, Feld {place + 1}: Die Überschrift enthält unsichtbare "
                "Steuerzeichen."
            )
    return tuple(header)
