"""What does a calendar file say about when somebody is taken?

The samples are written in the manner of the programs they are named after; their content is
invented. `recurring-ical-events` is the judge of recurrences.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from kkd_desktop.domain.busy_time import BusyState, BusyTime
from kkd_desktop.domain.errors import UserError
from kkd_desktop.exchange import busy_file as module
from kkd_desktop.exchange.busy_file import busy_file
from kkd_desktop.exchange.calendar_file import uids_of

SINCE, UNTIL = date(2026, 9, 26), date(2028, 5, 21)
BERLIN = ZoneInfo("Europe/Berlin")


def calendar(*parts: str, head: str = "PRODID:-//Beispiel//DE\nVERSION:2.0") -> bytes:
    text = "\n".join(("BEGIN:VCALENDAR", head, *parts, "END:VCALENDAR", ""))
    return text.replace("\n", "\r\n").encode()


def event(*lines: str) -> str:
    return "\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT"))


def read(*parts: str, **options) -> list[BusyTime]:
    return list(busy_file(calendar(*parts), "kalender.ics", SINCE, UNTIL, **options).times)


def spans(*parts: str, **options) -> list[str]:
    """`23.11. 09:00–10:00` for each time."""
    return [
        f"{each.start:%d.%m. %H:%M}–{each.end:%H:%M}"
        if each.start.date() == each.end.date()
        else f"{each.start:%d.%m. %H:%M}–{each.end:%d.%m. %H:%M}"
        for each in read(*parts, **options)
    ]


def refused(data: bytes) -> str:
    with pytest.raises(UserError) as fault:
        busy_file(data, "kalender.ics", SINCE, UNTIL)
    return str(fault.value)


@contextmanager
def within_seconds(seconds: int) -> Iterator[None]:
    """A watchdog: what never ends would otherwise hold up every test after it."""

    def bark(*_: object) -> None:
        raise AssertionError(f"not done after {seconds} seconds")

    before = signal.signal(signal.SIGALRM, bark)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def outcome(data: bytes, **options) -> tuple[str, tuple[BusyTime, ...]]:
    """The sentence of a refusal, or the times."""
    try:
        return "", busy_file(data, "kalender.ics", SINCE, UNTIL, **options).times
    except UserError as fault:
        return str(fault), ()


OUTLOOK_ZONE = """\
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE"""


def test_an_outlook_export_is_read():
    times = read(
        OUTLOOK_ZONE,
        event(
            "CLASS:PUBLIC",
            "CREATED:20261101T080000Z",
            "DESCRIPTION:Bitte Unterlagen mitbringen\\n\\n",
            " und noch eine Zeile: mit Doppelpunkt",
            'DTEND;TZID="W. Europe Standard Time":20261124T110000',
            "DTSTAMP:20261101T080000Z",
            'DTSTART;TZID="W. Europe Standard Time":20261124T100000',
            "PRIORITY:5",
            "SEQUENCE:0",
            "SUMMARY;LANGUAGE=de:Teamrunde",
            "TRANSP:OPAQUE",
            "UID:040000008200E00074C5B7101A82E00800000000A0",
            "X-MICROSOFT-CDO-BUSYSTATUS:OOF",
            "BEGIN:VALARM",
            "TRIGGER:-PT15M",
            "ACTION:DISPLAY",
            "DESCRIPTION:Reminder",
            "END:VALARM",
        ),
    )

    assert times == [
        BusyTime(
            datetime(2026, 11, 24, 10), datetime(2026, 11, 24, 11), BusyState.OUT_OF_OFFICE, ""
        )
    ]


def test_a_google_export_is_read():
    found = spans(
        event(
            "DTSTART:20261124T083000Z",
            "DTEND:20261124T093000Z",
            "UID:abc123@google.com",
            "STATUS:CONFIRMED",
            "TRANSP:OPAQUE",
        ),
        event(
            "DTSTART;VALUE=DATE:20261224",
            "DTEND;VALUE=DATE:20261227",
            "UID:frei@google.com",
            "TRANSP:TRANSPARENT",
        ),
        event(
            "DTSTART;VALUE=DATE:20261228",
            "DTEND;VALUE=DATE:20261231",
            "UID:urlaub@google.com",
            "TRANSP:OPAQUE",
        ),
    )

    assert found == ["24.11. 09:30–10:30", "28.12. 00:00–31.12. 00:00"]


def test_a_thunderbird_series_with_an_exception_is_read():
    found = spans(
        event(
            "UID:serie",
            "DTSTART;TZID=Europe/Berlin:20261123T090000",
            "DTEND;TZID=Europe/Berlin:20261123T093000",
            "RRULE:FREQ=WEEKLY;COUNT=4",
            "EXDATE;TZID=Europe/Berlin:20261130T090000",
            "X-MOZ-GENERATION:2",
        ),
        event(
            "UID:serie",
            "RECURRENCE-ID;TZID=Europe/Berlin:20261207T090000",
            "DTSTART;TZID=Europe/Berlin:20261208T140000",
            "DTEND;TZID=Europe/Berlin:20261208T150000",
        ),
    )

    assert found == ["23.11. 09:00–09:30", "08.12. 14:00–15:00", "14.12. 09:00–09:30"]


def test_an_exchange_zone_with_a_name_of_its_own_is_read_by_its_rules():
    name = "(UTC+09:00) Osaka\\, Sapporo\\, Tokio"
    zone = (
        f"BEGIN:VTIMEZONE\nTZID:{name}\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
        "TZOFFSETFROM:+0900\nTZOFFSETTO:+0900\nEND:STANDARD\nEND:VTIMEZONE"
    )

    found = spans(
        zone,
        event(f'DTSTART;TZID="{name}":20261124T180000', f'DTEND;TZID="{name}":20261124T190000'),
    )

    assert found == ["24.11. 10:00–11:00"]


def test_a_described_zone_keeps_its_own_summer_time():
    zone = OUTLOOK_ZONE.replace("W. Europe Standard Time", "Customized Time Zone")

    found = spans(
        zone,
        event(
            "DTSTART;TZID=Customized Time Zone:20261001T080000",
            "DURATION:PT1H",
            "RRULE:FREQ=MONTHLY;COUNT=3",
        ),
    )

    assert found == ["01.10. 08:00–09:00", "01.11. 08:00–09:00", "01.12. 08:00–09:00"]


@pytest.mark.parametrize(
    "name",
    [
        "America/New_York",
        "america/new_york",
        "Eastern Standard Time",
        "/freeassociation.sourceforge.net/America/New_York",
        "/citadel.org/20190914_1/America/New_York",
    ],
)
def test_a_foreign_zone_is_known_by_every_name(name):
    assert spans(event(f"DTSTART;TZID={name}:20261124T040000", "DURATION:PT90M")) == [
        "24.11. 10:00–11:30"
    ]


def test_an_unknown_zone_is_local_time_and_said_so():
    data = calendar(event("DTSTART;TZID=Irgendwo:20261124T090000", "DURATION:PT1H"))

    found = busy_file(data, "kalender.ics", SINCE, UNTIL)

    assert found.times[0].start == datetime(2026, 11, 24, 9)
    assert found.notes == ("Eine Zeitzone ist unbekannt; ihre Zeiten gelten als Ortszeit.",)


def test_an_apple_birthday_since_1604_comes_every_year():
    assert spans(event("DTSTART;VALUE=DATE:16041224", "RRULE:FREQ=YEARLY")) == [
        "24.12. 00:00–25.12. 00:00",
        "24.12. 00:00–25.12. 00:00",
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("DTSTART:20261124T090000", "DTEND:20261124T100000"), ["24.11. 09:00–10:00"]),
        (("DTSTART:20261124T090000", "DURATION:PT45M"), ["24.11. 09:00–09:45"]),
        (("DTSTART:20261124T090000",), []),
        (("DTSTART;VALUE=DATE:20261124",), ["24.11. 00:00–25.11. 00:00"]),
        (("DTSTART;VALUE=DATE:20261124", "DURATION:P3D"), ["24.11. 00:00–27.11. 00:00"]),
        (("DTSTART:20261124T220000", "DTEND:20261126T060000"), ["24.11. 22:00–26.11. 06:00"]),
        (("DTSTART:20261124T090030", "DTEND:20261124T093010"), ["24.11. 09:00–09:31"]),
        (("DTSTART:20261124T090000", "DTEND:20261124T080000"), []),
        (("DTSTART:20260901T080000", "DTEND:20260927T080000"), ["26.09. 00:00–27.09. 08:00"]),
        (("DTSTART:20240101T080000", "DTEND:20240101T090000"), []),
        (("DTSTART:00010101T000000Z", "DTEND:00010101T010000Z"), []),
    ],
)
def test_an_entry_takes_the_time_from_its_start_to_its_end(lines, expected):
    assert spans(event(*lines)) == expected


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ((), BusyState.BUSY),
        (("STATUS:TENTATIVE",), BusyState.TENTATIVE),
        (("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE",), BusyState.TENTATIVE),
        (("X-MICROSOFT-CDO-BUSYSTATUS:OOF",), BusyState.OUT_OF_OFFICE),
        (("X-MICROSOFT-CDO-BUSYSTATUS:BUSY", "TRANSP:OPAQUE"), BusyState.BUSY),
        (("X-MICROSOFT-CDO-BUSYSTATUS:FREE",), None),
        (("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE",), None),
        (("TRANSP:TRANSPARENT",), None),
        (("STATUS:CANCELLED",), None),
    ],
)
def test_the_words_of_an_entry_say_whether_it_takes_the_time(lines, state):
    times = read(event("DTSTART:20261124T090000", "DURATION:PT1H", *lines))

    assert [each.state for each in times] == ([] if state is None else [state])


def test_a_free_busy_answer_is_read():
    times = read(
        "BEGIN:VFREEBUSY\nUID:x\nDTSTART:20261101T000000Z\nDTEND:20270101T000000Z\n"
        "FREEBUSY:20261124T080000Z/20261124T090000Z,20261125T080000Z/PT30M\n"
        "FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261126T080000Z/PT1H\n"
        "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261127T080000Z/PT1H\n"
        "FREEBUSY;FBTYPE=FREE:20261128T080000Z/PT1H\nEND:VFREEBUSY"
    )

    assert [(each.start, each.state) for each in times] == [
        (datetime(2026, 11, 24, 9), BusyState.BUSY),
        (datetime(2026, 11, 25, 9), BusyState.BUSY),
        (datetime(2026, 11, 26, 9), BusyState.OUT_OF_OFFICE),
        (datetime(2026, 11, 27, 9), BusyState.TENTATIVE),
    ]


def test_a_withdrawn_file_takes_nothing():
    data = calendar(event("DTSTART:20261124T090000", "DURATION:PT1H"), head="METHOD:CANCEL")

    assert busy_file(data, "kalender.ics", SINCE, UNTIL).times == ()


def test_days_of_their_own_are_read():
    found = spans(
        event(
            "DTSTART:20261124T090000",
            "DURATION:PT1H",
            "RDATE:20261201T100000,20261202T110000",
            "RDATE;VALUE=PERIOD:20261203T090000/PT15M",
        )
    )

    assert found == [
        "24.11. 09:00–10:00",
        "01.12. 10:00–11:00",
        "02.12. 11:00–12:00",
        "03.12. 09:00–09:15",
    ]


def test_a_change_of_all_later_ones_moves_them():
    found = spans(
        event("UID:a", "DTSTART:20261123T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=4"),
        event(
            "UID:a",
            "RECURRENCE-ID;RANGE=THISANDFUTURE:20261207T090000",
            "DTSTART:20261208T100000",
            "DURATION:PT30M",
        ),
    )

    assert found == [
        "23.11. 09:00–10:00",
        "30.11. 09:00–10:00",
        "08.12. 10:00–10:30",
        "15.12. 10:00–10:30",
    ]


def test_a_cancelled_day_of_a_series_is_free():
    found = spans(
        event("UID:a", "DTSTART:20261123T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2"),
        event(
            "UID:a",
            "RECURRENCE-ID:20261123T090000",
            "DTSTART:20261123T090000",
            "DURATION:PT1H",
            "STATUS:CANCELLED",
        ),
    )

    assert found == ["24.11. 09:00–10:00"]


def test_of_two_versions_of_an_entry_the_newer_counts():
    found = spans(
        event("UID:a", "SEQUENCE:2", "DTSTART:20261124T140000", "DURATION:PT1H"),
        event("UID:a", "SEQUENCE:1", "DTSTART:20261124T090000", "DURATION:PT1H"),
    )

    assert found == ["24.11. 14:00–15:00"]


def test_a_series_ends_on_its_last_day():
    found = spans(
        event("DTSTART:20261123T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20261124")
    )

    assert found == ["23.11. 09:00–10:00", "24.11. 09:00–10:00"]


def test_a_series_keeps_its_wall_clock_over_both_changes():
    lines = ("DTSTART;TZID=Europe/Berlin:20261019T090000", "DURATION:PT1H")

    times = read(event(*lines, "RRULE:FREQ=WEEKLY;UNTIL=20270412T070000Z"))

    assert {each.start.time().hour for each in times} == {9}
    assert times[-1].start == datetime(2027, 4, 12, 9)


def test_a_foreign_series_moves_while_the_clocks_differ():
    lines = ("DTSTART;TZID=America/New_York:20261023T090000", "DURATION:PT1H")

    times = read(event(*lines, "RRULE:FREQ=WEEKLY;COUNT=3"))

    # New York changes a week later than we do.
    assert [each.start.hour for each in times] == [15, 14, 15]


def test_a_time_that_the_spring_night_leaves_out_is_the_one_after_it():
    assert spans(event("DTSTART;TZID=Europe/Berlin:20270328T023000", "DURATION:PT1H")) == [
        "28.03. 03:30–04:30"
    ]


def test_an_hour_that_the_autumn_night_has_twice_is_not_lost():
    assert spans(event("DTSTART:20261025T003000Z", "DTEND:20261025T013000Z")) == [
        "25.10. 02:30–03:30"
    ]


def test_own_appointments_that_come_back_do_not_count():
    uid = "7c1f6a52-0b54-4f0a-9b7e-0f6f1f3f9a11"
    talk, after = uids_of(uid)
    wrapped = (
        "040000008200E00074C5B7101A82E008"
        + "00" * 24
        + (b"vCal-Uid\x01\x00\x00\x00" + talk.encode() + b"\0").hex().upper()
    )
    parts = [
        event(f"UID:{each}", "DTSTART:20261124T090000", "DURATION:PT1H")
        for each in (talk, after, wrapped, "fremd")
    ]

    found = busy_file(calendar(*parts), "k.ics", SINCE, UNTIL, own_uids={talk, after})

    assert len(found.times) == 1
    assert found.notes == ("Eigene Termine aus diesem Programm zählen nicht noch einmal.",)


def test_titles_are_kept_only_where_they_are_wanted():
    part = event("DTSTART:20261124T090000", "DURATION:PT1H", "SUMMARY:Runde\\, groß\\nZeile\u202e")

    assert [each.title for each in read(part)] == [""]
    assert [each.title for each in read(part, has_titles=True)] == ["Runde, groß Zeile"]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_charset_is_read(charset):
    text = calendar(event("DTSTART:20261124T090000", "DURATION:PT1H", "SUMMARY:Übergabe")).decode()

    found = busy_file(text.encode(charset), "k.ics", SINCE, UNTIL, has_titles=True)

    assert [each.title for each in found.times] == ["Übergabe"]
    assert bool(found.notes) == (charset == "cp1252")


def test_line_ends_and_folds_of_every_kind_are_read():
    folded = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2026\n\t1124T09\n 0000\nDURATION:PT1H\n"
    text = folded + "END:VEVENT\nEND:VCALENDAR"

    for data in (text, text.replace("\n", "\r\n"), text.replace("\n", "\r")):
        assert len(busy_file(data.encode(), "k.ics", SINCE, UNTIL).times) == 1


WHOLE = calendar(event("DTSTART:20261124T090000", "DURATION:PT1H"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "kalender.ics: Das ist keine Kalenderdatei (.ics)."),
        (b"\n\n", "kalender.ics: Das ist keine Kalenderdatei (.ics)."),
        (b"<html>", "kalender.ics, Zeile 1: Hier müsste BEGIN:VCALENDAR stehen."),
        (WHOLE[:-15], "Zeile 1: Die Datei ist unvollständig: VCALENDAR aus dieser Zeile"),
        (WHOLE[:-40], "Zeile 4: Die Datei ist unvollständig: VEVENT aus dieser Zeile"),
        (WHOLE.replace(b"PT1H", b"PT\0H"), "Zeile 6: Hier steht ein Nullzeichen"),
        (WHOLE.replace(b"PT1H", b"lang"), "Zeile 6: Hier müsste eine Dauer stehen."),
        (WHOLE.replace(b"PT1H", b"P99999999999W"), "Zeile 6: Diese Dauer ist zu lang."),
        (WHOLE.replace(b"20261124", b"20261324"), "Zeile 5: Dieses Datum gibt es nicht."),
        (WHOLE.replace(b"20261124", b"morgen"), "Zeile 5: Hier müsste ein Datum stehen."),
        (WHOLE.replace(b"DTSTART", b"X-START"), "Zeile 4: Dieser Eintrag hat keinen Beginn"),
        (WHOLE.replace(b"DTSTART:", b'DTSTART;TZID="x:'), "Zeile 5: Diese Zeile ist unlesbar."),
        (WHOLE.replace(b"END:VEVENT", b"END:VTODO"), "Zeile 7: END:VTODO passt zu keinem BEGIN."),
        (b"\xff\xfe\x00\xd8\x00\xd8", "Die Datei ist als UTF-16 gekennzeichnet"),
        (b"BEGIN:VCALENDAR\n" * 50, "Zeile 11: Die Datei ist zu tief verschachtelt."),
        (b"\n" * 3_100_000, "Die Datei hat zu viele Zeilen."),
        (b"x" * 50_000_001, "Die Datei ist größer als 50 MB."),
    ],
)
def test_what_is_no_calendar_is_refused_with_its_line(data, said):
    assert said in refused(data)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;COUNT=1000000000",
        "FREQ=MINUTELY;BYMONTH=2",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=1,2,3,4,5,6;BYMINUTE=0,10,20,30,40",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=99999999999999999999",
        "FREQ=DAILY;COUNT=viele",
        "FREQ=DAILY;UNTIL=morgen",
        "FREQ=DAILY;BYDAY=XX",
        "FREQ=DAILY;BYMONTHDAY=0",
        "FREQ=DAILY;BYMONTH=13",
        "FREQ=YEARLY;BYEASTER=0",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=YEARLY;BYYEARDAY=" + ",".join(["1"] * 3000),
        "INTERVAL=2",
        "täglich",
    ],
)
def test_a_rule_without_sense_or_bounds_is_refused_with_its_line(rule):
    data = calendar(event("DTSTART:20261124T090000", "DURATION:PT1H", f"RRULE:{rule}"))

    assert refused(data).startswith("kalender.ics, Zeile 7: ")


BOMBS = {
    "a billion days": ("RRULE:FREQ=DAILY;COUNT=1000000000",),
    "a rule that never comes true": ("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",),
    "a year of them": ("RRULE:FREQ=YEARLY;BYYEARDAY=" + ",".join(map(str, range(1, 367))),),
    "ten thousand rules": ("RRULE:FREQ=DAILY",) * 10_000,
    "a million days left out": ("RRULE:FREQ=DAILY", "EXDATE:" + "20261124T090000," * 1_000_000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_bounded(name):
    data = calendar(event("DTSTART:20261124T090000", "DURATION:PT1H", *BOMBS[name]))

    with within_seconds(30):
        said, times = outcome(data)

    assert "Zeile" in said if said else 0 < len(times) <= 600


def test_ten_thousand_rules_that_never_come_true_are_given_up(monkeypatch):
    monkeypatch.setattr(module, "MOST_SECONDS", 1.0)
    bomb = event("DTSTART:20261124T090000", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31")

    with within_seconds(60):
        assert "nicht in vertretbarer Zeit" in refused(calendar(*[bomb] * 10_000))


def test_a_zone_that_changes_every_second_is_refused():
    zone = OUTLOOK_ZONE.replace("W. Europe Standard Time", "Mein")
    bomb = zone.replace("FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "FREQ=SECONDLY")

    entry = event("DTSTART;TZID=Mein:20261124T090000", "DURATION:PT1H")

    with within_seconds(30):
        said = refused(calendar(bomb, entry))

    assert said == "kalender.ics, Zeile 8: Eine Zeitzone stellt die Uhr nicht jährlich um."


def test_whoever_reads_can_stop():
    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        busy_file(WHOLE, "k.ics", SINCE, UNTIL, progress=stop)


SERIES = calendar(
    OUTLOOK_ZONE,
    event(
        "UID:a",
        "DTSTART;TZID=W. Europe Standard Time:20261123T090000",
        "DURATION:PT1H",
        "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270301T000000Z",
        "EXDATE;TZID=W. Europe Standard Time:20261130T090000",
        "SUMMARY:Runde",
    ),
    event("UID:a", "RECURRENCE-ID:20261207T080000Z", "DTSTART:20261207T100000Z", "DURATION:PT1H"),
    event("DTSTART;VALUE=DATE:20261224", "RRULE:FREQ=YEARLY"),
)
PIECES = [b"\0", b"\xff", b"\r\n", b":", b";", b'"', b"RRULE:FREQ=DAILY\r\n", b"9999", b"-", b"Z"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(SERIES)),
            st.integers(0, 30),
            st.one_of(st.sampled_from(PIECES), st.binary(max_size=6)),
        ),
        max_size=4,
    ),
    st.booleans(),
)
def test_whatever_is_in_a_file_there_are_times_of_the_period_or_a_sentence(changes, has_titles):
    data = SERIES
    for at, length, piece in changes:
        data = data[:at] + piece + data[at + length :]

    said, times = outcome(data, has_titles=has_titles)

    assert not said or said.startswith("kalender.ics")
    assert list(times) == sorted(set(times))
    first, after = datetime(2026, 9, 26), datetime(2028, 5, 22)
    assert all(first <= each.start < each.end <= after for each in times)


def weekdays(numbers: str) -> st.SearchStrategy[str]:
    days = st.sampled_from(("MO", "TU", "WE", "FR"))
    day = st.tuples(st.sampled_from(("", *numbers.split())), days)
    return st.lists(day.map("".join), min_size=1, max_size=2, unique=True).map(",".join)


RULES = st.one_of(
    st.tuples(st.just("DAILY"), st.just("")),
    st.tuples(st.just("WEEKLY"), weekdays("").map(";BYDAY={}".format)),
    st.tuples(st.just("MONTHLY"), weekdays("1 2 -1").map(";BYDAY={}".format)),
    st.tuples(st.just("MONTHLY"), st.sampled_from([";BYMONTHDAY=31", ";BYMONTHDAY=-1", ""])),
    st.tuples(st.just("YEARLY"), st.sampled_from([";BYMONTH=3,10;BYDAY=-1SU", "", ";BYMONTH=2"])),
)
ENDS = st.one_of(
    st.just(""),
    st.integers(1, 40).map(";COUNT={}".format),
    st.dates(date(2026, 1, 1), date(2028, 1, 1)).map(";UNTIL={:%Y%m%d}T225959Z".format),
)


@settings(max_examples=80, deadline=None)
@given(
    RULES,
    st.integers(1, 4),
    ENDS,
    st.datetimes(datetime(2020, 1, 1), datetime(2027, 6, 1)),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata"]),
    st.integers(15, 3000),
)
def test_recurrences_are_those_of_recurring_ical_events(rule, interval, end, start, zone, minutes):
    start = start.replace(hour=8 + start.hour % 9, second=0, microsecond=0)
    frequency, by = rule
    text = event(
        "UID:a",
        f"DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}",
        f"DURATION:PT{minutes}M",
        f"RRULE:FREQ={frequency};INTERVAL={interval}{by}{end}",
    )
    # Weeks and months away from the bounds, where both would cut differently.
    first, last = datetime(2026, 9, 26, tzinfo=BERLIN), datetime(2028, 5, 22, tzinfo=BERLIN)

    expected = {
        each.start.astimezone(UTC)
        for each in recurring_ical_events.of(icalendar.Calendar.from_ical(calendar(text))).between(
            first, last
        )
        if each.start >= first
    }
    found = {
        each.start.replace(tzinfo=BERLIN).astimezone(UTC)
        for each in read(text)
        if each.start > datetime(2026, 9, 26)
    }

    margin = timedelta(hours=3)
    assert {x for x in expected if x > first.astimezone(UTC) + margin} == {
        x for x in found if x > first.astimezone(UTC) + margin
    }
