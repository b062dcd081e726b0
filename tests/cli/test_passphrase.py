"""Another passphrase from the terminal."""

import pytest

NEW = "eine ganz andere Passphrase"


@pytest.fixture
def changed(office, monkeypatch):
    monkeypatch.setenv("KKD_NEW_PASSPHRASE", NEW)
    answer = office("passphrase")
    assert answer.code == 0
    monkeypatch.setenv("KKD_PASSPHRASE", NEW)
    monkeypatch.delenv("KKD_NEW_PASSPHRASE")
    return office, answer


def test_afterwards_the_new_one_opens_and_everything_is_there(changed):
    office, _ = changed

    assert office("due", "--json").json
    assert office("verify").out == "Die Falldatei ist in Ordnung.\n"


def test_the_old_one_no_longer_opens(changed, monkeypatch):
    office, _ = changed
    monkeypatch.setenv("KKD_PASSPHRASE", "vier zufällige Wörter hier")

    answer = office("due")

    assert answer.code == 2
    assert "passt nicht" in answer.err


def test_it_is_said_that_back_ups_keep_the_old_one(changed):
    assert "nur mit der bisherigen Passphrase" in changed[1].out


def test_there_is_a_back_up_at_once_that_opens_with_the_new_one(changed):
    office, answer = changed

    assert "Mit der neuen gesichert: " in answer.out
    assert office("backup", "--check").out.endswith(": in Ordnung\n")
    assert "nichts Neues" in office("backup", "--due").out


def test_where_it_cannot_be_made_the_passphrase_is_changed_all_the_same(office, monkeypatch):
    (office.store.parent / "sicherungen").write_text("kein Ordner")
    monkeypatch.setenv("KKD_NEW_PASSPHRASE", NEW)

    answer = office("passphrase")

    assert answer.code == 0
    assert "Die Passphrase ist geändert." in answer.out
    assert answer.err.startswith("Keine Sicherung mit der neuen Passphrase. ")
    assert len(answer.err.splitlines()) == 1
    monkeypatch.setenv("KKD_PASSPHRASE", NEW)
    assert office("verify").code == 0


def test_a_short_one_is_told(office, monkeypatch):
    monkeypatch.setenv("KKD_NEW_PASSPHRASE", "kurz")

    assert "Die Passphrase ist kurz" in office("passphrase").out


def test_the_same_one_is_refused(office, monkeypatch):
    monkeypatch.setenv("KKD_NEW_PASSPHRASE", "vier zufällige Wörter hier")

    answer = office("passphrase")

    assert answer.code == 2
    assert answer.err == "Die neue Passphrase ist dieselbe wie die bisherige.\n"


def test_without_a_new_one_nothing_changes(office, monkeypatch):
    monkeypatch.delenv("KKD_NEW_PASSPHRASE", raising=False)

    answer = office("passphrase")

    assert answer.code == 2
    assert "KKD_NEW_PASSPHRASE" in answer.err
    assert office("verify").code == 0
