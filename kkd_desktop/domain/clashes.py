"""Which agreed talks lie on days on which nobody is met?"""

from collections.abc import Iterable, Sequence
from datetime import date

from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.hours import Leave
from kkd_desktop.domain.values import Value

Booked = tuple[Appointment, Client]


class Clash(Value, frozen=True):
    """A talk that is agreed for a day on which nobody is met, and why that is so."""

    appointment: Appointment
    client: Client
    leave: Leave


def clashes(leaves: Sequence[Leave], booked: Iterable[Booked], today: date) -> tuple[Clash, ...]:
    """Open talks from today on that lie in one of the leaves, by time."""
    found = [
        Clash(appointment, client, leave)
        for appointment, client in booked
        if appointment.state.is_open and appointment.day >= today
        for leave in leaves
        if leave.covers(appointment.day)
    ]
    # Days that are in two leaves are told once.
    first = {clash.appointment.id: clash for clash in reversed(found)}
    return tuple(sorted(first.values(), key=lambda clash: clash.appointment.start))
