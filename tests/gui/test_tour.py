"""The tour of the first steps: done by the keys alone, left, resumed, and over when it is done."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from kkd_desktop.actions import appointments, casework, policies, stores, undo
from kkd_desktop.actions import tour as tours
from kkd_desktop.actions.secrets import Passphrase, key_of
from kkd_desktop.actions.tour import TourState, TourStep
from kkd_desktop.gui.dialogs.client import ClientDialog
from kkd_desktop.gui.dialogs.contact import ContactDialog
from kkd_desktop.gui.dialogs.export_calendar import ExportCalendarDialog
from kkd_desktop.gui.dialogs.help import HelpDesk
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.workplace import Workplace

TODAY = date(2026, 11, 20)
SECRET = Passphrase("nur für diese Prüfung")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


class Places:
    def __init__(self, folder):
        self.into = folder

    def file(self, parent, title, name, kind):
        return self.into / name

    def folder(self, parent, title):
        return self.into


@pytest.fixture
def empty(tmp_path, qapp):
    path = tmp_path / "bestand.kkd"
    context = stores.create_caseload(path, SECRET, TODAY)
    policies.choose(context, "mg2012")
    stores.remember_holidays(context)
    context.store.close()
    with stores.open_caseload(path, key_of(path, SECRET), TODAY) as opened:
        yield Session(opened)


@pytest.fixture
def start(tmp_path, present, qtbot):
    made = []

    def start(session, **options):
        settings = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
        workplace = Workplace(session, settings, places=Places(tmp_path), **options)
        with qtbot.waitSignal(workplace.settling):
            present(workplace.window)
        qtbot.wait(1)
        made.append(workplace)
        return workplace

    yield start
    for each in made:
        each.close()


def shows_card(workplace):
    return "tour" in workplace.__dict__ and workplace.tour.card.isVisible()


class Keys:
    """Whoever has nothing but a keyboard."""

    def __init__(self, qtbot, window):
        self._qtbot, self._window = qtbot, window

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self._qtbot.keyClick(QApplication.focusWidget() or self._window, key, modifier)

    def type(self, *texts):
        """Each text into its field, the next one with Tab."""
        for text in texts:
            if text:
                self._qtbot.keyClicks(QApplication.focusWidget(), text)
            self.press(Key.Key_Tab)

    def tab_to(self, widget, back=False):
        for _ in range(80):
            if widget.hasFocus():
                return
            self.press(Key.Key_Backtab if back else Key.Key_Tab, SHIFT if back else Qt.NoModifier)
        raise AssertionError(f"Tab does not lead to {widget.accessibleName()}")

    def dialog(self, kind):
        self._qtbot.waitUntil(lambda: type(QApplication.activeWindow()) is kind)
        self._qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        return QApplication.activeWindow()

    def until_closed(self, kind):
        self._qtbot.waitUntil(
            lambda: not any(each.isVisible() for each in self._window.findChildren(kind))
        )

    def back(self):
        self._window.activateWindow()
        self._qtbot.waitUntil(self._window.isActiveWindow)


def fill_in_the_office(keys, workplace, qtbot):
    qtbot.waitUntil(lambda: workplace.tour.light() is not None)
    office = workplace.window.page("einstellungen").office
    qtbot.waitUntil(lambda: office.isAncestorOf(QApplication.focusWidget()))
    keys.type("Jobcenter Musterstadt", "M. Beispiel", "Amtsweg 1", "12345", "Musterstadt")


def take_in_somebody(keys, workplace, qtbot):
    people = workplace.window.page("kunden")
    qtbot.waitUntil(people.import_button.hasFocus)
    keys.tab_to(people.add_button)
    keys.press(Key.Key_Space)
    person = keys.dialog(ClientDialog)
    keys.type("Beispiel", "Amina", "123A499999", "AB1", "05.05.1988", "02.11.2026")
    keys.tab_to(person.facts["profile"].value)
    qtbot.keyClicks(QApplication.focusWidget(), "Markt")
    keys.press(Key.Key_Return, CONTROL)
    keys.until_closed(ClientDialog)


def log_the_first_talk(keys, workplace, qtbot):
    qtbot.waitUntil(workplace.window.bar.contact.hasFocus)
    assert [place.isEmpty() for place in workplace.tour.light().places()] == [False]
    keys.press(Key.Key_Space)
    talk = keys.dialog(ContactDialog)
    qtbot.waitUntil(lambda: talk.next.value() is not None)
    keys.press(Key.Key_Return, CONTROL)
    keys.until_closed(ContactDialog)


def hand_out_the_appointment(keys, workplace, qtbot):
    letters = workplace.window.page("einladungen")
    qtbot.waitUntil(lambda: workplace.tour.light() is not None)
    assert QApplication.focusWidget() in (letters.write_button, letters.calendar_button)
    keys.tab_to(letters.calendar_button, back=True)
    keys.press(Key.Key_Space)
    keys.dialog(ExportCalendarDialog)
    keys.press(Key.Key_Return, CONTROL)
    keys.until_closed(ExportCalendarDialog)


def test_the_first_steps_are_done_by_the_keys_alone(empty, start, qtbot, tmp_path):
    workplace = start(empty)
    card = workplace.tour.card
    keys = Keys(qtbot, workplace.window)
    work = (fill_in_the_office, take_in_somebody, log_the_first_talk, hand_out_the_appointment)

    for step, do in zip(TourStep, work, strict=True):
        assert card.next_step() is step
        keys.press(Key.Key_1, CONTROL)
        keys.tab_to(card.go_button)
        keys.press(Key.Key_Space)
        do(keys, workplace, qtbot)
        keys.back()

    [client] = casework.all_clients(empty.context)
    assert casework.client_file(empty.context, client.id).entry.appointment is not None
    assert list(tmp_path.glob("*.ics"))
    assert tours.tour(empty.context).state is TourState.DONE
    keys.press(Key.Key_1, CONTROL)
    assert card.isVisible()
    keys.tab_to(card.later_button)
    keys.press(Key.Key_Space)
    assert not card.isVisible()


def test_what_is_done_elsewhere_is_said_there_with_the_way_on(empty, start, qtbot):
    workplace = start(empty)
    window = workplace.window
    window.show_page("einstellungen")

    empty.perform(
        lambda context: context.change_settings(
            office="Jobcenter", street="Amtsweg 1", postcode="12345", city="Musterstadt"
        )
    )

    notice = window.notices._notices["tour"]
    assert notice.text.text() == "Rundgang: „Konzept und Büro“ ist getan."
    qtbot.mouseClick(notice.button, Qt.MouseButton.LeftButton)
    assert window.current_page() == "heute"
    assert workplace.tour.card.go_button.hasFocus()
    assert "tour" not in window.notices._notices


def test_it_is_left_and_resumed_where_it_was(empty, start, qtbot):
    workplace = start(empty)
    card = workplace.tour.card
    qtbot.mouseClick(card.later_button, Qt.MouseButton.LeftButton)
    assert not card.isVisible()
    assert tours.tour(empty.context).state is TourState.LEFT
    workplace.window.close()

    again = start(Session(empty.context))
    assert not shows_card(again)
    again.show_help()
    [desk] = again.window.findChildren(HelpDesk)
    desk.window.reader.link_followed.emit("rundgang")

    assert shows_card(again)
    assert again.tour.card.go_button.hasFocus()


def test_it_goes_on_after_a_restart_though_people_have_come(empty, start, session):
    start(empty).window.close()
    client = casework.all_clients(session.context)[0]
    casework.add_client(empty.context, client, {})

    again = start(Session(empty.context))

    assert shows_card(again)
    assert TourStep.PEOPLE in tours.tour(empty.context).done


def test_nobody_who_has_a_caseload_already_meets_it(session, start):
    workplace = start(session)

    assert not shows_card(workplace)
    assert tours.tour(session.context) is None


def test_the_example_begins_with_what_is_new_to_it(session, start):
    workplace = start(session, is_demo=True)

    assert workplace.tour.card.isVisible()
    assert tours.tour(session.context).done == {TourStep.OFFICE, TourStep.PEOPLE}


def test_the_palette_brings_it_and_what_was_done_before_does_not_count(session, start, qtbot):
    workplace = start(session)
    workplace.window.tour_requested.emit()

    assert workplace.tour.card.isVisible()
    assert workplace.tour.card.next_step() is TourStep.CONTACT


def test_the_tour_itself_is_no_step_that_could_be_taken_back(session, start):
    workplace = start(session)
    before = undo.to_undo(session.context)

    workplace.show_tour()
    workplace.tour.leave()

    assert undo.to_undo(session.context) == before


def test_what_is_taken_back_is_to_be_done_again(empty, start, session):
    workplace = start(empty)
    client = casework.all_clients(session.context)[0]
    empty.perform(
        lambda context: casework.add_client(context, client, {}), lambda: "Person erfasst"
    )
    assert TourStep.PEOPLE in tours.tour(empty.context).done

    workplace.undo()

    assert TourStep.PEOPLE not in tours.tour(empty.context).done


def test_a_ring_goes_with_its_control_and_lets_clicks_through(session, start, qtbot):
    workplace = start(session)
    workplace.show_tour()
    workplace.tour.lead_to(TourStep.CONTACT)
    light, button = workplace.tour.light(), workplace.window.bar.contact

    assert light.places()[0].contains(button.mapTo(workplace.window, button.rect().center()))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert not light.isVisible()
    [dialog] = [each for each in workplace.window.findChildren(ContactDialog) if each.isVisible()]
    dialog.reject()


def test_an_appointment_alone_is_not_a_logged_contact(session):
    tours.begin(session.context)
    client = casework.all_clients(session.context)[0]
    appointments.book(session.context, client, datetime(2026, 12, 1, 9), 45)

    assert TourStep.CONTACT not in tours.tour(session.context).done
