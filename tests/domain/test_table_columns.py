"""Headings as people write them."""

import pytest

from kkd_desktop.domain.policy import FactDeclaration, FactKind
from kkd_desktop.domain.table import TableKind
from kkd_desktop.domain.table_columns import columns_of, folded, guessed, kind_of

CLIENTS = columns_of(TableKind.CLIENTS)


def meant(*headings, columns=CLIENTS):
    return list(guessed(headings, columns))


def test_the_usual_headings_are_known_word_for_word():
    usual = (
        "Kundennummer; Nachname; Vorname; Geburtsdatum; Profillage; Status; Letzter Kontakt; "
        "Kontaktart; Straße; Adresszusatz; PLZ; Ort; BG-Nummer"
    )

    assert meant(*usual.split("; ")) == [
        *("number", "last_name", "first_name", "birth_date", "profile", "status", "last_contact"),
        *("form", "street", "addition", "postcode", "city", "bg_number"),
    ]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("KdNr", "number"),
        ("KUNDENNUMMER", "number"),
        ("Kunden-Nr.", "number"),
        ("Kundennumer", "number"),
        ("Geb.-Datum", "birth_date"),
        ("geboren am", "birth_date"),
        ("Geburtsdatum (TT.MM.JJJJ)", "birth_date"),
        ("Strasse", "street"),
        ("Postleitzahl", "postcode"),
        ("E", ""),
        ("Sachgebiet", ""),
        ("", ""),
    ],
)
def test_other_names_and_slips_are_understood(heading, column):
    assert meant(heading) == [column]


def test_no_column_is_meant_twice_and_the_title_wins():
    assert meant("KdNr", "Kundennummer") == ["", "number"]


def test_one_column_for_both_names_is_taken_as_such():
    assert meant("Name", "Geburtsdatum") == ["full_name", "birth_date"]
    assert meant("Name", "Vorname") == ["last_name", "first_name"]


def test_facts_of_the_concepts_are_columns():
    stage = FactDeclaration("stufe", "Stufe der Betreuung", FactKind.CHOICE, {"a": "A"})
    columns = columns_of(TableKind.CLIENTS, [stage])

    assert meant("Stufe der Betreuung", columns=columns) == ["fact:stufe"]
    assert meant("stufe", columns=columns) == ["fact:stufe"]


def test_the_kind_of_a_table_is_told_by_its_headings():
    assert kind_of(("Kundennummer", "Nachname", "Letzter Kontakt")) is TableKind.CLIENTS
    assert kind_of(("Kundennummer", "Kontakt am")) is TableKind.CONTACTS
    assert kind_of(("Kundennummer", "Termin am")) is TableKind.APPOINTMENTS


@pytest.mark.parametrize("kind", TableKind)
def test_every_title_means_its_own_column(kind):
    columns = columns_of(kind)

    assert list(guessed([each.title for each in columns], columns)) == [e.id for e in columns]
    assert len({folded(each.title) for each in columns}) == len(columns)
