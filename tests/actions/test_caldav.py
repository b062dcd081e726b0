"""Pushing into a real calendar server: what stands there afterwards, and what is left alone."""

from datetime import date, datetime

import pytest

from kkd_desktop.actions import appointments, caldav, casework, forgetting, undo
from kkd_desktop.domain.calendar_form import Preparation
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.domain.server_account import ServerAccount, WrongLogin
from kkd_desktop.domain.server_calendar import Password, StepKind
from kkd_desktop.domain.values import replace
from tests.calendar_server import PASSWORD, USER, running

SECRET = Password(PASSWORD)
MORNING = datetime(2026, 11, 24, 9, 0)
FOREIGN = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Jemand//Anderes//DE\r
BEGIN:VEVENT\r
UID:fremd-1\r
DTSTAMP:20261101T080000Z\r
DTSTART:20261124T080000Z\r
DTEND:20261124T090000Z\r
SUMMARY:Zahnarzt\r
END:VEVENT\r
END:VCALENDAR\r
"""


def use(context, remote, **changes):
    account = ServerAccount(remote.server.address, USER, remote.url, "Termine")
    caldav.choose(context, replace(account, **changes))


@pytest.fixture
def chosen(caseload, remote):
    """The caseload of three with an empty calendar in use."""
    use(caseload, remote)
    return caseload


def client(context, number=1):
    return casework.find_client(context, f"123A40000{number}")


def booked(context, start=MORNING, number=1, **more):
    return appointments.book(context, client(context, number), start, 45, **more)


def push(context, **more):
    return caldav.push(context, SECRET, **more)


def only(remote):
    [body] = remote.entries().values()
    return body.decode()


def test_an_appointment_is_created_moved_and_taken_out(chosen, remote):
    talk = booked(chosen)

    assert push(chosen).created == 1
    written = only(remote)
    assert "DTSTART;TZID=Europe/Berlin:20261124T090000" in written
    assert "SUMMARY:Termin A. B." in written
    assert "METHOD" not in written
    assert "ORGANIZER" not in written
    assert list(remote.entries()) == [f"kkd-{talk.uid}.ics"]

    appointments.move(chosen, talk.id, datetime(2026, 11, 25, 14, 0))
    moved = push(chosen)

    assert (moved.created, moved.changed, moved.withdrawn) == (0, 1, 0)
    assert "DTSTART;TZID=Europe/Berlin:20261125T140000" in only(remote)

    appointments.cancel(chosen, talk.id)

    assert push(chosen).withdrawn == 1
    assert remote.entries() == {}
    assert caldav.written(chosen) == 0


def test_a_second_push_changes_nothing_and_writes_nothing(chosen, remote):
    booked(chosen)
    push(chosen)
    before, puts = remote.entries(), remote.server.requests("PUT")

    again = push(chosen)

    assert again.number == 0
    assert remote.entries() == before
    assert remote.server.requests("PUT") == puts


def test_what_others_wrote_stays_byte_for_byte(chosen, remote):
    remote.put("zahnarzt.ics", FOREIGN)
    before = remote.entries()["zahnarzt.ics"]
    named = remote.server.log().count("zahnarzt.ics")
    talk = booked(chosen)

    push(chosen)
    appointments.move(chosen, talk.id, datetime(2026, 11, 25, 14, 0))
    push(chosen)
    push(chosen, nothing=True)

    assert remote.entries() == {"zahnarzt.ics": before}
    assert remote.server.log().count("zahnarzt.ics") == named  # nor was it ever asked for


def test_only_what_lies_ahead_goes_out(chosen, remote):
    booked(chosen)
    chosen.today = date(2026, 11, 30)
    booked(chosen, datetime(2026, 12, 1, 9, 0), 2)

    assert push(chosen).created == 1
    assert "20261201T090000" in only(remote)


def test_what_was_missed_or_held_stays_where_it_was(chosen, remote):
    talk = booked(chosen)
    push(chosen)
    before = remote.entries()
    chosen.today = MORNING.date()
    appointments.mark_missed(chosen, talk.id)

    assert push(chosen).number == 0
    chosen.today = date(2026, 12, 7)
    assert push(chosen).number == 0
    assert remote.entries() == before


def test_less_is_told_about_the_person_in_what_stands_there_already(chosen, remote):
    booked(chosen)
    use(chosen, remote, privacy=Privacy.FULL)
    push(chosen)
    assert "Beispiel\\, Amina" in only(remote)
    chosen.today = date(2026, 12, 7)

    use(chosen, remote, privacy=Privacy.NEUTRAL)

    assert push(chosen).changed == 1
    assert "Beispiel" not in only(remote)
    assert "SUMMARY:Termin\r\n" in only(remote)


def test_time_of_ones_own_is_a_second_entry_and_goes_with_the_first(chosen, remote):
    chosen.change_settings(preparation=Preparation.APART)
    talk = booked(chosen, preparation=15)
    minutes = appointments.get(chosen, talk.id)

    assert push(chosen).created == 2
    shown = b"".join(remote.entries().values()).decode()
    assert "SUMMARY:Vor- und Nachbereitung" in shown
    assert all(body.count(b"BEGIN:VEVENT") == 1 for body in remote.entries().values())

    chosen.change_settings(preparation=Preparation.WHOLE)
    whole = push(chosen)

    assert (whole.changed, whole.withdrawn) == (1, 1)
    assert f"DTEND;TZID=Europe/Berlin:{minutes.end:%Y%m%dT%H%M%S}" in only(remote)


@pytest.mark.parametrize("how", ["moved", "deleted"])
def test_a_change_on_the_server_is_a_conflict_and_overwritten_by_nobody(chosen, remote, how):
    talk = booked(chosen)
    push(chosen)
    if how == "moved":
        remote.change("20261124T0", "20261126T0")
    else:
        remote.delete(f"kkd-{talk.uid}.ics")
    before = remote.entries()

    [conflict] = push(chosen).conflicts

    assert conflict.here.start == MORNING
    if how == "moved":
        assert conflict.there.start == datetime(2026, 11, 26, 9, 0)
    else:
        assert conflict.there is None
    assert remote.entries() == before
    assert push(chosen).conflicts == (conflict,)
    assert caldav.last_push(chosen).conflicts == 1


def settle(context, conflict, *, ours):
    job = caldav.prepare(context)
    step = caldav.settled(conflict, ours=ours)
    plan = caldav.PushPlan(job.account.calendar, (step,))
    with caldav.server_of(job.account, SECRET) as server:
        caldav.begin(context, plan)
        return caldav.carry_out(plan, server, lambda done: caldav.record(context, done))


@pytest.mark.parametrize("how", ["moved", "deleted"])
def test_our_state_is_written_where_the_user_says_so(chosen, remote, how):
    talk = booked(chosen)
    push(chosen)
    if how == "moved":
        remote.change("20261124T0", "20261126T0")
    else:
        remote.delete(f"kkd-{talk.uid}.ics")
    [conflict] = push(chosen).conflicts

    settle(chosen, conflict, ours=True)

    assert "DTSTART;TZID=Europe/Berlin:20261124T090000" in only(remote)
    assert push(chosen) == caldav.PushResult()


def test_what_the_user_leaves_there_is_asked_about_only_when_ours_is_news(chosen, remote):
    talk = booked(chosen)
    push(chosen)
    remote.change("20261124T0", "20261126T0")
    [conflict] = push(chosen).conflicts

    settle(chosen, conflict, ours=False)
    theirs = remote.entries()

    assert push(chosen) == caldav.PushResult()
    appointments.move(chosen, talk.id, datetime(2026, 11, 27, 10, 0))
    [news] = push(chosen).conflicts
    assert (news.there.start.day, news.here.start.day) == (26, 27)
    assert remote.entries() == theirs


def test_a_change_between_look_and_choice_is_not_written_over(chosen, remote):
    booked(chosen)
    push(chosen)
    remote.change("20261124T0", "20261126T0")
    [conflict] = push(chosen).conflicts
    remote.change("20261126T0", "20261127T0")
    theirs = remote.entries()

    result = settle(chosen, conflict, ours=True)

    assert remote.entries() == theirs
    [again] = result.conflicts
    assert again.there.start.day == 27


def test_the_same_change_on_both_sides_is_no_conflict(chosen, remote):
    talk = booked(chosen)
    push(chosen)
    remote.change("20261124T0", "20261125T0")

    appointments.move(chosen, talk.id, datetime(2026, 11, 25, 9, 0))

    assert push(chosen) == caldav.PushResult()
    appointments.cancel(chosen, talk.id)
    assert push(chosen).withdrawn == 1


def test_a_cancelled_talk_that_was_moved_there_is_a_conflict(chosen, remote):
    talk = booked(chosen)
    push(chosen)
    remote.change("20261124T0", "20261126T0")
    appointments.cancel(chosen, talk.id)

    [conflict] = push(chosen).conflicts
    assert conflict.here is None
    settle(chosen, conflict, ours=True)

    assert remote.entries() == {}
    assert caldav.written(chosen) == 0


def test_taking_a_step_back_here_is_pushed_the_next_time(chosen, remote):
    talk = booked(chosen)
    push(chosen)
    appointments.cancel(chosen, talk.id)
    push(chosen)

    undo.undo(chosen)
    assert push(chosen).created == 1
    undo.redo(chosen)
    assert push(chosen).withdrawn == 1
    undo.undo(chosen)
    push(chosen)
    undo.undo(chosen)  # the booking itself

    assert caldav.orphans(chosen) == 1
    assert push(chosen).withdrawn == 1
    assert remote.entries() == {}


def test_a_deleted_person_does_not_live_on_on_the_server(chosen, remote):
    booked(chosen)
    booked(chosen, datetime(2026, 11, 25, 9, 0), 2)
    push(chosen)
    forgetting.forget(chosen, [client(chosen).id])

    assert caldav.orphans(chosen) == 1
    assert push(chosen).withdrawn == 1
    assert "20261125T090000" in only(remote)


def test_what_is_known_of_the_server_names_no_person(chosen, remote):
    use(chosen, remote, privacy=Privacy.FULL)
    booked(chosen)
    push(chosen)

    rows = chosen.store.read("SELECT * FROM server_entry")

    assert len(rows) == 1
    assert not any("Beispiel" in str(value) or "Amina" in str(value) for value in rows[0])


def test_the_wrong_password_is_one_sentence_and_changes_nothing(chosen, remote):
    booked(chosen)

    with pytest.raises(WrongLogin) as refused:
        caldav.push(chosen, Password("falsch-geheim"))

    assert str(refused.value) == ("Der Server „127.0.0.1“ nimmt Benutzer und Passwort nicht an.")
    assert remote.entries() == {}
    assert caldav.last_push(chosen) is None


def test_the_password_is_nowhere_in_store_and_log(chosen, remote, caplog):
    caplog.set_level(0)
    booked(chosen)
    push(chosen)

    held = [row for table in tables(chosen) for row in chosen.store.read(f"SELECT * FROM {table}")]

    assert held
    assert PASSWORD not in str(held)
    assert PASSWORD not in caplog.text
    assert PASSWORD not in repr((SECRET, caldav.prepare(chosen)))


def tables(context):
    rows = context.store.read("SELECT name FROM sqlite_master WHERE type = 'table'")
    return [name for (name,) in rows]


def test_a_server_that_goes_away_midway_is_no_harm(caseload, tmp_path):
    with running(tmp_path / "server") as server:
        remote = server.make_calendar("termine", "Termine")
        use(caseload, remote)
        for hour in range(8, 14):
            booked(caseload, MORNING.replace(hour=hour))

        def stop_after_two(done, total):
            if total == 6 and done == 2:
                server.stop()

        with pytest.raises(UserError, match="ist nicht erreichbar"):
            push(caseload, report=stop_after_two)
        assert len(remote.entries()) == 2
        assert caldav.last_push(caseload) is None

        server.start()
        went_on = push(caseload)

        assert went_on.created == 4
        assert len(remote.entries()) == 6
        assert push(caseload) == caldav.PushResult()


class _Stop(Exception):
    pass


def test_a_cancelled_push_goes_on_where_it_stopped(chosen, remote):
    for hour in range(8, 14):
        booked(chosen, MORNING.replace(hour=hour))

    def stop(done, total):
        if total == 6 and done == 3:
            raise _Stop

    with pytest.raises(_Stop):
        push(chosen, report=stop)
    assert len(remote.entries()) == 3

    assert push(chosen).created == 3
    assert push(chosen) == caldav.PushResult()


def test_an_acknowledgement_that_got_lost_makes_no_second_entry_and_no_conflict(chosen, remote):
    talk = booked(chosen)
    job = caldav.prepare(chosen)
    with caldav.server_of(job.account, SECRET) as server:
        plan = caldav.look(job, server)
        caldav.begin(chosen, plan)
        caldav.carry_out(plan, server, lambda done: None)  # nothing is remembered
    assert len(remote.entries()) == 1

    assert push(chosen) == caldav.PushResult()

    appointments.move(chosen, talk.id, datetime(2026, 11, 25, 14, 0))
    job = caldav.prepare(chosen)
    with caldav.server_of(job.account, SECRET) as server:
        caldav.carry_out(caldav.look(job, server), server, lambda done: None)
    assert push(chosen) == caldav.PushResult()
    assert "20261125T140000" in only(remote)


def test_a_person_deleted_after_a_lost_acknowledgement_is_withdrawn_all_the_same(chosen, remote):
    booked(chosen)
    job = caldav.prepare(chosen)
    with caldav.server_of(job.account, SECRET) as server:
        plan = caldav.look(job, server)
        caldav.begin(chosen, plan)
        caldav.carry_out(plan, server, lambda done: None)
    forgetting.forget(chosen, [client(chosen).id])

    assert push(chosen).withdrawn == 1
    assert remote.entries() == {}


def test_an_appointment_that_was_read_in_from_a_file_is_not_touched(chosen, remote):
    talk = booked(chosen)
    imported = FOREIGN.replace(b"fremd-1", talk.uid.encode())
    remote.put("aus-datei.ics", imported)
    before = remote.entries()

    result = push(chosen)

    assert (result.created, result.taken) == (0, 1)
    assert remote.entries() == before


def test_a_calendar_one_may_only_read_is_named(caseload, tmp_path):
    with running(tmp_path / "server") as server:
        remote = server.make_calendar("termine", "Termine")
        server.stop()
        server.be_read_only()
        server.start()

        [calendar] = caldav.calendars(server.address, USER, SECRET)
        assert (calendar.name, calendar.writable) == ("Termine", False)
        use(caseload, remote)
        booked(caseload)
        with pytest.raises(UserError, match="darf nur gelesen werden"):
            push(caseload)


def test_a_calendar_that_was_deleted_there_is_named(chosen, remote):
    booked(chosen)
    remote.server.ask("DELETE", remote.url)

    with pytest.raises(UserError, match=r"Den gewählten Kalender gibt es auf .* nicht \(mehr\)"):
        push(chosen)


def test_a_plan_says_what_would_be_done_and_does_nothing(chosen, remote):
    talk = booked(chosen)
    push(chosen)
    appointments.move(chosen, talk.id, datetime(2026, 11, 25, 14, 0))
    booked(chosen, number=2)
    before = remote.entries()

    plan = caldav.plan(chosen, SECRET)

    assert [step.kind for step in plan.steps] == [StepKind.CREATE, StepKind.CHANGE]
    assert caldav.when(plan.steps[1]).start == datetime(2026, 11, 25, 14, 0)
    assert remote.entries() == before


def test_another_calendar_is_used_only_when_nothing_is_left_behind(chosen, remote, radicale):
    booked(chosen)
    push(chosen)
    other = replace(chosen.settings.server, calendar=remote.url + "x/", name="Anderer")

    with pytest.raises(UserError, match=r"In „Termine“ stehen noch Einträge von hier \(1\)"):
        caldav.choose(chosen, other)
    with pytest.raises(UserError, match="zuerst alle zurückziehen"):
        caldav.leave(chosen)

    assert push(chosen, nothing=True).withdrawn == 1
    caldav.leave(chosen)
    assert not chosen.settings.server.is_chosen
    with pytest.raises(UserError, match="noch kein Kalender"):
        push(chosen)


def test_entries_are_left_behind_only_on_purpose(chosen, remote):
    booked(chosen)
    push(chosen)

    caldav.leave(chosen, abandon=True)

    assert chosen.store.read("SELECT count(*) FROM server_entry") == [(0,)]
    assert len(remote.entries()) == 1


def test_what_was_left_behind_is_known_again_where_the_same_calendar_is_chosen(chosen, remote):
    account = chosen.settings.server
    first, second = booked(chosen), booked(chosen, datetime(2026, 11, 25, 9, 0), 2)
    push(chosen)
    caldav.leave(chosen, abandon=True)
    appointments.move(chosen, second.id, datetime(2026, 11, 27, 9, 0))
    before = remote.entries()

    caldav.choose(chosen, account)
    result = push(chosen)

    assert result.number == 0
    assert [each.entry.owner for each in result.conflicts] == [second.uid]
    assert remote.entries() == before
    appointments.cancel(chosen, first.id)
    assert push(chosen).withdrawn == 1


def test_the_password_comes_from_the_keyring_and_only_there(chosen, memory_keyring):
    account = chosen.settings.server
    with pytest.raises(caldav.PasswordWanted) as wanted:
        caldav.known_password(account)
    assert wanted.value.can_remember

    assert caldav.remember_password(account, SECRET)
    assert caldav.known_password(account).reveal() == PASSWORD
    caldav.forget_password(account)
    assert memory_keyring.kept == {}


def test_without_a_keyring_the_password_is_asked_for(chosen, no_keyring):
    assert not caldav.remember_password(chosen.settings.server, SECRET)

    with pytest.raises(caldav.PasswordWanted) as wanted:
        caldav.known_password(chosen.settings.server)
    assert not wanted.value.can_remember
    assert caldav.known_password(chosen.settings.server, SECRET) is SECRET
