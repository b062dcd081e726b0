"""A keystroke in the command palette at 10,000 clients, aim 30 ms: each text is typed by letters.

From the letter to the finished picture of the hits. The floor is the cheapest answer one could
give: one look through the folded names for the letters as they stand, in plain Python. Names are
read in slices between the events of the window; the slowest slice is what somebody could notice.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QSettings

from kkd_desktop.actions import casework
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.policies import open_shelf
from kkd_desktop.domain.folding import fold
from kkd_desktop.gui.finding import Finder
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.startup import application
from kkd_desktop.gui.widgets.commands import CommandField
from kkd_desktop.gui.workplace import Workplace
from kkd_desktop.store.opening import open_store
from tests.benchmarks import caseloads
from tests.benchmarks.report import Row, seconds

CLIENTS = 10_000
TEXTS = ("muster kar", "schnedier anna", "123A4", "müller-lüd", "qqqqqq", "plan vorsch", "koer")


def rows() -> Iterator[Row]:
    app = application()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bestand.kkd"
        key = caseloads.even(path, CLIENTS, each=1)
        with open_store(path, key) as store:
            context = Context(store, open_shelf(), caseloads.TODAY)
            _give_names(context)
            settings = QSettings(str(Path(folder) / "fenster.ini"), QSettings.Format.IniFormat)
            workplace = Workplace(Session(context), settings)
            ready: list[bool] = []
            workplace.settling.connect(lambda: ready.append(True))
            workplace.window.show()
            while not ready:
                app.processEvents()
            # Heute goes on with its proposals in the background; that is not what is measured.
            workplace.window.show_page("konzepte")
            # A session of its own, so that of what hears of a change only the finder is measured.
            session, field = Session(context), workplace.window.commands
            finder = Finder(session, workplace._commands(), list, show_search=list)
            field.set_source(finder.find, finder.hint, finder.settle)
            finder.grown.connect(field.search_again)
            yield _reading(session, finder, field)
            yield _typing(field, context)
            workplace.close()


def _reading(session: Session, finder: Finder, field: CommandField) -> Row:
    """The slowest turn of the event loop from Ctrl+K until everybody is known."""
    known: list[bool] = []
    finder.grown.connect(lambda: known.append(True))
    turns = []
    for _ in range(3):
        known.clear()
        session.changed.emit()
        turns.append(seconds(field.begin))
        while not known:
            turns.append(seconds(QCoreApplication.processEvents))
    return Row(f"palette: slowest of {len(turns)} turns that read all names", max(turns))


def _typing(field: CommandField, context: Context) -> Row:
    names = [fold(client.name) for client in casework.all_clients(context)]
    took, floors = [], []
    for text in TEXTS:
        field.clear()
        field.begin()
        for end in range(1, len(text) + 1):
            took.append(seconds(lambda typed=text[:end]: _keystroke(field, typed)))
            floors.append(seconds(lambda typed=text[:end]: [n for n in names if typed in n]))
    mean = sum(took) / len(took)
    name = f"palette: slowest of {len(took)} keystrokes, mean {mean * 1000:.1f} ms"
    return Row(name, max(took), sum(floors) / len(floors))


def _keystroke(field: CommandField, typed: str) -> None:
    field.setText(typed)
    field.textEdited.emit(typed)
    QCoreApplication.processEvents()


def _give_names(context: Context) -> None:
    """Names as they are spread in a caseload: many share a last name, most a first name."""
    lasts = ("Muster", "Müller-Lüdenscheidt", "Schneider", "Probe", "Beispiel", "Öztürk", "Fall")
    firsts = ("Anna", "Karl", "Özlem", "Amadou", "Jürgen", "Maria-Theresia", "Zoë")
    with context.store.write(journaled=False):
        for client in casework.all_clients(context):
            last = f"{lasts[client.id % len(lasts)]}{_syllable(client.id // 7)}"
            first = firsts[client.id % 11 % len(firsts)]
            context.store.connection.execute(
                "UPDATE client SET last_name = ?, first_name = ? WHERE id = ?",
                (last, first, client.id),
            )


def _syllable(number: int) -> str:
    parts = ("", "mann", "er", "ling", "hof", "berg", "sen", "ski", "kamp", "au", "ow", "eck")
    return parts[number % 12] + parts[number // 12 % 12]
