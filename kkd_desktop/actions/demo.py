"""Fill a caseload with invented people."""

from kkd_desktop.actions.context import Context
from kkd_desktop.domain.demo import SEED, DemoCaseload, demo_caseload
from kkd_desktop.domain.values import replace
from kkd_desktop.store import appointments, clients, contacts

OFFICE = "Jobcenter Musterstadt"
CASEWORKER = "M. Beispiel"
ROOM = "2.14"
ROOMS = ("2.16", "Besprechung 1")
MAILBOX = "postfach@jobcenter-musterstadt.example"
SENDER = {
    "street": "Amtsweg 1",
    "postcode": "12345",
    "city": "Musterstadt",
    "phone": "0123 456-789",
    "reference": "II-321",
}


def fill(context: Context, number: int, seed: int | None = None) -> None:
    """Write an invented caseload as of the context's day into an empty store, in one step."""
    made = demo_caseload(
        context.today, number, SEED if seed is None else seed, calendar=context.office_calendar()
    )
    with context.store.write(journaled=False):
        context.change_settings(
            office=OFFICE,
            mailbox=MAILBOX,
            caseworker=CASEWORKER,
            room=ROOM,
            rooms=ROOMS,
            hours=made.hours,
        )
        context.change_settings(**SENDER)
        _write(context, made)


def _write(context: Context, made: DemoCaseload) -> None:
    store, now = context.store, context.now()
    client_ids = {client.id: clients.add(store, client, now) for client in made.clients}
    booked = {
        each.id: appointments.add(store, replace(each, client_id=client_ids[each.client_id]))
        for each in made.appointments
    }
    for contact in made.contacts:
        of_client = None if contact.client_id is None else client_ids[contact.client_id]
        at = booked.get(contact.appointment_id)
        contacts.add(store, replace(contact, client_id=of_client, appointment_id=at))
