"""On which day did it happen? What spans can run from, apart from a contact."""

from datetime import date

from kkd_desktop.domain.client import Subject
from kkd_desktop.domain.contact import ContactLog
from kkd_desktop.domain.facts import DAY, Timeline
from kkd_desktop.domain.policy import During, Event, EventKind
from kkd_desktop.domain.predicates import as_day, fact_value
from kkd_desktop.domain.workdays import WorkCalendar


def event_day(event: Event, subject: Subject, log: ContactLog, today: date) -> date | None:
    """The day of the event, the last one up to `today`; None where it did not happen so far.

    Only a date of the case or a declared date may lie ahead.
    """
    if event.kind is EventKind.DATE:
        return as_day(fact_value(subject, event.fact, today))
    if event.kind is EventKind.MISSED:
        missed = (day for day, kind in log.newest_first() if not kind.attended and day <= today)
        return next(missed, None)
    timeline = subject.facts.timeline(event.fact)
    if timeline is None:
        return None
    found = began if event.kind is EventKind.BEGAN else ended
    return found(timeline, event, today)


def began(timeline: Timeline, event: Event, today: date) -> date | None:
    """The first day of the last stretch in which the fact had the value."""
    found = None
    for period in timeline.periods:
        if period.since is None or period.since > today:
            continue
        before = timeline.at(period.since - DAY)
        if timeline.at(period.since) == event.value != before:
            found = period.since
    return found


def ended(timeline: Timeline, event: Event, today: date) -> date | None:
    """The last day of the last stretch in which the fact had the value."""
    ends = {p.until for p in timeline.periods if p.until is not None}
    ends |= {p.since - DAY for p in timeline.periods if p.since is not None}
    over = [
        day
        for day in ends
        if day < today and timeline.at(day) == event.value != timeline.at(day + DAY)
    ]
    return max(over, default=None)


def is_during(
    during: During, subject: Subject, log: ContactLog, today: date, calendar: WorkCalendar
) -> bool:
    """Whether `today` lies in the stretch. While the event is unknown it lies in none."""
    day = event_day(during.event, subject, log, today)
    if day is None:
        return False
    begins = day if during.begins is None else during.begins.after(day, calendar)
    return begins <= today and (during.ends is None or today < during.ends.after(day, calendar))
