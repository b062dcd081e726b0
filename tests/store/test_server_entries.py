"""What is remembered of a calendar server: apart from the journal, and longer than a person."""

from datetime import datetime

from kkd_desktop.domain.server_calendar import LastPush, ServerEntry
from kkd_desktop.domain.values import replace
from kkd_desktop.store import journal, server_entries

NOW = datetime(2026, 11, 20, 8, 0)
ENTRY = ServerEntry("https://a/", "u1", "u1", "https://a/kkd-u1.ics", NOW, '"1"', "d")


def test_an_entry_is_remembered_as_it_was_put_last(store):
    server_entries.put(store, [ENTRY])
    later = replace(ENTRY, etag='"2"', kept=True)

    server_entries.put(store, [later])

    assert server_entries.of_calendar(store, "https://a/") == {"u1": later}
    assert server_entries.of_calendar(store, "https://b/") == {}
    assert server_entries.counts(store) == {"https://a/": 1}


def test_the_same_appointment_may_stand_in_two_calendars(store):
    other = replace(ENTRY, calendar="https://b/", href="https://b/kkd-u1.ics")
    server_entries.put(store, [ENTRY, other])

    server_entries.remove(store, ENTRY)

    assert server_entries.counts(store) == {"https://b/": 1}


def test_it_is_no_step_that_could_be_taken_back(store):
    with store.write("Etwas anderes") as transaction:
        transaction.insert("setting", {"key": "a", "value": "1"})
    server_entries.put(store, [ENTRY])
    server_entries.record_push(store, "https://a/", LastPush(NOW, 2))

    assert journal.undo(store).name == "Etwas anderes"

    assert server_entries.counts(store) == {"https://a/": 1}
    assert journal.to_redo(store).name == "Etwas anderes"


def test_an_entry_without_its_appointment_is_counted(store):
    server_entries.put(store, [ENTRY])

    assert server_entries.orphans(store, "https://a/") == 1
    assert server_entries.orphans(store, "https://b/") == 0


def test_a_calendar_is_forgotten_with_its_last_push(store):
    server_entries.put(store, [ENTRY])
    server_entries.record_push(store, "https://a/", LastPush(NOW))
    server_entries.record_push(store, "https://a/", LastPush(NOW, 3))
    assert server_entries.last_push(store, "https://a/") == LastPush(NOW, 3)

    server_entries.forget(store, "https://a/")

    assert server_entries.last_push(store, "https://a/") is None
    assert server_entries.counts(store) == {}
