"""Which appointments are refused, and with which sentence?"""

from datetime import date, datetime

import pytest

from kkd_desktop.actions import appointments, casework, stores
from kkd_desktop.domain.appointment import Delivery
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import Contact, ContactForm
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.lengths import Length
from kkd_desktop.domain.proposals import Proposal
from kkd_desktop.store.key import Passphrase

TODAY = date(2026, 11, 20)


@pytest.fixture
def context(tmp_path):
    secret = Passphrase("vier zufällige Wörter")
    context = stores.create_caseload(tmp_path / "b.kkd", secret, TODAY)
    yield context
    context.store.close()


@pytest.fixture
def client(context):
    return casework.add_client(context, Client(0, "123A400017", "Beispiel", "Amina"), {})


def test_an_appointment_that_would_end_after_midnight_is_refused(context, client):
    with pytest.raises(UserError, match=r"23:50 mit 45 Minuten endet erst nach Mitternacht"):
        appointments.book(context, client, datetime(2026, 11, 24, 23, 50), 45)

    assert not appointments.of_day(context, date(2026, 11, 24))


def test_an_appointment_is_not_moved_past_midnight(context, client):
    booked = appointments.book(context, client, datetime(2026, 11, 24, 9, 0), 45)

    with pytest.raises(UserError, match="Mitternacht"):
        appointments.move(context, booked.id, datetime(2026, 11, 24, 23, 30))


def test_an_appointment_may_end_at_midnight(context, client):
    booked = appointments.book(context, client, datetime(2026, 11, 24, 23, 15), 45)

    assert booked.end == datetime(2026, 11, 25)


def test_what_a_talk_needs_beside_it_is_stored_and_kept_when_it_moves(context, client):
    booked = appointments.book(context, client, datetime(2026, 11, 23, 9), 60, preparation=15)

    moved = appointments.move(context, booked.id, datetime(2026, 11, 24, 9))
    shorter = appointments.move(context, booked.id, datetime(2026, 11, 24, 9), 15)

    assert (moved.minutes, moved.preparation) == (60, 15)
    assert shorter.length.german() == "15 min (5 + 10)"
    assert appointments.get(context, booked.id) == shorter


def test_a_talk_logged_together_with_the_next_one_has_the_preparation_of_the_proposal(
    context, client
):
    proposal = Proposal(datetime(2026, 11, 23, 9), 60, "", (), preparation=15)

    _, booked = appointments.record_and_book(
        context, Contact(TODAY, client_id=client.id), client, proposal
    )

    assert appointments.get(context, booked.id).length == Length(45, 15)


@pytest.mark.parametrize(
    ("minutes", "preparation", "length"),
    [
        (None, None, Length(45, 15)),
        (30, None, Length(15, 15)),
        (None, 10, Length(45, 10)),
        (60, 0, Length(60, 0)),
    ],
)
def test_a_first_talk_has_its_usual_length_unless_others_are_given(
    context, client, minutes, preparation, length
):
    outcome = casework.outcome_with(context, client)

    assert (
        appointments.length_of(context, ContactForm.PERSOENLICH, outcome, minutes, preparation)
        == length
    )


@pytest.mark.parametrize(("minutes", "preparation"), [(45, 41), (45, -1)])
def test_a_preparation_that_leaves_no_talk_is_refused(context, client, minutes, preparation):
    outcome = casework.outcome_with(context, client)

    with pytest.raises(UserError, match="Vor- und Nachbereitung: "):
        appointments.length_of(context, ContactForm.VIDEO, outcome, minutes, preparation)


def test_another_room_is_news_for_calendars_and_for_who_was_invited(context, client):
    invited = appointments.book(
        context, client, datetime(2026, 11, 23, 9), 45, room="2.14", delivery=Delivery.POST
    )
    same = appointments.book(context, client, datetime(2026, 11, 24, 9), 45, room="1.02")

    appointments.set_room(context, [invited.id, same.id], " 1.02 ")

    moved = appointments.get(context, invited.id)
    assert (moved.room, moved.start, moved.sequence) == ("1.02", invited.start, 1)
    assert moved.delivery is Delivery.NONE
    assert appointments.get(context, same.id) == same


def test_an_appointment_may_move_to_another_room(context, client):
    booked = appointments.book(context, client, datetime(2026, 11, 23, 9), 45, room="2.14")

    kept = appointments.move(context, booked.id, datetime(2026, 11, 24, 9))
    moved = appointments.move(context, booked.id, datetime(2026, 11, 24, 9), room="Saal")

    assert (kept.room, moved.room) == ("2.14", "Saal")
