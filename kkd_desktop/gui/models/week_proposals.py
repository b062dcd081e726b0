"""Which talks of a proposed plan stand in the calendar, beside those that are agreed?"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.plan import PlannedTalk
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.week import DayPlan, Talk, Week

Key = tuple[int, int]
"""Client and how many talks of the plan with them come before."""

_MOST_FOLLOWING = 1000


class ProposedTalk(Talk, frozen=True):
    """A talk that nobody has agreed to yet. `is_chosen`: it is to be taken over."""

    planned: PlannedTalk
    is_chosen: bool = True

    @property
    def is_open(self) -> bool:
        """It cannot be moved, and is in nobody's way."""
        return False


def card_key(key: Key) -> int:
    """What its card is known by in the calendar; below the ids of all that is stored."""
    client_id, nth = key
    return -(client_id * _MOST_FOLLOWING + nth + 1)


def proposed(planned: PlannedTalk, *, is_chosen: bool) -> ProposedTalk:
    length = planned.length
    shown = Appointment(
        planned.client.id,
        planned.start,
        length.total,
        uid="",
        changed_at=planned.start,
        form=planned.form,
        preparation=length.preparation,
        id=card_key(planned.key),
    )
    return ProposedTalk(((shown, planned.client),), planned, is_chosen)


def with_proposals(week: Week, talks: Iterable[PlannedTalk], chosen: Collection[Key]) -> Week:
    """These weeks with the talks of a plan in them; the chosen ones take their time."""
    by_day: dict[object, list[ProposedTalk]] = {}
    for each in talks:
        by_day.setdefault(each.day, []).append(proposed(each, is_chosen=each.key in chosen))
    if not by_day:
        return week
    return replace(
        week,
        days=tuple(
            _with(plan, by_day[plan.day], week.minutes) if plan.day in by_day else plan
            for plan in week.days
        ),
    )


def split(talks: Iterable[Talk]) -> tuple[list[Talk], list[ProposedTalk]]:
    """What is agreed, and what of a plan is to be taken over."""
    agreed: list[Talk] = []
    chosen: list[ProposedTalk] = []
    for each in talks:
        if not isinstance(each, ProposedTalk):
            agreed.append(each)
        elif each.is_chosen:
            chosen.append(each)
    return agreed, chosen


def _with(plan: DayPlan, found: list[ProposedTalk], minutes: int) -> DayPlan:
    taken = [(each.start, each.end) for each in found if each.is_chosen]
    talks = sorted((*plan.talks, *found), key=lambda each: (each.start, -each.minutes, each.ids))
    return replace(
        plan,
        talks=tuple(talks),
        free=tuple(each for each in plan.free if not _covered(each, minutes, taken)),
    )


def _covered(start: datetime, minutes: int, taken: list[tuple[datetime, datetime]]) -> bool:
    end = start + timedelta(minutes=minutes)
    return any(since < end and start < until for since, until in taken)
