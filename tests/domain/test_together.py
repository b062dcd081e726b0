"""Who of a Bedarfsgemeinschaft is offered a talk along with another, and when?"""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kkd_desktop.domain.hours import WorkingHours
from kkd_desktop.domain.proposals import Post, SlotRequest, suggest
from kkd_desktop.domain.slots import Agenda, Busy, Half
from kkd_desktop.domain.together import JOINT_ADDITION, Companion, offers
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.wishes import Wish
from kkd_desktop.domain.workdays import WorkCalendar

CALENDAR = WorkCalendar("NW")
NOW = datetime(2026, 11, 20, 10, 5)
REQUEST = SlotRequest(
    NOW,
    45,
    earliest=date(2027, 1, 4),
    target=date(2027, 1, 19),
    latest=date(2027, 2, 4),
    post=Post(date(2026, 11, 24)),
)
KIM = Companion(2, "Kim Beispiel", 60, date(2027, 1, 22), 15)
TONI = Companion(3, "Toni Beispiel", 45, date(2027, 2, 12))


def together(*companions, request=REQUEST, taken=(), hours=None):
    agenda = Agenda(CALENDAR, hours or WorkingHours(), taken)
    return offers(request, suggest(request, agenda).best, companions, agenda)


def test_one_talk_takes_the_longer_length_and_an_addition():
    joint, _ = together(KIM)

    assert joint.joint
    assert joint.label == "gemeinsam mit Kim Beispiel"
    assert joint.minutes == 60 + JOINT_ADDITION
    assert joint.preparation == 15
    assert [(b.client_id, b.start, b.minutes) for b in joint.beside] == [
        (2, joint.start, joint.minutes)
    ]
    assert joint.reasons[:2] == (
        "Kim Beispiel ist bis Fr 22.01. auch an der Reihe",
        "ein Gespräch von 75 min für alle",
    )
    assert joint.start == datetime(2027, 1, 19, 8)


def test_two_talks_in_a_row_keep_their_lengths():
    _, row = together(KIM)

    assert not row.joint
    assert row.label == "direkt danach Kim Beispiel"
    assert row.minutes == 45
    assert [(b.start, b.minutes) for b in row.beside] == [
        (row.start + timedelta(minutes=45), 60),
    ]
    assert "direkt danach Kim Beispiel um 08:45" in row.reasons


def test_three_who_fit_come_together():
    joint, row = together(KIM, TONI)

    assert joint.label == "gemeinsam mit Kim Beispiel und Toni Beispiel"
    assert joint.minutes == 60 + 2 * JOINT_ADDITION
    assert [b.start.time() for b in row.beside] == [time(8, 45), time(9, 45)]


def test_windows_that_do_not_meet_offer_nothing():
    assert together(replace(KIM, earliest=date(2027, 2, 8), latest=date(2027, 3, 1))) == ()


def test_who_was_seen_lately_is_not_asked_again_so_soon():
    # Nothing says that it would be too early, but it is only due in summer.
    assert together(replace(KIM, latest=date(2027, 7, 1))) == ()


def test_who_fits_least_is_left_out_and_the_others_are_not():
    later = replace(TONI, earliest=date(2027, 2, 8), latest=date(2027, 3, 1))

    joint, row = together(KIM, later)

    assert [b.name for b in joint.beside] == [b.name for b in row.beside] == ["Kim Beispiel"]


def test_an_hour_suits_both():
    joint, row = together(
        replace(KIM, wish=Wish(Half.NACHMITTAG)),
        request=replace(REQUEST, wish=Wish(weekdays=frozenset({3}))),
    )

    for offer in (joint, row):
        assert offer.start.weekday() == 3
        assert offer.start.hour >= 12


def test_wishes_that_exclude_each_other_offer_nothing():
    vormittags = replace(REQUEST, wish=Wish(Half.VORMITTAG))

    assert together(replace(KIM, wish=Wish(Half.NACHMITTAG)), request=vormittags) == ()


def test_who_is_overdue_comes_along_as_soon_as_a_letter_can_ask():
    overdue = replace(REQUEST, earliest=None, target=None, latest=date(2026, 11, 11))

    joint, row = together(replace(KIM, latest=date(2026, 12, 2)), request=overdue)

    assert joint.start == row.start == datetime(2026, 11, 27, 8)
    assert joint.late


def test_nobody_is_made_late_by_company():
    # Kim is overdue; alone the talk would be in time in January, and too soon before it.
    assert together(replace(KIM, latest=date(2026, 11, 11))) == ()


def test_without_a_rule_nobody_is_asked_along():
    assert together(KIM, request=SlotRequest(NOW, 45)) == ()


def test_company_is_invited_even_if_the_client_takes_the_invitation_along():
    here = replace(REQUEST, present=True, earliest=None, target=None, latest=date(2026, 11, 27))

    joint, _ = together(replace(KIM, latest=date(2026, 12, 2)), request=here)

    assert joint.day == date(2026, 11, 27)
    assert not joint.handed_over_only


MOMENTS = st.datetimes(datetime(2026, 11, 20), datetime(2027, 2, 28))
TAKEN = st.lists(
    st.builds(lambda s, n: Busy(s, s + timedelta(minutes=n)), MOMENTS, st.integers(5, 3000)),
    max_size=8,
)
DAYS = st.dates(date(2026, 11, 1), date(2027, 3, 1))
WISHES = st.builds(Wish, st.none() | st.sampled_from(Half))
COMPANIONS = st.lists(
    st.builds(
        Companion,
        st.integers(2, 9),
        st.just("Kim Beispiel"),
        st.sampled_from([30, 45, 60]),
        DAYS,
        st.just(0),
        st.none() | DAYS,
        st.none() | DAYS,
        WISHES,
    ),
    max_size=3,
    unique_by=lambda each: each.client_id,
)
REQUESTS = st.builds(
    SlotRequest,
    now=st.just(NOW),
    minutes=st.sampled_from([30, 45]),
    earliest=st.none() | DAYS,
    target=st.none() | DAYS,
    latest=DAYS,
    post=st.none() | st.just(Post(date(2026, 11, 24))),
    present=st.booleans(),
    wish=WISHES,
)


def is_free(agenda, talk):
    also = [talk.start]
    return talk.start in agenda.free_slots(talk.start.date(), talk.minutes, also=also)


@given(REQUESTS, COMPANIONS, TAKEN)
def test_everyone_of_an_offer_can_keep_it(request, companions, taken):
    agenda = Agenda(CALENDAR, WorkingHours(), taken)
    best = suggest(request, agenda).best
    known = {each.client_id: each for each in companions}

    for offer in offers(request, best, companions, agenda):
        assert offer.beside
        assert is_free(agenda, offer)
        assert request.wish.admits(offer.start, offer.minutes)
        assert offer.day <= request.latest or best.late
        for beside in offer.beside:
            member = known[beside.client_id]
            assert is_free(agenda, beside)
            assert member.wish.admits(beside.start, beside.minutes)
            assert member.earliest is None or offer.day >= member.earliest
            assert offer.day <= member.latest or member.latest < request.today


@given(REQUESTS, COMPANIONS, TAKEN)
def test_the_order_of_the_members_changes_nothing(request, companions, taken):
    agenda = Agenda(CALENDAR, WorkingHours(), taken)
    best = suggest(request, agenda).best

    one = offers(request, best, companions, agenda)
    assert one == offers(request, best, list(reversed(companions)), agenda)
