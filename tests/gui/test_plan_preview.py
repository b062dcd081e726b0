"""The plan of the next weeks beside the calendar: proposed, looked at, chosen, taken over."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from kkd_desktop.actions import appointments, casework, forgetting, planning, stores, undo
from kkd_desktop.actions.secrets import Passphrase
from kkd_desktop.domain.appointment import AppointmentState
from kkd_desktop.domain.planning import Stage
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import motion
from kkd_desktop.gui.dialogs.write_letters import WriteLettersDialog
from kkd_desktop.gui.models.plan_rows import Part, PlanModel
from kkd_desktop.gui.models.week_proposals import ProposedTalk, card_key
from kkd_desktop.gui.pages import woche_plan
from kkd_desktop.gui.pages.woche import WochePage
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.plan_panel import PlanPanel
from kkd_desktop.gui.widgets.week_painting import tick_area
from kkd_desktop.gui.workplace import Workplace

Key, Button = Qt.Key, Qt.MouseButton
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
TODAY = date(2026, 11, 20)

Present = Callable[[QWidget], None]


@pytest.fixture
def page(session: Session, present: Present) -> WochePage:
    return shown(session, present)


def shown(session, present):
    page = WochePage(session)
    page.resize(1172, 808)
    present(page)
    page.view.setFocus()
    return page


def plan(page, qtbot, weeks=4, **options):
    """Ask by the button, set the weeks, press Enter, wait."""
    QTest.mouseClick(page.plan_button, Button.LeftButton)
    panel = page.plan.panel
    panel.options.weeks.setValue(weeks)
    for name, value in options.items():
        getattr(panel.options, name).setChecked(value)
    QTest.keyClick(panel.options.weeks, Key.Key_Return)
    qtbot.waitUntil(lambda: page.plan.plan is not None, timeout=30_000)
    return page.plan.plan


def rows(page):
    return page.plan.panel.result.list


def result(page):
    return page.plan.panel.result


def proposed(page):
    """Proposed talks in the calendar, with whether they are to be taken over."""
    return {
        card.talk.planned.key: card.ticked
        for card in page.view.cards
        if isinstance(card.talk, ProposedTalk)
    }


def agreed(session):
    found = appointments.between(session.context, TODAY, TODAY + timedelta(days=400))
    return {(each.client_id, each.start) for each, _ in found if each.state.is_open}


def wait_until_stored(page, qtbot):
    assert not page.plan.panel.isEnabled()
    qtbot.waitUntil(page.plan.panel.isEnabled, timeout=30_000)


def with_followers(plan):
    return next(talk for talk in plan.talks if plan.resting_on(talk))


def show_card(page, talk):
    rows(page).choose(talk.key)
    return page.view.card(card_key(talk.key))


def point_in(page, area):
    return page.view._shifted(area).center().toPoint()


def test_keys_alone_lead_from_the_calendar_to_a_plan_and_store_nothing(page, session, qtbot):
    before = agreed(session)

    QTest.keyClick(page.view, Key.Key_P)
    options = page.plan.panel.options
    assert options.weeks.hasFocus()
    QTest.keyClicks(options.weeks, "2")
    QTest.keyClick(options.weeks, Key.Key_Return)
    qtbot.waitUntil(lambda: page.plan.plan is not None, timeout=30_000)

    assert rows(page).hasFocus()
    found = page.plan.plan
    assert (found.last - found.first) == timedelta(days=13)
    assert found.talks
    assert page.shows(found.talks[0].day)
    assert proposed(page)[found.talks[0].key] is True
    assert agreed(session) == before


def test_the_button_has_an_alt_key(page, qtbot):
    QTest.keyClick(page.view, Key.Key_P, ALT)

    qtbot.waitUntil(lambda: page.plan is not None and page.plan.panel.isVisible())
    assert not page.list.panel.isVisible()


def test_the_show_rate_is_explained_and_can_be_left_out(page, qtbot):
    plan(page, qtbot)
    panel = page.plan.panel
    assert "gerechnet wird mit" in panel.options.rate.text()
    assert "Voraussichtlich kommen" in result(page).summary.text()

    QTest.mouseClick(panel.again, Button.LeftButton)
    panel.options.show_rate.click()
    QTest.mouseClick(panel.options.start, Button.LeftButton)
    qtbot.waitUntil(lambda: page.plan.plan is not None, timeout=30_000)

    assert page.plan.plan.show is None
    assert "als kämen alle" in result(page).summary.text()


def test_the_row_shows_its_card_and_the_card_its_row(page, qtbot):
    found = plan(page, qtbot)
    last = found.talks[-1]

    QTest.keyClick(rows(page), Key.Key_Home)
    while (row := rows(page).plan_model.row(rows(page).currentIndex())) is None or (
        row.key != last.key
    ):
        QTest.keyClick(rows(page), Key.Key_Down)
    assert page.shows(last.day)
    assert page.view.marked == card_key(last.key)
    assert rows(page).hasFocus()

    same_week = [t for t in found.talks if page.shows(t.day) and t is not last]
    card = page.view.card(card_key(same_week[0].key))
    at = point_in(page, page.view.card_area(card).adjusted(0, 20, -30, 0))
    QTest.mouseClick(page.view.viewport(), Button.LeftButton, pos=at)

    assert rows(page).plan_model.row(rows(page).currentIndex()).key == same_week[0].key
    assert proposed(page)[same_week[0].key] is True


def test_a_proposed_card_says_so_in_words(page, qtbot):
    found = plan(page, qtbot)

    card = show_card(page, found.talks[0])

    assert "vorgeschlagen" in card.spoken
    QTest.keyClick(rows(page), Key.Key_Space)
    assert "abgewählt" in page.view.card(card.key).spoken


def test_space_in_the_calendar_leaves_a_talk_out_and_takes_it_in_again(page, qtbot):
    found = plan(page, qtbot)
    talk = found.talks[0]
    show_card(page, talk)

    QTest.keyClick(rows(page), Key.Key_F6)
    assert page.view.hasFocus()
    QTest.keyClick(page.view, Key.Key_Space)
    assert proposed(page)[talk.key] is False
    assert result(page).accept.text() == f"{len(found.talks) - 1} &annehmen"
    QTest.keyClick(page.view, Key.Key_Delete)
    assert proposed(page)[talk.key] is True

    QTest.keyClick(page.view, Key.Key_F6)
    assert rows(page).hasFocus()


def test_the_check_box_of_a_card_takes_a_click(page, qtbot):
    found = plan(page, qtbot)
    card = show_card(page, found.talks[0])

    at = point_in(page, tick_area(page.view.card_area(card)))
    QTest.mouseClick(page.view.viewport(), Button.LeftButton, pos=at)

    assert proposed(page)[found.talks[0].key] is False


def test_the_check_box_of_a_row_takes_a_click_and_its_name_does_not(page, qtbot):
    found = plan(page, qtbot)
    index = rows(page).plan_model.index_of(found.talks[0].key)
    box = rows(page)._delegate.tick_rect(index)
    port = rows(page).viewport()

    QTest.mouseClick(port, Button.LeftButton, pos=box.center().toPoint())
    assert found.talks[0].key not in rows(page).plan_model.chosen
    QTest.mouseClick(port, Button.LeftButton, pos=rows(page).visualRect(index).center())

    assert found.talks[0].key not in rows(page).plan_model.chosen


def test_a_talk_left_out_takes_along_those_that_rest_on_it_and_says_so(page, qtbot):
    found = plan(page, qtbot, weeks=12)
    talk = with_followers(found)
    later = found.resting_on(talk)
    rows(page).choose(talk.key)

    QTest.keyClick(rows(page), Key.Key_Space)

    chosen = rows(page).plan_model.chosen
    assert not {talk.key, *(each.key for each in later)} & chosen
    assert len(chosen) == len(found.talks) - 1 - len(later)
    assert "Folgetermin" in result(page).state.text.text()
    assert result(page).state.isVisible()
    port = rows(page).viewport()
    qtbot.waitUntil(lambda: port.rect().contains(rows(page).visualRect(rows(page).currentIndex())))

    rows(page).choose(later[-1].key)
    QTest.keyClick(rows(page), Key.Key_Space)
    assert len(rows(page).plan_model.chosen) == len(found.talks)
    assert "mit gewählt" in result(page).state.text.text()


def test_a_week_is_left_out_and_taken_in_at_once(page, qtbot):
    plan(page, qtbot)
    model = rows(page).plan_model
    place = next(n for n, group in enumerate(model.groups) if group.rows)
    index = model.index(place, 0)
    first = {row.key for row in model.groups[place].rows}
    before = model.week(model.groups[place])
    rows(page).setCurrentIndex(index)

    QTest.keyClick(rows(page), Key.Key_Space)
    after = model.week(model.groups[place])
    assert not first & model.chosen
    assert after.planned == 0
    assert after.expected < before.expected
    assert "0 neu" in result(page).told.text()

    QTest.keyClick(rows(page), Key.Key_Space)
    assert first <= model.chosen
    assert model.week(model.groups[place]) == before


def test_parts_are_folded_by_keys_and_by_a_click(page, qtbot):
    plan(page, qtbot, weeks=1)
    model = rows(page).plan_model
    place = next(n for n, group in enumerate(model.groups) if group.part is Part.NOT_ASKED)
    index = model.index(place, 0)
    assert not rows(page).isExpanded(index)

    rows(page).setCurrentIndex(index)
    QTest.keyClick(rows(page), Key.Key_Right)
    assert rows(page).isExpanded(index)
    rows(page).scrollTo(index)
    at = rows(page).visualRect(index).center()
    QTest.mouseClick(rows(page).viewport(), Button.LeftButton, pos=at)

    assert not rows(page).isExpanded(index)
    group = model.groups[place]
    assert f"{len(group.rows)}" in result(page).told_title.text()
    assert sum(int(line.split()[0]) for line in result(page).told.text().splitlines()) == len(
        group.rows
    )


def test_everybody_of_the_caseload_is_accounted_for(page, session, qtbot):
    found = plan(page, qtbot)

    named = {row.client.id for group in rows(page).plan_model.groups for row in group.rows}

    assert named >= {each.client.id for each in (*found.talks, *found.unplaced, *found.not_asked)}
    everyone = {each.id for each in casework.all_clients(session.context)}
    assert named == everyone


def test_all_are_taken_over_as_one_step_that_is_taken_back_as_one(page, session, qtbot):
    found = plan(page, qtbot)
    before = agreed(session)

    with qtbot.waitSignal(session.done) as said:
        QTest.keyClick(rows(page), Key.Key_Return, CONTROL)

    wanted = {(talk.client.id, talk.start) for talk in found.talks}
    assert agreed(session) == before | wanted
    assert said.args == [undo.to_undo(session.context).name]
    assert said.args[0].startswith("Plan angenommen")
    assert not proposed(page)
    assert page.plan.panel.taken.letters.hasFocus()

    session.undo()
    assert agreed(session) == before
    assert not page.plan.panel.isVisible()
    assert page.list.panel.isVisible()


def test_some_are_taken_over(page, session, qtbot):
    found = plan(page, qtbot, weeks=12)
    talk = with_followers(found)
    before = agreed(session)
    rows(page).choose(talk.key)
    QTest.keyClick(rows(page), Key.Key_Space)

    QTest.mouseClick(result(page).accept, Button.LeftButton)
    wait_until_stored(page, qtbot)

    gone = {talk.key, *(each.key for each in found.resting_on(talk))}
    wanted = {(each.client.id, each.start) for each in found.talks if each.key not in gone}
    assert agreed(session) - before == wanted


def test_while_it_is_stored_the_plan_is_neither_changed_nor_thrown_away(page, session, qtbot):
    found = plan(page, qtbot)
    before = agreed(session)

    QTest.keyClick(rows(page), Key.Key_Return, CONTROL)
    QTest.keyClick(rows(page), Key.Key_Return, CONTROL)
    QTest.keyClick(rows(page), Key.Key_Space)
    QTest.mouseClick(result(page).discard, Button.LeftButton)
    card = page.view.card(card_key(found.talks[0].key))
    page.view.proposal_toggled.emit(card.talk)
    page.propose_plan()

    assert result(page).accept.text() == "Wird gespeichert …"
    assert proposed(page)[found.talks[0].key] is True
    wait_until_stored(page, qtbot)
    assert agreed(session) - before == {(t.client.id, t.start) for t in found.talks}


def test_a_fault_that_nobody_knew_leaves_the_plan_to_be_thrown_away(page, qtbot, monkeypatch):
    found = plan(page, qtbot)
    before = result(page).accept.text()
    monkeypatch.setattr(planning, "apply", lambda *_: 1 // 0)

    with qtbot.captureExceptions() as caught:
        QTest.keyClick(rows(page), Key.Key_Return, CONTROL)
        wait_until_stored(page, qtbot)

    assert [kind for kind, *_ in caught] == [ZeroDivisionError]
    assert result(page).accept.text() == before
    assert page.plan.plan is found
    QTest.mouseClick(result(page).discard, Button.LeftButton)
    assert page.plan.plan is None


def test_the_bar_of_the_planning_stands_still_where_less_motion_is_wanted(page, qtbot):
    page.propose_plan()
    working = page.plan.panel.working
    motion.take_motion(motion.Motion.LESS)
    try:
        working.begin()
        assert working.bar.maximum() > 0
        working.show_progress(1, 9, Stage.DAYS)
        assert working.bar.maximum() > 0
    finally:
        motion.take_motion(motion.Motion.SYSTEM)


def test_discarding_leads_back_to_the_list_and_nothing_is_stored(page, session, qtbot):
    plan(page, qtbot)
    before = agreed(session)

    QTest.keyClick(rows(page), Key.Key_V, ALT)

    qtbot.waitUntil(lambda: not page.plan.panel.isVisible())
    assert page.list.panel.isVisible()
    assert not proposed(page)
    assert agreed(session) == before
    assert page.view.hasFocus()


def test_what_the_caseload_has_outrun_is_said_left_out_and_planned_anew(page, session, qtbot):
    found = plan(page, qtbot)
    talk = found.talks[0]

    session.perform(
        lambda c: appointments.book(c, talk.client, talk.start + timedelta(days=27), 45)
    )

    assert talk.key not in rows(page).plan_model.chosen
    assert "überholt" in result(page).state.text.text()
    rows(page).choose(talk.key)
    QTest.keyClick(rows(page), Key.Key_Space)
    assert talk.key not in rows(page).plan_model.chosen
    assert "Überholt" in result(page).told.text()

    QTest.mouseClick(result(page).anew, Button.LeftButton)
    qtbot.waitUntil(lambda: page.plan.plan is not None, timeout=30_000)
    assert page.plan.plan is not found
    assert talk.key not in {each.key for each in page.plan.plan.talks}
    assert not result(page).state.isVisible()


def test_what_is_stored_while_the_plan_is_made_outruns_it_too(page, session, qtbot):
    talk = plan(page, qtbot).talks[0]
    page.plan.make(page.plan._options)
    qtbot.waitUntil(lambda: page.plan._task is not None)

    session.perform(
        lambda c: appointments.book(c, talk.client, talk.start + timedelta(days=27), 45)
    )
    assert page.plan.panel.is_working()
    qtbot.waitUntil(lambda: page.plan.plan is not None, timeout=30_000)

    assert talk.key in {each.key for each in page.plan.plan.talks}
    assert talk.key not in rows(page).plan_model.chosen
    assert "überholt" in result(page).state.text.text()
    assert result(page).anew.isVisible()


def test_what_was_stored_before_a_plan_is_made_does_not_outrun_it(page, session, qtbot):
    QTest.mouseClick(page.plan_button, Button.LeftButton)
    session.perform(lambda c: c.change_settings(rooms=("2.14",)))

    plan(page, qtbot)

    assert not result(page).state.isVisible()


def test_a_time_that_somebody_else_has_now_is_outrun(page, session, qtbot):
    found = plan(page, qtbot)
    talk = found.talks[0]
    other = next(
        each
        for each in casework.all_clients(session.context)
        if each.id not in {t.client.id for t in found.talks}
    )

    session.perform(lambda c: appointments.book(c, other, talk.start, 45))

    assert rows(page).plan_model.gone >= {talk.key}
    before = agreed(session)
    QTest.keyClick(rows(page), Key.Key_Return, CONTROL)
    wait_until_stored(page, qtbot)
    gone = rows(page).plan_model.gone | {talk.key}
    kept = {(t.client.id, t.start) for t in found.talks if t.key not in gone}
    assert agreed(session) - before >= kept


def test_what_another_process_stored_just_before_refuses_the_plan_and_keeps_it(
    page, session, qtbot
):
    found = plan(page, qtbot)
    talk = found.talks[0]
    # Without a word of the session, as from another process between two looks.
    appointments.book(session.context, talk.client, talk.start + timedelta(days=27), 45)
    before = agreed(session)

    QTest.keyClick(rows(page), Key.Key_Return, CONTROL)
    wait_until_stored(page, qtbot)

    assert agreed(session) == before
    assert "bitte neu planen" in result(page).state.text.text()
    assert result(page).anew.isVisible()
    assert result(page).accept.isEnabled()
    assert proposed(page)


def test_weeks_calls_and_the_time_limit_are_taken_as_entered(page, qtbot):
    QTest.keyClick(page.view, Key.Key_P)
    options = page.plan.panel.options
    for typed, field in (("99", options.weeks), ("5", options.seconds)):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, typed)
    QTest.mouseClick(
        options.telephone, Button.LeftButton, pos=QPoint(8, options.telephone.height() // 2)
    )
    with qtbot.waitSignal(options.wanted) as wanted:
        QTest.mouseClick(options.start, Button.LeftButton)
    page.plan.close()

    (chosen,) = wanted.args
    assert 1 <= chosen.weeks <= 26
    assert (chosen.telephone, chosen.limits.seconds) == (True, 5.0)


def test_something_else_was_stored_and_all_talks_still_fit(page, session, qtbot):
    found = plan(page, qtbot)

    session.perform(lambda c: c.change_settings(rooms=("2.14", "2.15")))

    assert len(rows(page).plan_model.chosen) == len(found.talks)
    assert "alle Termine passen" in result(page).state.text.text()
    assert result(page).anew.isVisible()


def test_the_plan_stays_while_one_looks_at_other_weeks_and_views(page, qtbot):
    found = plan(page, qtbot)

    page.view.setFocus()
    QTest.keyClick(page.view, Key.Key_PageDown)
    QTest.keyClick(page.view, Key.Key_3)
    assert page.plan.plan is found
    told = page.weeks.told(found.talks[0].day)
    QTest.keyClick(page.weeks, Key.Key_T)
    told = page.weeks.told(found.talks[0].day)
    assert "vorgeschlagen" in told

    page.weeks.setFocus()
    last = next(each for each in found.talks if each.day > found.talks[0].day)
    at = page.weeks.cell(last.day).center().toPoint()
    QTest.mouseClick(page.weeks, Button.LeftButton, pos=at)
    row = rows(page).plan_model.row(rows(page).currentIndex())
    assert row.talk.day == last.day
    assert page.weeks.marked == card_key(row.key)


def test_the_work_under_way_is_stopped_by_escape(page, qtbot):
    QTest.keyClick(page.view, Key.Key_P)
    QTest.keyClick(page.plan.panel.options.weeks, Key.Key_Return)
    assert page.plan.panel.is_working()
    assert page.plan.panel.working.stop.hasFocus()

    QTest.keyClick(page.plan.panel.working.stop, Key.Key_Escape)

    assert page.plan.panel.options.isVisible()
    assert page.plan.panel.options.weeks.hasFocus()
    qtbot.wait(50)
    assert page.plan.plan is None
    QTest.keyClick(page.plan.panel.options.weeks, Key.Key_Escape)
    assert not page.plan.panel.isVisible()


def test_a_proposal_is_not_moved_and_says_why(page, session, qtbot):
    found = plan(page, qtbot)
    show_card(page, found.talks[0])
    page.view.setFocus()

    with qtbot.waitSignal(session.failed) as said:
        QTest.keyClick(page.view, Key.Key_Down, CONTROL)

    assert "erst ein Vorschlag" in said.args[0]


@pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")
def test_the_menu_of_a_proposal_leaves_it_out(page, qtbot):
    found = plan(page, qtbot)
    card = show_card(page, found.talks[0])

    page.view.menu_wanted.emit(card.talk, QPoint(10, 10))
    menu = next(each for each in page.findChildren(QMenu) if each.isVisible())
    menu.actions()[0].trigger()
    menu.close()

    assert proposed(page)[found.talks[0].key] is False


def test_the_same_bedarfsgemeinschaft_on_one_day_is_said(page, session, qtbot):
    found = plan(page, qtbot)
    one, other = found.talks[0].client, found.talks[1].client
    session.perform(lambda c: casework.change_client(c, replace(one, bg_number="08154711")))
    session.perform(lambda c: casework.change_client(c, replace(other, bg_number="08154711")))

    QTest.mouseClick(result(page).anew, Button.LeftButton)
    qtbot.waitUntil(lambda: page.plan.plan is not None, timeout=30_000)

    together = [t for t in page.plan.plan.talks if t.client.id in (one.id, other.id)]
    assert len({t.day for t in together[:2]}) == 1
    rows(page).choose(together[0].key)
    assert "aus der BG" in result(page).told.text()


def test_an_empty_caseload_has_nothing_to_propose(tmp_path, present, qtbot, qapp):
    context = stores.create_caseload(tmp_path / "leer.kkd", Passphrase("leer und lang"), TODAY)
    page = shown(Session(context), present)

    found = plan(page, qtbot)

    assert not found.talks
    assert "kein neuer Termin" in result(page).summary.text()
    assert not result(page).accept.isEnabled()
    QTest.keyClick(rows(page), Key.Key_V, ALT)
    qtbot.waitUntil(lambda: not page.plan.panel.isVisible())
    context.store.close()


def test_the_rows_are_a_sound_model(page, qtbot):
    found = plan(page, qtbot, weeks=8)
    model = PlanModel()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Warning, model
    )
    model.show_plan(found)
    model.toggle_talk(found.talks[0])
    model.leave_out({found.talks[1].key})
    model.show_plan(None)

    assert tester.model() is model
    assert model.rowCount() == 0


@pytest.fixture
def workplace(session: Session, present: Present, tmp_path, qtbot):
    made = Workplace(session, QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    present(made.window)
    yield made
    made.close()


def test_it_goes_straight_on_to_the_letters_of_exactly_these(workplace, session, qtbot):
    workplace.plan()
    page = workplace.window.page("woche")
    QTest.keyClick(page.plan.panel.options.weeks, Key.Key_Return)
    qtbot.waitUntil(lambda: page.plan.plan is not None, timeout=30_000)
    found = page.plan.plan
    QTest.keyClick(rows(page), Key.Key_Return, CONTROL)
    wait_until_stored(page, qtbot)
    assert page.plan.panel.taken.letters.text() == f"{len(found.talks)} Einladungen &schreiben …"

    QTest.keyClick(page.plan.panel.taken.letters, Key.Key_Return, CONTROL)
    dialog = next(d for d in workplace.window.findChildren(QDialog) if d.isVisible())

    assert isinstance(dialog, WriteLettersDialog)
    written = {
        (draft.letter.client.id, draft.letter.appointment.start) for draft in dialog.model.rows()
    }
    assert written == {(talk.client.id, talk.start) for talk in found.talks}
    dialog.reject()


def test_keys_for_a_person_of_the_plan_who_is_gone_ask_for_another(workplace, session, qtbot):
    workplace.plan()
    page = workplace.window.page("woche")
    QTest.keyClick(page.plan.panel.options.weeks, Key.Key_Return)
    qtbot.waitUntil(lambda: page.plan.plan is not None, timeout=30_000)
    talk = page.plan.plan.talks[0]
    rows(page).choose(talk.key)
    assert page.current_client_id() == talk.client.id
    qtbot.waitUntil(lambda: workplace.window.commands._find is not None)
    session.perform(lambda c: forgetting.forget(c, [talk.client.id]) and None)
    rows(page).choose(talk.key)

    QTest.keyClick(workplace.window, Key.Key_T, CONTROL)

    assert talk.key not in rows(page).plan_model.chosen
    assert workplace.window.toast.text.text() == "Dafür bitte erst eine Person markieren."
    assert not [d for d in workplace.window.findChildren(QDialog) if d.isVisible()]


def test_a_plan_for_some_people_holds_them_alone_and_can_be_for_all(workplace, session, qtbot):
    waiting = [each.id for each in casework.all_clients(session.context)][:20]
    workplace.plan(waiting)
    page = workplace.window.page("woche")
    options = page.plan.panel.options
    assert options.whom.text() == "Nur für 20 Personen aus der Auswahl"

    QTest.keyClick(options.weeks, Key.Key_Return)
    qtbot.waitUntil(lambda: page.plan.plan is not None, timeout=30_000)
    found = page.plan.plan
    assert {each.client.id for each in (*found.talks, *found.not_asked)} <= set(waiting)

    QTest.keyClick(rows(page), Key.Key_O, ALT)
    qtbot.waitUntil(options.isVisible)
    QTest.mouseClick(options.everyone, Button.LeftButton)
    assert not options.whom.isVisible()
    assert options.options().only is None


def test_the_plan_waits_while_one_looks_at_another_page(workplace, qtbot):
    workplace.plan()
    page = workplace.window.page("woche")
    QTest.keyClick(page.plan.panel.options.weeks, Key.Key_Return)
    workplace.window.show_page("heute")
    qtbot.waitUntil(lambda: page.plan.plan is not None, timeout=30_000)
    found = page.plan.plan

    workplace.window.show_page("woche")

    assert page.plan.plan is found
    assert page.plan.panel.isVisible()
    assert proposed(page)


def test_letters_to_what_is_gone_are_refused_in_a_sentence(workplace, session, qtbot):
    booked = next(
        each
        for each, _ in appointments.between(session.context, TODAY, TODAY + timedelta(days=60))
        if each.state is AppointmentState.BOOKED or each.state is AppointmentState.INVITED
        if each.start > datetime.combine(TODAY + timedelta(days=1), time())
    )
    session.perform(lambda c: appointments.cancel(c, booked.id))

    with qtbot.waitSignal(session.failed) as said:
        workplace.write_letters([booked.id])

    assert said.args == ["Zu diesen Terminen ist kein Brief mehr zu schreiben."]


def test_keys_typed_at_once_are_for_the_panel_in_a_large_caseload_too(page, qtbot, monkeypatch):
    monkeypatch.setattr(woche_plan, "_MANY", 1)

    qtbot.keyClick(page.view, Key.Key_P)
    options = page.plan.panel.options
    assert options.weeks.hasFocus()
    qtbot.keyClicks(options.weeks, "1")
    qtbot.waitUntil(lambda: "fanden" in options.rate.text() or "bekannt" in options.rate.text())
    qtbot.keyClick(options.weeks, Key.Key_Return)

    qtbot.waitUntil(lambda: page.plan.plan is not None, timeout=30_000)
    assert page.plan.panel.is_preview()
    assert page.plan.plan.last == date(2026, 12, 3)


@pytest.mark.parametrize("width", [320, 460])
def test_no_button_is_cut_in_a_narrow_panel(present, width):
    panel = PlanPanel()
    panel.resize(width, 500)
    panel.show_taken(51)
    panel.taken.show_unwritten(51, 100)
    present(panel)
    panel.grab()

    for button in (panel.taken.letters, panel.taken.finish):
        assert button.width() >= button.sizeHint().width()
        assert panel.rect().contains(button.mapTo(panel, button.rect().bottomRight()))
