"""The file of a caseload from the terminal, and every way it can refuse."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kkd_desktop.cli import main


def test_a_new_store_is_in_order_and_private(kkd):
    assert kkd("init").code == 0

    assert kkd("verify").out == "Die Falldatei ist in Ordnung.\n"
    assert kkd.store.stat().st_mode & 0o777 == 0o600


def test_the_demo_is_the_same_for_the_same_seed(kkd, tmp_path):
    lists = []
    for name in ("eins.kkd", "zwei.kkd"):
        kkd.store = tmp_path / name
        kkd("demo", "--clients", "20", "--seed", "7")
        lists.append(kkd("due", "--json").out)

    assert lists[0] == lists[1]


def test_an_existing_file_is_never_overwritten(office):
    before = office.store.read_bytes()

    answer = office("init")

    assert answer.code == 2
    assert "wird nicht überschrieben" in answer.err
    assert office.store.read_bytes() == before


@pytest.mark.parametrize("name", ["/proc/nirgends/neu.kkd", "datei/neu.kkd", "x" * 300])
def test_a_place_that_cannot_be_is_a_sentence(kkd, tmp_path, name):
    (tmp_path / "datei").touch()
    kkd.store = tmp_path / name

    for command in ("init", "due"):
        answer = kkd(command)
        assert answer.code == 2
        assert answer.err.count("\n") == 1


def test_a_short_passphrase_is_told(kkd, monkeypatch):
    monkeypatch.setenv("KKD_NEW_PASSPHRASE", "kurz")

    answer = kkd("init")

    assert answer.code == 0
    assert "Die Passphrase ist kurz" in answer.out


def test_a_new_store_says_which_concept_is_in_force(kkd):
    assert "Konzept in Kraft: Frankfurt 2017" in kkd("init", "--policy", "ffm2017").out


def test_the_passphrase_may_come_from_a_file(office, monkeypatch, tmp_path):
    monkeypatch.delenv("KKD_PASSPHRASE")
    file = tmp_path / "passphrase"
    file.write_text("vier zufällige Wörter hier\n", encoding="utf-8")

    assert office("verify", "--passphrase-file", str(file)).code == 0


def test_without_any_passphrase_and_terminal_it_says_how_to_give_one(office, monkeypatch):
    monkeypatch.delenv("KKD_PASSPHRASE")

    answer = office("verify")

    assert answer.code == 2
    assert "--passphrase-file" in answer.err


def test_a_wrong_passphrase_has_its_own_sentence(office, monkeypatch):
    monkeypatch.setenv("KKD_PASSPHRASE", "eine ganz andere")

    answer = office("verify")

    assert answer.code == 2
    assert "Passphrase passt nicht" in answer.err


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "gibt es nicht"),
        (b"", "ist leer"),
        (b"PK\x03\x04" + bytes(4096), "keine Falldatei"),
    ],
)
def test_what_is_no_store_is_told_apart(kkd, content, sentence):
    if content is not None:
        kkd.store.write_bytes(content)

    answer = kkd("verify")

    assert answer.code == 2
    assert sentence in answer.err
    assert content is None or kkd.store.read_bytes() == content


def test_errors_of_the_command_line_are_german(kkd):
    for arguments in (("gibtesnicht",), ("due", "--gibtesnicht"), ("due", "--days", "viele")):
        answer = kkd.run(*arguments)

        assert answer.code == 2
        assert "Hilfe: kkd" in answer.err


def test_help_is_there_for_every_command(kkd):
    listed = kkd.run("--help").out

    for command in ("init", "demo", "verify", "clients", "contacts", "appointments", "list"):
        assert command in listed
        assert kkd.run(command, "--help").code == 0


def test_without_a_command_the_window_opens_on_what_was_named(kkd, monkeypatch):
    given = []
    monkeypatch.setattr("kkd_desktop.gui.app.run", lambda options: given.extend(options) or 0)

    answer = kkd.run("--store", "bestand.kkd", "--as-of", "2026-11-20")

    assert answer.code == 0
    assert given == ["--store=bestand.kkd", "--as-of=2026-11-20"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("verifi",), "verifi: diesen Befehl gibt es nicht. Gemeint ist wohl verify."),
        (("foo",), "foo: diesen Befehl gibt es nicht."),
        (("due", "--dais"), "--dais: diese Option gibt es nicht. Gemeint ist wohl --days."),
        (("due", "--days", "-5"), "--days: hier wird eine ganze Zahl von 0 bis 3660 erwartet."),
        (("demo", "--clients", "x"), "--clients: hier wird eine ganze Zahl erwartet."),
        (("restore",), "DATEI: diese Angabe fehlt."),
        (("verify", "heute"), "heute: das gehört nicht zu diesem Befehl."),
        (("parcel",), "Hier fehlt ein Befehl (make, open)."),
        (
            ("appointments", "outcome", "da"),
            "{attended|missed|ill|cancelled}: der Wert ist unbekannt",
        ),
        (("restore", "."), "DATEI: hier wird eine lesbare Datei erwartet."),
        (("verify", "--passphrase-file", "."), "--passphrase-file: hier wird eine lesbare Datei"),
        (("due", "--as-of", "9999-12-31"), "--as-of: 31.12.9999 liegt außerhalb der Jahre"),
        (("due", "--as-of", "morgen"), "--as-of: „morgen“ ist kein Tag"),
    ],
)
def test_a_complaint_names_the_word_and_what_is_possible(kkd, arguments, said):
    answer = kkd.run(*arguments)

    assert answer.code == 2
    assert answer.err.startswith(said)


def every_command(
    group: click.Group = main.kkd, names: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    yield names
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from every_command(command, (*names, name))
        else:
            yield (*names, name)


def test_help_has_no_english_words(kkd):
    for command in every_command():
        said = kkd.run(*command, "--help").out

        assert said.startswith("Aufruf: kkd"), command
        assert "Diese Hilfe zeigen." in said, command
        for word in ("Usage", "Options", "Commands", "COMMAND", "ARGS", "Show", "exit", "PATH"):
            assert word not in said, (command, word)
        for word in ("required", "default", "INTEGER", "RANGE", "arguments", "DIRECTORY"):
            assert word not in said, (command, word)


def test_options_are_helped_with_in_the_order_they_are_written_in(kkd):
    said = kkd.run("clients", "add", "--help").out

    assert said.index("--number") < said.index("--last-name") < said.index("--since")


def test_what_is_common_to_commands_may_stand_before_them(office, tmp_path):
    later = "2026-12-24"

    before = office.run("--store", str(office.store), "--as-of", "24.12.2026", "due", "--json")

    after = office.run("due", "--json", "--store", str(office.store), "--as-of", later)
    assert before.json == after.json != office("due", "--json").json
    group = office.run("letters", "--store", str(office.store), "--as-of", later, "list")
    assert group.out.startswith("Zu Terminen vom 24.12.2026 ")
    secret = tmp_path / "geheim"
    secret.write_text("eine andere Passphrase")
    assert (
        office.run("--passphrase-file", str(secret), "due", "--store", str(office.store)).code == 2
    )


def test_what_belongs_to_no_command_is_refused_before_one(office):
    assert office("--demo", "due").err.startswith("--demo öffnet das Fenster")
    misplaced = office.run("letters", "--from", "2026-11-20", "list", "--store", str(office.store))
    assert misplaced.err == "--from: bitte hinter „list“ angeben.\n"


def test_who_stops_reading_is_no_fault(office):
    line = (*(sys.executable, "-m", "kkd_desktop", "search", "--fields"), "--store", office.store)
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()

        assert running.stderr.read() == b""

    assert running.returncode == 0


def test_a_store_that_was_refused_leaves_no_file(kkd):
    assert kkd("init", "--policy", "gibtesnicht").code == 2

    assert not list(kkd.store.parent.iterdir())
    assert kkd("init", "--policy", "ffm2017").code == 0


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="no file here that is always full")
def test_an_answer_for_which_there_is_no_room_is_a_sentence(office):
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kkd_desktop", "settings", "show", "--store", office.store],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "ließ sich nicht ausgeben" in done.stderr
