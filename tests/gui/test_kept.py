"""Does the window come back as it was left? Size, view, filters, order, widths; never a name."""

from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kkd_desktop.actions import stores, worklist
from kkd_desktop.actions.secrets import Key
from kkd_desktop.gui.pages.einladungen import Period
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.workplace import Workplace
from tests.gui.conftest import DEMO_DAY

LEFT = Qt.MouseButton.LeftButton
DOWNWARDS = Qt.SortOrder.DescendingOrder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "fenster.ini"


class Program:
    """The program, started again and again on the same caseload and the same settings."""

    def __init__(self, store: Path, key: Key, file: Path, qtbot: QtBot) -> None:
        self._store, self._key, self._file, self._qtbot = store, key, file, qtbot
        self._running: ExitStack | None = None

    def start(self) -> Workplace:
        """Close the window that is open, and open one as a new process would."""
        self.stop()
        self._running = ExitStack()
        opened = stores.open_caseload(self._store, self._key, DEMO_DAY)
        session = Session(self._running.enter_context(opened))
        settings = QSettings(str(self._file), QSettings.Format.IniFormat)
        workplace = Workplace(session, settings)
        self._running.callback(self._close, workplace, settings)
        with self._qtbot.waitSignal(workplace.settling):
            workplace.window.show()
        return workplace

    def stop(self) -> None:
        if self._running is not None:
            self._running.close()
            self._running = None

    def _close(self, workplace: Workplace, settings: QSettings) -> None:
        with self._qtbot.waitSignal(workplace.window.destroyed):
            workplace.close()
        workplace.session.finish()
        settings.sync()


@pytest.fixture
def program(tmp_path: Path, demo_file: tuple[bytes, Key], file: Path, qtbot: QtBot):
    store = tmp_path / "beispiel.kkd"
    store.write_bytes(demo_file[0])
    store.chmod(0o600)
    program = Program(store, demo_file[1], file, qtbot)
    yield program
    program.stop()


def page(workplace: Workplace, name: str) -> QWidget:
    return workplace.window.show_page(name)


def test_the_size_of_the_window_is_kept(program):
    workplace = program.start()
    workplace.window.resize(1024, 720)

    assert program.start().window.size() == QSize(1024, 720)


def test_a_maximised_window_opens_maximised(program, qtbot):
    workplace = program.start()
    workplace.window.showMaximized()
    qtbot.waitUntil(workplace.window.isMaximized)

    assert program.start().window.isMaximized()


def test_the_week_opens_in_the_view_that_was_chosen(program, qtbot):
    workplace = program.start()
    woche = page(workplace, "woche")
    qtbot.mouseClick(woche.mode.button("weeks"), LEFT)
    qtbot.mouseClick(woche.list.panel.span.button("everyone"), LEFT)

    woche = page(program.start(), "woche")

    assert woche.shown == "weeks"
    assert woche.list.panel.span.value() == "everyone"


def test_a_closed_list_stays_closed_and_an_opened_one_open(program, qtbot):
    workplace = program.start()
    woche = page(workplace, "woche")
    qtbot.mouseClick(woche.list.panel.close_button, LEFT)

    workplace = program.start()
    woche = page(workplace, "woche")
    assert not woche.list.panel.isVisible()
    assert woche.list_button.text().endswith("ohne Termin")

    qtbot.mouseClick(woche.list_button, LEFT)
    assert page(program.start(), "woche").list.panel.isVisible()


def test_period_filter_and_order_of_the_invitations_are_kept(program, qtbot):
    workplace = program.start()
    invited = page(workplace, "einladungen")
    qtbot.mouseClick(invited.period.button(Period.UPCOMING), LEFT)
    qtbot.mouseClick(invited.stage.button("invited"), LEFT)
    invited.table.sortByColumn(2, DOWNWARDS)

    invited = page(program.start(), "einladungen")

    assert invited.period.value() == Period.UPCOMING
    assert invited.stage.value() == "invited"
    header = invited.table.horizontalHeader()
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (2, DOWNWARDS)


def test_a_width_that_was_drawn_is_kept_and_the_others_take_the_room(program):
    workplace = program.start()
    table = page(workplace, "kunden").table
    table.setColumnWidth(0, 260)

    workplace = program.start()
    table = page(workplace, "kunden").table
    workplace.window.resize(1600, 900)

    assert table.columnWidth(0) == 260
    assert table.horizontalScrollBar().maximum() == 0


def test_columns_that_were_moved_stay_there(program):
    workplace = program.start()
    page(workplace, "kunden").table.horizontalHeader().moveSection(3, 1)

    header = page(program.start(), "kunden").table.horizontalHeader()

    assert [header.logicalIndex(place) for place in range(4)] == [0, 3, 1, 2]


def test_the_room_of_the_concepts_is_kept(program, qtbot):
    workplace = program.start()
    qtbot.mouseClick(page(workplace, "konzepte").rooms.button("machbarkeit"), LEFT)

    assert page(program.start(), "konzepte").rooms.value() == "machbarkeit"


def test_the_widths_of_the_kundenhistorie_are_kept(program):
    workplace = program.start()
    someone = worklist.worklist(workplace.session.context).entries[0].client.id
    workplace.open_client(someone)
    workplace.window.page("akte").history.setColumnWidth(0, 150)

    workplace = program.start()
    workplace.open_client(someone)

    assert workplace.window.page("akte").history.columnWidth(0) == 150


@pytest.mark.parametrize(
    "kept",
    [
        ["7 0 1"],
        ["x"] * 10,
        ["100 0 1"] * 9 + ["0 0"],
        ["100 1 1"] * 9 + ["0"],
        "alt",
    ],
)
def test_what_another_version_kept_does_no_harm(program, file, kept):
    settings = QSettings(str(file), QSettings.Format.IniFormat)
    settings.setValue("kunden/columns", kept)
    settings.setValue("woche/mode", "jahr")
    settings.sync()

    workplace = program.start()

    header = page(workplace, "kunden").table.horizontalHeader()
    assert [header.logicalIndex(place) for place in range(9)] == list(range(9))
    assert page(workplace, "woche").shown == "week"


def test_nothing_that_is_kept_names_anybody(program, file):
    workplace = program.start()
    for name in ("kunden", "woche", "einladungen", "konzepte", "auswertung"):
        page(workplace, name)
    entries = worklist.worklist(workplace.session.context).entries
    workplace.open_client(entries[0].client.id)
    page(workplace, "kunden").search.setText(entries[0].client.last_name)

    program.start()

    kept = file.read_text(encoding="utf-8")
    assert not [e for e in entries if e.client.last_name in kept or e.client.number in kept]
