"""Two policies on one caseload, beside evaluating it under one: 300 clients, aim 150 ms."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from kkd_desktop.actions import comparison, stores, worklist
from tests.benchmarks import caseloads
from tests.benchmarks.report import Row, alternating, seconds

NUMBER, ROUNDS = 300, 15
ONE, OTHER = "mg2012", "ffm2017"


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bestand.kkd"
        key = caseloads.even(path, NUMBER)
        with stores.open_caseload(path, key, caseloads.TODAY) as context:
            measured, floor = alternating(
                lambda: seconds(lambda: comparison.compare(context, ONE, OTHER)),
                lambda: seconds(lambda: worklist.entries(context)),
                ROUNDS,
            )
    yield Row(f"compare two policies, {NUMBER} x 20 contacts, aim 150 ms", measured, floor)
