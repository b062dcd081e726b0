"""From the caseload to the plan: 300 clients over 8 weeks, aim 5 s; 500 over 26, aim 60 s.

The invented caseload under Mönchengladbach 2012, more than there is time for in the second case.
The name says how far the plan is from the bound that no plan can beat. The solver is loaded
beforehand, and taken by itself in the last row.
"""

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from kkd_desktop.actions import planning, stores
from kkd_desktop.actions.planning import Options
from kkd_desktop.domain.plan import Plan
from tests.benchmarks import caseloads
from tests.benchmarks.report import Row, seconds

CASES = ((300, 8), (500, 26))
LOADING = "import kkd_desktop.planning.highs"


def rows() -> Iterator[Row]:
    for clients, weeks in CASES:
        took, found = _planned(clients, weeks)
        talks = f"{len(found.talks)} talks, {found.gap:.1e} from the bound"
        yield Row(f"plan of {clients} clients over {weeks} weeks: {talks}", took)
    command = [sys.executable, "-c"]
    whole = seconds(lambda: subprocess.run([*command, LOADING], check=True))
    bare = seconds(lambda: subprocess.run([*command, "pass"], check=True))
    yield Row("loading the solver", whole - bare)


def _planned(clients: int, weeks: int) -> tuple[float, Plan]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bestand.kkd"
        secret, today = caseloads.PASSPHRASE, caseloads.TODAY
        context = stores.create_demo(path, secret, today, clients=clients)
        with context.store:
            stores.remember_holidays(context)
            now = datetime.combine(today, time(9))
            planning.make(context, now, Options(1))
            begin = perf_counter()
            found = planning.make(context, now, Options(weeks))
            return perf_counter() - begin, found
