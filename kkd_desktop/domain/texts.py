"""How are dates, numbers and ids written for a reader?

Days are `24.11.2026` in every language, as on the letters and in the files of the office; names of
days and months and the signs inside numbers are those of the reader.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from fractions import Fraction
from math import floor

from kkd_desktop.domain.language import (
    Sayings,
    each_to_say,
    german,
    is_german,
    said,
    said_of_number,
)

_NUMBER = re.compile(r"\d+(?:[.,]\d{1,2})?", re.ASCII)

WEEKDAYS = each_to_say("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
"""In German, as what people type and what is stored knows them; `weekday` says them."""

LONG_WEEKDAYS = each_to_say(
    "Montag",
    "Dienstag",
    "Mittwoch",
    "Donnerstag",
    "Freitag",
    "Samstag",
    "Sonntag",
)
MONTHS = each_to_say(
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
MONTHS_SHORT = each_to_say(
    "Jan",
    "Feb",
    "März",
    "Apr",
    "Mai",
    "Juni",
    "Juli",
    "Aug",
    "Sep",
    "Okt",
    "Nov",
    "Dez",
)


def weekday(number: int) -> str:
    """`Di`, of 0 for Monday to 6."""
    return said(WEEKDAYS[number])


def long_weekday(number: int) -> str:
    """`Dienstag`."""
    return said(LONG_WEEKDAYS[number])


def month(number: int) -> str:
    """`November`, of 1 for January to 12."""
    return said(MONTHS[number - 1])


def month_short(number: int) -> str:
    """`Nov`."""
    return said(MONTHS_SHORT[number - 1])


def day(value: date | None) -> str:
    """`24.11.2026`, or a dash where there is no day."""
    return "–" if value is None else f"{value.day:02d}.{value.month:02d}.{value.year:04d}"


def weekday_day(value: date | None) -> str:
    """`Di 24.11.2026`."""
    return "–" if value is None else f"{weekday(value.weekday())} {day(value)}"


def german_day(value: date) -> str:
    """`Di 24.11.2026` in every language, for names of steps."""
    with german():
        return weekday_day(value)


def short_day(value: date | None) -> str:
    """`Di 24.11.`: for rows where the year is plain."""
    return (
        "–" if value is None else f"{weekday(value.weekday())} {value.day:02d}.{value.month:02d}."
    )


def long_day(value: date) -> str:
    """`24. November 2026`, as a letter writes it."""
    return f"{long_day_of_year(value)} {value.year:04d}"


def long_day_of_year(value: date) -> str:
    """`24. November`."""
    return f"{value.day}{'.' if is_german() else ''} {month(value.month)}"


def long_moment(value: datetime) -> str:
    """`Dienstag, 24. November 2026, 09:00 Uhr`."""
    form = said("{weekday}, {day}, {hour} Uhr")
    name = long_weekday(value.weekday())
    return form.format(weekday=name, day=long_day(value.date()), hour=clock(value))


def clock(value: time | datetime) -> str:
    """`09:00`."""
    return f"{value.hour:02d}:{value.minute:02d}"


def moment(value: datetime) -> str:
    """`Di 24.11.2026, 09:00`."""
    return f"{weekday_day(value.date())}, {clock(value)}"


def whole(number: int) -> str:
    """`1.739`: thousands apart."""
    text = f"{number:,}"
    return text.replace(",", ".") if is_german() else text


def counted(number: int, one: str, many: str) -> str:
    """`1 Tag`, `3 Tage`; the words are given in German."""
    return f"{whole(number)} {said_of_number(one if abs(number) == 1 else many)}"


def days(number: int) -> str:
    return counted(number, "Tag", "Tage")


def quoted(text: str) -> str:
    """`„Ende“`, with the quotation marks of the reader's language."""
    return said("„{text}“").format(text=text)


def listed(words: Sequence[str]) -> str:
    """`Kim`, `Kim und Toni`, `Kim, Toni und Ela`."""
    *first, last = words or [""]
    return f"{', '.join(first)} {said('und')} {last}" if first else last


def months(numbers: Iterable[int]) -> str:
    """`Oktober`, `Januar bis März`, `Januar, März und Mai bis Juli`."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return listed([month(run[0]) if len(run) == 1 else _run(run) for run in runs])


def _run(numbers: Sequence[int]) -> str:
    return said("{first} bis {last}").format(first=month(numbers[0]), last=month(numbers[-1]))


def decimal(value: float) -> str:
    """`23,4`: at most one decimal, German comma."""
    text = f"{value:.1f}".removesuffix(".0")
    return text.replace(".", ",") if is_german() else text


def hundredths(value: Fraction) -> str:
    """`38,75`: with as many of two decimals as it needs."""
    text = f"{float(value):.2f}".rstrip("0").removesuffix(".")
    return text.replace(".", ",") if is_german() else text


def read_number(text: str) -> Fraction | None:
    """`19,5` and `19.5` in every language; None for `1.739`, which is another number in each."""
    found = _NUMBER.fullmatch(text.strip())
    return None if found is None else Fraction(found[0].replace(",", "."))


def tenths(value: Fraction) -> str:
    """`59,2`: an exact number rounded to one decimal, a half upwards; `45` where it is whole."""
    number, tenth = divmod(floor(value * 10 + Fraction(1, 2)), 10)
    sign = "," if is_german() else "."
    return f"{whole(number)}{sign}{tenth}" if tenth else whole(number)


PROFILLAGEN = {
    "markt": "Marktprofil",
    "aktivierung": "Aktivierungsprofil",
    "foerder": "Förderprofil",
    "entwicklung": "Entwicklungsprofil",
    "stabilisierung": "Stabilisierungsprofil",
    "unterstuetzung": "Unterstützungsprofil",
    "I": "Profillage I",
    "Z": "Profillage Z",
}
"""The eight Profillagen in the order of the BA's table, id → written out."""

PROFILLAGEN_SHORT = {
    "markt": "Markt",
    "aktivierung": "Aktivierung",
    "foerder": "Förder",
    "entwicklung": "Entwicklung",
    "stabilisierung": "Stabilisierung",
    "unterstuetzung": "Unterstützung",
    "I": "I",
    "Z": "Z",
}

STATUS = Sayings(
    {
        "arbeitslos": "arbeitslos",
        "arbeitsuchend": "arbeitsuchend",
        "nicht_gesetzt": "nicht gesetzt",
        "integriert": "integriert",
    }
)

ORG = Sayings({"vermittlung": "Arbeitsvermittlung", "fallmanagement": "Fallmanagement"})

FORMS = Sayings(
    {
        "persoenlich": "persönlich",
        "telefonisch": "telefonisch",
        "video": "Video",
        "email": "E-Mail",
        "schriftlich": "schriftlich",
    }
)

NOTE_TYPES = Sayings(
    {
        "beratungsvermerk": "Beratungsvermerk",
        "standortbestimmung": "Standortbestimmung",
        "fallmanagementvermerk": "Fallmanagementvermerk",
        "allgemeiner_vermerk": "Allgemeiner Vermerk",
        "kein": "kein Vermerk",
    }
)

LAENDER = {
    "BW": "Baden-Württemberg",
    "BY": "Bayern",
    "BE": "Berlin",
    "BB": "Brandenburg",
    "HB": "Bremen",
    "HH": "Hamburg",
    "HE": "Hessen",
    "MV": "Mecklenburg-Vorpommern",
    "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz",
    "SL": "Saarland",
    "SN": "Sachsen",
    "ST": "Sachsen-Anhalt",
    "SH": "Schleswig-Holstein",
    "TH": "Thüringen",
}

ABSENCES = Sayings(
    {
        "urlaub": "Urlaub",
        "ortsabwesend": "Ortsabwesenheit",
        "massnahme": "Maßnahme",
        "arbeit": "Arbeit oder Praktikum",
        "verhindert": "verhindert",
    }
)
"""Why a client cannot be met for some days, id → as shown. Whoever is ill or in a clinic is only
`verhindert`.
"""

FLAGS = Sayings(
    {
        "sv_beschaeftigt": "sozialversicherungspflichtig beschäftigt",
        "schwer_gesundheitlich": "schwere gesundheitliche Einschränkung",
        "massnahme": "in einer Maßnahme",
        "alleinerziehend_u3": "(allein)erziehend mit Kind unter drei Jahren",
    }
)
"""Yes/no facts of the five shipped policies, id → as shown."""
