"""Which pictures has an Auswertung? The same for a caseload and, without anybody, for a team."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from kkd_desktop.domain import chart_text, language, texts
from kkd_desktop.domain import report_definitions as definitions
from kkd_desktop.domain.chart import (
    Axis,
    Category,
    Chart,
    ChartKind,
    Ids,
    Point,
    Role,
    Series,
    Unit,
)
from kkd_desktop.domain.contact import ContactForm, NoteType
from kkd_desktop.domain.report import (
    FIRST_TALK_TEXTS,
    STANDING_TEXTS,
    DensityCell,
    FirstTalk,
    Meeting,
    Standing,
    WeekUse,
    YearReport,
    degree,
)
from kkd_desktop.domain.report_sheets import in_order, profile_text
from kkd_desktop.domain.team_report import OTHERS, TeamReport
from kkd_desktop.domain.values import Value

Count = tuple[int, Ids]
"""How many, and who; of a team nobody is known."""

NONE: Count = (0, ())

STANDING_ROLES = {
    Standing.FULFILLED: Role.GOOD,
    Standing.DUE: Role.SOON,
    Standing.OVERDUE: Role.LATE,
    Standing.EXCEPTION: Role.APART,
    Standing.NO_RULE: Role.NO_RULE,
    Standing.UNDECIDED: Role.UNKNOWN,
    Standing.NOT_YET: Role.NOT_YET,
}
FIRST_TALK_ROLES = {
    FirstTalk.WITHIN_7: Role.GOOD,
    FirstTalk.WITHIN_10: Role.SOON,
    FirstTalk.LATER: Role.APART,
    FirstTalk.OPEN: Role.NOT_YET,
    FirstTalk.MISSING: Role.LATE,
}
"""Later is over and cannot be mended; missing can."""


class _Share(Value, frozen=True):
    """A share on a day; `group` is what is read off one picture together."""

    group: str
    label: str
    percent: Fraction
    population: int
    met: Count
    not_met: Ids


class _Day(Value, frozen=True):
    """The caseload on a day, of one caseload or of several."""

    category: Category
    standings: Mapping[str, Count]
    shares: Sequence[_Share]
    since_last: tuple[int, Count]
    late: tuple[int, Count]


class _Contacts(Value, frozen=True):
    month: int
    form: str
    note_type: str
    held: Count


class _Year(Value, frozen=True):
    """What both kinds of report come to."""

    months: tuple[Category, ...]
    period: str
    density: Sequence[Sequence[DensityCell]]
    days: Sequence[_Day]
    days_are: Axis
    contacts: Sequence[Sequence[_Contacts]]
    talks: Sequence[Mapping[str, Count]]
    first_talks: Sequence[Mapping[str, Count]]


def charts_of(report: YearReport) -> tuple[Chart, ...]:
    """The pictures of one caseload; every point knows the people behind it."""
    months = tuple(
        _month(report.year, each.month, report.until if each is report.months[-1] else None)
        for each in report.months
    )
    year = _Year(
        months,
        chart_text.period(report.year, report.until),
        [month.cells for month in report.months],
        [
            _Day(
                _on(each.day),
                {key.value: _people(ids) for key, ids in each.standings.items()},
                [
                    _Share(
                        f"{share.policy}.{share.quota.id.partition('.')[0]}",
                        share.label,
                        share.quota.percent,
                        share.quota.population,
                        _people(share.met),
                        share.not_met,
                    )
                    for share in each.shares
                ],
                (each.since_last.days, _people(each.since_last.people)),
                (each.late.days, _people(each.late.people)),
            )
            for each in report.days
        ],
        Axis.AS_OF,
        [
            [
                _Contacts(each.month, each.form, each.note_type, (each.held, each.held_by))
                for each in report.contacts
                if each.month == month.month
            ]
            for month in report.months
        ],
        [
            {what.value: (len(ids), ids) for what, ids in each.talks.items()}
            for each in report.shown
        ],
        [
            {what.value: _people(ids) for what, ids in each.talks.items()}
            for each in report.first_talks
        ],
    )
    return _charts(year, [_capacity(report.weeks)])


def team_charts(report: TeamReport) -> tuple[Chart, ...]:
    """The pictures without anybody in them. The weeks of several offices have no norm together."""
    months = tuple(_month(report.year, each.month, each.until) for each in report.months)
    year = _Year(
        months,
        chart_text.months(report.year, [each.month for each in report.months]),
        [
            [DensityCell(month.month, c.profile, c.asked, c.ist, (), ()) for c in month.density]
            for month in report.months
        ],
        [
            _Day(
                category,
                {key: (number, ()) for key, number in month.standings.items()},
                [
                    _Share(
                        f"{share.policy}.{share.id.partition('.')[0]}",
                        share.label,
                        Fraction(share.percent),
                        share.population,
                        (share.met, ()),
                        (),
                    )
                    for share in month.shares
                ],
                (month.since_last[0], (month.since_last[1], ())),
                (month.late[0], (month.late[1], ())),
            )
            for month in report.months
            for category in (_end_of(month.month, month.last_day(report.year)),)
        ],
        Axis.MONTH_END,
        [
            [
                _Contacts(month.month, form, note_type, (number, ()))
                for key, number in month.contacts.items()
                for form, _, note_type in (key.partition("/"),)
            ]
            for month in report.months
        ],
        [{key: (number, ()) for key, number in each.talks.items()} for each in report.months],
        [{key: (number, ()) for key, number in each.first_talks.items()} for each in report.months],
    )
    return _charts(year, [])


def _charts(year: _Year, weeks: Sequence[Chart]) -> tuple[Chart, ...]:
    return (
        _by_month(year),
        _by_profile(year),
        _grid(year),
        _standings(year),
        *_shares(year),
        *_contacts(year),
        _show_rate(year),
        *weeks,
        _first_talks(year),
        _means(year),
    )


def _month(year: int, month: int, until: date | None) -> Category:
    """`until` is the last day of the report, where it may cut the month."""
    name = f"{texts.month(month)} {year}"
    if until is not None and (until.month, _next(until).month) == (month, month):
        name += language.said(" (bis {day})").format(day=texts.day(until))
    return Category(texts.month_short(month), name, date(year, month, 1))


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _on(day: date) -> Category:
    return Category(f"{day.day}.{day.month}.", texts.weekday_day(day), day)


def _end_of(month: int, last: date) -> Category:
    return Category(texts.month_short(month), texts.weekday_day(last), last)


def _people(ids: Ids) -> Count:
    return len(ids), ids


def _by_month(year: _Year) -> Chart:
    asked, done = [], []
    for category, cells in zip(year.months, year.density, strict=True):
        soll, ist = _sums(cells)
        asked.append(
            Point(
                soll,
                _all(c.people for c in cells),
                language.said("Soll im {name}").format(name=category.name),
            )
        )
        done.append(
            Point(
                ist,
                _all(c.done for c in cells),
                language.said("Gespräch im {name}").format(name=category.name),
            )
        )
    return Chart(
        "soll-ist-monat",
        language.said("Soll und Ist nach Monaten"),
        language.said("Soll-Ist"),
        ChartKind.BARS,
        Unit.TALKS,
        year.months,
        _soll_ist(asked, done),
        chart_text.density(year.months, [_sums(each) for each in year.density]),
        definitions.DENSITY,
        Axis.MONTH,
        period=year.period,
    )


def _by_profile(year: _Year) -> Chart:
    profiles = _profiles(year)
    categories, asked, done, sums = [], [], [], []
    for profile in profiles:
        cells = [cell for month in year.density for cell in month if cell.profile == profile]
        name = profile_text(profile)
        categories.append(Category(texts.PROFILLAGEN_SHORT.get(profile, name), name))
        soll, ist = _sums(cells)
        sums.append((profile, soll, ist))
        asked.append(
            Point(
                soll,
                _all(c.people for c in cells),
                language.said("{name}, Soll {period}").format(name=name, period=year.period),
            )
        )
        done.append(
            Point(
                ist,
                _all(c.done for c in cells),
                language.said("{name}, Gespräch {period}").format(name=name, period=year.period),
            )
        )
    return Chart(
        "soll-ist-profillage",
        language.said("Soll und Ist nach Profillagen"),
        language.said("Soll-Ist"),
        ChartKind.BARS,
        Unit.TALKS,
        tuple(categories),
        _soll_ist(asked, done),
        chart_text.profiles(sums),
        definitions.DENSITY,
        Axis.PROFILLAGE,
        period=year.period,
    )


def _grid(year: _Year) -> Chart:
    """Ist as a part of Soll of every Profillage in every month, and of the whole period."""
    columns = [*zip(year.months, year.density, strict=True)]
    everything = [cell for month in year.density for cell in month]
    columns.append(
        (
            Category("gesamt", language.said("gesamt ({period})").format(period=year.period)),
            everything,
        )
    )
    rows: list[tuple[str, str | None]] = [(profile_text(each), each) for each in _profiles(year)]
    rows.append(("alle", None))
    series = tuple(
        Series(
            name,
            Role.ONE_OF,
            place,
            tuple(
                _degree(name, category, [c for c in cells if profile in (None, c.profile)])
                for category, cells in columns
            ),
        )
        for place, (name, profile) in enumerate(rows)
    )
    sums = [
        (each, *_sums([cell for cell in everything if cell.profile == each]))
        for each in _profiles(year)
    ]
    return Chart(
        "soll-ist-raster",
        language.said("Erfüllung des Solls nach Profillage und Monat"),
        language.said("Soll-Ist"),
        ChartKind.GRID,
        Unit.PERCENT,
        tuple(category for category, _ in columns),
        series,
        chart_text.grid(sums),
        definitions.DENSITY,
        Axis.MONTH,
        period=year.period,
    )


def _degree(name: str, category: Category, cells: Sequence[DensityCell]) -> Point:
    soll, ist = _sums(cells)
    people, done = _all(c.people for c in cells), _all(c.done for c in cells)
    return Point(
        _percent(degree(soll, ist)),
        done,
        language.said("{name}, {name2}: mit zählendem Gespräch").format(
            name=name, name2=category.name
        ),
        tuple(sorted(set(people) - set(done))),
        language.said("{name}, {name2}: Soll ohne zählendes Gespräch").format(
            name=name, name2=category.name
        ),
        language.said("{number} von {number2}").format(
            number=texts.whole(ist), number2=texts.tenths(soll)
        )
        if cells
        else "",
    )


def _soll_ist(asked: Iterable[Point], done: Iterable[Point]) -> tuple[Series, ...]:
    return Series(language.said("Soll"), Role.ASKED, 0, tuple(asked)), Series(
        language.said("Ist"), Role.DONE, 1, tuple(done)
    )


def _standings(year: _Year) -> Chart:
    always = (Standing.FULFILLED, Standing.DUE, Standing.OVERDUE)
    shown = [s for s in Standing if s in always or _ever(s, [d.standings for d in year.days])]
    series = tuple(
        Series(
            STANDING_TEXTS[standing],
            STANDING_ROLES[standing],
            list(Standing).index(standing),
            tuple(
                Point(
                    number,
                    ids,
                    language.said("{standing} am {day}").format(
                        standing=STANDING_TEXTS[standing], day=day.category.name
                    ),
                )
                for day in year.days
                for number, ids in (day.standings.get(standing.value, NONE),)
            ),
        )
        for standing in shown
    )
    numbers = [
        (day.category, {s: day.standings.get(s.value, NONE)[0] for s in Standing})
        for day in year.days
    ]
    of_days = year.days_are is Axis.AS_OF
    return Chart(
        "stand",
        language.said("Stand an den Stichtagen")
        if of_days
        else language.said("Stand am Monatsende"),
        language.said("Stichtage") if of_days else language.said("Monatsende"),
        ChartKind.STACKED,
        Unit.PEOPLE,
        tuple(day.category for day in year.days),
        series,
        chart_text.standings(numbers),
        definitions.STANDINGS,
        year.days_are,
    )


def _shares(year: _Year) -> list[Chart]:
    groups = dict.fromkeys(share.group for day in year.days for share in day.shares)
    return [_share(year, group) for group in groups]


def _share(year: _Year, group: str) -> Chart:
    """The shares of one population: a line each, with what is asked for dashed."""
    per_day = [{s.label: s for s in day.shares if s.group == group} for day in year.days]
    labels = list(dict.fromkeys(label for each in per_day for label in each))
    percents = {label: each.percent for day in per_day for label, each in day.items()}
    title, _, _ = labels[0].partition(": innerhalb ")
    names = [label.partition(": ")[2] or label for label in labels]
    series = tuple(
        Series(
            name,
            Role.ONE_OF,
            place,
            tuple(
                _share_point(day.category, name, found.get(label))
                for day, found in zip(year.days, per_day, strict=True)
            ),
        )
        for place, (label, name) in enumerate(zip(labels, names, strict=True))
    )
    targets = tuple(
        Series(
            language.said("verlangt {name}").format(name=name),
            Role.ASKED,
            place,
            tuple(Point(found[label].percent if label in found else None) for found in per_day),
        )
        for place, (label, name) in enumerate(zip(labels, names, strict=True))
    )
    told = [
        (name, percents[label], points.points)
        for name, label, points in zip(names, labels, series, strict=True)
    ]
    return Chart(
        f"anteile-{group}",
        language.said("Anteile: {title}").format(title=title),
        language.said("Anteile"),
        ChartKind.LINES,
        Unit.PERCENT,
        tuple(day.category for day in year.days),
        series,
        chart_text.shares([day.category for day in year.days], told),
        definitions.SHARES,
        year.days_are,
        targets,
    )


def _share_point(category: Category, name: str, share: _Share | None) -> Point:
    if share is None or not share.population:
        return Point(None)
    number, ids = share.met
    return Point(
        Fraction(number * 100, share.population),
        ids,
        language.said("{name} gesprochen am {name2}").format(name=name, name2=category.name),
        share.not_met,
        language.said("nicht {name} gesprochen am {name2}").format(name=name, name2=category.name),
        language.said("{number} von {number2}").format(
            number=texts.whole(number), number2=texts.whole(share.population)
        ),
    )


def _contacts(year: _Year) -> tuple[Chart, Chart]:
    forms = list(ContactForm)
    everything = [cell for month in year.contacts for cell in month]
    total = sum(cell.held[0] for cell in everything)
    of_form = {form: sum(c.held[0] for c in everything if c.form == form) for form in forms}
    shown = [form for form in forms if of_form[form]] or [ContactForm.PERSOENLICH]
    notes = [n for n in NoteType if any(c.note_type == n and c.held[0] for c in everything)]
    by_note = [[c for c in everything if c.note_type == note] for note in notes]
    finding = chart_text.contacts(total, of_form)
    note_categories = tuple(Category(_note_label(n), texts.NOTE_TYPES[n]) for n in notes)
    of_note = {
        note: sum(c.held[0] for c in cells) for note, cells in zip(notes, by_note, strict=True)
    }
    return (
        _contact_chart(
            "kontakte-form",
            language.said("Kontakte nach Form"),
            year.months,
            year.contacts,
            shown,
            finding,
            Axis.MONTH,
            year.period,
        ),
        _contact_chart(
            "kontakte-vermerk",
            language.said("Kontakte nach Vermerk und Form"),
            note_categories,
            by_note,
            shown,
            chart_text.notes(total, of_note),
            Axis.VERMERK,
            year.period,
        ),
    )


def _note_label(note: NoteType) -> str:
    """Below an axis the word „vermerk“ says nothing: all of them are."""
    return (
        texts.NOTE_TYPES[note]
        .removesuffix(" Vermerk")
        .removesuffix("svermerk")
        .removesuffix("vermerk")
    )


def _contact_chart(
    id: str,
    title: str,
    categories: tuple[Category, ...],
    groups: Sequence[Sequence[_Contacts]],
    forms: Sequence[ContactForm],
    finding: str,
    axis: Axis,
    period: str,
) -> Chart:
    series = tuple(
        Series(
            texts.FORMS[form],
            Role.ONE_OF,
            list(ContactForm).index(form),
            tuple(
                Point(
                    sum(c.held[0] for c in cells if c.form == form),
                    _all(c.held[1] for c in cells if c.form == form),
                    language.said("Kontakt {forms}, {name}").format(
                        forms=texts.FORMS[form], name=category.name
                    ),
                )
                for category, cells in zip(categories, groups, strict=True)
            ),
        )
        for form in forms
    )
    return Chart(
        id,
        title,
        language.said("Kontakte"),
        ChartKind.STACKED,
        Unit.CONTACTS,
        categories,
        series,
        finding,
        definitions.CONTACTS,
        axis,
        period=period,
    )


def _show_rate(year: _Year) -> Chart:
    points, sums = [], []
    for category, talks in zip(year.months, year.talks, strict=True):
        came, of_came = talks.get(Meeting.ATTENDED.value, NONE)
        missed, of_missed = talks.get(Meeting.MISSED.value, NONE)
        due = came + missed
        sums.append((category, came, due))
        points.append(
            Point(
                Fraction(came * 100, due) if due else None,
                tuple(sorted(set(of_came))),
                language.said("erschienen im {name}").format(name=category.name),
                tuple(sorted(set(of_missed))),
                language.said("nicht erschienen im {name}").format(name=category.name),
                language.said("{number} von {number2}").format(
                    number=texts.whole(came), number2=texts.whole(due)
                ),
            )
        )
    return Chart(
        "erschienen",
        language.said("Wie oft jemand erschienen ist"),
        language.said("Erschienen"),
        ChartKind.LINES,
        Unit.PERCENT,
        year.months,
        (Series("erschienen", Role.DONE, 0, tuple(points)),),
        chart_text.show_rate(sums),
        definitions.SHOW_RATE,
        Axis.MONTH,
        period=year.period,
    )


def _capacity(weeks: Sequence[WeekUse]) -> Chart:
    """Talks where the norm asks for a number of them or there is none, else hours."""
    in_hours = any(w.norm is not None and w.norm.min_contacts is None for w in weeks)
    unit = Unit.HOURS if in_hours else Unit.APPOINTMENTS
    categories, used, asked = [], [], []
    for week in weeks:
        number = week.monday.isocalendar().week
        name = language.said("Woche ab {day}").format(day=texts.weekday_day(week.monday))
        categories.append(Category(f"KW {number}", name, week.monday))
        value = week.load.hours if in_hours else week.load.talks
        used.append(
            Point(value, week.people, language.said("Termin in der {name}").format(name=name))
        )
        norm = week.norm
        least = None if norm is None else norm.contact_hours if in_hours else norm.min_contacts
        asked.append(Point(least))
    has_norm = any(point.value is not None for point in asked)
    return Chart(
        "wochen",
        language.said("Genutzte Zeit je Woche"),
        language.said("Wochen"),
        ChartKind.BARS,
        unit,
        tuple(categories),
        (Series(language.said("{unit} je Woche").format(unit=unit), Role.DONE, 0, tuple(used)),),
        chart_text.weeks(
            [p.value or 0 for p in used],
            [p.value for p in asked],
            unit,
            sum(len(week.besides) for week in weeks),
        ),
        definitions.CAPACITY,
        Axis.WEEK,
        (Series(language.said("Norm des Konzepts"), Role.ASKED, 1, tuple(asked)),)
        if has_norm
        else (),
    )


def _first_talks(year: _Year) -> Chart:
    always = (FirstTalk.WITHIN_7, FirstTalk.WITHIN_10, FirstTalk.LATER)
    shown = [f for f in FirstTalk if f in always or _ever(f, year.first_talks)]
    series = tuple(
        Series(
            FIRST_TALK_TEXTS[what],
            FIRST_TALK_ROLES[what],
            list(FirstTalk).index(what),
            tuple(
                Point(
                    number,
                    ids,
                    language.said("Erstgespräch {first_talk_texts}, {name}").format(
                        first_talk_texts=FIRST_TALK_TEXTS[what], name=category.name
                    ),
                )
                for category, found in zip(year.months, year.first_talks, strict=True)
                for number, ids in (found.get(what.value, NONE),)
            ),
        )
        for what in shown
    )
    totals = {
        what: sum(found.get(what.value, NONE)[0] for found in year.first_talks)
        for what in FirstTalk
    }
    return Chart(
        "erstgespraeche",
        language.said("Erstgespräche nach der Anmeldung"),
        language.said("Erstgespräche"),
        ChartKind.STACKED,
        Unit.PEOPLE,
        year.months,
        series,
        chart_text.first_talks(totals),
        definitions.FIRST_TALKS,
        Axis.MONTH_OF_REGISTRATION,
        period=year.period,
    )


def _means(year: _Year) -> Chart:
    since = [
        _mean(*day.since_last, day, language.said("mit Vorgabe und Kontakt am"))
        for day in year.days
    ]
    late = [_mean(*day.late, day, language.said("überfällig am")) for day in year.days]
    return Chart(
        "mittlere-tage",
        language.said("Abstand der Gespräche im Mittel"),
        language.said("Mittlere Tage"),
        ChartKind.LINES,
        Unit.DAYS,
        tuple(day.category for day in year.days),
        (
            Series(language.said("seit dem letzten zählenden Kontakt"), Role.DONE, 0, tuple(since)),
            Series(language.said("überfällig seit"), Role.LATE, 1, tuple(late)),
        ),
        chart_text.means([day.category for day in year.days], since, late),
        definitions.MEAN_DAYS,
        year.days_are,
    )


def _mean(days: int, people: Count, day: _Day, said: str) -> Point:
    number, ids = people
    counted = texts.counted(number, "Person", "Personen")
    mean = Fraction(days, number) if number else None
    return Point(mean, ids, f"{said} {day.category.name}", detail=counted)


def _profiles(year: _Year) -> list[str]:
    found = {cell.profile for month in year.density for cell in month}
    return sorted(found, key=lambda each: (each == OTHERS, in_order(each)))


def _sums(cells: Iterable[DensityCell]) -> tuple[Fraction, int]:
    found = list(cells)
    return sum((cell.soll for cell in found), Fraction(0)), sum(cell.ist for cell in found)


def _all(groups: Iterable[Ids]) -> Ids:
    return tuple(sorted({each for ids in groups for each in ids}))


def _ever(what: Standing | FirstTalk, months: Iterable[Mapping[str, Count]]) -> bool:
    return any(found.get(what.value, NONE)[0] for found in months)


def _percent(part: Fraction | None) -> Fraction | None:
    return None if part is None else part * 100
