"""What both kinds of Auswertung come to, before it is a picture."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from kkd_desktop.domain import chart_text, language, texts
from kkd_desktop.domain.chart import Axis, Category, Ids
from kkd_desktop.domain.report import DensityCell, YearReport
from kkd_desktop.domain.team_report import TeamReport
from kkd_desktop.domain.values import Value

Count = tuple[int, Ids]
"""How many, and who; of a team nobody is known."""

NONE: Count = (0, ())


class Share(Value, frozen=True):
    """A share on a day; `group` is what is read off one picture together."""

    group: str
    label: str
    percent: Fraction
    population: int
    met: Count
    not_met: Ids


class Day(Value, frozen=True):
    """The caseload on a day, of one caseload or of several."""

    category: Category
    standings: Mapping[str, Count]
    shares: Sequence[Share]
    since_last: tuple[int, Count]
    late: tuple[int, Count]


class Held(Value, frozen=True):
    """Contacts of a month that took place, of one form and Vermerk."""

    month: int
    form: str
    note_type: str
    held: Count


class Year(Value, frozen=True):
    """What both kinds of report come to."""

    months: tuple[Category, ...]
    period: str
    density: Sequence[Sequence[DensityCell]]
    days: Sequence[Day]
    days_are: Axis
    contacts: Sequence[Sequence[Held]]
    talks: Sequence[Mapping[str, Count]]
    first_talks: Sequence[Mapping[str, Count]]


def of_caseload(report: YearReport) -> Year:
    """Every figure knows the people behind it."""
    months = tuple(
        _month(report.year, each.month, report.until if each is report.months[-1] else None)
        for each in report.months
    )
    return Year(
        months,
        chart_text.period(report.year, report.until),
        [month.cells for month in report.months],
        [
            Day(
                _on(each.day),
                {key.value: _people(ids) for key, ids in each.standings.items()},
                [
                    Share(
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
                Held(each.month, each.form, each.note_type, (each.held, each.held_by))
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


def of_team(report: TeamReport) -> Year:
    """Nobody is behind a figure."""
    months = tuple(_month(report.year, each.month, each.until) for each in report.months)
    return Year(
        months,
        chart_text.months(report.year, [each.month for each in report.months]),
        [
            [DensityCell(month.month, c.profile, c.asked, c.ist, (), ()) for c in month.density]
            for month in report.months
        ],
        [
            Day(
                category,
                {key: (number, ()) for key, number in month.standings.items()},
                [
                    Share(
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
                Held(month.month, form, note_type, (number, ()))
                for key, number in month.contacts.items()
                for form, _, note_type in (key.partition("/"),)
            ]
            for month in report.months
        ],
        [{key: (number, ()) for key, number in each.talks.items()} for each in report.months],
        [{key: (number, ()) for key, number in each.first_talks.items()} for each in report.months],
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


def people_of(groups: Iterable[Ids]) -> Ids:
    return tuple(sorted({each for ids in groups for each in ids}))
