"""What stood open at locking: kept, handed back, and gone with its client."""

from kkd_desktop.actions import casework, left_open, undo
from kkd_desktop.domain.left_open import PLACE, LeftOpen


def draft(text, client_id=None):
    return LeftOpen("contact", {"values": {"Inhalt": text}}, client_id)


def test_what_was_typed_is_there_until_it_is_discarded(caseload):
    left_open.keep(caseload, [draft("Über die Wohnung „Am Wall“ gesprochen")])

    [found] = left_open.drafts(caseload)
    assert found.content == {"values": {"Inhalt": "Über die Wohnung „Am Wall“ gesprochen"}}
    left_open.discard(caseload, found)
    assert left_open.drafts(caseload) == []


def test_a_second_locking_keeps_what_the_first_left(caseload):
    left_open.keep(caseload, [draft("erster"), LeftOpen(PLACE, {"page": "kunden"})])
    left_open.keep(caseload, [draft("zweiter"), LeftOpen(PLACE, {"page": "woche"})])

    place = left_open.take_place(caseload)

    assert place is not None
    assert place.content == {"page": "woche"}
    assert left_open.take_place(caseload) is None
    assert [d.content["values"]["Inhalt"] for d in left_open.drafts(caseload)] == [
        "erster",
        "zweiter",
    ]


def test_it_is_no_step_that_could_be_taken_back(caseload):
    before = undo.to_undo(caseload)

    left_open.keep(caseload, [draft("nur angefangen")])

    assert undo.to_undo(caseload) == before


def test_it_goes_with_its_client(caseload):
    client = casework.all_clients(caseload)[0]
    left_open.keep(caseload, [draft("über Amina", client.id), draft("ohne Person")])

    with caseload.store.write("gelöscht") as transaction:
        transaction.delete("client", client.id)

    assert [d.client_id for d in left_open.drafts(caseload)] == [None]
