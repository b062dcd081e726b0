"""What a picture of the Auswertung says, and that it says the same as the tables."""

import re
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.chart import ChartKind, Unit
from kkd_desktop.domain.charts import charts_of, team_charts
from kkd_desktop.domain.report import Meeting
from kkd_desktop.domain.report_sheets import year_figures
from kkd_desktop.domain.team_report import combined, pseudonymous
from kkd_desktop.domain.team_sheets import team_figures
from tests.domain.test_year_report import FRANKFURT, KREIS, MG, case, year


def caseload(policies=(FRANKFURT,), **options):
    return year(
        case(1, met=[date(2025, 2, 3), date(2025, 6, 2)], profile="foerder"),
        case(2, met=[date(2025, 1, 7)]),
        case(3, profile="I"),
        case(4, registered=date(2025, 5, 5), met=[date(2025, 5, 12)]),
        policies=policies,
        meetings=[
            (1, date(2025, 2, 3), Meeting.ATTENDED),
            (2, date(2025, 2, 4), Meeting.MISSED),
            (2, date(2025, 3, 4), Meeting.CANCELLED),
        ],
        **options,
    )


def chart(report, name):
    return next(each for each in charts_of(report) if each.id == name)


def series(found, name):
    return next(each for each in found.series if each.name == name)


def test_soll_and_ist_of_a_month_are_those_of_the_report_with_the_people_behind_them():
    report = caseload()
    found = chart(report, "soll-ist-monat")

    for place, month in enumerate(report.months):
        asked, done = (each.points[place] for each in found.series)
        assert (asked.value, asked.ids) == (month.soll, month.people)
        assert done.value == month.ist
    assert series(found, "Ist").points[1].ids == (1,)
    assert series(found, "Ist").points[1].said == "Gespräch im Februar 2025"


def test_everybody_stands_in_one_pile_of_every_day():
    report = caseload()
    found = chart(report, "stand")

    for place in range(len(found.categories)):
        people = [each for row in found.series for each in row.points[place].ids]
        assert sorted(people) == [1, 2, 3, 4]
        assert found.total(place) == 4


def test_no_figure_is_no_zero():
    found = chart(caseload(), "erschienen")
    rate = found.series[0].points

    assert rate[1].value == 50
    assert (rate[1].ids, rate[1].others, rate[1].detail) == ((1,), (2,), "1 von 2")
    assert rate[2].value is None
    assert found.table().rows[2] == ("März 2025", None)


def test_a_share_comes_with_who_is_missing_and_with_what_is_asked_for():
    found = next(each for each in charts_of(caseload()) if each.id.startswith("anteile-"))

    last = found.series[0].points[-1]
    assert set(last.ids) | set(last.others) >= {1, 2}
    assert [each.points[-1].value for each in found.targets] == [45, 80, 95]
    assert [each.mark for each in found.targets] == [each.mark for each in found.series]


def test_the_grid_has_every_profillage_in_every_month_and_all_together():
    report = caseload()
    found = chart(report, "soll-ist-raster")

    assert found.kind is ChartKind.GRID
    assert [row.name for row in found.series][-1] == "alle"
    assert found.series[-1].points[-1].value == report.ist / report.soll * 100
    assert len(found.categories) == len(report.months) + 1


def test_the_text_says_the_finding():
    report = caseload(until=date(2025, 6, 30))

    assert chart(report, "soll-ist-monat").summary == (
        "2025 bis 30.06.2025: 4 Gespräche geführt, verlangt waren 6,7 (59,3\u00a0%); "
        "am weitesten zurück liegt der März (0\u00a0%)."
    )
    assert chart(report, "erschienen").summary == (
        "2025 bis 30.06.2025: Zu 1 von 2 Terminen ist die Person erschienen (50\u00a0%)."
    )


@pytest.mark.parametrize("policies", [(KREIS,), (FRANKFURT,), (MG,)])
def test_nobody_is_no_fault(policies):
    report = year(policies=policies)

    for each in (*charts_of(report), *team_charts(pseudonymous(report))):
        assert each.is_empty
        assert each.summary.endswith(".")
        assert len(each.ticks()) >= 2


def test_what_a_team_sees_adds_up_and_names_nobody():
    one, other = caseload(), year(case(9, met=[date(2025, 3, 3)]), policies=(FRANKFURT,))
    team = combined([("a", pseudonymous(one)), ("b", pseudonymous(other))])
    found = {each.id: each for each in team_charts(team)}

    asked, done = found["soll-ist-monat"].series
    for place in range(12):
        assert asked.points[place].value == one.months[place].soll + other.months[place].soll
        assert done.points[place].value == one.months[place].ist + other.months[place].ist
    points = [p for each in found.values() for row in each.series for p in row.points]
    assert not any(point.ids or point.others for point in points)


class Angles:
    """A language in which every word is another."""

    def gettext(self, message):
        return f"<{message}>"

    def pgettext(self, context, message):
        return f"<{message}>"


@pytest.fixture(params=[None, Angles()], ids=["German", "another language"])
def catalogue(request):
    language.speak(request.param)
    yield request.param
    language.speak(None)


def test_every_picture_belongs_to_a_table(catalogue):
    report = caseload()
    titles = {each.title for each in year_figures(report, {})}
    team = pseudonymous(report)

    assert {each.figure for each in charts_of(report)} <= titles
    assert {each.figure for each in team_charts(team)} <= {e.title for e in team_figures(team)}


def test_what_is_drawn_of_days_is_so_in_every_language(catalogue):
    days = {each.id for each in charts_of(caseload()) if each.axis.is_snapshot}

    assert {"stand", "mittlere-tage"} <= days
    assert chart(caseload(), "stand").title.strip("<>") == "Stand an den Stichtagen"


def texts_of(charts):
    for each in charts:
        yield from (each.title, each.figure, each.summary, each.definition, *each.table().header)
        yield from (part for c in each.categories for part in (c.label, c.name))
        for point in (point for row in each.series for point in row.points):
            yield from (point.said, point.others_said, point.detail)


@pytest.mark.parametrize("policies", [(KREIS,), (FRANKFURT,), (MG,)])
def test_pictures_speak_english_but_for_names(policies, english):
    report = caseload(policies=policies)
    said = {*texts_of(charts_of(report)), *texts_of(team_charts(pseudonymous(report)))}
    titles = {rule.title for policy in policies for rule in policy.policy.rules}
    names = re.compile("|".join(map(re.escape, {*texts.PROFILLAGEN.values(), *titles, "Förder"})))

    german = re.compile(r"[äöüÄÖÜß„]|\b(der|die|das|und|am|im|von|bis|mit|ist|innerhalb|KW)\b")
    assert not [each for each in said if german.search(names.sub("", each))]


def test_series_of_a_picture_can_be_told_apart_without_colour():
    for each in charts_of(caseload()):
        marks = [row.mark for row in each.series]
        assert len(set(marks)) == len(marks)


@pytest.mark.parametrize("top", [1, 3, 7, 10, 99, 101, 1278, 12_000])
def test_an_axis_ends_where_everything_fits_and_not_far_above(top):
    report = year(case(1, met=[date(2025, 2, 3)]), policies=(MG,))
    found = chart(report, "kontakte-form")
    point = found.series[0].points[0]
    high = type(point)(top)
    tall = type(found)(
        *(found.id, found.title, found.figure, found.kind, Unit.CONTACTS, found.categories[:1]),
        (type(found.series[0])("a", found.series[0].role, 0, (high,)),),
        *(found.finding, found.definition, found.axis),
    )

    ticks = tall.ticks()

    assert ticks[0] == 0
    assert len({b - a for a, b in pairwise(ticks)}) == 1
    assert top <= ticks[-1] <= max(Fraction(top) * 2, 1)
    assert len(ticks) <= 6
