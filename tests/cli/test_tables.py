"""`kkd import` and `kkd export`."""

import pytest

TABLE = (
    "Kundennummer;Nachname;Vorname;Geburtsdatum;Profillage;Status;Letzter Kontakt\n"
    "123A400017;Beispiel;Amina;05.05.1988;Förderprofil;al;30.09.2026\n"
    "X2;Muster;Cem;01.07.1994;FP;asu;12.10.2026\n"
)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def numbers(kkd):
    return [each["number"] for each in kkd("clients", "list", "--json").json]


def test_people_come_in_and_the_same_file_again_changes_nothing(office, table):
    first = office("import", str(table))
    again = office("import", str(table))

    assert (first.code, first.err) == (0, "")
    assert "Kunden: 1 neu, 1 geändert" in first.out
    assert "Übernommen: 1 neu, 1 geändert, 1 Kontakt." in first.out
    assert numbers(office) == ["123A400017", "X2"]
    assert again.code == 0
    assert "Kunden: 2 unverändert" in again.out
    assert "Nichts zu übernehmen." in again.out


def test_a_dry_run_stores_nothing(office, table):
    answer = office("import", str(table), "--dry-run")

    assert answer.code == 0
    assert "1 neu, 1 geändert" in answer.out
    assert numbers(office) == ["123A400017"]


def test_one_wrong_row_and_nothing_is_stored(office, table):
    table.write_text(TABLE + "X3;Fall;Dana;31.02.1990;FX;;\nX4;Fall", encoding="utf-8")

    answer = office("import", str(table))

    assert answer.code == 2
    assert answer.err.splitlines() == [
        "liste.csv, Zeile 4, Geburtsdatum: „31.02.1990“: Diesen Tag gibt es nicht.",
        *[line for line in answer.err.splitlines() if "Zeile 4, Profillage" in line],
        "liste.csv, Zeile 5: Die Zeile endet zu früh: Sie hat 2 Felder statt 7, wie die erste.",
        "Es wurde nichts gespeichert.",
    ]
    assert len(answer.err.splitlines()) == 4
    assert numbers(office) == ["123A400017"]


def test_the_good_rows_come_in_where_that_is_said(office, table):
    table.write_text(TABLE + "X3;Fall;Dana;31.02.1990;;;\n", encoding="utf-8")

    answer = office("import", str(table), "--skip-refused")

    assert answer.code == 1
    assert "Zeile 4, Geburtsdatum" in answer.err
    assert numbers(office) == ["123A400017", "X2"]


def test_a_charset_is_asked_for(office, table):
    table.write_bytes(TABLE.encode("cp1252"))

    asked = office("import", str(table))
    told = office("import", str(table), "--encoding", "cp1252")

    assert asked.code == 2
    assert "nicht in UTF-8" in asked.err
    assert (told.code, told.err) == (0, "")


def test_columns_can_be_named_in_a_file(office, table, tmp_path):
    table.write_text("Wer|Nr\nMuster|X2\n", encoding="utf-8")
    names = tmp_path / "spalten.toml"
    names.write_text('"Wer" = "Nachname"\n"Nr" = "Kundennummer"\n', encoding="utf-8")

    answer = office("import", str(table), "--map", str(names), "--json")

    assert answer.json["written"] is True
    assert answer.json["mapping"] == {"Wer": "last_name", "Nr": "number"}
    assert answer.json["counts"]["clients"]["new"] == 1


def test_doubles_are_marked_and_taken_only_where_that_is_said(office, table):
    table.write_text(TABLE.replace("123A400017", "X9"), encoding="utf-8")

    marked = office("import", str(table), "--dry-run")
    merged = office("import", str(table), "--twins", "merge")

    assert marked.code == 1
    assert "Zeile 2: möglicherweise doppelt. Wie im Bestand: Beispiel, Amina" in marked.out
    assert merged.code == 0
    assert numbers(office) == ["X9", "X2"]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_caseload_goes_out_and_comes_back_whole(kkd, tmp_path, ending):
    kkd.run("demo", "--store", str(kkd.store), "--clients", "25", "--as-of", "2026-11-20")
    path, other = tmp_path / f"bestand.{ending}", tmp_path / "neu.kkd"

    out = kkd("export", "-o", str(path))
    kkd.run("init", "--store", str(other))
    back = kkd.run("import", str(path), "--store", str(other), "--as-of", "2026-11-20")

    assert "nicht verschlüsselt" in out.out
    assert (back.code, back.err) == (0, "")
    assert people(kkd, kkd.store) == people(kkd, other)


def people(kkd, store):
    """Everybody without the numbers that a store gives by itself."""
    found = kkd.run("clients", "list", "--json", "--store", str(store), "--as-of", "2026-11-20")
    return sorted(({**each, "id": 0} for each in found.json), key=lambda each: each["number"])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "leer"),
        (b"PK\x03\x04", "beschädigt"),
        (b"a;b\n1;2\x00\n", "NUL"),
        (b'Nachname\n"x', "Anführungszeichen"),
        (b"Ort\nx\n", "Keine Spalte wurde als Nachname erkannt"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_in_one_sentence(office, table, data, said):
    table.write_bytes(data)

    answer = office("import", str(table))

    assert answer.code == 2
    assert said in answer.err
    assert len(answer.err.splitlines()) == 1
    assert answer.err.startswith("liste.csv")


def test_a_missing_file_is_told(office, tmp_path):
    answer = office("import", str(tmp_path / "fehlt.csv"))

    assert (answer.code, answer.err) == (2, "fehlt.csv: Diese Datei gibt es nicht.\n")


def test_a_folder_is_no_table(office):
    assert office("import", ".").err == ".: Das ist keine gewöhnliche Datei.\n"
    assert office("export", "-o", ".").err == ".: Der Name endet auf .xlsx oder .csv.\n"
