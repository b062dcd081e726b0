"""The language of the window: German from the start, English where somebody chose it."""

import os
import subprocess
import sys
from datetime import date

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel

from kkd_desktop.actions import stores
from kkd_desktop.actions.secrets import Passphrase
from kkd_desktop.gui import translations
from kkd_desktop.gui.pages.einstellungen import EinstellungenPage
from kkd_desktop.gui.translations import Language

SPOKEN = """
import sys
from datetime import date
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from kkd_desktop.domain import language, texts
from kkd_desktop.actions import stores
from kkd_desktop.actions.secrets import Passphrase
from kkd_desktop.gui import translations
from kkd_desktop.gui.translations import Language

app = QApplication([])
translations.install(app, Language(sys.argv[1]))
box = QMessageBox()
box.setStandardButtons(QMessageBox.StandardButton.Cancel)
day = date(2026, 11, 24)
print(QWidget().tr("Speichern"), box.buttons()[0].text().replace("&", ""), sep="|", end="|")
print(texts.counted(1739, "Tag", "Tage"), texts.long_day(day), texts.decimal(1.5), sep="|", end="|")
print(QLocale().dayName(2), texts.weekday_day(day), texts.german_day(day), sep="|", end="|")
with language.german():
    print(QWidget().tr("Speichern"), texts.counted(1739, "Tag", "Tage"), sep="|")
"""

ASKED = """
import sys
from datetime import date
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from kkd_desktop.gui.startup import Startup, application

presses = sys.argv[2:]

def answer(dialog):
    print(dialog.windowTitle())
    if presses:
        dialog.show()
        button = getattr(dialog, presses.pop(0))
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)

QDialog.exec = answer
application()
store = Path(sys.argv[1]) if sys.argv[1] else None
Startup(store=store, demo=False, today=date(2026, 11, 20)).open()
"""
"""Each question of a start by its title; the rest of the line is what is pressed in them."""


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)


def said_in(chosen):
    """What a process of its own says: an installed translator would stay for other tests."""
    command = [sys.executable, "-c", SPOKEN, chosen]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("|")


def asked(home, *presses, store=""):
    done = subprocess.run(
        [sys.executable, "-c", ASKED, str(store), *presses],
        env={**os.environ, "XDG_DATA_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_english_is_spoken_in_the_window_and_german_to_the_office():
    window, qt, count, long, number, weekday, day, step, *office = said_in(Language.ENGLISH)

    assert (window, qt) == ("Save", "Cancel")
    assert (count, long, number) == ("1,739 days", "24 November 2026", "1.5")
    assert (weekday, day) == ("Tuesday", "Tu 24.11.2026")
    assert step == "Di 24.11.2026"
    assert [each.strip() for each in office] == ["Speichern", "1.739 Tage"]


def test_german_needs_no_catalogue_and_qt_speaks_it_too():
    window, qt, count, long, number, weekday, *_ = said_in(Language.GERMAN)

    assert (window, qt) == ("Speichern", "Abbrechen")
    assert (count, long, number) == ("1.739 Tage", "24. November 2026", "1,5")
    assert weekday == "Dienstag"


def test_a_language_that_nobody_speaks_is_german(settings):
    settings.setValue("look/language", "fr")

    assert translations.chosen_language(settings) is Language.GERMAN


def test_english_is_chosen_by_keys_and_kept_for_the_next_start(session, settings, present, qtbot):
    page = EinstellungenPage(session, settings=settings)
    page.resize(1100, 800)
    present(page)
    page.show_section(page.appearance)
    section = page.appearance

    section.language.button(Language.GERMAN).setFocus()
    qtbot.keyClick(section.language.button(Language.GERMAN), Qt.Key.Key_Right)

    assert translations.chosen_language(settings) is Language.ENGLISH
    words = [label.text() for label in section.language_field.findChildren(QLabel)]
    assert any("nächsten Start" in each for each in words)


def test_who_begins_chooses_the_language_with_the_first_question_and_keeps_it(tmp_path):
    german, english, create, again = asked(tmp_path, "language_button", "creation")

    assert german == "Willkommen bei Kontaktdichte"
    assert english == again == "Welcome to Kontaktdichte"
    assert create == "Create caseload"
    assert asked(tmp_path) == [english]
    assert asked(tmp_path, "language_button") == [english, german]


def test_after_the_choice_in_the_settings_the_question_for_the_passphrase_is_english(tmp_path):
    store = tmp_path / "bestand.kkd"
    stores.create_caseload(store, Passphrase("vier Wörter hier"), date(2026, 11, 20)).store.close()
    before = asked(tmp_path, store=store)
    kept = QSettings(str(tmp_path / "kkd-desktop" / "fenster.ini"), QSettings.Format.IniFormat)
    translations.keep_language(kept, Language.ENGLISH)

    assert (before, asked(tmp_path, store=store)) == (["Fallbestand öffnen"], ["Open caseload"])
