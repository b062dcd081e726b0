from datetime import date, time

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trial
from hypothesis import strategies as st

from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, ContactNotes, NoteType
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.values import replace
from kkd_desktop.store import caseload, clients, contacts, errors

PHONE = ContactKind(ContactForm.TELEFONISCH, phone_reason=True)

KINDS = st.builds(
    ContactKind,
    form=st.sampled_from(ContactForm),
    note_type=st.sampled_from(NoteType),
    attended=st.booleans(),
    qualified=st.booleans(),
    first=st.booleans(),
    phone_reason=st.booleans(),
)
CONTACTS = st.builds(
    Contact,
    day=st.dates(date(1900, 1, 1)),
    kind=KINDS,
    at=st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    notes=st.builds(
        ContactNotes,
        content=st.none() | st.text("aäß€\n\t ", max_size=30),
        goal=st.none() | st.just(""),
        means=st.none() | st.just("AVGS"),
    ),
    held_by=st.sampled_from(["", "pAp Müller"]),
)


def logs(store):
    return {client.id: log for client, log in caseload.everyone(store, date(2026, 11, 20))}


@trial(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(CONTACTS)
def test_a_contact_comes_back_as_it_went_in(store, client_id, contact):
    contact_id = contacts.add(store, replace(contact, client_id=client_id))

    expected = replace(contact, id=contact_id, client_id=client_id)
    assert expected in contacts.of_client(store, client_id)
    assert Contact(contact.day, contact.kind) in logs(store)[client_id]


def test_a_reason_for_telephoning_is_one_even_if_the_kind_does_not_say_so(store, client_id):
    contact = Contact(
        date(2026, 1, 5),
        ContactKind(ContactForm.TELEFONISCH),
        phone_reason="Krankheit",
        client_id=client_id,
    )

    contacts.add(store, contact)

    (found,) = contacts.of_client(store, client_id)
    assert (found.kind, found.phone_reason) == (PHONE, "Krankheit")


def test_the_history_and_the_log_begin_with_the_newest(store, client_id):
    for day, at in ((5, None), (7, time(9)), (7, time(11, 30)), (6, time(8))):
        contacts.add(store, Contact(date(2026, 1, day), at=at, client_id=client_id))

    full = [(c.day.day, c.at) for c in contacts.of_client(store, client_id)]
    light = [day.day for day, _ in logs(store)[client_id].newest_first()]

    assert full == [(7, time(11, 30)), (7, time(9)), (6, time(8)), (5, None)]
    assert light == [7, 7, 6, 5]


def test_the_logs_are_kept_apart_by_client(store, client_id, now):
    other = clients.add(store, Client(0, "", "Muster", "Max"), now)
    clients.add(store, Client(0, "", "Ohne", "Kontakt"), now)
    contacts.add(store, Contact(date(2026, 1, 5), client_id=client_id))
    contacts.add(store, Contact(date(2026, 1, 6), PHONE, client_id=other))

    first, second, third = (list(log) for _, log in sorted(logs(store).items()))
    assert first == [Contact(date(2026, 1, 5))]
    assert second == [Contact(date(2026, 1, 6), PHONE)]
    assert third == []


def test_the_log_is_read_from_the_index_alone(store):
    plan = store.read(
        """
        EXPLAIN QUERY PLAN
        SELECT client_id,
               group_concat(concat_ws(' ', day, form, note_type, attended, qualified, first,
                                      has_reason))
          FROM contact
         GROUP BY client_id
        """
    )

    assert [step[3] for step in plan] == ["SCAN contact USING COVERING INDEX contact_log"]


def test_a_contact_can_be_changed_and_removed(store, client_id):
    contact_id = contacts.add(store, Contact(date(2026, 1, 5), client_id=client_id))
    later = Contact(date(2026, 1, 6), PHONE, id=contact_id, client_id=client_id)

    contacts.change(store, later)
    assert contacts.of_client(store, client_id) == [later]

    contacts.remove(store, contact_id)
    assert contacts.of_client(store, client_id) == []


def test_a_contact_of_a_client_removed_in_another_window_says_so(store, client_id):
    with store.write() as transaction:
        transaction.delete("client", client_id)

    with pytest.raises(errors.EntryGone):
        contacts.add(store, Contact(date(2026, 1, 5), client_id=client_id))


def test_a_note_that_cannot_be_shown_names_its_field(store, client_id):
    contact = Contact(date(2026, 1, 5), notes=ContactNotes(goal="\x1b[2J"), client_id=client_id)

    with pytest.raises(UserError, match="„Ziel“"):
        contacts.add(store, contact)


@pytest.mark.parametrize("call", [contacts.add, contacts.change])
def test_a_contact_without_its_ids_is_a_bug(store, call):
    with pytest.raises(ValueError, match="contact"):
        call(store, Contact(date(2026, 1, 5)))
