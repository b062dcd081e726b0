"""What the program is and stands on, reached from the settings and read with the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTextEdit

from kkd_desktop import __version__
from kkd_desktop.gui.dialogs.about import AboutDialog, flowing
from kkd_desktop.gui.pages.einstellungen import EinstellungenPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(present):
    dialog = AboutDialog()
    present(dialog)
    return dialog


@pytest.fixture
def page(session, present):
    page = EinstellungenPage(session)
    page.resize(1100, 800)
    present(page)
    page.show_section(page.about)
    return page


def test_it_names_the_version_and_begins_with_the_own_licence(dialog):
    assert dialog.subtitle.text() == f"Version {__version__}"
    assert "MIT License" in dialog.licence.toPlainText()


def test_the_next_row_shows_how_qt_may_be_replaced(dialog, qtbot):
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)

    text = dialog.licence.toPlainText()
    assert text.startswith("Qt 6.")
    assert "So werden die Bibliotheken ersetzt" in text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert dialog.licence.accessibleName() == "Lizenz von Qt"


def test_escape_closes_it(dialog, qtbot):
    qtbot.keyClick(dialog.table, Qt.Key.Key_Escape)

    assert not dialog.isVisible()


def read_by_somebody(text):
    """Whether a page with this text stands open."""
    readers = [each for each in QApplication.allWidgets() if isinstance(each, QTextEdit)]
    return any(each.isVisible() and text in each.toPlainText() for each in readers)


def test_the_last_card_of_the_settings_leads_there(page, qtbot):
    assert __version__ in page.about.version.text()

    qtbot.mouseClick(page.about.about_button, LEFT)

    [shown] = page.findChildren(AboutDialog)
    assert shown.title.text() == "Über KKD Desktop"


def test_the_last_card_of_the_settings_leads_to_the_page_for_it(page, qtbot):
    qtbot.mouseClick(page.about.it_button, LEFT)

    assert read_by_somebody("PBKDF2-HMAC-SHA512")


def test_the_page_for_it_is_one_step_further(dialog, qtbot):
    qtbot.mouseClick(dialog.it_button, LEFT)

    assert read_by_somebody("PBKDF2-HMAC-SHA512")


def test_lines_broken_for_a_terminal_flow_and_lists_do_not():
    full = "Permission is hereby granted, free of charge, to anybody at all"

    assert flowing(f"{full}\nwho obtains it.") == f"{full} who obtains it."
    assert flowing(f"{full}\n* a list") == f"{full}\n* a list"
    assert flowing(f"{full}\n2. a list") == f"{full}\n2. a list"
    assert flowing(f"{full * 3}\nAnother") == f"{full * 3}\nAnother"
    assert flowing(f"{full}\n\nanother") == f"{full}\n\nanother"
    assert flowing("Short\nlines") == "Short\nlines"
