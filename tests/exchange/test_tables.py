"""Tables from anywhere: what is read, and what is refused with file, line and field."""

import io
import zipfile
from datetime import date, datetime
from random import Random

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.table import FAULTY_CELL, Sheet, TableForm
from kkd_desktop.exchange import xlsx_tables
from kkd_desktop.exchange.csv_tables import CharsetUnknown, guarded
from kkd_desktop.exchange.tables import read_file, read_tables, written_csv, written_xlsx

NAME = "liste.csv"


def read_table(data, name, form=None, **how):
    return read_tables(data, name, form, **how)[0]


def cells(data, form=None, name=NAME):
    table = read_table(data, name, form)
    return [table.header, *(row.cells for row in table.rows)]


def refusal(data, form=None, name=NAME):
    with pytest.raises(UserError) as refused:
        read_table(data, name, form)
    said = str(refused.value)
    assert said.startswith(name)
    assert "\0" not in said
    assert len(said) < 400
    return said


TEXT = "Straße;Ort\r\nWeg 1;Köln\r\n"
ROWS = [("Straße", "Ort"), ("Weg 1", "Köln")]


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (TEXT.encode(), None),
        (TEXT.encode("utf-8-sig"), None),
        (TEXT.encode("utf-16"), None),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), None),
        (TEXT.encode("cp1252"), TableForm("cp1252")),
        (TEXT.encode("cp850"), TableForm("cp850")),
        (TEXT.encode("utf-16-le"), TableForm("utf-16-le")),
        (TEXT.encode("utf-8-sig"), TableForm("cp1252")),
        (TEXT.replace("\r\n", "\n").encode(), None),
        (TEXT.replace("\r\n", "\r").encode(), None),
        (f"\n\n{TEXT}\n;\n".encode(), None),
        (f"sep=;\r\n{TEXT}".encode(), None),
    ],
)
def test_a_table_is_read_in_every_charset_that_is_told(data, form):
    assert cells(data, form) == ROWS


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_sign_between_the_fields_is_found_and_said(delimiter):
    lines = [("Kundennummer", "Nachname"), ("1", "a"), ("2", "b")]
    table = read_table("\n".join(map(delimiter.join, lines)).encode(), NAME)

    assert table.form.delimiter == delimiter
    assert [table.header, *(row.cells for row in table.rows)] == lines


def test_commas_in_names_do_not_hide_the_semicolon():
    assert cells(b"Name;Ort\nBeispiel, Amina;Uelzen, Hansestadt\n")[1][0] == "Beispiel, Amina"


def test_a_charset_is_never_guessed():
    with pytest.raises(CharsetUnknown, match="Zeile 1: Die Datei ist nicht in UTF-8"):
        read_table(TEXT.encode("cp1252"), NAME)


def test_lines_are_counted_as_an_editor_counts_them():
    table = read_table(b'a;b\n"zwei\nZeilen";1\n\nx;2\n', NAME)

    assert [(row.line, row.cells[1]) for row in table.rows] == [(2, "1"), (5, "2")]


HOSTILE = {
    "empty": (b"", "leer"),
    "only blanks": (b"\xef\xbb\xbf ;;\r\n", "leer"),
    "only NULs": (b"\0" * 1000, "leer"),
    "NUL in a field": (b"a;b\n1;2\n3;x\0y\n", "Zeile 3, Feld „b“: Das Feld enthält ein NUL"),
    "NUL in a heading": (b"a;b\0\n1;2\n", "Zeile 1, Feld"),
    "10 MB in a field": (b"a;b\n1;" + b"x" * 10**7 + b"\n", "Zeile 2, Feld 2: Das Feld ist viel"),
    "10 MB in quotes": (b'a;b\n1;"' + b"x" * 10**7 + b'"\n', "Zeile 2, Feld 2: Das Feld ist viel"),
    "2,001 letters": (b"a;b\n1;" + b"x" * 2001 + b"\n", "Zeile 2, Feld „b“: 2.001 Zeichen"),
    "quote unclosed": (b'a;b\n1;"2\n3;4\n', "Zeile 2, Feld 2: Das Anführungszeichen"),
    "quote unclosed, long": (b'a;b\n1;"2\n' + b"3;4\n" * 99_999, "Zeile 2, Feld 2"),
    "text after a quote": (b'a;b\n1;"2"3\n', "Zeile 2, Feld 2: Nach einem schließenden"),
    "heading twice": (b"a;b;a\n1;2;3\n", "Zeile 1: Die Spalte „a“ gibt es zweimal"),
    "bidi in a heading": ("a;b\u202ec\n1;2\n".encode(), "Zeile 1, Feld 2: Die Überschrift"),
    "201 columns": (b";".join([b"%d" % n for n in range(201)]), "Zeile 1, Feld 201"),
    "201 fields in a row": (b"a;b\n" + b";" * 200 + b"x\n", "Zeile 2, Feld 201"),
    "300,001 rows": (b"a;b\n" + b"1;2\n" * 300_001, "Zeile 300002: Mehr als 300.000 Zeilen"),
    "more than 50 MB": (b"a;b\n" + b"1;2\n" * 14_000_000, "größer als 50 MB"),
    "random bytes": (bytes(range(256)) * 40, "Binärdaten"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "ein PDF"),
    "PNG": (b"\x89PNG\r\n\x1a\n\0\0", "ein Bild"),
    "program": (b"MZ\x90\0\x03\0", "ein Programm"),
    "ELF": (b"\x7fELF\x02\x01", "ein Programm"),
    "gzip": (b"\x1f\x8b\x08\0", "gepacktes Archiv"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "alte Excel-Datei"),
    "UTF-32": (b"\xff\xfe\0\0" + "a;b\n1;2\n".encode("utf-32-le"), "UTF-32"),
    "UTF-8 BOM over cp1252": (b"\xef\xbb\xbfa;b\n1;Stra\xdfe\n", "Zeile 2: Das Byte DF"),
    "half a UTF-16 sign": (b"\xff\xfea\0;\0b\0\n\0x", "beschädigt"),
    "lone surrogate": (b"\xff\xfea\0\n\0\x00\xd8\n\0", "beschädigt"),
    "half a UTF-8 sign": ("a;b\n1;Straß".encode()[:-1], "Zeile 2: Die Datei ist nicht in UTF-8"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_csv_is_refused_in_a_sentence(case):
    data, said = HOSTILE[case]

    assert said in refusal(data)


@pytest.mark.parametrize("charset", ["rot13", "hex", "utf-7", "unicode_escape", "idna", "ä" * 99])
def test_only_charsets_that_offices_have_are_taken(charset):
    assert "Zeichensatz" in refusal(b"a;b\n1;2\n", TableForm(charset))


def test_a_byte_that_a_chosen_charset_does_not_have_is_told():
    assert "Zeile 2: Das Byte 81" in refusal(b"a;b\n1;\x81\n", TableForm("cp1252"))


def test_half_a_line_at_the_end_is_kept_as_short_as_it_is():
    assert cells(b"a;b;c\n1;2;3\n4;5")[-1] == ("4", "5")


def test_notes_may_be_longer():
    data = b"Name;Inhalt\nx;" + b"y" * 20_000

    assert len(read_table(data, NAME, notes=frozenset({"Inhalt"})).rows[0].cells[1]) == 20_000
    with pytest.raises(UserError, match=r"20\.001 Zeichen"):
        read_table(data + b"y", NAME, notes=frozenset({"Inhalt"}))


def test_a_missing_file_a_folder_and_a_device_are_refused(tmp_path):
    with pytest.raises(UserError, match="gibt es nicht"):
        read_file(tmp_path / "fehlt.csv")
    with pytest.raises(UserError, match="keine gewöhnliche Datei"):
        read_file(tmp_path)


def test_a_name_that_a_screen_would_obey_is_told_without_it(tmp_path):
    with pytest.raises(UserError) as refused:
        read_file(tmp_path / "a\x1b[2J\u202e.csv")

    assert str(refused.value) == "a�[2J�.csv: Diese Datei gibt es nicht."


# --- spreadsheets


def workbook(rows=(("Kundennummer", "Nachname"), ("007", "Beispiel")), title="Kunden", **options):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **options})
    page = book.add_worksheet(title)
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, datetime | date):
                page.write_datetime(number, place, cell, day)
            elif isinstance(cell, str) and cell.startswith("=="):
                page.write_formula(number, place, cell[1:], None, "#DIV/0!")
            elif isinstance(cell, str):
                page.write_string(number, place, cell)
            elif cell is not None:
                page.write(number, place, cell)
    book.close()
    return out.getvalue()


def changed(data, **members):
    """The workbook with other bytes in some members, by name with __ for /."""
    out = io.BytesIO()
    wanted = {name.replace("__", "/").replace("_xml", ".xml"): v for name, v in members.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for info in old.infolist():
            new.writestr(info.filename, wanted.pop(info.filename, old.read(info)))
        for name, content in wanted.items():
            new.writestr(name, content)
    return out.getvalue()


def sheet_of(content):
    return changed(
        workbook(),
        xl__worksheets__sheet1_xml=b'<?xml version="1.0"?><worksheet xmlns="http://schemas.'
        b'openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + content
        + b"</sheetData></worksheet>",
    )


def test_a_sheet_is_read_as_text_with_days_as_iso():
    rows = [
        ("Nummer", "Tag", "Moment", "Zahl", "Bruch", "Ja", "Leer"),
        ("007", date(2026, 11, 24), datetime(2026, 11, 24, 9, 30), 46350, 1.5, True, None),
    ]

    assert cells(workbook(rows), name="x.xlsx")[1] == (
        *("007", "2026-11-24", "2026-11-24T09:30:00", "46350", "1.5", "ja", ""),
    )


@pytest.mark.parametrize(("old", "epoch"), [(False, date(1899, 12, 30)), (True, date(1904, 1, 1))])
def test_both_ways_of_counting_days_are_known(old, epoch):
    table = read_table(workbook([("Tag",), (date(2026, 11, 24),)], date_1904=old), "x.xlsx")

    assert table.epoch == epoch
    assert table.rows[0].cells == ("2026-11-24",)


def test_a_sheet_can_be_chosen_and_is_named_where_it_is_missing():
    assert read_table(workbook(), "x.xlsx", TableForm(sheet="Kunden")).form.sheet == "Kunden"
    assert "vorhanden: „Kunden“" in refusal(workbook(), TableForm(sheet="Fehlt"), "x.xlsx")


def test_a_fault_of_calculation_is_no_empty_cell():
    rows = [(None, "a", "b"), (None, "x", "==1/0")]

    assert cells(workbook(rows), name="x.xlsx") == [("a", "b"), ("x", FAULTY_CELL)]


def bomb(size):
    return b"<worksheet>" + b" " * size + b"</worksheet>"


def lying(data, member):
    """The directory says that the member is small; what is packed is not."""
    content = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo(member)
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = -1
        while (place := content.find(mark, place + 1)) >= 0:
            name_at = place + (46 if mark == b"PK\x01\x02" else 30)
            if content[name_at : name_at + len(member)] == member.encode():
                content[place + at : place + at + 4] = (100).to_bytes(4, "little")
    assert info.file_size > 100
    return bytes(content)


SHEET = "xl/worksheets/sheet1.xml"
HOSTILE_XLSX = {
    "cut off": (workbook()[:700], "beschädigt oder abgeschnitten"),
    "nothing but the mark": (b"PK\x03\x04", "beschädigt"),
    "any zip": (changed(b"PK\x05\x06" + b"\0" * 18, readme=b"x"), "keine XLSX-Tabelle"),
    "bytes turned over": (
        workbook()[:300] + bytes(each ^ 255 for each in workbook()[300:900]) + workbook()[900:],
        "XLSX-Datei",
    ),
    "zip bomb": (changed(workbook(), xl__worksheets__sheet1_xml=bomb(90_000_000)), "Entpackt wäre"),
    "zip bomb of 1 GB": (
        changed(workbook(), xl__sharedStrings_xml=b"0" * 450_000_000),
        "Entpackt wäre die Datei 429 MB",
    ),
    "bomb that lies": (
        lying(changed(workbook(), xl__worksheets__sheet1_xml=bomb(9_000_000)), SHEET),
        "beschädigt",
    ),
    "2,001 members": (
        changed(workbook(), **{f"m{n}": b"" for n in range(2001)}),
        "über 2000 Teile",
    ),
    "entities": (
        changed(workbook(), xl__workbook_xml=b'<!DOCTYPE a [<!ENTITY a "b">]><workbook/>'),
        "DTD",
    ),
    "cell at the far end": (
        sheet_of(
            b'<row r="1"><c r="A1"><v>1</v></c></row>'
            b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        ),
        "Zelle XFD1048576: Das Blatt reicht zu weit",
    ),
    "300,002 rows": (
        sheet_of(b'<row r="300002"><c r="A300002"><v>1</v></c></row>'),
        "Zelle A300002",
    ),
    "cell at the far end, in other quotes": (
        sheet_of(b"<row r='1'><c t='n' r = 'xfd1048576'><v>1</v></c></row>"),
        "Zelle xfd1048576: Das Blatt reicht zu weit",
    ),
    "row at the far end": (
        sheet_of(b'<row r="1048576"><c><v>1</v></c></row>'),
        "Zeile 1048576: Das Blatt reicht zu weit",
    ),
    "XML in UTF-16": (
        changed(workbook(), xl__worksheets__sheet1_xml="<worksheet/>".encode("utf-16")),
        "nicht in UTF-8",
    ),
    "201 columns": (sheet_of(b'<row r="1"><c r="GS1"><v>1</v></c></row>'), "Zelle GS1"),
    "no XML": (changed(workbook(), xl__worksheets__sheet1_xml=b"\0\xff<<<"), "XLSX"),
    "workbook no XML": (changed(workbook(), xl__workbook_xml=b"<<<<"), "XLSX|Blatt"),
    "empty sheet": (workbook([]), "Das Blatt ist leer"),
    "heading twice": (workbook([("a", "a"), ("1", "2")]), "Die Spalte „a“ gibt es zweimal"),
    "2,001 letters": (
        workbook([("a",), ("x" * 2001,)]),
        "Blatt „Kunden“, Zeile 2, Feld „a“: 2.001",
    ),
    "NUL": (workbook([("a",), ("x\0y",)]), "Zeile 2, Feld „a“: Das Feld enthält ein NUL"),
}


@pytest.mark.parametrize("case", HOSTILE_XLSX)
def test_a_hostile_xlsx_is_refused_in_a_sentence(case):
    data, said = HOSTILE_XLSX[case]

    told = refusal(data, name="liste.xlsx")

    assert any(part in told for part in said.split("|"))


def test_what_is_packed_anew_is_what_was_measured():
    # Overlapping members and hidden parts do not reach the library.
    seen = []
    data = changed(workbook(), evil__payload_xml=b"x", xl__vbaProject=b"x")
    packed = xlsx_tables._packed(xlsx_tables._unpacked(data, "x.xlsx"))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        seen = archive.namelist()

    assert "xl/workbook.xml" in seen
    assert not [name for name in seen if "evil" in name or "vba" in name]


# --- out and in again

ANY_TEXT = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), whitelist_characters="\t\n"), max_size=60
)
DANGEROUS = ["=1+1", "+49 123", "-5", "@SUM(A1)", "\t=1", "'=1", "''+1", "'", "''", "\n=1", "＝1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_a_spreadsheet_would_carry_out_goes_out_guarded_and_comes_back(text):
    data = written_csv(Sheet("Kunden", ("a", "b"), ((text, "x"),)))
    written = data.decode("utf-8-sig").split("\r\n", 1)[1].lstrip('"')

    assert written[0] not in "=+-@\t\n＝"
    assert cells(data)[1] == (text, "x")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(ANY_TEXT, ANY_TEXT), min_size=1, max_size=5))
def test_every_text_comes_back_from_csv_and_xlsx(rows):
    rows = [(first, second, "x") for first, second in rows]
    sheet = Sheet("Kunden", ("a", "b", "c"), tuple(rows))

    assert cells(written_csv(sheet))[1:] == rows
    assert cells(written_xlsx((sheet,)), name="x.xlsx")[1:] == rows


@given(st.text(alphabet="'=+-@\t a", max_size=8))
def test_guarding_is_undone_by_reading_and_nothing_else(text):
    data = written_csv(Sheet("Kunden", ("a", "b"), ((text, "x"),)))

    assert cells(data)[1][0] == text
    assert guarded(text) in (text, f"'{text}")


def test_in_a_spreadsheet_no_text_is_a_formula_or_a_link(tmp_path):
    texts = ["=1+1", "https://example.org", "mailto:a@b.c", "12", "{=SUM(A1)}", "TRUE"]
    data = written_xlsx((Sheet("Kunden", ("a",), tuple((each,) for each in texts)),))

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in page
    assert b"hyperlink" not in page
    read = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    assert [row[0] for row in read.iter_rows()][1:] == texts


def test_days_are_days_in_both():
    sheet = Sheet("Kunden", ("a",), ((date(2026, 11, 24),), (date(1899, 1, 2),)))

    assert cells(written_csv(sheet)) == [("a",), ("24.11.2026",), ("02.01.1899",)]
    assert cells(written_xlsx((sheet,)), name="x") == [("a",), ("2026-11-24",), ("1899-01-02",)]


def told(data):
    """The sentence of a refusal; None where the bytes are a table. Anything else is a bug."""
    try:
        read_table(data, NAME)
    except UserError as fault:
        return str(fault)
    return None


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_refused(data):
    for whole in (data, b"a;b\n" + data, b"PK\x03\x04" + data, b"\xff\xfe" + data):
        assert (told(whole) or NAME).startswith(NAME)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_a_damaged_workbook_is_a_table_or_refused(seed, number):
    rng, data = Random(seed), bytearray(workbook())
    for _ in range(number):
        data[rng.randrange(len(data))] = rng.randrange(256)

    assert (told(bytes(data)) or NAME).startswith(NAME)


def test_a_sheet_is_not_looked_for_in_text():
    with pytest.raises(UserError, match=r"liste\.csv: Eine CSV-Datei hat keine Blätter.*„Kunden“"):
        read_table("Nachname\nÜbungsfall\n".encode(), "liste.csv", TableForm(sheet="Kunden"))
