"""The Auswertung as tables, one per figure, with what it means below it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from textwrap import wrap

from kkd_desktop.domain import language, texts
from kkd_desktop.domain import report_definitions as definitions
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
from kkd_desktop.domain.team_report import OTHERS, TeamMonth, TeamReport

Names = Mapping[int, str]
"""What each person is called in a report that names them."""

Row = tuple[Cell, ...]

ALL = language.to_say("alle")
_LEFT_OUT = language.to_say("Nicht enthalten")
_EVERYBODY = language.to_say("Personen am Stichtag")


class Figure(Sheet, frozen=True):
    """A table and its definition."""

    definition: str = ""


_REASONS = (Standing.EXCEPTION, Standing.NO_RULE, Standing.UNDECIDED, Standing.NOT_YET)
"""Why nothing may be asked of somebody."""

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


def year_figures(report: YearReport, names: Names) -> tuple[Figure, ...]:
    """All figures of one caseload, with the people left out by name."""
    year = report.year
    return (
        Figure(
            language.said("Soll-Ist"),
            _said_each(_DENSITY),
            tuple(_density(report)),
            language.said(definitions.DENSITY),
        ),
        Figure(
            language.said("Stichtage"),
            _said_each(_DAYS),
            tuple(_days(report)),
            language.said(definitions.STANDINGS),
        ),
        _not_asked(
            (
                _month(year, each.month),
                {reason.value: len(ids) for reason, ids in each.left_out.items()},
                each.besides,
            )
            for each in report.months
        ),
        Figure(
            language.said("Anteile"),
            _said_each(_SHARES),
            tuple(_shares(report)),
            language.said(definitions.SHARES),
        ),
        Figure(
            language.said("Kontakte"),
            _said_each(_CONTACTS),
            tuple(_contacts(report)),
            language.said(definitions.CONTACTS),
        ),
        Figure(
            language.said("Erschienen"),
            _said_each(_SHOWN),
            tuple(_shown(report)),
            language.said(definitions.SHOW_RATE),
        ),
        Figure(
            language.said("Wochen"),
            _said_each(_WEEKS),
            tuple(_weeks(report)),
            language.said(definitions.CAPACITY),
        ),
        Figure(
            language.said("Erstgespräche"),
            _said_each(_FIRSTS),
            tuple(_firsts(report)),
            language.said(definitions.FIRST_TALKS),
        ),
        Figure(
            language.said("Mittlere Tage"),
            _said_each(_MEANS),
            tuple(_means(report)),
            language.said(definitions.MEAN_DAYS),
        ),
        Figure(
            language.said(_LEFT_OUT),
            (
                language.said("Zeitraum"),
                language.said("Auswertung"),
                language.said("Grund"),
                language.said("Person"),
            ),
            tuple(_left_out(report, names)),
            language.said(definitions.POPULATION),
        ),
        Figure(
            language.said(_EVERYBODY),
            (language.said("Stichtag"), language.said("Stand"), language.said("Person")),
            tuple(_people(report, names)),
            language.said("Alle gespeicherten Personen am letzten Stichtag {year}. {as_of}").format(
                year=year, as_of=language.said(definitions.AS_OF)
            ),
        ),
    )


def _not_asked(months: Iterable[tuple[str, Mapping[str, int], int]]) -> Figure:
    """How many nothing is asked of, by the reason; with contacts of theirs that count."""
    return Figure(
        language.said("Nicht im Soll"),
        (
            language.said("Monat"),
            *(STANDING_TEXTS[each] for each in _REASONS),
            language.said("zusammen"),
            language.said("Kontakte daneben"),
        ),
        tuple(
            (
                month,
                *(left_out.get(reason.value, 0) for reason in _REASONS),
                sum(left_out.values()),
                besides,
            )
            for month, left_out, besides in months
        ),
        language.said(definitions.POPULATION),
    )


def team_left_out(report: TeamReport) -> Figure:
    """Of how many people of a team nothing is asked, by the reason."""
    return _not_asked(
        (_month(report.year, each.month), each.left_out, each.besides) for each in report.months
    )


def team_figures(report: TeamReport) -> tuple[Figure, ...]:
    """The figures without anybody in them, of one caseload or of several."""
    year = report.year
    return (
        Figure(
            language.said("Soll-Ist"),
            (
                language.said("Zeitraum"),
                language.said("Profillage"),
                language.said("Personen"),
                language.said("Soll"),
                language.said("Ist"),
                language.said("Ist/Soll %"),
            ),
            tuple(_team_density(report)),
            f"{language.said(definitions.DENSITY)} {language.said(definitions.PSEUDONYMOUS)}",
        ),
        Figure(
            language.said("Monatsende"),
            (
                language.said("Stand vom"),
                *STANDING_TEXTS.values(),
                language.said("zusammen"),
                language.said("Dateien"),
            ),
            tuple(
                (each.last_day(year), *_counts(each.standings, Standing), each.files)
                for each in report.months
            ),
            language.said(definitions.STANDINGS),
        ),
        team_left_out(report),
        Figure(
            language.said("Anteile"),
            (
                language.said("Monat"),
                language.said("Konzept"),
                language.said("Anteil"),
                language.said("Soll %"),
                language.said("Personen"),
                language.said("erreicht"),
                language.said("verlangt"),
                language.said("Ist %"),
            ),
            tuple(
                (
                    _month(year, month.month),
                    each.policy,
                    each.label,
                    _number(Fraction(each.percent)),
                    each.population,
                    each.met,
                    each.required,
                    _percent(_part(each.met, each.population)),
                )
                for month in report.months
                for each in month.shares
            ),
            language.said(definitions.SHARES),
        ),
        Figure(
            language.said("Kontakte"),
            (
                language.said("Monat"),
                language.said("Form"),
                language.said("Vermerk"),
                language.said("stattgefunden"),
            ),
            tuple(_team_contacts(report)),
            language.said(definitions.CONTACTS),
        ),
        Figure(
            language.said("Erschienen"),
            (
                language.said("Monat"),
                *MEETING_TEXTS.values(),
                language.said("zusammen"),
                language.said("erschienen %"),
            ),
            tuple(
                (_month(year, each.month), *_counts(each.talks, Meeting), _team_rate(each))
                for each in report.months
            ),
            language.said(definitions.SHOW_RATE),
        ),
        Figure(
            language.said("Erstgespräche"),
            (language.said("Monat"), *FIRST_TALK_TEXTS.values(), language.said("zusammen")),
            tuple(
                (_month(year, each.month), *_counts(each.first_talks, FirstTalk))
                for each in report.months
            ),
            language.said("{first_talks} Ohne Anmeldung: {count}.").format(
                first_talks=language.said(definitions.FIRST_TALKS),
                count=texts.counted(report.without_registration, "Person", "Personen"),
            ),
        ),
        Figure(
            language.said("Mittlere Tage"),
            (
                language.said("Monat"),
                language.said("seit letztem Kontakt"),
                language.said("Personen"),
                language.said("überfällig seit"),
                language.said("Überfällige"),
            ),
            tuple(
                (
                    _month(year, each.month),
                    _number(_part(*each.since_last)),
                    each.since_last[1],
                    _number(_part(*each.late)),
                    each.late[1],
                )
                for each in report.months
            ),
            language.said(definitions.MEAN_DAYS),
        ),
    )


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


def _said_each(header: Sequence[str]) -> tuple[str, ...]:
    return tuple(language.said(heading) for heading in header)


_TOGETHER = language.to_say("zusammen")
_DENSITY = language.each_to_say(
    "Zeitraum",
    "Profillage",
    "Personen",
    "Soll",
    "Ist",
    "Ist/Soll %",
    "nicht enthalten",
    "Kontakte daneben",
)


def _density(report: YearReport) -> Iterator[Row]:
    for month in report.months:
        name = _month(report.year, month.month)
        for cell in sorted(month.cells, key=lambda each: in_order(each.profile)):
            yield _soll_ist(name, profile_text(cell.profile), len(cell.people), cell.soll, cell.ist)
        left = sum(len(ids) for ids in month.left_out.values())
        total = _soll_ist(name, language.said(ALL), len(month.people), month.soll, month.ist)
        yield (*total, left, month.besides)
    for cell in sorted(report.profiles(), key=lambda each: in_order(each.profile)):
        people = len(cell.people)
        yield _soll_ist(str(report.year), profile_text(cell.profile), people, cell.soll, cell.ist)
    people = len({each for month in report.months for each in month.people})
    total = _soll_ist(str(report.year), language.said(ALL), people, report.soll, report.ist)
    yield (*total, len(report.people) - people, sum(month.besides for month in report.months))


def _soll_ist(period: str, profile: str, people: int | None, soll: Fraction, ist: int) -> Row:
    return period, profile, people, _number(soll), ist, _percent(degree(soll, ist))


_DAYS = (
    language.to_say("Stichtag"),
    *STANDING_TEXTS.german.values(),
    _TOGETHER,
    language.to_say("Konzepte"),
)


def _days(report: YearReport) -> Iterator[Row]:
    for day in report.days:
        numbers = [day.number(standing) for standing in Standing]
        yield (day.day, *numbers, sum(numbers), ", ".join(day.policies))


_SHARES = language.each_to_say(
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
            percent, share = _number(quota.percent), _percent(quota.share)
            yield (day.day, each.policy, each.label, percent, *numbers, share)


_CONTACTS = language.each_to_say(
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
        yield (_month(report.year, cell.month), *_kind(cell.form, cell.note_type), *numbers)


def _kind(form: str, note_type: str) -> tuple[str, str]:
    return texts.FORMS.get(form, form), texts.NOTE_TYPES.get(
        note_type, language.said("ohne Vermerk")
    )


_SHOWN = (
    language.to_say("Monat"),
    *MEETING_TEXTS.german.values(),
    _TOGETHER,
    language.to_say("erschienen %"),
)


def _shown(report: YearReport) -> Iterator[Row]:
    for each in report.shown:
        numbers = [each.number(what) for what in Meeting]
        yield (_month(report.year, each.month), *numbers, sum(numbers), _percent(each.rate))


_WEEKS = language.each_to_say(
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
        numbers = (week.load.talks, _number(hours), contacts, _number(asked), _percent(used))
        yield (week.monday, *numbers, len(week.besides))


_FIRSTS = (language.to_say("Monat der Anmeldung"), *FIRST_TALK_TEXTS.german.values(), _TOGETHER)


def _firsts(report: YearReport) -> Iterator[Row]:
    for each in report.first_talks:
        numbers = [each.number(what) for what in FirstTalk]
        yield (_month(report.year, each.month), *numbers, sum(numbers))


_MEANS = language.each_to_say(
    "Stichtag", "Tage seit letztem Kontakt", "Personen", "Tage überfällig", "Überfällige"
)


def _means(report: YearReport) -> Iterator[Row]:
    for day in report.days:
        since, late = day.since_last, day.late
        means = (_number(since.mean), len(since.people), _number(late.mean), len(late.people))
        yield (day.day, *means)


def _left_out(report: YearReport, names: Names) -> Iterator[Row]:
    for month in report.months:
        for reason, ids in month.left_out.items():
            period, why = _month(report.year, month.month), STANDING_TEXTS[reason]
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


def _team_density(report: TeamReport) -> Iterator[Row]:
    """How many different people a Profillage had in a year nobody can tell from months."""
    year: dict[str, tuple[Fraction, int]] = {}
    for month in report.months:
        name = _month(report.year, month.month)
        for cell in sorted(month.density, key=lambda each: in_order(each.profile)):
            yield _soll_ist(name, profile_text(cell.profile), cell.people, cell.asked, cell.ist)
            soll, ist = year.get(cell.profile, (Fraction(0), 0))
            year[cell.profile] = soll + cell.asked, ist + cell.ist
        asked = sum((cell.asked for cell in month.density), Fraction(0))
        yield _soll_ist(
            name, language.said(ALL), None, asked, sum(cell.ist for cell in month.density)
        )
    for profile in sorted(year, key=in_order):
        yield _soll_ist(str(report.year), profile_text(profile), None, *year[profile])
    total = sum((soll for soll, _ in year.values()), Fraction(0))
    yield _soll_ist(
        str(report.year), language.said(ALL), None, total, sum(ist for _, ist in year.values())
    )


def _team_contacts(report: TeamReport) -> Iterator[Row]:
    for month in report.months:
        for key, number in month.contacts.items():
            form, _, note_type = key.partition("/")
            yield (_month(report.year, month.month), *_kind(form, note_type), number)


def _team_rate(month: TeamMonth) -> Cell:
    attended = month.talks.get(Meeting.ATTENDED, 0)
    return _percent(_part(attended, attended + month.talks.get(Meeting.MISSED, 0)))


def _counts(
    numbers: Mapping[str, int], kinds: type[Standing] | type[Meeting] | type[FirstTalk]
) -> tuple[int, ...]:
    found = [numbers.get(kind.value, 0) for kind in kinds]
    return (*found, sum(found))


def _part(some: int, whole: int) -> Fraction | None:
    return Fraction(some, whole) if whole else None


def _month(year: int, month: int) -> str:
    return f"{month:02d}/{year}"


def _number(value: Fraction | None) -> Cell:
    return None if value is None else round(float(value), 2)


def _percent(value: Fraction | None) -> Cell:
    return None if value is None else round(float(value) * 100, 1)
