"""Is every text of the program in the catalogue, whole and in English?"""

import ast
import gettext
import re
from collections import Counter

import pytest

from kkd_desktop.domain import language
from kkd_desktop.domain.language import COUNTED
from tests import languages

TEXTS = languages.texts()
CATALOGUE = languages.catalogue()
SPEAKING = {*languages.SAYING, *languages.COUNTING, "translate", "Sayings"}
MARKS = {"placeholders": r"\{\w*\}", "mnemonics": "&", "lines": "\n", "tabs": "\t"}


def english(key):
    context, text = key
    message = CATALOGUE.get(text, context)
    return "" if message is None else message.string


def test_every_text_has_its_english():
    missing = [text for context, text in TEXTS if not english((context, text))]

    assert not missing, "`make languages` takes them in"


def test_the_catalogue_holds_nothing_that_nobody_says():
    known = {(message.context, message.id) for message in CATALOGUE if message.id}

    assert known == set(TEXTS)
    assert not CATALOGUE.obsolete
    assert not [message.id for message in CATALOGUE if message.fuzzy]


@pytest.mark.parametrize("mark", MARKS)
def test_english_keeps_what_the_program_looks_for_in_a_text(mark):
    find = re.compile(MARKS[mark]).findall

    assert not [key for key in TEXTS if Counter(find(key[1])) != Counter(find(english(key)))]


def test_english_begins_and_ends_with_the_same_blanks():
    def blanks(text):
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert not [key for key in TEXTS if blanks(key[1]) != blanks(english(key))]


def test_no_letter_of_the_german_alphabet_is_left_but_in_names():
    names = re.compile(r"Ü25|Anhörung")
    strange = [key for key in TEXTS if re.search("[äöüÄÖÜß„]", names.sub("", english(key)))]

    assert not strange


def test_what_the_program_reads_is_what_stands_in_the_catalogue():
    with languages.MO.open("rb") as file:
        read = gettext.GNUTranslations(file)

    for context, text in TEXTS:
        said = read.gettext(text) if context is None else read.pgettext(COUNTED, text)
        assert said == english((context, text))


def test_a_text_is_whole_before_its_places_are_filled():
    """An f-string would be another text for each person, and never found."""
    wrong = [
        f"{path.name}:{node.lineno}"
        for path, tree in languages.modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and languages.called(node) in SPEAKING
        for argument in node.args
        if isinstance(argument, ast.JoinedStr)
    ]

    assert not wrong


def test_what_is_for_the_office_is_german_whatever_the_window_speaks():
    with languages.MO.open("rb") as file:
        language.speak(gettext.GNUTranslations(file))
    try:
        spoken = language.said("Speichern")
        with language.german():
            for_the_office = language.said("Speichern")
    finally:
        language.speak(None)

    assert (spoken, for_the_office) == ("Save", "Speichern")


GERMAN = re.compile(
    r"[äöüÄÖÜß]|\b(der|die|das|und|oder|nicht|keine?|mit|ohne|für|von|vom|am|im|bis|ist|sind|wird)\b"
)
NOT_SHOWN = {
    # The command line of the window, and the log of faults.
    *("mit einem erfundenen Fallbestand", "Datei mit der Passphrase"),
    "fehler.log: nicht beschreibbar",
    # Names of files, icons and pages.
    *("zaehlt-nicht", "im-fenster", "it-und-datenschutz", "-ohne-personen.", "-bis-"),
    # A wish as it is typed and stored, which is German.
    *("nicht vor ", "nicht nach ", ", bis "),
}


def test_no_text_of_the_window_is_written_past_the_catalogue():
    past = []
    for path, tree in languages.modules():
        if not path.is_relative_to(languages.PACKAGE / "gui"):
            continue
        spoken = {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and languages.called(node) in SPEAKING
            for argument in node.args
            for part in ast.walk(argument)
        }
        remarks = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        past += [
            f"{path.name}:{node.lineno}: {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in spoken | remarks
            and node.value not in NOT_SHOWN
            and "(?" not in node.value
            and GERMAN.search(node.value)
        ]

    assert not past
