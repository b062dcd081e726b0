"""Who is in the invented caseload, and where do they live?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from random import Random
from typing import TypeVar

from kkd_desktop.domain.client import ADULT_AGE, Address
from kkd_desktop.domain.demo.words import (
    ADDITIONS,
    FIRST_NAMES,
    LAST_NAMES,
    LONG_NAMES,
    PLACES,
    STREETS,
)
from kkd_desktop.domain.spans import Span, Unit, add_months
from kkd_desktop.domain.workdays import DAY

T = TypeVar("T")

_PROFILES = {
    "markt": 13,
    "aktivierung": 11,
    "foerder": 25,
    "entwicklung": 17,
    "stabilisierung": 12,
    "unterstuetzung": 6,
    "I": 9,
    "Z": 7,
}
_CYCLES = {
    "markt": Span(6, Unit.WEEKS),
    "aktivierung": Span(6, Unit.WEEKS),
    "foerder": Span(3, Unit.MONTHS),
    "entwicklung": Span(3, Unit.MONTHS),
    "stabilisierung": Span(9, Unit.MONTHS),
    "unterstuetzung": Span(9, Unit.MONTHS),
    "I": Span(12, Unit.MONTHS),
    "Z": Span(12, Unit.MONTHS),
}
_MONTHLY = Span(1, Unit.MONTHS)
_QUARTERLY = Span(3, Unit.MONTHS)


class Role(StrEnum):
    """Why a client stands where they stand on the list."""

    OVERDUE = "overdue"
    NEVER_SEEN = "never_seen"
    NO_PROFILE = "no_profile"
    DEVIATION = "deviation"
    ORDINARY = "ordinary"


_ROLES = {
    Role.ORDINARY: 868,
    Role.OVERDUE: 65,
    Role.DEVIATION: 30,
    Role.NEVER_SEEN: 20,
    Role.NO_PROFILE: 17,
}


@dataclass(slots=True)
class Case:
    """One client while the caseload is made up. `held` are the days of counting talks, in order."""

    id: int
    role: Role
    profile: str | None
    young: bool
    managed: bool
    in_measure: bool
    born: date
    registered: date = date.min
    held: list[date] = field(default_factory=list)
    last_name: str = ""
    first_name: str = ""
    bg_number: str = ""
    address: Address = field(default_factory=Address)

    @property
    def cycle(self) -> Span:
        if self.young:
            return _MONTHLY
        if self.managed or self.profile is None:
            return _QUARTERLY
        return _CYCLES[self.profile]


class People:
    """Makes people up and gives them homes."""

    def __init__(self, today: date, rng: Random) -> None:
        self.today = today
        self.rng = rng

    def invent(self, number: int) -> list[Case]:
        cases = self._people(number)
        self._house(cases)
        return cases

    def _people(self, number: int) -> list[Case]:
        roles = _deck(self.rng, _ROLES, number)
        profiles = _deck(self.rng, _PROFILES, number)
        young = _deck(self.rng, {True: 15, False: 85}, number)
        managed = _deck(self.rng, {True: 11, False: 89}, number)
        cases = [
            self._person(i + 1, roles[i], profiles[i], young[i], managed[i]) for i in range(number)
        ]
        self._mark_birthdays(cases)
        return cases

    def _person(self, id_: int, role: Role, profile: str, young: bool, managed: bool) -> Case:
        # Late, or excepted from being late, is only who falls under the cycles at all.
        in_cycles = role in (Role.OVERDUE, Role.DEVIATION)
        unknown = role is Role.NO_PROFILE or (role is Role.NEVER_SEEN and self.rng.random() < 0.5)
        young = young and not in_cycles
        age = self.rng.randint(17 * 365, 24 * 365) if young else self.rng.randint(9500, 23000)
        return Case(
            id_,
            role,
            profile=None if unknown else profile,
            young=young,
            managed=managed and not in_cycles and not young,
            in_measure=role is Role.ORDINARY and self.rng.random() < 0.06,
            born=self.today - timedelta(days=age),
        )

    def _mark_birthdays(self, cases: Sequence[Case]) -> None:
        """Two born on 29 February, and three who leave U25 within weeks."""
        young = [case for case in cases if case.young]
        grown = [case for case in cases if not case.young]
        if len(young) < 4 or not grown:
            return
        self.rng.choice(grown).born = date(_leap_year(self.today.year - 34), 2, 29)
        by_leap_day, *turning = self.rng.sample(young, 4)
        by_leap_day.born = date(_leap_year(self.today.year - 18), 2, 29)
        for case, ahead in zip(turning, (5, 19, 47), strict=True):
            case.born = add_months(self.today + ahead * DAY, -12 * ADULT_AGE)

    def _house(self, cases: Sequence[Case]) -> None:
        """Give names and homes; a third live with others of their Bedarfsgemeinschaft."""
        waiting, number = list(cases), 0
        self.rng.shuffle(waiting)
        while waiting:
            size = self.rng.choices((1, 2, 3), (70, 22, 8))[0]
            home, waiting = waiting[:size], waiting[size:]
            number += 1
            family = self.rng.choice(LAST_NAMES)
            postcode, city = self.rng.choice(PLACES)
            street = f"{self.rng.choice(STREETS)} {self.rng.randint(1, 98)}"
            addition = ADDITIONS[number - 1] if number <= len(ADDITIONS) else ""
            for case in home:
                alike = self.rng.random() < 0.85
                case.last_name = family if alike else self.rng.choice(LAST_NAMES)
                case.first_name = self.rng.choice(FIRST_NAMES)
                case.bg_number = f"99999//{number:07d}"
                case.address = Address(street, postcode, city, addition)
        if len(cases) > len(LONG_NAMES):
            for case, name in zip(
                self.rng.sample(list(cases), len(LONG_NAMES)), LONG_NAMES, strict=True
            ):
                case.last_name, case.first_name = name


def _deck(rng: Random, shares: Mapping[T, int], number: int) -> list[T]:
    """`number` cards in these shares as exactly as whole numbers allow, shuffled."""
    total = sum(shares.values())
    cards = [card for card, share in shares.items() for _ in range(number * share // total)]
    rest = sorted(shares, key=lambda card: -(number * shares[card] % total))
    cards.extend(rest[: number - len(cards)])
    rng.shuffle(cards)
    return cards


def _leap_year(year: int) -> int:
    """The last leap year up to that one, within the years people of working age are born in."""
    return year - year % 4
