"""The Auswertung on paper, read back from the PDF."""

from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from kkd_desktop.domain.chart import ChartKind
from kkd_desktop.domain.charts import charts_of, team_charts
from kkd_desktop.domain.report_answers import answers, team_answers
from kkd_desktop.domain.report_sheets import for_paper, year_figures
from kkd_desktop.domain.team_report import pseudonymous
from kkd_desktop.domain.team_sheets import team_figures
from kkd_desktop.domain.values import replace
from kkd_desktop.paper.report import ReportPaper, report_pdf
from tests.domain.test_year_report import FRANKFURT, KREIS, UE, case, year

TODAY = date(2026, 11, 20)
LONG = "Ohneende" * 25


def paper(number, *, team=False, policies=(FRANKFURT,), names=None):
    cases = [case(each + 1, met=[date(2025, 2, 3)]) for each in range(number)]
    report = year(*cases, case(99, status="arbeitsuchend", profile="I"), policies=policies)
    if team:
        told = pseudonymous(report)
        said, charts, figures = team_answers(told), team_charts(told), team_figures(told)
    else:
        said, charts = answers(report), charts_of(report)
        figures = for_paper(year_figures(report, names or {}))
    return ReportPaper(
        *("Auswertung 2025", "bis Mi 31.12.2025", "Jobcenter Nord", f"{number} Personen"),
        *(said, charts, figures),
        ("Ein Hinweis.",),
        TODAY,
        names_people=not team,
    )


@pytest.mark.parametrize(("number", "team"), [(0, False), (0, True), (4, False), (4, True)])
def test_the_report_keeps_all_rules(number, team, broken_rules):
    assert broken_rules(report_pdf(paper(number, team=team))) == []


def test_every_definition_stands_on_paper(page_texts):
    content = paper(4)
    said = "".join("".join(page_texts(report_pdf(content))).split())

    for figure in content.figures:
        words = figure.definition.split()[:6]
        assert f"Definition:{''.join(words)}" in said
        assert "".join(figure.title.split()) in said


def test_every_picture_says_what_is_to_be_seen_to_whoever_does_not_see_it():
    content = paper(4)
    drawn = [c for c in content.charts if not c.is_empty and c.kind is not ChartKind.GRID]

    with pikepdf.open(BytesIO(report_pdf(content))) as document:
        told = [str(each["/Alt"]) for each in structure(document) if each.get("/S") == "/Figure"]

    assert len(told) == len(drawn) > 3
    assert all(chart.summary in alt for chart, alt in zip(drawn, told, strict=True))


def structure(document):
    """All elements of the tree of tags, as a screen reader walks it."""
    open_ends = [document.Root.StructTreeRoot]
    while open_ends:
        element = open_ends.pop(0)
        yield element
        children = element.get("/K", [])
        children = children if isinstance(children, pikepdf.Array) else [children]
        open_ends[:0] = [child for child in children if isinstance(child, pikepdf.Dictionary)]


def test_the_answer_comes_first(page_texts):
    first = page_texts(report_pdf(paper(4)))[0]

    assert first.index("Gespräche verlangt") < first.index("Erfüllung des Solls")
    assert "Auf einen Blick" in first


def test_a_picture_of_nothing_is_a_sentence(page_texts):
    said = "\n".join(page_texts(report_pdf(paper(0, policies=(KREIS,)))))

    assert "Kein Gespräch verlangt" in said
    assert "Soll und Ist nach Monaten" not in said


def test_who_is_left_out_is_named_once_with_the_reason_and_the_months(page_texts):
    pages = page_texts(report_pdf(paper(4, policies=(KREIS,), names={99: "Muster, Kim"})))

    assert "Soll-Ist keine Vorgabe 1 Muster, Kim (1–12)" in "\n".join(pages)


def test_two_people_of_one_name_are_two_on_paper():
    report = year(*(case(n, status="arbeitsuchend", profile="I") for n in (1, 2)))
    figures = for_paper(year_figures(report, {1: "Muster, Kim", 2: "Muster, Kim"}))

    left = next(each for each in figures if each.title == "Nicht enthalten")

    assert left.rows[0][2:] == (2, "Muster, Kim (1–12); Muster, Kim (1–12)")


def test_however_many_are_left_out_all_of_them_are_named(page_texts):
    names = {number: f"Muster{number}, Kim" for number in range(1, 1001)}
    report = year(*(case(number, profile="I") for number in names), policies=(KREIS,))
    content = replace(paper(1), figures=for_paper(year_figures(report, names)))

    said = "".join(page_texts(report_pdf(content)))

    assert all(f"Muster{number}," in said for number in names)


def test_many_profillagen_of_an_office_keep_their_pictures_on_the_page(broken_rules, page_texts):
    """Labels are cut, the table has the whole names."""
    names = [f"Handlungsstrategie {number} der Eingliederung" for number in range(24)]
    cases = [case(n, profile=name, met=[date(2025, 2, 3)]) for n, name in enumerate(names, 1)]
    report = year(*cases, policies=(FRANKFURT,))
    content = replace(
        paper(1), charts=charts_of(report), figures=for_paper(year_figures(report, {}))
    )

    pdf = report_pdf(content)

    assert broken_rules(pdf) == []
    said = "".join("".join(page_texts(pdf)).split())
    assert all("".join(name.split()) in said for name in names)


def test_a_name_without_end_stays_on_the_page(page_texts):
    pages = page_texts(report_pdf(paper(4, policies=(KREIS,), names={99: LONG})))

    letters = "".join(sign for sign in "".join(pages) if sign.isalpha())
    assert letters.count("Ohneende") == 25


def test_a_team_report_says_that_nobody_is_in_it(page_texts):
    pages = page_texts(report_pdf(paper(4, team=True)))

    assert all("Ohne Angaben zu Personen" in each for each in pages)
    assert not any("Sozialdaten" in each for each in pages)


def test_numbers_of_a_column_have_as_many_decimals(page_texts):
    said = "\n".join(page_texts(report_pdf(paper(4))))

    assert "01/2025 Marktprofil 4 1,80 0 0,0" in said
    assert "02/2025 Marktprofil 4 1,80 4 222,2" in said


def test_in_grey_no_rule_does_not_look_like_fulfilled():
    """As a copier sees them: the swatches of both in the legend."""
    report = year(
        case(1, met=[date(2025, 12, 20)]), case(2, status="arbeitsuchend"), policies=(UE,)
    )
    fulfilled, no_rule = (swatch_in_grey(report, each) for each in ("erfüllt", "keine Vorgabe"))

    assert len(set(fulfilled)) == 1
    assert len(set(no_rule)) > 1


def swatch_in_grey(report, name):
    """The dots down the middle of the swatch left of a name in the legend of the standings."""
    content = paper(1)
    content = replace(
        content, charts=charts_of(report), figures=for_paper(year_figures(report, {}))
    )
    with pypdfium2.PdfDocument(report_pdf(content)) as document:
        for sheet in document:
            text = sheet.get_textpage()
            place = legend_place(text, name, sheet.get_width())
            if place is None:
                continue
            left, bottom, _, top = place
            scale = 6
            picture = sheet.render(scale=scale, grayscale=True).to_pil()
            x = int((left - 8 * POINTS) * scale)
            middle = (bottom + top) / 2
            lines = range(int(-2.6 * scale), int(2.6 * scale))
            height = sheet.get_height()
            return [picture.getpixel((x, int((height - middle) * scale) + dy)) for dy in lines]
    raise AssertionError(f"no legend with {name}")


POINTS = 72 / 25.4


def legend_place(text, name, width):
    """Where the name stands in the legend: in the right of a page, below the sentence."""
    place, finder = None, text.search(name)
    while (found := finder.get_next()) is not None:
        box = text.get_charbox(found[0])
        if box[0] > width * 0.7 and (place is None or box[1] < place[1]):
            place = box
    return place
