"""The live calendar file in the window: chosen by clicks, followed by itself, faults said once."""

import os
import shutil
from datetime import date

import pytest
from icalendar import Calendar
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication

from kkd_desktop.actions import appointments, calendar_export, live_calendar, stores
from kkd_desktop.domain.calendar_form import Preparation
from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.gui.dialogs.help import HelpDesk
from kkd_desktop.gui.pages.einstellungen import EinstellungenPage
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.banner import Notice
from kkd_desktop.gui.workplace import Workplace

LEFT = Qt.MouseButton.LeftButton
TODAY = date(2026, 11, 20)


class Places:
    def __init__(self, path):
        self.path = path

    def file(self, parent, title, name, kind):
        return self.path


@pytest.fixture
def path(tmp_path):
    (tmp_path / "kalender").mkdir()
    return tmp_path / "kalender" / "laufend.ics"


@pytest.fixture
def card(session, present, path):
    page = EinstellungenPage(session, places=Places(path))
    page.resize(1100, 800)
    present(page)
    page.show_section(page.calendar)
    yield page.calendar
    session.finish()


@pytest.fixture
def workplace(session, qtbot, tmp_path):
    stored = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    workplace = Workplace(session, stored)
    qtbot.addWidget(workplace.window)
    with qtbot.waitSignal(workplace.settling):
        workplace.window.show()
    yield workplace
    session.finish()
    workplace.close()


def events(path):
    return {str(each["UID"]): each for each in Calendar.from_ical(path.read_bytes()).walk("VEVENT")}


def open_ones(session):
    coming = appointments.between(session.context, TODAY, calendar_export.FAR)
    return [each for each, _ in coming if each.state.is_open and each.day > TODAY]


def choose(session, path, qtbot):
    with qtbot.waitSignal(session.live_calendar.settled):
        session.perform(lambda context: live_calendar.choose(context, path))


def notices(workplace):
    return [each.text.text() for each in workplace.window.findChildren(Notice) if each.isVisible()]


def test_a_click_chooses_the_file_and_it_is_there_a_moment_later(card, session, path, qtbot):
    assert card.path.text() == "Ausgeschaltet."
    assert not card.off_button.isVisible()

    with qtbot.waitSignal(session.live_calendar.settled):
        qtbot.mouseClick(card.choose_button, LEFT)

    assert set(events(path)) >= {each.uid for each in open_ones(session)}
    assert card.path.text().replace("\u200b", "") == str(path)
    assert card.written.text().startswith("Zuletzt geschrieben: ")
    assert card.off_button.isVisible()


def test_every_change_in_the_window_and_undo_reach_it(workplace, session, path, qtbot):
    choose(session, path, qtbot)
    [wanted, *_] = open_ones(session)

    with qtbot.waitSignal(session.live_calendar.settled):
        session.perform(
            lambda context: appointments.cancel(context, wanted.id), lambda: "Termin abgesagt"
        )
    assert events(path)[wanted.uid]["STATUS"] == "CANCELLED"

    with qtbot.waitSignal(session.live_calendar.settled):
        session.undo()
    assert events(path)[wanted.uid]["STATUS"] == "CONFIRMED"


def test_what_another_process_stored_reaches_it_too(
    workplace, session, path, qtbot, demo_file, tmp_path
):
    choose(session, path, qtbot)
    [wanted, *_] = open_ones(session)
    with stores.open_caseload(session.context.store.path, demo_file[1], TODAY) as other:
        appointments.cancel(other, wanted.id)

    with qtbot.waitSignal(session.live_calendar.settled):
        session.look_for_changes()

    assert events(path)[wanted.uid]["STATUS"] == "CANCELLED"


def test_without_a_file_nothing_is_ever_done(workplace, session, qtbot):
    with qtbot.assertNotEmitted(session.live_calendar.settled, wait=500):
        session.perform(lambda context: appointments.cancel(context, open_ones(session)[0].id))


def test_a_fault_is_said_once_and_work_goes_on_until_it_passes(workplace, session, path, qtbot):
    choose(session, path, qtbot)
    shutil.move(path.parent, path.parent.with_name("weg"))
    told = []
    session.live_calendar.told.connect(told.append)

    for wanted in open_ones(session)[:2]:
        with qtbot.waitSignal(session.live_calendar.settled):
            session.perform(lambda context, each=wanted: appointments.cancel(context, each.id))

    [sentence] = told
    assert "den Ordner gibt es nicht" in sentence
    assert sentence in notices(workplace)
    assert len([each for each in open_ones(session) if each.id == wanted.id]) == 0

    shutil.move(path.parent.with_name("weg"), path.parent)
    [notice] = [
        each for each in workplace.window.findChildren(Notice) if each.text.text() == sentence
    ]
    with qtbot.waitSignal(session.live_calendar.settled):
        qtbot.mouseClick(notice.button, LEFT)
    assert sentence not in notices(workplace)
    assert events(path)[wanted.uid]["STATUS"] == "CANCELLED"


def test_what_is_put_off_is_done_before_the_caseload_closes(session, path, qtbot):
    choose(session, path, qtbot)
    [wanted, *_] = open_ones(session)
    session.perform(lambda context: appointments.cancel(context, wanted.id))
    assert events(path)[wanted.uid]["STATUS"] == "CONFIRMED"

    session.finish()

    assert events(path)[wanted.uid]["STATUS"] == "CANCELLED"


def test_the_window_catches_up_with_a_file_that_fell_behind(session, path, qtbot, tmp_path):
    choose(session, path, qtbot)
    [wanted, *_] = open_ones(session)
    session.finish()
    # As a process that was killed leaves it.
    appointments.cancel(session.context, wanted.id)
    late = Session(session.context)
    stored = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    workplace = Workplace(late, stored)
    qtbot.addWidget(workplace.window)

    workplace.window.show()
    qtbot.waitUntil(lambda: events(path)[wanted.uid]["STATUS"] == "CANCELLED")

    late.finish()
    workplace.close()


def test_switched_off_by_a_click_the_file_goes(card, session, path, qtbot):
    choose(session, path, qtbot)

    with qtbot.waitSignal(session.live_calendar.settled):
        qtbot.mouseClick(card.off_button, LEFT)

    assert not path.exists()
    assert card.path.text() == "Ausgeschaltet."


def test_a_file_of_another_program_is_refused_on_the_card(card, session, path, qtbot):
    path.write_text("BEGIN:VCALENDAR\r\nPRODID:-//Andere//DE\r\nEND:VCALENDAR\r\n")

    qtbot.mouseClick(card.choose_button, LEFT)

    assert "stammt aus einem anderen Programm" in card.fault.text.text()
    assert card.fault.isVisible()
    assert session.context.settings.live_calendar == ""


def test_the_address_to_subscribe_to_is_copied(card, session, path, qtbot):
    choose(session, path, qtbot)

    qtbot.mouseClick(card.copy_button, LEFT)

    assert QGuiApplication.clipboard().text() == path.as_uri()


def test_form_is_chosen_with_the_keyboard_and_the_file_follows(card, session, path, qtbot):
    choose(session, path, qtbot)
    card.reminder.setFocus()
    with qtbot.waitSignal(session.live_calendar.settled):
        qtbot.keyClick(card.reminder, Qt.Key.Key_Down)
    card.preparation.setFocus()
    qtbot.keyClick(card.preparation, Qt.Key.Key_Down)
    qtbot.mouseClick(card.level.button(Privacy.NEUTRAL), LEFT)

    session.finish()

    settings = session.context.settings
    assert (settings.reminder, settings.preparation) == (5, Preparation.APART)
    names = {str(each["SUMMARY"]) for each in events(path).values()}
    assert names == {"Termin", "Vor- und Nachbereitung"}
    assert b"-PT5M" in path.read_bytes()


def test_the_card_leads_to_the_help(card, qtbot):
    qtbot.mouseClick(card.help_button, LEFT)

    desks = card.window().findChildren(HelpDesk)
    assert [each.window.isVisible() for each in desks] == [True]


def test_the_search_field_leads_to_the_help(workplace, qtbot):
    workplace.window.activateWindow()
    qtbot.waitUntil(workplace.window.isActiveWindow)
    qtbot.keyClick(workplace.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(workplace.window.commands, "welcher weg")
    qtbot.waitUntil(workplace.window.commands.is_open)

    qtbot.keyClick(workplace.window.commands, Qt.Key.Key_Return)

    desks = workplace.window.findChildren(HelpDesk)
    assert [each.window.isVisible() for each in desks] == [True]


def test_many_changes_in_one_go_are_one_file(session, path, qtbot):
    choose(session, path, qtbot)
    before = os.stat(path).st_ino
    for wanted in open_ones(session)[:3]:
        session.perform(lambda context, each=wanted: appointments.cancel(context, each.id))

    with qtbot.waitSignal(session.live_calendar.settled):
        pass

    assert os.stat(path).st_ino != before
    assert not session.live_calendar.is_busy()
