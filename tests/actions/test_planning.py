"""From a caseload to a plan and into the calendar: what is kept, what is said, what is undone."""

import os
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest

from kkd_desktop.actions import (
    appointments,
    backups,
    casework,
    forgetting,
    planning,
    proposals,
    stores,
    undo,
)
from kkd_desktop.actions.planning import Options
from kkd_desktop.actions.secrets import Passphrase
from kkd_desktop.domain.appointment import Delivery
from kkd_desktop.domain.client import Client, Deviation, Subject
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.hours import Leave
from kkd_desktop.domain.plan_text import quality, shortage
from kkd_desktop.domain.planning import Limits
from kkd_desktop.domain.texts import short_day, weekday_day
from kkd_desktop.domain.values import replace
from kkd_desktop.store import appointments as booked

TODAY = date(2026, 11, 20)
NOW = datetime.combine(TODAY, time(9))
FIRST_BY_LETTER = date(2026, 11, 27)


def client(context, number):
    return casework.find_client(context, f"123A40000{number}")


def plan(context, weeks=8, **options):
    return planning.make(context, NOW, Options(weeks, **options))


def of(found, who):
    return [talk for talk in found.talks if talk.client.id == who.id]


def add(context, number, name, met, profile="markt", bg=""):
    subject = Subject(date(1980, 1, 1), registered=date(2026, 1, 12))
    new = Client(0, f"123A40000{number}", "Beispiel", name, bg_number=bg, subject=subject)
    stored = casework.add_client(context, new, {"profile": profile, "status": "arbeitslos"})
    if met is not None:
        casework.record_contact(context, Contact(met, client_id=stored.id))
    return stored


def test_the_next_talk_lies_in_the_window_and_says_why(caseload):
    kim = add(caseload, "7", "Kim", TODAY - timedelta(days=14))

    talk = of(plan(caseload), kim)[0]

    assert talk.asked.latest == date(2026, 12, 18)
    assert talk.day <= talk.asked.latest
    assert not talk.late_days
    assert "innerhalb der Vorgabe bis Fr 18.12.2026" in talk.reasons


def test_who_is_overdue_comes_first_and_is_named_as_late_anyway(caseload):
    amina = client(caseload, 1)

    found = plan(caseload)

    assert of(found, amina)[0].day == FIRST_BY_LETTER
    assert of(found, amina)[0].late_days == (FIRST_BY_LETTER - date(2026, 11, 11)).days
    assert [each.reason for each in found.late_anyway if each.client.id == amina.id] == [
        "seit 9 Tagen überfällig (Vorgabe Mi 11.11.2026)"
    ]


def test_later_talks_follow_from_the_planned_one(caseload):
    first, second, *_ = of(plan(caseload, 12), client(caseload, 1))

    assert second.nth == 1
    assert second.asked.latest == first.day + timedelta(weeks=6)
    assert second.reasons[0].startswith("Folgetermin nach dem geplanten Gespräch Fr 27.11.2026")


def test_what_a_client_was_told_is_not_moved_and_the_plan_goes_on_from_it(caseload):
    amina = client(caseload, 1)
    told = appointments.book(
        caseload, amina, datetime(2026, 12, 1, 9), 45, delivery=Delivery.HANDED_OVER
    )

    found = plan(caseload, 12)
    planning.apply(caseload, found)

    assert booked.get(caseload.store, told.id) == told
    assert of(found, amina)[0].asked.latest == date(2027, 1, 12)
    assert not any(t.start < told.end and told.start < t.end for t in found.talks)
    assert any("er bleibt, wie er ist" in each.reason for each in found.late_anyway)


def test_an_absence_ahead_pulls_a_talk_forward(caseload):
    kim = add(caseload, "7", "Kim", date(2026, 11, 6))
    leave = Leave(date(2026, 12, 14), date(2027, 1, 3), "Urlaub")
    hours = replace(caseload.settings.hours, absences=(leave,))
    caseload.change_settings(hours=hours)

    talk = of(plan(caseload), kim)[0]

    assert talk.asked.latest == date(2026, 12, 18)
    assert FIRST_BY_LETTER <= talk.day < leave.since
    assert "vorgezogen: Urlaub von Mo 14.12. bis So 03.01." in talk.notes


def test_a_talk_due_in_an_absence_beyond_the_plan_comes_forward(caseload):
    kim = add(caseload, "7", "Kim", date(2026, 11, 6))
    leave = Leave(date(2026, 12, 4), date(2027, 1, 3), "Urlaub")
    caseload.change_settings(hours=replace(caseload.settings.hours, absences=(leave,)))

    assert of(plan(caseload, 1), kim)[0].day < leave.since


def test_nobody_is_met_while_an_exception_rests_the_duty(caseload):
    boris = client(caseload, 2)
    until = date(2026, 12, 21)
    casework.agree_deviation(caseload, boris.id, Deviation("Kur", until, TODAY))

    assert all(talk.day >= until for talk in of(plan(caseload), boris))


def test_a_wish_is_kept_where_the_window_allows_it(caseload):
    kim = add(caseload, "7", "Kim", date(2026, 11, 6))
    casework.set_wish(caseload, kim, "nur Do, nicht vor 14 Uhr")

    talk = of(plan(caseload), kim)[0]

    assert (talk.start.weekday(), talk.start.time() >= time(14)) == (3, True)
    assert "wie gewünscht Do, nicht vor 14:00" in talk.reasons


def test_a_bedarfsgemeinschaft_comes_on_one_day_side_by_side(caseload):
    bg = "35502//0001234"
    one = add(caseload, "7", "Kim", date(2026, 10, 9), bg=bg)
    other = add(caseload, "8", "Toni", date(2026, 10, 12), bg=bg)

    found = plan(caseload)

    first, second = sorted((of(found, one)[0], of(found, other)[0]), key=lambda t: t.start)
    assert first.day == second.day
    assert second.start - first.end <= timedelta(minutes=30)
    assert first.household == (f"direkt vor {second.client.name} aus der BG",)
    assert second.household == (f"direkt nach {first.client.name} aus der BG",)
    for talk in (first, second):
        assert "auch als ein gemeinsames Gespräch von 60 min möglich" in talk.notes
    assert not any("Toni" in reason or "Kim" in reason for reason in first.reasons)


def test_nobody_of_the_caseload_is_missing_from_the_answer(caseload):
    found = plan(caseload)

    named = {
        *(talk.client.id for talk in found.talks),
        *(each.client.id for each in found.unplaced),
        *(each.client.id for each in found.not_asked),
    }
    assert named == {each.id for each in casework.all_clients(caseload)}
    assert all(each.reason for each in found.not_asked)


def test_a_plan_for_some_leaves_the_others_out_but_not_their_appointments(caseload):
    boris = client(caseload, 2)
    told = appointments.book(caseload, boris, datetime(2026, 11, 27, 8), 45)
    amina = client(caseload, 1)

    found = plan(caseload, only=frozenset({amina.id}))

    named = [*found.talks, *found.unplaced, *found.late_anyway, *found.not_asked]
    assert {each.client.id for each in named} == {amina.id}
    assert of(found, amina)[0].start >= told.end
    assert found.weeks[0].agreed == 1
    assert len(planning.apply(caseload, found)) == len(found.talks)


def test_a_plan_for_some_shares_the_days_of_the_others_of_the_bg(caseload):
    bg = "35502//0001234"
    one = add(caseload, "7", "Kim", date(2026, 10, 23), bg=bg)
    other = add(caseload, "8", "Toni", date(2026, 10, 12), bg=bg)
    appointments.book(caseload, other, datetime(2026, 12, 2, 9), 45)

    talk = of(plan(caseload, only=frozenset({one.id})), one)[0]

    assert talk.household == ("am Tag eines Termins aus der BG",)


def test_a_plan_for_nobody_is_empty(caseload):
    found = plan(caseload, only=frozenset())

    assert [*found.talks, *found.unplaced, *found.late_anyway, *found.not_asked] == []


@pytest.fixture
def crowded(caseload):
    """Forty people who were all due yesterday, and one short day a week for them."""
    hours = caseload.settings.hours
    monday, *rest = hours.weeks[0]
    short = ((monday, *((),) * len(rest)),)
    caseload.change_settings(hours=replace(hours, weeks=short, weekly_hours=Fraction(5)))
    for number in range(40):
        add(caseload, f"9{number:02d}", f"Nr{number}", date(2026, 10, 8))
    return caseload


def test_who_has_no_place_is_named_with_the_reason(crowded):
    found = plan(crowded, 2)

    late = [each for each in found.unplaced if each.late]
    assert late
    assert all("kein Platz in den Sprechzeiten frei" in each.reason for each in late)


def test_more_talks_than_room_are_said_in_one_sentence(crowded):
    found = plan(crowded, 1)
    room, waiting = len(found.talks), sum(each.late for each in found.unplaced)

    assert waiting
    assert shortage(found) == (
        f"Bis Do 03.12. sind noch {room + waiting} Gespräche fällig, Platz ist für {room}."
    )


def test_from_when_on_there_is_room_again_is_said(caseload):
    for number in range(45):
        add(caseload, f"9{number:02d}", f"Nr{number}", date(2026, 10, 15))

    found = plan(caseload, 3)

    room = sum(talk.day <= date(2026, 12, 4) for talk in found.talks)
    last = max(talk.day for talk in found.talks if talk.late_days)
    assert not any(each.late for each in found.unplaced)
    assert shortage(found) == (
        f"Bis Fr 04.12. sind noch 47 Gespräche fällig, Platz ist für {room}; "
        f"nach {short_day(last)} liegt jeder Termin in der Frist."
    )


def test_who_is_late_whatever_is_planned_is_no_lack_of_room(caseload):
    found = plan(caseload)

    assert found.late
    assert shortage(found) == ""


def test_a_week_over_the_norm_says_why(crowded):
    found = plan(crowded, 2, show_rate=False)

    full = [week for week in found.weeks if week.over]
    assert full
    talks = [talk for talk in found.talks if any("Kapazität hinaus" in n for n in talk.notes)]
    assert {talk.day - timedelta(days=talk.day.weekday()) for talk in talks} == {
        week.monday for week in full
    }
    assert found.late


def test_more_are_invited_where_some_will_not_come(caseload):
    amina = client(caseload, 1)
    for month in range(1, 10):
        kind = Contact(date(2026, month, 2)).kind
        missed = Contact(date(2026, month, 2), replace(kind, attended=False), client_id=amina.id)
        casework.record_contact(caseload, missed)

    with_rate, without = plan(caseload), plan(caseload, show_rate=False)

    assert of(with_rate, amina)[0].percent < 50
    assert with_rate.show < 1
    assert with_rate.expected < len(with_rate.talks)
    assert without.show is None
    assert without.expected == len(without.talks)


def test_a_plan_is_one_step_with_a_reason_each(caseload):
    found = plan(caseload)

    made = planning.apply(caseload, found)

    assert [each.start for each in made] == [talk.start for talk in found.talks]
    assert "Geplant: die Vorgabe war Mi 11.11.2026; so bald wie möglich" in made[0].reason
    assert all(appointments.why_booked(caseload, each.id) for each in made)
    number = len(made)
    assert undo.to_undo(caseload).name == f"Plan angenommen ({number} Termine)"
    undo.undo(caseload)
    assert not booked.open_from(caseload.store, TODAY)


def test_why_a_talk_was_planned_is_read_in_english_and_kept_in_german(english, caseload):
    found = plan(caseload)

    made = planning.apply(caseload, found)

    latest = weekday_day(date(2026, 11, 11))
    assert f"the time limit was {latest}; as soon as possible" in found.talks[0].reasons
    assert "Geplant: die Vorgabe war Mi 11.11.2026; so bald wie möglich" in made[0].reason


def test_parts_of_a_plan_can_be_taken_but_no_follow_up_alone(caseload):
    found = plan(caseload, 12)
    first, second, *_ = of(found, client(caseload, 1))

    with pytest.raises(UserError, match="setzt den Termin davor voraus"):
        planning.apply(caseload, found, {second.key})
    made = planning.apply(caseload, found, {first.key})

    assert [each.start for each in made] == [first.start]


def test_a_plan_that_is_out_of_date_books_nothing(caseload):
    found = plan(caseload)
    appointments.book(caseload, client(caseload, 1), datetime(2026, 12, 18, 9), 45)

    with pytest.raises(UserError, match="inzwischen etwas geändert"):
        planning.apply(caseload, found)

    assert len(booked.open_from(caseload.store, TODAY)) == 1


def test_the_same_caseload_has_the_same_plan(caseload):
    assert plan(caseload) == plan(caseload)


def test_a_small_plan_is_proven_to_be_the_best(caseload):
    found = plan(caseload)

    assert quality(found) == "Das ist nachweislich der beste Plan."


def test_weeks_out_of_reach_are_refused(caseload):
    with pytest.raises(UserError, match="zwischen 1 und 26"):
        plan(caseload, 27)


def test_a_demo_caseload_is_planned_whole_and_booked(tmp_path):
    secret = Passphrase("vier zufällige Wörter")
    with stores.create_demo(tmp_path / "demo.kkd", secret, TODAY, clients=120).store as store:
        context = stores.Context(store, stores.open_shelf(), TODAY)
        before = booked.open_from(store, TODAY)

        found = plan(context, 4, limits=Limits(rounds=40))
        planning.apply(context, found)

        after = booked.open_from(store, TODAY)
        assert len(after) == len(before) + len(found.talks)
        assert {each.id for each in before} <= {each.id for each in after}
        assert all(talk.day >= FIRST_BY_LETTER for talk in found.talks)
        assert found.gap < 0.001
        assert len(found.talks) >= planning.LARGE
        assert len(backups.listed(context)) == 1


def test_a_letter_has_its_lead_time_but_a_call_has_none(caseload):
    boris = client(caseload, 2)
    by_letter = plan(caseload)
    by_phone = plan(caseload, telephone=True)

    assert all(talk.day >= FIRST_BY_LETTER for talk in by_letter.talks)
    assert by_letter.first == FIRST_BY_LETTER
    assert by_phone.first == TODAY + timedelta(days=1)
    assert of(by_letter, boris)


def test_nothing_is_planned_while_the_caseworker_is_away_or_has_no_hours(caseload):
    leave = Leave(date(2026, 11, 30), date(2026, 12, 4), "Fortbildung")
    caseload.change_settings(hours=replace(caseload.settings.hours, absences=(leave,)))
    for number in range(12):
        add(caseload, f"9{number}", f"Nr{number}", date(2026, 10, 20))

    found = plan(caseload)

    assert found.talks
    assert not any(leave.since <= talk.day <= leave.until for talk in found.talks)
    agenda = proposals.agenda(caseload)
    for talk in found.talks:
        assert talk.start in agenda.free_slots(talk.day, talk.length.total)


def test_no_two_talks_overlap_and_all_lie_in_their_window_unless_late(crowded):
    found = plan(crowded, 6)

    assert len(found.talks) > 10
    assert all(one.end <= other.start for one, other in pairwise(found.talks))
    for talk in found.talks:
        assert talk.asked.earliest <= talk.day
        behind = 0 if talk.asked.latest is None else (talk.day - talk.asked.latest).days
        assert talk.late_days == max(0, behind)


def test_the_plan_keeps_the_norm_of_each_week_where_nobody_is_late_for_it(caseload):
    for number in range(60):
        add(caseload, f"9{number:02d}", f"Nr{number}", date(2026, 11, 9))

    found = plan(caseload, 5, show_rate=False)

    assert sum(week.planned for week in found.weeks) >= 60
    assert all(week.norm is not None for week in found.weeks)
    assert not any(week.over for week in found.weeks if week.part == 100)
    assert not [talk for talk in found.talks if talk.late_days and talk.client.id > 3]


def test_the_expected_number_and_not_the_invited_one_fills_a_week(caseload):
    for number in range(60):
        who = add(caseload, f"9{number:02d}", f"Nr{number}", date(2026, 10, 12))
        missed = Contact(date(2026, 9, 14))
        kind = replace(missed.kind, attended=False)
        casework.record_contact(caseload, Contact(missed.day, kind, client_id=who.id))

    with_rate, without = plan(caseload, 6), plan(caseload, 6, show_rate=False)

    def fullest(found):
        return max(found.weeks, key=lambda week: week.planned)

    assert with_rate.show < Fraction(8, 10)
    assert fullest(with_rate).expected <= fullest(with_rate).norm
    assert fullest(with_rate).planned >= fullest(without).planned
    assert fullest(with_rate).planned > fullest(with_rate).expected


def test_nobody_is_later_because_fewer_are_planned_for(crowded):
    """With the others out of the way, each is met as soon as with them, or sooner."""
    everyone = plan(crowded, 6, limits=Limits(rounds=30))
    late = [talk for talk in everyone.talks if talk.late_days and not talk.nth]

    for talk in late[:: max(1, len(late) // 4)]:
        alone = plan(crowded, 6, only=frozenset({talk.client.id}))
        assert of(alone, talk.client)[0].late_days <= talk.late_days


def test_what_was_told_stays_where_it_is_however_late_it_makes_others(crowded):
    told = [
        appointments.book(crowded, who, datetime.combine(day, time(8)), 45)
        for who, day in (
            (client(crowded, 1), date(2026, 12, 7)),
            (client(crowded, 2), date(2026, 12, 14)),
        )
    ]

    planning.apply(crowded, plan(crowded, 4))

    for each in told:
        assert booked.get(crowded.store, each.id) == each


def test_the_order_of_the_caseload_changes_nothing(caseload, monkeypatch):
    for number in range(12):
        add(caseload, f"9{number}", f"Nr{number}", date(2026, 10, 20) + timedelta(days=number))
    before = plan(caseload)
    everyone = planning.caseload.everyone

    def backwards(*given):
        return reversed(list(everyone(*given)))

    monkeypatch.setattr(planning.caseload, "everyone", backwards)

    assert plan(caseload) == before


_SAME = """
import sys
from datetime import date, datetime
from pathlib import Path
from kkd_desktop.actions import planning, stores
from kkd_desktop.actions.planning import Options
from kkd_desktop.actions.secrets import Passphrase

today = date(2026, 11, 20)
secret = Passphrase("vier zufällige Wörter")
with stores.open_caseload(Path(sys.argv[1]), secret, today) as context:
    found = planning.make(context, datetime(2026, 11, 20, 9), Options(3))
print([(talk.client.id, talk.start.isoformat()) for talk in found.talks], found.bound)
"""


def test_the_plan_is_the_same_whatever_the_seed_of_hashes(tmp_path):
    path = tmp_path / "demo.kkd"
    secret = Passphrase("vier zufällige Wörter")
    stores.create_demo(path, secret, TODAY, clients=60).store.close()

    said = {
        subprocess.run(
            [sys.executable, "-c", _SAME, str(path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "4711")
    }

    assert len(said) == 1
    assert said.pop().count("2026-") > 10


def test_no_time_at_all_still_gives_the_best_plan_so_far_and_says_so(crowded):
    found = plan(crowded, 6, limits=Limits(seconds=0.0))

    assert found.timed_out
    assert found.talks
    assert found.bound <= found.weight
    assert quality(found).endswith("Die Suche endete, weil ihre Zeit um war.")


def test_a_bound_that_says_nothing_is_not_given_as_a_distance(crowded):
    found = replace(plan(crowded, 2), gap=80.4, timed_out=True)

    assert quality(found) == (
        "Wie weit der Plan vom bestmöglichen entfernt ist, blieb offen. "
        "Die Suche endete, weil ihre Zeit um war."
    )


def test_a_plan_of_somebody_who_is_deleted_books_nothing(caseload):
    amina = client(caseload, 1)
    found = plan(caseload)
    forgetting.forget(caseload, [amina.id])()

    with pytest.raises(UserError, match="Amina hat sich inzwischen etwas geändert"):
        planning.apply(caseload, found)

    assert not booked.open_from(caseload.store, TODAY)


def test_a_plan_of_somebody_who_was_met_meanwhile_books_nothing(caseload):
    amina = client(caseload, 1)
    found = plan(caseload)
    casework.record_contact(caseload, Contact(TODAY, client_id=amina.id))

    with pytest.raises(UserError, match="Amina hat sich inzwischen etwas geändert"):
        planning.apply(caseload, found)

    assert not booked.open_from(caseload.store, TODAY)
