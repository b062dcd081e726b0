"""What does a calendar server store of an appointment: one resource for each UID, no METHOD.

RFC 4791, 4.1. Load this module on demand, as `calendar_file`.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from hashlib import sha256

from icalendar import Calendar, Event

from kkd_desktop.domain.calendar_form import CalendarForm
from kkd_desktop.domain.server_calendar import Shown, Wanted
from kkd_desktop.exchange.calendar_file import CalendarEntry, calendar_file
from kkd_desktop.exchange.local_time import BERLIN

_BEGIN, _END = b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n"
_METHOD = re.compile(rb"^METHOD:.*\r\n", re.MULTILINE)
_UID = re.compile(rb"^UID:(.*)\r\n", re.MULTILINE)
_CHANGES_ALWAYS = re.compile(rb"^(DTSTAMP|LAST-MODIFIED)[;:].*\r\n", re.MULTILINE)
MOST_BYTES = 100_000
"""Of an entry on the server; ours have about one thousand."""


def resources(entry: CalendarEntry, form: CalendarForm) -> tuple[Wanted, ...]:
    """The standing appointment, and its preparation where that is an entry of its own.

    There is no ORGANIZER: without METHOD nobody needs one, and servers that send invitations
    themselves refuse an entry whose organizer is not their user.
    """
    whole = calendar_file([entry], form=form)
    head, _, rest = _METHOD.sub(b"", whole).partition(_BEGIN)
    owner = entry.appointment.uid
    return tuple(_resource(owner, head, body) for body in _events(rest))


def _events(rest: bytes) -> Iterator[bytes]:
    """Inside an event no line but its own begins like this: longer ones go on after a space."""
    for part in rest.split(_BEGIN):
        body, end, _ = part.partition(_END)
        if end:
            yield _BEGIN + body + _END


def _resource(owner: str, head: bytes, event: bytes) -> Wanted:
    found = _UID.search(event)
    assert found is not None, "every event of ours has a UID in one line"
    marks = sha256(_CHANGES_ALWAYS.sub(b"", event)).hexdigest()
    return Wanted(found[1].decode(), owner, head + event + b"END:VCALENDAR\r\n", marks)


def shown(body: bytes) -> Shown | None:
    """What the first event of a resource shows; None where it cannot be understood."""
    if len(body) > MOST_BYTES:
        return None
    try:
        return _shown(Calendar.from_ical(body).walk("VEVENT"))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        # icalendar meets what others wrote with all of these.
        return None


def _shown(events: Iterable[object]) -> Shown | None:
    for event in events:
        if isinstance(event, Event):
            start, end = _local(event.start), _local(event.end)
            return Shown(start, end, _text(event, "SUMMARY"), _text(event, "LOCATION"))
    return None


def _text(event: Event, name: str) -> str:
    return " ".join(str(event.get(name, "")).split())[:200]


def _local(moment: date | datetime) -> datetime:
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(BERLIN).replace(tzinfo=None)
