"""`kkd clients export|delete`, `kkd retention`, `kkd parcel`: data protection in a terminal."""

import json

import pytest

NUMBER = "123A400017"


def test_an_answer_is_written_into_a_folder_and_says_that_it_is_not_encrypted(office, tmp_path):
    folder = tmp_path / "auskunft"

    answer = office("clients", "export", "--client", NUMBER, "-o", str(folder))

    assert answer.code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["auskunft.json", "auskunft.pdf"]
    assert "nicht verschlüsselt" in answer.out
    told = json.loads((folder / "auskunft.json").read_text(encoding="utf-8"))
    assert told["tabellen"]["client"][0]["last_name"] == "Beispiel"
    assert told["tabellen"]["contact"][0]["day"] == "2026-09-30"
    assert (folder / "auskunft.pdf").read_bytes().startswith(b"%PDF")


def test_a_second_answer_in_the_same_folder_is_refused(office, tmp_path):
    office("clients", "export", "--client", NUMBER, "-o", str(tmp_path / "a"))

    answer = office("clients", "export", "--client", NUMBER, "-o", str(tmp_path / "a"))

    assert answer.code == 2
    assert "liegt schon eine Auskunft" in answer.err


def test_a_folder_that_cannot_be_made_is_told(office, tmp_path):
    (tmp_path / "datei").write_text("")

    answer = office("clients", "export", "--client", NUMBER, "-o", str(tmp_path / "datei" / "x"))

    assert answer.code == 2
    assert len(answer.err.splitlines()) == 1


def test_deleting_names_the_back_ups_that_still_hold_the_person(office):
    office("backup")

    answer = office("clients", "delete", "--client", NUMBER, "--yes")

    assert answer.code == 0
    assert answer.out.startswith("Gelöscht.")
    assert "Noch enthalten in Sicherungen:" in answer.out
    assert "Beispiel" not in answer.out
    assert office("clients", "list", "--json").json == []
    assert office("verify").code == 0


def test_deleting_asks_first_and_says_what_goes(office, monkeypatch):
    answer = office.run(
        *("clients", "delete", "--client", NUMBER, "--store", str(office.store)), stdin="n\n"
    )

    assert answer.code == 1
    assert "1 Person mit ihren Stammdaten" in answer.out
    assert "1 Kontakt mit seinen Notizen" in answer.out
    assert "nicht rückgängig" in answer.out
    assert len(office("clients", "list", "--json").json) == 1


@pytest.mark.parametrize(("typed", "code", "left"), [("j\n", 0, 0), ("", 2, 1)])
def test_deleting_is_answered_in_german_and_never_by_silence(office, typed, code, left):
    answer = office.run(
        *("clients", "delete", "--client", NUMBER, "--store", str(office.store)), stdin=typed
    )

    assert answer.code == code
    assert "Alle Daten dieser Person löschen? [j/N]" in answer.out
    assert ("--yes" in answer.err) is bool(left)
    assert len(office("clients", "list", "--json").json) == left


def test_what_was_deleted_is_counted_for_programs(office):
    told = office("clients", "delete", "--client", NUMBER, "--yes", "--json").json

    assert told["deleted"]["client"] == 1
    assert told["deleted"]["contact"] == 1
    assert told["backups"] == []


def test_whose_period_is_over_is_listed_with_the_reason(office):
    assert "Für niemanden" in office("retention").out

    answer = office.run(
        *("retention", "--json", "--store", str(office.store), "--as-of", "2028-10-01")
    )

    [found] = answer.json["candidates"]
    assert found["number"] == NUMBER
    assert found["reason"] == "letzter Kontakt 30.09.2026, 24 Monate danach"


def test_the_period_is_set_and_refused(office):
    assert office("retention", "--months", "36", "--json").json["months"] == 36
    assert office("settings", "show").json["retention_months"] == 36

    answer = office("retention", "--months", "0")

    assert answer.code == 2
    assert "zwischen 1 und 120" in answer.err


@pytest.fixture
def parcel(office, tmp_path):
    """A parcel with the one person of the office, and its passphrase."""
    target = tmp_path / "uebergabe.kkp"
    told = office("parcel", "make", "--client", NUMBER, "-o", str(target), "--json").json
    return target, told["passphrase"]


@pytest.fixture
def colleague(office, tmp_path):
    office.store = tmp_path / "andere.kkd"
    office("init")
    return office


def test_a_parcel_goes_to_a_colleague(parcel, colleague, monkeypatch):
    target, passphrase = parcel
    monkeypatch.setenv("KKD_PARCEL_PASSPHRASE", passphrase.upper().replace("-", " "))

    look = colleague("parcel", "open", str(target), "--dry-run")
    assert colleague("clients", "list", "--json").json == []
    taken = colleague("parcel", "open", str(target))

    assert look.code == taken.code == 0
    assert "1 neu, 0 schon da, kein Widerspruch" in look.out
    assert taken.out.endswith("Angenommen: 1 Person.\n")
    [found] = colleague("clients", "list", "--json").json
    assert found["number"] == NUMBER


def test_the_passphrase_is_shown_once_and_the_people_stay(office, tmp_path):
    answer = office("parcel", "make", "--client", NUMBER, "-o", str(tmp_path / "p.kkp"))

    assert "Sie wird nur jetzt gezeigt" in answer.out
    assert "Hier bleiben die Personen gespeichert." in answer.out
    assert len(office("clients", "list", "--json").json) == 1


def test_who_was_handed_over_can_be_deleted_here(office, tmp_path):
    answer = office("parcel", "make", "--client", NUMBER, "-o", str(tmp_path / "p.kkp"), "--remove")

    assert answer.code == 0
    assert office("clients", "list", "--json").json == []


def test_a_wrong_passphrase_is_one_sentence(parcel, colleague, monkeypatch):
    monkeypatch.setenv("KKD_PARCEL_PASSPHRASE", "falsch")

    answer = colleague("parcel", "open", str(parcel[0]))

    assert answer.code == 2
    assert len(answer.err.splitlines()) == 1
    assert "passt nicht zum Paket" in answer.err


def test_without_a_passphrase_it_says_how_to_give_it(parcel, colleague):
    answer = colleague.run(
        *("parcel", "open", str(parcel[0]), "--store", str(colleague.store)), stdin=""
    )

    assert answer.code == 2
    assert "KKD_PARCEL_PASSPHRASE" in answer.err


def test_a_contradiction_is_a_no(parcel, colleague, monkeypatch):
    monkeypatch.setenv("KKD_PARCEL_PASSPHRASE", parcel[1])
    colleague("clients", "add", "--number", NUMBER, "--last-name", "Anders")

    answer = colleague("parcel", "open", str(parcel[0]))

    assert answer.code == 1
    assert "1 Widerspruch" in answer.out
    assert "jemand anderes" in answer.out
