"""The week on one sheet, read back from the PDF."""

from datetime import date, datetime, timedelta
from fractions import Fraction

import pypdfium2
import pytest

from kkd_desktop.domain.appointment import Appointment, AppointmentState
from kkd_desktop.domain.busy_time import BusyTime
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.hours import WorkingHours
from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.week import DayPlan, Week, talks_of
from kkd_desktop.paper.week import WeekSheet, week_sheet

MONDAY, TODAY = date(2026, 11, 23), date(2026, 11, 20)
NAMES = ("Beispiel", "Muster", "Probe")


def booked(number, start, **changes):
    client = Client(number, f"123A{number:06d}", NAMES[number % 3], "Amina", code=f"K{number}")
    made = Appointment(number, start, 30, f"u{number}", datetime(2026, 11, 20, 8), id=number)
    return replace(made, **changes), client


def sheet(talks=0, **changes):
    """A week with so many talks a day, from eight o'clock on."""
    days = []
    for number in range(7):
        day = MONDAY + timedelta(days=number)
        start = datetime(day.year, day.month, day.day, 8)
        made = [
            booked(number * 20 + place + 1, start + timedelta(minutes=30 * place))
            for place in range(talks if number < 5 else 0)
        ]
        blocks = WorkingHours().blocks_on(day)
        days.append(DayPlan(day, blocks, talks=talks_of(made)))
    week = Week(datetime(2026, 11, 20, 9), tuple(days), 30, 45, Fraction(39))
    return replace(WeekSheet(week, "Jobcenter Nord", TODAY, Privacy.FULL), **changes)


def changed_monday(content, **changes):
    monday, *others = content.week.days
    week = replace(content.week, days=(replace(monday, **changes), *others))
    return replace(content, week=week)


@pytest.mark.parametrize("talks", [0, 1, 12])
def test_the_sheet_keeps_all_rules(talks, broken_rules):
    assert broken_rules(week_sheet(sheet(talks))) == []


def test_sixty_talks_are_on_one_sheet_that_lies_on_its_side(page_texts):
    pdf = week_sheet(sheet(12))

    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
        width, height = document[0].get_size()
    assert width > height
    assert page_texts(pdf)[0].count("vereinbart") == 60


def test_each_talk_stands_with_hour_name_and_state(page_texts):
    start = datetime(2026, 11, 23, 14)
    joint = [booked(n, start, joint="x", state=AppointmentState.INVITED) for n in (1, 2)]
    content = changed_monday(sheet(), talks=talks_of(joint))

    said = " ".join(page_texts(week_sheet(content))[0].split())

    assert "Woche KW 48" in said
    assert "14:00–14:30 Muster, Amina + Probe, Amina eingeladen" in said
    assert "gedruckt am 20.11.2026" in said


@pytest.mark.parametrize(
    ("privacy", "shown"), [(Privacy.NEUTRAL, "Termin"), (Privacy.INITIALS, "A. M. (K1)")]
)
def test_the_sheet_says_no_more_of_a_person_than_was_chosen(privacy, shown, page_texts):
    (text,) = page_texts(week_sheet(sheet(1, privacy=privacy)))

    assert shown in " ".join(text.split())
    assert not any(name in text for name in NAMES)


def test_a_closed_day_says_why_and_a_foreign_title_stays_away(page_texts):
    busy = BusyTime(datetime(2026, 11, 23, 9), datetime(2026, 11, 23, 10), title="Geheim")
    content = changed_monday(sheet(), holiday="Testtag", blocks=(), busy=(busy,))

    (text,) = page_texts(week_sheet(content))

    assert "Testtag" in text
    assert "09:00–10:00 belegt" in " ".join(text.split())
    assert "Geheim" not in text


def test_an_empty_week_says_so(page_texts):
    assert "kein Termin vereinbart" in page_texts(week_sheet(sheet()))[0]


def test_whatever_a_name_is_the_sheet_is_whole(broken_rules):
    talk, client = booked(1, datetime(2026, 11, 23, 9))
    odd = replace(client, last_name="*x* #panic() $y$ " + "ö" * 90, first_name="北京")
    content = changed_monday(sheet(), talks=talks_of([(talk, odd)]))

    assert broken_rules(week_sheet(content)) == []
