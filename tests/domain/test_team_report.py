"""What leaves the caseworker names nobody, keeps every sum, and adds up."""

from datetime import date
from fractions import Fraction

import pytest

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.report_sheets import meanings, single, year_figures
from kkd_desktop.domain.team_report import OTHERS, combined, pseudonymous, read
from kkd_desktop.domain.team_sheets import team_figures
from kkd_desktop.domain.values import encoded, replace
from tests.domain.test_year_report import FRANKFURT, KREIS, case, year

UNTIL = date(2025, 2, 28)


def caseload(*sizes, policies=(KREIS,)):
    """So many people of each Profillage, the first of each met in February."""
    profiles = ("markt", "foerder", "entwicklung", "stabilisierung")
    cases = []
    for profile, size in zip(profiles, sizes, strict=False):
        for place in range(size):
            met = [] if place else [date(2025, 2, 3)]
            cases.append(case(len(cases) + 1, profile=profile, met=met))
    return year(*cases, policies=policies, until=UNTIL)


def cells(report, month=1):
    return [(cell.profile, cell.people) for cell in report.months[month].density]


def test_fewer_than_three_people_never_stand_alone():
    assert cells(pseudonymous(caseload(3, 4))) == [("foerder", 4), ("markt", 3)]
    assert cells(pseudonymous(caseload(3, 1, 2))) == [("markt", 3), (OTHERS, 3)]
    # One alone takes the next smallest along.
    assert cells(pseudonymous(caseload(5, 1, 4))) == [("markt", 5), (OTHERS, 5)]
    assert cells(pseudonymous(caseload(1, 1))) == [(OTHERS, 2)]


@pytest.mark.parametrize("sizes", [(3, 4), (3, 1, 2), (5, 1, 4), (1, 1), (0,)])
def test_putting_few_together_keeps_the_sums(sizes):
    report = caseload(*sizes)

    for month, told in zip(report.months, pseudonymous(report).months, strict=True):
        assert sum((cell.asked for cell in told.density), Fraction(0)) == month.soll
        assert sum(cell.ist for cell in told.density) == month.ist
        assert sum(told.standings.values()) == len(report.people)


def test_the_file_holds_neither_names_nor_ids():
    text = encoded(pseudonymous(caseload(3)))

    assert "people" in text
    assert "Beispiel" not in text
    assert '"ids"' not in text
    assert "client" not in text


def test_files_come_back_as_they_were_and_add_up():
    one = pseudonymous(caseload(3, 4, policies=(FRANKFURT,)))
    other = pseudonymous(caseload(6, policies=(FRANKFURT,)))
    whole = combined([("a.json", read(encoded(one), "a.json")), ("b.json", other)])

    assert whole.files == 2
    assert cells(whole) == [("foerder", 4), ("markt", 9)]
    together = year(
        *(
            case(n, profile="markt", met=[date(2025, 2, 3)] if n in (1, 4) else [])
            for n in range(9)
        ),
        *(
            case(n, profile="foerder", met=[date(2025, 2, 3)] if n == 9 else [])
            for n in range(9, 13)
        ),
        policies=(FRANKFURT,),
        until=UNTIL,
    )
    assert replace(whole, files=1).months == tuple(
        replace(month, files=2) for month in pseudonymous(together).months
    )


def test_a_required_number_is_that_of_all_together():
    parts = [("a", pseudonymous(caseload(3, policies=(FRANKFURT,))))]
    parts += [("b", pseudonymous(caseload(4, policies=(FRANKFURT,))))]

    monthly = combined(parts).months[1].shares[0]

    # 45 % of 7 are 3.15; each by itself would need 2.
    assert (monthly.population, monthly.met, monthly.required) == (7, 2, 4)


def test_a_month_that_not_all_told_of_is_said():
    one = pseudonymous(caseload(3))
    found = combined([("a.json", one), ("b.json", pseudonymous(caseload(4), month=2))])

    assert found.notes == ("01/2025: nur aus 1 von 2 Dateien.",)


def test_who_is_left_out_of_the_first_talks_is_counted_for_the_team():
    one = year(case(1, registered=None), until=UNTIL)
    both = combined([("a", pseudonymous(one)), ("b", pseudonymous(caseload(3)))])
    talks = next(each for each in team_figures(both) if each.title == "Erstgespräche")

    assert both.without_registration == 1
    assert talks.definition.endswith("Ohne Anmeldung: 1 Person.")


def test_another_year_or_the_same_file_twice_is_refused():
    one = pseudonymous(caseload(3))

    with pytest.raises(UserError, match=r"b\.json: Die Datei enthält dieselben Zahlen wie a\.json"):
        combined([("a.json", one), ("b.json", one)])
    with pytest.raises(UserError, match=r"b\.json: Die Datei ist von 2024, a\.json von 2025"):
        combined([("a.json", one), ("b.json", replace(one, year=2024))])
    with pytest.raises(UserError, match="keine Dateien"):
        combined([])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kkd-auswertung-1", "anderes", "dieser Fassung"),
        ('"files":1,"without', '"files":0,"without', "kleiner als möglich"),
        ('"overdue":', '"irgendwie":', "irgendwie"),
        ('"persoenlich/', '"brief/', "„brief/beratungsvermerk“ ist hier nicht bekannt"),
        ('"year":2025', '"year":99999', "99999 ist kein Jahr einer Auswertung"),
        ('"year":2025', '"year":0', "0 ist kein Jahr einer Auswertung"),
        ('"profile":"markt"', '"profile":"ma\\u0007rkt"', "Monat 1"),
        ('"besides":0', '"besides":-1', "kleiner als 0"),
        ('"soll":"1/2"', '"soll":"1/0"', "Nenner"),
        ('"soll":"1/2"', '"soll":"viel"', "71/12"),
        ('"month":1', '"month":13', "1 bis 12"),
        ('"month":1', '"month":2', "doppelt"),
        ('"ist":0', '"ist":"viele"', "keine Monatsdatei"),
    ],
)
def test_a_file_from_outside_is_checked(old, new, said):
    text = encoded(pseudonymous(caseload(3)))
    assert old in text

    with pytest.raises(UserError, match=said):
        read(text.replace(old, new), "a.json")


def test_every_figure_has_its_definition():
    report = caseload(3, 4)
    for figures in (year_figures(report, {}), team_figures(pseudonymous(report))):
        meaning = meanings(figures, ["Ein Hinweis."])
        said = " ".join(str(text) for _, text in meaning.rows)
        for figure in figures:
            assert figure.definition
            assert figure.definition in said
            assert len(figure.title) <= 31
            assert all(len(row) <= len(figure.header) for row in figure.rows)
        assert meaning.rows[-1] == ("Hinweis", "Ein Hinweis.")
        told = [row for row in single(figures, []).rows if row[0] == "Definition"]
        assert {row[1] for row in told} >= {figure.title for figure in figures}


def test_the_table_says_the_numbers_of_a_month_and_of_the_year():
    report = caseload(3, 4)
    rows = year_figures(report, {})[0].rows

    assert ("02/2025", "Marktprofil", 3, 0.5, 1, 200.0) in rows
    assert ("02/2025", "alle", 7, 1.17, 2, 171.4, 0, 0) in rows
    assert rows[-1] == ("2025", "alle", 7, 2.33, 2, 85.7, 0, 0)


def test_the_team_table_has_the_year_of_each_profillage():
    rows = team_figures(pseudonymous(caseload(3, 4)))[0].rows

    assert rows[-3:] == (
        ("2025", "Marktprofil", None, 1.0, 1, 100.0),
        ("2025", "Förderprofil", None, 1.33, 1, 75.0),
        ("2025", "alle", None, 2.33, 2, 85.7),
    )


def test_who_is_left_out_is_named():
    report = year(case(1), case(2, profile="I"), policies=(KREIS,), until=date(2025, 1, 31))
    left = next(f for f in year_figures(report, {2: "Muster, Cem"}) if f.title == "Nicht enthalten")

    assert left.rows == (("01/2025", "Soll-Ist", "keine Vorgabe", "Muster, Cem"),)


def test_a_month_that_was_not_over_says_until_when_it_tells():
    cut = year(case(1), policies=(KREIS,), until=date(2025, 10, 20))
    whole = year(case(2, met=[date(2025, 10, 2)]), policies=(KREIS,), until=date(2025, 10, 31))
    files = [("a", pseudonymous(cut)), ("b", pseudonymous(whole))]

    assert [month.until for _, each in files for month in each.months[8:]] == [
        *(None, date(2025, 10, 20)),
        *(None, None),
    ]
    both = combined(files)
    assert both.notes[-1] == "10/2025: Stand je nach Datei vom 20.10.2025 und Monatsende."
    rows = next(f for f in team_figures(both) if f.title == "Monatsende").rows
    assert rows[-1][0] == date(2025, 10, 31)
    alone = team_figures(files[0][1])
    assert next(f for f in alone if f.title == "Monatsende").rows[-1][0] == date(2025, 10, 20)


def test_a_month_from_outside_ends_in_itself():
    report = pseudonymous(year(case(1), policies=(KREIS,), until=date(2025, 10, 20)))
    text = encoded(report).replace("2025-10-20", "2025-11-20")

    with pytest.raises(UserError, match="Monat 10: until liegt nicht in diesem Monat"):
        read(text, "a.json")
