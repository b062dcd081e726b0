"""How the caseload stood on days: who kept the concept, which shares were reached, how long ago."""

from fractions import Fraction

from kkd_desktop.domain import chart_text, language, texts
from kkd_desktop.domain import report_definitions as definitions
from kkd_desktop.domain.chart import Axis, Category, Chart, ChartKind, Point, Role, Series, Unit
from kkd_desktop.domain.charts.states import by_state
from kkd_desktop.domain.charts.year import NONE, Count, Day, Share, Year
from kkd_desktop.domain.report import STANDING_TEXTS, Standing
from kkd_desktop.domain.stored_words import said_again

STANDING_ROLES = {
    Standing.FULFILLED: Role.GOOD,
    Standing.DUE: Role.SOON,
    Standing.OVERDUE: Role.LATE,
    Standing.EXCEPTION: Role.APART,
    Standing.NO_RULE: Role.NO_RULE,
    Standing.UNDECIDED: Role.UNKNOWN,
    Standing.NOT_YET: Role.NOT_YET,
}


def standings(year: Year) -> Chart:
    series = by_state(
        STANDING_TEXTS,
        STANDING_ROLES,
        [(day.category, day.standings) for day in year.days],
        (Standing.FULFILLED, Standing.DUE, Standing.OVERDUE),
        lambda standing, day: language.said("{standing} am {day}").format(
            standing=standing, day=day
        ),
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
        language.said(definitions.STANDINGS),
        year.days_are,
    )


def shares(year: Year) -> list[Chart]:
    groups = dict.fromkeys(share.group for day in year.days for share in day.shares)
    return [_share(year, group) for group in groups]


def _share(year: Year, group: str) -> Chart:
    """The shares of one population: a line each, with what is asked for dashed."""
    per_day = [{s.label: s for s in day.shares if s.group == group} for day in year.days]
    labels = list(dict.fromkeys(label for each in per_day for label in each))
    percents = {label: each.percent for day in per_day for label, each in day.items()}
    title, _, _ = labels[0].partition(": innerhalb ")
    shown = [said_again(label) for label in labels]
    names = [label.partition(": ")[2] or label for label in shown]
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
        language.said(definitions.SHARES),
        year.days_are,
        targets,
    )


def _share_point(category: Category, name: str, share: Share | None) -> Point:
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


def means(year: Year) -> Chart:
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
        language.said(definitions.MEAN_DAYS),
        year.days_are,
    )


def _mean(days: int, people: Count, day: Day, said: str) -> Point:
    number, ids = people
    counted = texts.counted(number, "Person", "Personen")
    mean = Fraction(days, number) if number else None
    return Point(mean, ids, f"{said} {day.category.name}", detail=counted)
