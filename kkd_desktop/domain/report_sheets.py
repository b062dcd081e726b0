"""The Auswertung as tables, one per figure, with what it means below it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from textwrap import wrap

from kkd_desktop.domain import language, texts
from kkd_desktop.domain import report_definitions as definitions
from kkd_desktop.domain.language import each_to_say, to_say
from kkd_desktop.domain.report import (
    FIRST_TALK_TEXTS,
    MEETING_TEXTS,
    NO_PROFILE,
    STANDING_TEXTS,
    FirstTalk,
    Ids,
    Meeting,
    Standing,
    YearReport,
    degree,
)
from kkd_desktop.domain.table import Cell, Sheet
from kkd_desktop.domain.team_report import OTHERS

Names = Mapping[int, str]
"""What each person is called in a report that names them."""

Row = tuple[Cell, ...]

ALL = to_say("alle")
DENSITY, SHARES, CONTACTS = each_to_say("Soll-Ist", "Anteile", "Kontakte")
SHOWN, FIRST_TALKS, MEANS = each_to_say("Erschienen", "Erstgespräche", "Mittlere Tage")
"""Titles of figures that a caseload and a team have."""

TOGETHER, BESIDES = each_to_say("zusammen", "Kontakte daneben")

_LEFT_OUT, _EVERYBODY = each_to_say("Nicht enthalten", "Personen am Stichtag")


class Figure(Sheet, frozen=True):
    """A table and its definition."""

    definition: str = ""


_REASONS = (Standing.EXCEPTION, Standing.NO_RULE, Standing.UNDECIDED, Standing.NOT_YET)
"""Why nothing may be asked of somebody."""

_NOT_ASKED = (
    to_say("Monat"),
    *(STANDING_TEXTS.german[each] for each in _REASONS),
    TOGETHER,
    BESIDES,
)
_OMITTED = each_to_say("Zeitraum", "Auswertung", "Grund", "Person")

_ORDER = {profile: place for place, profile in enumerate(texts.PROFILLAGEN)}


def in_order(profile: str) -> tuple[int, str]:
    """As an office names the Profillagen; its own and those without one come last."""
    return _ORDER.get(profile, len(_ORDER) + (profile == OTHERS)), profile


def profile_text(profile: str) -> str:
    if profile == NO_PROFILE:
        return language.said("ohne Profillage")
    return (
        language.said("übrige Profillagen")
        if profile == OTHERS
        else texts.PROFILLAGEN.get(profile, profile)
    )


def figure(title: str, heads: Sequence[str], rows: Iterable[Row], definition: str) -> Figure:
    """All words are German texts, said here."""
    heads = tuple(language.said(each) for each in heads)
    return Figure(language.said(title), heads, tuple(rows), language.said(definition))


def year_figures(report: YearReport, names: Names) -> tuple[Figure, ...]:
    """All figures of one caseload, with the people left out by name."""
    return (
        figure(DENSITY, _DENSITY, _density(report), definitions.DENSITY),
        figure(to_say("Stichtage"), _DAYS, _days(report), definitions.STANDINGS),
        not_asked(
            (
                month_text(report.year, each.month),
                {reason.value: len(ids) for reason, ids in each.left_out.items()},
                each.besides,
            )
            for each in report.months
        ),
        figure(SHARES, _SHARES, _shares(report), definitions.SHARES),
        figure(CONTACTS, _CONTACTS, _contacts(report), definitions.CONTACTS),
        figure(SHOWN, _SHOWN, _shown(report), definitions.SHOW_RATE),
        figure(to_say("Wochen"), _WEEKS, _weeks(report), definitions.CAPACITY),
        figure(FIRST_TALKS, _FIRSTS, _firsts(report), definitions.FIRST_TALKS),
        figure(MEANS, _MEANS, _means(report), definitions.MEAN_DAYS),
        figure(_LEFT_OUT, _OMITTED, _left_out(report, names), definitions.POPULATION),
        Figure(
            language.said(_EVERYBODY),
            (language.said("Stichtag"), language.said("Stand"), language.said("Person")),
            tuple(_people(report, names)),
            language.said("Alle gespeicherten Personen am letzten Stichtag {year}. {as_of}").format(
                year=report.year, as_of=language.said(definitions.AS_OF)
            ),
        ),
    )


def not_asked(months: Iterable[tuple[str, Mapping[str, int], int]]) -> Figure:
    """How many nothing is asked of, by the reason; with contacts of theirs that count."""
    rows: Iterator[Row] = (
        (month, *(left.get(each.value, 0) for each in _REASONS), sum(left.values()), besides)
        for month, left, besides in months
    )
    return figure(to_say("Nicht im Soll"), _NOT_ASKED, rows, definitions.POPULATION)


def meanings(figures: Sequence[Figure], notes: Iterable[str]) -> Sheet:
    """What all figures of a workbook mean, and what else there is to know, in lines that fit."""
    said = [
        (language.said("Grundgesamtheit"), language.said(definitions.POPULATION)),
        (language.said("Stichtag"), language.said(definitions.AS_OF)),
    ]
    said += [(each.title, each.definition) for each in figures]
    said += [(language.said("Hinweis"), note) for note in notes]
    lines = tuple(
        ("" if place else title, line)
        for title, text in said
        for place, line in enumerate(wrap(text, LINE))
    )
    return Sheet(
        language.said("Definitionen"), (language.said("Zahl"), language.said("Bedeutung")), lines
    )


LINE = 110
"""Signs in a line of prose: a cell of a spreadsheet shows no more without scrolling."""


def for_paper(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures as they are printed: everybody left out of one number stands there once, with
    the months, and there is no list of everybody.
    """
    kept = []
    for figure in figures:
        if figure.title == language.said(_EVERYBODY):
            continue
        kept.append(_by_reason(figure) if figure.title == language.said(_LEFT_OUT) else figure)
    return tuple(kept)


def _by_reason(figure: Figure) -> Figure:
    """Two of the same name stand there twice: in one month each of them has a row of their own."""
    months: dict[Row, dict[tuple[str, int], list[str]]] = {}
    for (period, *why, person), number in _numbered(figure.rows):
        people = months.setdefault(tuple(why), {})
        people.setdefault((str(person), number), []).append(str(period))
    rows = tuple(
        (
            *why,
            len(people),
            "; ".join(f"{name} ({_span(m)})" for (name, _), m in sorted(people.items())),
        )
        for why, people in sorted(months.items(), key=lambda each: str(each[0]))
    )
    heads = (
        *figure.header[1:-1],
        language.said("Zahl der Personen"),
        language.said("Person (Monate)"),
    )
    return Figure(figure.title, heads, rows, figure.definition)


def _numbered(rows: Iterable[Row]) -> Iterator[tuple[Row, int]]:
    """Each row with how often it was there before."""
    seen: Counter[Row] = Counter()
    for row in rows:
        yield row, seen[row]
        seen[row] += 1


def _span(periods: Sequence[str]) -> str:
    """`1–4, 6` for months on end; `2026` where it is no month."""
    months = [int(each[:2]) for each in periods if "/" in each]
    if len(months) < len(periods):
        return ", ".join(periods)
    runs: list[list[int]] = []
    for month in months:
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def single(figures: Sequence[Figure], notes: Iterable[str]) -> Sheet:
    """All figures in one table, a number a row, for CSV."""
    rows: list[Row] = []
    for figure in figures:
        rows += _long(figure)
    rows += [
        (language.said("Definition"), figure.title, figure.definition, None) for figure in figures
    ]
    rows += [
        (
            language.said("Definition"),
            language.said("Grundgesamtheit"),
            language.said(definitions.POPULATION),
            None,
        )
    ]
    rows += [
        (
            language.said("Definition"),
            language.said("Stichtag"),
            language.said(definitions.AS_OF),
            None,
        )
    ]
    rows += [(language.said("Hinweis"), "", note, None) for note in notes]
    return Sheet(
        language.said("Auswertung"),
        (
            language.said("Zahl"),
            language.said("Zeile"),
            language.said("Größe"),
            language.said("Wert"),
        ),
        tuple(rows),
    )


def _long(figure: Figure) -> Iterator[Row]:
    """The leading texts and days of a row name it; every number is a row of its own."""
    for row in figure.rows:
        named = 0
        while named < len(row) and not isinstance(row[named], int | float):
            named += 1
        line = " · ".join(_said(cell) for cell in row[:named])
        if named == len(row):
            yield figure.title, line, "", None
        for place in range(named, len(row)):
            yield figure.title, line, figure.header[place], row[place]


def _said(cell: Cell) -> str:
    return texts.day(cell) if isinstance(cell, date) else str(cell or "")


DENSITY_HEADS = each_to_say("Zeitraum", "Profillage", "Personen", "Soll", "Ist", "Ist/Soll %")
_DENSITY = (*DENSITY_HEADS, to_say("nicht enthalten"), BESIDES)


def _density(report: YearReport) -> Iterator[Row]:
    for month in report.months:
        name = month_text(report.year, month.month)
        for cell in sorted(month.cells, key=lambda each: in_order(each.profile)):
            yield soll_ist(name, profile_text(cell.profile), len(cell.people), cell.soll, cell.ist)
        left = sum(len(ids) for ids in month.left_out.values())
        total = soll_ist(name, language.said(ALL), len(month.people), month.soll, month.ist)
        yield (*total, left, month.besides)
    for cell in sorted(report.profiles(), key=lambda each: in_order(each.profile)):
        people = len(cell.people)
        yield soll_ist(str(report.year), profile_text(cell.profile), people, cell.soll, cell.ist)
    people = len({each for month in report.months for each in month.people})
    total = soll_ist(str(report.year), language.said(ALL), people, report.soll, report.ist)
    yield (*total, len(report.people) - people, sum(month.besides for month in report.months))


def soll_ist(period: str, profile: str, people: int | None, soll: Fraction, ist: int) -> Row:
    return period, profile, people, number_cell(soll), ist, percent_cell(degree(soll, ist))


_DAYS = (
    to_say("Stichtag"),
    *STANDING_TEXTS.german.values(),
    TOGETHER,
    to_say("Konzepte"),
)


def _days(report: YearReport) -> Iterator[Row]:
    for day in report.days:
        numbers = [day.number(standing) for standing in Standing]
        yield (day.day, *numbers, sum(numbers), ", ".join(day.policies))


_SHARES = each_to_say(
    "Stichtag",
    "Konzept",
    "Anteil",
    "Soll %",
    "Personen",
    "erreicht",
    "verlangt",
    "fehlen",
    "Ist %",
)


def _shares(report: YearReport) -> Iterator[Row]:
    for day in report.days:
        for each in day.shares:
            quota = each.quota
            numbers = (quota.population, quota.met, quota.required, quota.missing)
            percent, share = number_cell(quota.percent), percent_cell(quota.share)
            yield (day.day, each.policy, each.label, percent, *numbers, share)


_CONTACTS = each_to_say(
    "Monat",
    "Form",
    "Vermerk",
    "stattgefunden",
    "davon zählen",
    "nicht stattgefunden",
    "Personen",
)


def _contacts(report: YearReport) -> Iterator[Row]:
    for cell in report.contacts:
        numbers = (cell.held, cell.counted, cell.not_held, len(cell.people))
        yield (
            month_text(report.year, cell.month),
            *kind_texts(cell.form, cell.note_type),
            *numbers,
        )


def kind_texts(form: str, note_type: str) -> tuple[str, str]:
    """Form and Vermerk of contacts."""
    return texts.FORMS.get(form, form), texts.NOTE_TYPES.get(
        note_type, language.said("ohne Vermerk")
    )


_SHOWN = (
    to_say("Monat"),
    *MEETING_TEXTS.german.values(),
    TOGETHER,
    to_say("erschienen %"),
)


def _shown(report: YearReport) -> Iterator[Row]:
    for each in report.shown:
        numbers = [each.number(what) for what in Meeting]
        yield (month_text(report.year, each.month), *numbers, sum(numbers), percent_cell(each.rate))


_WEEKS = each_to_say(
    "Woche ab",
    "Termine",
    "Stunden",
    "Termine laut Norm",
    "Stunden laut Norm",
    "genutzt %",
    "Gespräche ohne Termin",
)


def _weeks(report: YearReport) -> Iterator[Row]:
    for week in report.weeks:
        norm, hours = week.norm, week.load.hours
        contacts = None if norm is None else norm.min_contacts
        asked = None if norm is None else norm.contact_hours
        used: Fraction | None = None
        if contacts:
            used = Fraction(week.load.talks, contacts)
        elif asked:
            used = hours / asked
        numbers = (
            week.load.talks,
            number_cell(hours),
            contacts,
            number_cell(asked),
            percent_cell(used),
        )
        yield (week.monday, *numbers, len(week.besides))


_FIRSTS = (to_say("Monat der Anmeldung"), *FIRST_TALK_TEXTS.german.values(), TOGETHER)


def _firsts(report: YearReport) -> Iterator[Row]:
    for each in report.first_talks:
        numbers = [each.number(what) for what in FirstTalk]
        yield (month_text(report.year, each.month), *numbers, sum(numbers))


_MEANS = each_to_say(
    "Stichtag", "Tage seit letztem Kontakt", "Personen", "Tage überfällig", "Überfällige"
)


def _means(report: YearReport) -> Iterator[Row]:
    for day in report.days:
        since, late = day.since_last, day.late
        means = (
            number_cell(since.mean),
            len(since.people),
            number_cell(late.mean),
            len(late.people),
        )
        yield (day.day, *means)


def _left_out(report: YearReport, names: Names) -> Iterator[Row]:
    for month in report.months:
        for reason, ids in month.left_out.items():
            period, why = month_text(report.year, month.month), STANDING_TEXTS[reason]
            yield from (
                (period, language.said("Soll-Ist"), why, name) for name in _named(ids, names)
            )
    for name in _named(report.without_registration, names):
        yield (
            str(report.year),
            language.said("Erstgespräche"),
            language.said("Anmeldung fehlt"),
            name,
        )


def _people(report: YearReport, names: Names) -> Iterator[Row]:
    if report.days:
        day = report.days[-1]
        for standing in Standing:
            for name in _named(day.standings.get(standing, ()), names):
                yield day.day, STANDING_TEXTS[standing], name


def _named(ids: Ids, names: Names) -> list[str]:
    return sorted(
        names.get(each, language.said("Nr. {number}").format(number=each)) for each in ids
    )


def month_text(year: int, month: int) -> str:
    """`11/2026`, which sorts."""
    return f"{month:02d}/{year}"


def number_cell(value: Fraction | None) -> Cell:
    return None if value is None else round(float(value), 2)


def percent_cell(value: Fraction | None) -> Cell:
    return None if value is None else round(float(value) * 100, 1)
