"""The bridge to typst, apart from any one document."""

from datetime import date

import pytest
import typst

from kkd_desktop import paths
from kkd_desktop.paper.typesetting import typeset


def test_data_that_the_template_misses_are_a_mistake_of_ours():
    with pytest.raises(typst.TypstError, match="period"):
        typeset("einladungsliste", {}, date(2026, 11, 20))


def test_the_font_is_shipped_with_its_licence():
    fonts = paths.resources() / "fonts"

    assert sorted(path.stem for path in fonts.glob("*.ttf")) == [
        "LiberationSans-Bold",
        "LiberationSans-Italic",
        "LiberationSans-Regular",
    ]
    licence = (fonts / "LiberationSans-LICENSE.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name Liberation" in licence
