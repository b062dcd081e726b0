"""From what is stored to a proposal: wishes, exceptions, other calendars, and the BG."""

from datetime import date, datetime, time, timedelta

import pytest

from kkd_desktop.actions import appointments, casework, proposals
from kkd_desktop.domain.appointment import AppointmentState, Delivery
from kkd_desktop.domain.client import WISH, Client, Deviation, Subject
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import Facts, Period, Timeline
from kkd_desktop.domain.outcome import State
from kkd_desktop.domain.together import JOINT_ADDITION
from kkd_desktop.domain.values import replace

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9)
BG = "35502//0001234"


def client(context, number):
    return casework.find_client(context, f"123A40000{number}")


def found(context, who, **known):
    return proposals.next_talk(context, who, NOW, **known)


@pytest.fixture
def household(caseload):
    """Boris and Kim, who are both due in December, and Toni, who is not for months."""
    boris = casework.change_client(caseload, replace(client(caseload, 2), bg_number=BG))
    members = [boris]
    for number, name, profile, met in (
        ("7", "Kim", "markt", date(2026, 10, 30)),
        ("8", "Toni", "stabilisierung", date(2026, 11, 19)),
    ):
        subject = Subject(date(1980, 1, 1), registered=date(2026, 1, 12))
        other = Client(0, f"123A40000{number}", "Beispiel", name, bg_number=BG, subject=subject)
        stored = casework.add_client(caseload, other, {"profile": profile, "status": "arbeitslos"})
        casework.record_contact(caseload, Contact(met, client_id=stored.id))
        members.append(stored)
    return members


def test_a_wish_decides_the_hour_and_the_reason_says_so(caseload):
    amina = casework.set_wish(caseload, client(caseload, 1), "nur Di und Do, nicht vor 14 Uhr")

    best = found(caseload, amina).best

    assert best.start.weekday() in (1, 3)
    assert best.start.time() >= time(14)
    assert "wie gewünscht Di, Do, nicht vor 14:00" in best.reasons


def test_a_wish_nobody_can_read_is_said_with_every_proposal(caseload):
    known = client(caseload, 1)
    told = known.subject.facts
    kept = {name: told.timeline(name) for name in told.names()}
    facts = Facts({**kept, WISH: Timeline.always("ruft vorher an")})
    amina = replace(known, subject=replace(known.subject, facts=facts))

    suggestion = found(caseload, amina).suggestion

    said = "der Wunsch „ruft vorher an“ ist nicht zu verstehen und blieb unbeachtet"
    assert all(said in each.reasons for each in suggestion.all)
    assert not any("Wunsch" in each for each in found(caseload, known).best.reasons)


def test_a_wish_has_a_history_and_an_end(caseload):
    amina = casework.set_wish(caseload, client(caseload, 1), "vormittags", date(2026, 6, 1))
    amina = casework.set_wish(caseload, amina, "nur Mo, bis 31.12.2026")

    assert amina.subject.facts.timeline(WISH).periods == (
        Period("vormittags", date(2026, 6, 1), TODAY - timedelta(days=1)),
        Period("Mo", TODAY, date(2026, 12, 31)),
    )
    assert not casework.set_wish(caseload, amina, "").subject.facts.at(WISH, TODAY)


def test_a_wish_that_ends_before_it_begins_is_refused(caseload):
    with pytest.raises(UserError, match=r"19\.11\.2026 liegt vor dem Beginn am 20\.11\.2026"):
        casework.set_wish(caseload, client(caseload, 1), "Mo, bis 19.11.2026")

    assert client(caseload, 1).subject.facts.timeline(WISH) is None


@pytest.mark.parametrize("fact", ["gern morgens", "Mo, bis 31.12.2026"])
def test_a_fact_that_is_no_wish_is_refused(caseload, fact):
    with pytest.raises(UserError, match="Terminwunsch"):
        casework.read_fact(caseload, WISH, fact)


def test_a_stored_wish_is_checked_wherever_it_comes_from(caseload):
    with pytest.raises(UserError, match="Terminwunsch"):
        casework.change_client(caseload, client(caseload, 1), {WISH: "gern morgens"})


def test_a_resting_concept_proposes_nothing_unless_asked(caseload, monkeypatch):
    monkeypatch.setattr(
        proposals.casework, "outcome_with", lambda *_: resting(caseload, client(caseload, 1))
    )

    suggestion = found(caseload, client(caseload, 1)).suggestion
    wanted = found(caseload, client(caseload, 1), on_request=True).best

    assert suggestion.best is None
    assert suggestion.note == "Die Vorgabe ruht, daher wird kein Tag vorgeschlagen."
    assert wanted.reasons[0] == "auf Wunsch: Die Vorgabe ruht; in etwa 3 Monaten"
    assert not wanted.ruled


def resting(context, who):
    """An outcome that rests until an event, as an exception of a kind makes it."""
    outcome = casework.client_file(context, who.id).outcome
    days = replace(
        outcome.deciding.finding.days,
        state=State.SUSPENDED,
        earliest=None,
        target=None,
        latest=None,
    )
    finding = replace(outcome.deciding.finding, days=days)
    return replace(outcome, deciding=replace(outcome.deciding, finding=finding))


def test_an_exception_until_a_day_still_has_a_day_to_meet(caseload):
    boris = client(caseload, 2)
    deviation = Deviation("Maßnahme ab Februar", date(2027, 2, 1), TODAY)
    casework.agree_deviation(caseload, boris.id, deviation)

    assert found(caseload, client(caseload, 2)).best.day <= date(2027, 2, 1)


def test_who_of_the_bg_is_due_is_offered_along(caseload, household):
    boris, kim, _ = household

    joint, row = found(caseload, boris).suggestion.together

    assert joint.joint
    assert [b.client_id for b in joint.beside] == [kim.id]
    assert joint.minutes == 45 + JOINT_ADDITION
    assert [b.start for b in row.beside] == [row.end]


def test_who_has_an_appointment_is_not_asked_along(caseload, household):
    boris, kim, _ = household
    appointments.book(caseload, kim, datetime(2026, 12, 1, 9), 45)

    assert found(caseload, boris).suggestion.together == ()


def test_a_joint_talk_is_booked_for_both_in_one_step(caseload, household):
    boris, kim, _ = household
    joint = found(caseload, boris).suggestion.together[0]
    before = caseload.store.read("SELECT max(id) FROM step")[0][0]

    one, other = appointments.book_together(caseload, boris, joint, delivery=Delivery.HANDED_OVER)

    assert (one.client_id, other.client_id) == (boris.id, kim.id)
    assert (one.start, one.minutes) == (other.start, other.minutes)
    assert one.joint == other.joint != ""
    assert one.uid != other.uid
    assert (one.delivery, other.delivery) == (Delivery.HANDED_OVER, Delivery.NONE)
    for each in (one, other):
        assert appointments.why_booked(caseload, each.id) is not None
    after = caseload.store.read("SELECT max(id) FROM step")[0][0]
    assert after == before + 1


def test_two_talks_in_a_row_are_two_talks(caseload, household):
    boris, _, _ = household
    row = found(caseload, boris).suggestion.together[1]

    one, other = appointments.book_together(caseload, boris, row)

    assert one.end == other.start
    assert one.joint == other.joint == ""


def test_all_or_nobody_is_booked(caseload, household):
    boris, _, _ = household
    row = found(caseload, boris).suggestion.together[1]
    appointments.book(caseload, client(caseload, 1), row.beside[0].start, 30)

    with pytest.raises(UserError, match="schon ein anderer Termin"):
        appointments.book_together(caseload, boris, row)

    assert len(appointments.of_day(caseload, row.day)) == 1


@pytest.fixture
def joint(caseload, household):
    return appointments.book_together(
        caseload, household[0], found(caseload, household[0]).suggestion.together[0]
    )


def test_a_joint_talk_moves_with_everyone(caseload, joint):
    start = datetime(2026, 12, 1, 9)

    appointments.move(caseload, joint[0].id, start, 30)

    for each in joint:
        moved = appointments.get(caseload, each.id)
        assert (moved.start, moved.minutes, moved.sequence) == (start, 30, 1)


def test_a_joint_talk_is_no_hindrance_to_itself_but_others_are(caseload, joint):
    appointments.move(caseload, joint[1].id, joint[1].start + timedelta(minutes=15))
    appointments.book(caseload, client(caseload, 1), datetime(2026, 12, 1, 9), 45)

    with pytest.raises(UserError, match="schon ein anderer Termin"):
        appointments.move(caseload, joint[1].id, datetime(2026, 12, 1, 9, 15))
    with pytest.raises(UserError, match="schon ein anderer Termin"):
        appointments.book(caseload, client(caseload, 1), joint[0].start, 45, joint="another")


def test_calling_off_is_a_matter_of_each(caseload, joint):
    appointments.cancel(caseload, joint[0].id)
    appointments.move(caseload, joint[1].id, datetime(2026, 12, 1, 9))

    gone, stays = (appointments.get(caseload, each.id) for each in joint)
    assert gone.state is AppointmentState.CANCELLED
    assert gone.start == joint[0].start
    assert stays.state.is_open


def test_a_joint_talk_is_one_talk_of_the_day_and_gives_way_to_itself(caseload, joint):
    day = joint[0].day

    assert proposals.agenda(caseload).talks_on(day) == 1
    assert joint[0].start not in proposals.agenda(caseload).free_slots(day, 45)
    assert joint[0].start in proposals.agenda(caseload, without=joint[1].id).free_slots(day, 45)


def test_a_talk_that_was_logged_brings_both_appointments(caseload, household):
    boris, kim, _ = household
    offer = found(caseload, boris).suggestion.together[0]

    _, booked = appointments.record_and_book(
        caseload, Contact(TODAY, client_id=boris.id), boris, offer
    )

    assert booked.client_id == boris.id
    day = appointments.of_day(caseload, offer.day)
    assert {c.id for _, c in day} == {boris.id, kim.id}


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (datetime(2027, 3, 28, 2, 30), "gibt es nicht"),
        (datetime(2027, 10, 31, 2, 30), "gibt es zweimal"),
    ],
)
def test_an_hour_of_the_nights_when_clocks_change_is_refused_at_every_entrance(
    caseload, start, words
):
    amina = client(caseload, 1)
    booked = appointments.book(caseload, amina, datetime(2026, 12, 1, 9), 45)
    proposal = proposals.Proposal(start, 45, "", ())
    contact = Contact(TODAY, client_id=amina.id)

    for act in (
        lambda: appointments.book(caseload, amina, start, 45),
        lambda: appointments.book_together(caseload, amina, proposal),
        lambda: appointments.record_and_book(caseload, contact, amina, proposal),
        lambda: appointments.move(caseload, booked.id, start),
    ):
        with pytest.raises(UserError, match=words):
            act()
    assert len(casework.client_file(caseload, amina.id).appointments) == 1


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 3, 29), "gibt es nicht"), (date(2025, 10, 26), "gibt es zweimal")],
)
def test_a_contact_at_such_an_hour_is_refused(caseload, day, words):
    contact = Contact(day, at=time(2, 30), client_id=client(caseload, 1).id)

    with pytest.raises(UserError, match=words):
        casework.record_contact(caseload, contact)
