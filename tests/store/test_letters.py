"""Letters as they are kept: what was printed never changes, how it went out does."""

from datetime import date, datetime

import pytest

from kkd_desktop.domain.appointment import Appointment, Delivery
from kkd_desktop.domain.letter_kinds import LetterKind, Purpose
from kkd_desktop.domain.letter_record import LetterRecord, TextVersion
from kkd_desktop.domain.text_blocks import BlockStanding
from kkd_desktop.domain.values import replace
from kkd_desktop.store import appointments, journal, letters
from kkd_desktop.store.errors import EntryGone

NOW = datetime(2026, 11, 20, 8, 0)
START = datetime(2026, 12, 3, 9, 0)


@pytest.fixture
def talk(store, client_id):
    return appointments.add(store, Appointment(client_id, START, 45, "uid", NOW))


def record(talk, **changes):
    made = LetterRecord(
        appointment_id=talk,
        kind=LetterKind.MELDEAUFFORDERUNG,
        sequence=0,
        start=START,
        purposes=(Purpose.VERMITTLUNG, Purpose.LEISTUNGEN),
        purpose_text="Bewerberangebot",
        written_on=date(2026, 11, 20),
        template="brief",
        template_digest="d1",
        texts=(TextVersion("reisekosten", "1", "x", BlockStanding.UNREVIEWED),),
        pdf_digest="0" * 64,
        created_at=NOW,
        printed_at=NOW,
        way=Delivery.POST,
    )
    return replace(made, **changes)


def keep(store, client_id, letter, pdf=None):
    number = letters.add(
        store,
        letter,
        client_id,
        content='{"a": 1}',
        template_source="#a",
        template_files={"logo.png": b"\x89PNG"},
        pdf=pdf,
    )
    return replace(letter, id=number, keeps_pdf=pdf is not None)


def test_a_letter_comes_back_as_it_was_kept(store, client_id, talk):
    kept = keep(store, client_id, record(talk), b"%PDF")

    assert letters.get(store, kept.id) == kept
    assert letters.of_appointments(store, {talk, 99}) == {talk: [kept]}
    assert letters.material(store, kept.id) == ('{"a": 1}', "#a", {"logo.png": b"\x89PNG"}, b"%PDF")


def test_a_template_is_kept_once_for_all_letters(store, client_id, talk):
    for digest in ("d1", "d1", "d2"):
        keep(store, client_id, record(talk, template_digest=digest))

    assert store.read("SELECT count(*) FROM letter_template") == [(2,)]


def test_only_the_delivery_ever_changes(store, client_id, talk):
    kept = keep(store, client_id, record(talk))
    sent = replace(
        kept,
        pdf_digest="1" * 64,
        way=Delivery.PORTAL,
        delivered_on=date(2026, 11, 20),
        deemed_on=date(2026, 11, 24),
        returned_on=date(2026, 11, 25),
    )

    letters.change_delivery(store, sent)

    assert letters.get(store, kept.id) == replace(sent, pdf_digest=kept.pdf_digest)


def test_a_letter_goes_with_its_client_and_the_journal_knows_whose_it_was(store, client_id, talk):
    keep(store, client_id, record(talk), b"%PDF")

    with store.write("Person gelöscht") as writing:
        writing.delete("client", client_id)

    assert store.read("SELECT count(*) FROM letter") == [(0,)]
    journal.forget(store, client_id)
    assert store.read("SELECT count(*) FROM change WHERE table_name = 'letter'") == [(0,)]


def test_printing_is_taken_back_as_one_step(store, client_id, talk):
    with store.write("Briefe gedruckt"):
        kept = keep(store, client_id, record(talk), b"\x00%PDF")

    journal.undo(store)
    assert letters.of_appointments(store, {talk}) == {}

    journal.redo(store)
    assert letters.of_appointments(store, {talk}) == {talk: [kept]}
    assert letters.material(store, kept.id)[3] == b"\x00%PDF"


def test_a_letter_is_kept_once_and_not_in_the_journal_as_well(store, client_id, talk):
    with store.write("Briefe gedruckt"):
        kept = keep(store, client_id, record(talk), b"%PDF" * 10_000)
    with store.write("Zustellung"):
        letters.change_delivery(store, replace(kept, way=Delivery.PORTAL))

    ((size,),) = store.read(
        """
        SELECT sum(length(ifnull(before, '')) + length(ifnull(after, '')))
          FROM change
         WHERE table_name IN ('letter', 'letter_template')
        """
    )
    assert size < 4_000


def test_a_letter_that_is_gone_is_told(store):
    with pytest.raises(EntryGone):
        letters.get(store, 1)
    with pytest.raises(EntryGone):
        letters.material(store, 1)
