"""What does the history of a fact look like after one more entry, or one fewer?"""

from collections.abc import Iterator
from datetime import date

from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import DAY, FactValue, Period, Timeline
from kkd_desktop.domain.language import said
from kkd_desktop.domain.values import replace


def with_value(
    history: Timeline, value: FactValue, since: date | None, until: date | None = None
) -> Timeline:
    """The history with `value` from `since` on (None: as far back as anyone asks).

    What held before ends the day before; without `until` the value holds until the next entry.
    Another value for the same first day is a correction. Neighbours of one value become one.
    """
    first = since or date.min
    others = [p for p in history.periods if (p.since or date.min) != first]
    later = [p.since for p in others if p.since is not None and p.since > first]
    bound = min(later) - DAY if later else None
    last = bound if until is None or (bound is not None and bound < until) else until
    cut = [_ending_before(p, first) if (p.since or date.min) < first else p for p in others]
    return _joined(Timeline([*cut, Period(value, since, last)]))


def holding(
    history: Timeline,
    value: FactValue,
    since: date | None,
    today: date,
    until: date | None = None,
) -> Timeline:
    """The history in which `value` holds from `since` on and today; None means unknown again.

    What else had begun by today gives way; what begins later stays. `until` is a last day.
    """
    first = since or date.min
    kept = [p for p in history.periods if not first <= (p.since or date.min) <= today]
    changed = with_value(Timeline(kept), value, since, until)
    return Timeline(p for p in changed.periods if p.value is not None)


def moved(history: Timeline, period: Period, since: date | None) -> Timeline:
    """The history with the first day of an entry corrected."""
    if since is not None and period.until is not None and period.until < since:
        raise UserError(
            said("gilt ab: {day} liegt nach dem Ende am {day2}.").format(
                day=texts.day(since), day2=texts.day(period.until)
            )
        )
    return with_value(without(history, period), period.value, since, period.until)


def without(history: Timeline, period: Period) -> Timeline:
    """The history without an entry; the one that it ended takes its days back."""
    first = period.since or date.min
    kept = [p for p in history.periods if p is not period]
    return _joined(
        Timeline(
            replace(p, until=period.until) if p.until is not None and p.until + DAY == first else p
            for p in kept
        )
    )


def _ending_before(period: Period, first: date) -> Period:
    reaches_in = period.until is None or period.until >= first
    return replace(period, until=first - DAY) if reaches_in else period


def _joined(history: Timeline) -> Timeline:
    return Timeline(_join(history.periods))


def _join(periods: tuple[Period, ...]) -> Iterator[Period]:
    """Periods of one value without a day between them, as one."""
    held: Period | None = None
    for period in periods:
        if held is not None and held.value == period.value and _touch(held, period):
            held = replace(held, until=period.until)
            continue
        if held is not None:
            yield held
        held = period
    if held is not None:
        yield held


def _touch(held: Period, following: Period) -> bool:
    return (
        held.until is not None
        and following.since is not None
        and held.until + DAY == following.since
    )
