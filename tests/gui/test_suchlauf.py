"""The Suchlauf in the window: query line, form, saved searches, and what follows a result."""

from datetime import date

import pytest
from PySide6.QtCore import QSettings, Qt

from kkd_desktop.actions import worklist
from kkd_desktop.gui.pages.kunden import KundenPage
from kkd_desktop.gui.workplace import Workplace

TODAY = date(2026, 11, 20)


@pytest.fixture
def page(session, present):
    page = KundenPage(session)
    page.resize(1180, 700)
    present(page)
    return page


@pytest.fixture
def everyone(session):
    return worklist.entries(session.context)


@pytest.fixture
def workplace(session, present, tmp_path):
    workplace = Workplace(session, QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat))
    present(workplace.window)
    return workplace


def shown(page):
    return {row.id for row in page.model.rows()}


def test_exactly_these_people_are_shown_until_their_chip_is_taken_away(qtbot, page, everyone):
    wanted = {entry.client.id for entry in everyone[:3]}

    page.show_people(wanted, "Auswertung: überfällig am 31.10.2026")
    (chip,) = page.chips.chips
    assert shown(page) == wanted
    assert chip.said == "Auswertung: überfällig am 31.10.2026"
    assert page.heading.note.text() == f"3 von {len(everyone)}"

    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert len(shown(page)) == len(everyone)
    assert not page.chips.isVisible()


def test_a_key_takes_the_chip_away_too(qtbot, page, everyone):
    page.show_people([everyone[0].client.id], "Auswertung")
    (chip,) = page.chips.chips
    chip.setFocus()

    qtbot.keyClick(chip, Qt.Key.Key_Delete)

    assert len(shown(page)) == len(everyone)


def test_the_window_shows_kunden_with_a_search_or_with_people(workplace, everyone):
    workplace.show_search("ohne:termin")
    page = workplace.window.page("kunden")
    assert workplace.window.current_page() == "kunden"
    assert page.search.text() == "ohne:termin"
    assert shown(page) == {e.client.id for e in everyone if e.appointment is None}

    workplace.show_people([everyone[1].client.id], "Auswertung")
    assert page.search.text() == ""
    assert shown(page) == {everyone[1].client.id}
