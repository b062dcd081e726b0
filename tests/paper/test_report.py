"""The Auswertung on paper, read back from the PDF."""

from datetime import date

import pytest

from kkd_desktop.domain.report_sheets import for_paper, team_figures, year_figures
from kkd_desktop.domain.team_report import pseudonymous
from kkd_desktop.paper.report import ReportPaper, report_pdf
from tests.domain.test_year_report import FRANKFURT, KREIS, case, year

TODAY = date(2026, 11, 20)
LONG = "Ohneende" * 25


def paper(number, *, team=False, policies=(FRANKFURT,), names=None):
    cases = [case(each + 1, met=[date(2025, 2, 3)]) for each in range(number)]
    report = year(*cases, case(99, status="arbeitsuchend", profile="I"), policies=policies)
    if team:
        figures = team_figures(pseudonymous(report))
    else:
        figures = for_paper(year_figures(report, names or {}))
    return ReportPaper(
        *("Auswertung 2025", "bis Mi 31.12.2025", "Jobcenter Nord", f"{number} Personen"),
        figures,
        ("Ein Hinweis.",),
        TODAY,
        names_people=not team,
    )


@pytest.mark.parametrize(("number", "team"), [(0, False), (4, False), (4, True)])
def test_the_report_keeps_all_rules(number, team, broken_rules):
    assert broken_rules(report_pdf(paper(number, team=team))) == []


def test_every_definition_stands_on_paper(page_texts):
    content = paper(4)
    said = "".join("".join(page_texts(report_pdf(content))).split())

    for figure in content.figures:
        words = figure.definition.split()[:6]
        assert f"Definition:{''.join(words)}" in said
        assert figure.title in said.replace("MittlereTage", "Mittlere Tage").replace(
            "Nichtenthalten", "Nicht enthalten"
        )


def test_who_is_left_out_is_named_once_a_month_with_the_reason(page_texts):
    pages = page_texts(report_pdf(paper(4, policies=(KREIS,), names={99: LONG})))

    text = "\n".join(pages)
    assert text.count("keine Vorgabe 1 Ohneende") == 12


def test_a_team_report_says_that_nobody_is_in_it(page_texts):
    pages = page_texts(report_pdf(paper(4, team=True)))

    assert all("Ohne Angaben zu Personen" in each for each in pages)
    assert not any("Sozialdaten" in each for each in pages)


def test_numbers_of_a_column_have_as_many_decimals(page_texts):
    first = page_texts(report_pdf(paper(4)))[0]

    assert "01/2025 Marktprofil 4 1,80 0 0,0" in first
    assert "02/2025 Marktprofil 4 1,80 4 222,2" in first
