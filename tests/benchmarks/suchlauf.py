"""A keystroke in the query line of the window at 10,000 clients, aim 20 ms: to the painted table.

Also the slowest turn of the event loop in which Heute counts saved searches, aim 50 ms. The floor
of a keystroke is the bare query over the same caseload.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication

from kkd_desktop.actions import policies, worklist
from kkd_desktop.actions import search as searches
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.policies import open_shelf
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.search_parser import parse
from kkd_desktop.gui.pages.kunden import KundenPage
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.startup import application
from kkd_desktop.gui.widgets.search_card import SearchCard
from kkd_desktop.store.opening import open_store
from tests.benchmarks import caseloads
from tests.benchmarks.report import Row, seconds
from tests.benchmarks.searching import CLIENTS, LINES


def rows() -> Iterator[Row]:
    application()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bestand.kkd"
        key = caseloads.even(path, CLIENTS)
        with open_store(path, key) as store:
            context = Context(store, open_shelf(), caseloads.TODAY)
            policies.choose(context, "ffm2017")
            session = Session(context)
            yield from _typing(session)
            yield _counting(session)


def _typing(session: Session) -> Iterator[Row]:
    page = KundenPage(session)
    page.resize(1180, 760)
    page.show()
    page.search.setFocus()
    _idle()
    page.filter_button.setChecked(True)
    _idle()
    ready = searches.searcher(session.context)
    known = searches.vocabulary(session.context)

    def bare(line: str) -> None:
        try:
            ready.search(parse(line, known))
        except UserError:
            return

    took, floors = [], []
    for line in LINES:
        page.search.clear()
        _idle()
        for end in range(1, len(line) + 1):
            floors.append(seconds(lambda typed=line[:end]: bare(typed)))
            took.append(seconds(lambda letter=line[end - 1]: _keystroke(page, letter)))
            _idle()
    late = quantiles(took, n=20)[-1]
    said = f"median {median(took) * 1000:.1f} ms, slowest {max(took) * 1000:.1f} ms"
    yield Row(f"suchlauf: 19 of 20 keystrokes with form and table, {said}", late, max(floors))
    page.close()


def _keystroke(page: KundenPage, letter: str) -> None:
    page.search.insert(letter)
    page.search.textEdited.emit(page.search.text())
    QCoreApplication.processEvents()


def _counting(session: Session) -> Row:
    entries = worklist.entries(session.context)
    searches.offer(session.context)
    for number, line in enumerate(LINES[1:]):
        searches.save(session.context, f"Suche {number}", line.replace("bg:123", "ort:a"))
    card = SearchCard(session)
    card.show()
    card.show_searches(entries)
    turns = []
    while not card.is_counted():
        turns.append(seconds(QCoreApplication.processEvents))
    card.close()
    return Row(f"suchlauf: slowest of {len(turns)} turns that count saved searches", max(turns))


def _idle() -> None:
    """Let the window finish what it put off: numbers of offers, among others."""
    for _ in range(80):
        QCoreApplication.processEvents()
