"""The week by mouse and by keys alone, as a caseworker uses it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QTableView, QWidget

from kkd_desktop.actions import appointments, casework, undo, worklist
from kkd_desktop.domain.appointment import AppointmentState, Delivery
from kkd_desktop.domain.busy_time import BusyReading, BusySource, BusyTime
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.hours import Leave
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import spoken, theme
from kkd_desktop.gui.dialogs.appointment import AppointmentDialog
from kkd_desktop.gui.dialogs.week_keys import WeekKeysDialog
from kkd_desktop.gui.dialogs.week_preview import WeekPreview
from kkd_desktop.gui.dialogs.whom import WhomDialog
from kkd_desktop.gui.models.week_cards import families
from kkd_desktop.gui.models.week_carry import Spot
from kkd_desktop.gui.pages.woche import WochePage
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.week_geometry import HEADER
from kkd_desktop.gui.widgets.week_layers import count_text
from kkd_desktop.gui.workplace import Workplace
from kkd_desktop.store import busy

Key, Button = Qt.Key, Qt.MouseButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
MONDAY = date(2026, 11, 23)
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
NINE = datetime(2026, 11, 24, 9)

Present = Callable[[QWidget], None]


@pytest.fixture
def planned(session: Session) -> Session:
    """The week after is free but for two talks on Tuesday: one told already, one not."""
    context = session.context
    for each, _ in appointments.between(context, MONDAY, MONDAY + timedelta(days=60)):
        appointments.cancel(context, each.id)
    people = [each.client for each in worklist.entries(context)]
    appointments.book(context, people[0], NINE, 45, delivery=Delivery.POST)
    appointments.book(context, people[1], NINE + timedelta(hours=2), 45)
    return session


@pytest.fixture
def page(planned: Session, present: Present, qtbot) -> WochePage:
    page = WochePage(planned)
    page.resize(1172, 808)
    present(page)
    page.show_day(MONDAY)
    qtbot.waitUntil(page.list.proposer.is_done)
    page.view.setFocus()
    return page


def card_at(page, start):
    return next(card for card in page.view.cards if card.talk.start == start)


def standing(page):
    """Starts and lengths of what is open in the week after, as the store has it."""
    found = appointments.between(page._session.context, MONDAY, MONDAY + timedelta(days=11))
    return [(each.start, each.minutes) for each, _ in found if each.state.is_open]


def focus(page, start):
    page.view.focus_talk(card_at(page, start).key)


def pick(page, start):
    focus(page, start)
    QTest.keyClick(page.view, Key.Key_Space)


def point_of(page, moment):
    """A point of the calendar a little below this time."""
    area = page.view.slot_rect(moment)
    return QPoint(area.center().x(), area.top() + 4)


def drag(page, start, end, *, held=NONE):
    """Press, move over both points and let go there."""
    port = page.view.viewport()
    QTest.mousePress(port, Button.LeftButton, NONE, start)
    move(port, start + QPoint(12, 12), held)
    move(port, end, held)
    QTest.mouseRelease(port, Button.LeftButton, held, end)


def move(port, point, held=NONE):
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    at = QPointF(point)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        at,
        QPointF(port.mapToGlobal(point)),
        Button.NoButton,
        Button.LeftButton,
        held,
    )
    QApplication.sendEvent(port, event)


def menu_of(page):
    return next(each for each in page.findChildren(QMenu) if each.isVisible())


def dialog_of(page, kind):
    return next(each for each in page.findChildren(kind) if each.isVisible())


def here(page):
    """What a screen reader finds where the keys are in the calendar."""
    focused = QAccessible.queryAccessibleInterface(page.view).focusChild()
    return focused.text(QAccessible.Text.Name)


def waiting_client(page):
    return page.list.waiting()[0].client


def test_arrows_go_from_talk_to_free_time_and_say_what_it_is(page):
    spoken.install()
    focus(page, NINE)
    assert "09:00–09:45" in here(page)
    assert "eingeladen" in here(page)

    QTest.keyClick(page.view, Key.Key_Down)
    assert here(page) == "Di 24.11. 10:00, frei"
    QTest.keyClick(page.view, Key.Key_Right)
    assert here(page) == "Mi 25.11. 10:00, frei"
    QTest.keyClick(page.view, Key.Key_Left)
    QTest.keyClick(page.view, Key.Key_Home)

    assert page.view.spot == Spot(TUESDAY, 8 * 60, is_free=True)


def test_beyond_friday_the_next_week_is_shown(page):
    friday = MONDAY + timedelta(days=4)
    page.view.focus_spot(page.view.spots(friday)[0])

    QTest.keyClick(page.view, Key.Key_Right)

    assert page.heading.title.text() == "KW 49"
    assert page.view.spot.day == date(2026, 11, 30)


@pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")
def test_a_day_is_chosen_from_the_month_by_keys(page, qtbot):
    before = page._day
    QTest.keyClick(page.view, Key.Key_G)
    month = page._month.findChild(QTableView)
    assert page._month.isVisible()

    QTest.keyClick(month, Key.Key_Down)
    QTest.keyClick(month, Key.Key_Return)

    assert not page._month.isVisible()
    assert page.heading.title.text() == "KW 49"
    assert page.view.spot.day == before + timedelta(weeks=1)
    assert page.view.hasFocus()


def test_where_names_have_no_room_the_families_stand_alone():
    amina = Client(1, "123A400001", "Beispiel", "Amina")
    ben, ilse = replace(amina, first_name="Ben"), replace(amina, last_name="Muster")

    assert families((amina, ben)) == "Beispiel"
    assert families((amina, ilse)) == "Beispiel + Muster"


def test_pages_today_and_views_by_keys(page):
    QTest.keyClick(page.view, Key.Key_PageDown)
    assert page.heading.title.text() == "KW 49"
    QTest.keyClick(page.view, Key.Key_PageUp)
    QTest.keyClick(page.view, Key.Key_T)
    assert page.heading.title.text() == "KW 47"

    QTest.keyClick(page.view, Key.Key_1)
    assert page.heading.title.text() == "Freitag, 20. November 2026"
    QTest.keyClick(page.view, Key.Key_PageDown)
    assert page.heading.title.text() == "Montag, 23. November 2026"
    QTest.keyClick(page.view, Key.Key_3)
    assert page.heading.title.text() == "KW 48 – 51"
    assert page.weeks.hasFocus()
    QTest.keyClick(page.weeks, Key.Key_Down)
    QTest.keyClick(page.weeks, Key.Key_Return)
    assert page.heading.title.text() == "Montag, 30. November 2026"
    QTest.keyClick(page.view, Key.Key_2)
    assert page.heading.title.text() == "KW 49"


def test_control_and_arrows_move_a_talk_and_say_that_the_invitation_is_void(page, qtbot):
    focus(page, NINE)

    with qtbot.waitSignal(page._session.done) as said:
        QTest.keyClick(page.view, Key.Key_Down, CONTROL)

    assert said.args == ["Termin auf Di 24.11.2026, 09:30 verlegt · Einladung ist neu zuzustellen"]
    assert (NINE + timedelta(minutes=30), 45) in standing(page)
    assert page.view.current_card().talk.start == NINE + timedelta(minutes=30)
    moved = page.view.current_card().talk.first
    assert (moved.state, moved.delivery) == (AppointmentState.BOOKED, Delivery.NONE)


def test_a_step_goes_past_what_is_in_the_way(page):
    focus(page, NINE)

    for _ in range(3):
        QTest.keyClick(page.view, Key.Key_Down, CONTROL)

    assert page.view.current_card().talk.start == datetime(2026, 11, 24, 13, 0)


def test_shift_moves_by_five_minutes_and_sideways_by_a_day(page):
    focus(page, NINE)

    QTest.keyClick(page.view, Key.Key_Down, CONTROL | SHIFT)
    QTest.keyClick(page.view, Key.Key_Right, CONTROL)

    assert (datetime(2026, 11, 25, 9, 5), 45) in standing(page)


def test_a_day_step_into_a_taken_time_is_refused_with_its_reason(page, qtbot):
    context = page._session.context
    appointments.book(context, waiting_client(page), datetime(2026, 11, 25, 9, 30), 45)
    page._session.changed.emit()
    focus(page, NINE)

    with qtbot.waitSignal(page._session.failed) as failed:
        QTest.keyClick(page.view, Key.Key_Right, CONTROL)

    assert failed.args == ["Mi 25.11. 09:00–09:45: Schon vergeben von 09:30 bis 10:15."]
    assert (NINE, 45) in standing(page)


def test_plus_and_minus_change_the_length_and_undo_gives_it_back(page):
    focus(page, NINE)

    QTest.keyClick(page.view, Key.Key_Plus)
    QTest.keyClick(page.view, Key.Key_Minus)
    QTest.keyClick(page.view, Key.Key_Minus)
    assert (NINE, 30) in standing(page)
    page._session.undo()

    assert (NINE, 45) in standing(page)
    assert page.view.current_card().minutes == 45


def test_with_shift_a_length_goes_by_five_minutes_on_a_german_keyboard(page):
    focus(page, NINE)

    QTest.keyClick(page.view, Key.Key_Asterisk, SHIFT)
    assert (NINE, 50) in standing(page)
    QTest.keyClick(page.view, Key.Key_Underscore, SHIFT)
    QTest.keyClick(page.view, Key.Key_Underscore, SHIFT)

    assert (NINE, 40) in standing(page)


def test_delete_cancels_without_a_question_and_undo_brings_the_talk_back(page):
    focus(page, NINE)

    QTest.keyClick(page.view, Key.Key_Delete)
    assert (NINE, 45) not in standing(page)
    assert undo.to_undo(page._session.context).name == "Termin Di 24.11.2026, 09:00 abgesagt"
    page._session.undo()

    assert (NINE, 45) in standing(page)


def test_a_talk_is_picked_up_carried_and_put_down_in_one_step(page):
    pick(page, NINE)
    assert page.view.carry is not None

    for key in (Key.Key_Right, Key.Key_Down, Key.Key_Down):
        QTest.keyClick(page.view, key)
    assert (NINE, 45) in standing(page)
    QTest.keyClick(page.view, Key.Key_Return)

    assert page.view.carry is None
    assert (datetime(2026, 11, 25, 10), 45) in standing(page)
    page._session.undo()
    assert (NINE, 45) in standing(page)


@pytest.mark.parametrize("steps", [1, 3])
def test_what_is_carried_is_seen_where_it_would_go_and_why_not(page, steps):
    pick(page, NINE)
    for _ in range(steps):
        QTest.keyClick(page.view, Key.Key_Down)
    carry = page.view.carry
    there = page.view.carry_area(carry).translated(0, HEADER).toRect()

    carried = page.view.grab(there).toImage()
    page.view.let_go()
    bare = page.view.grab(there).toImage()

    tone = theme.Tone.LATE if carry.placing.refused else theme.Tone.SOON
    edge = theme.current().ink(tone).name()
    assert bool(carry.placing.refused) == (steps == 3)
    assert carried.pixelColor(there.width() // 2, 1).name() == edge
    assert bare.pixelColor(there.width() // 2, 1).name() != edge


def test_escape_lets_go_and_stores_nothing(page):
    pick(page, NINE)
    QTest.keyClick(page.view, Key.Key_Down)

    QTest.keyClick(page.view, Key.Key_Escape)

    assert page.view.carry is None
    assert (NINE, 45) in standing(page)


def test_what_is_refused_stays_in_hand_and_is_said(page, qtbot):
    pick(page, NINE)
    for _ in range(3):
        QTest.keyClick(page.view, Key.Key_Down)

    with qtbot.waitSignal(page._session.failed) as failed:
        QTest.keyClick(page.view, Key.Key_Return)

    assert "Schon vergeben von 11:00 bis 11:45" in failed.args[0]
    assert page.view.carry is not None


def test_what_is_carried_goes_along_to_the_next_week(page):
    pick(page, NINE)

    QTest.keyClick(page.view, Key.Key_PageDown)
    assert page.heading.title.text() == "KW 49"
    QTest.keyClick(page.view, Key.Key_Space)

    assert (datetime(2026, 12, 1, 9), 45) in standing(page)
    assert page.view.current_card().talk.start == datetime(2026, 12, 1, 9)


def test_outside_the_hours_it_is_allowed_and_said(page, qtbot):
    focus(page, NINE + timedelta(hours=2))
    QTest.keyClick(page.view, Key.Key_Space)
    QTest.keyClick(page.view, Key.Key_Down)
    assert page.view.carry.placing.hints[0] == "Außerhalb Ihrer Zeiten"

    with qtbot.waitSignal(page._session.done) as said:
        QTest.keyClick(page.view, Key.Key_Return)

    assert said.args == ["Termin auf Di 24.11.2026, 11:30 verlegt · Außerhalb Ihrer Zeiten"]


def test_enter_opens_the_file_of_the_client(page, qtbot):
    focus(page, NINE)

    with qtbot.waitSignal(page.client_opened) as opened:
        QTest.keyClick(page.view, Key.Key_Return)

    assert opened.args == [card_at(page, NINE).talk.clients[0].id]


def test_a_closed_appointment_is_left_alone(page, qtbot):
    context = page._session.context
    today = context.today
    client = waiting_client(page)
    start = datetime(2026, 11, 20, 15, 30)
    booked = appointments.book(context, client, start, 15)
    appointments.mark_missed(context, booked.id)
    page.show_day(today)
    page.view.focus_talk(booked.id)

    for key, held in ((Key.Key_Delete, NONE), (Key.Key_Down, CONTROL), (Key.Key_Space, NONE)):
        with qtbot.waitSignal(page._session.failed) as failed:
            QTest.keyClick(page.view, key, held)
        assert "abgeschlossen" in failed.args[0]

    assert appointments.get(context, booked.id).start == start


def test_f6_goes_to_the_list_and_back(page):
    QTest.keyClick(page.view, Key.Key_F6)
    assert page.list.panel.view.hasFocus()

    QTest.keyClick(page.list.panel.view, Key.Key_F6)

    assert page.view.hasFocus()


def test_somebody_from_the_list_is_placed_by_keys(page):
    client = waiting_client(page)
    rows = page.list.panel.view
    rows.choose(client.id)
    rows.setFocus()

    QTest.keyClick(rows, Key.Key_Space)
    assert page.view.hasFocus()
    carry = page.view.carry
    assert carry.client_id == client.id
    assert carry.start == page.list.proposal(client.id).start
    QTest.keyClick(page.view, Key.Key_Return)

    assert (carry.start, carry.minutes) in standing(page)
    assert client.id not in [each.client.id for each in page.list.waiting()]
    assert rows.hasFocus()


def test_one_key_takes_the_proposal_and_undo_takes_it_back(page):
    client = waiting_client(page)
    best = page.list.proposal(client.id)
    rows = page.list.panel.view
    rows.choose(client.id)
    rows.setFocus()

    QTest.keyClick(rows, Key.Key_V)
    assert (best.start, best.minutes) in standing(page)
    page._session.undo()

    assert (best.start, best.minutes) not in standing(page)
    assert client.id in [each.client.id for each in page.list.waiting()]


def test_the_list_is_filtered_and_can_be_put_away(page, qtbot):
    total = len(page.list.waiting())
    # Keys of the test can type no umlauts.
    name = next(e.client.last_name for e in page.list.waiting() if e.client.last_name.isascii())

    qtbot.keyClicks(page.list.panel.search, name)
    assert all(name in each.client.last_name for each in page.list.waiting())
    assert 0 < len(page.list.waiting()) < total
    assert page.list.panel.count.text() == f"{len(page.list.waiting())} / {total}"
    qtbot.keyClicks(page.list.panel.search, "xyz")
    assert page.list.panel.empty.isVisible()
    qtbot.mouseClick(page.list.panel.close_button, Button.LeftButton)
    assert not page.list.panel.isVisible()
    assert page.list_button.text() == "0 ohne Termin"

    qtbot.mouseClick(page.list_button, Button.LeftButton)
    assert page.list.panel.isVisible()


def test_everyone_without_an_appointment_can_be_listed(page, qtbot):
    due = len(page.list.waiting())

    qtbot.mouseClick(page.list.panel.span.button("everyone"), Button.LeftButton)

    everyone = [each for each in worklist.entries(page._session.context) if each.needs_talk]
    assert due < len(page.list.waiting()) == len(everyone)


def test_somebody_is_dragged_from_the_list_and_the_capacity_follows(page):
    client = waiting_client(page)
    rows, port = page.list.panel.view, page.view.viewport()
    rows.choose(client.id)
    start = rows.visualRect(rows.currentIndex()).center()
    there = datetime(2026, 11, 25, 10)
    before = page.load.number.text()
    end = rows.viewport().mapFromGlobal(port.mapToGlobal(point_of(page, there) + QPoint(0, 12)))

    QTest.mousePress(rows.viewport(), Button.LeftButton, NONE, start)
    move(rows.viewport(), start + QPoint(-20, 0))
    move(rows.viewport(), end)
    assert page.view.carry.start == there
    assert page.load.number.text() != before
    QTest.mouseRelease(rows.viewport(), Button.LeftButton, NONE, end)

    assert there in [start for start, _ in standing(page)]
    assert client.id not in [each.client.id for each in page.list.waiting()]


def drag_onto_day(page, client, day):
    rows = page.list.panel.view
    rows.choose(client.id)
    start = rows.visualRect(rows.currentIndex()).center()
    at = page.weeks.mapToGlobal(page.weeks.cell(day).center().toPoint())
    end = rows.viewport().mapFromGlobal(at)
    QTest.mousePress(rows.viewport(), Button.LeftButton, NONE, start)
    move(rows.viewport(), start + QPoint(-20, 0))
    assert page.bringing.tag.isVisible()
    move(rows.viewport(), end)
    QTest.mouseRelease(rows.viewport(), Button.LeftButton, NONE, end)


def test_dropped_on_a_day_of_the_four_weeks_somebody_gets_its_first_free_time(page):
    client = waiting_client(page)
    page.show_mode("weeks")

    drag_onto_day(page, client, TUESDAY)

    assert datetime(2026, 11, 24, 8) in [start for start, _ in standing(page)]
    assert not page.bringing.tag.isVisible()


def test_a_holiday_of_the_four_weeks_takes_nobody(page, qtbot):
    page.show_day(date(2026, 12, 21))
    page.show_mode("weeks")

    with qtbot.waitSignal(page._session.failed) as failed:
        drag_onto_day(page, waiting_client(page), date(2026, 12, 25))

    assert failed.args == ["Fr 25.12.: Feiertag: Erster Weihnachtstag."]


def test_escape_ends_a_drag_from_the_list(page):
    client = waiting_client(page)
    rows, port = page.list.panel.view, page.view.viewport()
    rows.setFocus()
    rows.choose(client.id)
    start = rows.visualRect(rows.currentIndex()).center()
    before = standing(page)
    at = port.mapToGlobal(point_of(page, datetime(2026, 11, 25, 10)))
    end = rows.viewport().mapFromGlobal(at)

    QTest.mousePress(rows.viewport(), Button.LeftButton, NONE, start)
    move(rows.viewport(), start + QPoint(-20, 0))
    move(rows.viewport(), end)
    QTest.keyClick(rows, Key.Key_Escape)
    QTest.mouseRelease(rows.viewport(), Button.LeftButton, NONE, end)

    assert page.view.carry is None
    assert standing(page) == before


def test_somebody_dropped_beside_the_calendar_is_not_booked(page):
    client = waiting_client(page)
    rows = page.list.panel.view
    rows.choose(client.id)
    start = rows.visualRect(rows.currentIndex()).center()
    before = standing(page)

    QTest.mousePress(rows.viewport(), Button.LeftButton, NONE, start)
    move(rows.viewport(), start + QPoint(0, 60))
    QTest.mouseRelease(rows.viewport(), Button.LeftButton, NONE, start + QPoint(0, 60))

    assert standing(page) == before


def test_a_talk_is_dragged_to_another_day_and_snaps_to_the_grid(page):
    start = page.view.card_rect(card_at(page, NINE)).center()
    hour = round(page.view.places.hour)
    width = round(page.view.places.column(1)[1])

    drag(page, start, start + QPoint(width, hour + hour // 8))

    assert (datetime(2026, 11, 25, 10), 45) in standing(page)
    assert page.view.current_card().talk.start == datetime(2026, 11, 25, 10)


@pytest.mark.parametrize("held", [CONTROL, SHIFT])
def test_with_a_key_held_it_moves_by_five_minutes(page, held):
    start = page.view.card_rect(card_at(page, NINE)).center()
    ten = round(page.view.places.hour / 6)

    drag(page, start, start + QPoint(0, ten), held=held)

    assert (NINE + timedelta(minutes=10), 45) in standing(page)


def test_held_beyond_the_days_a_talk_goes_along_to_the_next_week(page, qtbot):
    port = page.view.viewport()
    start = page.view.card_rect(card_at(page, NINE)).center()
    beyond = QPoint(port.width() + 6, start.y())

    QTest.mousePress(port, Button.LeftButton, NONE, start)
    move(port, start + QPoint(12, 0))
    move(port, beyond)
    qtbot.waitUntil(lambda: page.heading.title.text() == "KW 49")
    QTest.mouseRelease(port, Button.LeftButton, NONE, beyond)

    assert (datetime(2026, 12, 4, 9), 45) in standing(page)
    assert page.view.current_card().talk.start == datetime(2026, 12, 4, 9)


def test_dropped_on_another_talk_it_stays_where_it_was_and_says_why(page, qtbot):
    start = page.view.card_rect(card_at(page, NINE)).center()
    end = page.view.card_rect(card_at(page, NINE + timedelta(hours=2))).center()

    with qtbot.waitSignal(page._session.failed) as failed:
        drag(page, start, end)

    assert "Schon vergeben" in failed.args[0]
    assert page.view.carry is None
    assert (NINE, 45) in standing(page)


def test_the_lower_edge_changes_the_length(page):
    area = page.view.card_rect(card_at(page, NINE))
    edge = QPoint(area.center().x(), area.bottom() - 1)

    drag(page, edge, edge + QPoint(0, round(page.view.places.hour / 2)))

    assert (NINE, 75) in standing(page)


def test_a_double_click_opens_the_file(page, qtbot):
    at = page.view.card_rect(card_at(page, NINE)).center()

    with qtbot.waitSignal(page.client_opened):
        QTest.mouseDClick(page.view.viewport(), Button.LeftButton, NONE, at)


@pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")
def test_a_click_on_a_free_time_offers_it_to_those_who_wait(page, qtbot):
    client = waiting_client(page)
    page.list.panel.view.choose(client.id)
    there = datetime(2026, 11, 25, 10)

    QTest.mouseClick(page.view.viewport(), Button.LeftButton, NONE, point_of(page, there))
    menu = menu_of(page)
    assert menu.actions()[0].text() == "Mi 25.11., 10:00 vergeben an"
    QTest.keyClick(menu, Key.Key_Return)

    booked = [each for each in page.view.cards if each.talk.start == there]
    assert [each.talk.clients[0].id for each in booked] == [client.id]


@pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")
def test_a_free_time_can_be_given_to_anybody(page, qtbot):
    client = casework.all_clients(page._session.context)[-1]
    there = datetime(2026, 11, 25, 10)
    page.view.focus_spot(Spot(WEDNESDAY, 10 * 60, is_free=True))

    QTest.keyClick(page.view, Key.Key_Return)
    menu_of(page).actions()[-1].trigger()
    whom = dialog_of(page, WhomDialog)
    assert not whom.main_button.isEnabled()
    whom.chooser.choose(client)
    qtbot.mouseClick(whom.main_button, Button.LeftButton)
    dialog = dialog_of(page, AppointmentDialog)
    qtbot.mouseClick(dialog.main_button, Button.LeftButton)

    assert there in [start for start, _ in standing(page)]


@pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")
def test_the_menu_of_a_talk_has_its_outcomes_and_the_file(page, qtbot):
    focus(page, NINE)
    talk = page.view.current_card().talk

    page.view.menu_wanted.emit(talk, QPoint(0, 0))
    menu = menu_of(page)

    words = [action.text() for action in menu.actions()]
    assert any("Abgesagt" in each for each in words)
    with qtbot.waitSignal(page.client_opened):
        menu.actions()[-1].trigger()
    menu.close()


def test_a_click_on_the_head_of_a_day_shows_it_alone_and_back(page):
    left, width = page.view.places.column(2)

    at = QPoint(round(left + width / 2), HEADER // 2)
    QTest.mouseClick(page.view.viewport(), Button.LeftButton, NONE, at)
    assert page.heading.title.text() == "Mittwoch, 25. November 2026"
    QTest.mouseClick(page.view.viewport(), Button.LeftButton, NONE, QPoint(200, HEADER // 2))

    assert page.heading.title.text() == "KW 48"


def test_a_double_click_in_the_four_weeks_shows_the_day(page):
    page.show_mode("weeks")

    at = page.weeks.cell(date(2026, 12, 9)).center().toPoint()
    QTest.mouseDClick(page.weeks, Button.LeftButton, NONE, at)

    assert page.heading.title.text() == "Mittwoch, 9. Dezember 2026"


def test_a_foreign_busy_time_warns_and_does_not_refuse(page):
    store = page._session.context.store
    source = busy.add(store, BusySource("Outlook", "/kalender.ics", has_titles=True))
    day = datetime(2026, 11, 25)
    taken = BusyTime(day.replace(hour=8), day.replace(hour=12), title="Dienstbesprechung")
    reading = BusyReading("x", MONDAY, MONDAY + timedelta(days=90), datetime(2026, 11, 20, 8))
    busy.keep_reading(store, source, reading, [taken])
    page._session.changed.emit()

    pick(page, NINE)
    QTest.keyClick(page.view, Key.Key_Right)
    assert page.view.carry.placing.hints[0] == "Überschneidet sich mit „Dienstbesprechung“"
    QTest.keyClick(page.view, Key.Key_Return)

    assert (datetime(2026, 11, 25, 9), 45) in standing(page)
    assert page.view.current_card().spoken.endswith("zugleich „Dienstbesprechung“")


def test_a_day_without_work_is_named_and_nothing_is_dropped_on_a_holiday(page):
    page.show_day(date(2026, 12, 21))
    friday = date(2026, 12, 25)
    spoken.install()
    page.view.setFocus()
    page.view.focus_spot(page.view.spots(friday)[0])

    assert here(page) == "Fr 25.12., Erster Weihnachtstag"


def test_an_absence_stands_above_the_talks_on_it(page):
    hours = replace(
        page._session.context.settings.hours, absences=(Leave(TUESDAY, TUESDAY, "Urlaub"),)
    )

    page._session.perform(lambda context: context.change_settings(hours=hours))

    assert count_text(page.week.day(TUESDAY), page.week) == "Urlaub · 2 Termine · 1 abgesagt"


def test_without_hours_the_page_says_where_to_set_them(page, qtbot):
    context = page._session.context
    hours = replace(context.settings.hours, weeks=(((),) * 5,))
    for start, _ in standing(page):
        focus(page, start)
        QTest.keyClick(page.view, Key.Key_Delete)

    page._session.perform(lambda context: context.change_settings(hours=hours))
    assert page.no_hours.isVisible()

    with qtbot.waitSignal(page.settings_wanted):
        qtbot.mouseClick(page.no_hours.button, Button.LeftButton)


def test_an_empty_week_says_so(page):
    assert "noch kein Termin" not in page.heading.note.text()

    page.go(20)

    assert page.heading.note.text().endswith("noch kein Termin")


def test_the_keys_are_listed_on_a_page(page):
    QTest.keyClick(page.view, "?")

    assert dialog_of(page, WeekKeysDialog)


def test_the_week_is_printed_with_the_names_that_were_chosen(page, qtbot):
    QTest.keyClick(page.view, Key.Key_P, CONTROL)
    dialog = dialog_of(page, WeekPreview)
    qtbot.waitUntil(lambda: bool(dialog.pdf))
    first = dialog.pdf

    qtbot.mouseClick(dialog.privacy.button("full"), Button.LeftButton)
    qtbot.waitUntil(lambda: dialog.pdf != first)

    assert dialog.pdf.startswith(b"%PDF")
    dialog.reject()


def test_nothing_on_the_page_is_without_a_name(page):
    named = [page.view, page.weeks, page.mode, page.legend, page.list.panel.view]

    assert all(each.accessibleName() for each in named)
    assert not [each for each in page.findChildren(QDialog) if each.isVisible()]


@pytest.fixture
def window(planned: Session, tmp_path, qtbot):
    """The whole window on the same week."""
    settings = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    workplace = Workplace(planned, settings)
    with qtbot.waitSignal(workplace.settling):
        workplace.window.show()
    workplace.window.activateWindow()
    qtbot.waitUntil(workplace.window.isActiveWindow)
    yield workplace.window
    with qtbot.waitSignal(workplace.window.destroyed):
        workplace.close()


def press(key, held=NONE):
    """A key where the keyboard is."""
    QTest.keyClick(QApplication.focusWidget(), key, held)


def test_the_whole_way_by_keys_alone(window, planned):
    press(Key.Key_3, CONTROL)
    page = window.page("woche")
    assert page.view.hasFocus()
    press(Key.Key_PageDown)
    press(Key.Key_F6)
    client_id = page.list.panel.view.current_key()
    press(Key.Key_Space)
    start = page.view.carry.start
    press(Key.Key_Return)

    entry = casework.client_file(planned.context, client_id).entry
    assert entry.appointment.start == start
    assert window.toast.button.text() == "Rückgängig"
    press(Key.Key_Z, CONTROL)
    assert casework.client_file(planned.context, client_id).entry.appointment is None


def test_what_to_know_about_a_move_is_said_with_its_way_back(window, planned):
    press(Key.Key_3, CONTROL)
    page = window.page("woche")
    press(Key.Key_PageDown)
    focus(page, NINE)

    press(Key.Key_Down, CONTROL)

    assert window.toast.text.text().endswith("verlegt · Einladung ist neu zuzustellen")
    assert window.toast.button.isVisible()
    assert "Einladung" not in window.bar.undo.accessibleName()
    press(Key.Key_Z, CONTROL)
    assert (NINE, 45) in standing(page)


def test_the_rail_names_the_week_of_today(window):
    assert window.rail.button("woche").accessibleName() == "Woche, KW 47"


def test_the_file_of_a_talk_is_opened_and_alt_left_leads_back(window):
    press(Key.Key_3, CONTROL)
    press(Key.Key_PageDown)
    focus(window.page("woche"), NINE)

    press(Key.Key_Return)
    assert window.current_page() == "akte"
    press(Key.Key_Left, Qt.KeyboardModifier.AltModifier)

    assert window.current_page() == "woche"
    assert window.page("woche").view.current_card().talk.start == NINE


def test_a_narrow_window_still_says_which_day_is_shown(page):
    page.show_mode("day")
    title = page.heading.title
    title.setFixedWidth(title.fontMetrics().horizontalAdvance("Fr 27.11.2026") + 4)

    assert title.text() == "Freitag, 27. November 2026"
    assert title.said() == "Fr 27.11.2026"

    title.setFixedWidth(title.fontMetrics().horizontalAdvance("Fr 27.11.") + 4)
    assert title.said() == "Fr 27.11."


def test_the_count_above_a_narrow_column_is_brief(page):
    plan = page.week.day(TUESDAY)

    assert count_text(plan, page.week).startswith("2 Termine")
    assert count_text(plan, page.week, brief=True).startswith("2 Term.")
