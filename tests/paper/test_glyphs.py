"""Which letters reach the paper as they are."""

import pytest

from kkd_desktop.paper.glyphs import printable


@pytest.mark.parametrize(
    "text",
    [
        "Müller-Lüdenscheidt",
        "Nguyễn Thị Hồng",
        "Şükrü Őğuz Ţ",
        "Łukasz Dvořák",
        "Жуков",
        "10 € – „ja“",
    ],
)
def test_names_of_europe_and_vietnam_stay_as_they_are(text):
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("阿明", "□□"),
        ("A\u202emina", "Amina"),
        ("A\u200dm\x00ina\x07", "Amina"),
        ("eine\nzweite\tZeile\u2028hier", "eine zweite Zeile hier"),
        ("\ud800", "□"),
    ],
)
def test_what_has_no_glyph_becomes_a_box_a_space_or_nothing(text, printed):
    assert printable(text) == printed
