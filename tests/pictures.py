"""What does every page and dialog look like? Pictures of all of them, light and dark.

`python -m tests.pictures` writes them into build/bilder, `--only WORD` those whose name holds the
word, `--readme` only the one that README shows. Day, hour and people are always the same.
"""

import argparse
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any
from unittest.mock import patch

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"

from PySide6.QtCore import QDate, QEvent, QSettings, QSize, Qt, QTime
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from kkd_desktop import paths
from kkd_desktop.actions import (
    appointments,
    backups,
    caldav,
    calendar_export,
    casework,
    forgetting,
    left_open,
    letters,
    live_calendar,
    parcels,
    policies,
    proposals,
    quotas,
    remembering,
    stores,
)
from kkd_desktop.actions import busy as other_calendars
from kkd_desktop.actions import report as reports
from kkd_desktop.actions import search as searches
from kkd_desktop.actions import worklist as lists
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.secrets import Key, Passphrase, key_of
from kkd_desktop.domain.appointment import Appointment, Delivery
from kkd_desktop.domain.busy_time import BusyReading, BusySource, BusyState, BusyTime
from kkd_desktop.domain.calendar_form import CalendarForm
from kkd_desktop.domain.client import Client, Deviation
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, ContactNotes, NoteType
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.hours import Leave
from kkd_desktop.domain.left_open import LeftOpen
from kkd_desktop.domain.planning import Limits
from kkd_desktop.domain.privacy import Privacy, client_label
from kkd_desktop.domain.server_account import ServerAccount
from kkd_desktop.domain.server_calendar import (
    Conflict,
    LastPush,
    ServerCalendar,
    ServerEntry,
    Shown,
)
from kkd_desktop.domain.tour import TourStep
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.worklist import Entry, GroupId
from kkd_desktop.gui import clock, drafts, system_watch, tasks, theme
from kkd_desktop.gui.backup_keeper import keeper_of
from kkd_desktop.gui.busy_watch import watch_of
from kkd_desktop.gui.calendar_push import CalendarPush, push_of
from kkd_desktop.gui.dialogs.about import AboutDialog
from kkd_desktop.gui.dialogs.appointment import open_booking, open_move
from kkd_desktop.gui.dialogs.base import show
from kkd_desktop.gui.dialogs.client import ClientDialog
from kkd_desktop.gui.dialogs.contact import ContactDialog, open_contact
from kkd_desktop.gui.dialogs.create_store import CreateStoreDialog
from kkd_desktop.gui.dialogs.deviation import DeviationDialog
from kkd_desktop.gui.dialogs.export_calendar import ExportCalendarDialog
from kkd_desktop.gui.dialogs.export_tables import ExportTablesDialog
from kkd_desktop.gui.dialogs.help import HelpDesk, HelpWindow
from kkd_desktop.gui.dialogs.import_assistant.assistant import ImportAssistant, open_import
from kkd_desktop.gui.dialogs.leave_server import LeaveServerDialog
from kkd_desktop.gui.dialogs.left_over import LeftOverDialog
from kkd_desktop.gui.dialogs.letter_preview import LetterPreview
from kkd_desktop.gui.dialogs.list_preview import ListPreview
from kkd_desktop.gui.dialogs.lock_screen import LockScreen
from kkd_desktop.gui.dialogs.locking import LockingDialog
from kkd_desktop.gui.dialogs.outcome import finish_appointment
from kkd_desktop.gui.dialogs.passphrase import PassphraseDialog
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.dialogs.refusal import RefusalDialog
from kkd_desktop.gui.dialogs.report_preview import TeamReportPreview
from kkd_desktop.gui.dialogs.restore_store import RestoreStoreDialog
from kkd_desktop.gui.dialogs.server_password import ServerPasswordDialog
from kkd_desktop.gui.dialogs.taken import TakenDialog
from kkd_desktop.gui.dialogs.unlock import UnlockDialog
from kkd_desktop.gui.dialogs.welcome import WelcomeDialog
from kkd_desktop.gui.dialogs.whom import WhomDialog
from kkd_desktop.gui.dialogs.why import WhyDialog
from kkd_desktop.gui.dialogs.wish import WishDialog
from kkd_desktop.gui.instance import Holder
from kkd_desktop.gui.models.week_carry import Spot
from kkd_desktop.gui.pages.einladungen import Period
from kkd_desktop.gui.resuming import Resuming
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.startup import application
from kkd_desktop.gui.widgets.countdown import Countdown
from kkd_desktop.gui.workplace import Workplace
from kkd_desktop.policyfiles.shelf import Shelf
from kkd_desktop.store import appointments as stored_appointments
from kkd_desktop.store import busy, server_entries
from tests.benchmarks import caseloads

TODAY = date(2026, 11, 20)
PASSPHRASE = Passphrase("nur für die Bilder")
OUT = Path("build/bilder")
INVENTED = Path(__file__).parent / "cases" / "policies"
CALLS = (
    Contact(date(2026, 11, 9), ContactKind(form=ContactForm.TELEFONISCH)),
    Contact(date(2026, 10, 12), ContactKind(form=ContactForm.TELEFONISCH)),
)
OFFICE = (
    ("Jobcenter Mönchengladbach", "Jobcenter Musterstadt"),
    ("Kundenkontaktdichte-Konzept des Jobcenters Mönchengladbach", "Kontaktdichte in Musterstadt"),
)
README = Path("resources/pictures/heute.png")
USUAL, SMALL, LARGE = QSize(1360, 860), QSize(1024, 700), QSize(1920, 1080)
SCHEMES = {"hell": Qt.ColorScheme.Light, "dunkel": Qt.ColorScheme.Dark}
PATIENCE = 60.0

Scene = Callable[["Desk"], QWidget]


class Morning(datetime):
    """Half past nine, whenever the pictures are made."""

    @classmethod
    def now(cls, tz=None):
        return cls(2026, 11, 20, 9, 30, tzinfo=tz)


class Desk:
    """A window on a caseload, and what a scene needs to know about the people in it."""

    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace
        self.window, self.session = workplace.window, workplace.session
        self.context = workplace.session.context
        self.folder = self.context.store.path.parent
        """For what a scene puts beside the caseload; gone with the scene."""

    def page(self, name: str) -> QWidget:
        page = self.window.show_page(name)
        settle()
        return page

    def heute(self) -> QWidget:
        page = self.page("heute")
        until(page.proposer.is_done)
        return page

    def entries(self, group: GroupId = GroupId.OVERDUE) -> list[Entry]:
        return [
            entry
            for found in lists.worklist(self.context).groups
            if found.id == group
            for entry in found.entries
        ]

    def waiting(self) -> Entry:
        """Who is overdue and has no appointment yet."""
        return next(entry for entry in self.entries() if entry.appointment is None)

    def booked(self) -> tuple[Appointment, Entry]:
        """The next appointment after today."""
        entries = [e for e in lists.worklist(self.context).entries if e.appointment]
        found = [e for e in entries if e.appointment.day > TODAY]
        entry = min(found, key=lambda e: e.appointment.start)
        return entry.appointment, entry

    def dialog(self) -> QDialog:
        """The dialog that was just opened."""
        settle()
        return next(w for w in self.window.findChildren(QDialog) if w.isVisible())

    def choose_concept(self, name: str) -> None:
        self.session.perform(lambda context: policies.choose(context, name))


def heute(desk: Desk) -> QWidget:
    desk.heute()
    return desk.window


def heute_proposal(desk: Desk) -> QWidget:
    desk.heute().worklist.choose(desk.waiting().client.id)
    return desk.window


def heute_part_week(desk: Desk) -> QWidget:
    """A week with a day off, under a concept that asks for a number of talks."""
    leave = (Leave(date(2026, 11, 18), date(2026, 11, 18), "Fortbildung"),)
    hours = replace(desk.session.context.settings.hours, absences=leave)
    desk.session.perform(lambda context: context.change_settings(hours=hours))
    prolonged = {"ue2019": date(2026, 12, 31)}
    desk.choose_concept("ue2019")
    desk.session.perform(lambda context: context.change_settings(prolonged=prolonged))
    desk.heute()
    return desk.window


def heute_left_out(desk: Desk) -> QWidget:
    page = desk.heute()
    page.heading.why.click()
    return desk.window


def heute_agreed(desk: Desk) -> QWidget:
    page = desk.heute()
    page.worklist.choose(desk.waiting().client.id)
    page.book_proposed()
    until(page.proposer.is_done)
    return desk.window


def heute_expired(desk: Desk) -> QWidget:
    desk.heute()
    desk.choose_concept("ue2019")
    return desk.window


def heute_frankfurt(desk: Desk) -> QWidget:
    desk.choose_concept("ffm2017")
    desk.heute()
    return desk.window


def shares_of(*concepts: str, place: int | None = None, left_out: bool = False) -> Scene:
    """Who fills the gap of the share at this place, or whom nobody has seen for long."""

    def scene(desk: Desk) -> QWidget:
        desk.session.perform(lambda context: policies.choose(context, *concepts))
        desk.heute().side.quotas.names_button.click()
        dialog = desk.dialog()
        if place is not None:
            dialog.shares.selectRow(place)
        if left_out:
            dialog.view.button("left_out").click()
        return behind(desk)

    return scene


def quota_plan(
    *concepts: str, reading: str = "every_day", place: int | None = None, left_out: bool = False
) -> Scene:
    """The fewest talks for all shares; `place` is that of another end."""

    def scene(desk: Desk) -> QWidget:
        desk.session.perform(lambda context: policies.choose(context, *concepts))
        desk.heute()
        desk.workplace.plan_quotas()
        dialog = desk.dialog()
        until(lambda: not dialog.is_working())
        dialog.reading.button(reading).click()
        dialog.reading.setFocus(Qt.FocusReason.TabFocusReason)
        if place is not None:
            dialog.until.setCurrentIndex(place)
            dialog.until.activated.emit(place)
        until(lambda: not dialog.is_working())
        if left_out:
            dialog.view.button("left_out").click()
        return behind(desk)

    return scene


def heute_shares(desk: Desk) -> QWidget:
    heute_frankfurt(desk)
    desk.heute().side.quotas.names_button.setFocus(Qt.FocusReason.TabFocusReason)
    desk.heute().side.ensureWidgetVisible(desk.heute().side.quotas)
    return desk.window


def shares_long_names(desk: Desk) -> QWidget:
    folder = desk.folder / "konzepte"
    folder.mkdir(exist_ok=True)
    text = (paths.policies() / "ffm2017.toml").read_text(encoding="utf-8")
    text = text.replace('"ffm2017"', '"musterstadt_anteile"')
    text = text.replace('"Frankfurt 2017"', '"Donaudampfschifffahrtsgesellschaft-Musterstadt 2026"')
    (folder / "musterstadt_anteile.toml").write_text(text, encoding="utf-8")
    desk.context.shelf = Shelf((paths.policies(), folder))
    desk.choose_concept("ffm2017")
    found = quotas.quotas(desk.context).populations[0].shares[-1].fillers
    for filler in found[:3]:
        long = replace(
            filler.client,
            first_name="Maximiliane-Alexandra Theodora",
            last_name="von und zu Hohenlohe-Waldenburg-Schillingsfürst",
        )
        casework.change_file(desk.context, long)
    return shares_of("ffm2017", "musterstadt_anteile")(desk)


def palette(typed: str) -> Scene:
    """The command palette with this in its field."""

    def scene(desk: Desk) -> QWidget:
        desk.session.perform(
            lambda context: searches.save(context, "Lange kein Kontakt", "kein-kontakt>60t")
        )
        desk.heute()
        desk.window.commands.begin()
        desk.window.commands.insert(typed)
        settle()
        return desk.window

    return scene


def shortcut_keys(typed: str) -> Scene:
    """All keys, those of the week near the top."""

    def scene(desk: Desk) -> QWidget:
        desk.page("woche")
        desk.workplace.show_keys()
        dialog = desk.dialog()
        dialog.search.setText(typed)
        settle()
        return dialog

    return scene


def palette_recent(desk: Desk) -> QWidget:
    """Nothing typed after somebody and something were chosen."""
    desk.heute()
    field = desk.window.commands
    for typed in ("muster", "briefe schreiben", "woche"):
        field.begin()
        field.insert(typed)
        settle()
        field.run(field.popup().current())
        for dialog in desk.window.findChildren(QDialog):
            dialog.hide()
    desk.heute()
    field.begin()
    settle()
    return desk.window


def kunden(desk: Desk) -> QWidget:
    desk.page("kunden")
    return desk.window


def kunden_search(desk: Desk) -> QWidget:
    desk.page("kunden").search.setText("le")
    return desk.window


def kunden_query(desk: Desk) -> QWidget:
    desk.page("kunden").search.setText("-profil:z kein-kontakt>30t ohne:termin")
    return desk.window


def kunden_query_fault(desk: Desk) -> QWidget:
    page = desk.page("kunden")
    page.search.setText("profil:markt statuss:alo")
    page._show_fault()
    return desk.window


def kunden_offers(desk: Desk) -> QWidget:
    """What can follow, with how many are left."""
    page = desk.page("kunden")
    page.search.setFocus()
    page.search.setText("ohne:termin ")
    page.search.end(False)
    QTest.keyClicks(page.search, "profil:")
    until(lambda: len(page.search.popup.model.counts) == len(page.search.popup.model.offers))
    page.search.popup.step(1)
    return desk.window


def kunden_form(desk: Desk) -> QWidget:
    page = desk.page("kunden")
    page.search.setText(
        "profil:foerder,markt kein-kontakt>60t ohne:termin ort:Musterstadt alter<50 "
        "(status:arbeitslos oder ausnahme:ja)"
    )
    page.filter_button.setChecked(True)
    page.form.usual["kein-kontakt"].focus_value()
    return desk.window


def kunden_people(desk: Desk) -> QWidget:
    """Those behind a figure of the report, three of them selected, and what can be done."""
    page = desk.page("kunden")
    chosen = [each.client.id for each in desk.entries()[:12]]
    page.show_people(chosen, "Auswertung: überfällig am 31.10.2026")
    page.table.selectRow(1)
    for _ in range(2):
        QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.mouseClick(page.people_button, Qt.MouseButton.LeftButton)
    return desk.window


def save_searches(desk: Desk) -> None:
    desk.session.perform(searches.offer)
    desk.session.perform(
        lambda context: searches.save(context, "Förderprofil unter 25", "profil:foerder alter:u25")
    )


def saved_searches(desk: Desk) -> QWidget:
    save_searches(desk)
    page = desk.page("kunden")
    page.manage_searches()
    return desk.dialog()


def save_search(desk: Desk) -> QWidget:
    page = desk.page("kunden")
    page.search.setText("profil:foerder kein-kontakt>60t")
    page.save_search()
    dialog = desk.dialog()
    dialog.name.setText("Förderprofil ohne Kontakt")
    return dialog


def save_search_refused(desk: Desk) -> QWidget:
    page = desk.page("kunden")
    page.search.setText("bg:0815 kein-kontakt>60t")
    page.save_search()
    return desk.dialog()


def people_list(desk: Desk) -> QWidget:
    page = desk.page("kunden")
    page.search.setText("kein-kontakt>60t ohne:termin")
    page.list_wanted.emit(page.people())
    preview = desk.dialog()
    until(lambda: bool(preview.pdf))
    settle()
    return preview


def inviting(desk: Desk) -> QWidget:
    page = desk.page("kunden")
    page.letters_wanted.emit(page.people())
    return desk.dialog()


def search_help(desk: Desk) -> QWidget:
    desk.page("kunden").show_help()
    return help_window(desk)


def heute_searches(desk: Desk) -> QWidget:
    save_searches(desk)
    page = desk.heute()
    until(page.side.searches.is_counted)
    return desk.window


def kunden_nothing(desk: Desk) -> QWidget:
    desk.page("kunden").search.setText("gibt es nicht")
    return desk.window


def akte(desk: Desk) -> QWidget:
    desk.workplace.open_client(desk.waiting().client.id)
    return desk.window


def akte_booked(desk: Desk) -> QWidget:
    desk.workplace.open_client(desk.booked()[1].client.id)
    return desk.window


def akte_new(desk: Desk) -> QWidget:
    never = next(e for e in lists.worklist(desk.context).entries if e.last is None)
    desk.workplace.open_client(never.client.id)
    return desk.window


def akte_long_name(desk: Desk) -> QWidget:
    client = desk.waiting().client
    long = replace(
        client,
        first_name="Maximiliane-Alexandra Theodora",
        last_name="von und zu Hohenlohe-Waldenburg-Schillingsfürst",
    )
    desk.session.perform(lambda context: casework.change_file(context, long))
    desk.workplace.open_client(client.id)
    return desk.window


def heute_long_name(desk: Desk) -> QWidget:
    akte_long_name(desk)
    return heute_proposal(desk)


def einladungen(desk: Desk) -> QWidget:
    desk.page("einladungen")
    return desk.window


def einladungen_selected(desk: Desk) -> QWidget:
    page = desk.page("einladungen")
    page.show_period(Period.THIS_WEEK)
    page.table.selectRow(0)
    page.table.setFocus()
    return desk.window


def office_that_writes(desk: Desk) -> None:
    """An office whose address stands in the settings, and some invitations to write."""
    desk.session.perform(
        lambda context: context.change_settings(
            street="Amtsweg 1",
            postcode="12345",
            city="Musterstadt",
            phone="0123 456-789",
            reference="IF-214",
        )
    )
    until_day = TODAY + timedelta(days=27)
    booked = appointments.between(desk.context, TODAY, until_day)
    for each, _ in booked[4:12]:
        appointments.set_delivery(desk.context, each.id, Delivery.NONE)
    desk.session.changed.emit()


def einladungen_to_write(desk: Desk) -> QWidget:
    page = desk.page("einladungen")
    office_that_writes(desk)
    settle()
    page.table.selectRow(5)
    page.table.setFocus()
    return desk.window


def einladungen_long_name(desk: Desk) -> QWidget:
    """A name and an address that are longer than the window of an envelope."""
    page = desk.page("einladungen")
    office_that_writes(desk)
    row = next(each for each in page.model.rows() if each.needs_letter(TODAY))
    long = replace(
        row.client,
        first_name="Maximiliane-Alexandra Theodora",
        last_name="von und zu Hohenlohe-Waldenburg-Schillingsfürst",
        address=replace(row.client.address, street="Haus 3; Aufgang B; Stock 4; bei Muster; Weg 1"),
    )
    desk.session.perform(lambda context: casework.change_file(context, long))
    settle()
    place = page.model.place_of(lambda each: each.client.id == long.id and bool(each.gaps))
    page.table.selectRow(place)
    page.table.setFocus()
    return desk.window


def letters_dialog(desk: Desk) -> QDialog:
    page = desk.page("einladungen")
    office_that_writes(desk)
    page.stage.set_value("undelivered")
    page.table.selectAll()
    page.write()
    return desk.dialog()


def letters_to_write(desk: Desk) -> QWidget:
    return letters_dialog(desk)


def letters_lacking(desk: Desk) -> QWidget:
    dialog = letters_dialog(desk)
    dialog.kind.setCurrentIndex(2)
    return dialog


def letters_shown(desk: Desk) -> QDialog:
    dialog = letters_dialog(desk)
    dialog.submit()
    settle()
    preview = next(each for each in dialog.findChildren(LetterPreview))
    preview.resize(1040, 780)
    until(preview.print_button.isEnabled)
    return preview


def letters_printed(desk: Desk) -> QWidget:
    preview = letters_shown(desk)
    preview.came_out.emit()
    until(preview.check.spoiled.isVisible)
    preview.check.delivered.setChecked(True)
    return preview


def letters_spoiled(desk: Desk) -> QWidget:
    preview = letters_printed(desk)
    preview.pages.go_to(8)
    preview.strip.setFocus()
    preview.check.spoiled.setFocus()
    QTest.keyClicks(preview.check.spoiled.field, "3, 7-9")
    return preview


def letters_wrong_page(desk: Desk) -> QWidget:
    preview = letters_printed(desk)
    preview.check.spoiled.setFocus()
    QTest.keyClicks(preview.check.spoiled.field, "3, 77")
    return preview


def letters_template_broken(desk: Desk) -> QWidget:
    """The office's own template names a picture that is not there."""
    dialog = letters_dialog(desk)
    with TemporaryDirectory() as whole:
        folder = Path(whole) / "vorlagen"
        folder.mkdir()
        own = '#set document(title: "Brief")\n#image("logo.png", alt: "Logo")\n'
        (folder / "brief.typ").write_text(own, encoding="utf-8")
        with patch.object(letters, "own_templates_folder", return_value=folder):
            dialog.submit()
            settle()
            preview = next(each for each in dialog.findChildren(LetterPreview))
            preview.resize(1040, 780)
            until(preview.shipped_button.isVisible)
    return preview


def letters_stopped(desk: Desk) -> QWidget:
    dialog = letters_dialog(desk)
    dialog.submit()
    preview = next(each for each in dialog.findChildren(LetterPreview))
    preview.resize(1040, 780)
    preview._say_progress(50, 300)
    preview.stop_button.click()
    return preview


def letters_walked(desk: Desk) -> QWidget:
    preview = letters_shown(desk)
    preview.strip.setFocus()
    preview.pages.go_to(4)
    return preview


def letters_posted(desk: Desk) -> QWidget:
    preview, recorded = letters_printed(desk), []
    preview.recorded.connect(recorded.append)
    preview.check.yes_button.click()
    until(lambda: bool(recorded))
    page = desk.page("einladungen")
    page.stage.set_value("all")
    page.table.selectRow(5)
    page.table.setFocus()
    return desk.window


def delivering(desk: Desk) -> QWidget:
    letters_posted(desk)
    page = desk.page("einladungen")
    page.delivery_button.click()
    return desk.dialog()


def letters_in_akte(desk: Desk) -> QWidget:
    letters_posted(desk)
    page = desk.page("einladungen")
    first = page.invitations()[0]
    written = [letter for letter in first.letters if letter.id is not None]
    desk.session.perform(
        lambda context: letters.mark_returned(context, [e.id for e in written], TODAY)
    )
    desk.workplace.open_client(first.client.id)
    return desk.window


def letter_copy(desk: Desk) -> QWidget:
    letters_in_akte(desk)
    desk.page("akte").chain.copy_buttons[0].click()
    dialog = desk.dialog()
    until(dialog.print_button.isEnabled)
    return dialog


def einladungen_nothing(desk: Desk) -> QWidget:
    desk.page("einladungen").search.setText("gibt es nicht")
    return desk.window


def settings(desk: Desk) -> QWidget:
    desk.page("einstellungen")
    return desk.window


def settings_expired(desk: Desk) -> QWidget:
    desk.page("einstellungen")
    desk.choose_concept("ue2019")
    return desk.window


def settings_section(name: str) -> Scene:
    def scene(desk: Desk) -> QWidget:
        page = desk.page("einstellungen")
        page.show_section(getattr(page, name))
        return desk.window

    return scene


def settings_backups(number: int) -> Scene:
    """As many back-ups of the last weeks, of every kind."""

    def scene(desk: Desk) -> QWidget:
        context = desk.context
        if number > 1:
            context.change_settings(rotation=backups.Rotation(30))
        for day in range(number):
            moment = datetime(2026, 11, 20, 6, 48) - timedelta(days=day)
            context.now = lambda moment=moment: moment
            if day == 3:
                backups.before(context, "Import von 300 Personen")
            elif day == 5:
                backups.make(context, kind=backups.Kind.BEFORE_RESTORE)
            else:
                kind = backups.Kind.BY_HAND if day == 8 else backups.Kind.REGULAR
                backups.make(context, kind=kind)
        context.now = lambda: datetime(2026, 11, 20, 9, 12)
        page = desk.page("einstellungen")
        if number > 1:
            context.change_settings(second_folder="/media/stick/kkd")
            desk.workplace.keep_backups()
            desk.session.changed.emit()
            until(lambda: keeper_of(desk.session).last is not None)
        until(lambda: page.backups.model.total() >= number and page.backups.latest.text() != "")
        page.show_section(page.backups)
        return desk.window

    return scene


def restoring(*, other_passphrase: bool = False) -> Scene:
    def scene(desk: Desk) -> QWidget:
        settings_backups(1)(desk)
        desk.workplace.window.page("einstellungen").backups.restore_button.click()
        dialog = desk.dialog()
        if other_passphrase:
            dialog._refuse(backups.WrongPassphrase(desk.context.store.path))
        return dialog

    return scene


def taken_steps(desk: Desk) -> int:
    """A morning's work with one person, one step of it taken back; whose it was."""
    client, act = desk.waiting().client, desk.session.perform
    day = date(2026, 11, 19)
    note = ContactNotes(
        "Bewerbungen der letzten vier Wochen durchgesehen, zwei Stellenangebote mitgegeben.",
        "Zwei Bewerbungen bis Ende November",
    )
    contact = act(
        lambda context: casework.record_contact(
            context, Contact(day, notes=note, client_id=client.id)
        )
    )
    kind = ContactKind(note_type=NoteType.ALLGEMEINER_VERMERK, form=ContactForm.TELEFONISCH)
    act(
        lambda context: casework.record_contact(context, contact.with_kind(kind)),
        "Kontakt geändert",
    )
    address = replace(client.address, street="Am Alten Markt 14", city="Musterstadt")
    moved = replace(client, address=address, phone="0151 2345678")
    act(lambda context: casework.change_client(context, moved, {"profile": "entwicklung"}, TODAY))
    proposal = proposals.next_talk(desk.context, client, datetime(2026, 11, 20, 9, 30)).best
    act(lambda context: appointments.book_together(context, client, proposal))
    agreed = next(
        x for x in stored_appointments.of_client(desk.context.store, client.id) if x.state.is_open
    )
    later = datetime(2026, 12, 1, 10, 30)
    act(lambda context: appointments.move(context, agreed.id, later, agreed.minutes))
    act(lambda context: context.change_settings(reminder=15, room="2.14"))
    desk.session.undo()
    at_work(desk)
    return client.id


def at_work(desk: Desk) -> None:
    """The steps were taken on this morning and not while the picture was made."""
    with desk.context.store.write(journaled=False) as transaction:
        transaction.execute(
            "UPDATE step SET done_at = strftime('%Y-%m-%dT%H:%M:%S', '2026-11-20T06:41:00',"
            " '+' || (id % 90) || ' minutes')"
        )
    desk.session.changed.emit()


def history_of_client(desk: Desk) -> QWidget:
    client_id = taken_steps(desk)
    desk.workplace.open_client(client_id)
    settle()
    desk.window.page("akte").history_button.click()
    dialog = desk.dialog()
    dialog.view.table.selectRow(3)
    return behind(desk)


def history_of_all(desk: Desk) -> QWidget:
    taken_steps(desk)
    page = desk.page("verlauf")
    page.view.table.selectRow(4)
    page.view.table.setFocus(Qt.FocusReason.TabFocusReason)
    return desk.window


def history_empty(desk: Desk) -> QWidget:
    with desk.context.store.write(journaled=False) as transaction:
        transaction.execute("DELETE FROM step")
    desk.page("verlauf")
    return desk.window


def history_few(desk: Desk) -> QWidget:
    history_empty(desk)
    people = [entry.client.id for entry in desk.entries()]
    for client_id in people[:3]:
        contact = Contact(date(2026, 11, 19), client_id=client_id)
        desk.session.perform(lambda context, new=contact: casework.record_contact(context, new))
    at_work(desk)
    settle()
    return desk.window


def history_long(desk: Desk) -> QWidget:
    """Years of work, looked through for one word."""
    with desk.context.store.write(journaled=False):
        caseloads.steps(desk.context, 5000)
    page = desk.page("verlauf")
    page.view.search.setText("uelzen 17")
    page.view.search.textEdited.emit("uelzen 17")
    until(lambda: not page.view.is_reading())
    return desk.window


def history_nothing_found(desk: Desk) -> QWidget:
    page = desk.page("verlauf")
    page.view.search.setText("gibt es nicht")
    page.view.search.textEdited.emit("gibt es nicht")
    until(lambda: not page.view.is_reading())
    return desk.window


def step_menu(desk: Desk) -> QWidget:
    desk.heute()
    taken_steps(desk)
    settle()
    desk.window.show_step_menu()
    return desk.window


def type_day(page: QWidget, place: int, typed: str) -> None:
    line = page.hours.weeks.days[place].field
    line.setText(typed)
    line.setModified(True)
    line.editingFinished.emit()


def settings_weeks(number: int) -> Scene:
    """Weeks that take turns, the second of them another one and shown."""

    def scene(desk: Desk) -> QWidget:
        page = desk.page("einstellungen")
        weeks = page.hours.weeks
        weeks.turns.field.setCurrentIndex(number - 1)
        weeks.turns.field.activated.emit(number - 1)
        weeks.shown.button("1").click()
        type_day(page, 1, "08:00-12:00, 13:00-18:00")
        type_day(page, 4, "")
        page.show_section(page.hours)
        return desk.window

    return scene


def settings_hours_wrong(desk: Desk) -> QWidget:
    page = desk.page("einstellungen")
    type_day(page, 2, "8:00-12:00, 11:00-16:00")
    page.show_section(page.hours)
    return desk.window


def away(desk: Desk) -> None:
    """A training with talks in it, leaves that are over and to come, and closed days."""
    leaves = (
        Leave(date(2026, 8, 3), date(2026, 8, 21), "Sommerurlaub"),
        Leave(date(2026, 9, 14), date(2026, 9, 14)),
        Leave(date(2026, 11, 24), date(2026, 11, 26), "Fortbildung"),
        Leave(date(2026, 12, 21), date(2027, 1, 3), "Urlaub"),
    )
    closed = (Leave(date(2026, 12, 24), date(2026, 12, 31), "Betriebsruhe zwischen den Jahren"),)
    hours = replace(desk.session.context.settings.hours, absences=leaves, closed=closed)
    desk.session.perform(lambda context: context.change_settings(hours=hours))


def settings_days_off(desk: Desk) -> QWidget:
    page = desk.page("einstellungen")
    away(desk)
    page.show_section(page.days_off)
    return desk.window


def settings_clashes(desk: Desk) -> QWidget:
    page = desk.page("einstellungen")
    away(desk)
    page.days_off.clash_button.click()
    return desk.dialog()


SERVER = ServerAccount(
    "https://cloud.musterstadt.example/dav", "fachkraft", "https://cloud/termine/", "Termine"
)


def with_server(desk: Desk, account: ServerAccount = SERVER) -> CalendarPush:
    """A calendar in use, with conflicts of each kind, as a push would have left it."""
    context = desk.context
    desk.session.perform(lambda context: caldav.choose(context, account))
    booked = appointments.between(context, TODAY, date(2026, 12, 31))[:3]
    push = push_of(desk.session)
    made = []
    for number, (each, client) in enumerate(booked):
        title = f"Termin {client_label(client, account.privacy)}"
        here = Shown(each.start, each.end, title, "Raum 2.14")
        moved = replace(here, start=here.start.replace(hour=15), end=here.end.replace(hour=16))
        href = f"{account.calendar}{number}.ics"
        entry = ServerEntry(account.calendar, each.uid, each.uid, href, each.changed_at)
        there = (moved, None, replace(moved, title="Besprechung", place=""))[number]
        made.append(Conflict(entry, "1", b"", None if number == 2 else here, there))
    server_entries.put(context.store, [each.entry for each in made])
    last = LastPush(datetime(2026, 11, 20, 7, 12), len(made))
    server_entries.record_push(context.store, account.calendar, last)
    push.conflicts = tuple(made)
    push.ended.emit()
    return push


def settings_server(account: ServerAccount | None = None, fault: str = "") -> Scene:
    def scene(desk: Desk) -> QWidget:
        page = desk.page("einstellungen")
        if account is not None:
            push = with_server(desk, account)
            push.fault = fault
            push.ended.emit()
        page.show_section(page.caldav)
        settle()
        page.area.verticalScrollBar().setValue(page.caldav.y())
        return desk.window

    return scene


def settings_server_calendars(desk: Desk) -> QWidget:
    page = settings_server()(desk) and desk.page("einstellungen")
    login = page.caldav.login
    login.address.field.setText(SERVER.address)
    login.user.field.setText(SERVER.user)
    login.password.field.setText("nur für die Bilder")
    login._show_calendars(
        (ServerCalendar("a", "Termine"), ServerCalendar("b", "Dienststelle", False))
    )
    settle()
    page.area.verticalScrollBar().setValue(page.caldav.y())
    return desk.window


def busy_file(path: Path, number: int) -> Path:
    """A calendar of other people's making, with `number` entries."""
    path.parent.mkdir(parents=True, exist_ok=True)
    entries = "".join(
        f"BEGIN:VEVENT\nUID:{each}\nDTSTART:{date(2026, 11, 23) + timedelta(days=each):%Y%m%d}"
        f"T{8 + each % 9:02}0000\nDURATION:PT1H\nSUMMARY:Teamrunde\nEND:VEVENT\n"
        for each in range(number)
    )
    path.write_text(f"BEGIN:VCALENDAR\n{entries}END:VCALENDAR\n", encoding="utf-8")
    return path


def booking_over_busy(desk: Desk) -> QWidget:
    context = desk.session.context
    watch_of(desk.session).stop()
    with TemporaryDirectory() as folder:
        source = other_calendars.source_at(busy_file(Path(folder, "k.ics"), 40))
        other_calendars.add_source(context, source)
    booking(desk)
    dialog = desk.dialog()
    dialog.day.setDate(QDate(2026, 11, 26))
    dialog.time.setTime(QTime(11, 15))
    return dialog


def settings_busy(*numbers: int, state: str = "") -> Scene:
    """Other calendars with so many times each; `state` is what is special: a fault, titles, …"""

    def scene(desk: Desk) -> QWidget:
        page = desk.page("einstellungen")
        context = desk.session.context
        watch_of(desk.session).stop()
        context.now = lambda: datetime(2026, 11, 20, 7, 12)
        names = (
            "Outlook-Kalender.ics",
            "Team",
            "Dienstplan und Vertretungen im Jobcenter 2027.ics",
        )
        # Stored by hand: the pictures are taken on a fixed morning.
        for name, number in zip(names, numbers, strict=False):
            source = BusySource(name, f"/home/fachkraft/Kalender/{name}", watched=True)
            source = replace(source, has_titles=state == "titel" and name == names[0])
            with TemporaryDirectory() as folder:
                place = busy_file(Path(folder, "k.ics"), number)
                job = other_calendars.ahead(context, replace(source, place=str(place)))
                found = other_calendars.read(job)
            state_of = other_calendars.add_read(context, source, found)
            if state == "fehler" and name == names[1]:
                fault = UserError(f"{name}, Zeile 812: Dieses Datum gibt es nicht.")
                other_calendars.keep_fault(context, state_of.source, fault)
        desk.session.changed.emit()
        if state == "abgelehnt":
            said = "kalender.ics, Zeile 6: Der Eintrag wiederholt sich zu oft am Tag."
            watch_of(desk.session).refused.emit(said)
        page.show_section(page.busy)
        settle()
        page.area.verticalScrollBar().setValue(page.busy.y())
        if state == "liest":
            page.busy.bar.setRange(0, 10)
            page.busy.bar.setValue(4)
            for widget in (page.busy.reading, page.busy.bar, page.busy.cancel_button):
                widget.show()
            for button in (page.busy.file_button, page.busy.folder_button):
                button.setEnabled(False)
        return desk.window

    return scene


def server_conflicts(desk: Desk, number: int = 3) -> QWidget:
    push = with_server(desk)
    push.conflicts = push.conflicts[:number]
    push.show_conflicts(desk.window)
    return desk.dialog()


def server_conflict(desk: Desk) -> QWidget:
    return server_conflicts(desk, 1)


def server_password(desk: Desk) -> QWidget:
    said = "Der Server „cloud.musterstadt.example“ nimmt Benutzer und Passwort nicht an."
    show(ServerPasswordDialog(SERVER, said, can_remember=True, parent=desk.window))
    return desk.dialog()


def server_left(desk: Desk) -> QWidget:
    show(LeaveServerDialog("Termine", 37, desk.window))
    return desk.dialog()


def settings_texts(desk: Desk) -> QWidget:
    page = desk.page("einstellungen")
    section = page.texts
    section.rows[0].review_button.click()
    settle()
    section.rows[1].open_button.click()
    settle()
    page.show_section(section)
    return desk.window


def konzepte(desk: Desk) -> QWidget:
    desk.page("konzepte")
    return desk.window


def konzepte_quote(desk: Desk) -> QWidget:
    page = desk.page("konzepte")
    page.reading.document.setFocus()
    page.reading.document.choose("rule:u25")
    return desk.window


def konzepte_of(concept: str, key: str = "") -> Scene:
    def scene(desk: Desk) -> QWidget:
        page = desk.page("konzepte")
        page.reading.choose(concept)
        page.reading.document.choose(key)
        return desk.window

    return scene


def konzepte_all_quotes(desk: Desk) -> QWidget:
    page = desk.page("konzepte")
    page.reading.choose("ba2010")
    page.reading.all_quotes.click()
    return desk.window


def konzepte_broken(desk: Desk) -> QWidget:
    """A broken file of the office, and one with a very long title."""
    folder = desk.folder / "konzepte"
    folder.mkdir(exist_ok=True)
    whole = (paths.policies() / "mg2012.toml").read_text(encoding="utf-8")
    wrong = whole.replace('"mg2012"', '"musterstadt2026"').replace("weeks = 6", "wochen = 6")
    (folder / "musterstadt2026.toml").write_text(wrong, encoding="utf-8")
    long = whole.replace('"mg2012"', '"donau2027"').replace("2012-03-01", "2027-01-01")
    for short in ("Mönchengladbach 2012", "Jobcenter Mönchengladbach"):
        name = "Donaudampfschifffahrtsgesellschaft-Musterstadt-Nord und Umlandgemeinden 2027"
        long = long.replace(f'"{short}"', f'"{name}"')
    (folder / "donau2027.toml").write_text(long, encoding="utf-8")
    desk.context.shelf = Shelf((paths.policies(), folder))
    page = desk.page("konzepte")
    page.reading.choose("musterstadt2026")
    return desk.window


def with_set(desk: Desk, combine: str = "first", short: str = "Musterstadt") -> None:
    """A set of the office: two versions of one concept, then one that has run out."""
    folder = desk.folder / "konzepte"
    folder.mkdir(exist_ok=True)
    whole = (paths.policies() / "mg2012.toml").read_text(encoding="utf-8")
    for year, validity in (
        (2020, "from = 2020-01-01\nuntil = 2026-12-31"),
        (2027, "from = 2027-01-01"),
    ):
        text = whole.replace('"mg2012"', f'"muster{year}"').replace("from = 2012-03-01", validity)
        for old, new in (("Mönchengladbach 2012", f"Musterstadt {year}"), *OFFICE):
            text = text.replace(f'"{old}"', f'"{new}"')
        (folder / f"muster{year}.toml").write_text(text, encoding="utf-8")
    (folder / "musterstadt.toml").write_text(
        f'kind = "set"\nid = "musterstadt"\ntitle = "Kontaktdichte im Jobcenter {short}"\n'
        f'short_title = "{short}"\noffice = "Jobcenter Musterstadt"\ncombine = "{combine}"\n'
        '[[part]]\npolicies = ["muster2020", "muster2027"]\n[[part]]\npolicies = ["ue2019"]\n',
        encoding="utf-8",
    )
    desk.context.shelf = Shelf((paths.policies(), folder))
    desk.choose_concept("musterstadt")


def heute_set(desk: Desk) -> QWidget:
    with_set(desk)
    desk.heute()
    return desk.window


def konzepte_set(combine: str = "first", short: str = "Musterstadt") -> Scene:
    def scene(desk: Desk) -> QWidget:
        with_set(desk, combine, short)
        page = desk.page("konzepte")
        page.reading.choose("musterstadt")
        page.reading.document.setFocus()
        page.reading.document.choose("part:1:muster2027")
        return desk.window

    return scene


def konzepte_compared_set(desk: Desk) -> QWidget:
    with_set(desk)
    desk.choose_concept("mk2015")
    return konzepte_compared("musterstadt")(desk)


def settings_set(desk: Desk) -> QWidget:
    with_set(desk, "strictest")
    desk.page("einstellungen")
    return desk.window


def konzepte_long(desk: Desk) -> QWidget:
    konzepte_broken(desk)
    desk.page("konzepte").reading.choose("donau2027")
    return desk.window


def konzepte_compared(concept: str, day: str = "", kind: str = "", mine: str = "") -> Scene:
    def scene(desk: Desk) -> QWidget:
        if mine:
            desk.choose_concept(mine)
        page = desk.page("konzepte")
        page.show_room("vergleichen")
        page.comparison.choose(concept)
        page.comparison.day.field.setText(day)
        until(page.comparison.has_answered)
        if kind:
            page.comparison.kind.button(kind).click()
        page.comparison.table.setFocus()
        return desk.window

    return scene


def konzepte_switched(desk: Desk) -> QWidget:
    konzepte_compared("ffm2017")(desk)
    desk.page("konzepte").comparison.switch_button.click()
    return desk.window


def konzepte_rules(desk: Desk) -> QWidget:
    konzepte_compared("ue2019")(desk)
    desk.page("konzepte").comparison.rules_button.click()
    return desk.window


def konzepte_feasible(concept: str | None) -> Scene:
    def scene(desk: Desk) -> QWidget:
        page = desk.page("konzepte")
        page.show_room("machbarkeit")
        field = page.feasibility.concept.field
        field.setCurrentIndex(field.findData(concept))
        until(page.feasibility.has_answered)
        return desk.window

    return scene


def konzepte_feasible_quote(desk: Desk) -> QWidget:
    konzepte_feasible("ffm2017")(desk)
    document = desk.page("konzepte").feasibility.document
    document.setFocus()
    document.choose("rule:ffm2017:u25.arbeitslos")
    return desk.window


def konzepte_nothing_to_compare(desk: Desk) -> QWidget:
    desk.context.shelf = Shelf((paths.policies() / "leer",))
    desk.context.forget()
    desk.session.changed.emit()
    desk.page("konzepte").show_room("vergleichen")
    settle()
    return desk.window


def contact(desk: Desk) -> QWidget:
    desk.workplace.log_contact(desk.waiting().client.id)
    dialog = desk.dialog()
    dialog.fields.content.setPlainText("Bewerbungen besprochen, Kinderbetreuung ist geklärt.")
    return rested(dialog)


def contact_by_phone(desk: Desk) -> QWidget:
    dialog = contact(desk)
    assert isinstance(dialog, ContactDialog)
    dialog.fields.form.button("telefonisch").click()
    return rested(dialog)


def contact_asking(desk: Desk) -> QWidget:
    open_contact(desk.session, None, parent=desk.window)
    return desk.dialog()


def contact_warned(desk: Desk) -> QWidget:
    dialog = contact(desk)
    assert isinstance(dialog, ContactDialog)
    dialog.reject()
    return dialog


def contact_of_today(desk: Desk) -> QWidget:
    found = appointments.of_day(desk.context, TODAY)
    appointment = next(each for each, _ in found if each.state.is_open)
    finish_appointment(desk.session, appointment.id, "attended", desk.window)
    return rested(desk.dialog())


def booking(desk: Desk) -> QWidget:
    open_booking(desk.session, desk.waiting().client.id, desk.window)
    return desk.dialog()


def booking_first(desk: Desk) -> QWidget:
    """A first talk, with the caseworker's own time in it and several rooms."""
    rooms = ("1.02", "Saal")
    desk.session.perform(lambda context: context.change_settings(rooms=rooms))
    never_met = next(
        entry
        for entry in lists.entries(desk.session.context)
        if entry.appointment is None and entry.outcome.deciding.last is None
    )
    open_booking(desk.session, never_met.client.id, desk.window)
    return desk.dialog()


def moving(desk: Desk) -> QWidget:
    open_move(desk.session, desk.booked()[0].id, desk.window)
    return desk.dialog()


def exporting(desk: Desk) -> QWidget:
    page = desk.page("einladungen")
    page.calendar_button.click()
    return desk.dialog()


def exporting_again(desk: Desk) -> QWidget:
    """With full names, after one was moved and another withdrawn."""
    target = desk.folder / "ausgabe.ics"
    every = calendar_export.select(desk.context, changed=True)
    calendar_export.write_calendar(desk.context, every, target, CalendarForm())
    target.unlink()
    coming = appointments.between(desk.context, TODAY, calendar_export.FAR)
    ahead = [each for each, _ in coming if each.day > TODAY]
    appointments.cancel(desk.context, ahead[0].id)
    appointments.move(desk.context, ahead[1].id, datetime(2026, 12, 22, 15, 15))
    dialog = exporting(desk)
    assert isinstance(dialog, ExportCalendarDialog)
    dialog.privacy.button("full").click()
    return dialog


ROWS = (
    ("123A499001", "Übungsfall", "Änne", "05.05.1988", "FP", "al", "30.09.2026", "Weg 1"),
    ("123A499002", "Probst", "Bela", "31.02.1990", "Markt", "asu", "12.10.2026", "Am Ring 4"),
    ("123A499003", "Muster", "Cem", "1.7.94", "Profil F", "arbeitslos", "", "Gasse 12"),
    ("", "Schablone", "Dana", "11.11.1979", "E", "arbeitslos", "02.11.2026", "Zeile 3"),
    ("123A499001", "Entwurf", "Emil", "03.03.1983", "Stabi", "al", "", "Hof 7"),
)
HEADINGS = "KdNr;Name;Vorname;Geb.-Datum;Profil;Status;Letzter Kontakt am;Strasse;Sachgebiet"


def import_file(desk: Desk, *, encoding: str = "utf-8", many: bool = True) -> Path:
    """An invented table beside people of the caseload: new, changed, known, wrong and double."""
    lines = [HEADINGS, *(";".join((*row, "II-321")) for row in ROWS)]
    people = sorted(casework.all_clients(desk.context), key=lambda each: each.number)
    for place, client in enumerate(people[: 60 if many else 3]):
        facts, born = client.subject.facts, client.subject.birth_date
        profile = "" if place % 4 else "Stabilisierungsprofil"
        number = "123A4990" + str(50 + place) if place % 20 == 7 else client.number
        status = facts.at("status", TODAY)
        lines.append(
            f"{number};{client.last_name};{client.first_name};{born:%d.%m.%Y};{profile};{status};"
            f";{client.address.street};II-321"
        )
    path = desk.folder / "Kundenliste.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding, "replace"))
    return path


def importing(page: int, **kinds: Any) -> Scene:
    """The assistant on one of its pages."""

    def scene(desk: Desk) -> QWidget:
        desk.page("kunden")
        dialog = open_import(desk.session, parent=desk.window)
        if page or kinds:
            path = import_file(desk, **kinds)
            dialog.open_file(path)
            until(lambda: not dialog.is_busy())
            for _ in range(page - 1):
                dialog.next_button.click()
                until(lambda: not dialog.is_busy())
            path.unlink()
        settle()
        return dialog

    return scene


def importing_new(desk: Desk) -> QWidget:
    dialog = importing(3)(desk)
    assert isinstance(dialog, ImportAssistant)
    dialog.review_page.tiles.button("changed").click()
    return dialog


def importing_twins(desk: Desk) -> QWidget:
    dialog = importing(3)(desk)
    assert isinstance(dialog, ImportAssistant)
    dialog.review_page.tiles.button("twin").click()
    return dialog


def exporting_tables(desk: Desk) -> QWidget:
    return shown(ExportTablesDialog(desk.session, parent=desk.window))


def live_calendar_on(desk: Desk) -> QWidget:
    """With full names, some minutes after the last change."""
    page = desk.page("einstellungen")
    page.calendar.level.button("full").click()
    place = desk.folder / "laufend.ics"
    desk.session.perform(lambda context: live_calendar.choose(context, place))
    desk.session.finish()
    moment = datetime(2026, 11, 20, 9, 12).timestamp()
    os.utime(place, (moment, moment))
    page.reload()
    page.calendar.path.setText("/home/amina.beispiel/Dokumente/Kalender/termine-laufend.ics")
    page.show_section(page.calendar)
    desk.window.toast.hide()
    return desk.window


def live_calendar_fault(desk: Desk) -> QWidget:
    """Its folder is gone: said above the page and on the card."""
    place = desk.folder / "weg" / "laufend.ics"
    place.parent.mkdir(exist_ok=True)
    desk.session.perform(lambda context: live_calendar.choose(context, place))
    desk.session.finish()
    shutil.rmtree(place.parent)
    page = desk.page("einstellungen")
    desk.session.live_calendar.try_again()
    until(lambda: bool(desk.session.live_calendar.fault))
    page.reload()
    page.calendar.path.setText("/home/amina.beispiel/Kalender/laufend.ics")
    page.show_section(page.calendar)
    desk.window.toast.hide()
    return desk.window


def help_window(desk: Desk) -> HelpWindow:
    """The help that was just opened."""
    settle()
    return next(each.window for each in desk.window.findChildren(HelpDesk))


def help_page(page: str, heading: str = "", words: str = "") -> Scene:
    """A page of the help, from a heading on, or what a search finds in it."""

    def scene(desk: Desk) -> QWidget:
        desk.workplace.show_help()
        shown = help_window(desk)
        shown.show_page(page, heading)
        shown.search.setText(words)
        return shown

    return scene


def tour(step: TourStep | None = None) -> Scene:
    """The card of the tour on Heute, or the place it leads to."""

    def scene(desk: Desk) -> QWidget:
        desk.heute()
        desk.workplace.show_tour()
        if step is not None:
            desk.workplace.tour.lead_to(step)
        settle()
        return desk.window

    return scene


def about(row: int = 0) -> Scene:
    def scene(desk: Desk) -> QWidget:
        desk.page("einstellungen").about.about_button.click()
        dialog = desk.dialog()
        assert isinstance(dialog, AboutDialog)
        dialog.table.selectRow(row)
        return dialog

    return scene


def preview(desk: Desk) -> QWidget:
    desk.page("einladungen").print_button.click()
    dialog = desk.dialog()
    assert isinstance(dialog, ListPreview)
    until(dialog.save_button.isEnabled)
    return dialog


def new_client(desk: Desk) -> QWidget:
    desk.workplace.add_client()
    return desk.dialog()


def edit_client(desk: Desk) -> QWidget:
    ClientDialog(desk.session, desk.waiting().client, desk.window).open()
    return desk.dialog()


def deviation(desk: Desk) -> QWidget:
    DeviationDialog(desk.session, desk.waiting().client, desk.window).open()
    return desk.dialog()


def why(desk: Desk) -> QWidget:
    """Every step to what is due, over the Kundenakte."""
    akte(desk)
    desk.page("akte").show_why()
    return behind(desk)


def why_all_contacts(desk: Desk) -> QWidget:
    why(desk)
    dialog = desk.dialog()
    assert isinstance(dialog, WhyDialog)
    dialog.views[0].more_contacts.click()
    bar = dialog.area.verticalScrollBar()
    settle()
    bar.setValue(bar.maximum())
    return behind(desk)


def why_of(*concepts: str, contacts: Sequence[Contact] = ()) -> Scene:
    """Under invented concepts: two things asked for side by side, or several laid over."""

    def scene(desk: Desk) -> QWidget:
        desk.context.shelf = Shelf((paths.policies(), INVENTED))
        desk.session.perform(lambda context: policies.choose(context, *concepts))
        client = desk.entries()[0].client
        for contact in contacts:
            casework.record_contact(desk.context, replace(contact, client_id=client.id))
        desk.workplace.open_client(client.id)
        desk.page("akte").show_why()
        return behind(desk)

    return scene


def why_long_texts(desk: Desk) -> QWidget:
    """A concept and a client with names as long as they may be."""
    folder = desk.folder / "konzepte"
    folder.mkdir(exist_ok=True)
    whole = (INVENTED / "musterstadt_stufen.toml").read_text(encoding="utf-8")
    long = "Donaudampfschifffahrtsgesellschaft Musterstadt-Nord und Umlandgemeinden"
    for short, name in (
        ('"Musterstadt Stufen"', f'"{long}"'),
        ('"Betreuungsstufe"', f'"Betreuungsstufe nach der Vereinbarung mit der {long}"'),
        ('"Nach einem versäumten Termin"', f'"Nach einem versäumten Termin bei der {long}"'),
    ):
        whole = whole.replace(short, name)
    (folder / "musterstadt_stufen.toml").write_text(whole, encoding="utf-8")
    desk.context.shelf = Shelf((paths.policies(), folder))
    desk.choose_concept("musterstadt_stufen")
    desk.workplace.open_client(lists.worklist(desk.context).entries[0].client.id)
    desk.page("akte").show_why()
    return behind(desk)


def contact_for_one(desk: Desk) -> QWidget:
    """A call that counts for one of two obligations."""
    desk.context.shelf = Shelf((paths.policies(), INVENTED))
    desk.choose_concept("musterstadt_formen")
    return contact_by_phone(desk)


def why_booked(desk: Desk) -> QWidget:
    client = desk.waiting().client
    booked = appointments.book(desk.context, client, datetime(2026, 12, 1, 10, 15), 45)
    desk.workplace.open_client(client.id)
    page = desk.page("akte")
    page.next_talk.booked_steps_wanted.emit(booked)
    return behind(desk)


def why_not_kept(desk: Desk) -> QWidget:
    client = desk.booked()[1].client
    desk.workplace.open_client(client.id)
    page = desk.page("akte")
    page.dates.table.setFocus()
    page.show_why()
    return behind(desk)


def behind(desk: Desk) -> QWidget:
    """The window with the dialog over it, as they stand on the screen."""
    dialog = desk.dialog()
    settle()
    return Both(desk.window, dialog)


class Both(QWidget):
    """A picture of a window and the dialog in its middle."""

    def __init__(self, window: QWidget, dialog: QDialog) -> None:
        super().__init__()
        image = window.grab()
        painter = QPainter(image)
        painter.fillRect(image.rect(), QColor(0, 0, 0, 60))
        left = (window.width() - dialog.width()) // 2
        painter.drawPixmap(left, (window.height() - dialog.height()) // 2, dialog.grab())
        painter.end()
        self._image = image
        self.resize(image.size())

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).drawPixmap(0, 0, self._image)


def office_with_levels(desk: Desk) -> Entry:
    """An office whose concept asks for a Betreuungsstufe and more, and somebody who has one."""
    desk.context.shelf = Shelf((paths.policies(), INVENTED))
    desk.choose_concept("musterstadt_stufen")
    entry = lists.worklist(desk.context).entries[0]
    for values, since in (
        (
            {"stufe": "a", "leistungsbeginn": date(2026, 4, 1), "entfernung_km": 42},
            date(2026, 4, 1),
        ),
        ({"stufe": "b", "leistungsminderung": False}, date(2026, 9, 14)),
    ):
        casework.change_client(desk.context, entry.client, values, since)
    desk.session.changed.emit()
    return replace(entry, client=casework.client_file(desk.context, entry.client.id).client)


def akte_declared(desk: Desk) -> QWidget:
    entry = office_with_levels(desk)
    desk.workplace.open_client(entry.client.id)
    page = desk.page("akte")
    settle()
    bar = page._side.verticalScrollBar()
    bar.setValue(bar.maximum())
    return desk.window


def why_declared(desk: Desk) -> QWidget:
    akte_declared(desk)
    desk.page("akte").show_why()
    return behind(desk)


def client_declared(desk: Desk) -> QWidget:
    ClientDialog(desk.session, office_with_levels(desk).client, desk.window).open()
    dialog = desk.dialog()
    dialog.facts["entfernung_km"].value.setText("weit weg")
    dialog.submit()
    return dialog


def client_declared_history(desk: Desk) -> QWidget:
    ClientDialog(desk.session, office_with_levels(desk).client, desk.window).open()
    dialog = desk.dialog()
    dialog.facts["stufe"].open_history.click()
    settle()
    return dialog


def deviation_of_kind(kind: str, until: str = "") -> Scene:
    def scene(desk: Desk) -> QWidget:
        desk.context.shelf = Shelf((paths.policies(), INVENTED))
        desk.choose_concept("musterstadt_formen")
        DeviationDialog(desk.session, desk.waiting().client, desk.window).open()
        dialog = desk.dialog()
        dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
        if until:
            dialog.until.setText(until)
            dialog.submit()
        return dialog

    return scene


def akte_until_event(desk: Desk) -> QWidget:
    desk.context.shelf = Shelf((paths.policies(), INVENTED))
    desk.choose_concept("musterstadt_formen")
    client = desk.waiting().client
    until_event = Deviation("Maßnahme beim Träger", None, date(2026, 11, 2), "massnahme")
    casework.agree_deviation(desk.context, client.id, until_event)
    desk.session.changed.emit()
    desk.workplace.open_client(client.id)
    page = desk.page("akte")
    settle()
    bar = page._side.verticalScrollBar()
    bar.setValue(bar.maximum())
    return desk.window


def akte_resting(desk: Desk) -> QWidget:
    akte_until_event(desk)
    desk.page("akte")._side.verticalScrollBar().setValue(0)
    return desk.window


def contact_resting(desk: Desk) -> QWidget:
    akte_until_event(desk)
    desk.workplace.log_contact(desk.page("akte").current_client_id())
    return rested(desk.dialog())


def heute_until_event(desk: Desk) -> QWidget:
    akte_until_event(desk)
    page = desk.heute()
    page.heading.why.click()
    page.not_listed.links[GroupId.RESTING].click()
    until(page.proposer.is_done)
    page.worklist.scrollToBottom()
    return desk.window


def household(desk: Desk) -> Entry:
    """Who is waiting, and somebody else who waits too, in one Bedarfsgemeinschaft."""
    first, second = [e for e in desk.entries() if e.appointment is None][:2]
    for entry in (first, second):
        member = replace(entry.client, bg_number="36501//0004711")
        desk.session.perform(lambda context, member=member: casework.change_file(context, member))
    return next(e for e in desk.entries() if e.client.id == first.client.id)


def akte_together(desk: Desk) -> QWidget:
    desk.workplace.open_client(household(desk).client.id)
    return desk.window


def heute_together(desk: Desk) -> QWidget:
    client = household(desk).client
    desk.heute().worklist.choose(client.id)
    return desk.window


def contact_together(desk: Desk) -> QWidget:
    client = household(desk).client
    other = casework.client_file(desk.context, client.id).household[0]
    casework.record_contact(desk.context, Contact(TODAY, client_id=other.id))
    desk.workplace.log_contact(client.id)
    dialog = rested(desk.dialog())
    assert isinstance(dialog, ContactDialog)
    dialog.next.tiles.set_value(list(dialog.next._shown)[-2])
    return dialog


def booked_together(desk: Desk) -> Appointment:
    """A joint talk of today."""
    client = household(desk).client
    joint = proposals.next_talk(desk.context, client, Morning.now()).suggestion.together[0]
    start = datetime(2026, 11, 20, 15)
    beside = tuple(replace(each, start=start) for each in joint.beside)
    talk = replace(joint, start=start, beside=beside)
    booked = desk.session.perform(lambda context: appointments.book_together(context, client, talk))
    return booked[0]


def heute_joint(desk: Desk) -> QWidget:
    booked_together(desk)
    page = desk.heute()
    page.day.setFocus()
    page.day.setCurrentIndex(page.day.list_model.index(page.day.list_model.rowCount() - 1))
    return desk.window


def akte_joint(desk: Desk) -> QWidget:
    desk.workplace.open_client(booked_together(desk).client_id)
    return desk.window


def moving_together(desk: Desk) -> QWidget:
    open_move(desk.session, booked_together(desk).id, desk.window)
    return desk.dialog()


def wishing(desk: Desk) -> int:
    client, wish = desk.waiting().client, "nur Di und Do, nicht vor 10:00, bis 31.12.2026"
    desk.session.perform(lambda context: casework.set_wish(context, client, wish))
    return client.id


def akte_wish(desk: Desk) -> QWidget:
    desk.workplace.open_client(wishing(desk))
    return desk.window


def client_wish(desk: Desk) -> QWidget:
    client = casework.client_file(desk.context, wishing(desk)).client
    ClientDialog(desk.session, client, desk.window).open()
    dialog = desk.dialog()
    dialog.facts["wunsch"].value.setFocus()
    return dialog


def away_soon(desk: Desk) -> Client:
    """Somebody who waits for a talk and told of a holiday."""
    client = desk.waiting().client
    return casework.set_absence(
        desk.context, client, "urlaub", TODAY + timedelta(days=12), TODAY + timedelta(days=26)
    )


def akte_away(desk: Desk) -> QWidget:
    desk.workplace.open_client(away_soon(desk).id)
    return desk.window


def client_away(desk: Desk) -> QWidget:
    client = casework.client_file(desk.context, away_soon(desk).id).client
    ClientDialog(desk.session, client, desk.window).open()
    dialog = desk.dialog()
    dialog.facts["abwesend"].until.setFocus()
    return dialog


def client_away_history(desk: Desk) -> QWidget:
    dialog = client_away(desk)
    dialog.facts["abwesend"].open_history.click()
    settle()
    return dialog


def choosing_wish(desk: Desk) -> QWidget:
    client_wish(desk).facts["wunsch"].value.choose()
    settle()
    return next(w for w in desk.window.findChildren(WishDialog) if w.isVisible())


MONDAY = date(2026, 11, 23)


def woche(desk: Desk, weeks: int = 1) -> QWidget:
    """A week ahead, with the proposals beside it."""
    page = desk.page("woche")
    if weeks:
        page.go(weeks)
    until(page.list.proposer.is_done)
    return desk.window


def week_of(weeks: int) -> Scene:
    return lambda desk: woche(desk, weeks)


def fill_week(desk: Desk, monday: date = MONDAY) -> None:
    """Sixty talks, one of them joint, as long as the hours last."""
    for booked, _ in appointments.between(desk.context, monday, monday + timedelta(days=6)):
        if booked.state.is_open:
            appointments.cancel(desk.context, booked.id)
    people = (each.client for each in lists.entries(desk.context) if each.appointment is None)
    places = [(day, half) for day in range(5) for half in range(14 if day < 4 else 8)][:60]
    ways = (Delivery.NONE, Delivery.POST, Delivery.HANDED_OVER)
    for number, (day, half) in enumerate(places):
        hour, minute = divmod(8 * 60 + half * 30 + (60 if half >= 8 else 0), 60)
        start = datetime(monday.year, monday.month, monday.day + day, hour, minute)
        by_phone = number % 7 == 3
        joint = "eins" if number == 15 else ""
        for _ in range(2 if joint else 1):
            appointments.book(
                desk.context,
                next(people),
                start,
                30,
                form=ContactForm.TELEFONISCH if by_phone else ContactForm.PERSOENLICH,
                delivery=ways[number % 3],
                joint=joint,
            )
    desk.session.changed.emit()


def week_full(desk: Desk) -> QWidget:
    fill_week(desk)
    return woche(desk)


def take_times(desk: Desk) -> None:
    """What another calendar has in the week."""
    outlook = busy.add(desk.context.store, BusySource("Outlook", "/kalender.ics", has_titles=True))
    times = [
        BusyTime(
            datetime(2026, 11, 24, 8), datetime(2026, 11, 24, 9, 30), title="Dienstbesprechung"
        ),
        BusyTime(datetime(2026, 11, 26, 10), datetime(2026, 11, 26, 12)),
        BusyTime(datetime(2026, 11, 25, 14), datetime(2026, 11, 25, 15, 30), BusyState.TENTATIVE),
    ]
    reading = BusyReading("x", date(2026, 11, 1), date(2027, 11, 1), datetime(2026, 11, 20, 8))
    busy.keep_reading(desk.context.store, outlook, reading, times)


def week_busy(desk: Desk) -> QWidget:
    """Busy times, a joint talk with time after it, and invitations that are still to go out."""
    take_times(desk)
    known = appointments.between(desk.context, MONDAY, MONDAY + timedelta(days=4))
    for booked, _ in known[::3]:
        appointments.set_delivery(desk.context, booked.id, Delivery.NONE)
    waits = [entry.client for entry in desk.entries() if entry.appointment is None]
    agreed = [each for each, _ in known if each.day == date(2026, 11, 26) and each.start.hour >= 13]
    for each in agreed:
        appointments.cancel(desk.context, each.id)
    for client in waits[:2]:
        appointments.book(
            desk.context, client, datetime(2026, 11, 26, 13), 75, preparation=15, joint="zwei"
        )
    desk.session.changed.emit()
    return woche(desk)


def week_absent(desk: Desk) -> QWidget:
    hours = replace(
        desk.context.settings.hours,
        closed=(Leave(date(2026, 11, 27), date(2026, 11, 27), "Betriebsausflug"),),
        absences=(Leave(date(2026, 11, 24), date(2026, 11, 25), "Fortbildung"),),
    )
    desk.session.perform(lambda context: context.change_settings(hours=hours))
    return woche(desk)


def week_without_hours(desk: Desk) -> QWidget:
    hours = replace(desk.context.settings.hours, weeks=(((),) * 5,))
    desk.session.perform(lambda context: context.change_settings(hours=hours))
    return woche(desk)


def week_mode(mode: str, scene: Scene = week_busy) -> Scene:
    def shown_as(desk: Desk) -> QWidget:
        scene(desk)
        desk.page("woche").show_mode(mode)
        settle()
        return desk.window

    return shown_as


def week_dragged(*, refused: bool) -> Scene:
    """Somebody from the list over the calendar, held by the mouse."""

    def scene(desk: Desk) -> QWidget:
        week_busy(desk)
        page = desk.page("woche")
        taken = next(card for card in page.view.cards if card.day == date(2026, 11, 25))
        area = page.view.card_rect(taken)
        if not refused:
            area = page.view.slot_rect(datetime(2026, 11, 26, 11, 0))
        at = page.view.viewport().mapToGlobal(area.center())
        rows = page.list.panel.view
        rows.choose(page.list.waiting()[2].client.id)
        rows.dragged.emit(page.list.waiting()[2].client.id, at)
        return desk.window

    return scene


def week_carried(desk: Desk) -> QWidget:
    """A talk taken up by the keys, two steps from where it was."""
    week_busy(desk)
    page = desk.page("woche")
    card = next(card for card in page.view.cards if card.talk.is_announced)
    page.view.setFocus()
    page.view.focus_talk(card.key)
    page.view.begin_carry(replace(page.view.carry_of(card, from_key=True), from_key=True))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        QApplication.sendEvent(
            page.view, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        )
    return desk.window


def week_given_away(desk: Desk) -> QWidget:
    """A free time and who could have it."""
    week_busy(desk)
    page = desk.page("woche")
    moment = next(start for plan in page.week.days for start in plan.free)
    page.view.focus_spot(Spot(moment.date(), moment.hour * 60 + moment.minute, is_free=True))
    area = page.view.slot_rect(moment)
    page.view.slot_asked.emit(moment, page.view.viewport().mapToGlobal(area.bottomLeft()))
    return desk.window


def week_moved(desk: Desk) -> QWidget:
    """What is said when somebody was told another time already."""
    week_busy(desk)
    page = desk.page("woche")
    card = next(card for card in page.view.cards if card.talk.is_announced)
    page.view.setFocus()
    page.view.focus_talk(card.key)
    down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(page.view, down)
    until(page.list.proposer.is_done)
    return desk.window


def planning_asked(desk: Desk) -> QWidget:
    """What is asked before a plan is made."""
    woche(desk)
    desk.page("woche").propose_plan()
    settle()
    return desk.window


def planned(desk: Desk, weeks: int = 4, seconds: float = 60.0) -> Any:
    """A plan of the next weeks beside the calendar."""
    page = desk.page("woche")
    page.propose_plan()
    plan = page.plan
    plan.make(replace(plan.panel.options.options(), weeks=weeks, limits=Limits(seconds)))
    until(lambda: plan.plan is not None)
    settle()
    return page


def plan_of(
    weeks: int = 4, mode: str = "week", talk: int | None = None, seconds: float = 60.0
) -> Scene:
    def scene(desk: Desk) -> QWidget:
        page = planned(desk, weeks, seconds)
        page.show_mode(mode)
        rows = page.plan.panel.result.list
        if talk is not None:
            rows.choose(page.plan.plan.talks[talk].key)
        page.plan.panel.take_keys()
        settle()
        return desk.window

    return scene


def plan_parts(desk: Desk) -> QWidget:
    """Who has no place, who is late anyway and who is not asked."""
    page = planned(desk)
    rows = page.plan.panel.result.list
    model = rows.plan_model
    for place in range(model.rowCount()):
        rows.setExpanded(model.index(place, 0), place == 5)
    rows.setCurrentIndex(model.index(model.rowCount() - 1, 0))
    rows.scrollToBottom()
    settle()
    return desk.window


def plan_ticked(desk: Desk) -> QWidget:
    """A talk left out, and the one that rests on it; another one is left out from the calendar."""
    page = planned(desk, 8)
    plan, rows = page.plan.plan, page.plan.panel.result.list
    rests = next(talk for talk in plan.talks if plan.resting_on(talk))
    alone = next(talk for talk in plan.talks if talk.nth == 0 and talk is not rests)
    rows.plan_model.toggle_talk(alone)
    rows.choose(rests.key)
    rows.plan_model.toggle_talk(rests)
    settle()
    return desk.window


def plan_outrun(desk: Desk) -> QWidget:
    """Somebody of the plan was given an appointment meanwhile."""
    page = planned(desk)
    talk = page.plan.plan.talks[2]
    desk.session.perform(lambda c: appointments.book(c, talk.client, talk.start, 45))
    settle()
    return desk.window


def plan_taken(desk: Desk) -> QWidget:
    page = planned(desk, 1)
    page.plan.panel.result.accept.click()
    settle()
    return desk.window


def plan_under_way(desk: Desk) -> QWidget:
    woche(desk)
    page = desk.page("woche")
    page.propose_plan()
    page.plan.panel.show_work()
    page.plan.panel.working.show_progress(119, 300, "Fristen")
    page.plan.panel.take_keys()
    settle()
    return desk.window


def week_everyone(desk: Desk) -> QWidget:
    woche(desk)
    page = desk.page("woche")
    page.list.panel.span.set_value("everyone")
    until(page.list.proposer.is_done)
    return desk.window


def week_without_list(desk: Desk) -> QWidget:
    week_busy(desk)
    desk.page("woche").list.panel.close_button.click()
    return desk.window


def week_printed(desk: Desk) -> QWidget:
    week_busy(desk)
    desk.page("woche").print_week()
    dialog = desk.dialog()
    until(lambda: bool(dialog.pdf))
    return dialog


def week_asking_whom(desk: Desk) -> QWidget:
    people = list(casework.all_clients(desk.context))
    return shown(WhomDialog(people, "Mo 23.11.2026, 10:00 Uhr", print, desk.window))


def week_keys(desk: Desk) -> QWidget:
    woche(desk)
    desk.page("woche").show_keys()
    return desk.dialog()


def unlock(desk: Desk) -> QWidget:
    return shown(UnlockDialog("fallbestand.kkd", lambda text: None, desk.window))


def unlock_wrong(desk: Desk) -> QWidget:
    def refuse(text: str) -> None:
        raise UserError("Die Passphrase passt nicht zu diesem Fallbestand.")

    dialog = UnlockDialog("fallbestand.kkd", refuse, desk.window)
    shown(dialog)
    dialog.passphrase.field.setText("falsch geraten")
    dialog.submit()
    until(lambda: not dialog.is_busy())
    return dialog


def unlock_with(can_remember: bool, kept: str = "") -> Scene:
    """The question with the keyring of this computer, and what it knew."""

    def scene(desk: Desk) -> QWidget:
        def remembered() -> object:
            if kept == "falsch":
                raise UserError("")
            return None

        dialog = UnlockDialog(
            "fallbestand.kkd",
            lambda text: None,
            desk.window,
            remembered=remembered if kept else None,
            can_remember=lambda: can_remember,
        )
        shown(dialog)
        until(lambda: not tasks.is_working())
        return dialog

    return scene


def lock_screen(wrong: bool = False) -> Scene:
    def scene(desk: Desk) -> QWidget:
        def refuse(text: str) -> None:
            raise UserError("Die Passphrase passt nicht zu diesem Fallbestand.")

        screen = LockScreen(
            UnlockDialog("fallbestand.kkd", refuse, is_locked=True), None, desk.window
        )
        screen.resize(desk.window.size())
        shown(screen)
        if wrong:
            screen.question.passphrase.field.setText("falsch geraten")
            screen.question.submit()
            until(lambda: not screen.question.is_busy())
        return screen

    return scene


def countdown(seconds: int, *, over_dialog: bool = False) -> Scene:
    def scene(desk: Desk) -> QWidget:
        desk.heute()
        owner: QWidget = desk.window
        if over_dialog:
            desk.workplace.log_contact(desk.waiting().client.id)
            owner = desk.dialog()
        count = Countdown()
        count.count(seconds, owner)
        return behind(desk) if over_dialog else desk.window

    return scene


def draft_offered(desk: Desk) -> QWidget:
    desk.heute()
    client = desk.waiting().client.id
    desk.workplace.log_contact(client)
    dialog = desk.dialog()
    dialog.fields.content.insertPlainText("Über die Wohnung gesprochen, Unterlagen fehlen noch.")
    left_open.keep(desk.context, drafts.taken(desk.window))
    dialog.hide()
    dialog.deleteLater()
    Resuming(desk.workplace).resume(after_lock=True)
    settle()
    return desk.window


def draft_without_dialog(desk: Desk) -> QWidget:
    content = {
        "title": "Abweichung eintragen",
        "values": {},
        "texts": [["Grund", "Reha bis Ende Januar, danach neu sprechen."], ["", "Rückruf Montag"]],
    }
    return shown(LeftOverDialog(LeftOpen("other", content), lambda: None, desk.window))


def locking_refused(desk: Desk) -> QWidget:
    dialog = LockingDialog(lambda: None, lambda: None, desk.window)
    dialog.say_fault(
        "Der Datenträger ist voll: In „fallbestand.kkd“ konnte nichts gespeichert werden. "
        "Was vorher gespeichert war, ist unversehrt."
    )
    return shown(dialog)


def passphrase_dialog(state: str) -> Scene:
    def scene(desk: Desk) -> QWidget:
        dialog = PassphraseDialog(desk.session, desk.window)
        shown(dialog)
        if state:
            dialog.current.field.setText("die bisherige Passphrase")
            dialog.new.field.setText("Lindenallee im Herbst 1987")
            dialog.repeated.field.setText("Lindenallee im Herbst 1987")
        if state == "falsch":
            dialog.submit()
            until(lambda: not dialog.is_busy())
        return dialog

    return scene


def security(keyring: str, minutes: int = 10) -> Scene:
    """The settings of the lock on a computer with or without a keyring."""

    def scene(desk: Desk) -> QWidget:
        desk.session.perform(lambda context: context.change_settings(lock_minutes=minutes))
        with (
            patch.object(remembering, "can_remember", lambda: keyring != "kein"),
            patch.object(remembering, "is_remembered", lambda key: keyring == "gemerkt"),
            patch.object(system_watch, "can_hear", lambda: keyring != "kein"),
        ):
            page = desk.page("einstellungen")
            until(lambda: not tasks.is_working())
        page.show_section(page.security)
        settle()
        return desk.window

    return scene


def create_store(desk: Desk) -> QWidget:
    place = Path("/home/beispiel/kkd-desktop/fallbestand.kkd")
    concepts = policies.choosable(desk.context.shelf)
    dialog = CreateStoreDialog(
        place,
        lambda path, text, concept: None,
        concepts,
        desk.window,
    )
    dialog.passphrase.field.setText("vier zufällige Wörter hier")
    return shown(dialog)


def known_to_journal(desk: Desk) -> int:
    """Somebody about whom there is something everywhere, and a back-up with them in it."""
    from tests.person import known_person

    client = known_person(desk.context)
    backups.make(desk.context)
    desk.session.changed.emit()
    return client.id


def akte_more(desk: Desk) -> QWidget:
    desk.workplace.open_client(known_to_journal(desk))
    settle()
    return desk.window


def disclosing(desk: Desk) -> QWidget:
    desk.workplace.open_client(desk.waiting().client.id)
    desk.page("akte").disclose()
    return desk.dialog()


def forgetting_one(desk: Desk) -> QWidget:
    desk.workplace.open_client(known_to_journal(desk))
    desk.page("akte").forget()
    until(lambda: not tasks.is_working())
    return desk.dialog()


def retention_list(months: int, day: date, marked: int = 0) -> Scene:
    """Whose period is over on a day until which nothing happened any more."""

    def scene(desk: Desk) -> QWidget:
        from kkd_desktop.gui.dialogs.retention import RetentionDialog

        desk.context.change_settings(retention_months=months)
        desk.context.today = day
        dialog = RetentionDialog(desk.session, parent=desk.window)
        shown(dialog)
        for place in range(marked):
            index = dialog.model.index(place, 0)
            flags = dialog.table.selectionModel().SelectionFlag
            dialog.table.selectionModel().select(index, flags.Select | flags.Rows)
        return dialog

    return scene


def forgetting_many(desk: Desk) -> QWidget:
    from kkd_desktop.gui.dialogs.forget import open_forget

    backups.make_if_due(desk.context)
    people = [each.id for each in casework.all_clients(desk.context)[:12]]
    open_forget(desk.session, people, None, desk.window)
    until(lambda: not tasks.is_working())
    return desk.dialog()


def retention_section(desk: Desk) -> QWidget:
    page = desk.page("einstellungen")
    page.show_section(page.retention)
    settle()
    return desk.window


class _Chosen(PlaceChooser):
    """Always the same place, so that nobody is asked."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def file(self, parent: QWidget, title: str, name: str, kind: str) -> Path | None:
        return self._path / name


def handing_over(desk: Desk) -> QWidget:
    from kkd_desktop.gui.dialogs.hand_over import HandOverDialog

    marked = [each.id for each in casework.all_clients(desk.context)[:3]]
    return shown(HandOverDialog(desk.session, marked, parent=desk.window))


def handed_over(desk: Desk) -> QWidget:
    from kkd_desktop.gui.dialogs.hand_over import HandOverDialog

    places = _Chosen(desk.context.store.path.parent)
    marked = [each.id for each in casework.all_clients(desk.context)[:3]]
    spoken = "k7mw-pn3x-hd9v-tq2r-bfz5"
    with patch.object(parcels, "new_passphrase", lambda: spoken):
        dialog = HandOverDialog(desk.session, marked, places=places, parent=desk.window)
        shown(dialog)
        dialog.submit()
        until(lambda: not tasks.is_working() and not dialog.is_busy())
    return dialog


def taking_over(desk: Desk) -> QWidget:
    from kkd_desktop.gui.dialogs.take_over import TakeOverDialog

    return shown(TakeOverDialog(desk.session, Path("uebergabe-2026-11-20.kkp"), desk.window))


def taken_over(desk: Desk) -> QWidget:
    """Somebody new, somebody known and somebody in doubt."""
    from kkd_desktop.gui.dialogs.take_over import TakeOverDialog

    people = casework.all_clients(desk.context)[:6]
    packed = parcels.packing(desk.context, [each.id for each in people])(None)
    path = desk.context.store.path.with_name("uebergabe-2026-11-20.kkp")
    parcels.save(packed, path)
    forgetting.forget(desk.context, [each.id for each in people[:3]])
    doubtful = replace(people[4], last_name="Anders")
    casework.change_client(desk.context, doubtful)
    dialog = TakeOverDialog(desk.session, path, desk.window)
    shown(dialog)
    dialog.passphrase.field.setText(packed.spoken)
    dialog.submit()
    until(lambda: not tasks.is_working() and not dialog.is_busy())
    return dialog


def auswertung(desk: Desk) -> QWidget:
    page = desk.page("auswertung")
    until(lambda: not page.is_working() and page.view.is_complete())
    return desk.window


def auswertung_at(*charts: str, table: bool = False, place: int | None = None) -> Scene:
    """Scrolled to these charts, as tables, or with the keys at a figure."""

    def scene(desk: Desk) -> QWidget:
        auswertung(desk)
        view = desk.page("auswertung").view
        for name in charts:
            card = next(c for c in view.cards if c.view.chart.id.startswith(name))
            card.show_table(table)
            settle()
            view.ensureWidgetVisible(card, 0, 400)
            if place is not None:
                card.view.setFocus(Qt.FocusReason.TabFocusReason)
                card.view.go_to((place, len(card.view.chart.categories) - 2))
        settle()
        return desk.window

    return scene


def auswertung_left_out(desk: Desk) -> QWidget:
    auswertung(desk)
    bar = desk.page("auswertung").view.verticalScrollBar()
    bar.setValue(bar.maximum())
    return desk.window


def auswertung_definitions(desk: Desk) -> QWidget:
    auswertung(desk)
    view = desk.page("auswertung").view
    view.cards[0].definition.button.click()
    settle()
    view.ensureWidgetVisible(view.cards[0].definition)
    return desk.window


def auswertung_frankfurt(desk: Desk) -> QWidget:
    desk.choose_concept("ffm2017")
    return auswertung_at("anteile")(desk)


def auswertung_expired(desk: Desk) -> QWidget:
    desk.choose_concept("ue2019")
    return auswertung(desk)


def auswertung_working(desk: Desk) -> QWidget:
    """In the middle of it, with a way to stop."""
    page = desk.page("auswertung")
    until(lambda: not page.is_working())
    page.progress.text.setText("2026 wird gerechnet …")
    page.progress.bar.setRange(0, 10_000)
    page.progress.bar.setValue(4_300)
    page.progress.show()
    return desk.window


def auswertung_saving(desk: Desk) -> QWidget:
    auswertung(desk)
    desk.page("auswertung").save_button.click()
    return behind(desk)


def auswertung_saving_nameless(desk: Desk) -> QWidget:
    auswertung_saving(desk)
    dialog = desk.dialog()
    dialog.people.button("nameless").click()
    dialog.kind.button("json").click()
    return behind(desk)


def auswertung_printed(desk: Desk) -> QWidget:
    auswertung(desk)
    desk.page("auswertung").print_button.click()
    dialog = desk.dialog()
    until(lambda: dialog.pages.page_count() > 0)
    return behind(desk)


def auswertung_team(*months: int, broken: bool = False) -> Scene:
    """Several files added up; a broken one is said."""

    def scene(desk: Desk) -> QWidget:
        auswertung(desk)
        page = desk.page("auswertung")
        report = page.answer().report
        page.team_button.click()
        dialog = desk.dialog()
        paths = []
        for number, month in enumerate(months):
            path = desk.folder / f"fachkraft-{number + 1}.json"
            reports.write_pseudonymous(report, path, report.until, month)
            paths.append(path)
        if broken:
            paths.append(desk.folder / "urlaub.json")
            paths[-1].write_text("{}", encoding="utf-8")
        dialog.add(paths)
        until(lambda: not dialog.is_busy() and dialog.view.is_complete())
        return behind(desk)

    return scene


def auswertung_team_printed(desk: Desk) -> QWidget:
    auswertung_team(9, 10)(desk)
    desk.dialog().print_out()
    dialog = next(w for w in desk.window.findChildren(TeamReportPreview) if w.isVisible())
    until(lambda: dialog.pages.page_count() > 0)
    return Both(desk.window, dialog)


SCENES: dict[str, Scene] = {
    "auswertung": auswertung,
    "auswertung-raster": auswertung_at("soll-ist-raster", place=2),
    "auswertung-stand": auswertung_at("stand"),
    "auswertung-kontakte": auswertung_at("kontakte-vermerk"),
    "auswertung-wochen": auswertung_at("wochen", place=0),
    "auswertung-mittel": auswertung_at("mittlere-tage"),
    "auswertung-tabelle": auswertung_at("stand", "soll-ist-monat", table=True),
    "auswertung-definition": auswertung_definitions,
    "auswertung-nicht-enthalten": auswertung_left_out,
    "auswertung-frankfurt": auswertung_frankfurt,
    "auswertung-abgelaufen": auswertung_expired,
    "auswertung-rechnet": auswertung_working,
    "dialog-auswertung-speichern": auswertung_saving,
    "dialog-auswertung-ohne-personen": auswertung_saving_nameless,
    "dialog-auswertung-drucken": auswertung_printed,
    "dialog-team": auswertung_team(9, 10, 11),
    "dialog-team-drucken": auswertung_team_printed,
    "dialog-team-leer": auswertung_team(),
    "dialog-team-fehler": auswertung_team(9, broken=True),
    "akte-mehr": akte_more,
    "dialog-auskunft": disclosing,
    "dialog-loeschen": forgetting_one,
    "dialog-loeschen-viele": forgetting_many,
    "dialog-frist": retention_list(24, date(2028, 3, 1), 2),
    "dialog-frist-viele": retention_list(24, date(2030, 11, 20), 3),
    "dialog-frist-niemand": retention_list(24, TODAY),
    "einstellungen-aufbewahrung": retention_section,
    "dialog-uebergeben": handing_over,
    "dialog-uebergeben-gepackt": handed_over,
    "dialog-annehmen": taking_over,
    "dialog-annehmen-inhalt": taken_over,
    "heute": heute,
    "heute-anteilig": heute_part_week,
    "heute-nicht-enthalten": heute_left_out,
    "heute-vereinbart": heute_agreed,
    "heute-abgelaufen": heute_expired,
    "heute-frankfurt": heute_frankfurt,
    "heute-lange-namen": heute_long_name,
    "heute-zusammenstellung": heute_set,
    "heute-anteile": heute_shares,
    "anteile": shares_of("ffm2017"),
    "anteile-u25": shares_of("ffm2017", place=3),
    "anteile-uebersehen": shares_of("ffm2017", left_out=True),
    "anteile-lange-namen": shares_long_names,
    "quote-plan": quota_plan("ffm2017"),
    "quote-plan-monatsende": quota_plan("ffm2017", reading="month_end", place=1),
    "quote-plan-nicht-erreichbar": quota_plan("ffm2017", reading="month_end", place=0),
    "quote-plan-uebrig": quota_plan("ffm2017", reading="calendar_month", place=0, left_out=True),
    "quote-plan-halbjahr": quota_plan("ffm2017", place=4),
    "suche": palette("mu"),
    "tastenkuerzel": shortcut_keys(""),
    "tastenkuerzel-suche": shortcut_keys("drucken"),
    "palette-leer": palette(""),
    "palette-zuletzt": palette_recent,
    "palette-aktionen": palette(">druck"),
    "palette-gemischt": palette("be"),
    "palette-abgelehnt": palette("anteile"),
    "palette-vertippt": palette("musetr"),
    "palette-suchlauf": palette("profil:foerder"),
    "palette-nichts": palette(">xyz"),
    "kunden": kunden,
    "kunden-suche": kunden_search,
    "kunden-suchlauf": kunden_query,
    "kunden-suchlauf-unklar": kunden_query_fault,
    "kunden-vorschlaege": kunden_offers,
    "kunden-filter": kunden_form,
    "kunden-personen": kunden_people,
    "suche-speichern": save_search,
    "suche-speichern-abgelehnt": save_search_refused,
    "suchen-verwalten": saved_searches,
    "personenliste": people_list,
    "personen-einladen": inviting,
    "hilfe-suchlauf": search_help,
    "heute-suchen": heute_searches,
    "kunden-nichts": kunden_nothing,
    "akte": akte,
    "akte-vereinbart": akte_booked,
    "akte-neu": akte_new,
    "akte-lange-namen": akte_long_name,
    "woche": woche,
    "woche-heute": week_of(0),
    "woche-voll": week_full,
    "woche-leer": week_of(30),
    "woche-feiertage": week_of(5),
    "woche-belegt": week_busy,
    "woche-abwesend": week_absent,
    "woche-ohne-zeiten": week_without_hours,
    "woche-tag": week_mode("day"),
    "woche-tag-voll": week_mode("day", week_full),
    "woche-vier": week_mode("weeks"),
    "woche-vier-feiertage": week_mode("weeks", week_of(4)),
    "woche-ziehen": week_dragged(refused=False),
    "woche-ziehen-vergeben": week_dragged(refused=True),
    "woche-aufgenommen": week_carried,
    "woche-vergeben": week_given_away,
    "woche-verlegt": week_moved,
    "woche-alle": week_everyone,
    "woche-ohne-liste": week_without_list,
    "plan-fragen": planning_asked,
    "plan-arbeit": plan_under_way,
    "plan-vorschlag": plan_of(),
    "plan-vorschlag-tag": plan_of(mode="day", talk=20),
    "plan-vorschlag-vier": plan_of(mode="weeks", talk=30),
    "plan-halbes-jahr": plan_of(26, talk=400, seconds=2),
    "plan-teile": plan_parts,
    "plan-abgewaehlt": plan_ticked,
    "plan-ueberholt": plan_outrun,
    "plan-angenommen": plan_taken,
    "dialog-woche-drucken": week_printed,
    "dialog-woche-tasten": week_keys,
    "dialog-wer-kommt": week_asking_whom,
    "einladungen": einladungen,
    "einladungen-gewaehlt": einladungen_selected,
    "einladungen-nichts": einladungen_nothing,
    "einladungen-schreiben": einladungen_to_write,
    "einladungen-zugestellt": letters_posted,
    "einladungen-lange-namen": einladungen_long_name,
    "dialog-briefe": letters_to_write,
    "dialog-briefe-fehlt": letters_lacking,
    "dialog-briefe-vorschau": letters_shown,
    "dialog-briefe-gedruckt": letters_printed,
    "dialog-briefe-seiten": letters_spoiled,
    "dialog-briefe-falsche-seite": letters_wrong_page,
    "dialog-briefe-vorschau-tasten": letters_walked,
    "dialog-briefe-vorlage": letters_template_broken,
    "dialog-briefe-angehalten": letters_stopped,
    "dialog-zustellung": delivering,
    "dialog-kopie": letter_copy,
    "akte-briefe": letters_in_akte,
    "konzepte": konzepte,
    "konzepte-wortlaut": konzepte_quote,
    "konzepte-alle-wortlaute": konzepte_all_quotes,
    "konzepte-abgelaufen": konzepte_of("ue2019", "validity"),
    "konzepte-frankfurt": konzepte_of("ffm2017", "rule:ue25.arbeitslos"),
    "konzepte-defekt": konzepte_broken,
    "konzepte-lange-namen": konzepte_long,
    "konzepte-zusammenstellung": konzepte_set(),
    "konzepte-zusammenstellung-lang": konzepte_set(
        "strictest", "Donaudampfschifffahrtsgesellschaft-Musterstadt-Nord und Umland"
    ),
    "konzepte-vergleich-zusammenstellung": konzepte_compared_set,
    "konzepte-vergleich": konzepte_compared("ffm2017"),
    "konzepte-vergleich-uelzen": konzepte_compared("ue2019", kind="later"),
    "konzepte-vergleich-vorgaben": konzepte_rules,
    "konzepte-umstellen": konzepte_compared("mk2015", "01.01.2027"),
    "konzepte-umstellen-abgelaufen": konzepte_compared("mg2012", "01.12.2026", mine="ue2019"),
    "konzepte-umgestellt": konzepte_switched,
    "konzepte-vergleich-nichts": konzepte_nothing_to_compare,
    "konzepte-machbarkeit": konzepte_feasible(None),
    "konzepte-machbarkeit-frankfurt": konzepte_feasible("ffm2017"),
    "konzepte-machbarkeit-wortlaut": konzepte_feasible_quote,
    "einstellungen": settings,
    "einstellungen-programm": settings_section("about"),
    "programm": about(),
    "programm-qt": about(1),
    "hilfe": help_page("erste-schritte"),
    "hilfe-heute": help_page("heute"),
    "hilfe-akte": help_page("kundenakte", "was-zählt-und-warum"),
    "hilfe-leitfaden": help_page("konzeptdateien", "schritt-3-wer-wird-wie-oft-gesprochen"),
    "hilfe-tasten": help_page("tastenkuerzel"),
    "hilfe-gesucht": help_page("einladungen", words="bekanntgabe post"),
    "hilfe-barrierefreiheit": help_page("barrierefreiheit"),
    "hilfe-it": help_page("it-und-datenschutz"),
    "hilfe-it-einrichten": help_page("it-und-datenschutz", "einrichten-ohne-rückfragen"),
    "rundgang": tour(),
    "rundgang-schaltflaeche": tour(TourStep.CONTACT),
    "rundgang-einladung": tour(TourStep.INVITATION),
    "einstellungen-abgelaufen": settings_expired,
    "einstellungen-zusammenstellung": settings_set,
    "einstellungen-jobcenter": settings_section("office"),
    "einstellungen-arbeitszeit": settings_section("hours"),
    "einstellungen-arbeitszeit-falsch": settings_hours_wrong,
    "einstellungen-arbeitszeit-wechsel": settings_weeks(2),
    "einstellungen-arbeitszeit-vier": settings_weeks(4),
    "einstellungen-frei-termine": settings_clashes,
    "einstellungen-texte": settings_texts,
    "einstellungen-frei": settings_days_off,
    "einstellungen-kalender": settings_section("calendar"),
    "einstellungen-fremde": settings_busy(212, 38, 1),
    "einstellungen-fremde-leer": settings_busy(),
    "einstellungen-fremde-eine": settings_busy(1, state="titel"),
    "einstellungen-fremde-fehler": settings_busy(212, 38, state="fehler"),
    "einstellungen-fremde-abgelehnt": settings_busy(state="abgelehnt"),
    "einstellungen-fremde-liest": settings_busy(38, state="liest"),
    "einstellungen-kalender-laufend": live_calendar_on,
    "einstellungen-kalender-fehler": live_calendar_fault,
    "hilfe-kalender": help_page("kalender"),
    "hilfe-kalender-abschnitt": help_page("kalender", "thunderbird"),
    "einstellungen-bestand": settings_section("store"),
    "einstellungen-verlauf": settings_section("history"),
    "verlauf": history_of_all,
    "verlauf-leer": history_empty,
    "verlauf-wenig": history_few,
    "verlauf-lang": history_long,
    "verlauf-nichts": history_nothing_found,
    "verlauf-person": history_of_client,
    "menue-schritte": step_menu,
    "einstellungen-sicherungen-keine": settings_backups(0),
    "einstellungen-sicherungen-eine": settings_backups(1),
    "einstellungen-sicherungen-viele": settings_backups(20),
    "dialog-wiederherstellen": restoring(),
    "dialog-wiederherstellen-passphrase": restoring(other_passphrase=True),
    "dialog-wiederherstellen-erststart": lambda desk: shown(
        RestoreStoreDialog(Path("/home/if/.local/share/kkd-desktop/fallbestand.kkd"), print)
    ),
    "akte-ruht": akte_resting,
    "dialog-kontakt-ruht": contact_resting,
    "akte-gemeinsam": akte_together,
    "akte-gemeinsames-gespraech": akte_joint,
    "akte-wunsch": akte_wish,
    "akte-abwesend": akte_away,
    "dialog-person-abwesend": client_away,
    "dialog-person-abwesend-verlauf": client_away_history,
    "heute-gemeinsam": heute_together,
    "heute-gemeinsames-gespraech": heute_joint,
    "dialog-verlegen-gemeinsam": moving_together,
    "dialog-kontakt-gemeinsam": contact_together,
    "dialog-person-wunsch": client_wish,
    "dialog-wunsch": choosing_wish,
    "dialog-kontakt": contact,
    "dialog-kontakt-telefon": contact_by_phone,
    "dialog-kontakt-wer": contact_asking,
    "dialog-kontakt-warnung": contact_warned,
    "dialog-kontakt-heute": contact_of_today,
    "dialog-termin": booking,
    "dialog-termin-belegt": booking_over_busy,
    "dialog-termin-erstgespraech": booking_first,
    "dialog-verlegen": moving,
    "kalenderserver": settings_server(),
    "kalenderserver-wahl": settings_server_calendars,
    "kalenderserver-benutzt": settings_server(replace(SERVER, privacy=Privacy.FULL)),
    "kalenderserver-fehler": settings_server(
        SERVER, "Der Server „cloud.musterstadt.example“ ist nicht erreichbar. Bitte prüfen."
    ),
    "kalenderserver-konflikte": server_conflicts,
    "kalenderserver-konflikt": server_conflict,
    "kalenderserver-passwort": server_password,
    "kalenderserver-trennen": server_left,
    "einlesen-datei": importing(0),
    "einlesen-lesart": importing(1),
    "einlesen-zeichensatz": importing(1, encoding="cp1252"),
    "einlesen-spalten": importing(2),
    "einlesen-pruefung": importing(3),
    "einlesen-geaendert": importing_new,
    "einlesen-doppelt": importing_twins,
    "tabelle-speichern": exporting_tables,
    "dialog-export": exporting,
    "dialog-export-namen": exporting_again,
    "dialog-liste": preview,
    "dialog-person-neu": new_client,
    "dialog-person": edit_client,
    "dialog-ausnahme": deviation,
    "dialog-ausnahme-art": deviation_of_kind("elternzeit", "31.12.2028"),
    "dialog-ausnahme-ereignis": deviation_of_kind("massnahme"),
    "dialog-person-angaben": client_declared,
    "dialog-person-angaben-verlauf": client_declared_history,
    "akte-angaben": akte_declared,
    "akte-ereignis": akte_until_event,
    "heute-ereignis": heute_until_event,
    "warum-angaben": why_declared,
    "warum": why,
    "warum-alle-kontakte": why_all_contacts,
    "warum-zwei-pflichten": why_of("musterstadt_formen", contacts=CALLS),
    "warum-lesart": why_of("ffm2017"),
    "warum-uebereinander": why_of("ba2010", "mg2012", "mk2015"),
    "warum-gebucht": why_booked,
    "warum-lange-texte": why_long_texts,
    "dialog-kontakt-zwei-pflichten": contact_for_one,
    "warum-nicht-festgehalten": why_not_kept,
    "dialog-oeffnen": unlock,
    "dialog-oeffnen-falsch": unlock_wrong,
    "dialog-oeffnen-merken": unlock_with(True),
    "dialog-oeffnen-kein-schluesselbund": unlock_with(False),
    "dialog-oeffnen-merken-falsch": unlock_with(True, "falsch"),
    "gesperrt": lock_screen(),
    "gesperrt-falsch": lock_screen(wrong=True),
    "gesperrt-verhindert": locking_refused,
    "countdown": countdown(27),
    "countdown-dialog": countdown(1, over_dialog=True),
    "angefangenes": draft_offered,
    "angefangenes-text": draft_without_dialog,
    "passphrase": passphrase_dialog(""),
    "passphrase-getippt": passphrase_dialog("getippt"),
    "passphrase-falsch": passphrase_dialog("falsch"),
    "sicherheit": security("da"),
    "sicherheit-gemerkt": security("gemerkt", 5),
    "sicherheit-kein-schluesselbund": security("kein", 0),
    "dialog-willkommen": lambda desk: shown(WelcomeDialog(parent=desk.window)),
    "dialog-anlegen": create_store,
    "dialog-belegt": lambda desk: shown(
        TakenDialog(
            "fallbestand.kkd",
            Holder("JC-PC-0417", 4711, datetime(2026, 11, 20, 7, 52)),
            desk.window,
        )
    ),
    "dialog-abgelehnt": lambda desk: shown(
        RefusalDialog("fallbestand.kkd: Die Datei ist kein Fallbestand.", desk.window)
    ),
}
IN_SMALL = (
    "kunden-filter",
    "kunden-vorschlaege",
    "heute-suchen",
    "palette-leer",
    "palette-gemischt",
    "auswertung",
    "auswertung-raster",
    "auswertung-stand",
    "auswertung-wochen",
    "auswertung-nicht-enthalten",
    "dialog-team",
    "programm",
    "hilfe",
    "rundgang",
    "heute",
    "akte-gemeinsam",
    "heute-gemeinsam",
    "woche-voll",
    "woche-belegt",
    "woche-vier",
    "plan-fragen",
    "plan-vorschlag",
    "plan-vorschlag-vier",
    "plan-teile",
    "woche-ziehen",
    "kunden",
    "akte",
    "akte-vereinbart",
    "akte-angaben",
    "akte-briefe",
    "warum",
    "warum-zwei-pflichten",
    "warum-lange-texte",
    "einladungen",
    "einladungen-zugestellt",
    "einladungen-schreiben",
    "einladungen-lange-namen",
    "einstellungen",
    "einstellungen-arbeitszeit-vier",
    "einstellungen-frei",
    "einstellungen-texte",
    "anteile",
    "anteile-uebersehen",
    "anteile-lange-namen",
    "quote-plan",
    "quote-plan-nicht-erreichbar",
    "einstellungen-zusammenstellung",
    "konzepte-wortlaut",
    "konzepte-zusammenstellung",
    "konzepte-zusammenstellung-lang",
    "konzepte-defekt",
    "konzepte-vergleich",
    "konzepte-vergleich-vorgaben",
    "konzepte-umstellen",
    "konzepte-machbarkeit-frankfurt",
    "konzepte-machbarkeit-wortlaut",
    "einstellungen-fremde-fehler",
    "einstellungen-kalender-fehler",
    "verlauf",
    "verlauf-person",
    "menue-schritte",
)
IN_LARGE = ("auswertung", "woche-voll", "woche-belegt", "woche-vier", "plan-vorschlag")
IN_OTHER_CASELOADS = (
    "rundgang",
    "auswertung",
    "heute",
    "woche",
    "plan-vorschlag",
    "kunden",
    "einladungen",
    "konzepte-vergleich",
    "konzepte-machbarkeit",
)


def settle() -> None:
    """Let everything happen that was put off until the next turns."""
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def until(condition: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE
    while not condition():
        if monotonic() > end:
            raise TimeoutError(getattr(condition, "__qualname__", "?"))
        QApplication.processEvents()
    settle()


def shown(dialog: QDialog) -> QDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    settle()
    return dialog


def rested(dialog: QDialog) -> QDialog:
    """After the pause in which the proposals wait for the next key."""
    assert isinstance(dialog, ContactDialog)
    until(lambda: not dialog._timer.isActive())
    return dialog


def picture(widget: QWidget) -> QPixmap:
    """The window as the user sees it, with the list of the search field over it."""
    settle()
    image = widget.grab()
    for popup in QApplication.topLevelWidgets():
        if popup.isVisible() and popup.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip):
            painter = QPainter(image)
            painter.drawPixmap(widget.mapFromGlobal(popup.pos()), popup.grab())
            painter.end()
    return image


def in_few_colours(image: QImage) -> QImage:
    """With 256 colours, plenty for a window: a third of the file."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    inks = [QColor(theme.current().ink(tone)).rgb() for tone in theme.Tone]
    pixels = memoryview(image.constBits()).cast("I")
    usual = [colour for colour, _ in Counter(pixels).most_common(256)]
    table = list(dict.fromkeys((*inks, *usual)))[:256]
    plain = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return image.convertToFormat(QImage.Format.Format_Indexed8, table, plain)


class Caseload:
    """A made caseload that every scene gets a fresh copy of."""

    def __init__(self, folder: Path, clients: int) -> None:
        self._folder = folder
        self._made = folder / f"vorlage-{clients}.kkd"
        if clients:
            context = stores.create_demo(self._made, PASSPHRASE, TODAY, clients=clients)
        else:
            context = stores.create_caseload(self._made, PASSPHRASE, TODAY)
        stores.remember_holidays(context)
        context.store.close()
        self._key: Key = key_of(self._made, PASSPHRASE)

    @contextmanager
    def opened(self) -> Iterator[Context]:
        place = self._folder / "bestand"
        place.mkdir()
        try:
            path = place / "fallbestand.kkd"
            path.write_bytes(self._made.read_bytes())
            path.chmod(0o600)
            with stores.open_caseload(path, self._key, TODAY, thorough=False) as context:
                yield context
        finally:
            shutil.rmtree(place)


@contextmanager
def scene_shown(caseload: Caseload, scene: Scene, size: QSize) -> Iterator[tuple[Desk, QWidget]]:
    """The scene on a fresh copy of the caseload, until the block ends."""
    with caseload.opened() as context:
        stored = QSettings(
            str(context.store.path.with_name("fenster.ini")), QSettings.Format.IniFormat
        )
        workplace = Workplace(Session(context), stored)
        workplace.window.resize(size)
        ready: list[bool] = []
        workplace.settling.connect(lambda: ready.append(True))
        workplace.window.show()
        workplace.window.activateWindow()
        until(lambda: bool(ready))
        desk = Desk(workplace)
        yield desk, scene(desk)
        for dialog in workplace.window.findChildren(QDialog):
            dialog.hide()
        workplace.close()
        settle()


def show_scene(caseload: Caseload, scene: Scene, size: QSize) -> QPixmap:
    with scene_shown(caseload, scene, size) as (_, widget):
        return picture(widget)


def jobs(folder: Path, wanted: str) -> Iterator[tuple[str, Callable[[], QPixmap]]]:
    """Names of pictures, and how each is made; a caseload is made when it is first needed."""
    made: dict[int, Caseload] = {}

    def job(name: str, scene: Scene, clients: int = 300, size: QSize = USUAL):
        def draw() -> QPixmap:
            if clients not in made:
                made[clients] = Caseload(folder, clients)
            return show_scene(made[clients], scene, size)

        if wanted in name:
            yield name, draw

    for name, scene in SCENES.items():
        yield from job(name, scene)
    for name in IN_SMALL:
        yield from job(f"{name}-klein", SCENES[name], size=SMALL)
    for name in IN_LARGE:
        yield from job(f"{name}-gross", SCENES[name], size=LARGE)
    for name in IN_OTHER_CASELOADS:
        for clients in (0, 5000):
            yield from job(f"{name}-{clients}", SCENES[name], clients)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("--only", default="", metavar="WORD", help="names that hold this word")
    parser.add_argument("--into", default=OUT, type=Path, metavar="FOLDER", help=f"not {OUT}")
    parser.add_argument("--readme", action="store_true", help=f"only {README}")
    options = parser.parse_args()
    app = application()
    app.setCursorFlashTime(0)
    # A caseload of its own for each run, so that several may go on side by side.
    with (
        TemporaryDirectory(prefix="kkd-bilder-") as place,
        patch.object(clock, "datetime", Morning),
    ):
        folder = Path(place)
        if options.readme:
            theme.apply(app, SCHEMES["hell"])
            README.parent.mkdir(exist_ok=True)
            image = show_scene(Caseload(folder, 300), heute, USUAL).toImage()
            in_few_colours(image).save(str(README))
            return
        options.into.mkdir(parents=True, exist_ok=True)
        for name, draw in jobs(folder, options.only):
            for word, scheme in SCHEMES.items():
                theme.apply(app, scheme)
                draw().save(str(options.into / f"{name}-{word}.png"))


if __name__ == "__main__":
    main()
