"""The language of the window: German from the start, English where somebody chose it."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel

from kkd_desktop.gui import translations
from kkd_desktop.gui.pages.einstellungen import EinstellungenPage
from kkd_desktop.gui.translations import Language

SPOKEN = """
import sys
from datetime import date
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from kkd_desktop.domain import language, texts
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


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)


def said_in(chosen):
    """What a process of its own says: an installed translator would stay for other tests."""
    command = [sys.executable, "-c", SPOKEN, chosen]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("|")


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
