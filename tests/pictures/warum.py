"""How does every step to what is due look, under all kinds of concepts?"""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from kkd_desktop import paths
from kkd_desktop.actions import appointments, casework, policies
from kkd_desktop.actions import worklist as lists
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind
from kkd_desktop.domain.values import replace
from kkd_desktop.gui.dialogs.why import WhyDialog
from kkd_desktop.policyfiles.shelf import Shelf
from tests.pictures.akte import akte, akte_declared
from tests.pictures.desk import INVENTED, Desk, Scene, behind, settle

CALLS = (
    Contact(date(2026, 11, 9), ContactKind(form=ContactForm.TELEFONISCH)),
    Contact(date(2026, 10, 12), ContactKind(form=ContactForm.TELEFONISCH)),
)


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


def why_declared(desk: Desk) -> QWidget:
    akte_declared(desk)
    desk.page("akte").show_why()
    return behind(desk)


SCENES: dict[str, Scene] = {
    "warum-angaben": why_declared,
    "warum": why,
    "warum-alle-kontakte": why_all_contacts,
    "warum-zwei-pflichten": why_of("musterstadt_formen", contacts=CALLS),
    "warum-lesart": why_of("ffm2017"),
    "warum-uebereinander": why_of("ba2010", "mg2012", "mk2015"),
    "warum-gebucht": why_booked,
    "warum-lange-texte": why_long_texts,
    "warum-nicht-festgehalten": why_not_kept,
}
