"""From the caseload to the fewest talks for 45/80/95 %: 300 clients over 4 and 26 weeks, 10,000.

The invented caseload under Frankfurt 2017, on every day, the other readings beside it. The solver
is loaded beforehand.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from kkd_desktop.actions import policies, quota_planning, stores
from kkd_desktop.actions.quota_planning import QuotaOptions
from kkd_desktop.domain.quota_planning import QuotaResult
from tests.benchmarks import caseloads
from tests.benchmarks.report import Row

CASES = ((300, (4, 8, 26)), (10_000, (4,)))


def rows() -> Iterator[Row]:
    for clients, spans in CASES:
        for weeks, took, found in _planned(clients, spans):
            proof = "proven" if found.proven else "not proven"
            talks = f"{len(found.steps)} talks, {proof}"
            yield Row(f"fewest talks for the shares, {clients} × {weeks} weeks: {talks}", took)


def _planned(clients: int, spans: tuple[int, ...]) -> Iterator[tuple[int, float, QuotaResult]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bestand.kkd"
        secret, today = caseloads.PASSPHRASE, caseloads.TODAY
        context = stores.create_demo(path, secret, today, clients=clients)
        with context.store:
            policies.choose(context, "ffm2017")
            stores.remember_holidays(context)
            quota_planning.make(context, QuotaOptions(weeks=1))
            for weeks in spans:
                begin = perf_counter()
                (found,) = quota_planning.make(context, QuotaOptions(weeks=weeks)).plans
                yield weeks, perf_counter() - begin, found.result
