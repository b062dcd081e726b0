"""How is a table read from a spreadsheet that nobody vouches for, and how is one written?

Such a file is a zip of XML. It is unpacked here, within bounds and only as far as it is needed, and
packed anew before the library sees it: what a member claims of itself decides nothing.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import xlsxwriter
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.domain.table import FAULTY_CELL, Cell, Sheet, Table, TableForm, TableRow
from kkd_desktop.exchange.table_bounds import (
    MOST_COLUMNS,
    MOST_ROWS,
    Bounds,
    Progress,
    require_columns,
    require_rows,
    usable_header,
)

MOST_MEMBERS = 2_000
MOST_UNPACKED = 400 * 1024 * 1024
MOST_RATIO = 200
_SMALL = 2 * 1024 * 1024
"""Below it no ratio is too good to be true: a few thousand alike rows pack well."""

_NEEDED = re.compile(
    r"(\[Content_Types\]\.xml|_rels/.*\.rels|docProps/.*|xl/(workbook\.xml|sharedStrings\.xml"
    r"|styles\.xml|_rels/workbook\.xml\.rels|worksheets/[^/]*\.xml|worksheets/_rels/.*))",
    re.IGNORECASE,
)
_1904 = re.compile(rb"<(?:\w+:)?workbookPr[^>]*\bdate1904\s*=\s*[\"'](1|true|on)[\"']")
_REFERENCE = rb"<(?:\w+:)?c\b[^>]*?\br\s*=\s*[\"']"
_FAR_CELL = re.compile(
    _REFERENCE + rb"((?:[A-Za-z]{3,}|[G-Zg-z][A-Za-z])(?=\d)|[A-Za-z]+(?=\d{6}))(\d+)[\"']"
)
"""Cells that may lie too far out; the others need not be looked at one by one."""
_FAR_ROW = re.compile(
    rb"<(?:\w+:)?row\b[^>]*?\br\s*=\s*[\"'](\d{6,})[\"'](?:[^>]*[^/>])?>\s*<(?:\w+:)?c\b"
)
_FAULTY = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*\bt\s*=\s*[\"']e[\"'])[^>]*?\br\s*=\s*[\"']([A-Za-z]+)(\d{1,9})[\"']"
)
_CHUNK = 1024 * 1024
_REPORT_EVERY = 2000
_FIRST_WRITTEN = date(1900, 3, 1)
"""Spreadsheets count the days before it wrongly."""


def read_xlsx(
    data: bytes,
    name: str,
    form: TableForm,
    notes: frozenset[str],
    progress: Progress,
    also: tuple[str, ...] = (),
) -> tuple[Table, ...]:
    """The sheet that is asked for, or the first; then those of `also` that there are."""
    members = _unpacked(data, name)
    epoch = date(1904, 1, 1) if _1904.search(members["xl/workbook.xml"]) else date(1899, 12, 30)
    faulty = _require_small(members, name)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(_packed(members)))
        sheets = tuple(book.sheet_names)
        first = form.sheet or (sheets[0] if sheets else "")
        if first not in sheets:
            known = ", ".join(map(texts.quoted, sheets)) or said("keines")
            raise UserError(
                said("{name}: Ein Blatt „{sheet}“ gibt es nicht (vorhanden: {known}).").format(
                    name=name, sheet=first, known=known
                )
            )
        filled = {each for each in sheets if book.get_sheet_by_name(each).height}
        wanted = [first, *(each for each in also if each in filled and each != first)]
        return tuple(
            _table(
                book.get_sheet_by_name(each),
                name,
                notes,
                progress,
                sheets,
                epoch,
                faulty.get(each, set()),
            )
            for each in wanted
        )
    except CalamineError as fault:
        raise UserError(
            said(
                "{name}: Die Tabelle lässt sich nicht lesen; die XLSX-Datei ist beschädigt."
            ).format(name=name)
        ) from fault


def _table(
    sheet: CalamineSheet,
    name: str,
    notes: frozenset[str],
    progress: Progress,
    sheets: tuple[str, ...],
    epoch: date,
    faulty: set[tuple[int, int]],
) -> Table:
    place = said("{file}, Blatt „{sheet}“").format(file=name, sheet=sheet.name)
    # The library counts rows from the first one, but columns from the first that is used.
    line, left = 0, sheet.start[1] if sheet.start else 0
    header: tuple[str, ...] = ()
    rows: list[TableRow] = []
    total = sheet.total_height
    bounds = Bounds(place, (), notes)
    for values in sheet.iter_rows():
        line += 1
        cells = [_text(value) for value in values]
        for column in range(len(cells)) if faulty else ():
            if (line, column + 1 + left) in faulty:
                cells[column] = FAULTY_CELL
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = usable_header(cells, place, line)
            require_columns(len(header), place, line)
            bounds = Bounds(place, header, notes)
            continue
        while len(cells) > len(header) and not cells[-1]:
            cells.pop()
        cells += [""] * (len(header) - len(cells))
        bounds.check(line, cells)
        rows.append(TableRow(line, tuple(cells)))
        require_rows(len(rows), place, line)
        if line % _REPORT_EVERY == 0:
            progress(line, total)
    if not header:
        raise UserError(said("{place}: Das Blatt ist leer.").format(place=place))
    return Table(name, header, tuple(rows), TableForm(sheet=sheet.name), sheets, epoch)


def _text(value: object) -> str:
    """A cell as text: whole numbers without a point, days and times as ISO."""
    for kind, told in _TOLD:
        if isinstance(value, kind):
            return told(value)
    return str(value)


def _of_moment(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time() else value.isoformat()


def _of_number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


_TOLD: tuple[tuple[type, Callable[..., str]], ...] = (
    (str, str),
    (bool, lambda value: "ja" if value else "nein"),
    (float, _of_number),
    (datetime, _of_moment),
    (date, date.isoformat),
    (time, time.isoformat),
    (timedelta, lambda value: f"{value.seconds // 3600:02d}:{value.seconds // 60 % 60:02d}"),
)


def _unpacked(data: bytes, name: str) -> dict[str, bytes]:
    """The members that a table needs, each read to the end of what was allowed."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
            _require_honest(infos, len(data), name)
            names = {info.filename for info in infos}
            if "xl/workbook.xml" not in names:
                what = (
                    said("eine OpenDocument-Tabelle")
                    if "content.xml" in names
                    else said("ein Zip-Archiv")
                )
                raise UserError(
                    said("{name}: Das ist {what}, keine XLSX-Tabelle.").format(name=name, what=what)
                )
            left = MOST_UNPACKED
            found: dict[str, bytes] = {}
            for info in infos:
                if _NEEDED.fullmatch(info.filename):
                    found[info.filename] = _content(archive, info, name, left)
                    left -= len(found[info.filename])
            return found
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as fault:
        raise UserError(
            said("{name}: Die XLSX-Datei ist beschädigt oder abgeschnitten.").format(name=name)
        ) from fault
    except Exception as fault:
        if type(fault).__module__ in ("zlib", "lzma"):
            raise UserError(
                said("{name}: Die XLSX-Datei ist beschädigt.").format(name=name)
            ) from fault
        raise


def _require_honest(infos: list[ZipInfo], size: int, name: str) -> None:
    """Refuse by what the file claims of itself, before anything is unpacked."""
    if len(infos) > MOST_MEMBERS:
        raise UserError(
            said("{name}: Die XLSX-Datei hat über {most} Teile.").format(
                name=name, most=MOST_MEMBERS
            )
        )
    if len({info.filename for info in infos}) != len(infos):
        raise UserError(
            said("{name}: Die XLSX-Datei enthält einen Teil zweimal.").format(name=name)
        )
    total = sum(info.file_size for info in infos)
    if total > MOST_UNPACKED or any(_is_bomb(info.file_size, info.compress_size) for info in infos):
        raise UserError(
            said(
                "{name}: Entpackt wäre die Datei {size} MB groß; so dicht packt keine ehrliche "
                "Tabelle. Sie wird nicht geöffnet."
            ).format(name=name, size=total // 1024**2)
        )


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > _SMALL and unpacked > packed * MOST_RATIO


def _content(archive: ZipFile, info: ZipInfo, name: str, left: int) -> bytes:
    parts, size = [], 0
    with archive.open(info) as member:
        while part := member.read(_CHUNK):
            size += len(part)
            if size > left or _is_bomb(size, info.compress_size):
                raise UserError(
                    said(
                        "{name}: Die Datei entpackt sich zu groß; sie wird nicht geöffnet."
                    ).format(name=name)
                )
            parts.append(part)
    content = b"".join(parts)
    if b"\0" in content[:_CHUNK]:
        # In another charset nothing of what is looked for below would be found.
        raise UserError(
            said("{name}: Die XLSX-Datei ist beschädigt: Ein Teil ist nicht in UTF-8.").format(
                name=name
            )
        )
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise UserError(
            said("{name}: Die XLSX-Datei enthält eigene Definitionen (DTD).").format(name=name)
        )
    return content


def _require_small(members: dict[str, bytes], name: str) -> dict[str, set[tuple[int, int]]]:
    """Refuse cells so far out that the table between would fill the memory. Returns by the title
    of their sheet the cells (row, column) with a fault of calculation: the library has them empty.
    """
    titles = _titles(members)
    faulty = {}
    for member, content in members.items():
        if not member.lower().startswith("xl/worksheets/") or not member.endswith(".xml"):
            continue
        for found in _FAR_CELL.finditer(content):
            row, column = _place(found)
            if row > MOST_ROWS + 1 or column > MOST_COLUMNS:
                raise _too_far(
                    name,
                    said("Zelle {column}{row}").format(
                        column=found[1].decode(), row=found[2].decode()[:12]
                    ),
                )
        for far in _FAR_ROW.finditer(content):
            if len(far[1]) > 9 or int(far[1]) > MOST_ROWS + 1:
                raise _too_far(name, said("Zeile {row}").format(row=far[1].decode()[:12]))
        faulty[titles.get(member, "")] = {_place(found) for found in _FAULTY.finditer(content)}
    return faulty


def _too_far(name: str, place: str) -> UserError:
    return UserError(
        said(
            "{name}, {place}: Das Blatt reicht zu weit; erlaubt sind {rows} Zeilen und "
            "{columns} Spalten."
        ).format(name=name, place=place, rows=texts.whole(MOST_ROWS), columns=MOST_COLUMNS)
    )


def _place(found: "re.Match[bytes]") -> tuple[int, int]:
    """Row and column, both from 1, of a cell such as `B7`."""
    column = 0
    for letter in found[1][:8].upper():
        column = column * 26 + letter - 64
    return int(found[2][:12]), column


def _titles(members: dict[str, bytes]) -> dict[str, str]:
    """The title of the sheet in each member."""
    from html import unescape

    rels = members.get("xl/_rels/workbook.xml.rels", b"").decode("utf-8", "replace")
    targets = {}
    for rel in re.findall(r"<Relationship\b[^>]*>", rels):
        key, target = re.search(r'\bId="([^"]*)"', rel), re.search(r'\bTarget="([^"]*)"', rel)
        if key and target:
            targets[key[1]] = "xl/" + target[1].removeprefix("/xl/")
    book = members["xl/workbook.xml"].decode("utf-8", "replace")
    found = {}
    for sheet in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book):
        title, key = re.search(r'\bname="([^"]*)"', sheet), re.search(r'\br:id="([^"]*)"', sheet)
        if title and key and key[1] in targets:
            found[targets[key[1]]] = unescape(title[1])
    return found


def _packed(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return out.getvalue()


def workbook(out: BytesIO) -> Any:
    """A new workbook in memory, in which every text stays a text, never a formula or a link."""
    return xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )


def write_xlsx(sheets: tuple[Sheet, ...], progress: Progress) -> bytes:
    """Every text is a text, never a formula or a link. Nothing is written to a temporary file."""
    out = BytesIO()
    book = workbook(out)
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "dd.mm.yyyy", "align": "left"})
    total, done = sum(len(sheet.rows) for sheet in sheets), 0
    for sheet in sheets:
        page = book.add_worksheet(sheet.title)
        for place, heading in enumerate(sheet.header):
            page.write_string(0, place, heading, bold)
        page.set_column(0, max(len(sheet.header) - 1, 0), 18)
        page.freeze_panes(1, 0)
        for number, row in enumerate(sheet.rows, 1):
            for place, cell in enumerate(row):
                _write_cell(page, number, place, cell, day)
            done += 1
            if done % _REPORT_EVERY == 0:
                progress(done, total)
    book.close()
    return out.getvalue()


def _write_cell(page: object, row: int, place: int, cell: Cell, day: object) -> None:
    if isinstance(cell, date):
        if cell >= _FIRST_WRITTEN:
            page.write_datetime(row, place, cell, day)  # type: ignore[attr-defined]
        else:
            page.write_string(row, place, cell.isoformat())  # type: ignore[attr-defined]
    elif isinstance(cell, int | float):
        page.write_number(row, place, cell)  # type: ignore[attr-defined]
    elif cell:
        page.write_string(row, place, cell)  # type: ignore[attr-defined]
