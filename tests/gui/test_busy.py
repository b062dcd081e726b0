"""Other calendars in the settings, and the watch that keeps them up to date."""

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTime, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from kkd_desktop.actions import busy, casework, undo
from kkd_desktop.gui.busy_watch import BusyWatch, watch_of
from kkd_desktop.gui.dialogs.appointment import AppointmentDialog
from kkd_desktop.gui.sections.busy import BusySection, SourceRow

DAY = date(2026, 11, 24)


def write(path: Path, *hours: int) -> Path:
    events = "".join(
        f"BEGIN:VEVENT\nUID:{hour}\nDTSTART:20261124T{hour:02}0000\nDURATION:PT1H\n"
        "SUMMARY:Runde\nEND:VEVENT\n"
        for hour in hours
    )
    path.write_text(f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n")
    return path


class Places:
    """Answers the question for a place without a dialog."""

    def __init__(self, answer: Path | None) -> None:
        self.answer = answer

    def existing(self, parent, title, kind):
        return self.answer

    def folder(self, parent, title):
        return None if self.answer is None else self.answer.parent


@pytest.fixture
def calendar(tmp_path):
    folder = tmp_path / "kalender"
    folder.mkdir()
    return write(folder / "kalender.ics", 9, 13)


@pytest.fixture
def section(session, present, calendar, qtbot):
    section = BusySection(session, places=Places(calendar))
    session.changed.connect(section.show_settings)
    section.resize(780, 500)
    section.show_settings()
    present(section)
    yield section
    watch_of(session).cancel()
    qtbot.waitUntil(lambda: watch_of(session)._task is None)


@pytest.fixture
def watch(session, qtbot) -> BusyWatch:
    watch = watch_of(session)
    watch._soon.setInterval(20)
    watch._patience.setInterval(50)
    watch.follow()
    yield watch
    watch.stop()
    qtbot.waitUntil(lambda: watch._task is None)


def hours(session) -> list[int]:
    return [each.start.hour for each in busy.between(session.context, DAY, DAY)]


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_without_a_calendar_the_card_says_what_to_do(section):
    assert section.empty.isVisible()
    assert "hierher ziehen" in section.empty.text()
    assert not section.bar.isVisible()


def test_a_chosen_file_is_read_and_watched(section, session, qtbot):
    click(qtbot, section.file_button)
    qtbot.waitUntil(lambda: len(section.rows) == 1)

    [row] = section.rows
    assert hours(session) == [9, 13]
    assert row.name.text() == "kalender.ics"
    assert row.number.text() == "2 Zeiten"
    assert row.watch.isChecked()
    assert not row.titles.isChecked()
    assert row.details.text().startswith("Gelesen ")
    assert undo.to_undo(session.context).name == "Fremde Termine aufgenommen"


def test_a_chosen_folder_is_read(section, session, qtbot, calendar):
    write(calendar.with_name("b.ics"), 15)

    click(qtbot, section.folder_button)

    qtbot.waitUntil(lambda: hours(session) == [9, 13, 15])


def test_a_dropped_file_is_read(section, session, qtbot, calendar):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(calendar))])
    common = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    keys = Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(section.rect().center(), *common, keys)

    section.dragEnterEvent(entered)
    section.dropEvent(QDropEvent(QPointF(section.rect().center()), *common, keys))

    assert entered.isAccepted()
    qtbot.waitUntil(lambda: hours(session) == [9, 13])


def test_something_else_cannot_be_dropped(section, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "bild.png"))])
    entered = QDragEnterEvent(
        section.rect().center(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entered.ignore()

    section.dragEnterEvent(entered)

    assert not entered.isAccepted()


def test_a_broken_file_is_refused_in_place_and_leaves_nothing(section, session, qtbot, calendar):
    calendar.write_text("BEGIN:VCALENDAR\nBEGIN:VEVENT\n")

    click(qtbot, section.file_button)
    qtbot.waitUntil(section.fault.isVisible)

    assert "kalender.ics, Zeile 2: Die Datei ist unvollständig" in section.fault.text.text()
    assert section.rows == []
    assert busy.sources(session.context) == ()


def test_titles_come_by_choice_with_a_word_of_warning(section, session, qtbot, watch):
    click(qtbot, section.file_button)
    qtbot.waitUntil(lambda: len(section.rows) == 1)

    assert not section.titles_note.isVisible()
    section.rows[0].titles.click()
    qtbot.waitUntil(
        lambda: [each.title for each in busy.between(session.context, DAY, DAY)] == ["Runde"] * 2
    )

    assert section.titles_note.isVisible()
    assert "Sozialdaten" in section.titles_note.text.text()


def test_a_removed_calendar_comes_back_with_undo(section, session, qtbot):
    click(qtbot, section.file_button)
    qtbot.waitUntil(lambda: len(section.rows) == 1)

    click(qtbot, section.rows[0].remove_button)
    without = hours(session), len(section.rows)
    session.undo()

    assert without == ([], 0)
    assert hours(session) == [9, 13]
    assert len(section.rows) == 1


def test_a_calendar_is_read_again_at_the_users_word(section, session, qtbot, calendar):
    click(qtbot, section.file_button)
    qtbot.waitUntil(lambda: len(section.rows) == 1)
    section.rows[0].watch.click()
    write(calendar, 10)

    click(qtbot, section.rows[0].read_button)

    qtbot.waitUntil(lambda: hours(session) == [10])
    assert not section.rows[0].watch.isChecked()


def test_reading_can_be_cancelled(section, session, qtbot, calendar):
    series = "BEGIN:VEVENT\nDTSTART:20261124T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY\nEND:VEVENT\n"
    calendar.write_text(f"BEGIN:VCALENDAR\n{series * 3000}END:VCALENDAR\n")

    click(qtbot, section.file_button)
    qtbot.waitUntil(section.cancel_button.isVisible)
    assert not section.file_button.isEnabled()
    click(qtbot, section.cancel_button)

    qtbot.waitUntil(lambda: not section.cancel_button.isVisible(), timeout=20_000)
    assert section.file_button.isEnabled()
    assert busy.sources(session.context) == ()


def test_the_keyboard_stays_on_its_control(section, session, qtbot):
    click(qtbot, section.file_button)
    qtbot.waitUntil(lambda: len(section.rows) == 1)
    section.rows[0].watch.setFocus()

    qtbot.keyClick(section.rows[0].watch, Qt.Key.Key_Space)

    assert section.rows[0].watch.hasFocus()
    assert [state.source.watched for state in busy.sources(session.context)] == [False]


def test_tab_goes_through_the_rows_before_the_buttons_below(section, session, qtbot):
    click(qtbot, section.file_button)
    qtbot.waitUntil(lambda: len(section.rows) == 1)
    [row] = section.rows
    row.watch.setFocus()

    gone_through = []
    for _ in range(5):
        qtbot.keyClick(section.focusWidget(), Qt.Key.Key_Tab)
        gone_through.append(section.focusWidget())

    below = [section.file_button, section.folder_button]
    assert gone_through == [row.titles, row.read_button, row.remove_button, *below]


def test_a_watched_file_is_read_when_it_changes(session, watch, calendar, qtbot):
    busy.add_source(session.context, busy.source_at(calendar, watched=True))
    session.changed.emit()

    write(calendar, 10)
    qtbot.waitUntil(lambda: hours(session) == [10])
    other = write(calendar.with_suffix(".neu"), 11)
    other.replace(calendar)

    qtbot.waitUntil(lambda: hours(session) == [11])


def test_a_new_file_in_a_watched_folder_is_read(session, watch, calendar, qtbot):
    busy.add_source(session.context, busy.source_at(calendar.parent, watched=True))
    session.changed.emit()

    write(calendar.with_name("b.ics"), 15)

    qtbot.waitUntil(lambda: hours(session) == [9, 13, 15])


@pytest.fixture
def told(session, watch, calendar, qtbot):
    """What is told of a watched file that was read and then broke."""
    busy.add_source(session.context, busy.source_at(calendar, watched=True))
    session.changed.emit()
    told = []
    session.failed.connect(told.append)
    calendar.write_text("kaputt")
    qtbot.waitUntil(lambda: bool(told))
    return told


def test_a_fault_is_told_once_and_the_last_reading_stays(session, watch, calendar, told, qtbot):
    for _ in range(3):
        watch.look()
        qtbot.waitUntil(lambda: watch._task is None and not watch._queue)

    assert told == ["kalender.ics, Zeile 1: Hier müsste BEGIN:VCALENDAR stehen."]
    assert hours(session) == [9, 13]
    assert "Zeile 1" in busy.sources(session.context)[0].reading.fault
    write(calendar, 10)
    qtbot.waitUntil(lambda: hours(session) == [10])
    assert busy.sources(session.context)[0].reading.fault == ""


def test_a_fault_is_kept_in_german_and_told_in_the_language_of_the_reader(
    english, session, told, qtbot, present
):
    said = "kalender.ics, line 1: "
    assert told[0].startswith(said)
    [state] = busy.sources(session.context)
    assert state.reading.fault == "kalender.ics, Zeile 1: Hier müsste BEGIN:VCALENDAR stehen."
    row = SourceRow(state)
    qtbot.addWidget(row)
    assert row.fault.text().startswith(told[0])


def test_a_file_that_is_half_written_is_no_fault(session, watch, calendar, qtbot):
    busy.add_source(session.context, busy.source_at(calendar, watched=True))
    session.changed.emit()
    watch._patience.setInterval(2000)
    told = []
    session.failed.connect(told.append)

    calendar.write_text("BEGIN:VCALENDAR\n")
    qtbot.waitUntil(watch._patience.isActive)
    write(calendar, 10)

    qtbot.waitUntil(lambda: hours(session) == [10])
    assert told == []


def test_a_source_that_came_back_without_its_times_is_read(session, watch, calendar, qtbot):
    busy.import_once(session.context, calendar)
    session.undo()
    session.redo()

    qtbot.waitUntil(lambda: hours(session) == [9, 13])


def test_a_removed_source_is_watched_no_longer(session, watch, calendar, qtbot):
    state = busy.add_source(session.context, busy.source_at(calendar, watched=True))
    session.changed.emit()
    busy.remove_source(session.context, state.source.id)
    session.changed.emit()

    assert watch._files.files() == []
    assert not watch._every.isActive()


def test_an_hour_that_another_calendar_has_is_said_and_can_be_booked(
    session, calendar, present, qtbot
):
    busy.import_once(session.context, calendar)
    client = casework.all_clients(session.context)[0]
    dialog = AppointmentDialog(session, client, start=datetime(2026, 11, 24, 11), minutes=45)
    present(dialog)
    before = dialog.clash.isVisible()

    dialog.time.setTime(QTime(9, 30))
    said = dialog.clash.text()
    with qtbot.waitSignal(dialog.stored) as stored:
        dialog.submit()

    assert not before
    assert said == (
        "Überschneidet sich mit Ihrem Kalender: Di 24.11.2026, 09:00 bis 10:00 (belegt)"
    )
    assert stored.args[0].start == datetime(2026, 11, 24, 9, 30)


def test_the_time_of_reading_is_local(session, calendar):
    session.context.now = lambda: datetime(2026, 11, 20, 8, 15)

    state = busy.import_once(session.context, calendar)

    assert state.read_at == datetime(2026, 11, 20, 9, 15)
