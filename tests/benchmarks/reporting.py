"""The Auswertung of a year, from the encrypted file to its tables, beside one list of today."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from kkd_desktop.actions import report, worklist
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.policies import open_shelf
from kkd_desktop.actions.secrets import Key
from kkd_desktop.store.opening import open_store
from tests.benchmarks import caseloads
from tests.benchmarks.report import Row, alternating, seconds

SIZES = ((300, 5), (10_000, 1))
"""A year has 24 as-of days: 300 people below 2 s, 10,000 below 60."""
AIM = 24
YEAR = 2026
LAST = date(2026, 12, 31)

SHELF = open_shelf()


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        for number, rounds in SIZES:
            path = Path(folder) / f"{number}.kkd"
            key = caseloads.even(path, number)
            measured, floor = alternating(
                lambda path=path, key=key: seconds(lambda: _year(path, key)),
                lambda path=path, key=key: seconds(lambda: _list(path, key)),
                rounds,
            )
            yield Row(f"report of a year, {number} x 24 days, beside a list", measured, floor, AIM)


def _year(path: Path, key: Key) -> None:
    with open_store(path, key) as store:
        context = Context(store, SHELF, LAST)
        found = report.year_report(context, YEAR)
        assert len(found.days) == 24
        report.figures(context, found)


def _list(path: Path, key: Key) -> None:
    with open_store(path, key) as store:
        worklist.worklist(Context(store, SHELF, LAST))
