"""From the encrypted file to outcomes with their reasons, beside the bare SQL for last contacts."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from kkd_desktop.actions import worklist
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.policies import open_shelf
from kkd_desktop.actions.secrets import Key
from kkd_desktop.domain.explanation import explain
from kkd_desktop.store.opening import open_store
from tests.benchmarks import caseloads
from tests.benchmarks.report import Row, alternating, seconds

SIZES = ((300, 15), (3_000, 7), (10_000, 3))
AIM = 3.0
SHELF = open_shelf()
LAST_CONTACTS = """
SELECT client_id, max(day)
  FROM contact
 WHERE attended = 1 AND qualified = 1 AND form = 'persoenlich'
 GROUP BY client_id
"""


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        for number, rounds in SIZES:
            path = Path(folder) / f"{number}.kkd"
            key = caseloads.even(path, number)
            measured, floor = alternating(
                lambda path=path, key=key: seconds(lambda: _list(path, key)),
                lambda path=path, key=key: seconds(lambda: _bare(path, key)),
                rounds,
            )
            yield Row(f"worklist with reasons, {number} x 20 contacts", measured, floor, AIM)


def _list(path: Path, key: Key) -> list[str]:
    # The shelf stays: a process reads the policy once, whatever the number of lists.
    with open_store(path, key) as store:
        context = Context(store, SHELF, caseloads.TODAY)
        found = worklist.worklist(context)
        return [explain(entry.outcome) for entry in found.entries]


def _bare(path: Path, key: Key) -> list[tuple[object, ...]]:
    with open_store(path, key) as store:
        return store.read(LAST_CONTACTS)
