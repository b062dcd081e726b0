"""From the click on a client to the proposal: 300 clients, a year of appointments, aim 50 ms.

The agenda is built anew each time, as the first click of a day does; everyone is one of two of a
Bedarfsgemeinschaft, so that talks together are looked for too, and another calendar holds an hour
of each day. The floor is one read of the appointments, as values.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from kkd_desktop.actions import busy, casework, proposals, stores
from kkd_desktop.actions.context import Context
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.values import replace
from kkd_desktop.store import appointments, clients
from tests.benchmarks import caseloads
from tests.benchmarks.report import Row, seconds

CLIENTS, DAYS = 300, 365
HOURS = (8, 9, 10, 11, 14)
ROUNDS = 60
AIM = 0.05
NOW = datetime.combine(caseloads.TODAY, time(9))


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bestand.kkd"
        key = caseloads.even(path, CLIENTS)
        with stores.open_caseload(path, key, caseloads.TODAY) as context:
            people = _in_pairs(context)
            booked = _book_a_year(context, people)
            stores.remember_holidays(context)
            busy.import_once(context, _elsewhere(Path(folder)))
            asked = [person for person in people if person.id not in booked][:ROUNDS]
            yield Row("the very first of a process, aim 50 ms", _once(context, asked[0]))

            def floor() -> None:
                first = caseloads.TODAY
                appointments.between(context.store, first, first + timedelta(days=600))

            each = [(_once(context, person), seconds(floor)) for person in asked]
            name = "a proposal, 300 clients, a year of appointments"
            whole, bare = (median(column) for column in zip(*each, strict=True))
            yield Row(name, whole, bare, AIM / bare)
            yield Row("nine of ten of them within", quantiles((took for took, _ in each), n=10)[-1])
            free = proposals.agenda(context)
            alone = [_once(context, person, free) for person in asked]
            yield Row("another one on the same agenda", median(alone))


def _once(context: Context, person: Client, free: proposals.Agenda | None = None) -> float:
    def propose() -> None:
        proposals.next_talk(context, person, NOW, free=free)

    return seconds(propose)


def _elsewhere(folder: Path) -> Path:
    """A calendar with a break every day and a meeting every Monday."""
    place = folder / "kalender.ics"
    entries = (
        f"BEGIN:VEVENT\nUID:{name}\nDTSTART:20260105T{begin}\nDURATION:PT1H\nRRULE:{rule}\nEND:VEVENT\n"
        for name, begin, rule in (
            ("break", "120000", "FREQ=DAILY"),
            ("meeting", "090000", "FREQ=WEEKLY"),
        )
    )
    place.write_text(f"BEGIN:VCALENDAR\n{''.join(entries)}END:VCALENDAR\n")
    return place


def _in_pairs(context: Context) -> list[Client]:
    """Two to a Bedarfsgemeinschaft."""
    known = casework.all_clients(context)
    with context.store.write(journaled=False):
        for place, person in enumerate(known):
            clients.change(context.store, replace(person, bg_number=f"35502//{place // 2:07d}"))
    return casework.all_clients(context)


def _book_a_year(context: Context, people: list[Client]) -> set[int]:
    """Five talks on every working day of a year, with all but the last of the list."""
    calendar, taken = context.office_calendar(), people[: -2 * ROUNDS]
    year = (caseloads.TODAY + timedelta(days=number) for number in range(1, DAYS))
    starts = (
        datetime.combine(day, time(hour))
        for day in year
        if calendar.is_workday(day)
        for hour in HOURS
    )
    with context.store.write(journaled=False):
        for number, start in enumerate(starts):
            person = taken[number % len(taken)]
            talk = Appointment(person.id, start, 45, f"uid-{number}", context.now())
            appointments.add(context.store, talk)
    return {person.id for person in taken}
