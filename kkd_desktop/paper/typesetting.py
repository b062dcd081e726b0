"""How does a template become a PDF that everyone can read, also with a screen reader (BITV 2.0)?"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import typst

from kkd_desktop import paths
from kkd_desktop.paper.glyphs import PLACEHOLDER, printable


def typeset(template: str, data: Mapping[str, object], printed_on: date) -> bytes:
    """Set `resources/templates/<template>.typ` with `data`, which the template reads as `data`.

    The data travels as JSON beside the template, never inside it: a name like `#panic()` stays
    text. The same arguments give the same bytes. Letters that the font lacks are printed as □; the
    template then finds `replaced` true and can say so.
    """
    folder = paths.resources() / "templates"
    return typst.compile(
        folder / f"{template}.typ",
        root=folder,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        # PDF/UA-1 for people, PDF/A-2a for the archive; typst refuses what would break either.
        pdf_standards=["ua-1", "a-2a"],
        sys_inputs={"data": _as_json(data)},
        timestamp=datetime(printed_on.year, printed_on.month, printed_on.day, tzinfo=UTC),
    )


def _as_json(data: Mapping[str, object]) -> str:
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
