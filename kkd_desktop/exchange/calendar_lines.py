"""Which entries does a calendar file hold, line by line?

Read by ourselves and not by `icalendar`: a fault has to name its line, most lines of a real
calendar (invitations, attachments, notes about people) are none of our business and go nowhere,
and ten thousand entries take a tenth of the time.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from kkd_desktop.domain.language import said

MOST_BYTES = 50_000_000
MOST_LINES = 3_000_000
MOST_DEPTH = 10
_LINES_BETWEEN_CHECKS = 20_000

_ENTRY_LINES = frozenset(
    {
        "UID",
        "SEQUENCE",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "EXRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID",
        "STATUS",
        "TRANSP",
        "SUMMARY",
        "X-MICROSOFT-CDO-BUSYSTATUS",
    }
)
_WANTED = {
    "VCALENDAR": frozenset({"PRODID", "METHOD"}),
    "VEVENT": _ENTRY_LINES,
    "VFREEBUSY": frozenset({"FREEBUSY"}),
    "VTIMEZONE": frozenset({"TZID"}),
    "STANDARD": frozenset({"DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"}),
    "DAYLIGHT": frozenset({"DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"}),
}
_HEAD = re.compile(r'([A-Za-z0-9-]+)((?:;[^=:;"]+=(?:"[^"]*"|[^":;])*)*):')
_PARAMETER = re.compile(r';([^=:;"]+)=((?:"[^"]*"|[^":;])*)')


class CalendarFault(Exception):
    """What is wrong with a calendar file, as a sentence, and in which line (0: none)."""

    def __init__(self, text: str, number: int = 0) -> None:
        super().__init__(text)
        self.text = text
        self.number = number


class Line(NamedTuple):
    number: int
    parameters: dict[str, str]
    value: str


class Component(NamedTuple):
    """A part of the file with the lines that matter, by their names; `number` is its first line."""

    name: str
    number: int
    lines: dict[str, list[Line]]
    parts: list["Component"]
    calendar: "Component | None"
    """The VCALENDAR around it."""

    def first(self, name: str) -> Line | None:
        found = self.lines.get(name)
        return found[0] if found else None

    def word(self, name: str) -> str:
        """A value out of a closed list, in capitals; empty where there is none."""
        found = self.first(name)
        return "" if found is None else found.value.strip().upper()


def decoded(data: bytes) -> tuple[str, bool]:
    """The text, and whether its charset was certain. Times are ASCII and survive a wrong one."""
    if len(data) > MOST_BYTES:
        raise CalendarFault(
            said("Die Datei ist größer als {most} MB.").format(most=MOST_BYTES // 1_000_000)
        )
    charset = "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        charset = "utf-16"
    try:
        text, certain = data.decode(charset), True
    except UnicodeDecodeError as fault:
        if charset == "utf-16":
            sentence = said("Die Datei ist als UTF-16 gekennzeichnet, aber nicht so geschrieben.")
            raise CalendarFault(sentence) from fault
        # What older Windows programs write.
        text, certain = data.decode("cp1252", "replace"), False
    if (at := text.find("\0")) >= 0:
        number = text.count("\n", 0, at) + 1
        raise CalendarFault(
            said("Hier steht ein Nullzeichen; das ist keine Kalenderdatei."), number
        )
    return text, certain


def components(text: str, check: Callable[[], object]) -> list[Component]:
    """The VEVENTs, VFREEBUSYs and VTIMEZONEs of a file. `check` may raise to stop the reading."""
    found: list[Component] = []
    stack: list[Component] = []
    calendars = 0
    for number, line in _unfolded(text, check):
        name = line.partition(":")[0].partition(";")[0].strip().upper()
        if name == "BEGIN":
            stack.append(_begun(line, number, stack))
            calendars += stack[-1].name == "VCALENDAR"
        elif name == "END":
            closed = _ended(line, number, stack)
            if closed.name in ("VEVENT", "VFREEBUSY", "VTIMEZONE"):
                found.append(closed)
        elif not stack:
            raise CalendarFault(said("Hier müsste BEGIN:VCALENDAR stehen."), number)
        elif name in _WANTED.get(stack[-1].name, ()):
            stack[-1].lines.setdefault(name, []).append(_line(line, number))
    if stack:
        raise CalendarFault(
            said("Die Datei ist unvollständig: {part} aus dieser Zeile hat kein Ende.").format(
                part=stack[-1].name
            ),
            stack[-1].number,
        )
    if not calendars:
        raise CalendarFault(said("Das ist keine Kalenderdatei (.ics)."))
    return found


def _unfolded(text: str, check: Callable[[], object]) -> Iterator[tuple[int, str]]:
    """Each line with the number of its first one; a blank in front continues the line before."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > MOST_LINES:
        raise CalendarFault(said("Die Datei hat zu viele Zeilen."))
    lines = text.split("\n")
    begun, parts = 0, [""]
    for number, line in enumerate(lines, 1):
        if number % _LINES_BETWEEN_CHECKS == 0:
            check()
        if line[:1] in (" ", "\t") and begun:
            parts.append(line[1:])
            continue
        if parts[0].strip():
            yield begun, parts[0] if len(parts) == 1 else "".join(parts)
        begun, parts = number, [line]
    if parts[0].strip():
        yield begun, "".join(parts)


def _begun(line: str, number: int, stack: list[Component]) -> Component:
    name = _component_name(line)
    if not stack and name != "VCALENDAR":
        raise CalendarFault(said("Hier müsste BEGIN:VCALENDAR stehen."), number)
    if len(stack) == MOST_DEPTH:
        raise CalendarFault(said("Die Datei ist zu tief verschachtelt."), number)
    made = Component(name, number, {}, [], stack[0] if stack else None)
    if stack and stack[-1].name == "VTIMEZONE":
        stack[-1].parts.append(made)
    return made


def _ended(line: str, number: int, stack: list[Component]) -> Component:
    name = _component_name(line)
    if not stack or stack[-1].name != name:
        raise CalendarFault(
            said("END:{name} passt zu keinem BEGIN.").format(name=name[:40]), number
        )
    return stack.pop()


def _component_name(line: str) -> str:
    return line.partition(":")[2].strip().upper()


def _line(line: str, number: int) -> Line:
    head, colon, value = line.partition(":")
    if '"' in head:
        # A colon inside quotation marks is part of a parameter.
        matched = _HEAD.match(line)
        head, colon, value = (
            (line[: matched.end() - 1], ":", line[matched.end() :]) if matched else ("", "", "")
        )
    parameters = _parameters(head) if colon else None
    if parameters is None:
        raise CalendarFault(said("Diese Zeile ist unlesbar."), number)
    return Line(number, parameters, value)


@lru_cache(maxsize=1024)
def _parameters(head: str) -> dict[str, str] | None:
    """The parameters of a line; None where it is broken. Most lines share theirs."""
    if ";" not in head:
        return {}
    if not _HEAD.fullmatch(f"{head}:"):
        return None
    return {
        name.strip().upper(): value.strip().strip('"') for name, value in _PARAMETER.findall(head)
    }
