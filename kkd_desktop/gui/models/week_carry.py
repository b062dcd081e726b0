"""What is being moved through the calendar, and where do the keys go in it?"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from kkd_desktop.domain import texts
from kkd_desktop.domain.lengths import LONGEST_TALK, SHORTEST_TALK
from kkd_desktop.domain.outcome import Obligation
from kkd_desktop.domain.values import Value, replace
from kkd_desktop.domain.week import (
    DayPlan,
    Placing,
    Talk,
    Week,
    minute_of,
    placing,
    snapped,
    within_hours,
)
from kkd_desktop.domain.workdays import DAY
from kkd_desktop.gui.models.week_cards import WeekCard, span_text

FINE = 5
"""Minutes that Ctrl or Shift move by."""

_MINUTE = timedelta(minutes=1)


class Carry(Value, frozen=True):
    """A talk on its way to another time or length, or a client from the list on the way to a first
    one. `from_key` tells keys from the mouse.
    """

    name: str
    start: datetime
    minutes: int
    preparation: int = 0
    talk: Talk | None = None
    client_id: int | None = None
    due: Obligation | None = None
    by_letter: bool = True
    from_key: bool = False
    resizes: bool = False
    placing: Placing = Placing()

    @property
    def day(self) -> date:
        return self.start.date()

    @property
    def ids(self) -> tuple[int, ...]:
        return () if self.talk is None else self.talk.ids

    @property
    def is_changed(self) -> bool:
        """Whether putting it down stores anything."""
        talk = self.talk
        return talk is None or (self.start, self.minutes) != (talk.start, talk.minutes)

    @property
    def when(self) -> str:
        """`Di 24.11. 09:00–09:45`."""
        return f"{texts.short_day(self.day)} {span_text(self.start, self.minutes)}"

    def judged(self, week: Week) -> "Carry":
        return replace(
            self,
            placing=placing(
                week,
                self.start,
                self.minutes,
                without=self.ids,
                due=self.due,
                by_letter=self.by_letter,
            ),
        )

    def at(self, start: datetime) -> "Carry":
        """At another start, kept within its day."""
        last = datetime.combine(start.date(), time()) + DAY - timedelta(minutes=self.minutes)
        return replace(self, start=min(start, last))

    def lasting(self, minutes: int) -> "Carry":
        left = DAY - timedelta(minutes=minute_of(self.start))
        most = min(LONGEST_TALK, left // _MINUTE)
        return replace(self, minutes=max(min(minutes, most), SHORTEST_TALK))


class Spot(Value, frozen=True):
    """A place where the keys stop: a card by its `key`, a free time, or an empty day."""

    day: date
    minute: int
    key: int | None = None
    is_free: bool = False

    @property
    def moment(self) -> datetime:
        return moment_of(self.day, self.minute)


def moment_of(day: date, minute: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def spots_of(plan: DayPlan, cards: Sequence[WeekCard]) -> list[Spot]:
    """The stops of one day in order; a day with neither card nor free time is one stop itself."""
    found = [Spot(plan.day, card.since, card.key) for card in cards if card.day == plan.day]
    found += [Spot(plan.day, minute_of(start), is_free=True) for start in plan.free]
    return sorted(found, key=lambda spot: (spot.minute, spot.is_free)) or [Spot(plan.day, 8 * 60)]


def stepped(carry: Carry, plan: DayPlan, direction: int, step: int, *, fine: bool) -> Carry:
    """One step of the grid earlier or later on the same day."""
    minute = minute_of(carry.start)
    if fine:
        there = minute + direction * FINE
    elif direction > 0:
        there = snapped(plan, minute, step) + step
    else:
        there = snapped(plan, minute - 1, step)
    last = 24 * 60 - carry.minutes
    return carry.at(moment_of(carry.day, max(0, min(there, last))))


def next_fitting(carry: Carry, week: Week, direction: int, *, fine: bool) -> Carry:
    """The next step in this direction at which the talk fits into the hours; where none does, one
    step, with what speaks against it.
    """
    plan = week.day(carry.day) or DayPlan(carry.day)
    first = tried = stepped(carry, plan, direction, week.step, fine=fine).judged(week)
    while not fits(tried, plan):
        following = stepped(tried, plan, direction, week.step, fine=fine).judged(week)
        if following.start == tried.start:
            return first
        tried = following
    return tried


def next_day(carry: Carry, week: Week, direction: int) -> Carry:
    """The same time on the next day that is neither a weekend nor a holiday."""
    start = carry.start
    for _ in range(7):
        start += direction * DAY
        plan = week.day(start.date())
        if start.weekday() < 5 and (plan is None or not plan.holiday):
            break
    return carry.at(start).judged(week)


def longer(carry: Carry, week: Week, direction: int, *, fine: bool) -> Carry:
    step = FINE if fine else length_step(week.step)
    return carry.lasting(carry.minutes + direction * step).judged(week)


def length_step(step: int) -> int:
    """Lengths go by quarters of an hour where the grid does."""
    return 15 if step % 15 == 0 else FINE


def fits(carry: Carry, plan: DayPlan) -> bool:
    """Whether it can be put down here within the hours of the day."""
    end = carry.start + timedelta(minutes=carry.minutes)
    return not carry.placing.refused and within_hours(plan, carry.start, end)
