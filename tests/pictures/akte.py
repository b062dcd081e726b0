"""How does the Kundenakte look with what can stand in it?"""

from datetime import date, datetime, timedelta

from PySide6.QtWidgets import QWidget

from kkd_desktop import paths
from kkd_desktop.actions import appointments, backups, casework, proposals
from kkd_desktop.actions import worklist as lists
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.client import Client, Deviation
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.worklist import Entry
from kkd_desktop.policyfiles.shelf import Shelf
from tests.pictures.desk import INVENTED, TODAY, Desk, Morning, Scene, settle


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


def scroll_to_end(desk: Desk) -> None:
    page = desk.page("akte")
    settle()
    bar = page._side.verticalScrollBar()
    bar.setValue(bar.maximum())


def akte_declared(desk: Desk) -> QWidget:
    entry = office_with_levels(desk)
    desk.workplace.open_client(entry.client.id)
    scroll_to_end(desk)
    return desk.window


def akte_until_event(desk: Desk) -> QWidget:
    desk.context.shelf = Shelf((paths.policies(), INVENTED))
    desk.choose_concept("musterstadt_formen")
    client = desk.waiting().client
    until_event = Deviation("Maßnahme beim Träger", None, date(2026, 11, 2), "massnahme")
    casework.agree_deviation(desk.context, client.id, until_event)
    desk.session.changed.emit()
    desk.workplace.open_client(client.id)
    scroll_to_end(desk)
    return desk.window


def akte_resting(desk: Desk) -> QWidget:
    akte_until_event(desk)
    desk.page("akte")._side.verticalScrollBar().setValue(0)
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


def booked_together(desk: Desk) -> Appointment:
    """A joint talk of today."""
    client = household(desk).client
    joint = proposals.next_talk(desk.context, client, Morning.now()).suggestion.together[0]
    start = datetime(2026, 11, 20, 15)
    beside = tuple(replace(each, start=start) for each in joint.beside)
    talk = replace(joint, start=start, beside=beside)
    booked = desk.session.perform(lambda context: appointments.book_together(context, client, talk))
    return booked[0]


def akte_joint(desk: Desk) -> QWidget:
    desk.workplace.open_client(booked_together(desk).client_id)
    return desk.window


def wishing(desk: Desk) -> int:
    client, wish = desk.waiting().client, "nur Di und Do, nicht vor 10:00, bis 31.12.2026"
    desk.session.perform(lambda context: casework.set_wish(context, client, wish))
    return client.id


def akte_wish(desk: Desk) -> QWidget:
    desk.workplace.open_client(wishing(desk))
    return desk.window


def away_soon(desk: Desk) -> Client:
    """Somebody who waits for a talk and told of a holiday."""
    client = desk.waiting().client
    return casework.set_absence(
        desk.context, client, "urlaub", TODAY + timedelta(days=12), TODAY + timedelta(days=26)
    )


def akte_away(desk: Desk) -> QWidget:
    desk.workplace.open_client(away_soon(desk).id)
    return desk.window


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


SCENES: dict[str, Scene] = {
    "akte-mehr": akte_more,
    "akte": akte,
    "akte-vereinbart": akte_booked,
    "akte-neu": akte_new,
    "akte-lange-namen": akte_long_name,
    "akte-ruht": akte_resting,
    "akte-gemeinsam": akte_together,
    "akte-gemeinsames-gespraech": akte_joint,
    "akte-wunsch": akte_wish,
    "akte-abwesend": akte_away,
    "akte-angaben": akte_declared,
    "akte-ereignis": akte_until_event,
}
