"""A talk with another member of the BG is offered, booked in one step and taken back in one."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from kkd_desktop.actions import appointments, casework, proposals, undo, worklist
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.proposals import Proposal
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.worklist import GroupId
from kkd_desktop.gui import clock
from kkd_desktop.gui.dialogs.appointment import AppointmentDialog
from kkd_desktop.gui.dialogs.contact import ContactDialog
from kkd_desktop.gui.models.day import day_rows
from kkd_desktop.gui.models.history import DATE_FORM
from kkd_desktop.gui.pages.akte import AktePage
from kkd_desktop.gui.pages.heute import HeutePage
from kkd_desktop.gui.pages.woche import WochePage

TODAY = date(2026, 11, 20)
BG = "36501//0004711"


@pytest.fixture(autouse=True)
def morning(monkeypatch):
    monkeypatch.setattr(clock, "local_now", lambda day: datetime(2026, 11, 20, 9, 30))


@pytest.fixture
def pair(session):
    """Two who are overdue, in one Bedarfsgemeinschaft."""
    entries = worklist.entries(session.context)
    groups = worklist.worklist(session.context).groups
    overdue = next(group for group in groups if group.id is GroupId.OVERDUE).entries
    assert entries
    found = [entry.client for entry in overdue if entry.appointment is None][:2]
    return [
        casework.change_file(session.context, replace(client, bg_number=BG)) for client in found
    ]


def name(client):
    return f"{client.first_name} {client.last_name}"


def open_appointments(session, client):
    found = casework.client_file(session.context, client.id).appointments
    return [each for each in found if each.state.is_open]


def test_the_file_offers_both_ways_and_books_for_both(session, pair, present, qtbot):
    page = AktePage(session)
    present(page)
    page.show_client(pair[0].id)
    offers = page.next_talk.together

    assert offers.isVisible()
    assert name(pair[1]) in offers.who.text()
    assert [link.text().split()[0] for link in offers.links] == ["Gemeinsam", "Nacheinander"]
    qtbot.mouseClick(offers.links[0], Qt.MouseButton.LeftButton)

    (one,), (other,) = (open_appointments(session, client) for client in pair)
    assert one.start == other.start
    assert one.joint == other.joint != ""
    page.reload()
    assert not offers.isVisible()
    assert page.next_talk.booked.text().endswith(f"gemeinsam mit {name(pair[1])}")

    undo.undo(session.context)
    assert [open_appointments(session, client) for client in pair] == [[], []]


def test_the_start_page_books_one_after_the_other(session, pair, present, qtbot):
    page = HeutePage(session)
    present(page)
    page.reload()
    page.worklist.choose(pair[0].id)
    qtbot.waitUntil(lambda: page._side is not None and page.why.together.isVisible())

    page.why.together.links[1].click()

    (one,), (other,) = (open_appointments(session, client) for client in pair)
    assert one.end == other.start
    assert one.joint == other.joint == ""


def test_a_talk_that_is_logged_brings_the_next_one_for_both(session, pair, present, qtbot):
    casework.record_contact(session.context, Contact(TODAY, client_id=pair[1].id))
    one, _ = (
        casework.change_client(session.context, client, {"profile": "foerder"}, TODAY)
        for client in pair
    )
    dialog = ContactDialog(session, one)
    present(dialog)
    joint = next(k for k in dialog.next._shown if k.endswith(" joint"))

    qtbot.mouseClick(dialog.next.tiles.button(joint), Qt.MouseButton.LeftButton)

    assert dialog.next.why.text().startswith(name(pair[1]))
    with qtbot.waitSignal(dialog.saved):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (one,), (other,) = (open_appointments(session, client) for client in pair)
    assert one.joint == other.joint != ""


def test_a_runner_up_says_why_it_is_not_the_first(session, pair, present, qtbot):
    dialog = ContactDialog(session, pair[0])
    present(dialog)
    best = dialog.next.value()
    assert "Nicht zuerst" not in dialog.next.why.text()

    dialog.next.tiles.setFocus()
    qtbot.keyClick(dialog.next.tiles.focusProxy(), Qt.Key.Key_Left)

    other = dialog.next.value()
    assert isinstance(other, Proposal)
    assert other != best
    assert dialog.next.why.text().endswith(f"Nicht zuerst: {other.drawback}.")


def book(session, pair, start):
    suggestion = proposals.next_talk(session.context, pair[0], datetime(2026, 11, 20, 9)).suggestion
    joint = next(each for each in suggestion.together if each.joint)
    beside = tuple(replace(each, start=start) for each in joint.beside)
    joint = replace(joint, start=start, beside=beside)
    return appointments.book_together(session.context, pair[0], joint)


def test_the_list_of_the_day_names_the_others(session, pair):
    one, other = book(session, pair, datetime(2026, 11, 20, 17))
    third = appointments.cancel(session.context, other.id)

    together = day_rows([(one, pair[0]), (other, pair[1])])
    alone = day_rows([(one, pair[0]), (third, pair[1])])

    assert [row.detail.split(" · ")[1] for row in together] == [
        f"gemeinsam mit {name(pair[1])}",
        f"gemeinsam mit {name(pair[0])}",
    ]
    assert not any("gemeinsam" in row.detail for row in alone)


def test_moving_names_everyone_and_moves_everyone(session, pair, present, qtbot):
    one, other = book(session, pair, datetime(2026, 12, 1, 9))
    dialog = AppointmentDialog(session, pair[0], one)
    present(dialog)

    assert dialog.subtitle.text() == f"{name(pair[0])} und {name(pair[1])}"
    # Where nothing else is asked for, the room stands beside the day and comes after the length.
    assert dialog.room.mapTo(dialog, QPoint()).y() == dialog.day.mapTo(dialog, QPoint()).y()
    dialog.minutes.setFocus()
    qtbot.keyClick(dialog.minutes, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.room
    # The own hour is free for it.
    dialog.slots.button(datetime(2026, 12, 1, 9, 30).time()).click()
    with qtbot.waitSignal(dialog.stored):
        dialog.submit()

    for each in (one, other):
        assert appointments.get(session.context, each.id).start == datetime(2026, 12, 1, 9, 30)


@pytest.mark.parametrize("minute", [0, 30])
def test_an_hour_that_does_not_exist_is_refused_in_the_dialog(session, pair, present, minute):
    dialog = AppointmentDialog(session, pair[0], start=datetime(2027, 3, 28, 2, minute))
    present(dialog)

    dialog.submit()

    assert dialog.isVisible()
    assert f"02:{minute:02d} gibt es nicht" in dialog.error.text.text()
    assert open_appointments(session, pair[0]) == []


def test_while_a_policy_rests_the_caseworker_chooses_the_day(session, pair, present, monkeypatch):
    monkeypatch.setattr(proposals, "_resting", lambda found: "Die Vorgabe ruht")
    page = AktePage(session)
    present(page)
    page.show_client(pair[0].id)

    assert page.next_talk.moment.text() == "Kein Vorschlag"
    assert page.next_talk.choice.text() == "Die Vorgabe ruht, daher wird kein Tag vorgeschlagen."
    assert not page.next_talk.main.isVisible()
    assert page.next_talk.second.text() == "Anderer Tag"

    contact = ContactDialog(session, pair[0])
    present(contact)
    assert contact.next.none.text().startswith("Die Vorgabe ruht")
    assert contact.next.other.isVisible()
    assert contact.main_button.text() == "Nur speichern"
    assert not contact.only_save.isVisible()

    # Whoever asks for a day is offered one.
    dialog = AppointmentDialog(session, pair[0])
    assert dialog._day() > TODAY


def test_the_appointments_of_a_file_say_which_talk_is_joint(session, pair, present):
    one, _ = book(session, pair, datetime(2026, 11, 24, 9))
    page = AktePage(session)
    present(page)
    page.show_client(pair[0].id)
    model = page.dates.model

    place = model.place_of(lambda row: row.id == one.id)
    assert model.index(place, DATE_FORM).data() == "gemeinsam"
    assert "Bedarfsgemeinschaft" in model.index(place, DATE_FORM).data(Qt.ItemDataRole.ToolTipRole)

    appointments.cancel(session.context, one.id)
    page.reload()
    assert model.index(place, DATE_FORM).data() == "persönlich"


@pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")
def test_in_the_week_each_of_a_joint_talk_has_an_outcome_of_their_own(
    session, pair, present, qtbot
):
    one, _ = book(session, pair, datetime(2026, 11, 24, 9))
    page = WochePage(session)
    present(page)
    page.show_day(one.day)
    page.view.focus_talk(one.id)

    def of_talk():
        page.view.menu_wanted.emit(page.view.current_card().talk, QPoint(0, 0))
        menu = next(each for each in page.findChildren(QMenu) if each.isVisible())
        return menu, {each.text(): each.menu() for each in menu.actions() if each.menu()}

    menu, own = of_talk()
    assert set(own) == {client.name for client in pair}
    ill = next(each for each in own[pair[1].name].actions() if "Krank" in each.text())
    ill.trigger()
    menu.close()

    states = [open_appointments(session, client) for client in pair]
    assert [len(each) for each in states] == [1, 0]
    page.reload()
    menu, own = of_talk()
    assert own == {}
    assert any("Erschienen" in each.text() for each in menu.actions())
    menu.close()
