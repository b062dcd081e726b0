"""Small planning problems, drawn at will, and the one true answer to them: trying everything."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.lengths import Length
from kkd_desktop.domain.planning import (
    Asked,
    Away,
    Person,
    PlanDay,
    PlanWeek,
    Problem,
    Talks,
    Visit,
    weigh,
)
from kkd_desktop.domain.slots import Half
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.wishes import Wish

MONDAY = date(2026, 11, 30)
LENGTHS = (30, 45, 60)


class Size(Value, frozen=True):
    people: int
    days: int
    starts: int


SMALL = Size(3, 5, 3)
LARGER = Size(12, 15, 8)


def day(number: int) -> date:
    """The open days of the tests: two or three a week."""
    return MONDAY + timedelta(days=number // 3 * 7 + number % 3)


def open_day(number: int, hours: Sequence[int]) -> PlanDay:
    """Half-hour starts at the given places; a talk must end where the run of starts does."""
    midnight = datetime.combine(day(number), time(11))
    starts = {}
    for minutes in LENGTHS:
        steps = -(-minutes // 30)
        fitting = [h for h in hours if all(h + more in hours for more in range(steps))]
        starts[minutes] = tuple(midnight + timedelta(minutes=30 * h) for h in fitting)
    return PlanDay(day(number), starts)


def asked(first: int, target: int, latest: int | None) -> Asked:
    since = MONDAY - timedelta(days=10)
    return Asked(
        since + timedelta(days=first),
        since + timedelta(days=first + target),
        None if latest is None else since + timedelta(days=first + target + latest),
    )


ASKED = st.builds(asked, st.integers(0, 20), st.integers(0, 12), st.none() | st.integers(0, 8))
WISHES = st.sampled_from((Wish(), Wish(), Wish(Half.VORMITTAG), Wish(weekdays=frozenset({1, 2}))))


@st.composite
def problems(draw: st.DrawFn, size: Size = SMALL) -> Problem:
    number = draw(st.integers(1, size.days))
    hours = st.lists(st.integers(0, size.starts - 1), unique=True).map(sorted)
    days = tuple(open_day(place, draw(hours)) for place in range(number))
    last = days[-1].day
    weeks = tuple(
        PlanWeek(
            MONDAY + timedelta(weeks=place),
            draw(st.none() | st.integers(0, 3)),
            draw(st.integers(0, 200)),
            draw(st.integers(0, 2)),
            draw(st.sampled_from((0, 40, 100))),
        )
        for place in range((number - 1) // 3 + 1)
    )
    people = tuple(_person(draw, key, days) for key in range(draw(st.integers(1, size.people))))
    resumes = last + timedelta(days=draw(st.integers(1, 5)))
    return Problem(MONDAY, last, resumes, 30, days, weeks, people)


def _person(draw: st.DrawFn, key: int, days: Sequence[PlanDay]) -> Person:
    def talks() -> Talks:
        length = Length(draw(st.sampled_from(LENGTHS)))
        return Talks(ContactForm.PERSOENLICH, length, draw(st.sampled_from((MONDAY, day(1)))))

    after = {}
    if draw(st.booleans()):
        gap = draw(st.integers(1, 7))
        for each in days:
            target = each.day + timedelta(days=gap)
            after[each.day] = Asked(each.day + timedelta(days=1), target, target)
    away = (Away(day(1), day(2)),) if draw(st.integers(0, 4)) == 0 else ()
    return Person(
        key,
        draw(ASKED),
        talks(),
        talks(),
        after,
        draw(st.sampled_from(("", "A", "B"))),
        draw(WISHES),
        away,
        draw(st.sampled_from((100, 75))),
        frozenset({day(0)}) if draw(st.integers(0, 4)) == 0 else frozenset(),
    )


def least(problem: Problem) -> float:
    """The weight of the best plan, by trying all of them."""
    return min(weigh(problem, plan).sum for plan in _plans(problem, 0))


def _plans(problem: Problem, place: int) -> Iterator[tuple[Visit, ...]]:
    if place == len(problem.people):
        yield ()
        return
    for rest in _plans(problem, place + 1):
        for own in _chains(problem, problem.people[place], ()):
            if not any(overlap(problem, a, b) for a in own for b in rest):
                yield (*own, *rest)


def _chains(
    problem: Problem, person: Person, before: tuple[Visit, ...]
) -> Iterator[tuple[Visit, ...]]:
    yield before
    wanted = person.after_talks([visit.day for visit in before])
    if wanted is None:
        return
    nth = len(before)
    for each in problem.days:
        late_enough = not before or each.day > before[-1].day
        if late_enough and each.day >= wanted.earliest and person.can_come(each.day, nth):
            for start in each.starts[person.talks(nth).length.total]:
                visit = Visit(start, person.client_id, nth)
                yield from _chains(problem, person, (*before, visit))


def overlap(problem: Problem, one: Visit, other: Visit) -> bool:
    return one.start < end_of(problem, other) and other.start < end_of(problem, one)


def end_of(problem: Problem, visit: Visit) -> datetime:
    person = next(each for each in problem.people if each.client_id == visit.client_id)
    return visit.start + timedelta(minutes=person.talks(visit.nth).length.total)
