"""How does text from outside become a TOML document without doing harm on the way?"""

import re
import tomllib
from pathlib import Path
from typing import Any, Final, NoReturn

from kkd_desktop.domain.errors import UserError
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


def read_document(path: Path) -> tuple[Document, str]:
    """The document and its text. Raises `PolicyFileError` where the file is not usable as TOML."""
    text = _read_text(path)
    _require_shallow(path, text)
    try:
        return tomllib.loads(text), text
    except (tomllib.TOMLDecodeError, ValueError) as error:
        message = f"Das ist kein gültiges TOML ({_german(str(error))})."
        _refuse(path, _line_of(str(error), text), message)


def blank_strings(text: str) -> str:
    """The text without its strings and comments: every other character keeps its place and line."""
    return _STRING.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def _read_text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = "gibt es nicht" if isinstance(error, FileNotFoundError) else "ist nicht lesbar"
        raise UserError(f"Die Datei {path.name} {reason}.") from error
    if len(content) > MAX_BYTES:
        _refuse(path, None, "Die Datei ist größer als 1 MB.")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        _refuse(path, line, "Die Datei ist nicht in UTF-8 geschrieben.")


def _require_shallow(path: Path, text: str) -> None:
    bare = blank_strings(text)
    depth = 0
    for bracket in _BRACKET.finditer(bare):
        depth += 1 if bracket.group() in "[{" else -1
        if depth > MAX_DEPTH:
            line = bare.count("\n", 0, bracket.start()) + 1
            _refuse(path, line, f"Mehr als {MAX_DEPTH} Ebenen stehen ineinander.")
    for key in _KEY_END.split(bare):
        if key.count(".") >= MAX_KEY_PARTS:
            line = bare.count("\n", 0, bare.index(key)) + 1
            _refuse(path, line, f"Ein Schlüssel hat mehr als {MAX_KEY_PARTS} Teile.")


def _line_of(message: str, text: str) -> int | None:
    if found := _LINE.search(message):
        return int(found.group(1))
    return text.rstrip().count("\n") + 1 if "end of document" in message else None


def _refuse(path: Path, line: int | None, message: str) -> NoReturn:
    raise PolicyFileError([Fault(path, line, "", message)])


_GERMAN = (
    ("Cannot overwrite a value", "der Schlüssel steht zweimal da"),
    ("Cannot declare", "die Tabelle steht zweimal da"),
    ("Cannot mutate immutable namespace", "die Tabelle ist schon abgeschlossen"),
    ("Unclosed array", "das Feld [ … ] ist nicht geschlossen"),
    ("Unclosed inline table", "die Tabelle { … } ist nicht geschlossen"),
    ("Duplicate inline table key", "der Schlüssel steht zweimal in derselben Tabelle"),
    ("Illegal character", "ein Zeichen ist hier nicht erlaubt, oft fehlt ein Anführungszeichen"),
    ("Unterminated string", "ein Text ist nicht geschlossen"),
    ("Expected '=' after a key", "nach dem Schlüssel fehlt ein ="),
    ("Expected ']", "eine eckige Klammer fehlt"),
    (
        "Expected newline or end of document",
        "nach dem Wert steht noch etwas",
    ),
    ("Invalid value", "der Wert ist keiner; fehlen Anführungszeichen?"),
    (
        "Invalid initial character for a key part",
        "so kann ein Schlüssel nicht beginnen",
    ),
    ("Invalid date", "dieses Datum gibt es nicht"),
    ("Unescaped '\\'", "ein umgekehrter Schrägstrich muss doppelt stehen"),
    ("day is out of range", "dieses Datum gibt es nicht"),
    ("month must be", "dieses Datum gibt es nicht"),
)


def _german(message: str) -> str:
    return next((german for start, german in _GERMAN if message.startswith(start)), message)
