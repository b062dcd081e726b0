"""Steps are taken back and done again, across connections, and never over somebody else's work."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trial
from hypothesis import strategies as st

from kkd_desktop.domain.client import Client, Deviation, Subject
from kkd_desktop.domain.contact import Contact, ContactNotes
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.values import replace
from kkd_desktop.store import (
    clients,
    contacts,
    deviations,
    facts,
    journal,
    settings,
)
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

    with store.write("Person gelöscht"):
        clients.remove(store, client_id)
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

    tables = set(journal.columns_of(store.connection)) - NOT_JOURNALED
    assert triggers == {
        f"journal_{table}_{event}" for table in tables for event in ("INSERT", "UPDATE", "DELETE")
    }
    assert set(TABLES) <= tables


def test_bytes_come_back_as_they_were(store):
    store.connection.execute("CREATE TABLE paper (id INTEGER PRIMARY KEY, pdf BLOB) STRICT")
    with store.write("gedruckt") as transaction:
        transaction.insert("paper", {"pdf": bytes(range(256))})
    with store.write("gelöscht") as transaction:
        transaction.delete("paper", 1)

    journal.undo(store)

    assert store.read("SELECT pdf FROM paper") == [(bytes(range(256)),)]


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
    clients.remove(store, client_id)

    journal.forget(store, client_id)

    assert journal.history(store, client_id=client_id) == []
    assert journal.to_undo(store).name == "anderer"
    text = " ".join(str(row) for row in store.read("SELECT before, after FROM change"))
    assert "Muster" in text
    assert "Beispiel" not in text


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
