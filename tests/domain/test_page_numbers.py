"""Pages as somebody writes them down."""

import pytest

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.page_numbers import pages_in, pages_text


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("", set()),
        ("3", {3}),
        ("3, 7-9", {3, 7, 8, 9}),
        ("7–9;3 ,", {3, 7, 8, 9}),
        ("9 bis 7", {7, 8, 9}),
        ("1-2, 2-3", {1, 2, 3}),
    ],
)
def test_single_pages_and_ranges_are_read(text, pages):
    assert pages_in(text, 10) == pages


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("11", "Seite 11 gibt es nicht; das Dokument hat 10 Seiten."),
        ("8-12", "Seite 12 gibt es nicht; das Dokument hat 10 Seiten."),
        ("0", "Seite 0 gibt es nicht; das Dokument hat 10 Seiten."),
        ("3, vier", "„vier“ ist keine Seite. Beispiel: 3, 7-9."),
        ("1-2-3", "„1-2-3“ ist keine Seite. Beispiel: 3, 7-9."),
        ("99999999999", "„99999999999“ ist keine Seite. Beispiel: 3, 7-9."),
    ],
)
def test_what_is_no_page_is_named(text, said):
    with pytest.raises(UserError) as caught:
        pages_in(text, 10)

    assert str(caught.value) == said


def test_the_pages_of_a_letter_are_named_shortly():
    assert pages_text(range(3, 4)) == "Seite 3"
    assert pages_text(range(3, 6)) == "Seite 3–5"
