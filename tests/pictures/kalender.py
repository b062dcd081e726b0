"""How do other calendars look in Einstellungen: the living file, those read, the server?"""

import os
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import appointments, caldav, live_calendar
from kkd_desktop.actions import busy as other_calendars
from kkd_desktop.domain.busy_time import BusySource
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.privacy import Privacy, client_label
from kkd_desktop.domain.server_account import ServerAccount
from kkd_desktop.domain.server_calendar import (
    Conflict,
    LastPush,
    ServerCalendar,
    ServerEntry,
    Shown,
)
from kkd_desktop.domain.values import replace
from kkd_desktop.gui.busy_watch import watch_of
from kkd_desktop.gui.calendar_push import CalendarPush, push_of
from kkd_desktop.gui.dialogs.base import show
from kkd_desktop.gui.dialogs.leave_server import LeaveServerDialog
from kkd_desktop.gui.dialogs.server_password import ServerPasswordDialog
from kkd_desktop.store import server_entries
from tests.pictures.desk import TODAY, Desk, Scene, settle, until

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


SCENES: dict[str, Scene] = {
    "einstellungen-fremde": settings_busy(212, 38, 1),
    "einstellungen-fremde-leer": settings_busy(),
    "einstellungen-fremde-eine": settings_busy(1, state="titel"),
    "einstellungen-fremde-fehler": settings_busy(212, 38, state="fehler"),
    "einstellungen-fremde-abgelehnt": settings_busy(state="abgelehnt"),
    "einstellungen-fremde-liest": settings_busy(38, state="liest"),
    "einstellungen-kalender-laufend": live_calendar_on,
    "einstellungen-kalender-fehler": live_calendar_fault,
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
}
