"""The Suchlauf from the terminal."""


def test_who_fits_is_listed_and_counted(office):
    answer = office("search", "profil:markt", "-profil:z", "kein-kontakt>30t", "ohne:termin")

    assert answer.code == 0
    assert "123A400017  Beispiel, Amina  30.09.2026" in answer.out
    assert answer.out.endswith("1 von 1\n")


def test_nobody_found_is_a_no(office):
    answer = office("search", "-schwer-gesundheitlich:nein")

    assert (answer.code, answer.out) == (1, "0 von 1\n")


def test_the_answer_as_json_repeats_how_it_was_understood(office):
    found = office("search", "PROFIL:m oder kontakt:nie", "--json").json

    assert found["query"] == "profil:markt oder ohne:kontakt"
    assert (found["found"], found["total"]) == (1, 1)
    assert found["clients"][0]["number"] == "123A400017"


def test_a_bad_query_is_one_sentence(office):
    answer = office("search", "profill:markt")

    assert answer.code == 2
    assert answer.err.startswith("„profill“ an Stelle 1 ist kein Suchwort (gemeint ist vielleicht")
    assert len(answer.err.splitlines()) == 1


def test_searches_are_saved_listed_run_and_deleted(office):
    assert "noch keine Suche" in office("search", "--list").out
    assert office("search", "profil:markt", "--save", "Markt").code == 0

    assert office("search", "--list").out == "Markt  1  profil:markt\n"
    assert office("search", "--list", "--json").json == [
        {"name": "Markt", "query": "profil:markt", "count": 1, "fault": ""}
    ]
    assert "Beispiel, Amina" in office("search", "@Markt").out

    assert office("search", "--forget", "markt").code == 0
    assert office("search", "@Markt").err.startswith("„Markt“ ist keine gespeicherte Suche")


def test_what_can_be_searched_is_told(office):
    said = office("search", "--fields").out

    assert "profil                 Profillage " in said
    assert office("search").err == "Es fehlt, was gesucht wird; --fields zeigt, was möglich ist.\n"
    assert office("search", "a", "--list").code == 2
    found = office("search", "--fields", "--json").json
    assert {"id", "label", "possible"} == set(found[0])
    assert [each["label"] for each in found if each["id"] == "profil"] == ["Profillage"]


def test_a_misspelt_option_is_not_searched_for(office):
    answer = office("search", "profil:markt", "--jason")

    assert answer.code == 2
    assert answer.err.startswith("--jason: diese Option gibt es nicht.")
    assert office("search", "--save", "", "profil:markt").code == 2


def test_who_was_found_goes_into_a_list_or_a_table(office, tmp_path):
    listed, table = tmp_path / "liste.pdf", tmp_path / "gefunden.csv"

    assert office("search", "profil:markt", "--output", str(listed)).code == 0
    answer = office("search", "profil:markt", "--output", str(table), "--json")

    assert listed.read_bytes().startswith(b"%PDF")
    assert "123A400017" in table.read_text(encoding="utf-8-sig")
    assert answer.json["found"] == 1
    assert "nicht verschlüsselt" in answer.err


def test_a_list_of_another_kind_is_refused(office, tmp_path):
    answer = office("search", "profil:markt", "--output", str(tmp_path / "liste.docx"))

    assert answer.code == 2
    assert "endet auf .pdf, .xlsx oder .csv" in answer.err
