"""How do appointments get into Outlook, Thunderbird and the others? iCalendar (RFC 5545) as bytes.

Load this module on demand: `icalendar` costs more than the first window may.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime

from icalendar import Calendar, Event, Timezone, vCalAddress

from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.plain_text import MAIL_ADDRESS
from kkd_desktop.domain.privacy import Privacy, client_label
from kkd_desktop.domain.values import Value
from kkd_desktop.exchange.local_time import BERLIN

_PRODUCT = "-//KKD Desktop//Termine//DE"

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
    """An appointment and whom it is with; how much of the client is written is `Privacy`'s say."""

    appointment: Appointment
    client: Client


def calendar_file(
    entries: Iterable[CalendarEntry],
    *,
    privacy: Privacy = Privacy.INITIALS,
    organizer: str | None = None,
    office: str = "",
) -> bytes:
    """The standing appointments of `entries`; the others are passed over.

    `organizer` is the mail address of the office mailbox, never of a person; `office` its name.
    There is no ATTENDEE, so no program offers to send the client an e-mail.
    """
    standing = [entry for entry in _newest_by_uid(entries) if entry.appointment.state.is_standing]
    return _file("PUBLISH", standing, privacy, _organizer(organizer, office))


def cancellations_file(
    entries: Iterable[CalendarEntry],
    *,
    privacy: Privacy = Privacy.INITIALS,
    organizer: str | None = None,
    office: str = "",
) -> bytes:
    """The withdrawn appointments of `entries`, for calendars that hold them from an export."""
    withdrawn = [entry for entry in _newest_by_uid(entries) if entry.appointment.state.is_withdrawn]
    return _file("CANCEL", withdrawn, privacy, _organizer(organizer, office))


def single_file_name(appointment: Appointment) -> str:
    """`termin-2026-11-24-0900-3f2a9c1b.ics`, for a file that holds one appointment.

    Recent-file lists and shared folders see no person.
    """
    mark = re.sub(r"[^0-9a-z]", "", appointment.uid.lower())[:8]
    return f"termin-{appointment.start:%Y-%m-%d-%H%M}-{mark}.ics"


def _file(
    method: str,
    entries: Iterable[CalendarEntry],
    privacy: Privacy,
    organizer: vCalAddress | None,
) -> bytes:
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", _PRODUCT)
    calendar.add("METHOD", method)
    calendar.add_component(Timezone.from_ical(_TIMEZONE))
    for entry in entries:
        calendar.add_component(_event(entry, privacy, organizer))
    # icalendar leaves to_ical() without a type.
    return bytes(calendar.to_ical())


def _newest_by_uid(entries: Iterable[CalendarEntry]) -> list[CalendarEntry]:
    """One entry per UID, in order of time: readers drop or double a UID that comes twice."""
    newest: dict[str, CalendarEntry] = {}
    for entry in sorted(entries, key=_version):
        newest[entry.appointment.uid] = entry
    return sorted(newest.values(), key=lambda e: (e.appointment.start, e.appointment.uid))


def _version(entry: CalendarEntry) -> tuple[int, datetime]:
    return entry.appointment.sequence, entry.appointment.changed_at


def _event(entry: CalendarEntry, privacy: Privacy, organizer: vCalAddress | None) -> Event:
    appointment = entry.appointment
    changed_at = appointment.changed_at.replace(tzinfo=UTC)
    event = Event()
    event.add("UID", appointment.uid)
    event.add("SEQUENCE", appointment.sequence)
    event.add("DTSTAMP", changed_at)
    event.add("LAST-MODIFIED", changed_at)
    event.add("DTSTART", appointment.start.replace(tzinfo=BERLIN))
    event.add("DTEND", appointment.end.replace(tzinfo=BERLIN))
    event.add("SUMMARY", _plain(f"Termin {client_label(entry.client, privacy)}"))
    if place := _place(appointment.room):
        event.add("LOCATION", place)
    if organizer is not None:
        event.add("ORGANIZER", organizer)
    # Only a hint, but Outlook and Exchange hide such entries from colleagues' shared views.
    event.add("CLASS", "PRIVATE")
    is_withdrawn = appointment.state.is_withdrawn
    event.add("STATUS", "CANCELLED" if is_withdrawn else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT" if is_withdrawn else "OPAQUE")
    event.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE" if is_withdrawn else "BUSY")
    return event


def _place(room: str) -> str:
    """`2.14` → `Raum 2.14`: in a list of appointments a bare number says nothing."""
    place = _plain(room)
    return f"Raum {place}" if _ROOM_NUMBER.fullmatch(place) else place


def _organizer(mailbox: str | None, office: str) -> vCalAddress | None:
    if mailbox is None:
        return None
    if not MAIL_ADDRESS.fullmatch(mailbox):
        raise UserError(
            "Das Postfach der Dienststelle ist keine E-Mail-Adresse. "
            "Bitte in den Einstellungen berichtigen."
        )
    address = vCalAddress(f"mailto:{mailbox}")
    if name := _plain(office).replace('"', "'"):
        address.params["CN"] = name
    return address


def _plain(text: str) -> str:
    """One line without backslashes and invisible characters: programs disagree about both."""
    visible = (char for char in " ".join(text.replace("\\", "/").split()) if _is_visible(char))
    return "".join(visible).strip()


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs")
