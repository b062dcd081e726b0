"""How do appointments get into Outlook, Thunderbird and the others? iCalendar (RFC 5545) as bytes.

Load this module on demand: `icalendar` costs more than the first window may.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid5

from icalendar import (
    Alarm,
    Calendar,
    Component,
    Event,
    Timezone,
    vCalAddress,
    vDatetime,
    vInt,
    vText,
)
from icalendar.parser import Contentline

from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.calendar_form import CalendarForm, Preparation
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import german, said
from kkd_desktop.domain.plain_text import MAIL_ADDRESS
from kkd_desktop.domain.privacy import client_label
from kkd_desktop.domain.values import Value
from kkd_desktop.exchange.local_time import BERLIN

_PRODUCT = "-//KKD Desktop//Termine//DE"

_FOLLOW_UPS = UUID("6d4b8f0e-5f0c-4a53-9d0b-2c7f1f6a9e31")
"""Where the UIDs of follow-up times come from: as random and lasting as those of the talks."""

_ROOM_NUMBER = re.compile(r"[A-ZÄÖÜ]{0,2}[ .-]?[0-9][0-9.,/-]{0,6}[A-Za-z]?")
"""`2.14`, `112a`, `B 12`; not `Zimmer 4` or `2. Stock`."""

# Rules, not the lists of dates that icalendar would write by itself: given those, Outlook and
# Thunderbird show every summer appointment an hour late.
_TIMEZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


class CalendarEntry(Value, frozen=True):
    """An appointment and whom it is with; how much of both is written is `CalendarForm`'s say."""

    appointment: Appointment
    client: Client


class _Block(Value, frozen=True):
    """Time in the calendar: a talk, or the follow-up time of one."""

    appointment: Appointment
    uid: str
    start: datetime
    end: datetime
    summary: str
    place: str = ""
    reminder: int | None = None
    is_withdrawn: bool = False


@german()
def calendar_file(
    entries: Iterable[CalendarEntry],
    *,
    form: CalendarForm,
    organizer: str | None = None,
    office: str = "",
) -> bytes:
    """The standing appointments of `entries`; the others are passed over.

    `organizer` is the mail address of the office mailbox, never of a person; `office` its name.
    There is no ATTENDEE, so no program offers to send the client an e-mail.
    """
    return _file("PUBLISH", _standing(entries, form), _organizer(organizer, office))


def single_files(
    entries: Iterable[CalendarEntry],
    *,
    form: CalendarForm,
    organizer: str | None = None,
    office: str = "",
) -> Iterator[tuple[str, bytes]]:
    """The same as one file for each block of time, with its name: a follow-up time that is kept
    apart has its own, because Outlook opens two entries in one file as a new calendar.
    """
    mailbox = _organizer(organizer, office)
    for block in _standing(entries, form):
        yield _file_name(block.start, block.uid), _file("PUBLISH", [block], mailbox)


@german()
def cancellations_file(
    entries: Iterable[CalendarEntry],
    *,
    form: CalendarForm,
    follow_ups: Iterable[CalendarEntry] = (),
    organizer: str | None = None,
    office: str = "",
) -> bytes:
    """The withdrawn appointments of `entries`, for calendars that hold them from an export.

    `follow_ups` are appointments, withdrawn or not, whose time after them such a calendar holds as
    an entry of its own that has to go, whatever the form is now.
    """
    newest = _newest_by_uid(entries)
    withdrawn = (_talk(each, form) for each in newest if each.appointment.state.is_withdrawn)
    gone = (_gone_follow_up(each.appointment) for each in _newest_by_uid(follow_ups))
    return _file("CANCEL", (*withdrawn, *gone), _organizer(organizer, office))


@german()
def live_file(
    entries: Iterable[CalendarEntry],
    *,
    form: CalendarForm,
    organizer: str | None = None,
    office: str = "",
) -> bytes:
    """All of `entries` for a program that reads the file over and over: withdrawn ones say so
    themselves, and what was missed stays as it was.
    """
    blocks = _blocks(_newest_by_uid(entries), form)
    return _file("PUBLISH", blocks, _organizer(organizer, office), _SUBSCRIBED)


def is_ours(data: bytes) -> bool:
    """Whether a calendar file, or its beginning, was written by this program."""
    return f"PRODID:{_PRODUCT}".encode() in data


def uids_of(uid: str) -> tuple[str, str]:
    """Under which UIDs calendars may hold an appointment: the talk, and the time after it."""
    return uid, str(uuid5(_FOLLOW_UPS, uid))


def _file_name(start: datetime, uid: str) -> str:
    """`termin-2026-11-24-0900-3f2a9c1b.ics`: recent files and shared folders name no person."""
    mark = re.sub(r"[^0-9a-z]", "", uid.lower())[:8]
    return f"termin-{start:%Y-%m-%d-%H%M}-{mark}.ics"


def _standing(entries: Iterable[CalendarEntry], form: CalendarForm) -> Iterator[_Block]:
    newest = _newest_by_uid(entries)
    return _blocks((entry for entry in newest if entry.appointment.state.is_standing), form)


def _newest_by_uid(entries: Iterable[CalendarEntry]) -> list[CalendarEntry]:
    """One entry per UID, in order of time: readers drop or double a UID that comes twice."""
    newest: dict[str, CalendarEntry] = {}
    for entry in sorted(entries, key=_version):
        newest[entry.appointment.uid] = entry
    return sorted(newest.values(), key=lambda e: (e.appointment.start, e.appointment.uid))


def _version(entry: CalendarEntry) -> tuple[int, datetime]:
    return entry.appointment.sequence, entry.appointment.changed_at


def _blocks(entries: Iterable[CalendarEntry], form: CalendarForm) -> Iterator[_Block]:
    for entry in entries:
        yield from _blocks_of(entry, form)


def _blocks_of(entry: CalendarEntry, form: CalendarForm) -> Iterator[_Block]:
    """The talk under the UID of the appointment, and where wanted the time after it.

    A calendar that subscribes sees the time after the talk come and go with the form, and the talk
    under its UID become longer or shorter.
    """
    appointment = entry.appointment
    yield _talk(entry, form)
    if form.follows_apart(appointment.preparation):
        since = appointment.end - timedelta(minutes=appointment.preparation)
        yield _follow_up(appointment, since, is_withdrawn=appointment.state.is_withdrawn)


@german()
def _talk(entry: CalendarEntry, form: CalendarForm) -> _Block:
    appointment = entry.appointment
    is_whole = form.preparation is Preparation.WHOLE
    return _Block(
        appointment,
        appointment.uid,
        appointment.start,
        appointment.end - timedelta(minutes=0 if is_whole else appointment.preparation),
        _plain(f"Termin {client_label(entry.client, form.privacy)}"),
        _place(appointment.room),
        # What is over reminds of nothing, and what is cancelled must not.
        form.reminder if appointment.state.is_open else None,
        appointment.state.is_withdrawn,
    )


@german()
def _follow_up(appointment: Appointment, since: datetime, *, is_withdrawn: bool) -> _Block:
    _, uid = uids_of(appointment.uid)
    text = "Vor- und Nachbereitung"
    return _Block(appointment, uid, since, appointment.end, text, is_withdrawn=is_withdrawn)


@german()
def _gone_follow_up(appointment: Appointment) -> _Block:
    """It is known by its UID; how long it once was is not known any more."""
    minutes = appointment.preparation or appointment.minutes
    since = appointment.end - timedelta(minutes=minutes)
    return _follow_up(appointment, since, is_withdrawn=True)


_SUBSCRIBED = {"X-WR-CALNAME": "Kontaktdichte", "X-PUBLISHED-TTL": "PT15M"}
"""How a calendar that subscribes is called, and after how long it should look again."""


@german()
def _file(
    method: str,
    blocks: Iterable[_Block],
    organizer: vCalAddress | None,
    more: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    calendar = Calendar()
    calendar["VERSION"] = vText("2.0")
    calendar["PRODID"] = vText(_PRODUCT)
    calendar["METHOD"] = vText(method)
    for name, value in more.items():
        calendar[name] = vText(value)
    calendar.add_component(_zone())
    folded: dict[bytes, bytes] = {}
    head = written(calendar, folded).removesuffix(_END)
    # Entry by entry: ten thousand at once cost the memory, and the time of looking for garbage.
    events = (written(_event(block, organizer), folded) for block in blocks)
    return b"".join((head, *events, _END))


_END = b"END:VCALENDAR\r\n"


@cache
def _zone() -> Component:
    return Timezone.from_ical(_TIMEZONE)


# Values that never change are made once, and values of the right kind are put into the event
# straight: `Event.add` looks for the kind of each value anew, which costs most of the time.
_PRIVATE = vText("PRIVATE")
_STANDING = {
    "STATUS": vText("CONFIRMED"),
    "TRANSP": vText("OPAQUE"),
    "X-MICROSOFT-CDO-BUSYSTATUS": vText("BUSY"),
}
_WITHDRAWN = {
    "STATUS": vText("CANCELLED"),
    "TRANSP": vText("TRANSPARENT"),
    "X-MICROSOFT-CDO-BUSYSTATUS": vText("FREE"),
}


def _event(block: _Block, organizer: vCalAddress | None) -> Event:
    appointment = block.appointment
    changed_at = vDatetime(appointment.changed_at.replace(tzinfo=UTC))
    event = Event()
    event["SUMMARY"] = vText(block.summary)
    event["DTSTART"] = vDatetime(block.start.replace(tzinfo=BERLIN))
    event["DTEND"] = vDatetime(block.end.replace(tzinfo=BERLIN))
    event["DTSTAMP"] = changed_at
    event["UID"] = vText(block.uid)
    event["SEQUENCE"] = vInt(appointment.sequence)
    event["LAST-MODIFIED"] = changed_at
    if block.place:
        event["LOCATION"] = vText(block.place)
    if organizer is not None:
        event["ORGANIZER"] = organizer
    # Only a hint, but Outlook and Exchange hide such entries from colleagues' shared views.
    event["CLASS"] = _PRIVATE
    for name, value in (_WITHDRAWN if block.is_withdrawn else _STANDING).items():
        event[name] = value
    if block.reminder is not None:
        event.add_component(_alarm(block.reminder))
    return event


@cache
def _alarm(minutes: int) -> Alarm:
    """Neutral: a reminder pops up over whatever is on the screen, also a shared one."""
    alarm = Alarm()
    alarm["ACTION"] = vText("DISPLAY")
    # Minutes, however many: days, which icalendar would write, are an hour off when clocks change.
    alarm["TRIGGER"] = vText(f"-PT{minutes}M")
    alarm["DESCRIPTION"] = vText("Termin")
    return alarm


def written(component: Component, folded: dict[bytes, bytes]) -> bytes:
    """What `component.to_ical(sorted=False)` writes, in half the time.

    Only lines that need folding go the way through icalendar, which looks at each character; and
    each only once, because the organizer's comes again with every entry: `folded` keeps them.
    """
    lines = []
    for name, value in component.property_items(sorted=False):
        line = _line(name, value)
        if len(line) > _WHOLE_LINE:
            line = folded.get(line) or folded.setdefault(line, _folded(line))
        lines.append(line)
    return b"\r\n".join((*lines, b""))


_WHOLE_LINE = 74
"""Octets that icalendar leaves in one line."""


def _line(name: str, value: Any) -> bytes:
    content = value if isinstance(value, bytes) else value.to_ical()
    if isinstance(content, str):
        content = content.encode()
    params = getattr(value, "params", None)
    if params and (written_params := params.to_ical(sorted=False)):
        return b"%b;%b:%b" % (name.encode(), written_params, content)
    return b"%b:%b" % (name.encode(), content)


def _folded(line: bytes) -> bytes:
    # icalendar leaves both without a type.
    return bytes(Contentline(line).to_ical())  # type: ignore[no-untyped-call]


def _place(room: str) -> str:
    """`2.14` → `Raum 2.14`: in a list of appointments a bare number says nothing."""
    place = _plain(room)
    return f"Raum {place}" if _ROOM_NUMBER.fullmatch(place) else place


def _organizer(mailbox: str | None, office: str) -> vCalAddress | None:
    if mailbox is None:
        return None
    if not MAIL_ADDRESS.fullmatch(mailbox):
        raise UserError(
            said(
                "Das Postfach der Dienststelle ist keine E-Mail-Adresse. Bitte in den "
                "Einstellungen berichtigen."
            )
        )
    address = vCalAddress(f"mailto:{mailbox}")
    if name := _plain(office).replace('"', "'"):
        address.params["CN"] = name
    return address


def _plain(text: str) -> str:
    """One line without backslashes and invisible characters: programs disagree about both."""
    line = " ".join(text.replace("\\", "/").split())
    if line.isprintable():
        return line
    return "".join(char for char in line if _is_visible(char)).strip()


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs")
