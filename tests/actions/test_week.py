"""What stands in the week, and what is stored from it?"""

from datetime import date, datetime, timedelta

import pytest

from kkd_desktop.actions import appointments, undo, worklist
from kkd_desktop.actions import week as plans
from kkd_desktop.domain.appointment import AppointmentState, Delivery
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.hours import Leave
from kkd_desktop.domain.kept_order import KeptOrder
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.week import asked_until, order_of_waiting, placing

MONDAY, NOW = date(2026, 11, 23), datetime(2026, 11, 20, 9, 30)


def week_of(context, day=MONDAY, weeks=1):
    return plans.week(context, day, NOW, weeks)


def client_of(context, place):
    return worklist.entries(context)[place].client


def booked(context, place=0, start=datetime(2026, 11, 24, 9), **more):
    return appointments.book(context, client_of(context, place), start, 45, **more)


def test_a_week_is_whole_and_begins_on_its_monday(caseload):
    shown = week_of(caseload, date(2026, 11, 26), 2)

    assert [shown.first, shown.last] == [MONDAY, MONDAY + timedelta(days=13)]
    assert len(shown.days) == 14


def test_a_holiday_is_named_and_closes_its_day(caseload):
    christmas = week_of(caseload, date(2026, 12, 25)).day(date(2026, 12, 25))

    assert christmas.closed == "Erster Weihnachtstag"
    assert not christmas.blocks
    assert not christmas.free


def test_an_absence_is_told_from_a_closed_day(caseload):
    closed, away = MONDAY, MONDAY + timedelta(days=1)
    hours = replace(
        caseload.settings.hours,
        closed=(Leave(closed, closed, "Betriebsausflug"),),
        absences=(Leave(away, away),),
    )
    caseload.change_settings(hours=hours)

    days = week_of(caseload).days

    assert (days[0].closed, days[0].is_absence) == ("Betriebsausflug", False)
    assert (days[1].closed, days[1].is_absence) == ("Abwesenheit", True)
    assert days[2].closed == ""


def test_free_times_leave_out_what_is_agreed_and_what_is_past(caseload):
    booked(caseload)

    tuesday = week_of(caseload).day(date(2026, 11, 24))
    today = week_of(caseload, caseload.today).day(caseload.today)

    assert datetime(2026, 11, 24, 8) in tuesday.free
    assert datetime(2026, 11, 24, 9) not in tuesday.free
    assert min(today.free) == NOW
    assert not week_of(caseload, caseload.today).day(caseload.today - timedelta(days=1)).free


def test_booking_takes_the_usual_length_and_what_belongs_to_it(caseload):
    carla = next(e for e in worklist.entries(caseload) if e.outcome.deciding.last is None)

    made, client = plans.book(caseload, carla.client.id, datetime(2026, 11, 24, 9))

    usual = caseload.settings.hours.lengths.first
    assert client.id == carla.client.id
    assert (made.minutes, made.preparation) == (usual.total, usual.preparation)
    assert appointments.why_booked(caseload, made.id) is not None


def test_a_joint_talk_moves_and_is_cancelled_with_everyone_in_one_step(caseload):
    for place in (0, 1):
        booked(caseload, place, joint="zwei")
    (talk,) = week_of(caseload).day(date(2026, 11, 24)).talks

    plans.move(caseload, talk, datetime(2026, 11, 25, 10), 60)
    (moved,) = week_of(caseload).day(date(2026, 11, 25)).talks
    plans.cancel(caseload, moved)

    assert moved.ids == talk.ids
    assert moved.minutes == 60
    wednesday = week_of(caseload).day(date(2026, 11, 25))
    assert [each.state for each, _ in wednesday.withdrawn] == [AppointmentState.CANCELLED] * 2
    undo.undo(caseload)
    assert week_of(caseload).day(date(2026, 11, 25)).talks == (moved,)
    undo.undo(caseload)
    assert week_of(caseload).day(date(2026, 11, 24)).talks == (talk,)


def test_the_step_is_named_by_what_was_done(caseload):
    booked(caseload, delivery=Delivery.POST)
    (talk,) = week_of(caseload).day(date(2026, 11, 24)).talks

    plans.move(caseload, talk, talk.start, 60)
    assert undo.to_undo(caseload).name == "Termin dauert 60 Minuten"
    plans.move(caseload, talk, datetime(2026, 11, 25, 10))
    assert undo.to_undo(caseload).name == "Termin auf Mi 25.11.2026, 10:00 verlegt"


def test_what_is_closed_cannot_be_cancelled(caseload):
    booked(caseload, start=datetime(2026, 11, 20, 11))
    appointments.mark_missed(caseload, 1)
    (talk,) = week_of(caseload, caseload.today).day(caseload.today).talks

    with pytest.raises(UserError, match="abgeschlossen"):
        plans.cancel(caseload, talk)


@pytest.mark.parametrize(
    "start",
    [
        datetime(2026, 11, 19, 9),
        datetime(2026, 11, 22, 9),
        datetime(2026, 11, 24, 9, 30),
        datetime(2026, 11, 24, 9, 45),
        datetime(2026, 11, 24, 20, 0),
    ],
)
def test_what_the_week_refuses_beforehand_the_action_refuses_too_and_nothing_else(caseload, start):
    booked(caseload)
    shown = week_of(caseload, start.date())

    refused = placing(shown, start, 45).refused

    try:
        plans.book(caseload, client_of(caseload, 1).id, start, 45)
    except UserError:
        assert refused
    else:
        assert not refused


def test_who_waits_is_listed_by_lateness_and_goes_when_an_appointment_is_agreed(caseload):
    waiting = KeptOrder(order_of_waiting)
    everyone = waiting.sorted(plans.entries(caseload))
    due = asked_until(everyone, caseload.today)

    days = [each.outcome.latest for each in everyone]
    assert days == sorted(days)
    assert {each.client.id for each in due} < {each.client.id for each in everyone}
    plans.book(caseload, everyone[0].client.id, datetime(2026, 11, 24, 9))
    left = waiting.sorted(plans.entries(caseload))
    assert [each.client.id for each in left] == [each.client.id for each in everyone[1:]]
