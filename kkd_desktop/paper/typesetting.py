"""How does a template become a PDF that everyone can read, also with a screen reader (BITV 2.0)?"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import typst

from kkd_desktop import paths

_UNPRINTABLE = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_PLACEHOLDER = "□"


def typeset(template: str, data: Mapping[str, object], printed_on: date) -> bytes:
    """Set `resources/templates/<template>.typ` with `data`, which the template reads as `data`.

    The data travels as JSON beside the template, never inside it: a name like `#panic()` stays
    text. The same arguments give the same bytes. Characters that the font lacks are printed as □;
    the template then finds `replaced` true and can say so.
    """
    text = json.dumps({**data, "replaced": False}, ensure_ascii=False)
    try:
        return _compile(template, text, printed_on)
    except typst.TypstError as error:
        unprintable = _unprintable(error)
        if not unprintable:
            raise
    legible = _with_placeholders({**data, "replaced": True}, unprintable)
    return _compile(template, json.dumps(legible, ensure_ascii=False), printed_on)


def _compile(template: str, data: str, printed_on: date) -> bytes:
    folder = paths.resources() / "templates"
    return typst.compile(
        folder / f"{template}.typ",
        root=folder,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        # PDF/UA-1 for people, PDF/A-2a for the archive; typst refuses what would break either.
        pdf_standards=["ua-1", "a-2a"],
        sys_inputs={"data": data},
        timestamp=datetime(printed_on.year, printed_on.month, printed_on.day, tzinfo=UTC),
    )


@cache
def _fonts() -> typst.Fonts:
    """Our own font only: the same paper on every machine."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[paths.resources() / "fonts"],
    )


def _unprintable(error: typst.TypstError) -> str:
    """The characters that typst names in its complaint about the font."""
    named = "".join(_UNPRINTABLE.findall(error.diagnostic))
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), named)


def _with_placeholders(value: Any, unprintable: str) -> Any:
    if isinstance(value, str):
        return value.translate(dict.fromkeys(map(ord, unprintable), _PLACEHOLDER))
    if isinstance(value, Mapping):
        return {key: _with_placeholders(inner, unprintable) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_with_placeholders(inner, unprintable) for inner in value]
    return value
