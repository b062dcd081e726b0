"""Takes every text of the program into the catalogue: `make languages`.

One catalogue for the window and for what stands below it: `resources/languages/en.po`. A text is
what stands in `tr`, `said`, `to_say`, `Sayings` or `counted`; the German is its key.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kkd_desktop.domain.language import COUNTED

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "kkd_desktop"
FOLDER = ROOT / "resources" / "languages"
PO, MO = FOLDER / "en.po", FOLDER / "en.mo"
SAYING = {"tr", "_tr", "said", "to_say", "each_to_say"}
COUNTING = {"counted": 1, "said_of_number": 0, "to_count": 0}
"""From which argument on there are words that follow a number, by the function's name."""

Key = tuple[str | None, str]
"""The context, None but for words after a number, and the German text."""


def texts() -> dict[Key, list[str]]:
    """Every text with the modules in which it stands, in the order of the modules."""
    found: dict[Key, list[str]] = {}
    for path, tree in modules():
        place = path.relative_to(ROOT).as_posix()
        for node in ast.walk(tree):
            for key in _texts_of(node):
                places = found.setdefault(key, [])
                if place not in places:
                    places.append(place)
    return found


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """All that may speak in the window; the command line is German."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if not path.is_relative_to(PACKAGE / "cli"):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def _texts_of(node: ast.AST) -> Iterator[Key]:
    if not isinstance(node, ast.Call):
        return
    name = called(node)
    if name == "Sayings":
        yield from ((None, text) for table in node.args for text in _values(table))
    elif name in COUNTING:
        arguments = node.args[COUNTING[name] :]
        yield from ((COUNTED, text) for argument in arguments for text in constants(argument))
    elif name in SAYING or name == "translate":
        arguments = node.args[1:2] if name == "translate" else node.args
        yield from ((None, text) for argument in arguments for text in constants(argument))


def constants(node: ast.AST) -> Iterator[str]:
    """The text itself, both of `a if … else b`, or each of `*(a, b)`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)
    elif isinstance(node, ast.Starred) and isinstance(node.value, ast.Tuple):
        for each in node.value.elts:
            yield from constants(each)


def _values(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Dict):
        for value in node.values:
            yield from constants(value)


def called(node: ast.Call) -> str:
    """The bare name of what is called."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def updated(translations: dict[str, str]) -> Catalog:
    """The catalogue of the texts there are, with what is already translated and what is new."""
    before = catalogue()
    fresh = Catalog(
        locale="en",
        project="KKD Desktop",
        version="",
        fuzzy=False,
        header_comment=before.header_comment,
        # Not of today: the file changes where a text does, and nowhere else.
        creation_date=before.creation_date,
        revision_date=before.revision_date,
    )
    for (context, text), places in texts().items():
        known = before.get(text, context)
        name = text if context is None else f"{context}|{text}"
        translated = translations.get(name) or (known.string if known else "")
        locations = [(place, None) for place in places]
        fresh.add(text, str(translated), locations=locations, context=context)
    return fresh


def write(found: Catalog) -> None:
    """Both forms, the one people read and the one the program reads."""
    with PO.open("wb") as file:
        write_po(file, found, width=100)
    with MO.open("wb") as file:
        write_mo(file, found)


if __name__ == "__main__":
    import json
    import sys

    # A file of JSON, German text to English, goes in with what is there.
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")) if sys.argv[1:] else {}
    write(updated(given))
