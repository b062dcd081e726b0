from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kkd_desktop.domain.hours import Leave, WorkingHours
from kkd_desktop.domain.proposals import (
    LATE_FOR_WISH,
    MOST_RUNNERS_UP,
    Post,
    SlotRequest,
    suggest,
)
from kkd_desktop.domain.slots import Agenda, Busy, Half
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.wishes import Wish
from kkd_desktop.domain.workdays import WorkCalendar

CALENDAR = WorkCalendar("NW")
# Friday; a letter posted today counts as received on Tuesday, so that Friday is the first day.
NOW = datetime(2026, 11, 20, 10, 5)
POST = Post(date(2026, 11, 24))
FIRST_BY_POST = date(2026, 11, 27)


def talk(day, hour, minute=0, minutes=45):
    start = datetime.combine(day, time(hour, minute))
    return Busy(start, start + timedelta(minutes=minutes))


def november(day):
    return date(2026, 11, day)


def december(day):
    return date(2026, 12, day)


def asked(*taken, hours=None, **known):
    agenda = Agenda(CALENDAR, hours or WorkingHours(), taken)
    return suggest(SlotRequest(NOW, 45, **known), agenda)


def all_of(suggestion):
    return [p for p in (suggestion.best, *suggestion.others) if p is not None]


def test_the_target_inside_the_window_wins():
    best = asked(
        earliest=date(2027, 1, 4), target=date(2027, 1, 19), latest=date(2027, 2, 4), post=POST
    ).best

    assert best.start == datetime(2027, 1, 19, 8)
    assert best.label == "per Post"
    assert "am Zieltag Di 19.01." in best.reasons
    assert not best.late


def test_a_last_day_on_a_sunday_gives_the_working_day_before():
    best = asked(latest=date(2027, 1, 3), post=POST).best

    # 1 January is a holiday, so Thursday is the last working day (reading R3).
    assert best.day == date(2026, 12, 31)
    assert "letzter Arbeitstag vor So 03.01.2027" in best.reasons


def test_without_a_target_the_talk_is_near_the_last_day():
    assert asked(latest=date(2026, 12, 16), post=POST).best.day == date(2026, 12, 16)


def test_a_full_day_gives_way_to_an_emptier_one_beside_it():
    target = date(2027, 1, 19)
    full = [talk(target, hour) for hour in (8, 9, 10, 11)]

    best = asked(*full, target=target, latest=date(2027, 2, 4), post=POST).best

    assert best.day == date(2027, 1, 18)


def test_a_letter_needs_its_time():
    best = asked(latest=november(30), target=november(23), post=POST).best

    assert best.day == FIRST_BY_POST
    assert "frühester freier Termin nach Postlaufzeit (Bekanntgabe Di 24.11.)" in best.reasons


def test_who_is_here_takes_the_invitation_along():
    suggestion = asked(latest=november(27), target=november(23), post=POST, present=True)

    assert suggestion.best.day == november(23)
    assert suggestion.best.label == "wird ausgehändigt"
    assert suggestion.best.handed_over_only
    assert any(p.label == "auch per Post" for p in suggestion.others)


def test_who_is_here_does_not_come_again_the_same_day():
    suggestion = asked(latest=november(11), post=POST, present=True)

    assert all(p.day > NOW.date() for p in all_of(suggestion))


def test_the_last_day_itself_is_offered_while_it_lasts():
    best = asked(latest=NOW.date(), post=POST, present=True).best

    assert best.start == datetime(2026, 11, 20, 11)
    assert not best.late


def test_a_telephone_call_needs_no_letter():
    best = asked(latest=NOW.date()).best

    assert best.start == datetime(2026, 11, 20, 11)
    assert not best.handed_over_only


def test_a_day_that_has_passed_gives_the_soonest_slot_and_says_so():
    suggestion = asked(latest=november(11), target=november(11), post=POST)

    assert suggestion.best.start == datetime.combine(FIRST_BY_POST, time(8))
    assert suggestion.best.late
    assert suggestion.best.reasons[0] == "die Vorgabe war Mi 11.11.2026; so bald wie möglich"
    assert suggestion.others[0].handed_over_only
    assert suggestion.others[0].day == november(23)


def test_a_window_too_narrow_for_the_post_offers_handing_over_inside_it():
    suggestion = asked(latest=november(25), post=POST)

    assert suggestion.best.late
    assert "reicht die Postlaufzeit nicht" in suggestion.best.reasons[0]
    by_hand = suggestion.others[0]
    assert by_hand.label == "wird ausgehändigt"
    assert by_hand.day <= november(25)
    assert not by_hand.late


def test_a_window_without_free_time_is_left_to_the_early_side_first():
    away = WorkingHours(absences=(Leave(date(2027, 1, 4), date(2027, 2, 4)),))

    best = asked(
        earliest=date(2027, 1, 4), target=date(2027, 1, 19), latest=date(2027, 2, 4), hours=away
    ).best

    # 1 January is a holiday, 2 and 3 January are a weekend.
    assert best.day == date(2026, 12, 31)
    assert not best.late
    assert best.reasons[0].startswith("vor dem Mo 04.01.2027")


def test_a_fully_taken_window_is_late_without_blame():
    away = WorkingHours(absences=(Leave(november(20), november(30)),))

    best = asked(latest=november(27), hours=away).best

    assert best.day == date(2026, 12, 1)
    assert best.reasons[0] == "bis Fr 27.11.2026 ist kein Termin mehr frei; so bald wie möglich"


def test_nothing_free_within_the_horizon_is_said():
    away = WorkingHours(absences=(Leave(november(1), date(2035, 1, 1)),))

    suggestion = asked(latest=november(27), hours=away)

    assert suggestion.best is None
    assert suggestion.others == ()
    assert "kein Termin mehr frei" in suggestion.note


def test_without_a_rule_a_talk_in_three_months_is_offered_as_ours():
    best = asked(post=POST).best

    assert best.day == date(2027, 2, 19)
    assert best.label == "ohne Vorgabe"
    assert best.reasons[0] == "ohne Vorgabe; in etwa 3 Monaten"
    assert not best.ruled


def test_without_a_rule_the_planned_day_is_kept():
    best = asked(post=POST, planned=date(2027, 1, 12)).best

    assert best.day == date(2027, 1, 12)
    assert best.reasons[0] == "ohne Vorgabe; geplant ist Di 12.01.2027"


def test_a_planned_day_inside_a_long_window_is_the_target():
    assert asked(planned=date(2027, 1, 12), latest=date(2027, 5, 20)).best.day == date(2027, 1, 12)


def test_a_pace_that_has_passed_asks_for_the_soonest_day_in_the_period():
    best = asked(target=november(10), latest=date(2027, 2, 28), post=POST).best

    assert best.day == FIRST_BY_POST
    assert not best.late
    assert "so bald wie möglich: der Zieltag Di 10.11. liegt zurück" in best.reasons


def test_a_wish_is_kept_inside_the_window():
    wish = Wish(Half.NACHMITTAG, frozenset({0, 1}))

    suggestion = asked(latest=date(2026, 12, 18), post=POST, wish=wish)

    assert all(wish.admits(p.start, p.minutes) for p in all_of(suggestion))
    assert "wie gewünscht Mo, Di nachmittags" in suggestion.best.reasons


def test_the_norm_is_stronger_than_a_wish():
    # Friday 27 November has no afternoon, and the window ends on it.
    best = asked(latest=november(27), post=POST, wish=Wish(Half.NACHMITTAG)).best

    assert best.day == november(27)
    assert "der Wunsch (nachmittags) lässt sich bis Fr 27.11. nicht einhalten" in best.reasons


def test_a_wish_gives_way_before_the_window_does():
    # The window begins on Monday 4 January; the wish could be kept before it.
    wish, away = Wish(weekdays=frozenset({4})), Leave(date(2027, 1, 8), date(2027, 1, 8))

    best = asked(
        earliest=date(2027, 1, 4),
        target=date(2027, 1, 6),
        latest=date(2027, 1, 8),
        hours=WorkingHours(absences=(away,)),
        wish=wish,
    ).best

    assert best.day == date(2027, 1, 6)
    assert "der Wunsch (Fr) lässt sich bis Fr 08.01. nicht einhalten" in best.reasons


def test_an_overdue_talk_waits_for_a_wish_but_not_for_long():
    soon = asked(latest=november(11), wish=Wish(weekdays=frozenset({3}))).best
    away = WorkingHours(absences=(Leave(november(26), december(3)),))
    best = asked(latest=november(11), hours=away, wish=Wish(weekdays=frozenset({3}))).best

    assert soon.day == november(26)
    assert "frühester freier Termin nach Wunsch" in soon.reasons
    assert best.start == datetime(2026, 11, 20, 10, 30)
    assert "der Wunsch (Do) würde noch länger warten lassen" in best.reasons


def test_who_has_to_leave_is_free_for_the_follow_up():
    # An hour, of which the last quarter is the caseworker's own: gone by 09:45.
    agenda = Agenda(CALENDAR, WorkingHours())
    request = SlotRequest(
        NOW, 60, latest=november(27), preparation=15, wish=Wish(not_after=time(9, 45))
    )

    best = suggest(request, agenda).best

    assert best.start == datetime(2026, 11, 27, 8)
    starts = {p.start.time() for p in all_of(suggest(request, agenda))}
    assert max(starts) <= time(9)


def test_a_talk_follows_the_one_of_the_bg_at_once():
    partner = talk(date(2027, 1, 13), 9)

    best = asked(
        partner,
        earliest=date(2027, 1, 4),
        target=date(2027, 1, 19),
        latest=date(2027, 2, 4),
        post=POST,
        partners=(partner,),
    ).best

    assert best.start in (datetime(2027, 1, 13, 8, 15), datetime(2027, 1, 13, 9, 45))
    assert best.label == "mit BG-Partner"
    assert any("direkt" in reason and "aus der BG um 09:00" in reason for reason in best.reasons)


def test_an_appointment_of_the_bg_far_from_the_target_moves_nothing():
    partner = talk(date(2026, 12, 1), 9)

    suggestion = asked(partner, latest=date(2027, 11, 19), partners=(partner,))

    assert not any(p.with_partner for p in all_of(suggestion))


def test_the_runners_up_differ_from_each_other_in_a_way_one_can_choose_by():
    partner = talk(november(25), 9)

    suggestion = asked(
        talk(november(23), 8, minutes=180),
        partner,
        latest=november(11),
        post=POST,
        present=True,
        partners=(partner,),
    )

    assert suggestion.best.start == datetime(2026, 11, 23, 11)
    assert {"auch per Post", "mit BG-Partner"} <= {p.label for p in suggestion.others}
    assert any(Half.of(p.start) is Half.NACHMITTAG for p in suggestion.others)


def test_each_runner_up_says_what_it_is_for_and_why_it_is_not_the_first():
    target = date(2027, 1, 19)
    busy = [talk(target, hour) for hour in (8, 9, 10)]

    suggestion = asked(*busy, target=target, latest=date(2027, 2, 4), post=POST)

    said = {p.day: p for p in suggestion.others}
    assert suggestion.best.day == date(2027, 1, 18)
    assert suggestion.best.drawback == ""
    assert said[target].drawback == "an diesem Tag schon 3 Gespräche"
    assert said[date(2027, 1, 20)].drawback == "gleich gut, aber später"
    assert said[date(2027, 1, 20)].reasons[0] == "an einem anderen Tag"
    assert said[date(2027, 1, 21)].drawback == "2 Tage nach dem Zieltag"


def test_a_runner_up_away_from_the_bg_says_so():
    partner = talk(date(2027, 1, 13), 9)

    suggestion = asked(
        partner, target=date(2027, 1, 19), latest=date(2027, 2, 4), partners=(partner,)
    )

    assert "nicht am Tag vom Termin der BG" in {p.drawback for p in suggestion.others}


def test_a_later_slot_for_an_overdue_talk_says_how_much_later():
    friday = asked(latest=november(11))
    monday = suggest(
        SlotRequest(datetime(2026, 11, 23, 8), 45, latest=november(11)),
        Agenda(CALENDAR, WorkingHours()),
    )

    assert [p.drawback for p in friday.others] == [f"{n} Tage später" for n in (3, 4, 5, 6, 7)]
    assert monday.others[0].drawback == "später am selben Tag"


def test_the_load_of_the_day_is_counted_without_other_calendars():
    meeting = Busy(datetime(2026, 11, 27, 8), datetime(2026, 11, 27, 10), talk=False)

    best = asked(meeting, talk(november(27), 10), latest=november(27), post=POST).best

    assert best.start == datetime(2026, 11, 27, 11)
    assert "an diesem Tag ist bisher 1 Gespräch vereinbart" in best.reasons


MAYBE_DAY = st.none() | st.dates(date(2026, 10, 1), date(2027, 6, 30))
MOMENTS = st.datetimes(datetime(2026, 11, 20), datetime(2027, 3, 31))
TAKEN = st.lists(
    st.builds(lambda s, n: Busy(s, s + timedelta(minutes=n)), MOMENTS, st.integers(5, 6000)),
    max_size=10,
)
REQUESTS = st.builds(
    SlotRequest,
    now=st.datetimes(datetime(2026, 11, 18), datetime(2026, 11, 30)),
    minutes=st.sampled_from([30, 45, 60]),
    earliest=MAYBE_DAY,
    target=MAYBE_DAY,
    latest=MAYBE_DAY,
    planned=MAYBE_DAY,
    post=st.none() | st.builds(Post, st.dates(date(2026, 11, 20), date(2026, 12, 4))),
    present=st.booleans(),
    wish=st.builds(
        Wish,
        st.none() | st.sampled_from(Half),
        st.frozensets(st.integers(0, 4), max_size=2),
        st.none() | st.sampled_from([time(8), time(10), time(13, 30)]),
        st.none() | st.sampled_from([time(11), time(14), time(15, 30)]),
    ),
    partners=st.lists(
        st.builds(lambda s: Busy(s, s + timedelta(minutes=45)), MOMENTS), max_size=2
    ).map(tuple),
)


HOURS = st.builds(
    WorkingHours,
    absences=st.lists(
        st.builds(
            lambda day, length: Leave(day, day + timedelta(days=length)),
            st.dates(date(2026, 11, 20), date(2027, 3, 31)),
            st.integers(0, 30),
        ),
        max_size=3,
    ).map(tuple),
)


@given(REQUESTS, TAKEN, HOURS)
def test_every_proposal_can_be_kept(request, taken, hours):
    agenda = Agenda(CALENDAR, hours, taken)

    for proposal in all_of(suggest(request, agenda)):
        assert proposal.start >= request.now
        assert CALENDAR.is_workday(proposal.day)
        assert hours.leave_on(proposal.day) is None
        assert any(
            datetime.combine(proposal.day, block.since) <= proposal.start
            and proposal.end <= datetime.combine(proposal.day, block.until)
            for block in hours.blocks_on(proposal.day)
        )
        assert not any(b.start < proposal.end and proposal.start < b.end for b in taken)


@given(REQUESTS, TAKEN)
def test_a_proposal_after_the_last_day_says_so(request, taken):
    for proposal in all_of(suggest(request, Agenda(CALENDAR, WorkingHours(), taken))):
        over = request.latest is not None and proposal.day > request.latest
        assert proposal.late is over


@given(REQUESTS, TAKEN)
def test_a_proposal_before_the_window_says_that_nothing_is_free_in_it(request, taken):
    agenda = Agenda(CALENDAR, WorkingHours(), taken)
    best = suggest(request, agenda).best

    if best is None or request.earliest is None or best.day >= request.earliest or best.late:
        return
    assert best.reasons[0].startswith("vor dem ")
    inside = (request.latest - request.earliest).days
    days = [request.earliest + timedelta(days=n) for n in range(inside + 1)]
    assert not any(agenda.free_slots(d, request.minutes, not_before=request.now) for d in days)


@given(REQUESTS, TAKEN)
def test_a_wish_is_honoured_or_it_is_said_that_it_is_not(request, taken):
    suggestion = suggest(request, Agenda(CALENDAR, WorkingHours(), taken))

    for proposal in all_of(suggestion) if request.wish else ():
        kept = request.wish.admits(proposal.start, proposal.minutes)
        said = [each for each in proposal.reasons if "wünsch" in each or "Wunsch (" in each]
        assert len(said) == 1
        assert request.wish.in_words() in said[0]
        assert said[0].startswith("wie gewünscht") is kept


@given(REQUESTS, TAKEN)
def test_a_wish_costs_no_window(request, taken):
    agenda = Agenda(CALENDAR, WorkingHours(), taken)
    wished = suggest(request, agenda).best
    plain = suggest(replace(request, wish=Wish()), agenda).best

    if wished is None or plain is None or request.latest is None:
        return
    assert wished.late is plain.late
    if wished.late:
        assert wished.day - plain.day <= LATE_FOR_WISH


@given(REQUESTS, TAKEN)
def test_every_runner_up_and_only_they_have_a_drawback(request, taken):
    suggestion = suggest(request, Agenda(CALENDAR, WorkingHours(), taken))

    assert suggestion.best is None or not suggestion.best.drawback
    assert all(proposal.drawback for proposal in suggestion.others)


@given(REQUESTS, TAKEN)
def test_a_slot_that_a_letter_cannot_reach_is_offered_for_handing_over_only(request, taken):
    suggestion = suggest(request, Agenda(CALENDAR, WorkingHours(), taken))

    for proposal in all_of(suggestion):
        if request.post is None:
            assert not proposal.handed_over_only
            continue
        reached = CALENDAR.nth_workday_after(request.post.deemed, request.post.margin)
        assert proposal.handed_over_only is (proposal.day < reached)
    if suggestion.best is not None and not request.present:
        assert not suggestion.best.handed_over_only


@given(REQUESTS, TAKEN)
def test_the_same_question_gets_the_same_answer_in_whatever_order_time_was_taken(request, taken):
    forwards = suggest(request, Agenda(CALENDAR, WorkingHours(), taken))
    backwards = suggest(request, Agenda(CALENDAR, WorkingHours(), reversed(taken)))

    assert forwards == backwards


@given(REQUESTS, TAKEN)
def test_proposals_differ_and_the_runners_up_stand_in_the_order_of_time(request, taken):
    suggestion = suggest(request, Agenda(CALENDAR, WorkingHours(), taken))
    starts = [proposal.start for proposal in suggestion.others]

    assert starts == sorted(set(starts))
    assert suggestion.best is None or suggestion.best.start not in starts
    assert len(starts) <= MOST_RUNNERS_UP
    assert all(p.label and p.reasons for p in all_of(suggestion))
