"""The Verlauf knows every table, column and setting, finds by day and text, and marks what was
taken back.
"""

import ast
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from kkd_desktop.actions import appointments, casework, history, policies, stores, undo, week
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.history import MOST_CHANGES, PAGE, Wanted
from kkd_desktop.actions.secrets import Passphrase
from kkd_desktop.actions.settings import Settings
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import Contact, ContactKind, NoteType
from kkd_desktop.domain.history import Names, RowChange, items
from kkd_desktop.domain.history_words import SETTINGS, TABLES
from kkd_desktop.domain.values import field_names, replace
from kkd_desktop.store import clients, journal
from tests import languages

TODAY = date(2026, 11, 20)


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    path = tmp_path / "bestand.kkd"
    context = stores.create_caseload(path, Passphrase("vier zufällige Wörter hier"), TODAY)
    with context.store:
        yield context


@pytest.fixture
def client(context: Context) -> Client:
    return casework.add_client(context, Client(0, "", "Beispiel", "Ada"), {}, None)


def log(context: Context, client: Client, day: int = 4) -> Contact:
    return casework.record_contact(context, Contact(date(2026, 11, day), client_id=client.id))


def on(context: Context, step_id: int, moment: str) -> None:
    with context.store.write(journaled=False) as transaction:
        transaction.update("step", step_id, {"done_at": moment})


def test_every_table_and_column_has_a_name_or_is_left_unnamed_on_purpose(context: Context) -> None:
    tables = journal.columns_of(context.store.connection)
    journaled = {name: set(tables[name]) for name in tables.keys() - set(journal.NOT_JOURNALED)}

    assert {name: set(table.columns) for name, table in TABLES.items()} == journaled


def test_every_setting_has_a_name() -> None:
    assert set(SETTINGS) == set(field_names(Settings))


def test_every_word_a_column_may_hold_is_told_in_german(context: Context) -> None:
    """The tables say themselves which words they let in."""
    asked = 0
    for name, sql in context.store.read("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
        if name in journal.NOT_JOURNALED:
            continue
        for column, listed in re.findall(r"(\w+) IN\s*\(([^)]*)\)", sql):
            for word in re.findall(r"'(\w+)'", listed):
                told = TABLES[name].columns[column]
                assert told is not None
                same = word in ("telefonisch", "schriftlich")
                assert (told.written(word, {}, Names()) == word) is same, (name, column, word)
                asked += 1
    assert asked > 20


def test_every_column_that_is_no_technical_one_is_told_when_it_changes(context: Context) -> None:
    usual = {"start": "2026-11-20T09:00", "name": "n", "key": "k", "day": "2026-11-20"}
    values = {
        "value": ('"a"', '"b"'),
        "purposes": ("[]", '["vermittlung"]'),
        "texts": ("[]", '[{"id": "a", "version": "1"}]'),
        "appointment_id": (None, 1),
        "template_id": (None, 1),
    }
    for name, table in TABLES.items():
        row = {column: usual.get(column) for column in table.columns}
        for column, told in table.columns.items():
            if told is None:
                continue
            before, after = values.get(column, (0, 1))
            change = RowChange(name, 1, {**row, column: before}, {**row, column: after})
            (item,) = items([change], Names())
            assert [value.label for value in item.values] == [told.label], (name, column)


def test_steps_come_latest_first_with_the_people_they_are_about(
    context: Context, client: Client
) -> None:
    contact = log(context, client)
    note = ContactKind(note_type=NoteType.ALLGEMEINER_VERMERK)
    casework.record_contact(context, replace(contact, kind=note))
    policies.choose(context, "ue2019")

    chosen, changed, logged, added = history.last(context, Wanted(), 9)

    assert [item.german() for item in changed.items] == [
        "Kontakt 04.11.2026: Vermerk Beratungsvermerk → Allgemeiner Vermerk"
    ]
    assert changed.people == ((client.id, "Beispiel, Ada"),)
    assert chosen.people == ()
    assert "Uelzen" in chosen.items[0].german()
    assert [logged.name, added.name] == ["Kontakt 04.11.2026 erfasst", "Person aufgenommen"]
    assert [step.id for step in history.last(context, Wanted(client.id), 9)] == [
        changed.id,
        logged.id,
        added.id,
    ]


def test_what_was_taken_back_is_marked_as_long_as_it_is(context: Context, client: Client) -> None:
    log(context, client)
    undo.undo(context)
    log(context, client, 5)

    def undone() -> list[str]:
        return [step.name for step in history.last(context, Wanted(), 9) if step.is_undone]

    assert undone() == ["Kontakt 04.11.2026 erfasst"]
    undo.undo(context)
    undo.redo(context)
    assert undone() == ["Kontakt 04.11.2026 erfasst"]


def test_a_period_is_one_of_local_days(context: Context, client: Client) -> None:
    first, second = (log(context, client, day) and undo.to_undo(context) for day in (4, 5))
    assert first is not None
    assert second is not None
    on(context, first.id, "2026-11-19T22:59:59")  # 23:59:59 in Berlin
    on(context, second.id, "2026-11-19T23:00:00")

    def ids(since: date | None, until: date | None) -> list[int]:
        return [x.id for x in history.last(context, Wanted(client.id, since, until), 9)]

    assert ids(date(2026, 11, 19), date(2026, 11, 19)) == [first.id]
    assert ids(date(2026, 11, 20), date(2026, 11, 20)) == [second.id]
    found = history.last(context, Wanted(client.id, date(2026, 11, 20)), 9)
    assert second.id in [step.id for step in found]


def test_pages_follow_each_other_until_the_end(context: Context, client: Client) -> None:
    with context.store.write(journaled=False):
        for number in range(PAGE + 5):
            _write_step(context, client, f"Schritt {number}")

    first = history.page(context, Wanted())
    second = history.page(context, Wanted(), first.following)

    assert len(first.steps) == PAGE
    assert first.steps[0].name == f"Schritt {PAGE + 4}"
    assert [len(second.steps), second.following] == [6, None]
    assert len(history.last(context, Wanted(), PAGE + 2)) == PAGE + 2


def _write_step(context: Context, client: Client, name: str) -> None:
    connection = context.store.connection
    writing = journal.Journal.of(connection)
    assert writing is not None
    writing.begin(name, None)
    connection.execute(
        "UPDATE client SET city = :name WHERE id = :id", {"name": name, "id": client.id}
    )
    writing.end()


def test_what_is_sought_is_found_beyond_the_first_page(context: Context, client: Client) -> None:
    log(context, client)
    with context.store.write(journaled=False):
        for number in range(PAGE):
            _write_step(context, client, f"Schritt {number}")

    wanted = Wanted(fits=lambda step: "Beratungsvermerk" in step.sought())

    assert history.page(context, wanted).steps == ()
    (found,) = history.last(context, wanted, 9)
    assert found.name == "Kontakt 04.11.2026 erfasst"


def test_of_a_step_with_very_many_changes_the_first_are_told_and_the_others_counted(
    context: Context,
) -> None:
    with context.store.write("Tabelle eingelesen"):
        for number in range(MOST_CHANGES + 7):
            clients.add(context.store, Client(0, str(number), "Beispiel", ""), context.now())

    (step,) = history.last(context, Wanted(), 9)

    assert (len(step.items), step.further) == (MOST_CHANGES, 7)
    (of_last,) = history.last(context, Wanted(MOST_CHANGES + 7), 9)
    assert (len(of_last.items), of_last.further) == (1, 0)


def test_steps_are_stored_in_german_and_told_in_english(
    context: Context, client: Client, english: None
) -> None:
    contact = log(context, client)
    casework.record_contact(context, replace(contact, kind=ContactKind(attended=False)))
    appointments.book(context, client, datetime(2026, 11, 24, 9), 45)
    context.change_settings(lock_minutes=5, history_months=12)
    days = week.week(context, TODAY, datetime(2026, 11, 20, 9), weeks=2).days
    (talk,) = (each for day in days for each in day.talks)
    week.move(context, talk, datetime(2026, 11, 25, 10))
    undo.undo(context)

    stored = [name for (name,) in context.store.read("SELECT name FROM step ORDER BY id")]
    assert stored[1] == "Kontakt 04.11.2026 erfasst"
    assert stored[3:6] == [
        "Termin Di 24.11.2026 vereinbart",
        "Einstellungen geändert",
        "Termin auf Mi 25.11.2026, 10:00 verlegt",
    ]
    told = history.last(context, Wanted(), 9)
    assert [step.name for step in told if not step.is_undone] == [
        "Undone: Appointment moved to We 25.11.2026, 10:00",
        "Settings changed",
        "Appointment made for Tu 24.11.2026",
        *["Contact 04.11.2026 logged"] * 2,
        "Person added",
    ]
    assert {item.german() for item in told[2].items} == {
        "Lock when idle new: 5 minutes",
        "Keep the history new: 12 months",
    }
    assert undo.to_redo(context).name == "Appointment moved to We 25.11.2026, 10:00"
    words = [step.name for step in told]
    words += [item.title for step in told for item in step.items]
    words += [value.label for step in told for item in step.items for value in item.values]
    german = re.compile(r"[äöüÄÖÜß]|\b(Termin|Kontakt|neu|am|bis|Dauer|Stand|Vermerk vom)\b")
    assert not [each for each in words if german.search(each)]


def test_every_step_with_a_name_of_its_own_is_in_the_catalogue() -> None:
    """A name in quotation marks would be told in German whatever the window speaks."""
    bare = []
    for path in (languages.PACKAGE / "actions").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and languages.called(node) == "write":
                bare += [
                    f"{path.name}:{node.lineno}"
                    for name in node.args
                    if isinstance(name, ast.Constant | ast.JoinedStr)
                ]

    assert not bare
