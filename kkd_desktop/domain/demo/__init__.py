"""What does the desk of a caseworker look like? An invented caseload, the same for the same seed.

The gaps between talks follow the cycles of Mönchengladbach 2012, so that its worklist looks as in
an office: a few days over for some, a handful due this week, most inside their window. Under any
other policy the same contacts tell another story.
"""

from datetime import date
from random import Random

from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.demo.cases import People
from kkd_desktop.domain.demo.desk import Desk
from kkd_desktop.domain.demo.dossier import Dossier
from kkd_desktop.domain.demo.history import Past
from kkd_desktop.domain.hours import WorkingHours
from kkd_desktop.domain.slots import Agenda
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.workdays import WorkCalendar

SEED = 20261120
MOST_CLIENTS = 90_000
"""Client numbers repeat beyond."""

FULL_CASELOAD = 120
"""Clients from which on one caseworker's week is full."""


class DemoCaseload(Value, frozen=True):
    """Clients, their contacts and appointments, tied together by temporary ids from 1 on."""

    today: date
    hours: WorkingHours
    clients: tuple[Client, ...]
    contacts: tuple[Contact, ...]
    appointments: tuple[Appointment, ...]


def demo_caseload(
    today: date,
    clients: int = 300,
    seed: int = SEED,
    *,
    calendar: WorkCalendar | None = None,
    hours: WorkingHours | None = None,
) -> DemoCaseload:
    """Make up the caseload of one caseworker as it stands in the course of `today`.

    The calendar defaults to Nordrhein-Westfalen, where the cycles come from. Everything is drawn
    from one generator of chance in one order.
    """
    if not 0 <= clients <= MOST_CLIENTS:
        raise ValueError(f"clients: {clients}")
    rng = Random(seed)
    hours = hours or WorkingHours()
    agenda = Agenda(calendar or WorkCalendar("NW"), hours)
    fullness = min(1.0, clients / FULL_CASELOAD)

    cases = People(today, rng).invent(clients)
    past = Past(today, rng, agenda.calendar)
    for case in cases:
        past.live_through(case)
    if agenda.is_open(today):
        past.see_today(cases, round(2 * fullness))

    desk = Desk(today, rng, agenda)
    for case in cases:
        desk.file(case, past.events(case))
    desk.book_ahead(cases, fullness)

    dossier = Dossier(today, rng, agenda.calendar)
    return DemoCaseload(
        today,
        hours,
        tuple(dossier.client(case) for case in cases),
        tuple(desk.contacts),
        tuple(desk.appointments),
    )
