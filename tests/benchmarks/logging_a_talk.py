"""From the click on "Speichern" until the list shows the talk: 300 clients, aim 100 ms."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from kkd_desktop.actions import casework, stores, worklist
from kkd_desktop.domain.contact import Contact
from tests.benchmarks import caseloads
from tests.benchmarks.report import Row, seconds

ROUNDS = 15


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bestand.kkd"
        key = caseloads.even(path, 300)
        with stores.open_caseload(path, key, caseloads.TODAY) as context:
            worklist.worklist(context)

            def log() -> None:
                contact = Contact(caseloads.TODAY, client_id=1)
                casework.record_contact(context, contact)
                worklist.worklist(context)

            yield Row("log a contact and list anew, 300 clients", median(_times(log)))


def _times(work: object) -> list[float]:
    assert callable(work)
    return [seconds(work) for _ in range(ROUNDS)]
