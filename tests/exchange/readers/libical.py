"""What does libical, the library of Evolution, GNOME and KOrganizer, read in an .ics on stdin?"""

import ctypes
import json
import sys
from ctypes import c_char_p, c_int, c_long, c_void_p


class Time(ctypes.Structure):
    _fields_ = (
        *((name, c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", c_int),
        ("is_daylight", c_int),
        ("zone", c_void_p),
    )


class Duration(ctypes.Structure):
    _fields_ = tuple(
        (name, c_int) for name in ("is_neg", "days", "weeks", "hours", "minutes", "seconds")
    )


libical = ctypes.CDLL("libical.so.3")


def call(name, result, *arguments):
    function = getattr(libical, name)
    function.restype = result
    function.argtypes = [
        {bytes: c_char_p, int: c_int}.get(type(each), type(each)) for each in arguments
    ]
    return function(*arguments)


def components(parent, kind):
    """Pointers are wrapped, so that they are told from numbers."""
    number = call("icalcomponent_string_to_kind", c_int, kind)
    found = call("icalcomponent_get_first_component", c_void_p, parent, number)
    while found:
        yield c_void_p(found)
        found = call("icalcomponent_get_next_component", c_void_p, parent, number)


def text(component, name):
    """The value as it stands in the file."""
    number = call("icalproperty_string_to_kind", c_int, name)
    found = call("icalcomponent_get_first_property", c_void_p, component, number)
    if not found:
        return ""
    return call("icalproperty_get_value_as_string", c_char_p, c_void_p(found)).decode()


def extension(component, name):
    number = call("icalproperty_string_to_kind", c_int, b"X-")
    found = call("icalcomponent_get_first_property", c_void_p, component, number)
    while found:
        if call("icalproperty_get_x_name", c_char_p, c_void_p(found)) == name:
            return call("icalproperty_get_value_as_string", c_char_p, c_void_p(found)).decode()
        found = call("icalcomponent_get_next_property", c_void_p, component, number)
    return ""


def unescaped(component, name):
    value = call(f"icalcomponent_get_{name}", c_char_p, component)
    return value.decode() if value else ""


def seconds(event, name):
    moment = call(f"icalcomponent_get_{name}", Time, event)
    return call("icaltime_as_timet_with_zone", c_long, moment, c_void_p(moment.zone))


def minutes_before(alarm):
    duration = call("icaldurationtype_from_string", Duration, text(alarm, b"TRIGGER").encode())
    return -call("icaldurationtype_as_int", c_int, duration) // 60


def read(calendar):
    for event in components(calendar, b"VEVENT"):
        yield {
            "method": text(calendar, b"METHOD"),
            "uid": unescaped(event, "uid"),
            "sequence": call("icalcomponent_get_sequence", c_int, event),
            "start": seconds(event, "dtstart"),
            "end": seconds(event, "dtend"),
            "stamp": seconds(event, "dtstamp"),
            "status": text(event, b"STATUS"),
            "privacy": text(event, b"CLASS"),
            "busy": extension(event, b"X-MICROSOFT-CDO-BUSYSTATUS"),
            "summary": unescaped(event, "summary"),
            "location": unescaped(event, "location"),
            "reminders": [minutes_before(alarm) for alarm in components(event, b"VALARM")],
        }


root = c_void_p(call("icalparser_parse_string", c_void_p, sys.stdin.buffer.read()))
call("icalrestriction_check", c_int, root)
if call("icalcomponent_count_errors", c_int, root):
    sys.exit(call("icalcomponent_as_ical_string", c_char_p, root).decode())
json.dump(list(read(root)), sys.stdout)
