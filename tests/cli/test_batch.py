"""Actions as JSON lines: each acknowledged alone, and refused with its line and key."""

import io
import json
import os
import subprocess
import sys

import pytest

from kkd_desktop.actions import casework, stores, undo
from kkd_desktop.actions.batch import ACTIONS
from kkd_desktop.cli.batch import LONGEST_LINE
from kkd_desktop.cli.options import DAY
from kkd_desktop.store.key import Passphrase
from tests.cli.conftest import TODAY, Answer

CLIENT = {"do": "client.add", "number": "123A400099", "last_name": "Muster", "profile": "markt"}


@pytest.fixture
def batch(office, monkeypatch):
    """Run lines on the store with one client, K17; objects are written as JSON."""

    def run(*lines: object) -> Answer:
        raw = b"\n".join(
            line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines
        )
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
        return office("batch")

    return run


@pytest.fixture
def opened(office):
    """What the store holds, through the actions of the window."""
    context_of = stores.open_caseload
    day = DAY.convert(TODAY, None, None)
    return lambda: context_of(office.store, Passphrase("vier zufällige Wörter hier"), day)


def test_every_action_does_what_its_name_says(batch, opened):
    answer = batch(
        CLIENT,
        {
            **{"do": "client.set", "client": "123A400099", "city": "Musterstadt"},
            **{"registered": "2026-01-02", "facts": {"massnahme": True}, "wish": "nur Di"},
        },
        {"do": "fact.set", "client": "123A400099", "name": "profile", "value": "foerder"},
        {"do": "contact.add", "client": "123A400099", "date": "2026-11-02T09:30", "goal": "Kurs"},
        {"do": "appointment.add", "id": "t1", "client": "123A400099", "at": "2026-11-24T09:00"},
        {"do": "appointment.move", "appointment": "t1", "at": "2026-11-25T10:00", "room": "2.14"},
        {"do": "appointment.cancel", "appointment": "t1"},
        {"do": "appointment.add", "id": "t2", "client": "K17", "at": "2026-11-20T09:00"},
        {
            **{"do": "appointment.outcome", "appointment": "t2", "outcome": "attended"},
            **{"note_type": "standortbestimmung", "first": True},
        },
        {"do": "deviation.add", "client": "K17", "reason": "Reha", "until": "2026-12-31"},
        {"do": "deviation.end", "client": "K17"},
        {"do": "undo"},
        {"do": "redo"},
        {"do": "client.delete", "client": "123A400099"},
        {"do": "undo"},
    )

    marks = ["1", "2", "3", "4", "t1", "6", "7", "t2", *map(str, range(9, 16))]
    assert answer.out.splitlines() == [f"ACK {mark}" for mark in marks]
    assert answer.code == 0
    with opened() as context:
        [known] = casework.all_clients(context)
        assert known.code == "K17"
        file = casework.client_file(context, known.id)
        assert [each.contact.day.isoformat() for each in file.history] == [TODAY, "2026-09-30"]
        assert file.history[0].contact.kind.first
        assert file.client.subject.deviation is not None, "its end was taken back"


def test_what_a_client_is_told_stands_in_the_store(batch, opened):
    batch(
        {**CLIENT, "facts": {"massnahme": True}, "address_addition": "Hinterhaus", "since": TODAY},
        {"do": "client.set", "client": "123A400099", "phone": "0123", "profile": "none"},
    )

    with opened() as context:
        known = casework.find_client(context, "123A400099")
        facts = known.subject.facts
        assert (facts.at("massnahme", context.today), facts.at("profile", context.today)) == (
            True,
            None,
        )
        assert (known.phone, known.address.addition) == ("0123", "Hinterhaus")


def test_who_is_deleted_leaves_a_mark_and_no_free_pages(batch, opened):
    many = [{**CLIENT, "number": f"123A5000{each}"} for each in range(10, 50)]
    gone = [{"do": "client.delete", "client": each["number"]} for each in many]

    assert batch(*many, *gone).code == 0

    with opened() as context:
        assert context.store.read("SELECT count(*) FROM forgotten") == [(40,)]
        assert context.store.read("PRAGMA freelist_count") == [(0,)]


def test_each_line_is_a_step_of_its_own(batch, opened):
    batch(CLIENT, {"do": "contact.add", "client": "K17", "date": "2026-11-02"})

    with opened() as context:
        taken_back = [undo.undo(context).name, undo.undo(context).name]
    assert taken_back == ["Kontakt 02.11.2026 erfasst", "Person aufgenommen"]


def test_an_action_that_fails_in_the_middle_leaves_nothing(batch, opened):
    answer = batch({**CLIENT, "wish": "wenn der Hahn kräht"})

    assert answer.out.startswith("NACK 1 Zeile 1: Terminwunsch")
    with opened() as context:
        assert casework.count_clients(context) == 1


REFUSED: list[tuple[object, str]] = [
    (b"kein JSON", "Eingabe: kein gültiges JSON in Spalte 1."),
    (b"\xff\xfe{}", "Eingabe: der Text ist nicht in UTF-8."),
    (b"[" * 100_000, "Eingabe: das JSON ist zu tief verschachtelt."),
    (b'{"do": ' + b"9" * 5000 + b"}", "Eingabe: eine Zahl im JSON ist zu lang."),
    (b'{"do": NaN}', "Eingabe: NaN ist keine Zahl"),
    (b'{"do": "undo", "do": "redo"}', "do: dieser Schlüssel steht mehrmals"),
    (b'{"do": "x' + b"x" * LONGEST_LINE + b'"}', "die Zeile ist länger als 1000 kB."),
    ([1], "Eingabe: hier wird ein Objekt mit Schlüsseln erwartet."),
    ({}, "do: diese Angabe fehlt (möglich: client.add"),
    ({"do": "client.ad"}, "do: „client.ad“ gibt es nicht (möglich: client.add"),
    ({"do": ["undo"]}, "do: „['undo']“ gibt es nicht"),
    ({"do": "undo", "id": "a b"}, "id: hier wird ein Wort oder eine Zahl"),
    ({"do": "undo", "id": {}}, "id: hier wird ein Wort oder eine Zahl"),
    ({"do": "undo", "step": 1}, "undo.step: diesen Schlüssel gibt es nicht"),
    ({"do": "client.add"}, "client.add.last_name: diese Angabe fehlt."),
    ({"do": "client.add", "last_name": 7}, "client.add.last_name: hier wird ein Text"),
    ({"do": "client.add", "last_name": " "}, "Nachname: bitte angeben."),
    ({"do": "client.add", "last_name": "A\0"}, "Das Feld „Nachname“ enthält an Stelle 2"),
    ({"do": "client.add", "last_name": "\ud800"}, "Das Feld „Nachname“ enthält an Stelle 1"),
    ({"do": "client.add", "last_name": "A" * 201}, "Das Feld „Nachname“ ist mit 201 Zeichen"),
    ({**CLIENT, "profil": "markt"}, "client.add.profil: diesen Schlüssel gibt es nicht"),
    ({**CLIENT, "profile": "Markt"}, "client.add.profile: „Markt“ ist unbekannt (möglich:"),
    ({**CLIENT, "status": 3}, "client.add.status: hier wird ein Text"),
    ({**CLIENT, "birth_date": "05.05.1988"}, "client.add.birth_date: „05.05.1988“ ist kein"),
    ({**CLIENT, "facts": {"stufe": [1]}}, "client.add.facts.stufe: hier wird ein Text"),
    ({**CLIENT, "number": "123A400017"}, "Kundennummer: „123A400017“ ist schon vergeben."),
    ({"do": "client.set", "client": "nie"}, "Kunde: „nie“ ist weder als"),
    ({"do": "fact.set", "client": "K17", "name": "org"}, "fact.set.value: diese Angabe fehlt"),
    ({"do": "contact.add", "client": "K17"}, "contact.add.date: diese Angabe fehlt."),
    (
        {"do": "contact.add", "client": "K17", "dates": "2026-11-01"},
        "contact.add.dates: dieser Schlüssel ist unbekannt; gemeint ist wohl „date“.",
    ),
    (
        {"do": "contact.add", "client": "K17", "date": "2027-01-01"},
        "Tag: Der 01.01.2027 liegt in der Zukunft.",
    ),
    (
        {"do": "contact.add", "client": "K17", "date": "2026-11-02", "form": "Fax\n\x1b[2J"},
        "contact.add.form: „Fax [2J“ ist unbekannt",
    ),
    (
        {"do": "appointment.add", "client": "K17", "at": "2026-11-24"},
        "appointment.add.at: hier wird ein Zeitpunkt",
    ),
    ({"do": "appointment.cancel", "appointment": "t9"}, "appointment.cancel.appointment: „t9“"),
    (
        {"do": "appointment.cancel", "appointment": 10**30},
        "appointment.cancel.appointment: „1000",
    ),
    ({"do": "appointment.cancel", "appointment": 77}, "Diesen Eintrag gibt es nicht"),
    (
        {"do": "appointment.outcome", "appointment": 1, "outcome": "da"},
        "appointment.outcome.outcome: „da“ ist unbekannt (möglich: attended, missed",
    ),
    ({"do": "deviation.add", "client": "K17", "reason": "Reha"}, "Ausnahme: bitte den Tag"),
    ({"do": "redo"}, "Es gibt nichts, was sich noch einmal tun lässt."),
]


def test_a_line_that_cannot_be_used_is_refused_and_the_rest_goes_on(batch, opened):
    fine = {"do": "contact.add", "id": "danach", "client": "K17", "date": "2026-11-02"}

    answer = batch(*(each for line, _ in REFUSED for each in (b"", line, fine)))

    said = answer.out.splitlines()
    assert said[1::2] == ["ACK danach"] * len(REFUSED)
    for index, (refusal, (_, why)) in enumerate(zip(said[::2], REFUSED, strict=True)):
        number = 3 * index + 2
        assert refusal.startswith(f"NACK {number} Zeile {number}: {why}")
        assert len(refusal) < 700
    assert (answer.code, answer.err) == (1, "")
    with opened() as context:
        [known] = casework.all_clients(context)
        assert len(casework.client_file(context, known.id).history) == 1 + len(REFUSED)


def test_an_answer_comes_at_once_and_its_row_is_there_for_others(office, opened):
    where = ("--store", str(office.store), "--as-of", TODAY)
    process = subprocess.Popen(
        [sys.executable, "-m", "kkd_desktop", "batch", *where],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ,
        text=True,
    )
    with process:
        for number in range(3):
            client = {**CLIENT, "id": f"z{number}", "number": f"N{number}"}
            process.stdin.write(json.dumps(client) + "\n")
            process.stdin.flush()
            assert process.stdout.readline() == f"ACK z{number}\n"
            with opened() as context:
                assert casework.find_client(context, f"N{number}")
        process.stdin.close()
        assert process.wait() == 0


def test_help_names_every_action_with_its_keys(office):
    said = " ".join(office.run("batch", "--help").out.split())

    for name, action in ACTIONS.items():
        assert name in said
        for key in action.required:
            assert key in said
    assert "Aufruf: kkd batch" in said
