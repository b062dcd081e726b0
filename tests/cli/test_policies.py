"""Policies and questions from the terminal."""

import json

import pytest

from kkd_desktop import paths

QUESTION = {
    "policy": "mg2012",
    "today": "2026-11-20",
    "client": {"profile": "markt", "birth_date": "1988-05-05"},
    "contacts": [{"date": "2026-09-30"}],
}


def test_the_list_says_what_is_in_force(kkd):
    listed = {
        each["id"]: each["in_force"]
        for each in kkd.run("policies", "list", "--json", "--as-of", "2026-11-20").json
    }

    assert listed == {
        "ba2010": True,
        "ffm2017": True,
        "mg2012": True,
        "mk2015": True,
        "ue2019": False,
    }


def test_a_policy_shows_every_rule_with_its_quote(kkd):
    shown = kkd.run("policies", "show", "mg2012").out

    assert "markt: Marktprofil – alle 6 Wochen" in shown
    assert "„Marktprofil Alle 6 Wochen“" in shown


def test_the_shipped_policies_pass_the_check(kkd):
    files = [str(path) for path in sorted(paths.policies().glob("*.toml"))]

    assert kkd.run("policies", "check", *files).code == 0


def test_a_fault_is_named_with_file_line_and_key(kkd, tmp_path):
    text = (paths.policies() / "mg2012.toml").read_text(encoding="utf-8")
    file = tmp_path / "mg2012.toml"
    file.write_text(text.replace("every = { weeks = 6 }", "every = { weeks = -6 }", 1), "utf-8")

    answer = kkd.run("policies", "check", str(file))

    line = 1 + file.read_text(encoding="utf-8").split("weeks = -6")[0].count("\n")
    assert answer.code == 1
    assert f"mg2012.toml, Zeile {line}, rule[" in answer.out


def test_quotes_are_held_against_the_document(kkd, tmp_path):
    source = tmp_path / "dokument.txt"
    source.write_text("Ein ganz anderes Dokument.", encoding="utf-8")

    answer = kkd.run(
        "policies", "check", str(paths.policies() / "mk2015.toml"), "--against", str(source)
    )

    assert answer.code == 1
    assert "steht so nicht im Dokument" in answer.out


def test_cases_are_run_and_each_that_differs_is_named(kkd, tmp_path):
    text = (paths.policies().parent / "tests" / "cases" / "mk2015.toml").read_text(encoding="utf-8")
    file = tmp_path / "mk2015.toml"
    file.write_text(text.replace("latest = 2016-07-11", "latest = 2016-07-12", 1), "utf-8")

    answer = kkd.run("policies", "check", str(file))

    assert answer.code == 1
    assert "mk2015.toml, Zeile 3, case[1]: „Marktprofil: " in answer.out
    assert "latest: erwartet 2016-07-12, gefunden 2016-07-11" in answer.out
    assert "Fälle gerechnet." in answer.out


def test_a_set_says_when_nothing_is_in_force(kkd, tmp_path):
    text = (paths.policies() / "ue2019.toml").read_text(encoding="utf-8")
    later = text.replace('"ue2019"', '"ue2025"').replace("2019-01-01", "2025-01-01")
    (tmp_path / "ue2025.toml").write_text(later.replace("2023-12-31", "2026-12-31"), "utf-8")
    file = tmp_path / "uelzen.toml"
    file.write_text(
        'kind = "set"\nid = "uelzen"\ntitle = "T"\nshort_title = "T"\noffice = "O"\n'
        'combine = "first"\n[[part]]\npolicies = ["ue2019", "ue2025"]\n',
        "utf-8",
    )

    answer = kkd.run("policies", "check", str(file))

    assert answer.code == 0
    assert (
        "Hinweis: Vom 01.01.2024 bis 31.12.2024 ist keines in Kraft: ue2019, ue2025." in answer.out
    )


def test_a_set_is_listed_and_shown_with_its_parts(kkd, monkeypatch, tmp_path):
    monkeypatch.setattr("kkd_desktop.actions.policies.own_folder", lambda: tmp_path)
    (tmp_path / "muster.toml").write_text(
        'kind = "set"\nid = "muster"\ntitle = "Muster"\nshort_title = "T"\noffice = "Amt"\n'
        'combine = "strictest"\n[[part]]\npolicies = ["ue2019"]\n[[part]]\npolicies = ["ba2010"]\n',
        "utf-8",
    )
    parts = "Zusammenstellung, die strengste Vorgabe entscheidet: ue2019, ba2010"

    assert parts in kkd.run("policies", "list").out
    assert kkd.run("policies", "show", "muster").out == f"Muster\nAmt\n{parts}\n"
    listed = kkd.run("policies", "list", "--json", "--as-of", "2026-11-20").json[-1]
    assert (listed["parts"], listed["in_force"]) == ([["ue2019"], ["ba2010"]], True)


def test_a_set_is_compared_with_a_policy_rule_by_rule(kkd, monkeypatch, tmp_path):
    monkeypatch.setattr("kkd_desktop.actions.policies.own_folder", lambda: tmp_path)
    (tmp_path / "muster.toml").write_text(
        'kind = "set"\nid = "muster"\ntitle = "Muster"\nshort_title = "Musterstadt"\n'
        'office = "Amt"\ncombine = "first"\n'
        '[[part]]\npolicies = ["mk2015"]\n[[part]]\npolicies = ["ba2010"]\n',
        "utf-8",
    )

    said = kkd.run("policies", "compare", "mg2012", "muster", "--as-of", "2026-11-20").out

    assert said.startswith("Mönchengladbach 2012 neben Musterstadt\n")
    found = kkd.run("policies", "compare", "mg2012", "muster", "--json").json
    assert (found["one"], found["other"]) == ("mg2012", "muster")


def test_a_question_is_answered_from_stdin(kkd):
    answer = kkd.run("evaluate", stdin=json.dumps(QUESTION)).json

    assert (answer["state"], answer["latest"], answer["days_left"]) == ("overdue", "2026-11-11", -9)


def test_a_list_of_questions_gives_a_list_of_answers_from_a_file(kkd, tmp_path):
    file = tmp_path / "fragen.json"
    file.write_text(json.dumps([QUESTION, {"law": "bekanntgabe", "posted": "2026-11-20"}]))

    answers = kkd.run("evaluate", str(file)).json

    assert [each.get("deemed") for each in answers] == [None, "2026-11-24"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{", "Zeile 1"),
        ("[" * 200_000, "verschachtelt"),
        (json.dumps({**QUESTION, "policy": "nix"}), "policy"),
        (json.dumps([QUESTION, {**QUESTION, "today": "heute"}]), "[1] today"),
        ('{"client": {"birth_date": NaN}}', "NaN"),
        ('{"client": {"profile": "markt", "profile": "foerder"}}', "profile: dieser Schlüssel"),
    ],
)
def test_unusable_questions_name_the_place(kkd, text, named):
    answer = kkd.run("evaluate", stdin=text)

    assert answer.code == 2
    assert named in answer.err
