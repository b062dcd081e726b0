"""Small caseloads with shares, drawn at will, and the one true answer: trying everything."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from kkd_desktop.domain.planning import Away
from kkd_desktop.domain.policy import Citation, Measured, NestedShares, Share
from kkd_desktop.domain.quota_problem import (
    Member,
    Place,
    QuotaProblem,
    Room,
    check_days,
    days_between,
    tiers_of,
)
from kkd_desktop.domain.spans import Span, Unit
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.workdays import WorkCalendar

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
CALENDAR = WorkCalendar("HE", lookup=lambda land, year: ())


class Size(Value, frozen=True):
    people: int
    rooms: int
    days: int


SMALL = Size(3, 4, 10)
LARGER = Size(25, 12, 30)


def share(name, percent, days):
    return Share(name, Fraction(percent), Span(days, Unit.DAYS), Citation(""))


@st.composite
def members(draw, number, size):
    group = draw(st.sampled_from(("a", "a", "a", "b")))
    ago = draw(st.none() | st.integers(1, 20))
    last = None if ago is None else TODAY - ago * DAY
    since = last or TODAY - draw(st.integers(60, 90)) * DAY
    first, until = TODAY + DAY, TODAY + size.days * DAY
    change = draw(st.sampled_from((None, None, None, "joins", "leaves")))
    if change == "joins":
        first += draw(st.integers(1, size.days - 1)) * DAY
    elif change == "leaves":
        until -= draw(st.integers(1, size.days - 1)) * DAY
    places = [Place(group, first, until, last)]
    agreed = draw(st.just(()) | st.tuples(st.integers(1, size.days)))
    agreed = tuple(TODAY + each * DAY for each in agreed)
    begin = max([TODAY + 2 * DAY, *(each + DAY for each in agreed)])
    away = ()
    if draw(st.integers(0, 3)) == 0:
        begun = draw(st.integers(1, size.days))
        away = (Away(TODAY + begun * DAY, TODAY + (begun + draw(st.integers(0, 3))) * DAY),)
    later = until + 9 * DAY if draw(st.integers(0, 7)) == 0 else None
    return Member(number, tuple(places), begin, since, agreed, away, later)


@st.composite
def problems(draw, size=SMALL, most_talks=2):
    days = days_between(TODAY + DAY, TODAY + size.days * DAY)
    if draw(st.booleans()):
        checks = check_days(Measured.EVERY_DAY, days[0], days[-1])
    else:
        checks = tuple(sorted(draw(st.sets(st.sampled_from(days), min_size=1, max_size=3))))
    people = tuple(
        draw(members(number, size)) for number in range(1, draw(st.integers(1, size.people)) + 1)
    )
    open_days = draw(st.sets(st.sampled_from(days[1:]), max_size=size.rooms))
    rooms = tuple(Room(day, draw(st.integers(0, most_talks))) for day in sorted(open_days))
    narrow, wide = draw(st.sampled_from(((3, 8), (5, 12), (4, 5))))
    asked = (
        NestedShares("a", (share("n", draw(st.integers(1, 70)), narrow), share("w", 90, wide))),
        NestedShares("b", (share("n", draw(st.integers(30, 100)), narrow),)),
    )
    tiers = tuple(
        tier
        for demand in asked
        for tier in tiers_of(demand, Measured.EVERY_DAY, days, CALENDAR, people)
    )
    return QuotaProblem(TODAY, tuple(days), checks, rooms, tiers, people)


Worth = tuple[int, int, int]


def worth(problem: QuotaProblem, met: dict[int, list[date]]) -> Worth:
    """People missing on all days together, talks, and days waited by those met: less is better."""
    missing = 0
    first = problem.rooms[0].day if problem.rooms else problem.days[0]
    for tier in problem.tiers:
        for check in problem.checks:
            if check < first:
                continue
            counted = population = 0
            for member in problem.members:
                inside = [
                    p
                    for p in member.places
                    if p.group == tier.group and p.first <= check <= p.until
                ]
                for place in inside:
                    population += 1
                    held = (*met.get(member.client_id, ()), *member.agreed)
                    lasts = [day for day in held if day <= check]
                    lasts += [place.last] if place.last else []
                    counted += any(day + tier.share.within.number * DAY >= check for day in lasts)
            missing += max(0, tier.share.required_of(population) - counted)
    waited = sum(
        max(0, (TODAY - max(m.since, *m.agreed, m.since)).days)
        for m in problem.members
        if met.get(m.client_id)
    )
    return missing, sum(map(len, met.values())), -waited


def every_plan(problem: QuotaProblem) -> Iterator[dict[int, list[date]]]:
    choices = []
    for member in problem.members:
        days = [room.day for room in problem.rooms if member.can_come(room.day)]
        days = [day for day in days if day <= problem.checks[-1]]
        choices.append(
            [
                [day for day, taken in zip(days, bits, strict=True) if taken]
                for bits in product((False, True), repeat=len(days))
            ]
        )
    room_of = {room.day: room.talks for room in problem.rooms}
    for combination in product(*choices):
        held = [day for days in combination for day in days]
        if all(held.count(day) <= room_of[day] for day in set(held)):
            ids = (member.client_id for member in problem.members)
            yield dict(zip(ids, combination, strict=True))


def least(problem: QuotaProblem) -> Worth:
    return min(worth(problem, plan) for plan in every_plan(problem))


def busy() -> QuotaProblem:
    """Forty people whom nobody has met, and room for all of them."""
    days = days_between(TODAY, TODAY + 30 * DAY)
    people = tuple(
        Member(n, (Place("a", days[0], days[-1]),), TODAY + 2 * DAY, TODAY - n * DAY)
        for n in range(1, 41)
    )
    asked = NestedShares("a", (share("n", 45, 14), share("w", 90, 60)))
    return QuotaProblem(
        TODAY,
        tuple(days),
        tuple(days[1:]),
        tuple(Room(day, 5) for day in days[2:]),
        tiers_of(asked, Measured.EVERY_DAY, days, CALENDAR, people),
        people,
    )
