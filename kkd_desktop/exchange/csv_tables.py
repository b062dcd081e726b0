"""How is a table read from CSV, strictly, and written so that it is safe to open?"""

import csv
import re
from codecs import lookup
from collections.abc import Iterator
from datetime import date
from io import StringIO

from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.domain.table import DELIMITERS, Cell, Sheet, Table, TableForm, TableRow
from kkd_desktop.exchange.table_bounds import (
    Bounds,
    Progress,
    require_columns,
    require_rows,
    usable_header,
)

OFFERED = {"utf-8": "UTF-8", "cp1252": "Windows-1252", "utf-16": "UTF-16", "cp850": "DOS (CP 850)"}
"""Charsets to choose from, where the file does not say which it is in."""

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", ""),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CHARSETS = frozenset(
    {*OFFERED, "utf-8-sig", "utf-16-le", "utf-16-be", "iso8859-1", "iso8859-15", "mac-roman"}
)
"""All that are read when somebody names them."""

_SAMPLE = 20
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})
_BEGINNING = 4096
_REPORT_EVERY = 2000

# What a spreadsheet may carry out, the apostrophes that were put before it included: so every
# text can be guarded once more, and taken back word for word.
_TO_GUARD = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")


class CharsetUnknown(UserError):
    """The file is not in UTF-8 and does not say in what it is: somebody has to choose."""


def read_csv(
    data: bytes, name: str, form: TableForm, notes: frozenset[str], progress: Progress
) -> Table:
    text, encoding = _decoded(data, name, form.encoding)
    delimiter = form.delimiter
    if found := _SEPARATOR_LINE.match(text):
        delimiter, text = delimiter or found[1], "\n" + text[found.end() :]
    delimiter = delimiter or detected_delimiter(text)
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise UserError(
            said("{name}: „{delimiter}“ kann kein Trennzeichen sein.").format(
                name=name, delimiter=delimiter
            )
        )
    records = _records(text, name, delimiter)
    line, first = next(records, (1, []))
    header = usable_header(first, name, line)
    bounds = Bounds(name, header, notes)
    bounds.check(line, header)
    total = text.count("\n") + 1
    rows = []
    for number, (line, cells) in enumerate(records, 1):
        require_rows(number, name, line)
        if len(cells) > len(header) and not any(cells[len(header) :]):
            cells = cells[: len(header)]
        bounds.check(line, cells)
        rows.append(TableRow(line, tuple(map(_unguarded, cells))))
        if number % _REPORT_EVERY == 0:
            progress(line, total)
    return Table(name, header, tuple(rows), TableForm(encoding, delimiter))


def detected_delimiter(text: str) -> str:
    """The sign that parts the first rows most alike; a semicolon where none does."""
    best, most = ";", (0, 0)
    for delimiter in DELIMITERS:
        lengths = []
        try:
            for cells in csv.reader(StringIO(text[:200_000], newline=""), delimiter=delimiter):
                lengths.append(len(cells))
                if len(lengths) == _SAMPLE:
                    break
        except csv.Error:
            # The rest of the file says what is wrong; here only what was read before counts.
            pass
        filled = [length for length in lengths if length]
        if filled and filled[0] > 1:
            alike = sum(length == filled[0] for length in filled)
            if (alike, filled[0]) > most:
                best, most = delimiter, (alike, filled[0])
    return best


def _decoded(data: bytes, name: str, wanted: str) -> tuple[str, str]:
    marked = next(((mark, encoding) for mark, encoding in _BOMS if data.startswith(mark)), None)
    if marked is not None and not marked[1]:
        raise UserError(
            said("{name}: UTF-32 wird nicht gelesen; bitte als UTF-8 speichern.").format(name=name)
        )
    encoding = marked[1] if marked is not None else _known(wanted, name) or "utf-8"
    if not encoding.startswith("utf-16"):
        _require_text(data, name)
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as fault:
        # A BOM is no part of what is decoded, nor of what the fault counts.
        line = fault.object[: fault.start].count(b"\n") + 1
        if wanted or marked:
            raise UserError(
                said(
                    "{name}, Zeile {line}: Das Byte {byte} gibt es in {encoding} nicht; der "
                    "Zeichensatz ist ein anderer, oder die Datei ist beschädigt."
                ).format(
                    name=name,
                    line=line,
                    byte=f"{fault.object[fault.start]:02X}",
                    encoding=OFFERED.get(encoding.removesuffix("-sig"), encoding),
                )
            ) from None
        raise CharsetUnknown(
            said(
                "{name}, Zeile {line}: Die Datei ist nicht in UTF-8. Bitte den Zeichensatz "
                "wählen, meist Windows-1252 (cp1252)."
            ).format(name=name, line=line)
        ) from None


def _known(wanted: str, name: str) -> str:
    if not wanted:
        return ""
    try:
        found = lookup(wanted).name
    except (LookupError, ValueError):
        found = ""
    if found not in _CHARSETS:
        raise UserError(
            said(
                "{name}: Den Zeichensatz „{wanted}“ gibt es hier nicht (möglich: {known})."
            ).format(name=name, wanted=wanted[:40], known=", ".join(OFFERED))
        )
    return found


def _require_text(data: bytes, name: str) -> None:
    """Refuse what is no text at all; a single stray sign is told later with line and field."""
    begin = data[:_BEGINNING]
    controls = len(begin) - len(begin.translate(None, _CONTROLS))
    if controls > 3 and controls * 50 > len(begin):
        raise UserError(
            said(
                "{name}: Die Datei enthält Binärdaten, keinen Text. Gelesen werden CSV (UTF-8, "
                "UTF-16 mit BOM oder ein gewählter Zeichensatz) und XLSX."
            ).format(name=name)
        )


def _records(text: str, name: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty with the line on which it begins."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    while True:
        begin = before + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise UserError(_complaint(str(fault), text, name, begin, delimiter)) from None
        before = reader.line_num
        if any(cell and not cell.isspace() for cell in cells):
            require_columns(len(cells), name, begin)
            yield begin, cells


def _complaint(fault: str, text: str, name: str, line: int, delimiter: str) -> str:
    field = _place_of(text, line, delimiter)
    place = said("{name}, Zeile {line}, Feld {field}").format(name=name, line=line, field=field)
    if "field larger" in fault:
        return said(
            "{place}: Das Feld ist viel zu lang; vielleicht fehlt ein Anführungszeichen."
        ).format(place=place)
    if "unexpected end" in fault:
        return said(
            "{place}: Das Anführungszeichen am Anfang des Feldes wird nie geschlossen."
        ).format(place=place)
    if "expected after" in fault:
        return said(
            "{place}: Nach einem schließenden Anführungszeichen steht noch Text; innerhalb "
            "des Feldes werden Anführungszeichen verdoppelt."
        ).format(place=place)
    return said("{place}: Die Zeile ist kein gültiges CSV.").format(place=place)


def _place_of(text: str, line: int, delimiter: str) -> int:
    """The number of the field in which reading the row of that line came to its end."""
    stream = StringIO(text, newline="")
    for _ in range(line - 1):
        stream.readline()
    number, begin, quoted = 1, 0, False
    row = stream.read(2 * csv.field_size_limit())
    for place, sign in enumerate(row):
        if place - begin > csv.field_size_limit():
            break
        if sign == '"' and (quoted or place == begin):
            quoted = not quoted
            after = row[place + 1 : place + 2]
            if not quoted and after and after not in (delimiter, '"', "\r", "\n"):
                break
            # The second of two quotes opens again.
            begin = begin if quoted or after != '"' else place + 1
        elif not quoted and sign == delimiter:
            number, begin = number + 1, place + 1
        elif not quoted and sign in "\r\n":
            break
    return number


def write_csv(sheet: Sheet) -> bytes:
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(sheet.header)
    writer.writerows([_written(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return str(cell).replace(".", ",")
    return texts.day(cell) if isinstance(cell, date) else guarded(cell)


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would carry it out."""
    return f"'{text}" if _TO_GUARD.match(text) else text


def _unguarded(text: str) -> str:
    return text[1:] if text[:1] == "'" and _GUARDED.match(text) else text
