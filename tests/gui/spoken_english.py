"""What German is left in each page and dialog when the window speaks English?

A process of its own, as a chosen language stays until it ends: `python -m tests.gui.spoken_english`
prints as JSON, by page and dialog, the texts that are left, letters that two controls share,
words that are cut, and English that went into the store.
"""

import ast
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QAction, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from kkd_desktop.actions import parts, search
from kkd_desktop.actions.context import Context
from kkd_desktop.domain import texts
from kkd_desktop.domain.letter_kinds import PURPOSE_TEXTS
from kkd_desktop.gui import translations
from kkd_desktop.gui.startup import application
from kkd_desktop.gui.translations import Language
from kkd_desktop.gui.widgets.help_reader import HelpReader
from tests import languages, pictures
from tests.gui import accessibility
from tests.gui.every_window import CLIENTS, ROOMS, WINDOWS, opened
from tests.gui.test_clipping import after_all_answers
from tests.pictures.einlesen import HEADINGS

Faults = dict[str, list[str]]
Role = Qt.ItemDataRole
Spoken = QAccessible.Text

ROWS = 60
"""How many rows of a long list are looked at."""
CELL_ROLES = (
    Role.DisplayRole,
    Role.ToolTipRole,
    Role.AccessibleTextRole,
    Role.AccessibleDescriptionRole,
)


def texts_of(window: QWidget) -> Iterator[str]:
    """Everything the window says, to eyes, to a pointer that rests and to a screen reader."""
    top = window.window()
    yield top.windowTitle()
    for widget in (window, *window.findChildren(QWidget)):
        if widget.isVisible():
            yield from _texts_of_widget(widget)
    for action in top.findChildren(QAction):
        yield action.text()
        yield action.toolTip()


def _texts_of_widget(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    if not isinstance(widget, (QLineEdit, QTextEdit, QPlainTextEdit)):
        spoken = QAccessible.queryAccessibleInterface(widget)
        yield from (spoken.text(Spoken.Name), spoken.text(Spoken.Description))
    for kind, texts_of_kind in OWN_TEXTS:
        if isinstance(widget, kind):
            yield from texts_of_kind(widget)


def _of_typed(field: QTextEdit | QPlainTextEdit) -> Iterator[str]:
    yield field.placeholderText()
    # What can be changed is what somebody wrote; the pages of the help are German.
    if field.isReadOnly() and not isinstance(field, HelpReader):
        yield field.toPlainText()


def _of_header(header: QHeaderView) -> Iterator[str]:
    for role in (Role.DisplayRole, Role.ToolTipRole):
        for at in range(header.count()):
            yield str(header.model().headerData(at, header.orientation(), role) or "")


def _of_view(view: QAbstractItemView) -> Iterator[str]:
    if view.model() is not None and not isinstance(view, QHeaderView):
        yield from _texts_of_rows(view.model(), view.rootIndex())


def _texts_of_rows(model: QAbstractItemModel, above: QModelIndex) -> Iterator[str]:
    for row in range(min(model.rowCount(above), ROWS)):
        # How many columns a list model has is not for everybody to ask.
        for column in range(
            1 if isinstance(model, QAbstractListModel) else model.columnCount(above)
        ):
            index = model.index(row, column, above)
            yield from (str(index.data(role) or "") for role in CELL_ROLES)
        yield from _texts_of_rows(model, model.index(row, 0, above))


OWN_TEXTS: Sequence[tuple[type | tuple[type, ...], Callable[[Any], Iterable[str]]]] = (
    ((QLabel, QAbstractButton, QAbstractSpinBox), lambda widget: [widget.text()]),
    (QGroupBox, lambda box: [box.title()]),
    (QLineEdit, lambda field: [field.placeholderText()]),
    ((QTextEdit, QPlainTextEdit), _of_typed),
    (QComboBox, lambda field: map(field.itemText, range(min(field.count(), ROWS)))),
    (QMenu, lambda menu: [action.text() for action in menu.actions()]),
    (QHeaderView, _of_header),
    (QAbstractItemView, _of_view),
)


def overflowing(window: QWidget) -> Iterator[str]:
    """Panes whose contents are wider than what is seen of them, with no bar to move them."""
    for pane in window.findChildren(QScrollArea):
        hidden = pane.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if pane.isVisible() and pane.widget() is not None and hidden:
            needed, room = pane.widget().width(), pane.viewport().width()
            if needed > room:
                yield f"{type(pane.widget()).__name__} {needed} > {room} px"


class Painted:
    """Notes each text that our own painting draws."""

    def __init__(self) -> None:
        self.texts: set[str] = set()

    def __enter__(self) -> "Painted":
        draw, note = QPainter.drawText, self.texts.add

        def noted(painter: QPainter, *given: object) -> object:
            for each in given:
                if isinstance(each, str):
                    note(each)
            return draw(painter, *given)

        self._patch = patch.object(QPainter, "drawText", noted)
        self._patch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._patch.stop()


WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LETTERS = re.compile("[äöüÄÖÜß„]")
PLACE = re.compile(r"\{\w*\}")
FILE = re.compile(r"[\w:]*[/\\]\S+|\S+\.(kkd|csv|ics|pdf|xlsx)\b")
NUMBER = re.compile(r"\S*\d\S*")
QUERY = re.compile(r"\b[a-z-]+:[\w<>-]+")
"""The language of the search is German."""


class German:
    """What is German, known from the catalogue and the help, and what may be."""

    def __init__(self) -> None:
        catalogue = [each for each in languages.catalogue() if each.id]
        english = {word.lower() for each in catalogue for word in words(str(each.string))}
        german = {word.lower() for each in catalogue for word in words(str(each.id))}
        for page in (languages.ROOT / "resources" / "help").glob("*.md"):
            german.update(word.lower() for word in words(page.read_text(encoding="utf-8")))
        self._words = german - english - KEPT
        self._foreign = english - german
        whole = {str(each.id) for each in catalogue if each.string and each.string != each.id}
        self._whole = {key for key in whole if not PLACE.search(key)} - {
            str(each.string) for each in catalogue
        }

    def left(self, text: str, meant: Sequence[str]) -> str:
        """What a reader of English would stumble over; `meant` to stay German, longest first."""
        text = " ".join(_plain(text).split())
        if text in self._whole and text not in meant:
            return text
        if not self._found(text):
            return ""
        return self._found(_without(text, meant))

    def is_english(self, text: str) -> bool:
        """Whether a sentence kept in the store would be strange to those who read it in German."""
        found = words(NUMBER.sub(" ", text))
        return sum(word.lower() in self._foreign for word in found) > 1

    def _found(self, text: str) -> str:
        found = [word for word in words(text) if word.lower() in self._words]
        return ", ".join([*LETTERS.findall(text), *found])


def _without(text: str, meant: Sequence[str]) -> str:
    # What was cut first: of what is left of it nobody knows what it was.
    for cut in re.findall(r"(?:^|[·:„,]) ?([^·:„,]{3,}?)…", text):
        for begin in (found.start() for found in re.finditer(r"\b\w", cut)):
            if len(cut) - begin > 2 and any(each.startswith(cut[begin:]) for each in meant):
                text = text.replace(f"{cut[begin:]}…", " ")
                break
    for each in meant:
        if each in text:
            text = re.sub(rf"(?<!\w)„?{re.escape(each)}“?(?!\w)", " ", text)
    return QUERY.sub(" ", FILE.sub(" ", text))


MEANT = (
    *texts.PROFILLAGEN.values(),
    *texts.PROFILLAGEN_SHORT.values(),
    *texts.LAENDER.values(),
    # The closed list of § 309 Abs. 2 SGB III.
    *PURPOSE_TEXTS.values(),
    *("Ü25", "über 25", "UTF-8", "UTF-16", "Strg", "SGB II", "M.", "Anhörung", "Deutsch"),
)
"""Names that are German in every language."""

IMPORTING = [each for each in WINDOWS | ROOMS if each.startswith("ImportAssistant")]
MEANT_IN: Mapping[str, Sequence[str]] = {
    # The names of a calendar on a server, and of an entry in it.
    "LeaveServerDialog": ("Termine",),
    "EinstellungenPage-server": ("Termine",),
    "ServerPasswordDialog": ("Termine",),
    "ServerConflictsDialog": ("Termin X. Ü. (K035)",),
    # What the files say that are read in.
    **dict.fromkeys(IMPORTING, (*HEADINGS.split(";"), "integriert")),
    # Somebody's family name.
    "TakeOverDialog": ("Fassung",),
}

KEPT = frozenset({"b", "m", "linux", "er", "man"})
"""Words of the German catalogue that are something else here: letters of keys, weeks, fields."""


def words(text: str) -> Iterator[str]:
    yield from (found[0] for found in WORD.finditer(PLACE.sub(" ", text.replace("&", ""))))


def _plain(text: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", text)) if "<" in text else text.replace("&", "")


def strings_of(found: object) -> Iterator[str]:
    """Each text in a tree of lists and tables."""
    if isinstance(found, str):
        yield from {found, " ".join(found.split()), *found.splitlines()}
    elif isinstance(found, dict):
        for key, value in found.items():
            yield from strings_of(key)
            yield from strings_of(value)
    elif isinstance(found, list):
        for each in found:
            yield from strings_of(each)


def sentences(stored: str) -> Iterator[str]:
    """The text itself, or those in what is kept as JSON; templates of letters are no text."""
    if "#let " in stored:
        return
    try:
        found = json.loads(stored)
    except ValueError:
        yield stored if " " in stored else ""
        return
    for text in strings_of(found):
        if text != stored:
            yield from sentences(text)


def of_concepts() -> Iterator[str]:
    for folder in (languages.ROOT / "policies", pictures.INVENTED):
        for file in folder.glob("*.toml"):
            yield from strings_of(tomllib.loads(file.read_text(encoding="utf-8")))


def of_scenes() -> Iterator[str]:
    """What the scenes type and store, but for the names of buttons they look for."""
    spoken = {text for _, text in languages.texts()}
    for file in Path(pictures.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from {node.value, *node.value.splitlines()} - spoken


def of_parts() -> Iterator[str]:
    for part in parts.parts():
        yield from (each for each in (part.name, part.version, part.licence, part.home) if each)


def of_files() -> Iterator[str]:
    """Texts of law, sample letters and invented people."""
    for folder in ("texte", "recht"):
        for file in (languages.ROOT / "resources" / folder).glob("*.toml"):
            yield from strings_of(tomllib.loads(file.read_text(encoding="utf-8")))
    people = languages.PACKAGE / "domain" / "demo" / "words.py"
    for node in ast.walk(ast.parse(people.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def of_help() -> Iterator[str]:
    for page in (languages.ROOT / "resources" / "help").glob("*.md"):
        for line in page.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                title = line.lstrip("# ")
                yield from (title, title.partition(":")[0])


class Caseload(pictures.Caseload):
    """Knows the texts of the copy that is open."""

    @contextmanager
    def opened(self) -> Iterator[Context]:
        with super().opened() as self._context:
            yield self._context

    def texts(self) -> Iterator[str]:
        tables = self._context.store.read("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables:
            for row in self._context.store.read(f'SELECT * FROM "{table}"'):
                yield from (each for each in row if isinstance(each, str))


def faults(name: str, caseload: Caseload, german: German, lasting: Set[str]) -> Faults:
    """What a reader of English would miss in this window, in the smallest size it has."""
    with Painted() as painted, opened(name, caseload, pictures.SMALL) as window:
        window.grab()
        cut = [*after_all_answers(window), *overflowing(window)]
        letters = list(accessibility.ambiguous_letters(window))
        said = {*texts_of(window), *painted.texts}
        stored = set(caseload.texts())
    meant = {*lasting, *stored, *MEANT_IN.get(name, ())}
    longest_first = sorted((each for each in meant if len(each) > 2), key=len, reverse=True)
    left = {text: german.left(text, longest_first) for text in sorted(said)}
    return {
        "german": [f"{text} ({words})" for text, words in left.items() if words],
        "stored": sorted(
            text
            for each in stored
            for text in sentences(each)
            # Names of searches are those of whoever took them over.
            if german.is_english(text) and text.strip() not in search.ready_made()
        ),
        "letters": letters,
        "cut": cut,
    }


def main(wanted: Sequence[str]) -> None:
    translations.install(application(), Language.ENGLISH)
    found = {}
    with TemporaryDirectory() as folder:
        caseload = Caseload(Path(folder), CLIENTS)
        german = German()
        lasting = {*of_concepts(), *of_scenes(), *of_parts(), *of_help(), *of_files(), *MEANT}
        for name in sorted(WINDOWS | ROOMS):
            if not wanted or name in wanted:
                found[name] = faults(name, caseload, german, lasting)
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
