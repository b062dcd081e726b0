"""While Alt is held every button shows the letter that presses it."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from shiboken6 import delete

from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.field import FormField

ALT = Qt.Key.Key_Alt
HELD = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def pressed() -> list[str]:
    return []


@pytest.fixture
def dialog(present, pressed) -> Dialog:
    """Two buttons that begin alike, and a field that has the letter of both."""
    dialog = Dialog("Angaben")
    dialog.body.addWidget(FormField("&Datei", QLineEdit()))
    for text in ("Drucken …", "Datei wählen …"):
        dialog.add_action(text, lambda *_, text=text: pressed.append(text))
    dialog.set_main_action("Speichern", lambda: pressed.append("Speichern"))
    present(dialog)
    return dialog


def letters(dialog: Dialog) -> list[str]:
    found = (QKeySequence.mnemonic(each.text()).toString() for each in dialog.findChildren(Button))
    return [each for each in found if each]


def test_held_alt_gives_every_button_without_keys_a_letter_of_its_own(dialog):
    QTest.keyPress(dialog, ALT)

    # The main action shows its keys already.
    assert letters(dialog) == ["Alt+R", "Alt+W"]
    assert max(Counter((*letters(dialog), "Alt+D")).values()) == 1


def test_the_letter_presses_the_button(dialog, pressed, qtbot):
    QTest.keyPress(dialog, ALT)
    QTest.keyClick(dialog, Qt.Key.Key_W, HELD)
    QTest.keyRelease(dialog, ALT)

    qtbot.waitUntil(lambda: pressed == ["Datei wählen …"])


def test_after_it_the_buttons_are_as_they_were(dialog):
    names = [each.accessibleName() for each in dialog.findChildren(Button)]

    QTest.keyPress(dialog, ALT)
    QTest.keyRelease(dialog, ALT)

    assert letters(dialog) == []
    assert [each.accessibleName() for each in dialog.findChildren(Button)] == names


def test_alt_is_heard_while_one_writes_in_a_field(dialog):
    field = dialog.findChild(QLineEdit)
    field.setFocus()

    QTest.keyPress(field, ALT)

    assert letters(dialog) == ["Alt+R", "Alt+W"]


def test_a_button_that_went_away_meanwhile_is_forgotten(dialog):
    button = next(each for each in dialog.findChildren(Button) if each.text() == "Drucken …")
    QTest.keyPress(dialog, ALT)

    delete(button)
    QTest.keyRelease(dialog, ALT)

    assert letters(dialog) == []


def test_a_window_above_it_gets_no_letters(dialog, present):
    above = Dialog("Hilfe", parent=dialog)
    above.add_action("Suchen", above.reject)
    present(above)

    QTest.keyPress(dialog, ALT)

    assert letters(above) == []
    assert letters(dialog) == ["Alt+R", "Alt+W"]


def test_a_letter_that_the_window_itself_listens_to_is_given_to_nobody(dialog):
    QShortcut(QKeySequence("Alt+W"), dialog)

    QTest.keyPress(dialog, ALT)

    assert letters(dialog) == ["Alt+R", "Alt+A"]
