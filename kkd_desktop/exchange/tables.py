"""Which table is in a file? CSV or XLSX by its content, within bounds; and the other way round."""

from pathlib import Path

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import Sayings, said
from kkd_desktop.domain.table import Sheet, Table, TableForm, shown_name
from kkd_desktop.exchange.table_bounds import Progress

MOST_BYTES = 50 * 1024 * 1024

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OTHERS = Sayings(
    {
        b"%PDF": "ein PDF",
        b"\x89PNG": "ein Bild",
        b"\xff\xd8\xff": "ein Bild",
        b"GIF8": "ein Bild",
        b"\x7fELF": "ein Programm",
        b"MZ": "ein Programm",
        b"\x1f\x8b": "ein gepacktes Archiv",
        b"7z\xbc\xaf": "ein gepacktes Archiv",
        b"Rar!": "ein gepacktes Archiv",
        b"SQLite format 3": "eine Datenbank",
        b"{\\rtf": "ein Textdokument",
    }
)


def read_file(path: Path) -> bytes:
    """The bytes of a file that is to be read as a table, no more than are allowed."""
    # `.` has no name of its own.
    name = shown_name(path.name or str(path))
    try:
        if not path.is_file():
            if path.exists():
                raise UserError(said("{name}: Das ist keine gewöhnliche Datei.").format(name=name))
            raise UserError(said("{name}: Diese Datei gibt es nicht.").format(name=name))
        with path.open("rb") as source:
            # One byte more than is allowed says that there are too many.
            return source.read(MOST_BYTES + 1)
    except OSError as fault:
        raise UserError(
            said("{name}: Die Datei lässt sich nicht lesen.").format(name=name)
        ) from fault


def read_tables(
    data: bytes,
    name: str,
    form: TableForm | None = None,
    *,
    also: tuple[str, ...] = (),
    notes: frozenset[str] = frozenset(),
    progress: Progress = lambda done, total: None,
) -> tuple[Table, ...]:
    """The table in the bytes of a file; of a spreadsheet the sheets in `also` behind it, as far as
    it has them. `notes` are the headings of columns with longer texts.
    """
    form = form or TableForm()
    if len(data) > MOST_BYTES:
        most = MOST_BYTES // 1024**2
        raise UserError(
            said("{name}: Die Datei ist größer als {most} MB; bitte in Teilen.").format(
                name=name, most=most
            )
        )
    if not data.strip(b"\0\r\n\t ;,|\xef\xbb\xbf"):
        raise UserError(said("{name}: Die Datei ist leer.").format(name=name))
    if data.startswith(_ZIP):
        from kkd_desktop.exchange.xlsx_tables import read_xlsx

        return read_xlsx(data, name, form, notes, progress, also)
    if data.startswith(_OLE):
        raise UserError(
            said(
                "{name}: Eine alte Excel-Datei (.xls) oder eine mit Kennwort. Bitte in Excel "
                "ohne Kennwort als .xlsx oder .csv speichern."
            ).format(name=name)
        )
    for mark, what in _OTHERS.items():
        if data.startswith(mark):
            raise UserError(
                said("{name}: Das ist {what}, keine Tabelle (CSV oder XLSX).").format(
                    name=name, what=what
                )
            )
    if form.sheet:
        raise UserError(
            said("{name}: Eine CSV-Datei hat keine Blätter, also auch kein „{sheet}“.").format(
                name=name, sheet=form.sheet
            )
        )
    from kkd_desktop.exchange.csv_tables import read_csv

    return (read_csv(data, name, form, notes, progress),)


def written_csv(sheet: Sheet) -> bytes:
    """As German Excel opens it, with nothing in it that a spreadsheet would carry out."""
    from kkd_desktop.exchange.csv_tables import write_csv

    return write_csv(sheet)


def written_xlsx(sheets: tuple[Sheet, ...], progress: Progress = lambda done, total: None) -> bytes:
    from kkd_desktop.exchange.xlsx_tables import write_xlsx

    return write_xlsx(sheets, progress)
