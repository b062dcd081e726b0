from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableView, QWidget

from kkd_desktop.actions import appointments, casework, policies
from kkd_desktop.actions import worklist as lists
from kkd_desktop.domain.appointment import AppointmentState, Delivery
from kkd_desktop.domain.contact import ContactForm, NoteType
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.worklist import Entry, GroupId
from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.appointment import AppointmentDialog
from kkd_desktop.gui.dialogs.contact import ContactDialog, open_contact
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone

Present = Callable[[QWidget], None]
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def overdue(session: Session) -> list[Entry]:
    found = lists.worklist(session.context)
    group = next(group for group in found.groups if group.id is GroupId.OVERDUE)
    return [entry for entry in group.entries if entry.appointment is None]


@pytest.fixture
def entry(session: Session) -> Entry:
    return overdue(session)[0]


@pytest.fixture
def dialog(session: Session, entry: Entry, present: Present) -> ContactDialog:
    dialog = ContactDialog(session, entry.client)
    present(dialog)
    return dialog


def test_it_begins_at_the_form(dialog, qtbot):
    qtbot.waitUntil(dialog.fields.form.button("persoenlich").hasFocus)


def test_the_badge_changes_from_telephone_to_personal(dialog, qtbot):
    qtbot.mouseClick(dialog.fields.form.button("telefonisch"), Qt.MouseButton.LeftButton)
    by_phone = dialog.fields.badge.word.text()

    qtbot.mouseClick(dialog.fields.form.button("persoenlich"), Qt.MouseButton.LeftButton)

    assert by_phone == "zählt nicht"
    assert dialog.fields.badge.word.text() == "zählt"
    assert dialog.fields.badge.text.text().startswith("weil ")


def test_the_reason_for_telephoning_is_asked_only_on_the_telephone(dialog, qtbot):
    before = dialog.fields.reason_field.isVisible()

    qtbot.mouseClick(dialog.fields.form.button("telefonisch"), Qt.MouseButton.LeftButton)

    assert not before
    assert dialog.fields.reason_field.isVisible()


def test_a_logged_contact_takes_the_client_out_of_the_overdue(dialog, session, entry, qtbot):
    qtbot.keyClicks(dialog.fields.content, "Bewerbung besprochen")

    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(dialog, Qt.Key.Key_S, CONTROL)

    assert entry.client.id not in [each.client.id for each in overdue(session)]
    assert casework.client_file(session.context, entry.client.id).entry.appointment is None


def test_ctrl_enter_logs_and_books_the_chosen_proposal(dialog, session, entry, qtbot):
    proposed = dialog.next.value()

    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)

    file = casework.client_file(session.context, entry.client.id)
    assert file.history[0].contact.day == session.context.today
    assert file.entry.appointment.start == proposed.start
    assert file.entry.appointment.delivery is Delivery.HANDED_OVER


def test_the_whole_job_needs_no_mouse(dialog, session, entry, qtbot):
    qtbot.waitUntil(dialog.fields.form.button("persoenlich").hasFocus)
    qtbot.keyClick(dialog.fields.form.button("persoenlich"), Qt.Key.Key_Right)
    qtbot.keyClick(dialog, Qt.Key.Key_I, ALT)
    qtbot.keyClicks(dialog.focusWidget(), "Am Telefon gesprochen")
    qtbot.waitUntil(lambda: not dialog.next.due.text().startswith("–"))

    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)

    file = casework.client_file(session.context, entry.client.id)
    assert file.history[0].contact.kind.form is ContactForm.TELEFONISCH
    assert file.history[0].contact.notes.content == "Am Telefon gesprochen"
    assert file.entry.appointment.delivery is Delivery.NONE


def test_arrows_choose_another_proposal(dialog, session, entry, qtbot):
    best = dialog.next.value()
    tile = dialog.next.tiles.button(best.start.isoformat())
    tile.setFocus()

    key = Qt.Key.Key_Left if tile.x() else Qt.Key.Key_Right
    qtbot.keyClick(tile, key)
    chosen = dialog.next.value()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)

    assert chosen.start != best.start
    booked = casework.client_file(session.context, entry.client.id).entry.appointment
    assert booked.start == chosen.start


def test_another_form_brings_other_proposals(dialog, qtbot):
    before = dialog.next.value()

    qtbot.mouseClick(dialog.fields.form.button("telefonisch"), Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: dialog.next.value() != before)
    assert "über der Vorgabe" in dialog.next.due.text()


def test_a_day_of_ones_own_joins_the_tiles_and_is_booked_with_the_contact(
    dialog, session, entry, qtbot
):
    qtbot.mouseClick(dialog.next.other, Qt.MouseButton.LeftButton)
    other = dialog.findChild(AppointmentDialog)
    qtbot.waitUntil(other.isActiveWindow)
    other.purpose.setText("Kooperationsplan")
    chosen = other.day.date().toPython()
    qtbot.keyClick(other, Qt.Key.Key_Return, CONTROL)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)

    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)

    booked = casework.client_file(session.context, entry.client.id).entry.appointment
    assert (booked.day, booked.purpose) == (chosen, "Kooperationsplan")


def test_what_is_agreed_already_stays_unless_another_tile_is_chosen(session, present, qtbot):
    entry = next(
        entry
        for entry in lists.worklist(session.context).entries
        if entry.appointment and entry.appointment.day > session.context.today
    )
    dialog = ContactDialog(session, entry.client)
    present(dialog)

    assert dialog.next.value() is None
    assert dialog.main_button.text() == "Speichern"
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)

    after = casework.client_file(session.context, entry.client.id)
    assert after.entry.appointment == entry.appointment


def test_a_day_in_the_future_is_refused_at_its_field(dialog, session, entry, qtbot):
    before = casework.client_file(session.context, entry.client.id).history
    dialog.fields.at.setDateTime(dialog.fields.at.dateTime().addDays(3))

    qtbot.keyClick(dialog, Qt.Key.Key_S, CONTROL)

    assert "Zukunft" in dialog.fields.at_field.error()
    assert dialog.isVisible()
    assert casework.client_file(session.context, entry.client.id).history == before


def test_escape_does_not_throw_away_a_note_at_once(dialog, qtbot):
    qtbot.keyClicks(dialog.fields.content, "Bewerbung")

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    still_there = dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert still_there
    assert not dialog.isVisible()


def test_without_a_client_the_first_line_asks_for_one(session, entry, present, qtbot):
    dialog = ContactDialog(session, None)
    present(dialog)
    qtbot.waitUntil(dialog.chooser.hasFocus)

    qtbot.keyClick(dialog, Qt.Key.Key_S, CONTROL)
    asked = dialog.client_field.error()
    qtbot.keyClicks(dialog.chooser, entry.client.number)
    qtbot.keyClick(dialog.chooser, Qt.Key.Key_Return)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)

    assert asked
    assert casework.client_file(session.context, entry.client.id).entry.appointment is not None


def test_todays_appointment_is_closed_by_the_contact_that_came_of_it(session, present, qtbot):
    booked = appointments.of_day(session.context, session.context.today)
    appointment, client = next(pair for pair in booked if pair[0].state.is_open)
    dialog = ContactDialog(session, client)
    present(dialog)
    dialog.closes.setChecked(True)

    qtbot.keyClick(dialog, Qt.Key.Key_S, CONTROL)

    stored = appointments.get(session.context, appointment.id)
    assert stored.state is AppointmentState.ATTENDED


def test_a_stored_contact_is_corrected_in_place(session, entry, qtbot):
    file = casework.client_file(session.context, entry.client.id)
    known = file.history[0].contact
    parent = QWidget()
    qtbot.addWidget(parent)
    open_contact(session, entry.client.id, known.id, parent)
    dialog = parent.findChild(ContactDialog)

    dialog.fields.note_type.setCurrentIndex(
        dialog.fields.note_type.findData(NoteType.STANDORTBESTIMMUNG.value)
    )
    qtbot.mouseClick(dialog.main_button, Qt.MouseButton.LeftButton)

    after = casework.client_file(session.context, entry.client.id)
    assert len(after.history) == len(file.history)
    assert after.history[0].contact == replace(
        known,
        kind=replace(known.kind, note_type=NoteType.STANDORTBESTIMMUNG),
        at=after.history[0].contact.at,
    )


def test_a_weekend_offers_no_hour_and_is_refused_with_its_reason(session, entry, present, qtbot):
    dialog = AppointmentDialog(session, entry.client)
    present(dialog)
    saturday = session.context.today + timedelta(days=1)
    dialog.day.setDate(dialog.day.date().fromString(saturday.isoformat(), Qt.DateFormat.ISODate))

    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)

    assert "Wochenende" in dialog.closed.text()
    assert "kein Arbeitstag" in dialog.problem.text()
    assert dialog.isVisible()


def test_an_hour_that_is_taken_is_refused_at_its_field(session, entry, present, qtbot):
    after = session.context.today + timedelta(days=1)
    taken, _ = appointments.between(session.context, after, after + timedelta(days=30))[0]
    dialog = AppointmentDialog(session, entry.client, start=taken.start)
    present(dialog)

    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)

    assert "schon ein anderer Termin" in dialog.problem.text()
    assert dialog.time.property("invalid") == "true"


def test_moving_an_appointment_keeps_it_and_asks_for_a_new_invitation(session, present, qtbot):
    after = session.context.today + timedelta(days=1)
    known, client = appointments.between(session.context, after, after + timedelta(days=30))[0]
    dialog = AppointmentDialog(session, client, known)
    present(dialog)
    before = f"{known.start:%H:%M}"
    hours = dialog.slots.findChildren(QPushButton)
    free = next(button for button in hours if button.text() != before)
    qtbot.mouseClick(free, Qt.MouseButton.LeftButton)

    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)

    moved = appointments.get(session.context, known.id)
    assert f"{moved.start:%H:%M}" == free.text()
    assert (moved.uid, moved.sequence) == (known.uid, known.sequence + 1)
    assert moved.delivery is Delivery.NONE


def test_the_day_of_an_appointment_is_typed_at_once(session, entry, present, qtbot):
    dialog = AppointmentDialog(session, entry.client)
    present(dialog)
    qtbot.waitUntil(dialog.day.hasFocus)
    proposed = dialog.day.date()

    assert dialog.day.lineEdit().selectedText() == f"{proposed.day():02}"
    qtbot.keyClicks(dialog.day, "30")
    assert dialog.day.date().day() == 30


def test_without_a_policy_in_force_nothing_counts_and_nothing_is_booked(
    session, entry, present, qtbot
):
    policies.choose(session.context, "ue2019")
    dialog = ContactDialog(session, entry.client)
    present(dialog)

    assert dialog.fields.badge.word.text() == "kein Konzept in Kraft"
    assert dialog.fields.badge.property("tone") == Tone.NEUTRAL.value
    assert dialog.next.value() is None
    assert dialog.main_button.text() == "Nur speichern"
    assert not dialog.only_save.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)

    file = casework.client_file(session.context, entry.client.id)
    assert file.history[0].contact.day == session.context.today
    assert not [each for each in file.appointments if each.state.is_open]


def test_the_calendar_of_a_moment_is_readable(dialog):
    view = dialog.fields.at.calendarWidget().findChild(QTableView)

    picture = view.grab().toImage()

    corner = picture.pixelColor(picture.width() - 2, picture.height() - 2)
    assert corner.name() == theme.current().surface
