"""How does a template become a PDF that everyone can read, also with a screen reader (BITV 2.0)?"""

import json
import os
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, TypeVar

import typst

from kkd_desktop import paths
from kkd_desktop.domain.language import said
from kkd_desktop.domain.letter import BrokenTemplate
from kkd_desktop.paper.glyphs import PLACEHOLDER, printable
from kkd_desktop.paper.templates import Template, shipped_template

Source = TypeVar("Source", str, bytes)

_LINE = re.compile(r"\.typ:(\d+):\d+")
_ABSENT = re.compile(r"^file not found \(searched at (.+)\)$")
_GENERATIONS = 11
"""After so many documents typst drops what it remembers of an earlier one."""


def typeset(template: str, data: Mapping[str, object], printed_on: date) -> bytes:
    """Set the shipped `resources/templates/<template>.typ`; see `set_template`."""
    return set_template(shipped_template(template), data, printed_on)


def set_template(template: Template, data: Mapping[str, object], printed_on: date) -> bytes:
    """Set a template with `data`, which it reads as `data`.

    The data travels as JSON beside the template, never inside it: a name like `#panic()` stays
    text. The same arguments give the same bytes. Letters that the font lacks are printed as □; the
    template then finds `replaced` true and can say so.
    """
    try:
        return _compiled(template.source, template, _as_json(data), printed_on)
    except typst.TypstError as fault:
        if not template.own:
            raise
        raise BrokenTemplate(_told(template, fault)) from fault


def load() -> None:
    """Load fonts and what typst itself needs, from any thread: the first document takes as long as
    any other then.
    """
    empty = shipped_template("leer")
    _compiler(str(empty.path), empty, "{}").compile(format="svg")


def forget() -> None:
    """Let typst drop what it remembers: a large batch would otherwise keep every page of it."""
    empty = shipped_template("leer")
    compiler = _compiler(str(empty.path), empty, "{}")
    for _ in range(_GENERATIONS):
        # As a picture: a PDF of nothing takes three times as long.
        compiler.compile(format="svg")


def _compiled(source: str, template: Template, data: str, printed_on: date) -> bytes:
    pdf = _compiler(source.encode(), template, data).compile(
        format="pdf",
        # PDF/UA-1 for people, PDF/A-2a for the archive; typst refuses what would break either.
        pdf_standards=["ua-1", "a-2a"],
        timestamp=datetime(printed_on.year, printed_on.month, printed_on.day, tzinfo=UTC),
    )
    assert isinstance(pdf, bytes)
    return pdf


def _compiler(source: Source, template: Template, data: str) -> typst.Compiler:
    return typst.Compiler(
        source,
        root=template.folder,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": data},
    )


def _told(template: Template, fault: typst.TypstError) -> str:
    found = _LINE.search(fault.diagnostic)
    place = said(", Zeile {line}").format(line=found[1]) if found else ""
    return said(
        "{folder}/{template}.typ{place}: Die eigene Vorlage lässt sich nicht setzen "
        "({reason}). Die mitgelieferte Vorlage steht bereit."
    ).format(
        folder=template.folder.name,
        template=template.name,
        place=place,
        reason=_reason(template, fault),
    )


def _reason(template: Template, fault: typst.TypstError) -> str:
    """What typst says; for the commonest fault in German and without the path of the machine."""
    absent = _ABSENT.search(fault.message)
    if absent is None:
        return str(fault.message)
    name = absent[1].removeprefix(f"{template.folder}{os.sep}")
    return said("die Datei {name} fehlt im Ordner {folder}").format(
        name=name, folder=template.folder.name
    )


def _as_json(data: Mapping[str, object]) -> str:
    whole = json.dumps({**data, "replaced": False}, ensure_ascii=False)
    # Where JSON escapes nothing, no character hides behind another one.
    if "\\" not in whole and printable(whole) == whole and PLACEHOLDER not in whole:
        return whole
    legible = _legible(data)
    replaced = PLACEHOLDER in json.dumps(legible, ensure_ascii=False)
    return json.dumps({**legible, "replaced": replaced}, ensure_ascii=False)


def _legible(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _legible(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_legible(inner) for inner in value]
    return value


@cache
def _fonts() -> typst.Fonts:
    """Our own font only: the same paper on every machine."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[paths.resources() / "fonts"],
    )
