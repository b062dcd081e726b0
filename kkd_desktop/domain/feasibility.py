"""Is there the time for the talks that a policy demands?"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import floor

from kkd_desktop.domain.caseload import Capacity
from kkd_desktop.domain.language import said
from kkd_desktop.domain.policy import Policy
from kkd_desktop.domain.slots import Agenda
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.workdays import DAY
from kkd_desktop.domain.workload import DAYS_OF_MONTH, CaseloadDemand, Reading

ENOUGH_TALKS = 20
"""Fewer agreed talks say nothing about how many of those invited come."""


class Supply(Value, frozen=True):
    """The talks there is time for from `first` to `last`, both included."""

    first: date
    last: date
    minutes: int
    """Of one talk, preparation included."""
    working_days: int
    free: int
    booked: int
    norm: int | None = None
    """Talks that fill the policy's norm of capacity on these days; None without a norm."""

    @property
    def talks(self) -> int:
        return self.free + self.booked

    @property
    def months(self) -> Fraction:
        return Fraction((self.last - self.first).days + 1) / DAYS_OF_MONTH

    @property
    def per_month(self) -> Fraction:
        return self.talks / self.months


class ShowRate(Value, frozen=True):
    """How many of the agreed talks took place since a day."""

    attended: int
    missed: int
    since: date

    @property
    def share(self) -> Fraction | None:
        """None where too few talks were agreed to tell."""
        agreed = self.attended + self.missed
        return Fraction(self.attended, agreed) if agreed >= ENOUGH_TALKS else None


class Feasibility(Value, frozen=True):
    """Demand against supply. Without a known show rate everyone is taken to come."""

    policies: tuple[Policy, ...]
    demand: CaseloadDemand
    supply: Supply
    show: ShowRate
    overdue: int
    notes: tuple[str, ...] = ()

    def needed(self, reading: Reading) -> Fraction:
        """Talks that must take place within the time of the supply."""
        return self.demand.per_month.of(reading) * self.supply.months + self.demand.once

    def invitations(self, reading: Reading) -> Fraction:
        """Appointments to offer for them, as some will not come."""
        share = self._share
        return self.needed(reading) / share if share else self.needed(reading)

    def reachable(self, reading: Reading) -> Fraction:
        """The part of the needed talks that can take place: one is all of them."""
        needed = self.needed(reading)
        return min(Fraction(1), self.supply.talks * self._share / needed) if needed else Fraction(1)

    def is_feasible(self, reading: Reading) -> bool:
        return self.reachable(reading) == 1

    @property
    def _share(self) -> Fraction:
        return Fraction(1) if self.show.share is None else self.show.share


def verdict(found: Feasibility, reading: Reading) -> str:
    """`erreichbar` or `nicht erreichbar, höchstens 63 %`; rounded down, never up to 100."""
    if found.is_feasible(reading):
        return said("erreichbar")
    return said("nicht erreichbar, höchstens {floor} %").format(
        floor=floor(found.reachable(reading) * 100)
    )


def supply(
    agenda: Agenda,
    first: date,
    last: date,
    minutes: int,
    *,
    booked: int,
    norm: Capacity | None = None,
) -> Supply:
    """The talks of one length that still fit into an agenda, beside those `booked` in it."""
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    open_days = [day for day in days if agenda.is_open(day)]
    free = sum(fitting(agenda.free_slots(day, minutes), minutes) for day in open_days)
    weeks = agenda.weeks_between(first, last)
    asked = None if norm is None else _talks_of(norm, weeks, minutes)
    return Supply(first, last, minutes, len(open_days), free, booked, asked)


def fitting(starts: Iterable[datetime], minutes: int) -> int:
    """How many talks fit one after the other; taking the earliest start leaves the most room."""
    number, end = 0, None
    for start in starts:
        if end is None or start >= end:
            number, end = number + 1, start + timedelta(minutes=minutes)
    return number


def _talks_of(norm: Capacity, weeks: Fraction, minutes: int) -> int:
    if norm.min_contacts is not None:
        return floor(norm.min_contacts * weeks)
    return floor(norm.contact_hours * 60 * weeks / minutes)


def last_day(first: date, weeks: int) -> date:
    """The last day of so many weeks from `first` on."""
    return first + timedelta(weeks=weeks) - DAY
