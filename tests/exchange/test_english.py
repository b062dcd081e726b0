"""Are faults of files and servers told in English, each with its place and its values?"""

from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.table import TableForm
from kkd_desktop.exchange.busy_file import busy_file
from kkd_desktop.exchange.caldav_server import checked_address
from kkd_desktop.exchange.local_time import require_unambiguous
from kkd_desktop.exchange.tables import read_file, read_tables

pytestmark = pytest.mark.usefixtures("english")

SERIES = "RRULE:FREQ=DAILY;"


def calendar(*lines):
    whole = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"]
    return "\r\n".join(whole).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "k.ics: This is not a calendar file (.ics)."),
        (b"<html>", "k.ics, line 1: There should be BEGIN:VCALENDAR here."),
        (
            calendar("DTSTART:20261124T090000")[:-15],
            "k.ics, line 1: The file is incomplete: VCALENDAR from this line has no end.",
        ),
        (calendar("DTSTART:20261324"), "k.ics, line 3: This date does not exist."),
        (calendar("END:VTODO"), "k.ics, line 3: END:VTODO matches no BEGIN."),
        (b"x" * 50_000_001, "k.ics: The file is larger than 50 MB."),
        (
            calendar("DTSTART:20261124T090000", SERIES + "BYHOUR=99"),
            "k.ics, line 4: The repetition rule has no usable number in BYHOUR.",
        ),
        (
            calendar("DTSTART:20261124T090000", SERIES + "FARBE=ROT"),
            "k.ics, line 4: The repetition rule has an unknown part: FARBE.",
        ),
        (
            calendar("DTSTART:20261124T090000", "RRULE:FREQ=SECONDLY"),
            "k.ics, line 4: The entry repeats too often in a day.",
        ),
    ],
)
def test_a_calendar_file(data, said):
    with pytest.raises(UserError) as refused:
        busy_file(data, "k.ics", date(2026, 9, 26), date(2028, 5, 21))

    assert str(refused.value) == said


def archive(*names):
    content = BytesIO()
    with ZipFile(content, "w") as file:
        for name in names:
            file.writestr(name, "")
    return content.getvalue()


@pytest.mark.parametrize(
    ("data", "form", "said"),
    [
        (b"", None, "l.csv: the file is empty."),
        (b"%PDF-1.7", None, "l.csv: this is a PDF, not a table (CSV or XLSX)."),
        (archive("a"), None, "l.csv: this is a zip archive, not an XLSX table."),
        (
            "Name;Ort\nGrün;Köln\n".encode("cp1252"),
            None,
            "l.csv, row 2: the file is not in UTF-8. Please choose the encoding, usually "
            "Windows-1252 (cp1252).",
        ),
        (
            b"Name;Ort\n\x81;x\n",
            TableForm(encoding="cp1252"),
            "l.csv, row 2: the byte 81 does not exist in Windows-1252; the encoding is another "
            "one, or the file is damaged.",
        ),
        (
            b"Name;Name\na;b\n",
            None,
            "l.csv, row 1: the column “Name” exists twice.",
        ),
        (
            b"Name;Ort\na;" + b"x" * 2_001,
            None,
            "l.csv, row 2, field “Ort”: 2,001 characters are too many; 2,000 are allowed.",
        ),
        (
            b'Name;Ort\na;"b\n',
            None,
            "l.csv, row 2, field 2: the quotation mark at the beginning of the field is never "
            "closed.",
        ),
        (
            b"Name;Ort\na;b\n",
            TableForm(sheet="Kunden"),
            "l.csv: a CSV file has no sheets, so no “Kunden” either.",
        ),
    ],
)
def test_a_table(data, form, said):
    with pytest.raises(UserError) as refused:
        read_tables(data, "l.csv", form)

    assert str(refused.value) == said


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UserError, match=r"^fort\.csv: this file does not exist\.$"):
        read_file(tmp_path / "fort.csv")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://cloud.example.org", "Address: only with https://"),
        ("https://a b", "Address: this is not an internet address."),
        ("https://amina@cloud.example.org", "Address: please leave out user and password"),
        ("https://cloud.example.org?x=1", "Address: please leave out “?” and “#”"),
    ],
)
def test_an_address_of_a_server(address, said):
    with pytest.raises(UserError) as refused:
        checked_address(address)

    assert str(refused.value).startswith(said)


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (datetime(2027, 3, 28, 2, 30), "28.03.2027, 02:30 does not exist: that night the clock"),
        (datetime(2026, 10, 25, 2, 30), "25.10.2026, 02:30 exists twice: that night the clock"),
    ],
)
def test_a_time_that_is_not_one_time(start, said):
    with pytest.raises(UserError) as refused:
        require_unambiguous(start)

    assert said in str(refused.value)
