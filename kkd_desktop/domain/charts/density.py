"""How many talks were asked for and held: by month, by Profillage, and as a grid of both."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from kkd_desktop.domain import chart_text, language, texts
from kkd_desktop.domain import report_definitions as definitions
from kkd_desktop.domain.chart import Axis, Category, Chart, ChartKind, Point, Role, Series, Unit
from kkd_desktop.domain.charts.year import Year, people_of
from kkd_desktop.domain.report import DensityCell, degree
from kkd_desktop.domain.report_sheets import ALL, in_order, profile_text
from kkd_desktop.domain.team_report import OTHERS


def by_month(year: Year) -> Chart:
    asked, done = [], []
    for category, cells in zip(year.months, year.density, strict=True):
        soll, ist = _sums(cells)
        asked.append(
            Point(
                soll,
                people_of(c.people for c in cells),
                language.said("Soll im {name}").format(name=category.name),
            )
        )
        done.append(
            Point(
                ist,
                people_of(c.done for c in cells),
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
        language.said(definitions.DENSITY),
        Axis.MONTH,
        period=year.period,
    )


def by_profile(year: Year) -> Chart:
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
                people_of(c.people for c in cells),
                language.said("{name}, Soll {period}").format(name=name, period=year.period),
            )
        )
        done.append(
            Point(
                ist,
                people_of(c.done for c in cells),
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
        language.said(definitions.DENSITY),
        Axis.PROFILLAGE,
        period=year.period,
    )


def grid(year: Year) -> Chart:
    """Ist as a part of Soll of every Profillage in every month, and of the whole period."""
    columns = [*zip(year.months, year.density, strict=True)]
    everything = [cell for month in year.density for cell in month]
    columns.append(
        (
            Category(
                language.said("gesamt"),
                language.said("gesamt ({period})").format(period=year.period),
            ),
            everything,
        )
    )
    rows: list[tuple[str, str | None]] = [(profile_text(each), each) for each in _profiles(year)]
    rows.append((language.said(ALL), None))
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
        language.said(definitions.DENSITY),
        Axis.MONTH,
        period=year.period,
    )


def _degree(name: str, category: Category, cells: Sequence[DensityCell]) -> Point:
    soll, ist = _sums(cells)
    people, done = people_of(c.people for c in cells), people_of(c.done for c in cells)
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


def _profiles(year: Year) -> list[str]:
    found = {cell.profile for month in year.density for cell in month}
    return sorted(found, key=lambda each: (each == OTHERS, in_order(each)))


def _sums(cells: Iterable[DensityCell]) -> tuple[Fraction, int]:
    found = list(cells)
    return sum((cell.soll for cell in found), Fraction(0)), sum(cell.ist for cell in found)


def _percent(part: Fraction | None) -> Fraction | None:
    return None if part is None else part * 100
