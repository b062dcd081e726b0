import pytest

from kkd_desktop.domain import plain_text
from kkd_desktop.domain.errors import UserError


def test_a_name_is_trimmed_and_has_one_form_for_an_umlaut():
    assert plain_text.line("  Gro\u0308ße ", "Nachname") == "Gr\u00f6ße"


@pytest.mark.parametrize(
    "value",
    ["vorn\nhinten", "\x00", "a\tb", "\x9b31m", "Amina\u202eanimA", "\u2066x", "\u200fx", "\ud800"],
)
def test_signs_that_hide_or_turn_text_are_refused_and_the_field_is_named(value):
    with pytest.raises(UserError, match=r"„Nachname“.*U\+"):
        plain_text.line(value + "!", "Nachname")


def test_the_message_shows_where_the_sign_stands_and_nothing_of_the_text():
    with pytest.raises(UserError) as fault:
        plain_text.line("Beispiel\u202e", "Nachname")

    assert "Stelle 9" in str(fault.value)
    assert "Beispiel" not in str(fault.value)


def test_notes_keep_their_lines_whatever_ended_them():
    assert plain_text.text("a\r\nb\rc\n\td", "Inhalt") == "a\nb\nc\n\td"


@pytest.mark.parametrize("value", ["\x1b[31m", "\u202e", "\u2028"])
def test_notes_are_as_strict_about_hidden_signs(value):
    with pytest.raises(UserError, match="„Inhalt“"):
        plain_text.text(value, "Inhalt")


def test_markup_is_just_text():
    assert plain_text.line("<b>*x*</b> #panic()", "Nachname") == "<b>*x*</b> #panic()"


def test_lengths_are_limited_after_the_forms_are_one():
    assert len(plain_text.line("o\u0308" * 200, "Nachname")) == 200
    with pytest.raises(UserError, match=r"201 Zeichen.*erlaubt sind 200"):
        plain_text.line("x" * 201, "Nachname")
    with pytest.raises(UserError, match="20001"):
        plain_text.text("x" * 20_001, "Inhalt")


def test_a_field_that_has_to_be_filled_is_not_filled_by_blanks():
    with pytest.raises(UserError, match="nicht leer"):
        plain_text.line("   ", "Nachname", required=True)
