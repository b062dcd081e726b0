"""Which day is written there?"""

import re
from datetime import date, timedelta

from kkd_desktop.domain import texts
from kkd_desktop.domain.language import german, said

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Between them lies every day that somebody can mean."""

_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})")
_SHORT = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.?")
_WEEK = re.compile(r"(?:kw|cw|week)\s?(\d{1,2})")
_LATER = re.compile(r"in (\d{1,2}) (tag|tagen|day|days|woche|wochen|week|weeks)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def read_day(text: str) -> date | None:
    """The day of `24.11.2026`, `24112026` or `2026-11-24`; None where it is none of them."""
    text = text.strip()
    if found := _GERMAN.fullmatch(text) or _DIGITS.fullmatch(text):
        day, month, year = found.groups()
    elif found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def named_day(text: str, today: date) -> date | None:
    """The day that people call by its name, never one before today: `3.12.`, `morgen`, `Montag`,
    `KW 49` (its Monday, or today), `in 2 Wochen`; and whatever day is written with its year.
    """
    words = " ".join(text.casefold().split())
    if (day := read_day(words)) is not None:
        return day if FIRST_DAY <= day <= LAST_DAY else None
    if found := _SHORT.fullmatch(words):
        return _next_yearly(today, int(found[1]), int(found[2]))
    if found := _WEEK.fullmatch(words):
        return _next_week(today, int(found[1]))
    if found := _LATER.fullmatch(words):
        days = 7 if found[2].startswith("w") else 1
        return today + timedelta(days=days * int(found[1]))
    with german():
        names = _names(today)
    return (names | _names(today)).get(words)


def _names(today: date) -> dict[str, date]:
    """As they are called in the language of the moment."""
    ahead = [today + timedelta(days=days) for days in range(7)]
    names = {texts.long_weekday(day.weekday()).casefold(): day for day in ahead}
    return {**names, said("morgen"): ahead[1], said("übermorgen"): ahead[2]}


def _next_yearly(today: date, day: int, month: int) -> date | None:
    """The 29 February may be years away."""
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def _next_week(today: date, week: int) -> date | None:
    for year in (today.isocalendar().year, today.isocalendar().year + 1):
        try:
            monday = date.fromisocalendar(year, week, 1)
        except ValueError:
            continue
        if monday + timedelta(days=6) >= today:
            return max(monday, today)
    return None
