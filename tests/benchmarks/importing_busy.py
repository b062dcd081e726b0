"""Busy times read and stored, beside `icalendar` with `recurring-ical-events` on the same file.

Ten thousand entries of an invented calendar in the manner of Outlook; the aim is 5 s with storing.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import icalendar
import recurring_ical_events

from kkd_desktop.actions import busy, stores
from kkd_desktop.actions.secrets import Passphrase
from tests.benchmarks.report import Row, seconds

TODAY = date(2026, 11, 20)
NUMBER = 10_000
TEN_YEARS = 3650
RULES = (
    "FREQ=WEEKLY;BYDAY=MO,WE",
    "FREQ=WEEKLY;INTERVAL=2",
    "FREQ=MONTHLY;BYDAY=2TU",
    "FREQ=DAILY;COUNT=20",
    "FREQ=WEEKLY;COUNT=10",
)


def rows() -> Iterator[Row]:
    some, all_of_them = calendar(10), calendar(1)
    yield Row(f"{NUMBER:,} busy events taken in, 1 in 10 recurs", _ours(some), _plain(some), 0.5)
    yield Row(f"{NUMBER:,} busy events taken in, all recur", _ours(all_of_them))
    old = calendar(10, back=TEN_YEARS)
    yield Row(f"{NUMBER:,} busy events taken in, kept for ten years", _ours(old), _plain(old), 0.5)


def calendar(every: int, back: int = 0) -> bytes:
    """Each entry on a time of its own; of `every` entries one recurs. The first is `back` days old
    already: a series without an end goes on since then.
    """
    random, rules = Random(1), cycle(RULES)
    entries = (
        _entry(random, number, "" if number % every else next(rules), back)
        for number in range(NUMBER)
    )
    text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Beispiel//DE\n" + "".join(entries)
    return (text + "END:VCALENDAR\n").replace("\n", "\r\n").encode()


def _entry(random: Random, number: int, rule: str, back: int) -> str:
    day = date(2026, 9, 28) + timedelta(days=random.randrange(-back, 580))
    at = f"{day:%Y%m%d}T{random.randrange(7, 18):02}{random.randrange(0, 60, 5):02}00"
    repeated = f"RRULE:{rule}\n" if rule else ""
    return (
        f"BEGIN:VEVENT\nCLASS:PUBLIC\nDESCRIPTION:{'Unterlagen ' * 8}\n"
        f"DTSTART;TZID=W. Europe Standard Time:{at}\nDURATION:PT45M\n{repeated}"
        f"DTSTAMP:20261101T080000Z\nUID:{number}@beispiel.example\nSUMMARY:Besprechung\n"
        "TRANSP:OPAQUE\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY\nSEQUENCE:0\nEND:VEVENT\n"
    )


def _ours(data: bytes) -> float:
    with TemporaryDirectory() as folder:
        place = Path(folder, "kalender.ics")
        place.write_bytes(data)
        secret = Passphrase("nur zum Messen")
        context = stores.create_caseload(Path(folder, "messung.kkd"), secret, TODAY)
        try:
            return seconds(lambda: busy.import_once(context, place))
        finally:
            context.store.close()


def _plain(data: bytes) -> float:
    def read() -> None:
        found = recurring_ical_events.of(icalendar.Calendar.from_ical(data))
        found.between(TODAY - busy.BACK, TODAY + busy.AHEAD)

    return seconds(read)
