"""Are quotes held against the text of the document word for word?"""

import tomllib

import pytest

from kkd_desktop.policyfiles.check import check_file, check_quotes


@pytest.mark.parametrize(
    "source",
    [
        "Termine alle sechs Wochen sind Pflicht.",
        "Termine alle\n   sechs\tWochen sind Pflicht.",
        "<u>Termine</u> alle *sechs* Wochen",
    ],
)
def test_white_space_and_markup_do_not_matter(source):
    document = tomllib.loads('[[rule]]\nquote = "alle sechs Wochen"')

    assert list(check_quotes(document, source)) == []


@pytest.mark.parametrize("source", ["alle 6 Wochen", "Alle sechs Wochen", "alle rund sechs Wochen"])
def test_another_wording_is_found(source):
    document = tomllib.loads('[[rule]]\nquote = "alle sechs Wochen"')

    assert list(check_quotes(document, source)) == [
        (("rule", 0, "quote"), "Das Zitat steht so nicht im Dokument: „alle sechs Wochen“")
    ]


def test_a_wrong_quote_is_told_with_its_line(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text('id = "x"\n[validity]\nquote = "ab 2020"\n', encoding="utf-8")

    faults = check_file(path, "ab 2021")

    assert (3, "validity.quote") in [(fault.line, fault.key) for fault in faults]
