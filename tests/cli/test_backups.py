"""Back-ups from the terminal."""

import os


def test_a_back_up_is_listed_checked_and_restored(office):
    assert "1 Person, 1 Kontakt" in office("backup").out
    listed = office("backup", "--list").out
    assert "Von Hand" in listed
    assert "1 Person, 1 Kontakt" in listed
    office("clients", "add", "--last-name", "Weg", "--first-name", "Dora")
    [backup] = (office.store.parent / "sicherungen").iterdir()

    answer = office("restore", str(backup))

    assert answer.code == 0
    assert "Der Stand davor ist gesichert in" in answer.out
    assert "Weg" not in office("clients", "list").out
    found = office("backup", "--list", "--json").json
    assert [(each["kind"], each["clients"]) for each in found] == [
        ("ruecksicherung", 2),
        ("hand", 1),
    ]
    assert office("backup", "--check").out.count("in Ordnung") == 2
    assert office("verify").code == 0


def test_a_back_up_under_a_name_of_ones_own_never_replaces_a_file(office, tmp_path):
    file = tmp_path / "stick.kkd"

    assert office("backup", str(file)).code == 0
    again = office("backup", str(file))

    assert again.code == 2
    assert "wird nicht überschrieben" in again.err
    assert file.stat().st_mode & 0o777 == 0o600


def test_only_what_is_new_is_saved_where_that_is_asked(office):
    assert "Gesichert" in office("backup", "--due").out
    assert "nichts Neues" in office("backup", "--due").out
    assert len(list((office.store.parent / "sicherungen").iterdir())) == 1


def test_programs_are_told_of_a_back_up_that_was_not_due(office):
    assert office("backup", "--due", "--json").json["file"]

    assert office("backup", "--due", "--json").json == {"file": None}


def test_beside_the_caseload_a_new_one_is_made(office, tmp_path):
    file = tmp_path / "stick.kkd"
    office("backup", str(file))

    assert office.run("restore", str(file), "--store", str(tmp_path / "neu.kkd")).code == 0

    office.store = tmp_path / "neu.kkd"
    assert "Beispiel" in office("clients", "list").out
    assert office("verify").code == 0


def test_a_truncated_back_up_and_a_wrong_passphrase_are_sentences(office, tmp_path, monkeypatch):
    file = tmp_path / "stick.kkd"
    office("backup", str(file))
    before = office("clients", "list").out
    monkeypatch.setenv("KKD_PASSPHRASE", "eine andere Passphrase")
    wrong = office.run("restore", str(file), "--store", str(tmp_path / "neu.kkd"))
    monkeypatch.undo()
    monkeypatch.setenv("KKD_PASSPHRASE", "vier zufällige Wörter hier")
    os.truncate(file, 50_001)
    cut = office("restore", str(file))

    assert (wrong.code, cut.code) == (2, 2)
    assert "Die Passphrase passt nicht" in wrong.err
    assert "„stick.kkd“ ist abgeschnitten" in cut.err
    assert not (tmp_path / "neu.kkd").exists()
    assert office("clients", "list").out == before


def test_one_of_a_former_passphrase_comes_back_under_the_present_one(office, tmp_path, monkeypatch):
    file = tmp_path / "stick.kkd"
    office("backup", str(file))
    office("clients", "add", "--last-name", "Weg", "--first-name", "Dora")
    monkeypatch.setenv("KKD_NEW_PASSPHRASE", "eine ganz andere Passphrase")
    office("passphrase")
    monkeypatch.setenv("KKD_PASSPHRASE", "eine ganz andere Passphrase")

    refused = office("restore", str(file))
    monkeypatch.setenv("KKD_BACKUP_PASSPHRASE", "vier zufällige Wörter hier")
    answer = office("restore", str(file))

    assert (refused.code, answer.code) == (2, 0)
    assert "„stick.kkd“" in refused.err
    listed = office("clients", "list").out
    assert "Beispiel" in listed
    assert "Weg" not in listed


def test_a_damaged_caseload_gives_way_and_is_kept(office, tmp_path):
    file = tmp_path / "stick.kkd"
    office("backup", str(file))
    os.truncate(office.store, 20_000)

    answer = office("restore", str(file))

    assert answer.code == 0
    assert (tmp_path / "bestand.unlesbar.kkd").stat().st_size == 20_000
    assert "Beispiel" in office("clients", "list").out


def test_a_second_folder_that_is_away_is_told_and_the_back_up_stays(office, tmp_path):
    from datetime import date

    from kkd_desktop.actions import stores
    from kkd_desktop.actions.secrets import Passphrase

    secret = Passphrase("vier zufällige Wörter hier")
    with stores.open_caseload(office.store, secret, date(2026, 11, 20)) as context:
        context.change_settings(second_folder=str(tmp_path / "stick"))

    answer = office("backup")

    assert answer.code == 2
    assert "Gesichert und geprüft" in answer.out
    assert "Zweiter Ordner" in answer.err
