from datetime import date

import pytest

from kkd_desktop.domain.client import Address, Client, Deviation, Subject
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import Facts, Period, Timeline
from kkd_desktop.domain.values import replace
from kkd_desktop.store import caseload, clients, deviations, errors, facts

AMINA = Client(
    id=0,
    number="123A456789",
    last_name="Beispiel",
    first_name="Amina",
    code="AB 7",
    bg_number="12345//0001234",
    address=Address("Ährenweg 1", "29525", "Uelzen"),
    phone="0581 1",
    subject=Subject(
        birth_date=date(2000, 2, 29),
        registered=date(2025, 1, 2),
        einv_start=date(2025, 2, 1),
        einv_end=date(2025, 7, 31),
        facts=Facts(
            {
                "profile": Timeline(
                    [Period("Z", None, date(2025, 5, 31)), Period("foerder", date(2025, 6, 1))]
                ),
                "massnahme": Timeline.always(True),
            }
        ),
        deviation=Deviation("Elternzeit", date(2026, 12, 31), date(2026, 1, 1), "pause"),
    ),
)
BERND = Client(0, "", "Özil-Straßer", "Bernd")


def test_a_client_comes_back_as_it_went_in(store, now, today):
    client_id = clients.add(store, AMINA, now)

    assert clients.get(store, client_id, today) == replace(AMINA, id=client_id)


def test_all_clients_are_the_same_as_each_alone(store, now, today):
    ids = [clients.add(store, client, now) for client in (AMINA, BERND)]

    found = [client for client, _ in caseload.everyone(store, today)]

    assert sorted(client.id for client in found) == ids
    assert found == [clients.get(store, client.id, today) for client in found]


def test_changing_the_master_data_leaves_the_histories_alone(store, now, today):
    client_id = clients.add(store, AMINA, now)
    married = replace(AMINA, id=client_id, last_name="Muster", subject=Subject())

    clients.change(store, married)

    found = clients.get(store, client_id, today)
    assert (found.last_name, found.subject.birth_date) == ("Muster", None)
    assert found.subject.facts == AMINA.subject.facts
    assert found.subject.deviation == AMINA.subject.deviation


def test_removing_a_client_removes_everything_about_the_person(store, client_id, today):
    facts.set_fact(store, client_id, "profile", "markt")
    deviations.add(store, client_id, Deviation("Krankheit", today))

    with store.write() as transaction:
        transaction.delete("client", client_id)

    left = [store.read(f"SELECT count(*) FROM {name}") for name in ("client", "fact", "deviation")]
    assert left == [[(0,)]] * 3
    assert store.read("SELECT count(*) FROM contact") == [(0,)]


def test_a_removed_client_is_said_to_be_gone(store, client_id, today):
    with store.write() as transaction:
        transaction.delete("client", client_id)

    with pytest.raises(errors.EntryGone, match="gelöscht"):
        clients.get(store, client_id, today)
    with pytest.raises(errors.EntryGone):
        clients.change(store, replace(AMINA, id=client_id))
    with pytest.raises(errors.EntryGone):
        facts.set_fact(store, client_id, "profile", "markt")


def test_a_client_is_found_by_number_or_code(store, now, today):
    client_id = clients.add(store, AMINA, now)
    clients.add(store, BERND, now)

    found = [clients.by_number_or_code(store, mark, today) for mark in (AMINA.number, " AB 7 ")]

    assert [client and client.id for client in found] == [client_id, client_id]
    assert clients.by_number_or_code(store, "", today) is None
    assert clients.by_number_or_code(store, "niemand", today) is None


def test_a_number_wins_over_the_same_code_of_another_client(store, now, today):
    clients.add(store, replace(BERND, code="77"), now)
    by_number = clients.add(store, replace(AMINA, number="77"), now)

    found = clients.by_number_or_code(store, "77", today)

    assert found is not None
    assert found.id == by_number


@pytest.mark.parametrize(
    ("twin", "label"),
    [
        (replace(BERND, number=AMINA.number), "Kundennummer"),
        (replace(BERND, code=AMINA.code), "Kennung"),
    ],
)
def test_numbers_and_codes_are_given_once(store, now, twin, label):
    clients.add(store, AMINA, now)
    other = clients.add(store, BERND, now)

    with pytest.raises(UserError, match=f"{label} ist schon"):
        clients.add(store, twin, now)
    with pytest.raises(UserError, match=label):
        clients.change(store, replace(twin, id=other))


def test_any_number_of_clients_may_have_neither_number_nor_code(store, now, today):
    clients.add(store, BERND, now)
    clients.add(store, BERND, now)

    assert len(caseload.everyone(store, today)) == 2


@pytest.mark.parametrize(
    ("client", "label"),
    [
        (replace(AMINA, last_name=" "), "Nachname"),
        (replace(AMINA, first_name="A\u202e"), "Vorname"),
        (replace(AMINA, address=Address(city="x" * 201)), "Ort"),
    ],
)
def test_a_text_that_cannot_be_stored_names_its_field(store, now, client, label):
    with pytest.raises(UserError, match=f"„{label}“"):
        clients.add(store, client, now)


def test_the_deviation_that_ends_last_of_those_begun_counts(store, client_id, today):
    ended = Deviation("beendet", date(2026, 3, 31))
    running = Deviation("läuft", date(2026, 12, 31), date(2026, 2, 1))
    coming = Deviation("kommt", date(2027, 12, 31), date(2027, 1, 1))
    for deviation in (running, ended, coming):
        deviations.add(store, client_id, deviation)

    assert deviations.current(store, today) == {client_id: running}
    assert deviations.current(store, date(2026, 1, 1), client_id) == {client_id: ended}
    assert list(deviations.of_client(store, client_id).values()) == [coming, running, ended]


def test_a_deviation_can_be_changed(store, client_id, today):
    deviation_id = deviations.add(store, client_id, Deviation("Krankheit", today))
    longer = Deviation("Krankheit", date(2027, 1, 31), kind="krank")

    deviations.change(store, deviation_id, longer)
    assert deviations.of_client(store, client_id) == {deviation_id: longer}
