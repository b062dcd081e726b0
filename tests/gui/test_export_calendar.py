"""Calendar files by clicks, read back with icalendar."""

from datetime import date, datetime

import pytest
from icalendar import Calendar
from PySide6.QtCore import QSize, Qt

from kkd_desktop.actions import appointments
from kkd_desktop.domain.calendar_form import Preparation
from kkd_desktop.gui.dialogs.export_calendar import ExportCalendarDialog
from kkd_desktop.gui.dialogs.help import HelpDesk

LEFT = Qt.MouseButton.LeftButton
PERIOD = date(2026, 11, 20), date(2026, 12, 17)


class Places:
    def __init__(self, folder):
        self.folder_given = folder
        self.name = "termine.ics"

    def file(self, parent, title, name, kind):
        return None if self.name is None else self.folder_given / self.name

    def folder(self, parent, title):
        return self.folder_given / "einzeln"


@pytest.fixture
def places(tmp_path):
    return Places(tmp_path)


@pytest.fixture
def opened(session, present, places):
    def open_dialog():
        dialog = ExportCalendarDialog(session, *PERIOD, places)
        present(dialog)
        return dialog

    return open_dialog


class SmallScreen:
    """1280 × 800 pixels at 200 %."""

    def availableSize(self) -> QSize:
        return QSize(640, 400)


def test_on_a_small_screen_it_scrolls_and_is_not_gone(opened, monkeypatch):
    monkeypatch.setattr(ExportCalendarDialog, "screen", lambda dialog: SmallScreen())

    dialog = opened()
    dialog.show_error("Der Ordner ist voll.")

    assert 300 <= dialog.height() <= 400
    button = dialog.export_button
    assert dialog.rect().contains(button.mapTo(dialog, button.rect().center()))


def events(path):
    return Calendar.from_ical(path.read_bytes()).walk("VEVENT")


def standing(session):
    booked = appointments.between(session.context, *PERIOD)
    return [pair for pair in booked if pair[0].state.is_standing]


def exported(opened, qtbot):
    dialog = opened()
    qtbot.mouseClick(dialog.export_button, LEFT)
    qtbot.waitUntil(lambda: not dialog.is_busy())
    return dialog


def test_all_new_appointments_go_out_with_initials_only(session, opened, qtbot, tmp_path):
    dialog = opened()
    assert dialog.changed.isChecked()
    assert dialog.summary.text() == "7 Termine"

    with qtbot.waitSignal(session.done) as done:
        qtbot.mouseClick(dialog.export_button, LEFT)

    written = events(tmp_path / "termine.ics")
    assert {str(event["UID"]) for event in written} == {a.uid for a, _ in standing(session)}
    assert not dialog.isVisible()
    assert done.args == [f"7 Termine gespeichert in {tmp_path}"]
    summaries = " ".join(str(event["SUMMARY"]) for event in written)
    assert all(client.initials in summaries for _, client in standing(session))
    assert not any(client.last_name in summaries for _, client in standing(session))


def test_the_second_time_there_is_nothing_new(opened, qtbot):
    exported(opened, qtbot)

    dialog = opened()

    assert dialog.summary.text() == "Nichts zu exportieren"
    assert "7 Termine sind unverändert" in dialog.remark.text()
    assert not dialog.export_button.isEnabled()


def test_a_moved_appointment_goes_out_alone_with_its_sequence(
    session, opened, places, qtbot, tmp_path
):
    exported(opened, qtbot)
    moved = standing(session)[-1][0]
    appointments.move(session.context, moved.id, datetime(2026, 12, 1, 15, 15))
    places.name = "neu.ics"

    dialog = exported(opened, qtbot)

    [event] = events(tmp_path / "neu.ics")
    assert dialog.remark.text().startswith("1 davon seit dem letzten Export geändert.")
    assert (str(event["UID"]), event["SEQUENCE"]) == (moved.uid, 1)
    assert event["DTSTART"].dt.replace(tzinfo=None) == datetime(2026, 12, 1, 15, 15)


def test_cancellations_get_a_file_of_their_own(session, opened, places, qtbot, tmp_path):
    exported(opened, qtbot)
    gone = standing(session)[-1][0]
    appointments.cancel(session.context, gone.id)
    places.name = "neu.ics"

    dialog = exported(opened, qtbot)

    calendar = Calendar.from_ical((tmp_path / "neu-absagen.ics").read_bytes())
    [event] = calendar.walk("VEVENT")
    assert dialog.summary.text() == "1 Absage"
    assert str(calendar["METHOD"]) == "CANCEL"
    assert (str(event["UID"]), event["SEQUENCE"]) == (gone.uid, 1)
    assert not (tmp_path / "neu.ics").exists()


def test_one_cancelled_before_any_calendar_knew_it_is_not_in_the_file_and_told(session, opened):
    appointments.cancel(session.context, standing(session)[-1][0].id)

    dialog = opened()

    assert dialog.summary.text() == "6 Termine"
    assert dialog.remark.text().startswith("1 Termin nicht enthalten")


def test_for_outlook_every_appointment_gets_its_own_file(session, opened, qtbot, tmp_path):
    dialog = opened()
    qtbot.mouseClick(dialog.one_each, LEFT, pos=dialog.one_each.rect().center() / 8)
    assert dialog.one_each.isChecked()

    qtbot.mouseClick(dialog.export_button, LEFT)
    qtbot.waitUntil(lambda: not dialog.isVisible())

    files = sorted((tmp_path / "einzeln").iterdir())
    found = [str(event["UID"]) for file in files for event in events(file)]
    assert len(files) == 7
    assert found == [a.uid for a, _ in standing(session)]


def test_full_names_are_a_choice_with_a_warning(session, opened, qtbot, tmp_path):
    dialog = opened()
    assert not dialog.warning.isVisible()

    qtbot.mouseClick(dialog.privacy.button("full"), LEFT)
    assert dialog.warning.isVisible()
    qtbot.mouseClick(dialog.export_button, LEFT)
    qtbot.waitUntil(lambda: not dialog.isVisible())

    summaries = {str(event["SUMMARY"]) for event in events(tmp_path / "termine.ics")}
    assert summaries == {f"Termin {client.name}" for _, client in standing(session)}


def test_a_place_that_cannot_be_written_is_told_in_the_dialog(opened, places, qtbot):
    places.name = "gibtesnicht/termine.ics"

    dialog = exported(opened, qtbot)

    assert dialog.isVisible()
    assert "den Ordner gibt es nicht" in dialog.error.text.text()
    places.name = "termine.ics"
    qtbot.mouseClick(dialog.export_button, LEFT)
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_who_gives_up_the_place_is_back_in_the_dialog(session, opened, places, qtbot):
    places.name = None

    with qtbot.assertNotEmitted(session.changed):
        dialog = exported(opened, qtbot)

    assert dialog.isVisible()


def choose(qtbot, field, downs):
    """The entry so many below the first one, by the keyboard."""
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Home)
    for _ in range(downs):
        qtbot.keyClick(field, Qt.Key.Key_Down)


def test_reminder_and_preparation_begin_as_set_and_hold_for_this_export_only(
    session, opened, qtbot, tmp_path
):
    first = standing(session)[-1][0]
    with session.context.store.write() as transaction:
        transaction.update("appointment", first.id, {"preparation": 15})
    session.context.change_settings(reminder=20)
    dialog = opened()
    assert dialog.reminder.currentText() == "20 Minuten vorher"
    assert dialog.preparation.currentText() == "im Eintrag des Termins enthalten"

    choose(qtbot, dialog.reminder, 2)
    choose(qtbot, dialog.preparation, 1)
    qtbot.mouseClick(dialog.export_button, LEFT)
    qtbot.waitUntil(lambda: not dialog.isVisible())

    written = events(tmp_path / "termine.ics")
    apart = [event for event in written if event["SUMMARY"] == "Vor- und Nachbereitung"]
    alarms = [alarm for event in written for alarm in event.walk("VALARM")]
    assert len(apart) == 1
    assert {alarm["TRIGGER"].to_ical() for alarm in alarms} == {b"-PT10M"}
    assert session.context.settings.reminder == 20


def test_the_link_opens_the_page_about_programs_at_hand(opened, qtbot):
    dialog = opened()

    qtbot.mouseClick(dialog.help_button, LEFT)

    [desk] = dialog.findChildren(HelpDesk)
    page = desk.window
    assert page.isVisible()
    assert "Thunderbird" in page.reader.toPlainText()


def test_a_form_without_the_time_after_talks_takes_it_out_of_the_calendar(
    session, opened, qtbot, tmp_path
):
    session.context.now = lambda: datetime(2026, 11, 20, 8)
    talk = standing(session)[0][0]
    with session.context.store.write("Vorbereitung") as transaction:
        transaction.update("appointment", talk.id, {"preparation": 15})
    session.context.change_settings(preparation=Preparation.APART)
    exported(opened, qtbot)

    dialog = opened()
    dialog.all.setChecked(True)
    assert "absagen" not in dialog.remark.text()
    dialog.preparation.setCurrentIndex(0)
    assert "„Vor- und Nachbereitung“" in dialog.remark.text()
    qtbot.mouseClick(dialog.export_button, LEFT)
    qtbot.waitUntil(lambda: not dialog.is_busy())

    [gone] = events(tmp_path / "termine-absagen.ics")
    assert (gone["STATUS"], gone["SUMMARY"]) == ("CANCELLED", "Vor- und Nachbereitung")
