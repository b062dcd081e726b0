"""Whom to meet next: the caseload in groups, most urgent first, and nobody left out silently."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.language import Sayings
from kkd_desktop.domain.outcome import Days, Outcome, State
from kkd_desktop.domain.values import Value

_SOON = timedelta(days=14)


class GroupId(StrEnum):
    """The groups in the order of the list; the last three need no talk now."""

    OVERDUE = "overdue"
    THIS_WEEK = "this_week"
    NEVER_SEEN = "never_seen"
    NEXT_14_DAYS = "next_14_days"
    DECISION = "decision"
    PLANNABLE = "plannable"
    RESTING = "resting"
    LATER = "later"
    WITHOUT = "without"


GROUP_TITLES = Sayings(
    {
        GroupId.OVERDUE: "Überfällig",
        GroupId.THIS_WEEK: "Diese Woche",
        GroupId.NEVER_SEEN: "Noch nie gesehen",
        GroupId.NEXT_14_DAYS: "Nächste 14 Tage",
        GroupId.DECISION: "Braucht eine Entscheidung",
        GroupId.PLANNABLE: "Jetzt gut planbar",
        GroupId.RESTING: "Ausnahme vereinbart",
        GroupId.LATER: "Später",
        GroupId.WITHOUT: "Ohne Vorgabe",
    }
)

_PLACES = {group: place for place, group in enumerate(GroupId)}

NOT_NOW = (GroupId.RESTING, GroupId.LATER, GroupId.WITHOUT)
"""Groups that the start page counts and explains rather than lists."""

_UNDECIDED = (State.NO_PROFILE, State.NO_ANCHOR)
_EXCEPTION = (State.SUSPENDED, State.EXCEPTED)
_NO_DUTY = (State.NO_RULE, State.OUT_OF_SCOPE, State.OTHER_POLICY, State.NOT_IN_FORCE)


class Entry(Value, frozen=True, gc=False):
    """A client with what is due and the next open appointment."""

    client: Client
    outcome: Outcome
    appointment: Appointment | None = None

    @property
    def last(self) -> Contact | None:
        """The last contact that counts for what decides."""
        return self.outcome.deciding.last_contact

    @property
    def key_day(self) -> date:
        """The day that orders the entry; entries without one come last."""
        return self.outcome.deciding.finding.days.latest or date.max

    @property
    def needs_talk(self) -> bool:
        """Whether a policy asks for a talk, no exception holds it back, and none is agreed yet."""
        if self.appointment is not None:
            return False
        days = self.outcome.deciding.finding.days
        asked = days.latest is not None or days.target is not None
        return asked and days.state not in _EXCEPTION


class Group(Value, frozen=True):
    id: GroupId
    entries: tuple[Entry, ...]

    @property
    def title(self) -> str:
        return GROUP_TITLES[self.id]


def grouped(entries: Iterable[Entry], today: date) -> tuple[Group, ...]:
    """All entries in their groups; empty groups are left out."""
    horizon = _Horizon(today)
    found: dict[GroupId, list[Entry]] = {group: [] for group in GroupId}
    for entry in entries:
        found[_group_of(entry, horizon)].append(entry)
    return tuple(
        Group(group, tuple(sorted(members, key=_order)))
        for group, members in found.items()
        if members
    )


def _order(entry: Entry) -> tuple[date, str, str, int]:
    client = entry.client
    return entry.key_day, client.last_name, client.first_name, client.id


def place_of(entry: Entry, today: date) -> tuple[int, date, str, str, int]:
    """What sorts the whole list: the place of the group among `GroupId`, then the entry's own."""
    return (_PLACES[_group_of(entry, _horizon(today))], *_order(entry))


def group_of(entry: Entry, today: date) -> GroupId:
    return _group_of(entry, _horizon(today))


class _Horizon:
    """The days that part the groups, worked out once for a whole list."""

    def __init__(self, today: date) -> None:
        self.sunday = today + timedelta(days=6 - today.weekday())
        self.soon = today + _SOON


_horizon = lru_cache(maxsize=4)(_Horizon)


def _group_of(entry: Entry, horizon: _Horizon) -> GroupId:
    finding = entry.outcome.deciding.finding
    days = finding.days
    state, latest = days.state, days.latest
    if state in _NO_DUTY:
        return GroupId.WITHOUT
    if state in _UNDECIDED:
        return GroupId.DECISION
    if state in _EXCEPTION:
        ending = latest is not None and latest <= horizon.soon
        return GroupId.DECISION if ending else GroupId.RESTING
    if state in (State.OVERDUE, State.FAILED):
        return GroupId.OVERDUE
    if finding.last is None and latest is not None:
        return GroupId.NEVER_SEEN
    return _by_day(days, horizon)


def _by_day(days: Days, horizon: _Horizon) -> GroupId:
    latest = days.latest
    if days.state is State.BEHIND or (latest is not None and latest <= horizon.sunday):
        return GroupId.THIS_WEEK
    if latest is not None and latest <= horizon.soon:
        return GroupId.NEXT_14_DAYS
    # The middle of a window, or the next step of a share: no hurry, but a good time.
    if days.target is not None and days.target <= horizon.soon:
        return GroupId.PLANNABLE
    return GroupId.LATER
