"""A keystroke in the query line at 10,000 clients, aim 30 ms: each line is typed letter by letter.

What cannot be understood on the way is a keystroke too: its sentence is made. The caseload is made
ready once, when it has changed.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from kkd_desktop.actions import policies, worklist
from kkd_desktop.actions import search as searches
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.policies import open_shelf
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.search import Searcher
from kkd_desktop.domain.search_completion import completions
from kkd_desktop.domain.search_fields import Vocabulary
from kkd_desktop.domain.search_parser import parse
from kkd_desktop.domain.worklist import Entry
from kkd_desktop.store.opening import open_store
from tests.benchmarks import caseloads
from tests.benchmarks.report import Row, seconds

CLIENTS = 10_000
LINES = (
    "beispiel99 müller",
    "profil:foerder kein-kontakt>60t status:arbeitslos quote:m1 bg:123 ohne:termin",
    "(zustand:ueberfaellig oder gruppe:diese-woche) -profil:z,i alter<25 faellig<14t regel:tage",
)


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bestand.kkd"
        key = caseloads.even(path, CLIENTS)
        with open_store(path, key) as store:
            context = Context(store, open_shelf(), caseloads.TODAY)
            policies.choose(context, "ffm2017")
            entries = worklist.entries(context)
            known = searches.vocabulary(context)
            yield from (_typed(line, entries, known) for line in LINES)


def _typed(line: str, entries: list[Entry], known: Vocabulary) -> Row:
    searcher = Searcher(entries, known, caseloads.TODAY)
    took = [
        seconds(lambda typed=line[:end]: _keystroke(typed, searcher, known))
        for end in range(1, len(line) + 1)
    ]
    mean = sum(took) / len(took)
    return Row(f"slowest of {len(took)} keystrokes, mean {mean * 1000:.1f} ms: {line}", max(took))


def _keystroke(typed: str, searcher: Searcher, known: Vocabulary) -> None:
    completions(typed, len(typed), known)
    try:
        searcher.search(parse(typed, known))
    except UserError as fault:
        str(fault)
