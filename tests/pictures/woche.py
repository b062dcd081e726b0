"""How does Woche look: one day to four weeks, full, empty, dragged, by keys?"""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from kkd_desktop.actions import appointments, casework
from kkd_desktop.actions import worklist as lists
from kkd_desktop.domain.appointment import Delivery
from kkd_desktop.domain.busy_time import BusyReading, BusySource, BusyState, BusyTime
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.hours import Leave
from kkd_desktop.domain.values import replace
from kkd_desktop.gui.busy_watch import watch_of
from kkd_desktop.gui.dialogs.whom import WhomDialog
from kkd_desktop.gui.models.week_carry import Spot
from kkd_desktop.store import busy
from tests.pictures.desk import Desk, Scene, settle, shown, until

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
    """What another calendar has in the week. Its file is none, so nobody may look for it."""
    watch_of(desk.session).stop()
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


def woche_month(desk: Desk) -> QWidget:
    """The small month to choose a day from."""
    desk.page("woche").show_month()
    settle()
    return desk.window


SCENES: dict[str, Scene] = {
    "woche-monat": woche_month,
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
    "dialog-woche-drucken": week_printed,
    "dialog-woche-tasten": week_keys,
    "dialog-wer-kommt": week_asking_whom,
}
