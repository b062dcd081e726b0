"""The whole job by clicks and keys, from the open caseload to the files that leave it."""

import os
import subprocess
import sys
from datetime import UTC, date
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from icalendar import Calendar
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from kkd_desktop.actions import appointments, casework, stores
from kkd_desktop.actions import worklist as lists
from kkd_desktop.actions.secrets import Passphrase, key_of
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import AppointmentState
from kkd_desktop.domain.contact import NoteType
from kkd_desktop.domain.outcome import State
from kkd_desktop.domain.worklist import GROUP_TITLES, GroupId
from kkd_desktop.gui.dialogs.appointment import AppointmentDialog
from kkd_desktop.gui.dialogs.contact import ContactDialog
from kkd_desktop.gui.dialogs.export_calendar import ExportCalendarDialog
from kkd_desktop.gui.dialogs.list_preview import ListPreview
from kkd_desktop.gui.models.history import VERDICT
from kkd_desktop.gui.models.worklist import WorklistRow
from kkd_desktop.gui.pages.einladungen import Period
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.workplace import Workplace

TODAY = date(2026, 11, 20)
PASSPHRASE = "nur für diese Prüfung"
LATE = GROUP_TITLES[GroupId.OVERDUE]
LEFT = Qt.MouseButton.LeftButton
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Places:
    """Answers the question for a place without a dialog."""

    def __init__(self, folder):
        self.into = folder
        self.name = ""

    def file(self, parent, title, name, kind):
        return self.into / (self.name or name)

    def folder(self, parent, title):
        return self.into


class Person:
    """Whoever sits before the window: clicks, types, and reads what is shown."""

    def __init__(self, workplace, qtbot, places):
        self.workplace, self.qtbot, self.places = workplace, qtbot, places
        self.window, self.session = workplace.window, workplace.session

    @property
    def context(self):
        return self.session.context

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        """A key where the keyboard is, as the window system would deliver it."""
        self.qtbot.keyClick(QApplication.focusWidget(), key, modifier)

    def type(self, text):
        self.qtbot.keyClicks(QApplication.focusWidget(), text)

    def click(self, widget):
        self.qtbot.mouseClick(widget, LEFT)

    def pick(self, button):
        """Click a radio button or check box where its mark is."""
        self.qtbot.mouseClick(button, LEFT, pos=QPoint(8, button.height() // 2))

    def go_to(self, page):
        self.click(self.window.rail.button(page))
        # A page that was just made is laid out in the next turn.
        QApplication.processEvents()
        return self.window.page(page)

    def dialog(self, kind):
        """The open dialog of a kind, once it has the keyboard."""

        def has_keyboard():
            active = QApplication.activeWindow()
            assert type(active) is kind
            assert active.isAncestorOf(QApplication.focusWidget())

        self.qtbot.waitUntil(has_keyboard)
        return QApplication.activeWindow()

    def back_in_window(self):
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def booked(self, client_id):
        return casework.client_file(self.context, client_id).entry.appointment

    def select_appointment(self, page, appointment_id):
        place = next(
            place
            for place, each in enumerate(page.model.rows())
            if each.appointment.id == appointment_id
        )
        area = page.table.visualRect(page.model.index(place, 0))
        self.qtbot.mouseClick(page.table.viewport(), LEFT, pos=area.center())

    def export(self, name):
        """The new and changed appointments, by clicks; returns the line that said what came out."""
        page = self.go_to("einladungen")
        self.places.name = name
        self.click(page.calendar_button)
        dialog = self.dialog(ExportCalendarDialog)
        said = dialog.summary.text()
        self.click(dialog.export_button)
        self.qtbot.waitUntil(lambda: not self.window.findChildren(ExportCalendarDialog))
        self.back_in_window()
        return said

    def notices(self):
        return [
            child.accessibleName()
            for child in self.window.notices.findChildren(QWidget)
            if child.property("kind") == "banner" and child.isVisible()
        ]


@pytest.fixture(scope="module")
def caseload(tmp_path_factory):
    path = tmp_path_factory.mktemp("vorlage") / "beispiel.kkd"
    secret = Passphrase(PASSPHRASE)
    stores.create_demo(path, secret, TODAY, clients=60).store.close()
    return path.read_bytes(), key_of(path, secret)


@pytest.fixture
def path(tmp_path, caseload):
    place = tmp_path / "beispiel.kkd"
    place.write_bytes(caseload[0])
    place.chmod(0o600)
    return place


@pytest.fixture
def person(path, caseload, tmp_path, qtbot):
    settings = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    (tmp_path / "ausgabe").mkdir()
    places = Places(tmp_path / "ausgabe")
    with stores.open_caseload(path, caseload[1], TODAY) as context:
        workplace = Workplace(Session(context), settings, is_demo=True, places=places)
        with qtbot.waitSignal(workplace.settling):
            workplace.window.show()
            workplace.window.activateWindow()
        qtbot.waitUntil(workplace.window.isActiveWindow)
        yield Person(workplace, qtbot, places)
        with qtbot.waitSignal(workplace.window.destroyed):
            workplace.close()


@pytest.fixture
def heute(person):
    page = person.window.page("heute")
    person.qtbot.waitUntil(page.proposer.is_done)
    return page


def overdue(context):
    """Who is overdue and has no appointment yet, in the order of the action."""
    group = next(g for g in lists.worklist(context).groups if g.id is GroupId.OVERDUE)
    return [entry for entry in group.entries if entry.appointment is None]


def listed_first(context):
    return lists.worklist(context).listed[0].entries[0]


def rows(page):
    model = page.worklist.list_model
    items = [model.item(place) for place in range(model.rowCount())]
    return [item for item in items if isinstance(item, WorklistRow)]


def groups(page):
    """The heading above each client."""
    model, title, found = page.worklist.list_model, "", {}
    for place in range(model.rowCount()):
        item = model.item(place)
        if isinstance(item, WorklistRow):
            found[item.key] = title
        else:
            title = item.title
    return found


def events(file):
    return Calendar.from_ical(file.read_bytes()).walk("VEVENT")


def event_of(file, uid):
    [event] = [each for each in events(file) if str(each["UID"]) == uid]
    return event


def utc(moment):
    return moment.replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)


def log_by_keys(person, note):
    """Ctrl+N, the note, Ctrl+Enter; returns the moment that was proposed."""
    person.press(Qt.Key.Key_N, CONTROL)
    dialog = person.dialog(ContactDialog)
    person.press(Qt.Key.Key_I, ALT)
    person.type(note)
    proposed = dialog.next.value()
    person.press(Qt.Key.Key_Return, CONTROL)
    person.back_in_window()
    return proposed


def test_the_day_begins_in_the_worklist_at_the_most_urgent_client(person, heute):
    urgent = listed_first(person.context)

    assert person.window.current_page() == "heute"
    assert QApplication.focusWidget() is heute.worklist
    assert rows(heute)[0].key == urgent.client.id == heute.current_client_id()
    assert urgent.client.last_name in heute.why.heading.title.text()


def test_a_talk_is_logged_and_the_next_one_agreed_by_clicks(person, heute):
    entry = overdue(person.context)[0]
    heute.worklist.choose(entry.client.id)

    person.press(Qt.Key.Key_N, CONTROL)
    dialog = person.dialog(ContactDialog)
    assert dialog.subtitle.text().startswith(f"{entry.client.first_name} {entry.client.last_name}")
    person.click(dialog.fields.form.button("telefonisch"))
    assert dialog.fields.badge.word.text() == "zählt nicht"
    person.click(dialog.fields.form.button("persoenlich"))
    person.press(Qt.Key.Key_V, ALT)
    person.press(Qt.Key.Key_Down)
    person.click(dialog.fields.content)
    person.type("Bewerbungen besprochen, Betreuung steht")
    assert dialog.fields.badge.word.text() == "zählt"
    assert dialog.fields.badge.text.text().startswith("weil ")
    proposed = dialog.next.value()
    person.press(Qt.Key.Key_Return, CONTROL)
    person.back_in_window()

    stored = casework.client_file(person.context, entry.client.id).history[0].contact
    assert stored.kind.note_type is NoteType.STANDORTBESTIMMUNG
    assert entry.client.id not in {each.client.id for each in overdue(person.context)}
    assert groups(heute).get(entry.client.id) != LATE
    assert person.booked(entry.client.id).start == proposed.start
    assert texts.moment(proposed.start) in person.window.toast.text.text()


def test_the_kundenakte_shows_the_talk_as_counting_and_the_appointment_with_its_reason(
    person, heute
):
    entry = overdue(person.context)[0]
    heute.worklist.choose(entry.client.id)
    log_by_keys(person, "Bewerbungen besprochen")

    person.workplace.open_client(entry.client.id)

    akte = person.window.page("akte")
    first = akte.history_model.row(akte.history_model.index(0, 0)).contact
    duty = casework.client_file(person.context, entry.client.id).outcome.deciding
    assert (first.day, first.notes.content) == (TODAY, "Bewerbungen besprochen")
    assert first.kind.note_type is NoteType.BERATUNGSVERMERK
    assert akte.history_model.index(0, VERDICT).data().startswith("zählt, weil ")
    assert akte.next_talk.moment.text() == texts.moment(person.booked(entry.client.id).start)
    assert akte.next_talk.reason.text()
    assert duty.rule.citation.quote in akte.next_talk.quote._text.text()


def test_the_agreed_talk_goes_into_the_calendar_is_moved_and_cancelled(person, heute):
    entry = overdue(person.context)[0]
    heute.worklist.choose(entry.client.id)
    log_by_keys(person, "Bewerbungen besprochen")
    booked = person.booked(entry.client.id)
    folder = person.places.into

    person.export("erste.ics")
    event = event_of(folder / "erste.ics", booked.uid)
    assert event["DTSTART"].dt.astimezone(UTC) == utc(booked.start)
    assert event["SEQUENCE"] == booked.sequence == 0
    assert entry.client.initials in event["SUMMARY"]
    written = (folder / "erste.ics").read_text(encoding="utf-8")
    assert entry.client.last_name not in written
    assert entry.client.number not in written

    page = person.go_to("einladungen")
    person.click(page.period.button(Period.UPCOMING))
    person.select_appointment(page, booked.id)
    person.press(Qt.Key.Key_V)
    dialog = person.dialog(AppointmentDialog)
    free = next(
        button
        for button in dialog.slots.findChildren(QPushButton)
        if button.isVisible() and button.isEnabled() and not button.isChecked()
    )
    person.click(free)
    person.click(dialog.main_button)
    person.back_in_window()
    moved = person.booked(entry.client.id)
    assert moved.start != booked.start

    assert person.export("zweite.ics") == "1 Termin"
    [event] = events(folder / "zweite.ics")
    assert (str(event["UID"]), event["SEQUENCE"]) == (booked.uid, 1)
    assert event["DTSTART"].dt.astimezone(UTC) == utc(moved.start)

    page = person.go_to("einladungen")
    person.select_appointment(page, booked.id)
    person.press(Qt.Key.Key_A)
    assert appointments.get(person.context, booked.id).state is AppointmentState.CANCELLED

    assert person.export("dritte.ics") == "1 Absage"
    calendar = Calendar.from_ical((folder / "dritte-absagen.ics").read_bytes())
    [event] = calendar.walk("VEVENT")
    assert str(calendar["METHOD"]) == "CANCEL"
    assert (str(event["UID"]), event["SEQUENCE"]) == (booked.uid, 2)


def test_the_invitation_list_holds_every_appointment_of_the_period(person, heute):
    page = person.go_to("einladungen")
    person.click(page.period.button(Period.NEXT_WEEK))

    person.click(page.print_button)
    preview = person.dialog(ListPreview)
    person.qtbot.waitUntil(preview.save_button.isEnabled)
    person.click(preview.privacy.button("full"))
    person.qtbot.waitUntil(preview.save_button.isEnabled)
    person.click(preview.save_button)
    person.press(Qt.Key.Key_Escape)
    person.back_in_window()

    [file] = person.places.into.glob("*.pdf")
    assert file.name == "einladungen-2026-11-23-bis-2026-11-29.pdf"
    with pypdfium2.PdfDocument(file) as document:
        text = " ".join(sheet.get_textpage().get_text_range() for sheet in document)
    standing = [each for each in page.model.rows() if each.appointment.state.is_standing]
    assert standing
    for each in standing:
        assert texts.clock(each.appointment.start) in text
        assert each.client.last_name in text


def test_who_came_today_is_asked_for_the_vermerk_and_counts(person, heute):
    appointment, client = next(
        pair for pair in appointments.of_day(person.context, TODAY) if pair[0].state.is_open
    )
    place = heute.day.list_model.place_of(appointment.id)
    area = heute.day.visualRect(heute.day.list_model.index(place))
    person.qtbot.mouseClick(heute.day.viewport(), LEFT, pos=area.topLeft() + QPoint(12, 12))

    person.press(Qt.Key.Key_E)
    dialog = person.dialog(ContactDialog)
    assert dialog.fields.note_type.isVisible()
    person.press(Qt.Key.Key_I, ALT)
    person.type("Wie vereinbart erschienen")
    person.press(Qt.Key.Key_S, CONTROL)

    assert appointments.get(person.context, appointment.id).state is AppointmentState.ATTENDED
    latest = casework.client_file(person.context, client.id).history[0].contact
    assert latest.appointment_id == appointment.id
    assert (latest.day, latest.notes.content) == (TODAY, "Wie vereinbart erschienen")


def test_an_expired_concept_is_loud_and_gives_no_dates_until_it_is_prolonged(person, heute):
    settings = person.go_to("einstellungen")
    person.pick(settings.concept.row("ue2019").radio)
    person.go_to("heute")

    [notice] = [each for each in person.notices() if each.startswith("Uelzen 2019")]
    assert "abgelaufen" in notice
    assert rows(heute) == []
    assert heute.done.title.text() == "Kein Konzept in Kraft"
    assert "ohne Vorgabe" in heute.side.capacity.detail.text()
    assert {e.outcome.latest for e in lists.worklist(person.context).entries} == {None}

    person.click(
        next(
            button
            for button in person.window.notices.findChildren(QPushButton)
            if button.isVisible() and button.text().startswith("Verlängern")
        )
    )
    prolongation = settings.concept.prolongation
    person.pick(prolongation.confirm)
    person.click(prolongation.prolong_button)
    person.go_to("heute")

    assert not any(each.startswith("Uelzen 2019") for each in person.notices())
    assert rows(heute)
    states = {e.outcome.state for e in lists.worklist(person.context).entries}
    assert State.OVERDUE in states


def test_what_another_process_stores_appears_in_the_window(person, heute, path):
    entry = overdue(person.context)[0]
    assert groups(heute)[entry.client.id] == LATE

    subprocess.run(
        [
            *(sys.executable, "-m", "kkd_desktop", "contacts", "add"),
            *("--store", str(path), "--client", entry.client.number),
            *("--date", "20.11.2026", "--as-of", "2026-11-20"),
        ],
        env={**os.environ, "KKD_PASSPHRASE": PASSPHRASE},
        check=True,
        capture_output=True,
    )
    person.qtbot.waitUntil(lambda: groups(heute).get(entry.client.id) != LATE)

    assert casework.client_file(person.context, entry.client.id).entry.last.day == TODAY


def test_after_the_note_two_keys_are_enough_and_the_mouse_stays_where_it_is(person, heute):
    """The measure is four keystrokes; Ctrl+Enter counts as two."""
    entry = overdue(person.context)[0]
    heute.worklist.setCurrentIndex(heute.worklist.list_model.index(1))
    while heute.current_client_id() != entry.client.id:
        person.press(Qt.Key.Key_Down)

    proposed = log_by_keys(person, "Am Schalter gesprochen")

    assert person.booked(entry.client.id).start == proposed.start
    assert entry.client.id not in {each.client.id for each in overdue(person.context)}
    assert QApplication.focusWidget() is heute.worklist
