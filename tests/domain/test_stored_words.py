"""What was kept in German is said in the language of its reader, and nothing else is touched."""

import re

import pytest

from kkd_desktop.domain import language
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.stored_words import said_again

PLACE = re.compile(r"\{(\w*)\}")


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("Speichern", "Save"),
        ("1 Person", "1 person"),
        ("1.739 Tage", "1,739 days"),
        ("Kontakt Di 24.11.2026 entfernt", "Contact Tu 24.11.2026 removed"),
        ("Zu Hause: innerhalb 3 Monate", "Zu Hause: within 3 months"),
        ("3 Einladungen: noch nicht zugestellt", "3 invitations: not delivered yet"),
        (
            "11/2026: Stand je nach Datei vom 20.11.2026 und Monatsende.",
            "11/2026: as of 20.11.2026 and End of month, depending on the file.",
        ),
        ("Ausnahme beendet · Suche gespeichert", "Exception ended · Search saved"),
        ("Di 24.11.2026, 09:00", "Tu 24.11.2026, 09:00"),
    ],
)
def test_what_the_program_said_is_said_again(english, stored, said):
    assert said_again(stored) == said


@pytest.mark.parametrize("typed", ["", "Di und Do lieber nicht", "3 kleine Hunde", "{name}"])
def test_what_somebody_typed_stays_as_it_is(english, typed):
    assert said_again(typed) == typed


def test_a_name_in_quotation_marks_is_never_said_in_another_language(english):
    known = next(text for text in language.known_texts() if "„{name}“" in text)

    assert "Überfällig" in said_again(known.replace("{name}", "Überfällig"))


def test_every_text_with_places_is_known_again(english):
    """Where two are alike but for the names of their places, either will do."""
    forms = [text for text in language.known_texts() if "{" in text and "{{" not in text]
    alike = {}
    for text in forms:
        alike.setdefault(PLACE.sub("{}", text), []).append(text)
    wrong = []
    for text in forms:
        values = {name: f"Xq{place}" for place, name in enumerate(PLACE.findall(text))}
        letters = sum(map(str.isalpha, PLACE.sub("", text)))
        if letters < 4 or not all(values):
            continue
        told = {
            language.said(each).format(**in_order(each, values))
            for each in alike[PLACE.sub("{}", text)]
        }
        if said_again(text.format(**values)) not in told:
            wrong.append(text)

    assert len(forms) > 500
    assert not wrong


def in_order(text, values):
    """The same values for places of other names."""
    return dict(zip(PLACE.findall(text), values.values(), strict=False))


def test_german_is_german():
    assert said_again("Speichern") == "Speichern"


def test_for_the_office_it_stays_german(english):
    with language.german():
        assert said_again("1.739 Tage") == "1.739 Tage"


def test_a_fault_is_told_to_the_reader_though_what_is_made_is_german(english):
    @language.german()
    def made():
        with language.german():
            raise UserError(
                language.said("{name}: Der Name endet auf {first} oder {last}.").format(
                    name="a", first="pdf, csv", last="xlsx"
                )
            )

    with pytest.raises(UserError, match="the name ends in pdf, csv or xlsx"):
        made()
