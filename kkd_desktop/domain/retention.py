"""Who has been stored long enough, by the office's own period and by what its rules look back to?

Nobody is ever deleted by this: it says whom to think about, and why.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from kkd_desktop.domain import texts
from kkd_desktop.domain.language import Sayings, said
from kkd_desktop.domain.policy import (
    Between,
    CountInPeriod,
    Deadline,
    Demand,
    Explicit,
    FirstContact,
    NestedShares,
    Policy,
    Steps,
)
from kkd_desktop.domain.spans import Span, add_months
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.workdays import WorkCalendar


class LookBack(Value, frozen=True):
    """A span a rule looks back over: as long as it runs, what lies in it is still needed."""

    span: Span
    policy: str
    rule: str


class Last(StrEnum):
    """What happened last with a person."""

    CONTACT = "contact"
    APPOINTMENT = "appointment"
    ADDED = "added"


LAST_TEXTS = Sayings(
    {
        Last.CONTACT: "letzter Kontakt",
        Last.APPOINTMENT: "letzter Termin",
        Last.ADDED: "aufgenommen",
    }
)


class Trail(Value, frozen=True):
    """The days of one person that matter here. `needed` is the last day on which an appointment,
    the Kooperationsplan or an exception still stands.
    """

    client_id: int
    name: str
    number: str
    added: date
    contact: date | None = None
    appointment: date | None = None
    needed: date | None = None


class Candidate(Value, frozen=True):
    """Somebody whose time is over since `kept_until`, and why."""

    client_id: int
    name: str
    number: str
    last: Last
    last_day: date
    kept_until: date
    reason: str


def look_backs(policies: Iterable[tuple[Policy, WorkCalendar]], today: date) -> list[LookBack]:
    """Every span of every rule, the longest first."""
    found = []
    for policy, calendar in policies:
        for title, span in _spans_of(policy):
            found.append((span.after(today, calendar), LookBack(span, policy.short_title, title)))
    return [each for _, each in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _spans_of(policy: Policy) -> Iterator[tuple[str, Span]]:
    for rule in policy.rules:
        for span in _demanded(rule.demand):
            yield rule.title, span
        if rule.during is not None:
            for each in (rule.during.begins, rule.during.ends):
                if each is not None:
                    yield rule.title, each
    for kind in policy.exceptions:
        if kind.longest is not None:
            yield kind.title, kind.longest


def _demanded(demand: Demand) -> Iterator[Span]:
    if isinstance(demand, Explicit):
        return
    if isinstance(demand, Steps):
        for step in demand.steps:
            yield from _demanded(step.demand)
    elif isinstance(demand, NestedShares):
        yield from (share.within for share in demand.shares)
    elif isinstance(demand, Between):
        yield demand.upper
    elif isinstance(demand, CountInPeriod):
        yield demand.period
    elif isinstance(demand, FirstContact):
        yield demand.latest
    elif isinstance(demand, Deadline):
        yield demand.span
    else:
        yield demand.span


class Period:
    """How long somebody is kept after a day: the office's months, or a rule that looks further."""

    __slots__ = ("_calendar", "_longest", "_months")

    def __init__(self, months: int, longest: LookBack | None, calendar: WorkCalendar) -> None:
        self._months, self._longest, self._calendar = months, longest, calendar

    def german(self, rule: LookBack | None) -> str:
        """`24 Monate danach`, or the rule that looks back further."""
        if rule is None:
            return said("{count} danach").format(
                count=texts.counted(self._months, "Monat", "Monate")
            )
        return said("{german} danach ({policy}, {rule})").format(
            german=rule.span.german(), policy=rule.policy, rule=rule.rule
        )

    def ends(self, day: date) -> tuple[date, LookBack | None]:
        """The last day, and the rule where it is because of one."""
        own = add_months(day, self._months)
        if self._longest is not None:
            further = self._longest.span.after(day, self._calendar)
            if further > own:
                return further, self._longest
        return own, None


def candidates(trails: Iterable[Trail], period: Period, today: date) -> tuple[Candidate, ...]:
    """Those whose time is over, the longest ago first."""
    found = [each for trail in trails if (each := _candidate(trail, period, today)) is not None]
    return tuple(sorted(found, key=lambda each: (each.kept_until, each.name, each.client_id)))


def _candidate(trail: Trail, period: Period, today: date) -> Candidate | None:
    last, day = _last(trail)
    if trail.needed is not None and trail.needed >= today:
        return None
    until, rule = period.ends(day)
    if until >= today:
        return None
    reason = f"{LAST_TEXTS[last]} {texts.day(day)}, {period.german(rule)}"
    return Candidate(trail.client_id, trail.name, trail.number, last, day, until, reason)


def _last(trail: Trail) -> tuple[Last, date]:
    days: list[tuple[date, int, Last]] = [(trail.added, 0, Last.ADDED)]
    if trail.appointment is not None:
        days.append((trail.appointment, 1, Last.APPOINTMENT))
    if trail.contact is not None:
        days.append((trail.contact, 2, Last.CONTACT))
    # The day somebody was entered tells nothing once there were talks.
    known = days[1:] or days
    day, _, last = max(known)
    return last, day
