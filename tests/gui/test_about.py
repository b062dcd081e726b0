"""What the program is and stands on, reached from the settings and read with the keyboard."""

import pytest
from PySide6.QtCore import Qt

from kkd_desktop import __version__
from kkd_desktop.gui.dialogs.about import AboutDialog, flowing
from kkd_desktop.gui.dialogs.help import HelpDialog
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


@pytest.mark.parametrize(
    ("button", "kind", "title"),
    [
        ("about_button", AboutDialog, "Über KKD Desktop"),
        ("it_button", HelpDialog, "Für IT und Datenschutz"),
    ],
)
def test_the_last_card_of_the_settings_leads_there(page, qtbot, button, kind, title):
    assert __version__ in page.about.version.text()

    qtbot.mouseClick(getattr(page.about, button), LEFT)

    [shown] = page.findChildren(kind)
    assert shown.title.text() == title


def test_the_page_for_it_is_one_step_further(dialog, qtbot):
    qtbot.mouseClick(dialog.it_button, LEFT)

    assert [each.title.text() for each in dialog.findChildren(HelpDialog)] == [
        "Für IT und Datenschutz"
    ]


def test_lines_broken_for_a_terminal_flow_and_lists_do_not():
    full = "Permission is hereby granted, free of charge, to anybody at all"

    assert flowing(f"{full}\nwho obtains it.") == f"{full} who obtains it."
    assert flowing(f"{full}\n* a list") == f"{full}\n* a list"
    assert flowing(f"{full}\n2. a list") == f"{full}\n2. a list"
    assert flowing(f"{full * 3}\nAnother") == f"{full * 3}\nAnother"
    assert flowing(f"{full}\n\nanother") == f"{full}\n\nanother"
    assert flowing("Short\nlines") == "Short\nlines"
