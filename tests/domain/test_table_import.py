"""What becomes of each row: new, changed, as it was, perhaps a double, refused."""

from datetime import date, time

import pytest

from kkd_desktop.domain.client import Client, Deviation, Subject
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.facts import Facts, Period, Timeline
from kkd_desktop.domain.policy import FactDeclaration, FactKind
from kkd_desktop.domain.table import FAULTY_CELL, Table, TableKind, TableRow
from kkd_desktop.domain.table_columns import columns_of, declarations, guessed
from kkd_desktop.domain.table_import import ClientPlanner, People
from kkd_desktop.domain.table_plan import FieldChange, KnownPerson, RowState, Twins
from kkd_desktop.domain.table_rows import RowReader

TODAY = date(2026, 11, 20)
HEADER = "Kundennummer;Nachname;Vorname;Geburtsdatum;Profillage;Letzter Kontakt"
AMINA = "123;Beispiel;Amina;05.05.1988;FP;30.09.2026"


def known(number="123", last="Beispiel", first="Amina", born=date(1988, 5, 5), **rest):
    facts = Facts({"profile": Timeline.always(rest.pop("profile", "foerder"))})
    days = rest.pop("days", {date(2026, 9, 30)})
    exceptions = rest.pop("exceptions", ())
    client = Client(
        rest.pop("id", 7), number, last, first, subject=Subject(born, facts=facts), **rest
    )
    return KnownPerson(client, frozenset(days), tuple(exceptions))


def planned(*lines, header=HEADER, people=(), twins=Twins.SKIP, declared=(), **rest):
    headings = tuple(header.split(";"))
    columns = columns_of(TableKind.CLIENTS, declared)
    rows = tuple(TableRow(n, tuple(line.split(";"))) for n, line in enumerate(lines, 2))
    table = Table("liste.csv", headings, rows, **rest)
    known_facts = declarations(declared)
    reader = RowReader(table, guessed(headings, columns), columns, TODAY, known_facts)
    planner = ClientPlanner(People(people), TODAY, columns, known_facts, twins)
    return [planner.plan(reader.read(row)) for row in rows]


def states(*lines, **rest):
    return [row.state for row in planned(*lines, **rest)]


def faults(*lines, **rest):
    return [(f.line, f.field, f.reason) for row in planned(*lines, **rest) for f in row.faults]


def test_somebody_new_comes_with_facts_and_the_last_contact():
    [row] = planned(AMINA)

    assert row.state is RowState.NEW
    assert row.client.name == "Beispiel, Amina"
    assert row.client.subject.birth_date == date(1988, 5, 5)
    assert row.client.subject.facts.at("profile", date(1990, 1, 1)) == "foerder"
    assert row.contact.day == date(2026, 9, 30)
    assert row.contact.kind.form is ContactForm.PERSOENLICH


def test_a_row_that_says_what_is_known_changes_nothing():
    assert states(AMINA, people=[known()]) == [RowState.UNCHANGED]


def test_a_change_names_field_old_and_new_and_holds_from_today():
    [row] = planned("123;Beispiel;Amina;05.05.1988;Stabi;30.09.2026", people=[known()])

    assert row.changes == (FieldChange("Profillage", "Förderprofil", "Stabilisierungsprofil"),)
    assert row.client.subject.facts.at("profile", date(2026, 11, 19)) == "foerder"
    assert row.client.subject.facts.at("profile", TODAY) == "stabilisierung"


def test_an_empty_cell_says_nothing():
    assert states("123;Beispiel;;;;", people=[known()]) == [RowState.UNCHANGED]


def test_no_second_contact_on_a_day_that_has_one():
    [same] = planned(AMINA, people=[known()])
    [other] = planned(AMINA.replace("30.09.", "12.10."), people=[known()])

    assert same.contact is None
    assert other.contact.day == date(2026, 10, 12)
    assert other.changes == (FieldChange("Letzter Kontakt", "30.09.2026", "12.10.2026"),)


def test_a_talk_keeps_its_time_and_kind():
    [row] = planned(
        "1;Neu;12.10.2026 09:30;tel.;Standortbestimmung",
        header="Kundennummer;Nachname;Letzter Kontakt;Kontaktart;Vermerk",
    )

    assert row.contact.at == time(9, 30)
    assert (row.contact.kind.form, row.contact.kind.note_type) == (
        "telefonisch",
        "standortbestimmung",
    )


def test_all_faults_of_a_row_are_told_with_line_and_field():
    found = faults("123;;Amina;31.02.1988;Premium;01.01.2027")

    assert [(line, field) for line, field, _ in found] == [
        (2, "Geburtsdatum"),
        (2, "Profillage"),
        (2, "Letzter Kontakt"),
        (2, "Nachname"),
    ]


@pytest.mark.parametrize(
    ("line", "field", "said"),
    [
        ("123;Beispiel;Amina", "", "endet zu früh"),
        (f"{AMINA};;zu viel", "", "zu lang"),
        (AMINA.replace("Beispiel", "Bei\u202espiel"), "Nachname", "Steuerzeichen"),
        (AMINA.replace("Beispiel", "Bei\x07spiel"), "Nachname", "Steuerzeichen"),
        (AMINA.replace("Beispiel", "B" * 201), "Nachname", "201 Zeichen sind zu viele"),
        (AMINA.replace("05.05.1988", FAULTY_CELL), "Geburtsdatum", "Rechenfehler"),
        (AMINA.replace("05.05.1988", "01.10.2026"), "Letzter Kontakt", "vor der Geburt"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_place(line, field, said):
    [(number, at, reason)] = faults(line)

    assert (number, at) == (2, field)
    assert said in reason


def test_markup_in_a_name_is_a_name():
    [row] = planned(AMINA.replace("Beispiel", "<b>=1+1</b>"))

    assert row.client.last_name == "<b>=1+1</b>"


def test_a_number_that_stands_twice_in_the_file_is_refused_the_second_time():
    assert states(AMINA, "123;Anders;Anna;01.01.1990;;") == [RowState.NEW, RowState.REFUSED]
    assert faults(AMINA, AMINA) == [(3, "Kundennummer", "Steht schon in Zeile 2.")]


def test_the_number_of_somebody_else_is_refused():
    found = faults("123;Anders;Anna;01.01.1990;;", people=[known()])

    assert found == [
        (2, "Kundennummer", "Im Bestand gehört sie zu anderem Namen und Geburtsdatum.")
    ]


def test_who_married_or_whose_birth_date_was_corrected_is_the_same_person():
    assert states("123;Anders;Amina;05.05.1988;;", people=[known()]) == [RowState.CHANGED]
    assert states("123;Beispiel;Amina;06.05.1988;;", people=[known()]) == [RowState.CHANGED]


def test_name_and_birth_date_with_another_number_are_marked_and_not_taken():
    [row] = planned(AMINA.replace("123;", "999;"), people=[known()])

    assert row.state is RowState.TWIN
    assert row.remark == "Wie im Bestand: Beispiel, Amina, 123"
    assert not row.is_written


def test_what_becomes_of_doubles_is_asked():
    line = AMINA.replace("123;", "999;")

    [new] = planned(line, people=[known()], twins=Twins.NEW)
    [merged] = planned(line, people=[known()], twins=Twins.MERGE)

    assert (new.state, new.known_id) == (RowState.NEW, None)
    assert (merged.state, merged.known_id) == (RowState.CHANGED, 7)
    assert merged.changes == (FieldChange("Kundennummer", "123", "999"),)


def test_without_a_number_name_and_birth_date_say_who_it_is_while_nothing_differs():
    plain = AMINA.replace("123;", ";")

    assert states(plain, people=[known()]) == [RowState.UNCHANGED]
    assert states(plain.replace("FP", "Stabi"), people=[known()]) == [RowState.TWIN]
    assert states(plain, people=[known(born=date(1988, 5, 6))]) == [RowState.NEW]


def test_an_unknown_birth_date_may_be_any():
    assert states("999;Beispiel;Amina;;;", people=[known()]) == [RowState.TWIN]


def test_doubles_within_the_file_are_marked():
    rows = planned(AMINA, AMINA.replace("123;", "124;"))

    assert [row.state for row in rows] == [RowState.NEW, RowState.TWIN]
    assert rows[1].remark == "Gleicher Name und gleiches Geburtsdatum wie in Zeile 2"


def test_spelling_of_umlauts_and_case_makes_no_other_person():
    person = known(last="Müller-Lüdenscheidt")

    assert states("9;MUELLER LUEDENSCHEIDT;Amina;05.05.1988;;", people=[person]) == [RowState.TWIN]


def test_both_names_in_one_column_are_parted():
    header = "Kundennummer;Name;Geburtsdatum"

    first, second = planned("1;Beispiel, Amina;05.05.1988", "2;Boris van Dam;", header=header)

    assert (first.client.last_name, first.client.first_name) == ("Beispiel", "Amina")
    assert (second.client.last_name, second.client.first_name) == ("Dam", "Boris van")


def test_facts_that_the_concepts_declare_are_read_as_they_are_declared():
    stage = FactDeclaration("stufe", "Stufe", FactKind.CHOICE, {"a": "Stufe A", "b": "Stufe B"})
    header = "Kundennummer;Nachname;Stufe;In einer Maßnahme"

    good, bad = planned(
        "1;Neu;stufe b;ja", "2;Neuer;Stufe C;vielleicht", header=header, declared=[stage]
    )

    assert good.client.subject.facts.at("stufe", TODAY) == "b"
    assert good.client.subject.facts.at("massnahme", TODAY) is True
    assert [fault.field for fault in bad.faults] == ["Stufe", "In einer Maßnahme"]


def test_the_history_of_an_export_comes_back_and_a_column_changed_beside_it_counts_from_today():
    header = "Kundennummer;Nachname;Profillage;Merkmale mit Verlauf"
    cell = '{"profile": [["markt", null, "2026-01-31"], ["foerder", "2026-02-01", null]]}'

    same, edited = planned(f"1;Neu;FP;{cell}", f"2;Neuer;Stabi;{cell}", header=header)

    history = (
        Period("markt", None, date(2026, 1, 31)),
        Period("foerder", date(2026, 2, 1), None),
    )
    assert same.client.subject.facts.timeline("profile").periods == history
    assert edited.client.subject.facts.timeline("profile").periods == (
        history[0],
        Period("foerder", date(2026, 2, 1), date(2026, 11, 19)),
        Period("stabilisierung", TODAY, None),
    )


@pytest.mark.parametrize(
    "cell",
    [
        "nichts",
        "[1]",
        '{"profile": "markt"}',
        '{"profile": [["markt", "2026-02-01"]]}',
        '{"profile": [["markt", "2026-02-01", "2026-01-01"]]}',
        '{"profile": [["markt", "9999-02-01", null]]}',
        '{"profile": [[{"a": 1}, null, null]]}',
        '{"profile": [[NaN, null, null]]}',
        "[" * 19_000,
    ],
)
def test_a_history_that_no_export_wrote_is_refused(cell):
    found = faults(f"1;Neu;{cell}", header="Kundennummer;Nachname;Merkmale mit Verlauf")

    assert [field for _, field, _ in found] == ["Merkmale mit Verlauf"]


def test_exceptions_are_added_once():
    agreed = Deviation("Pflege", date(2026, 12, 31), date(2026, 11, 1))
    header = "Kundennummer;Nachname;Ausnahmen"
    line = '123;Beispiel;[["Pflege", "2026-11-01", "2026-12-31", null]]'

    [new] = planned(line, header=header, people=[known()])

    assert new.exceptions == (agreed,)
    assert states(line, header=header, people=[known(exceptions=[agreed])]) == [RowState.UNCHANGED]


def test_days_of_a_spreadsheet_are_read_in_its_own_count():
    [row] = planned("1;Neu;Vor;32268;;", epoch=date(1899, 12, 30), sheets=("Blatt",))

    assert row.client.subject.birth_date == date(1988, 5, 5)
