from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kkd_desktop.actions import appointments, casework, forgetting
from kkd_desktop.actions import worklist as lists
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import AppointmentState
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.explanation import explain
from kkd_desktop.domain.worklist import Entry, GroupId
from kkd_desktop.gui.delegates.day import CAPS, cap_rect
from kkd_desktop.gui.dialogs.contact import ContactDialog
from kkd_desktop.gui.models.worklist import Unwritten, WorklistRow
from kkd_desktop.gui.models.worklist_rows import needs_proposal
from kkd_desktop.gui.pages.heute import HeutePage
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone

Present = Callable[[QWidget], None]


@pytest.fixture
def page(session: Session, present: Present, qtbot: QtBot) -> HeutePage:
    page = HeutePage(session)
    page.resize(1172, 808)
    present(page)
    qtbot.waitUntil(page.proposer.is_done)
    page.worklist.setFocus()
    return page


def rows(page: HeutePage) -> list[WorklistRow]:
    model = page.worklist.list_model
    items = [model.item(place) for place in range(model.rowCount())]
    return [item for item in items if isinstance(item, WorklistRow)]


def listed(session: Session) -> list[Entry]:
    found = lists.worklist(session.context)
    return [entry for group in found.listed for entry in group.entries]


def choose_one_to_propose(page: HeutePage, session: Session) -> Entry:
    entry = next(entry for entry in listed(session) if needs_proposal(entry))
    page.worklist.choose(entry.client.id)
    return entry


def open_today(session: Session) -> int:
    booked = appointments.of_day(session.context, session.context.today)
    found = next(each for each, _ in booked if each.state.is_open)
    assert found.id is not None
    return found.id


def choose_appointment(page: HeutePage, key: int) -> None:
    place = page.day.list_model.place_of(key)
    assert place is not None
    page.day.setCurrentIndex(page.day.list_model.index(place))
    page.day.setFocus()


def test_the_list_shows_whom_the_action_lists_in_its_order(page, session):
    assert [row.key for row in rows(page)] == [entry.client.id for entry in listed(session)]


def test_nobody_is_left_out_silently(page, session):
    found = lists.worklist(session.context)
    left_out = sum(len(group.entries) for group in found.not_listed)

    assert f"{left_out} nicht enthalten" in page.heading.count.text()
    assert page.heading.why.isVisible()


def test_the_count_tells_who_needs_a_talk_from_who_has_one(session, present, qtbot):
    page = HeutePage(session)

    with qtbot.waitSignal(page.counted) as counted:
        present(page)

    assert counted.args == [sum(entry.appointment is None for entry in listed(session))]


def test_every_row_that_needs_one_gets_a_proposal_after_the_first_paint(page, session):
    shown = {row.key: row.detail for row in rows(page)}

    wanted = [entry.client.id for entry in listed(session) if needs_proposal(entry)]
    assert wanted
    assert all(shown[key].startswith("Vorschlag ") for key in wanted)


def test_no_proposal_is_looked_for_before_the_first_paint(session, qtbot):
    page = HeutePage(session)
    qtbot.addWidget(page)

    page.reload()

    assert rows(page)
    assert not any(row.detail.startswith("Vorschlag") for row in rows(page))


def test_choosing_a_row_shows_its_reason_and_the_quoted_sentence(page, session, qtbot):
    second = listed(session)[1]

    qtbot.keyClick(page.worklist, Qt.Key.Key_Down)

    assert second.client.last_name in page.why.heading.title.text()
    assert page.why.explanation.text() == explain(second.outcome, cited=False)
    assert page.why.quote.isVisible()


def test_enter_opens_the_client(page, session, qtbot):
    first = listed(session)[0]

    with qtbot.waitSignal(page.client_opened) as opened:
        qtbot.keyClick(page.worklist, Qt.Key.Key_Return)

    assert opened.args == [first.client.id]
    assert page.current_client_id() == first.client.id


def test_ctrl_n_asks_for_a_contact_of_the_highlighted_client(page, qtbot):
    with qtbot.waitSignal(page.contact_wanted) as wanted:
        qtbot.keyClick(page.worklist, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)

    assert wanted.args == [page.current_client_id()]


def test_v_books_the_proposed_talk(page, session, qtbot):
    entry = choose_one_to_propose(page, session)
    best = page.proposer.suggestion(entry.client.id).best

    qtbot.keyClick(page.worklist, Qt.Key.Key_V)

    booked = casework.client_file(session.context, entry.client.id).entry.appointment
    assert (booked.start, booked.minutes) == (best.start, best.minutes)


def test_after_v_the_next_who_has_no_appointment_is_chosen(page, session, qtbot):
    entry = choose_one_to_propose(page, session)
    keys = [row.key for row in rows(page)]
    below = [e for e in listed(session) if keys.index(e.client.id) > keys.index(entry.client.id)]

    qtbot.keyClick(page.worklist, Qt.Key.Key_V)

    assert page.current_client_id() == next(filter(needs_proposal, below)).client.id
    settled = next(row for row in rows(page) if row.key == entry.client.id)
    assert settled.settled
    assert settled.tone is Tone.NEUTRAL


def test_who_was_booked_by_v_is_chosen_again_when_it_is_taken_back(page, session, qtbot):
    entry = choose_one_to_propose(page, session)
    for _ in range(2):
        qtbot.keyClick(page.worklist, Qt.Key.Key_V)
        qtbot.waitUntil(page.proposer.is_done)
    second = page._decided[-1].client.id
    assert second != entry.client.id

    session.undo()
    assert page.current_client_id() == second

    session.undo()
    assert page.current_client_id() == entry.client.id


def test_who_was_booked_by_v_and_met_is_not_chosen_again(page, session, qtbot):
    entry = choose_one_to_propose(page, session)
    qtbot.keyClick(page.worklist, Qt.Key.Key_V)
    booked = lists.entry(session.context, entry.client).appointment
    assert booked is not None
    chosen = page.current_client_id()
    assert chosen != entry.client.id

    def meet_at_once(context):
        casework.record_contact(context, Contact(context.today, client_id=entry.client.id))
        return appointments.cancel(context, booked.id)

    session.perform(meet_at_once)

    assert page.current_client_id() == chosen


def test_a_key_that_is_held_down_books_one_talk(page, session, qtbot):
    choose_one_to_propose(page, session)
    before = sum(entry.appointment is not None for entry in listed(session))

    for repeated in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress,
            Qt.Key.Key_V,
            Qt.KeyboardModifier.NoModifier,
            "v",
            repeated,
        )
        QApplication.sendEvent(page.worklist, event)

    assert sum(entry.appointment is not None for entry in listed(session)) == before + 1


def test_the_button_books_and_stays_with_the_person(page, session, qtbot):
    entry = choose_one_to_propose(page, session)

    qtbot.mouseClick(page.why.book, Qt.MouseButton.LeftButton)

    assert page.current_client_id() == entry.client.id
    assert page.why.move_button.isVisible()


def test_a_heading_says_how_far_one_has_come(page, session, qtbot):
    choose_one_to_propose(page, session)

    qtbot.keyClick(page.worklist, Qt.Key.Key_V)

    model, group = page.worklist.list_model, lists.worklist(session.context).listed[0]
    settled = sum(entry.appointment is not None for entry in group.entries)
    assert settled
    spoken = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith(f"{settled} von {len(group.entries)} mit Termin")


def test_v_in_the_middle_of_a_name_books_nothing(page, session, qtbot):
    entry = choose_one_to_propose(page, session)

    qtbot.keyClicks(page.worklist, "sev")

    assert casework.client_file(session.context, entry.client.id).entry.appointment is None


@pytest.mark.parametrize(
    ("key", "state"),
    [(Qt.Key.Key_N, AppointmentState.MISSED), (Qt.Key.Key_A, AppointmentState.CANCELLED)],
)
def test_one_key_says_what_became_of_an_appointment(page, session, qtbot, key, state):
    appointment = open_today(session)
    choose_appointment(page, appointment)

    qtbot.keyClick(page.day, key)

    assert appointments.get(session.context, appointment).state is state
    shown = page.day.list_model.row(page.day.currentIndex())
    assert not shown.is_open


def test_a_click_on_the_small_key_does_the_same(page, session, qtbot):
    appointment = open_today(session)
    choose_appointment(page, appointment)
    area = page.day.visualRect(page.day.currentIndex())

    point = cap_rect(area, CAPS.index("N")).center()
    qtbot.mouseClick(page.day.viewport(), Qt.MouseButton.LeftButton, pos=point)

    assert appointments.get(session.context, appointment).state is AppointmentState.MISSED


def test_who_came_is_asked_for_the_vermerk_and_then_stored_with_it(page, session, qtbot):
    appointment = open_today(session)
    choose_appointment(page, appointment)

    qtbot.keyClick(page.day, Qt.Key.Key_E)
    dialog = page.findChild(ContactDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClicks(dialog.fields.content, "Bewerbung besprochen")
    qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    stored = appointments.get(session.context, appointment)
    assert stored.state is AppointmentState.ATTENDED
    history = casework.client_file(session.context, stored.client_id).history
    assert history[0].contact.appointment_id == appointment
    assert history[0].contact.notes.content == "Bewerbung besprochen"


def test_a_row_out_of_sight_is_put_into_words_when_it_comes_into_sight(page, session, qtbot):
    model = page.worklist.list_model
    last = model.rowCount() - 1
    assert page.worklist.keys_in_sight()[-1] != model.key(last)
    assert isinstance(model._items[last], Unwritten)

    page.worklist.choose(model.key(last))
    page.worklist.scrollToBottom()

    qtbot.waitUntil(lambda: isinstance(model._items[last], WorklistRow))
    suggestion = page.proposer.suggestion(model.key(last))
    if suggestion is not None and suggestion.best is not None:
        assert texts.clock(suggestion.best.start) in model.item(last).detail


def test_the_left_out_are_explained_and_shown_on_demand(page, session, qtbot):
    found = lists.worklist(session.context)
    later = next(group for group in found.not_listed if group.id is GroupId.LATER)

    qtbot.mouseClick(page.heading.why, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.not_listed.links[GroupId.LATER], Qt.MouseButton.LeftButton)

    assert {entry.client.id for entry in later.entries} <= {row.key for row in rows(page)}
    assert page.current_client_id() == later.entries[0].client.id


def test_the_number_in_the_rail_follows_while_the_page_is_hidden(page, session, qtbot):
    waiting = [entry for entry in listed(session) if entry.appointment is None]
    heard: list[int] = []
    page.counted.connect(heard.append)
    page.hide()

    forgetting.forget(session.context, [waiting[0].client.id])
    session.changed.emit()
    session.changed.emit()

    qtbot.waitUntil(lambda: heard == [len(waiting) - 1])
    qtbot.wait(20)
    assert len(heard) == 1, "many changes of one turn are counted once"


def test_a_hidden_page_shows_what_changed_when_it_is_shown_again(page, session, qtbot):
    entry = choose_one_to_propose(page, session)
    page.hide()
    with qtbot.waitSignal(page.counted):
        session.changed.emit()

    with qtbot.waitSignal(page.counted):
        page.show()

    assert page.current_client_id() == entry.client.id


def test_an_empty_caseload_asks_for_its_first_person(page, session, qtbot):
    everyone = casework.all_clients(session.context)
    forgetting.forget(session.context, [client.id for client in everyone])
    session.changed.emit()

    assert page.nobody.isVisible()
    with qtbot.waitSignal(page.client_wanted):
        qtbot.mouseClick(page.nobody.button, Qt.MouseButton.LeftButton)


def test_when_nobody_is_due_the_page_says_when_the_next_one_is(page, session):
    forgetting.forget(session.context, [entry.client.id for entry in listed(session)])
    session.changed.emit()

    assert page.done.isVisible()
    assert "Die nächste Frist endet am" in page.done.text.text()
