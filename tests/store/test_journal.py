"""Steps are taken back and done again, across connections, and never over somebody else's work."""

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trial
from hypothesis import strategies as st

from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.client import Client, Deviation, Subject
from kkd_desktop.domain.contact import Contact, ContactNotes
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.values import replace
from kkd_desktop.store import (
    appointments,
    clients,
    contacts,
    deviations,
    export_log,
    facts,
    journal,
    settings,
)
from kkd_desktop.store.export_log import Export
from kkd_desktop.store.journal import NOT_JOURNALED
from kkd_desktop.store.opening import open_store

TABLES = ("client", "fact", "deviation", "contact", "appointment", "setting")


def contents(store):
    return {table: store.read(f"SELECT * FROM {table} ORDER BY id") for table in TABLES}


def log(store, client_id, day, name="Kontakt erfasst"):
    with store.write(name):
        return contacts.add(store, Contact(date(2026, 1, day), client_id=client_id))


def test_a_step_is_taken_back_and_done_again(store, client_id):
    before = contents(store)
    log(store, client_id, 5)
    after = contents(store)

    assert journal.undo(store).name == "Kontakt erfasst"
    assert contents(store) == before
    assert journal.undo(store) is None
    assert journal.redo(store).name == "Kontakt erfasst"
    assert contents(store) == after
    assert journal.redo(store) is None


def test_taking_a_large_step_back_asks_no_more_questions_than_a_small_one(
    store, client_id, monkeypatch
):
    asked = []
    read = store.read
    monkeypatch.setattr(store, "read", lambda *query: asked.append(query) or read(*query))

    def questions(days):
        with store.write("Kontakte erfasst"):
            for day in days:
                contacts.add(store, Contact(date(2026, 1, day), client_id=client_id))
        asked.clear()
        journal.undo(store)
        return len(asked)

    assert questions(range(1, 29)) == questions(range(1, 3))


def test_a_row_that_a_step_changed_twice_goes_back_to_what_it_was(store, client_id):
    before = contents(store)
    with store.write("zweimal"):
        contacts.add(store, Contact(date(2026, 1, 5), client_id=client_id))
        for content in ("erst", "dann"):
            (known,) = contacts.of_client(store, client_id)
            contacts.change(store, replace(known, notes=ContactNotes(content=content)))
    after = contents(store)

    journal.undo(store)
    assert contents(store) == before
    journal.redo(store)
    assert contents(store) == after


def test_steps_go_back_one_after_the_other_and_come_again_in_their_order(store, client_id):
    for day in (5, 6, 7):
        log(store, client_id, day, f"Kontakt {day}.")

    assert [journal.undo(store).name for _ in range(2)] == ["Kontakt 7.", "Kontakt 6."]
    assert journal.to_undo(store).name == "Kontakt 5."
    assert journal.to_redo(store).name == "Kontakt 6."
    assert [journal.redo(store).name for _ in range(2)] == ["Kontakt 6.", "Kontakt 7."]


def test_after_a_new_step_nothing_can_be_done_again(store, client_id):
    log(store, client_id, 5)
    journal.undo(store)
    log(store, client_id, 6, "anderes")

    assert journal.to_redo(store) is None
    assert journal.to_undo(store).name == "anderes"


def test_a_person_with_everything_comes_back(store, client_id, now, today):
    with store.write("angelegt"):
        facts.set_fact(store, client_id, "profile", "markt", date(2026, 1, 1))
        deviations.add(store, client_id, Deviation("Reha", today))
        notes = ContactNotes(content="Gespräch über 'Zitate' und €", goal="", means=None)
        contacts.add(store, Contact(date(2026, 1, 5), notes=notes, client_id=client_id))
    whole = contents(store)

    with store.write("Person gelöscht") as transaction:
        transaction.delete("client", client_id)
    assert contents(store)["contact"] == []

    journal.undo(store)
    assert contents(store) == whole


def test_it_works_after_closing_and_in_another_process_too(path, key, now):
    with open_store(path, key) as store, store.write("aufgenommen"):
        clients.add(store, Client(0, "1", "Beispiel", "Ada"), now)
    with open_store(path, key) as store:
        assert journal.undo(store).name == "aufgenommen"
        assert store.read("SELECT count(*) FROM client") == [(0,)]
    with open_store(path, key) as store:
        assert journal.redo(store).name == "aufgenommen"


def test_what_was_changed_meanwhile_is_not_overwritten(store, client_id, today):
    with store.write("Name geändert"):
        client = clients.get(store, client_id, today)
        clients.change(store, replace(client, last_name="Muster"))
    with store.write():
        clients.change(store, replace(client, last_name="Anders"))

    with pytest.raises(UserError, match="„Name geändert“ lässt sich nicht zurücknehmen"):
        journal.undo(store)

    assert clients.get(store, client_id, today).last_name == "Anders"
    assert journal.to_undo(store).name == "Name geändert"


def test_a_failed_step_leaves_nothing_behind(store, client_id):
    def fail():
        with store.write("geht schief"):
            log(store, client_id, 5)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert journal.to_undo(store) is None
    assert store.read("SELECT count(*) FROM change WHERE table_name = 'contact'") == [(0,)]


def test_a_first_write_that_fails_does_not_end_the_journal(path, key, now):
    def fail(store):
        with store.write("geht schief"):
            raise RuntimeError

    with open_store(path, key) as store:
        with pytest.raises(RuntimeError):
            fail(store)
        with store.write("aufgenommen"):
            clients.add(store, Client(0, "1", "Beispiel", "Ada"), now)
        assert journal.undo(store).name == "aufgenommen"


def test_a_step_without_a_change_is_none(store):
    with store.write("nichts"):
        pass

    assert journal.to_undo(store) is None


def test_inner_steps_are_part_of_the_outer_one(store, client_id):
    with store.write("beides"):
        log(store, client_id, 5, "innen")
        log(store, client_id, 6, "auch innen")

    assert journal.undo(store).name == "beides"
    assert store.read("SELECT count(*) FROM contact") == [(0,)]


def test_every_table_is_covered_or_left_out_on_purpose(store):
    with store.write("irgendwas"):
        settings.put(store, "a", 1)
    triggers = {
        name for (name,) in store.read("SELECT name FROM sqlite_temp_master WHERE type = 'trigger'")
    }

    tables = set(journal.columns_of(store.connection)) - set(NOT_JOURNALED)
    assert triggers == {
        f"journal_{table}_{event}" for table in tables for event in ("INSERT", "UPDATE", "DELETE")
    }
    assert set(TABLES) <= tables


def test_each_table_is_journaled_by_what_it_does_and_not_by_its_name(store):
    """A row put into any table, changed and taken out again leaves three changes."""
    store.connection.execute(
        "CREATE TABLE later (id INTEGER PRIMARY KEY, name TEXT NOT NULL, photo BLOB) STRICT"
    )
    with store.write("hinein") as transaction:
        transaction.insert("later", {"name": "Bild", "photo": b"x"})
    with store.write("anders") as transaction:
        transaction.update("later", 1, {"name": "Foto"})
    with store.write("hinaus") as transaction:
        transaction.delete("later", 1)

    changes = [change for (change,) in journal.history(store)]

    assert [(c.table, c.before, c.after) for c in changes] == [
        ("later", {"id": 1, "name": "Foto", "photo": "78"}, None),
        ("later", {"id": 1, "name": "Bild"}, {"id": 1, "name": "Foto"}),
        ("later", None, {"id": 1, "name": "Bild"}),
    ]


def test_every_table_that_is_left_out_is_there_and_says_why(store):
    assert set(NOT_JOURNALED) <= set(journal.columns_of(store.connection))
    assert all(NOT_JOURNALED.values())


def test_nobody_writes_past_the_journal_into_a_table_it_does_not_know(store):
    """Every table of the schema can be named in a change: it has an integer key called id."""
    keys = store.read(
        """
        SELECT tables.name, info.name, info.type
          FROM sqlite_master AS tables, pragma_table_info(tables.name) AS info
         WHERE tables.type = 'table' AND info.pk AND tables.name NOT LIKE 'sqlite!_%' ESCAPE '!'
        """
    )
    assert {(name, kind) for table, name, kind in keys if table not in NOT_JOURNALED} == {
        ("id", "INTEGER")
    }


def pages(store):
    store.connection.execute("CREATE TABLE paper (id INTEGER PRIMARY KEY, pdf BLOB) STRICT")
    return bytes(range(256)) * 400


def journaled_bytes(store):
    ((number,),) = store.read(
        "SELECT sum(length(ifnull(before, '')) + length(ifnull(after, ''))) FROM change"
    )
    return number


def test_bytes_come_back_as_they_were(store):
    pdf = pages(store)
    with store.write("gedruckt") as transaction:
        transaction.insert("paper", {"pdf": pdf})
    with store.write("gelöscht") as transaction:
        transaction.delete("paper", 1)

    journal.undo(store)
    assert store.read("SELECT pdf FROM paper") == [(pdf,)]
    journal.undo(store)
    assert store.read("SELECT pdf FROM paper") == []
    journal.redo(store)
    assert store.read("SELECT pdf FROM paper") == [(pdf,)]


def test_changed_bytes_go_back_and_forth(store):
    pdf = pages(store)
    with store.write("gedruckt") as transaction:
        transaction.insert("paper", {"pdf": pdf})
    for value in (b"neu", None):
        with store.write("ersetzt") as transaction:
            transaction.update("paper", 1, {"pdf": value})

    seen = []
    for step in (journal.undo, journal.undo, journal.redo, journal.redo):
        step(store)
        seen.append(store.read("SELECT pdf FROM paper")[0][0])

    assert seen == [b"neu", pdf, b"neu", None]


def test_bytes_that_the_row_holds_are_not_kept_twice(store):
    pdf = pages(store)
    with store.write("gedruckt") as transaction:
        transaction.insert("paper", {"pdf": pdf})

    assert journaled_bytes(store) < 100


def test_bytes_of_what_cannot_come_back_any_more_are_let_go(store):
    pdf = pages(store)
    with store.write("gedruckt") as transaction:
        transaction.insert("paper", {"pdf": pdf})
    journal.undo(store)
    assert journaled_bytes(store) > len(pdf)

    with store.write("anderes"):
        settings.put(store, "a", 1)
    assert journaled_bytes(store) < 300

    with store.write("noch eins") as transaction:
        transaction.insert("paper", {"pdf": pdf})
    with store.write("gelöscht") as transaction:
        transaction.delete("paper", 1)
    journal.keep_undoable(store, 1)
    assert journaled_bytes(store) > len(pdf)
    journal.keep_undoable(store, 0)
    assert journaled_bytes(store) < 600


def test_a_journal_that_kept_all_bytes_is_understood(store):
    """As the first versions wrote it: each row whole, and no bytes like an empty text."""
    pages(store)
    with store.write("gedruckt") as transaction:
        transaction.insert("paper", {"pdf": b"x"})
    with store.write("gelöscht") as transaction:
        transaction.delete("paper", 1)
    store.connection.execute(
        """UPDATE change SET before = json_set(before, '$.pdf', '') WHERE before IS NOT NULL"""
    )
    store.connection.execute(
        """UPDATE change SET after = json_set(after, '$.pdf', '78') WHERE after IS NOT NULL"""
    )

    journal.undo(store)
    assert store.read("SELECT pdf FROM paper") == [(None,)]
    assert journal.undo(store).name == "gedruckt"


def test_older_steps_stay_in_the_history_only(store, client_id):
    for day in range(1, 6):
        log(store, client_id, day)

    journal.keep_undoable(store, 2)

    assert journal.undo(store)
    assert journal.undo(store)
    assert journal.undo(store) is None
    seen = [c for step in journal.history(store, client_id=client_id) for c in step]
    assert len([c for c in seen if c.table == "contact"]) == 7


def test_the_history_says_what_was_and_what_is(store, client_id, today):
    with store.write("Name geändert"):
        client = clients.get(store, client_id, today)
        clients.change(store, replace(client, last_name="Muster"))

    ((latest,), *_) = journal.history(store, client_id=client_id)

    assert latest.step.name == "Name geändert"
    assert (latest.before["last_name"], latest.after["last_name"]) == (client.last_name, "Muster")


def test_of_a_forgotten_person_nothing_is_left(store, client_id, now):
    other = clients.add(store, Client(0, "2", "Muster", "Max"), now)
    log(store, client_id, 5)
    log(store, other, 6, "anderer")
    with store.write() as transaction:
        transaction.delete("client", client_id)

    journal.forget(store, client_id)

    assert journal.history(store, client_id=client_id) == []
    assert journal.to_undo(store).name == "anderer"
    text = " ".join(str(row) for row in store.read("SELECT before, after FROM change"))
    assert "Muster" in text
    assert "Beispiel" not in text


def test_what_was_exported_of_a_forgotten_person_is_gone_too(store, client_id, now):
    with store.write("vereinbart"):
        talk = Appointment(client_id, datetime(2026, 12, 1, 9), 45, "u", now)
        talk_id = appointments.add(store, talk)
    with store.write("ausgegeben"):
        export_log.record(store, "ics", [Export(talk_id, 0, talk.state, "d", now)])
    with store.write("anderes"):
        settings.put(store, "a", 1)
    with store.write() as transaction:
        transaction.delete("client", client_id)

    journal.forget(store, client_id)

    assert {table for (table,) in store.read("SELECT table_name FROM change")} == {"setting"}
    assert store.read("SELECT name FROM step WHERE name <> ''") == [("anderes",)]


def test_who_was_added_and_taken_back_for_good_leaves_nothing_to_the_next_one(store, now):
    with store.write("erste Person"):
        first = clients.add(store, Client(0, "1", "Beispiel", "Ada"), now)
    log(store, first, 5)
    journal.undo(store)
    journal.undo(store)
    assert len(journal.history(store, client_id=first)) == 4

    with store.write("zweite Person"):
        second = clients.add(store, Client(0, "2", "Muster", "Max"), now)

    assert second == first
    ((added, *_),) = journal.history(store, client_id=second)
    assert added.step.name == "zweite Person"
    assert "Beispiel" not in str(store.read("SELECT * FROM change"))
    assert "erste Person" not in str(store.read("SELECT * FROM step"))


def test_who_comes_back_keeps_the_whole_history(store, client_id):
    log(store, client_id, 5)
    with store.write("Name geändert") as transaction:
        transaction.update("client", client_id, {"last_name": "Muster"})
    journal.undo(store)
    journal.redo(store)
    log(store, client_id, 6)

    names = [changes[0].step.name for changes in journal.history(store, client_id=client_id)]
    assert names[:5] == [
        "Kontakt erfasst",
        "Noch einmal: Name geändert",
        "Zurück: Name geändert",
        "Name geändert",
        "Kontakt erfasst",
    ]


ACTIONS = st.lists(st.sampled_from(("add", "change", "remove", "undo", "redo")), max_size=12)


@trial(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(ACTIONS)
def test_whatever_is_done_goes_all_the_way_back_and_forth(store, client_id, actions):
    while journal.undo(store):
        pass
    begin = contents(store)
    for number, action in enumerate(actions):
        rows = store.read("SELECT id FROM contact")
        with store.write(action) as transaction:
            if action == "add":
                day = date(2026, 1, 1 + number)
                contacts.add(store, Contact(day, client_id=client_id))
            elif action == "change" and rows:
                transaction.update("contact", rows[-1][0], {"held_by": str(number)})
            elif action == "remove" and rows:
                transaction.delete("contact", rows[0][0])
        if action == "undo":
            journal.undo(store)
        elif action == "redo":
            journal.redo(store)
    end = contents(store)

    back = 0
    while journal.undo(store):
        back += 1
    assert contents(store) == begin
    for _ in range(back):
        journal.redo(store)
    assert contents(store) == end


def test_a_subject_is_kept_whole(store, now, today):
    subject = Subject(birth_date=date(1990, 2, 28), registered=date(2020, 1, 1))
    with store.write("aufgenommen"):
        client_id = clients.add(store, Client(0, "9", "Probe", "Pia", subject=subject), now)

    journal.undo(store)
    journal.redo(store)

    assert clients.get(store, client_id, today).subject.birth_date == date(1990, 2, 28)
