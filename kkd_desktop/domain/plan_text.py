"""Why is a talk planned for this day, and why has somebody none? In German, for the reader."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

from kkd_desktop.domain import language
from kkd_desktop.domain.absence import Away, shifted
from kkd_desktop.domain.day_packing import BESIDE
from kkd_desktop.domain.lengths import LONGEST_TALK
from kkd_desktop.domain.plan import Plan
from kkd_desktop.domain.planning import (
    Asked,
    Person,
    Problem,
    Visit,
    late_days,
)
from kkd_desktop.domain.texts import counted, days, short_day, weekday_day, whole
from kkd_desktop.domain.together import joint_minutes
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.workdays import DAY

_NOTHING = 1e-9


class Company(Value, frozen=True):
    """Another of the BG who comes on the same day."""

    name: str
    start: datetime
    minutes: int

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.minutes)


class Situation(Value, frozen=True):
    """What is known about a planned talk: those before it, whom of the BG it meets, its week."""

    problem: Problem
    person: Person
    visit: Visit
    asked: Asked
    today: date
    before: date | None = None
    beside: tuple[Company, ...] = ()
    closed: tuple[Away, ...] = ()
    """Absences of the caseworker and closed days of the office."""
    load: int = 0
    """What is in this week, in hundredths of a talk of the norm."""
    norm: int | None = None
    first_letter: date | None = None


def reasons(found: Situation) -> Iterator[str]:
    """The reasons for a day that a client may read, the most important first."""
    late = late_days(found.asked, found.visit.day)
    if found.before is not None:
        yield language.said("Folgetermin nach dem geplanten Gespräch {day}").format(
            day=weekday_day(found.before)
        )
    yield from _why_late(found, late) if late else _why_in_time(found)
    yield from _wish(found)


def household(found: Situation) -> Iterator[str]:
    """Who of the BG comes on the same day; for the caseworker alone."""
    here = _here(found)
    for each in found.beside:
        if _follows(here, each):
            yield language.said("direkt vor {name} aus der BG").format(name=each.name)
        elif _follows(each, here):
            yield language.said("direkt nach {name} aus der BG").format(name=each.name)
        else:
            yield language.said("am selben Tag wie {name} aus der BG").format(name=each.name)
    if found.visit.day in found.person.partner_days:
        yield language.said("am Tag eines Termins aus der BG")


def notes(found: Situation) -> Iterator[str]:
    """What else decided about the day; for the caseworker alone."""
    yield from _around_absences(found)
    yield from _in_one_talk(found)
    if found.norm is not None and found.load > found.norm * 100:
        yield _over_norm(found)


def _why_late(found: Situation, late: int) -> Iterator[str]:
    latest = found.asked.latest
    assert latest is not None
    letter = found.first_letter
    if latest < found.today:
        yield language.said("die Vorgabe war {day}; so bald wie möglich").format(
            day=weekday_day(latest)
        )
    elif letter is not None and latest < letter:
        yield language.said("bis {day} reicht die Postlaufzeit nicht; so bald wie möglich").format(
            day=weekday_day(latest)
        )
    elif away := _away_until(found, latest):
        yield language.said("bis {day} nicht zu treffen ({german}); so bald wie möglich").format(
            day=weekday_day(latest), german=away.german()
        )
    else:
        yield language.said("bis {day} ist kein Termin frei; so bald wie möglich").format(
            day=weekday_day(latest)
        )
    yield language.said("{days} später als vorgegeben").format(days=days(late))


def _away_until(found: Situation, latest: date) -> Away | None:
    """The absence for which the person could not be met in time."""
    away = (each for each in found.person.away if each.covers(latest))
    begun = max(found.asked.earliest, found.first_letter or found.problem.first)
    return next((each for each in away if each.since <= begun), None)


def _why_in_time(found: Situation) -> Iterator[str]:
    day, asked = found.visit.day, found.asked
    off = (day - asked.target).days
    if not off:
        yield language.said("am Zieltag {day}").format(day=short_day(asked.target))
    elif asked.target < found.today:
        yield language.said("so bald wie möglich: der Zieltag {day} liegt zurück").format(
            day=short_day(asked.target)
        )
    else:
        moved = (
            language.said("{number} vor dem Zieltag {day}, damit die Wochen aufgehen")
            if off < 0
            else language.said("{number} nach dem Zieltag {day}, damit die Wochen aufgehen")
        )
        number = counted(abs(off), "Tag", "Tage")
        yield moved.format(number=number, day=short_day(asked.target))
    if asked.latest is not None:
        yield language.said("innerhalb der Vorgabe bis {day}").format(day=weekday_day(asked.latest))


def _around_absences(found: Situation) -> Iterator[str]:
    """What pulled the talk forward, or pushed it back."""
    moved = shifted((*found.closed, *found.person.away), found.asked.target, found.visit.day)
    if moved:
        yield moved


def _wish(found: Situation) -> Iterator[str]:
    wish = found.person.wish
    if not wish:
        return
    if found.person.admits(found.visit.start, found.visit.nth):
        yield language.said("wie gewünscht {german}").format(german=wish.in_words())
    elif late_days(found.asked, found.visit.day):
        yield language.said("der Wunsch ({german}) würde noch länger warten lassen").format(
            german=wish.in_words()
        )
    else:
        yield language.said("der Wunsch ({german}) lässt sich in der Frist nicht einhalten").format(
            german=wish.in_words()
        )


def _in_one_talk(found: Situation) -> Iterator[str]:
    """Whether one talk would do for all of the BG who come one after the other."""
    here = _here(found)
    in_a_row = all(_follows(a, b) for a, b in pairwise(sorted([here, *found.beside], key=_start)))
    joint = joint_minutes([here.minutes, *(each.minutes for each in found.beside)])
    if found.beside and in_a_row and joint <= LONGEST_TALK:
        yield language.said("auch als ein gemeinsames Gespräch von {joint} min möglich").format(
            joint=joint
        )


def _here(found: Situation) -> Company:
    """The talk itself, as those beside it are looked at."""
    return Company("", found.visit.start, found.person.talks(found.visit.nth).length.total)


def _start(company: Company) -> datetime:
    return company.start


def _follows(one: Company, other: Company) -> bool:
    """Whether the other comes right after the one, as far as the grid allows."""
    return timedelta() <= other.start - one.end <= timedelta(minutes=BESIDE)


def _over_norm(found: Situation) -> str:
    week = found.visit.day.isocalendar().week
    number = -(-found.load // 100)
    return language.said(
        "KW {week} geht über die Vorgabe der Kapazität hinaus ({number} "
        "statt {norm}), weil sonst Gespräche zu spät lägen"
    ).format(week=week, number=number, norm=found.norm)


def why_unplaced(problem: Problem, person: Person, asked: Asked, today: date, nth: int) -> str:
    """Why somebody who is due has no place in the plan; `nth` is 0 for their first talk."""
    open_days = [each.day for each in problem.days if person.can_come(each.day, nth)]
    if not open_days:
        here = (each for each in person.away if each.meets(problem.first, problem.last))
        away = next(here, None)
        why = f" ({away.german()})" if away else ""
        return language.said("in diesem Zeitraum ist kein Treffen möglich{why}").format(why=why)
    fitting = [day for day in open_days if day >= asked.earliest]
    if not fitting:
        return language.said(
            "erst ab {day} an der Reihe; von da an bis {day2} ist kein Treffen möglich"
        ).format(day=weekday_day(asked.earliest), day2=weekday_day(problem.last))
    latest = asked.latest
    if latest is None or not problem.must(asked):
        until = (
            ""
            if latest is None
            else language.said(" (Vorgabe bis {day})").format(day=weekday_day(latest))
        )
        return language.said(
            "kann bis nach dem Zeitraum warten{until}; die Wochen sind ohne diesen Termin voll"
        ).format(until=until)
    if latest < today:
        said = language.said("die Vorgabe war {day}").format(day=weekday_day(latest))
    else:
        said = language.said("die Vorgabe endet {day}").format(day=weekday_day(latest))
    return language.said("{said}; bis {day} ist kein Platz in den Sprechzeiten frei").format(
        said=said, day=weekday_day(problem.last)
    )


def days_before(problem: Problem, person: Person, asked: Asked, visit: Visit) -> Iterator[date]:
    """The days before this visit on which the person could be met for it."""
    for each in problem.days:
        if asked.earliest <= each.day < visit.day and person.can_come(each.day, visit.nth):
            yield each.day


def why_late_anyway(
    latest: date, first: date, today: date, agreed: date | None, away: Away | None = None
) -> str:
    """Why somebody is met late whatever is planned."""
    if agreed is not None:
        return language.said(
            "der vereinbarte Termin {day} liegt später als vorgegeben (bis "
            "{day2}); er bleibt, wie er ist"
        ).format(day=weekday_day(agreed), day2=weekday_day(latest))
    if latest < today:
        over = counted((today - latest).days, "Tag", "Tagen")
        return language.said("seit {over} überfällig (Vorgabe {day})").format(
            over=over, day=weekday_day(latest)
        )
    if away is not None:
        return language.said("die Vorgabe endet {day}; bis dahin nicht da ({german})").format(
            day=weekday_day(latest), german=away.german()
        )
    return language.said(
        "die Vorgabe endet {day}; eine Einladung erreicht die Person erst für {day2}"
    ).format(day=weekday_day(latest), day2=weekday_day(first))


def late_number(number: int, late: int) -> str:
    """`davon 3 später als vorgegeben`; empty where none of these talks is late."""
    if not late:
        return ""
    if late == number > 1:
        return language.said("alle später als vorgegeben")
    return language.said("davon {late} später als vorgegeben").format(late=late)


def shortage(plan: Plan) -> str:
    """How many talks are due and for how many there is room; empty where there is enough."""
    waiting = [each for each in plan.unplaced if each.late and each.crowded]
    if not waiting and not any(talk.crowded for talk in plan.talks):
        return ""
    # The first week has begun already.
    fridays = [min(week.monday + 4 * DAY, plan.last) for week in plan.weeks[1:] or plan.weeks]
    asked = [*(talk.asked for talk in plan.talks), *(each.asked for each in waiting)]
    latest = [each.latest for each in asked if each.latest is not None]

    def due(day: date) -> int:
        return sum(each <= day for each in latest)

    def held(day: date) -> int:
        return sum(talk.day <= day for talk in plan.talks)

    end = plan.last if waiting else max(fridays, key=lambda day: due(day) - held(day))
    if due(end) <= held(end):
        return ""
    if due(end) == 1:
        words = language.said("Bis {day} ist noch 1 Gespräch fällig, Platz ist für {held}")
    else:
        words = language.said("Bis {day} sind noch {due} Gespräche fällig, Platz ist für {held}")
    said = words.format(day=short_day(end), due=whole(due(end)), held=whole(held(end)))
    if not waiting:
        last = max(talk.day for talk in plan.late)
        said += language.said("; nach {day} liegt jeder Termin in der Frist").format(
            day=short_day(last)
        )
    return f"{said}."


def quality(plan: Plan) -> str:
    """How far from the best the plan is at most."""
    if plan.gap <= _NOTHING:
        said = language.said("Das ist nachweislich der beste Plan")
    elif plan.gap >= 1:
        # A bound as loose as that says nothing.
        said = language.said("Wie weit der Plan vom bestmöglichen entfernt ist, blieb offen")
    else:
        percent = f"{plan.gap * 100:.4f}".rstrip("0").rstrip(".").replace(".", ",")
        far = (
            language.said("Weniger als 0,0001")
            if percent == "0"
            else language.said("Höchstens {percent}").format(percent=percent)
        )
        said = language.said("{far} % vom bestmöglichen Plan entfernt").format(far=far)
        if plan.weighed.lateness and plan.lateness_is_least:
            said += language.said("; kein Plan hätte weniger Verspätung")
    return (
        language.said("{said}. Die Suche endete, weil ihre Zeit um war.").format(said=said)
        if plan.timed_out
        else f"{said}."
    )
