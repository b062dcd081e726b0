"""What was kept in German is said in the language of its reader, and nothing else is touched."""

import pytest

from kkd_desktop.domain import language
from kkd_desktop.domain.stored_words import said_again


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("Speichern", "Save"),
        ("1 Person", "1 person"),
        ("1.739 Tage", "1,739 days"),
        ("Kontakt Di 24.11.2026 entfernt", "Contact Tu 24.11.2026 removed"),
        ("Zu Hause: innerhalb 3 Monate", "Zu Hause: within 3 months"),
        ("3 Einladungen: noch nicht zugestellt", "3 invitations: not delivered yet"),
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


def test_german_is_german():
    assert said_again("Speichern") == "Speichern"


def test_for_the_office_it_stays_german(english):
    with language.german():
        assert said_again("1.739 Tage") == "1.739 Tage"
