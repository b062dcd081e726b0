"""How do the sections of Einstellungen look?"""

from datetime import date
from unittest.mock import patch

from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import remembering
from kkd_desktop.domain.hours import Leave
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import system_watch, tasks
from tests.pictures.desk import Desk, Scene, settle, until
from tests.pictures.konzepte import with_set


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


def settings_texts(desk: Desk) -> QWidget:
    page = desk.page("einstellungen")
    section = page.texts
    section.list.rows[0].review_button.click()
    settle()
    section.list.rows[1].open_button.click()
    settle()
    page.show_section(section)
    return desk.window


def settings_set(desk: Desk) -> QWidget:
    with_set(desk, "strictest")
    desk.page("einstellungen")
    return desk.window


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


def retention_section(desk: Desk) -> QWidget:
    page = desk.page("einstellungen")
    page.show_section(page.retention)
    settle()
    return desk.window


SCENES: dict[str, Scene] = {
    "einstellungen-aufbewahrung": retention_section,
    "einstellungen": settings,
    "einstellungen-programm": settings_section("about"),
    "einstellungen-darstellung": settings_section("appearance"),
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
    "einstellungen-bestand": settings_section("store"),
    "einstellungen-verlauf": settings_section("history"),
    "sicherheit": security("da"),
    "sicherheit-gemerkt": security("gemerkt", 5),
    "sicherheit-kein-schluesselbund": security("kein", 0),
}
