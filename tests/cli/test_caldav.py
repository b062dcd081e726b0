"""`kkd caldav` against a real calendar server; the password is never an argument."""

import pytest

from tests.calendar_server import PASSWORD, USER


@pytest.fixture
def password(monkeypatch):
    monkeypatch.setenv("KKD_CALDAV_PASSWORD", PASSWORD)


@pytest.fixture
def linked(office, remote, password):
    """A caseload with one appointment, and an empty calendar in use."""
    office(*("appointments", "add", "--client", "K17", "--at", "2026-11-24T09:00"))
    office(
        *("caldav", "use", "--url", remote.server.address, "--user", USER),
        *("--calendar", remote.url),
    )
    return office


def test_the_calendars_of_a_server_are_listed(office, remote, password):
    said = office.run("caldav", "calendars", "--url", remote.server.address, "--user", USER)

    assert said.code == 0
    assert f"{remote.url}  Termine" in said.out.splitlines()


def test_a_dry_run_says_what_a_push_then_does(linked, remote):
    dry = linked("caldav", "push", "--dry-run")

    assert dry.code == 0
    assert dry.out.splitlines()[0].startswith("neu: Di 24.11.2026, 09:00–")
    assert remote.entries() == {}

    assert linked("caldav", "push").out == "1 neu, 0 geändert, 0 zurückgezogen\n"
    assert len(remote.entries()) == 1
    assert linked("caldav", "push", "--dry-run").out == "unverändert: 1 Eintrag\n"
    assert linked("caldav", "withdraw").out == "0 neu, 0 geändert, 1 zurückgezogen\n"
    assert remote.entries() == {}


def test_a_conflict_is_named_and_answered_with_no(linked, remote):
    linked("caldav", "push")
    remote.change("20261124T0", "20261126T0")
    before = remote.entries()

    said = linked("caldav", "push")

    assert said.code == 1
    assert "Konflikt: Termin A. B. (K17), im Kalender Do 26.11.2026, 09:00" in said.out
    assert "hier Di 24.11.2026, 09:00" in said.out
    assert remote.entries() == before


def test_a_wrong_password_is_one_sentence(linked, monkeypatch):
    monkeypatch.setenv("KKD_CALDAV_PASSWORD", "falsch-geheim")

    said = linked("caldav", "push")

    assert said.code == 2
    assert said.err == "Der Server „127.0.0.1“ nimmt Benutzer und Passwort nicht an.\n"


def test_without_a_password_and_a_terminal_it_is_asked_for_by_name(
    linked, monkeypatch, memory_keyring
):
    monkeypatch.delenv("KKD_CALDAV_PASSWORD")

    said = linked("caldav", "push")

    assert said.code == 2
    assert "KKD_CALDAV_PASSWORD" in said.err


def test_the_keyring_is_asked_before_the_prompt(linked, remote, monkeypatch, memory_keyring):
    monkeypatch.delenv("KKD_CALDAV_PASSWORD")
    memory_keyring.kept["KKD Desktop CalDAV", f"{USER}@{remote.server.address}"] = PASSWORD

    assert linked("caldav", "push").code == 0
    assert len(remote.entries()) == 1


def test_without_a_chosen_calendar_nothing_is_asked_of_anybody(office):
    said = office("caldav", "push")

    assert said.code == 2
    assert "noch kein Kalender" in said.err


def test_no_command_takes_a_password_as_an_argument(office):
    for command in ("push", "use", "calendars", "withdraw"):
        assert "--password" not in office.run("caldav", command, "--help").out


def test_a_calendar_that_is_not_there_is_refused(office, remote, password):
    said = office(
        *("caldav", "use", "--url", remote.server.address, "--user", USER),
        *("--calendar", "gibt es nicht"),
    )

    assert said.code == 2
    assert "nennt nicht genau einen Kalender" in said.err


def test_an_address_without_encryption_is_refused(office, password):
    said = office.run("caldav", "calendars", "--url", "http://cloud.example.org", "--user", USER)

    assert said.code == 2
    assert "nur mit https://" in said.err


def test_without_the_extra_one_sentence_says_how_to_get_it(linked, monkeypatch):
    from kkd_desktop.actions import caldav

    monkeypatch.setattr(caldav, "find_spec", lambda name: None)

    said = linked("caldav", "push")

    assert said.code == 2
    assert "pip install kkd-desktop[caldav]" in said.err
