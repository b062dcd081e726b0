"""Which day do people mean by `nächsten Dienstag`, `3. Dezember` or `in 2 Wochen`?"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from kkd_desktop.domain.language import is_german
from kkd_desktop.domain.spans import add_months
from kkd_desktop.domain.written_days import FIRST_DAY, LAST_DAY, day_of, read_day

_SHORT = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.?(?:\s?(\d{2}))?")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_NUMBERED_WEEK = re.compile(r"\b(?:woche|week) ?(?=\d)")
_PLAIN_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_WEEK, _MONTH = 7, 30
_MOST_AHEAD = 999

_FORMS = (
    # `Di`, `nächsten Di`, `Di in einer Woche`
    r"[txy]?W|WiNU",
    # `KW 49`, `Mi in KW 49`, `49. KW 2026`, `Di nächster Woche`, `nächsten Monat`
    r"W?i?(?:KNN?|NKN?)|i?(?:KNN?|NKN?)W|W?[txy]U|[txy]UW",
    # `morgen`, `in 2 Wochen`, `heute in einem Monat`
    r"D|D?iNU",
    # `3. Dezember`, `December 3, 2026`
    r"NMN?|MNN?",
)
"""What people say, a letter for each word: Weekday, Number, Unit of time, calendar week (K), Month,
Day by its distance, in, this, next (x) and the one after next (y).
"""
_FORM = re.compile("|".join(_FORMS))


def named_day(text: str, today: date) -> date | None:
    """The day that people call by its name, never one before today: `3.12.`, `3. Dezember`,
    `übermorgen`, `Di`, `nächsten Dienstag`, `Di nächster Woche`, `KW 49` (its Monday, or today),
    `in 2 Wochen`; and whatever day is written with its year.

    English is understood where the window speaks it, German everywhere.
    """
    words = " ".join(text.casefold().replace(",", " ").translate(_PLAIN_LETTERS).split())
    day = _in_figures(words, today) or _in_words(words, today) or _with_weekday(words, today)
    return day if day is not None and FIRST_DAY <= day <= LAST_DAY else None


def is_short_name(text: str) -> bool:
    """Whether it is no more than `di`, with which other words begin as well."""
    word = text.strip().casefold()
    return len(word) <= _LONGEST_SHORT and any(_is_weekday(word, each) for each in _tongues())


def _in_figures(words: str, today: date) -> date | None:
    if (day := read_day(words)) is not None:
        return day
    found = _SHORT.fullmatch(words)
    if found is None:
        return None
    number, month, year = found.groups()
    if year is not None:
        return day_of(2000 + int(year), int(month), int(number))
    return _next_yearly(today, int(number), int(month))


def _with_weekday(words: str, today: date) -> date | None:
    """`Di 24.11.`: the weekday has to be the right one."""
    first, _, rest = words.partition(" ")
    day = _in_figures(rest, today)
    weekdays = [each[name] for each in _tongues() if _is_weekday(name := first.rstrip("."), each)]
    return day if day is not None and ("W", day.weekday()) in weekdays else None


def _in_words(words: str, today: date) -> date | None:
    for tongue in _tongues():
        spoken = _Spoken(words, tongue)
        if _FORM.fullmatch(spoken.form) and (day := spoken.day(today)) is not None:
            return day
    return None


_Tongue = Mapping[str, tuple[str, int]]
"""Word, in lower case and without umlauts → its letter in a form, and its number."""


class _Spoken:
    """A phrase, word by word; its form is none of ours where a word of it is unknown."""

    def __init__(self, words: str, tongue: _Tongue) -> None:
        words = words.replace("day after tomorrow", "overmorrow")
        words = _NUMBERED_WEEK.sub("kw ", words)
        found = [
            ("N", int(word)) if word.isdecimal() else tongue.get(word, ("?", 0))
            for word in _TOKEN.findall(words)
        ]
        self.form = "".join(kind for kind, _ in found)
        self._found = found

    def day(self, today: date) -> date | None:
        if "M" in self.form:
            return self._of_month(today)
        if "K" in self.form:
            return self._of_week(today)
        if "N" in self.form:
            return self._later(today)
        if "U" in self.form:
            return self._of_next(today)
        if "D" in self.form:
            return today + timedelta(days=self._first("D"))
        return self._weekday(today)

    def _weekday(self, today: date) -> date:
        """`nächsten` is after today, `übernächsten` a week later still."""
        start = today + timedelta(days=1 if self.form[0] in "xy" else 0)
        days = (self._first("W") - start.weekday()) % 7
        return start + timedelta(days=days + (7 if self.form[0] == "y" else 0))

    def _of_month(self, today: date) -> date | None:
        day, *year = self._all("N")
        month = self._first("M")
        return day_of(year[0], month, day) if year else _next_yearly(today, day, month)

    def _of_week(self, today: date) -> date | None:
        number, *years = self._all("N")
        this_year = today.isocalendar().year
        for year in years or (this_year, this_year + 1):
            try:
                monday = date.fromisocalendar(year, number, 1)
            except ValueError:
                continue
            day = self._in_week(monday, monday if years else today)
            if day is not None:
                return day
        return None

    def _of_next(self, today: date) -> date | None:
        """`nächste Woche`, with or without a day; `nächsten Monat` begins on its first."""
        ahead = next("txy".index(kind) for kind in self.form if kind in "txy")
        unit = self._first("U")
        if unit == _WEEK:
            monday = today + timedelta(days=_WEEK * ahead - today.weekday())
            return self._in_week(monday, today)
        if unit == _MONTH and ahead and "W" not in self.form:
            return add_months(today.replace(day=1), ahead)
        return None

    def _in_week(self, monday: date, today: date) -> date | None:
        """The day of this week that is named, or its first that is not over; none in the past."""
        if "W" in self.form:
            day = monday + timedelta(days=self._first("W"))
            return day if day >= today else None
        return max(monday, today) if today < monday + timedelta(days=_WEEK) else None

    def _later(self, today: date) -> date | None:
        start = self._weekday(today) if "W" in self.form else today
        start += timedelta(days=next(iter(self._all("D")), 0))
        number, unit = self._first("N"), self._first("U")
        if number > _MOST_AHEAD:
            return None
        return (
            add_months(start, number) if unit == _MONTH else start + timedelta(days=number * unit)
        )

    def _all(self, kind: str) -> list[int]:
        return [number for each, number in self._found if each == kind]

    def _first(self, kind: str) -> int:
        return self._all(kind)[0]


def _next_yearly(today: date, day: int, month: int) -> date | None:
    """The 29 February may be years away."""
    for year in range(today.year, today.year + 9):
        found = day_of(year, month, day)
        if found is not None and found >= today:
            return found
    return None


def _tongues() -> tuple[_Tongue, ...]:
    return (_GERMAN,) if is_german() else (_ENGLISH, _GERMAN)


def _is_weekday(word: str, tongue: _Tongue) -> bool:
    return tongue.get(word, ("", 0))[0] == "W"


def _counted(kind: str, first: int, names: str) -> Iterator[tuple[str, tuple[str, int]]]:
    """Names in their order, several for the same joined by `=`."""
    for number, same in enumerate(names.split(), start=first):
        for name in same.split("="):
            yield name, (kind, number)


def _alike(kind: str, number: int, names: str) -> Iterator[tuple[str, tuple[str, int]]]:
    for name in names.split():
        yield name, (kind, number)


_GERMAN: _Tongue = dict(
    (
        *_counted("W", 0, "montag=mo dienstag=di mittwoch=mi donnerstag=do freitag=fr"),
        *_counted("W", 5, "samstag=sonnabend=sa sonntag=so"),
        *_counted("M", 1, "januar=jan februar=feb maerz=mrz april=apr mai juni=jun juli=jul"),
        *_counted("M", 8, "august=aug september=sep=sept oktober=okt november=nov dezember=dez"),
        *_counted("N", 1, "ein=eine=einem=einen=einer zwei drei vier fuenf sechs sieben acht"),
        *_counted("N", 9, "neun zehn elf zwoelf dreizehn vierzehn"),
        *_counted("D", 0, "heute morgen uebermorgen"),
        *_alike("U", 1, "tag tage tagen"),
        *_alike("U", _WEEK, "woche wochen"),
        *_alike("U", _MONTH, "monat monate monaten"),
        *_alike("K", 0, "kw kalenderwoche"),
        *_alike("x", 0, "naechste naechsten naechster naechstem"),
        *_alike("x", 0, "kommende kommenden kommender kommendem"),
        *_alike("y", 0, "uebernaechste uebernaechsten uebernaechster"),
        *_alike("t", 0, "diese diesen dieser"),
        *_alike("i", 0, "in"),
        *_alike("", 0, "am den der des"),
    )
)

_ENGLISH: _Tongue = dict(
    (
        *_counted("W", 0, "monday=mon tuesday=tue=tues wednesday=wed thursday=thu=thur=thurs"),
        *_counted("W", 4, "friday=fri saturday=sat sunday=sun"),
        *_counted("M", 1, "january=jan february=feb march=mar april=apr may june=jun july=jul"),
        *_counted("M", 8, "august=aug september=sep=sept october=oct november=nov december=dec"),
        *_counted("N", 1, "a=an=one two three four five six seven eight nine ten eleven twelve"),
        *_counted("D", 0, "today tomorrow overmorrow"),
        *_alike("U", 1, "day days"),
        *_alike("U", _WEEK, "week weeks"),
        *_alike("U", 2 * _WEEK, "fortnight fortnights"),
        *_alike("U", _MONTH, "month months"),
        *_alike("K", 0, "cw kw"),
        *_alike("x", 0, "next coming"),
        *_alike("t", 0, "this"),
        *_alike("i", 0, "in"),
        *_alike("", 0, "on the of st nd rd th"),
    )
)

_LONGEST_SHORT = 3
