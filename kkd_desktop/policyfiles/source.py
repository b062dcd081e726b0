"""How does text from outside become a TOML document without doing harm on the way?"""

import re
import tomllib
from codecs import BOM_UTF8
from itertools import accumulate
from pathlib import Path
from typing import Any, Final, NoReturn

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said, to_say
from kkd_desktop.policyfiles.faults import Fault, PolicyFileError

Document = dict[str, Any]

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 12
"""Arrays and tables inside each other. `tomllib` recurses, so deeper files must not reach it."""

MAX_KEY_PARTS: Final = 8

# A string that is not closed ends somewhere too, so no text makes the search start over and over.
_STRING = re.compile(
    r""""{3}(?:\\.|[^\\])*?(?:"{3}|\Z)|'{3}.*?(?:'{3}|\Z)"""
    r"""|"(?:\\[^\n]|[^"\\\n])*+"?|'[^'\n]*+'?|\#[^\n]*+""",
    re.DOTALL,
)
_BRACKET = re.compile(r"[\[\]{}]")
_KEY_END = re.compile(r"[=,{}\[\]\n]")
_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def read_document(path: Path, *, trusted: bool = False) -> tuple[Document, str]:
    """The document and its text. Raises `PolicyFileError` where the file is not usable as TOML.

    `trusted` does not look for what could exhaust the parser: for the shipped files.
    """
    text = _read_text(path)
    if not trusted:
        _require_shallow(path, text)
    try:
        return tomllib.loads(text), text
    except (tomllib.TOMLDecodeError, ValueError) as error:
        message = said("Das ist kein gültiges TOML ({reason}).").format(reason=_told(str(error)))
        _refuse(path, _line_of(str(error), text), message)


def blank_strings(text: str) -> str:
    """The text without its strings and comments: every other character keeps its place and line."""
    return _STRING.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def _read_text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        sentence = (
            said("Die Datei {name} gibt es nicht.")
            if isinstance(error, FileNotFoundError)
            else said("Die Datei {name} ist nicht lesbar.")
        )
        raise UserError(sentence.format(name=path.name)) from error
    if len(content) > MAX_BYTES:
        _refuse(path, None, said("Die Datei ist größer als 1 MB."))
    try:
        return content.removeprefix(BOM_UTF8).decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        _refuse(path, line, said("Die Datei ist nicht in UTF-8 geschrieben."))


def _require_shallow(path: Path, text: str) -> None:
    """Looks closer only where something is too deep: to blank strings in their places costs more
    than to read the document, and every start would wait for it.
    """
    without = _STRING.sub("", text)
    if not _is_deep(without) and not any(map(_has_many_parts, _KEY_END.split(without))):
        return
    bare = blank_strings(text)
    depth = 0
    for bracket in _BRACKET.finditer(bare):
        depth += 1 if bracket.group() in "[{" else -1
        if depth > MAX_DEPTH:
            line = bare.count("\n", 0, bracket.start()) + 1
            _refuse(
                path, line, said("Mehr als {most} Ebenen stehen ineinander.").format(most=MAX_DEPTH)
            )
    for key in _KEY_END.split(bare):
        if _has_many_parts(key):
            line = bare.count("\n", 0, bare.index(key)) + 1
            _refuse(
                path,
                line,
                said("Ein Schlüssel hat mehr als {most} Teile.").format(most=MAX_KEY_PARTS),
            )


def _is_deep(bare: str) -> bool:
    steps = (1 if bracket in "[{" else -1 for bracket in _BRACKET.findall(bare))
    return any(depth > MAX_DEPTH for depth in accumulate(steps))


def _has_many_parts(key: str) -> bool:
    return key.count(".") >= MAX_KEY_PARTS


def _line_of(message: str, text: str) -> int | None:
    if found := _LINE.search(message):
        return int(found.group(1))
    return text.rstrip().count("\n") + 1 if "end of document" in message else None


def _refuse(path: Path, line: int | None, message: str) -> NoReturn:
    raise PolicyFileError([Fault(path, line, "", message)])


_TOLD = (
    ("Cannot overwrite a value", to_say("der Schlüssel steht zweimal da")),
    ("Cannot declare", to_say("die Tabelle steht zweimal da")),
    ("Cannot mutate immutable namespace", to_say("die Tabelle ist schon abgeschlossen")),
    ("Unclosed array", to_say("das Feld [ … ] ist nicht geschlossen")),
    ("Unclosed inline table", to_say("die Tabelle {{ … }} ist nicht geschlossen")),
    ("Duplicate inline table key", to_say("der Schlüssel steht zweimal in derselben Tabelle")),
    (
        "Illegal character",
        to_say("ein Zeichen ist hier nicht erlaubt, oft fehlt ein Anführungszeichen"),
    ),
    ("Unterminated string", to_say("ein Text ist nicht geschlossen")),
    ("Expected '=' after a key", to_say("nach dem Schlüssel fehlt ein =")),
    ("Expected ']", to_say("eine eckige Klammer fehlt")),
    (
        "Expected newline or end of document",
        to_say("nach dem Wert steht noch etwas"),
    ),
    ("Invalid value", to_say("der Wert ist keiner; fehlen Anführungszeichen?")),
    (
        "Invalid initial character for a key part",
        to_say("so kann ein Schlüssel nicht beginnen"),
    ),
    ("Invalid date", to_say("dieses Datum gibt es nicht")),
    ("Unescaped '\\'", to_say("ein umgekehrter Schrägstrich muss doppelt stehen")),
    ("day is out of range", to_say("dieses Datum gibt es nicht")),
    ("month must be", to_say("dieses Datum gibt es nicht")),
)


def _told(message: str) -> str:
    return next(
        (said(told).format() for start, told in _TOLD if message.startswith(start)), message
    )
