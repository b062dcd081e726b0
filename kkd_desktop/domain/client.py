"""Who is the client, and what do the policies ask about them?"""

from datetime import date
from enum import StrEnum

from kkd_desktop.domain.facts import Facts
from kkd_desktop.domain.spans import birthday
from kkd_desktop.domain.values import Value, changed_alike, field, replace

ADULT_AGE = 25
"""Completed years of life that part U25 from Ü25 (§§ 7 III, 31a VI SGB II; reading R5)."""


WISH = "wunsch"
"""Name of the fact that keeps when a client can come, as `wishes` reads and writes it:
`vormittags`, `Di, Do, nicht vor 10:00`."""


class AgeGroup(StrEnum):
    U25 = "u25"
    UE25 = "ue25"


class Deviation(Value, frozen=True, gc=False):
    """A reasoned exception from the policy for one client (reading R15): it always ends.

    `until` is the day of the end, or of the individual date that replaces the rule's. None where it
    ends with the event that its `kind` names. `since` is the day it was agreed, None where unknown.
    """

    reason: str
    until: date | None
    since: date | None = None
    kind: str | None = None

    def lasts_beyond(self, day: date) -> bool:
        return self.until is None or self.until > day


class Subject(Value, frozen=True, gc=False):
    """What an evaluation may know about a client: no name, no number."""

    birth_date: date | None = None
    registered: date | None = None
    einv_start: date | None = None
    einv_end: date | None = None
    facts: Facts = field(default_factory=Facts)
    deviation: Deviation | None = None
    planned_next: date | None = None

    def age_group(self, day: date) -> AgeGroup | None:
        """U25 until the day before the 25th birthday; None where the birth date is missing."""
        if self.birth_date is None:
            return None
        return AgeGroup.U25 if day < birthday(self.birth_date, ADULT_AGE) else AgeGroup.UE25


class Address(Value, frozen=True, gc=False):
    """`addition` stands between name and street: `c/o Beispiel`, `Hinterhaus`; semicolons part
    several, also in front of the street itself.
    """

    street: str = ""
    postcode: str = ""
    city: str = ""
    addition: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands below the name: additions, street, place."""
        upper = [part.strip() for part in f"{self.addition};{self.street}".split(";")]
        place = " ".join(part for part in (self.postcode, self.city) if part)
        return tuple(part for part in (*upper, place) if part)


class Named(Value, frozen=True, gc=False):
    """Who somebody is, and nothing about them: what a search for people needs."""

    id: int
    name: str
    number: str
    code: str
    bg_number: str


class Client(Value, frozen=True, gc=False):
    """A person of the caseload.

    `number` is the Kundennummer, `code` the caseworker's own short mark.
    """

    id: int
    number: str
    last_name: str
    first_name: str
    code: str = ""
    bg_number: str = ""
    address: Address = Address()
    phone: str = ""
    subject: Subject = field(default_factory=Subject)

    @property
    def name(self) -> str:
        """`Beispiel, Amina`, as lists sort it."""
        return f"{self.last_name}, {self.first_name}" if self.first_name else self.last_name

    @property
    def mark(self) -> str:
        """What people write to find somebody: the number, else the own short mark."""
        return self.number or self.code

    @property
    def initials(self) -> str:
        """`A. B.`: all that a calendar may show by default."""
        return " ".join(f"{part[0]}." for part in (self.first_name, self.last_name) if part)


def edited(now: Client, before: Client, after: Client) -> Client:
    """What somebody changed from `before` to `after`, in `now`: what others have changed meanwhile
    stays, but for what both did. Of a fact that is its whole history.
    """
    subjects = now.subject, before.subject, after.subject
    facts, old, new = (each.facts for each in subjects)
    kept = {
        name: new.timeline(name)
        if old.timeline(name) != new.timeline(name)
        else facts.timeline(name)
        for name in dict.fromkeys((*facts.names(), *old.names(), *new.names()))
    }
    subject = replace(
        changed_alike(*subjects), facts=Facts({name: line for name, line in kept.items() if line})
    )
    return replace(changed_alike(now, before, after), subject=subject)
