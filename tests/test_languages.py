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


FIELDS = (
    *("Tag", "Grund für das Telefonat", "Inhalt", "Ziel", "Mitteleinsatz", "Nachname", "Vorname"),
    *("Kundennummer", "Kürzel", "Eigene Kennung", "Geburtsdatum", "Anmeldung", "Kooperationsplan"),
    *("BG-Nummer", "Telefon", "Adresszusatz", "Straße", "PLZ", "Termin", "Dauer", "Benutzer"),
)
"""By these a dialog knows which of its fields a refusal speaks of."""


@pytest.mark.parametrize("name", FIELDS)
def test_a_refusal_speaks_of_its_field_by_the_name_the_field_has(name):
    called = english((None, name))
    refusals = [text for context, text in TEXTS if context is None and text.startswith(f"{name}: ")]

    assert called
    assert all(english((None, text)).startswith(f"{called}: ") for text in refusals)


GERMAN = re.compile(
    r"[äöüÄÖÜß]|\b(der|die|das|und|oder|nicht|keine?|mit|ohne|für|von|vom|am|im|bis|ist|sind|wird)\b"
)
NOT_SHOWN = {
    # The command line of the window, and the log of faults.
    *("mit einem erfundenen Fallbestand", "Datei mit der Passphrase"),
    "fehler.log: nicht beschreibbar",
    # Names of files, icons and pages.
    *("zaehlt-nicht", "im-fenster", "it-und-datenschutz", "-ohne-personen.", "-bis-"),
    *("soll-ist-monat", "soll-ist-profillage", "soll-ist-raster"),
    # A wish as it is typed and stored, which is German.
    *("nicht vor ", "nicht nach ", ", bis "),
    # What the planner calls a stage, told in other words.
    "Möglichkeiten",
    # A name of an age that Germans and their laws know.
    "Ü25",
    # The value of a Vermerk that there is none of.
    "kein",
    # Why a back-up was made: stored.
    "Plan mit ",
    # What a contact by telephone keeps for a reason where nobody gave one.
    "(ohne Angabe)",
}
GERMAN_BY_NATURE = {
    # Questions and actions of the command line, and the tests of policy files there.
    *("actions/batch.py", "actions/requests.py", "actions/evaluate.py", "actions/case_files.py"),
    *("actions/policy_check.py", "actions/settings_file.py"),
    # What an author of a policy reads in an editor, and the letters of the language.
    *("policyfiles/schema/", "domain/folding.py"),
    # What leaves the house.
    *("domain/disclosure.py", "exchange/report_workbook.py", "exchange/calendar_file.py"),
    *("paper/letter.py", "paper/report.py", "paper/invitation_list.py"),
    "paper/people_list.py",
    # Words by which tables of other programs and typed searches are understood.
    *("domain/table_columns.py", "domain/table_words.py"),
    *("domain/search_fields.py", "domain/search_form.py", "domain/search_parser.py"),
    *("domain/search_query.py", "domain/search_completion.py", "domain/spoken_days.py"),
    # The names of Profillagen and Länder, and the purposes of § 309 Abs. 2 SGB III.
    *("domain/texts.py", "domain/letter_kinds.py"),
    # Invented people, and the remarks inside a statement of SQL.
    *("domain/demo/words.py", "store/migrations.py"),
}
"""Modules, and one room of them, whose German nobody reads in another language."""


def written_past_the_catalogue(tree):
    """German texts of a module that no reader of another language could be told."""
    spoken = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and languages.called(node) in SPEAKING:
            spoken.update(part for each in node.args for part in ast.walk(each))
        elif isinstance(node, ast.With | ast.FunctionDef) and is_for_the_office(node):
            spoken.update(ast.walk(node))
        elif isinstance(node, ast.Expr):
            spoken.add(node.value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in spoken:
            yield node


def is_for_the_office(node):
    """Whether all in it is said `with german()`."""
    if isinstance(node, ast.With):
        calls = [item.context_expr for item in node.items]
    else:
        calls = node.decorator_list
    return any(isinstance(call, ast.Call) and languages.called(call) == "german" for call in calls)


def test_no_text_is_written_past_the_catalogue():
    past, natural = [], set()
    for path, tree in languages.modules():
        module = path.relative_to(languages.PACKAGE).as_posix()
        texts = [
            f"{module}:{node.lineno}: {node.value}"
            for node in written_past_the_catalogue(tree)
            if node.value not in NOT_SHOWN and "(?" not in node.value and GERMAN.search(node.value)
        ]
        known = {each for each in GERMAN_BY_NATURE if module.startswith(each)}
        if known and texts:
            natural |= known
        else:
            past += texts

    assert not past
    assert natural == GERMAN_BY_NATURE
