"""The workbook of an Auswertung, read back by another library."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from kkd_desktop.domain.chart import ChartKind, as_cell
from kkd_desktop.domain.charts import charts_of, team_charts
from kkd_desktop.domain.report_sheets import meanings, year_figures
from kkd_desktop.domain.team_report import pseudonymous
from kkd_desktop.domain.team_sheets import team_figures
from kkd_desktop.exchange.report_workbook import NUMBERS, OVERVIEW, written_report
from tests.domain.test_year_report import FRANKFURT, KREIS, case, year


def caseload(number=4, policies=(FRANKFURT,), until=date(2025, 12, 31)):
    cases = [case(each + 1, met=[date(2025, 2, 3)]) for each in range(number)]
    return year(*cases, case(99, profile="I"), policies=policies, until=until)


def written(report):
    figures = year_figures(report, {99: "=1+1"})
    return written_report(figures, charts_of(report), (meanings(figures, ["Ein Hinweis."]),), "A")


def sheets(data):
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def parts(data, folder):
    with ZipFile(BytesIO(data)) as archive:
        return {n: archive.read(n).decode() for n in archive.namelist() if n.startswith(folder)}


def test_every_number_of_every_table_comes_back():
    report = caseload()
    found = sheets(written(report))

    for figure in year_figures(report, {99: "=1+1"}):
        rows = found[figure.title]
        assert tuple(rows[0][: len(figure.header)]) == figure.header
        for row, back in zip(figure.rows, rows[1:], strict=False):
            assert [None if cell == "" else cell for cell in back[: len(row)]] == [
                None if cell in ("", None) else cell for cell in row
            ]


def test_the_definition_stands_under_its_table():
    report = caseload()
    found = sheets(written(report))

    for figure in year_figures(report, {}):
        below = " ".join(row[0] for row in found[figure.title][len(figure.rows) + 2 :])
        assert below == f"Definition: {figure.definition}"


def test_a_picture_is_drawn_from_the_numbers_it_stands_for():
    report = caseload()
    data = written(report)
    numbers = sheets(data)[NUMBERS]
    drawn = [c for c in charts_of(report) if c.kind is not ChartKind.GRID and not c.is_empty]

    files = parts(data, "xl/charts/")
    assert len(files) == len(drawn)
    by_title = {
        re.search(r"<a:t>(.*?)</a:t>", text)[1]: re.findall(r"<c:val>.*?<c:f>(.*?)</c:f>", text)
        for text in files.values()
    }
    for chart in drawn:
        ranges = by_title[chart.title]
        rows = (*chart.series, *chart.targets)
        assert len(ranges) == len(rows)
        for place, series in zip(ranges, rows, strict=True):
            column, first, last = re.search(
                r"\$([A-Z])\$(\d+)(?::\$[A-Z]\$(\d+))?$", place
            ).groups()
            cells = [
                row[ord(column) - ord("A")] for row in numbers[int(first) - 1 : int(last or first)]
            ]
            assert [None if cell == "" else cell for cell in cells] == [
                as_cell(point.value) for point in series.points
            ]


def test_every_picture_can_be_read_out():
    report = caseload()
    said = "".join(parts(written(report), "xl/drawings/drawing").values())

    for chart in charts_of(report):
        if chart.kind is not ChartKind.GRID and not chart.is_empty:
            assert chart.summary in said.replace("&amp;", "&")


def test_heads_stay_in_sight_and_days_are_days():
    data = written(caseload())

    assert sheets(data)["Stichtage"][1][0] == date(2025, 1, 15)
    frozen = [t for t in parts(data, "xl/worksheets/sheet").values() if 'state="frozen"' in t]
    assert len(frozen) >= len(year_figures(caseload(), {}))


def test_a_name_is_never_a_formula():
    data = written(caseload(policies=(KREIS,)))

    assert "=1+1" in {row[3] for row in sheets(data)["Nicht enthalten"][1:13]}
    assert not any("<f>" in text for text in parts(data, "xl/worksheets/").values())


@pytest.mark.parametrize("number", [0, 3])
def test_a_team_has_its_workbook_too(number):
    report = pseudonymous(caseload(number))
    figures = team_figures(report)

    found = sheets(written_report(figures, team_charts(report), (meanings(figures, []),), "Team"))

    assert next(iter(found)) == OVERVIEW
    assert {figure.title for figure in figures} <= set(found)


def test_a_year_of_nobody_is_a_workbook():
    report = year(policies=(KREIS,))
    figures = year_figures(report, {})

    data = written_report(figures, charts_of(report), (meanings(figures, []),), "Leer")

    assert not parts(data, "xl/charts/")
    assert sheets(data)["Soll-Ist"][1][:2] == ["01/2025", "alle"]
