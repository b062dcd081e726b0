"""An invented person about whom there is something in every table, for tests of data protection."""

from datetime import date, datetime, time

from kkd_desktop.actions import appointments, casework, letters, undo
from kkd_desktop.actions.context import Context
from kkd_desktop.domain.appointment import AppointmentState, Delivery
from kkd_desktop.domain.client import Address, Client, Deviation, Subject
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, ContactNotes
from kkd_desktop.domain.left_open import LeftOpen
from kkd_desktop.domain.letter_kinds import LetterKind, Purpose
from kkd_desktop.domain.server_calendar import ServerEntry
from kkd_desktop.domain.values import replace
from kkd_desktop.store import export_log, left_open, server_entries
from kkd_desktop.store.export_log import Export

LAST_NAME, FIRST_NAME, FORMER_NAME = "Zyxwvut-Überall", "Quirlinde", "Mädchenname-Früher"
NUMBER, BG = "987Z654321", "12345BG0009876"
NOTE = "Bewerbung als Xylophonistin besprochen"
TALK = datetime(2026, 12, 8, 9, 0)


def known_person(
    context: Context, *, last_name: str = LAST_NAME, number: str = NUMBER, first: datetime = TALK
) -> Client:
    """Somebody with facts, an exception, contacts, a booked talk with its letter, entries in
    calendars, and steps of all of it, one of them taken back.
    """
    today = context.today
    context.change_settings(
        office="Jobcenter Musterstadt",
        street="Amtsgasse 1",
        postcode="12345",
        city="Musterstadt",
        caseworker="M. Muster",
        phone="01234 5678",
        room="112",
        keep_letters=True,
    )
    client = casework.add_client(
        context,
        Client(
            0,
            number,
            FORMER_NAME if last_name == LAST_NAME else last_name,
            FIRST_NAME,
            code="" if number != NUMBER else "ZYX",
            bg_number=BG,
            address=Address("Wunderweg 77", "54321", "Anderswo", "c/o Niemand"),
            phone="0170 9988776",
            subject=Subject(date(1988, 5, 5), date(2026, 1, 12), date(2026, 2, 1)),
        ),
        {"profile": "markt", "status": "arbeitslos", "schwer_gesundheitlich": True},
        date(2026, 1, 12),
    )
    client = casework.change_client(
        context, replace(client, last_name=last_name), {"profile": "foerder"}, date(2026, 6, 1)
    )
    casework.agree_deviation(
        context, client.id, Deviation("Umzug nach Anderswo", date(2027, 1, 31), today)
    )
    kind = ContactKind(form=ContactForm.TELEFONISCH)
    for day, content in ((date(2026, 9, 30), NOTE), (date(2026, 10, 14), "Rückruf vereinbart")):
        casework.record_contact(
            context,
            Contact(
                day,
                kind,
                at=time(9, 15),
                notes=ContactNotes(content, "Ziel: Xylophon", "Fahrtkosten"),
                phone_reason="Anreise",
                held_by="M. Muster",
                client_id=client.id,
            ),
        )
    casework.remove_contact(context, _last_contact(context, client.id))
    undo.undo(context)
    booked = appointments.book(
        context, client, first, 45, purpose="Bewerbung Xylophon", joint="0" * 32
    )
    assert booked.id is not None
    wish = letters.Wish(
        LetterKind.EINLADUNG, Delivery.HANDED_OVER, (Purpose.VERMITTLUNG,), "Bewerbung Xylophon"
    )
    letters.record_printed(context, letters.compose(context, [booked.id], wish))
    exported = Export(booked.id, 0, AppointmentState.BOOKED, "abc", context.now())
    with context.store.write("Termine exportiert"):
        export_log.record(context.store, "ics", [exported])
    calendar = "https://cloud.example.org/kalender/"
    server_entries.put(
        context.store,
        [
            ServerEntry(
                calendar, booked.uid, booked.uid, calendar + booked.uid, context.now(), "1", "d"
            )
        ],
    )
    left_open.add(context.store, [LeftOpen("contact", {"Inhalt": NOTE}, client.id)])
    return casework.find_client(context, number)


def _last_contact(context: Context, client_id: int) -> int:
    found = casework.client_file(context, client_id).history[0].contact.id
    assert found is not None
    return found
