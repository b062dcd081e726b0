"""Which version of an entry does a program have that read the calendar file before?"""

import re
from collections.abc import Iterator
from datetime import datetime

_BEGIN, _END = b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n"
_UID = re.compile(rb"^UID:(.*)\r\n", re.MULTILINE)
_SEQUENCE = re.compile(rb"^SEQUENCE:(\d+)\r\n", re.MULTILINE)
_STAMP = re.compile(rb"^(DTSTAMP|LAST-MODIFIED):(.*)\r\n", re.MULTILINE)


def carried_on(fresh: bytes, before: bytes, now: datetime) -> bytes:
    """A calendar file of ours to take the place of `before`, no entry of it older than there.

    One that looks otherwise without a higher SEQUENCE, because a step was taken back or calendars
    show something else now, gets the next one, and UTC `now` as its last change: programs pass over
    what comes with the SEQUENCE and DTSTAMP they know. One that looks the same stays as it is.
    """
    known = {_uid(event): event for event in _events(before)}
    head, *rest = fresh.split(_BEGIN)
    parts = [head]
    for each in rest:
        body, end, tail = each.partition(_END)
        event = _BEGIN + body + end
        parts += [_renewed(event, known.get(_uid(event)), now), tail]
    return b"".join(parts)


def _events(data: bytes) -> Iterator[bytes]:
    """Inside an event no line but its own begins like this: longer ones go on after a space."""
    for part in data.split(_BEGIN)[1:]:
        body, end, _ = part.partition(_END)
        if end:
            yield _BEGIN + body + end


def _renewed(event: bytes, before: bytes | None, now: datetime) -> bytes:
    if before is None or _sequence(event) > _sequence(before):
        return event
    if _bare(event) == _bare(before):
        return before
    stamped = _STAMP.sub(rb"\1:%b\r\n" % f"{now:%Y%m%dT%H%M%SZ}".encode(), event)
    return _SEQUENCE.sub(b"SEQUENCE:%d\r\n" % (_sequence(before) + 1), stamped)


def _uid(event: bytes) -> bytes:
    found = _UID.search(event)
    return found[1] if found else b""


def _sequence(event: bytes) -> int:
    found = _SEQUENCE.search(event)
    return int(found[1]) if found else 0


def _bare(event: bytes) -> bytes:
    """What a reader sees of it."""
    return _STAMP.sub(b"", _SEQUENCE.sub(b"", event))
