"""What has to be known to reach shares of a caseload with the fewest talks, and who is alike in it?

Shares are nested, so meeting whoever has waited longest counts for as many of them as meeting
anybody, and goes on counting for as long: of people with the same free days the longest waiting
come first in some smallest plan. What is left to decide is how many of each such pool to meet on
which day; a solver does that.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Protocol

from kkd_desktop.domain.planning import Away, Watch
from kkd_desktop.domain.policy import Measured, NestedShares, Share
from kkd_desktop.domain.spans import Span, Unit, add_months
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.workdays import DAY, WorkCalendar

NEVER = date.min
_LONGEST_MONTH = 31
_ONE_MONTH = Span(1, Unit.MONTHS)


class Tier(Value, frozen=True):
    """One share of one population over the days of a plan.

    `opens` is for each day the first on which a contact still counts on it, `population` how many
    are in the population on it.
    """

    key: str
    group: str
    share: Share
    opens: Mapping[date, date]
    population: Mapping[date, int]

    def required(self, day: date) -> int:
        return self.share.required_of(self.population[day])


class Place(Value, frozen=True):
    """Someone's place in a population, from `first` to `until`, with their `last` contact."""

    group: str
    first: date
    until: date
    last: date | None = None

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.until


class Member(Value, frozen=True):
    """Somebody of the caseload. `begin` is the first day on which a new talk reaches them, `agreed`
    are the days of appointments within the plan that will count.

    `since` says from when on nobody met them: the last contact, else the registration. `later` is
    an appointment after the plan; then no other is proposed before it.
    """

    client_id: int
    places: tuple[Place, ...]
    begin: date
    since: date | None = None
    agreed: tuple[date, ...] = ()
    away: tuple[Away, ...] = ()
    later: date | None = None

    @property
    def was_met(self) -> bool:
        return any(place.last is not None for place in self.places)

    def can_come(self, day: date) -> bool:
        return (
            self.later is None
            and day >= self.begin
            and not any(each.covers(day) for each in self.away)
        )


class Room(Value, frozen=True):
    """How many talks fit into an open day."""

    day: date
    talks: int


class QuotaProblem(Value, frozen=True):
    """All that is needed to look for the fewest talks.

    `days` are all from today to the end of the plan, `checks` those on which the shares have to be
    reached.
    """

    today: date
    days: tuple[date, ...]
    checks: tuple[date, ...]
    rooms: tuple[Room, ...]
    tiers: tuple[Tier, ...]
    members: tuple[Member, ...]


class QuotaTalk(Value, frozen=True, order=True):
    """A talk of a plan."""

    day: date
    client_id: int


def check_days(measured: Measured, first: date, last: date) -> tuple[date, ...]:
    """The days from `first` to `last` on which shares have to be reached."""
    days = days_between(first, last)
    if measured is Measured.EVERY_DAY:
        return tuple(days)
    return tuple(day for day in days if (day + DAY).day == 1)


def days_between(first: date, last: date) -> list[date]:
    return [first + number * DAY for number in range((last - first).days + 1)]


def end_of_month(day: date) -> date:
    return add_months(day.replace(day=1), 1) - DAY


def opening(
    share: Share, measured: Measured, days: Sequence[date], calendar: WorkCalendar
) -> dict[date, date]:
    """For each day the first on which a contact within the share still counts on it (R1, R2)."""
    if measured is Measured.CALENDAR_MONTH and share.within == _ONE_MONTH:
        return {day: day.replace(day=1) for day in days}
    found = {}
    # A longer look back than any month or holiday makes it; then forward to the day itself.
    begin = days[0] - _longest(share.within) if days else NEVER
    for day in days:
        while share.within.after(begin, calendar) < day:
            begin += DAY
        found[day] = begin
    return found


def _longest(span: Span) -> timedelta:
    if span.unit is Unit.MONTHS:
        return timedelta(days=_LONGEST_MONTH * span.number)
    if span.unit is Unit.WORKDAYS:
        # A week of five, and as many days again for holidays in a row.
        return timedelta(days=2 * span.number + 14)
    return timedelta(days=span.number * (7 if span.unit is Unit.WEEKS else 1))


def tiers_of(
    demand: NestedShares,
    measured: Measured,
    days: Sequence[date],
    calendar: WorkCalendar,
    members: Iterable[Member],
) -> tuple[Tier, ...]:
    """The shares of one population."""
    spans = Counter(
        (place.first, place.until)
        for member in members
        for place in member.places
        if place.group == demand.group
    )
    sizes = {
        day: sum(n for (first, until), n in spans.items() if first <= day <= until) for day in days
    }
    return tuple(
        Tier(
            f"{demand.group}.{share.id}",
            demand.group,
            share,
            opening(share, measured, days, calendar),
            sizes,
        )
        for share in demand.shares
    )


class Pool(Value, frozen=True):
    """People of the same populations with the same free days, in the order in which to meet them.

    After some talks the pool's contacts are the most recent of those it began with and the talks,
    as many as it has members: that is all a solver has to know.
    """

    members: tuple[Member, ...]
    rooms: tuple[int, ...]
    """Places of the rooms in which its members can be met."""
    base: Mapping[str, Mapping[date, int]]
    """How many count for each tier on each check day without a new talk."""
    waits: tuple[int, ...]
    """Days of waiting, never more for who is met later."""

    def size(self, tier: Tier, day: date) -> int:
        """How many of them are in the tier's population on a day."""
        held = any(p.group == tier.group and p.holds(day) for p in self.members[0].places)
        return len(self.members) if held else 0


def pools(problem: QuotaProblem) -> tuple[Pool, ...]:
    """Everyone who can be met on some day, and those who cannot in pools without a room."""
    # Who was met before all of these days counts for nothing, whenever it was.
    oldest = min((t.opens[day] for t in problem.tiers for day in problem.checks), default=NEVER)
    groups: dict[object, list[Member]] = {}
    for member in problem.members:
        spans = tuple((p.group, p.first, p.until) for p in member.places)
        key = (spans, member.begin, member.away, member.later is None)
        groups.setdefault(key, []).append(member)
    found = []
    for alike in groups.values():
        ordered = sorted(alike, key=lambda each: _order(each, oldest))
        found += [_pool(problem, chain) for chain in _chains(ordered, oldest)]
    return tuple(found)


def _lasts(member: Member, oldest: date) -> tuple[date, ...]:
    """The last contact in each population once a new talk is possible, those of no use alike."""
    agreed = max(member.agreed, default=NEVER)
    return tuple(
        last if (last := max(place.last or NEVER, agreed)) >= oldest else NEVER
        for place in member.places
    )


def _order(member: Member, oldest: date) -> tuple[tuple[date, ...], date, int]:
    return _lasts(member, oldest), member.since or NEVER, member.client_id


def _chains(ordered: Sequence[Member], oldest: date) -> list[list[Member]]:
    """One pool where everyone waits at least as long as the next in all populations; else several.

    Only people in populations of different counting can wait longer in one and less in another.
    """
    chains: list[list[Member]] = []
    for member in ordered:
        lasts = _lasts(member, oldest)
        chain = next(
            (each for each in chains if _waits_longer(_lasts(each[-1], oldest), lasts)), None
        )
        if chain is None:
            chains.append([member])
        else:
            chain.append(member)
    return chains


def _waits_longer(one: Sequence[date], other: Sequence[date]) -> bool:
    return all(a <= b for a, b in zip(one, other, strict=True))


def _pool(problem: QuotaProblem, members: Sequence[Member]) -> Pool:
    first = members[0]
    rooms = tuple(n for n, room in enumerate(problem.rooms) if first.can_come(room.day))
    waits = [_waiting(each, problem.today) for each in members]
    for place in range(len(waits) - 2, -1, -1):
        waits[place] = max(waits[place], waits[place + 1])
    base = {tier.key: counted(tier, members, problem.checks) for tier in problem.tiers}
    return Pool(tuple(members), rooms, base, tuple(waits))


_NEVER_WAITS = 3_653
"""Days that count as waited where neither a contact nor a registration is known: ten years."""


def _waiting(member: Member, today: date) -> int:
    since = max((member.since or NEVER, *member.agreed))
    return _NEVER_WAITS if since == NEVER else max(0, min(_NEVER_WAITS, (today - since).days))


def counted(
    tier: Tier,
    members: Iterable[Member],
    days: Iterable[date],
    talks: Mapping[int, Sequence[date]] | None = None,
) -> dict[date, int]:
    """How many count for a tier on each of the days, once these talks are held."""
    talks = talks or {}
    # Most have nothing ahead of them, and many the same last contact: those are counted together.
    still: Counter[tuple[date, date, date]] = Counter()
    moving = []
    for member in members:
        held = talks.get(member.client_id, ())
        if held or member.agreed:
            moving.append((member, held))
            continue
        for place in member.places:
            if place.group == tier.group and place.last is not None:
                still[place.last, place.first, place.until] += 1
    found = {}
    for day in days:
        opens = tier.opens[day]
        found[day] = sum(
            number
            for (last, first, until), number in still.items()
            if last >= opens and first <= day <= until
        )
        found[day] += sum(last_in(tier, member, day, held) >= opens for member, held in moving)
    return found


def last_in(tier: Tier, member: Member, day: date, talks: Sequence[date]) -> date:
    """The last contact on a day that counts in the tier's population; never outside of it."""
    for place in member.places:
        if place.group == tier.group and place.holds(day):
            later = (each for each in (*member.agreed, *talks) if each <= day)
            return max(place.last or NEVER, max(later, default=NEVER))
    return NEVER


Counts = tuple[Mapping[int, int], ...]
"""For each pool how many are met in which room."""


class Solved(Value, frozen=True):
    """What a solver found; `proven`: no plan leaves less open, and none does so with fewer."""

    counts: Counts
    proven: bool


class QuotaSolver(Protocol):
    def solve(
        self,
        problem: QuotaProblem,
        found: Sequence[Pool],
        watch: Watch,
        *,
        only_number: bool = False,
    ) -> Solved:
        """`only_number` leaves open who of those alike in number waited longest and comes early."""
        ...


def meet(problem: QuotaProblem, found: Sequence[Pool], counts: Counts) -> tuple[QuotaTalk, ...]:
    """The people behind the numbers: on each day those of a pool who waited longest."""
    talks = []
    for pool, numbers in zip(found, counts, strict=True):
        queue = list(pool.members)
        for room in sorted(numbers):
            met, queue = queue[: numbers[room]], queue[numbers[room] :]
            talks += [QuotaTalk(problem.rooms[room].day, each.client_id) for each in met]
            queue += met
    return tuple(sorted(talks))
