"""The Verlauf of a caseload in which much was done: the first page, and a search through all."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from kkd_desktop.actions import history, stores, undo
from kkd_desktop.actions.history import Wanted
from tests.benchmarks import caseloads
from tests.benchmarks.report import Row, seconds

STEPS = 5000
ROUNDS = 5


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bestand.kkd"
        key = caseloads.even(path, 300, each=1)
        with stores.open_caseload(path, key, caseloads.TODAY) as context:
            with context.store.write(journaled=False):
                caseloads.steps(context, STEPS)
            everything = Wanted(fits=lambda step: "nirgends" in step.sought())
            for name, work in (
                ("first page", lambda: history.page(context, Wanted())),
                ("of one person", lambda: history.page(context, Wanted(client_id=7))),
                ("a far page", lambda: history.page(context, Wanted(), STEPS // 2)),
                ("searched through", lambda: history.last(context, everything, 1)),
            ):
                taken = median(seconds(work) for _ in range(ROUNDS))
                yield Row(f"history of 5,000 steps, {name}", taken)
            yield Row(
                "history of 5,000 steps, trimmed at start", seconds(lambda: undo.trim(context))
            )
